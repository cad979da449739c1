package object

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// docEncoding are the codes of PDFDocEncoding that are not those of Latin-1
// (ISO 32000-2, D.3).
var docEncoding = func() (t [256]rune) {
	for i := range t {
		t[i] = rune(i)
	}
	copy(t[0x18:], []rune("˘ˇˆ˙˝˛˚˜"))
	copy(t[0x80:], []rune("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž"))
	t[0x9f], t[0xa0], t[0xad] = utf8.RuneError, '€', utf8.RuneError
	return t
}()

// Text is a text string as a reader shows it (ISO 32000-2, 7.9.2.2): UTF-16 or
// UTF-8 with a byte order mark, else PDFDocEncoding, unless the bytes only make
// sense as UTF-8 or as GB 18030, which writers put there without a mark. False
// where o is no string.
func (f *File) Text(o types.Object) (string, bool) {
	b, ok := f.Bytes(o)
	if !ok {
		return "", false
	}
	return Decode(b), true
}

// Decode reads the bytes of a text string, as Text does.
func Decode(b []byte) string {
	switch {
	case len(b) >= 2 && b[0] == 0xfe && b[1] == 0xff:
		return decode16(b[2:], 1)
	case len(b) >= 2 && b[0] == 0xff && b[1] == 0xfe:
		return decode16(b[2:], 0)
	case len(b) >= 3 && b[0] == 0xef && b[1] == 0xbb && b[2] == 0xbf:
		return string([]rune(string(b[3:])))
	}
	high := 0
	for _, c := range b {
		if c >= 0x80 {
			high++
		}
	}
	if high > 1 {
		if utf8.Valid(b) {
			return string(b)
		}
		if s, ok := decodeGB(b); ok {
			return s
		}
	}
	return decodeDoc(b)
}

// Readings are the ways in which some reader might read the bytes of a string,
// without repetitions. What must not be in a string must be in none of them.
func Readings(b []byte) []string {
	all := []string{Decode(b)}
	add := func(s string) {
		for _, o := range all {
			if o == s {
				return
			}
		}
		all = append(all, s)
	}
	add(decodeDoc(b))
	plain := true
	for _, c := range b {
		plain = plain && c > 0 && c < 0x80
	}
	if plain {
		return all
	}
	if utf8.Valid(b) {
		add(string(b))
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil {
		add(string(s))
	}
	if len(b) > 1 {
		add(decode16(b, 1))
		add(decode16(b, 0))
	}
	return all
}

func decodeDoc(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = docEncoding[c]
	}
	return string(r)
}

// decodeGB reads GB 18030 if nothing in it is left over and most of it is Han.
func decodeGB(b []byte) (string, bool) {
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	if err != nil {
		return "", false
	}
	han, other := 0, 0
	for _, r := range string(out) {
		switch {
		case r == utf8.RuneError:
			return "", false
		case r >= 0x4e00 && r <= 0x9fff:
			han++
		case r >= 0x80:
			other++
		}
	}
	return string(out), han > 2*other
}

// decode16 reads UTF-16, whose units have their low byte at index low, and leaves
// out the language codes that may stand between two escape characters.
func decode16(b []byte, low int) string {
	var units []uint16
	for i := 0; i+1 < len(b); i += 2 {
		u := uint16(b[i+low]) | uint16(b[i+1-low])<<8
		if u == 0x1b {
			if j := i + 2; escapeEnd(b, j, low) > 0 {
				i = escapeEnd(b, j, low)
				continue
			}
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}

// escapeEnd is where the escape character stands that ends a language code
// (two or four letters) from i on; 0 where there is none.
func escapeEnd(b []byte, i, low int) int {
	for _, n := range [...]int{4, 8} {
		if i+n+1 < len(b) && b[i+n+low] == 0x1b && b[i+n+1-low] == 0 {
			return i + n
		}
	}
	return 0
}

// NewText is a text string: ASCII as it is, all else UTF-16 with a byte order
// mark.
func NewText(s string) types.Object {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] >= ' ' && s[i] < 0x7f || s[i] == '\n' && ascii
	}
	if ascii {
		return types.NewHexLiteral([]byte(s))
	}
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return types.NewHexLiteral(b)
}
