package odf

import (
	"bytes"
	"path"
	"regexp"
	"strconv"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/xmltext"
)

// Frames crop their pictures by a property of their style, fo:clip (ISO/IEC 26300-1,
// 20.183): how much of each side of the picture is not shown, in the measures that the
// picture has by itself.

// A style is what is known of one: its clip, and whose it has where it has none.
type style struct{ parent, clip string }

// styleKey names a style: names are those of a family. The family's default has none.
func styleKey(family, name string) string { return family + "\x00" + name }

// scanClips finds the styles of frames, and the style of the frame of each picture.
func scanClips(src []byte) (styles map[string]style, frames map[int]string) {
	styles, frames = map[string]style{}, map[int]string{}
	if !bytes.Contains(src, []byte("clip")) && !bytes.Contains(src, []byte("frame")) {
		return styles, frames
	}
	in, frame := "", []string{}
	for s := xmltext.NewScanner(src); ; {
		t, more, err := s.Next()
		if err != nil || !more {
			return styles, frames // a part that is damaged was refused
		}
		name := parts.LocalName(t.Name)
		if t.Kind == xmltext.End {
			switch {
			case name == "style" || name == "default-style":
				in = ""
			case name == "frame" && len(frame) > 0:
				frame = frame[:len(frame)-1]
			}
			continue
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty {
			continue
		}
		attr := func(name string) (v string, at int) {
			for _, a := range t.Attrs {
				if a.Name == name || !strings.Contains(name, ":") && parts.LocalName(a.Name) == name {
					v, _ = xmltext.Decode(src[a.ValueFrom:a.ValueTo])
					return v, a.ValueFrom
				}
			}
			return "", 0
		}
		switch name {
		case "style", "default-style":
			family, _ := attr("family")
			own, _ := attr("name")
			parent, _ := attr("parent-style-name")
			key := styleKey(family, own)
			styles[key] = style{parent: styleKey(family, parent)}
			if t.Kind == xmltext.Start {
				in = key
			}
		case "graphic-properties":
			if clip, at := attr("clip"); at > 0 && in != "" {
				st := styles[in]
				st.clip = clip
				styles[in] = st
			}
		case "frame":
			if t.Kind == xmltext.Start {
				key := ""
				if s, at := attr("presentation:style-name"); at > 0 {
					key = styleKey("presentation", s)
				} else if s, at := attr("draw:style-name"); at > 0 {
					key = styleKey("graphic", s)
				}
				frame = append(frame, key)
			}
		case "image":
			if _, at := attr("href"); at > 0 && len(frame) > 0 {
				frames[at] = frame[len(frame)-1]
			}
		}
	}
}

// shows tells a picture what a use of it shows, whose address is at a byte of a file.
func (c *container) shows(p *parts.Part, own *file, at int) {
	shown := parts.Whole
	if key := own.frames[at]; key != "" {
		if s, ok := c.sizes[p]; ok {
			shown = s.clipped(c.clip(own, key))
		}
	}
	p.Show(shown)
}

// clip is that of a style: its own, one that it has from another, or its family's.
func (c *container) clip(own *file, key string) string {
	files := []*file{own}
	if p := c.doc.By[strings.ToLower(path.Join(own.folder, "styles.xml"))]; p != nil {
		if f, ok := p.Own.(*file); ok && f != own {
			files = append(files, f)
		}
	}
	find := func(key string) (style, bool) {
		for _, f := range files {
			if s, ok := f.styles[key]; ok {
				return s, true
			}
		}
		return style{}, false
	}
	family, _, _ := strings.Cut(key, "\x00")
	for range 100 { // of parents, which may be each other's
		s, ok := find(key)
		if !ok || s.clip != "" || key == styleKey(family, "") {
			return s.clip
		}
		key = s.parent
	}
	return ""
}

var (
	rectangle = regexp.MustCompile(`^\s*rect\(\s*(\S+?)[\s,]+(\S+?)[\s,]+(\S+?)[\s,]+(\S+?)\s*\)\s*$`)
	length    = regexp.MustCompile(`^([-+]?[0-9]*\.?[0-9]+)(cm|mm|in|pt|pc|px)$`)
	// inches are those of the units of lengths.
	inches = map[string]float64{"cm": 1 / 2.54, "mm": 1 / 25.4, "in": 1, "pt": 1 / 72., "pc": 1 / 6., "px": 1 / 96.}
)

// rounded is what readers round lengths to, in inches: a hundredth of a millimetre.
const rounded = 0.01 / 25.4

// clipped is what a clip shows of a picture of that size; all of it where the clip
// cannot be read. What reaches outside the picture crops nothing.
func (s size) clipped(clip string) parts.Rect {
	m := rectangle.FindStringSubmatch(clip)
	if m == nil {
		return parts.Whole
	}
	var cut [4]float64 // top, right, bottom, left
	for i := range cut {
		if m[i+1] == "auto" {
			continue
		}
		l := length.FindStringSubmatch(m[i+1])
		if l == nil {
			return parts.Whole
		}
		v, err := strconv.ParseFloat(l[1], 64)
		if err != nil {
			return parts.Whole
		}
		of := s.height
		if i%2 == 1 {
			of = s.width
		}
		cut[i] = min(max(v*inches[l[2]]-rounded, 0)/of, 1)
	}
	return parts.Rect{Left: cut[3], Top: cut[0], Right: 1 - cut[1], Bottom: 1 - cut[2]}
}
