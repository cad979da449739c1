package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Ledger checks the log, and writes it out.
type Ledger struct {
	*listing
	Said string // of the last check
}

// Booking is what the sheet of the ledger asks for.
type Booking interface {
	CheckLedger() // comes back through Checked
	CompareHead()
	CheckExport()
	SaveLedger()
}

// NewLedger is the sheet.
func NewLedger(w *i18n.Words, do Booking, cancel func()) *Ledger {
	s := &Ledger{listing: newListing(w, w.T("ledger.title"), w.T("ledger.what"), cancel)}
	s.set("", s.line(w.T("ledger.check"), w.T("ledger.check.what"), nil, s.do("ledger.check.do", true, do.CheckLedger)),
		s.line(w.T("ledger.head"), w.T("ledger.head.what"), nil, s.do("ledger.file.do", true, do.CompareHead)),
		s.line(w.T("ledger.export"), w.T("ledger.export.what"), nil, s.do("ledger.export.do", true, do.SaveLedger)),
		s.line(w.T("ledger.file"), w.T("ledger.file.what"), nil, s.do("ledger.file.do", true, do.CheckExport)))
	return s
}

// Busy says that the ledger is read.
func (s *Ledger) Busy() { s.Say(s.words.T("ledger.busy")) }

// Checked says what a check found.
func (s *Ledger) Checked(l state.LedgerSaid, err error) {
	w, t := s.words, theme.Current()
	tone, icon := t.OK, icons.Seal
	s.Said = w.T("ledger.ok", "n", l.Entries)
	lines := []fyne.CanvasObject{nil, widgets.NewParagraph(w.T("ledger.root", "root", l.Root), theme.Note, false, t.Muted, s.wide)}
	if err != nil {
		tone, icon, s.Said = t.Stop, icons.Warn, Wrong(w, err)
		lines = lines[:1]
	}
	lines[0] = widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icon, 20, tone.Text)), widgets.NewParagraph(s.Said, theme.Body, true, tone.Text, s.wide-t.Px(40)))
	put(s.said, widgets.VBox(theme.S4, lines...))
}
