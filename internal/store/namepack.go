package store

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"consentry/authz"
)

// A subject's names are sealed a second time in a column of their own, so that a
// search through a hundred thousand people has neither to decode each record nor
// to fold each name:
//
//	version (1 byte) ‖ kind (p or o) ‖ for each name: text ‖ form …, each as
//	uvarint length ‖ bytes; the forms of a name end with an empty one
//
// The forms are what a search text is compared with: the folded name, and its
// initials.
const namesVersion = 1

func namesPlace(id string) place { return place{"subject", id, "names"} }

func (k *keys) sealNames(s authz.Subject) []byte {
	return k.seal(namesPlace(string(s.ID)), packNames(s))
}

func packNames(s authz.Subject) []byte {
	b := []byte{namesVersion, 'p'}
	if s.Kind == authz.Organisation {
		b[1] = 'o'
	}
	add := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for _, n := range s.Names {
		folded := fold(n.Text)
		if folded == "" {
			continue
		}
		add(n.Text)
		add(folded)
		if i := initials(n); i != "" {
			add(i)
		}
		add("")
	}
	return b
}

// unpackNames calls each for every name and its forms.
func unpackNames(b []byte, each func(text []byte, forms [][]byte)) (authz.Kind, error) {
	bad := fmt.Errorf("%w: the names of a subject cannot be decoded", ErrDamaged)
	if len(b) < 2 || b[0] != namesVersion {
		return "", bad
	}
	kind := authz.Person
	if b[1] == 'o' {
		kind = authz.Organisation
	}
	next := func() ([]byte, bool) {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return nil, false
		}
		s := b[k : k+int(n)]
		b = b[k+int(n):]
		return s, true
	}
	var forms [][]byte
	for b = b[2:]; len(b) > 0; {
		text, ok := next()
		forms = forms[:0]
		for ok {
			var f []byte
			if f, ok = next(); len(f) == 0 {
				break
			}
			forms = append(forms, f)
		}
		if !ok {
			return "", bad
		}
		each(text, forms)
	}
	return kind, nil
}

// initials are the first letters of a name's characters in pinyin (欧阳星野: oyxy),
// or of the words of a spelling in pinyin (Li Na: ln); "" where it has none.
func initials(n authz.Name) string {
	var b strings.Builder
	han := 0
	for _, r := range n.Text {
		if unicode.Is(unicode.Han, r) {
			han++
			if p := pinyin.SinglePinyin(r, firstLetters); len(p) > 0 {
				b.WriteString(p[0])
			}
		}
	}
	if han == 0 && n.Use == "pinyin" {
		for w := range strings.FieldsSeq(authz.FoldName(n.Text)) {
			r, _ := utf8.DecodeRuneInString(w)
			b.WriteRune(r)
		}
	}
	if utf8.RuneCountInString(b.String()) < 2 {
		return ""
	}
	return b.String()
}

var firstLetters = pinyin.Args{Style: pinyin.FirstLetter}
