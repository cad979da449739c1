// Package resource keeps which names of a resource dictionary a content stream
// needs (ISO 32000-2, 7.8.3), and what an edit puts into it.
package resource

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// A Set is a resource dictionary in use. Streams without resources of their own
// share those of whoever draws them. It is not safe for concurrent use.
type Set struct {
	Dict types.Dict            // as it is in the file
	Add  map[string]types.Dict // by kind: new names, and old names for copies
	Keep bool                  // content that uses them was not read: nothing may go

	file *object.File
	page *Set // where readers look for what is not here; nil for the page's own
	kind map[string]types.Dict
	used map[string]map[string]bool
	next int
}

// prunable are the kinds of resources that are dropped where nothing names them.
var prunable = []string{"ColorSpace", "ExtGState", "Font", "Pattern", "Properties", "Shading", "XObject"}

// New is a dictionary in use; page is that of the page, nil for the page itself.
func New(f *object.File, d types.Dict, page *Set) *Set {
	return &Set{file: f, Dict: d, page: page, kind: map[string]types.Dict{}, used: map[string]map[string]bool{}, Add: map[string]types.Dict{}}
}

// Of are the resources of one kind.
func (r *Set) Of(kind string) types.Dict {
	d, ok := r.kind[kind]
	if !ok {
		d = r.file.Dict(r.Dict[kind])
		r.kind[kind] = d
	}
	return d
}

// Find is a resource and in whose dictionary it stands; nil where it is
// nowhere.
func (r *Set) Find(kind, name string) (types.Object, *Set) {
	for ; r != nil; r = r.page {
		if o, ok := r.Of(kind)[name]; ok {
			return o, r
		}
	}
	return nil, nil
}

// Use notes that the content still needs a name.
func (r *Set) Use(kind, name string) {
	_, owner := r.Find(kind, name)
	if owner == nil {
		return
	}
	if owner.used[kind] == nil {
		owner.used[kind] = map[string]bool{}
	}
	owner.used[kind][name] = true
}

// Insert adds o under a name that begins with wish and gives that name. The
// same object is added once.
func (r *Set) Insert(kind, wish string, o types.IndirectRef) string {
	if r.Add[kind] == nil {
		r.Add[kind] = types.Dict{}
	}
	for _, n := range slices.Sorted(maps.Keys(r.Add[kind])) {
		if ref, ok := r.Add[kind][n].(types.IndirectRef); ok && ref == o && r.Of(kind)[n] == nil {
			return n
		}
	}
	for {
		name := fmt.Sprintf("%s%d", wish, r.next)
		r.next++
		_, owner := r.Find(kind, name)
		if _, there := r.Add[kind][name]; owner == nil && !there {
			r.Add[kind][name] = o
			return name
		}
	}
}

// Replace puts a copy in the place of a resource, wherever that stands.
func (r *Set) Replace(kind, name string, o types.IndirectRef) {
	_, owner := r.Find(kind, name)
	if owner == nil {
		return
	}
	if owner.Add[kind] == nil {
		owner.Add[kind] = types.Dict{}
	}
	owner.Add[kind][name] = o
}

// Pruned is the dictionary with what the content uses and what was added; false
// where nothing would change.
func (r *Set) Pruned() (types.Dict, bool) {
	changed := false
	out := types.Dict{}
	for k, v := range r.Dict {
		out[k] = v
	}
	for _, kind := range prunable {
		old := r.Of(kind)
		if len(old) == 0 && len(r.Add[kind]) == 0 {
			continue
		}
		kept := types.Dict{}
		for n, v := range old {
			if r.Keep || r.used[kind][n] || kind == "ColorSpace" && (n == "DefaultGray" || n == "DefaultRGB" || n == "DefaultCMYK") {
				kept[n] = v
			}
		}
		differs := len(kept) != len(old)
		for n, v := range r.Add[kind] {
			if _, copied := old[n]; copied && !r.used[kind][n] && !r.Keep {
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

// Added tells what an edit added, in a fixed order.
func (r *Set) Added() []byte {
	var b []byte
	for _, kind := range prunable {
		for _, n := range slices.Sorted(maps.Keys(r.Add[kind])) {
			b = fmt.Appendf(b, "%s/%s %s\n", kind, n, r.Add[kind][n])
		}
	}
	return b
}
