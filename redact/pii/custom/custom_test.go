package custom

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

const sample = `
kinds:
- id: project
  name: {zh: 项目代号, en: project}
  label: {zh: "[项目]", en: "[project]"}
  sensitivity: organisation
  list: [青鸟计划, Project Heron]
  must_find: [我们启动了青鸟计划, "the PROJECT\n heron team"]
  must_not_find: [青鸟飞过, project herons]
- id: part-no
  label: {zh: "[零件号]", en: "[part]"}
  pattern: 'YL-\d{5}'
  must_find: [零件 YL-00017 已换, yl－００017, "YL\u200b-00017"]
  must_not_find: [YL-17]
`

func parse(t testing.TB, s string) Set {
	t.Helper()
	set, err := Parse(strings.NewReader(s))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestDetector(t *testing.T) {
	d := parse(t, sample).Detector()
	redacttest.TestDetector(t, d,
		redact.Page{Spans: []redact.Span{{Text: "青鸟\n计划 YL-00017 [项目] 客户A"}, {ID: 1, Offset: 40, Text: "Ｐｒｏｊｅｃｔ　Heron"}}})
}

func TestFindings(t *testing.T) {
	set := parse(t, sample)
	if errs := set.Check(); len(errs) > 0 {
		t.Error(errs)
	}
	d := set.Detector()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"青 鸟计\n划与青鸟计划", []string{"青 鸟计\n划", "青鸟计划"}},
		{"Project  HERON!", []string{"Project  HERON"}},
		{"Ｐｒｏｊｅｃｔ　Ｈｅｒｏｎ", []string{"Ｐｒｏｊｅｃｔ　Ｈｅｒｏｎ"}},
		{"Project Heronry, myproject heron", nil},
		{"YL－00017、yl-00018", []string{"YL－00017", "yl-00018"}},
		{"YL-0001", nil},
		{strings.Repeat("空", 5000) + "YL-00017" + strings.Repeat("空", 5000), []string{"YL-00017"}},
		{"", nil},
	} {
		fs, err := d.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: c.text}}})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range fs {
			got = append(got, f.Text)
			if f.Tier != redact.Sure || f.Kind != "project" && f.Kind != "part-no" {
				t.Errorf("tier %v, kind %s", f.Tier, f.Kind)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%.40q: %q, want %q", c.text, got, c.want)
		}
	}
}

// A pattern is found wherever a window ends.
func TestWindows(t *testing.T) {
	d := parse(t, sample).Detector()
	for n := window - 12; n < window+4; n++ {
		fs, err := d.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: strings.Repeat("x ", n/2) + strings.Repeat("空", n%2) + "YL-00017"}}})
		if err != nil || len(fs) != 1 || fs[0].Text != "YL-00017" {
			t.Errorf("behind %d runes: %d findings, error %v", n, len(fs), err)
		}
	}
}

// Words that hold one another, with and without word bounds.
func TestNestedWords(t *testing.T) {
	set, err := New(Kind{ID: "words", List: []string{"ab cd", "cd", "d ef", "云岚", "云岚精工"}})
	if err != nil {
		t.Fatal(err)
	}
	fs, err := set.Detector().Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: "ab cd; xab cd ef; 云岚精工与云岚"}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range fs {
		got = append(got, f.Text)
	}
	if want := []string{"ab cd", "cd", "云岚精工", "云岚"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		kind Kind
		want int
	}{
		{Kind{ID: "aa", Pattern: "heron"}, 1},
		{Kind{ID: "aa", Pattern: "heron", MustFind: []string{"a heron"}, MustNotFind: []string{"an owl"}}, 0},
		{Kind{ID: "aa", Pattern: "heron", MustFind: []string{"an owl"}, MustNotFind: []string{"a heron"}}, 2},
		{Kind{ID: "aa", List: []string{"heron"}}, 0},
		{Kind{ID: "aa", List: []string{"heron"}, MustNotFind: []string{"HERON"}}, 1},
		{Kind{ID: "aa", Pattern: `a_b—c`, MustFind: []string{"A_B–C", "ａ b-c"}, MustNotFind: []string{"abc"}}, 0},
	} {
		set, err := New(c.kind)
		if err != nil {
			t.Fatal(err)
		}
		errs := set.Check()
		if len(errs) != c.want {
			t.Errorf("%+v: %v, want %d", c.kind, errs, c.want)
		}
		for _, e := range errs {
			if strings.Contains(strings.ToLower(e.Error()), "heron") || strings.Contains(e.Error(), "owl") {
				t.Errorf("an error quotes: %v", e)
			}
		}
	}
}

