package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Contrast ratios after WCAG 2.2, 1.4.3 and 1.4.11.
func TestContrast(t *testing.T) {
	for _, look := range Looks {
		p := palettes[look]
		text := 4.5
		if look == HighContrast {
			text = 7
		}
		for name, pair := range map[string]struct {
			a, b  color.NRGBA
			floor float64
		}{
			"text on background": {p.Text, p.Background, text}, "text on surface": {p.Text, p.Surface, text},
			"text on selected": {p.Text, p.Selected, text}, "muted on background": {p.Muted, p.Background, text},
			"muted on surface": {p.Muted, p.Surface, text}, "muted on raised": {p.Muted, p.Raised, text}, "off": {p.Off, p.Raised, text},
			"muted on selected": {p.Muted, p.Selected, text}, "on primary": {p.OnPrimary, p.Primary, text},
			"hide": {p.Hide.Text, p.Hide.Ground, text}, "ask": {p.Ask.Text, p.Ask.Ground, text},
			"show": {p.Show.Text, p.Show.Ground, text}, "stop": {p.Stop.Text, p.Stop.Ground, text},
			"ok": {p.OK.Text, p.OK.Ground, text}, "stop on surface": {p.Stop.Text, p.Surface, text},
			"ask on surface": {p.Ask.Text, p.Surface, text}, "edge": {p.Edge, p.Surface, 3},
			"edge on background": {p.Edge, p.Background, 3}, "ask line": {p.Ask.Line, p.Surface, 3},
			"show line": {p.Show.Line, p.Surface, 3}, "focus": {p.Focus, p.Surface, 3},
			"focus on background": {p.Focus, p.Background, 3},
		} {
			if got := contrast(pair.a, pair.b); got < pair.floor {
				t.Errorf("%s: %s has %.2f, want %.1f", look, name, got, pair.floor)
			}
		}
	}
	for _, c := range []color.NRGBA{BoxHide, BoxAsk, BoxShow, Ink} {
		if got := contrast(c, BoxOuter); got < 4.5 {
			t.Errorf("label on %v has %.2f", c, got)
		}
	}
}

func TestNewIsSafe(t *testing.T) {
	th := New("no such look", 9, nil, nil)
	if th.Look() != Light || th.Px(10) != 10 {
		t.Errorf("got look %q and scale %v", th.Look(), th.Px(1))
	}
	big := New(Dark, 2, []byte("r"), []byte("b"))
	if got := big.Size(fynetheme.SizeNameText); got != 28 {
		t.Errorf("text size at 200 %% is %v", got)
	}
	if got := big.Font(fyne.TextStyle{Bold: true}); got.Name() != "NotoSansSC-Bold.ttf" {
		t.Errorf("bold face is %s", got.Name())
	}
	if got := big.With(Light, 1); got.Look() != Light || got.regular != big.regular {
		t.Error("With lost the fonts or kept the look")
	}
}

// Text and grounds that Fyne's own widgets use must not melt into each other.
func TestFynePairs(t *testing.T) {
	for _, look := range Looks {
		th := New(look, 1, nil, nil)
		for _, pair := range [][2]fyne.ThemeColorName{
			{fynetheme.ColorNameForeground, fynetheme.ColorNameInputBackground},
			{fynetheme.ColorNameForeground, fynetheme.ColorNameMenuBackground},
			{fynetheme.ColorNameForeground, fynetheme.ColorNameOverlayBackground},
			{fynetheme.ColorNameForeground, fynetheme.ColorNameSelection},
			{fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameInputBackground},
			{fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNamePrimary},
			{fynetheme.ColorNameDisabled, fynetheme.ColorNameDisabledButton},
		} {
			a, b := th.Color(pair[0], 0).(color.NRGBA), th.Color(pair[1], 0).(color.NRGBA)
			if got := contrast(a, b); got < 4.5 {
				t.Errorf("%s: %s on %s has %.2f", look, pair[0], pair[1], got)
			}
		}
	}
}
