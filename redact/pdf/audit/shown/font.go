// Package shown reads what the pages of a PDF file show, and what they draw
// unseen, in a plain way of its own: it is what tests the redaction, and so shares
// nothing with what does it.
package shown

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"consentry/redact/pdf/audit/raw"
)

// A Font is how codes become text and widths. It is naive: what it does not know
// it guesses.
type Font struct {
	Name   string
	Subset bool // its name says so: ABCDEF+
	// Mapped are the texts that its ToUnicode, Differences and CharSet have, by
	// code; by the glyph's name with a minus where there is no code.
	Mapped map[uint32]string

	composite bool
	vertical  bool
	one       float64 // the width of a glyph of 1 em, in text space
	widths    map[uint32]float64
	missing   float64
	unicode   *cmap
	codes     *cmap
	charset   encoding.Encoding // of a predefined CMap
	utf16     bool              // of a predefined CMap
	base      string
	names     [256]string
	glyphs    map[uint32]rune // by an embedded TrueType program
	gids      []byte          // CIDToGIDMap
	Procs     []raw.Value     // of a Type 3 font, in the order of their names in the dictionary
	Resources raw.Value
}

// A Char is one code of a string.
type Char struct {
	Code  uint32
	Text  string  // by ToUnicode, else by the encoding
	Other string  // by the encoding, where that says something else
	Width float64 // in text space of size 1
	Space bool    // a single byte 32: word spacing applies
}

var subsetName = regexp.MustCompile(`^[A-Z]{6}\+`)

// LoadFont reads a font dictionary.
func LoadFont(f *raw.File, v raw.Value) *Font {
	d := f.Dict(v)
	o := &Font{Mapped: map[uint32]string{}, widths: map[uint32]float64{}, one: 0.001, missing: 0.5}
	name, _ := f.Get(d.Get("BaseFont")).(raw.Name)
	o.Name, o.Subset = string(name), subsetName.MatchString(string(name))
	if s := f.StreamOf(d.Get("ToUnicode")); s != nil {
		o.unicode = parseCMap(s.Decode().Data)
		for c, t := range o.unicode.text {
			o.Mapped[c] = t
		}
	}
	switch subtype, _ := f.Get(d.Get("Subtype")).(raw.Name); subtype {
	case "Type0":
		o.loadComposite(f, d)
	case "Type3":
		o.loadSimple(f, d)
		if m := f.Numbers(d.Get("FontMatrix")); len(m) == 6 {
			o.one = m[0]
		}
		o.missing = 0
		for _, e := range f.Dict(d.Get("CharProcs")) {
			o.Procs = append(o.Procs, e.Value)
		}
		o.Resources = d.Get("Resources")
	default:
		o.loadSimple(f, d)
	}
	return o
}

func (o *Font) loadSimple(f *raw.File, d raw.Dict) {
	switch e := f.Get(d.Get("Encoding")).(type) {
	case raw.Name:
		o.base = string(e)
	case raw.Dict:
		base, _ := f.Get(e.Get("BaseEncoding")).(raw.Name)
		o.base = string(base)
		at := 0
		for _, v := range f.Array(e.Get("Differences")) {
			switch v := f.Get(v).(type) {
			case float64:
				at = int(v)
			case raw.Name:
				if at >= 0 && at < 256 {
					o.names[at] = string(v)
					if t := textOf(string(v)); t != "" && o.Mapped[uint32(at)] == "" {
						o.Mapped[uint32(at)] = t
					}
				}
				at++
			}
		}
	}
	desc := f.Dict(d.Get("FontDescriptor"))
	if s := f.StreamOf(desc.Get("FontFile")); s != nil && o.base == "" {
		o.builtin(s.Decode().Data)
	}
	if o.base == "" && desc == nil {
		o.base = "StandardEncoding"
	}
	o.charSet(f.Get(desc.Get("CharSet")))
	first, _ := f.Number(d.Get("FirstChar"))
	for i, w := range f.Numbers(d.Get("Widths")) {
		if c := int(first) + i; c >= 0 && c < 256 {
			o.widths[uint32(c)] = w
		}
	}
	if w, ok := f.Number(desc.Get("MissingWidth")); ok && len(o.widths) > 0 {
		o.missing = w / 1000
	}
	if len(o.widths) == 0 {
		for c, w := range standardWidths(o.Name) {
			o.widths[uint32(32+c)] = w
		}
	}
}

// charSet notes the glyphs that a descriptor lists.
func (o *Font) charSet(v raw.Value) {
	s, _ := v.(raw.String)
	for i, n := range strings.Split(string(s), "/") {
		if t := textOf(strings.TrimSpace(n)); t != "" && i < 1<<16 {
			o.Mapped[1<<31|uint32(i)] = t
		}
	}
}

var dup = regexp.MustCompile(`dup\s+(\d{1,3})\s*/(\S+)\s+put`)

// builtin reads the encoding of a Type 1 program, which is in its clear part.
func (o *Font) builtin(b []byte) {
	o.base = "StandardEncoding"
	for _, m := range dup.FindAllSubmatch(b[:min(len(b), 1<<16)], 256) {
		if c, err := strconv.Atoi(string(m[1])); err == nil && c < 256 && o.names[c] == "" {
			o.names[c] = string(m[2])
		}
	}
}

