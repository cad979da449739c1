package sweep

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// maxNesting bounds direct objects within each other; what is deeper is dropped.
const maxNesting = 128

// A place is where the walk is.
type place struct {
	role role
	part string
	page int    // 0-based, or -1
	key  string // of the object: its number, and the entries that lead to it from there
	name string // the entry it stands in
	deep int
}

func (p place) in(name string, r role) place {
	p.key += "/" + url.PathEscape(name)
	p.name, p.role = name, r
	p.deep++
	return p
}

// A walker goes through a file by the schema, breadth first, each object once in
// each of its roles. It reads, or, where clean is set, changes what it meets.
type walker struct {
	f       *object.File
	collect *collector // reading: takes the texts
	clean   *cleaner   // changing: says what becomes of them

	queue   []item
	seen    map[visit]bool
	kept    map[int]bool    // the objects that stay
	pages   map[int]int     // their index by object number
	annots  map[int]int     // the page of an annotation by object number
	signed  map[int]bool    // annotations that show a signature, by object number
	layers  map[int]bool    // optional content groups, by object number
	off     map[int]bool    // of them: those that are off
	shown   map[int]bool    // of them: those that something on a page stands in
	gone    []item          // reading: what will be dropped
	backs   []backReference // changing: references that stay only if kept
	streams []place         // changing: the streams that hold operators
}

type visit struct {
	object int
	role   role
}

type item struct {
	value types.Object // a reference, or a direct object that is dropped
	place place
}

// A backReference is an entry of a dictionary or array that points to another object.
type backReference struct {
	target int
	cut    func()
}

func newWalker(f *object.File) *walker {
	w := &walker{
		f: f, seen: map[visit]bool{}, kept: map[int]bool{}, pages: map[int]int{}, annots: map[int]int{},
		signed: map[int]bool{}, layers: map[int]bool{}, off: map[int]bool{}, shown: map[int]bool{},
	}
	for i := range f.PageCount {
		p, err := f.Page(i)
		if err != nil {
			continue
		}
		w.pages[int(p.Ref.ObjectNumber)] = i
		for _, a := range f.Array(p.Dict["Annots"]) {
			if r, ok := a.(types.IndirectRef); ok {
				w.annots[int(r.ObjectNumber)] = i
				if d := f.Dict(r); f.Name(d["Subtype"]) == "Widget" && w.isSignature(d) {
					w.signed[int(r.ObjectNumber)] = true
				}
			}
		}
	}
	w.readLayers()
	return w
}

// run walks what stays, from the catalog.
func (w *walker) run() {
	w.ref(*w.f.Root, place{role: "catalog", page: -1})
	for len(w.queue) > 0 {
		it := w.queue[0]
		w.queue = w.queue[1:]
		ref := it.value.(types.IndirectRef)
		n := int(ref.ObjectNumber)
		it.place.key, it.place.deep = strconv.Itoa(n), 0
		if i, ok := w.pages[n]; ok {
			it.place.page = i
		} else if i, ok := w.annots[n]; ok {
			it.place.page = i
		}
		o, keep := w.object(w.f.Get(ref), it.place)
		if w.clean == nil {
			continue
		}
		if !keep {
			o = nil
		}
		_ = w.f.Set(ref, o) // it is there: Get has found it
	}
	for _, b := range w.backs {
		if !w.kept[b.target] {
			b.cut()
		}
	}
}

// ref walks what a reference points at, later; false where that is dropped.
func (w *walker) ref(r types.IndirectRef, p place) (types.Object, bool) {
	o := w.f.Get(r)
	if o == nil {
		return nil, false
	}
	n := int(r.ObjectNumber)
	is := w.refine(p.role, o, n)
	if is == gone || !fits(is, o) { // the object itself stays: it may fit elsewhere
		return nil, w.drop(r, p)
	}
	p.role = is
	if v := (visit{n, p.role}); !w.seen[v] {
		w.seen[v], w.kept[n] = true, true
		w.queue = append(w.queue, item{r, p})
	}
	return r, true
}

// drop remembers what is dropped, for its texts or the notes; it is false.
func (w *walker) drop(o types.Object, p place) bool {
	if part, ok := partOfKey[p.name]; ok {
		p.part = part
	}
	was := p.role
	p.role = gone
	switch {
	case w.collect != nil:
		w.gone = append(w.gone, item{o, p})
	case w.clean != nil:
		w.clean.dropped(was, p)
	}
	return false
}

