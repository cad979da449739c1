package pdf

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/setting"
)

// links puts the rectangles of links on lines that were set anew around the whole
// line: their own would tell how wide what stood before them was.
func (w *writing) links(p object.Page, rows []setting.Row) {
	for _, o := range w.f.Array(p.Dict["Annots"]) {
		d := w.f.Dict(o)
		at, ok := w.f.Rect(d["Rect"])
		if !ok || w.f.Name(d["Subtype"]) != "Link" {
			continue
		}
		for _, r := range rows {
			if at.Overlaps(r.Old) {
				n := r.New
				d["Rect"] = types.NewNumberArray(n.X0, n.Y0, n.X1, n.Y1)
				delete(d, "QuadPoints")
				break
			}
		}
	}
}

// droppedAnnots makes zones of the annotations that a page has no more: comments
// are not for publication.
func (w *writing) droppedAnnots(i int) error {
	was, err := w.reader.file.Page(i)
	if err != nil {
		return err
	}
	is, err := w.f.Page(i)
	if err != nil {
		return err
	}
	left := map[geom.Rect]int{}
	for _, o := range w.f.Array(is.Dict["Annots"]) {
		if at, ok := w.f.Rect(w.f.Dict(o)["Rect"]); ok {
			left[at]++
		}
	}
	view, _, _ := was.View()
	for _, o := range w.reader.file.Array(was.Dict["Annots"]) {
		at, ok := w.reader.file.Rect(w.reader.file.Dict(o)["Rect"])
		if !ok {
			continue
		}
		if left[at] > 0 {
			left[at]--
			continue
		}
		w.edition.zones[i] = append(w.edition.zones[i], at.Grow(icon).Through(view))
	}
	return nil
}

// icon is how far, in points, the sign of a comment may reach out of its place.
const icon = 24
