// Package sweep knows everything in a PDF that is not a page's content: which
// texts hide there, what may stay in a published copy, and what is dropped.
//
// What stays is an allow-list (schema.go) of the entries that a page needs to
// look as it does, of links, outlines, forms, layers and tags. All else goes,
// known or not. Strings and Apply walk the file by that same list, so that every
// text that stays has been shown.
//
// Comments are not for publication: notes and pop-ups go; marks a reader sees
// (highlights, stamps, drawings, typed text) keep their looks and lose author,
// dates and hidden text. Typed text that has no appearance keeps its text, which
// a viewer draws. Hidden annotations go. Of a signature stays what is seen of it.
package sweep

import (
	"errors"
	"strconv"
	"strings"

	"consentry/redact"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// Parts of a PDF that hold text beside its pages. What belongs to none of them
// is redact.PartMetadata.
const (
	PartOutline     = "outline"
	PartForm        = "form"
	PartAnnotations = "annotations"
	PartAttachments = "attachments" // names and descriptions
	PartTags        = "tags"        // the structure tree's texts
	PartLayers      = "layers"
	PartNames       = "names" // of destinations, page labels
)

// A String is one text outside the page contents.
type String struct {
	Key  string // stays the same for the same file; what an Edit names
	Part string // one of the parts above, or redact.PartMetadata
	Page int    // 0-based; -1 where it belongs to no page
	Text string // valid UTF-8
	Kept bool   // Apply leaves it in the file, unless it is edited
}

// An Edit is the new text of a String; empty removes it. Names and addresses
// that are edited are replaced by neutral ones or removed, whatever the text.
type Edit struct{ Key, Text string }

// Bounds of what Strings gives.
const (
	maxStrings = 500_000
	maxText    = 1 << 20  // bytes of one text; what is longer is cut
	maxTotal   = 64 << 20 // bytes of all
)

var errTooMuch = errors.New("the file has more text outside its pages than is handled")

// Strings are all texts outside the page contents that somebody could get out of
// the file, those that Apply drops too, by part and in the file's order. Bytes
// of attachments are not among them. An error means that it is not all of those
// that stay; of those that are dropped the longest and last may be missing.
func Strings(f *object.File) ([]String, error) {
	c := &collector{}
	w := newWalker(f)
	w.collect = c
	w.run()
	for i := range c.all { // of a layer that Apply will find empty
		n, rest, _ := strings.Cut(c.all[i].Key, "/")
		if l, err := strconv.Atoi(n); err == nil && rest == "Name" && w.layers[l] && !w.shown[l] {
			c.all[i].Kept = false
		}
	}
	w.runGone()
	if c.over {
		return nil, errTooMuch
	}
	return c.sorted(), nil
}

// Marked are the areas of a page that somebody marked for redaction but that
// were never applied (ISO 32000-2, 12.5.6.23), in default user space. The marks
// go; what lies below them has to be removed too.
func Marked(f *object.File, page int) []geom.Rect {
	p, err := f.Page(page)
	if err != nil {
		return nil
	}
	var out []geom.Rect
	for _, a := range f.Array(p.Dict["Annots"]) {
		d := f.Dict(a)
		if f.Name(d["Subtype"]) != "Redact" {
			continue
		}
		quads := f.Numbers(d["QuadPoints"])
		if len(quads) < 8 {
			if r, ok := f.Rect(d["Rect"]); ok && !r.Empty() {
				out = append(out, r)
			}
			continue
		}
		for ; len(quads) >= 8; quads = quads[8:] {
			r := geom.Rect{X0: quads[0], Y0: quads[1], X1: quads[0], Y1: quads[1]}
			for i := 2; i < 8; i += 2 {
				r = geom.Rect{X0: min(r.X0, quads[i]), Y0: min(r.Y0, quads[i+1]), X1: max(r.X1, quads[i]), Y1: max(r.Y1, quads[i+1])}
			}
			out = append(out, r)
		}
	}
	return out
}

// metadata is what a text belongs to that no part claims.
const metadata = redact.PartMetadata
