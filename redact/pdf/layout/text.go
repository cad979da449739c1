package layout

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// unknown stands for what a font does not tell.
const unknown = '\uFFFD'

// ends are the first and the last rune of what a reader reads in a glyph's text;
// unknown where there is none, 0 where it is control characters alone.
func ends(text string) (first, last rune) {
	if len(text) == 1 && text[0] >= ' ' && text[0] < 0x7f {
		return rune(text[0]), rune(text[0])
	}
	var buf [8]rune
	rs := plain(buf[:0], text)
	if len(rs) == 0 {
		return 0, 0
	}
	return rs[0], rs[len(rs)-1]
}

// plain appends the runes that a reader reads in a glyph's text.
func plain(to []rune, text string) []rune {
	if text == "" {
		return append(to, unknown)
	}
	n := len(to)
	for _, r := range text {
		switch {
		case r < 0x80:
			switch {
			case r == '\t' || r == '\n' || r == '\r' || r == '\v' || r == '\f':
				to = append(to, ' ')
			case r >= ' ' && r != 0x7f:
				to = append(to, r)
			}
		case r == 0xad:
			to = append(to, '-')
		case r < 0xa0:
		case r == unknown && len(to) > n && to[len(to)-1] == unknown: // bytes that are no UTF-8
		case r >= 0x2e80 && r < 0x2e80+int32(len(radicalForms)):
			to = append(to, radical(r))
		case r >= 0x2f00 && r <= 0x2fd5, r >= 0xf900 && r < 0xfb07, r >= 0x2f800 && r < 0x2fa20:
			to = append(to, []rune(norm.NFKC.String(string(r)))...)
		case r >= 0xfe10 && r < 0xfe20, r >= 0xfe30 && r < 0xfe50:
			to = append(to, level(r))
		case r >= 0xfdd0 && r < 0xfdf0, r&0xfffe == 0xfffe, r == 0xfeff: // no characters
		case r == 0x2028 || r == 0x2029:
			to = append(to, ' ')
		default:
			to = append(to, r)
		}
	}
	return to
}

// level is the form that a vertical form of punctuation has in a level line: the
// one of full width where it has one.
func level(r rune) rune {
	s := norm.NFKC.String(string(r))
	l, n := utf8.DecodeRuneInString(s)
	switch {
	case n < len(s): // dots
		return r
	case l > ' ' && l < 0x7f && l != '_':
		return l + 0xfee0
	}
	return l
}

// radicalForms are the characters that those of the block CJK Radicals Supplement
// look like, from U+2E80 on (Unicode Character Database, property
// Equivalent_Unified_Ideograph): some writers of PDF tell them in place of the
// characters, surnames such as 马 and 黄 among them. A full stop stands for none.
var radicalForms = []rune("" +
	".厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵.旡日月歺母民氵氺灬爫爫丬牛" +
	"犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑" +
	"钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟")

func radical(r rune) rune {
	if o := radicalForms[r-0x2e80]; o != '.' {
		return o
	}
	return r
}

// spaceless reports whether words beside r are written without a space.
func spaceless(r rune) bool { return wide(r) || unicode.Is(unicode.Hangul, r) }
