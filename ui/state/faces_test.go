package state

import (
	"image"
	"slices"
	"testing"

	"consentry/authz"
	"consentry/internal/casework"
)

func TestFaceRows(t *testing.T) {
	asked := func(asset, x int, who ...authz.SubjectID) casework.Item {
		it := face(asset, x, authz.Ask)
		for i, w := range who {
			it.Candidates = append(it.Candidates, authz.Candidate{Subject: w, Score: 0.8 - float64(i)/10})
		}
		return it
	}
	of := func(it casework.Item, who authz.SubjectID) casework.Item {
		it.Decision.Subject, it.Candidates = who, []authz.Candidate{{Subject: who, Score: 1}}
		return it
	}
	in := func(it casework.Item, g string) casework.Item { it.Group = g; return it }
	cleared := face(3, 60, authz.Hide)
	cleared.Exempt = casework.ExemptCleared
	p := plan(
		face(0, 1, authz.Hide), in(face(0, 20, authz.Hide), "g1"), of(face(0, 40, authz.Show), "zhou"), asked(0, 60, "lin", "he"),
		in(face(1, 1, authz.Hide), "g1"), of(face(1, 20, authz.Hide), "chen"), asked(1, 40, "lin"),
		of(face(2, 1, authz.Show), "lin"), of(face(2, 20, authz.Show), "zhou"), cleared, textItem(2, "王敏", "wang", authz.Show, 3))
	rows := FaceRows(p)
	want := []FaceRow{
		{Is: FaceUnsure, Subject: "lin", Items: []int{3, 6}, Known: 1, Photos: 2},
		{Is: FaceShown, Subject: "zhou", Items: []int{2, 8}, Photos: 2},
		{Is: FaceShown, Subject: "lin", Items: []int{7}, Photos: 1},
		{Is: FaceHidden, Subject: "chen", Items: []int{5}, Photos: 1},
		{Is: FaceUnknown, Items: []int{0, 1, 4}, Photos: 2, Groups: [][]int{{1, 2}, {0}}},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows: %+v", len(rows), rows)
	}
	for i, w := range want {
		r := rows[i]
		if r.Is != w.Is || r.Subject != w.Subject || r.Known != w.Known || r.Photos != w.Photos || !slices.Equal(r.Items, w.Items) || len(r.Groups) != len(w.Groups) {
			t.Errorf("row %d: %+v, want %+v", i, r, w)
			continue
		}
		for k := range w.Groups {
			if !slices.Equal(r.Groups[k], w.Groups[k]) {
				t.Errorf("groups %v, want %v", r.Groups, w.Groups)
			}
		}
	}
	// The picture of a face is square, and never begins outside the page.
	it := face(0, 1, authz.Hide)
	if r := FaceTile(&it).Part; r.Min != image.Pt(0, 0) || !it.Finding.Region.Box.In(r) {
		t.Errorf("part %v", r)
	}
	if FaceTile(&it).Order().Source != true || FormTile(&it, casework.FormBlur, "").Order().Source {
		t.Error("an original is asked for where none is needed, or not where one is")
	}
}
