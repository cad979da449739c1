package coref

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"consentry/redact"
)

// Line says of a chain, in one line for the reviewer, how often and in how many
// documents its subject is mentioned, why the mentions were put together (how
// many for each reason, the most frequent first) and how many of them are
// certain. It holds no found text, so it may stand in a log as well; the name is
// Chain.Name.
func (c Chain) Line(l redact.Lang) string {
	docs := map[int]bool{}
	why := map[Reason]int{}
	sure := 0
	for _, m := range c.Mentions {
		docs[m.Doc] = true
		if m.Sure {
			sure++
		}
		if m.Why != WhyFirst {
			why[m.Why]++
		}
	}
	var rs []Reason
	for r := range why {
		rs = append(rs, r)
	}
	slices.SortFunc(rs, func(a, b Reason) int { return cmp.Or(cmp.Compare(why[b], why[a]), cmp.Compare(a, b)) })
	var parts []string
	for _, r := range rs {
		parts = append(parts, fmt.Sprintf("%s %d", reasons[r].In(l), why[r]))
	}
	kind := c.Kind.Info().Name.In(l)
	var s string
	if l == redact.Chinese {
		s = fmt.Sprintf("%s：%d 处，%d 个文件，确定 %d 处", kind, len(c.Mentions), len(docs), sure)
		if len(parts) > 0 {
			s += "（" + strings.Join(parts, "、") + "）"
		}
	} else {
		s = fmt.Sprintf("%s: %s in %s, %d certain", kind, count(len(c.Mentions), "mention"), count(len(docs), "document"), sure)
		if len(parts) > 0 {
			s += " (" + strings.Join(parts, ", ") + ")"
		}
	}
	if r, ok := roles[c.Role]; ok {
		s += map[redact.Lang]string{redact.Chinese: "；", redact.English: "; "}[l] + r.In(l)
	}
	return s
}

func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

// reasons in words.
var reasons = map[Reason]redact.Words{
	WhySameName:  {ZH: "同名", EN: "same name"},
	WhySameForm:  {ZH: "同一写法", EN: "same form"},
	WhyAlias:     {ZH: "文中写明的别名", EN: "alias given in the text"},
	WhyTitle:     {ZH: "姓加称谓", EN: "surname with title"},
	WhyFamiliar:  {ZH: "老、小加姓", EN: "familiar form"},
	WhySurname:   {ZH: "仅姓", EN: "surname alone"},
	WhyGiven:     {ZH: "仅名", EN: "given name alone"},
	WhyPinyin:    {ZH: "拼音", EN: "pinyin"},
	WhyOrder:     {ZH: "姓名倒序", EN: "order of names"},
	WhyLonger:    {ZH: "全名与常用名", EN: "longer or shorter name"},
	WhyInitials:  {ZH: "首字母", EN: "initials"},
	WhyEmail:     {ZH: "邮箱名", EN: "e-mail address"},
	WhyHandle:    {ZH: "账号名", EN: "account"},
	WhyDomain:    {ZH: "域名", EN: "domain"},
	WhyShortForm: {ZH: "简称", EN: "short form"},
	WhyNamesake:  {ZH: "重名", EN: "namesake"},
}

// roles in words, those of the rule pack.
var roles = map[Role]redact.Words{
	Contact:   {ZH: "客户联系人", EN: "customer contact"},
	Employee:  {ZH: "客户员工", EN: "customer employee"},
	EndUser:   {ZH: "客户的用户", EN: "customer’s end user"},
	Speaker:   {ZH: "演讲嘉宾", EN: "speaker"},
	Bystander: {ZH: "路人", EN: "bystander"},
	Minor:     {ZH: "未成年人", EN: "minor"},
	OwnStaff:  {ZH: "本公司员工", EN: "own staff"},
}
