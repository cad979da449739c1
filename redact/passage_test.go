package redact

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// lay is a page of texts where their corners are: letters 20 high, Han runes 20
// wide and others 10, one rune between two offsets.
func lay(lines ...any) Page {
	p := Page{Bounds: image.Rect(0, 0, 4000, 4000)}
	offset := 0
	for i := 0; i < len(lines); i += 3 {
		x, y, text := lines[i].(int), lines[i+1].(int), lines[i+2].(string)
		s := Span{ID: len(p.Spans) + 7, Text: text, Offset: offset}
		for _, r := range text {
			w := 10
			if r >= 0x2e80 {
				w = 20
			}
			s.Boxes = append(s.Boxes, image.Rect(x, y, x+w, y+20))
			x += w
			offset++
		}
		p.Spans = append(p.Spans, s)
		offset++
	}
	return p
}

// blocks says of which block each span of a page is, and takes out so many runes
// between spans.
func blocks(less int, p Page, of ...int) Page {
	for i := range p.Spans {
		p.Spans[i].Block = of[i]
		p.Spans[i].Offset -= less * i
	}
	return p
}

func joined(qs []Passage) string {
	var out []string
	for _, q := range qs {
		out = append(out, string(q.Text))
	}
	return strings.Join(out, "|")
}

const (
	wideHan   = "云岚科技的华东区项目由两位同事一起负责，他们是王"
	wideLatin = "The project in East China is led by our colleague Elena"
)

