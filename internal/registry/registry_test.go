package registry

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/letters"
	"consentry/internal/store"
)

// A bench is a registrar on a vault in memory, with a clock that is set by hand.
type bench struct {
	*Registrar
	t  *testing.T
	at time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	v, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	b := &bench{t: t, at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	b.Registrar = &Registrar{Vault: v, Now: func() time.Time { return b.at }}
	read := func(name string) []byte {
		raw, err := os.ReadFile("../../assets/rules/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	if b.Pack, err = authz.ParsePack(read("rulepack.yaml")); err != nil {
		t.Fatal(err)
	}
	if b.Operations, err = authz.ParseOperations(read("operations.yaml")); err != nil {
		t.Fatal(err)
	}
	b.As("周敏")
	b.must(b.AddSubject(t.Context(), authz.Subject{ID: "s_lin", Kind: authz.Person, Age: "adult", Role: "contact", Names: []authz.Name{{Text: "林知遥"}}}))
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// as acts under somebody's name from now on.
func (b *bench) as(name string) *bench { b.As(name); return b }

// staff puts people of each job on the list: 周敏 keeps, 陈静 sells, 韩宁 is counsel,
// 何阳 writes.
func (b *bench) staff() {
	b.t.Helper()
	b.must(b.as("周敏").SetUser(b.t.Context(), "陈静", []authz.Job{authz.Sales}))
	b.must(b.SetUser(b.t.Context(), "韩宁", []authz.Job{authz.Legal}))
	b.must(b.SetUser(b.t.Context(), "何阳", []authz.Job{authz.Marketer}))
	b.must(b.SetUser(b.t.Context(), "周敏", []authz.Job{authz.Keeper}))
}

func (b *bench) decide(id authz.SubjectID) authz.Decision {
	b.t.Helper()
	ctx := b.t.Context()
	f := authz.Facts{Use: authz.Use{Purpose: "case-study", Channel: "website", Territory: "CN", Shows: []authz.Shows{"name"}, At: b.at},
		Identity: authz.Identity{By: "text", Candidates: []authz.Candidate{{Subject: id, Score: 1}}},
		Subjects: map[authz.SubjectID]authz.Subject{}, Notices: map[string]authz.Notice{}, PreparedBy: "何阳", Claim: authz.Claim{Basis: 1}}
	s, err := b.Vault.Subject(ctx, id)
	if errors.Is(err, authz.ErrUnknown) {
		return b.Pack.Decide(f)
	}
	b.must(err)
	f.Subjects[id] = s
	f.Consents, err = b.Vault.Consents(ctx, id)
	b.must(err)
	f.Grounds, err = b.Vault.Grounds(ctx, id)
	b.must(err)
	for _, c := range f.Consents {
		if n, err := b.Vault.Notice(ctx, c.Notice); err == nil {
			f.Notices[c.Notice] = n
		}
	}
	return b.Pack.Decide(f)
}

func (b *bench) wants(id authz.SubjectID, v authz.Verdict, reason string) {
	b.t.Helper()
	if d := b.decide(id); d.Verdict != v || d.Reason != reason {
		b.t.Errorf("%s: %s %s, want %s %s", id, d.Verdict, d.Reason, v, reason)
	}
}

// fonts are not needed where no page is looked at.
func press(t *testing.T) letters.Press {
	t.Helper()
	return letters.Press{Fonts: func() ([]byte, []byte, error) {
		regular, err := os.ReadFile("../../assets/models/fonts/NotoSansSC-Regular.ttf")
		if err != nil {
			return nil, nil, err
		}
		bold, err := os.ReadFile("../../assets/models/fonts/NotoSansSC-Bold.ttf")
		return regular, bold, err
	}}
}

var us = authz.Handler{Name: "云岚科技有限公司", Address: "杭州市文一路1号", Contact: "privacy@yunlan.example", Storage: "本公司服务器", Withdrawal: "致电或写信", Rights: "致电或写信", Security: "加密保存"}

func scope() authz.Consent {
	return authz.Consent{Subject: "s_lin", Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
		Shows: []authz.Shows{"name", "post"}, Until: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)}
}

var asked = Asked{Work: "云岚案例", Lang: "zh", Source: "本人提供", Keep: "三年", Sender: "何阳"}

// A request is made, comes back, is read by sales and confirmed by counsel; then
// it is taken back.
func TestRequestAndAnswer(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.staff()
	if _, err := b.as("何阳").Ask(ctx, scope(), asked, press(t)); !errors.Is(err, ErrNoHandler) {
		t.Fatalf("without a handler: %v", err)
	}
	b.must(b.as("周敏").SetHandler(ctx, us))
	l, err := b.as("何阳").Ask(ctx, scope(), asked, press(t))
	b.must(err)
	id := authz.ConsentID(l.RequestID)
	b.wants("s_lin", authz.Hide, "state-requested")
	if f, ok := l.File(letters.RoleForm, letters.MediaPDF); !ok || !bytes.HasPrefix(f.Bytes, []byte("%PDF")) {
		t.Error("the letter has no form")
	}
	n, err := b.Vault.Notice(ctx, l.Notice)
	if err != nil || len(n.Items) < 6 || n.Text == "" {
		t.Errorf("the notice that went with it is not kept: %v", err)
	}
	ds, err := b.Dues(ctx)
	if err != nil || len(ds) != 1 || ds[0].What != "requested" || ds[0].Work != "云岚案例" || ds[0].Filed {
		t.Fatalf("dues %v, %v", ds, err)
	}
	b.at = b.at.AddDate(0, 0, 5)
	b.must(b.as("陈静").KeepReturned(ctx, l.RequestID, File{"scan.pdf", strings.NewReader("signed")}))
	if err := b.KeepReturned(ctx, "c_other", File{"scan.pdf", strings.NewReader("signed")}); !errors.Is(err, ErrNoRequest) {
		t.Errorf("of no request: %v", err)
	}
	if ds, _ := b.Dues(ctx); !ds[0].Filed || ds[0].Days != 5 {
		t.Errorf("after the form came back: %+v", ds[0])
	}
	b.wants("s_lin", authz.Hide, "state-requested")
	given := Reply{State: authz.Given, Written: true, Separate: true, Voluntary: true, Shows: []authz.Shows{"name"}}
	wide := given
	wide.Shows = []authz.Shows{"name", "portrait"}
	if _, err := b.Reply(ctx, id, wide); !errors.Is(err, ErrWider) {
		t.Errorf("an answer that is wider than the question: %v", err)
	}
	late := given
	late.On = b.at.Add(time.Hour)
	if _, err := b.Reply(ctx, id, late); err == nil {
		t.Error("signed in the future")
	}
	c, err := b.Reply(ctx, id, given)
	b.must(err)
	if c.Evidence == "" || len(c.Shows) != 1 {
		t.Errorf("the answer has no evidence or is wider: %+v", c)
	}
	b.wants("s_lin", authz.Hide, "state-unknown")
	if err := b.Confirm(ctx, id); !errors.Is(err, ErrNotYours) {
		t.Errorf("sales confirms: %v", err)
	}
	b.at = b.at.Add(time.Hour)
	b.must(b.as("韩宁").Confirm(ctx, id))
	b.wants("s_lin", authz.Show, "consent-covers")
	if _, err := b.Reply(ctx, id, given); err == nil {
		t.Error("answered twice")
	}
	for ending, begins := range map[string]string{".json": "{", ".pdf": "%PDF", ".md": "# "} {
		var w bytes.Buffer
		sheet := exchange.Sheet{Vocabulary: b.Pack.Vocabulary}
		if err := b.as("何阳").Receipt(ctx, id, ending, "zh", sheet, press(t), &w); err != nil || !strings.HasPrefix(w.String(), begins) {
			t.Errorf("receipt %s: %v, %.20q", ending, err, w.String())
		}
		if ending != ".pdf" && !strings.Contains(w.String(), "林知遥") {
			t.Errorf("the receipt %s names nobody", ending)
		}
	}
	b.at = time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)
	if ds, _ := b.Dues(ctx); len(ds) != 1 || ds[0].What != "expiring" || ds[0].Within != 30 {
		t.Errorf("before its end: %+v", ds)
	}
	n2, err := b.as("陈静").Withdraw(ctx, "s_lin", No{Intake: "call", Received: b.at.AddDate(0, 0, -2)})
	if err != nil || n2 != 1 {
		t.Fatal(n2, err)
	}
	b.wants("s_lin", authz.Hide, "state-withdrawn")
	c, err = b.Vault.Consent(ctx, id)
	if e := c.Events[len(c.Events)-1]; err != nil || e.Received.IsZero() || e.By != "陈静" || e.Intake != "call" {
		t.Errorf("what is kept of the intake: %+v", e)
	}
}

func TestRefusalAndDeferral(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.must(b.SetHandler(ctx, us))
	l, err := b.Ask(ctx, scope(), asked, press(t))
	b.must(err)
	id := authz.ConsentID(l.RequestID)
	b.at = b.at.Add(time.Hour)
	_, err = b.Reply(ctx, id, Reply{State: authz.Deferred, Reason: "asks the board"})
	b.must(err)
	b.wants("s_lin", authz.Hide, "state-deferred")
	b.at = b.at.Add(time.Hour)
	if _, err := b.Reply(ctx, id, Reply{State: authz.Expired}); !errors.Is(err, ErrUnanswered) {
		t.Errorf("no answer: %v", err)
	}
	_, err = b.Reply(ctx, id, Reply{State: authz.Refused, Intake: "e-mail", Evidence: &File{"mail.eml", strings.NewReader("no")}})
	b.must(err)
	b.wants("s_lin", authz.Hide, "state-refused")
	if es, err := b.Vault.Evidence(ctx, "s_lin"); err != nil || len(es) != 1 || es[0].Of != authz.OfRefusal {
		t.Errorf("evidence %v, %v", es, err)
	}
}

// Where nothing was granted, a withdrawal is kept as a record that refuses.
func TestWithdrawBeforeAnything(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	n, err := b.Withdraw(ctx, "s_lin", No{Intake: "call"})
	if err != nil || n != 0 {
		t.Fatal(n, err)
	}
	b.wants("s_lin", authz.Hide, "state-withdrawn")
	if n, err := b.Withdraw(ctx, "s_lin", No{}); n != 0 || err != nil {
		t.Error("again:", n, err)
	}
	if cs, _ := b.Vault.Consents(ctx, "s_lin"); len(cs) != 1 {
		t.Errorf("%d records", len(cs))
	}
	if _, err := b.Withdraw(ctx, "s_none", No{}); !errors.Is(err, authz.ErrUnknown) {
		t.Errorf("of nobody: %v", err)
	}
	if _, err := b.Withdraw(ctx, "s_lin", No{Received: b.at.Add(time.Hour)}); err == nil {
		t.Error("received in the future")
	}
}

// What an importer may not confirm waits, and what says no counts.
func TestImportWaits(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.staff()
	given := scope()
	given.ID, given.Kind, given.GivenBy, given.CollectedBy = "c_1", "publish", "self", "us"
	given.Events = []authz.Event{{State: authz.Given, At: b.at.Add(-time.Hour)}}
	batch := exchange.Batch{Subjects: []authz.Subject{{ID: "s_lin", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}}}}, Consents: []authz.Consent{given}}
	b.must(b.as("陈静").Import(ctx, batch))
	if c, err := b.Vault.Consent(ctx, "c_1"); err != nil || c.StateAt(b.at) != authz.Unknown {
		t.Errorf("imported by sales: %v, %v", c.StateAt(b.at), err)
	}
	b.must(b.as("韩宁").Confirm(ctx, "c_1"))
	if c, _ := b.Vault.Consent(ctx, "c_1"); c.StateAt(b.at) != authz.Given {
		t.Error("confirmed:", c.StateAt(b.at))
	}
	if batch.Consents[0].Events[0].State != authz.Given {
		t.Error("the caller's batch was changed")
	}
	// What counsel recorded is no new grant where sales read it in again.
	again := given
	again.ID = "c_2"
	_, err := b.as("韩宁").Grant(ctx, Grant{Consent: again})
	b.must(err)
	b.must(b.as("陈静").Import(ctx, exchange.Batch{Consents: []authz.Consent{again}}))
	if c, err := b.Vault.Consent(ctx, "c_2"); err != nil || c.StateAt(b.at) != authz.Given || len(c.Events) != 1 {
		t.Errorf("read in again: %v, %v", c.Events, err)
	}
	// A file that knows less takes nothing away, and one that makes a child an
	// adult is counsel's.
	full := authz.Subject{ID: "s_kid", Kind: authz.Person, Age: "under-14", Company: "云岚小学", Names: []authz.Name{{Text: "小满"}}}
	b.must(b.as("陈静").AddSubject(ctx, full))
	bare := exchange.Batch{Subjects: []authz.Subject{{ID: "s_kid", Kind: authz.Person, Post: "学生", Names: []authz.Name{{Text: "小满"}}}}}
	b.must(b.Import(ctx, bare))
	if s, err := b.Vault.Subject(ctx, "s_kid"); err != nil || s.Company != "云岚小学" || s.Age != "under-14" || s.Post != "学生" {
		t.Errorf("after a file that knows less: %+v, %v", s, err)
	}
	bare.Subjects[0].Age = "adult"
	if err := b.Import(ctx, bare); !errors.Is(err, ErrNotYours) {
		t.Errorf("a file of sales makes a child an adult: %v", err)
	}
	if err := b.as("过客").Import(ctx, batch); !errors.Is(err, ErrNotYours) {
		t.Errorf("by nobody: %v", err)
	}
}

