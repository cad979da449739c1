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
