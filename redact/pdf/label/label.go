// Package label writes short texts into a PDF in a subset of a TrueType font
// that it embeds: readable on any machine, selectable, and copied as text.
package label

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"consentry/redact/pdf/object"
)

// A Font is the font of all labels of one file. A code is two bytes, the glyph's
// number in the whole font, so that the codes of a text do not depend on which
// texts were encoded before. It is not safe for concurrent use.
type Font struct {
	tables map[string][]byte
	sfnt   *sfnt.Font
	buf    sfnt.Buffer
	em     float64
	used   map[uint16]rune // glyph to the least rune it was used for
	faces  [2]face         // what Reserve put into a file
}

// New reads a TrueType font with outlines in glyf, such as Noto Sans SC. The
// bytes are kept and must not change.
func New(ttf []byte) (*Font, error) {
	f := &Font{used: map[uint16]rune{0: 0}}
	var err error
	if f.tables, err = tables(ttf); err != nil {
		return nil, fmt.Errorf("read label font: %w", err)
	}
	if f.sfnt, err = sfnt.Parse(ttf); err != nil {
		return nil, fmt.Errorf("read label font: %w", err)
	}
	f.em = float64(f.sfnt.UnitsPerEm())
	return f, nil
}

// The glyphs that stand for a rune the font has not, the first it has.
var missing = [...]rune{'□', '?'}

func (f *Font) glyph(r rune) (uint16, rune) {
	if g, err := f.sfnt.GlyphIndex(&f.buf, r); err == nil && g != 0 {
		return uint16(g), r
	}
	for _, m := range missing {
		if g, err := f.sfnt.GlyphIndex(&f.buf, m); err == nil && g != 0 {
			return uint16(g), m
		}
	}
	return 0, 0
}

// advance is a glyph's, in em.
func (f *Font) advance(g uint16) float64 {
	a, err := f.sfnt.GlyphAdvance(&f.buf, sfnt.GlyphIndex(g), fixed.I(int(f.em)), font.HintingNone)
	if err != nil {
		return 1
	}
	return float64(a) / 64 / f.em
}

// Encode gives the string that shows text in this font, two bytes a rune, and its
// width in em. A rune that the font has not is shown as □.
func (f *Font) Encode(text string) (codes []byte, width float64) {
	for _, r := range text {
		g, r := f.glyph(r)
		if old, ok := f.used[g]; !ok || r < old {
			f.used[g] = r
		}
		codes = binary.BigEndian.AppendUint16(codes, g)
		width += f.advance(g)
	}
	return codes, width
}

// Ascent and Descent are how far above and below the baseline labels reach, in
// em; a descent is negative. Ascent is also how far below its place an upright
// label has its baseline (the default of DW2, ISO 32000-2, 9.7.4.3).
const (
	Ascent  = 0.88
	Descent = -0.12
)

// Reserve gives the reference by which file's pages will name the font. Embed
// fills it in when all texts are encoded.
func (f *Font) Reserve(file *object.File) (types.IndirectRef, error) {
	for i := range f.faces {
		d := types.Dict{"Type": types.Name("Font")}
		ref, err := file.Add(d)
		if err != nil {
			return types.IndirectRef{}, fmt.Errorf("reserve label font: %w", err)
		}
		f.faces[i] = face{d, ref}
	}
	return f.Ref(), nil
}

// Ref is what the last Reserve gave; zero before.
func (f *Font) Ref() types.IndirectRef { return f.faces[0].ref }

// Upright is the same font for writing downwards: each rune stands upright, in
// the middle and below the place where it is written, and takes 1 em.
func (f *Font) Upright() types.IndirectRef { return f.faces[1].ref }

// A face is the font in one direction of writing.
type face struct {
	dict types.Dict
	ref  types.IndirectRef
}

