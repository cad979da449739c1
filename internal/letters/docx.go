package letters

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// DOCX writes a document as WordprocessingML (ISO/IEC 29500, transitional): A4,
// with the code in the header, the page numbers in the foot and boxes as check
// boxes that nobody has ticked. It has a title and a language, and neither author
// nor date. The error is that of the Markdown or of the request id.
func DOCX(d Document) ([]byte, error) {
	if err := speaks(d.Lang); err != nil {
		return nil, err
	}
	doc, err := parse(d.Text)
	if err != nil {
		return nil, err
	}
	w := &wordWriter{lang: d.Lang}
	w.blocks(doc.blocks, 0)
	title := text(d.title(doc))
	parts := [][2]string{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", fmt.Sprintf(coreProps, title, pick(d.Lang, "zh-CN", "en"))},
		{"word/document.xml", fmt.Sprintf(documentXML, w.String())},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", fmt.Sprintf(stylesXML, pick(d.Lang, "zh-CN", "en-GB"), pick(d.Lang, "Noto Sans SC", "Arial"))},
		{"word/settings.xml", settingsXML},
		{"word/footer1.xml", fmt.Sprintf(footerXML, footXML(d))},
		{"word/header1.xml", fmt.Sprintf(headerXML, `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr></w:p>`)},
	}
	if d.RequestID != "" {
		code, err := Code(d.RequestID)
		if err != nil {
			return nil, err
		}
		picture, err := codePNG(code)
		if err != nil {
			return nil, err
		}
		parts[8][1] = fmt.Sprintf(headerXML, fmt.Sprintf(codeXML, title, emu(codeSide)))
		parts = append(parts, [2]string{"word/_rels/header1.xml.rels", headerRels}, [2]string{"word/media/code.png", string(picture)})
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Deflate}) // no time: equal input, equal bytes
		if err == nil {
			_, err = f.Write([]byte(p[1]))
		}
		if err != nil {
			return nil, fmt.Errorf("write DOCX: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write DOCX: %w", err)
	}
	return b.Bytes(), nil
}

// emu gives points in English metric units.
func emu(points float64) int { return int(points * 12700) }

// text escapes a text for XML.
func text(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a Builder takes all
	return b.String()
}

