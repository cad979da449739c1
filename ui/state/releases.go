package state

import (
	"slices"
	"time"

	"consentry/internal/casework"
)

// A ReleaseRow is a release as the published room lists it.
type ReleaseRow struct {
	Release *casework.Release
	Case    *casework.Case // nil where it is kept no more
	Lapses  []casework.Lapse
	Open    bool // it leans on what ended, and somebody has to act
	Newer   bool // a later release of the case took its place
}

// Title is the case's.
func (r ReleaseRow) Title() string {
	if r.Case != nil {
		return r.Case.Title
	}
	return r.Release.Case
}

// Standing are the places where it is still public.
func (r ReleaseRow) Standing() (ps []casework.Publication) {
	for _, p := range r.Release.Places {
		if p.Gone.IsZero() {
			ps = append(ps, p)
		}
	}
	return ps
}

// Ended is when the last of what it leans on ended.
func (r ReleaseRow) Ended() (at time.Time) {
	for _, l := range r.Lapses {
		if l.Since.After(at) {
			at = l.Since
		}
	}
	return at
}

// ReleaseRows are the releases: those that need action first, then the newest.
func (m Material) ReleaseRows() (rows []ReleaseRow) {
	last := m.lastReleases()
	for _, r := range m.Releases {
		row := ReleaseRow{Release: r, Newer: last[r.Case].ID != r.ID}
		if i := slices.IndexFunc(m.Cases, func(c *casework.Case) bool { return c.ID == r.Case }); i >= 0 {
			row.Case = m.Cases[i]
		}
		if i := slices.IndexFunc(m.Recalls, func(x casework.Recall) bool { return x.Release.ID == r.ID }); i >= 0 {
			row.Lapses, row.Open = m.Recalls[i].Lapses, m.open(m.Recalls[i], last)
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b ReleaseRow) int {
		if a.Open != b.Open {
			if a.Open {
				return -1
			}
			return 1
		}
		return b.Release.At.Compare(a.Release.At)
	})
	return rows
}

// ReleaseFilter narrows the list of releases.
type ReleaseFilter string

// The filters.
const (
	ToAct   ReleaseFilter = "act"
	InUse   ReleaseFilter = "use"
	DownNow ReleaseFilter = "down"
)

// ReleaseFilters are all of them in the order of the chips.
var ReleaseFilters = []ReleaseFilter{ToAct, InUse, DownNow}

// Takes reports whether the filter keeps a release.
func (f ReleaseFilter) Takes(r ReleaseRow) bool {
	down := r.Newer || len(r.Release.Places) > 0 && len(r.Standing()) == 0
	switch f {
	case ToAct:
		return r.Open
	case InUse:
		return !r.Open && !down
	}
	return !r.Open && down
}
