package state

import (
	"path"
	"slices"
	"strings"

	"consentry/internal/casework"
	"consentry/redact"
)

// Shown are the pages of an asset that a reviewer turns over: those of the body,
// then whatever else an output has that holds text, such as notes and headers.
func Shown(p *casework.Plan, asset int) (body []redact.Page) {
	var rest []redact.Page
	for _, g := range p.Pages(asset) {
		switch {
		case g.Part == redact.PartBody:
			body = append(body, g)
		case !redact.IsDropped(g.Part) && len(g.Spans) > 0:
			rest = append(rest, g)
		}
	}
	return append(body, rest...)
}

// PageOf is the place among the Shown pages of an asset of the one that a region
// is on; false where it is on none.
func PageOf(p *casework.Plan, asset int, r redact.Region) (int, bool) {
	for i, g := range Shown(p, asset) {
		if g.Part == r.Part && g.Index == r.Page {
			return i, true
		}
	}
	return 0, false
}

// partWords are the parts of files that the window has a word for.
var partWords = []string{
	"metadata", "name", "outline", "form", "annotations", "attachments", "attached", "tags", "layers", "names",
	"header", "footer", "footnotes", "endnotes", "comments", "slide", "notesSlide", "slideLayout", "slideMaster", "chart", "drawing", "sheet", "styles", "settings",
	"meta", "attributes", "links", "data", "notes", "headers", "inside", "part",
}

// PartWords are all keys that PartWord gives.
func PartWords() []string { return slices.Clone(partWords) }

// PartWord is the word's key for a part that is no body page: a file inside a
// document is named after what it is there for, as word/header2.xml.
func PartWord(part string) string {
	first, rest, _ := strings.Cut(part, "/")
	if first != "part" {
		if slices.Contains(partWords, first) {
			return first
		}
		return "part"
	}
	for rest != "" && rest != "." {
		base, _, _ := strings.Cut(path.Base(rest), ".")
		if base = strings.TrimRight(base, "0123456789"); slices.Contains(partWords, base) {
			return base
		}
		rest = path.Dir(rest)
	}
	return "part"
}
