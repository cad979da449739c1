package shown

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

// glyphNames are those of the standard encodings (ISO 32000-2, annex D) with the
// runes they stand for.
//
//go:embed glyphnames.txt
var glyphNames string

var runesOf = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, f := range strings.Fields(glyphNames) {
		name, hex, _ := strings.Cut(f, "=")
		m[name] = hexText(hex)
	}
	return m
})

// hexText reads UTF-16 written in hexadecimal.
func hexText(hex string) string {
	var units []uint16
	for i := 0; i+4 <= len(hex); i += 4 {
		u, err := strconv.ParseUint(hex[i:i+4], 16, 16)
		if err != nil {
			return ""
		}
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units))
}

// textOf is what a glyph's name stands for, empty where it does not tell: names of
// the standard encodings, and uniXXXX and uXXXX (Adobe's glyph list specification).
func textOf(name string) string {
	name, _, _ = strings.Cut(name, ".")
	if t := runesOf()[name]; t != "" {
		return t
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 {
		return hexText(hex)
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if v, err := strconv.ParseUint(hex, 16, 32); err == nil && v <= 0x10FFFF {
			return string(rune(v))
		}
	}
	return ""
}

// standard are the codes of StandardEncoding that are not those of ASCII.
var standard = map[byte]string{}

func init() {
	put := func(from int, names string) {
		for i, n := range strings.Fields(names) {
			if n != "-" {
				standard[byte(from+i)] = n
			}
		}
	}
	put(0xA1, "exclamdown cent sterling fraction yen florin section currency quotesingle quotedblleft guillemotleft guilsinglleft guilsinglright fi fl - endash dagger daggerdbl periodcentered - paragraph bullet quotesinglbase quotedblbase quotedblright guillemotright ellipsis perthousand - questiondown - grave acute circumflex tilde macron breve dotaccent dieresis - ring cedilla - hungarumlaut ogonek caron emdash")
	put(0xE1, "AE - ordfeminine - - - - Lslash Oslash OE ordmasculine - - - - - ae - - - dotlessi - - lslash oslash oe germandbls")
	put(0x27, "quoteright")
	put(0x60, "quoteleft")
}

// simpleText is what a code stands for in a base encoding.
func simpleText(encoding string, code byte) string {
	switch encoding {
	case "WinAnsiEncoding":
		return string(charmap.Windows1252.DecodeByte(code))
	case "MacRomanEncoding":
		return string(charmap.Macintosh.DecodeByte(code))
	case "StandardEncoding":
		if n, ok := standard[code]; ok {
			return textOf(n)
		}
		if code >= 0x80 {
			return ""
		}
	}
	return string(rune(code))
}
