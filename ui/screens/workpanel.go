package screens

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// panelWidth is the width of the right pane at 100 %.
const panelWidth = 324

func (b *Workbench) panelText() float32 {
	_, right := b.sideWidth()
	return right - 2*theme.S16 - 14
}

// refreshPanel shows the current finding: what it is, who it may be, why it is
// hidden or shown, and what can be said about it.
func (b *Workbench) refreshPanel() {
	w, t := b.words, theme.Current()
	r, ok := b.Current()
	it := b.item()
	if !ok || it == nil {
		key := "panel.none"
		if b.view.Stage == state.Scanning {
			key = "panel.scanning"
		}
		put(b.panel, widgets.Pad(widgets.VBox(theme.S8, notePara(w.T(key), b.panelText())), theme.S16, theme.S16))
		return
	}
	word, icon, tone := verdictTag(w, it.Decision.Verdict, it.Exempt)
	where := kindWord(w, r.Kind)
	if r.Asks() {
		n, of := 0, 0
		for i, q := range b.rows {
			if q.Asks() {
				of++
				if i <= b.row {
					n++
				}
			}
		}
		where = w.T("panel.question", "n", n, "of", of) + w.T("sep") + where
	}
	b.pending = nil
	rows := []fyne.CanvasObject{
		widgets.HBox(theme.S8, widgets.NewTag(word, icon, tone), widgets.Spacer(), note(where)),
		widgets.NewParagraph(b.question(r), theme.Title, true, t.Text, b.panelText()),
	}
	if seen := b.seen(it); seen != nil {
		rows = append(rows, seen)
	}
	b.safe = nil
	rows = append(rows, b.answers(r, it)...)
	if b.job.busy && b.scanned() && !r.Data {
		rows = append(rows, notePara(w.T("panel.busy"), b.panelText()))
	}
	rows = append(rows, widgets.Rule())
	rows = append(rows, b.why(r, it)...)
	rows = append(rows, b.outcomes(it)...)
	rows = append(rows, b.forms(it)...)
	if len(r.Items) > 1 {
		rows = append(rows, b.places(r))
	}
	if it.Finding.Text != "" && !r.Data {
		find := widgets.NewButton(w.T("answer.find"), icons.Search, "F", widgets.Ghost, func() { b.Do(state.FindThis, false) })
		find.Keys = b.keys
		find.SetEnabled(b.canAnswer())
		rows = append(rows, flush(find))
	}
	if b.scanned() {
		rows = append(rows, b.notes(it))
	}
	defer b.fillPanel()
	hint := func(what string, keys ...string) fyne.CanvasObject {
		h := widgets.HBox(theme.S4)
		for _, k := range keys {
			h.Add(widgets.Cap(k))
		}
		h.Add(note(w.T(what)))
		return h
	}
	hints := widgets.Pad(widgets.HBox(theme.S12, hint("panel.keys.next", "J", "K"), hint("panel.keys.hide", "H"), hint("panel.keys.all", "?")), theme.S8, theme.S12)
	foot := widgets.VBox(0, widgets.Rule(), hints)
	if t.Large() {
		foot = widgets.VBox(0) // the room is for the answers; ? tells the keys
	}
	put(b.panel, widgets.Border(nil, foot, nil, nil,
		container.NewVScroll(widgets.Pad(widgets.VBox(theme.S12, rows...), theme.S16, theme.S16))))
	if b.safe != nil {
		b.focus(b.safe) // Enter never exposes anyone
	}
}

// flush puts a button without an edge where the text above it begins.
func flush(b *widgets.Button) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, -theme.S8, 0), widgets.HBox(0, b))
}

func (b *Workbench) question(r state.Row) string {
	name := rowTitle(b.words, r)
	if it := b.item(); r.Asks() && len(it.Candidates) == 1 {
		if s, ok := b.known.Subjects[it.Candidates[0].Subject]; ok {
			return b.words.T("panel.isit", "name", s.Title())
		}
	}
	if r.Asks() {
		return b.words.T("panel.who", "name", name)
	}
	return name
}

