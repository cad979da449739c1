package wiring

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/redact/names/forms"
)

// people and companies are invented; nobody agreed to anything.
var (
	people = []string{"欧阳知夏", "林书棠", "顾昀", "贺兰听雨", "司徒映雪", "纪沐阳", "沈若谷", "阮清和", "Elara Quist", "Tobin Vell", "Priya Raman", "Oona Halvorsen-Reyes"}
	firms  = []string{"砚溪冷链物流有限公司", "朔禾生物科技股份有限公司", "望溪精密机械（苏州）有限公司", "Northmere Castings Ltd", "Harrowgate Foundry Group Inc."}
)

// anonymised is what the public sees of a text: nobody of the vault agreed.
func anonymised(t *testing.T, a *App, text string) string {
	t.Helper()
	ctx := context.Background()
	d, err := a.Desk(ctx, casework.Writing{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "story.md"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &casework.Case{ID: casework.NewID(), Created: time.Now(), By: "zhou", Purpose: "case-study", Channel: "website", Territory: "CN", Mode: casework.Anonymise, HideUnsure: true}
	if err := d.Ingest(ctx, c, filepath.Join(dir, "story.md")); err != nil {
		t.Fatal(err)
	}
	p, err := d.Scan(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := d.Preview(ctx, p, 0, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func register(t *testing.T, a *App) {
	t.Helper()
	for i, n := range append(append([]string{}, people...), firms...) {
		kind := authz.Person
		if i >= len(people) {
			kind = authz.Organisation
		}
		if err := a.AddSubject(context.Background(), authz.Subject{ID: authz.SubjectID(fmt.Sprintf("s_%d", i)), Kind: kind, Names: []authz.Name{{Text: n}}, Age: "adult"}); err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever has the registry tries every name of it in every form, and the lengths
// and initials of names, on anonymised output. Nothing comes back.
func TestDictionaryAttack(t *testing.T) {
	a, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	register(t, a)
	var text strings.Builder
	for i, n := range people {
		firm := firms[i%len(firms)]
		if redact.LangOf(n) == redact.Chinese {
			last := string([]rune(n)[0])
			fmt.Fprintf(&text, "%s的%s介绍了现场。%s说，夜班轻松多了。%s总补充了几点。\n\n", firm, n, n, last)
			for _, v := range forms.Variants(n) {
				fmt.Fprintf(&text, "The report was signed by %s on behalf of %s.\n\n", v, firm)
			}
		} else {
			last := n[strings.LastIndex(n, " ")+1:]
			fmt.Fprintf(&text, "%s of %s opened the day. Ms. %s spoke, and %s’s team agreed. %s closed it.\n\n", n, firm, last, n, strings.ToUpper(n))
		}
	}
	got := anonymised(t, a, text.String())
	for i, n := range append(append([]string{}, people...), firms...) {
		kind := redact.Person
		if i >= len(people) {
			kind = redact.Organisation
		}
		clues := forms.Deep(kind, []string{n})
		if len(clues.Forms) < 3 {
			t.Errorf("subject %d has only %d forms to try", i, len(clues.Forms))
		}
		if in := clues.In(got); len(in) > 0 {
			t.Errorf("%d form(s) of subject %d stand in the output", len(in), i)
		}
		if masks := clues.Masks(got); len(masks) > 0 {
			t.Errorf("subject %d is masked, which tells its length", i)
		}
	}
	if strings.Count(got, "客户") < len(people)/2 {
		t.Error("the output is no test: hardly anybody is in it")
	}
}

// Two texts that differ in who is hidden alone come out byte for byte the same:
// neither length nor gender nor script of a name is told.
func TestNothingOfTheNameIsTold(t *testing.T) {
	a, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	register(t, a)
	story := func(name, title, firm string) string {
		return fmt.Sprintf("%s的%s%s介绍了现场。%s说，夜班轻松多了。\n\n%s去年上线。\n", firm, name, title, name, firm)
	}
	want := anonymised(t, a, story("顾昀", "女士", firms[0]))
	for _, other := range [][2]string{{"欧阳知夏", "先生"}, {"贺兰听雨", ""}, {"司徒映雪", "女士"}} {
		for _, firm := range firms[:3] {
			if got := anonymised(t, a, story(other[0], other[1], firm)); got != want {
				t.Errorf("the output tells the name by something else:\n%s\n%s", got, want)
			}
		}
	}
}
