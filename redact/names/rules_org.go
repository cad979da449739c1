package names

import (
	"strings"

	"consentry/redact"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// trade takes in the trade behind a proper noun: 北山 重机, 红旗岭 农场, 听雨轩
// 茶楼. Behind a noun only where an owner follows: 雪域乳品创始人.
func (r *rules) trade(words []lac.Word, i int) {
	w := words[i]
	known := strings.Contains(" ORG LOC PER nz ns nr nt nw ", " "+w.Tag+" ")
	if !known && (w.Tag != "n" && w.Tag != "v" || w.End-w.Start < 2) || lexicon.Places[string(r.text[w.Start:w.End])] { // 广东农业 is no company
		return
	}
	end := w.End
	for n := 1; n > 0 && end-w.End < 8; end += n {
		for n = 4; n > 0 && (end+n > len(r.text) || !lexicon.TradeWords[string(r.text[end:end+n])]); n-- {
		}
	}
	switch {
	case end == w.End:
	case known && strings.Contains(" LOC ns nz nw nt ", " "+w.Tag+" ") && lexicon.SoftTrades[string(r.text[w.End:end])]: // 阿拉伯数字, 人口发展
		if r.likely(w.Start, end, lac.Organisation) || w.Tag[0] == 'n' && !lexicon.IsThing(string(r.text[w.Start:w.End])) && w.End-w.Start <= 4 {
			r.add(w.Start, end, redact.Organisation, redact.Review, whySuffix)
		}
	case known && end-w.End > 1:
		r.add(w.Start, end, redact.Organisation, redact.Sure, whySuffix)
	case known || r.owner(end):
		r.add(w.Start, end, redact.Organisation, redact.Review, whySuffix)
	}
}

// owner reports whether a role that companies alone have stands at i.
func (r *rules) owner(i int) bool {
	for _, s := range owners {
		if r.at(i, s) {
			return true
		}
	}
	if !r.at(i, "的") {
		return false
	}
	if w := r.starts[i+1]; w.Tag == "PER" {
		return true
	}
	near := string(r.text[i+1 : min(len(r.text), i+9)])
	for _, s := range []string{"经理", "总监", "主管", "工程师", "老板", "员工", "负责人", "合伙人"} {
		if strings.Contains(near, s) {
			return true
		}
	}
	return false
}

var owners = strings.Fields(`创始人 联合创始人 董事长 总裁 总经理 副总 首席 CEO CTO CFO 创办人 掌门人 店长 厂长`)

// withinOrg are the tags of words that can be within an organisation's name.
const withinOrg = " n s vn j an b nz nt ns nr nw ORG LOC PER "

// organ takes in what stands between a place or an organisation and a word for a part
// of it or for a body there: 北山县 农技站, 云岚大学 会计系, 中国 女队.
func (r *rules) organ(words []lac.Word, i int) {
	w := words[i]
	end := w.End
	word := string(r.text[w.Start:end])
	if strings.HasSuffix(word, "长") && end-w.Start > 2 { // 农业部长 heads 农业部
		word, end = strings.TrimSuffix(word, "长"), end-1
	}
	if !hasSuffix(word, lexicon.Organs) || hasSuffix(word, lexicon.NotOrgans) || strings.Contains(" w p u r ", " "+w.Tag+" ") {
		return
	}
	first, wide := -1, -1
	if proper(w.Tag) && w.Tag != "PER" && w.Tag != "nr" {
		first = i
	}
	for j := i - 1; j >= 0 && end-words[j].Start <= 26; j-- {
		b := words[j]
		s := string(r.text[b.Start:b.End])
		bracket := strings.ContainsAny(s, "（()）“”·") && b.Tag == "w" && b.End-b.Start == 1
		ordinal := b.Tag == "m" && (strings.HasPrefix(s, "第") || strings.HasSuffix(s, "届"))
		if !bracket && !ordinal && !strings.Contains(withinOrg, " "+b.Tag+" ") || strings.Contains("该本我贵这那其各每一家个几两等某是有", s) {
			break
		}
		if b.Tag == "LOC" || b.Tag == "ORG" || b.Tag == "ns" || b.Tag == "nt" {
			first = j
		} else if lexicon.WideWords[s] {
			wide = j
		}
	}
	if first < 0 && wide >= 0 && r.likely(words[wide].Start, end, lac.Organisation) {
		first = wide // 国家 原子能 机构
	}
	if first < 0 || first == i && words[i].End == end && w.Tag == "ORG" {
		return
	}
	r.add(words[first].Start, end, redact.Organisation, redact.Review, whySuffix)
}

func hasSuffix(s string, list []string) bool {
	for _, e := range list {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// company takes in what stands before 有限公司 and the like.
func (r *rules) company(words []lac.Word, i int) {
	w := words[i]
	word := string(r.text[w.Start:w.End])
	suffix := ""
	for _, s := range lexicon.OrgSuffixes {
		if len(s) > len(suffix) && strings.HasSuffix(word, s) {
			suffix = s
		}
	}
	if suffix == "" || strings.Contains(" w p u ", " "+w.Tag+" ") {
		return
	}
	j := i
	for j > 0 && w.End-words[j-1].Start <= 26 {
		before := words[j-1]
		s := string(r.text[before.Start:before.End])
		bracket := j > 1 && strings.Contains("（()）-—·", s) && (lexicon.InBrackets[string(r.text[words[j-2].Start:words[j-2].End])] || proper(words[j-2].Tag) || strings.ContainsAny(s, "（(") && strings.Contains(" n vn j ", " "+words[j-2].Tag+" ") && i-j < 5)
		if !(proper(before.Tag) || strings.Contains(" n s vn j an f ", " "+before.Tag+" ") || bracket || s == "有限" || s == "有限责任" || s == "责任") || strings.Contains("该本我贵这那其各每一家个几两等某", s) {
			break
		}
		j--
	}
	for j < i && strings.Contains(" w c f ", " "+words[j].Tag+" ") {
		j++
	}
	if j == i && word == suffix {
		return
	}
	for _, b := range words[j : i+1] {
		if proper(b.Tag) {
			r.add(words[j].Start, w.End, redact.Organisation, redact.Sure, whySuffix)
			return
		}
	}
	rest := strings.TrimSuffix(string(r.text[words[j].Start:w.End]), suffix)
	if !lexicon.TradeWords[rest] && !lexicon.PlainCompanies[rest] && r.likely(words[j].Start, w.End, lac.Organisation) { // a plain 保险公司 names nobody
		r.add(words[j].Start, w.End, redact.Organisation, redact.Review, whySuffix)
	}
}
