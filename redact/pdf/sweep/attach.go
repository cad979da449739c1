package sweep

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/object"
)

// An Attachment is a file within the file. Apply drops it.
type Attachment struct {
	Name  string // as its file specification says; may be empty
	Bytes []byte
	Err   error // why the bytes cannot be read; never found text
}

// maxAttached bounds the bytes of all attachments, more or less.
const maxAttached = 256 << 20

// Attachments are all files within the file, wherever they hang: in the tree of
// names, on pages, on annotations, or on nothing (ISO 32000-2, 7.11.4). Each
// stream is given once, in the file's order.
func Attachments(f *object.File) []Attachment {
	names, order := map[int]string{}, []int(nil)
	found := func(r types.IndirectRef, name string) {
		n := int(r.ObjectNumber)
		if _, ok := f.Stream(r); !ok {
			return
		}
		have, ok := names[n]
		if !ok {
			order = append(order, n)
		}
		if !ok || have == "" {
			names[n] = name
		}
	}
	var walk func(o types.Object, depth int)
	walk = func(o types.Object, depth int) {
		if depth > maxNesting {
			return
		}
		switch v := o.(type) {
		case types.Array:
			for _, e := range v {
				walk(e, depth+1)
			}
		case types.StreamDict:
			walk(v.Dict, depth)
		case types.Dict:
			if files := f.Dict(v["EF"]); files != nil {
				for _, k := range slices.Sorted(maps.Keys(files)) {
					if r, ok := files[k].(types.IndirectRef); ok {
						found(r, fileName(f, v))
					}
				}
			}
			for _, k := range slices.Sorted(maps.Keys(v)) {
				walk(v[k], depth+1)
			}
		}
	}
	numbers := slices.Sorted(maps.Keys(f.Table))
	for _, n := range numbers {
		walk(f.Get(*types.NewIndirectRef(n, 0)), 0)
	}
	for _, n := range numbers {
		r := *types.NewIndirectRef(n, 0)
		if s, ok := f.Stream(r); ok && f.Name(s.Dict["Type"]) == "EmbeddedFile" {
			found(r, "")
		}
	}
	out, total := make([]Attachment, len(order)), 0
	for i, n := range order {
		out[i].Name = names[n]
		if total > maxAttached {
			out[i].Err = fmt.Errorf("read attachment: %w", redact.ErrTooLarge)
			continue
		}
		out[i].Bytes, out[i].Err = f.Decoded(*types.NewIndirectRef(n, 0))
		total += len(out[i].Bytes)
	}
	return out
}

func fileName(f *object.File, spec types.Dict) string {
	for _, k := range [...]string{"UF", "F", "Unix", "Mac", "DOS"} {
		if s, ok := f.Text(spec[k]); ok && s != "" {
			return s
		}
	}
	return ""
}
