package object

import (
	"fmt"
	"maps"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
)

// Bounds of what is read.
const (
	maxDepth = 256     // of nested objects and of the page tree
	maxPages = 100_000 // also of the nodes of a page tree
)

var inheritable = []string{"Resources", "MediaBox", "CropBox", "Rotate"} // ISO 32000-2, 7.7.3.4

// A flattening collects the pages of a page tree.
type flattening struct {
	f     *File
	pages types.Array
	above map[int]bool // the nodes on the way to this one, by object number
	seen  map[int]bool // pages
	nodes int
	lost  int
}

// flatten puts all pages below one node, each with what it inherited as its own
// (readers differ in what else they take from a node above), a page that stands
// there twice as two pages. lost are those that it does not have.
func (f *File) flatten() (lost int, err error) {
	root, err := f.Add(types.Dict{})
	if err != nil {
		return 0, err
	}
	t := flattening{f: f, above: map[int]bool{}, seen: map[int]bool{}}
	if err := t.node(f.RootDict["Pages"], types.Dict{}); err != nil {
		return 0, err
	}
	if len(t.pages) == 0 {
		return 0, fmt.Errorf("%w: the file has no pages", redact.ErrUnreadable)
	}
	f.pages = make([]types.IndirectRef, len(t.pages))
	for i, p := range t.pages {
		f.pages[i] = p.(types.IndirectRef)
		f.Dict(p)["Parent"] = root
	}
	f.PageCount = len(t.pages)
	f.RootDict["Pages"] = root
	return t.lost, f.Set(root, types.Dict{"Type": types.Name("Pages"), "Kids": t.pages, "Count": types.Integer(len(t.pages))})
}

func (t *flattening) node(o types.Object, inherited types.Dict) error {
	if t.nodes++; t.nodes > maxPages || len(t.above) > maxDepth {
		return fmt.Errorf("%w: %w of %d pages", redact.ErrUnreadable, redact.ErrTooLarge, maxPages)
	}
	d, _ := t.f.Get(o).(types.Dict)
	if d == nil {
		t.lost++
		return nil
	}
	kids := t.f.Array(d["Kids"])
	if kids == nil || t.f.Name(d["Type"]) == "Page" {
		return t.page(o, d, inherited)
	}
	if ref, ok := o.(types.IndirectRef); ok {
		n := int(ref.ObjectNumber)
		if t.above[n] {
			t.lost++
			return nil
		}
		t.above[n] = true
		defer delete(t.above, n)
	}
	own := types.Dict{}
	for _, k := range inheritable {
		v := d[k]
		if v == nil {
			v = inherited[k]
		} else if _, direct := v.(types.Dict); direct {
			// One object for all pages below: it may be large.
			var err error
			if v, err = t.f.Add(v); err != nil {
				return err
			}
			d[k] = v
		}
		if v != nil {
			own[k] = v
		}
	}
	for _, k := range kids {
		if err := t.node(k, own); err != nil {
			return err
		}
	}
	return nil
}

func (t *flattening) page(o types.Object, d, inherited types.Dict) error {
	ref, isRef := o.(types.IndirectRef)
	if !isRef || t.seen[int(ref.ObjectNumber)] {
		var err error
		d = maps.Clone(d)
		if ref, err = t.f.Add(d); err != nil {
			return err
		}
	}
	t.seen[int(ref.ObjectNumber)] = true
	for k, v := range inherited {
		if t.f.Get(d[k]) == nil {
			d[k] = v
		}
	}
	if t.f.Dict(d["Resources"]) == nil {
		d["Resources"] = types.Dict{}
	}
	d["Type"] = types.Name("Page")
	t.pages = append(t.pages, ref)
	return nil
}
