package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// TemplateBucket is where the templates of enrolled faces are kept, each under
// its subject's id.
const TemplateBucket = "face-template"

// A Template is what is kept of an enrolled person's face: numbers by which it is
// found again, never a photo. It exists only while the person's own, separate
// consent to face matching does, and is kept sealed in the vault.
type Template struct {
	Subject authz.SubjectID `json:"subject"`
	Consent authz.ConsentID `json:"consent"` // it was made under
	Model   string          `json:"model"`   // the recogniser's ID: numbers of another one mean nothing
	At      time.Time       `json:"at"`
	By      string          `json:"by"`     // who enrolled
	Photos  []redact.Digest `json:"photos"` // SHA-256 of the enrolment photos
	Prints  [][]float32     `json:"prints"` // one a photo, in the recogniser's form
}

// An Unused template is one that faces are not compared with, and why.
type Unused struct {
	Subject authz.SubjectID `json:"subject"`
	Reason  string          `json:"reason"` // a reason code of the rule pack, or TemplateStale
}

// TemplateStale is the reason of a template made by other models than today's:
// the person has to be enrolled anew.
const TemplateStale = "template-of-another-model"

// A gallery is the templates that faces may be compared with now.
type gallery struct {
	templates []Template // by subject
	digest    redact.Digest
}

// gallery reads every template and leaves out those whose person's consent has
// ended or never covered it, and those of other models.
func (d *Desk) gallery(ctx context.Context) (g gallery, unused []Unused, err error) {
	if d.Recogniser == nil {
		return g, nil, nil
	}
	ids, err := d.Archive.Docs(ctx, TemplateBucket)
	if err != nil {
		return g, nil, fmt.Errorf("face templates: %w", err)
	}
	slices.Sort(ids)
	var parts []any
	for _, id := range ids {
		b, err := d.Archive.Doc(ctx, TemplateBucket, id)
		if err != nil {
			return g, nil, fmt.Errorf("face template: %w", err)
		}
		var t Template
		if err := json.Unmarshal(b, &t); err != nil || t.Subject != authz.SubjectID(id) {
			return g, nil, fmt.Errorf("face template of %s cannot be read", id)
		}
		_, code, err := d.MayMatchFace(ctx, t.Subject)
		switch {
		case err != nil:
			return g, nil, err
		case code == "" && t.Model != d.Recogniser.ID():
			code = TemplateStale
		}
		if code != "" {
			unused = append(unused, Unused{t.Subject, code})
			continue
		}
		g.templates = append(g.templates, t)
		parts = append(parts, t.Subject, redact.Sum(b))
	}
	g.digest = resultKey(parts...)
	return g, unused, nil
}

// FactsNow are facts about nobody yet, at an instant: for a question that is not
// about a publication.
func FactsNow(now time.Time) authz.Facts {
	return authz.Facts{Use: authz.Use{At: now}, KnownAt: now, Subjects: map[authz.SubjectID]authz.Subject{}, Notices: map[string]authz.Notice{}}
}

// MayMatchFace says which consent allows comparing faces with this subject's
// template now, or the reason code of what stands against it.
func (d *Desk) MayMatchFace(ctx context.Context, id authz.SubjectID) (authz.ConsentID, string, error) {
	now := d.now()
	f := FactsNow(now)
	var err error
	if f.KnownAt, err = d.known(ctx, now); err != nil {
		return "", "", err
	}
	if err := Gather(ctx, d.Registry, &f, id); err != nil {
		return "", "", err
	}
	c, code := d.Policy.MayMatchFace(f, id)
	return c, code, nil
}

// consents lists, once each, those that a gallery leans on.
func (g gallery) consents() (ids []authz.ConsentID) {
	for _, t := range g.templates {
		ids = append(ids, t.Consent)
	}
	slices.SortFunc(ids, func(a, b authz.ConsentID) int { return cmp.Compare(a, b) })
	return slices.Compact(ids)
}
