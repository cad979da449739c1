package authz

import "slices"

// scope asks whether the record covers this purpose, channel, territory, content
// and time. An empty list covers nothing; there is no wildcard but world.
func (m matter) scope(c Consent) string {
	u := m.Use
	switch {
	case !slices.Contains(c.Purposes, u.Purpose):
		return purposeMismatch
	case !slices.Contains(c.Channels, u.Channel):
		return channelMismatch
	case !slices.Contains(c.Territories, u.Territory) && !slices.Contains(c.Territories, "world"):
		return territoryMismatch
	}
	for _, s := range u.Shows {
		if !slices.Contains(c.Shows, s) {
			return showsMismatch
		}
	}
	for _, k := range u.Kinds {
		if !slices.Contains(c.Kinds, k) && !m.implied(k) {
			return kindNotListed
		}
	}
	switch {
	case c.From.IsZero(), u.At.Before(c.From):
		return notYetValid
	case !c.Until.IsZero() && !u.At.Before(c.Until):
		return windowOver
	}
	return ""
}

// implied reports whether a kind of information is what is shown anyway: the
// person's name where the name is shown.
func (m matter) implied(kind string) bool {
	t, ok := m.p.Vocabulary.Kinds.Find(kind)
	return ok && t.Show != "" && m.shows(Shows(t.Show))
}
