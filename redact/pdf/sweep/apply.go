package sweep

import (
	"cmp"
	"consentry/redact/removed"
	"errors"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// Apply makes the file ready for publication: what is not on the allow-list goes
// (Info, XMP, IDs, scripts, attachments, signatures, comments, private data, …),
// the texts that edits name are changed, and every string and name left that
// holds a removed text is relabelled or dropped, in whatever encoding it is
// written. Page contents are not changed but for the names of resources, which
// may name someone, and comments between operators.
//
// Content that is to go, also that of layers that are off, has to be removed
// before: layers that nothing stands in any more are dropped. The notes count
// what was done. After an error the file must not be written.
func Apply(f *object.File, edits []Edit, gone []removed.Replacement) (object.Notes, error) {
	e, err := Begin(f, edits)
	if err != nil {
		return nil, err
	}
	return e.Apply(gone)
}

// Begun is a file whose edits are made. Pages may be rewritten before Apply,
// which would not find the texts any more by what they were called.
type Begun struct {
	f      *object.File
	forced map[string]bool // names and addresses that have to go
	edited int
}

// Begin changes the texts that edits name.
func Begin(f *object.File, edits []Edit) (*Begun, error) {
	b := &Begun{f: f, forced: map[string]bool{}}
	for _, e := range edits {
		if err := b.edit(e); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Apply is the function of that name, for the rest.
func (b *Begun) Apply(gone []removed.Replacement) (object.Notes, error) {
	f := b.f
	c := newCleaner(f, b.forced, gone)
	c.notes.Add(NoteText, b.edited)
	w := newWalker(f)
	w.clean = c
	w.run()
	w.dropLayers()
	w.rebuildNames()
	w.rewriteStreams()
	if f.Name(f.RootDict["PageMode"]) == "UseAttachments" {
		delete(f.RootDict, "PageMode")
	}
	c.notes.Add(NoteMetadata, count(f.Info != nil)+count(f.ID != nil))
	f.Info, f.ID, f.Encrypt, f.AdditionalStreams = nil, nil, nil, nil
	f.Names, f.Dests = nil, nil // pdfcpu's copies
	return c.notes, errors.Join(c.errs...)
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// dropLayers takes the layers that nothing stands in out of the configuration.
func (w *walker) dropLayers() {
	all := w.f.Dict(w.f.RootDict["OCProperties"])
	if all == nil {
		return
	}
	dropped := map[int]bool{}
	for n := range w.layers {
		if !w.shown[n] {
			dropped[n] = true
		}
	}
	w.clean.notes.Add(NoteLayer, len(dropped))
	if len(dropped) == len(w.layers) {
		delete(w.f.RootDict, "OCProperties")
		return
	}
	w.without(all, dropped, 0)
}

// without takes references to dropped objects out of all arrays below o.
func (w *walker) without(o types.Object, dropped map[int]bool, depth int) types.Object {
	if depth > maxNesting {
		return nil
	}
	switch v := o.(type) {
	case types.IndirectRef: // arrays may stand by themselves; a layer is not gone into
		if a := w.f.Array(v); a != nil {
			return w.without(a, dropped, depth+1)
		}
		if d := w.f.Dict(v); d != nil && !w.layers[int(v.ObjectNumber)] {
			w.without(d, dropped, depth+1)
		}
	case types.Array:
		out := types.Array{}
		for _, e := range v {
			if r, ok := e.(types.IndirectRef); ok && dropped[int(r.ObjectNumber)] {
				continue
			}
			out = append(out, w.without(e, dropped, depth+1))
		}
		return out
	case types.Dict:
		for k, e := range v {
			v[k] = w.without(e, dropped, depth+1)
		}
	}
	return o
}

// rebuildNames makes the tree of named destinations one sorted node: names may
// have changed (ISO 32000-2, 7.9.6).
func (w *walker) rebuildNames() {
	names := w.f.Dict(w.f.RootDict["Names"])
	if names == nil {
		return
	}
	type pair struct {
		name string
		dest types.Object
	}
	var all []pair
	seen := map[int]bool{}
	var walk func(o types.Object, depth int)
	walk = func(o types.Object, depth int) {
		if r, ok := o.(types.IndirectRef); ok {
			if seen[int(r.ObjectNumber)] {
				return
			}
			seen[int(r.ObjectNumber)] = true
		}
		d := w.f.Dict(o)
		if d == nil || depth > maxNesting {
			return
		}
		list := w.f.Array(d["Names"])
		for i := 0; i+1 < len(list); i += 2 {
			if b, ok := w.f.Bytes(list[i]); ok && w.f.Get(list[i+1]) != nil {
				all = append(all, pair{string(b), list[i+1]})
			}
		}
		for _, k := range w.f.Array(d["Kids"]) {
			walk(k, depth+1)
		}
	}
	walk(names["Dests"], 0)
	if len(all) == 0 {
		delete(w.f.RootDict, "Names")
		return
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(a.name, b.name) })
	all = slices.CompactFunc(all, func(a, b pair) bool { return a.name == b.name })
	list := make(types.Array, 0, 2*len(all))
	for _, p := range all {
		list = append(list, types.NewHexLiteral([]byte(p.name)), p.dest)
	}
	w.f.RootDict["Names"] = types.Dict{"Dests": types.Dict{"Names": list}}
}

// What Apply notes.
const (
	NoteMetadata   = "metadata dropped"
	NoteAction     = "script or action dropped"
	NoteAttachment = "attachment dropped"
	NoteAnnotation = "comment or hidden annotation dropped"
	NoteHiddenText = "hidden text of an annotation dropped"
	NoteField      = "signature or hidden form field dropped"
	NoteSigned     = "signature's look kept as a stamp"
	NoteForm       = "form data beside the fields dropped"
	NoteLayer      = "empty layer dropped"
	NoteTags       = "unusual tag or text of tags dropped"
	NoteOther      = "entry that the pages do not need dropped"
	NoteText       = "text relabelled"
	NoteName       = "name replaced"
	NoteTextGone   = "text that held something removed dropped"
	NotePicture    = "picture's own metadata dropped"
	NoteBlanked    = "font, profile or table blanked in part"
	NoteComment    = "page content's own comments dropped"
)

var noteOf = map[string]string{
	"Metadata": NoteMetadata, "PieceInfo": NoteMetadata, "LastModified": NoteMetadata, "ID": NoteMetadata, "Thumb": NoteMetadata, "SpiderInfo": NoteMetadata,
	"JavaScript": NoteAction, "OpenAction": NoteAction, "AA": NoteAction, "A": NoteAction, "PA": NoteAction, "JS": NoteAction,
	"AF": NoteAttachment, "EmbeddedFiles": NoteAttachment, "Collection": NoteAttachment,
	"XFA": NoteForm, "SigFlags": NoteForm, "CO": NoteForm,
	"Contents": NoteHiddenText, "RC": NoteHiddenText, "Subj": NoteHiddenText, "Popup": NoteHiddenText,
	"Perms": NoteField, "DSS": NoteField,
}

// dropped notes what the walk leaves out.
func (c *cleaner) dropped(was role, p place) {
	switch n, ok := noteOf[p.name]; {
	case was == "annotation":
		c.notes.Add(NoteAnnotation, 1)
	case was == "field":
		c.notes.Add(NoteField, 1)
	case ok:
		c.notes.Add(n, 1)
	case p.part == PartTags:
		c.notes.Add(NoteTags, 1)
	case p.name == "Version" || strings.HasPrefix(p.name, "Limits"): // say the same in the new file
	default:
		c.notes.Add(NoteOther, 1)
	}
}
