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
	p.panes = newPanes([2]string{w.T("tab.list"), w.T("published.record")}, [2]float32{300, 300}, left, p.middle, p.panel)
	p.panes.arranged = p.pick
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
	put(p.chips, widgets.Flow(p.panes.side(false)-2*theme.S16, theme.S8, chips...))
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

// Leave forgets the release on show.
func (p *Published) Leave() { p.at = ""; p.empty() }

// NewVersionOf is the case that the release on show was made from; nil if it is kept
// no more.
func (p *Published) NewVersionOf() *casework.Case { return p.view.Row.Case }
