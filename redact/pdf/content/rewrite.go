package content

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/syntax"
)

// edits are an Edit while it is carried out.
type edits struct {
	Edit
	what   []action // by glyph
	text   map[int][]Text
	marks  map[int]bool // whose texts go
	copies map[uintptr]types.IndirectRef
	done   int // labels written
}

// An action is what happens to a glyph.
type action uint8

const (
	drop action = 1 << iota
	move
	label // is written after it
)

// A trace is what a run leaves for its stream to be written anew.
type trace struct {
	first    int  // glyph
	start    text // text state at the beginning
	shows    []shown
	draws    []drawn
	marks    []opened
	refs     []reference
	replaced map[int][]byte // by operator; empty where nothing takes its place
}

// A shown is a show operator with the state it meets, its own effects on the
// position included.
type shown struct {
	op, first, n int // glyphs
	text         text
	ctm          geom.Matrix
	placed       bool // the position was set since the show before
}

// A drawn is a Do of a form that relies on the text state it inherits.
type drawn struct {
	op    int
	needs params
	text  text
}

// An opened is a BDC with texts.
type opened struct{ op, mark int }

// A reference is a name that an operator needs.
type reference struct {
	op         int
	kind, name string
}

var (
	errTooMuch = errors.New("the page draws more than is read")
	errFont    = errors.New("a Type 3 font that is set by an ExtGState")
	errPlace   = errors.New("a label's glyph is not on the page")
)

// Rewrite changes p's content, forms, patterns, fonts and annotation
// appearances as e says, and takes out of their resources what they do not use:
// forms and patterns that nothing draws go with it. Objects that other pages
// share are copied. With an empty edit no content changes, only unused resources
// go: whoever wants those of all pages gone calls it for all. After an error p is
// as it was.
//
// p itself still has the old resources: read it anew with File.Page. What an
// edit is made of has to come from Interpret of the same page, unchanged since.
func (r *Reader) Rewrite(p object.Page, e Edit) error {
	d := &edits{Edit: e, text: map[int][]Text{}, marks: map[int]bool{}, copies: map[uintptr]types.IndirectRef{}}
	for _, i := range e.Drop {
		d.set(i, drop)
	}
	for i := range e.Move {
		d.set(i, move)
	}
	for _, t := range e.Text {
		d.set(t.After, label)
		d.text[t.After] = append(d.text[t.After], t)
	}
	for m, yes := range e.Strip {
		if yes {
			d.marks[m] = true
		}
	}
	x, main, err := r.read(p, d)
	if err != nil {
		return fmt.Errorf("rewrite page: %w", err)
	}
	if x.over {
		if e.Empty() {
			return nil
		}
		return fmt.Errorf("rewrite page: %w", errTooMuch)
	}
	out, changed := d.emit(x, main)
	if d.done != len(e.Text) {
		return fmt.Errorf("rewrite page: %w", errPlace)
	}
	if x.err != nil {
		return fmt.Errorf("rewrite page: %w", x.err)
	}
	if changed {
		ref, err := r.file.NewStream(types.Dict{}, out)
		if err != nil {
			return fmt.Errorf("rewrite page: %w", err)
		}
		p.Dict["Contents"] = ref
	}
	for _, set := range x.pending {
		set()
	}
	if res, changed := x.base.Pruned(); changed {
		p.Dict["Resources"] = res
	}
	return nil
}

// maxGlyph bounds the numbers of glyphs that an edit may name.
const maxGlyph = maxGlyphs + 1<<16

func (d *edits) set(i int, a action) {
	if i < 0 || i > maxGlyph {
		return
	}
	for len(d.what) <= i {
		d.what = append(d.what, 0)
	}
	d.what[i] |= a
}

func (d *edits) of(i int) action {
	if i < len(d.what) {
		return d.what[i]
	}
	return 0
}

// note is told of every glyph: the marks around those that go or move lose their
// texts.
func (d *edits) note(x *interpreter, i int) {
	if d.of(i)&(drop|move) == 0 {
		return
	}
	for m := x.mark; m >= 0 && !d.marks[m]; m = x.page.Marks[m].Parent {
		d.marks[m] = true
	}
}

// copied is the copy that was made of a shared object.
func (x *interpreter) copied(key uintptr) (types.IndirectRef, bool) {
	if x.edit == nil {
		return types.IndirectRef{}, false
	}
	ref, ok := x.edit.copies[key]
	return ref, ok
}

// copy puts a changed copy in the place of a resource.
func (x *interpreter) copy(r *run, kind, name string, old, changed types.Dict) {
	ref, err := x.file().Add(changed)
	if err != nil {
		x.fail(err)
		return
	}
	x.edit.copies[identity(old)] = ref
	r.res.Replace(kind, name, ref)
}

