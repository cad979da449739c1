package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"consentry/assets/demo"
	"consentry/authz"
	"consentry/cmd/consentry-desktop/acts"
	"consentry/internal/casework"
	"consentry/internal/store"
	"consentry/internal/wiring"
	"consentry/redact"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// Whatever the text size, nothing in any room or sheet is cut, stands on something
// else, or is out of reach in a window of 1280 by 800. With CONSENTRY_LOOKS every look is
// worn, in a small and a large window, for the pictures that CONSENTRY_SHOTS asks for.
func TestLooks(t *testing.T) {
	small, large := fyne.NewSize(1280, 800), fyne.NewSize(1920, 1080)
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			all := []worn{{theme.Light, 200, small}}
			if pictures := os.Getenv("CONSENTRY_LOOKS") != ""; pictures || lang == "en" { // whose words are longer
				all = append(all, worn{theme.Light, 100, small})
				if pictures {
					all = append(all, worn{theme.Dark, 100, small}, worn{theme.Dark, 200, small}, worn{theme.HighContrast, 100, small},
						worn{theme.Light, 100, large}, worn{theme.Light, 200, large}, worn{theme.Dark, 100, large}, worn{theme.Dark, 200, large})
				}
			}
			x := &tour{bench: newBench(t, &backend{}, lang, theme.Light), all: all, dir: t.TempDir()}
			x.only = regexp.MustCompile(os.Getenv("CONSENTRY_LOOKS"))
			x.walk()
		})
	}
}

// A tour goes through the window, and looks at each stop in all that is worn.
type tour struct {
	*bench
	all  []worn
	only *regexp.Regexp
	dir  string

	stops []stop
}

// A stop is one thing to look at: open makes the window show it after it was drawn anew,
// then, if any, puts back what is not drawn anew.
type stop struct {
	name string
	open func()
	then []func()
}

// at is a stop of the next look around.
func (x *tour) at(name string, open func(), then ...func()) {
	x.stops = append(x.stops, stop{name, open, then})
}

// look comes to the stops since the last one, in all that is worn.
func (x *tour) look() {
	x.t.Helper()
	for _, w := range x.all {
		for _, s := range x.stops {
			picture := s.name + "-" + x.words.Lang() + "-" + w.String()
			if !x.only.MatchString(picture) {
				continue
			}
			x.wear(w)
			x.quiet()
			s.open()
			x.quiet()
			for _, f := range x.faults(w.room()) {
				x.t.Errorf("%s: %s", picture, f)
			}
			if os.Getenv("CONSENTRY_SHOTS") != "" {
				x.shot(picture)
			}
			for len(x.sheets) > 0 {
				x.closeSheet()
			}
			for _, f := range s.then {
				f()
			}
		}
	}
	x.stops = nil
}

// quiet waits until nothing is worked out any more.
func (x *tour) quiet() {
	x.t.Helper()
	x.until("all is quiet", func() bool {
		x.mu.Lock()
		n := len(x.in)
		x.mu.Unlock()
		return n == 0 && !x.jobs.Busy() && !x.acts.Busy() && !x.finds.Busy() && !x.folders.Busy() && !x.pictures.Busy() && !x.elder.Busy() && !x.small.Busy() && !x.checks.Busy() && !x.working()
	})
}

// sheetOpen waits for a sheet that somebody's rights decide about.
func (x *tour) sheetOpen() {
	x.t.Helper()
	x.until("the sheet is open", func() bool { return len(x.sheets) > 0 })
}

func (x *tour) put(name string, data []byte) string {
	x.t.Helper()
	path := filepath.Join(x.dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		x.t.Fatal(err)
	}
	return path
}

func (x *tour) read(path string) []byte {
	x.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		x.t.Fatal(err)
	}
	return data
}

func (x *tour) walk() {
	x.starts()
	x.at("home-empty", func() { x.show(roomHome) })
	x.at("case-none", func() { x.show(roomCase) })
	x.at("approvals-none", func() { x.show(roomApprovals) })
	x.at("published-none", func() { x.show(roomPublished) })
	x.cases()
	x.register()
	x.releases()
	x.at("home", func() { x.show(roomHome) })
	x.over()
	x.look()
	x.settingsRoom()
	x.lock()
	x.at("unlock", func() {})
	x.at("unlock-failed", func() {
		x.room.start.Type("wrong passphrase", "")
		x.room.start.Failed(x.notOpened(acts.Named(store.ErrPassphrase)), "")
	})
	x.at("unlock-recover", func() { x.RecoverVault() })
	x.look()
}

