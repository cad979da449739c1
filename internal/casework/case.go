package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"slices"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// Mode tells anonymised output from de-identified output. The two never share a
// name: anonymised output keeps no key and no mapping (PIPL 73(4)).
type Mode string

// The modes.
const (
	Anonymise    Mode = "anonymise"
	Pseudonymise Mode = "pseudonymise" // the mapping is kept, encrypted, in the vault
)

// A Look is how closely pictures are looked at for faces.
type Look string

// The looks.
const (
	Normal      Look = ""
	Fast        Look = "fast" // for previews: what it plans is not exported
	Thorough    Look = "thorough"
	MissNothing Look = "miss-nothing" // every doubt hides; slow, and much is hidden that is no face
)

// A Case is the material and the use it is wanted for.
type Case struct {
	ID        string          `json:"id"`
	Title     string          `json:"title,omitempty"`
	Created   time.Time       `json:"created"`
	By        string          `json:"by"` // who prepares it
	Purpose   authz.Purpose   `json:"purpose"`
	Channel   authz.Channel   `json:"channel"`
	Territory authz.Territory `json:"territory"`
	// On is the day of publication; its last instant is decided on. Zero: the
	// moment of each decision.
	On         time.Time     `json:"on,omitzero"`
	Mode       Mode          `json:"mode"`
	Style      redact.Method `json:"style"`
	Cover      Cover         `json:"cover,omitempty"` // how much is hidden with a face
	HideUnsure bool          `json:"hide_unsure,omitempty"`
	// Generalise puts a general form (a company's trade, a post's function, half a
	// year) in the place of a letter where there is one.
	Generalise bool      `json:"generalise,omitempty"`
	Look       Look      `json:"look,omitempty"`
	Writing    Writing   `json:"writing,omitzero"`
	Changed    time.Time `json:"changed,omitzero"` // when its options were changed last, or files added
	Out        string    `json:"out,omitempty"`    // the package's folder, absolute; never taken in as input
	Assets     []Asset   `json:"assets"`
	Refused    []Refusal `json:"refused,omitempty"`
	Answers    []Answer  `json:"answers,omitempty"`
	// Handovers are its ways to whoever signs and back, in order.
	Handovers []Handover `json:"handovers,omitempty"`
	// Tally is what was last counted, so that a list of cases needs no scan.
	Tally Tally `json:"tally,omitzero"`
	// Undone is what was taken back and may be given again, the last one last; the
	// next new answer forgets it.
	Undone [][]Answer `json:"undone,omitempty"`
}

// An Asset is one input file and where its original lies. Originals are read,
// never written.
type Asset struct {
	redact.Asset
	Path  string `json:"path"`            // absolute
	Entry string `json:"entry,omitempty"` // of a file in the zip file at Path: its name there
}

// A Refusal is an input that could not be taken in: it is named and never
// exported.
type Refusal struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
	// Code says the same for programs: type, empty, password, large, damaged,
	// irregular, permission, gone, package; empty for anything else.
	Code string `json:"code,omitempty"`
}

// Action is what a reviewer does with a finding.
type Action string

// The actions. There is none that shows: a reviewer says who it is, and only a
// consent shows.
const (
	Identify Action = "identify" // it is this subject
	HideIt   Action = "hide"     // hide it whatever the registry says
	Clear    Action = "clear"    // it names or shows nobody; with a reason where a detector was sure
	Draw     Action = "draw"     // hide this region too
	Move     Action = "move"     // its box stands there; where it was found stays hidden
	Delete   Action = "delete"   // take a drawn region back; for a found one the same as clear
	CoverIt  Action = "cover"    // how much is hidden with this face
	FormIt   Action = "form"     // how this box is hidden, instead of the case's style
	FindAll  Action = "find"     // hide this text wherever it stands, in every form
	Phrase   Action = "phrase"   // what stands instead of the subject, in the whole case
	LookedAt Action = "looked"   // this page was looked through for what was missed
	NoteIt   Action = "note"     // a remark for those who review; decides nothing and is in no report
)

// An Answer is one decision of a reviewer. Answers are kept in order; undo takes
// the last one back.
type Answer struct {
	Action  Action          `json:"action"`
	Item    string          `json:"item,omitempty"`    // Item.ID
	Text    string          `json:"text,omitempty"`    // set: for every finding of this text in the case
	Subject authz.SubjectID `json:"subject,omitempty"` // identify
	Asset   redact.Digest   `json:"asset,omitzero"`    // draw, looked
	Region  redact.Region   `json:"region,omitzero"`   // draw; move: the page and the new box; looked: the page
	Kind    redact.Kind     `json:"kind,omitempty"`    // draw: what it holds, one of DrawnKinds; empty: a face. find: one of FindKinds
	With    string          `json:"with,omitempty"`    // phrase; draw of text: what stands there instead
	Cover   Cover           `json:"cover,omitempty"`   // cover
	Form    Form            `json:"form,omitempty"`    // form
	Note    string          `json:"note,omitempty"`    // note; empty takes the item's note away
	Group   string          `json:"group,omitempty"`   // given to a whole group at once
	Batch   string          `json:"batch,omitempty"`   // given together, and taken back together
	By      string          `json:"by"`
	Reason  string          `json:"reason,omitempty"`
	At      time.Time       `json:"at"`
}

// at is the instant the case is decided for.
func (c *Case) at(now time.Time) time.Time {
	if c.On.IsZero() {
		return now
	}
	return EndOf(c.On)
}

// EndOf is the last instant of a day of publication, at which it is decided; zero for no
// day.
func EndOf(day time.Time) time.Time {
	if day.IsZero() {
		return day
	}
	y, m, d := day.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, day.Location()).Add(-time.Microsecond)
}

// frozen is a copy that later answers do not change.
func (c *Case) frozen() *Case {
	k := *c
	k.Assets, k.Refused, k.Answers, k.Undone = slices.Clone(c.Assets), slices.Clone(c.Refused), slices.Clone(c.Answers), slices.Clone(c.Undone)
	k.Handovers = slices.Clone(c.Handovers)
	return &k
}

const caseBucket = "case"

// Save keeps the case, its answers included.
func (d *Desk) Save(ctx context.Context, c *Case) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := d.Archive.PutDoc(ctx, caseBucket, c.ID, b); err != nil {
		return fmt.Errorf("save case %s: %w", c.ID, err)
	}
	return nil
}

// Load returns a kept case, or ErrNoCase.
func (d *Desk) Load(ctx context.Context, id string) (*Case, error) {
	b, err := d.Archive.Doc(ctx, caseBucket, id)
	if err != nil {
		return nil, fmt.Errorf("case %s: %w: %w", id, ErrNoCase, err)
	}
	c := &Case{}
	if err := json.Unmarshal(b, c); err != nil {
		return nil, fmt.Errorf("case %s: %w", id, err)
	}
	return c, nil
}

// Cases lists the kept cases.
func (d *Desk) Cases(ctx context.Context) ([]*Case, error) {
	ids, err := d.Archive.Docs(ctx, caseBucket)
	if err != nil {
		return nil, err
	}
	var cs []*Case
	for _, id := range ids {
		c, err := d.Load(ctx, id)
		if err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return cs, nil
}

// itemID names a finding by its place, so that an answer finds it again after a
// rescan. Boxes are named by their pixels.
func itemID(a redact.Digest, f redact.Finding) string {
	r := f.Region
	s := redact.Sum(fmt.Appendf(nil, "%s|%s|%d|%d|%d|%v", a, r.Part, r.Page, r.Start, r.End, image.Rectangle(r.Box)))
	return s.String()[:10]
}
