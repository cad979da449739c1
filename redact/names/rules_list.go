package names

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// Between the items of a list. Behind a comma only short items count: clauses
// are separated by it too.
const (
	listSigns  = "、／/；;　 "
	commas     = "，,"
	maxItem    = 6
	shortItem  = 4
	leastKnown = 2
)

// listed are the items of Chinese lists whose other items are known names: 何必
// between 孙悦 and 常乐.
func listed(text []rune, found []candidate) []candidate {
	var out []candidate
	for i := 0; i < len(text); {
		var items []place
		comma := false
		for i < len(text) {
			start := i
			for i < len(text) && fold.IsHan(text[i]) {
				i++
			}
			if i == start {
				break
			}
			items = append(items, place{start, i})
			sign := i
			for i < len(text) && strings.ContainsRune(listSigns+commas, text[i]) {
				comma = comma || strings.ContainsRune(commas, text[i])
				i++
			}
			if i == sign {
				break
			}
		}
		out = append(out, unlisted(items, comma, found)...)
		if len(items) == 0 {
			i++
		}
	}
	return out
}

// unlisted are the items that no candidate covers, where at least half of all
// are names of one kind.
func unlisted(items []place, comma bool, found []candidate) []candidate {
	var out []candidate
	for _, kind := range []redact.Kind{redact.Person, redact.Organisation} {
		known, counted := 0, 0
		var rest []candidate
		for _, it := range items {
			n := it.end - it.start
			switch {
			case covered(it, found, kind):
				known++
				counted++
			case n >= 2 && (kind == redact.Organisation && n <= 2*maxItem || n <= maxItem):
				counted++
				if !comma || n <= shortItem {
					rest = append(rest, candidate{it.start, it.end, kind, redact.Review, 0.5, whyList})
				}
			}
		}
		if known >= leastKnown && known*2 >= counted {
			out = append(out, rest...)
		}
	}
	return out
}

// covered reports whether one sure candidate of a kind covers a place.
func covered(p place, found []candidate, kind redact.Kind) bool {
	for _, c := range found {
		if c.kind == kind && c.tier == redact.Sure && c.start <= p.start && p.end <= c.end {
			return true
		}
	}
	return false
}

// paired finds a name that 、 or 和 ties to one that the model found: a surname
// that begins a word, to the sign, or behind it.
func (r *rules) paired(words []lac.Word, i int) {
	if w := string(r.text[words[i].Start:words[i].End]); !strings.Contains(" 、 和 与 及 ／ ", " "+w+" ") || i == 0 || i+1 == len(words) {
		return
	}
	if end := words[i+1].End; r.known(words[i-1]) && words[i+1].Tag != "PER" && r.surname(words[i+1].Start) > 0 && end-words[i+1].Start <= 3 && end-words[i+1].Start >= 2 &&
		r.han(words[i+1].Start, end) && !somebody[string(r.text[words[i+1].Start:end])] {
		r.add(words[i+1].Start, end, redact.Person, redact.Review, whyList)
	}
	if words[i+1].Tag == "PER" {
		end := words[i-1].End
		for j := i - 1; j >= 0 && end-words[j].Start <= 4; j-- {
			n := end - words[j].Start
			first := words[j]
			if strings.Contains(" p c u d w PER ORG LOC TIME ", " "+first.Tag+" ") {
				break
			}
			if split := j < i-1; n >= 2 && (split && r.surname(first.Start) > 0 && first.End-first.Start <= 2 && n <= 3 || strings.ContainsRune("小老阿", r.text[first.Start]) && n <= 3) && r.han(first.Start, end) {
				r.add(first.Start, end, redact.Person, redact.Review, whyList)
				break
			}
		}
	}
}

