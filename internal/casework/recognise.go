package casework

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"consentry/authz"
	"consentry/redact"
)

// Recognition stands between detection and decision and only happens where
// somebody is enrolled, a logo is registered, or the vault's owner turned
// grouping on. What is kept of a face are the subjects that it may be, with
// distances; what was computed of a stranger's face is not.

// A Recogniser compares faces with enrolled ones. It must be safe for concurrent
// use.
type Recogniser interface {
	// ID names the recogniser, its version, bounds and models: results and
	// templates are kept under it.
	ID() string
	// Recognise says of each face of the page whose template it is near to.
	// Features are given only where they are asked for and the face is clear.
	Recognise(ctx context.Context, p redact.Page, faces []redact.Finding, ts []Template, features bool) ([]Recognised, error)
	// Apart is how far two faces are from each other; up to 1 they may be one
	// person's.
	Apart(a, b Features) float64
}

// Features describe a face by numbers, in the recogniser's form. They may be a stranger's and never leave memory: they refuse to be
// written and print as nothing.
type Features []float32

// MarshalJSON is always an error.
func (Features) MarshalJSON() ([]byte, error) { return nil, errFeatures }

// GobEncode is always an error.
func (Features) GobEncode() ([]byte, error) { return nil, errFeatures }

// String tells nothing.
func (Features) String() string { return "features" }

// Format is String, whatever the verb.
func (f Features) Format(s fmt.State, _ rune) { fmt.Fprint(s, f.String()) }

// LogValue is String, for log/slog.
func (Features) LogValue() slog.Value { return slog.StringValue("features") }

var errFeatures = errors.New("features of a face are never written")

// Recognised is what a recogniser says of one face.
type Recognised struct {
	Near     []Near   `json:"near,omitempty"` // nearest first
	Clear    bool     `json:"clear"`          // large, sharp and frontal enough to be taken for somebody
	Features Features `json:"-"`
}

// Near is an enrolled subject that a face resembles.
type Near struct {
	Subject  authz.SubjectID `json:"subject"`
	Distance float64         `json:"distance"` // about 0.4 of one person, 0.8 of two
	Cosine   float64         `json:"cosine"`   // the second opinion: about 0.7 of one person, 0.1 of two
	Agreed   bool            `json:"agreed"`   // the second opinion is certain too
}

// The distances that bound what a likeness is worth, and what they do:
const (
	Proposes = 0.50 // up to here the subject is taken for the one seen: the policy decides
	Asks     = 0.65 // up to here a person is asked; beyond, the face is unknown
	Rival    = 0.10 // two subjects whose distances differ by no more cannot be told apart: a person is asked
)

// Why a face is taken for a subject, or why only a person can say so.
const (
	WhyFaceMatch   = "face-match"         // proposed
	WhyFaceFar     = "face-match-far"     // too far for that
	WhyFaceUnclear = "face-match-unclear" // the face is small, blurred, turned away, or hardly one
	WhyFaceDoubt   = "face-match-doubt"   // the second opinion is not certain
	WhyFaceTwice   = "face-match-twice"   // another face of the picture is taken for the same subject
	WhyFaceRival   = "face-match-rival"   // another subject is as near
)

// Likely is a subject that a face may be. Distance and Cosine are those of Near.
type Likely struct {
	Subject  authz.SubjectID `json:"subject"`
	Distance float64         `json:"distance"`
	Cosine   float64         `json:"cosine"`
	Score    float64         `json:"score"` // 0 to 1, as the policy takes it
	Why      string          `json:"why"`
}

// The scores at which the rule pack is certain, and asks.
const (
	sureScore  = 0.9
	maybeScore = 0.6
	doubtScore = 0.89 // as near to certain as a question can be
)

// likeness turns a distance into a score in straight lines, so that the rule
// pack's thresholds lie at Proposes and Asks.
func likeness(distance float64) float64 {
	switch {
	case distance <= Proposes:
		return 1 - (1-sureScore)*distance/Proposes
	case distance <= Asks:
		return max(maybeScore, min(doubtScore, sureScore-(sureScore-maybeScore)*(distance-Proposes)/(Asks-Proposes)))
	}
	return 0
}

