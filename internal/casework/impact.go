package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// A Cause is why a package owes an impact assessment (PIPL 55).
type Cause string

// The causes.
const (
	CauseSensitive Cause = "sensitive" // sensitive information stays: of a kind, or of a child (PIPL 28)
	CauseFaces     Cause = "faces"     // faces were compared with templates, which is biometric
	CausePublish   Cause = "publish"   // something of a person stays: it is made public
	CausePseudonym Cause = "pseudonym" // de-identified, and so still personal information
	CausePartner   Cause = "partner"   // a partner collected it, or gets it
	CauseAbroad    Cause = "abroad"    // it goes beyond the mainland
)

// impactBucket is where judgements are kept, each under its case's id.
const impactBucket = "impact"

var (
	// ErrUnassessed is returned where something must not be done before somebody
	// assessed its impact.
	ErrUnassessed = errors.New("its impact has to be assessed first")
	// ErrJudgement is wrapped where a judgement lacks something or says too much.
	ErrJudgement = errors.New("an assessment that cannot be kept")
)

// The risks that a judgement may rate, in the order of the sheet, and in which words.
var (
	Risks = []string{"recognition", "sensitive", "inference", "repost", "leak"}
	Rates = []string{"low", "medium", "high"}
)

// A Rating is one of Rates twice.
type Rating struct {
	Likelihood string `json:"likelihood"`
	Severity   string `json:"severity"`
}

// A Judgement is what only people can say of a case's impact: the three contents of
// PIPL 56, and what risk is left. It holds for what was shown when it was made.
type Judgement struct {
	ID        string            `json:"id"`
	Necessity string            `json:"necessity"` // why, and whether less would do
	Effect    string            `json:"effect"`    // on those concerned
	Measures  string            `json:"measures"`  // and whether they fit the risk
	Remaining string            `json:"remaining"` // risk
	Risks     map[string]Rating `json:"risks,omitempty"`
	By        string            `json:"by"`
	At        time.Time         `json:"at"`
	Of        redact.Digest     `json:"of"` // of the facts it was made on
}

// Concerned is a person of whom something stays, and by which records.
type Concerned struct {
	Subject  authz.SubjectID   `json:"subject"`
	Name     string            `json:"name"`
	Shows    []redact.Kind     `json:"shows"`
	Consents []authz.ConsentID `json:"consents,omitempty"`
	Grounds  []string          `json:"grounds,omitempty"`
	Until    time.Time         `json:"until,omitzero"` // the earliest end among the consents, exclusive
	Notices  []string          `json:"notices,omitempty"`
	Child    bool              `json:"child,omitempty"`
}

// An Impact is what the program itself knows of a package's impact on people, and
// what somebody judged of it.
type Impact struct {
	Causes    []Cause     `json:"causes"` // none: no assessment is owed
	People    []Concerned `json:"people"` // of whom something stays, by appearance
	Hidden    int         `json:"hidden"` // places
	Sensitive int         `json:"hidden_sensitive"`
	Judgement *Judgement  `json:"judgement,omitempty"`
	Outdated  bool        `json:"outdated,omitempty"` // a judgement was made on other facts, and does not count

	facts redact.Digest
}

// Owed reports whether PIPL 55 asks for an assessment.
func (i Impact) Owed() bool { return len(i.Causes) > 0 }

// MaySign is an error that wraps ErrUnassessed where the program itself would do
// what has to be assessed before: write sensitive information out.
func (i Impact) MaySign() error {
	if slices.Contains(i.Causes, CauseSensitive) && i.Judgement == nil {
		return fmt.Errorf("sensitive information stays in this package: %w", ErrUnassessed)
	}
	return nil
}

// MayProvide is an error that wraps ErrUnassessed where a package must not be handed
// to anybody yet.
func (i Impact) MayProvide() error {
	if i.Owed() && i.Judgement == nil {
		return fmt.Errorf("this package tells of people and would be handed to somebody: %w", ErrUnassessed)
	}
	return nil
}

