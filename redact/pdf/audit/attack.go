package audit

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strconv"

	"consentry/redact"
	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/removed"
)

// maxFile bounds a file that is attacked, in bytes.
const maxFile = 1 << 30

// Attack looks for removed texts in a written PDF file wherever they can stand: in
// every string, name, comment and stream of every object, referenced or not; in
// what pages show and what they do not, in drawing order, by place and backwards;
// in attachments; in the width of the gap a name left; in the characters that
// fonts still have. It also reports what a redacted file has no need of: old
// revisions, scripts, metadata, text under boxes and the like.
//
// Which occurrences are no leak is said in removed.Text. Other media types are
// left to other attacks. It is safe for concurrent use if its Texter is.
type Attack struct {
	Texter Texter // or nil
}

var _ redact.Attack = Attack{}

// ID names the attack, its version and the second reader.
func (a Attack) ID() string {
	if a.Texter == nil {
		return "pdf/1"
	}
	return "pdf/1(" + a.Texter.ID() + ")"
}

// Try returns a leak for each removed text and each way in which it is found, and
// one for each kind of part that does not belong. A file that is encrypted or too
// large to be read through is an error.
func (a Attack) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if media, _, _ := mime.ParseMediaType(r.Asset.Type); media != "application/pdf" {
		return nil, nil
	}
	b, err := readAll(r.Body, r.Asset.Size)
	if err != nil {
		return nil, fmt.Errorf("read the output: %w", err)
	}
	f := raw.Read(ctx, b)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case f.Cut != nil:
		return nil, fmt.Errorf("read the output: %w", f.Cut)
	case f.Encrypted():
		return nil, fmt.Errorf("read the output: %w", ErrEncrypted)
	case len(f.Objects) == 0:
		return nil, errors.New("read the output: it has no objects")
	}
	h := &hunt{ctx: ctx, by: a.ID(), r: r, told: map[spot]bool{}}
	if err := h.file(f, ""); err != nil {
		return nil, fmt.Errorf("search the output: %w", err)
	}
	if a.Texter != nil {
		if err := h.texter(a.Texter, b); err != nil {
			return nil, fmt.Errorf("read the output's pages: %w", err)
		}
	}
	var src *raw.File
	if r.SourceBody != nil {
		if b, err := readAll(r.SourceBody, r.Source.Size); err == nil {
			if s := raw.Read(ctx, b); s.Cut == nil && !s.Encrypted() {
				src = s
			}
		}
	}
	if err := h.pages(f, src); err != nil {
		return nil, fmt.Errorf("search the output's pages: %w", err)
	}
	return h.leaks, ctx.Err()
}

// PageOf is the page, from 0, that a leak of Attack is on; false where it is on
// none.
func PageOf(l redact.Leak) (int, bool) {
	m := onPage.FindStringSubmatch(l.Where)
	if m == nil {
		return 0, false
	}
	n, err := strconv.Atoi(m[1])
	return n - 1, err == nil && n > 0
}

var onPage = regexp.MustCompile(`\bpage (\d+)\b`)

func readAll(r io.ReaderAt, size int64) ([]byte, error) {
	b, err := io.ReadAll(io.NewSectionReader(r, 0, maxFile+1))
	switch {
	case err != nil:
		return nil, err
	case len(b) > maxFile:
		return nil, raw.ErrTooMuch
	case size > 0 && int64(len(b)) != size:
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// A hunt is one search for what was removed.
type hunt struct {
	ctx   context.Context
	by    string
	r     redact.Released
	leaks []redact.Leak
	told  map[spot]bool
	depth int // attachments in one another
	spent int // bytes decoded
}

// A spot is a removed text and a way in which it was found.
type spot struct {
	index int
	way   string
}

// tell adds a leak, once for each text and way.
func (h *hunt) tell(t *removed.Text, way, where string) {
	if s := (spot{t.Index, way}); !h.told[s] {
		h.told[s] = true
		h.leaks = append(h.leaks, t.Leak(h.by, where))
	}
}

// part adds a leak of something that does not belong, once for each kind.
func (h *hunt) part(kind, where string) {
	if s := (spot{-1, kind}); !h.told[s] {
		h.told[s] = true
		h.leaks = append(h.leaks, redact.Leak{By: h.by, Where: where, Kind: redact.Other, Removed: -1})
	}
}

// A view is one way to look at a file's texts. How often each text was found is
// counted within a view, since one text may be seen in several.
type view struct {
	h      *hunt
	way    string
	search *removed.Search
}

func (h *hunt) view(way string) *view {
	return &view{h, way, removed.NewSearch(removed.Texts(h.r))}
}

// only leaves texts of at least n runes to be looked for.
func (v *view) only(n int) *view {
	for _, t := range v.search.Texts {
		t.Done = t.Done || len([]rune(t.Key)) < n
	}
	return v
}

// text looks for the removed texts in s.
func (v *view) text(s, where string) {
	v.search.Each(s, func(t *removed.Text, _, _ int) {
		if t.TooOften() {
			v.h.tell(t, v.way, where)
		}
	})
}

// texter looks into what another reader reads on the pages.
func (h *hunt) texter(t Texter, b []byte) error {
	texts, err := t.Texts(h.ctx, b)
	if err != nil {
		return err
	}
	v := h.view("second reader")
	for i, s := range texts {
		v.text(s, fmt.Sprintf("page %d, by the second reader", i+1))
	}
	return nil
}

// pages looks into what the pages draw, and compares them with the source's.
func (h *hunt) pages(f, src *raw.File) error {
	reader := shown.NewReader(h.ctx, f)
	out := reader.Tree()
	var before []*shown.Page
	var old *shown.Reader
	if src != nil {
		old = shown.NewReader(h.ctx, src)
		before = old.Tree()
	}
	look, inline := h.sight(""), h.search(f, "")
	inv := newInventory()
	for i, p := range out {
		reader.Draw(p)
		look.page(p)
		inv.page(p)
		if err := inline.inline(p, fmt.Sprintf("page %d", p.Index+1)); err != nil {
			return err
		}
		if len(coverings(p, entirely)) > 0 {
			h.part(TextUnderBox, fmt.Sprintf("%s, page %d", TextUnderBox, p.Index+1))
		}
		if p.Index >= 0 && i < len(before) && before[i].Index == i {
			old.Draw(before[i])
			h.gaps(before[i], p)
			before[i].Glyphs = nil
		}
		p.Glyphs, p.Fills = nil, nil
	}
	rest := reader.Rest()
	look.page(rest)
	inv.page(rest)
	inv.fonts = allFonts(f)
	h.inventory(inv)
	h.parts(f, src, reader)
	return reader.Cut()
}
