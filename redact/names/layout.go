package names

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// layout finds names by where they stand: in a table's column of names, before a
// colon where others speak, between a letter's greeting and its sender.
func layout(text []rune, found []candidate) []candidate {
	var out, rows []candidate
	var heads []redact.Kind
	var speakers []speaker
	sender := false
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && text[j] != '\n' && text[j] != '\r' && text[j] != '\u2028' {
			j++
		}
		b := plain(text, i+len([]rune(marker.FindString(string(text[i:j])))), j)
		line := string(b.text)
		switch cells := split(text, i, j); {
		case len(cells) < 2:
			heads = nil
			if sender && line != "" {
				out = append(out, whole(b, redact.Person, whyClosing)...)
			}
			sender = sender && line == "" || closing.MatchString(line)
			matches(greeting, b.text, func(_ string, p place) { out = append(out, b.candidate(p, redact.Person, whyClosing)) })
			if s, ok := speaks(b); ok {
				speakers = append(speakers, s)
			}
		case rule.MatchString(string(text[i:j])):
		case heads == nil:
			heads = headings(cells)
			if !titled(heads) {
				out = append(out, keyed(cells)...)
			}
		default:
			rows = rows[:0]
			for k, c := range cells {
				if k < len(heads) && heads[k] != "" {
					rows = append(rows, whole(c, heads[k], whyColumn)...)
				}
			}
			if !titled(heads) {
				rows = keyed(cells)
			}
			out = append(out, rows...)
		}
		i = j + 1
	}
	return append(out, spoken(speakers, found)...)
}

// split cuts a line of a table into its cells.
func split(text []rune, i, j int) []block {
	var out []block
	for a := i; a <= j; {
		b := a
		for b < j && !strings.ContainsRune("|\t｜", text[b]) {
			b++
		}
		if (a > i || b > a) && (b < j || b > a) { // not outside the outer bars
			out = append(out, plain(text, a, b))
		}
		a = b + 1
	}
	return out
}

var (
	personHead = lexicon.Set(`姓名 名字 中文名 英文名 联系人 联络人 负责人 对接人 经办人 店长 讲师 嘉宾 主讲 主讲人 客户姓名 员工 成员 参会人 参会人员 与会人员 主持人 发言人 记录人
		受访者 受访人 作者 采访对象 审批人 签字人 项目经理 客户经理 组长 老师 学员 name names contact contact-person owner speaker speakers attendee attendees author
		manager lead participant participants member members full-name first-name last-name surname given-name responsible assignee host reviewer interviewee who champion sponsor`)
	companyHead = lexicon.Set(`公司 单位 企业 客户 供应商 机构 公司名称 单位名称 企业名称 客户名称 品牌 合作伙伴 合作方 学校 医院 工作单位 所属单位 company companies customer client
		organisation organization employer supplier vendor partner brand affiliation institution account company-name`)
	otherHead = lexicon.Set(`序号 编号 部门 职务 职位 角色 电话 手机 邮箱 电子邮箱 地址 备注 城市 日期 时间 状态 数量 no no. # title role position phone mobile e-mail email
		mail department city country date time status notes remarks before after topic`)
)

// headings are the kinds of names that the columns below hold, empty where none.
func headings(cells []block) []redact.Kind {
	out := make([]redact.Kind, len(cells))
	for i, c := range cells {
		out[i] = head(c)
	}
	return out
}

func head(c block) redact.Kind {
	for _, s := range append(strings.FieldsFunc(headWord(c), func(r rune) bool { return strings.ContainsRune("/／（(）)", r) }), headWord(c)) {
		switch s = strings.Trim(s, "- "); {
		case personHead[s]:
			return redact.Person
		case companyHead[s]:
			return redact.Organisation
		}
	}
	return ""
}

func headWord(c block) string {
	s := strings.ToLower(strings.Trim(string(c.text), " :："))
	if !unicode.Is(unicode.Han, ([]rune(s + " "))[0]) {
		return strings.Join(strings.Fields(s), "-")
	}
	return strings.Join(strings.Fields(s), "")
}

func titled(heads []redact.Kind) bool {
	for _, h := range heads {
		if h != "" {
			return true
		}
	}
	return false
}

