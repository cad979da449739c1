package audit

import (
	"fmt"
	"unicode"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/removed"
)

// fewUnused is how many unused characters a font may have at most for them to tell
// something.
const fewUnused = 64

// wholeAlphabet is how many characters a font that was not cut down has at least.
const wholeAlphabet = 60

// An inventory is the characters that texts use and that fonts have.
type inventory struct {
	used  map[rune]bool
	fonts []ownedFont
}

// An ownedFont is a font and the number of its object.
type ownedFont struct {
	num int
	*shown.Font
}

func newInventory() *inventory { return &inventory{used: map[rune]bool{}} }

func (v *inventory) page(p *shown.Page) {
	for _, g := range p.Glyphs {
		for _, r := range g.Text + g.Other {
			v.used[r] = true
		}
	}
}

// allFonts are the fonts of a file in effect, used or not.
func allFonts(f *raw.File) []ownedFont {
	var out []ownedFont
	for i := range f.Objects {
		d, ok := f.Objects[i].Value.(raw.Dict)
		if !ok || !f.InEffect(i) || d.Name("Type") != "Font" && d.Get("ToUnicode") == nil {
			continue
		}
		switch d.Name("Subtype") {
		case "CIDFontType0", "CIDFontType2":
			continue
		}
		out = append(out, ownedFont{f.Objects[i].Num, shown.LoadFont(f, raw.Ref{Num: f.Objects[i].Num})})
	}
	return out
}

// unused are the characters that a font has and no text uses.
func (v *inventory) unused(f ownedFont) map[rune]bool {
	m := map[rune]bool{}
	for _, t := range f.Mapped {
		for _, r := range t {
			if !v.used[r] && !unicode.IsSpace(r) && r > 0x20 && r != unicode.ReplacementChar {
				m[r] = true
			}
		}
	}
	return m
}

// inventory tells the removed texts whose characters a font still has, though no
// text uses them: where what the font has left over is mostly what they need. A
// font with half an alphabet left over tells nothing.
func (h *hunt) inventory(v *inventory) {
	texts := removed.Texts(h.r)
	gone := map[rune]bool{}
	for _, t := range texts {
		for _, r := range t.Written {
			if !unicode.IsSpace(r) && !v.used[r] {
				gone[r] = true
			}
		}
	}
	for _, f := range v.fonts {
		left := v.unused(f)
		if len(left) == 0 || !f.Subset && len(f.Mapped) > wholeAlphabet || 2*common(left, gone) < len(left) {
			continue
		}
		for _, t := range texts {
			need, has := 0, 0
			for _, r := range t.Written {
				if gone[r] {
					if need++; left[r] {
						has++
					}
				}
			}
			if need > 0 && need == has && (need > 1 || unicode.Is(unicode.Han, []rune(t.Written)[0])) {
				h.tell(t, "inventory", fmt.Sprintf("characters of the font of object %d", f.num))
			}
		}
	}
}

// common is how many characters both have.
func common(a, b map[rune]bool) (n int) {
	for r := range a {
		if b[r] {
			n++
		}
	}
	return n
}
