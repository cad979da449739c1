package casework

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
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
	Likely     []Likely // faces: whom the recogniser takes it for
	Group      string   // faces: the group of unknown ones it is in; see Plan.Groups
	Decision   authz.Decision
	Exempt     string      // not empty: stays, and why
	Answer     *Answer     // the reviewer's, if there is one
	Entity     string      // the subject's key in the case: the same for all its mentions
	Kind       redact.Kind // the subject's, which may be better known elsewhere in the case
	Label      string      // what stands there instead
	// Sensitivity is that of what it holds.
	Sensitivity redact.Sensitivity
	// RestOf is set where a reviewer moved a found box away: this is the place
	// where the item of that id was found. It stays hidden until it is cleared.
	RestOf string

	holds redact.Kind     // drawn: what it holds
	cover Cover           // a reviewer's, for this face
	form  Form            // a reviewer's, for this box
	found *redact.Finding // a moved box as it was found; never written to
	asked int             // the number, from 1, of the answer that asked to find it everywhere
}

// Hidden reports whether the item is removed from the output. Ask hides too: an
// open question never shows.
func (it Item) Hidden() bool { return it.Exempt == "" && it.Decision.Verdict != authz.Show }

// Asks reports whether a person has to decide first.
func (it Item) Asks() bool { return it.Exempt == "" && it.Decision.Verdict == authz.Ask }

// Info describes a kind, those of the owner's own too.
func (p *Plan) Info(k redact.Kind) redact.KindInfo {
	if i, ok := p.kinds[k]; ok {
		return i
	}
	return k.Info()
}

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
	if p.known, err = d.known(ctx, now); err != nil {
		return err
	}
	for i := range p.Items {
		it := &p.Items[i]
		it.Exempt, it.Answer, it.Candidates = "", nil, nil
		it.Sensitivity = p.Info(it.Holds()).Sensitivity
		if err := d.decide(ctx, p, p.Case, it, now); err != nil {
			return err
		}
		nobody := len(it.Candidates) == 0 && it.Answer == nil
		if nobody && it.Finding.Region.IsText() && allow[fold(it.Finding.Text)] {
			it.Exempt = ExemptAllowed
		}
	}
	if err := d.decideDetails(ctx, p, now); err != nil {
		return err
	}
	hideWins(p)
	p.subjects()
	if err := d.ownForms(ctx, p, now); err != nil {
		return err
	}
	if err := d.pseudonymise(ctx, p); err != nil {
		return err
	}
	p.label()
	return nil
}