func (o *Font) loadComposite(f *raw.File, d raw.Dict) {
	o.composite = true
	var below raw.Dict
	if a := f.Array(d.Get("DescendantFonts")); len(a) > 0 {
		below = f.Dict(a[0])
	}
	switch e := d.Get("Encoding"); v := f.Get(e).(type) {
	case raw.Name:
		o.predefined(string(v))
	case raw.Dict:
		if s := f.StreamOf(e); s != nil {
			o.codes = parseCMap(s.Decode().Data)
			o.predefined(v.Name("UseCMap"))
		}
		wmode, _ := f.Number(v.Get("WMode"))
		o.vertical = wmode == 1
	}
	o.missing = 1
	if w, ok := f.Number(below.Get("DW")); ok {
		o.missing = w / 1000
	}
	list := f.Array(below.Get("W"))
	for i := 0; i+1 < len(list) && len(o.widths) < maxMapped; {
		from, _ := f.Number(list[i])
		if a, ok := f.Get(list[i+1]).(raw.Array); ok {
			for k, v := range a {
				w, _ := f.Number(v)
				o.widths[uint32(from)+uint32(k)] = w
			}
			i += 2
			continue
		}
		if i+2 >= len(list) {
			break
		}
		to, _ := f.Number(list[i+1])
		w, _ := f.Number(list[i+2])
		for c := from; c <= min(to, from+0xFFFF); c++ {
			o.widths[uint32(c)] = w
		}
		i += 3
	}
	desc := f.Dict(below.Get("FontDescriptor"))
	if s := f.StreamOf(desc.Get("FontFile2")); s != nil && o.unicode == nil && o.charset == nil && !o.utf16 {
		o.glyphs = trueTypeRunes(s.Decode().Data)
		if m := f.StreamOf(below.Get("CIDToGIDMap")); m != nil {
			o.gids = m.Decode().Data
		}
	}
}

// predefined sets how the codes of a predefined CMap (ISO 32000-2, table 116)
// become text. Identity and unknown ones have two bytes a code.
func (o *Font) predefined(name string) {
	o.vertical = o.vertical || strings.HasSuffix(name, "-V") || name == "V"
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(name, p) {
				return true
			}
		}
		return false
	}
	switch {
	case has("UCS2", "UTF16"):
		o.utf16 = true
	case has("GBK2K"):
		o.charset = simplifiedchinese.GB18030
	case has("GB"):
		o.charset = simplifiedchinese.GBK
	case has("B5", "HKscs", "ETen"):
		o.charset = traditionalchinese.Big5
	case has("RKSJ"):
		o.charset = japanese.ShiftJIS
	case has("KSC"):
		o.charset = korean.EUCKR
	case has("EUC"):
		o.charset = japanese.EUCJP
	}
}

// Chars splits a string into codes.
func (o *Font) Chars(s []byte) []Char {
	out := make([]Char, 0, len(s))
	for len(s) > 0 {
		n := o.length(s)
		c := Char{Code: code(s[:n]), Space: n == 1 && s[0] == ' '}
		o.read(&c, s[:n])
		out = append(out, c)
		s = s[n:]
	}
	return out
}

// length is how many bytes the next code has.
func (o *Font) length(s []byte) int {
	switch {
	case !o.composite:
		return 1
	case o.charset != nil:
		n := 1
		if s[0] >= 0x81 && s[0] != 0xFF && !(o.charset == japanese.ShiftJIS && s[0] >= 0xA0 && s[0] < 0xE0) {
			n = 2
		}
		if o.charset == simplifiedchinese.GB18030 && n == 2 && len(s) > 1 && s[1] >= '0' && s[1] <= '9' {
			n = 4
		}
		return min(n, len(s))
	case o.codes != nil && len(o.codes.spaces) > 0:
		for n := 1; n <= min(4, len(s)); n++ {
			for _, sp := range o.codes.spaces {
				if v := code(s[:n]); sp.n == n && v >= sp.lo && v <= sp.hi {
					return n
				}
			}
		}
		return min(o.codes.spaces[0].n, len(s))
	case o.utf16 && len(s) >= 4 && s[0]&0xFC == 0xD8:
		return 4
	}
	return min(2, len(s))
}

func (o *Font) read(c *Char, s []byte) {
	own := ""
	switch {
	case o.charset != nil:
		if b, err := o.charset.NewDecoder().Bytes(s); err == nil {
			own = string(b)
		}
	case o.utf16:
		own = utf16Text(s)
	case o.composite:
		if r := o.glyphs[o.glyphOf(c.Code)]; r != 0 {
			own = string(r)
		} else if r := rune(c.Code); o.unicode == nil && unicode.IsPrint(r) { // some programs write Unicode
			own = string(r)
		}
	case o.names[s[0]] != "":
		if own = textOf(o.names[s[0]]); own == "" { // a name that tells nothing: the code may
			own = simpleText("WinAnsiEncoding", s[0])
		}
	default:
		own = simpleText(o.base, s[0])
	}
	c.Text = own
	if o.unicode != nil {
		if t, ok := o.unicode.text[c.Code]; ok && t != "" {
			if c.Text = t; own != t {
				c.Other = own
			}
		}
	}
	cid := c.Code
	if o.codes != nil {
		if v, ok := o.codes.cids[c.Code]; ok {
			cid = v
		}
	}
	w, ok := o.widths[cid]
	switch {
	case ok:
		c.Width = w * o.one
	case o.charset != nil && len(s) == 1:
		c.Width = 0.5
	default:
		c.Width = o.missing
	}
}

// glyphOf is the glyph of a code of two bytes that is a CID.
func (o *Font) glyphOf(cid uint32) uint32 {
	if i := int(cid) * 2; o.gids != nil {
		if i+1 >= len(o.gids) {
			return 0
		}
		return uint32(o.gids[i])<<8 | uint32(o.gids[i+1])
	}
	return cid
}
