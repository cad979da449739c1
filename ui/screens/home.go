package screens

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Lobby is what the home screen asks for.
type Lobby interface {
	ChooseFiles()
	ChooseFolder()
	OpenSample()
	OpenCase(id string)
	// See goes to where a task is done.
	See(state.Task)
	// RecordWithdrawal asks who takes a consent back.
	RecordWithdrawal()
	// StopCase stops the job of a case; what is done is kept.
	StopCase(id string)
}

// A Running is a case that is being worked on.
type Running struct {
	Case, Title string
	What        string // "checking file 7 of 18, about 4 minutes left"
	Done        float32
}

// tasksShown bounds the tasks on the screen: each has a digit as its key.
const tasksShown = 9

// Home is the drop strip, what waits today, and the recent cases.
type Home struct {
	Content fyne.CanvasObject
	List    *widgets.List

	words            *i18n.Words
	vocab            authz.Vocabulary
	lobby            Lobby
	keys             widgets.KeyHandler
	day              state.Agenda
	now              time.Time
	running          []Running
	about            *widgets.Label
	notice           *widgets.Label
	tasks, lapse, at *fyne.Container
	bars             []*widgets.Bar
	counts           []*widgets.Label
	recent, listHead *fyne.Container
	cases            fyne.CanvasObject
}

// NewHome is the home screen of a day.
func NewHome(w *i18n.Words, l Lobby, v authz.Vocabulary, day state.Agenda, now time.Time, keys widgets.KeyHandler) *Home {
	h := &Home{words: w, vocab: v, lobby: l, keys: keys, now: now, notice: note(""), about: note(""),
		tasks: container.NewStack(), lapse: container.NewStack(), at: container.NewStack(), recent: container.NewStack(), listHead: container.NewStack()}
	h.List = widgets.NewList(func() int { return len(h.day.Cases) }, h.caseRow, func(i int) { l.OpenCase(h.day.Cases[i].Case.ID) })
	h.List.Keys = keys
	button := func(key string, icon icons.Name, hint string, rank widgets.Rank, do func()) fyne.CanvasObject {
		b := widgets.NewButton(w.T(key), icon, hint, rank, do)
		b.Keys = keys
		return widgets.Middle(b)
	}
	buttons := widgets.HBox(theme.S8,
		button("cmd.withdraw", icons.Warn, "Ctrl Shift W", widgets.Plain, l.RecordWithdrawal),
		button("cmd.new-case", icons.Plus, "Ctrl N", widgets.Primary, l.ChooseFolder))
	today := widgets.VBox(0, title(w.T("home.title")), h.about)
	left := widgets.VBox(theme.S16, h.tasks, h.lapse, h.at)
	h.cases = widgets.Card(widgets.Border(widgets.VBox(0, h.listHead, widgets.Rule()), nil, nil, nil, widgets.Pad(h.recent, 2, 2)))
	h.Content = widgets.Reflow(narrowBelow, func(width float32, narrow bool) fyne.CanvasObject {
		strip := dropStrip(w, l, width-2*theme.S24, narrow)
		if narrow {
			t := theme.Current()
			return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S16, today, buttons, strip, left, widgets.Room(0, t.Px(5*theme.ListHeight), h.cases)), theme.S16, theme.S24))
		}
		top := widgets.VBox(theme.S16, widgets.Border(nil, nil, nil, buttons, today), strip)
		return widgets.Pad(widgets.Border(top, nil, nil, nil,
			widgets.Pad(widgets.Columns(theme.Current().Px(430), theme.S16, widgets.Pad(container.NewVScroll(widgets.Pad(left, edge, edge)), -edge, -edge), h.cases), theme.S16, 0)), theme.S16, theme.S24)
	})
	h.SetDay(day, now)
	return h
}

