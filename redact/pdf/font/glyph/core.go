package glyph

import (
	_ "embed" // the tables
	"strconv"
	"strings"
	"sync"
)

//go:embed core14.txt
var coreText string

// Metrics are those of one of the standard 14 fonts (ISO 32000-2, 9.6.2.2).
type Metrics struct {
	Ascent, Descent float64   // em; the descent is negative
	BuiltIn         *Encoding // the font's own
	Dingbats        bool      // its names are those of Zapf Dingbats

	widths map[string]float64
	fixed  float64
}

// Width is a glyph's width, in em; false where the font has none of this name.
func (m *Metrics) Width(name string) (float64, bool) {
	if m.fixed > 0 {
		return m.fixed, name != ""
	}
	w, ok := m.widths[name]
	return w, ok
}

// latinColumns are the fonts of the first part of core14.txt, in its order.
var latinColumns = []string{"Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}

var core = sync.OnceValue(func() map[string]*Metrics {
	m := map[string]*Metrics{}
	for _, n := range latinColumns {
		m[n] = &Metrics{Ascent: .718, Descent: -.207, BuiltIn: Named("StandardEncoding"), widths: map[string]float64{}}
		if strings.HasPrefix(n, "Times") {
			m[n].Ascent, m[n].Descent = .683, -.217
		}
	}
	m["Courier"] = &Metrics{Ascent: .629, Descent: -.157, BuiltIn: Named("StandardEncoding"), fixed: .6}
	m["Symbol"] = &Metrics{Ascent: .8, Descent: -.2, BuiltIn: &Encoding{}, widths: map[string]float64{}}
	m["ZapfDingbats"] = &Metrics{Ascent: .8, Descent: -.2, BuiltIn: &Encoding{}, Dingbats: true, widths: map[string]float64{}}
	columns := latinColumns
	for line := range strings.Lines(coreText) {
		f := strings.Fields(line)
		switch {
		case f[0] == "#":
		case f[0] == "=":
			if f[1] != "Helvetica" {
				columns = f[1:]
			}
		default:
			for i, n := range columns {
				w, _ := strconv.Atoi(f[2+i])
				m[n].widths[f[0]] = float64(w) / 1000
			}
			if code, _ := strconv.Atoi(f[1]); code >= 0 && len(columns) == 1 {
				m[columns[0]].BuiltIn[code] = f[0]
			}
		}
	}
	return m
})

// Core is the standard font of a BaseFont, by its name or one of those that
// writers use for it (Arial,Bold, TimesNewRomanPS-ItalicMT); nil where it is
// none of them.
func Core(base string) *Metrics {
	s := strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == ',' || r == '-' || r == '_' {
			return -1
		}
		return r
	}, base))
	family := ""
	for _, f := range [][2]string{
		{"helvetica", "Helvetica"}, {"arial", "Helvetica"}, {"timesnewroman", "Times"}, {"times", "Times"},
		{"couriernew", "Courier"}, {"courier", "Courier"}, {"symbol", "Symbol"}, {"zapfdingbats", "ZapfDingbats"},
	} {
		if rest, ok := strings.CutPrefix(s, f[0]); ok {
			s, family = rest, f[1]
			break
		}
	}
	bold, italic := false, false
	for s != "" {
		rest, cut := s, false
		for _, style := range []string{"bold", "italic", "oblique", "roman", "regular", "normal", "std", "psmt", "ps", "mt"} {
			if rest, cut = strings.CutPrefix(s, style); cut {
				bold = bold || style == "bold"
				italic = italic || style == "italic" || style == "oblique"
				break
			}
		}
		if !cut {
			return nil // ArialNarrow, HelveticaNeue
		}
		s = rest
	}
	return styled(family, bold, italic)
}

// Substitute is the standard font that comes nearest where a font is neither
// embedded nor tells its widths.
func Substitute(serif, fixed, bold, italic bool) *Metrics {
	switch {
	case fixed:
		return styled("Courier", bold, italic)
	case serif:
		return styled("Times", bold, italic)
	}
	return styled("Helvetica", bold, italic)
}

func styled(family string, bold, italic bool) *Metrics {
	switch family {
	case "Helvetica":
		if bold {
			family = "Helvetica-Bold"
		}
	case "Times":
		switch {
		case bold && italic:
			family = "Times-BoldItalic"
		case bold:
			family = "Times-Bold"
		case italic:
			family = "Times-Italic"
		default:
			family = "Times-Roman"
		}
	}
	return core()[family]
}
