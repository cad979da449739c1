// Package pseudonym gives the people and companies of a book invented names that
// stay the same: whoever holds the book can tell who is meant, nobody else. A
// name is drawn with a secret key, so that neither the name nor the subject can
// be worked out from the other without it.
//
// Pseudonymised is not anonymous: the book has to be kept as safe as the names.
package pseudonym

import (
	"crypto/hmac"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/fold"
)

// KeySize is how many bytes a key has, from crypto/rand.
const KeySize = 32

// ErrFull is returned where no free name is left.
var ErrFull = errors.New("no free pseudonym is left")

// An Entry is one line of a book: personal data.
type Entry struct {
	Kind    redact.Kind  `json:"kind"`
	Subject string       `json:"subject"` // key of the subject
	Name    redact.Words `json:"name"`    // in both languages, without the marker
}

// String does not tell who it is.
func (e Entry) String() string { return "pseudonym of a " + string(e.Kind) }

// A Book holds the names given. It is not safe for concurrent use. Keep its
// Entries encrypted beside the key: which of two subjects that draw one name
// gets it depends on who came first.
type Book struct {
	key     []byte
	entries []Entry
	by      map[string]int // kind and subject → index
	taken   map[string]bool
}

// New opens a book with its key and the entries it has so far, in order.
func New(key []byte, entries []Entry) (*Book, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("open a pseudonym book: the key has %d bytes, want %d", len(key), KeySize)
	}
	b := &Book{key: slices.Clone(key), by: map[string]int{}, taken: map[string]bool{}}
	for i, e := range entries {
		zh, en := fold.Key(e.Name.ZH), fold.Key(e.Name.EN)
		if _, twice := b.by[id(e.Kind, e.Subject)]; twice || zh == "" || en == "" || b.taken[zh] || b.taken[en] {
			return nil, fmt.Errorf("open a pseudonym book: entry %d is empty or there twice", i+1)
		}
		b.put(e)
	}
	return b, nil
}

func id(k redact.Kind, subject string) string { return string(k) + "\x00" + subject }

func (b *Book) put(e Entry) {
	b.by[id(e.Kind, e.Subject)] = len(b.entries)
	b.entries = append(b.entries, e)
	b.taken[fold.Key(e.Name.ZH)], b.taken[fold.Key(e.Name.EN)] = true, true
}

// Entries are the lines of the book, in the order they were given.
func (b *Book) Entries() []Entry { return slices.Clone(b.entries) }

// Name is the pseudonym of a subject, in both languages; a new one where it has
// none yet. avoid, where it is not nil, says which names may not be given:
// those registered or found. Persons get a person's name, all other kinds a
// company's. The error is ErrFull.
func (b *Book) Name(kind redact.Kind, subject string, avoid func(name string) bool) (redact.Words, error) {
	if i, ok := b.by[id(kind, subject)]; ok {
		return b.entries[i].Name, nil
	}
	const draws = 4096
	for n := range uint32(draws) {
		name := b.draw(kind, subject, n)
		if b.taken[fold.Key(name.ZH)] || b.taken[fold.Key(name.EN)] || avoid != nil && (avoid(name.ZH) || avoid(name.EN)) {
			continue
		}
		b.put(Entry{kind, subject, name})
		return name, nil
	}
	return redact.Words{}, ErrFull
}

// draw is the n-th name for a subject: two words by HMAC-SHA-256.
func (b *Book) draw(kind redact.Kind, subject string, n uint32) redact.Words {
	h := hmac.New(sha256.New, b.key)
	fmt.Fprintf(h, "consentry pseudonym 1\x00%s\x00%d\x00%s", kind, n, subject)
	sum := h.Sum(nil)
	x, y := binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])
	if kind == redact.Person {
		f, g := x%uint64(len(invented.Family.ZH)), y%uint64(len(invented.Given.ZH))
		return redact.Words{ZH: invented.Family.ZH[f] + invented.Given.ZH[g], EN: invented.Given.EN[g] + " " + invented.Family.EN[f]}
	}
	f, s := x%uint64(len(invented.First.ZH)), y%uint64(len(invented.Second.ZH))
	return redact.Words{ZH: invented.First.ZH[f] + invented.Second.ZH[s] + invented.Company.ZH, EN: invented.First.EN[f] + invented.Second.EN[s] + invented.Company.EN}
}

// Avoid says of the names given, folded, that they may not be given.
func Avoid(names []string) func(string) bool {
	m := map[string]bool{}
	for _, n := range names {
		m[fold.Key(n)] = true
	}
	return func(name string) bool { return m[fold.Key(name)] }
}

// Mark puts behind a name that it is changed: 林清和（化名）, Quinn Vale (name changed).
// What is marked Find finds again.
func Mark(name redact.Words, lang redact.Lang) string {
	return name.In(lang) + invented.Marker.In(lang)
}

// Find are the runs of runes in a text that Mark may have written, so that our
// own names are not found again. A name without the marker is none: somebody may
// be called so.
func Find(text []rune) [][2]int {
	var out [][2]int
	s := string(text)
	for _, lang := range []redact.Lang{redact.Chinese, redact.English} {
		for from := 0; ; {
			at := strings.Index(s[from:], invented.Marker.In(lang))
			if at < 0 {
				break
			}
			at += from
			from = at + len(invented.Marker.In(lang))
			if n := nameBefore(s[:at], lang); n > 0 {
				end := utf8.RuneCountInString(s[:from])
				out = append(out, [2]int{end - utf8.RuneCountInString(s[at-n:from]), end})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// nameBefore is the length in bytes of a name of ours that ends a text.
func nameBefore(s string, lang redact.Lang) int {
	pair := func(a, b []string, between, after string) int {
		rest, ok := strings.CutSuffix(s, after)
		if !ok {
			return 0
		}
		for _, y := range b {
			if r, ok := strings.CutSuffix(rest, between+y); ok {
				for _, x := range a {
					if strings.HasSuffix(r, x) {
						return len(x + between + y + after)
					}
				}
			}
		}
		return 0
	}
	if lang == redact.English {
		return max(pair(invented.Given.EN, invented.Family.EN, " ", ""), pair(invented.First.EN, invented.Second.EN, "", invented.Company.EN))
	}
	return max(pair(invented.Family.ZH, invented.Given.ZH, "", ""), pair(invented.First.ZH, invented.Second.ZH, "", invented.Company.ZH))
}

type lists struct {
	ZH []string `yaml:"zh"`
	EN []string `yaml:"en"`
}

//go:embed words.yaml
var wordsYAML []byte

var invented = mustWords(wordsYAML)

type vocabulary struct {
	Marker  redact.Words `yaml:"marker"`
	Family  lists        `yaml:"family"`
	Given   lists        `yaml:"given"`
	First   lists        `yaml:"first"`
	Second  lists        `yaml:"second"`
	Company redact.Words `yaml:"company"`
}

func mustWords(b []byte) vocabulary {
	var v vocabulary
	if err := yaml.Unmarshal(b, &v); err != nil {
		panic(fmt.Sprintf("words.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	return v
}
