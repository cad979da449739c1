package screens

import (
	"bytes"
	"image/png"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// maxPortraits is how many photos somebody is enrolled from.
const maxPortraits = 12

// Enrol lets a person be found again by their face, from photos that they gave.
type Enrol struct {
	*form
	photos []state.Portrait
	which  []*entry
	bad    map[int]bool
	list   *fyne.Container
	forget func()
}

// NewEnrol is the sheet about a person; consent reports whether their own, separate
// consent to face matching is on record, which grant records, and f what is kept of their face.
func NewEnrol(w *i18n.Words, subject authz.Subject, f state.Face, consent, may bool, file Ask, done func([]state.Portrait), grant, forget, cancel func()) *Enrol {
	s := &Enrol{bad: map[int]bool{}, list: container.NewStack(), forget: forget}
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case !consent:
			return "facematch"
		case len(s.photos) == 0:
			return "photo"
		case len(s.bad) > 0:
			return "face"
		}
		return ""
	}, cancel)
	add := widgets.NewButton(w.T("face.add"), icons.Plus, "", widgets.Plain, func() { file(s.Add) })
	s.first = add
	now := w.T("face.none")
	if f.Enrolled {
		now = w.T("face.kept", "n", f.Photos, "day", day(f.At.Local()), "who", f.By)
		if f.Unused {
			now += w.T("face.unused")
		}
	}
	drop := widgets.NewButton(w.T("face.forget"), icons.None, "", widgets.Danger, forget)
	s.draw()
	kept := widgets.VBox(theme.S8, para(now, s.wide))
	if f.Enrolled {
		kept.Add(widgets.HBox(0, drop))
	}
	if !consent {
		kept.Add(widgets.Flow(s.wide, theme.S8, notePara(w.T("face.consent"), s.wide), widgets.NewButton(w.T("registry.grant"), icons.Seal, "", widgets.Plain, grant)))
	}
	s.fill(w.T("face.title", "name", subject.Title()), w.T("face.what"), w.T("face.do"), icons.Photo, widgets.Primary, func() { done(s.photos) },
		kept, widgets.Rule(), field(w.T("face.photos"), widgets.Room(0, theme.Current().Px(230), widgets.VBox(theme.S8, s.list, widgets.HBox(0, add)))))
	return s
}

// Add takes a photo.
func (s *Enrol) Add(path string) {
	if len(s.photos) < maxPortraits {
		s.photos = append(s.photos, state.Portrait{File: path})
	}
	s.draw()
	s.check()
}

// Which says which face of a photo is theirs, for tests.
func (s *Enrol) Which(photo int, text string) { s.which[photo].SetText(text) }

// Forget deletes what is kept of the face, for tests.
func (s *Enrol) Forget() { s.forget() }

func (s *Enrol) draw() {
	w, t := s.words, theme.Current()
	box := widgets.VBox(theme.S4)
	if len(s.photos) == 0 {
		box.Add(notePara(w.T("face.photos.none"), s.wide))
	}
	clear(s.bad)
	s.which = nil
	for i := range s.photos {
		p := &s.photos[i]
		which := newEntry(w.T("face.which"))
		which.escape = s.cancel
		s.which = append(s.which, which)
		if p.Face > 0 {
			which.SetText(strconv.Itoa(p.Face))
		}
		which.OnChanged = func(text string) {
			n, err := strconv.Atoi(strings.TrimSpace(text))
			delete(s.bad, i)
			if strings.TrimSpace(text) != "" && (err != nil || n < 1) {
				s.bad[i] = true
			}
			p.Face = max(n, 0)
			s.check()
		}
		gone := widgets.NewButton("", icons.Cross, "", widgets.Ghost, func() {
			s.photos = append(s.photos[:i:i], s.photos[i+1:]...)
			s.draw()
			s.check()
		})
		box.Add(widgets.Border(nil, nil, nil, widgets.HBox(theme.S8, widgets.Room(t.Px(170), 0, which), gone), widgets.Middle(widgets.NewCutLabel(filepath.Base(p.File), theme.Body, false, t.Text))))
	}
	put(s.list, box)
}

// Logos shows the pictures of a company's logo that are looked for in photos.
type Logos struct {
	*listing
	Logos []state.Logo
}

// NewLogos is the sheet about a company.
func NewLogos(w *i18n.Words, subject authz.Subject, all []state.Logo, may bool, add func(), remove func(state.Logo), cancel func()) *Logos {
	t := theme.Current()
	more := widgets.NewButton(w.T("logo.add"), icons.Plus, "", widgets.Plain, add)
	more.SetEnabled(may)
	s := &Logos{newListing(w, w.T("logo.title", "name", subject.Title()), w.T("logo.what"), cancel, more), all}
	var lines []fyne.CanvasObject
	for _, l := range all {
		line := s.line(l.Name, w.T("logo.size", "w", l.Size.X, "h", l.Size.Y), nil, s.do("logo.remove", may, func() { remove(l) }))
		if img, err := png.Decode(bytes.NewReader(l.PNG)); err == nil {
			pic := canvas.NewImageFromImage(img)
			pic.FillMode = canvas.ImageFillContain
			line = widgets.Border(nil, nil, widgets.Room(t.Px(96), t.Px(72), widgets.Ground(theme.Paper, pic)), nil, widgets.Pad(line, 0, theme.S12))
		}
		lines = append(lines, line)
	}
	s.set(w.T("logo.none"), lines...)
	return s
}
