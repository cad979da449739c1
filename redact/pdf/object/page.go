package object

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
)

// Page is one page with what it inherits from the page tree.
type Page struct {
	Dict      types.Dict
	Ref       types.IndirectRef
	Resources types.Dict // its own or the inherited ones; may be nil
	MediaBox  geom.Rect  // US Letter where the file has none
	CropBox   geom.Rect  // within MediaBox; what a reader sees
	Rotate    int        // 0, 90, 180 or 270 degrees clockwise
}

// Page is the page of a 0-based index; f.PageCount is how many there are.
func (f *File) Page(i int) (Page, error) {
	var d types.Dict
	var ref *types.IndirectRef
	var in *model.InheritedPageAttrs
	if f.pages != nil {
		if i < 0 || i >= len(f.pages) {
			return Page{}, fmt.Errorf("page %d is not there", i+1)
		}
		ref = &f.pages[i]
		d, _ = f.Get(*ref).(types.Dict)
	} else {
		var err error
		if d, ref, in, err = f.PageDict(i+1, false); err != nil {
			return Page{}, fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	if d == nil || ref == nil {
		return Page{}, fmt.Errorf("page %d is not there", i+1)
	}
	p := Page{Dict: d, Ref: *ref, Resources: f.Dict(d["Resources"])}
	p.MediaBox = geom.Rect{X1: 612, Y1: 792}
	rotate, own := f.Number(d["Rotate"])
	if in != nil {
		if p.Resources == nil {
			p.Resources = in.Resources
		}
		if in.MediaBox != nil {
			if m := (geom.Rect{X0: in.MediaBox.LL.X, Y0: in.MediaBox.LL.Y, X1: in.MediaBox.UR.X, Y1: in.MediaBox.UR.Y}).Canon(); !m.Empty() {
				p.MediaBox = m
			}
		}
		if in.CropBox != nil {
			p.CropBox = geom.Rect{X0: in.CropBox.LL.X, Y0: in.CropBox.LL.Y, X1: in.CropBox.UR.X, Y1: in.CropBox.UR.Y}.Canon()
		}
		if !own {
			rotate = float64(in.Rotate)
		}
	}
	if r, ok := f.Rect(d["MediaBox"]); ok && !r.Empty() {
		p.MediaBox = r
	}
	if r, ok := f.Rect(d["CropBox"]); ok {
		p.CropBox = r
	}
	if p.CropBox = p.CropBox.Intersect(p.MediaBox); p.CropBox.Empty() {
		p.CropBox = p.MediaBox
	}
	p.Rotate = ((int(rotate)/90*90)%360 + 360) % 360
	return p, nil
}

// View maps default user space to the page as it is seen: points from the top
// left of the crop box, y down, after the page's rotation. size is that of the
// page as seen.
func (p Page) View() (m geom.Matrix, width, height float64) {
	c := p.CropBox
	switch p.Rotate {
	case 90:
		return geom.Matrix{A: 0, B: 1, C: 1, D: 0, E: -c.Y0, F: -c.X0}, c.H(), c.W()
	case 180:
		return geom.Matrix{A: -1, B: 0, C: 0, D: 1, E: c.X1, F: -c.Y0}, c.W(), c.H()
	case 270:
		return geom.Matrix{A: 0, B: -1, C: -1, D: 0, E: c.Y1, F: c.X1}, c.H(), c.W()
	}
	return geom.Matrix{A: 1, B: 0, C: 0, D: -1, E: -c.X0, F: c.Y1}, c.W(), c.H()
}

// Content is a page's content: its streams, decoded, each on a new line.
func (f *File) Content(p Page) ([]byte, error) {
	if _, one := f.Stream(p.Dict["Contents"]); one {
		return f.Decoded(p.Dict["Contents"])
	}
	var all []byte
	for _, o := range f.Array(p.Dict["Contents"]) {
		if f.Get(o) == nil {
			continue
		}
		b, err := f.Decoded(o)
		if err != nil {
			return nil, err
		}
		all = append(append(all, b...), '\n')
	}
	return all, nil
}
