package state

import (
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// Filed reports whether a form that answers a request came back.
func (d Dossier) Filed(id authz.ConsentID) bool {
	return slices.ContainsFunc(d.Evidence, func(e authz.Evidence) bool { return e.Consent == id && e.Of == authz.OfAnswer })
}

// A Reply is what somebody said to a request. What they agreed to may be less than what
// was asked for; where it is not ticked, they did not agree.
type Reply struct {
	Consent                      authz.ConsentID
	State                        authz.State // Given, Refused or Deferred
	On                           time.Time   // the day of it; zero: now
	Purposes                     []authz.Purpose
	Channels                     []authz.Channel
	Shows                        []authz.Shows
	Territories                  []authz.Territory
	Forms                        []string  // of a company's name
	GivenBy                      string    // guardian, other; empty: themselves, or the company
	Until                        time.Time // the last day, where it is earlier than what was asked for
	Evidence                     string    // a file; empty: the form that came back
	Filed                        bool      // one came back
	Intake, Reason               string
	Written, Separate, Voluntary bool
	Authority                    bool
}

// Missing is the key of what is not said yet, or empty. A yes needs what shows it; a no
// only how it reached us.
func (a Reply) Missing(now time.Time) string {
	switch {
	case a.On.After(now):
		return "future"
	case a.State == authz.Refused, a.State == authz.Deferred:
		if strings.TrimSpace(a.Intake) == "" {
			return "intake"
		}
		return ""
	case a.State != authz.Given:
		return "answer"
	case !a.Until.IsZero() && a.Until.Before(now):
		return "past"
	}
	return first(a.Lacks())
}

// Lacks are the keys of all that a yes does not say yet.
func (a Reply) Lacks() []string {
	if a.State != authz.Given {
		return nil
	}
	return lacking([]want{{"purpose", len(a.Purposes) > 0}, {"channel", len(a.Channels) > 0}, {"shows", len(a.Shows) > 0}, {"evidence", a.Evidence != "" || a.Filed}})
}
