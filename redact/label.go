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

// Label is what stands in a text instead of the n-th (from 0) subject of a
// kind: 客户A, Company B, [电话]. It tells nothing of the removed text, its
// length included.
func Label(k Kind, n int, l Lang) string {
	i := k.Info()
	s := i.Label.In(l)
	if i.Lettered {
		s += Letters(n)
	}
	return s
}

// Letters counts A … Z, A2 … Z2, A3 …: never two letters, which could be a real
// company's name.
func Letters(n int) string {
	s := string(rune('A' + n%26))
	if n >= 26 {
		s += strconv.Itoa(n/26 + 1)
	}
	return s
}

// labels is the shape of every label that Label makes.
var labels = func() *regexp.Regexp {
	var all []string
	for _, k := range kinds {
		for _, s := range []string{k.Label.ZH, k.Label.EN} {
			s = regexp.QuoteMeta(s)
			if k.Lettered {
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

// LabelRunes are the ranges of runes of our labels in a text.
func LabelRunes(text []rune) [][2]int {
	s := string(text)
	out := FindLabels(s)
	bytes, runes := 0, 0
	for i, at := range out {
		start := runes + utf8.RuneCountInString(s[bytes:at[0]])
		end := start + utf8.RuneCountInString(s[at[0]:at[1]])
		bytes, runes = at[1], end
		out[i] = [2]int{start, end}
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
