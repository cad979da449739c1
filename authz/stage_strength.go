package authz

import "slices"

// strength asks whether the agreement has the form that the use needs: separate,
// in writing, for sensitive information with need and effect.
func (m matter) strength(c Consent) string {
	person := m.subject.Kind != Organisation
	if person && !c.Separate {
		return notSeparate
	}
	for _, kind := range m.sensitive() {
		s := c.Sensitive
		switch {
		case s == nil, !s.Separate, !slices.Contains(s.Kinds, kind):
			return sensitiveNoSeparate
		case blank(s.Necessity):
			return sensitiveNoNecessity
		case blank(s.Effect):
			return sensitiveNoEffect
		}
	}
	t, ok := m.p.Vocabulary.Purposes.Find(string(m.Use.Purpose))
	switch {
	case (!ok || t.Written) && !c.Written:
		return writtenMissing
	case person && m.Use.RecipientAbroad && !c.CrossBorder:
		return crossBorderNoSeparate
	}
	return ""
}
