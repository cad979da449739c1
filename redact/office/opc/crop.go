package opc

import (
	"bytes"
	"strconv"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/xmltext"
)

// crops finds what is shown of each picture over all its uses. A use that does not
// crop shows all of it.
func crops(d *parts.Document) {
	for _, p := range d.Parts {
		if p.How != parts.Readable {
			continue
		}
		cropped := cropsOf(p.Src)
		uses := map[string]int{}
		for _, ref := range p.XML.References {
			if !ref.Gone {
				uses[ref.Value]++
			}
		}
		for _, r := range Rels(p) {
			if r.To == nil || r.To.How != parts.Picture {
				continue
			}
			seen := cropped[r.ID]
			for range max(uses[r.ID]-len(seen), 0) {
				seen = append(seen, parts.Whole)
			}
			for _, s := range seen {
				r.To.Show(s)
			}
		}
	}
}

// cropsOf are the cropped uses of pictures in a part, by the name of what they name.
func cropsOf(src []byte) map[string][]parts.Rect {
	if !bytes.Contains(src, []byte("srcRect")) && !bytes.Contains(src, []byte("crop")) {
		return nil
	}
	out := map[string][]parts.Rect{}
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
			if r := (parts.Rect{Left: percent(attrs["l"]), Top: percent(attrs["t"]), Right: 1 - percent(attrs["r"]), Bottom: 1 - percent(attrs["b"])}); r != parts.Whole && last != "" {
				out[last] = append(out[last], r)
			}
			last = ""
		case "imagedata":
			id := attrs["id"]
			if id == "" {
				id = attrs["relid"]
			}
			if r := (parts.Rect{Left: fraction(attrs["cropleft"]), Top: fraction(attrs["croptop"]), Right: 1 - fraction(attrs["cropright"]), Bottom: 1 - fraction(attrs["cropbottom"])}); r != parts.Whole && id != "" {
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
