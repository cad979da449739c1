package state

import (
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"

	"consentry/authz"
)

// People is an index of the registry for search while typing: by any part of
// any name, by pinyin and by pinyin initials, so that Hanzi need not be typed.
type People struct {
	Subjects []authz.Subject
	keys     [][]string
}

// NewPeople indexes subjects.
func NewPeople(subjects []authz.Subject) *People {
	p := &People{Subjects: subjects, keys: make([][]string, len(subjects))}
	for i, s := range subjects {
		for _, n := range s.Names {
			p.keys[i] = append(p.keys[i], spellings(n.Text)...)
		}
		if s.Company != "" {
			p.keys[i] = append(p.keys[i], flat(s.Company))
		}
	}
	return p
}

// spellings are a text without spaces, and, where it has Hanzi, its pinyin and their
// initials.
func spellings(text string) []string {
	folded := flat(text)
	var whole, initials strings.Builder
	for _, r := range folded {
		if py := pinyin.SinglePinyin(r, onePinyin); len(py) > 0 && py[0] != "" {
			whole.WriteString(py[0])
			initials.WriteByte(py[0][0])
		} else {
			whole.WriteRune(r)
			initials.WriteRune(r)
		}
	}
	if whole.String() == folded {
		return []string{folded}
	}
	return []string{folded, whole.String(), initials.String()}
}

var onePinyin = pinyin.NewArgs()

// Title is what a subject is called, or its id where it is not known.
func (p *People) Title(id authz.SubjectID) string {
	if i := slices.IndexFunc(p.Subjects, func(s authz.Subject) bool { return s.ID == id }); i >= 0 {
		return p.Subjects[i].Title()
	}
	return string(id)
}

// Fits reports whether a text holds a query, or its pinyin or initials do. An empty
// query fits all.
func Fits(text, query string) bool {
	q := flat(query)
	return q == "" || slices.ContainsFunc(spellings(text), func(k string) bool { return strings.Contains(k, q) })
}

func flat(s string) string { return strings.ReplaceAll(authz.FoldName(s), " ", "") }

// Find is the indexes of the subjects that a query fits: those whose name
// begins with it first. An empty query fits all.
func (p *People) Find(query string) []int {
	q := flat(query)
	var begins, holds []int
	for i, keys := range p.keys {
		switch {
		case q == "" || slices.ContainsFunc(keys, func(k string) bool { return strings.HasPrefix(k, q) }):
			begins = append(begins, i)
		case slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(k, q) }):
			holds = append(holds, i)
		}
	}
	return append(begins, holds...)
}
