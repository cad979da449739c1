package office

import (
	"bytes"
	"slices"

	"consentry/redact/splice"
)

// settleWord makes one paragraph of those whose mark was deleted and the next: its
// runs are those of all of them, its properties those of the last (ISO/IEC 29500-1,
// 17.13.5.15).
func settleWord(w *writing) error {
	if w.o.KeepChanges {
		return nil
	}
	for _, p := range w.parts {
		if p.how != readable || p.xml.Seen["w:del"]+p.xml.Seen["w:moveFrom"] == 0 {
			continue
		}
		if err := w.join(p, tree(p.src)); err != nil {
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
func (w *writing) join(p *part, e *element) error {
	for i := 0; i < len(e.within); i++ {
		first := e.within[i]
		row := []*element{first}
		for at := i; unmarked(row[len(row)-1]); {
			for at++; at < len(e.within) && between[localName(e.within[at].name)]; at++ {
			}
			if at == len(e.within) || e.within[at].name != first.name {
				break
			}
			row = append(row, e.within[at])
		}
		if n := len(row) - 1; n > 0 {
			if err := w.one(p, row); err != nil {
				return err
			}
			i = slices.Index(e.within, row[n])
		}
		for _, e := range row {
			if err := w.join(p, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// unmarked reports whether a paragraph's mark was deleted or moved away. The last
// one of a section stays.
func unmarked(e *element) bool {
	if localName(e.name) != "p" {
		return false
	}
	properties := child(e, "pPr")
	mark := child(properties, "rPr")
	return mark != nil && child(properties, "sectPr") == nil && (child(mark, "del") != nil || child(mark, "moveFrom") != nil)
}

// child is the first element of a name directly in e, or nil.
func child(e *element, name string) *element {
	if e != nil {
		for _, c := range e.within {
			if localName(c.name) == name {
				return c
			}
		}
	}
	return nil
}

// one joins a row of paragraphs.
func (w *writing) one(p *part, row []*element) error {
	last := row[len(row)-1]
	var properties []byte
	if at := child(last, "pPr"); at != nil {
		var changes []splice.Change
		for _, c := range slices.Concat(p.xml.Always, p.always, w.changes[p.index]) {
			if at.from <= c.From && c.To <= at.to {
				c.From, c.To = c.From-at.from, c.To-at.from
				changes = append(changes, c)
			}
		}
		var err error
		if properties, err = splice.Apply(p.src[at.from:at.to], changes); err != nil {
			return err
		}
		w.add(p, [2]int{at.from, at.to}, nil)
	}
	for i, e := range row {
		own, end := child(e, "pPr"), e.from+bytes.LastIndex(p.src[e.from:e.to], []byte("</"))
		switch {
		case i == 0:
			w.add(p, [2]int{own.from, own.to}, properties)
			w.add(p, [2]int{end, e.to}, nil)
		case e == last && e.tag == e.to: // an empty one
			w.add(p, [2]int{e.from, e.to}, []byte("</"+e.name+">"))
		case e == last:
			w.add(p, [2]int{e.from, e.tag}, nil)
		default:
			w.add(p, [2]int{e.from, e.tag}, nil)
			w.add(p, [2]int{own.from, own.to}, nil)
			w.add(p, [2]int{end, e.to}, nil)
		}
	}
	return nil
}
