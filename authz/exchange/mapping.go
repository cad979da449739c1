package exchange

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"consentry/authz"
)

// ErrMapping is given for a mapping that names a column we do not have, one
// column twice, or a default where none may be.
var ErrMapping = errors.New("the mapping of columns does not fit")

// A Mapping says what the columns of another program's table are. It holds names
// of columns only and may be saved as JSON for the next table of that program.
type Mapping struct {
	// Columns gives for each column's name in the file the id of ours, one of
	// Columns(); empty is not to be read. Capitals and width do not matter.
	Columns map[string]string `json:"columns"`
	// Defaults are cells for columns, by id, where a row leaves them empty. What is
	// about a consent counts only where the row itself says something of one.
	Defaults map[string]string `json:"defaults,omitempty"`
}

// noDefault are the columns that have to stand in the row itself: who it is, and
// that somebody agreed.
var noDefault = []string{
	"id", "name", "aliases", "given_name", "middle_name", "family_name", "phonetic_given", "phonetic_family", "english_name",
	"consent_id", "state", "state_at", "withdrawn_at", "received_at", "state_evidence", "events",
}

// Check gives ErrMapping with the column concerned, or nil.
func (m Mapping) Check() error {
	for _, id := range m.Columns {
		if _, ok := columnByID(id); !ok && id != "" {
			return fmt.Errorf("%w: there is no column %q", ErrMapping, id)
		}
	}
	for id := range m.Defaults {
		if _, ok := columnByID(id); !ok {
			return fmt.Errorf("%w: there is no column %q", ErrMapping, id)
		}
		if slices.Contains(noDefault, id) {
			return fmt.Errorf("%w: column %s can have no default", ErrMapping, id)
		}
	}
	return nil
}

// layout applies the mapping to a row of names; false where it names nobody.
func (m Mapping) layout(header []string) (layout, bool, error) {
	if err := m.Check(); err != nil {
		return layout{}, false, err
	}
	folded := make(map[string]string, len(m.Columns))
	for h, id := range m.Columns {
		folded[authz.FoldName(h)] = id
	}
	var l layout
	named := false
	for n, cell := range header {
		cell = unguard(strings.TrimSpace(cell))
		id, ok := folded[authz.FoldName(cell)]
		i := -1
		switch {
		case cell == "":
		case !ok:
			l.problems = append(l.problems, Problem{Reason: UnknownColumn, Number: n + 1})
		case id != "":
			i, _ = columnByID(id)
			if slices.Contains(l.order, i) && !columns[i].many {
				return layout{}, false, fmt.Errorf("%w: column %s is there twice", ErrMapping, id)
			}
			named = named || id == "name" || id == "given_name" || id == "family_name"
		}
		l.order = append(l.order, i)
	}
	for id, cell := range m.Defaults {
		i, _ := columnByID(id)
		l.defaults = append(l.defaults, filled{i, cell})
	}
	slices.SortFunc(l.defaults, func(a, b filled) int { return a.column - b.column })
	return l, named && (l.has("kind") || m.Defaults["kind"] != ""), nil
}

// guessed is the layout of a table that came without a mapping: ours where the row
// names kind and name, else what Guess makes of it. Columns that are left out are
// problems.
func guessed(header []string) (layout, bool, error) {
	if l, ok, err := ownLayout(header); ok || err != nil {
		return l, ok, err
	}
	m := Guess(header)
	l, ok, err := m.layout(header)
	if err != nil || !ok {
		return layout{}, false, nil
	}
	for n, i := range l.order {
		if i < 0 && strings.TrimSpace(header[n]) != "" {
			l.problems = append(l.problems, Problem{Reason: IgnoredColumn, Number: n + 1})
		}
	}
	return l, true, nil
}

// Guess proposes a mapping for a row of names: our own, and those that LinkedIn,
// Salesforce, HubSpot, Google Contacts and Outlook write, in English and Chinese.
// Columns about consents are proposed only where they are unmistakably ours: the
// status of a customer is no consent. What it does not know is mapped to "".
// Numbers of other programs are not taken for ours either.
func Guess(header []string) Mapping {
	m := Mapping{Columns: map[string]string{}, Defaults: map[string]string{}}
	all := map[string]bool{}
	consents := false
	for _, h := range header {
		all[plainHeader(h)] = true
		if i, ok := columnByName(h); ok {
			consents = consents || slices.Contains(unmistakable, columns[i].id)
		}
	}
	if l, ok, err := ownLayout(header); ok && err == nil {
		for n, h := range header {
			if h = strings.TrimSpace(h); h != "" && l.order[n] >= 0 {
				m.Columns[h] = columns[l.order[n]].id
			} else if h != "" {
				m.Columns[h] = ""
			}
		}
		return m
	}
	taken := map[string]string{} // header by column
	for _, h := range header {
		h = strings.TrimSpace(h)
		if h == "" || m.Columns[h] != "" {
			continue
		}
		id := guessColumn(h, all, consents)
		if id != "" && taken[id] != "" {
			if i, _ := columnByID(id); !columns[i].many {
				id = ""
			}
		}
		if m.Columns[h] = id; id != "" {
			taken[id] = h
		}
	}
	person := taken["name"] != "" || taken["given_name"] != "" || taken["family_name"] != ""
	switch company := taken["company"]; {
	case taken["kind"] != "":
	case !person && company != "":
		m.Columns[company], m.Defaults["kind"] = "name", "organisation"
	case person:
		m.Defaults["kind"] = "person"
		for h, id := range m.Columns {
			if i, ok := columnByID(id); ok && firmOnly(columns[i].id) { // a person's web page is no company's
				m.Columns[h] = ""
			}
		}
	}
	return m
}

