package casework

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/redact"
	"consentry/redact/names/search"
)

func (b *bench) written(t *testing.T, p *Plan, name string) string {
	t.Helper()
	e, err := b.Apply(t.Context(), p, filepath.Join(b.dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, f := range e.files {
		if f.name == name {
			text, err := os.ReadFile(f.path)
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
	}
	t.Fatalf("no file %s", name)
	return ""
}

// A nickname that no detector knows is found in every form and file, file names
// included, and hidden until the answer is taken back.
func TestFindEverywhere(t *testing.T) {
	b := newBench(t)
	b.write(t, "a.txt", "夜里只有大鹏鸟在线。Night Heron fixed it; NIGHT heron again.")
	b.write(t, "night-heron.md", "Nothing here.")
	p := b.scan(t, b.newCase(t))
	hits, err := b.Find(t.Context(), p, "night heron", redact.Other)
	if err != nil || len(hits) != 3 || hits[0].Hidden() {
		t.Fatalf("%d hits, %v", len(hits), err)
	}
	if err := b.Answer(t.Context(), p, Answer{Action: FindAll, Text: "Night Heron", By: "zhou"}); err != nil {
		t.Fatal(err)
	}
	if err := b.Answer(t.Context(), p, Answer{Action: FindAll, Text: "大鹏鸟", Kind: redact.Person, By: "zhou"}); err != nil {
		t.Fatal(err)
	}
	hits, err = b.Find(t.Context(), p, "night heron", "")
	if err != nil || len(hits) != 3 || slices.ContainsFunc(hits, func(h Hit) bool { return !h.Hidden() }) {
		t.Fatalf("hits %+v, %v", hits, err)
	}
	if got := b.written(t, p, "a.txt"); strings.Contains(got, "eron") || strings.Contains(got, "大鹏鸟") || !strings.Contains(got, "Customer A") {
		t.Error(got)
	}
	// The same case scanned anew hides the same.
	again := b.scan(t, p.Case)
	if len(again.Items) != len(p.Items) {
		t.Errorf("%d items, then %d", len(p.Items), len(again.Items))
	}
	if _, err := b.Undo(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if hits, err = b.Find(t.Context(), p, "大鹏鸟", redact.Person); err != nil || len(hits) != 1 || hits[0].Hidden() {
		t.Errorf("after undo %+v, %v", hits, err)
	}
	for _, a := range []Answer{
		{Action: FindAll, By: "zhou"}, {Action: FindAll, Text: " ", By: "zhou"}, {Action: FindAll, Text: "nowhere at all", By: "zhou"},
		{Action: FindAll, Text: "Nothing", Kind: redact.Face, By: "zhou"}, {Action: FindAll, Text: "Nothing"},
	} {
		if err := b.Answer(t.Context(), p, a); !errors.Is(err, ErrAnswer) {
			t.Errorf("%+v: %v", a, err)
		}
	}
}

// What the allow-list lets stay goes where a reviewer asks for it.
func TestFindOverrulesTheAllowList(t *testing.T) {
	b := newBench(t, "云岚科技")
	if err := b.vault.AddAllow(t.Context(), authz.Allowance{Text: "云岚科技", Reason: "our own company", By: "zhou", At: today}); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.txt", "云岚科技上线。")
	p := b.scan(t, b.newCase(t))
	if p.Items[0].Hidden() {
		t.Fatal("the allowed text is hidden")
	}
	if err := b.Answer(t.Context(), p, Answer{Action: FindAll, Text: "云岚科技", Kind: redact.Organisation, By: "zhou"}); err != nil {
		t.Fatal(err)
	}
	if len(p.Items) != 1 || !p.Items[0].Hidden() {
		t.Errorf("items %+v", p.Items)
	}
}

// The words a reviewer chooses stand for every mention of the subject, and may
// not name anyone hidden.
func TestPhrase(t *testing.T) {
	b := newBench(t, "云岚科技有限公司", "王小明")
	b.write(t, "a.txt", "云岚科技有限公司的王小明说，云岚科技很好。")
	b.write(t, "b.txt", "王小明再访。")
	p := b.scan(t, b.newCase(t))
	item := func(text string) string {
		for _, it := range p.Items {
			if it.Finding.Text == text {
				return it.ID
			}
		}
		t.Fatalf("%s is no item", text)
		return ""
	}
	for text, with := range map[string]string{"云岚科技有限公司": "某大型软件企业", "王小明": "项目负责人"} {
		if err := b.Answer(t.Context(), p, Answer{Action: Phrase, Item: item(text), With: with, By: "zhou"}); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.written(t, p, "a.txt"); got != "某大型软件企业的项目负责人说，某大型软件企业很好。" {
		t.Error(got)
	}
	if got := b.written(t, p, "b.txt"); got != "项目负责人再访。" {
		t.Error(got)
	}
	for _, with := range []string{"", "  ", "a\nb", strings.Repeat("长", 61), "王小明的朋友", "原云岚科技"} {
		if err := b.Answer(t.Context(), p, Answer{Action: Phrase, Item: item("王小明"), With: with, By: "zhou"}); !errors.Is(err, ErrAnswer) {
			t.Errorf("%q: %v", with, err)
		}
	}
}

// Sensitive personal information of the review tier is cleared with a reason.
func TestClearSensitive(t *testing.T) {
	b := newBench(t)
	b.Detectors = append(b.Detectors, search.NewMatcher([]redact.Term{{Text: "住院", Kind: "health", Tier: redact.Review, Why: "list"}}))
	b.write(t, "a.txt", "他去年住院。")
	p := b.scan(t, b.newCase(t))
	if len(p.Items) != 1 || !p.Items[0].Hidden() || !p.Items[0].NeedsReason() {
		t.Fatalf("items %+v", p.Items)
	}
	a := Answer{Action: Clear, Item: p.Items[0].ID, By: "zhou"}
	if err := b.Answer(t.Context(), p, a); !errors.Is(err, ErrAnswer) {
		t.Errorf("cleared without a reason: %v", err)
	}
	a.Reason = "of the building, not of a person"
	if err := b.Answer(t.Context(), p, a); err != nil || p.Items[0].Hidden() {
		t.Errorf("%v, %+v", err, p.Items[0])
	}
}
