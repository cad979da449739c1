package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
	"consentry/redact"
)

// A Release is a signed, logged proof. Consents are what it leans on: when one
// of them ends, the release has to be looked at again.
type Release struct {
	ID       string            `json:"id"`
	Case     string            `json:"case"`
	By       string            `json:"by"`
	At       time.Time         `json:"at"`
	Files    []redact.Digest   `json:"files"`
	Consents []authz.ConsentID `json:"consents"`
	Grounds  []string          `json:"grounds,omitempty"` // recorded grounds other than consent
	// Assessment is the SHA-256 of the sheet of the impact assessment.
	Assessment redact.Digest  `json:"assessment_sha256,omitzero"`
	Receipt    ledger.Receipt `json:"receipt"`
	// Places are where it was published, as far as somebody recorded it.
	Places []Publication `json:"places,omitempty"`
	proof  *Proof        // nil for a release that was loaded

	sheet      []byte // of the assessment
	assessment AssessmentReport
}

// Entry is the ledger's record of a release: digests and ids, never a name.
type Entry struct {
	Operation string            `json:"operation"` // one of the eight of PIPL 4(2)
	Action    string            `json:"action"`
	ID        string            `json:"id"`
	Case      string            `json:"case,omitempty"`
	Files     []redact.Digest   `json:"files,omitempty"`
	Consents  []authz.ConsentID `json:"consents,omitempty"`
	Grounds   []string          `json:"grounds,omitempty"`
	// Assessment is the SHA-256 of the sheet in the package.
	Assessment redact.Digest `json:"assessment,omitzero"`
	At         time.Time     `json:"at"`
}

const releaseBucket = "release"

// Sign asks the policy once more, since a consent can lapse between scan and
// signature, then logs the release under a person's name and files it.
func (d *Desk) Sign(ctx context.Context, p *Proof, who string) (*Release, error) {
	if p == nil || p.edition == nil || p.at.IsZero() || len(p.attacks) == 0 {
		return nil, ErrUnproved
	}
	if who == "" {
		return nil, fmt.Errorf("sign: %w: it needs a name", ErrAnswer)
	}
	plan := p.edition.plan
	again := plan.frozen()
	if err := d.decideAll(ctx, again); err != nil {
		return nil, err
	}
	r := &Release{ID: strings.Replace(NewID(), "C-", "R-", 1), Case: plan.Case.ID, By: who, At: d.now(), proof: p}
	for i, it := range again.Items {
		if it.Hidden() && !plan.Items[i].Hidden() {
			return nil, ErrStale
		}
		if !it.Hidden() {
			for _, c := range it.Decision.Consents {
				if !slices.Contains(r.Consents, c) {
					r.Consents = append(r.Consents, c)
				}
			}
			if g := it.Decision.Ground; g != "" && !slices.Contains(r.Grounds, g) {
				r.Grounds = append(r.Grounds, g)
			}
		}
	}
	for _, f := range p.edition.files {
		r.Files = append(r.Files, f.written.Digest)
	}
	if err := d.assess(ctx, r, again); err != nil {
		return nil, err
	}
	entry, err := json.Marshal(Entry{
		Operation: "disclose", Action: "release.sign-off", ID: r.ID, Case: r.Case, Files: r.Files, Consents: r.Consents, Grounds: r.Grounds,
		Assessment: r.Assessment, At: r.At.UTC(),
	})
	if err != nil {
		return nil, err
	}
	if r.Receipt, err = d.Ledger.Append(ctx, entry); err != nil {
		return nil, fmt.Errorf("ledger: %w", err)
	}
	b, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	if err := d.Archive.PutDoc(ctx, releaseBucket, r.ID, b); err != nil {
		return nil, fmt.Errorf("file the release: %w", err)
	}
	return r, nil
}
