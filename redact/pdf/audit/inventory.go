package audit

import (
	"fmt"
	"unicode"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/removed"
)

// fewUnused is how many unused characters a font may have at most for them to tell
// what was removed.
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
// text uses them.
func (h *hunt) inventory(v *inventory) {
	texts := removed.Texts(h.r)
	for _, f := range v.fonts {
		left := v.unused(f)
		// A whole alphabet was not chosen by a text.
		if len(left) == 0 || len(left) > fewUnused || !f.Subset && len(f.Mapped) > wholeAlphabet {
			continue
		}
		for _, t := range texts {
			gone, has := 0, 0
			for _, r := range t.Written {
				if unicode.IsSpace(r) || v.used[r] {
					continue
				}
				if gone++; left[r] {
					has++
				}
			}
			if gone > 0 && gone == has && (gone > 1 || unicode.Is(unicode.Han, []rune(t.Written)[0])) {
				h.tell(t, "inventory", fmt.Sprintf("characters of the font of object %d", f.num))
			}
		}
	}
}
