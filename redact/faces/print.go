package faces

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Write prints the report as a table for people, in percent.
func (r Report) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "height\tfaces\trecall\tcover")
	row := func(name string, b Bucket) {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f\n", name, b.Gold, 100*b.Recall(), 100*b.Cover())
	}
	row("all", r.All)
	for _, b := range r.Buckets {
		row(fmt.Sprintf("from %d px", b.From), b)
	}
	fmt.Fprintf(t, "precision %.1f of %d boxes\n", 100*r.Precision(), r.Boxes)
	return t.Flush()
}
