package content

import (
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// resources are a resource dictionary in use (ISO 32000-2, 7.8.3): which of its
// names the content needs, and what an edit adds to it. Streams without
// resources of their own share those of whoever draws them.
type resources struct {
	file *object.File
	dict types.Dict
	page *resources // where readers look for what is not here; nil for the page's own
	kind map[string]types.Dict
	used map[string]map[string]bool
	add  map[string]types.Dict // new names, and old names for copies
	next int
	keep bool // content that uses them was not read here
}

// prunable are the kinds of resources that are dropped where nothing names them.
var prunable = []string{"ColorSpace", "ExtGState", "Font", "Pattern", "Properties", "Shading", "XObject"}

func newResources(f *object.File, d types.Dict, page *resources) *resources {
	return &resources{file: f, dict: d, page: page, kind: map[string]types.Dict{}, used: map[string]map[string]bool{}, add: map[string]types.Dict{}}
}

func (r *resources) of(kind string) types.Dict {
	d, ok := r.kind[kind]
	if !ok {
		d = r.file.Dict(r.dict[kind])
		r.kind[kind] = d
	}
	return d
}

// find is a resource and in whose dictionary it stands; nil where it is
// nowhere.
func (r *resources) find(kind, name string) (types.Object, *resources) {
	for ; r != nil; r = r.page {
		if o, ok := r.of(kind)[name]; ok {
			return o, r
		}
	}
	return nil, nil
}

// use notes that the content still needs a name.
func (r *resources) use(kind, name string) {
	_, owner := r.find(kind, name)
	if owner == nil {
		return
	}
	if owner.used[kind] == nil {
		owner.used[kind] = map[string]bool{}
	}
	owner.used[kind][name] = true
}

// insert adds o under a name that begins with wish and gives that name. The
// same object is added once.
func (r *resources) insert(kind, wish string, o types.IndirectRef) string {
	if r.add[kind] == nil {
		r.add[kind] = types.Dict{}
	}
	for _, n := range sorted(r.add[kind]) {
		if ref, ok := r.add[kind][n].(types.IndirectRef); ok && ref == o && r.of(kind)[n] == nil {
			return n
		}
	}
	for {
		name := fmt.Sprintf("%s%d", wish, r.next)
		r.next++
		_, owner := r.find(kind, name)
		if _, there := r.add[kind][name]; owner == nil && !there {
			r.add[kind][name] = o
			return name
		}
	}
}

// replace puts a copy in the place of a resource, wherever that stands.
func (r *resources) replace(kind, name string, o types.IndirectRef) {
	_, owner := r.find(kind, name)
	if owner == nil {
		return
	}
	if owner.add[kind] == nil {
		owner.add[kind] = types.Dict{}
	}
	owner.add[kind][name] = o
}

// pruned is the dictionary with what the content uses and what was added; false
// where nothing would change.
func (r *resources) pruned() (types.Dict, bool) {
	changed := false
	out := types.Dict{}
	for k, v := range r.dict {
		out[k] = v
	}
	for _, kind := range prunable {
		old := r.of(kind)
		if len(old) == 0 && len(r.add[kind]) == 0 {
			continue
		}
		kept := types.Dict{}
		for n, v := range old {
			if r.keep || r.used[kind][n] || kind == "ColorSpace" && (n == "DefaultGray" || n == "DefaultRGB" || n == "DefaultCMYK") {
				kept[n] = v
			}
		}
		differs := len(kept) != len(old)
		for n, v := range r.add[kind] {
			if _, copied := old[n]; copied && !r.used[kind][n] && !r.keep {
				continue
			}
			kept[n], differs = v, true
		}
		if !differs {
			continue
		}
		changed = true
		if delete(out, kind); len(kept) > 0 {
			out[kind] = kept
		}
	}
	return out, changed
}

// added tells what an edit added, in a fixed order.
func (r *resources) added() []byte {
	var b []byte
	for _, kind := range prunable {
		for _, n := range sorted(r.add[kind]) {
			b = fmt.Appendf(b, "%s/%s %s\n", kind, n, r.add[kind][n])
		}
	}
	return b
}
