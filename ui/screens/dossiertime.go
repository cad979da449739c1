package screens

import (
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// How many bars and entries are drawn at once.
const (
	maxBars    = 10
	maxEntries = 30
)

// validity draws how long each consent holds in each channel.
func (r *Registry) validity() fyne.CanvasObject {
	w := r.words
	rows := widgets.VBox(theme.S8, head(w.T("registry.validity")))
	bars := state.Bars(r.shown.Consents, r.vocab.Channels, r.now)
	if len(bars) == 0 {
		rows.Add(body(w.T("registry.validity.none")))
		return rows
	}
	more := len(bars) - maxBars
	bars = bars[:min(len(bars), maxBars)]
	axis := state.NewAxis(bars, r.now)
	var spans []widgets.Span
	for _, b := range bars {
		s := widgets.Span{Label: term(r.vocab.Channels, string(b.Channel), w.Lang()), Text: r.showWords(b.Shows), From: axis.Part(b.From), To: axis.Part(b.Until)}
		s.Ended = s.To
		s.Over = !b.Until.IsZero() && !r.now.Before(b.Until)
		if !b.Ended.IsZero() {
			s.Ended, s.Over = min(s.To, max(s.From, axis.Part(b.Ended))), true
			s.Hollow = w.T("grid.ended", "day", b.Ended.Local().Format("01-02"))
		}
		spans = append(spans, s)
	}
	var ticks []widgets.Tick
	for _, t := range axis.Ticks {
		ticks = append(ticks, widgets.Tick{At: axis.Part(t), Text: t.Format("01"), Year: t.Format("2006-")})
	}
	rows.Add(widgets.NewTimeline(spans, ticks, widgets.Tick{At: axis.Part(r.now), Text: w.T("registry.now")}))
	if more > 0 {
		rows.Add(note(w.T("registry.validity.more", "n", more)))
	}
	return rows
}

// showWords are the words for what is shown.
func (r *Registry) showWords(xs []authz.Shows) string {
	var out []string
	for _, x := range xs {
		out = append(out, r.shownWord(x))
	}
	return strings.Join(out, r.words.T("list"))
}

// history is what happened, the newest first.
func (r *Registry) history() fyne.CanvasObject {
	w, t, p := r.words, theme.Current(), &r.middle
	top := widgets.Border(nil, nil, head(w.T("registry.history")), note(w.T("registry.history.what")), widgets.Spacer())
	if len(p.entries) == 0 {
		return widgets.VBox(theme.S8, top, body(w.T("registry.history.none")))
	}
	rows := widgets.VBox(0)
	shown := p.entries
	if !p.all {
		shown = shown[:min(len(shown), maxEntries)]
	}
	for i, e := range shown {
		icon, tone := entryLook(e)
		lead := widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icon, 18, tone.Text)), widgets.Room(t.Px(84), 0, widgets.Middle(note(r.entryDay(e)))))
		text := widgets.VBox(0, widgets.NewCutLabel(r.entryTitle(e), theme.Body, true, t.Text), widgets.NewCutLabel(r.entryNote(e), theme.Note, false, t.Muted))
		row := widgets.NewPick(widgets.Pad(widgets.Border(nil, nil, lead, nil, widgets.Pad(text, 0, theme.S8)), theme.S8, theme.S8), r.entryTitle(e), i == p.entry, func() { r.Choose(i) })
		row.Keys = r.keys
		rows.Add(row)
	}
	if n := len(p.entries) - len(shown); n > 0 {
		b := widgets.NewButton(w.T("registry.history.all", "n", n), "", "", widgets.Ghost, func() {
			p.all = true
			r.draw()
		})
		b.Keys = r.keys
		rows.Add(widgets.HBox(0, b))
	}
	return widgets.VBox(theme.S8, top, rows)
}

// Choose shows what belongs to an entry of the history.
func (r *Registry) Choose(i int) {
	r.middle.entry = i
	r.draw()
}

// Entries is the history on show, for tests.
func (r *Registry) Entries() []state.Entry { return r.middle.entries }

func (r *Registry) entryDay(e state.Entry) string {
	if e.At.IsZero() {
		return r.words.T("registry.undated")
	}
	return day(e.At.Local())
}

// entryIs are the states that have the word of a tag.
var entryIs = map[authz.State]state.Agreement{
	authz.Given: state.AgreedGiven, authz.Requested: state.AgreedRequested, authz.Deferred: state.AgreedDeferred,
	authz.Refused: state.AgreedRefused, authz.Withdrawn: state.AgreedWithdrawn,
}

// entryTitle is what happened, and in which channels.
func (r *Registry) entryTitle(e state.Entry) string {
	w := r.words
	if e.State == "" {
		return w.T("registry.entry.file", "what", w.T("evidence."+e.Files[0].Of))
	}
	word := term(r.vocab.States, string(e.State), w.Lang())
	if a, ok := entryIs[e.State]; ok {
		word = agreedWord(w, a)
	}
	if e.Waits {
		word = agreedWord(w, state.AgreedWaits)
	}
	var channels []string
	for _, c := range e.Channels() {
		channels = append(channels, term(r.vocab.Channels, string(c), w.Lang()))
	}
	if len(channels) == 0 {
		return word
	}
	return w.T("registry.entry", "what", word, "channels", strings.Join(channels, w.T("list")))
}

// entryNote is how it came, who recorded it, and until when it was agreed to.
func (r *Registry) entryNote(e state.Entry) string {
	w := r.words
	var more []string
	if e.Intake != "" {
		if key := "intake." + e.Intake; w.Has(key) {
			more = append(more, w.T("intake."+e.Intake))
		} else {
			more = append(more, e.Intake)
		}
	}
	if e.By != "" {
		more = append(more, w.T("registry.by", "who", e.By))
	}
	if len(e.Consents) > 1 {
		more = append(more, w.T("registry.entry.records", "n", len(e.Consents)))
	}
	if c := e.Consents; len(c) == 1 && e.State.Valid() && !c[0].Until.IsZero() {
		more = append(more, w.T("registry.until", "day", lastDay(c[0].Until)))
	}
	for _, f := range e.Files {
		more = append(more, f.Name)
	}
	return strings.Join(more, w.T("sep"))
}

// entryLook is the icon and tone of an entry.
func entryLook(e state.Entry) (icons.Name, theme.Tone) {
	t := theme.Current()
	switch e.State {
	case authz.Given, authz.Renewed:
		return icons.Show, t.Show
	case authz.Withdrawn:
		return icons.Warn, t.Stop
	case authz.Refused, authz.Terminated, authz.Invalidated:
		return icons.Cross, t.Hide
	case authz.Requested:
		return icons.Mail, t.Hide
	case authz.Deferred, authz.Expired:
		return icons.Clock, t.Ask
	case authz.Unknown:
		return icons.Ask, t.Ask
	}
	return icons.Doc, t.Hide
}
