package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// Report is what a package says of itself, for people (PDF) and programs
// (JSON). It names shown subjects only: a hidden one is its label and its places.
type Report struct {
	Schema    string            `json:"schema"` // consentry.report/1
	Tool      string            `json:"tool"`
	Case      string            `json:"case"`
	Title     string            `json:"title,omitempty"`
	Release   *Release          `json:"release,omitempty"`
	Purpose   authz.Purpose     `json:"purpose"`
	Channel   authz.Channel     `json:"channel"`
	Territory authz.Territory   `json:"territory"`
	On        time.Time         `json:"on"`
	Mode      Mode              `json:"mode"`
	Style     redact.Method     `json:"style"`
	Cover     Cover             `json:"cover,omitempty"`
	Look      Look              `json:"look,omitempty"`
	By        string            `json:"prepared_by"`
	Made      time.Time         `json:"made"`
	RulePack  string            `json:"rule_pack"`
	Models    []Model           `json:"models"`
	Attacks   []string          `json:"attacks"`
	Assets    []AssetReport     `json:"assets"`
	Refused   []Refusal         `json:"refused,omitempty"`
	Subjects  []SubjectReport   `json:"subjects"`
	Findings  []FindingReport   `json:"findings"`
	Allowed   []authz.Allowance `json:"allowed,omitempty"` // allow-list entries used
	Cleared   []Clearance       `json:"cleared,omitempty"` // what a reviewer let stay
	Clues     []ClueReport      `json:"clues,omitempty"`   // what stays and may still tell whom it is about
	// Assessment is that of the package's impact on people (PIPL 55, 56).
	Assessment AssessmentReport `json:"assessment"`
}

// ClueReport is a place that stays visible and may still tell whom the text is
// about, the surest first.
type ClueReport struct {
	Asset  string       `json:"asset"` // AssetReport.Name
	Place  Place        `json:"place"`
	Class  string       `json:"class"`
	Weight float64      `json:"weight"`
	Why    redact.Words `json:"why"`
}

// Clearance is a place that stays because a person found that it shows or names
// nobody. Where a detector was sure of it there is a reason.
type Clearance struct {
	Asset  string      `json:"asset"` // AssetReport.Name
	Place  Place       `json:"place"`
	Kind   redact.Kind `json:"kind"`
	Tier   redact.Tier `json:"tier"`
	By     string      `json:"by"`
	Reason string      `json:"reason,omitempty"`
	At     time.Time   `json:"at"`
}

// AssetReport is one input and its output.
type AssetReport struct {
	Name    string        `json:"name"`             // with what is hidden in it replaced
	Output  string        `json:"output,omitempty"` // under files/
	Type    string        `json:"type"`
	As      string        `json:"output_type,omitempty"` // where it was written in another
	Source  redact.Digest `json:"source_sha256"`
	Written redact.Digest `json:"output_sha256,omitzero"`
	Style   redact.Method `json:"style"`
	// Stronger is how many regions an attack forced to be hidden more strongly
	// than by the style.
	Stronger int           `json:"stronger,omitempty"`
	Notes    []redact.Note `json:"notes,omitempty"` // what was done to the file beside what was ordered
	Hidden   int           `json:"hidden"`
	Shown    int           `json:"shown"`
	Proved   bool          `json:"proved"`          // every attack was withstood
	Error    string        `json:"error,omitempty"` // why it is not in the package
}

// SubjectReport is one person, company or kind of thing, with the decision.
type SubjectReport struct {
	Name     string            `json:"name"` // of a shown subject; else its label
	Kind     redact.Kind       `json:"kind"`
	Verdict  authz.Verdict     `json:"verdict"`
	Exempt   string            `json:"exempt,omitempty"`
	Reason   string            `json:"reason"`
	Why      map[string]string `json:"why"`      // zh, en
	Articles map[string]string `json:"articles"` // zh, en
	Consents []ConsentReport   `json:"consents,omitempty"`
	Places   int               `json:"places"`
	// Sensitivity is that of the kind.
	Sensitivity redact.Sensitivity `json:"sensitivity"`
	KindName    redact.Words       `json:"kind_name"`
}

// ConsentReport is the record a showing leans on.
type ConsentReport struct {
	ID     authz.ConsentID `json:"id"`
	Notice string          `json:"notice_sha256"`
	Until  time.Time       `json:"until,omitzero"` // exclusive
}

// Place says where in the source something stood: a line, or a box in pixels.
// The length of a removed text is not told.
type Place struct {
	Part string `json:"part,omitempty"`
	Page int    `json:"page"`
	Line int    `json:"line,omitempty"` // from 1
	Box  []int  `json:"box,omitempty"`  // x, y, width, height
}