// A clock that is set back opens no gate: a withdrawal recorded before stays one, and
// one recorded now comes after what it withdraws.
func TestClockSetBack(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	now := b.at
	s := authz.Subject{ID: "s_lin", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}}}
	b.must(b.AddSubject(ctx, s))
	old, fresh := scope(), scope()
	for id, k := range map[authz.ConsentID]*authz.Consent{"c_old": &old, "c_new": &fresh} {
		k.ID, k.Subject, k.Kind, k.GivenBy, k.CollectedBy = id, s.ID, "publish", "self", "us"
		k.Events = []authz.Event{{State: authz.Given, At: now.AddDate(-2, 0, 0)}}
	}
	fresh.Events[0].At = now
	for _, k := range []authz.Consent{old, fresh} {
		_, err := b.Grant(ctx, Grant{Consent: k})
		b.must(err)
	}
	b.at = now.AddDate(-1, 0, 0)
	if n, err := b.Withdraw(ctx, s.ID, No{Intake: "call"}); err != nil || n != 2 {
		t.Fatal(n, err)
	}
	for _, at := range []time.Time{b.at, now, now.AddDate(1, 0, 0)} {
		for _, id := range []authz.ConsentID{"c_old", "c_new"} {
			if c, err := b.Vault.Consent(ctx, id); err != nil || c.StateAt(at).Valid() {
				t.Errorf("%s is valid at %v: %v, %v", id, at, c.Events, err)
			}
		}
	}
}

