package screens

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"consentry/authz"
	"consentry/ui/i18n"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Grounding is what the sheet of grounds asks for.
type Grounding interface {
	RecordGround(s authz.Subject)
	ApproveGround(s authz.Subject, g authz.Ground)
	RevokeGround(s authz.Subject, g authz.Ground)
}

// Grounds lists the bases other than consent that were recorded about somebody.
type Grounds struct{ *listing }

// NewGrounds is the sheet over a subject's grounds.
func NewGrounds(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, gs []authz.Ground, me authz.User, do Grounding, now time.Time, cancel func()) *Grounds {
	t := theme.Current()
	record := widgets.NewButton(w.T("ground.record"), icons.Plus, "", widgets.Plain, func() { do.RecordGround(subject) })
	record.SetEnabled(me.May(authz.ActPrepare))
	s := &Grounds{newListing(w, w.T("ground.title", "name", subject.Title()), w.T("ground.what"), cancel, record)}
	var lines []fyne.CanvasObject
	for i := len(gs) - 1; i >= 0; i-- {
		g := gs[i]
		stands := state.StandsGround(g, now)
		icon, tone := icons.Ask, t.Ask
		var buttons []fyne.CanvasObject
		switch stands {
		case state.GroundApproved:
			icon, tone = icons.Seal, t.OK
		case state.GroundRevoked, state.GroundEnded:
			icon, tone = icons.None, t.Hide
		}
		if stands == state.GroundWaits {
			mine := authz.FoldName(g.By) == authz.FoldName(me.Name)
			b := s.do("ground.approve", me.May(authz.ActApprove) && !mine, func() { do.ApproveGround(subject, g) })
			buttons = append(buttons, b)
		}
		if stands == state.GroundWaits || stands == state.GroundApproved {
			buttons = append(buttons, s.do("ground.revoke", true, func() { do.RevokeGround(subject, g) }))
		}
		lines = append(lines, s.line(w.T("ground.is."+string(state.GroundKindOf(g.Claim))), groundNote(w, v, g), widgets.NewTag(w.T("ground.stands."+string(stands)), icon, tone), buttons...))
	}
	s.set(w.T("ground.none"), lines...)
	return s
}

// groundNote is what a ground is for, its evidence, and who stands behind it.
func groundNote(w *i18n.Words, v authz.Vocabulary, g authz.Ground) string {
	var parts []string
	for _, p := range g.Purposes {
		parts = append(parts, term(v.Purposes, string(p), w.Lang()))
	}
	c := g.Claim
	for _, t := range []string{c.ContractNo, c.Clause, c.Provision, c.Incident, c.EditorialNote, c.SourceURL, c.ScopeNote, g.Case} {
		if t != "" {
			parts = append(parts, t)
		}
	}
	if !g.Until.IsZero() {
		parts = append(parts, w.T("registry.until", "day", lastDay(g.Until)))
	}
	parts = append(parts, w.T("registry.by", "who", g.By))
	if g.Approval != nil {
		parts = append(parts, w.T("ground.by", "who", g.Approval.By), g.Approval.Reason)
	}
	return strings.Join(parts, w.T("sep"))
}

// RecordGround records a ground with its evidence.
type RecordGround struct {
	*form
	g        state.NewGround
	kind     *options
	purposes map[string]*tick
	texts    map[string]*entry
	snapshot func(path string)
}

