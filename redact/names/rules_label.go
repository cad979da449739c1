package names

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

var (
	chineseLabel = regexp.MustCompile(`(?:姓\s*名|联系人|联络人|负责人|法定代表人|法人代表|法人|代表人|经办人|签字人?|签名|收件人|发件人|客户经理|项目经理|作者|撰稿|供稿|采访|审核|编辑|记者|通讯员|摄影|受访者|讲述人|撰写|案例撰写|拍摄|供图|责任编辑|责编|校对|整理|推荐人|批准|审批|窗口|負責人|聯絡人|聯繫人|姓\s*名)\s*[:：]\s*(\p{Han}{2,4}(?:·\p{Han}+)*)`)

	// Labels of several people: whatever short items follow.
	listLabel = regexp.MustCompile(`(?:主持|主持人|记录|记录人|参会|参会人|参会人员|参加人员?|与会|与会人员|出席|出席人员|列席|缺席|请假|抄送|主送|呈送|嘉宾|讲师|主讲|主讲人|整理|核对|校对|责编|供图|文|图|翻译|策划|撰文|采写|对接人|店长|团队成员|项目成员|成员|签字|受访人|访谈人|采访人|采访对象|被采访人)\s*[:：/／]\s*((?:[\p{Han}·]+[、，,/／；; 　]*)+)`)

	companyLabel = regexp.MustCompile(`(?:客户名称|公司名称|企业名称|单位名称|机构名称|客户|公司|企业|工作单位|承建单位|监理单位|建设单位|合作单位|单位|甲方|乙方|丙方|供应商|合作伙伴|合作方|品牌|机构)\s*[:：]\s*([\p{Han}\p{L}\d·&]{2,16})(?:$|[\s（(,，;；|])`)

	// By whom something is done, and whose number it is.
	agent    = regexp.MustCompile(`由(\p{Han}{2,3}?)(?:提供|负责|担任|主持|牵头|带队|撰写|整理|完成)`)
	numberOf = regexp.MustCompile(`\d{4}\s*[（(](\p{Han}{2,4})[)）]`)
)

// A Latin given name with a Chinese surname: David 吴.
var halfLatin = regexp.MustCompile(`(\p{Lu}\pL+ ?\p{Han})(?:\P{Han}|$)`)

// matches calls do for each match with its first group, and the place of its
// last one in runes.
func matches(re *regexp.Regexp, text []rune, do func(first string, p place)) {
	s := string(text)
	for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
		first := ""
		if len(m) > 2 && m[2] >= 0 {
			first = s[m[2]:m[3]]
		}
		from, to := m[len(m)-2], m[len(m)-1]
		start := utf8.RuneCountInString(s[:from])
		do(first, place{start, start + utf8.RuneCountInString(s[from:to])})
	}
}

// labelled finds what stands behind 联系人： and the like.
func (r *rules) labelled() {
	matches(chineseLabel, r.text, func(_ string, p place) {
		tier := redact.Review
		if r.surname(p.start) > 0 {
			tier = redact.Sure
		}
		if end := r.name(p.start); end > 0 {
			p.end = end
		}
		r.add(p.start, p.end, redact.Person, tier, whyLabel)
	})
	matches(companyLabel, r.text, func(_ string, p place) {
		if s := string(r.text[p.start:p.end]); !strings.ContainsAny(s, "我你他她的了是不很都有") && !noName[s] {
			r.add(p.start, p.end, redact.Organisation, redact.Review, whyLabel)
		}
	})
	for _, re := range []*regexp.Regexp{agent, numberOf} {
		matches(re, r.text, func(_ string, p place) {
			if r.surname(p.start) > 0 && !somebody[string(r.text[p.start:p.end])] {
				r.add(p.start, p.end, redact.Person, redact.Review, whyLabel)
			}
		})
	}
	matches(halfLatin, r.text, func(_ string, p place) {
		r.halfLatin(p)
	})
	matches(listLabel, r.text, func(_ string, p place) {
		for i := p.start; i < p.end; {
			j := i
			for j < p.end && fold.IsHan(r.text[j]) {
				j++
			}
			if n := j - i; n >= 2 && (n <= 4 || strings.ContainsAny(string(r.text[i:j]), dots)) && (j == len(r.text) || !strings.ContainsRune(":：/／", r.text[j])) {
				r.add(i, j, redact.Person, redact.Review, whyLabel)
			}
			i = max(j, i+1)
		}
	})
}

// halfLatin takes in David 吴, but not PDF和.
func (r *rules) halfLatin(p place) {
	if !strings.ContainsRune(lexicon.FrequentSurnames+"王马林何高", r.text[p.end-1]) || p.end < len(r.text) && fold.IsHan(r.text[p.end]) {
		return
	}
	if w := (place{p.start, p.end - 1}); proud(r.text, place{w.start, w.start + len([]rune(strings.TrimSpace(string(r.text[w.start:w.end]))))}) {
		r.add(p.start, p.end, redact.Person, redact.Review, whyFamiliar)
	}
}

const dots = "·•‧・"

// dotted finds 玛丽·居里 where LAC does not: for sure the short words on both
// sides of a middle dot, as far as a name it knows; in doubt, as it cuts foreign
// names anywhere, some runes more.
func (r *rules) dotted(words []lac.Word) {
	for i, w := range words {
		for at := w.Start; at < w.End; at++ {
			hyphen := strings.ContainsRune("-－", r.text[at]) && w.End == w.Start+1 &&
				(i > 0 && proper(words[i-1].Tag) || i+1 < len(words) && proper(words[i+1].Tag)) // 汤姆-克鲁斯, but not any
			if !strings.ContainsRune(dots, r.text[at]) && !hyphen {
				continue
			}
			start, known := r.before(words, i, at)
			if end := r.after(words, i, at, 2); start < at && end > at+1 {
				r.add(start, end, redact.Person, redact.Sure, whyDots)
			}
			if known {
				start = at
			}
			if end := r.after(words, i, at, 5); end > at+1 {
				r.add(start, end, redact.Person, redact.Review, whyDots)
			}
		}
	}
}

// before is where the words begin that stand before the dot at at, in word i, and
// whether the first of them is a name.
func (r *rules) before(words []lac.Word, i, at int) (start int, known bool) {
	if words[i].Start < at {
		return words[i].Start, proper(words[i].Tag)
	}
	start = at
	for j := i - 1; j >= 0 && r.part(words[j]) && at-words[j].Start <= 6; j-- {
		if start = words[j].Start; proper(words[j].Tag) {
			return start, true
		}
	}
	return start, false
}

// after is where the words end that stand behind the dot, once they have as many
// runes as are enough.
func (r *rules) after(words []lac.Word, i, at, enough int) int {
	end := words[i].End
	for j := i + 1; j < len(words) && end-at-1 < enough && r.part(words[j]) && words[j].End-at <= 7; j++ {
		end = words[j].End
	}
	return end
}

// part reports whether a word can be part of a foreign name.
func (r *rules) part(w lac.Word) bool {
	return unicode.Is(unicode.Han, r.text[w.Start]) && !strings.Contains(" p c u d r w ", " "+w.Tag+" ")
}