// A table of any size comes in: what the ledger says of it is put on as many entries
// as it takes.
func TestImportOfMany(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	batch := exchange.Batch{Subjects: []authz.Subject{{ID: "s_lin", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}}}}}
	const many = 12_000
	for i := range many {
		k := scope()
		k.ID, k.Subject, k.Kind, k.GivenBy, k.CollectedBy = authz.ConsentID(fmt.Sprintf("c_%0100d", i)), "s_lin", "publish", "self", "us"
		k.Events = []authz.Event{{State: authz.Given, At: b.at.Add(-time.Hour)}}
		batch.Consents = append(batch.Consents, k)
	}
	b.must(b.Import(ctx, batch))
	log, err := b.Vault.Ledger(ctx)
	b.must(err)
	var out strings.Builder
	b.must(log.Export(ctx, &out))
	if n := strings.Count(out.String(), fmt.Sprintf("c_%0100d", many-1)); n != 1 || strings.Count(out.String(), "subject.import") != 3 {
		t.Errorf("the last consent stands in %d entries, of %d", n, strings.Count(out.String(), "subject.import"))
	}
}

// Whoever recorded a grant does not confirm it where there are others.
func TestOwnWord(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.must(b.SetUser(ctx, "陈静", []authz.Job{authz.Sales}))
	g := scope()
	g.ID, g.Kind, g.CollectedBy, g.GivenBy = "c_1", "publish", "us", "self"
	g.Events = []authz.Event{{State: authz.Given, At: b.at}}
	_, err := b.as("陈静").Grant(ctx, Grant{Consent: g})
	b.must(err)
	b.must(b.as("周敏").SetUser(ctx, "陈静", []authz.Job{authz.Sales, authz.Legal}))
	if err := b.as("陈静").Confirm(ctx, "c_1"); !errors.Is(err, ErrOwnWord) {
		t.Errorf("confirmed alone: %v", err)
	}
	b.must(b.as("周敏").Confirm(ctx, "c_1"))
	b.at = b.at.Add(time.Second)
	if err := b.Confirm(ctx, "c_1"); !errors.Is(err, ErrNothingToConfirm) {
		t.Errorf("again: %v", err)
	}
}

