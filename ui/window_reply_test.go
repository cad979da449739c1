package ui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"consentry/authz"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// A request is answered: first with not now, then with less than what was asked; one
// record is taken back alone, and a refusal ends all.
func TestAnswerInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r, ctx, dir := x.room.registry, context.Background(), t.TempDir()
	d := x.pick("知夏", "欧阳知夏")
	reg := x.session.Registry()
	if err := reg.SetHandler(ctx, authz.Handler{Name: "云岚科技有限公司", Address: "杭州市文一路1号", Contact: "privacy@yunlan.example", Storage: "本公司服务器", Withdrawal: "致电或写信"}); err != nil {
		t.Fatal(err)
	}
	asked := state.Scope{Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"wechat", "press"}, Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name", "portrait"}, Until: time.Now().AddDate(2, 0, 0)}
	if _, err := reg.Request(ctx, state.Request{Subject: d.Subject.ID, Scope: asked, Work: "回访", Source: "-", Keep: "-", Lang: "zh", Folder: dir}); err != nil {
		t.Fatal(err)
	}
	x.changed(d.Subject.ID)
	find := func(want state.Agreement) (c authz.Consent, ok bool) {
		for _, c := range r.Shown().Consents {
			if len(c.Channels) == 2 && state.Stands(c, time.Now()) == want {
				return c, true
			}
		}
		return c, false
	}
	stands := func(want state.Agreement) authz.Consent {
		t.Helper()
		x.until("the record is "+string(want), func() bool { _, ok := find(want); return ok && len(x.sheets) == 0 })
		c, _ := find(want)
		return c
	}
	c := stands(state.AgreedRequested)
	answer := func(fill func()) {
		t.Helper()
		x.AnswerRequest(d.Subject, c, r.Shown().Filed(c.ID))
		x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
		x.reg.reply.Submit()
		if x.reg.reply.Ready() {
			t.Fatal("an answer that says nothing is taken")
		}
		fill()
	}
	x.shot("reply-asked")
	answer(func() { x.reg.reply.Fill("deferred", "call", "") })
	x.reg.reply.Submit()
	c = stands(state.AgreedDeferred)
	form := filepath.Join(dir, "form.txt")
	if err := os.WriteFile(form, []byte("signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	answer(func() { x.reg.reply.Fill("given", "", form, "case-study", "name") })
	if x.reg.reply.Ready() {
		t.Error("a yes to no channel is taken")
	}
	x.reg.reply.Fill("given", "", "", "press")
	x.reg.reply.By(2)
	x.shot("reply-given")
	x.reg.reply.Submit()
	x.until("it is recorded", func() bool { return len(x.sheets) == 0 })
	var got authz.Consent
	x.until("less than asked is agreed to", func() bool {
		for _, k := range r.Shown().Consents {
			if k.ID == c.ID && state.Stands(k, time.Now()) == state.AgreedGiven {
				got = k
			}
		}
		return got.ID != ""
	})
	if len(got.Channels) != 1 || got.Channels[0] != "press" || len(got.Shows) != 1 || got.Shows[0] != "name" || got.Evidence == "" || got.GivenBy != "other" {
		t.Errorf("%+v", got)
	}

	x.reg.said = nil
	x.WithdrawOne(d.Subject, got)
	x.reg.withdraw.Fill("e-mail", "")
	x.shot("reply-withdraw-one")
	x.reg.withdraw.Submit()
	x.until("one is closed", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.until("the other still holds", func() bool { return r.Shown().Agreed(time.Now()) == state.AgreedPartly })
	x.reg.said = nil
	x.Refuse(d.Subject)
	x.reg.withdraw.Fill("letter", "")
	x.reg.withdraw.Submit()
	x.until("the refusal is recorded", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.until("nothing is shown", func() bool { return !r.Shown().Grid.Shows() })
}

// Two records of one are proposed, merged when somebody says so, and two again.
func TestMergeInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	reg, ctx := x.session.Registry(), context.Background()
	twin := authz.Subject{Kind: authz.Person, Age: "adult", Company: "朔禾生物", Names: []authz.Name{{Text: "程予安", Use: "legal"}}}
	for range 2 {
		if _, err := reg.Add(ctx, twin); err != nil {
			t.Fatal(err)
		}
	}
	x.changed("")
	known := func() int { return len(x.people.Find("程予安")) }
	x.until("both are known", func() bool { return known() == 2 })
	x.FindDuplicates()
	x.until("they are proposed", func() bool { return x.reg.merging != nil && len(x.reg.merging.Pairs) > 0 })
	x.shot("merge")
	if known() != 2 {
		t.Error("they were merged by themselves")
	}
	x.mergePair(0)
	x.until("they are one", func() bool { return x.reg.merging.Pairs[0].Merge != "" && known() == 1 })
	x.shot("merged")
	x.unmergePair(0)
	x.until("they are two again", func() bool { return x.reg.merging.Pairs[0].Merge == "" && known() == 2 })
}

// Only a keeper erases, and only who says that they know what follows.
func TestEraseInTheWindow(t *testing.T) {
	x := inRegistry(t, "en", theme.Light)
	r, ctx := x.room.registry, context.Background()
	d := x.pick("Tobias", "Tobias Renn")
	app := x.session.(vault).app
	if err := app.SetUser(ctx, "周敏", authz.Jobs); err != nil {
		t.Fatal(err)
	}
	if err := app.SetUser(ctx, app.User(), []authz.Job{authz.Sales}); err != nil {
		t.Fatal(err)
	}
	x.Erase(d.Subject, 0)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.erase.Fill()
	if x.reg.erase.Ready() {
		t.Error("sales erase somebody")
	}
	x.closeSheet()
	app.As("周敏")
	x.Erase(d.Subject, 2)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.erase.Submit()
	if x.reg.erase.Ready() {
		t.Error("somebody is erased without a word of what follows")
	}
	x.shot("erase")
	x.reg.erase.Fill()
	x.reg.erase.Submit()
	x.until("they are gone", func() bool { return x.reg.said != nil && r.Selected() == "" && len(x.people.Find("Tobias")) == 0 })
}