func firmOnly(id string) bool { return id == "domains" || id == "credit_code" }

// unmistakable are columns that no customer list has.
var unmistakable = []string{"purposes", "notice_sha256", "evidence_sha256", "consent_kind", "withdrawn_at", "withdraw_scope", "consent_id"}

// plainHeader is a column's name without what differs between versions and
// languages of a program: numbers are #, marks of duty go.
func plainHeader(h string) string {
	h = authz.FoldName(unguard(strings.TrimSpace(h)))
	for _, hint := range []string{"(必填)", "(选填)", "(required)", "*"} {
		h = strings.TrimSpace(strings.ReplaceAll(h, hint, ""))
	}
	var out strings.Builder
	digits := false
	for _, r := range h {
		if r >= '0' && r <= '9' {
			if !digits {
				out.WriteByte('#')
			}
			digits = true
			continue
		}
		digits = false
		out.WriteRune(r)
	}
	return out.String()
}

func guessColumn(h string, all map[string]bool, consents bool) string {
	p := plainHeader(h)
	if p == "title" && (all["job title"] || all["organization title"] || all["organization # - title"]) {
		return "" // Mr, Dr
	}
	if id, ok := foreign()[p]; ok {
		return id
	}
	i, ok := columnByName(h)
	if !ok {
		return ""
	}
	switch c := columns[i]; {
	case c.id == "id", c.consent && !consents, c.id == "kind" && p != "kind":
		return ""
	default:
		return c.id
	}
}

// foreignNames are names of columns in other programs' tables.
var foreignNames = map[string]string{
	"name":            "full name|display name|contact name|customer name|contact|name|姓名|联系人|联系人姓名|全名|客户姓名|名字|显示名称|中文名|中文姓名",
	"given_name":      "first name|given name|firstname|givenname|forename|名|名字(名)",
	"middle_name":     "middle name|middlename|additional name|中间名",
	"family_name":     "last name|family name|lastname|surname|姓|姓氏",
	"phonetic_given":  "phonetic first name|given name yomi|first name phonetic|名拼音|名 (拼音)|名(拼音)",
	"phonetic_family": "phonetic last name|family name yomi|last name phonetic|姓拼音|姓 (拼音)|姓(拼音)",
	"english_name":    "english name|英文名|英文姓名",
	"aliases":         "nickname|nick name|alias|昵称|别名|曾用名",
	"company":         "company|company name|account name|account|accountname|employer|organization|organisation|organization name|organisation name|organization # - name|associated company|公司|公司名称|企业|企业名称|单位|单位名称|工作单位|客户名称|所属公司|所属客户|客户|组织|机构|组织名称",
	"post":            "job title|jobtitle|title|position|occupation|organization title|organization # - title|职务|职位|职称|岗位|头衔",
	"phones":          "phone|phone number|telephone|mobile|mobile phone|mobilephone|mobile phone number|cell phone|business phone|business phone #|home phone|home phone #|work phone|primary phone|company main phone|other phone|phone # - value|tel|手机|手机号|手机号码|移动电话|电话|电话号码|联系电话|联系方式|办公电话|商务电话|商务电话 #|单位电话|单位主要电话|住宅电话|住宅电话 #|其他电话|座机|固定电话|主要电话",
	"emails":          "e-mail|email|mail|email address|e-mail address|e-mail # address|email # address|e-mail # - value|email # - value|work email|primary email|additional email addresses|邮箱|电子邮箱|电子邮件|电子邮件地址|电子邮件 # 地址|电子邮件#地址|邮件|邮箱地址|工作邮箱",
	"address":         "address|full address|address # - formatted|mailing address|地址|联系地址|通讯地址|通信地址|公司地址|办公地址|单位地址|详细地址",
	"domains":         "website|web page|website url|company domain name|domain|website # - value|域名|网站|网页|官网|公司网站|网址",
	"credit_code":     "unified social credit code|social credit code|统一社会信用代码|社会信用代码|信用代码|税号|纳税人识别号",
	"contract":        "contract number|contract no|contract no.|合同编号|合同号",
	"note":            "note|notes|description|comments|备注|附注|说明|描述|便笺",
}

// foreign finds a column by such a name.
var foreign = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for id, names := range foreignNames {
		for n := range strings.SplitSeq(names, "|") {
			m[plainHeader(n)] = id
		}
	}
	return m
})
