package coref

import (
	"cmp"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
)

// Kinds whose texts name somebody or give an account.
const (
	formerName = redact.Kind("former-name")
	username   = redact.Kind("username")
	socialID   = redact.Kind("social-id")
	wechat     = redact.Kind("wechat")
	orgDomain  = redact.Kind("org-domain")
)

// A mention is one finding with what stands around it.
type mention struct {
	ref        Ref
	kind       redact.Kind // person, organisation, email, or username for all accounts
	key        string      // the folded text
	text       string      // on one line
	sheet      *sheet      // nil where the place is unknown
	start, end int         // in the sheet
	line       int
	para       int // of the document
	pos        int // order in the document

	name name // of a person

	org     *identity // named right beside
	former  bool      // of that company once
	title   string
	dept    string // of the company
	sex     byte   // 'm', 'f' or 0
	phones  []string
	mails   []string
	role    Role
	another bool // the text says that it is a namesake
	listed  int  // place in a list of names on its line, 0 for none
	row     bool // in a table's row

	id    int // index in resolver.ids, -1
	score float64
	sure  bool
	why   Reason
}

// An identity is a chain in the making.
type identity struct {
	n        int
	kind     redact.Kind
	mentions []int
	to       int // what it was joined to, or its own number
	name     name
	company  company
	docs     map[int][]int // documents with the paragraphs of the mentions, rising

	org     *identity
	orgs    []*identity // all that stand right beside it
	titles  map[string]bool
	dept    string // the first
	sex     byte
	phones  map[string]bool
	mails   map[string]bool
	role    Role
	roles   map[Role]bool
	another bool
	split   bool // one of several of this name
	aliases map[string]bool

	asked    []option
	askedWhy Reason
	chain    int
}

// An option is an identity with how well it fits.
type option struct {
	id    *identity
	score float64
	why   Reason
}

type resolver struct {
	docs     []Document
	mentions []mention
	ids      []*identity
	rows     [][]int // of each sheet with mentions: indexes of mentions by place
	phones   map[*sheet][]mention
	orgKeys  map[string][]*identity
	alias    map[string][]*identity
	loose    map[looseKey]*identity
}

type looseKey struct {
	doc int
	key string
}

