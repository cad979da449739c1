package screens

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Register is what the registry room asks for.
type Register interface {
	// FindPeople searches among those whom a filter keeps; they come back through SetPeople.
	FindPeople(query string, f state.PeopleFilter)
	ShowSubject(id authz.SubjectID) // comes back through SetDossier
	ShowDues()                      // come back through SetDues
	AddSubject()                    // opens a sheet, as the others do
	AddNamed(name string)           // the same, with a name that was searched for
	ImportFile()                    //
	FileReturned()                  //
	FindDuplicates()                //
	WithdrawAll(s authz.Subject)    //
	ExplainUse(s authz.Subject)     //
	RecordGrant(s authz.Subject)    //
	RequestConsent(s authz.Subject) //
	ConfirmGrant(s authz.Subject, c authz.Consent)
	WithdrawOne(s authz.Subject, c authz.Consent)
	Refuse(s authz.Subject)
	Erase(s authz.Subject, leaning int)
	AnswerRequest(s authz.Subject, c authz.Consent, filed bool)
	ShowFor(id authz.SubjectID, p authz.Purpose) // comes back through SetGrid
	OpenEvidence(e authz.Evidence)               // opens a sheet
	SaveCopy(s authz.Subject)                    //
	ChangeSubject(s authz.Subject)               //
	ShowGrounds(s authz.Subject)                 //
	ShowFace(s authz.Subject)                    //
	ShowLogos(s authz.Subject)                   //
	AddEvidence(s authz.Subject, c authz.ConsentID)
	SaveEvidence(e authz.Evidence)
	WriteReceipt(s authz.Subject, c authz.Consent)
	SeeRelease(id string) // leaves the room
}

// Registry lists who is registered, what they agreed to and what is due, and is
// where all that is recorded.
type Registry struct {
	Content fyne.CanvasObject
	Query   *entry
	Filter  state.PeopleFilter
	List    *widgets.List
	Dues    *widgets.List   // while nobody is selected
	Add     *widgets.Button // where a search finds nobody

	words  *i18n.Words
	vocab  authz.Vocabulary
	do     Register
	keys   widgets.KeyHandler
	people []state.Person
	at     authz.SubjectID // who is selected
	shown  state.Dossier
	now    time.Time
	middle page
	left   *fyne.Container
	dues   []state.Due
	lead   float32 // the width of their tags
	detail *fyne.Container
	count  *widgets.Label
	chips  *fyne.Container
	nobody *fyne.Container
	counts map[state.PeopleFilter]int
	empty  bool // nobody is registered
}

// NewRegistry is the room, empty until it is given people and dues.
func NewRegistry(w *i18n.Words, v authz.Vocabulary, g Register, keys widgets.KeyHandler) *Registry {
	t := theme.Current()
	r := &Registry{words: w, vocab: v, do: g, keys: keys, count: note(""), chips: container.NewStack(), nobody: container.NewStack(), Filter: state.Everyone}
	r.Query = newEntry(w.T("registry.hint"))
	r.detail = container.NewStack()
	r.List = widgets.NewList(func() int { return len(r.people) }, func(i int, row *widgets.Row) {
		p := r.people[i]
		row.SetTag("", icons.Person, t.Hide)
		row.SetIcon(SubjectIcon(p.Subject), t.Muted)
		row.Set(p.Subject.Title(), SubjectNote(w, p.Subject), "", p.Subject.ID == r.at)
		icon, tone := agreedLook(p.Agreed)
		row.SetEnd(agreedWord(w, p.Agreed), icon, tone)
		if t.Large() { // the name needs the room of the tag
			row.SetEnd("", icon, tone)
			row.SetIcon(icon, tone.Text)
			row.Set(p.Subject.Title(), agreedWord(w, p.Agreed)+w.T("sep")+SubjectNote(w, p.Subject), "", p.Subject.ID == r.at)
		}
		row.Refresh()
	}, func(i int) { r.Select(r.people[i].Subject.ID) })
	r.List.Keys = keys
	r.Query.OnChanged = func(q string) { g.FindPeople(q, r.Filter) }
	r.Query.OnSubmitted = func(string) {
		if len(r.people) > 0 {
			r.Select(r.people[0].Subject.ID)
		}
	}
	r.Query.escape = r.Leave
	r.Dues = widgets.NewList(func() int { return len(r.dues) }, r.dueRow, func(i int) { r.Select(r.dues[i].Subject.ID) })
	r.Dues.Keys = keys

	wide := t.Pane(registerWidth)
	acts := []fyne.CanvasObject{r.button("registry.add", icons.Plus, "", widgets.Plain, g.AddSubject)}
	if !t.Large() {
		acts = append(acts, r.others()...)
	}
	foot := widgets.VBox(0, widgets.Rule(), widgets.Pad(widgets.Even(wide-2*theme.S12, theme.S8, acts...), theme.S12, theme.S12))
	left := widgets.Room(wide, 0, widgets.Ground(t.Surface, widgets.Border(
		widgets.Pad(widgets.VBox(theme.S8, r.Query, r.chips, r.count, r.nobody), theme.S12, theme.S12), foot, nil, nil, r.List)))
	r.left = widgets.Border(nil, nil, nil, widgets.Rule(), left)
	r.Content = container.New(spread{r}, widgets.Border(nil, nil, r.left, nil, r.detail))
	r.nobody.Hide()
	r.SetCounts(nil)
	r.SetDues(nil)
	return r
}

