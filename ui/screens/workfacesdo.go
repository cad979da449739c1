package screens

import (
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/state"
)

// Covered is what a yes would cover: every face of it is shown before it counts.
type Covered struct {
	Title string
	Items []int  // of the plan
	Yes   string // on the button
	Done  func(yes, no []int)
	No    func() // nil: there is no such answer
}

// doFaces carries a command out in the overview; false where it is none of its.
func (b *Workbench) doFaces(c state.Command) bool {
	f := &b.faces
	if b.doUnnamed(c) {
		return true
	}
	switch c {
	case state.Next, state.Previous:
		by := 1
		if c == state.Previous {
			by = -1
		}
		f.row = max(0, min(f.row+by, len(f.rows)-1))
		f.List.ScrollTo(f.row)
		f.List.Refresh()
	case state.NextPage, state.BackPage:
		n := f.unknown.room(b)
		if c == state.BackPage {
			n = -n
		}
		f.unknown.turn(b, n)
	case state.Yes:
		b.facesYes()
	case state.No:
		b.facesNo()
	case state.HideIt:
		b.facesHide()
	case state.Identify:
		b.facesIdentify()
	default:
		return false
	}
	return true
}

func (b *Workbench) faceRow() (r state.FaceRow, ok bool) {
	f := &b.faces
	if f.row < 0 || f.row >= len(f.rows) || !b.canAnswer() {
		return r, false
	}
	return f.rows[f.row], true
}

// facesYes shows every face that is ticked, and asks once more.
func (b *Workbench) facesYes() {
	r, ok := b.faceRow()
	if !ok || r.Is != state.FaceUnsure || r.Subject == "" {
		return
	}
	b.confirmFaces(r.Items, r.Subject, true)
}

// confirmFaces shows faces, and says of those that stay ticked who it is. Where
// they were asked about the others are hidden.
func (b *Workbench) confirmFaces(items []int, who authz.SubjectID, asked bool) {
	name := string(who)
	if s, ok := b.known.Subjects[who]; ok {
		name = s.Title()
	}
	q := Covered{Title: b.words.T("who.title", "n", len(items), "name", name), Items: items, Yes: b.words.T("who.yes", "name", name)}
	q.Done = func(yes, no []int) {
		as := b.answers1(yes, casework.Answer{Action: casework.Identify, Subject: who})
		if asked {
			as = append(as, b.answers1(no, casework.Answer{Action: casework.HideIt})...)
		}
		if len(as) > 0 {
			b.work.Answer(as...)
		}
	}
	if asked {
		q.No = func() { b.work.Answer(b.answers1(items, casework.Answer{Action: casework.HideIt})...) }
	}
	b.work.Who(q, b.faces.off)
}

// answers1 is one answer for each of some items.
func (b *Workbench) answers1(items []int, a casework.Answer) (as []casework.Answer) {
	a.By = b.view.Plan.Case.By
	for _, n := range items {
		if n < len(b.view.Plan.Items) {
			a.Item = b.view.Plan.Items[n].ID
			as = append(as, a)
		}
	}
	return as
}

func (b *Workbench) facesNo() {
	if r, ok := b.faceRow(); ok && r.Is == state.FaceUnsure {
		b.work.Answer(b.answers1(r.Items, casework.Answer{Action: casework.HideIt})...)
	}
}

// facesHide hides a person who is shown, in the whole case.
func (b *Workbench) facesHide() {
	switch r, ok := b.faceRow(); {
	case !ok:
	case r.Is == state.FaceUnsure:
		b.facesNo()
	case r.Is == state.FaceShown:
		b.hidePerson(r.Subject)
	}
}

// hidePerson hides every place of a subject.
func (b *Workbench) hidePerson(who authz.SubjectID) {
	var items []int
	for i := range b.view.Plan.Items {
		if it := &b.view.Plan.Items[i]; it.Decision.Subject == who && !it.Hidden() {
			items = append(items, i)
		}
	}
	if len(items) > 0 && who != "" {
		b.work.Answer(b.answers1(items, casework.Answer{Action: casework.HideIt})...)
	}
}

// facesIdentify says who the chosen faces are.
func (b *Workbench) facesIdentify() {
	r, ok := b.faceRow()
	if !ok {
		return
	}
	var items []int
	switch r.Is {
	case state.FaceUnsure:
		items = r.Items
	case state.FaceUnknown:
		items = b.faces.unknown.chosen(b)
	default:
		return
	}
	asked := r.Is == state.FaceUnsure
	b.work.Pick(authz.Person, func(s authz.Subject) {
		if b.known.Subjects != nil {
			b.known.Subjects[s.ID] = s
		}
		b.confirmFaces(items, s.ID, asked)
	})
}