// answers are the buttons. None of them shows anybody: people say who it is.
func (b *Workbench) answers(r state.Row, it *casework.Item) []fyne.CanvasObject {
	w, t := b.words, theme.Current()
	if r.Data {
		return []fyne.CanvasObject{notePara(w.T("panel.data"), b.panelText())}
	}
	button := func(c state.Command, icon icons.Name, key string) *widgets.Button {
		x := widgets.NewButton(w.T("answer."+string(c)), icon, key, widgets.Plain, func() { b.Do(c, false) })
		x.Keys = b.keys
		x.SetEnabled(b.canAnswer())
		return x
	}
	var out []fyne.CanvasObject
	one := it.Asks() && len(it.Candidates) == 1
	if one {
		b.safe = button(state.No, "", "N")
		out = append(out, widgets.Flow(b.panelText()+8, theme.S8, button(state.Yes, "", "Y"), b.safe, button(state.Identify, "", "A")))
		if s, ok := b.known.Subjects[it.Candidates[0].Subject]; ok {
			if about := SubjectNote(w, s); about != "" {
				out = append(out, notePara(s.Title()+w.T("sep")+about, b.panelText()))
			}
		}
	} else if it.Asks() {
		for _, c := range it.Candidates {
			s, ok := b.known.Subjects[c.Subject]
			if !ok {
				continue
			}
			name := w.T("answer.is", "name", s.Title())
			if s.Company != "" {
				name = w.T("answer.isof", "name", s.Title(), "company", s.Company)
			}
			x := widgets.NewButton(name, SubjectIcon(s), "", widgets.Plain, func() { b.identify(c.Subject, false) })
			x.Keys = b.keys
			x.SetEnabled(b.canAnswer())
			about := SubjectNote(w, s)
			if st := b.known.States[s.ID]; st != "" {
				if about != "" {
					st += w.T("sep") + about
				}
				about = st // what follows first
			}
			out = append(out, widgets.VBox(theme.S4, x, notePara(about, b.panelText())))
		}
		b.safe = button(state.No, icons.Hide, "N")
		if b.narrow {
			out = append([]fyne.CanvasObject{b.safe}, out...) // it has the focus and has to be seen
		} else {
			out = append(out, b.safe)
		}
	}
	line := []fyne.CanvasObject{}
	if it.Identifiable() && !one {
		line = append(line, button(state.Identify, icons.Search, "A"))
	}
	if !it.Asks() && !it.Hidden() {
		line = append(line, button(state.HideIt, icons.Hide, "H"))
	}
	switch {
	case it.Finding.Region.IsText() && !it.IsDrawn():
		if canClear(it) {
			line = append(line, button(state.ClearIt, icons.None, "C"))
		}
	case it.Deletable():
		not := button(state.DeleteIt, icons.Cross, "Del")
		not.SetText(w.T(deleteWord(it)))
		line = append(line, not)
	}
	if len(line) > 0 {
		out = append(out, widgets.Flow(b.panelText()+14, theme.S8, line...))
	}
	if len(r.Items) > 1 {
		on, word := &b.same, w.T("panel.same", "n", len(r.Items)-1)
		if !it.Finding.Region.IsText() {
			on = &b.sameFace
			out = append(out, widgets.HBox(0, widgets.NewChip(w.T("panel.group", "n", len(r.Items)), icons.People, false, nil)))
		}
		same := newTick(word, false, nil, nil)
		same.SetChecked(*on)
		same.OnChanged = func(yes bool) { *on = yes }
		out = append(out, same)
	}
	if chips := b.holds(it); chips != nil {
		out = append(out, chips)
	}
	out = append(out, b.placed(it)...)
	if it.Answer != nil {
		out = append(out, widgets.NewParagraph(w.T("panel.answered", "by", it.Answer.By, "what", w.T("answered."+string(it.Answer.Action))), theme.Note, false, t.Muted, b.panelText()))
	}
	return out
}

