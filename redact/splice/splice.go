// Package splice takes runes out of texts where they stand in the bytes of a file
// and copies every other byte as it is. A text may stand in several pieces, with
// tags between them, and in any notation: entities, escapes, a table's cell.
package splice

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Encode writes a text in the notation of the place where old stands now.
type Encode func(old []byte, text string) []byte

// A Piece is a part of a Text that stands in one place.
type Piece struct {
	Text     string // as read, valid UTF-8
	File     int    // in which of a document's files it stands
	From, To int    // the file's bytes that hold it
	Encode   Encode // nil: the place cannot hold a text, such as a tag that breaks a line
}

// A Text is what is read in one go: a paragraph, a cell, a value.
type Text []Piece

// String is the whole text.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text)
	}
	return b.String()
}

// An Edit puts a text in the place of runes from Start to End (exclusive).
type Edit struct {
	Start, End int
	With       string
}

// A Change puts bytes in the place of bytes From to To of a file.
type Change struct {
	File     int
	From, To int
	With     []byte
}

var (
	errOutside = errors.New("an edit outside its text")
	errNowhere = errors.New("an edit of a place that holds no text")
)

// Edit makes the changes of some edits. What stands instead goes where the edit's
// first rune was that can be written, so that it looks as that did; edits that
// overlap are one, with the first one's text. src gives the bytes of a file.
func (t Text) Edit(src func(file int) []byte, edits []Edit) ([]Change, error) {
	var e Editor
	if err := e.Add(t, edits); err != nil {
		return nil, err
	}
	return e.Changes(src), nil
}

// An Editor collects the edits of texts that may share pieces, such as a string
// that stands in several cells: what goes in one text goes in all of them. The zero
// value has none.
type Editor struct {
	pieces []Piece // that are edited, by their first edit
	edits  map[place][]Edit
}

type place struct{ file, from, to int }

// Add takes in the edits of a text.
func (e *Editor) Add(t Text, edits []Edit) error {
	if len(edits) == 0 {
		return nil
	}
	if slices.ContainsFunc(edits, func(e Edit) bool { return e.Start >= e.End }) {
		return errOutside
	}
	edits = joined(edits)
	total := 0
	for _, p := range t {
		total += utf8.RuneCountInString(p.Text)
	}
	if edits[0].Start < 0 || edits[len(edits)-1].End > total {
		return errOutside
	}
	written := make([]bool, len(edits))
	at, next := 0, 0 // runes before the piece; the first edit that may reach into it
	for _, p := range t {
		n := utf8.RuneCountInString(p.Text)
		for next < len(edits) && edits[next].End <= at {
			next++
		}
		for k := next; p.Encode != nil && k < len(edits) && edits[k].Start < at+n; k++ {
			within := Edit{Start: max(edits[k].Start-at, 0), End: min(edits[k].End-at, n)}
			if !written[k] {
				within.With, written[k] = edits[k].With, true
			}
			e.add(p, within)
		}
		at += n
	}
	if slices.Contains(written, false) {
		return errNowhere
	}
	return nil
}

func (e *Editor) add(p Piece, within Edit) {
	if e.edits == nil {
		e.edits = map[place][]Edit{}
	}
	at := place{p.File, p.From, p.To}
	if e.edits[at] == nil {
		e.pieces = append(e.pieces, p)
	}
	e.edits[at] = append(e.edits[at], within)
}

// Changes makes the changes of all edits. src gives the bytes of a file.
func (e *Editor) Changes(src func(file int) []byte) (out []Change) {
	for _, p := range e.pieces {
		text := p.edited(joined(e.edits[place{p.File, p.From, p.To}]))
		out = append(out, Change{p.File, p.From, p.To, p.Encode(src(p.File)[p.From:p.To], text)})
	}
	return out
}

// edited is the piece's text after edits that do not overlap.
func (p Piece) edited(edits []Edit) string {
	rs := []rune(p.Text)
	var b strings.Builder
	done := 0
	for _, e := range edits {
		b.WriteString(string(rs[done:e.Start]))
		b.WriteString(e.With)
		done = e.End
	}
	b.WriteString(string(rs[done:]))
	return b.String()
}

// joined sorts edits and makes one of those that overlap, with the first text that
// one of them has.
func joined(edits []Edit) []Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	out := edits[:1]
	for _, e := range edits[1:] {
		if last := &out[len(out)-1]; e.Start < last.End {
			last.End = max(last.End, e.End)
			last.With = cmp.Or(last.With, e.With)
		} else {
			out = append(out, e)
		}
	}
	return out
}

// Apply writes src with the changes. Of two changes of which one lies within the
// other, the outer one counts; two of one place that say the same are one. Others
// that overlap are an error.
func Apply(src []byte, changes []Change) ([]byte, error) {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	var out bytes.Buffer
	out.Grow(len(src))
	end := 0
	for i, c := range changes {
		if c.From < 0 || c.To < c.From || c.To > len(src) {
			return nil, fmt.Errorf("a change outside the file")
		}
		if c.From < end && i > 0 {
			if c.To <= end {
				continue // inside one that was made
			}
			return nil, fmt.Errorf("two changes of one place")
		}
		out.Write(src[end:c.From])
		out.Write(c.With)
		end = c.To
	}
	out.Write(src[end:])
	return out.Bytes(), nil
}
