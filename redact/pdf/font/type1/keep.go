package type1

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"consentry/redact/pdf/font/glyph"
)

// A Program is a font program as a FontFile stream holds it, with the lengths of
// its three parts.
type Program struct {
	Bytes                     []byte
	Length1, Length2, Length3 int
}

var (
	errCharstring = errors.New("a charstring cannot be followed")
	errEncoding   = errors.New("the encoding cannot be read")
)

// Keep writes the font with the glyphs that are kept, their accents and .notdef.
// The charstrings and names of the others are gone, and subroutines that only
// they used are left empty. code says whether the built-in encoding still needs a
// code.
func (f *Font) Keep(glyphs map[string]bool, code func(code byte) bool) (Program, error) {
	if f.Coded == nil {
		return Program{}, errEncoding
	}
	used, calls, err := f.reach(glyphs)
	if err != nil {
		return Program{}, err
	}
	clear := f.keepClear(used, code)
	// FreeType does not see a closefile that nothing follows.
	private := encrypt(slices.Concat(make([]byte, 4), f.keepPrivate(used, calls), []byte("\n")), keyPrivate)
	trailer := slices.Concat([]byte("\n"), bytes.Repeat(append(bytes.Repeat([]byte("0"), 64), '\n'), 8), []byte("cleartomark\n"))
	return Program{
		Bytes:   slices.Concat(clear, private, trailer),
		Length1: len(clear), Length2: len(private), Length3: len(trailer),
	}, nil
}

// reach completes the glyphs by those that accented ones are made of, and finds the
// subroutines.
func (f *Font) reach(glyphs map[string]bool) (used map[string]bool, calls map[int]bool, err error) {
	used, calls = map[string]bool{}, map[int]bool{0: true, 1: true, 2: true, 3: true} // flex and hints
	var todo []string
	add := func(n string) {
		if f.Has(n) && !used[n] {
			used[n] = true
			todo = append(todo, n)
		}
	}
	add(".notdef")
	for n := range glyphs {
		add(n)
	}
	budget := 1 << 26
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		w := walker{font: f, calls: calls, budget: budget}
		w.run(f.chars[f.byName[n]].code, 0)
		if budget = w.budget; w.lost {
			return nil, nil, errCharstring
		}
		for _, c := range w.seac {
			add(glyph.Named("StandardEncoding")[c])
		}
	}
	return used, calls, nil
}

var tagged = regexp.MustCompile(`(/FontName\s*/)[A-Z]{6}\+`)

// keepClear drops the codes of the encoding that are not needed, and the tag of a
// subset, which some writers make from the characters in it.
func (f *Font) keepClear(used map[string]bool, code func(byte) bool) []byte {
	var out []byte
	at := 0
	for _, e := range f.entries {
		s := scanner{b: f.clear, at: e.from}
		s.next()
		c, _ := s.next()
		n, _ := s.next()
		v, _ := integer(c)
		if used[n[1:]] && (code == nil || code(byte(v))) {
			continue
		}
		out = append(out, f.clear[at:e.from]...)
		for at = e.to; at < len(f.clear) && bytes.IndexByte([]byte(" \t\r\n"), f.clear[at]) >= 0; at++ {
		}
	}
	out = append(out, f.clear[at:]...)
	return tagged.ReplaceAll(out, []byte("${1}AAAAAA+"))
}

// keepPrivate drops charstrings and empties subroutines.
func (f *Font) keepPrivate(used map[string]bool, calls map[int]bool) []byte {
	type edit struct {
		span
		with []byte
	}
	var edits []edit
	empty := []byte{11} // return
	if f.lenIV >= 0 {
		empty = encrypt(append(make([]byte, f.lenIV), 11), keyCharstring)
	}
	for _, s := range f.subrs {
		if !calls[s.n] {
			edits = append(edits, edit{s.size, []byte(strconv.Itoa(len(empty)))}, edit{s.data, empty})
		}
	}
	n := 0
	for _, c := range f.chars {
		if used[c.name] {
			n++
		}
	}
	counted := edit{f.count, fmt.Append(nil, n)}
	var dropped []edit
	for i, c := range f.chars {
		if used[c.name] && f.byName[c.name] == i {
			continue
		}
		to := c.all.to
		for to < len(f.private) && bytes.IndexByte([]byte(" \t\r\n"), f.private[to]) >= 0 {
			to++
		}
		dropped = append(dropped, edit{span{c.all.from, to}, nil})
	}
	if len(f.subrs) > 0 && f.subrs[0].all.from > f.count.from {
		edits = append(append([]edit{counted}, dropped...), edits...)
	} else {
		edits = append(append(edits, counted), dropped...)
	}
	var out []byte
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue
		}
		out = append(append(out, f.private[at:e.from]...), e.with...)
		at = e.to
	}
	return append(out, f.private[at:]...)
}
