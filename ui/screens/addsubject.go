package screens

import (
	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// AddSubject registers a person or company. Being registered shows nobody.
type AddSubject struct {
	*form
	name *entry
	new  state.NewSubject
}

// NewAddSubject is the sheet; may is false where it is not theirs to do.
func NewAddSubject(w *i18n.Words, v authz.Vocabulary, may bool, done func(state.NewSubject), cancel func()) *AddSubject {
	s := &AddSubject{new: state.NewSubject{Kind: authz.Person, Age: "adult"}}
	s.form = newForm(w, func() string {
		if !may {
			return "notyours"
		}
		return s.new.Missing()
	}, cancel)
	s.name = s.text("", func(t string) { s.new.Name = t })
	role := s.choose(v.Roles, func(id string) { s.new.Role = authz.Role(id) })
	age := choice(v.Ages, w.Lang(), "adult", func(id string) { s.new.Age = authz.Age(id) })
	person := widgets.VBox(theme.S12,
		two(field(w.T("subject.company"), s.text("", func(t string) { s.new.Company = t })), field(w.T("subject.post"), s.text("", func(t string) { s.new.Post = t }))),
		two(field(w.T("subject.role"), framed(role)), field(w.T("subject.age"), framed(age))))
	kind := radio(w, s.wide, []string{string(authz.Person), string(authz.Organisation)}, "subject.kind.", string(authz.Person), func(id string) {
		s.new.Kind = authz.Kind(id)
		if s.new.Kind == authz.Person {
			person.Show()
		} else {
			person.Hide()
		}
		s.check()
	}, cancel)
	s.fill(w.T("add.title"), w.T("add.what"), w.T("add.do"), icons.Person, widgets.Primary, func() { done(s.new) },
		kind,
		two(field(w.T("subject.name"), s.name), field(w.T("subject.others"), s.text(w.T("subject.others.hint"), func(t string) { s.new.Other = t }))),
		person,
		two(field(w.T("subject.phone"), s.text("", func(t string) { s.new.Phone = t })), field(w.T("subject.email"), s.text("", func(t string) { s.new.Email = t }))),
		field(w.T("subject.note"), s.text("", func(t string) { s.new.Note = t })))
	return s
}

// Fill writes the name.
func (s *AddSubject) Fill(name string) { s.name.SetText(name) }
