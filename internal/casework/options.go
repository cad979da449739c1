package casework

import "context"

// Writing is how files are written where there is a choice. The zero value is what
// tells least of what is gone.
type Writing struct {
	// KeepChanges keeps tracked changes and comments of Office documents, without authors
	// and dates, instead of settling and dropping them.
	KeepChanges bool `json:"keep_changes,omitempty"`
	// Searchable gives PDF pages that become pictures a text layer of what stays.
	Searchable bool `json:"pdf_searchable,omitempty"`
	// SnapGaps leaves the rest of a line of a PDF as it is, with gaps in steps of 4 em,
	// instead of setting it anew.
	SnapGaps bool `json:"pdf_snap,omitempty"`
}

// Change gives a case the options of another, and keeps it. What it is for, its files and
// its answers stay; who signs has to be asked again. A desk that is made for the new
// Writing, and a scan, come after it.
func (d *Desk) Change(ctx context.Context, c *Case, to Case) error {
	c.On, c.Mode, c.Style, c.Cover = to.On, to.Mode, to.Style, to.Cover
	c.HideUnsure, c.Generalise, c.Look, c.Writing = to.HideUnsure, to.Generalise, to.Look, to.Writing
	c.Changed = d.now()
	return d.Save(ctx, c)
}
