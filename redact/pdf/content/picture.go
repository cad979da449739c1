package content

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// picture is an image where it is drawn.
func (x *interpreter) picture(r *run, p Picture) {
	g := &r.g
	p.Matrix, p.Annot, p.Order, p.Hidden = g.ctm, x.annot, len(x.page.Glyphs), x.hide
	hull := geom.Rect{X1: 1, Y1: 1}.Through(g.ctm)
	p.Box = hull.Intersect(g.clip).Intersect(x.crop)
	p.Hidden |= x.placeHidden(g, hull)
	if p.Box.Empty() {
		p.Box = geom.Rect{}
	}
	if g.fillAlpha < 0.05 {
		p.Hidden |= Tiny
	}
	x.page.Pictures = append(x.page.Pictures, p)
	if p.Hidden == 0 {
		mask, _ := x.file().Get(p.Stream.Dict["ImageMask"]).(types.Boolean)
		clear := bool(mask) || p.Stream.Dict["SMask"] != nil || p.Stream.Dict["Mask"] != nil || !g.plain || g.fillAlpha < 0.95 || !g.clipRect
		x.cover(cover{box: p.Box, order: p.Order, picture: true, ground: clear})
	}
	if x.edit != nil {
		x.edit.picture(x, r, p, hull)
	}
}

// inline is an inline image.
func (x *interpreter) inline(r *run, op *syntax.Op) {
	i := op.Image
	d := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Image")}
	for _, e := range i.Dict {
		key := longKey(string(e.Key))
		if key == "Length" || key == "L" {
			continue
		}
		d[key] = native(e.Value, 0)
	}
	if name, ok := d["ColorSpace"].(types.Name); ok {
		d["ColorSpace"] = x.inlineSpace(r, string(name))
	}
	if a, ok := d["ColorSpace"].(types.Array); ok {
		for k, o := range a {
			if name, ok := o.(types.Name); ok {
				a[k] = types.Name(longSpace(string(name)))
			}
		}
	}
	var filters []types.PDFFilter
	names := i.Filters()
	if len(names) > 0 {
		long := types.Array{}
		for _, n := range names {
			long = append(long, types.Name(n))
		}
		d["Filter"] = long
		if len(long) == 1 {
			d["Filter"] = long[0]
		}
	}
	for k, n := range names {
		f := types.PDFFilter{Name: string(n)}
		switch p := d["DecodeParms"].(type) {
		case types.Dict:
			if k == 0 {
				f.DecodeParms = p
			}
		case types.Array:
			if k < len(p) {
				f.DecodeParms, _ = p[k].(types.Dict)
			}
		}
		filters = append(filters, f)
	}
	n := int64(len(i.Data))
	d["Length"] = types.Integer(n)
	s := types.NewStreamDict(d, 0, &n, nil, filters)
	s.Raw = i.Data
	if len(filters) == 0 {
		s.Content = i.Data
	}
	x.picture(r, Picture{Stream: s, Inline: true})
}

// inlineSpace is a colour space that an inline image names.
func (x *interpreter) inlineSpace(r *run, name string) types.Object {
	if long := longSpace(name); long != name || len(name) > 6 && name[:6] == "Device" {
		return types.Name(long)
	}
	r.refer("ColorSpace", name)
	if o, owner := r.res.Find("ColorSpace", name); owner != nil {
		return o
	}
	return types.Name(name)
}

func longSpace(n string) string {
	switch n {
	case "G":
		return "DeviceGray"
	case "RGB":
		return "DeviceRGB"
	case "CMYK":
		return "DeviceCMYK"
	case "I":
		return "Indexed"
	}
	return n
}

// longKey writes the keys of inline images out (ISO 32000-2, table 91).
func longKey(k string) string {
	switch k {
	case "BPC":
		return "BitsPerComponent"
	case "CS":
		return "ColorSpace"
	case "D":
		return "Decode"
	case "DP":
		return "DecodeParms"
	case "F":
		return "Filter"
	case "H":
		return "Height"
	case "IM":
		return "ImageMask"
	case "I":
		return "Interpolate"
	case "W":
		return "Width"
	}
	return k
}

// native is an operand as an object of the file.
func native(o syntax.Object, depth int) types.Object {
	if depth > 16 {
		return nil
	}
	switch v := o.(type) {
	case syntax.Number:
		if v == syntax.Number(int(v)) {
			return types.Integer(int(v))
		}
		return types.Float(v)
	case syntax.Name:
		return types.Name(v)
	case syntax.Bool:
		return types.Boolean(v)
	case syntax.String:
		return types.NewHexLiteral(v)
	case syntax.Array:
		a := types.Array{}
		for _, e := range v {
			a = append(a, native(e, depth+1))
		}
		return a
	case syntax.Dict:
		d := types.Dict{}
		for _, e := range v {
			d[string(e.Key)] = native(e.Value, depth+1)
		}
		return d
	}
	return nil
}
