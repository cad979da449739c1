package reident

import (
	"unicode"
)

// what a word of the trie stands for.
type what int8

const (
	literal what = iota
	exception
	near
	post
	place
	company
)

type mark struct {
	class int
	what  what
	n     int // of near: the pattern
}

// A trie holds the words that are looked for, small and half width.
type trie struct {
	first map[rune]*node
	may   [0x10000]bool // runes that a word begins with
}

type node struct {
	next  map[rune]*node
	marks []mark
	latin bool // the last rune is Latin: the word has to end there
}

func newTrie() *trie { return &trie{first: map[rune]*node{}} }

func (t *trie) add(word string, m mark) {
	rs := plain([]rune(word))
	if len(rs) == 0 {
		return
	}
	level := t.first
	t.may[min(rs[0], 0xffff)] = true
	var at *node
	for _, r := range rs {
		at = level[r]
		if at == nil {
			at = &node{next: map[rune]*node{}, latin: isLatin(r)}
			level[r] = at
		}
		level = at.next
	}
	at.marks = append(at.marks, m)
}

// A word is one of the trie in a text.
type word struct {
	start, end int
	marks      []mark
}

// all are the words in a text, plain already, by their beginning; several may
// begin at one place. A word has at most 200 runes, so that time is linear.
func (t *trie) all(text []rune, yield func(word)) {
	for i, r := range text {
		if !t.may[min(r, 0xffff)] || i > 0 && isLatin(r) && isLatin(text[i-1]) {
			continue
		}
		level := t.first
		for j := i; j < len(text); j++ {
			at := level[text[j]]
			if at == nil {
				break
			}
			if at.marks != nil && (!at.latin || j+1 == len(text) || !isLatin(text[j+1])) {
				yield(word{i, j + 1, at.marks})
			}
			level = at.next
		}
	}
}

func isLatin(r rune) bool { return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// plain is a text in half width and small letters, rune by rune.
func plain(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		if r >= 0xff01 && r <= 0xff5e && r != '，' && r != '：' && r != '；' && r != '！' && r != '？' && r != '（' && r != '）' {
			r -= 0xfee0
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		} else if r > 0x7f && r < 0x250 {
			r = unicode.ToLower(r)
		}
		out[i] = r
	}
	return out
}
