package font

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cmap"
	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/object"
)

// A composite is what is read of a Type 0 font (9.7).
type composite struct {
	cmap       *cmap.CMap
	unicode    *cmap.Unicode
	direct     bool     // the codes are Unicode themselves
	collection []string // text by CID
	program    *program
	toGID      []byte // CIDToGIDMap; nil for the identity

	width    []span // W
	dw       float64
	vertical []span // W2
	dvy, dwy float64
}

// A span gives CIDs from lo to hi the same measures.
type span struct {
	lo, hi uint32
	v      [3]float64 // of W: the width; of W2: displacement, and the position vector
}

// loadComposite reads a Type 0 font.
func (t *Font) loadComposite(f *object.File, d types.Dict) {
	c := &composite{}
	t.composite, t.pages = c, map[uint64]*[256]Code{}
	var desc types.Dict
	var cid types.Dict
	if a := f.Array(d["DescendantFonts"]); len(a) > 0 {
		cid = f.Dict(a[0])
		desc = f.Dict(cid["FontDescriptor"])
	}
	if cid == nil {
		t.doubts("the font has no descendant")
	}
	t.extent(f, desc, 0, 0)
	c.measures(f, cid)
	c.cmap = t.encodingCMap(f, d["Encoding"], 0)
	c.unicode = t.toUnicode(f, d)

	ordering := ""
	if b, ok := f.Bytes(f.Dict(cid["CIDSystemInfo"])["Ordering"]); ok {
		ordering = string(b)
	}
	c.direct = strings.HasPrefix(c.cmap.Name, "Uni") && cmap.Predefined(c.cmap.Name) == c.cmap
	if c.collection = cmap.Collection(ordering); c.collection == nil {
		c.collection = cmap.Collection(c.cmap.Ordering)
	}
	if c.unicode == nil && c.collection == nil && !c.direct && embedded(f, desc) {
		c.openProgram(t, f, cid, desc)
	}
	t.hasText = c.unicode != nil || c.collection != nil || c.direct || c.program != nil && c.program.hasText()
	if !t.hasText {
		t.doubts("the font does not tell which characters its codes stand for")
	}
}

// openProgram reads the program for a font that nothing else tells the Unicode of.
func (c *composite) openProgram(t *Font, f *object.File, cid, desc types.Dict) {
	p, err := openProgram(f, desc)
	if err != nil {
		t.doubts("the embedded font program is damaged")
		return
	}
	c.program = p
	if _, ok := f.Stream(cid["CIDToGIDMap"]); ok {
		b, err := f.Decoded(cid["CIDToGIDMap"])
		if err != nil {
			t.doubts("the map from CIDs to glyphs cannot be read")
			b = []byte{}
		}
		c.toGID = b
	}
}

// encodingCMap is the CMap of an Encoding entry (9.7.5): a name or a stream. Where
// it is unknown the codes are taken for CIDs of two bytes.
func (t *Font) encodingCMap(f *object.File, o types.Object, depth int) *cmap.CMap {
	if s, ok := f.Stream(o); ok {
		var base *cmap.CMap
		if use := s.Dict["UseCMap"]; use != nil && depth < 4 {
			base = t.encodingCMap(f, use, depth+1)
		}
		b, err := f.Decoded(o)
		if err != nil {
			t.doubts("the encoding cannot be read")
			return cmap.Predefined("Identity-H")
		}
		c := cmap.Parse(b, base)
		if v, ok := f.Number(s.Dict["WMode"]); ok {
			c.Vertical = v == 1
		}
		if !c.Mapped() {
			t.doubts("the encoding maps no code")
		}
		return c
	}
	name := f.Name(o)
	if c := cmap.Predefined(name); c != nil {
		return c
	}
	t.doubts("the encoding is unknown")
	if strings.HasSuffix(name, "-V") {
		return cmap.Predefined("Identity-V")
	}
	return cmap.Predefined("Identity-H")
}

