package state

import (
	"cmp"
	"slices"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// A Member is a person of a case: who they are, where they are first seen, and how
// they fare in all their places.
type Member struct {
	Who     string // Row.Who; empty: all whom nobody knows
	Name    string // as written; empty where only a face is known
	Item    int    // a place to show: a face before a text
	Places  int
	Asks    int // places that wait for an answer
	Shown   int
	Groups  int // of the unknown: how many may be different people
	Subject authz.SubjectID
}

// Verdict is how a member fares as a whole.
func (m Member) Verdict() authz.Verdict {
	switch {
	case m.Asks > 0:
		return authz.Ask
	case m.Shown > 0:
		return authz.Show
	}
	return authz.Hide
}

// Cast are the people of a case whom somebody knows, questions first, then who is
// shown, then who is hidden; all unknown faces are one member, the last.
func Cast(p *casework.Plan, rows []Row) (ms []Member) {
	at := map[string]int{}
	unknown := Member{Item: -1}
	for _, r := range rows {
		first := &p.Items[r.Items[0]]
		if !isPerson(first) || r.Data {
			continue
		}
		known := first.Decision.Subject != "" || len(first.Candidates) > 0
		m := &unknown
		switch {
		case known || first.Finding.Region.IsText():
			n, ok := at[r.Who]
			if !ok {
				n = len(ms)
				at[r.Who] = n
				ms = append(ms, Member{Who: r.Who, Item: -1})
				if known {
					ms[n].Subject = authz.SubjectID(r.Who)
				}
			}
			m = &ms[n]
		default:
			unknown.Groups++
		}
		if len([]rune(r.Title)) > len([]rune(m.Name)) {
			m.Name = r.Title
		}
		m.Places += len(r.Items)
		for _, n := range r.Items {
			it := &p.Items[n]
			switch {
			case it.Asks():
				m.Asks++
			case !it.Hidden():
				m.Shown++
			}
			if m.Item < 0 || it.Holds() == redact.Face && p.Items[m.Item].Finding.Region.IsText() {
				m.Item = n
			}
		}
	}
	order := map[authz.Verdict]int{authz.Ask: 0, authz.Show: 1, authz.Hide: 2}
	slices.SortStableFunc(ms, func(a, b Member) int {
		return cmp.Or(order[a.Verdict()]-order[b.Verdict()], b.Places-a.Places)
	})
	if unknown.Places > 0 {
		ms = append(ms, unknown)
	}
	return ms
}
