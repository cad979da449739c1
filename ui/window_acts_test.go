package ui

import (
	"context"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// sheetComes waits for a sheet.
func (x *bench) sheetComes() {
	x.t.Helper()
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
}

// closed waits until no sheet is open.
func (x *bench) closed() {
	x.t.Helper()
	x.until("the sheet is closed", func() bool { return len(x.sheets) == 0 })
}

// at200 draws an open sheet's like with text at 200 %.
func (x *bench) at200(name string, open func()) {
	x.t.Helper()
	for len(x.sheets) > 0 {
		x.closeSheet()
	}
	x.SetTextSize(200)
	open()
	x.sheetComes()
	x.shot(name + "-200")
	x.closeSheet()
	x.SetTextSize(100)
}

// Names are added, one that was borne before stays; a person works for a registered
// company; what eases showing is not everybody's to change.
func TestChangeInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r, ctx := x.room.registry, context.Background()
	s := x.pick("知夏", "欧阳知夏").Subject
	firm := slices.IndexFunc(x.people.Subjects, func(s authz.Subject) bool { return s.Kind == authz.Organisation })
	x.typed("e")
	x.sheetComes()
	f := x.file.change
	f.Fill("now", "")
	if f.Ready() {
		t.Error("somebody without a name is kept")
	}
	f.Fill("now", "欧阳之夏")
	f.Fill("alias", "Xia Ouyang，小欧阳")
	f.Fill("post", "运营总监")
	f.Employ(x.people.Subjects[firm].ID)
	x.shot("change-zh")
	x.escape()
	x.closed()
	x.ChangeSubject(s)
	x.sheetComes()
	if x.file.change != f {
		t.Error("Esc lost the draft")
	}
	f.Submit()
	x.closed()
	x.until("they bear the new name", func() bool { return r.Shown().Subject.Title() == "欧阳之夏" })
	got := r.Shown().Subject
	has := func(text, use string) bool { return slices.Contains(got.Names, authz.Name{Text: text, Use: use}) }
	if !has("欧阳知夏", "former") || !has("Xia Ouyang", "alias") || !has("小欧阳", "alias") || got.Employer != x.people.Subjects[firm].ID || got.Post != "运营总监" {
		t.Errorf("%+v", got)
	}
	x.until("the old name still finds them", func() bool { return len(x.people.Find("欧阳知夏")) == 1 })

	// A guardian, with the file that shows it; then sales may not take the age back.
	x.ChangeSubject(got)
	x.sheetComes()
	x.file.change.Fill("guardian", "欧阳明")
	x.file.change.Fill("relationship", "父亲")
	x.file.change.Submit()
	x.until("the guardian is kept", func() bool { return r.Shown().Subject.Guardian != nil && len(x.sheets) == 0 })
	x.staff()
	x.ChangeSubject(r.Shown().Subject)
	x.sheetComes()
	x.file.change.Fill("guardian", "别人")
	x.file.change.Submit()
	x.until("it is refused", func() bool { return x.file.change.Ready() })
	if g, err := x.session.Records().Registry.Subject(ctx, s.ID); err != nil || g.Guardian.Name != "欧阳明" {
		t.Errorf("sales changed the guardian: %+v, %v", g.Guardian, err)
	}
	x.closeSheet()
	x.session.(vault).app.As("韩宁")

	// A company, with a general form that names it.
	c := x.pick("砚溪冷链", "砚溪冷链物流有限公司").Subject
	x.ChangeSubject(c)
	x.sheetComes()
	f = x.file.change
	f.Fill("brand", "砚溪鲜达")
	f.Fill("domains", "yanxi.example, yanxi-logistics.example")
	f.Fill("general", "砚溪这家冷链企业")
	f.Fill("clause", "第九条")
	x.shot("change-company-zh")
	x.reg.said = nil
	f.Submit()
	x.until("its form is said to be of no use", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.until("it is kept", func() bool {
		s := r.Shown().Subject
		return s.Firm != nil && len(s.Firm.Domains) == 2 && s.Firm.Clause == "第九条" && slices.Contains(s.Names, authz.Name{Text: "砚溪鲜达", Use: "brand"})
	})
	x.at200("change", func() { x.ChangeSubject(c) })
}

// Another ground shows nobody until somebody else approved it, and ends when it is revoked.
func TestGroundsInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r, dir, ctx := x.room.registry, t.TempDir(), context.Background()
	s := x.pick("zyn", "赵一诺").Subject
	verdict := func() authz.Verdict {
		t.Helper()
		e, err := x.session.Registry().Explain(ctx, s.ID, state.Question{Use: authz.Use{Purpose: "case-study", Channel: "website", Territory: "CN", Shows: []authz.Shows{"name"}}}, "zh")
		if err != nil {
			t.Fatal(err)
		}
		return e.Verdict
	}
	x.ShowGrounds(s)
	x.sheetComes()
	x.shot("grounds-none")
	none := x.file.grounds
	x.RecordGround(s)
	x.sheetComes()
	f := x.file.ground
	f.Fill(state.GroundPublic, "case-study", map[string]string{"source": "https://example.test/annual", "captured": "2026-11-01"}, "")
	if f.Ready() {
		t.Error("a public source without its page is recorded")
	}
	f.Fill(state.GroundPublic, "case-study", map[string]string{"scope": "年报已公开，只引用姓名"}, paper(t, dir, "page.html"))
	x.shot("ground-new")
	f.Submit()
	x.until("it is listed", func() bool {
		return len(r.Shown().Grounds) == 1 && len(x.sheets) == 1 && x.file.grounds != none
	})
	g := r.Shown().Grounds[0]
	if verdict() == authz.Show {
		t.Error("what nobody approved shows somebody")
	}
	x.shot("grounds-waits")
	x.ApproveGround(s, g)
	x.sheetComes()
	x.file.approve.Fill("一个理由")
	if x.file.approve.Ready() {
		t.Error("whoever recorded it approves it")
	}
	x.closeSheet()
	x.staff()
	x.session.(vault).app.As("韩宁")
	x.ShowGrounds(s)
	x.sheetComes()
	x.ApproveGround(s, g)
	x.sheetComes()
	if x.file.approve.Ready() {
		t.Error("approved without a reason")
	}
	x.file.approve.Fill("引自公开年报")
	x.shot("ground-approve")
	waits := x.file.grounds
	x.file.approve.Submit()
	x.until("it is approved", func() bool {
		return x.file.grounds != waits && len(r.Shown().Grounds) == 1 && r.Shown().Grounds[0].Approval != nil && len(x.sheets) == 1
	})
	if v := verdict(); v != authz.Show {
		t.Errorf("approved, and the rules say %v", v)
	}
	x.RevokeGround(s, g)
	x.sheetComes()
	x.shot("ground-revoke")
	approved := x.file.grounds
	x.file.revoke.Submit()
	x.until("it is revoked", func() bool {
		return x.file.grounds != approved && !r.Shown().Grounds[0].Revoked.IsZero() && len(x.sheets) == 1
	})
	if verdict() == authz.Show {
		t.Error("what was revoked shows somebody")
	}
	x.at200("grounds", func() { x.ShowGrounds(s) })
}