// keyed reads a row whose first cell says what the others are.
func keyed(cells []block) []candidate {
	kind := head(cells[0])
	if kind == "" {
		return nil
	}
	var out []candidate
	for _, c := range cells[1:] {
		if w := headWord(c); head(c) != "" || otherHead[w] {
			return nil // a row of headings
		}
		out = append(out, whole(c, kind, whyColumn)...)
	}
	return out
}

// maxCell is how long a name in a cell or on a line of its own may be.
const maxCell = 40

var noName = lexicon.Set("元 万元 亿元 千元 百分比 人民币 美元 吨 件 台 个 人 次 小时 分钟 天 无 暂无 待定 未知 同上 其他 合计 总计 小计 全部 所有 tbd tba n/a na none unknown total other others all yes no various")

// whole takes all of a cell or line for names, several by their separators.
func whole(b block, k redact.Kind, why string) []candidate {
	var out []candidate
	for i := 0; i < len(b.text); {
		j := i
		for j < len(b.text) && !strings.ContainsRune("、，,;；/／（）()", b.text[j]) {
			j++
		}
		s := strings.TrimSpace(string(b.text[i:j]))
		if n := len([]rune(s)); n >= 2 && n <= maxCell && !noName[lower(s)] && letters([]rune(s)) && !strings.ContainsAny(s, "。！？@") && len(strings.Fields(s)) <= 5 {
			out = append(out, b.candidate(place{i, j}, k, why))
		}
		i = j + 1
	}
	return out
}

func (b block) candidate(p place, k redact.Kind, why string) candidate {
	return candidate{b.at[p.start], b.at[p.end-1] + 1, k, redact.Review, 0.5, why}
}

var (
	closing  = regexp.MustCompile(`(?i)^(?:(?:best|kind|warm|many)?\s*(?:regards|wishes|thanks)|(?:yours\s+)?(?:sincerely|faithfully|truly)(?:\s+yours)?|cheers|thank you|all the best|cordially|viele gr(?:ü|ue)(?:ß|ss)e|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|cordialement|saludos|敬礼|此致|顺颂商祺|祝好|谢谢)[\s,.，。!！]*$`)
	greeting = regexp.MustCompile(`^(?:Dear|Hi|Hello|Hey|Liebe[r]?|Sehr geehrter? (?:Herr|Frau)|Cher|Chère|Estimad[oa])\s+((?:\p{Lu}[\pL'’.-]*\s?){1,3})[,:，！!]`)
	speech   = regexp.MustCompile(`^(\p{Han}{2,5}|\p{Lu}[\pL'’.-]*(?: \p{Lu}[\pL'’.-]*){0,2}) ?[:：]`)
)

// anonymous are speakers who go without a name.
var anonymous = lexicon.Set(`小编 问 答 主持 旁白 画外音 观众 现场 读者 网友 我 我们 主持人 记者 编者 笔者 众人 大家 问题 回答 Q A Question Answer Interviewer Host Moderator Narrator Us`)

// A speaker is what stands before a colon at a line's start.
type speaker struct {
	c    candidate
	name string
}

func speaks(b block) (speaker, bool) {
	m := speech.FindStringSubmatch(string(b.text))
	if m == nil || anonymous[m[1]] || lexicon.IsTitle(m[1]) || lexicon.IsJob(m[1]) || personHead[lower(m[1])] || companyHead[lower(m[1])] || otherHead[lower(m[1])] {
		return speaker{}, false
	}
	return speaker{b.candidate(place{0, len([]rune(m[1]))}, redact.Person, whySpeaker), m[1]}, true
}

// spoken are the speakers who speak more than once, where somebody does who is
// known to be a person.
func spoken(all []speaker, found []candidate) []candidate {
	times := map[string]int{}
	known := false
	for _, s := range all {
		times[s.name]++
		known = known || times[s.name] > 1 && covered(place{s.c.start, s.c.end}, found, redact.Person)
	}
	var out []candidate
	for _, s := range all {
		if known && times[s.name] > 1 {
			out = append(out, s.c)
		}
	}
	return out
}
