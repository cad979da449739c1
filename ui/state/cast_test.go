package state

import (
	"slices"
	"testing"

	"consentry/authz"
	"consentry/redact"
)

// The people of a case: questions first, the unknown as one at the end; who is
// chosen is shown with all places, faces and names.
func TestCast(t *testing.T) {
	lin, linFace := textItem(0, "林晓彤", "lin", authz.Show, 3), face(1, 1, authz.Show)
	lin.Decision.Subject, linFace.Decision.Subject = "s_lin", "s_lin"
	asked := face(1, 20, authz.Ask)
	asked.Candidates = []authz.Candidate{{Subject: "s_lin", Score: 0.7}}
	wang := textItem(0, "王敏", "wang", authz.Hide, 30)
	firm := textItem(0, "云岚科技", "firm", authz.Hide, 50)
	firm.Finding.Kind = redact.Organisation
	ill := textItem(0, "确诊了糖尿病", "ill", authz.Hide, 60)
	ill.Finding.Kind, ill.Sensitivity = "health", redact.Sensitive
	p := plan(lin, linFace, asked, wang, firm, face(2, 1, authz.Hide), face(2, 30, authz.Hide), ill)
	rows := Rows(p)
	ms := Cast(p, rows)
	if len(ms) != 3 {
		t.Fatalf("%+v", ms)
	}
	if m := ms[0]; m.Who != "s_lin" || m.Subject != "s_lin" || m.Places != 3 || m.Asks != 1 || m.Verdict() != authz.Ask || m.Name != "林晓彤" || p.Items[m.Item].Holds() != redact.Face {
		t.Errorf("first %+v", m)
	}
	if m := ms[1]; m.Who != "wang" || m.Subject != "" || m.Verdict() != authz.Hide {
		t.Errorf("second %+v", m)
	}
	if m := ms[2]; m.Who != "" || m.Places != 2 || m.Groups != 2 {
		t.Errorf("the unknown %+v", m)
	}
	var of []string
	for _, i := range Pick(p, rows, All, -1, "s_lin") {
		of = append(of, rows[i].Verdict.String())
	}
	if !slices.Equal(of, []string{"ask", "show", "show"}) {
		t.Errorf("of one person: %q", of)
	}
	if got := Pick(p, rows, Sensitive, -1, ""); len(got) != 1 || rows[got[0]].Title != "确诊了糖尿病" {
		t.Errorf("sensitive: %v", got)
	}
}
