package search

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// picture is a page of lines of 20 high letters, 10 apart: one rune 20 wide, or 10
// where it is not Han.
func picture(lines ...string) redact.Page {
	p := redact.Page{Bounds: image.Rect(0, 0, 2000, 2000)}
	offset := 0
	for i, l := range lines {
		s := redact.Span{ID: i, Text: l, Offset: offset}
		x := 100
		for _, r := range l {
			w := 10
			if r >= 0x2e80 {
				w = 20
			}
			s.Boxes = append(s.Boxes, image.Rect(x, 30*i, x+w, 30*i+20))
			x += w
			offset++
		}
		offset++
		p.Spans = append(p.Spans, s)
	}
	return p
}

func TestNamesOverSpans(t *testing.T) {
	const wide = "云岚科技的华东区项目由两位同事一起负责，他们是王"
	m := NewMatcher(person("王小明", "Elena Petrova", "欧阳小明", "司马"))
	for _, c := range []struct {
		about string
		page  redact.Page
		want  string // span, place in it, text
	}{
		{"runs", redact.Page{Spans: []redact.Span{{Text: "访王"}, {ID: 1, Offset: 2, Text: "小"}, {ID: 2, Offset: 3, Text: "明"}}}, "0:1-2王小明 1:0-1王小明 2:0-1王小明"},
		{"a paragraph", picture(wide, "小明和李晓。"), "0:23-24王小明 1:0-2王小明"},
		{"a badge", picture("ELENA", "PETROVA", "Northwind"), "0:0-5ELENA PETROVA 1:0-7ELENA PETROVA"},
		{"a badge in Chinese", picture("欧阳", "小明"), "0:0-2欧阳小明 1:0-2欧阳小明"},
		{"both lines hold more", picture("我叫Elena", "Petrova, 28"), "0:2-7Elena Petrova 1:0-7Elena Petrova"},
		{"no name made of others", picture("张王", "小明"), ""},
		{"nor of the next", picture("公司", "马到成功"), ""},
		{"in one of two lines", picture("司马", "工程师"), "0:0-2司马"},
		{"spaced out", func() redact.Page {
			p := picture("王", "小", "明")
			for i := range p.Spans {
				p.Spans[i].Boxes[0] = image.Rect(50*i, 0, 50*i+20, 20)
			}
			return p
		}(), "0:0-1王小明 1:0-1王小明 2:0-1王小明"},
	} {
		fs, err := m.Detect(t.Context(), c.page)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range fs {
			s := c.page.Spans[f.Region.Span]
			got = append(got, fmt.Sprintf("%d:%d-%d%s", s.ID, f.Region.Start-s.Offset, f.Region.End-s.Offset, f.Text))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: found %q, want %q", c.about, s, c.want)
		}
		if c.want != "" {
			redacttest.TestDetector(t, m, c.page)
		}
	}
}

// Labels of ours hide what touches them, and nothing beside them.
func TestBesideLabels(t *testing.T) {
	m := NewMatcher(person("客户", "企业A", "王小明", "Customer", "某地人"))
	for text, want := range map[string]string{
		"客户A和客户":                          "客户",
		"企业A、企业AB":                        "",
		"客户B王小明":                          "王小明",
		"Customer A, Customer, customer":  "Customer|customer",
		"王小明\n客户C12\n王小明客户D":              "王小明|王小明",
		"来自某地人":                           "",
		strings.Repeat("客户A", 50) + "王小明": "王小明",
	} {
		var got []string
		for _, f := range search(t, m, text) {
			got = append(got, f.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: found %q, want %q", text, s, want)
		}
	}
}

// Places asked for one by one touch the labels that are in the whole text.
func TestHiddenEqualsAllLabels(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"客户A", "客户", "Customer B2", "Customer ", "[电话]", "某地", "王小明和", "a place", "\n", "B", "1", strings.Repeat("云岚科技，", 40)})
	rapid.Check(t, func(t *rapid.T) {
		text := []rune(strings.Join(rapid.SliceOfN(pieces, 1, 30).Draw(t, "pieces"), ""))
		all := redact.LabelRunes(text)
		h := hidden{text: text}
		for start, end := 0, 0; start < len(text); {
			end = min(len(text), max(end, start)+rapid.IntRange(1, 9).Draw(t, "length"))
			want := slices.ContainsFunc(all, func(l [2]int) bool { return l[0] < end && start < l[1] })
			if got := h.touch(start, end); got != want {
				t.Fatalf("%d-%d of %q: %v, want %v", start, end, string(text), got, want)
			}
			start += rapid.IntRange(1, 300).Draw(t, "step")
			end = max(end, start)
		}
	})
}
