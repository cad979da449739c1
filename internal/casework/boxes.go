package casework

import (
	"fmt"
	"image"
	"slices"

	"consentry/redact"
)

// Cover is how much of a person is hidden with a face.
type Cover string

// The covers. The zero value is the face: what stands below it is hidden only
// where a person asks for it.
const (
	CoverFace   Cover = "face"
	CoverPerson Cover = "person" // the whole person below the face too
)

// ParseCover reads face, person or nothing.
func ParseCover(s string) (Cover, error) {
	switch c := Cover(s); c {
	case "", CoverFace:
		return "", nil
	case CoverPerson:
		return c, nil
	}
	return "", fmt.Errorf("no cover %q: face or person", s)
}

// DrawnKinds are what a drawn region may be said to hold.
var DrawnKinds = []redact.Kind{redact.Face, redact.Logo, redact.Code, redact.Person, redact.Organisation, redact.Other}

// IsDrawn reports whether a person marked it, rather than a detector.
func (it Item) IsDrawn() bool { return it.Finding.Kind == redact.Drawn }

// Holds is what stands in the region: a finding's kind, or what a drawn region
// was said to hold.
func (it Item) Holds() redact.Kind {
	if it.IsDrawn() {
		return it.holds
	}
	return it.Finding.Kind
}

// Moved reports whether a reviewer put a found box elsewhere.
func (it Item) Moved() bool { return it.found != nil }

// Movable reports whether its box may be moved.
func (it Item) Movable() bool {
	return !it.Finding.Region.IsText() && it.RestOf == "" && it.Finding.Region.Part == redact.PartBody
}

// Identifiable reports whether a reviewer may say who or whose it is. Numbers,
// addresses and codes are nobody's.
func (it Item) Identifiable() bool {
	if it.IsDrawn() {
		return it.holds != redact.Code
	}
	return judgeable(it.Finding)
}

// CoversPerson reports whether the whole person is hidden with this face.
func (c *Case) CoversPerson(it *Item) bool {
	cover := c.Cover
	if it.cover != "" {
		cover = it.cover
	}
	return cover == CoverPerson && it.Holds() == redact.Face && !it.Finding.Region.IsText()
}

// sameBox is the intersection over union from which two boxes are taken to be
// around the same thing: what was said of one then goes for the other. A box
// around two faces and a box around one of them stay below.
const sameBox = 0.5

func overlaps(a, b image.Rectangle) bool {
	size := func(r image.Rectangle) float64 { return float64(r.Dx()) * float64(r.Dy()) }
	in := size(a.Intersect(b))
	return in > 0 && in >= sameBox*(size(a)+size(b)-in)
}

// addDrawn puts what reviewers drew, moved and took back in its place, by all
// answers in order, over what the detectors found. It may be called again and
// again: a found box goes back to where it was found first.
//
// A found box that was moved hides in both places. The item itself is the new
// place; where the detector had found it and the new box does not cover that,
// an item of its own (RestOf) keeps hiding it until a reviewer clears that too.
func (p *Plan) addDrawn() {
	kept := p.Items[:0]
	for _, it := range p.Items {
		if it.IsDrawn() || it.RestOf != "" {
			continue
		}
		if it.found != nil {
			it.Finding, it.found = *it.found, nil
		}
		it.cover, it.form = "", ""
		kept = append(kept, it)
	}
	p.Items = kept
	for i := range p.Case.Answers {
		a := &p.Case.Answers[i]
		switch a.Action {
		case Draw:
			p.draw(a)
		case Delete:
			p.Items = slices.DeleteFunc(p.Items, func(it Item) bool { return it.IsDrawn() && it.ID == a.Item })
		case Move, CoverIt, FormIt:
			for j := range p.Items {
				it := &p.Items[j]
				switch {
				case it.ID != a.Item:
				case a.Action == Move:
					it.move(a.Region.Box)
				case a.Action == CoverIt:
					it.cover = a.Cover
				default:
					it.form = a.Form
				}
			}
		}
	}
	for _, it := range p.Items {
		if it.found == nil || it.found.Region.Box.In(it.Finding.Region.Box) {
			continue
		}
		rest := it
		rest.ID, rest.RestOf, rest.Finding, rest.found = RestID(it.ID), it.ID, *it.found, nil
		p.Items = append(p.Items, rest)
	}
}

func (p *Plan) draw(a *Answer) {
	for i, asset := range p.Case.Assets {
		if asset.Digest != a.Asset || p.Assets[i].Err != nil {
			continue
		}
		f := drawnFinding(a)
		p.Items = append(p.Items, Item{ID: itemID(asset.Digest, f), Asset: i, Finding: f, holds: a.holds()})
	}
}

func drawnFinding(a *Answer) redact.Finding {
	return redact.Finding{Region: a.Region, Kind: redact.Drawn, Score: 1, Tier: redact.Sure, By: "reviewer", Why: "drawn"}
}

// DrawnID is the id of the item that a draw answer makes.
func (a Answer) DrawnID() string { return itemID(a.Asset, drawnFinding(&a)) }

