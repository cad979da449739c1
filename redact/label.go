package redact

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
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
	Code:         {"[二维码]", "[code]", false},
	Logo:         {"[标识]", "[logo]", false},
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

// letters counts A … Z, A2 … Z2, A3 …: never two letters, which could be a real
// company's name.
func letters(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		s += strconv.Itoa(n/26 + 1)
	}
	return s
}

// labels is the shape of every label that Label makes.
var labels = func() *regexp.Regexp {
	var all []string
	for _, w := range words {
		for _, s := range []string{w.zh, w.en} {
			s = regexp.QuoteMeta(s)
			if w.lettered {
				s += `[A-Z][0-9]{0,3}`
			}
			all = append(all, s)
		}
	}
	slices.Sort(all)
	return regexp.MustCompile(strings.Join(slices.Compact(all), "|"))
}()

// FindLabels returns the byte ranges of our labels in a text, so that what we
// wrote is not found again. A label that runs on into a Latin word or a number
// is none: 企业AB, Company Azure.
func FindLabels(s string) [][2]int {
	var out [][2]int
	for _, at := range labels.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:at[0]])
		first, _ := utf8.DecodeRuneInString(s[at[0]:])
		last, _ := utf8.DecodeLastRuneInString(s[:at[1]])
		after, _ := utf8.DecodeRuneInString(s[at[1]:])
		if at[0] > 0 && runsOn(before) && runsOn(first) || at[1] < len(s) && runsOn(last) && runsOn(after) {
			continue
		}
		out = append(out, [2]int{at[0], at[1]})
	}
	return out
}

func runsOn(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }

// IsLabel reports whether a text is one of our labels.
func IsLabel(s string) bool {
	at := FindLabels(s)
	return len(at) == 1 && at[0] == [2]int{0, len(s)}
}

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