// others are what is done with the whole registry, seldom: under the list or, in large
// text, over what is due, so that people keep their room.
func (r *Registry) others() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.button("registry.import", "", "", widgets.Plain, r.do.ImportFile),
		r.button("registry.returned", "", "", widgets.Plain, r.do.FileReturned),
		r.button("registry.merge", "", "", widgets.Plain, r.do.FindDuplicates)}
}

// Select shows one of them.
func (r *Registry) Select(id authz.SubjectID) {
	if id != r.at {
		r.at = id
		r.List.Refresh()
		r.do.ShowSubject(id)
	}
}

// Selected is who is shown; empty while the list of dues is.
func (r *Registry) Selected() authz.SubjectID { return r.at }

// Leave goes back to what is due.
func (r *Registry) Leave() {
	r.at, r.shown = "", state.Dossier{}
	r.List.UnselectAll()
	r.Dues.UnselectAll()
	r.List.Refresh()
	r.do.ShowDues()
}

// SetPeople shows whom a search found; of is how many are registered.
func (r *Registry) SetPeople(people []state.Person, of int) {
	r.people = people
	r.count.Set(r.words.T("registry.count", "n", len(people), "of", of))
	r.count.Hidden = len(people) == of // the first filter says so
	r.sayNobody()
	r.List.UnselectAll()
	r.List.Refresh()
	if empty := of == 0; empty != r.empty {
		r.empty = empty
		r.SetDues(r.dues)
	}
}

// People is who is listed, for tests.
func (r *Registry) People() []state.Person { return r.people }

// Shown is the subject on show, for tests.
func (r *Registry) Shown() state.Dossier { return r.shown }

// agreedWord is what a subject agreed to, in a word.
func agreedWord(w *i18n.Words, a state.Agreement) string { return w.T("agreed." + string(a)) }

// SetDues shows what is due, while nobody is selected.
func (r *Registry) SetDues(dues []state.Due) {
	w := r.words
	r.dues = dues
	if r.at != "" {
		return
	}
	top := widgets.VBox(theme.S4, title(w.T("due.title")), notePara(w.T("due.what"), r.middle.wide))
	if theme.Current().Large() {
		top.Add(widgets.Flow(r.middle.wide, theme.S8, r.others()...))
	}
	r.lead = 0
	for _, d := range dues {
		word, icon, tone := r.dueTag(d)
		r.lead = max(r.lead, widgets.NewTag(word, icon, tone).MinSize().Width)
	}
	var rest fyne.CanvasObject = widgets.UpTo(widgets.ListTall(len(dues))+4, widgets.Card(widgets.Pad(r.Dues, 2, 2)))
	switch {
	case r.empty && len(dues) == 0:
		top = widgets.VBox(theme.S4, title(w.T("registry.empty")), notePara(w.T("registry.empty.what"), r.middle.wide))
		rest = widgets.VBox(0, widgets.Flow(r.middle.wide, theme.S8, r.button("registry.add", icons.Plus, "", widgets.Primary, r.do.AddSubject), r.button("registry.import", "", "", widgets.Plain, r.do.ImportFile)))
	case len(dues) == 0:
		rest = widgets.VBox(0, widgets.Card(widgets.Pad(widgets.VBox(theme.S4, body(w.T("due.none")), note(w.T("registry.what"))), theme.S16, theme.S16)))
	}
	r.detail.Objects = []fyne.CanvasObject{widgets.Pad(widgets.Border(widgets.VBox(0, top, widgets.Pad(container.NewWithoutLayout(), theme.S8, 0)), nil, nil, nil, rest), theme.S24, theme.S24)}
	r.Dues.Refresh()
	r.detail.Refresh()
}

// dueTag is what is due in a word, which looks as in the list.
func (r *Registry) dueTag(d state.Due) (string, icons.Name, theme.Tone) {
	word := r.words.T("due.is." + d.What)
	if d.Within > 0 {
		word = r.words.T("due.within", "n", d.Within)
	}
	icon, tone := agreedLook(state.Agreement(d.What))
	switch d.What {
	case "expiring":
		icon, tone = icons.Clock, theme.Current().Ask
	case "confirm":
		icon, tone = agreedLook(state.AgreedWaits)
	}
	return word, icon, tone
}

func (r *Registry) dueRow(i int, row *widgets.Row) {
	w, t, d := r.words, theme.Current(), r.dues[i]
	when := ""
	switch d.What {
	case "expired":
		when = w.T("due.ended", "day", lastDay(d.Until))
	case "expiring":
		when = w.T("due.left", "n", d.Days)
	case "requested", "deferred":
		switch {
		case d.Filed:
			when = w.T("due.filed")
		case d.Days < 1:
			when = w.T("due.today")
		default:
			when = w.T("due.since", "n", d.Days)
		}
	}
	word, icon, tone := r.dueTag(d)
	about := SubjectNote(w, d.Subject)
	if d.Work != "" {
		about = d.Work
	}
	row.SetIcon("", nil)
	row.SetTag(word, icon, tone)
	if !t.Large() {
		row.LeadWidth(r.lead)
	}
	row.Set(d.Subject.Title(), about, when, false)
	row.Refresh()
}
