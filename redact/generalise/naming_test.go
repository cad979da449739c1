package generalise

import (
	"fmt"
	"testing"

	"consentry/redact"
)

func TestNaming(t *testing.T) {
	d := load(t)
	press := Profile{Industry: "machinery", Size: "large", Region: "east"}
	n := d.Name([]Subject{
		{Key: "yunlan", Kind: redact.Organisation, Style: General, Profile: press},
		{Key: "shuohe", Kind: redact.Organisation, Style: General, Profile: Profile{Industry: "pharma"}},
		{Key: "lanfeng", Kind: redact.Organisation, Style: General, Profile: press},
		{Key: "north", Kind: redact.Organisation},
		{Key: "p1", Kind: redact.Person, Style: General, Post: "首席信息官", Of: "yunlan"},
		{Key: "p2", Kind: redact.Person, Style: General, Post: "CIO", Of: "lanfeng"},
		{Key: "p3", Kind: redact.Person, Style: General, Post: "信息总监", Of: "shuohe"},
		{Key: "p4", Kind: redact.Person, Style: General, Post: "CIO", Of: "shuohe"},
		{Key: "p5", Kind: redact.Person, Post: "CIO", Of: "north"},
		{Key: "p6", Kind: redact.Person},
		{Key: "p7", Kind: redact.Person, Post: "nothing known", Of: "north"},
		{Key: "p8", Kind: redact.Person, Post: "CIO"},
		{Key: "p9", Kind: redact.Person, Style: General},
		{Key: "p10", Kind: redact.Person, Style: General, Post: "店长"},
		{Key: "p11", Kind: redact.Person, Style: General, Of: "shuohe"},
		{Key: "p12", Kind: redact.Person, Style: General, Of: "shuohe"},
		{Key: "p1", Kind: redact.Organisation}, // again: ignored
	})
	for _, x := range []struct{ key, zh, en string }{
		{"yunlan", "华东某大型机械制造企业A", "large machinery company A in eastern China"},
		{"lanfeng", "华东某大型机械制造企业B", "large machinery company B in eastern China"},
		{"shuohe", "某医药企业", "a pharmaceuticals company"},
		{"north", "企业D", "Company D"},
		{"p1", "华东某大型机械制造企业A信息化负责人", "the head of IT at large machinery company A in eastern China"},
		{"p2", "华东某大型机械制造企业B信息化负责人", "the head of IT at large machinery company B in eastern China"},
		{"p3", "某医药企业信息化负责人A", "head of IT A at a pharmaceuticals company"},
		{"p4", "某医药企业信息化负责人B", "head of IT B at a pharmaceuticals company"},
		{"p5", "企业D的信息化负责人", "Company D’s head of IT"},
		{"p6", "客户A", "Customer A"},
		{"p7", "客户B", "Customer B"},
		{"p8", "客户的信息化负责人", "the customer’s head of IT"},
		{"p9", "一位相关人士", "a person involved"},
		{"p10", "一位门店管理人员", "a store manager"},
		{"p11", "某医药企业的一位代表A", "representative A of a pharmaceuticals company"},
		{"p12", "某医药企业的一位代表B", "representative B of a pharmaceuticals company"},
	} {
		z, ok := n.Label(x.key, zh)
		e, _ := n.Label(x.key, en)
		if !ok || z != x.zh || e != x.en {
			t.Errorf("%s: got %q, %q, want %q, %q", x.key, z, e, x.zh, x.en)
		}
		if !n.IsLabel(z) || !n.IsLabel(e) || n.IsLabel(z+"x") {
			t.Errorf("%s is not known as a label, or too much is", x.key)
		}
	}
	if _, ok := n.Label("nobody", zh); ok {
		t.Error("a label for nobody")
	}
}

