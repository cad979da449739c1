package office

import (
	"bytes"
	"context"
	"image"
	"math"
	"strconv"
	"strings"

	"consentry/redact"
	"consentry/redact/xmltext"
)

// NotePictureCut counts pictures whose cropped-away parts are painted over.
const NotePictureCut = "office-picture-cut"

// A rect is a part of a picture, in parts of its width and height.
type rect struct{ left, top, right, bottom float64 }

var whole = rect{0, 0, 1, 1}

func (r rect) union(o rect) rect {
	return rect{min(r.left, o.left), min(r.top, o.top), max(r.right, o.right), max(r.bottom, o.bottom)}
}

// crops finds what is shown of each picture over all its uses. A use that does not
// crop shows all of it.
func (d *document) crops() {
	for _, p := range d.parts {
		if p.how != readable {
			continue
		}
		cropped := cropsOf(p.src)
		uses := map[string]int{}
		for _, ref := range p.xml.References {
			if !ref.Gone {
				uses[ref.Value]++
			}
		}
		for _, r := range p.rels {
			if r.to == nil || r.to.how != picture {
				continue
			}
			seen := cropped[r.id]
			for range max(uses[r.id]-len(seen), 0) {
				seen = append(seen, whole)
			}
			for _, s := range seen {
				if r.to.shown == nil {
					r.to.shown = &s
				} else {
					u := r.to.shown.union(s)
					r.to.shown = &u
				}
			}
		}
	}
}

// cropsOf are the cropped uses of pictures in a part, by the name of what they name.
func cropsOf(src []byte) map[string][]rect {
	if !bytes.Contains(src, []byte("srcRect")) && !bytes.Contains(src, []byte("crop")) {
		return nil
	}
	out := map[string][]rect{}
	last := ""
	for s := xmltext.NewScanner(src); ; {
		t, more, err := s.Next()
		if err != nil || !more {
			return out // a part that is damaged was refused
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty {
			continue
		}
		attrs := map[string]string{}
		for _, a := range t.Attrs {
			attrs[a.Name[strings.IndexByte(a.Name, ':')+1:]], _ = xmltext.Decode(src[a.ValueFrom:a.ValueTo])
		}
		switch t.Name[strings.IndexByte(t.Name, ':')+1:] {
		case "blip":
			last = attrs["embed"]
		case "srcRect":
			if r := (rect{percent(attrs["l"]), percent(attrs["t"]), 1 - percent(attrs["r"]), 1 - percent(attrs["b"])}); r != whole && last != "" {
				out[last] = append(out[last], r)
			}
			last = ""
		case "imagedata":
			id := attrs["id"]
			if id == "" {
				id = attrs["relid"]
			}
			if r := (rect{fraction(attrs["cropleft"]), fraction(attrs["croptop"]), 1 - fraction(attrs["cropright"]), 1 - fraction(attrs["cropbottom"])}); r != whole && id != "" {
				out[id] = append(out[id], r)
			}
		}
	}
}

// percent reads a side of a:srcRect: thousandths of a percent, or a percentage.
// What reaches outside the picture crops nothing.
func percent(s string) float64 {
	n, is := strings.CutSuffix(s, "%")
	v, err := strconv.ParseFloat(n, 64)
	if err != nil || !(v > 0) {
		return 0
	}
	if !is {
		v /= 1000
	}
	return min(v/100, 1)
}

// fraction reads a side of v:imagedata: a fraction, or 65536ths of one.
func fraction(s string) float64 {
	n, is := strings.CutSuffix(s, "f")
	v, err := strconv.ParseFloat(n, 64)
	if err != nil || !(v > 0) {
		return 0
	}
	if is {
		v /= 65536
	}
	return min(v, 1)
}

// cut gives orders for what a picture's uses crop away.
func (p *part) cut(ctx context.Context) (rs []redact.Redaction, err error) {
	if p.shown == nil || *p.shown == whole || p.shown.left >= p.shown.right || p.shown.top >= p.shown.bottom {
		return nil, nil
	}
	for page, err := range p.doc.Pages(ctx) {
		if err != nil {
			return nil, err
		}
		if page.Part != redact.PartBody || len(page.Pictures) == 0 {
			continue
		}
		b := page.Bounds
		at := func(v float64, size int, round func(float64) float64) int { return int(round(v * float64(size))) }
		in := image.Rect(at(p.shown.left, b.Dx(), math.Floor), at(p.shown.top, b.Dy(), math.Floor), at(p.shown.right, b.Dx(), math.Ceil), at(p.shown.bottom, b.Dy(), math.Ceil)).Add(b.Min)
		for _, box := range []image.Rectangle{
			{b.Min, image.Pt(b.Max.X, in.Min.Y)}, {image.Pt(b.Min.X, in.Max.Y), b.Max},
			{image.Pt(b.Min.X, in.Min.Y), image.Pt(in.Min.X, in.Max.Y)}, {image.Pt(in.Max.X, in.Min.Y), image.Pt(b.Max.X, in.Max.Y)},
		} {
			if box = box.Intersect(b); !box.Empty() {
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: page.Part, Page: page.Index, Box: box}, Kind: redact.Drawn})
			}
		}
	}
	return rs, nil
}
