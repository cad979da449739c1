package casework

import (
	"cmp"
	"slices"
	"strings"

	"consentry/redact"
)

// label gives every text item its subject's key and label. Letters go by first
// appearance over all subjects, shown ones too, so that a withdrawal does not
// rename the others.
func (p *Plan) label() {
	general := p.general()
	book := redact.NewBook()
	for i := range p.Items {
		it := &p.Items[i]
		if !it.Finding.Region.IsText() {
			continue
		}
		n := 0
		if it.Kind.Info().Lettered {
			n = book.Index(it.Kind, it.Entity)
		}
		lang := p.langAt(it)
		it.Label = redact.Label(it.Kind, n, lang)
		if own, ok := p.kinds[it.Kind]; ok {
			it.Label = own.Label.In(lang)
		}
		if s, ok := general(it, lang); ok {
			it.Label = s
		}
	}
	p.rename()
	p.phrase()
}

// subjects gives every item its subject's key and kind: the registry's where it
// was decided on, else what it is a mention of.
func (p *Plan) subjects() {
	longest := p.longForms()
	chains := p.chainSubjects()
	for i := range p.Items {
		it := &p.Items[i]
		it.Kind = it.Finding.Kind
		if !it.Finding.Region.IsText() {
			continue
		}
		c := p.ChainOf(it.ID)
		switch {
		case it.Decision.Subject != "":
			it.Entity = string(it.Decision.Subject)
		case len(it.Candidates) == 1:
			it.Entity = string(it.Candidates[0].Subject)
		case c != nil && judgeable(it.Finding):
			it.Entity, it.Kind = chains[c], c.Kind
		default:
			it.Entity = fold(it.Finding.Text)
			if l, ok := longest[it.Entity]; ok {
				it.Entity, it.Kind = fold(l.text), l.kind
			}
		}
	}
}

// general are the general forms of a case's items; none where it wants letters,
// but for posts, which a function tells less of and no letter tells apart.
func (p *Plan) general() func(*Item, redact.Lang) (string, bool) {
	if p.words == nil {
		return func(*Item, redact.Lang) (string, bool) { return "", false }
	}
	name := func(string, redact.Lang) (string, bool) { return "", false }
	switch named := p.named(); {
	case p.Case.Generalise:
		name = p.words.Names(named)
	case len(p.own) > 0: // a company that agreed to its general form has it among letters too
		name = p.words.Names(slices.DeleteFunc(named, func(n Named) bool { return n.General == "" }))
	}
	return func(it *Item, lang redact.Lang) (string, bool) {
		switch {
		case it.Kind.Info().Lettered:
			return name(it.Entity, lang)
		case p.Case.Generalise || it.Kind == "post":
			return p.words.Instead(it.Kind, it.Finding.Text, lang)
		}
		return "", false
	}
}

// named are the case's people and companies, by first appearance, each under the
// longest of its names.
func (p *Plan) named() []Named {
	var all []Named
	index := map[string]int{}
	companies := map[string]string{} // folded name of a company to its key
	for i := range p.Items {
		it := &p.Items[i]
		if !it.Finding.Region.IsText() || !it.Kind.Info().Lettered {
			continue
		}
		name := it.Finding.Text
		c := p.ChainOf(it.ID)
		if c != nil {
			name = c.Name
		}
		n, ok := index[it.Entity]
		if !ok {
			n = len(all)
			index[it.Entity] = n
			registered := it.Decision.Subject != "" || len(it.Candidates) == 1
			all = append(all, Named{Key: it.Entity, Kind: it.Kind, Registered: registered})
			if it.Kind == redact.Organisation {
				all[n].General = p.own[it.Decision.Subject]
			}
		}
		if c != nil && c.Namesake {
			all[n].Apart = cmp.Or(c.Company, it.Entity)
		}
		all[n].Hidden = all[n].Hidden || it.Hidden()
		if len(name) > len(all[n].Name) {
			all[n].Name = name
		}
		if it.Kind == redact.Organisation {
			companies[fold(name)] = it.Entity
		}
	}
	for i := range p.Items {
		it := &p.Items[i]
		if c := p.ChainOf(it.ID); c != nil && c.Company != "" && it.Kind == redact.Person {
			all[index[it.Entity]].Of = companies[fold(c.Company)]
		}
	}
	return all
}

// A named is a subject's longest name in the case and what kind it is.
type named struct {
	text string
	kind redact.Kind
}

// longForms maps a name to the longest name of the case that it is a part of:
// Petrova to Elena Petrova, 朔禾生物 to 朔禾生物科技有限公司, whatever the kinds the
// detectors guessed. Where two different ones would fit it stays apart.
func (p *Plan) longForms() map[string]named {
	names := map[string]named{}
	for _, it := range p.Items {
		switch k := it.Finding.Kind; k {
		case redact.Person, redact.Organisation, redact.Other:
			if key := fold(it.Finding.Text); it.Finding.Tier == redact.Sure || names[key].text == "" {
				names[key] = named{it.Finding.Text, k}
			}
		}
	}
	alone := map[string]bool{} // names that stand in no chain, which would say whose they are
	for _, it := range p.Items {
		if p.ChainOf(it.ID) == nil {
			alone[fold(it.Finding.Text)] = true
		}
	}
	out := map[string]named{}
	for short, n := range names {
		if !alone[short] || len([]rune(short)) < 3 {
			continue
		}
		var fits []named
		for long, m := range names {
			if long != short && isPart(n.text, m.text) {
				fits = append(fits, m)
			}
		}
		slices.SortFunc(fits, func(a, b named) int { return cmp.Or(len(b.text)-len(a.text), strings.Compare(a.text, b.text)) })
		one := len(fits) > 0
		for _, f := range fits[min(1, len(fits)):] {
			one = one && isPart(f.text, fits[0].text)
		}
		if one {
			out[short] = fits[0]
		}
	}
	return out
}

// isPart reports whether short is some whole words of long (Latin) or its
// beginning or end (Han).
func isPart(short, long string) bool {
	if redact.LangOf(long) == redact.English {
		return strings.Contains(" "+strings.ToLower(long)+" ", " "+strings.ToLower(short)+" ")
	}
	return strings.HasPrefix(long, short) || strings.HasSuffix(long, short)
}

// langAt is the language of the line an item stands in.
func (p *Plan) langAt(it *Item) redact.Lang {
	r := it.Finding.Region
	if r.Part == redact.PartName {
		return redact.LangOf(p.Case.Assets[it.Asset].Name)
	}
	if t, ok := p.textAt(it.Asset, r); ok {
		return redact.LangOf(line(t.runes, r.Start-t.offset, r.End-t.offset))
	}
	return redact.LangOf(it.Finding.Text)
}

// line is the line around runes a to b, without them where anything else is left.
func line(rs []rune, a, b int) string {
	a, b = max(0, min(a, len(rs))), max(0, min(b, len(rs)))
	i, j := a, b
	for i > 0 && rs[i-1] != '\n' {
		i--
	}
	for j < len(rs) && rs[j] != '\n' {
		j++
	}
	rest := string(rs[i:a]) + string(rs[b:j])
	if strings.IndexFunc(rest, isLetter) < 0 {
		return string(rs[a:b])
	}
	return rest
}