// SetDay shows what waits and the cases.
func (h *Home) SetDay(day state.Agenda, now time.Time) {
	w := h.words
	h.day, h.now = day, now
	about := dayWords(w, now)
	if n := len(day.Tasks); n > 0 {
		about = w.T("home.day", "day", about, "waits", w.T("home.waits", "n", n))
	}
	h.about.Set(about)
	h.showTasks()
	h.showLapsing()
	all := ""
	if n := len(day.Cases); n > 0 {
		all = w.T("home.all", "n", n)
	}
	put(h.listHead, widgets.Pad(widgets.HBox(theme.S8, head(w.T("home.recent")), widgets.Spacer(), h.notice, note(all)), theme.S12, theme.S16))
	var recent fyne.CanvasObject = h.List
	if len(day.Cases) == 0 {
		sample := widgets.NewButton(w.T("home.sample"), icons.Photo, "", widgets.Plain, h.lobby.OpenSample)
		sample.Keys = h.keys
		recent = widgets.Pad(widgets.VBox(theme.S12, body(w.T("home.empty")), note(w.T("home.empty.what")), widgets.HBox(theme.S8, sample)), theme.S16, theme.S16)
	}
	put(h.recent, recent)
	h.List.UnselectAll()
	h.List.Refresh()
}

// dayWords is a day with its weekday.
func dayWords(w *i18n.Words, t time.Time) string {
	return w.T("home.date", "month", w.T("month."+strconv.Itoa(int(t.Month()))), "day", t.Day(), "weekday", w.T("weekday."+strconv.Itoa(int(t.Weekday()))))
}

// Notice says something in the head of the list: that models are being loaded.
func (h *Home) Notice(s string) { h.notice.Set(s) }

// Day is what is shown, for tests.
func (h *Home) Day() state.Agenda { return h.day }

// Do sees to the n-th task, from 1.
func (h *Home) Do(n int) {
	if n >= 1 && n <= min(len(h.day.Tasks), tasksShown) {
		h.lobby.See(h.day.Tasks[n-1])
	}
}

func (h *Home) showTasks() {
	w, order := h.words, ""
	if len(h.day.Tasks) > 1 {
		order = w.T("home.order")
	}
	rows := widgets.VBox(0, widgets.Pad(widgets.HBox(theme.S8, head(w.T("home.tasks")), widgets.Spacer(), note(order)), theme.S12, theme.S16))
	for i, t := range h.day.Tasks {
		if i == tasksShown {
			rows.Add(widgets.Rule())
			rows.Add(widgets.Pad(note(w.T("home.more", "n", len(h.day.Tasks)-tasksShown)), theme.S8, theme.S16))
			break
		}
		icon, tone := taskLook(t.Kind)
		b := widgets.NewButton(w.T("task.do."+string(t.Kind)), "", strconv.Itoa(i+1), widgets.Plain, func() { h.lobby.See(t) })
		b.Keys = h.keys
		what, when := taskWords(w, t, h.now)
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(widgets.Border(nil, nil, widgets.Middle(widgets.Tile(icon, tone)),
			widgets.HBox(theme.S12, widgets.Middle(note(when)), widgets.Middle(b)),
			widgets.Pad(widgets.Middle(widgets.VBox(0, widgets.NewCutLabel(t.Name, theme.Body, true, theme.Current().Text), widgets.NewCutLabel(what, theme.Note, false, theme.Current().Muted))), 0, theme.S12)),
			theme.S8, theme.S16))
	}
	if len(h.day.Tasks) == 0 {
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icons.Seal, 18, theme.Current().OK.Text)), body(w.T("home.nothing"))), theme.S12, theme.S16))
	}
	put(h.tasks, widgets.Card(rows))
}

// taskLook is the icon and tone of a kind of task.
func taskLook(k state.TaskKind) (icons.Name, theme.Tone) {
	t := theme.Current()
	switch k {
	case state.TaskRecall, state.TaskUnread:
		return icons.Warn, t.Stop
	case state.TaskAnswer, state.TaskBack:
		return icons.Ask, t.Ask
	case state.TaskApprove, state.TaskConfirm:
		return icons.Stamp, t.Show
	case state.TaskAnswers:
		return icons.Mail, t.Hide
	case state.TaskRenew:
		return icons.Clock, t.Hide
	}
	return icons.Show, t.Show
}

// taskWords are what a task is about and how it stands in time.
func taskWords(w *i18n.Words, t state.Task, now time.Time) (what, when string) {
	switch t.Kind {
	case state.TaskRecall:
		what = w.T("task.recall.nowhere")
		if t.N > 0 {
			what = w.T("task.recall", "n", t.N)
		}
	case state.TaskBack:
		what = w.T("task.back", "who", t.By, "why", t.Remark)
	case state.TaskApprove:
		what = w.T("task.approve", "who", t.By)
	default:
		what = w.T("task."+string(t.Kind), "n", t.N)
	}
	switch {
	case t.Kind == state.TaskRenew:
		when = w.T("due.left", "n", t.Days)
	case !t.At.IsZero():
		when = ago(w, t.At, now)
	}
	return what, when
}

