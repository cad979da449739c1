package coref

import (
	"cmp"
	"slices"

	"consentry/redact"
)

// mostSplit bounds into how many people one name is told apart; those behind
// are each asked about.
const mostSplit = 64

// namesakes groups the mentions of equal full names, and splits a group where
// company, number, sex, role or the text itself tells several people apart.
func (r *resolver) namesakes() {
	groups := map[string][]int{}
	var order []string
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.kind != redact.Person || m.name.shape != full && m.name.shape != latinFull {
			continue
		}
		if groups[m.name.core] == nil {
			order = append(order, m.name.core)
		}
		groups[m.name.core] = append(groups[m.name.core], i)
	}
	for _, k := range order {
		r.split(groups[k])
	}
	r.readAliases(redact.Person)
}

// strength orders mentions by what tells them apart, the surest first.
func (m *mention) strength() int {
	switch {
	case m.org != nil && !m.former:
		return 0
	case len(m.mails) > 0:
		return 1
	case len(m.phones) > 0:
		return 2
	case m.role != Unknown || m.sex != 0 || m.row || m.title != "":
		return 3
	}
	return 4
}

// split gives the mentions of one name to one or several people.
func (r *resolver) split(group []int) {
	apart := false
	for _, mi := range group {
		apart = apart || r.mentions[mi].another
	}
	sorted := slices.Clone(group)
	slices.SortStableFunc(sorted, func(a, b int) int {
		return cmp.Compare(r.mentions[a].strength(), r.mentions[b].strength())
	})
	var people []*identity
	var bare []int
	begin := func(mi int) {
		id := r.begin(redact.Person)
		id.name = r.mentions[mi].name
		r.put(id, mi, 1, true, WhyFirst)
		people = append(people, id)
	}
	// placed reports whether a mention with evidence found its person.
	placed := func(mi int) bool {
		m := &r.mentions[mi]
		var same, may []*identity
		for _, id := range people {
			switch r.compare(m, id) {
			case agree:
				same = append(same, id)
			case unclear:
				may = append(may, id)
			}
		}
		switch {
		case len(same) == 1:
			r.put(same[0], mi, 0.95, true, WhySameName)
		case len(same) > 1:
			return false
		case len(people) == 0 || len(may) == 0 && len(people) < mostSplit:
			begin(mi)
		case len(may) == 1 && len(people) == 1 && !apart:
			r.put(may[0], mi, 0.9, false, WhySameName)
		default:
			return false
		}
		return true
	}
	for _, mi := range sorted {
		if r.mentions[mi].strength() == 4 || !placed(mi) {
			bare = append(bare, mi)
		}
	}
	slices.Sort(bare)
	for _, mi := range bare {
		m := &r.mentions[mi]
		switch {
		case len(people) == 0:
			begin(mi)
		case len(people) == 1 && !apart && r.compare(m, people[0]) != conflict:
			r.put(people[0], mi, 0.9, false, WhySameName)
		default:
			r.bare(mi, people, apart)
		}
	}
	several := len(people) > 1 || apart
	for _, id := range people {
		id.split = several
		slices.Sort(id.mentions)
		for d := range id.docs {
			slices.Sort(id.docs[d])
		}
		r.settleSure(id)
	}
}

// settleSure says which mentions of one name are certainly one person's: those
// of one document where nothing speaks of two, and those with the same company,
// address or number.
func (r *resolver) settleSure(id *identity) {
	anchor := r.mentions[id.mentions[0]].ref.Doc
	for k, mi := range id.mentions {
		m := &r.mentions[mi]
		if k == 0 {
			m.score, m.sure, m.why = 1, true, WhyFirst
			continue
		}
		first := &r.mentions[id.mentions[0]]
		m.why = WhySameName
		if shared(m, first) && !r.differently(m, id) {
			m.score, m.sure = 0.95, true
			continue
		}
		m.sure = !id.split && m.ref.Doc == anchor && !r.elsewhere(m, id) && (!outside(id.role) || outside(first.role)) && !r.differently(m, id)
		m.score = 0.8
		if m.sure {
			m.score = 0.95
		}
	}
}

// elsewhere reports whether a mention stands beside another company than some
// other mention of its person: one of the same house perhaps, which tells
// neither one person nor two.
func (r *resolver) elsewhere(m *mention, id *identity) bool {
	return m.org != nil && slices.ContainsFunc(id.orgs, func(o *identity) bool { return r.root(o) != r.root(m.org) })
}

// differently reports whether a mention has another post or department than its
// person has elsewhere.
func (r *resolver) differently(m *mention, id *identity) bool {
	if table.job(m.title) {
		for t := range id.titles {
			if table.job(t) && !table.covers(t, m.title) && !table.covers(m.title, t) {
				return true
			}
		}
	}
	return m.dept != "" && id.dept != "" && m.dept != id.dept
}