func TestParseErrors(t *testing.T) {
	const secret = "机密SECRET"
	for name, c := range map[string]struct{ text, want string }{
		"no yaml":        {"kinds: [" + secret, "not YAML"},
		"not a mapping":  {"- " + secret, "line 1: keys"},
		"unknown key":    {"kinds:\n- id: aa\n  " + secret + ": 1", "line 3: an unknown key"},
		"twice":          {"kinds:\n- id: aa\n  id: bb\n", "line 3: a key stands twice"},
		"kinds no list":  {"kinds: " + secret, "line 1: kinds is a list"},
		"id":             {"kinds:\n\n- id: " + secret + "\n  list: [aa]", "line 3: the id needs"},
		"taken":          {"kinds:\n- id: person\n  list: [" + secret + "]", "line 2: the id is taken"},
		"same":           {"kinds:\n- {id: aa, list: [" + secret + "]}\n- {id: aa, list: [bb]}", "line 3: the id is taken"},
		"nothing":        {"kinds:\n- id: aa", "line 2: a list or a pattern"},
		"sensitivity":    {"kinds:\n- {id: aa, sensitivity: " + secret + ", list: [bb]}", "line 2: the sensitivity"},
		"pattern":        {"kinds:\n- {id: aa, pattern: '(" + secret + "'}", "line 2: the pattern is not RE2: missing"},
		"bracket":        {"kinds:\n- {id: aa, pattern: '" + secret + ")('}", "line 2: the pattern is not RE2"},
		"lookahead":      {"kinds:\n- {id: aa, pattern: '(?=" + secret + ")'}", "line 2: the pattern is not RE2"},
		"empty match":    {"kinds:\n- {id: aa, pattern: '(" + secret + ")*'}", "line 2: the pattern finds the empty text"},
		"long pattern":   {"kinds:\n- {id: aa, pattern: '" + strings.Repeat("x", MaxPattern+1) + "'}", "line 2: the pattern is longer"},
		"short word":     {"kinds:\n- {id: aa, list: [" + secret + ", x]}", "line 2: word 2 of the list"},
		"word is a list": {"kinds:\n- id: aa\n  list:\n  - [" + secret + "]", "line 4: a text is wanted"},
		"list is a text": {"kinds:\n- id: aa\n  list: " + secret, "line 3: a list of texts"},
		"alias":          {"kinds:\n- id: aa\n  list: &x [" + secret + "]\n  must_find: *x", "line 4: a list of texts"},
		"two documents":  {"kinds: []\n---\nkinds: []", "more than one document"},
		"label":          {"kinds:\n- {id: aa, list: [bb], label: {zh: \"" + secret + "\\n\"}}", "line 2: a name or label"},
	} {
		_, err := Parse(strings.NewReader(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		} else if strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "机密") {
			t.Errorf("%s: the error quotes the file: %v", name, err)
		}
	}
	if _, err := Parse(strings.NewReader(strings.Repeat("#", MaxFile+1))); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file that is too large: %v", err)
	}
	for _, s := range []string{"", "# nothing\n", "kinds:\n", "kinds: []\n"} {
		if set := parse(t, s); len(set.Kinds()) != 0 {
			t.Errorf("%q holds kinds", s)
		}
	}
}

func TestMarshal(t *testing.T) {
	set := parse(t, sample)
	b, err := set.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	again := parse(t, string(b))
	if !reflect.DeepEqual(again.All(), set.All()) {
		t.Error("what was written is read as something else")
	}
	if again.Detector().ID() != set.Detector().ID() {
		t.Error("the same set has two IDs")
	}
	more, err := set.With(Kind{ID: "project", List: []string{"Project Egret"}})
	if err != nil || len(more.Kinds()) != 2 || more.Detector().ID() == set.Detector().ID() {
		t.Errorf("%d kinds, error %v", len(more.Kinds()), err)
	}
	if left := more.Without("project"); len(left.Kinds()) != 1 || len(left.Check()) != 0 {
		t.Error("a kind did not go")
	}
	if i := set.Kinds()[0]; i.Label.EN != "[project]" || i.Sensitivity != redact.OfOrganisation {
		t.Errorf("described as %+v", i)
	}
}

// FuzzParse: no file makes the parser panic, and what it takes comes back the same
// and can be searched with.
func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("kinds:\n- {id: aa, pattern: '[_a-z]{2,9}(x|y)+'}")
	f.Add("a: &x [*x]")
	f.Fuzz(func(t *testing.T, s string) {
		set, err := Parse(strings.NewReader(s))
		if err != nil {
			return
		}
		b, err := set.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal("what was written cannot be read")
		}
		if !reflect.DeepEqual(again.All(), set.All()) {
			t.Fatal("what was written is read as something else")
		}
		set.Check()
	})
}
