package letters

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"

	"github.com/signintech/gopdf"
)

// Measures in points. The code is 26 mm wide, its quiet zone beside it.
const (
	pageW, pageH = 595.28, 841.89
	left, top    = 62.0, 56.0
	bottom       = 62.0 // the foot stands in it
	textW        = pageW - 2*left
	codeSide     = 26 * mm
	codeTop      = 30.0
	bandEnd      = codeTop + codeSide + 14 // where text has the whole width again
	mm           = 72 / 25.4

	bodySize = 10.5
	leading  = 1.62
	cellSize = 9.5
	cellPad  = 5.0
)

// ErrGlyph is returned where the font lacks a character of the text: a form with
// a hole is not made.
var ErrGlyph = errors.New("the font has no glyph for a character of the text")

// PDF sets a document on A4 pages. It has a title and a language, and neither date
// nor author. Errors wrap ErrGlyph, or are those of the fonts and the Markdown;
// they hold no text of the document.
func (p Press) PDF(d Document) ([]byte, error) {
	if err := speaks(d.Lang); err != nil {
		return nil, err
	}
	doc, err := parse(d.Text)
	if err != nil {
		return nil, err
	}
	s, err := p.newSheet(d)
	if err != nil {
		return nil, err
	}
	title := d.title(doc)
	s.title = title
	s.pdf.SetInfo(gopdf.PdfInfo{Title: title})
	s.page()
	s.blocks(doc.blocks, left, 0)
	s.feet(d)
	if s.err != nil {
		return nil, fmt.Errorf("lay out: %w", s.err)
	}
	var b bytes.Buffer
	if _, err := s.pdf.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return withLanguage(b.Bytes(), pick(d.Lang, "zh-CN", "en"))
}

func (d Document) title(doc document) string {
	if d.Title != "" {
		return d.Title
	}
	for _, b := range doc.blocks {
		if b.kind == heading {
			return plainText(b.text)
		}
	}
	return ""
}

// sheet lays text out from top to bottom; the first error sticks.
type sheet struct {
	pdf    *gopdf.GoPdf
	y      float64
	pages  int
	title  string
	lang   string
	code   [][]bool
	widths map[glyph]float64 // at 1 point
	err    error
}

var (
	ink   = [3]uint8{24, 28, 34}
	muted = [3]uint8{96, 104, 114}
	hair  = [3]uint8{176, 183, 191}
)

func (p Press) newSheet(d Document) (*sheet, error) {
	if p.Fonts == nil {
		return nil, errors.New("no fonts")
	}
	regular, bold, err := p.Fonts()
	if err != nil {
		return nil, err
	}
	s := &sheet{pdf: &gopdf.GoPdf{}, lang: d.Lang, widths: map[glyph]float64{}}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	for i, data := range [][]byte{regular, bold} {
		opt := gopdf.TtfOption{OnGlyphNotFound: func(rune) { s.fail(ErrGlyph) }}
		if err := s.pdf.AddTTFFontDataWithOption(face(i == 1), data, opt); err != nil {
			return nil, fmt.Errorf("font: %w", err)
		}
	}
	if d.RequestID != "" {
		c, err := Code(d.RequestID)
		if err != nil {
			return nil, err
		}
		if s.code, err = modules(c); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func face(bold bool) string {
	if bold {
		return "bold"
	}
	return "regular"
}

func (s *sheet) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *sheet) page() {
	s.pdf.AddPage()
	s.pages++
	s.y = top
	if s.code == nil {
		return
	}
	s.qr(pageW-left-codeSide, codeTop)
	if s.pages > 1 {
		s.small(left, codeTop-2, s.title)
	}
}

// qr draws the code as runs of dark fields.
func (s *sheet) qr(x, y float64) {
	m := codeSide / float64(len(s.code))
	s.pdf.SetFillColor(0, 0, 0)
	for j, row := range s.code {
		for i := 0; i < len(row); i++ {
			n := i
			for n < len(row) && row[n] {
				n++
			}
			if n > i {
				s.pdf.RectFromUpperLeftWithStyle(x+float64(i)*m, y+float64(j)*m, float64(n-i)*m, m+0.02, "F")
				i = n
			}
		}
	}
}

// feet writes the foot of every page: record, page and number of pages.
func (s *sheet) feet(d Document) {
	for n := 1; n <= s.pages && s.err == nil; n++ {
		if err := s.pdf.SetPage(n); err != nil {
			s.fail(err)
			return
		}
		w := words[d.Lang]
		text := fmt.Sprintf(w.page, n, s.pages)
		if d.RequestID != "" {
			text = w.record + " " + d.RequestID + " · " + text
		}
		s.small(left+(textW-widthOf(s.set([]span{{text, false}}, 8)))/2, pageH-40, text)
	}
}

func (s *sheet) small(x, y float64, text string) {
	s.line(x, y, s.set([]span{{text, false}}, 8), 8, muted)
}

// room begins a page where h points do not fit any more.
func (s *sheet) room(h float64) {
	if s.y+h > pageH-bottom {
		s.page()
	}
}

// avail is the width of a line at y that begins at x: beside the code it is
// shorter.
func (s *sheet) avail(x, y float64) float64 {
	w := left + textW - x
	if s.code != nil && y < bandEnd {
		w -= codeSide + 14
	}
	return w
}

var catalog = regexp.MustCompile(`1 0 obj\n<<\n  /Type /Catalog\n`)

// withLanguage adds the document's language to the catalog, which gopdf cannot,
// and moves the offsets of what follows.
func withLanguage(b []byte, lang string) ([]byte, error) {
	at := catalog.FindIndex(b)
	if at == nil {
		return nil, errors.New("write PDF: no catalog where it was expected")
	}
	entry := fmt.Appendf(nil, "  /Lang (%s)\n  /ViewerPreferences <</DisplayDocTitle true>>\n", lang)
	out := bytes.Join([][]byte{b[:at[1]], entry, b[at[1]:]}, nil)
	table := bytes.LastIndex(out, []byte("\nxref\n"))
	if table < 0 {
		return nil, errors.New("write PDF: no table of offsets")
	}
	tail := offset.ReplaceAllFunc(out[table:], func(m []byte) []byte {
		n, _ := strconv.Atoi(string(m[:10]))
		if n > at[0] {
			n += len(entry)
		}
		return fmt.Appendf(nil, "%010d%s", n, m[10:])
	})
	tail = startxref.ReplaceAllFunc(tail, func([]byte) []byte { return fmt.Appendf(nil, "startxref\n%d", table+1) })
	return append(out[:table:table], tail...), nil
}

var (
	offset    = regexp.MustCompile(`\d{10} \d{5} n`)
	startxref = regexp.MustCompile(`startxref\n\d+`)
)
