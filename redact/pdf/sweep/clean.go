package sweep

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
	"consentry/redact/pdf/syntax"
	"consentry/redact/removed"
)

// A cleaner says what becomes of the texts that stay.
type cleaner struct {
	f      *object.File
	find   *removed.Replacer
	forced map[string]bool   // names and addresses that an edit wants gone
	names  map[string]string // each name met, and what stands for it
	dests  map[string]string // the names of destinations, likewise
	fields int               // names given to fields
	looked map[string]bool   // see isLooked
	hits   map[string]bool   // texts looked at before
	texts  []string          // removed ones of more than two letters, or of Han

	textual, binary *patterns // see the method
	notes           object.Notes
	errs            []error
}

func newCleaner(f *object.File, forced map[string]bool, gone []removed.Replacement) *cleaner {
	c := &cleaner{
		f: f, find: removed.NewReplacer(gone), forced: forced,
		names: map[string]string{}, dests: map[string]string{}, hits: map[string]bool{},
	}
	for _, r := range gone {
		if t := strings.TrimSpace(r.Text); utf8.RuneCountInString(t) > 2 || len(t) > 4 {
			c.texts = append(c.texts, t)
		}
	}
	return c
}

// holds reports whether some reading of b has a removed text in it.
func (c *cleaner) holds(b []byte) bool {
	if c.find.Empty() {
		return false
	}
	s := string(b)
	h, ok := c.hits[s]
	if !ok {
		for _, r := range object.Readings(b) {
			h = h || c.find.In(r)
		}
		if len(c.hits) < 1<<16 && len(s) < 256 {
			c.hits[s] = h
		}
	}
	return h
}

// text is a text string, edited and without removed texts; false where it goes.
func (c *cleaner) text(o types.Object, p place) (types.Object, bool) {
	b, ok := c.f.Bytes(o)
	if !ok {
		return nil, false
	}
	named := p.name == "T" && p.part == PartForm // a field has to have a name, without a point
	if !c.holds(b) && !(named && len(b) == 0) {
		return o, true
	}
	was := object.Decode(b)
	now, _ := c.find.Replace(was)
	if now == was { // it is in another reading than the usual one
		now = ""
	}
	if named {
		c.fields++
		c.notes.Add(NoteName, 1)
		return object.NewText(c.neutral("field ", c.fields)), true
	}
	t := object.NewText(now)
	if nb, _ := c.f.Bytes(t); now == "" || c.holds(nb) {
		c.notes.Add(NoteTextGone, 1)
		return object.NewText(""), p.name == "Title" // an outline item has to have one
	}
	c.notes.Add(NoteText, 1)
	return t, true
}

// other is a string that is no text; false where it goes.
func (c *cleaner) other(o types.Object) (types.Object, bool) {
	b, ok := c.f.Bytes(o)
	held := false
	if t := object.Decode(b); legible(t) {
		held = c.forced[string(b)] || c.holds(b) || c.holds([]byte(readable(t)))
	} else { // a palette, where short words stand by chance
		held = c.patterns(false).in(b)
	}
	if !ok || held {
		c.notes.Add(NoteTextGone, 1)
		return nil, false
	}
	return o, true
}

// appearance is a default appearance string: its operators, numbers and names,
// these by their new names, and nothing else (ISO 32000-2, 12.7.4.3).
func (c *cleaner) appearance(o types.Object) (types.Object, bool) {
	b, ok := c.f.Bytes(o)
	if !ok {
		return nil, false
	}
	l := syntax.Lexer{Src: b}
	var out []string
	for {
		v, more := l.Next()
		if !more {
			break
		}
		switch v := v.(type) {
		case syntax.Number:
			out = append(out, strconv.FormatFloat(float64(v), 'f', -1, 64))
		case syntax.Name:
			out = append(out, types.Name(c.name(string(v))).PDFString())
		case syntax.Keyword:
			if syntax.Known(string(v)) {
				out = append(out, string(v))
			}
		}
	}
	return types.StringLiteral(strings.Join(out, " ")), true
}

