package coref

import (
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// An index finds persons by a part of their names.
type index struct {
	family, given, initial map[string]*shelf
}

// A shelf is the persons under one key, over the case and in each document.
type shelf struct {
	all []*identity
	in  map[int][]*identity
}

func (s *shelf) add(id *identity) {
	if n := len(s.all); n > 0 && s.all[n-1] == id {
		return
	}
	s.all = append(s.all, id)
	for d := range id.docs {
		s.in[d] = append(s.in[d], id)
	}
}

func put(m map[string]*shelf, key string, id *identity) {
	if key == "" {
		return
	}
	if m[key] == nil {
		m[key] = &shelf{in: map[int][]*identity{}}
	}
	m[key].add(id)
}

func (r *resolver) index() index {
	ix := index{map[string]*shelf{}, map[string]*shelf{}, map[string]*shelf{}}
	for _, id := range r.people() {
		for _, f := range id.names(r) {
			for _, k := range f.families() {
				put(ix.family, k, id)
			}
			for _, k := range f.givens() {
				put(ix.given, k, id)
			}
			for _, k := range f.initials() {
				put(ix.initial, k, id)
			}
		}
		for a := range id.aliases {
			if n := parse(a); n.shape == latinFull {
				put(ix.initial, n.words[0][:1]+" "+n.words[len(n.words)-1], id)
			}
		}
	}
	return ix
}

// names are the full names of a person in the case, one of each form.
func (id *identity) names(r *resolver) []name {
	out := []name{id.name}
	seen := map[string]bool{id.name.core: true}
	for _, mi := range id.mentions {
		if n := r.mentions[mi].name; !seen[n.core] && (n.shape == full || n.shape == latinFull) {
			seen[n.core] = true
			out = append(out, n)
		}
	}
	return out
}

// initials are the ways to write a name with initials: j smith, john s, jas, wxm.
func (n name) initials() []string {
	first := func(s string) string { return string([]rune(s)[:1]) }
	var out []string
	switch n.shape {
	case full:
		given := ""
		for _, r := range n.given {
			if p := pinyinOf(string(r)); p != "" {
				given += p[:1]
			}
		}
		for _, p := range n.romans() {
			if given == "" {
				continue
			}
			out = append(out, p[0][:1]+given, given+p[0][:1], strings.Join(strings.Split(given, ""), " ")+" "+p[0], given+" "+p[0], p[0]+" "+given, given[:1]+" "+p[0])
		}
	case latinFull:
		k := len(n.words)
		all := ""
		for _, w := range n.words {
			all += first(w)
		}
		a, z := n.words[0], n.words[k-1]
		out = append(out, first(a)+" "+z, a+" "+first(z), all)
		if k > 2 {
			out = append(out, strings.Join(strings.Split(all[:len(all)-len(first(z))], ""), " ")+" "+z, first(a)+first(z))
		}
	}
	return out
}

// partials places what is written of a person in a shorter form: with whom it
// fits best, as a question where several fit as well, else by itself.
func (r *resolver) partials() {
	ix := r.index()
	crowded := r.crowded()
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.kind != redact.Person || m.id >= 0 {
			continue
		}
		fits := r.fits(m, ix)
		best, asks, ok := pick(fits)
		if ok && (best.why == WhyTitle || best.why == WhySurname || best.why == WhyFamiliar) && crowded[m.name.familyName()] && (m.sex == 0 || m.sex != best.id.sex) {
			asks = []option{best}
		}
		if ok && asks == nil {
			r.put(best.id, i, best.score, best.why == WhyAlias && best.score >= 0.95, best.why)
			continue
		}
		key := looseKey{m.ref.Doc, m.name.core}
		id, score, why := r.loose[key], 0.75, WhySameForm
		if f := m.name.familyName(); id == nil && asks == nil && f != "" && f[0] < 0x80 && !crowded[f] && (m.title == "" || m.sex == 'm') {
			// Mr. Denham and Denham, of whom no full name stands in the case; a
			// bare surname is seldom a Mrs.
			key.key = "family " + f
			id, score, why = r.loose[key], 0.65, WhySurname
		}
		if id == nil || m.sex != 0 && id.sex != 0 && id.sex != m.sex || r.orgsClash(id.orgs, m.orgList()) {
			id = r.begin(redact.Person)
			id.name = m.name
			r.loose[key] = id
		}
		if asks != nil && id.asked == nil {
			id.asked, id.askedWhy = asks, asks[0].why
		}
		r.put(id, i, score, false, why)
	}
}

func (m *mention) orgList() []*identity {
	if m.org == nil || m.former {
		return nil
	}
	return []*identity{m.org}
}

// familyName is the name that a short form has in common with relatives.
func (n name) familyName() string {
	if n.family == "" && n.shape == latinOne {
		return n.words[0]
	}
	return n.family
}

