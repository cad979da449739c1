package screens

import (
	"cmp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/widgets"
)

// Handler says who asks for consents and publishes.
type Handler struct {
	*form
	h     authz.Handler
	texts []*entry
	kind  *widgets.Choice
}

// NewHandler is the sheet over what was said so far.
func NewHandler(w *i18n.Words, h authz.Handler, may bool, done func(authz.Handler), cancel func()) *Handler {
	s := &Handler{h: h}
	bad := map[*int]bool{}
	s.form = newForm(w, func() string {
		switch m := state.HandlerMissing(s.h); {
		case !may:
			return "notyours"
		case m != "":
			return m
		case bad[&s.h.Days] || bad[&s.h.KeepYears]:
			return "number"
		}
		return ""
	}, cancel)
	s.lacks = func() []string { return state.HandlerLacks(s.h) }
	var rows []fyne.CanvasObject
	for _, f := range []struct {
		key string
		to  *string
	}{
		{"name", &s.h.Name}, {"address", &s.h.Address}, {"contact", &s.h.Contact}, {"storage", &s.h.Storage}, {"withdrawal", &s.h.Withdrawal},
		{"officer", &s.h.Officer}, {"rights", &s.h.Rights}, {"security", &s.h.Security},
	} {
		e := s.text(w.T("handler."+f.key+".hint"), func(t string) { *f.to = strings.TrimSpace(t) })
		e.SetText(*f.to)
		s.texts = append(s.texts, e)
		rows = append(rows, field(w.T("handler."+f.key), e))
	}
	count := func(key string, to *int) fyne.CanvasObject {
		e := s.text("", func(t string) {
			n, err := strconv.Atoi(strings.TrimSpace(t))
			bad[to] = strings.TrimSpace(t) != "" && (err != nil || n < 1 || n > 100)
			*to = n
		})
		e.SetPlaceHolder(w.T("handler." + key + ".hint"))
		if *to > 0 {
			e.SetText(strconv.Itoa(*to))
		}
		return field(w.T("handler."+key), e)
	}
	kinds := []string{"company", "public-body", "association"}
	country := s.text(w.T("handler.country.hint"), func(t string) { s.h.Country = strings.TrimSpace(t) })
	country.SetText(s.h.Country)
	s.kind = s.one(kinds, "handler.is.", cmp.Or(s.h.Type, kinds[0]), func(k string) { s.h.Type = k })
	rows = append(rows, field(w.T("handler.type"), s.kind), field(w.T("handler.country"), country))
	rows = append(rows, two(count("days", &s.h.Days), count("years", &s.h.KeepYears)))
	s.fill(w.T("handler.title"), w.T("handler.what"), w.T("handler.do"), "", widgets.Primary, func() { done(s.h) }, rows...)
	return s
}

// Is chooses what they are, for tests: the number in the list.
func (s *Handler) Is(kind int) { s.kind.Choose(kind) }

// Fill writes the fields in their order, for tests.
func (s *Handler) Fill(texts ...string) {
	for i, t := range texts {
		s.texts[i].SetText(t)
	}
}
