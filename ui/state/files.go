package state

import (
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// A File is what the list of files says of one.
type File struct {
	Asks   int  // questions, each counted once
	People int  // persons who are shown
	Hidden int  // places
	Shown  int  // places
	Broken bool // it cannot be read, and is not exported
	Pages  int  // that can be turned to
	Drawn  bool // its first page is a picture
}

// Files says of every asset of a plan how it fares. rows are those of the plan.
func Files(p *casework.Plan, rows []Row) []File {
	fs := make([]File, len(p.Case.Assets))
	for i := range fs {
		if i < len(p.Assets) {
			fs[i].Broken = p.Assets[i].Err != nil
		}
		if shown := Shown(p, i); len(shown) > 0 {
			fs[i].Pages = len(shown)
			fs[i].Drawn = shown[0].Part == redact.PartBody && !shown[0].Bounds.Empty()
		}
	}
	type seen struct {
		asset int
		who   authz.SubjectID
	}
	people := map[seen]bool{}
	for _, r := range rows {
		asked := map[int]bool{}
		for _, n := range r.Items {
			it := &p.Items[n]
			if it.Asset >= len(fs) {
				continue
			}
			f := &fs[it.Asset]
			if it.Hidden() {
				f.Hidden++
			} else {
				f.Shown++
			}
			if it.Asks() && !asked[it.Asset] {
				asked[it.Asset] = true
				f.Asks++
			}
			if who := it.Decision.Subject; !it.Hidden() && who != "" && isPerson(it) && !people[seen{it.Asset, who}] {
				people[seen{it.Asset, who}] = true
				f.People++
			}
		}
	}
	return fs
}

func isPerson(it *casework.Item) bool {
	k := it.Holds()
	return k == redact.Person || k == redact.Face
}
