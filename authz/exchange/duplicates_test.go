package exchange

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
)

func person(id, name, company string, contacts ...string) authz.Subject {
	s := authz.Subject{ID: authz.SubjectID(id), Kind: authz.Person, Names: []authz.Name{{Text: name}}, Company: company}
	for _, c := range contacts {
		kind := "phone"
		if strings.Contains(c, "@") {
			kind = "email"
		}
		s.Contacts = append(s.Contacts, authz.Contact{Kind: kind, Value: c})
	}
	return s
}

func firmOf(id, name, code string, domains ...string) authz.Subject {
	return authz.Subject{ID: authz.SubjectID(id), Kind: authz.Organisation, Names: []authz.Name{{Text: name}}, Firm: &authz.Firm{CreditCode: code, Domains: domains}}
}

func TestDuplicates(t *testing.T) {
	alias := person("a", "林知遥", "云岚")
	alias.Names = append(alias.Names, authz.Name{Text: "Aria Lin", Use: "english"})
	employed := func(id, name string) authz.Subject {
		s := person(id, name, "")
		s.Employer = "f-1"
		return s
	}
	for name, c := range map[string]struct {
		in   []authz.Subject
		want string
	}{
		"phone":            {[]authz.Subject{person("a", "林知遥", "", "+86 138-0013-8000"), person("b", "小林", "", "13800138000")}, "a b same-phone 0.70"},
		"trunk":            {[]authz.Subject{person("a", "林知遥", "", "+86 10 1234 5678"), person("b", "小林", "", "010-12345678")}, "a b same-phone 0.70"},
		"e-mail":           {[]authz.Subject{person("a", "林知遥", "", "Lin@Example.com"), person("b", "小林", "", "lin@example.com")}, "a b same-email 0.85"},
		"name and company": {[]authz.Subject{person("a", "Ada  Harrow", "Finch"), person("b", "ADA HARROW", "finch")}, "a b same-name-and-company,same-name 0.96"},
		"other name":       {[]authz.Subject{alias, person("b", "aria lin", "云岚")}, "a b same-name-and-company,pinyin-and-company,same-name 0.99"},
		"employer":         {[]authz.Subject{employed("a", "林知遥"), employed("b", "林知遥")}, "a b same-name-and-employer,same-name 0.98"},
		"pinyin":           {[]authz.Subject{person("a", "林知遥", "云岚"), person("b", "Zhiyao Lin", "云岚")}, "a b pinyin-and-company 0.70"},
		"pinyin, apart":    {[]authz.Subject{person("a", "曾知遥", "云岚"), person("b", "ZENG Zhi-yao", "云岚")}, "a b pinyin-and-company 0.70"},
		"credit code":      {[]authz.Subject{firmOf("a", "云岚智造", "91310000ma1k000001"), firmOf("b", "云岚", "91310000MA1K000001")}, "a b same-credit-code 1.00"},
		"company":          {[]authz.Subject{firmOf("a", "云岚智造", ""), firmOf("b", "云岚智造", "")}, "a b same-name 0.60"},
		"domain":           {[]authz.Subject{firmOf("a", "云岚智造", "", "www.yunlan.example"), firmOf("b", "云岚", "", "yunlan.example")}, "a b same-domain 0.50"},
		"three": {[]authz.Subject{person("c", "林知遥", "云岚", "13800138000"), person("a", "林知遥", "云岚", "13800138000"), person("b", "林知遥", "云岚")},
			"c a same-name-and-company,same-phone,same-name 0.99; a b same-name-and-company,same-name 0.96; c b same-name-and-company,same-name 0.96"},

		"namesakes":          {[]authz.Subject{person("a", "林知遥", "云岚"), person("b", "林知遥", "砚溪")}, ""},
		"pinyin elsewhere":   {[]authz.Subject{person("a", "林知遥", "云岚"), person("b", "Lin Zhiyao", "砚溪")}, ""},
		"anagram":            {[]authz.Subject{person("a", "Lin Zhiyao", "云岚"), person("b", "Nil Zhiyao", "云岚")}, ""},
		"person and company": {[]authz.Subject{person("a", "云岚", "", "13800138000"), {ID: "b", Kind: authz.Organisation, Names: []authz.Name{{Text: "云岚"}}, Contacts: []authz.Contact{{Kind: "phone", Value: "13800138000"}}}}, ""},
		"short numbers":      {[]authz.Subject{person("a", "x y", "", "110"), person("b", "u v", "", "110")}, ""},
		"none":               {nil, ""},
	} {
		var got []string
		for _, p := range Duplicates(c.in) {
			var why []string
			for _, w := range p.Why {
				why = append(why, string(w))
				if w.Text("zh") == string(w) || w.Text("en") == string(w) {
					t.Errorf("%s has no words", w)
				}
			}
			got = append(got, fmt.Sprintf("%s %s %s %.2f", p.A, p.B, strings.Join(why, ","), p.Score-0.001))
		}
		want := c.want
		if g := strings.Join(got, "; "); g != want {
			// the printed score is rounded down
			t.Errorf("%s: %s, want %s", name, g, want)
		}
	}
	// A switchboard says nothing.
	var shared []authz.Subject
	for i := range maxShared + 1 {
		shared = append(shared, person(fmt.Sprint(i), fmt.Sprintf("名字%d", i), "", "021-60000000"))
	}
	if got := Duplicates(shared); len(got) != 0 {
		t.Errorf("%d pairs of a switchboard", len(got))
	}
	for i := range shared {
		shared[i].Names[0].Text, shared[i].Company = "林知遥", "云岚"
	}
	if got := Duplicates(shared); len(got) != maxShared {
		t.Errorf("%d pairs of one name, want %d", len(got), maxShared)
	}
}

