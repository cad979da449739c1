package screens

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// steps are the words' keys of the steps of a case, in order.
var steps = []string{"add", "scan", "review", "apply", "sign", "export"}

// refreshHead shows what the case is for, how far it is and what is open.
func (b *Workbench) refreshHead() {
	w, t, c := b.words, theme.Current(), b.view.Plan.Case
	chips := widgets.HBox(theme.S8)
	var use []string
	for _, word := range []string{
		term(b.vocab.Purposes, string(c.Purpose), w.Lang()), term(b.vocab.Channels, string(c.Channel), w.Lang()),
		term(b.vocab.Territories, string(c.Territory), w.Lang()),
	} {
		if word != "" {
			use = append(use, word)
			chips.Add(widgets.Middle(widgets.NewChip(word, "", false, nil)))
		}
	}
	if !c.On.IsZero() {
		use = append(use, w.T("case.on", "day", day(c.On)))
		chips.Add(widgets.Middle(widgets.NewChip(w.T("case.on", "day", day(c.On)), "", false, nil)))
	}
	chips.Add(widgets.Middle(widgets.NewChip(w.T("case.options"), icons.Gear, false, b.packing.Options)))
	var words []string
	for _, k := range steps {
		words = append(words, w.T("step."+k))
	}
	step := map[state.Stage]int{state.Scanning: 1, state.Review: 2, state.Verified: 4, state.Exported: 6}[b.view.Stage]
	name := widgets.NewCutLabel(c.Title, theme.Head, true, t.Text)
	left := widgets.VBox(theme.S4,
		widgets.Border(nil, nil, nil, chips, name), widgets.Steps(words, step))
	// The title takes its own width, up to a limit, and the chips follow it.
	nameWidth := min(fyne.MeasureText(c.Title, t.Px(theme.Head), fyne.TextStyle{Bold: true}).Width+2, t.Px(260))
	left.Objects[0] = widgets.HBox(theme.S12, widgets.Room(nameWidth, 0, name), chips)
	if t.Large() {
		left.Objects[0] = name
		left.Add(widgets.NewCutLabel(strings.Join(use, w.T("sep")), theme.Note, false, t.Text))
	}

	right := widgets.HBox(theme.S12)
	asks := state.Questions(b.rows)
	_, hidden, shown := state.Tally(b.view.Plan)
	if b.view.Stage != state.Scanning {
		if asks > 0 {
			right.Add(widgets.NewLabel(strconv.Itoa(asks), theme.Figure, true, t.Ask.Text))
			right.Add(widgets.Middle(widgets.VBox(0, strong(w.T("case.asks", "n", asks)), note(w.T("case.counts", "hidden", hidden, "shown", shown)))))
		} else {
			right.Add(widgets.Middle(widgets.VBox(0, strong(w.T("case.answered")), note(w.T("case.counts", "hidden", hidden, "shown", shown)))))
		}
	}
	right.Add(widgets.Middle(b.primary()))
	if wide := b.width - 2*theme.S16; b.narrow || b.width > 0 && left.MinSize().Width+right.MinSize().Width > wide {
		left.Objects[0] = name
		if b.narrow || left.MinSize().Width+right.MinSize().Width > wide {
			put(b.head, widgets.Pad(b.narrowHead(c.Title, step, asks), theme.S8, theme.S16))
			return
		}
	}
	put(b.head, widgets.Pad(widgets.Border(nil, nil, nil, right, left), theme.S8, theme.S16))
}

// primary is the one button that leads on. It is off while questions are open.
func (b *Workbench) primary() *widgets.Button {
	key, can := b.next()
	p := widgets.NewButton(b.words.T(key), "", "Ctrl Enter", widgets.Primary, b.Primary)
	p.Keys = b.keys
	p.SetEnabled(can)
	return p
}

// next is the word of the next step and whether it may be taken.
func (b *Workbench) next() (key string, can bool) {
	switch b.view.Stage {
	case state.Verified:
		return "case.sign", !b.job.busy
	case state.Exported:
		return "case.open", true
	}
	readable := false
	for _, a := range b.view.Plan.Assets {
		readable = readable || a.Err == nil
	}
	return "case.apply", b.view.Stage == state.Review && b.Questions() == 0 && readable && !b.job.busy
}

// Primary takes the next step.
func (b *Workbench) Primary() {
	key, can := b.next()
	if !can {
		return
	}
	switch key {
	case "case.sign":
		b.packing.Sign()
	case "case.open":
		b.packing.OpenOut()
	default:
		b.packing.Apply()
	}
}