// ago is how long ago an instant was, or its day.
func ago(w *i18n.Words, t, now time.Time) string {
	switch d := now.Sub(t); {
	case d < time.Minute:
		return w.T("ago.now")
	case d < time.Hour:
		return w.T("ago.minutes", "n", int(d/time.Minute))
	case d < 24*time.Hour:
		return w.T("ago.hours", "n", int(d/time.Hour))
	case d < 7*24*time.Hour:
		return w.T("ago.days", "n", int(d/(24*time.Hour)))
	}
	return day(t.Local())
}

func (h *Home) showLapsing() {
	w, t := h.words, theme.Current()
	figures := container.NewGridWithColumns(len(h.day.Lapsing))
	for _, l := range h.day.Lapsing {
		who := ""
		if len(l.Dues) > 0 {
			who = l.Dues[0].Subject.Title()
		}
		if n := len(l.Dues); n > 1 {
			who = w.T("lapse.others", "who", who, "n", n-1)
		}
		figures.Add(widgets.Pad(widgets.VBox(0, note(w.T("due.within", "n", l.Days)),
			widgets.NewLabel(strconv.Itoa(len(l.Dues)), theme.Figure, true, t.Text), widgets.NewCutLabel(who, theme.Note, false, t.Muted)), theme.S8, theme.S16))
	}
	put(h.lapse, widgets.Card(widgets.VBox(0,
		widgets.Pad(widgets.HBox(theme.S8, head(w.T("lapse.title")), widgets.Spacer(), note(w.T("lapse.what"))), theme.S12, theme.S16), widgets.Rule(), figures)))
}

// SetRunning shows the cases that are being worked on.
func (h *Home) SetRunning(rs []Running) {
	w := h.words
	if len(rs) > 0 && slices.EqualFunc(rs, h.running, func(a, b Running) bool { return a.Case == b.Case }) {
		for i, r := range rs {
			h.bars[i].Set(r.Done)
			h.counts[i].Set(r.What)
		}
		h.running = rs
		return
	}
	h.running, h.bars, h.counts = rs, nil, nil
	if len(rs) == 0 {
		h.at.Objects = nil
		h.at.Refresh()
		return
	}
	rows := widgets.VBox(0, widgets.Pad(widgets.HBox(theme.S8, head(w.T("running.title")), widgets.Spacer(), note(w.T("running.what"))), theme.S12, theme.S16))
	for _, r := range rs {
		bar, count := widgets.NewBar(), note(r.What)
		bar.Set(r.Done)
		h.bars, h.counts = append(h.bars, bar), append(h.counts, count)
		stop := widgets.NewButton(w.T("job.stop"), "", "", widgets.Plain, func() { h.lobby.StopCase(r.Case) })
		stop.Keys = h.keys
		rows.Add(widgets.Rule())
		rows.Add(widgets.Pad(widgets.Border(nil, nil, nil, widgets.Middle(stop), widgets.Pad(widgets.VBox(theme.S4,
			widgets.Border(nil, nil, nil, count, widgets.NewCutLabel(r.Title, theme.Body, true, theme.Current().Text)), bar.Container), 0, theme.S12)), theme.S8, theme.S12))
	}
	rows.Add(widgets.Pad(note(w.T("running.stopped")), theme.S8, theme.S16))
	put(h.at, widgets.Card(rows))
}

func (h *Home) caseRow(i int, r *widgets.Row) {
	w, t, row := h.words, theme.Current(), h.day.Cases[i]
	c := row.Case
	r.SetIcon(caseIcon(c), t.Muted)
	r.SetTag("", icons.Case, t.Hide)
	word, icon, tone := standing(w, row)
	r.SetEnd(word, icon, tone)
	about := term(h.vocab.Channels, string(c.Channel), w.Lang()) + w.T("sep") + w.T("files", "n", len(c.Assets))
	r.Set(c.Title, about, ago(w, row.At, h.now), false)
	r.Refresh()
}

// caseIcon tells photos from documents.
func caseIcon(c *casework.Case) icons.Name {
	photos := 0
	for _, a := range c.Assets {
		if strings.HasPrefix(a.Type, "image/") {
			photos++
		}
	}
	switch {
	case len(c.Assets) > 0 && photos == len(c.Assets):
		return icons.Photo
	case len(c.Assets) == 1:
		return icons.Doc
	}
	return icons.Case
}

