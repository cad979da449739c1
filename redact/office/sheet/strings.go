package sheet

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A span is some bytes of a file.
type span struct{ from, to uint32 }

// Strings are the table of strings that cells share (18.4.9). It is not changed
// after all sheets have been linked to it.
type Strings struct {
	src    []byte
	file   int
	items  []span
	rich   []int // items that have more than one text
	used   []bool
	Always []splice.Change // what is in it and no string
}

// ReadStrings reads the table, in UTF-8, which is the file-th of its document.
func ReadStrings(src []byte, file int) (*Strings, error) {
	t := &Strings{src: src, file: file}
	s := xmltext.NewScanner(src)
	if err := enter(s, "sst"); err != nil {
		return nil, err
	}
	for {
		e, more, err := child(src, s, 0)
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		if e.name != "si" {
			t.Always = append(t.Always, splice.Change{File: file, From: e.from, To: e.to})
			continue
		}
		t.items = append(t.items, span{uint32(e.from), uint32(e.to)})
		r, err := read(src, file, e.from, e.to)
		if err != nil {
			return nil, err
		}
		if len(r.sounds)+len(r.fonts) > 0 {
			t.rich = append(t.rich, len(t.items)-1)
		}
		t.Always = append(t.Always, r.always...)
	}
	t.Always = append(t.Always, remarks(src, file, 0, len(src))...)
	t.used = make([]bool, len(t.items))
	return t, nil
}

// Len is the number of strings.
func (t *Strings) Len() int {
	if t == nil {
		return 0
	}
	return len(t.items)
}

// at is what the i-th string holds. All were read without an error.
func (t *Strings) at(i int) rich {
	r, _ := read(t.src, t.file, int(t.items[i].from), int(t.items[i].to))
	return r
}

// Unused blanks the strings that no cell shows, and gives what they said.
func (t *Strings) Unused() (said []splice.Text, changes []splice.Change) {
	for i, used := range t.used {
		if used {
			continue
		}
		r := t.at(i)
		for _, x := range []splice.Text{r.text, r.sounds} {
			if strings.TrimSpace(x.String()) != "" {
				said = append(said, x)
			}
		}
		prefix := prefixOf(t.src[t.items[i].from:])
		changes = append(changes, splice.Change{File: t.file, From: int(t.items[i].from), To: int(t.items[i].to),
			With: fmt.Appendf(nil, "<%ssi><%[1]st></%[1]st></%[1]ssi>", prefix)})
	}
	return said, changes
}

// Sounds are how strings in use are read aloud, one text a string.
func (t *Strings) Sounds() (out []splice.Text) {
	for _, i := range t.rich {
		if r := t.at(i); t.used[i] && len(r.sounds) > 0 {
			out = append(out, r.sounds)
		}
	}
	return out
}

// Settled are the changes that follow from others: how a string is read aloud goes
// where something of the string goes, and fonts whose name holds a removed text.
func (t *Strings) Settled(changes []splice.Change, gone func(string) bool) (out []splice.Change) {
	var places []span
	for _, c := range changes {
		if c.File == t.file && len(t.rich) > 0 {
			places = append(places, span{uint32(c.From), uint32(c.To)})
		}
	}
	slices.SortFunc(places, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for _, i := range t.rich {
		item := t.items[i]
		r := t.at(i)
		out = append(out, r.without(gone)...)
		k := sort.Search(len(places), func(k int) bool { return places[k].from >= item.from })
		if k < len(places) && places[k].to <= item.to {
			out = append(out, r.silent...)
		}
	}
	return out
}
