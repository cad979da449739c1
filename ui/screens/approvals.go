package screens

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Approving is what the approvals room asks for.
type Approving interface {
	// OpenApproval scans, writes and attacks a case again, for whoever signs.
	OpenApproval(id string)
	// LoadWritten reads a written file's pages (page -1), or draws one.
	LoadWritten(file, page int)
	SignPackage()
	SendBack(remark string)
	// Assess asks for what only people can say of the package's impact.
	Assess()
	StopApproval()
}

// Approvals is the room of whoever signs: the queue, the package as it will be
// published, what stays and why, how much is hidden, the attacks, the decision. It
// shows no hidden text and no original.
type Approvals struct {
	Content fyne.CanvasObject
	Viewer  *Viewer
	Remark  *entry

	words  *i18n.Words
	vocab  authz.Vocabulary
	do     Approving
	keys   widgets.KeyHandler
	cases  []state.CaseRow
	at     string // the case on show
	marked string // the row of the list that was chosen
	now    time.Time
	List   *widgets.List
	middle *fyne.Container
	panel  *fyne.Container
	panes  *panes
	idle   bool // nothing is chosen, and nothing was said
	sign   *widgets.Button
	back   *widgets.Button
	count  *widgets.Label
	bar    *widgets.Bar

	impact   casework.Impact
	assessed *fyne.Container
}

// NewApprovals is the room with its queue.
func NewApprovals(w *i18n.Words, v authz.Vocabulary, do Approving, keys widgets.KeyHandler) *Approvals {
	a := &Approvals{words: w, vocab: v, do: do, keys: keys, middle: container.NewStack(), panel: container.NewStack(), Remark: newEntry(w.T("approve.remark.hint"))}
	a.Remark.MultiLine, a.Remark.Wrapping = true, fyne.TextWrapWord
	a.Remark.escape = func() {}
	a.Viewer = NewViewer(w, do.LoadWritten, keys)
	a.List = widgets.NewList(func() int { return len(a.cases) }, a.row, func(i int) {
		a.List.Unselect(i)
		a.Open(a.cases[i].Case.ID)
	})
	a.List.Keys = keys
	left := widgets.Border(widgets.VBox(0, widgets.Pad(head(w.T("room.approvals")), theme.S12, theme.S16), widgets.Rule()), nil, nil, nil, a.List)
	a.panes = newPanes([2]string{w.T("tab.list"), w.T("approve.decision")}, [2]float32{300, 300}, left, a.middle, a.panel)
	a.Content = a.panes.Content
	a.rest()
	return a
}

// rest says what the room is for, as long as nothing is chosen.
func (a *Approvals) rest() {
	w := a.words
	if slices.ContainsFunc(a.cases, func(r state.CaseRow) bool { return r.Stands == casework.StandsWaiting }) {
		a.say(w.T("approve.pick"), w.T("approve.pick.what"))
	} else {
		a.say(w.T("approve.none"), w.T("approve.none.what"))
	}
	a.idle = true
}

func (a *Approvals) say(what, more string) {
	a.idle = false
	put(a.middle, saying(what, more))
	put(a.panel, widgets.Spacer())
	a.panes.show(false)
	a.panes.leave(true)
}

// saying is a room's middle while nothing is chosen.
func saying(what, more string) fyne.CanvasObject {
	return widgets.Reflow(0, func(width float32, _ bool) fyne.CanvasObject {
		t := theme.Current()
		wide := min(t.Px(460), width-2*theme.S24)
		return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S8, widgets.NewParagraph(what, theme.Title, true, t.Text, wide), notePara(more, wide)), theme.S24, theme.S24))
	})
}

// SetCases shows the queue: what waits first, then what was sent back, then what was
// signed in the last thirty days.
func (a *Approvals) SetCases(rows []state.CaseRow, now time.Time) {
	a.now, a.cases = now, nil
	for _, s := range []casework.Standing{casework.StandsWaiting, casework.StandsSentBack, casework.StandsReleased} {
		for _, r := range rows {
			if r.Stands == s && (s != casework.StandsReleased || now.Sub(r.At) < 30*24*time.Hour) {
				a.cases = append(a.cases, r)
			}
		}
	}
	if a.idle {
		a.rest()
	}
	a.List.Refresh()
}

// Queue is what is listed, for tests.
func (a *Approvals) Queue() []state.CaseRow { return a.cases }

