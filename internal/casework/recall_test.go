package casework

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"consentry/authz"
)

// What a release leans on ends in different ways, and only what ended since is
// told, where somebody asks for that.
func TestRecallGrounds(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	day := func(n int) time.Time { return today.AddDate(0, 0, n) }
	put := func(g authz.Ground) {
		t.Helper()
		g.Subject, g.At = "lin", day(-90)
		if err := b.vault.PutGround(ctx, g); err != nil {
			t.Fatal(err)
		}
	}
	put(authz.Ground{ID: "g_holds"})
	put(authz.Ground{ID: "g_revoked", Revoked: day(-2)})
	put(authz.Ground{ID: "g_over", Until: day(-60)})
	doc, err := json.Marshal(Release{ID: "R-1", Case: "C-none", At: day(-80), Grounds: []string{"g_holds", "g_revoked", "g_over", "g_gone"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.vault.PutDoc(ctx, releaseBucket, "R-1", doc); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		since time.Time
		want  []string
	}{{time.Time{}, []string{"g_revoked", "g_over", "g_gone"}}, {day(-30), []string{"g_revoked", "g_gone"}}, {day(-1), []string{"g_gone"}}} {
		rs, err := b.Recall(ctx, c.since)
		if err != nil || len(rs) != 1 {
			t.Fatalf("%d releases, %v", len(rs), err)
		}
		var got []string
		for _, l := range rs[0].Lapses {
			got = append(got, l.Ground)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("since %v: %v, want %v", c.since, got, c.want)
		}
	}
}

// A withdrawal stays one where the clock is set back to before it.
func TestClockSetBack(t *testing.T) {
	b := newBench(t)
	b.agree(t, "lin", "林知遥")
	b.write(t, "a.txt", "林知遥在。\n")
	c := b.newCase(t)
	b.withdraw(t, "lin", today)
	b.Latest = func(context.Context) (time.Time, error) { return today, nil }
	b.Now = func() time.Time { return today.AddDate(0, 0, -7) }
	if p := b.scan(t, c); !p.Items[0].Hidden() {
		t.Errorf("shown a week before it was withdrawn, by the clock: %s", p.Items[0].Decision.Reason)
	}
	b.Latest = nil
	if p := b.scan(t, c); p.Items[0].Hidden() {
		t.Error("the test shows nothing: it is hidden anyway")
	}
}