// weigh turns what was recognised in the faces of one picture into candidates.
// Doubt only ever lowers a score below certainty.
func weigh(found []redact.Finding, rs []Recognised) [][]Likely {
	out := make([][]Likely, len(rs))
	taken := map[authz.SubjectID][]claimed{} // the faces that would be taken for a subject
	for i, r := range rs {
		for k, n := range r.Near {
			l := Likely{Subject: n.Subject, Distance: n.Distance, Cosine: n.Cosine, Score: likeness(n.Distance), Why: WhyFaceMatch}
			switch {
			case l.Score == 0:
				continue
			case l.Score < sureScore:
				l.Why = WhyFaceFar
			case !r.Clear || found[i].Tier != redact.Sure:
				l.Score, l.Why = doubtScore, WhyFaceUnclear
			case !n.Agreed:
				l.Score, l.Why = doubtScore, WhyFaceDoubt
			case k == 0:
				taken[n.Subject] = append(taken[n.Subject], claimed{found[i].Region.Box, n.Distance})
			}
			out[i] = append(out[i], l)
		}
	}
	for i, ls := range out {
		// Nobody stands twice in one picture: who is plainly another face of it is
		// not this one, of which only a little speaks for them.
		ls = slices.DeleteFunc(ls, func(l Likely) bool {
			return l.Why == WhyFaceFar && slices.ContainsFunc(taken[l.Subject], func(t claimed) bool { return l.Distance-t.distance > Rival })
		})
		out[i] = ls
		for k := range ls {
			l := &ls[k]
			if l.Score >= sureScore && apartFrom(taken[l.Subject]) {
				l.Score, l.Why = doubtScore, WhyFaceTwice
			}
			if k > 0 && l.Distance-ls[0].Distance <= Rival {
				l.Score, l.Why = ls[0].Score, WhyFaceRival
				ls[0].Why = WhyFaceRival
			}
		}
	}
	return out
}

// claimed is a face that would be taken for a subject.
type claimed struct {
	box      image.Rectangle
	distance float64
}

// apartFrom reports whether any two of them are two faces, not of one
// that was found twice.
func apartFrom(faces []claimed) bool {
	for i, a := range faces {
		for _, b := range faces[i+1:] {
			in := a.box.Intersect(b.box).Size()
			if 2*in.X*in.Y < min(a.box.Dx()*a.box.Dy(), b.box.Dx()*b.box.Dy()) {
				return true
			}
		}
	}
	return false
}

func candidates(ls []Likely) (cs []authz.Candidate) {
	for _, l := range ls {
		cs = append(cs, authz.Candidate{Subject: l.Subject, Score: l.Score})
	}
	return cs
}

// seen is what recognition left of one asset. It is kept, and so holds no
// features.
type seen struct {
	Logos []redact.Finding `json:"logos,omitempty"`
	Faces []Recognised     `json:"faces,omitempty"` // beside the asset's face findings
}

// recognition is what was recognised in a case.
type recognition struct {
	likely   map[string][]Likely // by item id
	features map[string]Features // by item id, where they were needed
	grouping *Assessment
	ts       gallery
	groupKey [32]byte
}

