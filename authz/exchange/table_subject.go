package exchange

import (
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"consentry/authz"
)

var kinds = itself([]string{"person", "organisation"}, map[string]string{
	"个人": "person", "自然人": "person", "人": "person", "人员": "person",
	"organization": "organisation", "company": "organisation", "企业": "organisation", "公司": "organisation", "单位": "organisation", "组织": "organisation",
})

var subjectColumns = []column{
	plainColumn("id", "编号", false, func(r *record) *string { return (*string)(&r.subject.ID) }),
	choiceColumn("kind", "类型", false, func(r *record) *string { return (*string)(&r.subject.Kind) }, kinds),
	{id: "name", zh: []string{"姓名", "名称", "姓名/名称", "姓名或名称"},
		read: func(_ Sheet, r *record, cell string) error {
			n, err := name(cell, "")
			if n.Use == "legal" { // the default
				n.Use = ""
			}
			r.subject.Names = []authz.Name{n}
			return err
		},
		write: func(_ Sheet, r *record) string { return writeName(r.subject.Names) }},
	plainColumn("script", "文字", false, func(r *record) *string { return &r.script }),
	{id: "aliases", zh: []string{"别名"}, many: true,
		read: func(_ Sheet, r *record, cell string) error { // taken apart once the kind is known
			if r.aliases != "" {
				r.aliases += ";"
			}
			r.aliases += cell
			return nil
		},
		write: func(_ Sheet, r *record) string { return writeNames(r.subject.Names) }},
	plainColumn("company", "单位", false, func(r *record) *string { return &r.subject.Company }),
	soft(plainColumn("post", "职务", false, func(r *record) *string { return &r.subject.Post })),
	soft(dayColumn("since", "任职起", false, func(r *record) *time.Time { return &r.subject.Since })),
	termColumn("role", "角色", func(v authz.Vocabulary) authz.Terms { return v.Roles }, func(r *record) *string { return (*string)(&r.subject.Role) }),
	termColumn("age", "年龄段", func(v authz.Vocabulary) authz.Terms { return v.Ages }, func(r *record) *string { return (*string)(&r.subject.Age) }),
	plainColumn("employer", "任职企业编号", false, func(r *record) *string { return (*string)(&r.subject.Employer) }),
	contactColumn("phones", "phone", "电话", "手机"),
	contactColumn("emails", "email", "邮箱", "电子邮箱"),
	contactColumn("address", "address", "地址"),
	{id: "contacts", zh: []string{"其他联系方式"}, soft: true, read: readContacts, write: writeContacts},
	flagColumn("deceased", "已故", false, func(r *record) *bool { return &r.subject.Deceased }),
	flagColumn("state_organ", "国家机关", false, func(r *record) *bool { return &r.subject.StateOrgan }),
	flagColumn("confidential", "保密条款", false, func(r *record) *bool { return &r.subject.Confidential }),
	guardianColumn("guardian_name", "监护人", func(g *authz.Guardian) *string { return &g.Name }),
	guardianColumn("guardian_relationship", "监护关系", func(g *authz.Guardian) *string { return &g.Relationship }),
	{id: "guardian_evidence", zh: []string{"监护证明"},
		read: func(_ Sheet, r *record, cell string) (err error) {
			guardian(r).Evidence, err = digest(cell)
			return err
		},
		write: func(_ Sheet, r *record) string {
			if r.subject.Guardian == nil {
				return ""
			}
			return r.subject.Guardian.Evidence
		}},
	firmColumn("credit_code", "统一社会信用代码", func(f *authz.Firm) *string { return &f.CreditCode }),
	{id: "domains", zh: []string{"域名"}, many: true, soft: true,
		read: func(_ Sheet, r *record, cell string) error {
			for _, d := range freeList(cell) {
				if d = domain(d); d != "" && !slices.Contains(firm(r).Domains, d) {
					firm(r).Domains = append(firm(r).Domains, d)
				}
			}
			return nil
		},
		write: func(_ Sheet, r *record) string {
			if r.subject.Firm == nil {
				return ""
			}
			return writeList(r.subject.Firm.Domains)
		}},
	firmColumn("general_form", "概括称呼", func(f *authz.Firm) *string { return &f.GeneralForm }),
	firmColumn("contract", "合同编号", func(f *authz.Firm) *string { return &f.Contract }),
	firmColumn("clause", "宣传条款", func(f *authz.Firm) *string { return &f.Clause }),
	firmColumn("logo_rules", "标志使用规范", func(f *authz.Firm) *string { return &f.LogoRules }),
	{id: "quote_approval", zh: []string{"引语须经同意"},
		read: func(_ Sheet, r *record, cell string) error {
			yes, err := boolean(cell)
			if yes {
				firm(r).QuoteApproval = true
			}
			return err
		},
		write: func(_ Sheet, r *record) string {
			return writeBool(r.subject.Firm != nil && r.subject.Firm.QuoteApproval)
		}},
	{id: "note", zh: []string{"备注"}, many: true,
		read: func(_ Sheet, r *record, cell string) error {
			if r.subject.Note != "" {
				r.subject.Note += "\n"
			}
			r.subject.Note += cell
			return nil
		},
		write: func(_ Sheet, r *record) string { return r.subject.Note }},
	dayColumn("subject_retention", "登记保存至", false, func(r *record) *time.Time { return &r.subject.Retention }),

	partColumn("given_name", "名", func(p *parts) *string { return &p.given }),
	partColumn("middle_name", "中间名", func(p *parts) *string { return &p.middle }),
	partColumn("family_name", "姓", func(p *parts) *string { return &p.family }),
	partColumn("phonetic_given", "名拼音", func(p *parts) *string { return &p.soundGiven }),
	partColumn("phonetic_family", "姓拼音", func(p *parts) *string { return &p.soundFamily }),
	{id: "english_name", zh: []string{"英文名"}, foreign: true,
		read: func(_ Sheet, r *record, cell string) error {
			r.more = append(r.more, authz.Name{Text: cell, Use: "english"})
			return nil
		},
		write: func(Sheet, *record) string { return "" }},
}

