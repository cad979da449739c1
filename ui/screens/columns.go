package screens

import (
	"maps"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Columns says what the columns of another program's table are. What is said can be
// kept under a name, and used again for the next table of that program.
type Columns struct {
	*form
	Mapping exchange.Mapping

	terms   authz.Terms         // what a column may be
	columns map[string]*options // by the file's name for the column
	kinds   authz.Terms         // who everybody in the table may be
	kind    *options
	name    *entry
	said    *fyne.Container
	answer  string
	use     *widgets.Button
	keep    *widgets.Button
}

// Mapped is what is done with columns, each under a name.
type Mapped interface {
	UseColumns(name string)
	KeepColumns(name string, m exchange.Mapping)
}

// NewColumns is the sheet over a table that was looked at; done looks at it again, in
// this way.
func NewColumns(w *i18n.Words, path string, p state.Preview, may bool, keep Mapped, done func(exchange.Mapping), cancel func()) *Columns {
	s := &Columns{Mapping: exchange.Mapping{Columns: maps.Clone(p.Mapping.Columns), Defaults: maps.Clone(p.Mapping.Defaults)}, columns: map[string]*options{}, said: container.NewStack()}
	if s.Mapping.Columns == nil {
		s.Mapping.Columns = map[string]string{}
	}
	if s.Mapping.Defaults == nil {
		s.Mapping.Defaults = map[string]string{}
	}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return ""
	}, cancel)
	s.terms = authz.Terms{{ID: noColumn, Zh: w.T("columns.none"), En: w.T("columns.none")}}
	for _, id := range exchange.Columns() {
		s.terms = append(s.terms, authz.Term{ID: id, Zh: exchange.ColumnLabel(id, "zh"), En: strings.ReplaceAll(id, "_", " ")})
	}
	var fields []fyne.CanvasObject
	for _, h := range p.Header {
		h = strings.TrimSpace(h)
		if h == "" || s.columns[h] != nil {
			continue
		}
		o := s.choose(s.terms, func(id string) {
			if id == noColumn {
				id = ""
			}
			s.Mapping.Columns[h] = id
		})
		o.Selected = term(s.terms, orNoColumn(s.Mapping.Columns[h]), w.Lang())
		s.columns[h] = o
		if s.first == nil {
			s.first = o
		}
		fields = append(fields, field(h, framed(o)))
	}
	s.kinds = authz.Terms{{ID: noColumn, Zh: w.T("columns.kind.none"), En: w.T("columns.kind.none")}, {ID: "person", Zh: w.T("subject.kind.person"), En: w.T("subject.kind.person")},
		{ID: "organisation", Zh: w.T("subject.kind.organisation"), En: w.T("subject.kind.organisation")}}
	s.kind = s.choose(s.kinds, func(id string) {
		delete(s.Mapping.Defaults, "kind")
		if id != noColumn {
			s.Mapping.Defaults["kind"] = id
		}
	})
	s.kind.Selected = s.kindWord(s.Mapping.Defaults["kind"])
	s.name = s.text(w.T("columns.name.hint"), func(string) {})
	s.use = widgets.NewButton(w.T("columns.use"), "", "", widgets.Plain, func() {
		if n := strings.TrimSpace(s.name.Text); n != "" {
			keep.UseColumns(n)
		}
	})
	s.keep = widgets.NewButton(w.T("columns.keep"), "", "", widgets.Plain, func() {
		if n := strings.TrimSpace(s.name.Text); n != "" {
			keep.KeepColumns(n, s.Mapping)
		}
	})
	s.keep.SetEnabled(may)
	rows := []fyne.CanvasObject{
		field(w.T("columns.name"), s.name), widgets.Flow(s.wide, theme.S8, s.use, s.keep), s.said, widgets.Rule(), field(w.T("columns.kind"), framed(s.kind)),
	}
	for i := 0; i < len(fields); i += 2 {
		if i+1 < len(fields) {
			rows = append(rows, two(fields[i], fields[i+1]))
			continue
		}
		rows = append(rows, fields[i])
	}
	s.fill(w.T("columns.title", "file", filepath.Base(path)), w.T("columns.what"), w.T("columns.do"), icons.Drop, widgets.Primary, func() { done(s.Mapping) }, rows...)
	return s
}

// noColumn stands for none among the options.
const noColumn = "-"

func orNoColumn(id string) string {
	if id == "" {
		return noColumn
	}
	return id
}

// Kept says that the columns are kept under a name.
func (s *Columns) Kept(name string) {
	s.say(s.words.T("columns.kept", "name", name))
}

// NotKept says why they are not, or that there are none under a name.
func (s *Columns) NotKept(err error) {
	if state.WhyOf(err) == "gone" {
		s.say(s.words.T("columns.unknown"))
		return
	}
	s.answer = Wrong(s.words, err)
	put(s.said, trouble(s.words, err, s.wide))
}

func (s *Columns) say(what string) {
	s.answer = what
	put(s.said, notePara(what, s.wide))
}

// Apply chooses the columns that were kept under a name.
func (s *Columns) Apply(m exchange.Mapping, name string) {
	for h, o := range s.columns {
		id, ok := m.Columns[h]
		for other, to := range m.Columns {
			if authz.FoldName(other) == authz.FoldName(h) {
				id, ok = to, true
			}
		}
		if ok {
			s.pick(h, id, o)
		}
	}
	s.Mapping.Defaults = maps.Clone(m.Defaults)
	if s.Mapping.Defaults == nil {
		s.Mapping.Defaults = map[string]string{}
	}
	s.kind.Selected = s.kindWord(m.Defaults["kind"])
	s.kind.Refresh()
	s.say(s.words.T("columns.used", "name", name))
}

func (s *Columns) kindWord(id string) string { return term(s.kinds, orNoColumn(id), s.words.Lang()) }

// pick says what a column is.
func (s *Columns) pick(header, id string, o *options) {
	s.Mapping.Columns[header] = id
	o.Selected = term(s.terms, orNoColumn(id), s.words.Lang())
	o.Refresh()
}

// Set says what a column is, for tests.
func (s *Columns) Set(header, id string) { s.pick(header, id, s.columns[header]) }

// SetKind says who everybody in the table is, for tests.
func (s *Columns) SetKind(id string) { s.kind.SetSelected(s.kindWord(id)) }

// Name names the columns, for tests.
func (s *Columns) Name(n string) { s.name.SetText(n) }

// Use presses the button that uses what was kept under the name.
func (s *Columns) Use() { s.use.Tapped(nil) }

// Keep keeps the columns under the name.
func (s *Columns) Keep() { s.keep.Tapped(nil) }

// Answer is what was said of a name, for tests.
func (s *Columns) Answer() string { return s.answer }
