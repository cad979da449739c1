package screens

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Publishing is what the published room asks for.
type Publishing interface {
	// OpenRelease reads a release's files and what it leans on.
	OpenRelease(id string)
	// LoadReleased and LoadWritten read pages of the released files and of the new
	// version's.
	LoadReleased(file, page int)
	LoadWritten(file, page int)
	// MakeNew makes a new version from the originals, by today's consents, and attacks it.
	MakeNew()
	// ExportNew asks for the signature under the new version.
	ExportNew()
	StopApproval()
	AddPlace(where string)
	AddPlaceOf(where string) // opens a sheet: who publishes it there
	WriteTakedowns()         // opens a sheet
	TakenDown(where string)
	OpenPackage()
}

// Released is what the room shows of a release.
type Released struct {
	Row     state.ReleaseRow
	Files   []string // of the package that are still the signed ones
	Missing int      // that are not
	Names   map[authz.SubjectID]string
	Stands  map[authz.ConsentID]state.Agreement // of the consents that it leans on
	Shown   map[authz.ConsentID]authz.SubjectID
	// Prepares says that whoever looks at it may make a new version.
	Prepares bool
}

// Published is the room of what is out: releases, those that lean on what ended,
// the places where they stand, old and new version side by side.
type Published struct {
	Content  fyne.CanvasObject
	Old, New *Viewer
	List     *widgets.List
	Where    *entry

	words  *i18n.Words
	vocab  authz.Vocabulary
	do     Publishing
	keys   widgets.KeyHandler
	rows   []state.ReleaseRow
	shown  []int
	filter state.ReleaseFilter
	at     string
	now    time.Time
	chips  *fyne.Container
	middle *fyne.Container
	panel  *fyne.Container
	panes  *panes
	view   Released
	fresh  bool // a new version is on show
	busy   bool
	bar    *widgets.Bar
	count  *widgets.Label
	said   string // of the last step, in place
}

// NewPublished is the room with its list.
func NewPublished(w *i18n.Words, v authz.Vocabulary, do Publishing, keys widgets.KeyHandler) *Published {
	p := &Published{words: w, vocab: v, do: do, keys: keys, chips: container.NewStack(), middle: container.NewStack(), panel: container.NewStack(), Where: newEntry(w.T("place.hint")), filter: state.ToAct}
	p.Old, p.New = NewViewer(w, do.LoadReleased, keys), NewViewer(w, do.LoadWritten, keys)
	p.List = widgets.NewList(func() int { return len(p.shown) }, p.row, func(i int) {
		p.List.Unselect(i)
		p.Open(p.rows[p.shown[i]].Release.ID)
	})
	p.List.Keys = keys
	p.Where.OnSubmitted = func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			p.Where.SetText("")
			do.AddPlace(s)
		}
	}
	p.Where.escape = func() {}
	left := widgets.Border(widgets.VBox(0, widgets.Pad(widgets.VBox(theme.S8, head(w.T("room.published")), p.chips), theme.S12, theme.S16), widgets.Rule()), nil, nil, nil, p.List)
	p.panes = newPanes([2]string{w.T("tab.list"), w.T("published.record")}, [2]float32{300, 270}, left, p.middle, p.panel)
	p.Content = p.panes.Content
	p.empty()
	return p
}

func (p *Published) empty() {
	w := p.words
	what, more := w.T("published.pick"), w.T("published.pick.what")
	if len(p.rows) == 0 {
		what, more = w.T("published.none"), w.T("published.none.what")
	}
	put(p.middle, saying(what, more))
	put(p.panel, widgets.Spacer())
	p.panes.leave(true)
}

// SetReleases shows the list.
func (p *Published) SetReleases(rows []state.ReleaseRow, now time.Time) {
	first := p.rows == nil
	p.rows, p.now = rows, now
	if first && !slices.ContainsFunc(rows, state.ToAct.Takes) {
		p.filter = state.InUse
	}
	p.follow()
	p.pick()
	switch {
	case p.at != "":
	case len(p.shown) > 0:
		p.Open(p.rows[p.shown[0]].Release.ID)
	default:
		p.empty()
	}
}

// follow sets the filter so that the release on show is in the list.
func (p *Published) follow() {
	i := slices.IndexFunc(p.rows, func(r state.ReleaseRow) bool { return r.Release.ID == p.at })
	if i < 0 || p.filter.Takes(p.rows[i]) {
		return
	}
	for _, f := range state.ReleaseFilters {
		if f.Takes(p.rows[i]) {
			p.filter = f
		}
	}
}