// codePNG is a QR code with its quiet zone of four modules.
func codePNG(code string) ([]byte, error) {
	m, err := modules(code)
	if err != nil {
		return nil, err
	}
	const px, quiet = 8, 2
	n := (len(m) + 2*quiet) * px
	img := image.NewPaletted(image.Rect(0, 0, n, n), color.Palette{color.White, color.Black})
	for y := range n {
		for x := range n {
			i, j := x/px-quiet, y/px-quiet
			if j >= 0 && j < len(m) && i >= 0 && i < len(m) && m[j][i] {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return nil, fmt.Errorf("write the QR code: %w", err)
	}
	return b.Bytes(), nil
}

// footXML is the foot's line, with fields for the page and the number of pages.
func footXML(d Document) string {
	w := words[d.Lang]
	parts := strings.Split(w.page, "%d")
	head := parts[0]
	if d.RequestID != "" {
		head = w.record + " " + d.RequestID + " · " + head
	}
	return plainRun(head) + fieldRun("PAGE") + plainRun(parts[1]) + fieldRun("NUMPAGES") + plainRun(parts[2])
}

func plainRun(s string) string {
	if s == "" {
		return ""
	}
	return `<w:r><w:t xml:space="preserve">` + text(s) + `</w:t></w:r>`
}

func fieldRun(code string) string {
	return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + code +
		` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
}

// wordWriter writes blocks as paragraphs and tables.
type wordWriter struct {
	strings.Builder
	lang   string
	boxes  int  // so far; each has a number of its own
	onNext bool // the next paragraph begins a page
}

func (w *wordWriter) blocks(bs []block, indent int) {
	for i, b := range bs {
		switch b.kind {
		case heading:
			w.paragraph(fmt.Sprintf("Heading%d", min(b.level, 3)), "", b.text)
		case paragraph:
			style := "Normal"
			if holds(toGlyphs(b.text), blank) {
				style = "ToFill"
			}
			w.paragraph(style, indentation(indent, 0), b.text)
		case list:
			w.list(b, indent)
		case table:
			w.table(b)
			if i+1 < len(bs) && bs[i+1].kind == table { // two tables in a row would be one
				w.paragraph("Gap", "", nil)
			}
		case rule:
			w.paragraph("Normal", `<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="B0B7BF"/></w:pBdr>`, nil)
		case pageEnd:
			w.onNext = true
		}
	}
}

func indentation(left, hanging int) string {
	if left == 0 {
		return ""
	}
	return fmt.Sprintf(`<w:ind w:left="%d" w:hanging="%d"/>`, left, hanging)
}

// paragraph writes one; props go after the style, in the order of the schema.
func (w *wordWriter) paragraph(style, props string, spans []span) {
	w.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>`)
	if w.onNext {
		w.WriteString(`<w:pageBreakBefore/>`)
		w.onNext = false
	}
	w.WriteString(props + `</w:pPr>`)
	for _, s := range spans {
		w.span(s)
	}
	w.WriteString(`</w:p>`)
}

func (w *wordWriter) list(b block, indent int) {
	for i, item := range b.items {
		mark := "·"
		if b.ordered {
			mark = fmt.Sprintf("%d.", b.start+i)
		}
		for j, p := range item {
			if j == 0 && p.kind == paragraph {
				w.paragraph("Normal", indentation(indent+400, 400), append([]span{{mark + "\t", false}}, p.text...))
				continue
			}
			w.blocks([]block{p}, indent+400)
		}
	}
}

// span writes runs, breaks and boxes.
func (w *wordWriter) span(s span) {
	props := ""
	if s.bold {
		props = `<w:rPr><w:b/></w:rPr>`
	}
	var run strings.Builder
	flush := func() {
		if run.Len() > 0 {
			w.WriteString(`<w:r>` + props + `<w:t xml:space="preserve">` + text(run.String()) + `</w:t></w:r>`)
			run.Reset()
		}
	}
	for _, r := range strings.ReplaceAll(s.text, "  ", "\u2003 ") { // a gap
		switch r {
		case '\n':
			flush()
			w.WriteString(`<w:r><w:br/></w:r>`)
		case '\t':
			flush()
			w.WriteString(`<w:r><w:tab/></w:r>`)
		case box:
			flush()
			w.boxes++
			fmt.Fprintf(w, checkBox, w.boxes)
		case blank:
			run.WriteByte('_')
		default:
			run.WriteRune(r)
		}
	}
	flush()
}

func toGlyphs(spans []span) []glyph {
	var out []glyph
	for _, s := range spans {
		for _, r := range s.text {
			out = append(out, glyph{r: r})
		}
	}
	return out
}

// Widths in twentieths of a point; the table is as wide as the text.
const (
	tableWidth = 9420
	boxWidth   = 1300 // of a column of boxes
)

func (w *wordWriter) table(b block) {
	if len(b.rows) == 0 {
		return
	}
	boxes := boxColumns(b.rows)
	widths := make([]int, len(boxes))
	rest, others := tableWidth, 0
	for c := range boxes {
		if boxes[c] {
			widths[c] = boxWidth
			rest -= boxWidth
		} else {
			others++
		}
	}
	for c := range boxes {
		if !boxes[c] {
			widths[c] = rest / max(others, 1)
		}
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblStyle w:val="Form"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, tableWidth)
	for _, n := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, n)
	}
	w.WriteString(`</w:tblGrid>`)
	for i, row := range b.rows {
		w.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if i == 0 {
			w.WriteString(`<w:tblHeader/>`)
		}
		w.WriteString(`</w:trPr>`)
		for c := range widths {
			shade, props := "", ""
			if i == 0 {
				shade = `<w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>`
			}
			if boxes[c] {
				props = `<w:jc w:val="center"/>`
			}
			fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, widths[c], shade)
			var cell []span
			if c < len(row) {
				cell = append(cell, row[c]...)
			}
			for k := range cell {
				cell[k].bold = cell[k].bold || i == 0
			}
			w.paragraph("Cell", props, cell)
			w.WriteString(`</w:tc>`)
		}
		w.WriteString(`</w:tr>`)
	}
	w.WriteString(`</w:tbl>`)
}
