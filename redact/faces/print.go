package faces

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Write prints the report as a table for people, in percent; with a peer, its
// figures stand beside and the differences are in points.
func (r Report) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	if r.Peer == nil {
		fmt.Fprintln(t, "height\tfaces\trecall\tcover")
	} else {
		fmt.Fprintln(t, "height\tfaces\trecall\tcover\tpeer\tpoints")
	}
	row := func(name string, b Bucket, peer func(*Report) Bucket) {
		fmt.Fprintf(t, "%s\t%d\t%.1f\t%.1f", name, b.Gold, 100*b.Recall(), 100*b.Cover())
		if r.Peer != nil {
			p := peer(r.Peer)
			fmt.Fprintf(t, "\t%.1f\t%+.1f", 100*p.Cover(), 100*(b.Cover()-p.Cover()))
		}
		fmt.Fprintln(t)
	}
	row("all", r.All, func(p *Report) Bucket { return p.All })
	for i, b := range r.AtLeast {
		row(fmt.Sprintf("≥ %d px", b.From), b, func(p *Report) Bucket { return p.AtLeast[i] })
	}
	for i, b := range r.Buckets {
		to := ""
		if b.To > 0 {
			to = fmt.Sprint(b.To - 1)
		}
		row(fmt.Sprintf("%d–%s px", b.From, to), b, func(p *Report) Bucket { return p.Buckets[i] })
	}
	if err := t.Flush(); err != nil {
		return err
	}
	line := func(who string, r Report) {
		fmt.Fprintf(w, "%sprecision %.1f of %d boxes, %.2f stray a photo; of %d photos wholly covered:", who, 100*r.Precision(), r.Boxes, r.Stray(), r.Photos)
		for _, c := range r.Whole {
			if c.From == 0 {
				fmt.Fprintf(w, " %d", c.Photos)
			} else {
				fmt.Fprintf(w, ", %d (≥ %d px)", c.Photos, c.From)
			}
		}
		fmt.Fprintln(w)
	}
	line("", r)
	fmt.Fprintf(w, "of the sure tier: %d boxes, %.2f stray a photo\n", r.Sure, float64(r.Sure-r.SureHit)/float64(max(1, r.Photos)))
	if r.Work != nil {
		fmt.Fprintf(w, "%.0f ms a megapixel, %.2f native passes a photo\n", r.Work.Milliseconds/max(1e-9, r.Work.Megapixels), r.Work.Passes)
	}
	if r.Peer != nil {
		line("peer: ", *r.Peer)
		_, err := fmt.Fprintf(w, "difference: precision %+.1f points\n", 100*(r.Precision()-r.Peer.Precision()))
		return err
	}
	return nil
}
