// Package casework carries one publication from intake to release:
//
//	Case → Plan → Edition → Proof → Release
//
// Each step takes the previous noun and returns the next; the fields of Edition
// and Proof are unexported, so that nothing unproved can be signed. It is the
// only package that knows both redact and authz. Work is done per asset, in
// parallel, can be cancelled at any point, and is resumed from results kept
// under digests.
package casework

import (
	"context"
	"errors"
	"io"
	"runtime"
	"time"

	"consentry/authz"
	"consentry/internal/ledger"
	"consentry/redact"
)

var (
	// ErrUnsettled is returned where a person has to decide first.
	ErrUnsettled = errors.New("there are questions that only a person can answer")
	// ErrStale is returned by Sign where a consent lapsed after the scan.
	ErrStale = errors.New("a consent that this package leans on has lapsed")
	// ErrUnproved is returned for an edition or proof that was not attacked.
	ErrUnproved = errors.New("the package has not been attacked")
	// ErrNothing is returned where no asset of the case could be read.
	ErrNothing = errors.New("no file of the case can be read")
	// ErrChanged is returned where a file is not the one that was added.
	ErrChanged = errors.New("changed since it was added to the case")
	// ErrPreview is returned where a package is to be made from a fast scan.
	ErrPreview = errors.New("a fast scan is a preview, which no package is made from")
	// ErrNoCase is returned where no such case is kept.
	ErrNoCase = errors.New("no such case")
)

// Registry is what the steps ask of the consent registry.
type Registry interface {
	authz.Registry
	// Subjects lists everyone registered, for the search by name.
	Subjects(ctx context.Context) ([]authz.Subject, error)
	// Consent is one record; the error wraps authz.ErrUnknown where there is none.
	Consent(ctx context.Context, id authz.ConsentID) (authz.Consent, error)
	// AllGrounds lists every recorded ground.
	AllGrounds(ctx context.Context) ([]authz.Ground, error)
	// Allowed lists the texts that the vault's owner put on the allow-list.
	Allowed(ctx context.Context) ([]authz.Allowance, error)
}

// Policy decides. [authz.Pack] is the one.
type Policy interface {
	Decide(authz.Facts) authz.Decision
	Explain(code, lang string) string
	Cite(code, lang string) string
	// MayMatchFace says which consent allows comparing faces with a subject's, or
	// the code of what stands against it.
	MayMatchFace(authz.Facts, authz.SubjectID) (authz.ConsentID, string)
}

// Results keeps what a step found under a digest of all it depends on.
type Results interface {
	Get(ctx context.Context, key [32]byte) (data []byte, ok bool, err error)
	Put(ctx context.Context, key [32]byte, data []byte) error
}

// Archive keeps sealed documents: cases, releases, pseudonym books.
type Archive interface {
	PutDoc(ctx context.Context, bucket, id string, data []byte) error
	Doc(ctx context.Context, bucket, id string) ([]byte, error)
	Docs(ctx context.Context, bucket string) ([]string, error)
}

// Ledger takes one entry and says where it landed.
type Ledger interface {
	Append(ctx context.Context, entry []byte) (ledger.Receipt, error)
	// Export writes the log with its signed head, readable without our program.
	Export(ctx context.Context, w io.Writer) error
}

// Reporter renders a report for people.
type Reporter interface {
	Write(w io.Writer, r Report) error
}

// Assessor writes the sheet of a package's impact assessment, as a PDF.
type Assessor interface {
	Sheet(r Report, i Impact) ([]byte, error)
}

// Desk is what the steps need. main fills it in; nil Progress is silent.
type Desk struct {
	Formats   map[string]redact.Format // by media type
	Sniff     func(name string, head []byte) (mediaType string, err error)
	Readers   []redact.Reader // read words in pictures, before detection
	Detectors []redact.Detector
	// Looks are the detectors in the place of Detectors where a case asks for
	// another look than the normal one.
	Looks map[Look][]redact.Detector
	// Search looks for terms wherever they stand.
	Search func([]redact.Term) redact.Detector
	// Derive lists the terms worth searching in the whole case.
	Derive func([]redact.Finding) []redact.Term
	// Kinds are those of the owner's own, which the table of kinds does not list.
	Kinds map[redact.Kind]redact.KindInfo
	// Plain writes a name in simplified characters and without accents, as it may
	// stand in the registry; nil: as it is.
	Plain func(string) string
	// Registered lists what to search for everyone registered, beside their names:
	// the other ways in which these are written; nil: nothing.
	Registered func([]authz.Subject) []redact.Term
	// InCase lists what to search, beside that, where one of a registered subject's
	// names stands: a given name alone; nil: nothing.
	InCase func(redact.Kind, []string) []redact.Term
	// Chains finds out which names of a case speak of one subject; nil: each
	// spelling is a subject of its own.
	Chains func([]Document) []Chain
	// Wording says what stands in texts instead of what is hidden; nil: the labels,
	// and nothing around them is mended.
	Wording Wording
	// Pseudonyms gives subjects invented names that stay the same over cases, none
	// of them one that is to be avoided; nil: letters, which do not.
	Pseudonyms func(ctx context.Context, subjects []Named, avoid []string) (map[string]Invented, error)
	// Recogniser compares faces with those of enrolled people; nil compares none.
	Recogniser Recogniser
	// Logos looks for pictures of logos wherever they stand; nil looks for none.
	Logos    func([]redact.Likeness) (redact.Detector, error)
	Attacks  []redact.Attack
	Registry Registry
	Policy   Policy
	RulePack string // id and version of the rules, named in the report
	Results  Results
	Archive  Archive
	Ledger   Ledger
	Reporter Reporter
	Assessor Assessor // nil: packages hold no sheet
	Progress Progress
	Models   []Model // named in the report
	Tool     string  // program and version, named in the report
	Now      func() time.Time
	// Latest is when something was last recorded, as the clock then stood; nil: the
	// clock is trusted.
	Latest  func(context.Context) (time.Time, error)
	Workers int // assets at a time; 0: one per core
}

// Model is a model file a result leans on.
type Model struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// detectors are those of a case's look; none for a look that is not had.
func (d *Desk) detectors(c *Case) []redact.Detector {
	if c.Look == Normal {
		return d.Detectors
	}
	return d.Looks[c.Look]
}

func (d *Desk) workers() int {
	if d.Workers > 0 {
		return d.Workers
	}
	return runtime.NumCPU()
}

// known is up to when a refusal or withdrawal counts: now, or when something was last
// recorded, so that a clock that is set back takes back no no.
func (d *Desk) known(ctx context.Context, now time.Time) (time.Time, error) {
	if d.Latest == nil {
		return now, nil
	}
	last, err := d.Latest(ctx)
	if err != nil || last.Before(now) {
		return now, err
	}
	return last, nil
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}
