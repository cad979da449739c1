//go:build unix

package pdf

import (
	"flag"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/engine"
	"consentry/redact/pdf/layout"
	"consentry/redact/pdf/object"
)

var pdfs = flag.String("pdfs", "", "file that lists PDF files, a path a line, for the benchmarks; without it the brochure of the sample case")

// benchFiles opens the files as the child does.
func benchFiles(b *testing.B) (rs []*reader, pages int) {
	b.Helper()
	paths := []string{"../../assets/demo/brochure.pdf"}
	if *pdfs != "" {
		list, err := os.ReadFile(*pdfs)
		if err != nil {
			b.Fatal(err)
		}
		paths = strings.Fields(string(list))
	}
	wasm, err := os.ReadFile(models + "pdfium/pdfium.wasm")
	if err != nil {
		b.Fatal(err)
	}
	ttf, err := os.ReadFile(models + "fonts/NotoSansSC-Regular.ttf")
	if err != nil {
		b.Fatal(err)
	}
	m, err := engine.Compile(b.Context(), wasm, cache())
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range paths {
		f, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		e, err := m.New(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { e.Close() })
		r := &reader{ctx: b.Context(), module: m, eng: e, hide: hides, ttf: ttf}
		o, err := r.open(f, nil)
		if err != nil {
			b.Fatal(err)
		}
		rs, pages = append(rs, r), pages+o.Pages
	}
	return rs, pages
}

// processor is the time that this process has computed, on all cores.
func processor(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// rate does pages a number of times, and reports how many it does in a second of
// processor time and, by the clock, on as many cores as it uses. On a machine that
// others use too only the first can be compared.
func rate(b *testing.B, pages int, do func()) {
	b.Helper()
	before := processor(b)
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(b.N*pages)/(processor(b)-before).Seconds(), "pages/cpu-s")
	b.ReportMetric(float64(b.N*pages)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkPages reads all text of all pages, in pages a second on one core: by our
// own reader, with its lines in order and a box for each character, and with the
// second reader's opinion and the list of pictures, as a scan has it.
func BenchmarkPages(b *testing.B) {
	rs, pages := benchFiles(b)
	b.Run("own", func(b *testing.B) {
		rate(b, pages, func() {
			for _, r := range rs {
				f, _, err := object.Read(r.src, r.password, nil)
				if err != nil {
					b.Fatal(err)
				}
				c := content.NewReader(f)
				for i := range f.PageCount {
					p, err := f.Page(i)
					if err != nil {
						b.Fatal(err)
					}
					drawn, err := c.Interpret(p)
					if err != nil {
						b.Fatal(err)
					}
					view, _, _ := p.View()
					layout.Spans(layout.Lines(drawn, view))
				}
			}
		})
	})
	b.Run("both", func(b *testing.B) {
		rate(b, pages, func() {
			for _, r := range rs {
				clear(r.pages)
				for i := range r.doc.Pages() {
					if _, err := r.page(i); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	})
}

// BenchmarkRewrite removes the word "the" wherever it stands, in pages a second on
// one core: writing alone, and with all that is looked at afterwards.
// bench/pdf_peer.py does the same with PyMuPDF.
func BenchmarkRewrite(b *testing.B) {
	rs, pages := benchFiles(b)
	all := make([]orders, len(rs))
	for k, r := range rs {
		all[k] = orders{rs: without(b, r, "the")}
	}
	b.Run("write", func(b *testing.B) {
		rate(b, pages, func() {
			for k, r := range rs {
				if _, err := r.write(all[k], map[int]string{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
	b.Run("verified", func(b *testing.B) {
		rate(b, pages, func() {
			for k, r := range rs {
				if _, _, err := r.rewrite(all[k]); err != nil {
					b.Fatal(err)
				}
			}
		})
	})
}

// without removes a word wherever it stands in a file.
func without(b *testing.B, r *reader, word string) (rs []redact.Redaction) {
	b.Helper()
	for i := range r.doc.Pages() {
		p, err := r.page(i)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range p.spans {
			for at := 0; ; {
				n := strings.Index(s.Text[at:], word)
				if n < 0 {
					break
				}
				from := s.Offset + len([]rune(s.Text[:at+n]))
				at += n + len(word)
				rs = append(rs, redact.Redaction{Region: redact.Region{Page: i, Span: s.ID, Start: from, End: from + len([]rune(word))}, Kind: redact.Person, With: "[X]"})
			}
		}
	}
	return rs
}

// BenchmarkView draws pages one by one at 144 pixels an inch, in pages a second on
// one core: as they are, and as they would be written without the word "the".
func BenchmarkView(b *testing.B) {
	rs, pages := benchFiles(b)
	for _, name := range []string{"original", "redacted"} {
		all := make([][]redact.Redaction, len(rs))
		if name == "redacted" {
			for k, r := range rs {
				all[k] = without(b, r, "the")
			}
		}
		b.Run(name, func(b *testing.B) {
			rate(b, pages, func() {
				for k, r := range rs {
					for i := range r.doc.Pages() {
						q := request{Op: askView, Page: i, Scale: 2}
						for _, x := range all[k] {
							if x.Region.Page == i {
								q.Rs = append(q.Rs, x)
							}
						}
						if err := r.view(q, io.Discard); err != nil {
							b.Fatal(err)
						}
					}
				}
			})
		})
	}
}
