package casework

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/redact"
)

// A Document is one asset's texts and the names found in them, for chaining.
type Document struct {
	Name     string
	Pages    []redact.Page
	Findings []redact.Finding
}

// A Chain is all mentions of one subject in a case: 王小明, 王总, Xiaoming Wang.
type Chain struct {
	Kind    redact.Kind
	Name    string // its fullest form
	Role    string // contact, employee, end-user, speaker, …; empty where nothing tells
	Company string // the fullest name of the company a person belongs to, or empty
	// Namesake is set where another chain of the case bears the same name.
	Namesake bool
	Links    []ChainLink
}

// A ChainLink ties a mention to a chain. Each mention belongs to one; what may as
// well be of another has a link there that asks.
type ChainLink struct {
	Document, Finding int
	Score             float64 // 0 to 1
	Sure              bool    // it can mean nobody else in the case
	Asks              bool    // the mention does not belong here, but may
	Why               string  // same-name, title, pinyin, given-name, …
}

// unsureLink is the most that a mention which may be another's counts for: it is
// asked about, never shown by itself.
const unsureLink = 0.8

// inChain is an item's place in a chain.
type inChain struct {
	chain *Chain
	link  ChainLink
}

// chain finds out which names speak of one subject.
func (d *Desk) chain(p *Plan) {
	p.chains, p.chained, p.chainNames = nil, nil, nil
	if d.Chains == nil {
		return
	}
	docs := make([]Document, len(p.Case.Assets))
	items := make([][]int, len(docs)) // beside each document's findings
	for i, a := range p.Case.Assets {
		docs[i] = Document{Name: a.Name, Pages: append([]redact.Page{namePage(a)}, p.pages[i]...)}
	}
	for i, it := range p.Items {
		if it.Finding.Region.IsText() && !it.IsDrawn() && !guessedCompany(it.Finding) { // numbers and addresses too: they tell namesakes apart
			docs[it.Asset].Findings = append(docs[it.Asset].Findings, it.Finding)
			items[it.Asset] = append(items[it.Asset], i)
		}
	}
	p.chains = d.Chains(docs)
	p.chained = map[string][]inChain{}
	for c := range p.chains {
		for _, l := range p.chains[c].Links {
			id := p.Items[items[l.Document][l.Finding]].ID
			p.chained[id] = append(p.chained[id], inChain{&p.chains[c], l})
		}
	}
}

// guessedCompany reports whether a finding is a company in doubt: it says nothing
// of whom the names beside it belong to.
func guessedCompany(f redact.Finding) bool {
	switch f.Kind {
	case redact.Organisation, redact.Location, redact.Other:
		return f.Tier == redact.Review && f.Why != whyElsewhere && !strings.HasPrefix(f.Why, whyRegistry)
	}
	return false
}

// Chains are the subjects of the case as its texts speak of them.
func (p *Plan) Chains() []Chain { return p.chains }

// ChainOf is the chain that an item belongs to, or nil.
func (p *Plan) ChainOf(id string) *Chain {
	for _, in := range p.chained[id] {
		if !in.link.Asks {
			return in.chain
		}
	}
	return nil
}

// sureOf is the chain that an item belongs to where it can mean nobody else.
func (p *Plan) sureOf(id string) *Chain {
	if in := p.chained[id]; len(in) == 1 && in[0].link.Sure {
		return in[0].chain
	}
	return nil
}

