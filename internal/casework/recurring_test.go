package casework

import (
	"fmt"
	"testing"

	"consentry/authz"
)

// What recurs over cases is proposed for the allow-list; people, registered
// names and what is on the list are not.
func TestRecurring(t *testing.T) {
	b := newBench(t, "云岚科技", "王小明", "望溪科技", "北山科技", "青禾科技")
	for i, text := range []string{"云岚科技的王小明，望溪科技，北山科技，青禾科技。", "云 岚科技、王小明、望溪科技、北山科技。", "云岚科技，北山科技，云岚科技。", "云岚科技。"} {
		b.write(t, "a.txt", fmt.Sprint(text, i))
		b.scan(t, func() *Case {
			c := b.newCase(t)
			if i < 3 { // the fourth was never scanned as a case that is kept
				if err := b.Save(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			return c
		}())
	}
	if err := b.vault.AddAllow(t.Context(), authz.Allowance{Text: "望溪科技", Reason: "public body", By: "zhou", At: today}); err != nil {
		t.Fatal(err)
	}
	if err := b.vault.PutSubject(t.Context(), authz.Subject{ID: "s_1", Kind: authz.Organisation, Names: []authz.Name{{Text: "北山科技"}}}); err != nil {
		t.Fatal(err)
	}
	got, err := b.Recurring(t.Context(), 2)
	if err != nil || fmt.Sprint(got) != "[{云岚科技 organisation 3}]" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err = b.Recurring(t.Context(), 1); err != nil || fmt.Sprint(got) != "[{云岚科技 organisation 3} {青禾科技 organisation 1}]" {
		t.Errorf("%v, %v", got, err)
	}
}
