package screens

import (
	"fmt"
	"slices"
	"strconv"

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

// leftWidth is the width of the left pane at 100 %.
const leftWidth = 284

// cutRunes is a text of at most n runes.
func cutRunes(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "..."
	}
	return s
}

// newList is the list of findings on the left.
func (b *Workbench) newList() *widgets.List {
	l := widgets.NewList(func() int { return len(b.shown) }, func(i int, r *widgets.Row) {
		if i < len(b.shown) {
			b.findingRow(i, r)
		}
	}, func(i int) {
		b.List.Unselect(i) // the row itself shows which one is current
		if i < len(b.shown) && b.shown[i] != b.row {
			b.chooseRow(b.shown[i])
		}
	})
	l.Keys = b.keys
	return l
}

func (b *Workbench) findingRow(i int, row *widgets.Row) {
	r := b.rows[b.shown[i]]
	first := b.view.Plan.Items[r.Items[0]]
	word, icon, tone := verdictTag(b.words, r.Verdict, r.Exempt)
	row.SetIcon("", tone.Text)
	row.SetTag(word, icon, tone)
	row.LeadWidth(theme.Current().Pane(74))
	about := kindWord(b.words, r.Kind)
	if part := first.Finding.Region.Part; part != redact.PartBody {
		about += b.words.T("sep") + b.words.T("part."+state.PartWord(part))
	} else if first.Hidden() && first.Label != "" {
		about += b.words.T("sep") + first.Label
	} else {
		about += b.words.T("sep") + b.view.Plan.Case.Assets[first.Asset].Name
	}
	figure := ""
	if len(r.Items) > 1 {
		figure = strconv.Itoa(len(r.Items))
	}
	row.Set(rowTitle(b.words, r), about, figure, b.shown[i] == b.row)
	row.Refresh()
}

// refreshLeft shows list, filters and what could not be taken in.
func (b *Workbench) refreshLeft() {
	w, p := b.words, b.view.Plan
	left, _ := b.sideWidth()
	toggle := func(files bool) func() {
		return func() {
			b.files = files
			b.refreshLeft()
		}
	}
	if b.view.Stage == state.Scanning {
		b.files = true
	}
	tabs := container.NewGridWithColumns(2,
		widgets.NewTab(w.T("list.findings")+" "+strconv.Itoa(len(b.rows)), !b.files, toggle(false)),
		widgets.NewTab(w.T("list.files")+" "+strconv.Itoa(len(p.Case.Assets)), b.files, toggle(true)))
	over := widgets.VBox(0, tabs, widgets.Rule())
	if !b.files {
		top := widgets.VBox(theme.S8)
		var chips []fyne.CanvasObject
		for _, f := range state.Filters {
			icon := icons.Name("")
			if f == state.Asks {
				icon = icons.Ask
			}
			n := len(state.Pick(p, b.rows, f, b.only, b.who))
			chips = append(chips, widgets.NewChip(fmt.Sprintf("%s %d", w.T("filter."+string(f)), n), icon, b.filter == f, func() { b.SetFilter(f) }))
		}
		if b.who != "" {
			chips = append(chips, widgets.NewChip(w.T("list.only", "name", cutRunes(b.whoName(), 12)), icons.Cross, true, func() { b.SetWho("") }))
		}
		top.Add(widgets.Flow(left-2*theme.S12, theme.S8, chips...))
		if len(p.Case.Assets) > 1 {
			top.Add(b.fileFilter())
		}
		over.Add(widgets.Pad(top, theme.S8, theme.S12))
		over.Add(widgets.Rule())
	}
	var list fyne.CanvasObject = b.List
	if b.files {
		list = b.Files
	} else if len(b.shown) == 0 && b.view.Stage != state.Scanning {
		list = widgets.Pad(widgets.VBox(0, note(w.T("list.none"))), theme.S12, theme.S12)
	}
	var foot fyne.CanvasObject
	if len(p.Case.Refused) > 0 {
		foot = widgets.Pad(b.refused(left-2*theme.S12), theme.S8, theme.S12)
	}
	put(b.left, widgets.Border(over, foot, nil, nil, list))
	b.List.Refresh()
	b.Files.Refresh()
	if b.files && b.asset >= 0 {
		b.Files.ScrollTo(b.asset)
	}
	for k, i := range b.shown {
		if i == b.row && !b.files {
			b.List.ScrollTo(k)
		}
	}
}

// fileFilter narrows the findings to one file.
func (b *Workbench) fileFilter() fyne.CanvasObject {
	options := []string{b.words.T("list.allfiles")}
	for _, a := range b.view.Plan.Case.Assets {
		options = append(options, a.Name)
	}
	s := newOptions(options, nil)
	s.SetSelectedIndex(b.only + 1)
	s.OnChanged = func(string) {
		b.only = s.SelectedIndex() - 1
		b.refresh()
		b.stay()
	}
	return framed(s)
}

// ShowFiles shows the files in the list, or the findings.
func (b *Workbench) ShowFiles(on bool) {
	b.files = on
	if b.narrow {
		b.setTab(tabList)
	}
	b.refreshLeft()
}

// SetFilter narrows the list of findings.
func (b *Workbench) SetFilter(f state.Filter) {
	b.filter = f
	b.refresh()
	b.stay()
}

// stay makes the first finding of the list current where the current one is not in it.
func (b *Workbench) stay() {
	if len(b.shown) > 0 && !slices.Contains(b.shown, b.row) {
		b.chooseRow(b.shown[0])
	}
}

// kindOf narrows the picker to the kind of subject a finding can be.
func kindOf(it *casework.Item) authz.Kind {
	switch it.Holds() {
	case redact.Person, redact.Face:
		return authz.Person
	case redact.Organisation, redact.Logo:
		return authz.Organisation
	}
	return ""
}

// refusedWords say why a file was not taken in, or cannot be read.
func refusedWords(w *i18n.Words, code string) string {
	if code == "" {
		return w.T("refused.other")
	}
	return w.T("refused." + code)
}

// mostRefused is how many files that were not taken in the list names.
const mostRefused = 200

// refused are the files that were not taken in, each with why; they scroll, so that the
// list keeps its room.
func (b *Workbench) refused(wide float32) fyne.CanvasObject {
	w, t := b.words, theme.Current()
	all := b.view.Plan.Case.Refused
	rows := widgets.VBox(theme.S4)
	for _, f := range all[:min(len(all), mostRefused)] {
		why := refusedWords(w, f.Code)
		rows.Add(widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Warn, 16, t.Stop.Text)),
			widgets.NewParagraph(w.T("file.refused", "name", f.Name, "why", why), theme.Note, false, t.Text, wide-t.Px(16)-theme.S8-theme.S16)))
	}
	if n := len(all) - mostRefused; n > 0 {
		rows.Add(note(w.T("file.refused.more", "n", n)))
	}
	s := container.NewVScroll(rows)
	s.SetMinSize(fyne.NewSize(wide, min(rows.MinSize().Height, t.Px(132))))
	return s
}