func TestPassages(t *testing.T) {
	for _, c := range []struct {
		about string
		page  Page
		want  string
	}{
		{"text", Page{Spans: []Span{{Text: "王小明"}}}, "王小明"},
		{"runs", Page{Spans: []Span{{Text: "王"}, {ID: 1, Offset: 1, Text: "小"}, {ID: 2, Offset: 2, Text: "明 Ele"}, {ID: 3, Offset: 7, Text: "na"}}}, "王小明 Elena"},
		{"texts apart", Page{Spans: []Span{{Text: "王"}, {ID: 1, Offset: 2, Text: "小明"}}}, "王|小明"},
		{"nothing between nothing", Page{Spans: []Span{{Text: "王"}, {ID: 1, Offset: 1}, {ID: 2, Offset: 1, Text: "小明"}}}, "王||小明"},
		{"a paragraph", lay(100, 0, wideHan, 100, 30, "小明和李晓。"), wideHan + "小明和李晓。"},
		{"three lines, the first set in", lay(140, 0, wideHan, 100, 30, wideHan+"赵", 100, 60, "敏"), wideHan + wideHan + "赵敏"},
		{"a paragraph in English", lay(100, 0, wideLatin, 100, 30, "Petrova from Sofia."), wideLatin + " Petrova from Sofia."},
		{"a divided word", lay(100, 0, wideLatin+" Pet-", 100, 30, "rova."), wideLatin + " Petrova."},
		{"two columns", lay(100, 0, wideHan, 900, 0, wideHan, 100, 30, "小明，", 900, 30, "大伟，"), wideHan + "小明，|" + wideHan + "大伟，"},
		{"a sentence's end", lay(100, 0, wideHan+"。", 100, 30, "小明"), wideHan + "。|小明"},
		{"a field", lay(100, 0, wideHan, 100, 30, "联系人：小明"), wideHan + "|联系人：小明"},
		{"rows of a form", lay(100, 0, "Account owner Elara Quist, Senior Manager", 100, 30, "Last contact by Tobias Quist"), "Account owner Elara Quist, Senior Manager|Last contact by Tobias Quist"},
		{"a heading's letters are larger", func() Page {
			p := lay(100, 0, wideHan, 100, 40, "小明")
			for i := range p.Spans[0].Boxes {
				p.Spans[0].Boxes[i].Max.Y += 12
			}
			return p
		}(), wideHan + "|小明"},
		{"far below", lay(100, 0, wideHan, 100, 60, "小明"), wideHan + "|小明"},
		{"not below", lay(100, 0, wideHan, 400, 30, "小明"), wideHan + "|小明"},
		{"not for want of room", lay(100, 0, wideHan, 100, 30, wideHan+wideHan), wideHan + "|" + wideHan + wideHan},
		{"badges", lay(100, 0, "张伟", 100, 30, "王小明", 100, 60, "产品经理"), "张伟|王小明|产品经理"},
		{"spaced out", lay(100, 0, "王", 150, 0, "小", 200, 0, "明"), "王小明"},
		{"a surname apart", lay(100, 0, "王", 150, 0, "小明"), "王小明"},
		{"a form's columns", lay(100, 0, "王", 300, 0, "小明"), "王|小明"},
		{"a row of marks", lay(100, 0, "一", 150, 0, "二", 200, 0, "三", 250, 0, "四", 300, 0, "五"), "一|二|三|四|五"},
		{"two names in a row", lay(100, 0, "张伟", 150, 0, "李晓"), "张伟|李晓"},
		{"a block's divided word", blocks(1, lay(100, 0, "led by Pet-", 100, 30, "rova."), 1, 1), "led by Petrova."},
		{"a hyphen between blocks", blocks(1, lay(100, 0, "led by Pet-", 100, 30, "rova."), 1, 2), "led by Pet-rova."},
		{"cells that look like a paragraph", blocks(0, lay(100, 0, wideHan, 100, 30, "小明和李晓。"), 1, 2), wideHan + "|小明和李晓。"},
		{"spaced out in cells", blocks(0, lay(100, 0, "王", 150, 0, "小", 200, 0, "明"), 1, 2, 3), "王小明"},
	} {
		if got := joined(c.page.Passages()); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

func TestStacked(t *testing.T) {
	for _, c := range []struct {
		about string
		page  Page
		want  string
	}{
		{"a badge", lay(100, 0, "ELENA", 90, 30, "PETROVA", 100, 90, "Engineer"), "ELENA PETROVA"},
		{"Han", lay(100, 0, "欧阳", 100, 25, "小明"), "欧阳小明"},
		{"side by side", lay(100, 0, "Elena", 300, 30, "Petrova"), ""},
		{"long lines", lay(100, 0, wideHan, 100, 30, wideHan), ""},
		{"no place", Page{Spans: []Span{{Text: "Elena"}, {ID: 1, Offset: 6, Text: "Petrova"}}}, ""},
	} {
		if got := joined(c.page.Stacked()); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

func TestAppendFound(t *testing.T) {
	p := lay(100, 0, wideHan, 100, 30, "小明和李晓。")
	p.Part, p.Index = PartMetadata, 3
	q := p.Passages()[0]
	n := len([]rune(wideHan))
	var got []string
	for _, f := range p.AppendFound(nil, q, n-1, n+2, Finding{Kind: Person, Score: 1}) {
		got = append(got, fmt.Sprint(f.Text, f.Kind, f.Region))
	}
	want := []string{
		fmt.Sprint("王小明", Person, Region{Part: PartMetadata, Page: 3, Span: 7, Start: n - 1, End: n, Box: image.Rect(560, 0, 580, 20)}),
		fmt.Sprint("王小明", Person, Region{Part: PartMetadata, Page: 3, Span: 8, Start: n + 1, End: n + 3, Box: image.Rect(100, 30, 140, 50)}),
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
	if fs := p.AppendFound(nil, q, n-1, n, Finding{}); len(fs) != 1 || fs[0].Text != "王" {
		t.Errorf("of one span: %v", fs)
	}
}

// Whatever a page is like, each rune of each span is in one passage, in order,
// and the way back leads to it.
func TestPassagesCoverThePage(t *testing.T) {
	texts := rapid.SampledFrom([]string{"", "王", "小明", "-", "Elena", "Pet-", "rova.", "，", wideHan, wideLatin, wideLatin + "-", "a"})
	rapid.Check(t, func(t *rapid.T) {
		var p Page
		offset := 0
		for i := range rapid.IntRange(0, 12).Draw(t, "spans") {
			text := texts.Draw(t, "text")
			one := lay(50*rapid.IntRange(0, 3).Draw(t, "x"), 25*rapid.IntRange(0, 6).Draw(t, "y"), text).Spans[0]
			one.ID, one.Offset = i, offset
			if rapid.Bool().Draw(t, "no place") {
				one.Boxes = nil
			}
			p.Spans = append(p.Spans, one)
			offset += len([]rune(text)) + rapid.IntRange(0, 1).Draw(t, "gap")
		}
		seen := map[int]int{} // of each span: runes
		for _, q := range append(p.Passages(), p.Stacked()...) {
			last := 0
			for _, piece := range q.Pieces {
				if piece.Start < last || piece.End < piece.Start || piece.End > len(q.Text) {
					t.Fatalf("piece %v behind %d of %d", piece, last, len(q.Text))
				}
				last = piece.End
				span := []rune(p.Spans[piece.Span].Text)
				if got, want := string(q.Text[piece.Start:piece.End]), string(span[piece.From:piece.From+piece.End-piece.Start]); got != want {
					t.Fatalf("a piece is %q, its span has %q", got, want)
				}
			}
		}
		for _, q := range p.Passages() {
			for _, piece := range q.Pieces {
				seen[piece.Span]++
				n := len([]rune(p.Spans[piece.Span].Text)) - (piece.End - piece.Start)
				if n > 1 || n == 1 && !strings.HasSuffix(p.Spans[piece.Span].Text, "-") {
					t.Fatalf("%d runes of span %d are in no passage", n, piece.Span)
				}
			}
		}
		for i := range p.Spans {
			if seen[i] != 1 {
				t.Fatalf("span %d is in %d passages", i, seen[i])
			}
		}
	})
}
