package shown

import (
	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/geom"
)

// paint handles paths, clipping and colours (8.5 and 8.6).
func (n *run) paint(op string, a []raw.Value, res raw.Dict, depth int) {
	g := &n.g
	point := func(i int) geom.Point { return g.m.Apply(geom.Point{X: num(a, i), Y: num(a, i+1)}) }
	switch op {
	case "m", "l":
		n.path.add(point(0))
	case "c":
		n.path.add(point(0))
		n.path.add(point(2))
		n.path.add(point(4))
	case "v", "y":
		n.path.add(point(0))
		n.path.add(point(2))
	case "re":
		x, y, w, h := num(a, 0), num(a, 1), num(a, 2), num(a, 3)
		if n.path.any && n.path.isRect() { // each is painted as a box of its own
			n.more = append(n.more, n.path.box)
			n.path = path{}
		}
		n.rect(x, y, w, h)
	case "w":
		g.width = num(a, 0)
	case "W", "W*":
		n.clipping = true
	case "n":
		n.endPath(false, false)
	case "S", "s":
		n.endPath(false, true)
	case "f", "F", "f*", "B", "B*", "b", "b*":
		n.endPath(true, false)
	case "sh":
		n.fills(Fill{Box: g.clip, Opaque: g.solid(), Points: 4})
	default:
		n.colour(op, a, res, depth)
	}
}

func (n *run) rect(x, y, w, h float64) {
	for _, q := range [...]geom.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}} {
		n.path.add(n.g.m.Apply(q))
	}
}

// endPath paints the path and clips.
func (n *run) endPath(fill, stroke bool) {
	g := &n.g
	p := n.path
	boxes := append(n.more, p.box)
	if p.any && n.offs == 0 && g.why == 0 && (fill || stroke) {
		for i, b := range boxes {
			f := Fill{Box: b.Intersect(g.clip), Points: p.points, Rect: i < len(n.more) || p.isRect(), Colour: g.fill, Opaque: fill && g.solid() && !g.pattern, Stroke: stroke}
			if stroke {
				n.stroked(&f, b, p)
			}
			n.fills(f)
		}
	}
	if n.clipping && p.any {
		hull := boxes[0]
		for _, b := range boxes[1:] {
			hull = hull.Union(b)
		}
		g.clip = g.clip.Intersect(hull)
	} else if n.clipping {
		g.clip = geom.Rect{}
	}
	n.path, n.more, n.clipping = path{}, nil, false
}

// stroked makes a straight upright line the box that it paints; other outlines hide
// nothing.
func (n *run) stroked(f *Fill, b geom.Rect, p path) {
	g := &n.g
	f.Colour, f.Opaque, f.Rect = g.stroke, false, false
	if w := g.width * length(g.m.Vector(geom.Point{Y: 1})); p.points == 2 && (b.W() < 0.01 || b.H() < 0.01) {
		if b.W() < b.H() {
			b.X0, b.X1 = b.X0-w/2, b.X1+w/2
		} else {
			b.Y0, b.Y1 = b.Y0-w/2, b.Y1+w/2
		}
		f.Box, f.Opaque, f.Rect = b.Intersect(g.clip), g.strokeAlpha > 0.99 && !g.blended && !g.masked, true
	}
}

