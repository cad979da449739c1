package state

import (
	"slices"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
)

func TestToday(t *testing.T) {
	now := time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)
	ago := func(h int) time.Time { return now.Add(-time.Duration(h) * time.Hour) }
	tally := func(asks int) casework.Tally { return casework.Tally{At: ago(5), Asks: asks} }
	handed := func(what casework.HandoverKind) []casework.Handover {
		return []casework.Handover{{What: what, By: "高沛霖", Remark: "第二页", At: ago(2)}}
	}
	m := Material{
		Cases: []*casework.Case{
			{ID: "new", Created: ago(9)},
			{ID: "asks", Created: ago(8), Tally: tally(3)},
			{ID: "ready", Created: ago(8), Tally: tally(0)},
			{ID: "waits", Created: ago(8), Tally: tally(0), Handovers: handed(casework.Submitted)},
			{ID: "back", Created: ago(8), Tally: tally(0), Handovers: handed(casework.SentBack)},
			{ID: "out", Created: ago(90), Tally: casework.Tally{At: ago(80)}},
			{ID: "again", Created: ago(90), Tally: casework.Tally{At: ago(80), Unreadable: 1}},
		},
		Releases: []*casework.Release{{ID: "R1", Case: "out", At: ago(50)}, {ID: "R2", Case: "again", At: ago(60)}, {ID: "R3", Case: "again", At: ago(40)}},
		Dues: []Due{
			{What: "expiring", Days: 5, Within: 7, Subject: authz.Subject{ID: "he", Names: []authz.Name{{Text: "何静宜"}}}},
			{What: "expiring", Days: 20, Within: 30}, {What: "expiring", Days: 80, Within: 90},
			{What: "confirm", Subject: authz.Subject{ID: "wang"}}, {What: "requested", Days: 4},
		},
		Me: authz.User{Jobs: authz.Jobs},
	}
	lapse := []casework.Lapse{{Consent: "c_1", Subject: "lin", Since: ago(1)}}
	m.Recalls = []casework.Recall{
		{Release: m.Releases[0], Title: "展会", Lapses: lapse},
		{Release: m.Releases[1], Lapses: lapse}, // a newer release took its place, and it stands nowhere
	}
	kinds := func(d Agenda) (ks []TaskKind) {
		for _, x := range d.Tasks {
			ks = append(ks, x.Kind)
		}
		return ks
	}
	d := m.Today()
	if want := []TaskKind{TaskRecall, TaskAnswer, TaskBack, TaskApprove, TaskConfirm, TaskRenew, TaskFinish, TaskScan}; !slices.Equal(kinds(d), want) {
		t.Errorf("tasks %v, want %v", kinds(d), want)
	}
	m.Busy = map[string]bool{"new": true}
	if got := kinds(m.Today()); slices.Contains(got, TaskScan) {
		t.Errorf("a case that is being scanned waits for nobody: %v", got)
	}
	m.Busy = nil
	if r := d.Tasks[0]; r.Subject != "lin" || r.Release != "R1" || r.Name != "展会" {
		t.Errorf("the recall: %+v", r)
	}
	var lapsing []int
	for _, l := range d.Lapsing {
		lapsing = append(lapsing, len(l.Dues))
	}
	if !slices.Equal(lapsing, []int{1, 2, 3}) {
		t.Errorf("lapsing within 7, 30, 90 days: %v", lapsing)
	}
	if d.Cases[0].Case.ID != "back" && d.Cases[0].Case.ID != "waits" || d.Cases[len(d.Cases)-1].Case.ID != "out" {
		t.Errorf("cases begin with %s and end with %s", d.Cases[0].Case.ID, d.Cases[len(d.Cases)-1].Case.ID)
	}

	// The old release still stands somewhere.
	m.Recalls[1].Takedown = []casework.Publication{{Where: "https://example.com"}}
	if got := len(m.OpenRecalls()); got != 2 {
		t.Errorf("%d recalls are open, want 2", got)
	}
	// Whose jobs it is not hears of nothing but lapses and recalls.
	m.Me.Jobs = []authz.Job{authz.Sales}
	if want := []TaskKind{TaskRecall, TaskRecall, TaskRenew}; !slices.Equal(kinds(m.Today()), want) {
		t.Errorf("for sales: %v, want %v", kinds(m.Today()), want)
	}
}