// Impact says what of people a plan leaves, why an assessment is owed, and what
// was judged of just that.
func (d *Desk) Impact(ctx context.Context, p *Plan) (Impact, error) {
	i := Impact{}
	at := map[authz.SubjectID]int{}
	consents := map[authz.ConsentID]bool{}
	causes := map[Cause]bool{CauseFaces: p.compared, CausePseudonym: p.Case.Mode == Pseudonymise && p.hidesPeople()}
	for k := range p.Items {
		it := &p.Items[k]
		if it.Hidden() {
			i.Hidden++
			if it.Sensitivity == redact.Sensitive {
				i.Sensitive++
			}
			continue
		}
		id := it.Decision.Subject
		if it.Exempt != "" || id == "" {
			continue // a reviewer or the allow-list said that it tells of nobody
		}
		if _, ok := at[id]; !ok {
			s, err := d.Registry.Subject(ctx, id)
			if err != nil {
				return i, fmt.Errorf("subject %s: %w", id, err)
			}
			n := len(i.People)
			at[id] = n
			i.People = append(i.People, Concerned{Subject: id, Name: s.Title(), Child: child(s)})
			if s.Kind != authz.Person {
				i.People = i.People[:n] // a company is no person
				at[id] = -1
			}
		}
		n := at[id]
		if n < 0 {
			continue
		}
		who := &i.People[n]
		who.Shows = with(who.Shows, it.Holds())
		who.Grounds = with(who.Grounds, it.Decision.Ground)
		causes[CausePublish] = true
		causes[CauseSensitive] = causes[CauseSensitive] || who.Child || it.Sensitivity == redact.Sensitive
		for _, c := range it.Decision.Consents {
			if consents[c] {
				continue
			}
			consents[c] = true
			k, err := d.Registry.Consent(ctx, c)
			if err != nil {
				return i, err
			}
			who.Consents, who.Notices = with(who.Consents, c), with(who.Notices, k.NoticeSHA256)
			if !k.Until.IsZero() && (who.Until.IsZero() || k.Until.Before(who.Until)) {
				who.Until = k.Until
			}
			causes[CausePartner] = causes[CausePartner] || k.CollectedBy != "us" || len(k.Recipients) > 0
		}
	}
	causes[CauseAbroad] = causes[CausePublish] && p.Case.Territory != "CN"
	for _, c := range []Cause{CauseSensitive, CauseFaces, CausePublish, CausePseudonym, CausePartner, CauseAbroad} {
		if causes[c] {
			i.Causes = append(i.Causes, c)
		}
	}
	c := p.Case
	i.facts = redact.Digest(resultKey("impact", c.Purpose, c.Channel, c.Territory, c.Mode, i.Causes, i.People))
	j, err := d.judgement(ctx, c.ID)
	if err != nil || j == nil {
		return i, err
	}
	if j.Of != i.facts {
		i.Outdated = true
		return i, nil
	}
	i.Judgement = j
	return i, p.namesNobody(*j)
}

// hidesPeople reports whether a person stands under another name.
func (p *Plan) hidesPeople() bool {
	return slices.ContainsFunc(p.Items, func(it Item) bool { return it.Hidden() && it.Kind == redact.Person && it.Finding.Region.IsText() })
}

// child reports whether a person may be under fourteen: all information of theirs
// is sensitive (PIPL 28, 31).
func child(s authz.Subject) bool {
	return s.Age == "under-14" || s.Age == "under-10" || s.Age == "unclear"
}