// object walks an object and gives what becomes of it; false where it goes.
func (w *walker) object(o types.Object, p place) (types.Object, bool) {
	if p.deep > maxNesting {
		return nil, false
	}
	if part, ok := partOf[p.role]; ok {
		p.part = part
	}
	switch v := o.(type) {
	case nil:
		return nil, false
	case types.IndirectRef:
		return w.reference(v, p)
	case types.Array:
		if p.role == "destvalue" {
			p.role = dest
		}
		return w.array(v, p)
	case types.Dict:
		is := w.refine(p.role, v, 0)
		if is == gone || !fits(is, v) {
			return nil, w.drop(v, p)
		}
		p.role = is
		if part, ok := partOf[is]; ok {
			p.part = part
		}
		return w.dict(v, p)
	case types.StreamDict:
		return w.stream(v, p) // fits: it is no direct object
	case types.StringLiteral, types.HexLiteral:
		return w.str(v, p)
	case types.Name:
		return w.nameValue(v, p)
	case types.ObjectStreamDict, types.XRefStreamDict:
		return nil, false
	}
	return o, true
}

func (w *walker) reference(r types.IndirectRef, p place) (types.Object, bool) {
	n := int(r.ObjectNumber)
	if p.role == parents {
		if _, is := w.f.Get(r).(types.Array); !is {
			p.role = back
		}
	}
	if p.role == back {
		return r, w.f.Get(r) != nil
	}
	if p.role == "shown" && w.layers[n] {
		w.shown[n] = true
	}
	return w.ref(r, p)
}

func (w *walker) array(a types.Array, p place) (types.Object, bool) {
	if p.role == dest {
		return w.destination(a, p)
	}
	out := a[:0:0]
	for i, e := range a {
		r := p.role
		if r == named && i%2 == 1 {
			r = dest
		}
		v, keep := w.object(e, p.in(strconv.Itoa(i), r))
		if !keep {
			if lists[string(p.role)] {
				continue
			}
			v = nil
		}
		out = append(out, v)
	}
	if w.clean == nil {
		return a, true
	}
	for i, e := range out {
		w.watch(e, p.role, func() { out[i] = nil })
	}
	return out, true
}

// watch remembers a reference that stays only if what it points at does.
func (w *walker) watch(o types.Object, r role, cut func()) {
	if ref, ok := o.(types.IndirectRef); ok && (r == back || r == parents) {
		w.backs = append(w.backs, backReference{int(ref.ObjectNumber), cut})
	}
}

// dict walks the entries of a dictionary that are on its list.
func (w *walker) dict(d types.Dict, p place) (types.Object, bool) {
	list, listed := schema[p.role]
	inner, mapped := strings.CutPrefix(string(p.role), "*")
	for _, k := range slices.Sorted(maps.Keys(d)) {
		r, ok := role(inner), true
		switch {
		case mapped:
		case listed || p.role != plain:
			r, ok = list[k]
		default:
			switch w.f.Get(d[k]).(type) {
			case types.StringLiteral, types.HexLiteral:
				ok = identifiers[k]
			}
		}
		w.entry(d, k, r, ok, p)
	}
	if p.role == "signed" && w.clean != nil {
		d["Subtype"] = types.Name("Stamp")
		w.clean.notes.Add(NoteSigned, 1)
	}
	return d, true
}

// entry walks one entry of a dictionary.
func (w *walker) entry(d types.Dict, k string, r role, listed bool, p place) {
	at := p.in(k, r)
	if w.collect != nil && p.role == "*destvalue" {
		w.collect.add(String{Key: at.key + "#", Part: PartNames, Page: -1, Text: k, Kept: true})
	}
	v, keep := types.Object(nil), false
	if listed {
		v, keep = w.object(d[k], at)
	} else {
		w.drop(d[k], at)
	}
	if w.clean == nil {
		return
	}
	if !keep {
		delete(d, k)
		return
	}
	name := k
	switch {
	case p.role == "*glyph":
		name = w.clean.glyph(k)
	case strings.HasPrefix(string(p.role), "*"), p.role == plain:
		name = w.clean.name(k)
	}
	if name != k {
		delete(d, k)
	}
	d[name] = v
	w.watch(v, r, func() { delete(d, name) })
}

// destination walks an explicit destination (ISO 32000-2, 12.3.2.2): a page of
// this file and numbers.
func (w *walker) destination(a types.Array, p place) (types.Object, bool) {
	if len(a) == 0 {
		return nil, false
	}
	switch t := a[0].(type) {
	case types.IndirectRef:
		if _, ok := w.pages[int(t.ObjectNumber)]; !ok {
			return nil, w.drop(a[1:], p)
		}
	case types.Integer:
		if t < 0 || int(t) >= w.f.PageCount {
			return nil, w.drop(a, p)
		}
	default:
		return nil, w.drop(a, p)
	}
	for i, e := range a[1:] {
		switch w.f.Get(e).(type) {
		case types.Integer, types.Float, types.Name, nil:
		default:
			w.drop(e, p.in(strconv.Itoa(i+1), gone))
			if w.clean != nil {
				a[i+1] = nil
			}
		}
	}
	return a, true
}