// Open shows one of them.
func (a *Approvals) Open(id string) {
	i := slices.IndexFunc(a.cases, func(r state.CaseRow) bool { return r.Case.ID == id })
	if i < 0 || id == a.at {
		return
	}
	r := a.cases[i]
	a.List.Refresh()
	switch r.Stands {
	case casework.StandsWaiting:
		a.at, a.marked, a.idle = id, id, false
		a.do.OpenApproval(id)
	case casework.StandsSentBack:
		a.at, a.marked = "", id
		h, _ := r.Case.Last()
		a.say(r.Case.Title, a.words.T("task.back", "who", h.By, "why", h.Remark))
	default:
		a.at, a.marked = "", id
		a.say(r.Case.Title, a.words.T("approve.signed"))
	}
	a.List.Refresh()
}

func (a *Approvals) row(i int, r *widgets.Row) {
	c := a.cases[i]
	word, icon, tone := standing(a.words, c)
	r.SetIcon("", nil)
	r.SetTag("", icon, tone)
	r.SetEnd(word, icon, tone)
	about := ago(a.words, c.At, a.now)
	if h, ok := c.Case.Last(); ok {
		about = h.By + a.words.T("sep") + about
	}
	r.Set(c.Case.Title, about, "", c.Case.ID == a.marked)
	r.Refresh()
}

// SetBusy says that the checks run again.
func (a *Approvals) SetBusy(c casework.Case) {
	w := a.words
	a.bar, a.count = widgets.NewBar(), note("")
	stop := widgets.NewButton(w.T("job.stop"), "", "", widgets.Plain, a.do.StopApproval)
	stop.Keys = a.keys
	t := theme.Current()
	put(a.middle, widgets.Pad(widgets.VBox(theme.S12, widgets.NewCutLabel(c.Title, theme.Title, true, t.Text), widgets.NewCutLabel(a.use(c), theme.Note, false, t.Muted), widgets.NewCutLabel(w.T("approve.again"), theme.Body, false, t.Text),
		a.count, widgets.Border(nil, nil, nil, stop, widgets.Middle(a.bar.Container))), theme.S24, theme.S24))
	put(a.panel, widgets.Spacer())
	a.panes.leave(false)
}

// SetProgress moves the bar of the checks.
func (a *Approvals) SetProgress(p state.Progress) {
	if a.bar != nil && p.Total > 0 {
		a.bar.Set(float32(p.Done) / float32(p.Total))
		a.count.Set(stepWord(a.words, p) + a.words.T("sep") + CountWords(a.words, p))
	}
}

// Failed says why the package cannot be signed now; it may still be sent back.
func (a *Approvals) Failed(c casework.Case, why string) {
	a.bar = nil
	a.say(c.Title, why)
	a.decision(c, casework.Report{}, false)
}

func (a *Approvals) use(c casework.Case) string {
	w, v := a.words, a.vocab
	parts := []string{term(v.Purposes, string(c.Purpose), w.Lang()), term(v.Channels, string(c.Channel), w.Lang()), term(v.Territories, string(c.Territory), w.Lang())}
	if !c.On.IsZero() {
		parts = append(parts, w.T("case.on", "day", day(c.On)))
	}
	return strings.Join(parts, w.T("sep"))
}

// roomyAbove is the width of the middle, at 100 %, from which a package's page and its
// facts stand beside each other.
const roomyAbove = 540

// SetPackage shows a package that withstood the attacks.
func (a *Approvals) SetPackage(c casework.Case, d state.Draft) {
	w, rep := a.words, d.Report
	a.bar, a.impact = nil, d.Impact
	var files []string
	for _, f := range d.Files {
		files = append(files, f.Name)
	}
	a.Viewer.SetFiles(files)
	top := widgets.VBox(0, widgets.NewCutLabel(c.Title, theme.Title, true, theme.Current().Text), widgets.NewCutLabel(a.use(c)+w.T("sep")+w.T("approve.rules", "rules", rep.RulePack), theme.Note, false, theme.Current().Muted))
	put(a.middle, widgets.Reflow(anyWidth, func(width float32, _ bool) fyne.CanvasObject {
		t := theme.Current()
		narrow := width < t.Px(roomyAbove)
		wide := width - 2*theme.S16
		if !narrow {
			wide = (wide - theme.S12) / 2
		}
		wide -= 2*theme.S12 + theme.S8
		facts := widgets.VBox(theme.S12, a.hidden(rep, wide), a.mode(rep, wide))
		if narrow {
			return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S12, top, widgets.Room(0, t.Px(260), a.Viewer.Content), facts,
				widgets.Card(widgets.Pad(a.kept(rep, width-4*theme.S16-t.Px(60)), 2, 2))), theme.S16, theme.S16))
		}
		upper := widgets.Columns(t.Px(250), theme.S12, a.Viewer.Content, widgets.Pad(container.NewVScroll(widgets.Pad(facts, edge, edge)), -edge, -edge))
		lower := widgets.Card(widgets.Pad(container.NewVScroll(a.kept(rep, width-4*theme.S16-t.Px(60))), 2, 2))
		return widgets.Pad(widgets.Border(top, nil, nil, nil, widgets.Pad(widgets.Rows(0.62, theme.S12, upper, lower), theme.S12, 0)), theme.S16, theme.S16)
	}))
	a.decision(c, rep, true)
	a.panes.show(true)
}