// crowded are the family names that a case has in forms of several people: both
// with 老 and 小, or for both a man and a woman. A short form with that name is
// then nobody's for certain.
func (r *resolver) crowded() map[string]bool {
	prefix := map[string]string{}
	sex := map[string]byte{}
	out := map[string]bool{}
	for i := range r.mentions {
		n := r.mentions[i].name
		if n.shape != familiar && n.shape != surname {
			continue
		}
		if p := prefix[n.family]; n.prefix != "" {
			if p != "" && p != n.prefix {
				out[n.family] = true
			}
			prefix[n.family] = n.prefix
		}
		if s := sex[n.family]; n.sex != 0 {
			if s != 0 && s != n.sex {
				out[n.family] = true
			}
			sex[n.family] = n.sex
		}
	}
	return out
}

// fits lists the persons that a shorter form may mean.
func (r *resolver) fits(m *mention, ix index) []option {
	var out []option
	for _, to := range r.alias[m.name.core] {
		if to = r.root(to); to.kind == redact.Person && len(out) < most && !r.refuses(to, m) {
			s := 0.75
			if to.docs[m.ref.Doc] != nil {
				s = 0.95
			}
			out = append(out, option{to, s, WhyAlias})
		}
	}
	n := m.name
	if len(out) > 0 {
		// Tony is said to be one's name, and may be another's all the same.
		for _, k := range n.words {
			for _, s := range []*shelf{ix.given[k], ix.family[k]} {
				if s == nil || len(n.words) > 1 {
					continue
				}
				here := s.in[m.ref.Doc]
				for _, id := range here[:min(len(here), most)] {
					if id = r.root(id); id != out[0].id {
						out[0].score = 0.85
						out = append(out, option{id, 0.8, WhyGiven})
					}
				}
			}
		}
		return out
	}
	switch n.shape {
	case surname:
		base, why := 0.55, WhyTitle
		if n.title == "" {
			base, why = 0.5, WhySurname
		}
		out = r.shelved(out, m, ix.family[n.family], base, why)
	case familiar:
		out = r.shelved(out, m, ix.family[n.family], 0.45, WhyFamiliar)
		out = r.shelved(out, m, ix.given[n.given], 0.65, WhyGiven)
	case given:
		out = r.shelved(out, m, ix.given[n.given], 0.65, WhyGiven)
	case latinOne:
		w := n.words[0]
		out = r.shelved(out, m, ix.given[w], 0.55, WhyGiven)
		out = r.shelved(out, m, ix.family[w], 0.55, WhySurname)
		if len(w) <= 4 && strings.ToUpper(m.text) == m.text && strings.IndexFunc(m.text, unicode.IsLetter) >= 0 {
			out = r.shelved(out, m, ix.initial[w], 0.45, WhyInitials)
		}
	case initials:
		k := strings.Join(n.words, " ")
		out = r.shelved(out, m, ix.initial[k], 0.6, WhyInitials)
		if len(out) == 0 {
			out = r.shelved(out, m, ix.initial[strings.Join(n.words, "")], 0.45, WhyInitials)
		}
	case odd:
		out = r.shelved(out, m, ix.given[n.core], 0.55, WhyGiven) // 阿依古丽 of 阿依古丽·买买提
		out = r.shelved(out, m, ix.family[n.core], 0.5, WhySurname)
		if n.nick != "" {
			out = r.shelved(out, m, ix.given[n.nick], 0.5, WhyGiven)
		}
	}
	return out
}

// refuses reports whether a mention can't be a person's.
func (r *resolver) refuses(id *identity, m *mention) bool {
	if m.sex != 0 && id.sex != 0 && m.sex != id.sex {
		return true
	}
	for role := range id.roles {
		if table.exclude(m.role, role) {
			return true
		}
	}
	return r.orgsClash(id.orgs, m.orgList())
}

// shelved scores the persons of a shelf for a mention, those of its document
// first. Where too many stand there they can't be told apart: the first of them
// are named in a question.
func (r *resolver) shelved(out []option, m *mention, s *shelf, base float64, why Reason) []option {
	if s == nil {
		return out
	}
	here := s.in[m.ref.Doc]
	from := here
	if len(here) == 0 {
		from = s.all
	}
	for _, id := range from[:min(len(from), 4*most)] {
		id = r.root(id)
		if r.refuses(id, m) {
			continue
		}
		score := base
		if len(here) > 0 {
			score += 0.15
		}
		if len(s.all) == 1 {
			score += 0.05
		}
		if near(id.docs[m.ref.Doc], m.para) {
			score += 0.05
		}
		score += r.agreement(id, m)
		if id.split {
			score -= 0.05
		}
		out = append(out, option{id, min(score, 0.93), why})
	}
	return out
}

// agreement is what title and company speak for or against it.
func (r *resolver) agreement(id *identity, m *mention) (score float64) {
	if o := m.orgList(); len(o) > 0 && len(id.orgs) > 0 {
		score += 0.15
	}
	if _, job := table.Titles[m.title]; m.title == "" || table.sex[m.title] != 0 || !job && !lexicon.IsTitle(m.title) || len(id.titles) == 0 {
		return score
	}
	known := false
	for t := range id.titles {
		if table.covers(m.title, t) || table.covers(t, m.title) {
			return score + 0.2
		}
		known = known || table.sex[t] == 0
	}
	if known && m.title != "老师" && m.title != "同学" && m.title != "同志" && m.title != "师傅" {
		score -= 0.35
	}
	return score
}