// deleteWord says why a box may go: it was drawn, or it holds nothing to hide.
func deleteWord(it *casework.Item) string {
	switch {
	case it.IsDrawn():
		return "answer.delete"
	case it.Holds() == redact.Face:
		return "answer.notface"
	case it.Holds() == redact.Logo:
		return "answer.notlogo"
	}
	return "answer.notneeded"
}

// canClear mirrors what the desk accepts of a text.
func canClear(it *casework.Item) bool {
	return it.Finding.Tier == redact.Review && len(it.Candidates) == 0 && it.Exempt == "" && !it.IsDrawn()
}

func (b *Workbench) canAnswer() bool { return !b.job.busy && b.scanned() }

func (b *Workbench) scanned() bool { return b.view.Stage != state.Scanning }

// why says the reason in a sentence, with its article.
func (b *Workbench) why(r state.Row, it *casework.Item) []fyne.CanvasObject {
	w, lang := b.words, b.words.Lang()
	key := "panel.why"
	if it.Asks() {
		key = "panel.whyask"
	}
	out := []fyne.CanvasObject{strong(w.T(key))}
	if it.Exempt != "" {
		out = append(out, para(w.T("exempt."+it.Exempt), b.panelText()))
	} else {
		says := b.reasons.Explain(it.Decision.Reason, lang)
		if n := len(it.Candidates); it.Asks() && n > 1 {
			says = w.T("panel.several", "n", n)
		}
		out = append(out, para(says, b.panelText()))
		if c := b.reasons.Cite(it.Decision.Reason, lang); c != "" {
			out = append(out, notePara(w.T("panel.law", "law", c), b.panelText()))
		}
	}
	if s, ok := b.known.Subjects[it.Decision.Subject]; ok {
		line := s.Title()
		if n := SubjectNote(w, s); n != "" {
			line += w.T("sep") + n
		}
		out = append(out, widgets.VBox(0, strong(w.T("panel.subject")), para(line, b.panelText())))
	}
	if len(it.Decision.Consents) > 0 && it.Exempt == "" && !it.Hidden() {
		var cs []string
		for _, c := range it.Decision.Consents {
			cs = append(cs, string(c))
		}
		out = append(out, notePara(w.T("panel.consents", "list", strings.Join(cs, w.T("sep"))), b.panelText()))
	}
	if it.Hidden() && it.Label != "" && it.Finding.Region.IsText() && !r.Data {
		var beside fyne.CanvasObject
		if wordable(it) {
			change := widgets.NewButton(w.T("answer.words"), "", "4", widgets.Plain, func() { b.Do(state.StandIn, false) })
			change.Keys = b.keys
			change.SetEnabled(b.canAnswer())
			beside = change
		}
		out = append(out, widgets.VBox(theme.S4, strong(w.T("panel.reads")),
			widgets.Border(nil, nil, nil, beside, widgets.Middle(widgets.NewCutLabel(it.Label, theme.Body, false, theme.Current().Text)))))
	}
	sure := w.T("panel.tier." + it.Finding.Tier.String())
	return append(out, notePara(w.T("panel.found", "percent", fmt.Sprintf("%.0f", it.Finding.Score*100), "tier", sure), b.panelText()))
}

// places leads through the places of one person.
func (b *Workbench) places(r state.Row) fyne.CanvasObject {
	go1 := func(by int) func() {
		return func() {
			b.place = (b.place + by + len(r.Items)) % len(r.Items)
			b.follow()
			b.refresh()
		}
	}
	prev := widgets.NewButton("", icons.Left, "", widgets.Ghost, go1(-1))
	next := widgets.NewButton("", icons.Right, "", widgets.Ghost, go1(1))
	prev.Keys, next.Keys = b.keys, b.keys
	return widgets.HBox(theme.S8, widgets.Middle(note(b.words.T("panel.place", "n", b.place+1, "of", len(r.Items)))), widgets.Spacer(), prev, next)
}