// hidden are counts, never texts.
func (a *Approvals) hidden(rep casework.Report, wide float32) fyne.CanvasObject {
	w, t := a.words, theme.Current()
	rows := widgets.VBox(theme.S4, widgets.HBox(theme.S8, widgets.NewTag(w.T("approve.hidden", "n", rep.Hidden()), icons.Hide, t.Hide)), widgets.Rule())
	for _, c := range state.HiddenCounts(rep) {
		rows.Add(widgets.Border(nil, nil, nil, note(w.T("approve.places", "n", c.N)), widgets.NewCutLabel(capital(c.Kind.In(redact.Lang(w.Lang()))), theme.Body, false, t.Text)))
	}
	rows.Add(widgets.Rule())
	rows.Add(notePara(w.T("approve.nothidden"), wide))
	return widgets.Card(widgets.Pad(rows, theme.S12, theme.S12))
}

func (a *Approvals) mode(rep casework.Report, wide float32) fyne.CanvasObject {
	w, t := a.words, theme.Current()
	return widgets.Card(widgets.Pad(widgets.VBox(theme.S4, widgets.HBox(theme.S8, widgets.Middle(strong(w.T("approve.mode"))), widgets.NewTag(w.T("mode."+string(rep.Mode)), icons.Lock, t.Hide)),
		notePara(w.T("approve.mode."+string(rep.Mode)), wide)), theme.S12, theme.S12))
}

// kept is the table of what stays, with the basis of each, in lines of a width.
func (a *Approvals) kept(rep casework.Report, wide float32) fyne.CanvasObject {
	w, t := a.words, theme.Current()
	kept := state.Kept(rep)
	rows := widgets.VBox(0, widgets.Pad(widgets.Flow(wide+t.Px(60), theme.S8, widgets.NewTag(w.T("approve.shown", "n", len(kept)), icons.Show, t.Show), head(w.T("approve.kept"))), theme.S12, theme.S12))
	if len(kept) == 0 {
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(body(w.T("approve.kept.none")), theme.S12, theme.S12))
	}
	for _, s := range kept {
		why := s.Why[w.Lang()]
		if s.Exempt != "" {
			why = w.T("exempt." + s.Exempt)
		}
		basis := ""
		for i, c := range s.Consents {
			if i > 0 {
				basis += w.T("sep")
			}
			basis += string(c.ID)
			if !c.Until.IsZero() {
				basis += w.T("sep") + w.T("approve.until", "day", lastDay(c.Until))
			}
		}
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(widgets.Border(nil, nil, nil, note(w.T("approve.places", "n", s.Places)), widgets.VBox(0,
			widgets.NewCutLabel(s.Name+w.T("sep")+s.KindName.In(redact.Lang(w.Lang())), theme.Body, true, t.Text),
			widgets.NewParagraph(why, theme.Note, false, t.Muted, wide), notePara(basis, wide))), theme.S8, theme.S12))
	}
	for _, c := range rep.Clues {
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(widgets.HBox(theme.S8, widgets.NewTag(w.T("approve.clue"), icons.Ask, t.Ask), notePara(c.Asset+w.T("sep")+c.Why.In(redact.Lang(w.Lang())), wide-t.Px(40))), theme.S8, theme.S12))
	}
	return rows
}

