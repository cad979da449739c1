package ui

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/assets/demo"
	"consentry/internal/casework"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// A PDF is shown page by page with its places marked; a protected one asks for
// its password and is then scanned like any other.
func TestDocument(t *testing.T) {
	b := &backend{}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	dir := t.TempDir()
	put := func(name string, data []byte, err error) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	data, err := demo.Files.ReadFile("brochure.pdf")
	brochure := put("brochure.pdf", data, err)
	data, err = os.ReadFile("../redact/pdf/testdata/protected.pdf")
	protected := put("protected.pdf", data, err)
	x.dropped(fyne.Position{}, []fyne.URI{uri(brochure), uri(protected)})
	x.form.Fill("手册", "2026-12-01", "周编辑")
	x.form.Submit()
	c := x.room.open
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	x.until("the page is shown", func() bool { return c.photo.result != nil && c.photo.source != nil })
	if s := c.photo.result.Size(); s.X != 596 || s.Y != 842 {
		t.Errorf("the page measures %v, want A4 in points, rounded up", s)
	}
	found := 0
	for _, m := range c.bench.Photo.Marks() {
		if !m.Box.Empty() {
			found++
		}
	}
	if found < 10 {
		t.Errorf("%d places are marked on the first page", found)
	}
	x.shot("document")
	x.SetLook(theme.Dark)
	x.shot("document-dark")
	x.SetLook(theme.Light)

	at := -1
	for i, a := range c.view.Plan.Case.Assets {
		if a.Name == "protected.pdf" {
			at = i
		}
	}
	if at < 0 || c.view.Plan.Assets[at].Err == nil {
		t.Fatal("the protected file was read without its password")
	}
	c.Unlock(at)
	if len(x.sheets) != 1 {
		t.Fatal("no password is asked for")
	}
	x.shot("unlock")
	x.unlocking.Fill("openme")
	x.unlocking.Submit()
	x.until("the protected file is read", func() bool { return !c.bench.Busy() && c.view.Plan.Assets[at].Err == nil })
	var text strings.Builder
	for _, p := range c.view.Plan.Pages(at) {
		for _, s := range p.Spans {
			text.WriteString(s.Text)
		}
	}
	if !strings.Contains(text.String(), "Wendel Aschberg") {
		t.Error("the protected page has no text")
	}

	// The pages that are looked at are those that were scanned; what is written is read anew.
	put("brochure.pdf", []byte("%PDF-1.7 something else"), nil)
	asset := slices.IndexFunc(c.view.Plan.Case.Assets, func(a casework.Asset) bool { return a.Name == "brochure.pdf" })
	img, _, err := c.desk.PagePreview(t.Context(), c.view.Plan, asset, 0, pageScale)
	if err != nil || img.Bounds().Dx()*img.Bounds().Dy() != c.photo.result.Pixels() {
		t.Errorf("a page of a file that has changed on the disk: %v", err)
	}
	if err := c.desk.Preview(t.Context(), c.view.Plan, asset, io.Discard); !errors.Is(err, casework.ErrChanged) {
		t.Errorf("writing a file that has changed: %v", err)
	}
}
