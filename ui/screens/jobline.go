package screens

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// jobLine is the line under the workbench: where the package goes, how far a job
// is, what came of it. A job is a line, not a wall.
type jobLine struct {
	box      *fyne.Container
	words    *i18n.Words
	packing  Packing
	out      string
	busy     bool
	bar      *widgets.Bar
	what     *widgets.Label
	count    *widgets.Label
	finished map[string]bool // files of the running scan
	wide     func() float32  // of the bench
	again    func()          // lays out what is shown for another width; nil: nothing to do
}

func newJobLine(w *i18n.Words, p Packing, out string) *jobLine {
	j := &jobLine{box: container.NewStack(), words: w, packing: p, out: out, wide: func() float32 { return 0 }}
	j.idle()
	return j
}

func (j *jobLine) show(left, middle, right fyne.CanvasObject) {
	j.again = nil
	put(j.box, widgets.Pad(widgets.Room(0, theme.Current().Px(theme.ButtonHeight), widgets.Border(nil, nil, left, right, middle)), theme.S4, theme.S16))
}

// tell says a sentence behind a tag, before buttons; where there is no room for all of it in
// one line it stands over them, in as many lines as it takes.
func (j *jobLine) tell(tag fyne.CanvasObject, what string, buttons ...fyne.CanvasObject) {
	t := theme.Current()
	var right fyne.CanvasObject
	room := j.wide() - 2*theme.S16 - tag.MinSize().Width - 3*theme.S8
	if len(buttons) > 0 {
		right = widgets.HBox(theme.S8, buttons...)
		room -= right.MinSize().Width
	}
	if j.wide() <= 0 || fyne.MeasureText(what, t.Px(theme.Body), fyne.TextStyle{}).Width <= room {
		j.show(widgets.Middle(tag), widgets.Pad(widgets.NewCutLabel(what, theme.Body, false, t.Text), 0, theme.S8), right)
	} else {
		lines := widgets.VBox(theme.S4, widgets.HBox(0, tag), widgets.NewParagraph(what, theme.Body, false, t.Text, j.wide()-2*theme.S16))
		if right != nil {
			lines.Add(widgets.HBox(0, widgets.Spacer(), right))
		}
		put(j.box, widgets.Pad(lines, theme.S8, theme.S16))
	}
	j.again = func() { j.tell(tag, what, buttons...) }
}

// idle names the package folder.
func (j *jobLine) idle() {
	t := theme.Current()
	j.busy = false
	change := widgets.NewButton(j.words.T("job.change"), icons.Case, "", widgets.Ghost, j.packing.ChooseOut)
	j.show(widgets.Middle(note(j.words.T("job.out"))), widgets.Pad(widgets.NewCutLabel(j.out, theme.Note, false, t.Text), 0, theme.S8), change)
}

// say shows a sentence.
func (j *jobLine) say(s string) {
	j.show(nil, widgets.NewCutLabel(s, theme.Body, false, theme.Current().Text), nil)
}

// stepWord is the word of a running step.
func stepWord(w *i18n.Words, p state.Progress) string { return w.T("job." + string(p.Step)) }

// CountWords are "file 7 of 18, about 4 minutes left".
func CountWords(w *i18n.Words, p state.Progress) string {
	s := w.T("job.count", "n", min(p.Done+1, p.Total), "of", p.Total)
	if p.Left > 0 {
		if p.Left < time.Minute {
			s += w.T("job.seconds", "n", max(1, int(p.Left.Round(time.Second)/time.Second)))
		} else {
			s += w.T("job.minutes", "n", int((p.Left+30*time.Second)/time.Minute))
		}
	}
	return s
}

// SetBusy starts the line of a job.
func (b *Workbench) SetBusy(what string) {
	j, w := b.job, b.words
	j.busy, j.finished = true, nil
	j.bar, j.count, j.what = widgets.NewBar(), note(""), strong(what)
	stop := widgets.NewButton(w.T("job.stop"), "", "", widgets.Plain, j.packing.Stop)
	stop.Keys = b.keys
	j.show(widgets.Middle(j.what), widgets.Pad(widgets.Border(nil, nil, nil, widgets.Pad(j.count, 0, theme.S8), j.bar.Container), 0, theme.S12), stop)
	b.refreshHead()
	b.refreshPanel()
	b.refreshTools()
}

// SetProgress moves the line of a job.
func (b *Workbench) SetProgress(p state.Progress) {
	j := b.job
	if !j.busy {
		return
	}
	files := p.Files
	switch p.Step {
	case casework.StepIngest: // taken in, not yet checked
		files = nil
	case casework.StepSearch: // all are checked
		files = j.finished
	}
	fresh := len(files) != len(j.finished)
	j.finished = files
	if p.Total > 0 {
		j.bar.Set(float32(p.Done) / float32(p.Total))
	}
	j.what.Set(stepWord(b.words, p))
	j.count.Set(CountWords(b.words, p))
	j.box.Refresh()
	if fresh && b.view.Stage == state.Scanning {
		b.Files.Refresh()
	}
}

// SetIdle ends a job without a word.
func (b *Workbench) SetIdle() {
	b.job.idle()
	b.refresh()
}

// SetDone says what came of a job. The button that opens the folder of what was exported
// stands in the head.
func (b *Workbench) SetDone(what string, exported bool) {
	t, j := theme.Current(), b.job
	j.busy = false
	tag := b.words.T("job.passed")
	if exported {
		tag = b.words.T("job.saved")
	}
	j.tell(widgets.NewTag(tag, icons.Seal, t.OK), what)
	b.refresh()
}

// SetFailed says in place what went wrong and what to do. details, where there are
// any, can be copied; retry may be nil.
func (b *Workbench) SetFailed(what, details string, retry func()) {
	t, j, w := theme.Current(), b.job, b.words
	j.busy = false
	var buttons []fyne.CanvasObject
	if retry != nil {
		buttons = append(buttons, widgets.NewButton(w.T("job.again"), "", "", widgets.Plain, retry))
	}
	if details != "" {
		buttons = append(buttons, NewCopyDetails(w, details))
	}
	buttons = append(buttons, widgets.NewButton(w.T("close"), "", "", widgets.Ghost, b.SetIdle))
	j.tell(widgets.NewTag(w.T("job.failed"), icons.Warn, t.Stop), what, buttons...)
	b.refresh()
}

// SetLeak says of which file something hidden was read when the package was attacked, and
// leads to it; false where the case has no such file.
func (b *Workbench) SetLeak(file redact.Digest) bool {
	t, j, w := theme.Current(), b.job, b.words
	at := slices.IndexFunc(b.view.Plan.Case.Assets, func(a casework.Asset) bool { return a.Digest == file })
	if at < 0 {
		return false
	}
	j.busy = false
	j.tell(widgets.NewTag(w.T("job.failed"), icons.Warn, t.Stop), w.T("wrong.leak.in", "name", b.view.Plan.Case.Assets[at].Name),
		widgets.NewButton(w.T("job.show"), "", "", widgets.Plain, func() { b.chooseFile(at) }),
		widgets.NewButton(w.T("close"), "", "", widgets.Ghost, b.SetIdle))
	b.refresh()
	return true
}

// SetOut changes the package folder.
func (b *Workbench) SetOut(out string) {
	b.job.out = out
	if !b.job.busy {
		b.job.idle()
	}
}

// Busy reports whether a job runs.
func (b *Workbench) Busy() bool { return b.job.busy }
