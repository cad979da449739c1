package font

import (
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cmap"
	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// Flags of a font descriptor (table 121).
const (
	flagFixed    = 1 << 0
	flagSerif    = 1 << 1
	flagSymbolic = 1 << 2
	flagItalic   = 1 << 6
	flagBold     = 1 << 18
)

// A simple is what is read of a simple font before its codes are made.
type simple struct {
	f        *object.File
	d, desc  types.Dict
	flags    int
	core     *glyph.Metrics // the standard font it is; nil for others
	embedded bool
	type3    bool
	unicode  *cmap.Unicode
	names    glyph.Encoding // of the dictionary; empty where its program decides
	base     glyph.Encoding // the same without Differences
	named    glyph.Encoding // those that Differences names
	whole    bool           // the dictionary names a base encoding
	dingbats bool
	program  *program // opened where it is needed
}

// read reads the dictionary.
func (s *simple) read(t *Font) {
	s.desc = s.f.Dict(s.d["FontDescriptor"])
	flags, _ := s.f.Number(s.desc["Flags"])
	s.flags = int(flags)
	s.embedded = programKey(s.f, s.desc) != ""
	s.type3 = s.f.Name(s.d["Subtype"]) == "Type3"
	base := baseName(s.f.Name(s.d["BaseFont"]))
	if !s.type3 {
		s.core = glyph.Core(base)
	}
	s.dingbats = s.core != nil && s.core.Dingbats || strings.Contains(base, "Dingbats")
	s.unicode = t.toUnicode(s.f, s.d)
	s.encoding()
}

// loadSimple reads a Type1, MMType1, TrueType or Type3 font (9.6).
func (t *Font) loadSimple(f *object.File, d types.Dict) {
	s := &simple{f: f, d: d}
	s.read(t)
	t.simple = &[256]Code{}
	for c := range t.simple {
		text := s.unicode.Text(uint32(c))
		if text == "" {
			text = glyph.Unicode(s.names[c], s.dingbats)
		}
		t.simple[c] = Code{Value: uint32(c), Len: 1, CID: uint32(c), Text: text, Space: c == ' '}
	}
	s.widths(t)
	if !s.whole && !s.type3 {
		s.fromProgram(t)
	}
	for c := range t.simple {
		t.hasText = t.hasText || t.simple[c].Text != "" && strings.TrimSpace(t.simple[c].Text) != ""
	}
	if !t.hasText {
		t.doubts("the font does not tell which characters its codes stand for")
	}
	if s.type3 {
		s.loadType3(t)
		return
	}
	if s.core != nil {
		t.extent(f, s.desc, s.core.Ascent, s.core.Descent)
	} else {
		t.extent(f, s.desc, 0, 0)
	}
}

// encoding reads the names that the dictionary gives the codes (9.6.5).
func (s *simple) encoding() {
	var base *glyph.Encoding
	enc := s.f.Get(s.d["Encoding"])
	name := s.f.Name(enc)
	dict := s.f.Dict(enc)
	if dict != nil {
		name = s.f.Name(dict["BaseEncoding"])
	}
	trueType := s.f.Name(s.d["Subtype"]) == "TrueType"
	switch base = glyph.Named(name); {
	case s.core != nil && len(s.core.BuiltIn[0x41]) != 1 && !s.embedded:
		base = s.core.BuiltIn // Symbol and ZapfDingbats have no other
	case base != nil && trueType && s.flags&flagSymbolic != 0 && dict == nil && s.embedded:
		// The entry is not to be used (9.6.5.4), but writers mean it.
	case base != nil:
	case s.core != nil && !s.embedded:
		base = s.core.BuiltIn
	case s.type3, s.embedded && (s.flags&flagSymbolic != 0 || !trueType):
		base = &glyph.Encoding{}
	case s.flags&flagSymbolic == 0:
		base = glyph.Named("StandardEncoding")
	default:
		base = &glyph.Encoding{}
	}
	s.names, s.base = *base, *base
	code := 0
	for _, o := range s.f.Array(dict["Differences"]) {
		if v, ok := s.f.Number(o); ok {
			code = int(v)
			continue
		}
		if n, ok := s.f.Get(o).(types.Name); ok {
			if code >= 0 && code < 256 {
				s.names[code], s.named[code] = string(n), string(n)
			}
			code++
		}
	}
	s.whole = *base != glyph.Encoding{}
}

// widths sets the codes' widths: the dictionary's, those of the standard font,
// or those of the font program.
func (s *simple) widths(t *Font) {
	scale := .001
	if s.type3 {
		scale = s.f.Matrix(s.d["FontMatrix"]).A
	}
	list := s.f.Array(s.d["Widths"])
	if list == nil {
		if !s.type3 {
			s.ownWidths(t)
		} else {
			t.doubts("the font has no widths")
		}
		return
	}
	missing, _ := s.f.Number(s.desc["MissingWidth"])
	first, _ := s.f.Number(s.d["FirstChar"])
	for c := range t.simple {
		w := missing
		if i := c - int(first); i >= 0 && i < len(list) {
			var ok bool
			if w, ok = s.f.Number(list[i]); !ok {
				t.doubts("a width is not a number")
			}
		}
		t.simple[c].Width = w * scale
	}
}

// ownWidths sets the widths of a font whose dictionary has none.
func (s *simple) ownWidths(t *Font) {
	m := s.core
	if s.embedded && m == nil {
		s.open(t)
		if s.program != nil {
			for c := range t.simple {
				if w, ok := s.program.width(byte(c), s.names[c], s.flags&flagSymbolic != 0); ok {
					t.simple[c].Width = w
				}
			}
			return
		}
	}
	if m == nil {
		lower := strings.ToLower(s.f.Name(s.d["BaseFont"]))
		m = glyph.Substitute(s.flags&flagSerif != 0, s.flags&flagFixed != 0,
			s.flags&flagBold != 0 || strings.Contains(lower, "bold"), s.flags&flagItalic != 0 || strings.Contains(lower, "italic"))
		t.doubts("the font has no widths and is not embedded")
	}
	for c := range t.simple {
		name := s.names[c]
		if name == "" {
			name = m.BuiltIn[c]
		}
		w, ok := m.Width(name)
		if !ok && name == "nbspace" {
			w, _ = m.Width("space")
		}
		t.simple[c].Width = w
	}
}

// fromProgram completes texts by the embedded font program, where codes that the
// font has a width for have none.
func (s *simple) fromProgram(t *Font) {
	need := false
	for c := range t.simple {
		need = need || t.simple[c].Text == "" && t.simple[c].Width != 0
	}
	if !need || !s.embedded {
		return
	}
	if s.open(t); s.program == nil {
		return
	}
	for c := range t.simple {
		if t.simple[c].Text == "" && s.names[c] == "" {
			t.simple[c].Text = s.program.text(byte(c), s.dingbats)
		}
	}
}

// open reads the embedded font program once.
func (s *simple) open(t *Font) {
	if s.program != nil {
		return
	}
	p, err := openProgram(s.f, s.desc)
	if err != nil {
		t.doubts("the embedded font program is damaged")
		return
	}
	s.program = p
}

// loadType3 reads what a Type 3 font has of its own.
func (s *simple) loadType3(t *Font) {
	t.type3 = &Type3{Matrix: s.f.Matrix(s.d["FontMatrix"]), Procs: map[uint32]types.Object{}, Resources: s.f.Dict(s.d["Resources"])}
	procs := s.f.Dict(s.d["CharProcs"])
	for c, n := range s.names {
		if n == "" {
			continue
		}
		if o, ok := procs[n]; ok {
			t.type3.Procs[uint32(c)] = o
		}
	}
	t.ascent, t.descent = .8, -.2
	if box, ok := s.f.Rect(s.d["FontBBox"]); ok && !box.Empty() {
		m := t.type3.Matrix
		b := geom.Rect{Y0: min(box.Y0*m.D, box.Y1*m.D), Y1: max(box.Y0*m.D, box.Y1*m.D)}
		if h := b.Y1 - b.Y0; h > 4 && h <= 2000 && b.Y1 > 0 && b.Y0 <= .5*h {
			t.em = h
			b.Y0, b.Y1 = b.Y0/h, b.Y1/h
		}
		if b.Y1 > .1 && b.Y1 <= 3 && b.Y0 >= -3 && b.Y0 <= .5 {
			t.ascent, t.descent = b.Y1, min(b.Y0, 0)
		}
	}
}

// toUnicode reads the ToUnicode entry; nil where it is not there or says nothing.
func (t *Font) toUnicode(f *object.File, d types.Dict) *cmap.Unicode {
	o := f.Get(d["ToUnicode"])
	switch o.(type) {
	case nil:
		return nil
	case types.Name:
		return cmap.NamedUnicode(f.Name(o))
	}
	b, err := f.Decoded(o)
	if err != nil {
		t.doubts("the map to Unicode cannot be read")
		return nil
	}
	u := cmap.ParseUnicode(b)
	if !u.Usable() {
		t.doubts("the map to Unicode says nothing")
		return nil
	}
	return u
}

// baseName is a BaseFont without the tag of a subset.
func baseName(s string) string {
	if len(s) > 7 && s[6] == '+' && strings.Trim(s[:6], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return s[7:]
	}
	return s
}
