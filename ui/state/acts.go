package state

import (
	"image"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/redact"
)

// NewEvidence is a file that shows something about somebody, to be sealed.
type NewEvidence struct {
	Subject authz.SubjectID
	Consent authz.ConsentID // the record that it is about; empty: none
	Of      string          // grant, refusal, withdrawal, …
	File    string
	Keep    time.Time // the last day on which it is kept; zero: as long as its record
}

// EvidenceKinds are what a file may show.
var EvidenceKinds = []string{authz.OfGrant, authz.OfRefusal, authz.OfWithdrawal, authz.OfGuardian, authz.OfLicence, authz.OfNotice, authz.OfSource}

// Missing is the key of what is not said yet, or empty.
func (e NewEvidence) Missing(now time.Time) string {
	switch {
	case !slices.Contains(EvidenceKinds, e.Of):
		return "of"
	case e.File == "":
		return "file"
	case !e.Keep.IsZero() && e.Keep.Before(now):
		return "past"
	}
	return ""
}

// NewNotice is a version of the notice to be filed.
type NewNotice struct {
	File, Version, Language string
	Items                   []string
}

// Missing is the key of what is not said yet, or empty.
func (n NewNotice) Missing() string {
	switch {
	case n.File == "":
		return "notice"
	case strings.TrimSpace(n.Version) == "":
		return "version"
	}
	return ""
}

// NoticeTitle is the first line of a notice.
func NoticeTitle(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(strings.TrimLeft(first, "# "))
}

// A Face is what is kept of somebody's face.
type Face struct {
	Enrolled bool
	Photos   int
	At       time.Time
	By       string
	Unused   bool // no face is compared with it any more
}

// A Portrait is a photo to enrol somebody with. Face is which of its faces is theirs,
// from 1, left to right; 0 where it shows one only.
type Portrait struct {
	File string
	Face int
}

// A Logo is a kept picture of a company's logo.
type Logo struct {
	ID, Name string
	PNG      []byte
	Size     image.Point
}

// Purged counts what is due for deletion, or was deleted.
type Purged struct{ Subjects, Consents, Evidence int }

// Nothing reports whether nothing is due.
func (p Purged) Nothing() bool { return p == Purged{} }

// LedgerSaid is what a check of the ledger found whole.
type LedgerSaid struct {
	Entries int64
	Root    string
}

// Tried is what a file of the owner's finds in a text, at runes Start to End of it.
type Tried struct {
	Start, End int
	Text       string
	What       redact.Words // the kind, or why it gives somebody away
	With       redact.Words // what would stand instead; empty where nothing is proposed
	Hides      bool         // it is hidden, and not only hinted at
}

// LedgerFiles are an exported ledger, and the verifier key and the head, copied out
// earlier, that it has to agree with; those may be empty.
type LedgerFiles struct{ Ledger, Key, Head string }

// Own is a file of the owner's that adds to what ships.
type Own string

// The owner's files.
const (
	OwnDictionary Own = "dictionary"
	OwnKinds      Own = "kinds"
)

// Owns are all of them.
var Owns = []Own{OwnDictionary, OwnKinds}