// Facts that stand against showing are not everybody's to change.
func TestWhatEases(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.staff()
	child := authz.Subject{ID: "s_kid", Kind: authz.Person, Age: "under-14", Role: "minor", Names: []authz.Name{{Text: "小满"}}}
	b.must(b.as("陈静").AddSubject(ctx, child))
	older := child
	older.Age = "adult"
	if err := b.ChangeSubject(ctx, older); !errors.Is(err, ErrNotYours) {
		t.Errorf("sales makes a child an adult: %v", err)
	}
	renamed := child
	renamed.Names = append(renamed.Names, authz.Name{Text: "满满", Use: "alias"})
	b.must(b.ChangeSubject(ctx, renamed))
	b.must(b.as("韩宁").ChangeSubject(ctx, older))
	firm := older
	firm.Kind = authz.Organisation
	if err := b.ChangeSubject(ctx, firm); err == nil {
		t.Error("a person became a company")
	}
}

// What is due is deleted, but no refusal beside a grant that it holds shut.
func TestPurge(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	put := func(id authz.ConsentID, state authz.State, keep time.Time) {
		c := authz.Consent{ID: id, Subject: "s_lin", Kind: "publish", Retention: keep, Events: []authz.Event{{State: state, At: b.at}}}
		b.must(b.Vault.PutConsent(ctx, c))
	}
	put("c_old", authz.Expired, b.at.AddDate(0, 1, 0))
	put("c_no", authz.Refused, b.at.AddDate(0, 1, 0))
	put("c_yes", authz.Given, time.Time{})
	if _, err := b.Purge(ctx, b.at.AddDate(0, 2, 0), false); err == nil {
		t.Fatal("deleted what is due later")
	}
	p, err := b.Purge(ctx, b.at.AddDate(0, 2, 0), true)
	if err != nil || p.Consents != 2 {
		t.Fatalf("due: %+v, %v", p, err)
	}
	b.at = b.at.AddDate(0, 2, 0)
	p, err = b.Purge(ctx, b.at, false)
	if err != nil || p.Consents != 1 {
		t.Fatalf("deleted: %+v, %v", p, err)
	}
	if _, err := b.Vault.Consent(ctx, "c_old"); !errors.Is(err, authz.ErrUnknown) {
		t.Error("still there:", err)
	}
	if _, err := b.Vault.Consent(ctx, "c_no"); err != nil {
		t.Error("the refusal is gone:", err)
	}
	_, err = b.Withdraw(ctx, "s_lin", No{})
	b.must(err)
	if p, err = b.Purge(ctx, b.at, false); err != nil || p.Consents != 1 {
		t.Fatalf("once it holds nothing shut: %+v, %v", p, err)
	}
	b.staff()
	if _, err := b.as("韩宁").Purge(ctx, b.at, false); !errors.Is(err, ErrNotYours) {
		t.Error("by counsel:", err)
	}
}

