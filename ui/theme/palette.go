package theme

import (
	"fmt"
	"image/color"
)

// A Palette is the colour tokens of one look. Pairs that carry text or mark a
// control have a contrast of at least 4.5 and 3; the high-contrast look has 7.
type Palette struct {
	Background, Surface, Raised color.NRGBA // the window, panes and cards, off buttons
	Line, Edge                  color.NRGBA // between rows (decoration), around controls
	Text, Muted, Off            color.NRGBA // Off: what cannot be pressed
	Primary, OnPrimary          color.NRGBA
	Focus                       color.NRGBA
	Selected                    color.NRGBA // the current row
	Canvas                      color.NRGBA // around a photo
	Hide, Ask, Show, Stop, OK   Tone
}

// A Tone is a meaning's text, ground and line.
type Tone struct{ Text, Ground, Line color.NRGBA }

// Tones of boxes on photos: the same in every look, since photos have none.
var (
	BoxHide  = hex("#35414F")
	BoxAsk   = hex("#B05200")
	BoxShow  = hex("#0A559F")
	BoxOuter = hex("#FFFFFF") // sets a box off from any photo; labels are written in it
)

// Paper and ink of documents: the same in every look.
var (
	Paper = hex("#FFFFFF")
	Ink   = hex("#16202C")
	// FocusOnPaper frames the current mark of a text; DrawShade lies under one
	// that is being drawn.
	FocusOnPaper = hex("#6A35D4")
	DrawShade    = hex("#FFE9CC")
)

var palettes = map[Look]Palette{
	Light: {
		Background: hex("#F3F5F8"), Surface: hex("#FFFFFF"), Raised: hex("#E9EDF2"),
		Line: hex("#CBD3DD"), Edge: hex("#788494"), Text: hex("#16202C"), Muted: hex("#4C5969"), Off: hex("#4C5969"),
		Primary: hex("#1B2A41"), OnPrimary: hex("#FFFFFF"), Focus: hex("#6A35D4"),
		Selected: hex("#DFE7F2"), Canvas: hex("#D5DBE3"),
		Hide: tone("#35414F", "#E3E8EE", "#35414F"), Ask: tone("#8A4300", "#FFE9CC", "#B05200"),
		Show: tone("#0A559F", "#DDECFB", "#1670C8"), Stop: tone("#A8201A", "#FBE4E2", "#A8201A"),
		OK: tone("#0C6148", "#DDF2E9", "#0C6148"),
	},
	Dark: {
		Background: hex("#12161C"), Surface: hex("#1A2029"), Raised: hex("#252E3A"),
		Line: hex("#394656"), Edge: hex("#7F8DA0"), Text: hex("#E9EEF4"), Muted: hex("#AEBAC8"), Off: hex("#AEBAC8"),
		Primary: hex("#DCE5F0"), OnPrimary: hex("#12161C"), Focus: hex("#B9A0FF"),
		Selected: hex("#2B3747"), Canvas: hex("#0C0F13"),
		Hide: tone("#C3CDD9", "#323D4B", "#C3CDD9"), Ask: tone("#FFBC66", "#43300F", "#FFA733"),
		Show: tone("#86C5FF", "#143552", "#4DA8FF"), Stop: tone("#FFA198", "#4A1E1B", "#FFA198"),
		OK: tone("#78D8AE", "#133B2C", "#78D8AE"),
	},
	HighContrast: {
		Background: hex("#000000"), Surface: hex("#000000"), Raised: hex("#1C1C1C"),
		Line: hex("#FFFFFF"), Edge: hex("#FFFFFF"), Text: hex("#FFFFFF"), Muted: hex("#FFFFFF"), Off: hex("#ADADAD"),
		Primary: hex("#FFFFFF"), OnPrimary: hex("#000000"), Focus: hex("#FF9CFF"),
		Selected: hex("#333333"), Canvas: hex("#000000"),
		Hide: tone("#FFFFFF", "#1C1C1C", "#FFFFFF"), Ask: tone("#FFD83D", "#000000", "#FFD83D"),
		Show: tone("#6FD6FF", "#000000", "#6FD6FF"), Stop: tone("#FF9D94", "#000000", "#FF9D94"),
		OK: tone("#7CF0B8", "#000000", "#7CF0B8"),
	},
}

func tone(text, ground, line string) Tone { return Tone{hex(text), hex(ground), hex(line)} }

// hex reads #RRGGBB; the tokens above are constants, so a wrong one panics.
func hex(s string) color.NRGBA {
	c := color.NRGBA{A: 255}
	if _, err := fmt.Sscanf(s, "#%02X%02X%02X", &c.R, &c.G, &c.B); err != nil {
		panic(err)
	}
	return c
}