func (p *Published) pick() {
	w := p.words
	p.shown = p.shown[:0]
	for i, r := range p.rows {
		if p.filter.Takes(r) {
			p.shown = append(p.shown, i)
		}
	}
	var chips []fyne.CanvasObject
	for _, f := range state.ReleaseFilters {
		n := 0
		for _, r := range p.rows {
			if f.Takes(r) {
				n++
			}
		}
		icon := icons.Name("")
		if f == state.ToAct {
			icon = icons.Warn
		}
		chips = append(chips, widgets.NewChip(fmt.Sprintf("%s %d", w.T("released."+string(f)), n), icon, p.filter == f, func() {
			p.filter = f
			p.pick()
		}))
	}
	put(p.chips, widgets.Flow(theme.Current().Pane(300)-2*theme.S16, theme.S4, chips...))
	p.List.Refresh()
}

// Listed is what the filter keeps, for tests.
func (p *Published) Listed() (rows []state.ReleaseRow) {
	for _, i := range p.shown {
		rows = append(rows, p.rows[i])
	}
	return rows
}

func (p *Published) row(i int, r *widgets.Row) {
	w, t, x := p.words, theme.Current(), p.rows[p.shown[i]]
	r.SetIcon("", nil)
	r.SetTag("", icons.Seal, t.OK)
	switch {
	case x.Open:
		r.SetEnd(w.T("released.replace"), icons.Warn, t.Stop)
	case state.DownNow.Takes(x):
		r.SetEnd(w.T("released.down"), icons.None, t.Hide)
	default:
		r.SetEnd(w.T("released.valid"), icons.Seal, t.OK)
	}
	r.Set(x.Title(), day(x.Release.At.Local())+w.T("sep")+x.Release.ID, "", x.Release.ID == p.at)
	r.Refresh()
}

// Open shows a release.
func (p *Published) Open(id string) {
	i := slices.IndexFunc(p.rows, func(r state.ReleaseRow) bool { return r.Release.ID == id })
	if i < 0 {
		return
	}
	p.at, p.fresh, p.busy, p.said = id, false, false, ""
	p.follow()
	p.pick()
	p.do.OpenRelease(id)
}

// At is the release on show.
func (p *Published) At() string { return p.at }

// SetReleased shows what is known of the release.
func (p *Published) SetReleased(r Released) {
	if r.Row.Release.ID != p.at {
		return
	}
	same := p.view.Row.Release != nil && p.view.Row.Release.ID == p.at && slices.Equal(p.view.Files, r.Files)
	p.view = r
	if !same {
		p.Old.SetFiles(r.Files)
	}
	p.refresh()
}

// View is what is shown, for tests.
func (p *Published) View() Released { return p.view }

// SetNew shows the new version beside the old one.
func (p *Published) SetNew(files []string) {
	p.busy, p.fresh, p.said = false, true, ""
	p.New.SetFiles(files)
	p.refresh()
}

// Fresh reports whether a new version is on show.
func (p *Published) Fresh() bool { return p.fresh }

// SetBusy says that a new version is being made.
func (p *Published) SetBusy() {
	p.busy, p.said = true, ""
	p.bar, p.count = widgets.NewBar(), note("")
	p.refresh()
}

// SetProgress moves its bar.
func (p *Published) SetProgress(x state.Progress) {
	if p.busy && x.Total > 0 {
		p.bar.Set(float32(x.Done) / float32(x.Total))
		p.count.Set(stepWord(p.words, x) + p.words.T("sep") + CountWords(p.words, x))
	}
}

// Say says in place what came of a step.
func (p *Published) Say(what string) {
	p.busy, p.said = false, what
	p.refresh()
}

// Signed says that the new version is signed: there is nothing more to sign.
func (p *Published) Signed(what string) {
	p.fresh = false
	p.Say(what)
}

