package parts

import "testing"

func TestLocal(t *testing.T) {
	for _, s := range []string{"file:///home/olga/x", `\\server\olga`, "//server/olga", `C:\olga`, "/c:/olga", "../../home/olga/plan.xlsx", `..\olga\plan.xlsx`, `olga\plan.xlsx`} {
		if !Local(s) {
			t.Errorf("%q is kept", s)
		}
	}
	for _, s := range []string{"https://example.test/../x", "mailto:olga@example.test", "plan.xlsx", "#Sheet1!A1", `https://example.test/a\b`} {
		if Local(s) {
			t.Errorf("%q goes", s)
		}
	}
}
