package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// Why an item stays though no consent covers it. Each shows in the report.
const (
	ExemptAllowed = "allow-list"
	ExemptCleared = "cleared-by-reviewer"
)

// An Item is one finding with what was decided about it.
type Item struct {
	ID         string
	Asset      int // index in Case.Assets
	Finding    redact.Finding
	Candidates []authz.Candidate
	Decision   authz.Decision
	Exempt     string      // not empty: stays, and why
	Answer     *Answer     // the reviewer's, if there is one
	Entity     string      // the subject's key in the case: the same for all its mentions
	Kind       redact.Kind // the subject's, which may be better known elsewhere in the case
	Label      string      // what stands there instead
}

// Hidden reports whether the item is removed from the output. Ask hides too: an
// open question never shows.
func (it Item) Hidden() bool { return it.Exempt == "" && it.Decision.Verdict != authz.Show }

// Asks reports whether a person has to decide first.
func (it Item) Asks() bool { return it.Exempt == "" && it.Decision.Verdict == authz.Ask }

// Questions are the items a person has to decide.
func (p *Plan) Questions() []*Item {
	var qs []*Item
	for i := range p.Items {
		if p.Items[i].Asks() {
			qs = append(qs, &p.Items[i])
		}
	}
	return qs
}

// Item returns the item of that id, or nil.
func (p *Plan) Item(id string) *Item {
	for i := range p.Items {
		if p.Items[i].ID == id {
			return &p.Items[i]
		}
	}
	return nil
}

// decideAll asks the registry and the policy about every item, applies the
// reviewer's answers, settles overlaps and names the labels.
func (d *Desk) decideAll(ctx context.Context, p *Plan) error {
	allowed, err := d.Registry.Allowed(ctx)
	if err != nil {
		return fmt.Errorf("allow-list: %w", err)
	}
	allow := map[string]bool{}
	for _, a := range allowed {
		allow[fold(a.Text)] = true
	}
	now := d.now()
	for i := range p.Items {
		it := &p.Items[i]
		it.Exempt, it.Answer, it.Candidates = "", nil, nil
		if err := d.decide(ctx, p.Case, it, now); err != nil {
			return err
		}
		nobody := len(it.Candidates) == 0 && it.Answer == nil
		if nobody && it.Finding.Region.IsText() && allow[fold(it.Finding.Text)] {
			it.Exempt = ExemptAllowed
		}
	}
	hideWins(p)
	p.label()
	return nil
}

// judgeable kinds are those whose subject the registry may know.
func judgeable(k redact.Kind) bool {
	switch k {
	case redact.Person, redact.Organisation, redact.Face, redact.Location, redact.Other:
		return true
	}
	return false
}

// sighting is the bridge between the two vocabularies. A place or a name of no
// certain kind may be anyone's, so its kind is left open.
func sighting(f redact.Finding) authz.Sighting {
	s := authz.Sighting{Text: f.Text}
	switch f.Kind {
	case redact.Person:
		s.Kind = authz.Person
	case redact.Organisation:
		s.Kind = authz.Organisation
	}
	return s
}

func (d *Desk) decide(ctx context.Context, c *Case, it *Item, now time.Time) error {
	f := authz.Facts{
		Use:        authz.Use{Purpose: c.Purpose, Channel: c.Channel, Territory: c.Territory, At: c.at(now), Shows: []authz.Shows{"name"}},
		Identity:   authz.Identity{By: "text"},
		Subjects:   map[authz.SubjectID]authz.Subject{},
		Notices:    map[string]authz.Notice{},
		PreparedBy: c.By,
		Claim:      authz.Claim{Basis: 1},
		KnownAt:    now,
	}
	if it.Finding.Kind == redact.Face {
		f.Use.Shows = []authz.Shows{"portrait"}
	}
	it.Answer = c.answerTo(it)
	switch {
	case it.Finding.Kind == redact.Drawn || it.Answer != nil && it.Answer.Action == HideIt:
		f.DrawnHide = true
	case it.Answer != nil && it.Answer.Action == Identify:
		f.Identity.By = "person"
		f.Identity.Confirmed = it.Answer.Subject
		f.Identity.Candidates = []authz.Candidate{{Subject: it.Answer.Subject, Score: 1}}
	case it.Finding.Region.IsText() && judgeable(it.Finding.Kind):
		ms, err := d.Registry.Match(ctx, sighting(it.Finding))
		if err != nil {
			return fmt.Errorf("match: %w", err)
		}
		f.Identity.Candidates = ms
	}
	it.Candidates = f.Identity.Candidates
	if !judgeable(it.Finding.Kind) && !f.DrawnHide {
		// A number or an address is nobody's name: no consent record lists it.
		it.Decision = authz.Decision{Verdict: authz.Hide, Reason: "kind-not-listed"}
		return nil
	}
	if err := d.gather(ctx, &f, it.Finding.Text); err != nil {
		return err
	}
	it.Decision = d.Policy.Decide(f)
	if it.Decision.Verdict == authz.Ask && c.HideUnsure {
		it.Decision.Verdict = authz.Hide
	}
	if it.Answer != nil && it.Answer.Action == Clear && len(it.Candidates) == 0 && it.Finding.Tier == redact.Review {
		it.Exempt = ExemptCleared
	}
	return nil
}