func (p *Published) refresh() {
	w, t := p.words, theme.Current()
	r := p.view.Row
	top := widgets.VBox(theme.S12)
	if r.Open {
		top.Add(widgets.Spacer()) // the banner, whose lines go with the width
	}
	buttons := widgets.HBox(theme.S8)
	newer := widgets.NewButton(w.T("published.new"), icons.Redo, "", widgets.Plain, p.do.MakeNew)
	export := widgets.NewButton(w.T("published.export"), icons.Seal, "", widgets.Primary, p.do.ExportNew)
	newer.Keys, export.Keys = p.keys, p.keys
	switch {
	case p.busy:
		stop := widgets.NewButton(w.T("job.stop"), "", "", widgets.Plain, p.do.StopApproval)
		stop.Keys = p.keys
		buttons.Add(widgets.Middle(p.count))
		buttons.Add(stop)
	case p.fresh:
		buttons.Add(export)
	case r.Open && len(r.Standing()) > 0:
		letters := widgets.NewButton(w.T("takedown.title"), icons.Mail, "", widgets.Plain, p.do.WriteTakedowns)
		letters.Keys = p.keys
		buttons.Add(letters)
		if r.Case != nil && !r.Newer && p.view.Prepares {
			buttons.Add(newer)
		}
	case r.Case != nil && !r.Newer && p.view.Prepares:
		buttons.Add(newer)
	}
	about := widgets.VBox(0, widgets.NewCutLabel(r.Title(), theme.Title, true, t.Text), widgets.NewCutLabel(w.T("published.signed", "who", r.Release.By, "day", day(r.Release.At.Local())), theme.Note, false, t.Muted))
	name := len(top.Objects)
	top.Add(about)
	if p.busy {
		top.Add(p.bar.Container)
	}
	if p.said != "" {
		top.Add(notePara(p.said, t.Pane(400)))
	}
	if p.view.Missing > 0 {
		top.Add(widgets.HBox(0, widgets.NewTag(w.T("published.differs"), icons.Warn, t.Stop)))
		top.Add(notePara(w.T("published.differs.what", "n", p.view.Missing), t.Pane(400)))
	}
	old := widgets.Border(widgets.Pad(strong(w.T("published.old")), theme.S4, 0), nil, nil, nil, p.Old.Content)
	var canvas fyne.CanvasObject = old
	if p.fresh {
		fresh := widgets.Border(widgets.Pad(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 16, t.OK.Text), strong(w.T("published.fresh"))), theme.S4, 0), nil, nil, nil, p.New.Content)
		canvas = widgets.Columns(t.Px(220), theme.S12, old, fresh)
	}
	put(p.middle, widgets.Reflow(anyWidth, func(width float32, _ bool) fyne.CanvasObject {
		narrow := width < t.Px(roomyAbove)
		if r.Open {
			top.Objects[0] = p.banner(width - 2*theme.S16)
		}
		if narrow {
			top.Objects[name] = widgets.VBox(theme.S8, about, widgets.Flow(width-2*theme.S16, theme.S8, buttons.Objects...))
			high := t.Px(220)
			if p.fresh {
				high *= 2
			}
			return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S12, top, widgets.Room(0, high, canvas), p.places(true)), theme.S16, theme.S16))
		}
		top.Objects[name] = widgets.Border(nil, nil, nil, widgets.Middle(buttons), about)
		return widgets.Pad(widgets.Border(top, p.places(false), nil, nil, widgets.Pad(canvas, theme.S12, 0)), theme.S16, theme.S16)
	}))
	p.record()
}

// banner says who ended what, and when, in a width.
func (p *Published) banner(width float32) fyne.CanvasObject {
	w, t := p.words, theme.Current()
	wide := width - 2*theme.S16 - t.Px(24) - 2*theme.S12
	var lines []fyne.CanvasObject
	for _, l := range p.view.Row.Lapses {
		name := p.view.Names[l.Subject]
		if name == "" {
			name = w.T("published.somebody")
		}
		key := "lapsed.deleted"
		switch {
		case l.State == authz.Withdrawn:
			key = "lapsed.withdrawn"
		case l.State == authz.Refused:
			key = "lapsed.refused"
		case l.State == authz.Expired:
			key = "lapsed.expired"
		case l.State != "" || l.Ground != "":
			key = "lapsed.ended"
		}
		s := w.T(key, "who", name)
		if !l.Since.IsZero() {
			s += w.T("sep") + l.Since.Local().Format("2006-01-02 15:04")
		}
		lines = append(lines, widgets.NewParagraph(s, theme.Head, true, t.Stop.Text, wide))
	}
	lines = append(lines, widgets.NewParagraph(w.T("published.since"), theme.Note, false, t.Stop.Text, wide))
	return toned(t.Stop, widgets.Border(nil, nil, widgets.Middle(widgets.Icon(icons.Warn, 24, t.Stop.Text)), nil, widgets.Pad(widgets.VBox(theme.S4, lines...), 0, theme.S12)))
}