// address reports whether an address has to go.
func (c *cleaner) address(o types.Object) bool {
	b, ok := c.f.Bytes(o)
	if !ok {
		return false
	}
	return c.forced[string(b)] || c.holds(b) || c.holds([]byte(readable(object.Decode(b))))
}

// name is a name, or what stands for it wherever it is used.
func (c *cleaner) name(n string) string {
	if spec[n] || isCoding(n) {
		return n
	}
	if have, ok := c.names[n]; ok {
		return have
	}
	c.names[n] = n
	switch {
	case c.forced[n], !standardFont(n) && (c.holds([]byte(n)) || !numbered.MatchString(n) && !c.isLooked(n)), c.holds([]byte(n)) && !c.isLooked(n):
		c.names[n] = c.neutral("Name", len(c.dests)+len(c.names))
		c.notes.Add(NoteName, 1)
	}
	return c.names[n]
}

// neutral is a name of our own, the number alone where a removed text is in it.
func (c *cleaner) neutral(name string, n int) string {
	number := strconv.Itoa(n)
	if c.find.In(name + number) {
		return number
	}
	return name + number
}

// numbered are names that tell nothing: those of resources as programs number them.
var numbered = regexp.MustCompile(`^([A-Za-z]{1,6}[-_.+]?[0-9]*([-_.][0-9]+)*|.{0,4})$`)

// isLooked reports whether a name is that of a font which is not in the file: what
// stands in for it is chosen by its name.
func (c *cleaner) isLooked(n string) bool {
	if c.looked == nil {
		c.looked = map[string]bool{}
		for _, e := range c.f.Table {
			if e == nil || e.Free || e.Object == nil {
				continue
			}
			d := c.f.Dict(e.Object)
			if d == nil || c.f.Name(d["BaseFont"]) == "" {
				continue
			}
			desc := c.f.Dict(d["FontDescriptor"])
			if kids := c.f.Array(d["DescendantFonts"]); len(kids) > 0 {
				desc = c.f.Dict(c.f.Dict(kids[0])["FontDescriptor"])
			}
			if desc["FontFile"] == nil && desc["FontFile2"] == nil && desc["FontFile3"] == nil && c.f.Name(d["Subtype"]) != "Type3" {
				c.looked[c.f.Name(d["BaseFont"])] = true
				c.looked[c.f.Name(desc["FontName"])] = true
			}
		}
	}
	return c.looked[n] && fontName.MatchString(n)
}

// fontName is how fonts are named; people's names have spaces.
var fontName = regexp.MustCompile(`^[!-~]{1,64}$`)

// glyph is the name of a glyph, likewise. Short ones are words of some script's
// alphabet (shin, lam), and fonts know their glyphs by them.
func (c *cleaner) glyph(n string) string {
	if len(n) <= 6 || glyphs[n] || !c.forced[n] && !c.holds([]byte(n)) {
		return n
	}
	return c.name(n)
}

// glyphs are longer names that are words.
var glyphs = words("epsilon Epsilon omicron Omicron upsilon Upsilon diamond section cedilla ampersand asterisk paragraph dagger bullet cent franc circumflex")

// destination is the name of a destination, likewise.
func (c *cleaner) destination(o types.Object) types.Object {
	b, ok := c.f.Bytes(o)
	if !ok {
		return o
	}
	if _, ok := c.dests[string(b)]; !ok {
		c.dests[string(b)] = string(b)
		if c.forced[string(b)] || c.holds(b) {
			c.dests[string(b)] = c.neutral("place ", len(c.dests)+len(c.names))
			c.notes.Add(NoteName, 1)
		}
	}
	if now := c.dests[string(b)]; now != string(b) {
		return types.NewHexLiteral([]byte(now))
	}
	return o
}

