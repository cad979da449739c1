package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Wrong words an error: what it is, and what to do.
func Wrong(w *i18n.Words, err error) string {
	switch why := state.WhyOf(err); why {
	case "":
		return w.T("wrong.other")
	case "missing":
		return w.T("wrong.missing", "fields", state.FieldsOf(err, w.Lang()))
	default:
		return w.T("wrong." + string(why))
	}
}

// trouble is an error in a sheet: its words and, where they do not say all, the button
// that copies what somebody who helps needs.
func trouble(w *i18n.Words, err error, wide float32) fyne.CanvasObject {
	said := notePara(Wrong(w, err), wide)
	details := state.DetailsOf(err)
	if details == "" {
		return said
	}
	return widgets.VBox(theme.S4, said, widgets.HBox(0, NewCopyDetails(w, details)))
}

// NewCopyDetails is the button that copies the details of an error.
func NewCopyDetails(w *i18n.Words, details string) *widgets.Button {
	return widgets.NewButton(w.T("wrong.copy"), icons.Doc, "", widgets.Ghost, func() { fyne.CurrentApp().Clipboard().SetContent(details) })
}