// spoke finds the two or three runes from a surname that say something: 宁静
// 告诉记者.
func (r *rules) spoke(words []lac.Word, i int) {
	w := words[i]
	if i > 0 && words[i-1].Tag != "w" || r.surname(w.Start) == 0 || strings.Contains(" p c u r d m w TIME ", " "+w.Tag+" ") {
		return
	}
	end := w.End
	if i+1 < len(words) && end-w.Start == 1 {
		end = words[i+1].End
	}
	if n := end - w.Start; n < 2 || n > 3 || !r.han(w.Start, end) || somebody[string(r.text[w.Start:end])] {
		return
	}
	for _, v := range speechVerbs {
		if r.at(end, v) {
			r.add(w.Start, end, redact.Person, redact.Review, whySpeaker)
			return
		}
	}
}

var (
	speechVerbs = strings.Fields(`告诉 表示 说 介绍 指出 认为 回忆 坦言 透露 补充 强调 笑着 解释 感慨 坚持 摇头 点头 笑道 回答`)
	// somebody begins with a surname's rune and names nobody.
	somebody = lexicon.Set(`应该 时常 成员 全员 单位 项目 全家 党员 商家 席间 时候 居民 国家 官方 农民 商户 官员 平时 管家 项目组 常常 解释 温柔 严肃 方案 安全 成本 时间 经验 相关 路人 别人 家人 厂家 公司 公开 居然
		顾客 司机 游客 房东 施工方 商务 店家 师傅 师生 师姐 师兄 祖父 祖母 母亲 安保 保安 郎中 和气 查看 于是 连忙 直接 从容 干脆 明确 牛人 高管 高层 华人 宾客 宾馆 都会 支持 方面 单独 全部 单纯 幸好 别的 阳光 易懂`)
)

// addressed finds a surname with a title however LAC cuts them, where a clause or
// an item begins or a role stands before it: 水总, 老板曲总.
func (r *rules) addressed() {
	for i := range r.text {
		n := r.surname(i)
		if n == 0 || strings.ContainsRune("和于向时都从应由与及同对把给让在是有连全单安", r.text[i]) {
			continue
		}
		t := r.title(i + n)
		if lexicon.NotTitled[string(r.text[i:min(len(r.text), i+n+1)])] {
			continue
		}
		if t == 0 && r.at(i+n, "总的") { // elsewhere rather 总的来说
			t = 1
		}
		if t > 0 && (i == 0 || !unicode.Is(unicode.Han, r.text[i-1]) || strings.ContainsRune("的和与及", r.text[i-1]) || r.roleBefore(i)) {
			r.add(i, i+n+t, redact.Person, redact.Review, whyTitle)
		}
	}
}

func (r *rules) roleBefore(i int) bool {
	s := string(r.text[max(0, i-4):i])
	for _, role := range lexicon.Roles {
		if strings.HasSuffix(s, role) {
			return true
		}
	}
	return false
}

// spaced finds 王 小 明: runes with a space between each two, from a surname.
func (r *rules) spaced() {
	for i := range r.text {
		if r.surname(i) == 0 || !unicode.Is(unicode.Han, r.text[i]) {
			continue
		}
		j := i + 1
		for j+1 < len(r.text) && j-i < 7 && r.text[j] == ' ' && unicode.Is(unicode.Han, r.text[j+1]) && (j+2 == len(r.text) || !fold.IsHan(r.text[j+2]) || j-i == 3) {
			j += 2
		}
		if j-i == 5 || j-i == 7 {
			r.add(i, j, redact.Person, redact.Review, whyList)
		}
	}
}

// known reports whether a word ends a person's name that the model or a rule
// found.
func (r *rules) known(w lac.Word) bool {
	if w.Tag == "PER" {
		return true
	}
	for _, c := range r.out {
		if c.kind == redact.Person && c.end == w.End {
			return true
		}
	}
	return false
}

func (r *rules) han(a, b int) bool {
	for _, c := range r.text[a:b] {
		if !unicode.Is(unicode.Han, c) {
			return false
		}
	}
	return true
}
