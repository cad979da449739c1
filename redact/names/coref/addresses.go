package coref

import (
	"slices"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// addresses places e-mail addresses, accounts, and names of no certain kind.
func (r *resolver) addresses() {
	spelled := map[string]*shelf{}
	scores := map[string]map[*identity]float64{}
	for _, id := range r.people() {
		for _, n := range id.names(r) {
			for _, s := range n.spellings() {
				put(spelled, s.text, id)
				if scores[s.text] == nil {
					scores[s.text] = map[*identity]float64{}
				}
				scores[s.text][id] = max(scores[s.text][id], s.score)
			}
		}
		for a := range id.aliases {
			if han, latin, _ := lexicon.Count(a); han == 0 && latin > 2 {
				k := strings.ReplaceAll(a, " ", "")
				put(spelled, k, id)
				if scores[k] == nil {
					scores[k] = map[*identity]float64{}
				}
				scores[k][id] = max(scores[k][id], 0.6)
			}
		}
	}
	holders := map[string][]*identity{} // who has an address in a signature
	for _, id := range r.people() {
		for a := range id.mails {
			holders[a] = append(holders[a], id)
		}
	}
	same := map[looseKey]*identity{}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.id >= 0 || m.kind != redact.Email && m.kind != username {
			continue
		}
		if id := same[looseKey{-1, m.key}]; id != nil {
			r.put(r.root(id), i, 0.9, false, WhySameForm)
			continue
		}
		local, domain, _ := strings.Cut(strings.TrimPrefix(m.key, "@"), "@")
		best, asks, ok := pick(r.owners(m, local, domain, spelled, scores, holders))
		var id *identity
		switch {
		case ok && asks == nil:
			id = best.id
			held := len(holders[m.key]) == 1 && r.root(holders[m.key][0]) == id
			r.put(id, i, best.score, held && best.score >= 0.9 && !id.split, best.why)
		default:
			if org := r.ofDomain(domain); asks == nil && org != nil && slices.Contains(table.Boxes, local) {
				id = org
				r.put(id, i, 0.7, false, WhyDomain)
				break
			}
			id = r.begin(m.kind)
			if asks != nil {
				id.asked, id.askedWhy = asks, asks[0].why
			}
			r.put(id, i, 1, true, WhyFirst)
		}
		same[looseKey{-1, m.key}] = id
		if id.kind == redact.Person && id.org == nil {
			id.org = r.ofDomain(domain)
		}
	}
	r.others()
}

// owners lists the persons whose name an account or a local part spells.
func (r *resolver) owners(m *mention, local, domain string, spelled map[string]*shelf, scores map[string]map[*identity]float64, holders map[string][]*identity) []option {
	letters := strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return c
		}
		return -1
	}, plainLatin(local))
	why := WhyEmail
	if m.kind == username {
		why = WhyHandle
	}
	var out []option
	if s := spelled[letters]; s != nil {
		here := s.in[m.ref.Doc]
		from := here
		if len(here) == 0 {
			from = s.all
		}
		org := r.ofDomain(domain)
		for _, id := range from[:min(len(from), 4*most)] {
			score := scores[letters][id]
			id = r.root(id)
			switch {
			case len(here) == 0:
				score -= 0.1
			case near(id.docs[m.ref.Doc], m.para):
				score += 0.05
			}
			if id.mails[m.key] {
				score += 0.15
			}
			if letters != strings.Map(func(c rune) rune {
				if strings.ContainsRune("._-+", c) {
					return -1
				}
				return c
			}, local) {
				score -= 0.05 // digits tell namesakes apart
			}
			if org != nil && len(id.orgs) > 0 {
				if r.orgsClash(id.orgs, []*identity{org}) {
					score -= 0.4
				} else {
					score += 0.1
				}
			}
			out = append(out, option{id, min(score, 0.97), why})
		}
	}
	if h := holders[m.key]; len(h) == 1 {
		if k := slices.IndexFunc(out, func(o option) bool { return o.id == r.root(h[0]) }); k >= 0 {
			return out[k : k+1] // in his signature, with his name
		}
	}
	for _, id := range holders[m.key] {
		if !slices.Contains(table.Boxes, local) {
			out = append(out, option{r.root(id), 0.6, why})
		}
	}
	return out
}

// ofDomain is the one company whose name a domain spells, or nil.
func (r *resolver) ofDomain(domain string) *identity {
	var found *identity
	for label := range strings.SplitSeq(domain, ".") {
		if slices.Contains(table.Services, label) || len(label) < 3 {
			continue
		}
		ids := append(slices.Clone(r.orgKeys[label]), r.alias[label]...)
		for _, joined := range ids[:min(len(ids), most)] {
			id := r.root(joined)
			if id.kind != redact.Organisation {
				continue
			}
			if found != nil && found != id {
				return nil
			}
			found = id
		}
	}
	return found
}

// others places domains, and names of no certain kind: with the person or
// company of the same name, asked where both are.
func (r *resolver) others() {
	byKey := map[string][]*identity{}
	for _, id := range r.ids {
		if id.to != id.n || len(id.mentions) == 0 {
			continue
		}
		seen := map[string]bool{}
		for _, mi := range id.mentions {
			m := &r.mentions[mi]
			for _, k := range []string{m.key, m.name.core} {
				if k != "" && !seen[k] {
					seen[k] = true
					byKey[k] = append(byKey[k], id)
				}
			}
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.id >= 0 {
			continue
		}
		if same := byKey[m.key]; len(same) > 0 && same[0].kind == m.kind {
			r.put(same[0], i, 0.8, false, WhySameForm)
			continue
		}
		var fits []option
		for _, id := range byKey[m.key] {
			if len(fits) < most {
				fits = append(fits, option{id, 0.7, WhySameName})
			}
		}
		if m.kind == orgDomain {
			if id := r.ofDomain(m.key); id != nil {
				fits = append(fits, option{id, 0.7, WhyDomain})
			}
		} else if len(fits) == 0 {
			for _, a := range r.alias[m.key] {
				fits = append(fits, option{r.root(a), 0.75, WhyAlias})
			}
			if s := r.orgKeys[m.key]; len(fits) == 0 && len(s) > 0 {
				for _, id := range s[:min(len(s), most)] {
					fits = append(fits, option{r.root(id), 0.65, WhyShortForm})
				}
			}
		}
		if best, asks, ok := pick(fits); ok && asks == nil {
			r.put(best.id, i, best.score, false, best.why)
		} else {
			id := r.begin(m.kind)
			if asks != nil {
				id.asked, id.askedWhy = asks, asks[0].why
			}
			r.put(id, i, 1, true, WhyFirst)
			byKey[m.key] = append([]*identity{id}, byKey[m.key]...)
		}
	}
}