func (x *tour) starts() {
	x.at("start", func() {})
	x.at("start-short", func() { x.room.start.Type("short", "") })
	x.at("start-failed", func() {
		x.room.start.Type("correct horse staple", "correct horse staple")
		x.room.start.Failed(x.notOpened(acts.Named(store.ErrDamaged)), "damaged")
	})
	x.at("start-restore", func() { x.RestoreVault() })
	x.look()
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome && x.loading == "" })
	x.quiet()
	x.at("recovery", func() { x.showRecovery("K7QM-2XVD-9RWB-4HNT-C6PJ-8YFA-3SGE-5ULZ-K2", func() {}) })
}

// story is a text with a question, somebody who agreed, somebody unknown, a number, what is
// sensitive, and clues.
const story = "# 回访 A visit\n\n欧阳知夏 and Margaret Ashdown 介绍了现场，陈星宇当时也在。三年前确诊了糖尿病，现在照常上夜班。\n\n" +
	"陈星宇的电话是 13912345678。贺兰听雨说，夜班靠那只小蜜蜂撑着。小蜜蜂又来了。这里是国内首家这样做的工厂。\n\n" +
	"欧阳知夏写了记录。Wendel Aschberg visited the plant in the autumn and wrote: it runs by itself.\n"

func (x *tour) cases() {
	photo := x.read(filepath.Join(x.opts.Backend.(*backend).dir, "sample", "photos", "sample3.jpg"))
	page, err := demo.Files.ReadFile("brochure.pdf")
	if err != nil {
		x.t.Fatal(err)
	}
	paths := []string{x.put("合影 group photo.jpg", photo), x.put("回访 A visit.md", []byte(story)), x.put("brochure.pdf", page),
		x.put("protected.pdf", x.read("../redact/pdf/testdata/protected.pdf"))}
	title := "Harrowmere, 砚溪冷链"
	form := func() {
		x.show(roomHome)
		x.take(paths)
		x.form.Fill(title, "2026-12-01", "周编辑")
	}
	x.at("new-case", form)
	x.at("new-case-missing", func() { form(); x.form.Fill("", "2026-12-01", "周编辑") })
	x.look()
	form()
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(x.dir, "package")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })

	which := func(ok func(it *casework.Item) bool) int {
		for i := range c.view.Plan.Items {
			if ok(&c.view.Plan.Items[i]) {
				return i
			}
		}
		x.t.Fatal("the case lacks what is looked for")
		return 0
	}
	says := func(s string) int { return which(func(it *casework.Item) bool { return it.Finding.Text == s }) }
	face := which(func(it *casework.Item) bool { return it.Holds() == redact.Face })
	onPage := which(func(it *casework.Item) bool {
		return c.view.Plan.Case.Assets[it.Asset].Name == "brochure.pdf" && it.Holds() != redact.Face
	})
	in := func(item int) { x.show(roomCase); c.bench.ChooseItem(item); x.quiet() }
	x.at("case-scanning", func() {
		x.show(roomCase)
		c.bench.SetBusy(x.words.T("job.scan"))
		c.bench.SetProgress(state.Progress{Step: casework.StepScan, Done: 6, Total: 18, Left: 4 * time.Minute})
	}, func() { c.bench.SetIdle() })
	x.at("case-question", func() {
		in(says("陈星宇"))
		c.bench.SetOut(filepath.Join("/home", "zhou", "Harrowmere")) // as it looks where it is somebody's
	})
	x.at("case-hidden", func() { in(says("13912345678")) })
	x.at("case-shown", func() { in(says("欧阳知夏")) })
	x.at("case-photo", func() { in(face) })
	x.at("case-compare", func() { in(face); x.typed("s") })
	x.at("case-draw", func() { in(face); x.typed("d") })
	x.at("case-page", func() { in(onPage) })
	x.at("case-files", func() { in(face); c.bench.ShowFiles(true) })
	x.at("case-list", func() { in(face); c.bench.ShowFiles(false) })
	x.at("case-filter", func() { in(face); c.bench.ShowFiles(false); c.bench.SetFilter(state.Sensitive) })
	x.at("case-person", func() { in(says("欧阳知夏")); x.typed("p") })
	x.at("case-failed", func() { in(face); c.failed(&redact.LeakError{Asset: c.view.Plan.Case.Assets[0].Digest}, nil) })
	x.at("case-unforeseen", func() { in(face); c.bench.SetFailed(x.words.T("wrong.other"), "never seen", func() {}) })
	x.at("case-protected", func() {
		in(face)
		c.bench.ShowFiles(true)
		c.bench.Files.OnSelected(slices.IndexFunc(c.view.Plan.Case.Assets, func(a casework.Asset) bool { return a.Name == "protected.pdf" }))
	})
	x.at("faces", func() { in(face); x.typed("g"); x.quiet() })
	x.at("faces-look", func() { in(face); x.typed("g"); x.typed("r"); x.quiet() })
	x.at("faces-who", func() {
		in(face)
		x.typed("g")
		x.quiet()
		x.typed("a")
		x.picker.Query.SetText("cxy")
		x.picker.Query.OnSubmitted("")
		x.quiet()
		x.who.TilesCame()
	})
	x.at("picker", func() { in(says("陈星宇")); x.typed("a"); x.picker.Query.SetText("c") })
	x.at("picker-nobody", func() { in(says("陈星宇")); x.typed("a"); x.picker.Query.SetText("程予安") })
	x.at("find", func() {
		in(says("欧阳知夏"))
		x.typed("f")
		x.until("the places are listed", func() bool { return x.find.List.Length() > 1 })
	})
	x.at("clues", func() { in(face); x.do(state.ShowClues, false); x.sheetOpen() })
	x.at("words", func() { in(says("贺兰听雨")); x.typed("w"); x.wordsFor.Fill("一位老员工") })
	x.at("note", func() { in(face); x.typed("m"); x.note.Fill("问过活动组，照片由他们提供。") })
	x.at("reason", func() { in(face); c.Reason(func(string) {}) })
	x.at("options", func() { in(face); x.do(state.CaseOptions, false) })
	x.at("password", func() { in(face); c.Unlock(3) })
	x.look()
	x.show(roomCase)
	c.bench.ChooseItem(says("陈星宇"))
	for c.bench.Questions() > 0 {
		n := c.bench.Questions()
		x.typed("n")
		x.until("the question is answered", func() bool { return c.bench.Questions() < n })
	}
	x.quiet()
	x.at("case-answered", func() { in(says("陈星宇")) })
	x.look()
	x.do(state.Primary, false)
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	x.closeSheet()
	x.at("sign", func() { in(face); c.Sign() })
	x.at("case-verified", func() { in(face); c.bench.SetDone(x.words.T("job.verified"), false) })
	x.look()
	c.export("周编辑", "")
	x.until("it is exported", func() bool { return c.bench.Stage() == state.Exported })
	x.quiet()
	x.at("case-exported", func() { in(face); c.bench.SetDone(x.words.T("job.exported", "out", c.out), true) })
	x.look()
}