// A version of the notice is filed, read, and chosen where a consent is recorded.
func TestNoticesInTheWindow(t *testing.T) {
	x := inRegistry(t, "en", theme.Light)
	file := filepath.Join(t.TempDir(), "notice.md")
	if err := os.WriteFile(file, []byte("# What we publish\n\nWe are Yunlan.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.do(state.ShowNotices, false)
	x.sheetComes()
	first := x.house.notices
	x.AddNotice()
	x.sheetComes()
	x.house.notice.Fill(file, "")
	if x.house.notice.Ready() {
		t.Error("a notice without a version is filed")
	}
	x.house.notice.Fill(file, "2026-11")
	x.shot("notice-add-en")
	x.house.notice.Submit()
	var n authz.Notice
	x.until("it is filed", func() bool {
		ns, err := x.session.Registry().Notices(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(ns, func(n authz.Notice) bool { return n.Version == "2026-11" })
		if i >= 0 {
			n = ns[i]
		}
		return i >= 0 && x.house.notices != first && len(x.sheets) == 1
	})
	x.shot("notices-en")
	if n.Title != "What we publish" {
		t.Errorf("%q", n.Title)
	}
	x.read(n.Title, n.Text)
	if !strings.Contains(x.house.text.Text.Text(), "We are Yunlan.") {
		t.Error("its text is not shown")
	}
	x.shot("notice-read-en")
	x.closeSheet()
	x.at200("notices", func() { x.do(state.ShowNotices, false) })
}

// Somebody is put on the list, whoever does it with them; the last keeper stays.
func TestUsersInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, me := context.Background(), x.session.(vault).app.User()
	users := func() []authz.User {
		us, err := x.session.Registry().Users(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return us
	}
	x.show(roomSettings)
	x.room.settings.Show(state.SecVault)
	x.ShowUsers()
	x.sheetComes()
	x.shot("users-alone")
	x.setUser(authz.User{})
	x.sheetComes()
	x.house.user.Fill("周敏")
	if x.house.user.Ready() {
		t.Error("somebody without a job is on the list")
	}
	x.house.user.Fill("周敏", authz.Sales)
	x.shot("user-add")
	x.house.user.Submit()
	alone := x.house.users
	x.until("both are on the list", func() bool { return len(users()) == 2 && x.house.users != alone && len(x.sheets) == 1 })
	x.shot("users")
	mine := users()[slices.IndexFunc(users(), func(u authz.User) bool { return u.Name == me })]
	x.setUser(mine)
	x.sheetComes()
	x.house.user.Fill("", authz.Legal)
	x.house.user.Submit()
	x.until("it is refused", func() bool { return x.house.user.Ready() })
	if !users()[slices.IndexFunc(users(), func(u authz.User) bool { return u.Name == me })].May(authz.ActKeep) {
		t.Error("nobody keeps the vault")
	}
	x.closeSheet()
	x.removeUser(authz.User{Name: "周敏", Jobs: []authz.Job{authz.Sales}})
	x.sheetComes()
	x.house.remove.Submit()
	both := x.house.users
	x.until("they are off the list", func() bool { return len(users()) == 1 && x.house.users != both && len(x.sheets) == 1 })
	x.at200("users", x.ShowUsers)
}

// A person who agreed to it is enrolled from a photo, and forgotten; a company's logo is
// kept, and removed.
func TestFaceAndLogoInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, dir, reg := context.Background(), t.TempDir(), x.session.Registry()
	s := x.pick("知夏", "欧阳知夏").Subject
	photo := filepath.Join(x.opts.Backend.(*backend).dir, "sample", "photos", "sample3.jpg")
	x.ShowFace(s)
	x.sheetComes()
	x.file.enrol.Add(photo)
	if x.file.enrol.Ready() {
		t.Error("a face is enrolled without a consent to that")
	}
	x.shot("face-noconsent")
	x.closeSheet()
	g := state.Grant{Subject: s.ID, Kind: state.ToFaceMatch, Scope: state.Scope{Until: time.Now().AddDate(1, 0, 0)}, Notice: paper(t, dir, "n.md"), Evidence: paper(t, dir, "e.pdf"), Complete: true, Written: true, Separate: true, Voluntary: true}
	if _, err := reg.Grant(ctx, g); err != nil {
		t.Fatal(err)
	}
	x.ShowFace(s)
	x.sheetComes()
	x.file.enrol.Add(photo)
	x.file.enrol.Submit()
	x.until("a photo of several is refused", func() bool { return x.file.enrol.Ready() })
	x.shot("face-several")
	x.file.enrol.Which(0, "one")
	if x.file.enrol.Ready() {
		t.Error("a face is none that can be counted")
	}
	x.file.enrol.Which(0, "2")
	x.reg.said = nil
	x.file.enrol.Submit()
	x.until("they are enrolled", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.ShowFace(s)
	x.sheetComes()
	if f, err := reg.Face(ctx, s.ID); err != nil || !f.Enrolled || f.Photos != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	x.shot("face-enrolled")
	enrolled := x.file.enrol
	enrolled.Forget()
	x.until("the face is forgotten", func() bool { return x.file.enrol != enrolled && len(x.sheets) == 1 })
	if f, err := reg.Face(ctx, s.ID); err != nil || f.Enrolled {
		t.Errorf("%+v, %v", f, err)
	}
	x.at200("face", func() { x.ShowFace(s) })

	c := x.pick("砚溪冷链", "砚溪冷链物流有限公司").Subject
	logo := filepath.Join(dir, "logo.png")
	m := image.NewNRGBA(image.Rect(0, 0, 160, 80))
	for i := range m.Pix {
		m.Pix[i] = 255
	}
	for y := 10; y < 70; y++ {
		for x := 20 + y; x < 140-y/2; x++ {
			m.Set(x, y, color.NRGBA{200, uint8(3 * y), uint8(x), 255})
		}
	}
	f, err := os.Create(logo)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, m); err != nil {
		t.Fatal(err)
	}
	f.Close()
	x.ShowLogos(c)
	x.sheetComes()
	x.addLogo(c, paper(t, dir, "no.png"))
	x.until("what is no picture is refused", func() bool { return x.file.logos.Said() != "" })
	x.addLogo(c, logo)
	x.until("it is kept", func() bool { return len(x.file.logos.Logos) == 1 && len(x.sheets) == 1 })
	x.shot("logos")
	l := x.file.logos.Logos[0]
	x.logoChanged(c, func(ctx context.Context, r Registry) error { return r.RemoveLogo(ctx, l.ID) })
	x.until("it is removed", func() bool { return len(x.file.logos.Logos) == 0 && len(x.sheets) == 1 })
}

// A file is added to a record, a receipt, a copy and the registry are written.
func TestPapersInTheWindow(t *testing.T) {
	x := inRegistry(t, "en", theme.Light)
	r, dir := x.room.registry, t.TempDir()
	x.handler()
	s := x.pick("知夏", "欧阳知夏").Subject
	c := r.Shown().Consents[0]
	x.AddEvidence(s, c.ID)
	x.sheetComes()
	if x.file.evidence.Ready() {
		t.Error("no file is sealed")
	}
	x.file.evidence.Fill(paper(t, dir, "scan.txt"))
	x.shot("evidence-add")
	x.file.evidence.Submit()
	x.until("it is sealed", func() bool { return len(x.sheets) == 0 && len(r.Shown().Evidence) == 1 })
	out := t.TempDir()
	x.reg.said = nil
	x.saveEvidence(r.Shown().Evidence[0], out)
	x.until("it is written out", func() bool { return x.reg.said != nil })
	x.closeSheet()
	if got := read(t, filepath.Join(out, "scan.txt")); got != "scan.txt" {
		t.Errorf("%q", got)
	}
	x.WriteReceipt(s, c)
	x.sheetComes()
	x.shot("receipt")
	x.reg.said = nil
	x.file.receipt.Fill(out)
	x.file.receipt.Submit()
	x.until("the receipt is written", func() bool { return x.reg.said != nil || x.file.receipt.Ready() })
	if x.reg.said == nil {
		t.Fatal(x.file.receipt.Told())
	}
	x.closeSheet()
	if got := read(t, filepath.Join(out, "receipt-"+string(c.ID)+".pdf")); !strings.HasPrefix(got, "%PDF") {
		t.Error("the receipt is no PDF")
	}
	x.do(state.ExportAll, false)
	x.sheetComes()
	x.shot("export")
	x.reg.said = nil
	x.house.export.Fill(out)
	x.house.export.Submit()
	x.until("the registry is written", func() bool { return x.reg.said != nil })
	x.closeSheet()
	files, err := filepath.Glob(filepath.Join(out, "registry-*.csv"))
	if err != nil || len(files) != 1 || !strings.Contains(read(t, files[0]), "欧阳知夏") {
		t.Errorf("%v, %v", files, err)
	}
	x.at200("receipt", func() { x.WriteReceipt(s, c) })
	x.staff()
	x.do(state.ExportAll, false)
	x.sheetComes()
	x.house.export.Fill(out)
	if x.house.export.Ready() {
		t.Error("sales export the registry")
	}
}

// What is due is counted before it is deleted; the ledger is checked and written out; an
// altered one is found.
func TestPurgeAndLedgerInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, app, dir := context.Background(), x.session.(vault).app, t.TempDir()
	s := x.pick("知夏", "欧阳知夏").Subject
	if err := app.Vault.PutConsent(ctx, authz.Consent{ID: "c_due", Subject: s.ID, Kind: "publish", Retention: time.Now().AddDate(0, 1, 0)}); err != nil {
		t.Fatal(err)
	}
	x.do(state.PurgeDue, false)
	x.sheetComes()
	if x.house.purge.Ready() {
		t.Error("nothing is due, and can be deleted")
	}
	x.house.purge.On(time.Now().AddDate(0, 2, 0).Format(time.DateOnly))
	x.until("one will be due", func() bool { return x.house.purge.Shown().Consents == 1 })
	if x.house.purge.Ready() {
		t.Error("what is due later can be deleted")
	}
	x.shot("purge-later")
	x.closeSheet()
	if err := app.Vault.PutConsent(ctx, authz.Consent{ID: "c_due", Subject: s.ID, Kind: "publish", Retention: time.Now().AddDate(0, 0, -1)}); err != nil {
		t.Fatal(err)
	}
	x.do(state.PurgeDue, false)
	x.sheetComes()
	x.shot("purge")
	x.reg.said = nil
	x.house.purge.Submit()
	x.until("it is deleted", func() bool { return x.reg.said != nil })
	x.closeSheet()
	if _, err := app.Vault.Consent(ctx, "c_due"); err == nil {
		t.Error("it is still there")
	}

	x.do(state.ShowLedger, false)
	x.sheetComes()
	x.CheckLedger()
	x.until("the ledger is whole", func() bool { return strings.Contains(x.house.ledger.Said, "完整") })
	x.shot("ledger")
	x.reg.said = nil
	x.saveLedger(dir)
	x.until("it is written", func() bool { return x.reg.said != nil })
	x.closeSheet()
	files, err := filepath.Glob(filepath.Join(dir, "ledger-2*.jsonl"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	bad := filepath.Join(dir, "bad.jsonl")
	if err := os.WriteFile(bad, []byte(strings.Replace(read(t, files[0]), "record.purge", "record.forge", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	x.do(state.ShowLedger, false)
	x.sheetComes()
	one := func(pattern string) string {
		t.Helper()
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(names) != 1 {
			t.Fatal(names, err)
		}
		return names[0]
	}
	with := state.LedgerFiles{Key: one("ledger-key-*.txt"), Head: one("ledger-head-*.txt")}
	check := func(path string) string {
		t.Helper()
		x.CheckExport()
		if x.house.ledgerFile.Ready() {
			t.Error("nothing is checked")
		}
		with.Ledger = path
		x.house.ledgerFile.Fill(with)
		x.shot("ledger-file")
		x.house.ledgerFile.Submit()
		x.until("it is checked", func() bool { return x.house.ledger.Said != "" })
		return x.house.ledger.Said
	}
	if s := check(files[0]); !strings.Contains(s, "完整") {
		t.Error(s)
	}
	if s := check(bad); strings.Contains(s, "完整") {
		t.Error("an altered ledger passes")
	}
	x.shot("ledger-bad")
	with.Key = put(t, filepath.Join(dir, "other key.txt"), "consentry-ledger+00000000+AYZJtqHWVDhbNyrpzpw2cMCHPZxJd5I3RVoCk3nnYkkf")
	if s := check(files[0]); strings.Contains(s, "完整") {
		t.Error("a ledger passes with another's key")
	}
	x.at200("ledger", func() { x.do(state.ShowLedger, false) })
}

// A text needs no hiding once somebody said why; a dictionary of the owner's is taken only
// where it is whole.
func TestAllowedInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, reg, dir := context.Background(), x.session.Registry(), t.TempDir()
	x.do(state.ShowAllowed, false)
	x.sheetComes()
	x.house.allow.SetProposals([]screens.Proposal{{Text: "砚溪湖", Kind: "地点", Cases: 4}})
	x.shot("allow-proposed")
	proposed := x.house.allow
	x.Permit("砚溪湖")
	x.sheetComes()
	x.house.permit.Fill("砚溪湖", " ")
	if x.house.permit.Ready() {
		t.Error("a text is allowed without a reason")
	}
	x.house.permit.Fill("砚溪湖", "地名")
	x.shot("allow-add")
	x.house.permit.Submit()
	has := func() bool {
		as, err := reg.Allowed(ctx)
		return err == nil && slices.ContainsFunc(as, func(a authz.Allowance) bool { return a.Text == "砚溪湖" && a.Reason == "地名" })
	}
	x.until("it is allowed", func() bool { return has() && x.house.allow != proposed && len(x.sheets) == 1 })
	x.shot("allow")
	was := x.house.allow
	x.Unpermit(authz.Allowance{Text: "砚溪湖"})
	x.until("it is hidden again", func() bool { return !has() && x.house.allow != was && len(x.sheets) == 1 })
	x.closeSheet()

	x.reg.said = nil
	x.do(state.ShowOwn, false)
	x.sheetComes()
	if x.reg.said != nil {
		t.Fatal(x.reg.said.Words)
	}
	x.useOwn(state.OwnKinds, paper(t, dir, "bad.yaml"))
	x.until("what is wrong is refused", func() bool { return x.house.owns.Said() != "" })
	x.shot("own-bad")
	x.closeSheet()
	if b, err := reg.Own(ctx, state.OwnKinds); err != nil || len(b) > 0 {
		t.Errorf("a faulty file is kept: %d bytes, %v", len(b), err)
	}
	x.TryOwn(state.OwnKinds)
	try := x.house.try
	try.Take(put(t, filepath.Join(dir, "bad kinds.yaml"), "kinds:\n- id: part-no\n  pattern: 'YL-\\d{5}'\n  must_find: [YL-17]\n  must_not_find: [YL-18]\n"))
	x.until("what is wrong is said", func() bool { return try.Said() == x.words.T("wrong.own") })
	good := put(t, filepath.Join(dir, "kinds.yaml"), "kinds:\n- id: part-no\n  name: {zh: 零件号, en: part number}\n  label: {zh: '[零件号]', en: '[part]'}\n  pattern: 'YL-\\d{5}'\n  must_find: [YL-00017]\n  must_not_find: [YL-17]\n")
	try.Take(good)
	try.Type("零件 YL-00017 已换，YL-17 没有。")
	x.until("what it finds is marked", func() bool {
		for _, s := range try.Marked.Stretches() {
			if s.Item == 0 {
				return s.Text == "YL-00017" && s.Start == 3
			}
		}
		return false
	})
	x.shot("own-try")
	x.closeSheet()
	if b, err := reg.Own(ctx, state.OwnKinds); err != nil || len(b) > 0 {
		t.Errorf("a file that was tried is kept: %d bytes, %v", len(b), err)
	}
	x.TryOwn(state.OwnDictionary)
	x.house.try.Type("这里是国内首家这样做的工厂。")
	x.until("what ships is tried", func() bool {
		return slices.ContainsFunc(x.house.try.Marked.Stretches(), func(s widgets.Stretch) bool { return s.Item == 0 })
	})
	x.at200("own-try", func() { x.TryOwn(state.OwnDictionary); x.house.try.Type("这里是国内首家这样做的工厂。") })
	x.at200("allow", func() { x.do(state.ShowAllowed, false) })

	// Unknown faces are grouped under an assessment only.
	x.do(state.ShowGrouping, false)
	x.sheetComes()
	x.house.grouping.Fill(" ", "周敏")
	if x.house.grouping.Ready() {
		t.Error("faces are grouped without an assessment")
	}
	x.house.grouping.Fill("评估 2026-14：活动照片多，逐张回答不可行", "周敏")
	x.shot("grouping")
	x.reg.said = nil
	x.house.grouping.Submit()
	x.until("they are grouped", func() bool { return x.reg.said != nil })
	x.closeSheet()
	if note, by, err := reg.Grouping(ctx); err != nil || by != "周敏" || !strings.Contains(note, "2026-14") {
		t.Errorf("%q by %q, %v", note, by, err)
	}
	x.do(state.ShowGrouping, false)
	x.sheetComes()
	x.reg.said = nil
	x.house.grouping.Stop()
	x.until("they are not any more", func() bool { return x.reg.said != nil })
	if note, _, err := reg.Grouping(ctx); err != nil || note != "" {
		t.Errorf("%q, %v", note, err)
	}
}

// A grant that waits is found in the list, looked at and confirmed.
func TestWaitingInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	ctx, dir, reg := context.Background(), t.TempDir(), x.session.Registry()
	s := x.pick("zyn", "赵一诺").Subject
	x.staff()
	scope := state.Scope{Purposes: []authz.Purpose{"website"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name"}, Until: time.Now().AddDate(1, 0, 0)}
	if waits, err := reg.Grant(ctx, state.Grant{Subject: s.ID, Scope: scope, Notice: paper(t, dir, "n.md"), Evidence: paper(t, dir, "e.pdf"), Complete: true, Written: true, Voluntary: true}); err != nil || !waits {
		t.Fatal(waits, err)
	}
	x.session.(vault).app.As("韩宁")
	x.do(state.ShowWaiting, false)
	x.sheetComes()
	x.shot("waiting")
	dues, err := reg.Dues(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(dues, func(d state.Due) bool { return d.What == "confirm" })
	x.closeSheet()
	x.confirmDue(dues[i])
	x.sheetComes()
	x.reg.confirm.Submit()
	x.closed()
	x.until("it counts", func() bool {
		c, err := x.session.Records().Registry.Consent(ctx, dues[i].Consent)
		return err == nil && c.StateAt(time.Now()).Valid()
	})
}

// A backup is checked, and makes the vault anew on another computer; the recovery key sets
// another passphrase.
func TestRestoreInTheWindow(t *testing.T) {
	b := &backend{real: true}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("first passphrase", "first passphrase")
	x.room.start.Submit()
	x.until("the recovery sheet is open", func() bool { return x.recovery != nil && len(x.sheets) == 1 })
	key := x.recovery.Key
	x.closeSheet()
	backup := filepath.Join(t.TempDir(), "copy.backup")
	if err := x.session.Keeper().BackUp(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	x.do(state.CheckBackup, false)
	x.sheetComes()
	x.house.restore.Fill(backup, "wrong passphrase")
	x.house.restore.Submit()
	x.until("the wrong passphrase is refused", func() bool { return x.house.restore.Ready() })
	x.house.restore.Fill(backup, "first passphrase")
	x.shot("restore-check")
	x.reg.said = nil
	x.house.restore.Submit()
	x.until("it is whole", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.lock()
	x.until("it is locked", func() bool { return x.session == nil })
	x.shot("start-unlock")
	x.RecoverVault()
	x.sheetComes()
	x.house.recover.Fill(key, "short")
	if x.house.recover.Ready() {
		t.Error("a short passphrase is taken")
	}
	x.house.recover.Fill(key, "second passphrase")
	x.shot("recover")
	x.reg.said = nil
	x.house.recover.Submit()
	x.until("it is set", func() bool { return x.reg.said != nil })
	x.closeSheet()
	x.room.start.Type("second passphrase", "")
	x.room.start.Submit()
	x.until("the new one opens it", func() bool { return x.session != nil })

	other := newBench(t, &backend{real: true}, "en", theme.Light)
	other.shot("start-new")
	other.RestoreVault()
	other.sheetComes()
	other.house.restore.Fill(backup, "first passphrase")
	other.shot("restore")
	other.house.restore.Submit()
	other.until("it is restored", func() bool { return other.reg.said != nil })
	other.closeSheet()
	other.room.start.Type("first passphrase", "")
	other.room.start.Submit()
	other.until("it opens", func() bool { return other.session != nil })
}
