package theme

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consentry/assets"
)

// TestFontsAreForgotten changes the look again and again: the memory of the fonts of
// those that are no longer worn comes back.
func TestFontsAreForgotten(t *testing.T) {
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	regular, err := set.Read("fonts/NotoSansSC-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	a := test.NewTempApp(t)
	th := New(Light, 1, regular, nil)
	wear := func() (bytes uint64) {
		th = th.With(Looks[1], 1)
		th.Wear(a.Settings())
		fyne.MeasureText("同意 agreed", 14, fyne.TextStyle{})
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	first, last := wear(), uint64(0)
	for range 8 {
		last = wear()
	}
	if last > first+first/4 {
		t.Errorf("%d MB in the first look, %d MB in the ninth", first>>20, last>>20)
	}
}
