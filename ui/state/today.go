package state

import (
	"cmp"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
)

// TaskKind is what a task is about. The kinds stand in the order of their urgency.
type TaskKind string

// The kinds.
const (
	TaskRecall  TaskKind = "recall"  // a release leans on what ended
	TaskAnswer  TaskKind = "answer"  // a case asks
	TaskBack    TaskKind = "back"    // a case was sent back
	TaskApprove TaskKind = "approve" // a case waits for a signature
	TaskConfirm TaskKind = "confirm" // a grant waits for somebody who may confirm it
	TaskAnswers TaskKind = "filed"   // a form came back and waits to be read
	TaskRenew   TaskKind = "renew"   // a consent lapses
	TaskFinish  TaskKind = "finish"  // every question of a case is answered
	TaskScan    TaskKind = "scan"    // a case was not scanned to its end
	TaskUnread  TaskKind = "unread"  // a file of a case cannot be read
)

// TaskKinds are all kinds, the most urgent first.
var TaskKinds = []TaskKind{TaskRecall, TaskAnswer, TaskBack, TaskApprove, TaskConfirm, TaskAnswers, TaskRenew, TaskFinish, TaskScan, TaskUnread}

// A Task is something that waits for whoever sits at the window.
type Task struct {
	Kind    TaskKind
	Case    string          // its id, if it is about one
	Release string          // of a recall
	Subject authz.SubjectID // of a grant, form or consent
	Name    string          // the case's title or the subject's name
	N       int             // questions, files, places that still show it
	Days    int             // renew: that are left
	Remark  string          // back: why
	By      string          // approve: who submitted it
	At      time.Time       // since when, or of the case
}

// A CaseRow is a case as the home screen lists it.
type CaseRow struct {
	Case   *casework.Case
	Stands casework.Standing
	Recall bool // its last release leans on what ended
	At     time.Time
}

// Lapsing are consents that end within so many days.
type Lapsing struct {
	Days int
	Dues []Due
}

// An Agenda is what the home screen shows.
type Agenda struct {
	Tasks   []Task
	Lapsing []Lapsing // 7, 30, 90 days, each with all that end before it
	Cases   []CaseRow // the one that changed last first
}

// Material is what a day is made of.
type Material struct {
	Cases    []*casework.Case
	Releases []*casework.Release
	Recalls  []casework.Recall
	Dues     []Due
	Me       authz.User
	Busy     map[string]bool // ids of cases that a job works on
}

// Today is what waits for somebody, the most urgent first.
func (m Material) Today() Agenda {
	var d Agenda
	last := m.lastReleases()
	recalled := map[string]bool{}
	for _, r := range m.Recalls {
		if !m.open(r, last) {
			continue
		}
		recalled[r.Release.Case] = true
		t := Task{Kind: TaskRecall, Case: r.Release.Case, Release: r.Release.ID, Name: r.Title, N: len(r.Takedown)}
		for _, l := range r.Lapses {
			if l.Since.After(t.At) {
				t.At, t.Subject = l.Since, l.Subject
			}
		}
		d.Tasks = append(d.Tasks, t)
	}
	for _, c := range m.Cases {
		var released time.Time
		if r := last[c.ID]; r != nil {
			released = r.At
		}
		row := CaseRow{Case: c, Stands: c.Stands(released), Recall: recalled[c.ID], At: Changed(c, released)}
		d.Cases = append(d.Cases, row)
		d.Tasks = append(d.Tasks, m.caseTasks(row)...)
	}
	slices.SortStableFunc(d.Cases, func(a, b CaseRow) int { return b.At.Compare(a.At) })
	d.Tasks = append(d.Tasks, m.dueTasks()...)
	slices.SortStableFunc(d.Tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(slices.Index(TaskKinds, a.Kind), slices.Index(TaskKinds, b.Kind)), cmp.Compare(a.Days, b.Days), b.At.Compare(a.At))
	})
	for _, n := range []int{7, 30, 90} {
		l := Lapsing{Days: n}
		for _, x := range m.Dues {
			if x.What == "expiring" && x.Within <= n {
				l.Dues = append(l.Dues, x)
			}
		}
		slices.SortStableFunc(l.Dues, func(a, b Due) int { return cmp.Compare(a.Days, b.Days) })
		d.Lapsing = append(d.Lapsing, l)
	}
	return d
}

// OpenRecalls are the recalls that still need somebody, newest lapse first.
func (m Material) OpenRecalls() []casework.Recall {
	last := m.lastReleases()
	var out []casework.Recall
	for _, r := range m.Recalls {
		if m.open(r, last) {
			out = append(out, r)
		}
	}
	return out
}

// open reports whether a recall needs somebody: it still stands somewhere, or no
// newer release took its place.
func (m Material) open(r casework.Recall, last map[string]*casework.Release) bool {
	return len(r.Takedown) > 0 || last[r.Release.Case] == nil || last[r.Release.Case].ID == r.Release.ID
}

func (m Material) lastReleases() map[string]*casework.Release {
	last := map[string]*casework.Release{}
	for _, r := range m.Releases {
		if o := last[r.Case]; o == nil || r.At.After(o.At) {
			last[r.Case] = r
		}
	}
	return last
}

func (m Material) caseTasks(r CaseRow) (ts []Task) {
	t := Task{Case: r.Case.ID, Name: r.Case.Title, At: r.At}
	h, _ := r.Case.Last()
	prepares, signs := m.Me.May(authz.ActPrepare), m.Me.May(authz.ActSign)
	switch {
	case r.Stands == casework.StandsAsking && prepares:
		t.Kind, t.N = TaskAnswer, r.Case.Tally.Asks
	case r.Stands == casework.StandsSentBack && prepares:
		t.Kind, t.Remark, t.By = TaskBack, h.Remark, h.By
	case r.Stands == casework.StandsWaiting && signs:
		t.Kind, t.By = TaskApprove, h.By
	case r.Stands == casework.StandsReady && prepares:
		t.Kind = TaskFinish
	case r.Stands == casework.StandsNew && prepares && !m.Busy[r.Case.ID]:
		t.Kind = TaskScan
	}
	if t.Kind != "" {
		ts = append(ts, t)
	}
	if n := r.Case.Tally.Unreadable + len(r.Case.Refused); n > 0 && prepares && r.Stands != casework.StandsReleased {
		t.Kind, t.N = TaskUnread, n
		ts = append(ts, t)
	}
	return ts
}

func (m Material) dueTasks() (ts []Task) {
	for _, x := range m.Dues {
		t := Task{Subject: x.Subject.ID, Name: x.Subject.Title(), Days: x.Days}
		switch {
		case x.What == "confirm" && m.Me.May(authz.ActConfirm):
			t.Kind, t.Days = TaskConfirm, 0
		case x.Filed:
			t.Kind, t.Days = TaskAnswers, 0
		case x.What == "expiring" && x.Within <= 7:
			t.Kind = TaskRenew
		default:
			continue
		}
		ts = append(ts, t)
	}
	return ts
}

// Changed is when something was last done to a case.
func Changed(c *casework.Case, released time.Time) time.Time {
	at := c.Created
	later := func(t time.Time) {
		if t.After(at) {
			at = t
		}
	}
	later(released)
	later(c.Tally.At)
	if n := len(c.Answers); n > 0 {
		later(c.Answers[n-1].At)
	}
	if h, ok := c.Last(); ok {
		later(h.At)
	}
	return at
}
