// Package theme is the look of the window: colour tokens, measures and the two
// weights of Noto Sans SC. It has to be set before the first widget is made,
// since Fyne keeps glyphs by the face it met first.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// A Look is one set of colours.
type Look string

// The looks.
const (
	Light        Look = "light"
	Dark         Look = "dark"
	HighContrast Look = "high-contrast"
)

// Looks are all looks in the order of the settings.
var Looks = []Look{Light, Dark, HighContrast}

// Theme is a fyne.Theme. It is not changed after New: another look is another
// Theme.
type Theme struct {
	Palette
	look          Look
	scale         float32 // 1 is 100 %
	regular, bold fyne.Resource
}

// New makes a theme. An unknown look is Light, a scale out of 1 to 2 is 1.
// Without fonts Fyne's own are used, which have no Chinese.
func New(look Look, scale float32, regular, bold []byte) *Theme {
	p, ok := palettes[look]
	if !ok {
		look, p = Light, palettes[Light]
	}
	if scale < 1 || scale > 2 {
		scale = 1
	}
	t := &Theme{Palette: p, look: look, scale: scale}
	if len(regular) > 0 {
		t.regular = fyne.NewStaticResource("NotoSansSC-Regular.ttf", regular)
	}
	if len(bold) > 0 {
		t.bold = fyne.NewStaticResource("NotoSansSC-Bold.ttf", bold)
	}
	return t
}

// With is the same theme in another look and scale.
func (t *Theme) With(look Look, scale float32) *Theme {
	n := New(look, scale, nil, nil)
	n.regular, n.bold = t.regular, t.bold
	return n
}

// Current is the running app's theme, or a light one where it is not ours.
func Current() *Theme {
	if a := fyne.CurrentApp(); a != nil {
		if t, ok := a.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return New(Light, 1, nil, nil)
}

// Look tells which look it is.
func (t *Theme) Look() Look { return t.look }

// Px scales a measure given for 100 %.
func (t *Theme) Px(v float32) float32 { return v * t.scale }

// Pane scales the width of a side pane: less than the text, which wraps there,
// so that the canvas keeps its room.
func (t *Theme) Pane(v float32) float32 { return v * min(t.scale, 1.15) }

// Large reports whether text is so large that bars have to do with fewer words.
func (t *Theme) Large() bool { return t.scale > 1.3 }

// LineWidth is the width of lines around controls: bolder in high contrast.
func (t *Theme) LineWidth() float32 {
	if t.look == HighContrast {
		return 2
	}
	return 1
}

// Font implements fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return fynetheme.DefaultTheme().Font(s)
	case s.Bold && t.bold != nil:
		return t.bold
	case t.regular != nil:
		return t.regular
	}
	return fynetheme.DefaultTheme().Font(s)
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return fynetheme.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case fynetheme.SizeNameText:
		return t.Px(Body)
	case fynetheme.SizeNameCaptionText:
		return t.Px(Note)
	case fynetheme.SizeNameSubHeadingText:
		return t.Px(Head)
	case fynetheme.SizeNameHeadingText:
		return t.Px(Title)
	case fynetheme.SizeNameInlineIcon:
		return t.Px(20) // the box of a choice goes with its words
	case fynetheme.SizeNameInnerPadding:
		return 7
	case fynetheme.SizeNameInputBorder, fynetheme.SizeNameSeparatorThickness:
		return t.LineWidth()
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameButtonRadius, fynetheme.SizeNameSelectionRadius:
		return Radius
	case fynetheme.SizeNameScrollBar:
		return 12
	case fynetheme.SizeNameScrollBarSmall:
		return 6
	}
	return fynetheme.DefaultTheme().Size(n)
}

// Color implements fyne.Theme. The variant is not asked: the look decides.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	switch n {
	case fynetheme.ColorNameBackground:
		return t.Background
	case fynetheme.ColorNameForeground, fynetheme.ColorNameHyperlink:
		return t.Text
	case fynetheme.ColorNamePlaceHolder:
		if t.look == HighContrast { // an empty field does not look filled
			return t.Off
		}
		return t.Muted
	case fynetheme.ColorNameDisabled:
		return t.Off
	case fynetheme.ColorNamePrimary:
		return t.Primary
	case fynetheme.ColorNameForegroundOnPrimary, fynetheme.ColorNameForegroundOnError,
		fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameForegroundOnWarning:
		return t.OnPrimary
	case fynetheme.ColorNameButton, fynetheme.ColorNameInputBackground,
		fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameHeaderBackground:
		return t.Surface
	case fynetheme.ColorNameDisabledButton, fynetheme.ColorNameMenuBackground, fynetheme.ColorNameScrollBarBackground:
		return t.Raised // menus too: they have no edge of their own
	case fynetheme.ColorNameInputBorder, fynetheme.ColorNameScrollBar:
		return t.Edge
	case fynetheme.ColorNameSeparator:
		return t.Line
	case fynetheme.ColorNameFocus:
		return withAlpha(t.Focus, 90)
	case fynetheme.ColorNameSelection:
		return t.Selected
	case fynetheme.ColorNameHover, fynetheme.ColorNamePressed:
		return withAlpha(t.Edge, 40)
	case fynetheme.ColorNameError:
		return t.Stop.Text
	case fynetheme.ColorNameSuccess:
		return t.OK.Text
	case fynetheme.ColorNameWarning:
		return t.Ask.Text
	case fynetheme.ColorNameShadow:
		return color.NRGBA{} // no shadows
	}
	return fynetheme.DefaultTheme().Color(n, t.variant())
}

func (t *Theme) variant() fyne.ThemeVariant {
	if t.look == Light {
		return fynetheme.VariantLight
	}
	return fynetheme.VariantDark
}

func withAlpha(c color.NRGBA, a uint8) color.NRGBA { c.A = a; return c }
