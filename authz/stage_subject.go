package authz

import "slices"

// who asks what the subject's own circumstances rule out, whatever was signed.
func (m matter) who() string {
	s, v := m.subject, m.p.Vocabulary
	if s.StateOrgan && m.Use.Purpose == "advertising" {
		return stateOrganInAd
	}
	if s.Kind == Organisation {
		return ""
	}
	if s.Age != "" && !v.Ages.Has(string(s.Age)) || s.Role != "" && !v.Roles.Has(string(s.Role)) {
		return vocabularyUnknown
	}
	switch {
	// An age that nobody entered means that nobody thought of a minor; the
	// program never guesses. A minor without an age is one.
	case s.Age == "unclear", s.Role == "minor" && (s.Age == "" || s.Age == "adult"):
		return minorUnclear
	case m.child() && !s.Guardian.complete():
		return minorNoGuardian
	case s.Age == "under-18" && m.marketing() && !s.Guardian.complete():
		return minorTeenNoGuardian
	case s.Age == "under-10" && m.Use.Purpose == "advertising" && m.shows("quote", "voice"):
		return minorEndorser
	}
	return ""
}

// child is a person under fourteen, whose information is sensitive (PIPL 28).
func (m matter) child() bool {
	return m.subject.Kind == Person && (m.subject.Age == "under-14" || m.subject.Age == "under-10")
}

func (m matter) marketing() bool {
	t, ok := m.p.Vocabulary.Purposes.Find(string(m.Use.Purpose))
	return !ok || t.Marketing
}

// shows reports whether any of the items would be shown.
func (m matter) shows(items ...Shows) bool {
	return slices.ContainsFunc(m.Use.Shows, func(s Shows) bool { return slices.Contains(items, s) })
}

// sensitive lists the sensitive kinds that would be shown.
func (m matter) sensitive() []string {
	var ks []string
	for _, k := range m.Use.Kinds {
		if t, ok := m.p.Vocabulary.Kinds.Find(k); !ok || t.Sensitive {
			ks = append(ks, k)
		}
	}
	if m.child() && !slices.Contains(ks, "minor") {
		ks = append(ks, "minor")
	}
	return ks
}

func (g *Guardian) complete() bool {
	return g != nil && !blank(g.Name) && !blank(g.Relationship) && !blank(g.Evidence)
}
