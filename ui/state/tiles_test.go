package state

import (
	"image"
	"testing"

	"consentry/authz"
	"consentry/internal/casework"
)

func small(side int) Drawn { return Drawn{Result: image.NewNRGBA(image.Rect(0, 0, side, side))} }

func at(asset int) Tile { return Tile{PageAt: PageAt{Asset: asset}} }

// A picture drawn before something else was hidden is not shown any more.
func TestTilesForgetWhatWasHiddenSince(t *testing.T) {
	p := plan(face(0, 1, authz.Show), face(1, 1, authz.Hide))
	ts := NewTiles(1 << 20)
	if _, ok := ts.Get(at(0)); ok || len(ts.Next()) != 0 {
		t.Fatal("something is drawn before it is known what is hidden")
	}
	ts.SetLooks(Looks(p))
	if _, ok := ts.Get(at(0)); ok {
		t.Fatal("a picture that was never drawn")
	}
	ks := ts.Next()
	if len(ks) != 1 || ks[0] != at(0) {
		t.Fatalf("next is %v", ks)
	}
	look := ts.Look(PageAt{})
	p.Items[0].Decision.Verdict = authz.Hide
	ts.SetLooks(Looks(p)) // an answer came while it was drawn
	ts.Put(at(0), look, small(4))
	if _, ok := ts.Get(at(0)); ok {
		t.Error("a face that was hidden meanwhile is seen")
	}
	ts.Next()
	ts.Put(at(0), ts.Look(PageAt{}), small(4))
	if _, ok := ts.Get(at(0)); !ok {
		t.Error("what was drawn is not there")
	}
	ts.Put(at(1), ts.Look(PageAt{Asset: 1}), small(4))
	p.Items[0].Finding.Region.Box.Max.X++
	ts.SetLooks(Looks(p))
	if _, ok := ts.Get(at(0)); ok {
		t.Error("a box was moved, and the old picture is seen")
	}
	if _, ok := ts.Get(at(1)); !ok {
		t.Error("a file that nobody touched is drawn anew")
	}
	ts.Fail(at(0), ts.Look(PageAt{}))
	ts.Next()
	if _, ok := ts.Get(at(0)); ok || len(ts.Next()) != 0 || !ts.Failed(at(0)) {
		t.Error("what cannot be drawn is tried again and again")
	}
	ts.Forget()
	if _, ok := ts.Get(at(1)); ok {
		t.Error("forgotten, and still there")
	}
}

// What is kept has a bound; what was looked at last stays. What was scrolled past
// is not drawn before what is seen.
func TestTilesAreBounded(t *testing.T) {
	ts := NewTiles(10 * 4 * 100 * 100)
	ts.SetLooks(nil)
	for i := range 2000 {
		ts.Get(at(i))
	}
	if ks := ts.Next(); len(ks) != 1 || ks[0].Asset != 1999 {
		t.Errorf("drawn next: %v", ks)
	}
	waits := 0
	for len(ts.Next()) > 0 {
		waits++
	}
	if waits != mostWanted-1 {
		t.Errorf("%d wait", waits)
	}
	for i := range 2000 {
		ts.Put(at(i), 0, small(100))
		ts.Get(at(0))
	}
	if ts.Bytes() > 10*4*100*100 {
		t.Errorf("%d bytes are kept", ts.Bytes())
	}
	for i, want := range map[int]bool{0: true, 1999: true, 1000: false} {
		if _, ok := ts.Get(at(i)); ok != want {
			t.Errorf("picture %d kept: %v", i, ok)
		}
	}
	// Parts of one page are drawn together.
	ts.Forget()
	ts.SetLooks(nil)
	for x := range 3 {
		ts.Get(Tile{PageAt: PageAt{Asset: 1}, Part: image.Rect(x, 0, x+9, 9)})
		ts.Get(at(2))
	}
	if ks := ts.Next(); len(ks) != 1 || ks[0].Asset != 2 {
		t.Errorf("%v", ks)
	}
	if ks := ts.Next(); len(ks) != 3 {
		t.Errorf("%v", ks)
	}
}

func TestFiles(t *testing.T) {
	shown, again := face(0, 1, authz.Show), face(0, 20, authz.Show)
	shown.Decision.Subject, again.Decision.Subject = "lin", "lin"
	p := plan(shown, again, face(0, 40, authz.Hide), face(1, 1, authz.Ask), textItem(1, "王敏", "wang", authz.Ask, 3), textItem(1, "王敏", "wang", authz.Ask, 9), face(2, 1, authz.Hide))
	p.Case.Assets, p.Assets = make([]casework.Asset, 5), make([]casework.AssetState, 5)
	p.Assets[4].Err = ErrNoPlan
	got := Files(p, Rows(p))
	for i, want := range []File{{People: 1, Hidden: 1, Shown: 2}, {Asks: 2, Hidden: 3}, {Hidden: 1}, {}, {Broken: true}} {
		if got[i] != want {
			t.Errorf("file %d: %+v, want %+v", i, got[i], want)
		}
	}
}
