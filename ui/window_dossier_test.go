package ui

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// What may be shown today is the rules' word, cell by cell, and changes with a
// withdrawal; the history has it, and the file that came with it can be looked at.
func TestDossierInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r, ctx := x.room.registry, context.Background()
	d := x.pick("知夏", "欧阳知夏")
	reg := x.session.Registry()
	shown := 0
	for _, row := range d.Grid.Rows {
		for _, c := range row.Cells {
			e, err := reg.Explain(ctx, d.Subject.ID, state.Question{Use: authz.Use{Purpose: d.Grid.Purpose, Channel: row.Channel, Territory: "CN", Shows: []authz.Shows{c.Shows}}}, "zh")
			if err != nil || e.Verdict != c.Verdict || e.Why != c.Why {
				t.Errorf("%s on %s: %v, the rules say %v (%v)", c.Shows, row.Channel, c.Verdict, e.Verdict, err)
			}
			if c.Verdict == authz.Show {
				shown++
			}
		}
	}
	if shown == 0 || d.Grid.Rows[0].Until.IsZero() {
		t.Fatalf("nothing is shown: %+v", d.Grid)
	}
	r.Why(0, 1) // the portrait: nobody asked for it
	x.shot("dossier-zh-light")
	x.ShowFor(d.Subject.ID, "website")
	x.until("another purpose is shown", func() bool { return r.Shown().Grid.Purpose == "website" })

	// W is the withdrawal's key here, as the button says.
	x.typed("w")
	if len(x.sheets) != 1 || x.reg.withdraw == nil {
		t.Fatal("W opens no withdrawal")
	}
	x.reg.withdraw.Fill("call", "")
	x.reg.withdraw.Submit()
	x.until("the gate is closed", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.closeSheet()
	x.until("the history has it", func() bool { return len(r.Entries()) == 2 && r.Entries()[0].State == authz.Withdrawn })
	if r.Shown().Grid.Shows() || r.Shown().Grid.Rows[0].Ended.IsZero() {
		t.Errorf("after the withdrawal: %+v", r.Shown().Grid)
	}
	x.shot("dossier-withdrawn")

	// A file: sealed, looked at in memory, forgotten with its sheet.
	app, dir := x.session.(vault).app, t.TempDir()
	letter := strings.NewReader("请不要再使用我的照片。")
	if _, err := app.Vault.PutEvidence(ctx, authz.Evidence{Name: "letter.txt", Of: authz.OfWithdrawal, Subject: d.Subject.ID, At: time.Now()}, letter); err != nil {
		t.Fatal(err)
	}
	x.changed(d.Subject.ID)
	x.until("the file is in the history", func() bool {
		return slices.ContainsFunc(r.Entries(), func(e state.Entry) bool { return len(e.Files) == 1 })
	})
	i := slices.IndexFunc(r.Entries(), func(e state.Entry) bool { return len(e.Files) == 1 })
	r.Choose(i)
	f := r.Entries()[i].Files[0]
	x.OpenEvidence(f)
	x.until("it is read", func() bool {
		return x.reg.paper != nil && strings.Contains(x.reg.paper.Viewer.Text.Text(), "我的照片")
	})
	x.shot("dossier-paper")
	x.closeSheet()
	if x.reg.paper != nil {
		t.Error("what was looked at is still held")
	}

	// All that is kept of them, for them.
	x.SaveCopy(d.Subject)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.copy.Fill("", dir)
	if x.reg.copy.Ready() {
		t.Error("a copy for nobody is written")
	}
	x.reg.said = nil
	x.reg.copy.Fill("欧阳知夏", dir)
	x.shot("dossier-copy")
	x.reg.copy.Submit()
	x.until("it is written", func() bool { return x.reg.said != nil })
	x.closeSheet()
	files, err := filepath.Glob(filepath.Join(dir, "*.zip"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	z, err := zip.OpenReader(files[0])
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if !slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasPrefix(f.Name, "evidence/") }) {
		t.Error("the copy lacks the file")
	}
	if fi, err := os.Stat(files[0]); err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", fi.Mode(), err)
	}
}

// The room in the other looks.
func TestDossierLooks(t *testing.T) {
	x := inRegistry(t, "en", theme.Dark)
	r := x.room.registry
	x.pick("Margaret", "Margaret Ashdown")
	r.Why(0, 0)
	x.shot("dossier-en-dark")
	x.SetTextSize(200)
	x.until("people are listed", func() bool { return len(x.room.registry.People()) > 3 })
	x.pick("砚溪冷链", "砚溪冷链物流有限公司")
	x.shot("dossier-en-200")
}
