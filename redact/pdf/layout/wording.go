package layout

import (
	"strings"
	"unicode"
)

// A wording is what of a line's words tells how lines hang together.
type wording struct {
	firstWord float64 // how wide
	prose     bool    // part of a sentence, as far as one line can tell
	starts    bool    // with a bullet or a number: an item of a list
	field     bool    // begins with what it is about: 联系人：, Host:
	leader    bool    // a row of dots leads to a page number
	hanFirst  bool    // begins with a Han character
	hanLast   bool    // ends with one
}

// wordingOf reads a strip's inks.
func (r *reading) wordingOf(s *strip) wording {
	var w wording
	var head []rune // the line's beginning
	small, hans, dots := 0, 0, 0
	word, begun := 0, false
	var prev *ink
	for _, f := range s.frags {
		for i := f.from; i < f.to; i++ {
			k := &r.inks[i]
			if k.copied {
				continue
			}
			apart := k.kind == blank || prev != nil && (k.u0-prev.u1 > 0.13*k.em || k.kind == han || prev.kind == han)
			if apart {
				word = 0
				if !begun && prev != nil {
					begun, w.firstWord = true, prev.u1-s.u0
				}
			}
			if len(head) < 24 {
				if apart && k.kind != blank && prev != nil && prev.kind != blank && k.kind != han && prev.kind != han {
					head = append(head, ' ')
				}
				head = append(head, k.first)
			}
			prev = k
			if k.kind == blank {
				continue
			}
			if word++; word == 1 && unicode.IsLower(k.first) {
				small++
			}
			if k.kind == han {
				hans++
			}
			if k.first == '.' || k.first == '…' || k.first == '·' {
				if dots++; dots >= 5 {
					w.leader = true
				}
			} else {
				dots = 0
			}
		}
	}
	if !begun && prev != nil {
		w.firstWord = prev.u1 - s.u0
	}
	if len(head) > 0 && wide(head[0]) {
		w.firstWord = 2 * s.em // a mark that may not begin a line takes the one before with it
	}
	w.hanFirst = len(head) > 0 && unicode.Is(unicode.Han, head[0])
	w.hanLast = prev != nil && unicode.Is(unicode.Han, prev.last)
	w.prose = small >= 4 || hans >= 12
	w.starts, w.field = item(head), field(head)
	return w
}

const bullets = "•●○■□▪▫◆◇◦‣∙·–—-*→➢✓√※★☆"

// item reports whether a line begins as an item of a list does.
func item(head []rune) bool {
	if len(head) < 2 {
		return false
	}
	if strings.ContainsRune(bullets, head[0]) {
		return head[1] == ' ' || head[1] == '\u3000' || head[0] != '-' && head[0] != '—' && head[0] != '–'
	}
	i, bracket := 0, false
	if head[0] == '(' || head[0] == '（' || head[0] == '[' {
		i, bracket = 1, true
	}
	if head[0] == '第' {
		i = 1
	}
	from := i
	for i < len(head) && i-from < 4 && (unicode.IsDigit(head[i]) || strings.ContainsRune("一二三四五六七八九十百", head[i]) || bracket && i == from && head[i] < 0x80 && unicode.IsLetter(head[i])) {
		i++
	}
	if i == from || i >= len(head) {
		return false
	}
	switch end := head[i]; {
	case head[0] == '第':
		return strings.ContainsRune("条章节部编款项", end)
	case bracket:
		return end == ')' || end == '）' || end == ']'
	case end == '、' || end == '．' || end == '）':
		return true
	case end == '.' || end == ')':
		return i+1 == len(head) || head[i+1] == ' ' || wide(head[i+1])
	}
	return false
}

// field reports whether a line begins with what it is about.
func field(head []rune) bool {
	if len(head) > 0 && unicode.IsLower(head[0]) {
		return false
	}
	for i, r := range head {
		if r == '：' || r == ':' && (i+1 == len(head) || !unicode.IsDigit(head[i+1]) && head[i+1] != '/') {
			return i <= 20 && (i <= 8 || head[0] < 0x2e80)
		}
	}
	return false
}
