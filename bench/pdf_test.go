package bench

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"consentry/internal/pdftest"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/geom"
)

var pdfs = flag.String("pdfs", "", "file that lists PDF files, a path a line, for BenchmarkPDF; without it a made one")

// BenchmarkPDF reads and renders the first five pages of each PDF file by one
// engine, in pages a second: the text with a box for each character, also without
// the time in which the page's content is parsed, which rendering needs as well,
// and the pixels at 150 dpi. bench/pdf_peer.py does the same with PyMuPDF.
func BenchmarkPDF(b *testing.B) {
	files := pdfFiles(b)
	m, err := pdftest.Engine(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { m.Close(context.Background()) })
	text := func(p *engine.Page) error {
		_, err := p.Glyphs()
		return err
	}
	render := func(p *engine.Page) error {
		_, err := p.Render(p.Fits(150), geom.Rect{})
		return err
	}
	for _, c := range []struct {
		name  string
		parse bool // counts
		read  func(*engine.Page) error
	}{{"text", true, text}, {"text-of-parsed", false, text}, {"render-of-parsed", false, render}} {
		b.Run(c.name, func(b *testing.B) {
			pages := 0
			for b.Loop() {
				for _, f := range files {
					b.StopTimer()
					e, err := m.New(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					d, err := e.Open(f, "")
					if err != nil {
						b.Fatal(err)
					}
					for i := range min(5, d.Pages()) {
						if c.parse {
							b.StartTimer()
						}
						p, err := d.Page(i)
						if err != nil {
							b.Fatal(err)
						}
						b.StartTimer()
						err = c.read(p)
						b.StopTimer()
						if err != nil {
							b.Fatal(err)
						}
						p.Close()
						pages++
					}
					e.Close()
					b.StartTimer()
				}
			}
			b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

func pdfFiles(b *testing.B) (files [][]byte) {
	if *pdfs == "" {
		return [][]byte{madePDF()}
	}
	list, err := os.ReadFile(*pdfs)
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range strings.Fields(string(list)) {
		f, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// madePDF has five A4 pages of 50 lines of 80 characters.
func madePDF() []byte {
	var content bytes.Buffer
	content.WriteString("BT /F 10 Tf 14 TL 60 780 Td\n")
	for i := range 50 {
		fmt.Fprintf(&content, "(%s) Tj T*\n", strings.Repeat(fmt.Sprintf("line %02d of words ", i), 5))
	}
	content.WriteString("ET")
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 5/Kids[3 0 R 4 0 R 5 0 R 6 0 R 7 0 R]/MediaBox[0 0 595 842]/Resources<</Font<</F 8 0 R>>>>>>",
	}
	for range 5 {
		objects = append(objects, "<</Type/Page/Parent 2 0 R/Contents 9 0 R>>")
	}
	objects = append(objects, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", content.Len(), content.String()))
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, xref)
	return b.Bytes()
}
