package state

import (
	"slices"

	"consentry/authz"
)

// An Entry is something that happened to a subject's records: one event of one or,
// where one word ended several, of all of them. An entry without a state is a file that
// no event names.
type Entry struct {
	authz.Event
	Waits    bool            // a grant that somebody has to confirm
	Consents []authz.Consent // the records that it is of
	Files    []authz.Evidence
}

// Channels are those of its records, each once.
func (e Entry) Channels() (out []authz.Channel) {
	for _, c := range e.Consents {
		for _, ch := range c.Channels {
			if !slices.Contains(out, ch) {
				out = append(out, ch)
			}
		}
	}
	return out
}

// IDs are those of its records.
func (e Entry) IDs() (ids []authz.ConsentID) {
	for _, c := range e.Consents {
		ids = append(ids, c.ID)
	}
	return ids
}

// Only is its record, where it is of one.
func (e Entry) Only() authz.ConsentID {
	if len(e.Consents) == 1 {
		return e.Consents[0].ID
	}
	return ""
}

// ofState says which files are of an event in which no file is named.
var ofState = map[authz.State][]string{
	authz.Given: {authz.OfAnswer, authz.OfGrant, authz.OfGuardian, authz.OfLicence}, authz.Renewed: {authz.OfGrant, authz.OfAnswer},
	authz.Unknown: {authz.OfGrant, authz.OfAnswer}, authz.Refused: {authz.OfRefusal, authz.OfAnswer}, authz.Withdrawn: {authz.OfWithdrawal},
}

// History is what happened, the newest first. Every event and every file of the dossier
// is in it.
func (d Dossier) History() []Entry {
	var out []Entry
	used := map[string]bool{}
	for _, c := range d.Consents {
		for _, e := range c.Events {
			same := func(x Entry) bool {
				return x.State == e.State && x.At.Equal(e.At) && x.By == e.By && x.Intake == e.Intake && x.Reason == e.Reason && (e.State != authz.Given || len(x.Consents) == 0)
			}
			i := slices.IndexFunc(out, same)
			if i < 0 {
				i = len(out)
				out = append(out, Entry{Event: e, Waits: e.State == authz.Unknown && e.Reason == awaits})
			}
			out[i].Consents = append(out[i].Consents, c)
			for _, f := range d.Evidence {
				named := f.SHA256 == e.Evidence || e.State.Valid() && f.SHA256 == c.Evidence
				if (named || f.Consent == c.ID && slices.Contains(ofState[e.State], f.Of)) && !slices.ContainsFunc(out[i].Files, func(x authz.Evidence) bool { return x.SHA256 == f.SHA256 }) {
					out[i].Files = append(out[i].Files, f)
					used[f.SHA256] = true
				}
			}
		}
	}
	for _, f := range d.Evidence {
		if !used[f.SHA256] {
			out = append(out, Entry{Event: authz.Event{At: f.At, By: f.By}, Files: []authz.Evidence{f}, Consents: d.of(f.Consent)})
		}
	}
	slices.SortStableFunc(out, func(a, b Entry) int { return b.At.Compare(a.At) })
	return out
}

func (d Dossier) of(id authz.ConsentID) []authz.Consent {
	for _, c := range d.Consents {
		if c.ID == id {
			return []authz.Consent{c}
		}
	}
	return nil
}

// LeaningOn are the releases that lean on any of some consents: those that need action
// first, then the newest.
func LeaningOn(rows []ReleaseRow, ids []authz.ConsentID) (out []ReleaseRow) {
	for _, r := range rows {
		if slices.ContainsFunc(ids, func(id authz.ConsentID) bool { return slices.Contains(r.Release.Consents, id) }) {
			out = append(out, r)
		}
	}
	return out
}
