package registry

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/store"
)

// A Due is something about a consent that somebody has to see to.
type Due struct {
	Consent authz.ConsentID `json:"consent"`
	Subject authz.SubjectID `json:"subject"`
	What    string          `json:"what"`             // requested, deferred, confirm, expiring, expired
	Since   time.Time       `json:"since,omitzero"`   // what waits: since when
	Until   time.Time       `json:"until,omitzero"`   // expiring: exclusive end
	Days    int             `json:"days"`             // expiring: that are left; requested and deferred: that have passed
	Within  int             `json:"within,omitempty"` // expiring: 7, 30 or 90
	Filed   bool            `json:"filed,omitempty"`  // a form came back and waits to be read
	Work    string          `json:"work,omitempty"`
}

// reminders are the days before a consent's end at which one is reminded.
var reminders = []int{7, 30, 90}

// Dues lists requests that await an answer, grants that await confirmation, and
// consents that end within 90 days or ended in the last 90 and were not renewed,
// the most urgent first. Only what waits is opened: of what ends the index knows
// enough.
func (r *Registrar) Dues(ctx context.Context) ([]Due, error) {
	out, err := r.waiting(ctx)
	if err != nil {
		return nil, err
	}
	now := r.now()
	last := reminders[len(reminders)-1]
	ends, err := r.Vault.Endings(ctx, now.AddDate(0, 0, -last), now.AddDate(0, 0, last+1))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, urgent)
	// What ends is in order already, and goes in one piece behind what is more urgent.
	ending := make([]Due, 0, len(ends))
	for _, e := range ends {
		if d := (Due{Consent: e.Consent, Subject: e.Subject, Until: e.Until}); d.ending(now) {
			ending = append(ending, d)
		}
	}
	i, _ := slices.BinarySearchFunc(out, Due{What: "expired"}, urgent)
	if i < len(out) && (out[i].What == "expired" || out[i].What == "expiring") {
		out = append(out, ending...)
		slices.SortStableFunc(out, urgent)
		return out, nil
	}
	return slices.Insert(out, i, ending...), nil
}

// urgent orders what is due.
func urgent(a, b Due) int {
	return cmp.Or(a.rank()-b.rank(), a.Until.Compare(b.Until), strings.Compare(string(a.Consent), string(b.Consent)))
}

func (d Due) rank() int {
	return slices.Index([]string{"confirm", "expired", "expiring", "requested", "deferred"}, d.What)
}

// ending says what is due of a consent that is valid until d.Until; false where that
// is far off, or long ago.
func (d *Due) ending(now time.Time) bool {
	left := int(d.Until.Sub(now).Hours() / 24)
	switch {
	case !now.Before(d.Until) && now.Before(d.Until.AddDate(0, 0, 90)):
		d.What, d.Days = "expired", left
	case now.Before(d.Until) && left < reminders[len(reminders)-1]:
		d.What, d.Days = "expiring", left
		d.Within = reminders[slices.IndexFunc(reminders, func(n int) bool { return left < n })]
	}
	return d.What != ""
}

// waiting is what of the consents that may wait for somebody does.
func (r *Registrar) waiting(ctx context.Context) ([]Due, error) {
	cs, err := r.Vault.Awaiting(ctx)
	if err != nil || len(cs) == 0 {
		return nil, err
	}
	filed, err := r.Vault.Returned(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := r.Vault.AwaitingDocs(ctx, store.RequestBucket)
	if err != nil {
		return nil, err
	}
	now := r.now()
	var out []Due
	for _, c := range cs {
		d := Due{Consent: c.ID, Subject: c.Subject, Until: c.Until}
		last := authz.Event{}
		for _, e := range c.Events {
			if !e.At.After(now) && !e.At.Before(last.At) {
				last = e
			}
		}
		d.Since = last.At
		switch s := c.StateAt(now); {
		case open(s):
			d.What, d.Filed, d.Days = "requested", filed[c.ID], int(now.Sub(last.At).Hours()/24)
			if s == authz.Deferred {
				d.What = "deferred"
			}
			var a Asked
			if json.Unmarshal(asked[c.ID], &a) == nil {
				d.Work = a.Work
			}
		case s == authz.Unknown && last.Reason == AwaitsConfirmation:
			d.What = "confirm"
		case s.Valid() && c.Kind == "publish" && !c.Until.IsZero(): // it began after it was recorded
			d.ending(now)
		}
		if d.What != "" {
			out = append(out, d)
		}
	}
	return out, nil
}
