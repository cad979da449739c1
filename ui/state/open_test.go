package state

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"consentry/assets"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/names/forms"
	"consentry/redact/names/search"
	"consentry/redact/pii"
	"consentry/redact/text"
)

var day = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

// desk is made of the real parts but for the models: names come from a list.
func desk(t *testing.T, found ...string) *casework.Desk {
	t.Helper()
	v, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	rules, err := fs.ReadFile(assets.Rules(), "rulepack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := authz.ParsePack(rules)
	if err != nil {
		t.Fatal(err)
	}
	log, err := v.Ledger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var terms []redact.Term
	for _, f := range found {
		terms = append(terms, redact.Term{Text: f, Kind: redact.Person, Tier: redact.Sure, Why: "list"})
	}
	agree(t, v, "s-1")
	if err := v.PutSubject(t.Context(), authz.Subject{ID: "s-2", Kind: authz.Person, Names: []authz.Name{{Text: "孟秋白"}}, Created: day}); err != nil {
		t.Fatal(err)
	}
	formats := map[string]redact.Format{text.Plain: text.Format{}, text.Markdown: text.Format{}}
	return &casework.Desk{
		Formats: formats,
		Sniff: func(name string, head []byte) (string, error) {
			if typ, ok := text.Sniff(name, head); ok {
				return typ, nil
			}
			return "", redact.ErrUnreadable
		},
		Detectors: []redact.Detector{search.NewMatcher(terms), pii.Detector{}},
		Search:    func(ts []redact.Term) redact.Detector { return search.NewMatcher(ts) },
		Derive:    forms.Derive,
		Attacks:   []redact.Attack{attack.Text{Formats: formats}, attack.Bytes{}, attack.Metadata{}},
		Registry:  v, Policy: pack, RulePack: pack.Version, Results: v, Archive: v, Ledger: log,
		Now: func() time.Time { return day },
	}
}

const digest = "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c"

// agree registers 孟秋白 with a full consent to case studies on the website.
func agree(t *testing.T, v *store.Vault, id authz.SubjectID) {
	t.Helper()
	ctx := t.Context()
	if err := v.PutNotice(ctx, authz.Notice{SHA256: digest, GivenAt: day.AddDate(0, -3, 0), Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"}}); err != nil {
		t.Fatal(err)
	}
	if err := v.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: "孟秋白"}}, Role: "contact", Age: "adult", Created: day}); err != nil {
		t.Fatal(err)
	}
	if err := v.PutConsent(ctx, authz.Consent{
		ID: "c-1", Subject: id, Kind: "publish", GivenBy: "self", CollectedBy: "us",
		Events:   []authz.Event{{State: authz.Given, At: day.AddDate(0, -2, 0)}},
		Evidence: digest, Notice: digest, NoticeSHA256: digest, Voluntary: true, Separate: true, Written: true,
		Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
		Shows: []authz.Shows{"name", "portrait"}, From: day.AddDate(0, -2, 0), Until: day.AddDate(1, 0, 0),
	}); err != nil {
		t.Fatal(err)
	}
}

const story = "孟秋白说，柳青禾的电话是 13800138000。\n孟秋白很满意。\n"

func scanned(t *testing.T, d *casework.Desk, content string) (*Open, View, string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "故事.txt")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	o := NewOpen(d)
	t.Cleanup(o.Close)
	c := &casework.Case{ID: casework.NewID(), Title: "故事", By: "周编辑", Purpose: "case-study", Channel: "website", Territory: "CN", Mode: casework.Anonymise, On: day}
	if err := o.Add(t.Context(), c, file); err != nil {
		t.Fatal(err)
	}
	v, err := o.Scan(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return o, v, filepath.Join(dir, "out")
}

// item is the first item with a text.
func item(t *testing.T, p *casework.Plan, text string) casework.Item {
	t.Helper()
	for _, it := range p.Items {
		if it.Finding.Text == text {
			return it
		}
	}
	t.Fatalf("%q was not found", text)
	return casework.Item{}
}

