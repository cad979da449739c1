package picture

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/geom"
)

// grid is to what places are rounded in keys: what is seen does not change by less.
const grid = 20 // parts of a point

func rounded(r geom.Rect, from geom.Rect) [4]int64 {
	at := func(v, o float64) int64 { return int64(math.Round(grid * (v - o))) }
	return [4]int64{at(r.X0, from.X0), at(r.Y0, from.Y0), at(r.X1, from.X0), at(r.Y1, from.Y0)}
}

// seenKey is the digest of all that is drawn in a box, by its place there.
func (s *scene) seenKey(box geom.Rect, dpi float64) redact.Digest {
	h := sha256.New()
	fmt.Fprintf(h, "seen %.3f %d %d", dpi, int64(math.Round(grid*box.W())), int64(math.Round(grid*box.H())))
	for _, it := range s.items {
		if it.box.Overlaps(box) {
			m := it.matrix.Then(geom.Translate(-box.X0, -box.Y0))
			fmt.Fprintf(h, "\npicture %.2f %.2f %.2f %.2f %.2f %.2f %v %d ", m.A, m.B, m.C, m.D, m.E, m.F, rounded(it.box, box), it.pic.Hidden)
			s.digest(h, it.pic.Stream)
		}
	}
	// What text and paths look like cannot be told from here: those shots are never
	// the same on two pages.
	for _, g := range s.content.Glyphs {
		if b := g.Box.Through(s.view); b.Overlaps(box) {
			fmt.Fprintf(h, "\nglyphs of page %d", s.index)
			break
		}
	}
	for _, f := range s.content.Fills {
		b := f.Box.Through(s.view)
		if !b.Overlaps(box) {
			continue
		}
		fmt.Fprintf(h, "\nfill %v %v %.3f %v", rounded(b, box), f.Rect, f.Colour, f.Opaque)
		if !f.Rect || !f.Flat {
			fmt.Fprintf(h, " of page %d", s.index)
		}
	}
	return redact.Digest(h.Sum(nil))
}

// storedKey is the digest of a picture's stream and of how it is turned.
func (s *scene) storedKey(it item) redact.Digest {
	h := sha256.New()
	m := it.matrix
	n := max(math.Hypot(m.A, m.B), math.Hypot(m.C, m.D), 1e-9)
	// Flips and quarter turns leave the pixels as they are; for other angles the
	// matrix itself counts.
	class := []int{sign(m.A / n), sign(m.B / n), sign(m.C / n), sign(m.D / n)}
	fmt.Fprint(h, "stored ", class)
	if class[0]*class[3] != 0 && class[1]*class[2] != 0 {
		fmt.Fprintf(h, " %.4f %.4f %.4f %.4f", m.A, m.B, m.C, m.D)
	}
	s.digest(h, it.pic.Stream)
	return redact.Digest(h.Sum(nil))
}

func sign(v float64) int {
	switch {
	case v > skew:
		return 1
	case v < -skew:
		return -1
	}
	return 0
}

// digest feeds a picture with all that it is decoded by, and its masks.
func (s *scene) digest(h hash.Hash, d types.StreamDict) {
	streams := []types.StreamDict{d}
	for _, k := range []string{"SMask", "Mask"} {
		if m, ok := s.file.Stream(d.Dict[k]); ok {
			streams = append(streams, m)
		}
	}
	for _, d := range streams {
		b, err := single(s.file, d, header{}, true, 1)
		if err != nil {
			b = fmt.Appendf(nil, "%p %d", d.Raw, s.index) // like no other
		}
		fmt.Fprintf(h, "%d ", len(b))
		h.Write(b)
	}
}