// Two records of one are made one and two again.
func TestMergeAndBack(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.must(b.AddSubject(ctx, authz.Subject{ID: "s_lzy", Kind: authz.Person, Age: "adult", Role: "contact", Names: []authz.Name{{Text: "Lin Zhiyao"}}, Contacts: []authz.Contact{{Kind: "phone", Value: "13800138000"}}}))
	b.must(b.Vault.PutConsent(ctx, authz.Consent{ID: "c_1", Subject: "s_lzy", Kind: "publish", Events: []authz.Event{{State: authz.Given, At: b.at}}}))
	_, err := b.KeepEvidence(ctx, File{"scan.pdf", strings.NewReader("signed")}, authz.Evidence{Of: authz.OfGrant, Subject: "s_lzy", Consent: "c_1"})
	b.must(err)
	m, err := b.Merge(ctx, "s_lin", "s_lzy")
	b.must(err)
	if _, err := b.Vault.Subject(ctx, "s_lzy"); !errors.Is(err, authz.ErrUnknown) {
		t.Error("the other record is still there")
	}
	got, err := b.Vault.Match(ctx, authz.Sighting{Text: "Lin Zhiyao"})
	if err != nil || len(got) != 1 || got[0].Subject != "s_lin" {
		t.Errorf("by the other name: %v, %v", got, err)
	}
	rs, err := b.Vault.RecordsOf(ctx, "s_lin")
	if err != nil || len(rs.Consents) != 1 || len(rs.Evidence) != 1 {
		t.Errorf("records after merging: %+v, %v", rs, err)
	}
	if ids, err := b.Vault.ByContact(ctx, "138 0013 8000"); err != nil || len(ids) != 1 || ids[0] != "s_lin" {
		t.Errorf("by telephone: %v, %v", ids, err)
	}
	_, err = b.Unmerge(ctx, m.ID)
	b.must(err)
	if rs, err := b.Vault.RecordsOf(ctx, "s_lzy"); err != nil || len(rs.Consents) != 1 || len(rs.Evidence) != 1 {
		t.Errorf("records after undoing: %+v, %v", rs, err)
	}
	if s, err := b.Vault.Subject(ctx, "s_lin"); err != nil || len(s.Names) != 1 {
		t.Errorf("names after undoing: %v, %v", s.Names, err)
	}
	if _, err := b.Unmerge(ctx, m.ID); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("undone twice: %v", err)
	}
	if _, err := b.Merge(ctx, "s_lin", "s_lin"); err == nil {
		t.Error("merged with itself")
	}
	if _, err := b.Vault.Check(ctx); err != nil {
		t.Error(err)
	}
}