// NewRecordGround is the sheet about a subject.
func NewRecordGround(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, may bool, file Ask, done func(state.NewGround), cancel func()) *RecordGround {
	s := &RecordGround{g: state.NewGround{Subject: subject.ID}, texts: map[string]*entry{}}
	badCaptured, badUntil := false, false
	s.form = newForm(w, func() string {
		switch {
		case !may:
			return "notyours"
		case badCaptured, badUntil:
			return "day"
		}
		return s.g.Missing(time.Now())
	}, cancel)
	text := func(key string, to *string) fyne.CanvasObject {
		e := s.text("", func(t string) { *to = t })
		s.texts[key] = e
		return field(w.T("ground."+key), e)
	}
	snapshot, set := s.file(w.T("form.file"), file, func(p string) { s.g.Snapshot = p })
	s.snapshot = set
	captured := s.day(w.T("form.day"), func(t time.Time, no bool) { s.g.Captured, badCaptured = t, no })
	s.texts["captured"] = captured
	parts := map[state.GroundKind]fyne.CanvasObject{
		state.GroundContract:  two(text("contract", &s.g.ContractNo), text("clause", &s.g.Clause)),
		state.GroundDuty:      text("provision", &s.g.Provision),
		state.GroundEmergency: text("incident", &s.g.Incident),
		state.GroundNews:      text("note", &s.g.EditorialNote),
		state.GroundPublic: widgets.VBox(theme.S12, two(text("source", &s.g.Source), field(w.T("ground.captured"), captured)),
			two(text("scope", &s.g.ScopeNote), field(w.T("ground.snapshot"), snapshot)), s.tick(w.T("ground.major"), false, func(b bool) { s.g.MajorEffect = b })),
		state.GroundPublicScene: s.tick(w.T("ground.main"), false, func(b bool) { s.g.MainSubject = b }),
	}
	same := map[state.GroundKind]state.GroundKind{state.GroundLaw: state.GroundDuty, state.GroundNewsPicture: state.GroundNews}
	first := notePara(w.T("ground.choose"), s.wide)
	fields := widgets.VBox(0, first)
	for _, k := range state.GroundKinds {
		if o := parts[k]; o != nil {
			o.Hide()
			fields.Add(o)
		}
	}
	var kinds authz.Terms
	for _, k := range state.GroundKinds {
		kinds = append(kinds, authz.Term{ID: string(k), Zh: w.T("ground.is." + string(k)), En: w.T("ground.is." + string(k))})
	}
	s.kind = s.choose(kinds, func(id string) {
		s.g.Kind = state.GroundKind(id)
		shown := s.g.Kind
		if k, ok := same[shown]; ok {
			shown = k
		}
		first.Hide()
		for k, o := range parts {
			if k == shown {
				o.Show()
			} else {
				o.Hide()
			}
		}
		s.Content.Refresh()
	})
	purposes, of := s.boxes(v.Purposes, nil, func(ids []string) { s.g.Purposes = as[authz.Purpose](ids) })
	s.purposes = of
	until := s.day(w.T("form.day"), func(t time.Time, no bool) { s.g.Until, badUntil = t, no })
	onlyCase := text("case", &s.g.Case)
	s.first = s.kind
	s.fill(w.T("ground.new", "name", subject.Title()), w.T("ground.new.what"), w.T("ground.record"), icons.Stamp, widgets.Primary, func() { done(s.g) },
		field(w.T("ground.kind"), framed(s.kind)), widgets.Room(0, theme.Current().Px(170), fields), field(w.T("new.purpose"), purposes),
		two(field(w.T("ground.until"), until), onlyCase))
	return s
}

// Fill says what the ground is, for tests.
func (s *RecordGround) Fill(kind state.GroundKind, purpose string, texts map[string]string, snapshot string) {
	s.kind.SetSelected(s.words.T("ground.is." + string(kind)))
	s.purposes[purpose].SetChecked(true)
	for k, t := range texts {
		s.texts[k].SetText(t)
	}
	if snapshot != "" {
		s.snapshot(snapshot)
	}
}

// ApproveGround puts a name and a reason under a ground that somebody else recorded.
type ApproveGround struct {
	*form
	why *entry
}

// NewApproveGround is the sheet about one ground.
func NewApproveGround(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, g authz.Ground, me authz.User, done func(reason string), cancel func()) *ApproveGround {
	s := &ApproveGround{}
	why := ""
	s.form = newForm(w, func() string {
		switch {
		case !me.May(authz.ActApprove):
			return "notyours"
		case authz.FoldName(g.By) == authz.FoldName(me.Name):
			return "ground.own"
		case strings.TrimSpace(why) == "":
			return "reason"
		}
		return ""
	}, cancel)
	s.why = s.text(w.T("ground.reason.hint"), func(t string) { why = t })
	s.fill(w.T("ground.approve.title", "name", subject.Title()), w.T("ground.approve.what"), w.T("ground.approve"), icons.Stamp, widgets.Primary, func() { done(strings.TrimSpace(why)) },
		strong(w.T("ground.is."+string(state.GroundKindOf(g.Claim)))), notePara(groundNote(w, v, g), s.wide), field(w.T("ground.reason"), s.why))
	return s
}

// Fill says why, for tests.
func (s *ApproveGround) Fill(why string) { s.why.SetText(why) }

// NewRevokeGround asks once more before a ground ends.
func NewRevokeGround(w *i18n.Words, v authz.Vocabulary, subject authz.Subject, g authz.Ground, done func(), cancel func()) *Confirm {
	s := &Confirm{newForm(w, func() string { return "" }, cancel)}
	s.fill(w.T("ground.revoke.title", "name", subject.Title()), w.T("ground.revoke.what"), w.T("ground.revoke"), icons.Warn, widgets.Danger, done,
		strong(w.T("ground.is."+string(state.GroundKindOf(g.Claim)))), notePara(groundNote(w, v, g), s.wide))
	return s
}
