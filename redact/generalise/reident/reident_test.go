package reident

import (
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/generalise"
)

func finder(t testing.TB) *Finder {
	d, err := generalise.Load()
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func page(text string) []redact.Page {
	return []redact.Page{{Part: redact.PartBody, Spans: []redact.Span{{Text: text}}}}
}

func has(hs []Hint, class string) bool {
	for _, h := range hs {
		if h.Class == class {
			return true
		}
	}
	return false
}

// Every class of the dictionary with its own examples.
func TestExamples(t *testing.T) {
	f := finder(t)
	check := func(id string, x generalise.Examples) {
		if len(x.Yes) < 2 || len(x.No) < 2 {
			t.Errorf("%s: %d and %d examples, want two of each at least", id, len(x.Yes), len(x.No))
		}
		for _, s := range x.Yes {
			if !has(f.Hints(page(s), nil), id) {
				t.Errorf("%s: not found in %q", id, s)
			}
		}
		for _, s := range x.No {
			if has(f.Hints(page(s), nil), id) {
				t.Errorf("%s: found in %q", id, s)
			}
		}
	}
	for _, c := range f.d.GiveAways {
		check(c.ID, c.Examples)
	}
	check(Combination, f.d.Combination.Examples)
}

func BenchmarkHints(b *testing.B) {
	f := finder(b)
	for name, s := range map[string]string{
		"zh": "项目于2026年3月17日上线，由首席信息官牵头，覆盖1286家门店。系统稳定，业务部门反馈良好，后续计划继续推广到更多车间和仓库，降低库存与能耗。\n",
		"en": "The project went live on 17 March 2026, led by the CIO, and covers 1,286 stores. The team was happy with the results, and plans to extend it to more sites.\n",
	} {
		b.Run(name, func(b *testing.B) {
			text := page(strings.Repeat(s, 2000))
			b.SetBytes(int64(len(text[0].Spans[0].Text)))
			for b.Loop() {
				f.Hints(text, nil)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	f := finder(t)
	one := "王小明说，该厂共有37,412人，"
	pages := []redact.Page{
		{Part: redact.PartBody, Index: 0, Spans: []redact.Span{{ID: 0, Text: one}, {ID: 1, Text: "是国内首家。共有37,412人。", Offset: 100}}},
		{Part: redact.PartBody, Index: 1, Spans: []redact.Span{{ID: 0, Text: "共有37,412人"}}},
	}
	at := func(h Hint, r redact.Region) string {
		for _, p := range pages {
			for _, s := range p.Spans {
				if p.Index == r.Page && s.ID == r.Span {
					return string([]rune(s.Text)[r.Start-s.Offset : r.End-s.Offset])
				}
			}
		}
		return ""
	}
	hs := f.Hints(pages, nil)
	if len(hs) != 2 || hs[0].Class != "first" || hs[1].Class != "exact-number" || len(hs[1].Also) != 2 {
		t.Fatalf("%v", hs)
	}
	if hs[1].Instead != "三万余人" || !hs[1].Exact || hs[0].Exact {
		t.Errorf("instead: %q", hs[1].Instead)
	}
	for _, h := range hs {
		for _, r := range append(h.Also, h.Region) {
			if at(h, r) != h.Text {
				t.Errorf("%s is not at its place", h)
			}
		}
		if s := h.String() + h.LogValue().String(); strings.Contains(s, h.Text) {
			t.Error("a hint is printed with its text")
		}
	}
	// What is hidden, if only in part, does not stay visible.
	hidden := []redact.Region{{Part: redact.PartBody, Page: 0, Span: 1, Start: 101, End: 105}, {Part: redact.PartBody, Page: 1, Start: 3, End: 4}}
	hs = f.Hints(pages, hidden)
	if len(hs) != 1 || hs[0].Class != "exact-number" || len(hs[0].Also) != 1 || hs[0].Region.Page != 0 {
		t.Errorf("%v", hs)
	}
	for _, part := range []string{redact.PartName, "elsewhere"} {
		for i := range hidden {
			hidden[i].Part = part
		}
		if hs = f.Hints(pages, hidden); len(hs) != 2 {
			t.Errorf("hidden in %s, not here: %v", part, hs)
		}
	}
}

// The more kinds of details meet, the more a combination weighs; what is hidden
// is no detail, but a hidden name stands for a post.
func TestCombination(t *testing.T) {
	f := finder(t)
	s := "2026年3月，王小明在无锡的机床厂主持了切换，涉及480台设备。"
	if has(f.Hints(page(s), nil), Combination) {
		t.Error("nobody is meant")
	}
	name := []redact.Region{{Part: redact.PartBody, Start: 8, End: 11}}
	hs := f.Hints(page(s), name)
	if len(hs) != 1 || hs[0].Class != Combination {
		t.Fatalf("%v", hs)
	}
	more := f.Hints(page(strings.Replace(s, "王小明", "王小明总经理", 1)), name)
	if len(more) != 1 || more[0].Weight <= hs[0].Weight {
		t.Errorf("%v, %v", more, hs)
	}
	if has(f.Hints(page(s), append(name, redact.Region{Part: redact.PartBody, Start: 12, End: 14})), Combination) {
		t.Error("the place is hidden")
	}
}

func TestUsersGiveAway(t *testing.T) {
	d, err := generalise.Load(strings.NewReader(`
give_aways:
- {id: ours, weight: 1, why: {zh: 内部代号, en: code}, instead: {zh: 某系统, en: a system}, literal: {zh: [云岚九号]}}
- {id: first, except: {zh: [国内首家合作]}}`))
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(d)
	if err != nil {
		t.Fatal(err)
	}
	if hs := f.Hints(page("云岚九号与国内首家合作方"), nil); len(hs) != 1 || hs[0].Class != "ours" || hs[0].Instead != "某系统" {
		t.Errorf("%v", hs)
	}
}

func FuzzHints(f *testing.F) {
	finder := finder(f)
	for _, c := range finder.d.GiveAways {
		for _, s := range c.Examples.Yes {
			f.Add(s, 1, 3)
		}
	}
	f.Fuzz(func(t *testing.T, s string, from, to int) {
		s = strings.ToValidUTF8(s, "?")
		hidden := redact.Region{Part: redact.PartBody, Start: from, End: to}
		weight := 1.0
		for _, h := range finder.Hints(page(s), []redact.Region{hidden}) {
			r := h.Region
			if string([]rune(s)[r.Start:r.End]) != h.Text || h.Weight > weight || h.Instead == "" {
				t.Fatalf("%s, weight %g after %g, instead %q", h, h.Weight, weight, h.Instead)
			}
			weight = h.Weight
			if hidden.IsText() && h.Class != Combination && r.Start < to && from < r.End {
				t.Fatalf("%s overlaps what is hidden", h)
			}
		}
	})
}

func TestToldLessExactly(t *testing.T) {
	f := finder(t)
	for in, want := range map[string]string{
		"该厂成立于1958年": "成立于1950年代", "总部位于无锡的企业": "总部位于华东的企业", "The bank was founded in 1871.": "founded in the 1870s", "a maker headquartered in Leeds": "headquartered in Europe",
		"营收18.37亿元": "十亿元级", "It opened on 17 March 2026.": "the first half of 2026", "总部位于云岚谷": "所在区域", "family-run since 1887": "since the 1880s",
	} {
		hs := f.Hints(page(in), nil)
		if len(hs) != 1 || hs[0].Instead != want {
			t.Errorf("%s: got %v, want %q", in, hs, want)
		}
	}
}