func (x *interpreter) fail(err error) {
	if x.err == nil {
		x.err = err
	}
}

// finishForm writes a form anew where something in it changed, and gives the
// copy. Of a form that did not change only the unused resources go, which is no
// change to whoever draws it.
func (d *edits) finishForm(x *interpreter, f *form, inner *run) (types.IndirectRef, bool) {
	if x.err != nil || x.over {
		return types.IndirectRef{}, false
	}
	out, changed := d.emit(x, inner)
	n := f.dict
	if own := x.file().Dict(f.dict["Resources"]); own != nil && inner.res != x.base && identity(own) == identity(inner.res.Dict) {
		res, differs := inner.res.Pruned()
		switch {
		case !differs:
		case changed || len(inner.res.Add) > 0:
			changed = true
			n = clone(n)
			n["Resources"] = res
		default:
			x.pending = append(x.pending, func() { f.dict["Resources"] = res })
		}
	}
	if !changed {
		return types.IndirectRef{}, false
	}
	n = clone(n)
	for _, k := range [...]string{"PieceInfo", "Metadata", "LastModified", "Ref", "AF"} {
		delete(n, k)
	}
	key := copyKey{identity(f.dict), sha256.Sum256(append(inner.res.Added(), out...))}
	if ref, ok := x.r.copies[key]; ok { // on another page, or drawn twice on this one
		return ref, true
	}
	ref, err := x.file().NewStream(n, out)
	if err != nil {
		x.fail(err)
		return types.IndirectRef{}, false
	}
	x.r.copies[key] = ref
	return ref, true
}

// A copyKey tells a changed copy of a form: from what, and the new content.
type copyKey struct {
	form    uintptr
	content [sha256.Size]byte
}

// copyFont puts a changed copy in the place of a font.
func (x *interpreter) copyFont(r *run, name string, use *fontUse, changed types.Dict) {
	if name == "" {
		x.fail(errFont)
		return
	}
	x.copy(r, "Font", name, use.dict, changed)
}

// fontName is a font's name in the resources; empty where Tf did not give it.
func fontName(raw []byte) string {
	l := syntax.Lexer{Src: raw}
	o, _ := l.Next()
	n, _ := o.(syntax.Name)
	return string(n)
}

// picture asks what becomes of a picture that meets an area. All of its hull
// counts: what is clipped away is in the file none the less.
func (d *edits) picture(x *interpreter, r *run, p Picture, hull geom.Rect) {
	if d.Paint == nil {
		return
	}
	for _, a := range d.Areas {
		if !a.Overlaps(hull) {
			continue
		}
		ref, ok, err := d.Paint(p)
		switch {
		case err != nil:
			x.fail(fmt.Errorf("paint picture: %w", err))
		case ok && ref == types.IndirectRef{}:
			r.trace.replaced[r.op] = nil
		case ok:
			r.trace.replaced[r.op] = fmt.Appendf(nil, "/%s Do", r.res.Insert("XObject", "Rd", ref))
		}
		return
	}
}

// path takes those parts of the current path away that lie mostly inside an
// area. A path that clips keeps its rectangles, or what is drawn in them later
// would show elsewhere; glyph-like parts of it go, and so does what shows through
// them.
func (d *edits) path(r *run, paints bool) {
	if len(d.Areas) == 0 {
		return
	}
	p, gone := &r.path, 0
	scale := math.Sqrt(math.Abs(r.g.ctm.Determinant()))
	grow := max(r.g.width*scale/2, 0.05)
	for i := range p.subs {
		if s := &p.subs[i]; d.inside(s.box.Grow(grow)) && (paints || s.curved || s.points > 6) {
			gone++
		}
	}
	if gone == 0 {
		return
	}
	if r.clip && paints {
		if gone == len(p.subs) {
			r.trace.replaced[r.op] = []byte("n")
		}
		return
	}
	for i := range p.subs {
		s := &p.subs[i]
		if !d.inside(s.box.Grow(grow)) || !paints && !s.curved && s.points <= 6 {
			continue
		}
		for op := s.first; op <= s.last; op++ {
			switch r.s.Ops[op].Name {
			case "m", "l", "c", "v", "y", "h", "re":
				r.trace.replaced[op] = nil
			}
		}
	}
	switch {
	case gone < len(p.subs):
	case r.clip:
		r.trace.replaced[p.subs[0].first] = []byte("0 0 0 0 re")
	default:
		r.trace.replaced[r.op] = nil
	}
}

func (d *edits) inside(b geom.Rect) bool {
	for _, a := range d.Areas {
		if in := a.Intersect(b); !in.Empty() && in.Area() >= 0.6*b.Area() {
			return true
		}
	}
	return false
}
