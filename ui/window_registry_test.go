package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/internal/registry"
	"consentry/redact"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// inRegistry opens the sample vault's registry room.
func inRegistry(t *testing.T, lang string, look theme.Look) *bench {
	t.Helper()
	x := newBench(t, &backend{pass: "right passphrase"}, lang, look)
	x.room.start.Type("right passphrase", "")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	x.show(roomRegistry)
	x.until("people are listed", func() bool { return len(x.room.registry.People()) > 3 })
	return x
}

// pick types a text and selects the first hit.
func (x *bench) pick(text, want string) state.Dossier {
	x.t.Helper()
	r := x.room.registry
	r.Query.SetText(text)
	x.until(want+" is found", func() bool {
		return len(r.People()) > 0 && r.People()[0].Subject.Title() == want
	})
	r.List.OnSelected(0)
	x.until(want+" is shown", func() bool { return r.Shown().Subject.Title() == want })
	return r.Shown()
}

// The main job of the room: find somebody during a call and close the gate.
func TestWithdrawInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r := x.room.registry
	x.shot("registry-dues")
	for _, text := range []string{"欧阳知夏", "oyzx", "ouyang"} {
		x.pick(text, "欧阳知夏")
		r.Leave()
	}
	d := x.pick("知夏", "欧阳知夏")
	if len(d.Consents) == 0 || r.People()[0].Agreed != state.AgreedGiven {
		t.Fatalf("%s with %d consents is no test", r.People()[0].Agreed, len(d.Consents))
	}
	x.shot("registry-subject")

	// May it be shown? Today it may.
	x.ExplainUse(d.Subject)
	x.reg.explain.Fill("case-study", "website")
	x.until("the rules answer", func() bool { return x.reg.explain.Verdict() != "" })
	if v := x.reg.explain.Verdict(); v != authz.Show.String() {
		t.Errorf("before the withdrawal: %s", v)
	}
	x.shot("registry-explain")
	// A quotation may be shown as it was approved, in its words or by their digest.
	said := d.Consents[0]
	said.ID, said.Shows, said.QuoteSHA256 = "c_said", []authz.Shows{"quote"}, redact.Sum([]byte("夜班照常。")).String()
	if _, err := x.session.(vault).app.Grant(t.Context(), registry.Grant{Consent: said}); err != nil {
		t.Fatal(err)
	}
	for words, want := range map[string]authz.Verdict{"夜班照常。": authz.Show, said.QuoteSHA256: authz.Show, "夜班停了。": authz.Hide, "": authz.Hide} {
		x.reg.explain.Ask("quote", words, "")
		x.until("the rules answer about the quotation", func() bool { return x.reg.explain.Verdict() != "" && !x.acts.Busy() })
		if v := x.reg.explain.Verdict(); v != want.String() {
			t.Errorf("a quotation %q: %s", words, v)
		}
	}
	x.reg.explain.Ask("quote", "夜班照常。", "2019-01-01")
	x.until("the rules answer about a day before the consent", func() bool { return x.reg.explain.Verdict() == authz.Hide.String() })
	x.shot("registry-explain-quote")
	x.closeSheet()

	x.WithdrawAll(d.Subject)
	w := x.reg.withdraw
	w.Submit()
	if w.Ready() || len(x.sheets) != 1 {
		t.Fatal("a withdrawal without a word of how it came was taken")
	}
	w.Fill("call", "不想再出现")
	x.shot("registry-withdraw")
	w.Submit()
	x.until("the gate is closed", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.shot("registry-withdrawn")
	x.closeSheet()
	x.until("the list says so", func() bool { return r.People()[0].Agreed == state.AgreedWithdrawn })
	x.until("the records say so", func() bool { return r.Shown().Agreed(d.Consents[0].Until) == state.AgreedWithdrawn })
	e := r.Shown().Consents[0].Events
	if last := e[len(e)-1]; last.State != authz.Withdrawn || last.Intake != "call" || last.Reason != "不想再出现" {
		t.Errorf("%+v", last)
	}
	x.shot("registry-after")

	x.ExplainUse(d.Subject)
	x.reg.explain.Fill("case-study", "website")
	x.until("the rules answer", func() bool { return x.reg.explain.Verdict() != "" })
	if v := x.reg.explain.Verdict(); v != authz.Hide.String() {
		t.Errorf("after the withdrawal: %s", v)
	}
}

