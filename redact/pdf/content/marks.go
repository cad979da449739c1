package content

import (
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/syntax"
)

// spoken are the keys of a marked-content sequence that hold text (ISO 32000-2,
// 14.9.3 to 14.9.5, and 14.8.2.2 for artifacts).
var spoken = [...]string{"ActualText", "Alt", "E", "Contents"}

// begin is BMC and BDC.
func (x *interpreter) begin(r *run, op *syntax.Op) {
	m := marked{outer: x.mark, hide: x.hide}
	if len(r.marks) >= 4096 {
		return
	}
	r.marks = append(r.marks, m)
	a := r.s.Args(op)
	if op.Name == "BMC" || len(a) < 2 {
		return
	}
	var texts []string
	switch v := a[len(a)-1].Obj.(type) {
	case syntax.Dict:
		for _, k := range spoken {
			if s, ok := v.Get(syntax.Name(k)).(syntax.String); ok && len(s) > 0 {
				texts = append(texts, decoded(s))
			}
		}
	case syntax.Name:
		r.refer("Properties", string(v))
		o, owner := r.res.Find("Properties", string(v))
		if owner == nil {
			break
		}
		if tag, _ := a[len(a)-2].Obj.(syntax.Name); tag == "OC" && x.r.layers.Hidden(o) {
			x.hide |= Layer
		}
		d := x.file().Dict(o)
		for _, k := range spoken {
			if s, ok := x.file().Bytes(d[k]); ok && len(s) > 0 {
				texts = append(texts, decoded(s))
			}
		}
	}
	if len(texts) == 0 {
		return
	}
	x.page.Marks = append(x.page.Marks, Mark{Text: texts, Parent: x.mark})
	x.mark = len(x.page.Marks) - 1
	if x.edit != nil {
		r.trace.marks = append(r.trace.marks, opened{op: r.op, mark: x.mark})
	}
}

// end is EMC.
func (x *interpreter) end(r *run) {
	if k := len(r.marks); k > 0 {
		x.mark, x.hide = r.marks[k-1].outer, r.marks[k-1].hide
		r.marks = r.marks[:k-1]
	}
}

// decoded is a text string (ISO 32000-2, 7.9.2.2) as Unicode. PDFDocEncoding is
// read as Latin-1, from which it differs in marks of punctuation only.
func decoded(b []byte) string {
	switch {
	case len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF:
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
		return string(utf16.Decode(u))
	case len(b) >= 2 && b[0] == 0xFF && b[1] == 0xFE:
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i+1])<<8|uint16(b[i]))
		}
		return string(utf16.Decode(u))
	case len(b) >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF:
		return string(b[3:])
	}
	u := make([]rune, len(b))
	for i, c := range b {
		u[i] = rune(c)
	}
	return string(u)
}

// mute is a property list without its texts; false where it has none.
func mute(d types.Dict) (types.Dict, bool) {
	n, changed := clone(d), false
	for _, k := range spoken {
		if _, ok := n[k]; ok {
			delete(n, k)
			changed = true
		}
	}
	return n, changed
}
