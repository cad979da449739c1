package state

import (
	"time"

	"consentry/authz"
)

// Kinds of consent.
const (
	ToPublish   = "publish"
	ToContact   = "contact"
	ToFaceMatch = "face-match"
)

// ConsentKinds are all of them, in the order of a form.
var ConsentKinds = []string{ToPublish, ToContact, ToFaceMatch}

// Grant is a consent to be recorded. Notice and Evidence are files.
type Grant struct {
	Subject authz.SubjectID
	Kind    string // publish where empty
	Scope
	Forms                        []string  // companies: of the name
	On                           time.Time // the day on which it was given; zero: now
	Notice                       string    // a file
	Kept                         string    // or the SHA-256 of a notice that is kept
	Evidence                     string
	Complete                     bool // the notice names all that it has to name
	Written, Separate, Voluntary bool
	Authority                    bool   // companies: the signer may sign
	GivenBy                      string // self, guardian, company; empty: self, or company of a company
	Partner                      bool   // a partner collected it
	OnwardUse                    bool   // a partner's: others may use it, us among them
	Licence                      string // a partner's: a file of that leave
}

// Missing is the key of what is not said yet, or empty. A consent without notice
// or evidence covers nothing, so it is not taken; neither is a partner's without leave
// to use it.
func (g Grant) Missing(now time.Time) string {
	switch m := g.wrongDays(now); {
	case m != "":
		return m
	case g.On.After(now):
		return "future"
	case len(g.Lacks()) > 0:
		return g.Lacks()[0]
	case g.Kind == ToFaceMatch && (!g.Separate || !g.Voluntary):
		return "separate"
	}
	return ""
}

// Lacks are the keys of all that is not said yet.
func (g Grant) Lacks() []string {
	until := want{"until", !g.Until.IsZero()}
	ws := append(g.wants(), until)
	if g.Kind == ToContact || g.Kind == ToFaceMatch {
		ws = []want{until} // they are for no purpose
	}
	return lacking(append(ws, want{"notice", g.Notice != "" || g.Kept != ""}, want{"evidence", g.Evidence != ""}, want{"licence", !g.Partner || g.OnwardUse && g.Licence != ""}))
}