// Somebody is registered and asked, a consent is recorded by one who may not
// confirm it, waits, is due, and is confirmed.
func TestGrantInTheWindow(t *testing.T) {
	x := inRegistry(t, "en", theme.Dark)
	r, dir, ctx := x.room.registry, t.TempDir(), context.Background()
	x.AddSubject()
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.add.Submit()
	if x.reg.add.Ready() {
		t.Fatal("nobody was registered")
	}
	x.shot("registry-add")
	x.reg.add.Fill("苏晚晴")
	x.reg.add.Submit()
	x.until("they are shown", func() bool { return r.Shown().Subject.Title() == "苏晚晴" })
	s := r.Shown().Subject

	// Whoever works here now may record, but not confirm.
	app := x.session.(vault).app
	me := app.User()
	if err := app.SetUser(ctx, "周敏", authz.Jobs); err != nil {
		t.Fatal(err)
	}
	if err := app.SetUser(ctx, me, []authz.Job{authz.Sales}); err != nil {
		t.Fatal(err)
	}
	notice, form := filepath.Join(dir, "notice.md"), filepath.Join(dir, "form.pdf")
	for _, f := range []string{notice, form} {
		if err := os.WriteFile(f, []byte(f), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x.RecordGrant(s)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.grant.Submit()
	if x.reg.grant.Ready() {
		t.Fatal("a consent to nothing can be recorded")
	}
	x.shot("registry-grant")
	x.reg.grant.Fill("case-study", "website", "2099-12-31", notice, form)
	if !x.reg.grant.Ready() {
		t.Fatal("the form is complete, but cannot be sent off")
	}
	x.reg.grant.Submit()
	x.until("it waits", func() bool { return x.reg.said != nil && len(x.sheets) == 1 })
	x.closeSheet()
	x.until("the records say so", func() bool { return len(r.Shown().Consents) == 1 && len(r.Shown().Evidence) == 1 })
	c := r.Shown().Consents[0]
	if !state.Waits(c, c.Until) {
		t.Errorf("%+v", c.Events)
	}
	x.shot("registry-waits")
	x.ConfirmGrant(s, c)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	if x.reg.confirm.Ready() {
		t.Error("sales confirm a grant")
	}
	x.closeSheet()
	app.As("周敏")
	x.ConfirmGrant(s, c)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.shot("registry-confirm")
	r.Leave()
	x.until("it is due", func() bool { return r.Dues.Length() > 0 })
	x.reg.confirm.Submit()
	x.until("it counts", func() bool { return r.Shown().Agreed(c.Until.AddDate(0, 0, -2)) == state.AgreedGiven })

	// A letter, once somebody said who asks.
	x.RequestConsent(s)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.handler.Fill("云岚科技有限公司", "杭州市文一路1号", "privacy@yunlan.example", "本公司服务器")
	if x.reg.handler.Ready() {
		t.Error("a handler without a way to withdraw is taken")
	}
	x.reg.handler.Fill("云岚科技有限公司", "杭州市文一路1号", "privacy@yunlan.example", "本公司服务器", "致电或写信")
	x.reg.handler.Is(2)
	x.shot("registry-handler")
	x.reg.handler.Submit()
	x.until("the letter is asked for", func() bool { return x.reg.request != nil && len(x.sheets) == 1 })
	if h, err := x.session.Registry().Handler(t.Context()); err != nil || h.Type != "association" {
		t.Errorf("who asks is %q, %v", h.Type, err)
	}
	x.reg.said = nil
	x.reg.request.Fill("回访", "case-study", "website", "2099-12-31", dir)
	x.shot("registry-request")
	x.reg.request.Submit()
	x.until("the letter is written", func() bool { return x.reg.said != nil })
	x.shot("registry-requested")
	x.closeSheet()
	x.until("the request is on record", func() bool { return len(r.Shown().Consents) == 2 })
	i := slices.IndexFunc(r.Shown().Consents, func(c authz.Consent) bool { return c.StateAt(r.Shown().Consents[0].Until) == authz.Requested })
	if i < 0 {
		t.Fatal("no record is of a request")
	}
	id := string(r.Shown().Consents[i].ID)
	if files, err := os.ReadDir(filepath.Join(dir, id)); err != nil || len(files) < 4 {
		t.Errorf("%d files: %v", len(files), err)
	}
	// Its form comes back as a text without a code.
	back := filepath.Join(dir, "back.txt")
	if err := os.WriteFile(back, []byte("signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.reg.said = nil
	x.fileReturned("", back, nil)
	x.until("the request is asked for", func() bool { return x.reg.returned != nil && len(x.sheets) == 1 })
	x.reg.returned.Fill(id)
	x.reg.returned.Submit()
	x.until("it is filed", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.until("it is evidence", func() bool {
		return slices.ContainsFunc(r.Shown().Evidence, func(e authz.Evidence) bool { return e.Of == authz.OfAnswer })
	})
}

// A file is looked at before it is taken in, and taken in as it was looked at.
func TestImportInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	table := filepath.Join(t.TempDir(), "people.csv")
	rows := "kind,name,company\nperson,程予安,朔禾生物\nperson,,\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	x.importFile(table)
	x.until("the preview is shown", func() bool { return len(x.sheets) == 1 })
	x.shot("registry-import")
	if err := os.WriteFile(table, []byte(strings.Replace(rows, "程予安", "程予宁", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	x.reg.imports.Submit()
	x.until("the changed file is refused", func() bool { return x.reg.imports.Ready() })
	if len(x.people.Find("程予宁")) > 0 {
		t.Fatal("another file was taken in than was looked at")
	}
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	x.reg.imports.Submit()
	x.until("it is taken in", func() bool { return len(x.sheets) == 0 && len(x.people.Find("程予安")) == 1 })
	x.pick("cya", "程予安")
}

// The list is narrowed by what somebody is and by how their consents stand; who is
// not found is registered under the name that was typed.
func TestFindInTheRegister(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r := x.room.registry
	x.until("withdrawals are counted", func() bool { return len(x.reg.marks.Withdrawn) > 0 })
	for f, all := range map[state.PeopleFilter]func(state.Person) bool{
		state.Companies: func(p state.Person) bool { return p.Subject.Kind == authz.Organisation },
		state.TakenBack: func(p state.Person) bool { return p.Agreed == state.AgreedWithdrawn },
	} {
		r.Narrow(f)
		n := x.people.Counts(x.reg.marks)[f]
		x.until(string(f)+" are listed", func() bool {
			return n > 0 && len(r.People()) == n && !slices.ContainsFunc(r.People(), func(p state.Person) bool { return !all(p) })
		})
	}
	x.shot("registry-filter")
	r.Query.SetText("程予安")
	x.until("nobody is found", func() bool { return len(r.People()) == 0 })
	x.shot("registry-nobody-here")
	r.Narrow(state.Everyone)
	x.until("nobody is found among all", func() bool { return r.Add != nil && len(r.People()) == 0 && r.Filter == state.Everyone })
	x.shot("registry-nobody")
	r.Add.Tapped(nil)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.reg.add.Submit()
	x.until("they are registered and shown", func() bool { return r.Shown().Subject.Title() == "程予安" })
	x.until("they are listed", func() bool { return len(r.People()) == 1 && r.People()[0].Agreed == state.AgreedNothing })
}