// places are where the release stands, each with the button that takes it down.
func (p *Published) places(narrow bool) fyne.CanvasObject {
	w, t := p.words, theme.Current()
	rows := widgets.VBox(0, widgets.Pad(widgets.HBox(theme.S8, head(w.T("place.title")), widgets.Spacer(), note(w.T("place.left", "n", len(p.view.Row.Standing())))), theme.S8, theme.S12))
	for _, x := range p.view.Row.Release.Places {
		rows.Add(widgets.Rule())
		icon, c := icons.Globe, t.Muted
		var end fyne.CanvasObject = note(w.T("place.gone", "day", day(x.Gone.Local())))
		if x.Gone.IsZero() {
			if p.view.Row.Open {
				icon, c = icons.Warn, t.Stop.Text
			}
			b := widgets.NewButton(w.T("place.down"), "", "", widgets.Plain, func() { p.do.TakenDown(x.Where) })
			b.Keys = p.keys
			end = b
		} else {
			icon, c = icons.Seal, t.OK.Text
		}
		rows.Add(widgets.Pad(widgets.Border(nil, nil, widgets.Middle(widgets.Icon(icon, 18, c)), widgets.Middle(end),
			widgets.Pad(widgets.Middle(widgets.VBox(0, widgets.NewCutLabel(x.Where, theme.Body, true, t.Text), note(placeNote(w, x)))), 0, theme.S8)), theme.S4, theme.S12))
	}
	rows.Add(widgets.Rule())
	add := widgets.NewButton(w.T("place.add"), icons.Plus, "", widgets.Plain, func() { p.Where.OnSubmitted(p.Where.Text) })
	of := widgets.NewButton(w.T("place.of"), icons.Org, "", widgets.Ghost, func() { p.do.AddPlaceOf(strings.TrimSpace(p.Where.Text)) })
	of.Keys = p.keys
	buttons := widgets.HBox(theme.S4, add, of)
	var where fyne.CanvasObject = widgets.Border(nil, nil, nil, buttons, widgets.Pad(p.Where, 0, theme.S4))
	if narrow {
		where = widgets.VBox(theme.S8, p.Where, widgets.HBox(0, add), widgets.HBox(0, of))
	}
	rows.Add(widgets.Pad(where, theme.S8, theme.S12))
	return widgets.Card(widgets.Pad(rows, 2, 2))
}

// record is the right part: what was signed, who is shown, the proof.
func (p *Published) record() {
	w, t := p.words, theme.Current()
	r := p.view.Row
	wide := p.panes.side(true) - 2*theme.S16
	fact := func(key, value string) fyne.CanvasObject {
		return widgets.Border(nil, nil, note(w.T(key)), widgets.NewLabel(value, theme.Note, true, t.Text), widgets.Spacer())
	}
	rows := widgets.VBox(theme.S8, head(w.T("published.record")), fact("published.number", r.Release.ID))
	if c := r.Case; c != nil {
		rows.Add(fact("new.purpose", term(p.vocab.Purposes, string(c.Purpose), w.Lang())))
		rows.Add(fact("new.channel", term(p.vocab.Channels, string(c.Channel), w.Lang())))
		rows.Add(fact("published.prepared", c.By))
	}
	rows.Add(fact("published.signer", r.Release.By))
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("published.shown")))
	if len(r.Release.Consents) == 0 {
		rows.Add(note(w.T("approve.kept.none")))
	}
	for _, id := range r.Release.Consents {
		name := p.view.Names[p.view.Shown[id]]
		if name == "" {
			name = string(id)
		}
		a := p.view.Stands[id]
		icon, tone := agreedLook(a)
		rows.Add(widgets.Border(nil, nil, nil, widgets.NewTag(agreedWord(w, a), icon, tone), widgets.Middle(widgets.NewCutLabel(name, theme.Body, false, t.Text))))
	}
	rows.Add(widgets.Rule())
	rows.Add(head(w.T("published.proof")))
	rows.Add(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 18, t.OK.Text), note(w.T("published.entry", "n", r.Release.Receipt.Size))))
	if p.view.Missing == 0 {
		rows.Add(widgets.HBox(theme.S8, widgets.Icon(icons.Seal, 18, t.OK.Text), note(w.T("published.same"))))
	} else {
		rows.Add(notePara(w.T("published.differs.what", "n", p.view.Missing), wide))
	}
	open := widgets.NewButton(w.T("case.open"), icons.Case, "", widgets.Plain, p.do.OpenPackage)
	open.Keys = p.keys
	rows.Add(open)
	put(p.panel, container.NewVScroll(widgets.Pad(rows, theme.S12, theme.S16)))
	p.panes.leave(false)
}

// Leave forgets the release on show.
func (p *Published) Leave() { p.at = ""; p.empty() }

// NewVersionOf is the case that the release on show was made from; nil if it is kept
// no more.
func (p *Published) NewVersionOf() *casework.Case { return p.view.Row.Case }

// placeNote is who recorded a place, and who publishes there.
func placeNote(w *i18n.Words, x casework.Publication) string {
	s := w.T("place.by", "who", x.By, "day", day(x.At.Local()))
	if x.Partner != "" {
		s = w.T("place.partner.is", "who", x.Partner) + w.T("sep") + s
	}
	return s
}
