package screens

import (
	"fyne.io/fyne/v2"

	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Installed says what of the program is there, and what to do where it is not as it
// should be.
type Installed struct {
	*listing
	Found state.Installed
}

// NewInstalled is the sheet over what was looked at.
func NewInstalled(w *i18n.Words, i state.Installed, cp func(string), cancel func()) *Installed {
	t := theme.Current()
	s := &Installed{Found: i}
	s.listing = newListing(w, w.T("doctor.title"), w.T("doctor.what"), cancel, widgets.NewButton(w.T("doctor.copy"), icons.Doc, "", widgets.Plain, func() { cp(i.Text()) }))
	vault := i.Vault
	if vault == "" {
		vault = w.T("doctor.novault")
	}
	verdict, icon, tone := w.T("doctor.good", "n", len(i.Files)), icons.Seal, t.OK
	if n := len(i.Bad()); n > 0 {
		verdict, icon, tone = w.T("doctor.bad", "n", n), icons.Warn, t.Stop
	}
	lines := []fyne.CanvasObject{
		widgets.HBox(theme.S8, widgets.Middle(widgets.Icon(icon, 20, tone.Text)), widgets.NewParagraph(verdict, theme.Body, true, tone.Text, s.wide-t.Px(40))),
		s.line(i.Tool+", "+i.System, "", nil),
		s.line(w.T("doctor.vault"), vault, nil), s.line(w.T("doctor.assets"), i.Assets, nil),
	}
	for _, f := range append(i.Bad(), good(i)...) {
		icon, tone := icons.Seal, t.OK
		if !f.Good() {
			icon, tone = icons.Warn, t.Stop
		}
		lines = append(lines, s.line(f.Name, f.SHA256+"\n"+f.Package+w.T("sep")+f.Licence, widgets.NewTag(w.T("doctor.is."+f.State), icon, tone)))
	}
	s.set("", lines...)
	s.told = verdict
	return s
}

func good(i state.Installed) (fs []state.InstalledFile) {
	for _, f := range i.Files {
		if f.Good() {
			fs = append(fs, f)
		}
	}
	return fs
}
