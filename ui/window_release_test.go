package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// From a dropped file to a package that somebody else signs, and, after a
// withdrawal, to its new version: everything behind the window is real.
func TestApprovalAndRecall(t *testing.T) {
	b := &backend{}
	x := newBench(t, b, "zh", theme.Light)
	x.room.start.Type("correct horse staple", "correct horse staple")
	x.room.start.Submit()
	x.until("the vault is open", func() bool { return x.room.name == roomHome })
	x.until("the day is read", func() bool { return x.material.Me.Name != "" })
	x.shot("home-empty")

	dir := t.TempDir()
	story := filepath.Join(dir, "回访.md")
	if err := os.WriteFile(story, []byte("# 回访\n\n欧阳知夏介绍了现场，贺兰听雨写了记录。\n\n陈星宇也在。\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	x.dropped(fyne.Position{}, []fyne.URI{uri(story)})
	x.form.Fill("回访", "2026-12-01", "周编辑")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(dir, "package")
	x.until("the case is scanned", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	tasks := func(want ...state.TaskKind) {
		t.Helper()
		x.show(roomHome)
		var got []state.TaskKind
		x.until("the tasks are those of the day", func() bool {
			got = nil
			for _, k := range x.room.home.Day().Tasks {
				got = append(got, k.Kind)
			}
			return len(got) == len(want)
		})
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("tasks %v, want %v", got, want)
			}
		}
	}
	tasks(state.TaskAnswer)
	x.shot("home-answer")
	x.typed("1")
	if x.room.name != roomCase || x.room.open != c {
		t.Fatal("the first task does not lead to the case that is open")
	}
	x.typed("n")
	x.until("all is answered", func() bool { return c.bench.Questions() == 0 })
	tasks(state.TaskFinish)
	x.show(roomCase)
	x.do(state.Primary, false)
	x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
	x.closeSheet()
	c.submit()
	x.until("it is submitted", func() bool { return len(x.material.Cases) > 0 && x.standing(c.kase.ID) == casework.StandsWaiting })

	// Whoever signs looks at it first, and sends it back.
	tasks(state.TaskApprove)
	approve := func() {
		t.Helper()
		x.typed("1")
		a := x.room.approvals
		if a == nil || a.At() != c.kase.ID {
			t.Fatal("the task does not lead to the approvals room")
		}
		x.until("the package is there", a.Ready)
		x.until("a page is shown", func() bool { return strings.Contains(a.Viewer.Text.Text(), "现场") })
		if s := a.Viewer.Text.Text(); strings.Contains(s, "贺兰听雨") || !strings.Contains(s, "欧阳知夏") {
			t.Error("whoever signs does not see it as it will be published")
		}
	}
	approve()
	x.shot("approval")
	x.room.approvals.Return(" ")
	if x.draft == nil {
		t.Fatal("sent back without a remark")
	}
	x.room.approvals.Return("第二段写成代称")
	x.until("it is sent back", func() bool { return x.draft == nil && x.standing(c.kase.ID) == casework.StandsSentBack })
	tasks(state.TaskBack)
	x.shot("home-back")
	x.typed("1")
	c = x.room.open
	x.until("it is scanned again", func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() })
	c.submit()
	x.until("it is submitted again", func() bool { return x.standing(c.kase.ID) == casework.StandsWaiting })
	tasks(state.TaskApprove)
	approve()
	// What it does to people is for a person to say.
	if a := x.room.approvals; !a.Impact().Owed() || a.Impact().Judgement != nil {
		t.Errorf("somebody is shown, and the assessment stands %+v", a.Impact())
	}
	x.Assess()
	x.judging.Fill("引语需要说话的人", "")
	x.judging.Submit()
	if x.judging.Ready() {
		t.Error("half an assessment was taken")
	}
	x.judging.Fill("引语需要说话的人", "本人同意")
	x.judging.Rate("repost", 2, 0)
	if x.judging.Ready() {
		t.Error("a risk is rated by half")
	}
	x.judging.Rate("repost", 2, 1)
	x.shot("assess")
	x.judging.Submit()
	x.until("it is assessed", func() bool { return x.room.approvals.Impact().Judgement != nil && len(x.sheets) == 0 })
	if r := x.room.approvals.Impact().Judgement.Risks; len(r) != 1 || r["repost"] != (casework.Rating{Likelihood: "medium", Severity: "low"}) {
		t.Errorf("the risks are rated %v", r)
	}
	x.shot("approval-assessed")
	x.do(state.Primary, false)
	x.signing.To("砚山传媒")
	x.shot("sign-to")
	x.signing.Submit()
	x.until("it is signed", func() bool { return len(x.material.Releases) == 1 && x.room.approvals.At() == "" })
	out := filepath.Join(dir, "package")
	if got := read(t, filepath.Join(out, "files", "回访.md")); !strings.Contains(got, "欧阳知夏") {
		t.Error("the package lacks whoever agreed")
	}
	tasks()

	if n := x.logged("package.hand-over"); n != 1 {
		t.Errorf("the ledger tells %d times that it was handed over", n)
	}

	// It is published; then somebody takes the consent back.
	release := x.material.Releases[0].ID
	x.showRelease(release)
	p := x.room.published
	x.until("the release is shown", func() bool { return p.View().Row.Release != nil && p.View().Missing == 0 && len(p.View().Files) == 1 })
	x.AddPlaceOf("https://example.com/story")
	x.placing.Fill("https://example.com/story", "", "HT-7")
	if x.placing.Ready() {
		t.Error("a contract with nobody is kept")
	}
	x.placing.Fill("https://example.com/story", "砚山传媒", "HT-7")
	x.shot("place")
	x.placing.Submit()
	x.until("the place is kept", func() bool {
		ps := p.View().Row.Standing()
		return len(ps) == 1 && ps[0].Partner == "砚山传媒" && ps[0].Contract == "HT-7"
	})
	x.shot("published")
	var who authz.Subject
	for _, s := range x.people.Subjects {
		if s.Title() == "欧阳知夏" {
			who = s
		}
	}
	x.RecordWithdrawal()
	x.picker.Query.SetText("oyzx")
	x.picker.Query.OnSubmitted("")
	x.reg.withdraw.Fill("call", "")
	x.reg.withdraw.Submit()
	x.until("the gate is closed and the release leans on nothing", func() bool { return x.reg.said != nil && p.View().Row.Open })
	x.closeSheet()
	if n := p.View().Names[who.ID]; n != "欧阳知夏" {
		t.Errorf("the banner names %q", n)
	}
	x.handler()
	x.WriteTakedowns()
	x.sheetComes()
	letters := t.TempDir()
	x.taking.Fill("0", letters)
	if x.taking.Ready() {
		t.Error("a letter that gives no day is written")
	}
	x.taking.Fill("5", letters)
	x.shot("takedown")
	x.reg.said = nil
	x.taking.Submit()
	x.until("the letter is written", func() bool { return x.reg.said != nil })
	x.closeSheet()
	written, err := filepath.Glob(filepath.Join(letters, "takedown-*.md"))
	if err != nil || len(written) != 1 || !strings.Contains(read(t, written[0]), "砚山传媒") || strings.Contains(read(t, written[0]), "欧阳知夏") {
		t.Errorf("%v, %v", written, err)
	}
	x.MakeNew()
	x.until("the new version is there", p.Fresh)
	x.until("its page is shown", func() bool { return strings.Contains(p.New.Text.Text(), "现场") })
	if s := p.New.Text.Text(); strings.Contains(s, "欧阳知夏") {
		t.Error("whoever withdrew stands in the new version")
	}
	if s := p.Old.Text.Text(); !strings.Contains(s, "欧阳知夏") {
		t.Error("the old version is not shown beside it")
	}
	x.shot("published-recall")
	x.do(state.Primary, false)
	x.signing.Submit()
	x.until("it is signed", func() bool { return len(x.material.Releases) == 2 })
	x.until("there is nothing more to sign", func() bool { return !p.Fresh() })
	if got := read(t, filepath.Join(out, "files", "回访.md")); strings.Contains(got, "欧阳知夏") {
		t.Error("whoever withdrew stands in the package")
	}
	// The old one still stands somewhere until somebody says that it is down.
	tasks(state.TaskRecall)
	x.typed("1")
	x.until("the release is shown", func() bool { return x.room.published.At() == release && x.room.published.View().Row.Release != nil })
	x.TakenDown("https://example.com/story")
	x.until("it is down", func() bool { return len(x.day.Tasks) == 0 })
	x.shot("published-down")

	// Who may not prepare cases sees all of it, but makes no new version.
	x.staff()
	x.reg.said = nil
	x.showRelease(x.material.Releases[1].ID)
	p = x.room.published
	x.until("sales see the release", func() bool { return len(p.View().Files) == 1 || x.reg.said != nil })
	if x.reg.said != nil || p.View().Missing != 0 || p.View().Prepares {
		t.Errorf("%+v", p.View())
	}
	x.until("its page is shown to them", func() bool { return strings.Contains(p.Old.Text.Text(), "现场") })
	x.shot("published-sales")
}