// holds is what was drawn: a face, unless the answer says otherwise.
func (a *Answer) holds() redact.Kind {
	switch {
	case a.Kind != "":
		return a.Kind
	case a.Region.IsText():
		return redact.Other
	}
	return redact.Face
}

// move puts the item's box elsewhere. Landmarks that stick out of the new box
// are those of something else.
func (it *Item) move(to image.Rectangle) {
	if it.IsDrawn() {
		it.Finding.Region.Box = to
		return
	}
	if it.found == nil {
		was := it.Finding
		it.found = &was
	}
	f := *it.found
	f.Region.Box, f.Why = to, "moved"
	for _, l := range f.Landmarks {
		if !image.Pt(int(l[0]), int(l[1])).In(to) {
			f.Landmarks = nil
			break
		}
	}
	it.Finding = f
	if to == it.found.Region.Box { // back where it was found
		it.Finding, it.found = *it.found, nil
	}
}

// strayed reports whether a found box was moved so far that nothing the
// detectors or the registry say of the found place goes for the new one.
func (it Item) strayed() bool {
	return it.found != nil && !overlaps(it.found.Region.Box, it.Finding.Region.Box)
}

// RestID is the id of the item that stands for the place where a moved item was
// found.
func RestID(id string) string {
	s := redact.Sum([]byte(id + "|found"))
	return s.String()[:10]
}

// answerTo is the last answer that says what the item is, and still goes for it.
// After a move, what was said of another place lapses: a subject named for it
// where the boxes hardly overlap, and that it is nobody in any case. Hiding
// stands.
func (c *Case) answerTo(it *Item) *Answer {
	for i := len(c.Answers) - 1; i >= 0; i-- {
		a := &c.Answers[i]
		switch a.Action {
		case Draw:
			if it.IsDrawn() && a.DrawnID() == it.ID {
				return nil // said of an earlier region that was taken back
			}
			continue
		case FindAll:
			if it.asked == i+1 {
				return a
			}
			continue
		case Move, Delete, CoverIt, FormIt, Phrase, NoteIt, LookedAt:
			continue
		}
		if a.Item == it.ID || a.Text != "" && it.Finding.Region.IsText() && fold(a.Text) == fold(it.Finding.Text) {
			if c.lapsed(i, it) {
				return nil
			}
			return a
		}
		if it.RestOf != "" && a.Item == it.RestOf && a.Action == Identify && overlaps(c.boxAt(i, a.Item, it.Finding.Region.Box), it.Finding.Region.Box) {
			return a
		}
	}
	return nil
}

// lapsed reports whether the item was moved away from what answer i spoke of.
func (c *Case) lapsed(i int, it *Item) bool {
	moved := slices.ContainsFunc(c.Answers[i+1:], func(a Answer) bool { return a.Action == Move && a.Item == it.ID })
	switch {
	case !moved || c.Answers[i].Action == HideIt:
		return false
	case c.Answers[i].Action == Clear:
		return true
	}
	first := it.Finding.Region.Box
	if it.found != nil {
		first = it.found.Region.Box
	}
	return !overlaps(c.boxAt(i, it.ID, first), it.Finding.Region.Box)
}

// boxAt is where an item's box stood when answer i was given; first is where it
// was found.
func (c *Case) boxAt(i int, id string, first image.Rectangle) image.Rectangle {
	for j := i - 1; j >= 0; j-- {
		switch a := &c.Answers[j]; {
		case a.Action == Move && a.Item == id:
			return a.Region.Box
		case a.Action == Draw && a.DrawnID() == id:
			return a.Region.Box
		}
	}
	return first
}

// checkRegion checks a region that a person gave: on a page of an asset that could be
// read, not empty, and inside.
func (p *Plan) checkRegion(asset int, r redact.Region) error {
	if p.Assets[asset].Err != nil {
		return fmt.Errorf("%w: the file cannot be read", ErrAnswer)
	}
	pages := p.pages[asset]
	if r.Part == redact.PartName {
		pages = []redact.Page{namePage(p.Case.Assets[asset])}
	}
	at := slices.IndexFunc(pages, func(g redact.Page) bool { return g.Part == r.Part && g.Index == r.Page })
	if at < 0 {
		return fmt.Errorf("%w: the file has no page %d", ErrAnswer, r.Page+1)
	}
	page := pages[at]
	if !r.IsText() {
		switch {
		case r.Box.Empty():
			return fmt.Errorf("%w: the region is empty", ErrAnswer)
		case !r.Box.In(page.Bounds):
			return fmt.Errorf("%w: the box reaches outside the picture, which measures %d by %d", ErrAnswer, page.Bounds.Dx(), page.Bounds.Dy())
		}
		return nil
	}
	for _, s := range page.Spans {
		if r.Start >= s.Offset && r.End <= s.Offset+len([]rune(s.Text)) {
			return nil
		}
	}
	return fmt.Errorf("%w: the text has no such place", ErrAnswer)
}