func (n *run) colour(op string, a []raw.Value, res raw.Dict, depth int) {
	g := &n.g
	switch op {
	case "g":
		g.fill, g.space, g.pattern = grey(num(a, 0)), "G", false
	case "G":
		g.stroke, g.strokeSpace = grey(num(a, 0)), "G"
	case "rg":
		g.fill, g.space, g.pattern = Colour{num(a, 0), num(a, 1), num(a, 2), true}, "RGB", false
	case "RG":
		g.stroke, g.strokeSpace = Colour{num(a, 0), num(a, 1), num(a, 2), true}, "RGB"
	case "k":
		g.fill, g.space, g.pattern = cmyk(a), "CMYK", false
	case "K":
		g.stroke, g.strokeSpace = cmyk(a), "CMYK"
	case "cs":
		g.space, g.pattern = n.family(n.space(res, name(a, 0)), 0), false
		g.fill = first(g.space)
	case "CS":
		g.strokeSpace = n.family(n.space(res, name(a, 0)), 0)
		g.stroke = first(g.strokeSpace)
	case "sc", "scn":
		g.fill, g.pattern = components(g.space, a), false
		if p := name(a, len(a)-1); p != "" {
			g.pattern = true
			n.tiling(n.lookup(res, "Pattern", p), depth)
		}
	case "SC", "SCN":
		g.stroke = components(g.strokeSpace, a)
		if p := name(a, len(a)-1); p != "" {
			n.tiling(n.lookup(res, "Pattern", p), depth)
		}
	}
}

func grey(v float64) Colour { return Colour{v, v, v, true} }

func cmyk(a []raw.Value) Colour {
	k := 1 - num(a, 3)
	return Colour{(1 - num(a, 0)) * k, (1 - num(a, 1)) * k, (1 - num(a, 2)) * k, true}
}

// space is a colour space by its name in the resources.
func (n *run) space(res raw.Dict, name string) raw.Value {
	if v := n.lookup(res, "ColorSpace", name); v != nil {
		return v
	}
	return raw.Name(name)
}

// family is what the components of a colour space mean: G, RGB, CMYK, Black (a
// separation), or nothing that is known here (8.6).
func (n *run) family(v raw.Value, depth int) string {
	f := n.r.f
	v = f.Get(v)
	a, _ := v.(raw.Array)
	if len(a) > 0 {
		v = f.Get(a[0])
	}
	switch v {
	case raw.Name("DeviceGray"), raw.Name("CalGray"), raw.Name("G"):
		return "G"
	case raw.Name("DeviceRGB"), raw.Name("CalRGB"), raw.Name("RGB"):
		return "RGB"
	case raw.Name("DeviceCMYK"), raw.Name("CMYK"):
		return "CMYK"
	case raw.Name("Separation"):
		if len(a) > 1 && (f.Get(a[1]) == raw.Value(raw.Name("Black")) || f.Get(a[1]) == raw.Value(raw.Name("All"))) {
			return "Black"
		}
	case raw.Name("ICCBased"):
		if len(a) > 1 && depth < 4 {
			n, _ := f.Number(f.Dict(a[1]).Get("N"))
			return map[float64]string{1: "G", 3: "RGB", 4: "CMYK"}[n]
		}
	}
	return ""
}

// first is the colour a space begins with.
func first(space string) Colour {
	if space == "G" || space == "RGB" || space == "CMYK" || space == "Black" {
		return Colour{Known: true}
	}
	return Colour{}
}

func components(space string, a []raw.Value) Colour {
	switch space {
	case "G":
		return grey(num(a, 0))
	case "Black":
		return grey(1 - num(a, 0))
	case "RGB":
		return Colour{num(a, 0), num(a, 1), num(a, 2), true}
	case "CMYK":
		return cmyk(a)
	}
	return Colour{}
}

// tiling interprets a tiling pattern once, for the text it may hold (8.7.3).
func (n *run) tiling(v raw.Value, depth int) {
	s := n.r.f.StreamOf(v)
	i := n.r.f.Object(v)
	if s == nil || n.r.drawn[i] || depth >= maxForms {
		return
	}
	n.r.drawn[i] = true
	saved, stack, tm, line, p, more, clipping := n.g, n.stack, n.tm, n.line, n.path, n.more, n.clipping
	fills := len(n.p.Fills)
	n.stack, n.path, n.more = nil, path{}, nil
	n.g.m = n.r.matrix(s.Dict.Get("Matrix"))
	n.stream(s.Decode().Data, n.r.f.Dict(s.Dict.Get("Resources")), depth+1)
	n.p.Fills = n.p.Fills[:fills]
	n.g, n.stack, n.tm, n.line, n.path, n.more, n.clipping = saved, stack, tm, line, p, more, clipping
}