// gather puts the records of every candidate into the facts, and says which
// form of an organisation's name was used.
func (d *Desk) gather(ctx context.Context, f *authz.Facts, text string) error {
	for _, m := range f.Identity.Candidates {
		s, err := d.Registry.Subject(ctx, m.Subject)
		if err != nil {
			return fmt.Errorf("subject %s: %w", m.Subject, err)
		}
		f.Subjects[s.ID] = s
		if s.Kind == authz.Organisation {
			f.Use.Form = formOf(s, text)
		}
		cs, err := d.Registry.Consents(ctx, m.Subject)
		if err != nil {
			return fmt.Errorf("consents of %s: %w", m.Subject, err)
		}
		f.Consents = append(f.Consents, cs...)
		for _, c := range cs {
			if c.Notice == "" {
				continue
			}
			n, err := d.Registry.Notice(ctx, c.Notice)
			if err != nil {
				continue // a consent whose notice is lost is judged as one without
			}
			f.Notices[c.Notice] = n
		}
	}
	return nil
}

// formOf tells the full name of an organisation from its other names.
func formOf(s authz.Subject, text string) string {
	for _, n := range s.Names {
		if (n.Use == "" || n.Use == "legal" || n.Use == "english") && fold(n.Text) == fold(text) {
			return "full"
		}
	}
	return "short"
}

// hideWins hides a shown text that a hidden one overlaps.
func hideWins(p *Plan) {
	for i := range p.Items {
		a := &p.Items[i]
		if a.Hidden() || !a.Finding.Region.IsText() {
			continue
		}
		for j := range p.Items {
			b := &p.Items[j]
			if b.Asset != a.Asset || !b.Hidden() || !b.Finding.Region.IsText() || !a.Finding.Region.Same(b.Finding.Region) {
				continue
			}
			if a.Finding.Region.Start < b.Finding.Region.End && b.Finding.Region.Start < a.Finding.Region.End {
				a.Exempt = ""
				a.Decision = authz.Decision{Verdict: authz.Hide, Reason: "overlap", Subject: a.Decision.Subject}
				break
			}
		}
	}
}

// label gives every text item its subject's key and label. Letters go by first
// appearance over all subjects, shown ones too, so that a withdrawal does not
// rename the others.
func (p *Plan) label() {
	longest := p.longForms()
	book := redact.NewBook()
	for i := range p.Items {
		it := &p.Items[i]
		f := it.Finding
		it.Kind = f.Kind
		if !f.Region.IsText() {
			continue
		}
		switch {
		case it.Decision.Subject != "":
			it.Entity = string(it.Decision.Subject)
		case len(it.Candidates) == 1:
			it.Entity = string(it.Candidates[0].Subject)
		default:
			it.Entity = fold(f.Text)
			if l, ok := longest[it.Entity]; ok {
				it.Entity, it.Kind = fold(l.text), l.kind
			}
		}
		n := 0
		if it.Kind == redact.Person || it.Kind == redact.Organisation {
			n = book.Index(it.Kind, it.Entity)
		}
		it.Label = redact.Label(it.Kind, n, p.langAt(it))
	}
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
	out := map[string]named{}
	for short, n := range names {
		if len([]rune(short)) < 3 {
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
	for _, page := range p.pages[it.Asset] {
		if page.Part != r.Part || page.Index != r.Page {
			continue
		}
		for _, s := range page.Spans {
			if s.ID == r.Span {
				return redact.LangOf(line([]rune(s.Text), r.Start-s.Offset, r.End-s.Offset))
			}
		}
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
