package pdf

import (
	"bytes"
	"consentry/redact/removed"
	"fmt"
	"io"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/sweep"
)

// A piece is the texts of one part, and of one page where the part has pages.
type piece struct {
	part    string
	index   int
	strings []sweep.String
}

// pieces are the texts outside the pages of a file. Equal files give equal ones.
func pieces(f *object.File) ([]piece, error) {
	all, err := sweep.Strings(f)
	if err != nil {
		return nil, fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, err)
	}
	var out []piece
	type key struct {
		part  string
		index int
	}
	at := map[key]int{}
	for _, s := range all {
		if s.Kept && redact.IsDropped(s.Part) { // of no part that a reader would name
			s.Part = sweep.PartNames
		}
		k := key{s.Part, max(s.Page, 0)}
		n, ok := at[k]
		if !ok {
			n = len(out)
			at[k] = n
			out = append(out, piece{part: k.part, index: k.index})
		}
		out[n].strings = append(out[n].strings, s)
	}
	return out, nil
}

// parts are the texts outside the pages, and the attached files.
func (r *reader) parts() (partsAnswer, error) {
	var a partsAnswer
	all, err := pieces(r.file)
	if err != nil {
		return a, err
	}
	for _, p := range all {
		q := part{Part: p.part, Index: p.index}
		for _, s := range p.strings {
			q.Texts = append(q.Texts, s.Text)
		}
		a.Parts = append(a.Parts, q)
	}
	for _, f := range sweep.Attachments(r.file) {
		a.Attached = append(a.Attached, attached{f.Name, len(f.Bytes)})
	}
	return a, nil
}

// attachment writes the bytes of an attached file.
func (r *reader) attachment(i int, out io.Writer) error {
	all := sweep.Attachments(r.file)
	if i < 0 || i >= len(all) {
		return fmt.Errorf("there is no attached file %d", i+1)
	}
	_, err := out.Write(all[i].Bytes)
	return err
}

// outside places the orders that are not for pages.
func (w *writing) outside() (edits []sweep.Edit, err error) {
	all, err := pieces(w.f)
	if err != nil {
		return nil, err
	}
	type place struct {
		part        string
		index, span int
	}
	by := map[place][]redact.Redaction{}
	var order []place
	for _, r := range w.rs {
		g := r.Region
		if g.Part == redact.PartBody {
			if g.Page < 0 || g.Page >= w.f.PageCount {
				return nil, fmt.Errorf("PDF has no page %d", g.Page+1)
			}
			continue
		}
		k := place{g.Part, g.Page, g.Span}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], r)
	}
	for _, k := range order {
		n := slices.IndexFunc(all, func(p piece) bool { return p.part == k.part && p.index == k.index })
		if n < 0 || k.span < 0 || k.span >= len(all[n].strings) {
			return nil, fmt.Errorf("PDF has no part of this name with such a text")
		}
		offset := 0
		for _, s := range all[n].strings[:k.span] {
			offset += len([]rune(s.Text)) + 1
		}
		s := all[n].strings[k.span]
		runes := []rune(s.Text)
		rs := by[k]
		slices.SortFunc(rs, func(a, b redact.Redaction) int { return b.Region.Start - a.Region.Start })
		whole := len(runes)
		end := whole
		for _, r := range rs {
			from, to := r.Region.Start-offset, r.Region.End-offset
			if from < 0 || from >= to || to > whole {
				return nil, fmt.Errorf("a region outside its text")
			}
			if from >= end { // inside one that went already
				continue
			}
			to = min(to, end)
			w.gone = append(w.gone, removed.Replacement{Text: string(runes[from:to]), With: r.With})
			runes = slices.Concat(runes[:from], []rune(r.With), runes[to:])
			end = from
		}
		edits = append(edits, sweep.Edit{Key: s.Key, Text: string(runes)})
	}
	return edits, nil
}

// alone writes one page as it would be in the whole file, for a look at it.
func (r *reader) alone(i int, o orders) ([]byte, error) {
	f, err := r.read()
	if err != nil {
		return nil, err
	}
	w := r.writing(f, o, map[int]string{})
	if err := w.page(i); err != nil {
		return nil, err
	}
	if w.labels != nil {
		if _, err := w.labels.Embed(f); err != nil {
			return nil, err
		}
	}
	p, err := f.Page(i)
	if err != nil {
		return nil, err
	}
	root, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	tree := f.Dict(root["Pages"])
	for k := range root {
		switch k {
		case "Type", "Pages", "OCProperties", "AcroForm":
		default:
			delete(root, k)
		}
	}
	tree["Kids"], tree["Count"] = types.Array{p.Ref}, types.Integer(1)
	f.PageCount = 1
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
