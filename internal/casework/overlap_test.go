package casework

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
)

// at is a finding of text in line, marked by what follows it: its kind, ! for the
// review tier, = for the registry.
func at(t *testing.T, line, text, mark string) redact.Finding {
	t.Helper()
	i := strings.Index(line, text)
	if i < 0 {
		t.Fatalf("%q is not in %q", text, line)
	}
	start := len([]rune(line[:i]))
	f := redact.Finding{Text: text, Kind: redact.Person, Tier: redact.Sure, By: "d", Region: redact.Region{Start: start, End: start + len([]rune(text))}}
	for _, m := range mark {
		switch m {
		case 'o':
			f.Kind = redact.Organisation
		case 'e':
			f.Kind = redact.Email
		case '!':
			f.Tier = redact.Review
		case '=':
			f.Why = whyRegistry
		}
	}
	return f
}

func TestMergeText(t *testing.T) {
	for _, tc := range []struct {
		name, line string
		found      [][2]string // text, mark
		want       string      // texts that stay, in order
	}{
		{"the same twice", "王小明来了", [][2]string{{"王小明", "p"}, {"王小明", "p="}}, "王小明"},
		{"the longer wins", "张伟明来了", [][2]string{{"张伟", "p="}, {"张伟明", "p"}}, "张伟明"},
		{"even as a guess, for people", "张伟明来了", [][2]string{{"张伟", "p="}, {"张伟明", "p!"}}, "张伟明"},
		{"a title makes no other name", "张伟总经理来了", [][2]string{{"张伟", "p="}, {"张伟总经理", "p"}}, "张伟"},
		{"an English title", "by Dr. Ann Lee now", [][2]string{{"Ann Lee", "p="}, {"Dr. Ann Lee", "p"}}, "Ann Lee"},
		{"a legal form", "at Northwind Ltd now", [][2]string{{"Northwind", "o="}, {"Northwind Ltd", "o"}}, "Northwind"},
		{"another company", "at Northwind Foods now", [][2]string{{"Northwind", "o="}, {"Northwind Foods", "o"}}, "Northwind Foods"},
		{"a guess around a registered company", "货主云岚科技说", [][2]string{{"云岚科技", "o="}, {"货主云岚科技", "o!"}}, "货主 云岚科技"},
		{"an address in a guess", "张三：a@b.cn", [][2]string{{"a@b.cn", "e"}, {"张三：a@b.cn", "o!"}}, "张三 a@b.cn"},
		{"its label only", "邮箱：a@b.cn", [][2]string{{"a@b.cn", "e"}, {"邮箱：a@b.cn", "o!"}}, "a@b.cn"},
		{"parts of a registered name", "砚溪冷链说", [][2]string{{"砚溪冷链", "o="}, {"砚溪", "p"}, {"冷链", "p"}}, "砚溪冷链"},
		{"neither inside the other", "甲乙丙", [][2]string{{"甲乙", "p"}, {"乙丙", "p"}}, "甲乙 乙丙"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var fs []redact.Finding
			for _, f := range tc.found {
				fs = append(fs, at(t, tc.line, f[0], f[1]))
			}
			for range 2 { // in any order
				var got []string
				merged := mergeText(slices.Clone(fs))
				slices.SortFunc(merged, func(a, b redact.Finding) int { return a.Region.Start - b.Region.Start })
				for _, f := range merged {
					got = append(got, f.Text)
					if rs := []rune(tc.line); string(rs[f.Region.Start:f.Region.End]) != f.Text {
						t.Errorf("%q does not stand at %d-%d", f.Text, f.Region.Start, f.Region.End)
					}
				}
				if strings.Join(got, " ") != tc.want {
					t.Errorf("%q, want %q", got, tc.want)
				}
				slices.Reverse(fs)
			}
		})
	}
}

func TestRegistryKnowsTheKind(t *testing.T) {
	line := "云岚科技说"
	got := mergeText([]redact.Finding{at(t, line, "云岚科技", "p"), at(t, line, "云岚科技", "o=")})
	if len(got) != 1 || got[0].Kind != redact.Organisation || !registered(got[0]) {
		t.Errorf("%+v", got)
	}
}

// What any detector found is covered by what is left, but for neutral words.
func FuzzMergeTextLosesNothing(f *testing.F) {
	f.Add([]byte{0, 3, 0, 1, 2, 1, 2, 5, 2})
	f.Add([]byte{0, 9, 1, 2, 3, 6, 4, 4, 2, 0, 2, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		line := []rune("甲乙丙丁戊己庚辛壬癸子丑")
		var fs []redact.Finding
		for ; len(data) >= 3; data = data[3:] {
			a, n := int(data[0])%len(line), 1+int(data[1])%4
			b := min(a+n, len(line))
			x := redact.Finding{Text: string(line[a:b]), Kind: redact.Person, Tier: redact.Tier(data[2] & 1), By: fmt.Sprint(len(fs)), Region: redact.Region{Start: a, End: b}}
			if data[2]&2 != 0 {
				x.Why = whyRegistry
			}
			if data[2]&4 != 0 {
				x.Kind = redact.Organisation
			}
			fs = append(fs, x)
		}
		covered := make([]bool, len(line))
		for _, x := range mergeText(slices.Clone(fs)) {
			for i := x.Region.Start; i < x.Region.End; i++ {
				covered[i] = true
			}
		}
		for _, x := range fs {
			for i := x.Region.Start; i < x.Region.End; i++ {
				if !covered[i] {
					t.Fatalf("rune %d was found and is lost", i)
				}
			}
		}
	})
}

// Words for somebody's work yield to the name of the company in them, and a form
// of a registered name to that name with its title.
func TestDetailsYieldToNames(t *testing.T) {
	at := func(k redact.Kind, why, text string, start int) redact.Finding {
		return redact.Finding{Kind: k, Tier: redact.Sure, Why: why, Text: text, Region: redact.Region{Start: start, End: start + len([]rune(text))}}
	}
	review := func(f redact.Finding) redact.Finding {
		f.Tier = redact.Review
		return f
	}
	for _, c := range []struct {
		about string
		found []redact.Finding
		want  string
	}{
		{"post", []redact.Finding{at("post", "", "云岚科技的运营总监", 0), at(redact.Organisation, "", "云岚科技", 0)}, "云岚科技|运营总监"},
		{"employer", []redact.Finding{at("employer", "", "就职于云岚科技", 0), at(redact.Organisation, "", "云岚科技", 3)}, "云岚科技"},
		{"sensitive words keep the name", []redact.Finding{at("health", "", "林知遥确诊糖尿病", 0), at(redact.Person, "", "林知遥", 0)}, "林知遥确诊糖尿病"},
		{"form with a title", []redact.Finding{at(redact.Person, "registry", "林知遥", 0), review(at(redact.Person, "registry/zh-given-title", "知遥女士", 1))}, "林知遥"},
		{"form with more", []redact.Finding{at(redact.Person, "registry", "林知遥", 0), review(at(redact.Person, "registry/zh-given", "知遥明", 1))}, "林知遥|知遥明"},
	} {
		var got []string
		for _, f := range mergeText(c.found) {
			got = append(got, f.Text)
		}
		slices.Sort(got)
		want := strings.Split(c.want, "|")
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.about, got, want)
		}
	}
}
