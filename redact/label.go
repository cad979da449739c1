package redact

import (
	"fmt"
	"regexp"
	"unicode"
)

// Lang is the language a label is written in.
type Lang string

// The languages of labels.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// LangOf tells the language of a text by its letters: Chinese where Han runes
// outnumber a third of the Latin ones (a Han rune carries about as much as a
// third of an English word).
func LangOf(s string) Lang {
	han, latin := 0, 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	if han*3 > latin {
		return Chinese
	}
	return English
}

// words are the stems of labels. Numbered kinds get a letter behind the stem,
// so that two people stay two people.
var words = map[Kind]struct {
	zh, en   string
	lettered bool
}{
	Person:       {"客户", "Customer ", true},
	Organisation: {"企业", "Company ", true},
	Location:     {"某地", "a place", false},
	Phone:        {"[电话]", "[phone]", false},
	Email:        {"[邮箱]", "[e-mail]", false},
	ResidentID:   {"[证件号]", "[ID number]", false},
	Other:        {"[已隐去]", "[removed]", false},
	Drawn:        {"[已隐去]", "[removed]", false},
}

// Label is what stands in a text instead of the n-th (from 0) subject of a
// kind: 客户A, Company B, [电话]. It tells nothing of the removed text, its
// length included.
func Label(k Kind, n int, l Lang) string {
	w, ok := words[k]
	if !ok {
		w = words[Other]
	}
	s := w.zh
	if l == English {
		s = w.en
	}
	if w.lettered {
		s += letters(n)
	}
	return s
}

// letters counts A … Z, AA, AB …
func letters(n int) string {
	s := string(rune('A' + n%26))
	for n = n/26 - 1; n >= 0; n = n/26 - 1 {
		s = string(rune('A'+n%26)) + s
	}
	return s
}

var labels = regexp.MustCompile(`^(?:(?:客户|企业)[A-Z]{1,3}|(?:Customer|Company) [A-Z]{1,3}|\[(?:电话|邮箱|证件号|已隐去|phone|e-mail|ID number|removed)\]|某地|a place)$`)

// IsLabel reports whether a text is one of our labels, so that what we wrote is
// not found again.
func IsLabel(s string) bool { return labels.MatchString(s) }

// A Book gives each hidden subject of a case one letter, in the order of first
// appearance, so that 王小明 is the same 客户A in every document. It is not safe
// for concurrent use.
type Book struct {
	seen map[string]int
	next map[Kind]int
}

// NewBook is an empty book.
func NewBook() *Book { return &Book{seen: map[string]int{}, next: map[Kind]int{}} }

// Index is the place of the subject known by key among those of its kind; a new
// one goes to the end.
func (b *Book) Index(k Kind, key string) int {
	id := fmt.Sprintf("%s\x00%s", k, key)
	n, ok := b.seen[id]
	if !ok {
		n = b.next[k]
		b.next[k]++
		b.seen[id] = n
	}
	return n
}
