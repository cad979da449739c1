package font

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// A Use is a font dictionary and the codes that are still shown with it.
type Use struct {
	Dict  types.Dict
	Codes map[uint32]bool
}

// A Remnant says that something of a font could not be pruned, so that it may
// still tell which characters were shown.
type Remnant struct {
	Use int    // its place in the uses
	Why string // never found text
}

// ErrRemnant is why Prune fails where something still tells.
var ErrRemnant = errors.New("something of the font could not be pruned")

// Prune is PruneAll for one font that shares its program with no other.
func Prune(f *object.File, d types.Dict, used map[uint32]bool) error {
	left, err := PruneAll(f, []Use{{d, used}})
	if err == nil && len(left) > 0 {
		return fmt.Errorf("prune font: %s: %w", left[0].Why, ErrRemnant)
	}
	return err
}

// PruneAll takes out of fonts what tells of characters that are no longer shown:
// their entries in ToUnicode, in widths, encodings and maps of CIDs, their glyph
// procedures, and their outlines, names, widths and characters in font programs.
// The tags of subsets are made anew, since some writers make them from the
// characters, and the lists of a descriptor's characters are dropped.
//
// The uses must be all fonts of the file that are still drawn with, since fonts
// may share a program and the glyphs that all need are kept. Nothing that is still
// shown changes its look, place or text.
//
// What can still be seen: of TrueType, and of CFF in composite fonts without CIDs,
// how many glyphs there were and at which numbers there is none now; of Type 1
// and CFF, how many subroutines there were; FontBBox as it was.
func PruneAll(f *object.File, uses []Use) ([]Remnant, error) {
	p := &pruner{file: f}
	for i, u := range uses {
		p.add(i, u)
	}
	for _, t := range p.fonts {
		if chinese(f, t.dict) { // readers that know nothing of such fonts show their codes byte by byte
			for _, c := range t.sorted() {
				if c > 0xff {
					t.codes[c>>8&0xff], t.codes[c&0xff] = true, true
				}
			}
		}
	}
	p.programs()
	for _, t := range p.fonts {
		if err := p.rewrite(t); err != nil {
			return nil, fmt.Errorf("prune font: %w", err)
		}
	}
	slices.SortStableFunc(p.left, func(a, b Remnant) int { return a.Use - b.Use })
	return p.left, nil
}

type pruner struct {
	file  *object.File
	fonts []*target
	left  []Remnant
}

// A target is a font dictionary that is pruned.
type target struct {
	use   int
	dict  types.Dict
	cid   types.Dict // the descendant of a composite font
	desc  types.Dict
	codes map[uint32]bool

	simple    *simple    // of a simple font
	composite *composite // of a composite one
	tag       string     // of its program once it is pruned
}

func (p *pruner) remains(t *target, why string) { p.left = append(p.left, Remnant{t.use, why}) }

// same reports whether two dictionaries are one object.
func same(a, b types.Dict) bool {
	return a != nil && b != nil && reflect.ValueOf(a).Pointer() == reflect.ValueOf(b).Pointer()
}

// add reads a font; of one that was named before it joins the codes.
func (p *pruner) add(use int, u Use) {
	if u.Dict == nil {
		return
	}
	for _, t := range p.fonts {
		if same(t.dict, u.Dict) {
			for c := range u.Codes {
				t.codes[c] = true
			}
			return
		}
	}
	t := &target{use: use, dict: u.Dict, codes: map[uint32]bool{}}
	for c, yes := range u.Codes {
		if yes {
			t.codes[c] = true
		}
	}
	f := p.file
	if f.Name(u.Dict["Subtype"]) == "Type0" {
		if a := f.Array(u.Dict["DescendantFonts"]); len(a) > 0 {
			t.cid = f.Dict(a[0])
		}
		t.desc = f.Dict(t.cid["FontDescriptor"])
		font := &Font{}
		font.loadComposite(f, u.Dict)
		t.composite = font.composite
	} else {
		t.desc = f.Dict(u.Dict["FontDescriptor"])
		t.simple = &simple{f: f, d: u.Dict}
		t.simple.read(&Font{})
	}
	p.fonts = append(p.fonts, t)
}

// sorted are the codes in order.
func (t *target) sorted() []uint32 {
	out := make([]uint32, 0, len(t.codes))
	for c := range t.codes {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// A sized is a code with its length and CID.
type sized struct {
	code, cid uint32
	n         int
}

// cids are the codes of a composite font; one that may be of several lengths comes
// with each.
func (t *target) cids() []sized {
	var out []sized
	for _, c := range t.sorted() {
		for _, n := range t.composite.cmap.Lengths(c) {
			cid, _ := t.composite.cmap.CID(c, n)
			out = append(out, sized{c, cid, n})
		}
	}
	return out
}
