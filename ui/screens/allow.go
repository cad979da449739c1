package screens

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/widgets"
)

// Allowing is what the allow list asks for.
type Allowing interface {
	Permit(text string) // opens a sheet; empty: the text is asked for
	Unpermit(a authz.Allowance)
	Propose() // comes back through SetProposals
}

// Allow lists the texts that need no hiding, each with a reason.
type Allow struct {
	*listing
	do  Allowing
	may bool
	all []authz.Allowance
}

// A Proposal is a name that recurs over the kept cases.
type Proposal struct {
	Text, Kind string
	Cases      int
}

// NewAllow is the sheet.
func NewAllow(w *i18n.Words, all []authz.Allowance, may bool, do Allowing, cancel func()) *Allow {
	add, propose := widgets.NewButton(w.T("allow.add"), icons.Plus, "", widgets.Plain, func() { do.Permit("") }), widgets.NewButton(w.T("allow.propose"), icons.Search, "", widgets.Plain, do.Propose)
	add.SetEnabled(may)
	propose.SetEnabled(may)
	s := &Allow{listing: newListing(w, w.T("allow.title"), w.T("allow.what"), cancel, add, propose), do: do, may: may, all: all}
	var lines []fyne.CanvasObject
	for _, a := range all {
		lines = append(lines, s.line(a.Text, a.Reason+w.T("sep")+w.T("registry.by", "who", a.By)+w.T("sep")+day(a.At.Local()), nil, s.listing.do("allow.remove", may, func() { do.Unpermit(a) })))
	}
	s.set(w.T("allow.none"), lines...)
	return s
}

// SetProposals lists names that recur; nothing is put on the list by itself.
func (s *Allow) SetProposals(ps []Proposal) {
	w := s.words
	var lines []fyne.CanvasObject
	for _, p := range ps {
		lines = append(lines, s.line(p.Text, p.Kind+w.T("sep")+w.T("allow.cases", "n", p.Cases), nil, s.listing.do("allow.this", s.may, func() { s.do.Permit(p.Text) })))
	}
	s.set(w.T("allow.propose.none"), lines...)
	s.Say(w.T("allow.proposed", "n", strconv.Itoa(len(ps))))
}

// Permit puts a text on the allow list.
type Permit struct {
	*form
	text, why *entry
}

// NewPermit is the sheet about a text, which may be empty.
func NewPermit(w *i18n.Words, text string, may bool, done func(text, reason string), cancel func()) *Permit {
	s := &Permit{}
	what, why := text, ""
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case strings.TrimSpace(what) == "":
			return "text"
		case strings.TrimSpace(why) == "":
			return "reason"
		}
		return ""
	}, cancel)
	s.text = s.form.text(w.T("allow.text.hint"), func(t string) { what = t })
	s.text.SetText(text)
	s.why = s.form.text(w.T("allow.why.hint"), func(t string) { why = t })
	if text != "" {
		s.first = s.why
	}
	s.fill(w.T("allow.add"), w.T("allow.add.what"), w.T("allow.do"), icons.Show, widgets.Primary, func() { done(strings.TrimSpace(what), strings.TrimSpace(why)) },
		field(w.T("allow.text"), s.text), field(w.T("allow.why"), s.why))
	return s
}

// Fill says what is allowed and why, for tests.
func (s *Permit) Fill(text, why string) {
	s.text.SetText(text)
	s.why.SetText(why)
}