// shared reports whether two mentions have company, address or number in common.
func shared(a, b *mention) bool {
	if a.org != nil && a.org == b.org && !a.former && !b.former {
		return true
	}
	for _, x := range a.mails {
		if slices.Contains(b.mails, x) {
			return true
		}
	}
	for _, x := range a.phones {
		if slices.Contains(b.phones, x) {
			return true
		}
	}
	return false
}

// bare places a mention of a name that several people have: with the only one
// of them in its document, or as a question.
func (r *resolver) bare(mi int, people []*identity, apart bool) {
	m := &r.mentions[mi]
	var here []*identity
	for _, id := range people {
		if id.docs[m.ref.Doc] != nil && r.compare(m, id) != conflict {
			here = append(here, id)
		}
	}
	if len(here) == 1 && !apart {
		r.put(here[0], mi, 0.65, false, WhySameName)
		return
	}
	var asks []option
	for _, id := range people[:min(len(people), mostSplit)] {
		if r.compare(m, id) == conflict {
			continue
		}
		s := 0.4
		if id.docs[m.ref.Doc] != nil {
			s += 0.1
		}
		if near(id.docs[m.ref.Doc], m.para) {
			s += 0.05
		}
		asks = append(asks, option{id, s, WhyNamesake})
	}
	slices.SortStableFunc(asks, func(a, b option) int { return cmp.Compare(b.score, a.score) })
	id := r.begin(redact.Person)
	id.name, id.split = m.name, true
	id.asked, id.askedWhy = asks[:min(len(asks), most)], WhyNamesake
	r.put(id, mi, 1, true, WhyFirst)
}

// near reports whether a paragraph, or the one before it, is among the rising ones.
func near(paras []int, p int) bool {
	i, ok := slices.BinarySearch(paras, p)
	return ok || i > 0 && paras[i-1] == p-1
}

type likeness int

const (
	unclear likeness = iota
	agree
	conflict
)

// compare holds a mention against a person of the same name.
func (r *resolver) compare(m *mention, id *identity) likeness {
	for _, a := range m.mails {
		if id.mails[a] {
			return agree
		}
	}
	for _, p := range m.phones {
		if id.phones[p] {
			return agree
		}
	}
	if m.sex != 0 && id.sex != 0 && m.sex != id.sex {
		return conflict
	}
	for role := range id.roles {
		if table.exclude(m.role, role) {
			return conflict
		}
	}
	if outside(m.role) && !outside(id.role) && id.employed() || outside(id.role) && !outside(m.role) && table.job(m.title) {
		return conflict // a doctor, and a visitor of the same name
	}
	if p := table.profession(m.title); p > 0 {
		same, other := false, false
		for t := range id.titles {
			if q := table.profession(t); q > 0 {
				same, other = same || q == p, other || q != p
			}
		}
		if other && !same {
			return conflict
		}
	}
	if len(m.mails) > 0 && len(id.mails) > 0 || differ(m.phones, id.phones) {
		return conflict
	}
	if r.twice(m, id) {
		return conflict
	}
	if m.org != nil && !m.former && len(id.orgs) > 0 {
		may := false
		for _, o := range id.orgs {
			if r.root(o) == r.root(m.org) {
				return agree
			}
			may = may || r.related(o, m.org)
		}
		if !may {
			return conflict
		}
	}
	return unclear
}

// employed reports whether a post of the person is known.
func (id *identity) employed() bool {
	for t := range id.titles {
		if table.job(t) {
			return true
		}
	}
	return false
}

// differ reports whether both have numbers of one length and none in common.
func differ(phones []string, others map[string]bool) bool {
	for _, p := range phones {
		for o := range others {
			if len(o) == len(p) {
				return true
			}
		}
	}
	return false
}

// closeRows is how many lines apart two rows of one table may be.
const closeRows = 40

// twice reports whether a name stands twice in one list, or in two rows of one
// table with different posts: nobody is listed twice.
func (r *resolver) twice(m *mention, id *identity) bool {
	if m.listed == 0 && !m.row {
		return false
	}
	// Mentions are in order but for the later ones, which are few: the last are
	// the nearest.
	for k := len(id.mentions) - 1; k >= max(0, len(id.mentions)-most); k-- {
		o := &r.mentions[id.mentions[k]]
		if o.sheet == nil || o.sheet != m.sheet || o.start == m.start {
			continue
		}
		if m.listed > 0 && o.listed > 0 && o.line == m.line {
			return true
		}
		if m.row && o.row && o.line != m.line && max(o.line-m.line, m.line-o.line) < closeRows && o.title != "" && m.title != "" &&
			!table.covers(o.title, m.title) && !table.covers(m.title, o.title) {
			return true
		}
	}
	return false
}