// FindingReport is one place. The text is never in it.
type FindingReport struct {
	Asset   string        `json:"asset"` // AssetReport.Name
	Place   Place         `json:"place"`
	Kind    redact.Kind   `json:"kind"`
	Tier    redact.Tier   `json:"tier"`
	Score   float64       `json:"score"`
	By      string        `json:"by"`
	Why     string        `json:"why"`
	Verdict authz.Verdict `json:"verdict"`
	Exempt  string        `json:"exempt,omitempty"`
	Reason  string        `json:"reason"`
	Label   string        `json:"label,omitempty"`
	Decided string        `json:"decided"`          // policy, or the reviewer's action
	Holds   redact.Kind   `json:"holds,omitempty"`  // drawn: what it was said to hold
	Moved   bool          `json:"moved,omitempty"`  // a reviewer put the box there
	Person  bool          `json:"person,omitempty"` // the whole person is hidden with the face
	Form    Form          `json:"form,omitempty"`   // a reviewer chose how it is hidden
	// Match is why a shown face was taken for its subject, where no reviewer said
	// so.
	Match *Likely `json:"match,omitempty"`
}

// Hidden counts the places hidden.
func (r Report) Hidden() int { return r.count(func(f FindingReport) bool { return f.hidden() }) }

// Shown counts the places that stay.
func (r Report) Shown() int { return len(r.Findings) - r.Hidden() }

func (f FindingReport) hidden() bool { return f.Exempt == "" && f.Verdict != authz.Show }

func (r Report) count(ok func(FindingReport) bool) (n int) {
	for _, f := range r.Findings {
		if ok(f) {
			n++
		}
	}
	return n
}

// Report tells what was found, decided and proved.
func (d *Desk) Report(ctx context.Context, r *Release) (Report, error) {
	if r == nil || r.proof == nil {
		return Report{}, ErrUnproved
	}
	return d.report(ctx, r.proof, r, r.At)
}

// report is a proved package's; r is nil while nobody signed it.
func (d *Desk) report(ctx context.Context, proof *Proof, r *Release, at time.Time) (Report, error) {
	e := proof.edition
	p := e.plan
	c := p.Case
	rep := Report{
		Schema: "consentry.report/1", Tool: d.Tool, Case: c.ID, Title: c.Title, Release: r,
		Purpose: c.Purpose, Channel: c.Channel, Territory: c.Territory, On: c.at(at), Mode: c.Mode, Style: c.Style, Cover: c.Cover, Look: c.Look,
		By: c.By, Made: at, RulePack: d.RulePack, Models: d.Models, Attacks: proof.attacks,
	}
	if r != nil {
		rep.Assessment = r.assessment
	}
	names := p.outputNames()
	written := map[int]edited{}
	for _, f := range e.files {
		written[f.asset] = f
	}
	for i, a := range c.Assets {
		ar := AssetReport{Name: names[i], Type: a.Type, Source: a.Digest, Style: c.Style}
		if f, ok := written[i]; ok {
			ar.Output, ar.Written, ar.Proved, ar.Stronger = f.name, f.written.Digest, true, len(f.Firmer)
			ar.Notes = f.notes
			ar.Hidden += len(f.Extra)
			if f.written.Type != a.Type {
				ar.As = f.written.Type
			}
		} else {
			ar.Error = Hint(p.Assets[i].Err)
		}
		for _, it := range p.Items {
			if it.Asset == i && it.Hidden() {
				ar.Hidden++
			} else if it.Asset == i {
				ar.Shown++
			}
		}
		rep.Assets = append(rep.Assets, ar)
	}
	// A refused file's own name may name someone, and nobody could look inside.
	for i, f := range c.Refused {
		rep.Refused = append(rep.Refused, Refusal{Name: fmt.Sprintf("#%d", i+1), Reason: f.Reason})
	}
	seen := map[string]int{}
	for i := range p.Items {
		it := &p.Items[i]
		f := p.findingReport(it, names[it.Asset])
		rep.Findings = append(rep.Findings, f)
		if it.Exempt == ExemptCleared {
			rep.Cleared = append(rep.Cleared, Clearance{f.Asset, f.Place, f.Kind, f.Tier, it.Answer.By, it.Answer.Reason, it.Answer.At})
		}
		who := it.Entity
		if it.Hidden() {
			who = it.Label
		}
		key := fmt.Sprint(it.Kind, who, it.Hidden(), it.Exempt, it.Decision.Reason, it.Decision.Subject)
		n, ok := seen[key]
		if !ok {
			s, err := d.subjectReport(ctx, p, it)
			if err != nil {
				return rep, err
			}
			n = len(rep.Subjects)
			seen[key] = n
			rep.Subjects = append(rep.Subjects, s)
		}
		rep.Subjects[n].Places++
	}
	// What stays comes first: it is what the reader has to vouch for.
	slices.SortStableFunc(rep.Subjects, func(a, b SubjectReport) int { return cmp.Compare(a.rank(), b.rank()) })
	clues, err := d.Clues(ctx, p)
	if err != nil {
		return rep, err
	}
	for _, c := range clues {
		rep.Clues = append(rep.Clues, ClueReport{names[c.Asset], p.placeOf(c.Asset, c.Region), c.Class, c.Weight, c.Why})
	}
	return rep, d.reportAllowed(ctx, p, &rep)
}

func (s SubjectReport) rank() int {
	switch {
	case s.Exempt != "":
		return 1
	case s.Verdict == authz.Show:
		return 0
	}
	return 2
}