func with[T cmp.Ordered](list []T, v T) []T {
	var zero T
	if v == zero || slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// Judge keeps what somebody says of the impact of what a plan leaves, in the place
// of what was said before.
func (d *Desk) Judge(ctx context.Context, p *Plan, j Judgement) error {
	for _, s := range []string{j.Necessity, j.Effect, j.Measures, j.Remaining, j.By} {
		if strings.TrimSpace(s) == "" {
			return fmt.Errorf("%w: it says why the information is needed, what it does to people, which measures there are, what risk remains, and who says so", ErrJudgement)
		}
	}
	for name, r := range j.Risks {
		if !slices.Contains(Risks, name) || !slices.Contains(Rates, r.Likelihood) || !slices.Contains(Rates, r.Severity) {
			return fmt.Errorf("%w: a risk is one of %s, its likelihood and severity one of %s", ErrJudgement, strings.Join(Risks, ", "), strings.Join(Rates, ", "))
		}
	}
	if err := p.namesNobody(j); err != nil {
		return err
	}
	i, err := d.Impact(ctx, p)
	if err != nil {
		return err
	}
	j.ID, j.At, j.Of = strings.Replace(NewID(), "C-", "A-", 1), d.now(), i.facts
	b, err := json.Marshal(j)
	if err != nil {
		return err
	}
	e, err := json.Marshal(Entry{Operation: "store", Action: "assessment.keep", ID: j.ID, Case: p.Case.ID, At: j.At.UTC()})
	if err != nil {
		return err
	}
	if _, err := d.Ledger.Append(ctx, e); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	if err := d.Archive.PutDoc(ctx, impactBucket, p.Case.ID, b); err != nil {
		return fmt.Errorf("keep the assessment: %w", err)
	}
	return nil
}

// namesNobody looks for who is hidden in what a judgement says: it goes into the
// package.
func (p *Plan) namesNobody(j Judgement) error {
	said := fold(strings.Join([]string{j.Necessity, j.Effect, j.Measures, j.Remaining, j.By}, "\n"))
	var kept []string
	for _, it := range p.Items {
		if !it.Hidden() && it.Finding.Text != "" {
			kept = append(kept, fold(it.Finding.Text))
		}
	}
	for _, it := range p.Items {
		if name := fold(it.Finding.Text); it.Hidden() && !it.anywhere() && len([]rune(name)) > 1 && containsName(said, name, kept) {
			return fmt.Errorf("%w: its words hold what is hidden in the case (%s)", ErrJudgement, it.Kind)
		}
	}
	return nil
}

func (d *Desk) judgement(ctx context.Context, id string) (*Judgement, error) {
	ids, err := d.Archive.Docs(ctx, impactBucket)
	if err != nil {
		return nil, fmt.Errorf("assessments: %w", err)
	}
	if !slices.Contains(ids, id) {
		return nil, nil
	}
	b, err := d.Archive.Doc(ctx, impactBucket, id)
	if err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	j := &Judgement{}
	if err := json.Unmarshal(b, j); err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	return j, nil
}

// AssessmentReport is what a package says of its assessment.
type AssessmentReport struct {
	Causes []Cause       `json:"causes,omitempty"` // none: none is owed
	ID     string        `json:"id,omitempty"`     // empty: not assessed
	By     string        `json:"by,omitempty"`
	At     time.Time     `json:"at,omitzero"`
	Sheet  redact.Digest `json:"sheet_sha256,omitzero"` // of assessment.pdf
}

// Missing reports whether an assessment is owed that nobody made.
func (a AssessmentReport) Missing() bool { return len(a.Causes) > 0 && a.ID == "" }

// assess makes the sheet of a release that is about to be signed.
func (d *Desk) assess(ctx context.Context, r *Release, p *Plan) error {
	i, err := d.Impact(ctx, p)
	if err != nil {
		return err
	}
	if err := i.MaySign(); err != nil {
		return err
	}
	r.assessment = AssessmentReport{Causes: i.Causes}
	if j := i.Judgement; j != nil {
		r.assessment.ID, r.assessment.By, r.assessment.At = j.ID, j.By, j.At
	}
	if d.Assessor == nil {
		return nil
	}
	rep, err := d.Report(ctx, r)
	if err != nil {
		return err
	}
	if r.sheet, err = d.Assessor.Sheet(rep, i); err != nil {
		return fmt.Errorf("make the assessment: %w", err)
	}
	r.Assessment = redact.Sum(r.sheet)
	r.assessment.Sheet = r.Assessment
	return nil
}