// spec are names of the format itself: they say nothing.
var spec = func() map[string]bool {
	m := words("Page Pages Catalog Font Type0 Type1 Type3 MMType1 TrueType CIDFontType0 CIDFontType2 Image Form XObject Pattern Outlines Annot Widget Link " +
		"Btn Tx Ch Off Yes On DeviceGray DeviceRGB DeviceCMYK CalGray CalRGB Lab ICCBased Indexed Separation DeviceN Normal Multiply Screen Overlay Darken " +
		"Lighten Hue Color Luminosity Alpha None All Default Identity Art Document Part Sect Div Index Figure Formula Note Code Quote Link Table Caption " +
		"DocumentFragment Aside BlockQuote TOC TOCI NonStruct Private P H H1 H2 H3 H4 H5 H6 Title FENote Sub L LI Lbl LBody TR TH TD THead TBody TFoot Span " +
		"Reference BibEntry Ruby RB RT RP Warichu WT WP Em Strong Artifact StructElem StructTreeRoot OBJR MCR OCG OCMD " +
		"Highlight Underline Squiggly StrikeOut Line Square Circle Polygon PolyLine Stamp Caret Ink FreeText Watermark GoTo URI Fit FitH FitV FitB FitR XYZ " +
		"Perceptual RelativeColorimetric AbsoluteColorimetric Saturation ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Compatible " +
		"OpenArrow ClosedArrow ROpenArrow RClosedArrow Butt Slash UseNone UseOutlines UseThumbs FullScreen UseOC SinglePage OneColumn TwoColumnLeft " +
		"TwoColumnRight TwoPageLeft TwoPageRight Transparency Luminosity Background Pagination Header Footer Watermark Rollover Toggle Push Invert " +
		"Decimal UpperRoman LowerRoman UpperAlpha LowerAlpha Disc Before After Start End Center Justify Inline Row Column Both " +
		"ASCIIHexDecode ASCII85Decode LZWDecode FlateDecode RunLengthDecode CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode Crypt " +
		"StandardEncoding MacRomanEncoding MacExpertEncoding WinAnsiEncoding PDFDocEncoding " +
		"Black Cyan Magenta Yellow Red Green Blue Gray " +
		"Registry Ordering Supplement Panose " + // of CIDSystemInfo and Style
		"Placement WritingMode BackgroundColor BorderColor BorderStyle BorderThickness Padding SpaceBefore SpaceAfter StartIndent EndIndent TextIndent " +
		"TextAlign BlockAlign InlineAlign TBorderStyle TPadding BaselineShift LineHeight TextDecorationColor TextDecorationThickness TextDecorationType " +
		"RubyAlign RubyPosition GlyphOrientationVertical ColumnCount ColumnGap ColumnWidths ListNumbering Checked RowSpan ColSpan Headers Scope Summary")
	for _, list := range schema {
		for k := range list {
			m[k] = true
		}
	}
	return m
}()

// isCoding reports the name of a predefined CMap (ISO 32000-2, 9.7.5.2).
func isCoding(n string) bool {
	family, _, _ := strings.Cut(n, "-")
	return codings[family] && (strings.HasSuffix(n, "-H") || strings.HasSuffix(n, "-V"))
}

var codings = words("GB GBpc GBK GBKp GBK2K UniGB B5pc HKscs ETen ETenms CNS UniCNS 83pv 90ms 90msp 90pv Add EUC Ext UniJIS UniJIS2004 KSC KSCms KSCpc UniKS Identity")

// standardFont reports a font that everybody has: its name says nothing, and
// without it the text would look different.
func standardFont(n string) bool {
	if len(n) > 7 && n[6] == '+' {
		n = n[7:]
	}
	for _, s := range [...]string{
		"Times", "Helvetica", "Courier", "Symbol", "ZapfDingbats", "Arial", "Calibri", "Cambria", "Georgia", "Verdana", "Tahoma", "Roboto", "SimSun", "SimHei",
		"KaiTi", "FangSong", "STSong", "MSung", "NotoSans", "NotoSerif", "SourceHan", "DejaVu", "Liberation",
	} {
		if strings.HasPrefix(n, s) {
			return true
		}
	}
	return false
}
