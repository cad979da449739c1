package exchange

import (
	"slices"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

// happened reads the events. Where a grant says that it ends before the record
// does, the earlier end counts.
func (r *row) happened(s Sheet, v dpv.Record) {
	unread := func(column string, err error) {
		i, _ := columnByID(column)
		r.fail(column, err)
		r.unread = append(r.unread, i)
	}
	for _, st := range v.Status {
		e := authz.Event{At: st.At.Time, By: st.Recorder, Intake: st.Method, Received: st.Received.Time, Reason: st.Reason}
		if e.State = stateOf(st.Type); e.State == "" {
			unread("state", NotInPack)
			continue
		}
		if (!e.At.IsZero() && !sane(e.At)) || (!e.Received.IsZero() && !sane(e.Received)) {
			unread("state_at", NotADay)
			e.At, e.Received = time.Time{}, time.Time{}
		}
		if err := plainText(e.By+e.Intake+e.Reason, MaxCell); err != nil {
			r.fail("events", err) // the event counts without its words
			e.By, e.Intake, e.Reason = "", "", ""
		}
		if st.Evidence != "" {
			d, err := digest(st.Evidence)
			if err != nil {
				unread("state_evidence", err)
			}
			e.Evidence = d
		}
		if d := st.Duration; e.State.Valid() && d != nil && slices.Contains(d.Type, "dpv:UntilTimeDuration") {
			end, err := time.Parse(time.RFC3339Nano, d.Value)
			if err != nil || !sane(end) {
				unread("until", NotADay)
			} else if r.consent.Until.IsZero() || end.Before(r.consent.Until) {
				r.consent.Until = end
			}
		}
		r.consent.Events = append(r.consent.Events, e)
	}
}

// stateOf is the state among the types of an event: of several, one that closes,
// else unknown.
func stateOf(types []string) authz.State {
	var found authz.State
	for state, term := range stateTerms {
		switch {
		case !slices.Contains(types, term):
		case found == "" || state == authz.Withdrawn || state.Closes() && found != authz.Withdrawn && (!found.Closes() || state < found):
			found = state
		case !found.Closes():
			found = authz.Unknown
		}
	}
	return found
}