func soft(c column) column { c.soft = true; return c }

// contactColumn reads the contacts of one kind. An address is one text, whatever
// marks it holds.
func contactColumn(id, kind string, zh ...string) column {
	return column{id: id, zh: zh, many: true, soft: true,
		read: func(_ Sheet, r *record, cell string) error {
			values := freeList(cell)
			if kind == "address" {
				values = addresses(cell)
			}
			for _, v := range values {
				if kind == "phone" && shortened(v) {
					return Shortened
				}
				if c := (authz.Contact{Kind: kind, Value: v}); !slices.Contains(r.subject.Contacts, c) {
					r.subject.Contacts = append(r.subject.Contacts, c)
				}
			}
			return nil
		},
		write: func(_ Sheet, r *record) string {
			var vs []string
			for _, c := range r.subject.Contacts {
				if c.Kind == kind {
					vs = append(vs, c.Value)
				}
			}
			if kind == "address" {
				return writeAddresses(vs)
			}
			return writeList(vs)
		}}
}

// usual are the contacts with a column of their own.
func usual(c authz.Contact) bool {
	return c.Kind == "phone" || c.Kind == "email" || c.Kind == "address"
}

// readContacts reads contacts of other kinds, as JSON.
func readContacts(_ Sheet, r *record, cell string) error {
	var cs []authz.Contact
	if json.Unmarshal([]byte(cell), &cs) != nil {
		return NotAsExported
	}
	for _, c := range cs {
		if !usual(c) && c.Value != "" {
			r.subject.Contacts = append(r.subject.Contacts, c)
		}
	}
	return nil
}

func writeContacts(_ Sheet, r *record) string {
	cs := slices.DeleteFunc(slices.Clone(r.subject.Contacts), usual)
	if len(cs) == 0 {
		return ""
	}
	b, err := json.Marshal(cs)
	if err != nil { // plain strings
		return ""
	}
	return string(b)
}

func guardian(r *record) *authz.Guardian {
	if r.subject.Guardian == nil {
		r.subject.Guardian = &authz.Guardian{}
	}
	return r.subject.Guardian
}

func guardianColumn(id, zh string, field func(*authz.Guardian) *string) column {
	return column{id: id, zh: []string{zh},
		read: func(_ Sheet, r *record, cell string) error { *field(guardian(r)) = cell; return nil },
		write: func(_ Sheet, r *record) string {
			if r.subject.Guardian == nil {
				return ""
			}
			return *field(r.subject.Guardian)
		}}
}

func firm(r *record) *authz.Firm {
	if r.subject.Firm == nil {
		r.subject.Firm = &authz.Firm{}
	}
	return r.subject.Firm
}

func firmColumn(id, zh string, field func(*authz.Firm) *string) column {
	return column{id: id, zh: []string{zh},
		read: func(_ Sheet, r *record, cell string) error { *field(firm(r)) = cell; return nil },
		write: func(_ Sheet, r *record) string {
			if r.subject.Firm == nil {
				return ""
			}
			return *field(r.subject.Firm)
		}}
}

// partColumn reads a part of a name; the name is put together once all are known.
func partColumn(id, zh string, field func(*parts) *string) column {
	return column{id: id, zh: []string{zh}, foreign: true,
		read: func(_ Sheet, r *record, cell string) error {
			if r.parts == nil {
				r.parts = &parts{}
			}
			*field(r.parts) = cell
			return nil
		},
		write: func(Sheet, *record) string { return "" }}
}

// blankFirm reports whether nothing is known of a firm.
func blankFirm(f *authz.Firm) bool { return f != nil && reflect.ValueOf(*f).IsZero() }