// recognise compares the faces found with the enrolled ones, and looks for
// registered logos, which are added to what was found.
func (d *Desk) recognise(ctx context.Context, p *Plan, found [][]redact.Finding) (r recognition, err error) {
	r = recognition{likely: map[string][]Likely{}, features: map[string]Features{}}
	if r.ts, p.Unused, err = d.gallery(ctx); err != nil {
		return r, err
	}
	logos, err := d.logoDetector(ctx)
	if err != nil {
		return r, err
	}
	if d.Recogniser != nil {
		if r.grouping, err = Grouping(ctx, d.Archive); err != nil {
			return r, err
		}
	}
	if logos == nil && len(r.ts.templates) == 0 && r.grouping == nil {
		return r, nil
	}
	// Kept groups make the features of strangers unnecessary.
	features := false
	if r.grouping != nil {
		var groups []Group
		r.groupKey = p.groupKey(r.grouping, d.Recogniser.ID(), r.ts.digest, found)
		known, err := d.recall(ctx, r.groupKey, &groups)
		if err != nil {
			return r, err
		}
		features = !known
	}
	var mu sync.Mutex
	compared := false
	m := d.meter(StepScan, len(p.Case.Assets))
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(d.workers())
	for i, a := range p.Case.Assets {
		if p.Assets[i].Err != nil || !hasPictures(p.pages[i]) {
			m.tick(a.Name, true, p.Assets[i].Err)
			continue
		}
		g.Go(func() error {
			faces := slices.DeleteFunc(slices.Clone(found[i]), func(f redact.Finding) bool { return f.Kind != redact.Face })
			s, anew, err := d.see(gctx, a, faces, r.ts, logos, features)
			if gctx.Err() != nil {
				return gctx.Err()
			}
			if err != nil { // as in a scan: named, never exported
				p.Assets[i].Err = fmt.Errorf("recognise: %w", err)
				p.pages[i], found[i] = nil, nil
				m.tick(a.Name, false, err)
				return nil
			}
			m.tick(a.Name, !anew, nil)
			mu.Lock()
			defer mu.Unlock()
			p.compared = p.compared || len(faces) > 0 && len(r.ts.templates) > 0
			compared = compared || anew && len(faces) > 0 && len(r.ts.templates) > 0
			found[i] = append(found[i], s.Logos...)
			for page := range pagesOf(faces) {
				fs, rs := page.of(faces, s.Faces)
				for k, ls := range weigh(fs, rs) {
					id := itemID(a.Digest, fs[k])
					if len(ls) > 0 {
						r.likely[id] = ls
					} else if rs[k].Features != nil {
						r.features[id] = rs[k].Features
					}
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return r, err
	}
	if compared {
		return r, d.logMatch(ctx, p.Case, "face.match", r.ts.consents())
	}
	return r, nil
}

// logMatch tells the ledger that faces of a case were compared.
func (d *Desk) logMatch(ctx context.Context, c *Case, action string, consents []authz.ConsentID) error {
	e, err := json.Marshal(Entry{Operation: "use", Action: action, ID: c.ID, Case: c.ID, Consents: consents, At: d.now().UTC()})
	if err != nil {
		return err
	}
	if _, err := d.Ledger.Append(ctx, e); err != nil {
		return fmt.Errorf("ledger: %w", err)
	}
	return nil
}

func hasPictures(pages []redact.Page) bool {
	return slices.ContainsFunc(pages, func(p redact.Page) bool { return !p.Bounds.Empty() })
}

// see looks at one asset's pictures again, unless what that would tell is kept.
func (d *Desk) see(ctx context.Context, a Asset, faces []redact.Finding, ts gallery, logos redact.Detector, features bool) (s seen, anew bool, err error) {
	if len(faces) == 0 && logos == nil {
		return s, false, nil
	}
	logoID, recogniser := "", ""
	if logos != nil {
		logoID = logos.ID()
	}
	if d.Recogniser != nil {
		recogniser = d.Recogniser.ID()
	}
	key := resultKey("recognise", a.Digest, a.Type, d.Formats[a.Type].ID(), faces, recogniser, ts.digest, logoID)
	if !features || len(faces) == 0 {
		if ok, err := d.recall(ctx, key, &s); ok || err != nil {
			return s, false, err
		}
	}
	doc, file, err := d.open(ctx, a)
	if err != nil {
		return s, false, err
	}
	defer file.Close()
	s.Faces = make([]Recognised, len(faces))
	for page, err := range doc.Pages(ctx) {
		if err != nil {
			return s, false, err
		}
		if len(page.Pictures) == 0 {
			continue
		}
		if logos != nil {
			fs, err := logos.Detect(ctx, page)
			if err != nil {
				return s, false, err
			}
			s.Logos = append(s.Logos, fs...)
		}
		if d.Recogniser == nil || len(ts.templates) == 0 && !features {
			continue
		}
		on := onPage{page.Part, page.Index}
		fs, at := on.faces(faces)
		if len(fs) == 0 {
			continue
		}
		rs, err := d.Recogniser.Recognise(ctx, page, fs, ts.templates, features)
		if err != nil {
			return s, false, err
		}
		for k, r := range rs {
			s.Faces[at[k]] = r
		}
	}
	return s, true, d.keep(ctx, key, s)
}

// onPage names a page.
type onPage struct {
	part string
	page int
}

func pagesOf(faces []redact.Finding) map[onPage]bool {
	all := map[onPage]bool{}
	for _, f := range faces {
		all[onPage{f.Region.Part, f.Region.Page}] = true
	}
	return all
}

// faces are those of the page, and where they stand in the list.
func (o onPage) faces(all []redact.Finding) (fs []redact.Finding, at []int) {
	for i, f := range all {
		if f.Region.Part == o.part && f.Region.Page == o.page {
			fs, at = append(fs, f), append(at, i)
		}
	}
	return fs, at
}

// of is the page's faces with what was recognised in them.
func (o onPage) of(all []redact.Finding, rs []Recognised) (fs []redact.Finding, some []Recognised) {
	fs, at := o.faces(all)
	for _, i := range at {
		if i < len(rs) {
			some = append(some, rs[i])
		} else {
			some = append(some, Recognised{})
		}
	}
	return fs, some
}

// apply puts what was recognised to the items.
func (r recognition) apply(p *Plan) {
	for i := range p.Items {
		p.Items[i].Likely = r.likely[p.Items[i].ID]
	}
}