// judgeable findings are those whose subject the registry may know.
func judgeable(f redact.Finding) bool {
	switch f.Kind {
	case redact.Logo:
		return f.Ref != ""
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

func (d *Desk) decide(ctx context.Context, p *Plan, c *Case, it *Item, now time.Time) error {
	f := authz.Facts{
		Use:        authz.Use{Purpose: c.Purpose, Channel: c.Channel, Territory: c.Territory, At: c.at(now), Shows: []authz.Shows{"name"}},
		Identity:   authz.Identity{By: "text"},
		Subjects:   map[authz.SubjectID]authz.Subject{},
		Notices:    map[string]authz.Notice{},
		PreparedBy: c.By,
		Claim:      authz.Claim{Basis: 1},
		Case:       c.ID,
		KnownAt:    p.known,
	}
	switch it.Holds() {
	case redact.Face:
		f.Use.Shows = []authz.Shows{"portrait"}
	case redact.Logo:
		f.Use.Shows = []authz.Shows{"logo"}
	}
	it.Answer = c.answerTo(it)
	identified := it.Answer != nil && it.Answer.Action == Identify
	switch {
	case it.Answer != nil && (it.Answer.Action == HideIt || it.Answer.Action == FindAll), (it.IsDrawn() || it.strayed()) && !identified:
		f.DrawnHide = true
	case identified:
		f.Identity.By = "person"
		f.Identity.Confirmed = it.Answer.Subject
		f.Identity.Candidates = []authz.Candidate{{Subject: it.Answer.Subject, Score: 1}}
	case it.Finding.Region.IsText() && judgeable(it.Finding):
		ms, err := d.candidatesFor(ctx, p, it)
		if err != nil {
			return err
		}
		f.Identity.Candidates = ms
	// What was recognised was recognised where the face was found.
	case it.Finding.Kind == redact.Face && len(it.Likely) > 0 && !it.Moved() && it.RestOf == "":
		f.Identity.By = "face"
		f.Identity.Candidates = candidates(it.Likely)
	case it.Finding.Kind == redact.Logo && it.Finding.Ref != "":
		f.Identity.Candidates = []authz.Candidate{{Subject: authz.SubjectID(it.Finding.Ref), Score: 1}}
	}
	it.Candidates = f.Identity.Candidates
	if !it.Identifiable() && !f.DrawnHide {
		// A number or an address is nobody's name: no consent record lists it.
		it.Decision = authz.Decision{Verdict: authz.Hide, Reason: "kind-not-listed"}
		if it.Sensitivity == redact.Sensitive {
			it.Decision.Reason = "sensitive-no-separate"
		}
		it.exempt()
		return nil
	}
	if err := d.gather(ctx, &f, it.Finding.Text); err != nil {
		return err
	}
	it.Decision = d.Policy.Decide(f)
	if it.Decision.Verdict == authz.Ask && c.HideUnsure {
		it.Decision.Verdict = authz.Hide
	}
	it.exempt()
	return nil
}

// exempt keeps what a reviewer cleared, where that is the reviewer's to say.
func (it *Item) exempt() {
	if it.Answer != nil && it.Answer.Action == Clear && len(it.Candidates) == 0 && (it.Finding.Tier == redact.Review || it.clearedSure()) {
		it.Exempt = ExemptCleared
	}
}

// gather puts the records of every candidate into the facts, and says which
// form of an organisation's name was used.
func (d *Desk) gather(ctx context.Context, f *authz.Facts, text string) error {
	for _, m := range f.Identity.Candidates {
		if err := Gather(ctx, d.Registry, f, m.Subject); err != nil {
			return err
		}
		if s := f.Subjects[m.Subject]; s.Kind == authz.Organisation {
			f.Use.Form = formOf(s, text)
		}
	}
	return nil
}

// Gather puts a subject, its consents, their notices and its grounds into the facts. Who is
// not registered any more adds nothing, and is then nobody.
func Gather(ctx context.Context, r authz.Registry, f *authz.Facts, id authz.SubjectID) error {
	s, err := r.Subject(ctx, id)
	if errors.Is(err, authz.ErrUnknown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("subject %s: %w", id, err)
	}
	cs, err := r.Consents(ctx, id)
	if err != nil {
		return fmt.Errorf("consents of %s: %w", id, err)
	}
	gs, err := r.Grounds(ctx, id)
	if err != nil {
		return fmt.Errorf("grounds of %s: %w", id, err)
	}
	f.Subjects[id] = s
	f.Consents = append(f.Consents, cs...)
	f.Grounds = append(f.Grounds, gs...)
	for _, c := range cs {
		if _, known := f.Notices[c.Notice]; known || c.Notice == "" {
			continue
		}
		n, err := r.Notice(ctx, c.Notice)
		if err != nil {
			continue // a consent whose notice is lost is judged as one without
		}
		f.Notices[c.Notice] = n
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
	type place struct {
		asset int
		part  string
		page  int
	}
	at := func(it *Item) place { return place{it.Asset, it.Finding.Region.Part, it.Finding.Region.Page} }
	hidden := map[place][][2]int{}
	for i := range p.Items {
		if it := &p.Items[i]; it.Hidden() && it.Finding.Region.IsText() {
			hidden[at(it)] = append(hidden[at(it)], [2]int{it.Finding.Region.Start, it.Finding.Region.End})
		}
	}
	for k, runs := range hidden { // joined where they touch, so that they can be searched
		slices.SortFunc(runs, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
		out := runs[:0]
		for _, r := range runs {
			if n := len(out); n > 0 && r[0] < out[n-1][1] {
				out[n-1][1] = max(out[n-1][1], r[1])
			} else {
				out = append(out, r)
			}
		}
		hidden[k] = out
	}
	// What is hidden by this hides in its turn what it overlaps itself.
	for changed := true; changed; {
		changed = false
		for i := range p.Items {
			it := &p.Items[i]
			if it.Hidden() || !it.Finding.Region.IsText() {
				continue
			}
			r, runs := it.Finding.Region, hidden[at(it)]
			n, _ := slices.BinarySearchFunc(runs, r.Start, func(run [2]int, start int) int { return cmp.Compare(run[1], start+1) })
			if n < len(runs) && runs[n][0] < r.End {
				it.Exempt = ""
				it.Decision = authz.Decision{Verdict: authz.Hide, Reason: "overlap", Subject: it.Decision.Subject}
				runs[n][0], runs[n][1] = min(runs[n][0], r.Start), max(runs[n][1], r.End)
				for n+1 < len(runs) && runs[n+1][0] < runs[n][1] {
					runs[n][1] = max(runs[n][1], runs[n+1][1])
					runs = slices.Delete(runs, n+1, n+2)
				}
				hidden[at(it)] = runs
				changed = true
			}
		}
	}
}
