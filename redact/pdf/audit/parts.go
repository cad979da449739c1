package audit

import (
	"bytes"
	"slices"
	"strings"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
)

// needless are the kinds of parts that no redacted file has.
var needless = []string{
	XMP, OldRevision, Unreferenced, BytesOutside, Comments, JavaScript, XFA, NotApplied, PieceInfo, Thumbnail,
	Signature, Alternate, ImageMetadata, WebCapture, PrivateKey,
}

// parts reports what a redacted file has no need of.
func (h *hunt) parts(f, src *raw.File, r *shown.Reader) {
	for _, e := range structure(f, r) {
		if slices.Contains(needless, e.Kind) {
			h.part(e.Kind, e.Kind)
		}
	}
	var old raw.Dict
	if src != nil {
		old = information(src)
	}
	for _, e := range information(f) {
		v, isString := f.Get(e.Value).(raw.String)
		if !isString || len(bytes.TrimSpace(v)) == 0 {
			continue
		}
		was, _ := old.Get(e.Key).(raw.String)
		switch e.Key {
		case "Producer", "CreationDate", "ModDate":
			if src == nil || !bytes.Equal(v, was) {
				continue // this program's own
			}
		}
		h.part(Metadata, "metadata, in the information dictionary")
	}
	if src != nil && sameIDs(f, src) {
		h.part(Metadata+" id", "metadata, the source's identifier")
	}
	for i := range f.Objects {
		if d, ok := f.Objects[i].Value.(raw.Dict); ok && f.InEffect(i) && d.Name("Type") == "EmbeddedFile" && f.Objects[i].Stream != nil {
			if dec := f.Objects[i].Stream.Decode(); len(dec.Left) > 0 || !readable(dec.Data) {
				h.part(Attachment, "an attachment that cannot be read through")
			}
		}
	}
}

// information is the information dictionary in effect, its values resolved.
func information(f *raw.File) raw.Dict {
	for i := len(f.Trailers) - 1; i >= 0; i-- {
		d := f.Dict(f.Trailers[i].Get("Info"))
		if d == nil {
			continue
		}
		out := make(raw.Dict, len(d))
		for k, e := range d {
			out[k] = raw.Entry{Key: e.Key, Value: f.Get(e.Value)}
		}
		return out
	}
	return nil
}

// sameIDs reports whether a file still has an identifier of its source.
func sameIDs(f, src *raw.File) bool {
	ids := func(f *raw.File) (out []string) {
		for _, t := range f.Trailers {
			for _, v := range f.Array(t.Get("ID")) {
				if s, ok := v.(raw.String); ok && len(s) > 0 && strings.Trim(string(s), "\x000") != "" {
					out = append(out, string(s))
				}
			}
		}
		return out
	}
	of := ids(src)
	return slices.ContainsFunc(ids(f), func(id string) bool { return slices.Contains(of, id) })
}

// readable reports whether an attachment is of a kind that is searched inside.
func readable(b []byte) bool {
	return bytes.HasPrefix(b, []byte("%PDF-")) || bytes.HasPrefix(b, []byte("PK\x03\x04")) || isText(b)
}

// inner searches a PDF file that lies in another one.
func (h *hunt) inner(f *raw.File, where string) error {
	if err := h.file(f, where); err != nil {
		return err
	}
	r := shown.NewReader(h.ctx, f)
	look := h.sight(where)
	for _, p := range r.Tree() {
		r.Draw(p)
		look.page(p)
		p.Glyphs, p.Fills = nil, nil
	}
	look.page(r.Rest())
	return r.Cut()
}