// Embed adds the subset of what was encoded as a Type 0 font (ISO 32000-2, 9.7)
// under the reference that Reserve gave, or under a new one. The same texts give
// the same bytes, in whatever order they were encoded.
func (f *Font) Embed(file *object.File) (types.IndirectRef, error) {
	if f.faces[0].dict == nil {
		if _, err := f.Reserve(file); err != nil {
			return types.IndirectRef{}, err
		}
	}
	glyphs := slices.Sorted(maps.Keys(f.used))
	program, err := f.subset(glyphs)
	if err != nil {
		return types.IndirectRef{}, fmt.Errorf("cut label font: %w", err)
	}
	name := types.Name(tag(glyphs) + "+" + f.name())
	stream, err := file.NewStream(types.Dict{"Length1": types.Integer(len(program))}, program)
	if err != nil {
		return types.IndirectRef{}, err
	}
	descriptor, err := file.Add(types.Dict{
		"Type": types.Name("FontDescriptor"), "FontName": name, "Flags": types.Integer(4),
		"FontBBox": f.box(), "ItalicAngle": types.Integer(0),
		"Ascent": types.Integer(1000 * Ascent), "Descent": types.Integer(1000 * Descent),
		"CapHeight": types.Integer(733), "StemV": types.Integer(80), "FontFile2": stream,
	})
	if err != nil {
		return types.IndirectRef{}, err
	}
	cid, err := file.Add(types.Dict{
		"Type": types.Name("Font"), "Subtype": types.Name("CIDFontType2"), "BaseFont": name,
		"CIDSystemInfo": types.Dict{
			"Registry": types.StringLiteral("Adobe"), "Ordering": types.StringLiteral("Identity"), "Supplement": types.Integer(0),
		},
		"FontDescriptor": descriptor, "DW": types.Integer(1000), "W": f.widths(glyphs), "CIDToGIDMap": types.Name("Identity"),
	})
	if err != nil {
		return types.IndirectRef{}, err
	}
	unicode, err := file.NewStream(types.Dict{}, toUnicode(glyphs, f.used))
	if err != nil {
		return types.IndirectRef{}, err
	}
	for i, encoding := range [...]types.Name{"Identity-H", "Identity-V"} {
		d := f.faces[i].dict
		d["Subtype"], d["BaseFont"], d["Encoding"] = types.Name("Type0"), name, encoding
		d["DescendantFonts"], d["ToUnicode"] = types.Array{cid}, unicode
	}
	return f.Ref(), nil
}

// tag is six capitals that differ between different subsets (9.9.2).
func tag(glyphs []uint16) string {
	h := sha256.New()
	for _, g := range glyphs {
		h.Write(binary.BigEndian.AppendUint16(nil, g))
	}
	sum := h.Sum(nil)
	out := make([]byte, 6)
	for i := range out {
		out[i] = 'A' + sum[i]%26
	}
	return string(out)
}

// name is the font's PostScript name.
func (f *Font) name() string {
	n, err := f.sfnt.Name(&f.buf, sfnt.NameIDPostScript)
	if err != nil || n == "" || strings.ContainsFunc(n, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("()<>[]{}/%#", r) }) {
		return "Label"
	}
	return n
}

// box is the font's FontBBox in thousandths of an em.
func (f *Font) box() types.Array {
	var a types.Array
	for at := 36; at < 44; at += 2 { // head: xMin yMin xMax yMax
		v := int16(binary.BigEndian.Uint16(f.tables["head"][at:]))
		a = append(a, types.Integer(float64(v)*1000/f.em))
	}
	return a
}

// widths is the W array (9.7.4.3), without the glyphs of the default width.
func (f *Font) widths(glyphs []uint16) types.Array {
	var a types.Array
	for _, g := range glyphs {
		if w := f.advance(g) * 1000; w != 1000 {
			a = append(a, types.Integer(g), types.Array{types.Float(w)})
		}
	}
	return a
}

var errTable = errors.New("a table is missing or too short")
