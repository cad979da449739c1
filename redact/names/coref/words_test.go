package coref

import (
	"strings"
	"testing"

	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

func folded(s string) string { return string(fold.Of([]rune(s)).Runes) }

// around cuts an example at |name|.
func split3(t *testing.T, s string) (before, name, after string) {
	p := strings.Split(s, "|")
	if len(p) != 3 {
		t.Fatalf("example %q has not two strokes", s)
	}
	return folded(p[0]), p[1], folded(p[2])
}

// Each rule's own examples, those that must match and those that must not.
func TestWords(t *testing.T) {
	for _, r := range table.Roles {
		if len(r.Is) < 3 || len(r.Not) < 3 {
			t.Errorf("role %s has %d and %d examples", r.Role, len(r.Is), len(r.Not))
		}
		for _, s := range r.Is {
			before, _, after := split3(t, s)
			if got := table.roleOf(before, after); got != r.Role {
				t.Errorf("%q gives role %q, want %s", s, got, r.Role)
			}
		}
		for _, s := range r.Not {
			before, _, after := split3(t, s)
			if table.stands(r, before) || r.After.MatchString(after) {
				t.Errorf("%q gives role %s", s, r.Role)
			}
		}
	}
	for _, a := range table.Aliases {
		for _, s := range a.Is {
			text, want, _ := strings.Cut(s, "=")
			m := a.Pattern.FindStringSubmatch(folded(text))
			if m == nil || strings.TrimSpace(m[1]) != folded(want) {
				t.Errorf("%s: %q gives %q, want %q", a.ID, text, m, want)
			}
		}
		for _, s := range a.Not {
			if m := a.Pattern.FindStringSubmatch(folded(s)); m != nil {
				t.Errorf("%s: %q gives %q", a.ID, s, m)
			}
		}
	}
	marked := func(s string) bool {
		before, _, after := split3(t, s)
		return table.another(before, after)
	}
	for _, s := range table.Namesake.Is {
		if !marked(s) {
			t.Errorf("%q speaks of no namesake", s)
		}
	}
	for _, s := range table.Namesake.Not {
		if marked(s) {
			t.Errorf("%q speaks of a namesake", s)
		}
	}
}

// The roles are those of the rule pack, each once.
func TestRoles(t *testing.T) {
	want := lexicon.Set("contact employee end-user speaker bystander minor own-staff")
	for _, r := range table.Roles {
		if !want[string(r.Role)] {
			t.Errorf("role %q is none of the vocabulary, or stands twice", r.Role)
		}
		delete(want, string(r.Role))
	}
	if len(want) > 0 {
		t.Errorf("no words for %v", want)
	}
	for _, row := range table.Apart {
		for _, o := range row[1:] {
			if !table.exclude(row[0], o) || !table.exclude(o, row[0]) {
				t.Errorf("%s and %s go together", row[0], o)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]name{
		"王小明":               {shape: full, family: "王", given: "小明", core: "王小明"},
		"王小明经理":             {shape: full, family: "王", given: "小明", title: "经理", core: "王小明"},
		"欧阳知夏":              {shape: full, family: "欧阳", given: "知夏", core: "欧阳知夏"},
		"王总":                {shape: surname, family: "王", title: "总", core: "王总"},
		"王女士":               {shape: surname, family: "王", title: "女士", sex: 'f', core: "王女士"},
		"老王":                {shape: familiar, family: "王", given: "老王", prefix: "老", core: "老王"},
		"雪松":                {shape: given, given: "雪松", core: "雪松"},
		"Xiao-Ming Wang":    {shape: latinFull, core: "xiaoming wang"},
		"Wang, Xiaoming":    {shape: latinFull, core: "xiaoming wang"},
		"Mr. Wang":          {shape: surname, family: "wang", title: "mr", sex: 'm', core: "mr wang"},
		"John Alder Jr.":    {shape: latinFull, suffix: "jr", core: "john alder jr"},
		"J. Alder":          {shape: initials, core: "j alder"},
		"Zhāng Wěi":         {shape: latinFull, core: "zhang wei"},
		"Tony老师":            {shape: latinOne, title: "老师", core: "tony"},
		"王小明（Tony）":         {shape: full, family: "王", given: "小明", nick: "tony", core: "王小明"},
		`Robert "Bob" Hale`: {shape: latinFull, nick: "bob", core: "robert hale"},
	} {
		got := parse(text)
		got.words, got.show = nil, ""
		if got.shape != want.shape || got.family != want.family || got.given != want.given || got.title != want.title || got.sex != want.sex ||
			got.prefix != want.prefix || got.suffix != want.suffix || got.nick != want.nick || got.core != want.core {
			t.Errorf("%s is %+v, want %+v", text, got, want)
		}
	}
}

// Titles, professions, departments and what may stand between a company and its
// people.
func TestTitles(t *testing.T) {
	for _, c := range []struct {
		short, long string
		want        bool
	}{
		{"总", "总经理", true}, {"总", "运营总监", true}, {"总", "工程师", false}, {"工", "高级工程师", true}, {"经理", "项目经理", true}, {"总监", "经理", false},
		{"manager", "plant manager", true}, {"vice president", "vice president of operations", true}, {"age", "manager", false}, {"", "总经理", false},
	} {
		if got := table.covers(c.short, c.long); got != c.want {
			t.Errorf("%q stands for %q: %v", c.short, c.long, got)
		}
	}
	for title, same := range map[string]string{"高级工程师": "架构师", "data engineer": "architect", "会计": "accountant", "主治医师": "doctor", "总经理": "", "headteacher": "", "": ""} {
		if got := table.profession(title); got != table.profession(same) {
			t.Errorf("%q is of profession %d, not as %q", title, got, same)
		}
	}
	seen := map[string]bool{}
	for _, row := range table.Professions {
		for _, w := range row {
			if seen[w] {
				t.Errorf("%s is two professions", w)
			}
			seen[w] = true
		}
	}
	for before, want := range map[string]string{"由采购部": "采购部", "财务处会计": "财务处", "财务部的": "财务部", "采购部和": "", "部": ""} {
		got := ""
		if m := table.department.FindStringSubmatch(folded(before)); m != nil {
			got = m[1]
		}
		if got != want {
			t.Errorf("%q: department %q, want %q", before, got, want)
		}
	}
	for between, want := range map[string]bool{"": true, "的": true, "质量经理": true, "司机": true, "'s plant manager ": true, "拜访": false, "，": false, "与": false, "感谢": false} {
		if got := table.post.MatchString(folded(between)); got != want {
			t.Errorf("%q between a company and a name: %v", between, got)
		}
	}
	for before, want := range map[string]bool{"曾任职于": true, "前": true, "formerly of ": true, "任职于": false, "来自": false} {
		if got := table.Formerly.MatchString(folded(before)); got != want {
			t.Errorf("%q says that somebody left: %v", before, got)
		}
	}
}
