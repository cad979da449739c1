package state

import (
	"slices"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// Checked is what can be got out of files as they are.
type Checked struct{ Files []CheckedFile }

// A CheckedFile is one of them.
type CheckedFile struct {
	Name   string
	Unread bool   // it could not be read, so nothing is known of it
	Code   string // why; casework.RefusalCode
	Found  []Exposed
}

// An Exposed is something that stands in a file, or was got out of it.
type Exposed struct {
	Kind   redact.Kind
	Text   string // what stands there; of an attack, where
	Attack string // id of the attack that got it out; empty: it is there to be seen
	Sure   bool
	Places int
}

// Sure counts what was found for sure, Perhaps what may be.
func (f CheckedFile) Sure() int { return f.count(true) }

// Perhaps counts what may be something.
func (f CheckedFile) Perhaps() int { return f.count(false) }

func (f CheckedFile) count(sure bool) (n int) {
	for _, x := range f.Found {
		if x.Sure == sure {
			n += x.Places
		}
	}
	return n
}

// NewChecked reads a plan in which nothing but what is exposed is left.
func NewChecked(p *casework.Plan) (c Checked) {
	for _, r := range p.Case.Refused {
		c.Files = append(c.Files, CheckedFile{Name: r.Name, Unread: true, Code: r.Code})
	}
	for i, a := range p.Case.Assets {
		f := CheckedFile{Name: a.Name}
		if i < len(p.Assets) && p.Assets[i].Err != nil {
			f.Unread, f.Code = true, casework.RefusalCode(p.Assets[i].Err)
		}
		for _, it := range p.Items {
			if it.Asset != i || it.Decision.Verdict == authz.Show {
				continue
			}
			x := Exposed{Kind: it.Finding.Kind, Text: it.Finding.Text, Sure: it.Finding.Tier == redact.Sure, Places: 1}
			if it.Finding.Why == "attack" {
				x.Attack = it.Finding.By
			}
			same := func(o Exposed) bool { o.Places = 1; return o == x }
			if n := slices.IndexFunc(f.Found, same); n >= 0 && x.Text != "" {
				f.Found[n].Places++
				continue
			}
			f.Found = append(f.Found, x)
		}
		slices.SortStableFunc(f.Found, func(a, b Exposed) int { // the sure ones first
			switch {
			case a.Sure == b.Sure:
				return 0
			case a.Sure:
				return -1
			}
			return 1
		})
		c.Files = append(c.Files, f)
	}
	return c
}