// standing is a case's state in words, icon and tone.
func standing(w *i18n.Words, r state.CaseRow) (string, icons.Name, theme.Tone) {
	t := theme.Current()
	if r.Recall {
		return w.T("stands.recall"), icons.Warn, t.Stop
	}
	if n := r.Case.Tally.Unreadable + len(r.Case.Refused); n > 0 && r.Stands != casework.StandsReleased && r.Stands != casework.StandsWaiting {
		return w.T("stands.unread", "n", n), icons.Warn, t.Stop
	}
	word := w.T("stands."+string(r.Stands), "n", r.Case.Tally.Asks)
	switch r.Stands {
	case casework.StandsAsking:
		return word, icons.Ask, t.Ask
	case casework.StandsSentBack:
		return word, icons.Undo, t.Ask
	case casework.StandsReady:
		return word, icons.Show, t.Show
	case casework.StandsWaiting:
		return word, icons.Stamp, t.Hide
	case casework.StandsReleased:
		return word, icons.Seal, t.OK
	}
	return word, icons.Clock, t.Hide
}

// edge is what a pane that scrolls leaves of the line around a card.
const edge = 2

// dropStrip is the frame that says that files may be dropped anywhere; in little room
// its buttons stand under the words.
func dropStrip(w *i18n.Words, l Lobby, width float32, narrow bool) *fyne.Container {
	t := theme.Current()
	frame := canvas.NewRectangle(t.Surface)
	frame.StrokeColor, frame.StrokeWidth, frame.CornerRadius = t.Edge, 2, theme.CardRadius
	files := widgets.NewButton(w.T("cmd.open-files"), icons.Doc, "Ctrl O", widgets.Plain, l.ChooseFiles)
	folder := widgets.NewButton(w.T("cmd.open-folder"), icons.Case, "Ctrl Shift O", widgets.Plain, l.ChooseFolder)
	if narrow {
		wide := width - 2*theme.S24 - t.Px(36) - 4*theme.S8
		return container.NewStack(frame, widgets.Pad(widgets.VBox(theme.S12, widgets.HBox(theme.S12, widgets.Middle(widgets.Icon(icons.Drop, 36, t.Text)),
			widgets.VBox(theme.S4, widgets.NewParagraph(w.T("home.drop"), theme.Head, true, t.Text, wide), widgets.NewParagraph(w.T("home.drop.what"), theme.Body, false, t.Muted, wide))),
			widgets.Flow(width-2*theme.S24, theme.S12, files, folder)), theme.S16, theme.S24))
	}
	words := widgets.Middle(widgets.VBox(theme.S4, widgets.NewCutLabel(w.T("home.drop"), theme.Head, true, t.Text),
		widgets.NewCutLabel(w.T("home.drop.what"), theme.Body, false, t.Muted)))
	return container.NewStack(frame, widgets.Pad(widgets.Border(nil, nil,
		widgets.Pad(widgets.Middle(widgets.Icon(icons.Drop, 36, t.Text)), 0, theme.S8),
		widgets.HBox(theme.S12, widgets.Middle(files), widgets.Middle(folder)), widgets.Pad(words, 0, theme.S12)), theme.S16, theme.S24))
}

// NewEmptyCase is the case room while no case is open: the cases that can be opened.
func NewEmptyCase(w *i18n.Words, l Lobby, v authz.Vocabulary, day state.Agenda, now time.Time, keys widgets.KeyHandler) fyne.CanvasObject {
	h := NewHome(w, l, v, day, now, keys)
	return widgets.Reflow(narrowBelow, func(width float32, narrow bool) fyne.CanvasObject {
		top := widgets.VBox(theme.S16, title(w.T("case.none")), dropStrip(w, l, width-2*theme.S24, narrow))
		if narrow {
			return container.NewVScroll(widgets.Pad(widgets.VBox(theme.S16, top, widgets.Room(0, theme.Current().Px(5*theme.ListHeight), h.cases)), theme.S24, theme.S24))
		}
		return widgets.Pad(widgets.Border(top, nil, nil, nil, widgets.Pad(h.cases, theme.S16, 0)), theme.S24, theme.S24)
	})
}
