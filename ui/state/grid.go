package state

import (
	"slices"
	"time"

	"consentry/authz"
)

// A Cell is what the rules say today of one thing about a subject in one channel.
type Cell struct {
	Shows   authz.Shows
	Verdict authz.Verdict
	Asked   bool // some record of the channel names it, whatever was answered
	Ended   Agreement
	Why     string
	Law     string
	Code    string // of the reason
}

// A GridRow is one channel. Until is the last end of what shows something in it; where
// nothing ends, it is zero.
type GridRow struct {
	Channel authz.Channel
	Cells   []Cell
	Until   time.Time
	Ended   time.Time // when the last record of the channel was taken back, where nothing is shown
}

// Shows reports whether anything of the row is shown.
func (r GridRow) Shows() bool {
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Verdict == authz.Show })
}

// A Grid is what may be shown today for one purpose. Its verdicts are the rules', put in
// by whoever asks them: NewGrid only says which questions there are, and hides all.
type Grid struct {
	Purpose  authz.Purpose
	Purposes []authz.Purpose // those that the records name, else only Purpose
	Rows     []GridRow
}

// Shows reports whether anything is shown.
func (g Grid) Shows() bool { return slices.ContainsFunc(g.Rows, GridRow.Shows) }

// common are the channels of a subject without records, as far as a pack has them.
var common = []authz.Channel{"website", "wechat", "press"}

// asks are what is asked about a person and about a company.
var asks = map[authz.Kind][]authz.Shows{
	authz.Person:       {"name", "portrait", "post", "company", "quote"},
	authz.Organisation: {"name", "logo", "quote", "story", "figures"},
}

// NewGrid is the questions about a subject for a purpose, in the vocabulary's order; an
// empty purpose is the first that its records name, or that the vocabulary has.
func NewGrid(s authz.Subject, cs []authz.Consent, v authz.Vocabulary, p authz.Purpose) Grid {
	named := func(of func(authz.Consent) []string, ts authz.Terms) (out []string) {
		for _, t := range ts {
			if slices.ContainsFunc(cs, func(c authz.Consent) bool { return slices.Contains(of(c), t.ID) }) {
				out = append(out, t.ID)
			}
		}
		return out
	}
	g := Grid{Purpose: p}
	for _, id := range named(func(c authz.Consent) []string { return words(c.Purposes) }, v.Purposes) {
		g.Purposes = append(g.Purposes, authz.Purpose(id))
	}
	if g.Purpose == "" && len(g.Purposes) > 0 {
		g.Purpose = g.Purposes[0]
	}
	if g.Purpose == "" && len(v.Purposes) > 0 {
		g.Purpose = authz.Purpose(v.Purposes[0].ID)
	}
	if !slices.Contains(g.Purposes, g.Purpose) {
		g.Purposes = append(g.Purposes, g.Purpose)
	}
	channels := named(func(c authz.Consent) []string { return words(c.Channels) }, v.Channels)
	if len(channels) == 0 {
		for _, c := range common {
			if _, ok := v.Channels.Find(string(c)); ok {
				channels = append(channels, string(c))
			}
		}
	}
	shows := asks[s.Kind]
	for _, id := range channels {
		row := GridRow{Channel: authz.Channel(id)}
		for _, x := range shows {
			cell := Cell{Shows: x}
			cell.Asked = slices.ContainsFunc(cs, func(c authz.Consent) bool { return names(c, g.Purpose, row.Channel) && slices.Contains(c.Shows, x) })
			row.Cells = append(row.Cells, cell)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// names reports whether a record is about a purpose in a channel.
func names(c authz.Consent, p authz.Purpose, ch authz.Channel) bool {
	return slices.Contains(c.Purposes, p) && slices.Contains(c.Channels, ch)
}

// Decided puts the answer to one question in. leans are the records that it leans on.
func (r *GridRow) Decided(i int, e Explanation, leans []authz.Consent) {
	c := &r.Cells[i]
	c.Verdict, c.Why, c.Law, c.Code = e.Verdict, e.Why, e.Law, e.Code
	if e.Verdict != authz.Show {
		return
	}
	for _, l := range leans {
		if l.Until.After(r.Until) {
			r.Until = l.Until
		}
	}
}

// Ends says of each cell that is not shown, and of the row, how the records stand that
// name it.
func (g *Grid) Ends(cs []authz.Consent, now time.Time) {
	for i := range g.Rows {
		r := &g.Rows[i]
		for j := range r.Cells {
			c := &r.Cells[j]
			var about []authz.Consent
			for _, k := range cs {
				if names(k, g.Purpose, r.Channel) && slices.Contains(k.Shows, c.Shows) {
					about = append(about, k)
				}
			}
			if c.Verdict != authz.Show && len(about) > 0 {
				c.Ended = Agreed(about, now)
			}
			for _, k := range about {
				if at := ClosedAt(k, now); at.After(r.Ended) && !r.Shows() {
					r.Ended = at
				}
			}
		}
	}
}

func words[T ~string](xs []T) (out []string) {
	for _, x := range xs {
		out = append(out, string(x))
	}
	return out
}
