package casework

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A case goes to whoever signs, back with a remark, there again, and out; at each
// station it says where it stands, after it was kept and loaded too.
func TestApproval(t *testing.T) {
	b, ctx := newBench(t, "王小明", "林知遥"), t.Context()
	now := today
	b.Now = func() time.Time { return now }
	b.agree(t, "lin", "林知遥")
	b.write(t, "story.txt", story)
	c := b.newCase(t)
	stands := func(want Standing, released time.Time) {
		t.Helper()
		if err := b.Save(ctx, c); err != nil {
			t.Fatal(err)
		}
		k, err := b.Load(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := k.Stands(released); got != want {
			t.Errorf("it stands %s, want %s", got, want)
		}
	}
	never := time.Time{}
	stands(StandsNew, never)
	p := b.scan(t, c)
	c.Tally = Tally{At: now, Asks: 1}
	stands(StandsAsking, never)
	c.Tally.Asks = 0
	stands(StandsReady, never)

	now = now.Add(time.Hour)
	if err := b.Submit(ctx, p, ""); !errors.Is(err, ErrAnswer) {
		t.Error("submitted by nobody:", err)
	}
	if err := b.Submit(ctx, p, "zhou"); err != nil {
		t.Fatal(err)
	}
	stands(StandsWaiting, never)
	now = now.Add(time.Hour)
	if err := b.SendBack(ctx, c, "gao", " "); !errors.Is(err, ErrAnswer) {
		t.Error("sent back without a remark:", err)
	}
	if err := b.SendBack(ctx, c, "gao", "用代称，不用字母"); err != nil {
		t.Fatal(err)
	}
	stands(StandsSentBack, never)
	now = now.Add(time.Hour)
	if err := b.Submit(ctx, p, "zhou"); err != nil {
		t.Fatal(err)
	}
	stands(StandsWaiting, never)
	// Whoever signs is asked again after the options changed.
	answers, to := len(c.Answers), *c
	to.Writing.KeepChanges, to.Title = true, "other"
	now = now.Add(time.Minute)
	if err := b.Change(ctx, c, to); err != nil || len(c.Answers) != answers || c.Title == "other" {
		t.Fatal("changed:", c.Answers, c.Title, err)
	}
	stands(StandsReady, never)
	if kept, err := b.Load(ctx, c.ID); err != nil || !kept.Writing.KeepChanges {
		t.Error("how files are written is not kept:", err)
	}
	if err := b.Submit(ctx, p, "zhou"); err != nil {
		t.Fatal(err)
	}
	stands(StandsWaiting, never)
	// And after a file was added.
	more := *c
	more.Assets = slices.Clone(c.Assets)
	now = now.Add(time.Minute)
	b.write(t, "more.txt", "后来加的。\n")
	if err := b.Ingest(ctx, &more, filepath.Join(b.dir, "in", "more.txt")); err != nil || len(more.Assets) != 2 || more.Stands(never) != StandsReady {
		t.Errorf("with %d files it stands %s: %v", len(more.Assets), more.Stands(never), err)
	}

	e, err := b.Apply(ctx, p, b.out())
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	proof, err := b.Verify(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := b.Draft(ctx, proof)
	if err != nil {
		t.Fatal(err)
	}
	if rep.Release != nil || rep.Hidden() == 0 || rep.Shown() != 1 || len(rep.Attacks) == 0 {
		t.Errorf("the draft: released %v, hidden %d, shown %d, attacks %v", rep.Release, rep.Hidden(), rep.Shown(), rep.Attacks)
	}
	// What an approver looks at is what will be published, and nothing of it is hidden text.
	written := proof.Written()
	if len(written) != 1 || written[0].Name != "story.txt" {
		t.Fatalf("written: %d files", len(written))
	}
	pages, err := b.Pages(ctx, written[0])
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, p := range pages {
		for _, s := range p.Spans {
			if strings.Contains(s.Text, "王小明") {
				t.Error("the approver reads a hidden name")
			}
		}
	}
	now = now.Add(time.Hour)
	r, err := b.Sign(ctx, proof, "gao")
	if err != nil {
		t.Fatal(err)
	}
	stands(StandsReleased, r.At)
	if err := b.Export(ctx, r); err != nil {
		t.Fatal(err)
	}
	if as, missing, err := b.InPackage(ctx, r, b.out()); err != nil || missing != 0 || len(as) != 1 || as[0].Name != "story.txt" {
		t.Errorf("in the package: %d files, %d missing, %v", len(as), missing, err)
	}
	if err := os.WriteFile(filepath.Join(b.out(), "files", "story.txt"), []byte("王小明"), 0o600); err != nil {
		t.Fatal(err)
	}
	if as, missing, err := b.InPackage(ctx, r, b.out()); err != nil || missing != 1 || len(as) != 0 {
		t.Errorf("a changed file is taken for the signed one: %d files, %d missing, %v", len(as), missing, err)
	}
	now = now.Add(time.Minute)
	if err := b.Answer(ctx, p, Answer{Action: HideIt, Text: "林知遥", By: "zhou"}); err == nil && c.Stands(r.At) == StandsReleased {
		t.Error("changed after the release, and released all the same")
	}
}

func TestOnlyWhatIsSettledIsSubmitted(t *testing.T) {
	b := newBench(t)
	b.agree(t, "one", "王敏")
	b.agree(t, "two", "王敏")
	b.write(t, "a.txt", "王敏来了。\n")
	p := b.scan(t, b.newCase(t))
	if err := b.Submit(t.Context(), p, "zhou"); !errors.Is(err, ErrUnsettled) {
		t.Error("submitted with an open question:", err)
	}
	if len(p.Case.Handovers) > 0 {
		t.Error("a refused handover was kept")
	}
}
