package state

import (
	"slices"
	"time"

	"consentry/authz"
)

// A Question is what somebody asks the rules about one use.
type Question struct {
	Use            authz.Use
	On             time.Time // day of publication; zero: now
	Quote, Figures string    // the words of a quotation and of figures, or their digests
}

// Same reports whether two questions are one.
func (q Question) Same(o Question) bool {
	return q.Use.Purpose == o.Use.Purpose && q.Use.Channel == o.Use.Channel && q.Use.Territory == o.Use.Territory && q.Use.Form == o.Use.Form &&
		slices.Equal(q.Use.Shows, o.Use.Shows) && q.On.Equal(o.On) && q.Quote == o.Quote && q.Figures == o.Figures
}