// logged counts the ledger's entries of an action.
func (x *bench) logged(action string) int {
	x.t.Helper()
	var b strings.Builder
	if err := x.session.(vault).app.Ledger().Export(x.t.Context(), &b); err != nil {
		x.t.Fatal(err)
	}
	return strings.Count(b.String(), action)
}

func (x *bench) standing(id string) casework.Standing {
	for _, r := range x.day.Cases {
		if r.Case.ID == id {
			return r.Stands
		}
	}
	return ""
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The search over everything finds people by pinyin, cases and commands.
func TestPalette(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	x.show(roomHome)
	x.do(state.Palette, false)
	for query, want := range map[string]string{"oyzx": "欧阳知夏", "jlch": "记录撤回", "设置": "设置"} {
		x.palette.Query.SetText(query)
		hits := x.palette.Hits()
		found := false
		for _, h := range hits {
			found = found || h.Title == want
		}
		if !found {
			t.Errorf("%s finds %d, but not %s", query, len(hits), want)
		}
	}
	x.shot("palette")
	x.palette.Query.SetText("oyzx")
	x.palette.Query.OnSubmitted("")
	x.until("they are shown", func() bool {
		return x.room.registry != nil && x.room.registry.Shown().Subject.Title() == "欧阳知夏"
	})
}