// registered is somebody of the registry.
func (x *tour) registered(name string) authz.Subject {
	x.t.Helper()
	for _, s := range x.people.Subjects {
		if s.Title() == name {
			return s
		}
	}
	x.t.Fatalf("%s is not registered", name)
	return authz.Subject{}
}

// dossier shows somebody in the registry.
func (x *tour) dossier(s authz.Subject) {
	x.t.Helper()
	x.show(roomRegistry)
	x.quiet()
	x.room.registry.Select(s.ID)
	x.until("they are shown", func() bool { return x.room.registry.Shown().Subject.ID == s.ID })
}

func (x *tour) register() {
	ctx, reg := context.Background(), x.session.Registry()
	must := func(err error) {
		x.t.Helper()
		if err != nil {
			x.t.Fatal(err)
		}
	}
	x.show(roomRegistry)
	x.quiet()
	zhixia, firm := x.registered("欧阳知夏"), x.registered("砚溪冷链物流有限公司")
	twin := authz.Subject{Kind: authz.Person, Age: "adult", Company: "朔禾生物", Names: []authz.Name{{Text: "程予安", Use: "legal"}},
		Post: "生产主管", Contacts: []authz.Contact{{Kind: "phone", Value: "13900000000"}, {Kind: "email", Value: "chengyuan@shuohe.example"}}, Note: "只在上午接电话"}
	first, err := reg.Add(ctx, twin)
	must(err)
	_, err = reg.Add(ctx, twin)
	must(err)
	twin.ID = first
	x.changed("")
	x.quiet()

	x.at("registry", func() { x.show(roomRegistry) })
	x.at("registry-empty", func() {
		x.show(roomRegistry)
		x.quiet()
		x.room.registry.SetPeople(nil, 0)
		x.room.registry.SetDues(nil)
	})
	x.at("registry-nobody", func() { x.show(roomRegistry); x.room.registry.Query.SetText("苏晚晴") })
	x.at("registry-filter", func() { x.show(roomRegistry); x.quiet(); x.room.registry.Narrow(state.TakenBack) })
	x.at("dossier", func() { x.dossier(zhixia); x.room.registry.Why(0, 1) })
	x.at("dossier-company", func() { x.dossier(firm) })
	x.at("dossier-nothing", func() { x.dossier(twin) })
	x.at("registry-add", func() { x.show(roomRegistry); x.AddSubject(); x.sheetOpen() })
	x.at("registry-grant", func() { x.dossier(zhixia); x.RecordGrant(zhixia); x.sheetOpen() })
	x.at("registry-change", func() { x.dossier(zhixia); x.ChangeSubject(zhixia); x.sheetOpen() })
	x.at("registry-face", func() { x.dossier(zhixia); x.ShowFace(zhixia); x.sheetOpen() })
	x.at("registry-logos", func() { x.dossier(firm); x.ShowLogos(firm); x.sheetOpen() })
	x.at("registry-grounds", func() { x.dossier(zhixia); x.ShowGrounds(zhixia); x.sheetOpen() })
	x.at("ground-new", func() { x.dossier(zhixia); x.RecordGround(zhixia); x.sheetOpen() })
	ground := authz.Ground{ID: "g_7f3k2m", Subject: zhixia.ID, By: "周编辑", At: time.Now(), Purposes: []authz.Purpose{"case-study"}, Claim: authz.Claim{Basis: 2, ContractNo: "HT-2026-118", Clause: "7.2"}}
	x.at("ground-public", func() {
		x.dossier(zhixia)
		x.RecordGround(zhixia)
		x.sheetOpen()
		x.file.ground.Fill(state.GroundPublic, "case-study", nil, "")
	})
	x.at("ground-approve", func() { x.dossier(zhixia); x.ApproveGround(zhixia, ground); x.sheetOpen() })
	x.at("ground-revoke", func() { x.dossier(zhixia); x.RevokeGround(zhixia, ground) })
	x.at("registry-company", func() {
		x.dossier(zhixia)
		x.ChangeSubject(zhixia)
		x.sheetOpen()
		x.pickCompany(func(authz.Subject) {})
	})
	x.at("registry-evidence", func() {
		x.dossier(zhixia)
		x.AddEvidence(zhixia, x.room.registry.Shown().Consents[0].ID)
		x.sheetOpen()
	})
	x.at("registry-receipt", func() {
		x.dossier(zhixia)
		x.WriteReceipt(zhixia, x.room.registry.Shown().Consents[0])
		x.sheetOpen()
	})
	x.at("registry-withdraw-one", func() {
		x.dossier(zhixia)
		x.WithdrawOne(zhixia, x.room.registry.Shown().Consents[0])
		x.sheetOpen()
	})
	x.at("registry-withdraw", func() { x.dossier(zhixia); x.WithdrawAll(zhixia); x.sheetOpen() })
	x.at("registry-refuse", func() { x.dossier(zhixia); x.Refuse(zhixia); x.sheetOpen() })
	x.at("registry-handler", func() { x.dossier(zhixia); x.RequestConsent(zhixia); x.sheetOpen() })
	x.look()
	must(reg.SetHandler(ctx, authz.Handler{Name: "云岚科技有限公司", Address: "杭州市文一路1号", Contact: "privacy@yunlan.example", Storage: "本公司服务器", Withdrawal: "致电或写信"}))
	x.at("registry-request", func() { x.dossier(zhixia); x.RequestConsent(zhixia); x.sheetOpen() })
	asked := state.Scope{Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"wechat", "press"}, Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name", "portrait"}, Until: time.Now().AddDate(2, 0, 0)}
	_, err = reg.Request(ctx, state.Request{Subject: twin.ID, Scope: asked, Work: "回访", Source: "-", Keep: "-", Lang: x.words.Lang(), Folder: x.dir})
	must(err)
	x.look()
	requested := func() authz.Consent { return x.room.registry.Shown().Consents[0] }
	x.at("dossier-asked", func() { x.dossier(twin) })
	x.at("registry-reply", func() { x.dossier(twin); x.AnswerRequest(twin, requested(), false); x.sheetOpen() })
	x.at("registry-reply-given", func() {
		x.dossier(twin)
		x.AnswerRequest(twin, requested(), false)
		x.sheetOpen()
		x.reg.reply.Fill("given", "call", "", "case-study", "name", "press")
	})
	x.at("registry-confirm", func() {
		x.dossier(zhixia)
		x.ConfirmGrant(zhixia, x.room.registry.Shown().Consents[0])
		x.sheetOpen()
	})
	x.at("registry-explain", func() {
		x.dossier(zhixia)
		x.ExplainUse(zhixia)
		x.reg.explain.Fill("case-study", "website")
		x.until("the rules answer", func() bool { return x.reg.explain.Verdict() != "" })
	})
	x.at("registry-explain-quote", func() {
		x.dossier(zhixia)
		x.ExplainUse(zhixia)
		x.reg.explain.Fill("case-study", "website")
		x.reg.explain.Ask("quote", "夜班照常。", "2026-12-01")
		x.until("the rules answer", func() bool { return x.reg.explain.Verdict() != "" })
	})
	x.look()
	table := x.put("people.csv", []byte("kind,name,company\nperson,陆远山,朔禾生物\nperson,,\n"))
	x.at("registry-import", func() { x.show(roomRegistry); x.importFile(table); x.sheetOpen() })
	x.at("registry-columns", func() { x.show(roomRegistry); x.importFile(table); x.sheetOpen(); x.reg.imports.Columns() })
	noes := x.put("noes.csv", []byte("姓名,途径,收到日期\n"+zhixia.Title()+",call,\n陈星宇,call,\n查无此人,letter,\n"+zhixia.Title()+",letter,"+time.Now().AddDate(0, 0, 3).Format(time.DateOnly)+"\n"))
	x.at("registry-noes", func() { x.show(roomRegistry); x.withdrawMany(noes); x.sheetOpen() })
	exposed := x.put("exposed.txt", []byte("欧阳知夏的电话是 13912345678，在场的还有 Tobias Lindqvist。\n"))
	x.at("check", func() {
		x.show(roomHome)
		x.CheckFile()
		x.check(exposed)
		x.until("it is checked", func() bool { return len(x.checking.Checked.Files) == 1 })
	})
	x.at("ledger", func() { x.show(roomHome); x.ShowLedger(); x.CheckLedger() })
	x.at("users", func() { x.show(roomHome); x.ShowUsers(); x.sheetOpen() })
	x.at("choose-files", func() { x.show(roomHome); x.browsed = x.dir; x.ChooseFiles(); x.quiet() })
	x.at("choose-folder", func() { x.show(roomHome); x.browsed = x.dir; x.ChooseFolder(); x.quiet() })
	x.at("allowed", func() { x.show(roomHome); x.ShowAllowed(); x.sheetOpen() })
	x.at("installed", func() { x.show(roomHome); x.ShowInstalled(); x.sheetOpen() })
	x.at("user-new", func() { x.show(roomHome); x.setUser(authz.User{}); x.sheetOpen() })
	colleague := authz.User{Name: "周编辑", Jobs: []authz.Job{authz.Marketer, authz.Legal}}
	x.at("user-change", func() { x.show(roomHome); x.setUser(colleague); x.sheetOpen() })
	x.at("user-remove", func() { x.show(roomHome); x.removeUser(colleague) })
	x.at("notice-new", func() { x.show(roomHome); x.AddNotice(); x.sheetOpen() })
	x.at("notice-text", func() {
		x.show(roomHome)
		x.window.read("告知书 Notice", strings.Repeat("公开案例用到姓名、职务和照片。 Name, post and photo are used in a case study.\n\n", 12))
	})
	x.at("waiting", func() { x.show(roomHome); x.ShowWaiting(); x.sheetOpen() })
	x.at("export", func() { x.show(roomHome); x.ExportRegistry(); x.sheetOpen() })
	x.at("permit", func() { x.show(roomHome); x.Permit(""); x.sheetOpen() })
	x.at("allowed-recurring", func() {
		x.show(roomHome)
		x.ShowAllowed()
		x.sheetOpen()
		x.house.allow.SetProposals([]screens.Proposal{{Text: "苏州", Kind: x.kindName(redact.Location), Cases: 4}, {Text: "Harrowmere Freight", Kind: x.kindName(redact.Organisation), Cases: 3}})
	})
	x.at("failure-details", func() { x.show(roomHome); x.CopyDetails() })
	x.at("registry-duplicates", func() { x.show(roomRegistry); x.FindDuplicates(); x.sheetOpen() })
	x.at("registry-erase", func() { x.dossier(zhixia); x.Erase(zhixia, len(x.room.registry.Shown().Leaning)); x.sheetOpen() })
	x.at("registry-copy", func() { x.dossier(zhixia); x.SaveCopy(zhixia); x.sheetOpen() })
	x.at("registry-said", func() { x.show(roomRegistry); x.failed(acts.Named(wiring.ErrNoCode)) })
	x.at("registry-unforeseen", func() { x.show(roomRegistry); x.failed(acts.Named(errors.New("never seen"))) })
	back := x.put("back.txt", []byte("signed"))
	x.at("registry-returned", func() { x.show(roomRegistry); x.fileReturned("", back, nil); x.sheetOpen() })
	x.look()
	letter := strings.NewReader("请不要再使用我的照片。\n\nPlease do not use my photo any more.")
	_, err = x.session.(vault).app.Vault.PutEvidence(ctx, authz.Evidence{Name: "letter.txt", Of: authz.OfWithdrawal, Subject: zhixia.ID, At: time.Now()}, letter)
	must(err)
	x.at("evidence", func() {
		x.dossier(zhixia)
		for _, e := range x.room.registry.Entries() {
			for _, f := range e.Files {
				if f.Name == "letter.txt" {
					x.OpenEvidence(f)
				}
			}
		}
		x.sheetOpen()
	})
	x.look()
}