// length is how long a code of n bytes is that may have been cut off by the end of
// the string.
func (c *composite) length(s []byte, n int) int {
	if n < len(s) || len(s) >= 4 {
		return n
	}
	var padded [4]byte
	copy(padded[:], s)
	_, n = c.cmap.Next(padded[:])
	return n
}

// code makes a code of n bytes.
func (c *composite) code(value uint32, n int) Code {
	cid, _ := c.cmap.CID(value, n)
	out := Code{Value: value, Len: n, CID: cid, Width: c.dw, Space: n == 1 && value == ' '}
	if s, ok := findSpan(c.width, cid); ok {
		out.Width = s.v[0]
	}
	out.Text = c.text(value, n, cid)
	if c.cmap.Vertical {
		out.VX, out.VY, out.WY = out.Width/2, c.dvy, c.dwy
		if s, ok := findSpan(c.vertical, cid); ok {
			out.WY, out.VX, out.VY = s.v[0], s.v[1], s.v[2]
		}
	}
	return out
}

// text is what a code stands for (9.10.2).
func (c *composite) text(value uint32, n int, cid uint32) string {
	if s := c.unicode.Text(value); s != "" {
		return s
	}
	if c.direct {
		if r, ok := cmap.UTF16(value, n); ok && glyph.Known(string(r)) {
			return string(r)
		}
		return ""
	}
	if int64(cid) < int64(len(c.collection)) && c.collection[cid] != "" {
		return c.collection[cid]
	}
	if c.program != nil {
		gid := int(cid)
		if c.toGID != nil {
			if gid = 0; 2*int64(cid)+1 < int64(len(c.toGID)) {
				gid = int(c.toGID[2*cid])<<8 | int(c.toGID[2*cid+1])
			}
		}
		return c.program.glyphText(gid, false)
	}
	return ""
}

// measures reads DW, W, DW2 and W2 (9.7.4.3).
func (c *composite) measures(f *object.File, cid types.Dict) {
	c.dw, c.dvy, c.dwy = 1, .88, -1
	if v, ok := f.Number(cid["DW"]); ok {
		c.dw = v / 1000
	}
	if v := f.Numbers(cid["DW2"]); len(v) == 2 {
		c.dvy, c.dwy = v[0]/1000, v[1]/1000
	}
	c.width = spans(f, f.Array(cid["W"]), 1)
	c.vertical = spans(f, f.Array(cid["W2"]), 3)
}

// spans reads an array of W's or W2's form: c [v …] or first last v, each v being n
// numbers. What comes first in the file is found first.
func spans(f *object.File, a types.Array, n int) []span {
	var out []span
	for i := 0; i+1 < len(a); {
		lo, ok := f.Number(a[i])
		if !ok || lo < 0 || lo > 0xffffff {
			i++
			continue
		}
		if list := f.Array(a[i+1]); list != nil {
			for k := 0; k+n <= len(list); k += n {
				s := span{lo: uint32(lo) + uint32(k/n)}
				s.hi = s.lo
				for j := range n {
					v, _ := f.Number(list[k+j])
					s.v[j] = v / 1000
				}
				out = append(out, s)
			}
			i += 2
			continue
		}
		hi, ok := f.Number(a[i+1])
		if !ok || i+1+n >= len(a) {
			break
		}
		s := span{lo: uint32(lo), hi: uint32(min(max(hi, 0), 0xffffff))}
		for j := range n {
			v, _ := f.Number(a[i+2+j])
			s.v[j] = v / 1000
		}
		out = append(out, s)
		i += 2 + n
	}
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b span) int { return cmp.Compare(a.lo, b.lo) })
	return out
}

// findSpan finds the span of a CID; a few that overlap are tried.
func findSpan(s []span, cid uint32) (span, bool) {
	i, _ := slices.BinarySearchFunc(s, cid, func(s span, cid uint32) int {
		if s.lo <= cid {
			return -1
		}
		return 1
	})
	for k := 1; k <= 32 && i-k >= 0; k++ {
		if cid <= s[i-k].hi {
			return s[i-k], true
		}
	}
	return span{}, false
}
