package state

import (
	"testing"

	"consentry/authz"
)

func TestReplyMissing(t *testing.T) {
	now := nov(20)
	yes := Reply{State: authz.Given, Purposes: []authz.Purpose{"website"}, Channels: []authz.Channel{"website"}, Shows: []authz.Shows{"name"}, Filed: true}
	change := func(do func(*Reply)) Reply { a := yes; do(&a); return a }
	for _, c := range []struct {
		want string
		a    Reply
	}{
		{"", yes}, {"answer", Reply{}}, {"answer", Reply{State: authz.Withdrawn}},
		{"purpose", change(func(a *Reply) { a.Purposes = nil })}, {"channel", change(func(a *Reply) { a.Channels = nil })},
		{"shows", change(func(a *Reply) { a.Shows = nil })}, {"past", change(func(a *Reply) { a.Until = nov(1) })},
		{"future", change(func(a *Reply) { a.On = nov(21) })}, {"evidence", change(func(a *Reply) { a.Filed = false })},
		{"intake", Reply{State: authz.Refused}}, {"", Reply{State: authz.Deferred, Intake: "call"}},
	} {
		if got := c.a.Missing(now); got != c.want {
			t.Errorf("%+v lacks %q, want %q", c.a, got, c.want)
		}
	}
}