func newResolver(docs []Document) *resolver {
	r := &resolver{docs: docs, phones: map[*sheet][]mention{}, orgKeys: map[string][]*identity{},
		alias: map[string][]*identity{}, loose: map[looseKey]*identity{}}
	for d, doc := range docs {
		sheets := map[sheetKey]*sheet{}
		base := 0
		for _, p := range doc.Pages {
			s := sheetOf(p, base)
			base = s.base
			sheets[sheetKey{p.Part, p.Index}] = s
		}
		first := len(r.mentions)
		for i, f := range doc.Findings {
			r.take(Ref{d, i}, f, sheets)
		}
		own := r.mentions[first:]
		slices.SortStableFunc(own, func(a, b mention) int {
			return cmp.Or(cmp.Compare(a.para, b.para), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
		})
		rows := map[*sheet][]int{}
		var order []*sheet
		for i := range own {
			own[i].pos = i
			if s := own[i].sheet; s != nil {
				if rows[s] == nil {
					order = append(order, s)
				}
				rows[s] = append(rows[s], first+i)
			}
		}
		for _, s := range order {
			r.rows = append(r.rows, rows[s])
		}
	}
	return r
}

// take keeps a finding if it names somebody, or if it is a number.
func (r *resolver) take(ref Ref, f redact.Finding, sheets map[sheetKey]*sheet) {
	m := mention{ref: ref, kind: f.Kind, text: fold.OneLine(f.Text), id: -1}
	m.key = fold.Key(m.text)
	switch f.Kind {
	case redact.Person, formerName:
		m.kind = redact.Person
		m.name = parse(m.text)
		m.sex, m.title = m.name.sex, m.name.title
	case redact.Organisation, redact.Email, redact.Phone, redact.Other:
	case username, socialID, wechat:
		m.kind = username
	case orgDomain:
	default:
		return
	}
	if m.key == "" || redact.IsLabel(m.text) || !f.Region.IsText() {
		return
	}
	if s := sheets[sheetKey{f.Region.Part, f.Region.Page}]; s != nil {
		if a, b, ok := s.place(f.Region); ok {
			m.sheet, m.start, m.end = s, a, b
			m.line = s.line(a)
			m.para = s.para[m.line]
		}
	}
	if m.kind == redact.Phone {
		if m.sheet != nil {
			m.key = digits(m.key)
			r.phones[m.sheet] = append(r.phones[m.sheet], m)
		}
		return
	}
	r.mentions = append(r.mentions, m)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// begin makes a new identity.
func (r *resolver) begin(k redact.Kind) *identity {
	id := &identity{n: len(r.ids), to: len(r.ids), kind: k, docs: map[int][]int{}, titles: map[string]bool{}, phones: map[string]bool{},
		mails: map[string]bool{}, roles: map[Role]bool{}, aliases: map[string]bool{}, chain: -1}
	r.ids = append(r.ids, id)
	return id
}

// root is the identity that one was joined to in the end.
func (r *resolver) root(id *identity) *identity {
	for id.to != id.n {
		id = r.ids[id.to]
	}
	return id
}

func (r *resolver) find(n int) *identity { return r.root(r.ids[n]) }

// put adds a mention to an identity, with its evidence.
func (r *resolver) put(id *identity, mi int, score float64, sure bool, why Reason) {
	m := &r.mentions[mi]
	m.id, m.score, m.sure, m.why = id.n, score, sure, why
	if len(id.mentions) == 0 {
		m.score, m.sure, m.why = 1, true, WhyFirst
	}
	id.mentions = append(id.mentions, mi)
	id.docs[m.ref.Doc] = append(id.docs[m.ref.Doc], m.para)
	if m.org != nil && !m.former {
		if id.org == nil {
			id.org = m.org
		}
		if !slices.Contains(id.orgs, m.org) {
			id.orgs = append(id.orgs, m.org)
		}
	}
	if m.title != "" {
		id.titles[m.title] = true
	}
	if id.dept == "" {
		id.dept = m.dept
	}
	if id.sex == 0 {
		id.sex = m.sex
	}
	for _, p := range m.phones {
		id.phones[p] = true
	}
	for _, a := range m.mails {
		id.mails[a] = true
	}
	if m.role != Unknown {
		id.roles[m.role] = true
		id.role = table.protective(id.role, m.role)
	}
	id.another = id.another || m.another
}

// join moves all mentions of one identity to another. They stay sure only where
// the text itself says that both are one.
func (r *resolver) join(to, from *identity, score float64, sure bool, why Reason) {
	to, from = r.root(to), r.root(from)
	if to == from {
		return
	}
	from.to = to.n
	for k := range from.aliases {
		to.aliases[k] = true
	}
	anchor := r.mentions[to.mentions[0]].ref.Doc
	for _, mi := range from.mentions {
		m := &r.mentions[mi]
		s, sr, w := min(m.score, score), m.sure && sure && m.ref.Doc == anchor, m.why
		if w == WhyFirst || !sure {
			w = why
		}
		r.put(to, mi, s, sr, w)
	}
	from.mentions = nil
	for d := range to.docs {
		slices.Sort(to.docs[d])
	}
}

// fullest is the longest text of the sure mentions of a chain: of the one in Han
// runes where there is one, as a name in pinyin says less.
func (r *resolver) fullest(id *identity) string {
	best, rank := "", -1
	for _, mi := range id.mentions {
		m := &r.mentions[mi]
		if m.kind != id.kind {
			if best == "" {
				best = m.text
			}
			continue
		}
		k := 0
		if m.sure {
			k += 1000
		}
		if m.name.shape == full || m.name.shape == latinFull || m.kind == redact.Organisation {
			k += 400
		}
		if redact.LangOf(m.text) == redact.Chinese {
			k += 200
		}
		k += min(len([]rune(m.name.plain(m.text))), 199)
		if k > rank {
			best, rank = m.name.plain(m.text), k
			if c := companyOf(m.key); id.kind == redact.Organisation && c.inner != "" {
				rs := []rune(m.text)
				best = string(rs[max(0, len(rs)-len([]rune(c.inner))):])
			}
		}
	}
	return best
}
