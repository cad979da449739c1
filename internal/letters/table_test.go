package letters

import (
	"fmt"
	"strings"
	"testing"
)

// A long table goes over pages under its head, and a cell longer than a page is cut
// without losing a word.
func TestLongTable(t *testing.T) {
	reader := pdfReader(t)
	var md strings.Builder
	md.WriteString("# 长表\n\n| 抬头甲 | 抬头乙 |\n|---|---|\n")
	for i := range 60 {
		fmt.Fprintf(&md, "| 第%d行 | 内容%d |\n", i, i)
	}
	var long strings.Builder
	for i := range 900 {
		fmt.Fprintf(&long, "甲乙%d，", i)
	}
	fmt.Fprintf(&md, "| 长 | %s |\n\n末段\n", long.String())
	for _, id := range []string{"", "R-1"} {
		pdf, err := Press{fonts}.PDF(Document{Text: Markdown(md.String()), Lang: Zh, RequestID: id})
		if err != nil {
			t.Fatal(err)
		}
		pages := reader.texts(t, pdf)
		if len(pages) < 4 {
			t.Fatalf("%d pages", len(pages))
		}
		all := ""
		for i, p := range pages {
			if heads := strings.Count(p, "抬头甲"); heads != 1 {
				t.Errorf("page %d has %d heads", i+1, heads)
			}
			all += squeezed(p)
		}
		for i := range 60 {
			if !strings.Contains(all, fmt.Sprintf("第%d行", i)) {
				t.Errorf("row %d is lost", i)
			}
		}
		lost := 0
		for i := range 900 { // one may be cut by each page's end
			if !strings.Contains(all, fmt.Sprintf("甲乙%d，", i)) {
				lost++
			}
		}
		if lost > len(pages) || !strings.Contains(all, "末段") {
			t.Errorf("%d pieces of a long cell are lost", lost)
		}
	}
}
