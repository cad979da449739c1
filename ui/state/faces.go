package state

import (
	"cmp"
	"image"
	"slices"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// A FaceRow is one line of the overview of faces: a person who may be in the
// pictures, one who is shown, one who is known and hidden, or all whom nobody
// knows.
type FaceRow struct {
	Is      FaceIs
	Subject authz.SubjectID // whom it is, or may be; empty: nobody knows
	Items   []int           // indexes into Plan.Items, in reading order
	Known   int             // unsure: how many other faces are taken for the subject
	Photos  int             // on how many pages
	// Groups are the faces one person's each, the largest first, as indexes into
	// Items; unknown only, and only where grouping is on: else each is alone.
	Groups [][]int
}

// FaceIs says which of these a row is.
type FaceIs int

// The kinds of rows, in the order in which they come.
const (
	FaceUnsure FaceIs = iota
	FaceShown
	FaceHidden
	FaceUnknown
)

// FaceRows is the overview of a plan's faces.
func FaceRows(p *casework.Plan) (rows []FaceRow) {
	type key struct {
		is  FaceIs
		who authz.SubjectID
	}
	at, known := map[key]int{}, map[authz.SubjectID]int{}
	for i := range p.Items {
		it := &p.Items[i]
		if it.Holds() != redact.Face || it.Finding.Region.IsText() || it.Finding.Region.Part != redact.PartBody {
			continue
		}
		k := key{FaceUnknown, ""}
		switch who := it.Decision.Subject; {
		case it.Asks():
			k = key{FaceUnsure, likeliest(it)}
		case it.Exempt != "":
			continue // it shows nobody
		case !it.Hidden():
			k = key{FaceShown, who}
			known[who]++
		case who != "" && len(it.Candidates) > 0:
			k = key{FaceHidden, who}
			known[who]++
		}
		n, ok := at[k]
		if !ok {
			n = len(rows)
			at[k] = n
			rows = append(rows, FaceRow{Is: k.is, Subject: k.who})
		}
		rows[n].Items = append(rows[n].Items, i)
	}
	for i := range rows {
		r := &rows[i]
		pages := map[PageAt]bool{}
		for _, n := range r.Items {
			pages[pageAt(&p.Items[n])] = true
		}
		r.Photos = len(pages)
		if r.Is == FaceUnsure {
			r.Known = known[r.Subject]
		}
		if r.Is == FaceUnknown {
			r.Groups = groups(p, r.Items)
		}
	}
	slices.SortStableFunc(rows, func(a, b FaceRow) int { return cmp.Or(cmp.Compare(a.Is, b.Is), len(b.Items)-len(a.Items)) })
	return rows
}

// likeliest is the subject that a face is asked about.
func likeliest(it *casework.Item) authz.SubjectID {
	var best authz.Candidate
	for _, c := range it.Candidates {
		if best.Subject == "" || c.Score > best.Score {
			best = c
		}
	}
	return best.Subject
}

// groups puts the faces of a group together, and every other face alone.
func groups(p *casework.Plan, items []int) (gs [][]int) {
	at := map[string]int{}
	for k, n := range items {
		g := p.Items[n].Group
		if i, ok := at[g]; ok && g != "" {
			gs[i] = append(gs[i], k)
			continue
		}
		at[g] = len(gs)
		gs = append(gs, []int{k})
	}
	slices.SortStableFunc(gs, func(a, b []int) int { return len(b) - len(a) })
	return gs
}

func pageAt(it *casework.Item) PageAt { return PageAt{it.Asset, it.Finding.Region.Page} }

// FaceTile is the small picture of a face, with something of what is around it.
func FaceTile(it *casework.Item) Tile { return Tile{PageAt: pageAt(it), Part: around(it, 0.35)} }

// FormTile shows a face as it would be hidden in a form.
func FormTile(it *casework.Item, f casework.Form, c casework.Cover) Tile {
	by := 0.6
	if c == casework.CoverPerson {
		by = 1.6
	}
	return Tile{PageAt: pageAt(it), Part: around(it, by), Item: it.ID, Form: f, Cover: c}
}

// around is a square around a face's box, larger by a share of it on each side.
func around(it *casework.Item, by float64) image.Rectangle {
	r := it.Finding.Region.Box
	half := int(float64(max(r.Dx(), r.Dy())) * (0.5 + by))
	m := r.Min.Add(r.Max).Div(2)
	return image.Rect(max(0, m.X-half), max(0, m.Y-half), m.X+half, m.Y+half)
}

// PerSheet is how many pages are looked through at once for missed faces.
const PerSheet = 20

// Pictured are the pages of a case that are pictures, for looking through.
func Pictured(p *casework.Plan) (at []PageAt) {
	for i := range p.Case.Assets {
		if i < len(p.Assets) && p.Assets[i].Err != nil {
			continue
		}
		for _, g := range p.Pages(i) {
			if g.Part == redact.PartBody && !g.Bounds.Empty() {
				at = append(at, PageAt{i, g.Index})
			}
		}
	}
	return at
}
