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

// Change puts other facts about somebody who is registered.
type Change struct {
	*form
	c        state.SubjectChange
	texts    map[string]*entry
	employer *fyne.Container
}

// NewChange is the sheet about a subject. title words an employer; pick lets one be
// chosen among the registered companies.
func NewChange(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, may bool, title func(authz.SubjectID) string, pick func(func(authz.Subject)), file Ask, done func(state.SubjectChange), cancel func()) *Change {
	s := &Change{c: state.ChangeOf(subject), texts: map[string]*entry{}, employer: container.NewStack()}
	bad := map[*time.Time]bool{}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case bad[&s.c.Since] || bad[&s.c.Keep]:
			return "day"
		}
		return s.c.Missing()
	}, cancel)
	text := func(key, hint string, to *string) fyne.CanvasObject {
		e := s.text(hint, func(t string) { *to = t })
		e.SetText(*to)
		s.texts[key] = e
		return field(w.T("subject."+key), e)
	}
	on := func(key string, to *time.Time) fyne.CanvasObject {
		e := s.day(w.T("form.day"), func(t time.Time, no bool) { *to, bad[to] = t, no })
		if !to.IsZero() {
			e.SetText(day(to.Local()))
		}
		return field(w.T("subject."+key), e)
	}
	tick := func(key string, to *bool) fyne.CanvasObject {
		return s.tick(w.T("subject."+key), *to, func(b bool) { *to = b })
	}
	comma := w.T("subject.others.hint")
	rows := []fyne.CanvasObject{text("now", "", &s.c.Name), notePara(w.T("change.names", "names", names(w, subject)), s.wide),
		two(text("alias", comma, &s.c.Aliases), text("former", comma, &s.c.Former))}
	if subject.Kind == authz.Person {
		guardian, _ := s.file(w.T("form.file"), file, func(p string) { s.c.GuardianFile = p })
		guardians := widgets.VBox(theme.S12, two(text("guardian", "", &s.c.Guardian), text("relationship", w.T("subject.relationship.hint"), &s.c.Relationship)),
			field(w.T("subject.guardian.file"), guardian))
		grown := func() { guardians.Hidden = s.c.Age == "adult" && s.c.Guardian == "" }
		grown()
		rows = append(rows,
			text("pinyin", comma, &s.c.Pinyin),
			two(field(w.T("subject.role"), framed(choice(optional(w, v.Roles), w.Lang(), string(s.c.Role), func(id string) { s.c.Role = authz.Role(id); s.check() }))),
				field(w.T("subject.age"), framed(choice(v.Ages, w.Lang(), string(s.c.Age), func(id string) { s.c.Age = authz.Age(id); grown(); s.check() })))),
			two(text("company", "", &s.c.Company), text("post", "", &s.c.Post)),
			two(field(w.T("subject.employer"), s.employer), on("since", &s.c.Since)),
			guardians)
		s.showEmployer(title, pick)
	} else {
		rows = append(rows,
			two(text("brand", comma, &s.c.Brands), text("domains", comma, &s.c.Domains)),
			two(text("credit", "", &s.c.CreditCode), text("general", w.T("subject.general.hint"), &s.c.GeneralForm)),
			two(text("contract", "", &s.c.Contract), text("clause", "", &s.c.Clause)),
			text("logo", "", &s.c.LogoRules), tick("quotes", &s.c.QuoteApproval))
	}
	flags := []fyne.CanvasObject{tick("organ", &s.c.StateOrgan), tick("confidential", &s.c.Confidential)}
	if subject.Kind == authz.Person {
		flags = append(flags, tick("deceased", &s.c.Deceased))
	}
	rows = append(rows, two(text("phones", comma, &s.c.Phones), text("emails", comma, &s.c.Emails)),
		field(w.T("subject.flags"), widgets.Flow(s.wide, theme.S4, flags...)), two(text("note", "", &s.c.Note), on("keep", &s.c.Keep)))
	s.first = s.texts["now"]
	s.fill(w.T("change.title", "name", subject.Title()), w.T("change.what"), w.T("change.do"), "", widgets.Primary, func() { done(s.c) }, rows...)
	return s
}

// showEmployer names the company that a person works for, and lets another be chosen.
func (s *Change) showEmployer(title func(authz.SubjectID) string, pick func(func(authz.Subject))) {
	w, t := s.words, theme.Current()
	name := w.T("subject.employer.none")
	if s.c.Employer != "" {
		name = title(s.c.Employer)
	}
	choose := widgets.NewButton(w.T("form.pick"), icons.Search, "", widgets.Plain, func() {
		pick(func(o authz.Subject) {
			s.c.Employer = o.ID
			s.showEmployer(title, pick)
			s.check()
		})
	})
	none := widgets.NewButton("", icons.Cross, "", widgets.Ghost, func() {
		s.c.Employer = ""
		s.showEmployer(title, pick)
		s.check()
	})
	none.Hidden = s.c.Employer == ""
	put(s.employer, widgets.Border(nil, nil, nil, widgets.HBox(theme.S4, choose, none), widgets.Middle(widgets.NewCutLabel(name, theme.Body, false, t.Text))))
}

// optional are terms of which none may be chosen.
func optional(w *i18n.Words, ts authz.Terms) authz.Terms {
	none := authz.Term{Zh: w.T("form.none"), En: w.T("form.none")}
	return append(authz.Terms{none}, ts...)
}

// names are all that somebody bears, with what each is.
func names(w *i18n.Words, s authz.Subject) string {
	out := ""
	for i, n := range s.Names {
		if n.Use == "variant" {
			continue
		}
		if i > 0 {
			out += w.T("sep")
		}
		out += n.Text
		if key := "name." + n.Use; w.Has(key) {
			out += w.T("change.use", "use", w.T(key))
		}
	}
	return out
}

// Fill writes a field by its key, for tests.
func (s *Change) Fill(key, text string) { s.texts[key].SetText(text) }

// Employ says whom a person works for, for tests.
func (s *Change) Employ(id authz.SubjectID) { s.c.Employer = id }