// Time grows with the number of subjects.
func TestDuplicatesMany(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred thousand subjects")
	}
	b := many(benchRows)
	for i := range 1000 { // a thousand are there twice
		s := b.Subjects[i*100]
		s.ID += "x"
		b.Subjects = append(b.Subjects, s)
	}
	start := time.Now()
	got := Duplicates(b.Subjects)
	took := time.Since(start)
	t.Logf("%d pairs of %d subjects in %v", len(got), len(b.Subjects), took)
	if took > 20*time.Second { // 2 s are asked of an idle machine
		t.Errorf("%v", took)
	}
	found := 0
	for _, p := range got {
		if p.B == p.A+"x" {
			found++
		}
	}
	if found != 1000 {
		t.Errorf("%d of 1000 found", found)
	}
}

func BenchmarkDuplicates(b *testing.B) {
	all := many(benchRows).Subjects
	for b.Loop() {
		Duplicates(all)
	}
}

func TestMerge(t *testing.T) {
	keep, other := person("a", "林知遥", "云岚", "1380013"), person("b", "Aria Lin", "云岚智造", "1380013", "a@example.com")
	other.Names = append(other.Names, authz.Name{Text: "林知遥", Use: "alias"}, authz.Name{Text: "Lin", Use: "former"})
	keep.Note, other.Note = "one", "two"
	keep.Age, other.Role = "adult", "speaker"
	other.Confidential, keep.Deceased = true, true
	keep.Since, other.Since = day8("2021-01-01"), day8("2020-01-01")
	keep.Retention, other.Retention = day8("2031-01-01"), day8("2030-01-01")
	other.Created = day8("2026-01-01")
	other.Guardian = &authz.Guardian{Name: "x"}
	before := fmt.Sprintf("%+v %+v", keep, other)
	got, err := Merge(keep, other)
	if err != nil {
		t.Fatal(err)
	}
	want := authz.Subject{ID: "a", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}, {Text: "Aria Lin", Use: "alias"}, {Text: "Lin", Use: "former"}},
		Contacts: []authz.Contact{{Kind: "phone", Value: "1380013"}, {Kind: "email", Value: "a@example.com"}}, Company: "云岚", Note: "one\ncompany: 云岚智造\ntwo",
		Age: "adult", Role: "speaker", Confidential: true, Deceased: true, Since: day8("2020-01-01"), Retention: day8("2031-01-01"), Created: day8("2026-01-01"),
		Guardian: &authz.Guardian{Name: "x"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	if after := fmt.Sprintf("%+v %+v", keep, other); before != after {
		t.Error("merging changes the originals")
	}

	a, b := firmOf("a", "云岚", "", "a.example"), firmOf("b", "云岚智造", "91", "a.example", "b.example")
	a.Firm.Clause, b.Firm.Clause, b.Firm.QuoteApproval, b.Firm.Contract = "7", "8", true, "HT"
	got, err = Merge(a, b)
	if err != nil {
		t.Fatal(err)
	}
	if f := got.Firm; f.CreditCode != "91" || !slices.Equal(f.Domains, []string{"a.example", "b.example"}) || f.Clause != "7" || f.Contract != "HT" || !f.QuoteApproval || got.Note != "clause: 8" {
		t.Errorf("firm %+v, note %q", f, got.Note)
	}
	if a.Firm.CreditCode != "" || len(a.Firm.Domains) != 1 {
		t.Error("merging changes the original's firm")
	}

	for field, change := range map[string]func(*authz.Subject){
		"kind":        func(s *authz.Subject) { s.Kind = authz.Organisation },
		"age":         func(s *authz.Subject) { s.Age = "under-14" },
		"role":        func(s *authz.Subject) { s.Role = "minor" },
		"employer":    func(s *authz.Subject) { s.Employer = "f-2" },
		"guardian":    func(s *authz.Subject) { s.Guardian = &authz.Guardian{Name: "y"} },
		"credit_code": func(s *authz.Subject) { s.Firm = &authz.Firm{CreditCode: "92"} },
	} {
		one := authz.Subject{ID: "a", Kind: authz.Person, Age: "adult", Role: "contact", Employer: "f-1", Guardian: &authz.Guardian{Name: "x"}, Firm: &authz.Firm{CreditCode: "91"}}
		two := one
		change(&two)
		if _, err := Merge(one, two); !errors.Is(err, ErrContradicts) || !strings.HasSuffix(err.Error(), ": "+field) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
