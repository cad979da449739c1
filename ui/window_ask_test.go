package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"consentry/authz"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// paper writes a file of evidence.
func paper(t *testing.T, dir, name string) string {
	t.Helper()
	f := filepath.Join(dir, name)
	if err := os.WriteFile(f, []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
	return f
}

// handler says who asks.
func (x *bench) handler() {
	x.t.Helper()
	h := authz.Handler{Name: "云岚科技有限公司", Address: "杭州市文一路1号", Contact: "privacy@yunlan.example", Storage: "本公司服务器", Withdrawal: "致电或写信"}
	if err := x.session.Registry().SetHandler(context.Background(), h); err != nil {
		x.t.Fatal(err)
	}
}

// The letter is on show as it will be written, changes with what is said, records
// nothing until it is written, and is kept as a draft by Esc.
func TestLetterIsOnShow(t *testing.T) {
	for _, lang := range []string{"zh", "en"} {
		t.Run(lang, func(t *testing.T) {
			x := inRegistry(t, lang, theme.Light)
			r, dir := x.room.registry, t.TempDir()
			x.handler()
			s := x.pick("知夏", "欧阳知夏").Subject
			before := len(r.Shown().Consents)
			x.RequestConsent(s)
			x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
			f := x.reg.request
			f.Fill("回访", "case-study", "website", "2099-12-31", "")
			if f.Ready() {
				t.Error("a letter without a folder can be written")
			}
			shows := func(what string) {
				t.Helper()
				x.until("the letter says "+what, func() bool {
					d := f.Drafted()
					if len(d.Papers) == 0 {
						return false
					}
					var text strings.Builder
					for _, p := range d.Papers {
						pages, err := p.Pages(context.Background())
						if err != nil {
							t.Fatal(err)
						}
						for _, g := range pages {
							for _, sp := range g.Spans {
								text.WriteString(sp.Text)
							}
						}
					}
					return strings.Contains(text.String(), what)
				})
			}
			shows("回访")
			f.Fill("开放日", "website", "wechat", "2099-12-31", "")
			shows("开放日")
			x.until("its page is drawn", func() bool { return f.Viewer.Drawn() })
			x.shot("letter-" + lang)
			if cs, err := x.session.Records().Registry.Consents(context.Background(), s.ID); err != nil || len(cs) != before {
				t.Errorf("looking at it recorded something: %d records, %v", len(cs), err)
			}
			// A sensitive kind asks for its reason.
			f.Kind("health")
			if f.Ready() {
				t.Error("health is asked for without a reason")
			}
			x.escape()
			x.RequestConsent(s)
			x.until("the draft is open again", func() bool { return len(x.sheets) == 1 })
			if x.reg.request != f {
				t.Error("what was said is lost")
			}
			x.closeSheet()
			x.SetTextSize(200)
			x.RequestConsent(s)
			x.until("the sheet is open at 200 %", func() bool { return len(x.sheets) == 1 })
			f = x.reg.request
			f.Fill("开放日", "case-study", "website", "2099-12-31", dir)
			x.until("the letter is there", func() bool { return len(f.Drafted().Papers) > 0 })
			x.shot("letter-200-" + lang)
			id := f.Drafted().ID
			f.Submit()
			x.until("it is written", func() bool { return x.reg.said != nil })
			if files, err := os.ReadDir(filepath.Join(dir, string(id))); err != nil || len(files) < 6 {
				t.Errorf("%d files: %v", len(files), err)
			}
		})
	}
}

// A consent to face matching is for no purpose; what a partner collected needs leave;
// a guardian signs for a child.
func TestKindsOfConsentInTheWindow(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	r, dir := x.room.registry, t.TempDir()
	s := x.pick("知夏", "欧阳知夏").Subject
	notice, form, leave := paper(t, dir, "notice.md"), paper(t, dir, "form.pdf"), paper(t, dir, "leave.pdf")
	record := func(fill func()) authz.Consent {
		t.Helper()
		was := len(r.Shown().Consents)
		x.RecordGrant(s)
		x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
		fill()
		x.reg.grant.Submit()
		x.until("it is recorded", func() bool { return len(r.Shown().Consents) == was+1 && len(x.sheets) == 0 })
		cs := r.Shown().Consents
		i := slices.IndexFunc(cs, func(c authz.Consent) bool {
			return time.Since(c.Events[0].At) < time.Minute && c.Licence != "" || c.Kind == state.ToFaceMatch
		})
		if i < 0 {
			t.Fatal("it is not among them")
		}
		return cs[i]
	}
	c := record(func() {
		g := x.reg.grant
		g.Choose(state.ToFaceMatch)
		g.Fill("", "", "2099-12-31", notice, form)
		g.Tick("written", "voluntary", "complete")
		if g.Ready() {
			t.Error("a consent to face matching that is not separate is taken")
		}
		g.Tick("separate")
		x.shot("grant-face-match")
	})
	if c.Kind != state.ToFaceMatch || len(c.Purposes)+len(c.Channels)+len(c.Shows) != 0 || !c.Separate {
		t.Errorf("%+v", c)
	}
	x.SetTextSize(200)
	x.until("people are listed", func() bool { return len(x.room.registry.People()) > 3 })
	r = x.room.registry
	x.pick("知夏", "欧阳知夏")
	x.RecordGrant(s)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	x.shot("grant-200")
	x.closeSheet()
	x.SetTextSize(100)
	x.until("people are listed", func() bool { return len(x.room.registry.People()) > 3 })
	r = x.room.registry
	x.pick("知夏", "欧阳知夏")
	was := len(r.Shown().Consents)
	x.RecordGrant(s)
	x.until("the sheet is open", func() bool { return len(x.sheets) == 1 })
	g := x.reg.grant
	g.Fill("case-study", "website", "2099-12-31", notice, form)
	g.Tick("partner", "onward")
	if g.Ready() {
		t.Error("a partner's consent is taken without its leave")
	}
	g.Leave(leave)
	g.Submit()
	x.until("it is recorded", func() bool { return len(r.Shown().Consents) == was+1 && len(x.sheets) == 0 })
	i := slices.IndexFunc(r.Shown().Consents, func(c authz.Consent) bool { return c.Licence != "" })
	if i < 0 || r.Shown().Consents[i].CollectedBy != "partner" || !r.Shown().Consents[i].OnwardUse {
		t.Errorf("%+v", r.Shown().Consents)
	}
}