// decision is the right part: attacks, assessment, remark, the two buttons.
func (a *Approvals) decision(c casework.Case, rep casework.Report, proved bool) {
	w, t := a.words, theme.Current()
	wide := a.panes.side(true) - 2*theme.S16
	top := widgets.VBox(theme.S8)
	if proved {
		top.Add(head(w.T("approve.checks")))
		seen := map[string]bool{}
		for _, id := range rep.Attacks {
			key := state.AttackWord(id)
			if seen[key] {
				continue
			}
			seen[key] = true
			passed := widgets.NewLabel(w.T("approve.passed"), theme.Note, true, t.OK.Text)
			top.Add(widgets.Border(nil, nil, widgets.Middle(widgets.Icon(icons.Seal, 18, t.OK.Text)), widgets.Middle(passed),
				widgets.Pad(para(w.T("attack."+key), wide-t.Px(18)-passed.MinSize().Width-2*theme.S8), 0, theme.S8)))
		}
		stronger := 0
		for _, f := range rep.Assets {
			stronger += f.Stronger
		}
		if stronger > 0 {
			top.Add(notePara(w.T("approve.stronger", "n", stronger), wide))
		}
		top.Add(widgets.Rule())
		a.assessed = container.NewStack()
		a.showImpact()
		top.Add(a.assessed)
		top.Add(widgets.Rule())
	}
	a.Remark.SetText("")
	a.back = widgets.NewButton(w.T("approve.back"), icons.Undo, "", widgets.Plain, func() {
		if s := strings.TrimSpace(a.Remark.Text); s != "" {
			a.do.SendBack(s)
		}
	})
	a.back.SetEnabled(false)
	a.Remark.OnChanged = func(s string) { a.back.SetEnabled(strings.TrimSpace(s) != "") }
	a.sign = widgets.NewButton(w.T("case.sign"), icons.Stamp, "Ctrl Enter", widgets.Primary, a.do.SignPackage)
	a.sign.SetEnabled(proved && a.impact.MaySign() == nil)
	who := w.T("approve.from", "who", c.By)
	if h, ok := c.Last(); ok {
		who = w.T("approve.from", "who", h.By)
	}
	if a.panes.narrow {
		a.sign.SetKey("")
	}
	buttons := widgets.VBox(theme.S8, a.back, a.sign)
	if a.back.MinSize().Width+theme.S8+a.sign.MinSize().Width <= wide {
		buttons = widgets.HBox(theme.S8, a.back, widgets.Spacer(), a.sign)
	}
	decide := widgets.VBox(theme.S8, head(w.T("approve.decision")), notePara(who, wide), widgets.Room(0, t.Px(56), a.Remark), notePara(w.T("approve.sign.what"), wide))
	under := widgets.VBox(theme.S8, decide, buttons)
	if a.panes.narrow { // the checks need the room
		top.Add(decide)
		under = buttons
	}
	foot := widgets.VBox(0, widgets.Rule(), widgets.Pad(under, theme.S12, theme.S16))
	put(a.panel, widgets.Border(nil, foot, nil, nil, container.NewVScroll(widgets.Pad(top, theme.S12, theme.S16))))
	a.panes.leave(false)
}

// SetImpact shows what somebody said of the impact.
func (a *Approvals) SetImpact(i casework.Impact) {
	a.impact = i
	a.showImpact()
	a.sign.SetEnabled(i.MaySign() == nil)
}

// Impact is what is shown of it, for tests.
func (a *Approvals) Impact() casework.Impact { return a.impact }

// showImpact is the assessment sheet in short: whether one is owed and why, and who
// made it.
func (a *Approvals) showImpact() {
	w, t, i := a.words, theme.Current(), a.impact
	wide := a.panes.side(true) - 2*theme.S16
	rows := widgets.VBox(theme.S8, head(w.T("impact.title")))
	switch j := i.Judgement; {
	case !i.Owed():
		rows.Add(notePara(w.T("impact.unneeded"), wide))
	case j != nil:
		rows.Add(widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Seal, 18, t.OK.Text)), strong(w.T("impact.done", "who", j.By, "day", day(j.At.Local())))))
		for _, part := range [][2]string{{"impact.necessity", j.Necessity}, {"impact.effect", j.Effect}, {"impact.measures", j.Measures}, {"impact.remaining", j.Remaining}} {
			rows.Add(widgets.VBox(0, note(w.T(part[0])), widgets.NewParagraph(part[1], theme.Note, false, t.Text, wide)))
		}
	default:
		key := "impact.owed"
		if i.MaySign() != nil {
			key = "impact.first"
		} else if i.Outdated {
			key = "impact.outdated"
		}
		rows.Add(widgets.HBox(0, widgets.NewTag(w.T("impact.missing"), icons.Ask, t.Ask)))
		rows.Add(notePara(w.T(key), wide))
	}
	for _, c := range i.Causes {
		rows.Add(notePara(w.T("impact.cause", "what", w.T("cause."+string(c))), wide))
	}
	if i.Owed() {
		b := widgets.NewButton(w.T("impact.do"), icons.Doc, "", widgets.Plain, a.do.Assess)
		b.Keys = a.keys
		rows.Add(widgets.HBox(0, b))
	}
	put(a.assessed, rows)
}

// Ready reports whether it can be signed.
func (a *Approvals) Ready() bool { return a.sign != nil && a.sign.Enabled() && a.at != "" }

// At is the case on show.
func (a *Approvals) At() string { return a.at }

// Leave shows the queue only.
func (a *Approvals) Leave(said string) {
	a.at, a.marked, a.sign = "", "", nil
	a.say(said, a.words.T("approve.none.what"))
	a.List.Refresh()
}

// Return sends the case back with a remark, for tests.
func (a *Approvals) Return(remark string) {
	a.Remark.SetText(remark)
	a.back.Tapped(nil)
}
