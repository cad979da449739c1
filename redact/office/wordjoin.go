package office

import (
	"bytes"
	"slices"

	"consentry/redact/office/parts"
	"consentry/redact/splice"
)

// settleWord makes one paragraph of those whose mark was deleted and the next: its
// runs are those of all of them, its properties those of the last (ISO/IEC 29500-1,
// 17.13.5.15).
func settleWord(w *parts.Writing) error {
	if w.Options.KeepChanges {
		return nil
	}
	for _, p := range w.Parts {
		if p.How != parts.Readable || p.XML.Seen["w:del"]+p.XML.Seen["w:moveFrom"] == 0 {
			continue
		}
		if err := join(w, p, parts.Tree(p.Src)); err != nil {
			return err
		}
	}
	return nil
}

// between are the elements that may stand between two paragraphs, and in one.
var between = map[string]bool{
	"bookmarkStart": true, "bookmarkEnd": true, "proofErr": true, "permStart": true, "permEnd": true, "commentRangeStart": true, "commentRangeEnd": true,
	"moveFromRangeStart": true, "moveFromRangeEnd": true, "moveToRangeStart": true, "moveToRangeEnd": true,
}

// join makes one paragraph of each row of them in e and in what it holds.
func join(w *parts.Writing, p *parts.Part, e *parts.Element) error {
	for i := 0; i < len(e.Within); i++ {
		first := e.Within[i]
		row := []*parts.Element{first}
		for at := i; unmarked(row[len(row)-1]); {
			for at++; at < len(e.Within) && between[parts.LocalName(e.Within[at].Name)]; at++ {
			}
			if at == len(e.Within) || e.Within[at].Name != first.Name {
				break
			}
			row = append(row, e.Within[at])
		}
		if n := len(row) - 1; n > 0 {
			if err := one(w, p, row); err != nil {
				return err
			}
			i = slices.Index(e.Within, row[n])
		}
		for _, e := range row {
			if err := join(w, p, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// unmarked reports whether a paragraph's mark was deleted or moved away. The last
// one of a section stays.
func unmarked(e *parts.Element) bool {
	if parts.LocalName(e.Name) != "p" {
		return false
	}
	properties := child(e, "pPr")
	mark := child(properties, "rPr")
	return mark != nil && child(properties, "sectPr") == nil && (child(mark, "del") != nil || child(mark, "moveFrom") != nil)
}

// child is the first element of a name directly in e, or nil.
func child(e *parts.Element, name string) *parts.Element {
	if e != nil {
		for _, c := range e.Within {
			if parts.LocalName(c.Name) == name {
				return c
			}
		}
	}
	return nil
}

// one joins a row of paragraphs.
func one(w *parts.Writing, p *parts.Part, row []*parts.Element) error {
	last := row[len(row)-1]
	var properties []byte
	if at := child(last, "pPr"); at != nil {
		var changes []splice.Change
		for _, c := range slices.Concat(p.XML.Always, p.Always, w.Changes[p.Index]) {
			if at.From <= c.From && c.To <= at.To {
				c.From, c.To = c.From-at.From, c.To-at.From
				changes = append(changes, c)
			}
		}
		var err error
		if properties, err = splice.Apply(p.Src[at.From:at.To], changes); err != nil {
			return err
		}
		w.Add(p, [2]int{at.From, at.To}, nil)
	}
	for i, e := range row {
		own, end := child(e, "pPr"), e.From+bytes.LastIndex(p.Src[e.From:e.To], []byte("</"))
		switch {
		case i == 0:
			w.Add(p, [2]int{own.From, own.To}, properties)
			w.Add(p, [2]int{end, e.To}, nil)
		case e == last && e.Tag == e.To: // an empty one
			w.Add(p, [2]int{e.From, e.To}, []byte("</"+e.Name+">"))
		case e == last:
			w.Add(p, [2]int{e.From, e.Tag}, nil)
		default:
			w.Add(p, [2]int{e.From, e.Tag}, nil)
			w.Add(p, [2]int{own.From, own.To}, nil)
			w.Add(p, [2]int{end, e.To}, nil)
		}
	}
	return nil
}
