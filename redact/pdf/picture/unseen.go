package picture

import (
	"bytes"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// unseen says why a picture holds other pixels than the page shows; empty where it
// does not, or where nothing can be in it. No pixel is looked at: where in doubt
// the picture is shown twice.
func (s *scene) unseen(it item) string {
	if it.err == nil && (it.head.w < tinyPx || it.head.h < tinyPx) || s.flat(it) {
		return ""
	}
	d := it.pic.Stream.Dict
	switch {
	case it.pic.Hidden != 0 || it.box.Empty():
		return WhyHidden
	case it.hull.Area() > 0 && it.box.Area() < 0.98*it.hull.Area():
		return WhyCropped
	case !s.opaque(d["SMask"]) || s.file.Get(d["Mask"]) != nil || s.file.Get(d["SMaskInData"]) != nil:
		return WhyMasked
	case s.covered(it):
		return WhyCovered
	case s.finer(it):
		return WhyFiner
	}
	return ""
}

// finer reports whether a picture has more than twice as many pixels as are seen.
func (s *scene) finer(it item) bool {
	dpi := fit(it.box, it.density*72)
	return it.err == nil && float64(it.head.w)*float64(it.head.h) > 2.25*it.box.Area()*dpi*dpi/(72*72)
}

// covered reports whether something that was painted later, or may have been, lies
// over a part of a picture: a path with as many glyphs before it as the picture has
// may be its ground or its cover.
func (s *scene) covered(it item) bool {
	const edge = 3 // points by which tiles may overlap
	enough := func(o float64) bool { return o >= min(36, 0.02*it.box.Area()) }
	for _, p := range s.items[it.at+1:] {
		over := p.box.Intersect(it.box)
		if p.visible() && over.W() > edge && over.H() > edge && enough(over.Area()) {
			return true
		}
	}
	for _, f := range s.content.Fills {
		if !f.Opaque || f.Order < it.pic.Order {
			continue
		}
		if over := f.Box.Through(s.view).Intersect(it.box); over.W() > edge && over.H() > edge && enough(over.Area()) {
			return true
		}
	}
	return false
}

// small is the length of a stream up to which it is decoded to see whether all of
// it is alike; a large picture of one colour packs into less.
const small = 8 << 10

// opaque reports whether a soft mask hides nothing, where that costs little to know.
func (s *scene) opaque(o types.Object) bool {
	if s.file.Get(o) == nil {
		return true
	}
	mask, ok := s.file.Stream(o)
	h, err := headerOf(s.file, mask.Dict)
	if !ok || err != nil || len(mask.Raw) > small || mask.Dict["Matte"] != nil {
		return false
	}
	m := plain(s.file, mask, h)
	for i := 0; m != nil && i < len(m.Pix); i++ {
		if m.Pix[i] != 0xff {
			return false
		}
	}
	return m != nil
}

// flat reports whether a picture is of one plain colour, where that costs little
// to know: a large one packs into a few hundred bytes then.
func (s *scene) flat(it item) bool {
	if it.err != nil || len(it.pic.Stream.Raw) > small || it.head.lossy() || it.head.last() == "JBIG2Decode" || it.head.last() == "CCITTFaxDecode" {
		return false
	}
	b, err := s.file.Decoded(it.pic.Stream)
	if err != nil || len(b) == 0 || it.head.bits == 0 {
		return false
	}
	// All bytes alike, or all pixels where these are whole bytes.
	n := 1
	if it.head.bits == 8 {
		if size := it.head.w * it.head.h; len(b)%size == 0 {
			n = len(b) / size
		}
	}
	return len(b) > n && bytes.Equal(b[n:], b[:len(b)-n]) || len(b) == n
}