// Whatever the subjects, two of them never share a name in one language.
func TestNamingKeepsApart(t *testing.T) {
	d := load(t)
	posts := []string{"", "CIO", "首席信息官", "IT经理", "店长", "CEO", "总裁", "工程师", "财务经理", "nothing"}
	var subjects []Subject
	x := uint32(7)
	pick := func(n int) int { x = x*1664525 + 1013904223; return int(x>>8) % n }
	for i := range 400 {
		s := Subject{Key: fmt.Sprint("o", i), Kind: redact.Organisation, Style: Style(pick(2))}
		s.Profile = Profile{Industry: d.Industries[pick(len(d.Industries))].ID, Size: []string{"", "large", "small"}[pick(3)], Region: []string{"", "east", "europe"}[pick(3)], PublicBody: pick(9) == 0}
		subjects = append(subjects, s)
	}
	for i := range 1200 {
		subjects = append(subjects, Subject{Key: fmt.Sprint("p", i), Kind: redact.Person, Style: Style(pick(2)), Post: posts[pick(len(posts))], Of: []string{"", fmt.Sprint("o", pick(40)), "p3", "gone"}[pick(4)]})
	}
	n := d.Name(subjects)
	seen := map[string]string{}
	for _, s := range subjects {
		for _, lang := range langs {
			l, _ := n.Label(s.Key, lang)
			if who, ok := seen[l]; ok {
				t.Fatalf("%s and %s are both %q", who, s.Key, l)
			}
			seen[l] = s.Key
		}
	}
}

func TestLabels(t *testing.T) {
	d := load(t)
	for _, n := range d.Industries {
		for _, size := range []string{"", "large", "very-large"} {
			for _, region := range []string{"", "east", "europe"} {
				for _, letter := range []string{"", "A", "C2"} {
					p := Profile{Industry: n.ID, Size: size, Region: region}
					for _, lang := range langs {
						l := d.Organisation(p, lang, letter)
						around := map[redact.Lang][2]string{zh: {"由", "提供"}, en: {"made by ", ", they say"}}[lang]
						text := []rune(around[0] + l + around[1])
						at := d.Labels(text)
						if len(at) != 1 || string(text[at[0][0]:at[0][1]]) != l {
							t.Fatalf("%q: %v", string(text), at)
						}
					}
				}
			}
		}
	}
	for _, s := range []string{"某云岚企业", "华东云岚机械制造企业", "云岚精工", "Northmere", "the large Northmere machine"} {
		if at := d.Labels([]rune(s)); at != nil {
			t.Errorf("%q: %v", s, at)
		}
	}
	for _, s := range []string{"logistics company Azure"} { // the letter is not taken
		if at := d.Labels([]rune(s)); len(at) != 1 || at[0][1] != len("logistics company") {
			t.Errorf("%q: %v", s, at)
		}
	}
}

// A company's own form is all that is told of it: nothing of the dictionary's comes
// beside it, in no language, and of its people no trade that it does not tell.
func TestOwnForm(t *testing.T) {
	d := load(t)
	n := d.Name([]Subject{
		{Key: "a", Kind: redact.Organisation, Style: General, Own: "某大型制造企业", Profile: Profile{Industry: "machinery", Size: "large", Region: "华东"}},
		{Key: "b", Kind: redact.Organisation, Style: General, Own: "某大型制造企业"},
		{Key: "c", Kind: redact.Organisation, Style: General, Own: "a family business"},
		{Key: "p", Kind: redact.Person, Style: General, Of: "a", Post: "CIO"},
	})
	for _, x := range []struct{ key, zh, en string }{
		{"a", "某大型制造企业A", "Company A"},
		{"b", "某大型制造企业B", "Company B"},
		{"c", "企业C", "a family business"},
		{"p", "某大型制造企业A信息化负责人", "Company A’s head of IT"},
	} {
		zh, _ := n.Label(x.key, redact.Chinese)
		en, _ := n.Label(x.key, redact.English)
		if zh != x.zh || en != x.en {
			t.Errorf("%s is called %s, %s; want %s, %s", x.key, zh, en, x.zh, x.en)
		}
	}
}
