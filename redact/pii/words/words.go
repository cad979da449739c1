// Package words finds the words of the rules of redact/pii in a text, and the places
// where their values begin: behind the word, or below it in a table.
package words

import (
	"slices"
	"strings"

	"consentry/redact/pii/rules"
)

// A Label is a word of the table where it stands in a text.
type Label struct {
	Lo, Hi int // bytes of the text
	Word   *rules.Word
}

// An Anchor is a place where the value of a word may begin: behind it, or in its
// column.
type Anchor struct {
	At    int // byte of the text
	Label Label
	Sep   bool // a colon, an equals sign, a verb or a cell's border stands between
	Glue  bool // anything stands between
	Far   bool // of which some says little: 填的是, a comma
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return isUpper(b) || isLower(b) }
func isUpper(b byte) bool  { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool  { return b >= 'a' && b <= 'z' }
func isAlnum(b byte) bool  { return isDigit(b) || isLetter(b) }

// Lower is s with its ASCII letters small: byte for byte as long as s.
func Lower(s string) string {
	for i := range len(s) {
		if isUpper(s[i]) {
			b := []byte(s)
			for ; i < len(b); i++ {
				if isUpper(b[i]) {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// Find finds the words of the table, leftmost and longest, in text; low is text
// in small letters. A Latin word stands by itself, as a part of a name in code
// (idCardNo, id_card) too. Our own labels ([QQ号]) are none.
func Find(t *rules.Table, text, low string) (out []Label) {
	for i := 0; i+1 < len(low); {
		c := low[i]
		if c < 0x80 {
			if !isLetter(c) {
				i++
				continue
			}
			if i > 0 && isLetter(low[i-1]) && !(isUpper(text[i]) && isLower(text[i-1])) {
				i++
				continue
			}
		} else if c < 0xC0 { // within a rune
			i++
			continue
		}
		next := i + 1
		if b := t.Starts[c]; b != nil {
			for _, n := range b[low[i+1]] {
				w := &t.Words[n]
				end := i + len(w.Text)
				if !strings.HasPrefix(low[i:], w.Text) {
					continue
				}
				if c < 0x80 && end < len(low) && isLetter(low[end]) && isLetter(low[end-1]) && !(isUpper(text[end]) && isLower(text[end-1])) && !runsInto(w, text[end:]) {
					continue
				}
				if !(i > 0 && text[i-1] == '[' && end < len(text) && text[end] == ']') {
					out = append(out, Label{i, end, w})
				}
				next = end
				break
			}
		}
		i = next
	}
	return own(text, low, out)
}

// runsInto reports whether a long number follows a word without a gap: VINLZZ….
func runsInto(w *rules.Word, text string) bool {
	for _, r := range w.Rules {
		if r.Re != nil && !r.Code && r.Least >= 15 {
			if loc := r.Re.FindStringIndex(text[:min(len(text), rules.Most)]); loc != nil && strings.ContainsAny(text[:loc[1]], "0123456789") {
				return true
			}
		}
	}
	return false
}

var (
	verbs = []string{"是", "为", "為", "叫", "即", "如下", "系", "改为", "变更为", "为：", "is", "was", "are", "were", "=", "ends in"}
	opens = []string{"“", "”", "「", "『", "【", "‘", "《", "】", "」", "：", "；", "→", "►", "•", "：", "№"}
)

// tails is the end of a word with what it may end in: 号码, " no.".
func tails(text, low string, hi int) int {
	p := hi
	tail := func() bool {
		q := p
		for q < len(low) && q < p+2 && (low[q] == ' ' || low[q] == '_' || low[q] == '-' && q+1 < len(low) && isLetter(low[q+1])) {
			q++
		}
		for _, w := range rules.LatinTails {
			if end := q + len(w); strings.HasPrefix(low[q:], w) && (q > p || isUpper(text[q]) || !isLetter(low[q]) || !isLetter(low[p-1])) && (end == len(low) || !isLetter(low[end]) || !isLetter(low[end-1])) {
				p = end
				return true
			}
		}
		for _, w := range rules.HanTails {
			if strings.HasPrefix(low[p:], w) && (w != "id" || p+2 >= len(low) || !isAlnum(low[p+2])) {
				p += len(w)
				return true
			}
		}
		return false
	}
	for n := 0; n < 3 && tail(); n++ {
	}
	return p
}

// Behind passes over what may stand between a word that ends at p and its value:
// 号码：, " no. ", `": "`, （必填）, " is ". ok is false where nothing can follow.
func Behind(text, low string, l Label) (a Anchor, ok bool) {
	p, line := l.Hi, 0
	a.Label = l
	p = tails(text, low, l.Hi)
	marks := func() {
		for n := 0; p < len(text) && n < 14; n++ {
			switch c := text[p]; c {
			case ' ', '*', '`', '#', '\\', '>', '[', '{':
				p++
			case ':', '=', '|', '\t', '"', '\'':
				a.Sep = true
				p++
			case '.':
				if p+1 < len(text) && isDigit(text[p+1]) && !a.Glue && p == l.Hi {
					return
				}
				p++
			case '(':
				if end := strings.IndexByte(text[p:min(len(text), p+40)], ')'); end > 0 && !strings.ContainsAny(text[p:p+end], "0123456789@") && p+end+1 < len(text) && !isLetter(text[p+1]) {
					p += end + 1 // （必填）
				} else {
					p++
				}
			case '-':
				if p > 0 && (text[p-1] == ' ' || text[p-1] == '-') || p+1 < len(text) && (text[p+1] == '>' || text[p+1] == '-') {
					p++
					continue
				}
				return
			case '/':
				if p+1 < len(text) && text[p+1] == '>' || p > 0 && text[p-1] == '<' {
					p++
					continue
				}
				if p+1 < len(text) && isAlnum(text[p+1]) {
					p, a.Far = p+1, true
				}
				return
			case ',':
				if strings.Trim(LineBefore(text, l.Lo), " \"") == "" {
					p, a.Sep = p+1, true // a line of a table: word, value
					continue
				}
				if !a.Far && (p+1 < len(text) && (text[p+1] == ' ' || text[p+1] >= 0x80 || isAlnum(text[p+1]))) {
					p, a.Far = p+1, true
					continue
				}
				return
			case '\r', '\n':
				if c == '\n' {
					if line++; line > 1 || strings.Trim(LineBefore(text, l.Lo), " *#|>-\t") != "" && !a.Sep {
						p = len(text)
						return
					}
					a.Sep = true
				}
				p++
			default:
				if c < 0x80 {
					return
				}
				i := slices.IndexFunc(opens, func(o string) bool { return strings.HasPrefix(text[p:], o) })
				if i < 0 {
					return
				}
				p += len(opens[i])
			}
		}
	}
	marks()
	if p > l.Hi && p < len(text) { // passport (No. …)
		if q := tails(text, low, p); q > p && !isLetter(text[min(q, len(text)-1)]) {
			p = q
			marks()
		}
	}
	for _, v := range verbs {
		if strings.HasPrefix(low[p:], v) && (!isLetter(v[0]) || p+len(v) < len(low) && low[p+len(v)] == ' ' && p > l.Hi) {
			p += len(v)
			a.Sep = true
			marks()
			break
		}
	}
	if n := filler(text[p:]); n > 0 {
		p, a.Far = p+n, true
		marks()
	}
	a.At, a.Glue = p, p > l.Hi
	return a, p < len(text)
}

// says are the runes of which one stands in what a value follows: 填的是, 登记成,
// 一栏为; sums are those that make it an amount or a time: 金额为, 数量有.
const (
	says = "是为即写填记用改换叫成登报留给"
	sums = "额价量数率款费期元时日年月天次总共约达近超万亿比"
)

// saying are the words of English that do the same: given as, on file is.
var saying = set("given as listed recorded registered shown noted quoted stated known is was reads read now still currently being the following on file here of record issued remains")

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// filler is the length of a few runes or words between a word and its value.
func filler(text string) int {
	if len(text) > 0 && isLower(text[0]) {
		n := 0
		for words := 0; words < 3; words++ {
			end := n
			for end < len(text) && end < n+12 && isLower(text[end]) {
				end++
			}
			if end == n || end == len(text) || text[end] != ' ' || !saying[text[n:end]] {
				break
			}
			n = end + 1
		}
		return n
	}
	n, said := 0, false
	for i, r := range text {
		if r < 0x80 {
			if n > 0 && (said || named(text[:i])) && (isAlnum(byte(r)) || strings.ContainsRune(" :\"'@", r)) {
				return i
			}
			return 0
		}
		if n++; n > 6 || r < 0x4e00 && r != '“' || r > 0x9fff || strings.ContainsRune(sums, r) {
			return 0
		}
		said = said || strings.ContainsRune(says, r)
	}
	return 0
}

// named reports whether the runes end as the word for a number does: 设备唯一标识,
// 驾驶证件号.
func named(s string) bool {
	return slices.ContainsFunc([]string{"号", "码", "编号", "标识", "标识符", "值", "账号", "名称", "代号", "登记"}, func(t string) bool { return strings.HasSuffix(s, t) })
}

// own drops the labels that are the tail of the one before them: the 账号 of QQ账号.
func own(text, low string, ls []Label) []Label {
	end, out := 0, ls[:0]
	for _, l := range ls {
		if l.Lo < end {
			continue
		}
		end = tails(text, low, l.Hi)
		out = append(out, l)
	}
	return out
}

// LineBefore is what stands before byte at in its line, of the last bytes.
func LineBefore(text string, at int) string {
	near := text[max(0, at-64):at]
	return near[strings.LastIndexByte(near, '\n')+1:]
}

// shares is where the value of a word stands that is one of several before it:
// 电话/微信：.
func shares(text string, p int) (next int, ok bool) {
	q := p
	for _, s := range []string{"/", "、", "及", "和", "或", "(", "&", " / ", " or ", " and "} {
		if strings.HasPrefix(text[q:], s) {
			q += len(s)
			return q, true
		}
	}
	return p, false
}

// Anchors are the places behind the labels of a text, in the order of the labels.
func Anchors(text, low string, ls []Label) (out []Anchor) {
	for i, l := range ls {
		a, ok := Behind(text, low, l)
		if !ok {
			continue
		}
		// 手机（微信同号）, 电话/微信: the value stands behind the last of them.
		for j := i + 1; j < len(ls) && j < i+4; j++ {
			q, joined := shares(text, a.At)
			if !(joined && ls[j].Lo == q || ls[j].Lo == a.At) {
				break
			}
			b, ok := Behind(text, low, ls[j])
			if !ok {
				break
			}
			a.At, a.Sep, a.Glue = b.At, a.Sep || b.Sep, true
		}
		out = append(out, a)
	}
	return out
}
