package sweep

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

var errNoText = errors.New("an edit is of a text that the file does not have")

// edit makes one edit: a text is changed where it stands; names and addresses are
// remembered, since they stand elsewhere too.
func (b *Begun) edit(e Edit) error {
	path := strings.Split(e.Key, "/")
	number, _, ofStream := strings.Cut(path[0], "#")
	n, err := strconv.Atoi(number)
	if err != nil {
		return errNoText
	}
	o := b.f.Get(*types.NewIndirectRef(n, 0))
	if ofStream { // its text is dropped with it
		if o == nil {
			return errNoText
		}
		return nil
	}
	put := func(v types.Object) { err = b.f.Set(*types.NewIndirectRef(n, 0), v) }
	for _, s := range path[1:] {
		name, isName := strings.CutSuffix(s, "#")
		if name, err = url.PathUnescape(name); err != nil {
			return errNoText
		}
		if a, ok := o.(types.Array); ok {
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(a) {
				return errNoText
			}
			put = func(v types.Object) { a[i] = v }
			o = a[i]
			continue
		}
		d := b.f.Dict(o)
		if _, ok := d[name]; !ok {
			return errNoText
		}
		if isName {
			b.forced[name] = true
			return nil
		}
		put = func(v types.Object) { d[name] = v }
		o = d[name]
	}
	switch v := o.(type) {
	case types.Name:
		b.forced[string(v)] = true
	case types.StringLiteral, types.HexLiteral:
		last := path[len(path)-1]
		if was, _ := b.f.Bytes(v); last == "URI" || last == "Base" || strings.Contains(e.Key, "/Names/") {
			b.forced[string(was)] = true
			return nil
		}
		text := e.Text
		if last == "T" { // a field gets another name
			text = ""
		}
		put(object.NewText(text))
		b.edited++
		return err
	default:
		return errNoText
	}
	return nil
}
