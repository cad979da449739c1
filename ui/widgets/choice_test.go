package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"consentry/ui/theme"
)

// Arrows, Space and digits choose; Esc is heard; a click chooses what it hits, in
// whichever line that stands.
func TestChoice(t *testing.T) {
	start(t)
	heard, out := []int{}, 0
	c := NewChoice([]string{"电话", "邮件", "信函", "消息", "当面"}, -1, 200, func(i int) { heard = append(heard, i) })
	c.Escape = func() { out++ }
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(c.MinSize())
	if lines := c.MinSize().Height / theme.Current().Px(theme.ButtonHeight); lines != 3 || c.MinSize().Width > 200 {
		t.Errorf("%v lines, %v wide", lines, c.MinSize().Width)
	}
	key := func(k fyne.KeyName) { c.TypedKey(&fyne.KeyEvent{Name: k}) }
	key(fyne.KeyLeft) // nothing is chosen, and nothing stands before it
	for _, k := range []fyne.KeyName{fyne.KeySpace, fyne.KeySpace, fyne.KeyRight, fyne.KeyDown, fyne.KeyLeft} {
		key(k)
	}
	c.TypedRune('5')
	c.TypedRune('6') // there is none
	c.TypedRune('x')
	key(fyne.KeyRight)
	at := c.places()[3]
	test.TapAt(c, at.AddXY(10, 10))
	if want := []int{0, 1, 2, 1, 4, 3}; len(heard) != len(want) || c.Chosen() != 3 {
		t.Errorf("heard %v, chosen %d", heard, c.Chosen())
	} else {
		for i := range want {
			if heard[i] != want[i] {
				t.Errorf("heard %v, not %v", heard, want)
				break
			}
		}
	}
	key(fyne.KeyEscape)
	if out != 1 {
		t.Error("Esc is not heard")
	}
}