func TestAnswerUndoRedo(t *testing.T) {
	o, before, _ := scanned(t, desk(t, "柳青禾"), story)
	if rows := Rows(before.Plan); Questions(rows) != 1 || !rows[0].Asks() || len(rows[0].Items) != 2 {
		t.Fatalf("want one question with two places first, got %+v", rows)
	}
	a := casework.Answer{Action: casework.HideIt, Text: "孟秋白", By: "周编辑"}
	after, err := o.Answer(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	if Questions(Rows(after.Plan)) != 0 || !after.CanUndo || after.CanRedo {
		t.Errorf("after the answer: %d questions, undo %v, redo %v", Questions(Rows(after.Plan)), after.CanUndo, after.CanRedo)
	}
	if Questions(Rows(before.Plan)) != 1 || len(before.Plan.Case.Answers) != 0 {
		t.Error("a frozen view changed")
	}
	back, err := o.Undo(t.Context())
	if err != nil || Questions(Rows(back.Plan)) != 1 || !back.CanRedo {
		t.Errorf("undo: %v, %d questions", err, Questions(Rows(back.Plan)))
	}
	again, err := o.Redo(t.Context())
	if err != nil || Questions(Rows(again.Plan)) != 0 || again.CanRedo {
		t.Errorf("redo: %v", err)
	}
	if it := item(t, again.Plan, "孟秋白"); it.Answer == nil || it.Answer.By != "周编辑" {
		t.Error("the answer is not with its item")
	}
}

// Answers given together are taken back together.
func TestUndoTakesAGroup(t *testing.T) {
	o, v, _ := scanned(t, desk(t, "柳青禾"), story)
	a, b := item(t, v.Plan, "孟秋白"), item(t, v.Plan, "柳青禾")
	if _, err := o.Answer(t.Context(), casework.Answer{Action: casework.HideIt, Item: a.ID, By: "x"},
		casework.Answer{Action: casework.HideIt, Item: b.ID, By: "x"}); err != nil {
		t.Fatal(err)
	}
	v, err := o.Undo(t.Context())
	if err != nil || len(v.Plan.Case.Answers) != 0 {
		t.Fatalf("%d answers left: %v", len(v.Plan.Case.Answers), err)
	}
	if v, err = o.Redo(t.Context()); err != nil || len(v.Plan.Case.Answers) != 2 {
		t.Errorf("redo gave %d answers: %v", len(v.Plan.Case.Answers), err)
	}
	if _, err := o.Answer(t.Context(), casework.Answer{Action: "show", Item: a.ID, By: "x"}); !errors.Is(err, casework.ErrAnswer) {
		t.Errorf("an action that shows: %v", err)
	}
}

func TestApplyAndExport(t *testing.T) {
	o, _, out := scanned(t, desk(t, "柳青禾"), story)
	if _, err := o.Apply(t.Context(), out); !errors.Is(err, casework.ErrUnsettled) {
		t.Fatalf("apply with a question open: %v", err)
	}
	if _, err := o.Export(t.Context(), "周编辑", nil); !errors.Is(err, casework.ErrUnproved) {
		t.Fatalf("export without proof: %v", err)
	}
	if _, err := o.Answer(t.Context(), casework.Answer{Action: casework.HideIt, Text: "孟秋白", By: "周编辑"}); err != nil {
		t.Fatal(err)
	}
	v, err := o.Apply(t.Context(), out)
	if err != nil || v.Stage != Verified {
		t.Fatalf("apply: %v, stage %v", err, v.Stage)
	}
	// An answer voids the proof.
	if v, err = o.Undo(t.Context()); err != nil || v.Stage != Review {
		t.Fatalf("undo: %v, stage %v", err, v.Stage)
	}
	if _, err := o.Export(t.Context(), "周编辑", nil); !errors.Is(err, casework.ErrUnproved) {
		t.Fatalf("export of a void proof: %v", err)
	}
	if _, err := o.Redo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err = o.Apply(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if v, err = o.Export(t.Context(), "周编辑", nil); err != nil || v.Stage != Exported {
		t.Fatalf("export: %v, stage %v", err, v.Stage)
	}
	b, err := os.ReadFile(filepath.Join(out, "files", "故事.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"孟秋白", "柳青禾", "13800138000"} {
		if strings.Contains(string(b), s) {
			t.Error("a hidden text stands in the export")
		}
	}
	// What the window showed is what was exported.
	var shown strings.Builder
	for _, r := range Runs(v.Plan, 0, Shown(v.Plan, 0)[0], false) {
		shown.WriteString(r.Text)
	}
	if shown.String() != string(b) {
		t.Errorf("window shows %q, file holds %q", shown.String(), b)
	}
	if fresh := PackageFolder([]string{filepath.Join(filepath.Dir(out), "故事.txt")}); fresh != filepath.Join(filepath.Dir(out), "故事-consentry") {
		t.Errorf("default folder %s", fresh)
	}
}

func TestScanStops(t *testing.T) {
	o, v, _ := scanned(t, desk(t), story)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := o.Scan(ctx, v.Plan.Case); !errors.Is(err, context.Canceled) || got.Plan != nil {
		t.Errorf("a cancelled scan: %v, plan %v", err, got.Plan != nil)
	}
	if got, err := o.Scan(t.Context(), v.Plan.Case); err != nil || len(got.Plan.Items) != len(v.Plan.Items) {
		t.Errorf("the scan after it: %v", err)
	}
	if _, err := NewOpen(desk(t)).Undo(t.Context()); !errors.Is(err, ErrNoPlan) {
		t.Errorf("undo without a plan: %v", err)
	}
}
