// Package i18n holds the window's words in Chinese and English. One key, one
// thing; both files have the same keys, and a test holds every key that the
// window uses against them.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed zh-Hans.json en.json
var files embed.FS

// Words looks up the words of one language. It is safe for concurrent use.
type Words struct {
	lang  string
	words map[string]string
}

// Languages are the codes that For knows.
var Languages = []string{"zh", "en"}

// For gives the words of a language: zh, zh-CN, zh_CN.UTF-8 … are Chinese,
// everything else is English.
func For(lang string) *Words {
	w := &Words{lang: "en"}
	file := "en.json"
	if strings.HasPrefix(strings.ToLower(lang), "zh") {
		w.lang, file = "zh", "zh-Hans.json"
	}
	b, err := files.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, &w.words)
	}
	if err != nil { // an embedded file that a test reads
		panic(fmt.Errorf("%s: %w", file, err))
	}
	return w
}

// Lang is zh or en.
func (w *Words) Lang() string { return w.lang }

// T is the words of a key. Arguments are pairs of a name and a value, for {name}
// in the words. A word of the form "one|other" is chosen by the argument n. A
// key that does not exist is shown as it is.
func (w *Words) T(key string, args ...any) string {
	s, ok := w.words[key]
	if !ok {
		return key
	}
	if one, other, two := strings.Cut(s, "|"); two {
		s = other
		for i := 0; i+1 < len(args); i += 2 {
			if args[i] == "n" && fmt.Sprint(args[i+1]) == "1" {
				s = one
			}
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		s = put(s, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return s
}

// put writes a value in its place, with a space where Hanzi and Latin letters or digits
// would touch.
func put(s, place, value string) string {
	before, after, found := strings.Cut(s, place)
	if !found {
		return s
	}
	return join(join(before, value), put(after, place, value))
}

// join puts a space between two texts that would touch so.
func join(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if touch(last, first) {
		return a + " " + b
	}
	return a + b
}

// touch reports whether two neighbours are a Hanzi and a Latin letter or digit.
func touch(a, b rune) bool {
	latin := func(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }
	return unicode.Is(unicode.Han, a) && latin(b) || latin(a) && unicode.Is(unicode.Han, b)
}

// Has reports whether a key exists.
func (w *Words) Has(key string) bool { _, ok := w.words[key]; return ok }

// Keys are all keys.
func (w *Words) Keys() []string {
	var ks []string
	for k := range w.words {
		ks = append(ks, k)
	}
	return ks
}