func (x *tour) releases() {
	kept := x.put("回访.md", []byte("# 回访\n\n欧阳知夏介绍了现场，贺兰听雨写了记录。\n\n陈星宇也在。\n"))
	x.show(roomHome)
	x.take([]string{kept})
	x.form.Fill("砚溪冷链回访", "2026-12-01", "周编辑")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(x.dir, "second")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	x.typed("n")
	x.until("all is answered", func() bool { return c.bench.Questions() == 0 })
	x.do(state.Primary, false)
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	x.closeSheet()
	id := c.kase.ID
	submitted := func() {
		c.submit()
		x.until("it is submitted", func() bool { return x.standing(id) == casework.StandsWaiting })
		x.quiet()
	}
	x.at("request-all", func() { x.show(roomCase); c.RequestAll(); x.sheetOpen() })
	x.look()
	submitted()
	x.at("home-waiting", func() { x.show(roomHome) })
	x.at("approvals", func() { x.show(roomApprovals) })
	open := func() {
		x.openApproval(id)
		x.until("the package is there", func() bool { return x.room.approvals.Ready() || x.room.approvals.Impact().Owed() })
		x.quiet()
	}
	x.at("approval", open)
	x.at("approval-judge", func() { open(); x.Assess() })
	x.look()
	open()
	x.Assess()
	x.judging.Fill("引语需要说话的人 the quote needs its speaker", "本人同意 they agree")
	x.judging.Submit()
	x.until("it is assessed", func() bool { return x.room.approvals.Impact().Judgement != nil && len(x.sheets) == 0 })
	x.at("approval-assessed", open)
	x.at("approval-sign", func() { open(); x.SignPackage() })
	x.look()
	open()
	x.room.approvals.Return("第二段写成代称 Write the second paragraph with stand-ins")
	x.until("it is sent back", func() bool { return x.draft == nil && x.standing(id) == casework.StandsSentBack })
	x.quiet()
	x.at("approval-back", func() { x.show(roomApprovals); x.quiet(); x.room.approvals.Open(id) })
	x.at("home-back", func() { x.show(roomHome) })
	x.look()
	x.OpenCase(id)
	c = x.room.open
	x.until("it is scanned again", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	submitted()
	open()
	x.do(state.Primary, false)
	x.signing.Submit()
	x.until("it is signed", func() bool { return len(x.material.Releases) == 2 && x.room.approvals.At() == "" })

	at := slices.IndexFunc(x.material.Releases, func(r *casework.Release) bool { return r.Case == id })
	release := x.material.Releases[at].ID
	shown := func() {
		x.showRelease(release)
		x.until("the release is shown", func() bool { return x.room.published.View().Row.Release != nil && x.room.published.At() == release })
		x.quiet()
	}
	shown()
	x.AddPlace("https://www.yunlan.example/stories/2026/a-visit-to-the-cold-chain.html")
	x.until("the place is kept", func() bool { return len(x.room.published.View().Row.Standing()) == 1 })
	x.at("published", shown)
	x.look()
	x.show(roomRegistry)
	x.quiet()
	x.WithdrawAll(x.registered("欧阳知夏"))
	x.reg.withdraw.Fill("call", "不想再出现")
	x.reg.said = nil
	x.reg.withdraw.Submit()
	x.until("the gate is closed", func() bool { return x.reg.said != nil })
	said := x.reg.said.Words
	x.closeSheet()
	x.quiet()
	x.at("dossier-withdrawn", func() { x.dossier(x.registered("欧阳知夏")) })
	x.at("registry-withdrawn", func() {
		x.dossier(x.registered("欧阳知夏"))
		x.saidNo(x.words.T("withdraw.done"), 2, strings.Split(said, "\n")[0])
	})
	x.at("published-recall", shown)
	x.at("published-partner", func() { shown(); x.AddPlaceOf("https://partner.example/story"); x.sheetOpen() })
	x.at("published-letters", func() { shown(); x.WriteTakedowns(); x.sheetOpen() })
	fresh := func() {
		shown()
		x.MakeNew()
		x.until("the new version is there", x.room.published.Fresh)
		x.quiet()
	}
	x.at("published-compare", fresh)
	x.look()
}

func (x *tour) settingsRoom() {
	v := x.session.(vault)
	x.session = vault{v.app, acts.Keeper{App: v.app, Dir: x.dir}}
	for _, s := range state.SettingSections {
		x.at("settings-"+s, func() {
			x.show(roomSettings)
			x.quiet()
			x.room.settings.Show(s)
		})
	}
	for _, sheet := range []struct {
		name, section string
		open          func()
	}{
		{"handler", state.SecRules, x.ShowHandler}, {"notices", state.SecRules, x.ShowNotices}, {"allowed", state.SecRules, x.ShowAllowed},
		{"own", state.SecRules, x.ShowOwn}, {"grouping", state.SecRules, x.ShowGrouping},
		{"users", state.SecVault, x.ShowUsers}, {"purge", state.SecVault, x.PurgeDue}, {"ledger", state.SecVault, x.ShowLedger}, {"backup", state.SecVault, x.CheckBackup},
	} {
		x.at("sheet-"+sheet.name, func() {
			x.show(roomSettings)
			x.room.settings.Show(sheet.section)
			sheet.open()
			x.sheetOpen()
		})
	}
	x.at("sheet-ledger-file", func() { x.show(roomSettings); x.ShowLedger(); x.CheckExport() })
	x.at("sheet-own-try", func() {
		x.show(roomSettings)
		x.TryOwn(state.OwnDictionary)
		x.house.try.Type("这里是国内首家这样做的工厂。")
	})
	x.at("start-keyring", func() {
		x.opts.Backend.(*backend).ring = true
		x.show(roomStart)
	}, func() { x.opts.Backend.(*backend).ring = false; x.show(roomSettings) })
	x.at("settings-pass", func() { x.show(roomSettings); x.room.settings.Show(state.SecVault); x.ChangePassphrase() })
	x.at("settings-recovery", func() { x.show(roomSettings); x.room.settings.Show(state.SecVault); x.MakeRecovery() })
	x.look()
	x.session = v
}

// over are the sheets that open over any room.
func (x *tour) over() {
	x.at("keys", func() { x.show(roomHome); x.do(state.KeySheet, false) })
	x.at("palette", func() { x.show(roomHome); x.do(state.Palette, false) })
	x.at("palette-found", func() { x.show(roomHome); x.do(state.Palette, false); x.palette.Query.SetText("砚溪") })
	x.at("withdraw-who", func() { x.show(roomHome); x.RecordWithdrawal() })
}
