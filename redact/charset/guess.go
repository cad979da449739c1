package charset

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// frequent are runes of which every longer Chinese text has some, simplified
// and traditional.
const frequent = "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长" +
	"這來國個說們為時會過學對裡後麼沒於還發當無開經頭從動兩長業務與"

// A set holds runes of the basic plane.
type set [0x10000 / 64]uint64

func (s *set) add(r rune) { s[r>>6&1023] |= 1 << (r & 63) }

func (s *set) has(r rune) bool { return r < 0x10000 && s[r>>6]&(1<<(r&63)) != 0 }

// levels are the everyday characters of GB 2312 (level 1, rows 16 to 55) and of
// Big5 (A440 to C67E), read from the code tables when first needed.
var levels = sync.OnceValue(func() (l struct{ gb, big5, top set }) {
	fill := func(s *set, decode func([]byte) ([]byte, error), from, to int) {
		for hi := from; hi <= to; hi++ {
			for lo := 0x40; lo <= 0xFE; lo++ {
				if lo > 0x7E && lo < 0xA1 || from == 0xB0 && lo < 0xA1 {
					continue
				}
				b, _ := decode([]byte{byte(hi), byte(lo)})
				for _, r := range string(b) {
					if unicode.Is(unicode.Han, r) {
						s.add(r)
					}
				}
			}
		}
	}
	fill(&l.gb, simplifiedchinese.GBK.NewDecoder().Bytes, 0xB0, 0xD7)
	fill(&l.big5, traditionalchinese.Big5.NewDecoder().Bytes, 0xA4, 0xC6)
	for _, r := range frequent {
		l.top.add(r)
	}
	return l
})

// east reports punctuation and forms that stand between Chinese characters.
func east(r rune) bool {
	return r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF5E || r >= 0x2010 && r <= 0x2026 || r == '·' || r == '￥' || r == '×' || r == '℃'
}

// plausible reports whether text, decoded from a legacy encoding of which s are
// the everyday characters, is Chinese; top is its share of frequent characters.
func plausible(text string, s *set) (ok bool, top float64) {
	l := levels()
	wide, good, han, often := 0, 0, 0, 0
	for _, r := range text {
		if r < 0x80 {
			continue
		}
		wide++
		if s.has(r) || east(r) {
			good++
		}
		if unicode.Is(unicode.Han, r) {
			han++
			if l.top.has(r) {
				often++
			}
		}
	}
	if han > 0 {
		top = float64(often) / float64(han)
	}
	need := 0.7 // genuine text has 0.95 and more, a wrong reading about 0.5
	if wide <= 6 {
		need = 0.5
	}
	// Korean in EUC-KR reads as everyday characters too, but as no sentence.
	return float64(good) >= need*float64(wide) && (han < 30 || top >= 0.03), top
}

// guessHan tries the legacy Chinese encodings on bytes that are no UTF-8.
func guessHan(b []byte) (*Text, error) {
	l := levels()
	gb, _ := strict(GB18030, b)
	big5, _ := strict(Big5, b)
	var gbTop, big5Top float64
	var ok bool
	if gb != nil {
		if ok, gbTop = plausible(gb.Text, &l.gb); !ok {
			gb = nil
		}
	}
	if big5 != nil {
		if ok, big5Top = plausible(big5.Text, &l.big5); !ok {
			big5 = nil
		}
	}
	switch {
	case gb != nil && (big5 == nil || gbTop >= big5Top):
		return gb, nil
	case big5 != nil:
		return big5, nil
	}
	return nil, unreadable("the encoding is not known: " + remedy)
}

// unclear reports a short GB18030 text that is valid UTF-8 by chance: a few
// Chinese characters side by side, all of which read as Cyrillic, Arabic and the
// like. (Longer ones are never.)
func unclear(b []byte) bool {
	wide, pair := 0, false
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] < 0x80:
			continue
		case b[i] >= 0xE0 || b[i+1] < 0xA1:
			return false
		}
		pair = pair || i+2 < len(b) && b[i+2] >= 0x80
		wide++
		i++
	}
	if wide > 24 || !pair {
		return false
	}
	d, err := strict(GB18030, b)
	if err != nil {
		return false
	}
	l := levels()
	for _, r := range d.Text {
		if r >= 0x80 && !l.gb.has(r) && !east(r) {
			return false
		}
	}
	return true
}

// guess16 tries UTF-16 without a byte order mark on bytes with NULs, as every
// line break, space or digit gives them.
func guess16(b []byte) (*Text, error) {
	even := b[:len(b)&^1]
	le, _ := strict(UTF16LE, even)
	be, _ := strict(UTF16BE, even)
	if le != nil && !readable(le.Text) {
		le = nil
	}
	if be != nil && !readable(be.Text) {
		be = nil
	}
	switch {
	case le == nil && be == nil:
		return nil, errBinary
	case le != nil && be != nil:
		return nil, unreadable("UTF-16 of unclear byte order: " + remedy)
	case len(even) < len(b):
		return nil, unreadable("the file ends inside a character: it was cut")
	case le != nil:
		return le, nil
	}
	return be, nil
}

// readable reports whether a text consists of what texts consist of.
func readable(text string) bool {
	l := levels()
	n, good := 0, 0
	for _, r := range text {
		n++
		switch {
		case strings.ContainsRune("\t\n\v\f\r", r):
			good++
		case !unicode.IsGraphic(r) && r != 0xFEFF && !unicode.Is(unicode.Cf, r):
			return false
		case r < 0x250 || east(r) || l.gb.has(r) || l.big5.has(r):
			good++
		}
	}
	return good*10 >= n*7
}