// candidatesFor asks the registry who an item's text may be: under the text
// itself, and, where nobody bears that, under the other names in its chain.
//
// What a chain says can only make an answer less certain than a name that stands
// there: a mention that may be another's, a name that two of the case bear, and
// somebody of another company than the registry says, are questions.
func (d *Desk) candidatesFor(ctx context.Context, p *Plan, it *Item) ([]authz.Candidate, error) {
	own, err := d.Registry.Match(ctx, sighting(it.Finding))
	if err != nil {
		return nil, fmt.Errorf("match: %w", err)
	}
	if len(own) == 0 && d.Plain != nil {
		s := sighting(it.Finding)
		if plain := d.Plain(s.Text); plain != s.Text {
			s.Text = plain
			if own, err = d.Registry.Match(ctx, s); err != nil {
				return nil, fmt.Errorf("match: %w", err)
			}
			if redact.LangOf(plain) == redact.English { // Jose may be another than José
				for i := range own {
					own[i].Score = min(own[i].Score, unsureLink)
				}
			}
		}
	}
	in := p.chained[it.ID]
	if len(own) > 0 {
		for _, c := range in {
			if !c.chain.Namesake && c.chain.Company == "" {
				continue
			}
			for i := range own {
				s, err := d.Registry.Subject(ctx, own[i].Subject)
				known := err == nil && s.Company != "" && c.chain.Company != ""
				if known && !sameCompany(s.Company, c.chain.Company) || !known && c.chain.Namesake {
					own[i].Score = min(own[i].Score, unsureLink)
				}
			}
		}
		return own, nil
	}
	best := map[authz.SubjectID]float64{}
	for _, c := range in {
		for _, name := range p.namesOf(c.chain) {
			ms, err := d.Registry.Match(ctx, authz.Sighting{Kind: authz.Kind(kindOfChain(c.chain)), Text: name})
			if err != nil {
				return nil, fmt.Errorf("match: %w", err)
			}
			for _, m := range ms {
				score := min(m.Score, c.link.Score)
				if !c.link.Sure || c.chain.Namesake {
					score = min(score, unsureLink)
				}
				best[m.Subject] = max(best[m.Subject], score)
			}
		}
	}
	var out []authz.Candidate
	for id, score := range best {
		out = append(out, authz.Candidate{Subject: id, Score: score})
	}
	slices.SortFunc(out, func(a, b authz.Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Subject, b.Subject))
	})
	return out, nil
}

// namesOf are the names that surely belong to a chain, each once.
func (p *Plan) namesOf(c *Chain) []string {
	if p.chainNames == nil {
		p.chainNames = map[*Chain][]string{}
		for i := range p.chains {
			p.chainNames[&p.chains[i]] = []string{p.chains[i].Name}
		}
		for _, it := range p.Items {
			for _, in := range p.chained[it.ID] {
				names := p.chainNames[in.chain]
				same := func(n string) bool { return fold(n) == fold(it.Finding.Text) }
				if in.link.Sure && judgeable(it.Finding) && !slices.ContainsFunc(names, same) {
					p.chainNames[in.chain] = append(names, it.Finding.Text)
				}
			}
		}
	}
	return p.chainNames[c]
}

// chainSubjects are the keys under which the subjects of chains are known: the
// registry's, where its mentions were decided on for one subject alone.
func (p *Plan) chainSubjects() map[*Chain]string {
	own := map[*Chain]string{}
	for i := range p.chains {
		c := &p.chains[i]
		own[c] = fmt.Sprintf("%s#%d", fold(c.Name), i)
	}
	keys := maps.Clone(own)
	found := map[*Chain]authz.SubjectID{}
	for i := range p.Items {
		it := &p.Items[i]
		c := p.sureOf(it.ID)
		if c == nil || it.Decision.Subject == "" {
			continue
		}
		if s, ok := found[c]; ok && s != it.Decision.Subject {
			found[c], keys[c] = "", own[c] // two subjects: neither
			continue
		}
		found[c], keys[c] = it.Decision.Subject, string(it.Decision.Subject)
	}
	return keys
}

// kindOfChain is the kind of subject that a chain may be; empty where either.
func kindOfChain(c *Chain) redact.Kind {
	switch c.Kind {
	case redact.Person, redact.Organisation:
		return c.Kind
	}
	return ""
}

// sameCompany reports whether two names of companies are the same, or one the
// beginning of the other: 云岚精工 and 云岚精工有限公司.
func sameCompany(a, b string) bool {
	a, b = fold(a), fold(b)
	return a != "" && b != "" && (isPart(a, b) || isPart(b, a) || a == b)
}