// An action that the table does not list is not done.
func TestUnlistedAction(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	done := false
	err := b.Record(ctx, Entry{Action: "subject.sell"}, func(*store.Tx) error { done = true; return nil })
	if !errors.Is(err, ErrAction) || done {
		t.Errorf("%v, done: %v", err, done)
	}
}

// A ground is approved by somebody else, with a reason, and ends when it is revoked.
func TestGroundsAreApproved(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	g := authz.Ground{Subject: "s_lin", Purposes: []authz.Purpose{"case-study"}, Claim: authz.Claim{Basis: 6, SourceURL: "https://example.test", CapturedAt: b.at, ScopeNote: "cited"}}
	got, err := b.RecordGround(ctx, g, &File{"page.html", strings.NewReader("<p>")})
	b.must(err)
	if got.Claim.SnapshotSHA256 == "" {
		t.Error("the snapshot has no digest")
	}
	b.wants("s_lin", authz.Ask, "public-marketing")
	if err := b.ApproveGround(ctx, got.ID, "a reason"); !errors.Is(err, ErrOwnGround) {
		t.Errorf("approved by whoever recorded it: %v", err)
	}
	b.must(b.SetUser(ctx, "韩宁", []authz.Job{authz.Legal}))
	if err := b.as("韩宁").ApproveGround(ctx, got.ID, " "); err == nil {
		t.Error("without a reason")
	}
	b.must(b.ApproveGround(ctx, got.ID, "cited from an annual report"))
	b.wants("s_lin", authz.Show, "public-source")
	b.must(b.RevokeGround(ctx, got.ID))
	b.wants("s_lin", authz.Hide, "no-consent")
	for _, bad := range []authz.Ground{{Subject: "s_lin", Purposes: g.Purposes, Claim: authz.Claim{Basis: 1}}, {Subject: "s_lin", Purposes: g.Purposes, Claim: authz.Claim{Basis: 8}}, {Subject: "s_lin", Claim: g.Claim}} {
		if _, err := b.as("周敏").RecordGround(ctx, bad, nil); err == nil {
			t.Errorf("recorded: %+v", bad.Claim)
		}
	}
}

// What needs no hiding is said under a name, and logged without the text.
func TestPermit(t *testing.T) {
	b, ctx := newBench(t), t.Context()
	b.staff()
	if err := b.as("陈静").Permit(ctx, "云岚", "our own name"); !errors.Is(err, ErrNotYours) {
		t.Errorf("by sales: %v", err)
	}
	b.must(b.as("何阳").Permit(ctx, "云岚", "our own name"))
	as, err := b.Vault.Allowed(ctx)
	if err != nil || len(as) != 1 || as[0].By != "何阳" {
		t.Errorf("%v, %v", as, err)
	}
	b.must(b.Unpermit(ctx, "云岚"))
	log, err := b.Vault.Ledger(ctx)
	b.must(err)
	var w bytes.Buffer
	b.must(log.Export(ctx, &w))
	if s := w.String(); !strings.Contains(s, "allow.add") || !strings.Contains(s, "allow.remove") || strings.Contains(s, "云岚") {
		t.Error("the ledger does not tell of it, or tells the text")
	}
}
