package authz

import (
	"slices"
	"strings"
)

// organisation asks whether the form of a company's name, the wording of a
// quotation and the figures are those that were approved.
func (m matter) organisation(c Consent) string {
	u := m.Use
	switch {
	case m.subject.Kind == Organisation && m.shows("name") && (u.Form == "" || !slices.Contains(c.AllowedForms, u.Form)):
		return orgFormNotAllowed
	case m.shows("quote") && !sameDigest(u.QuoteSHA256, c.QuoteSHA256):
		return quoteTextDiffers
	case m.shows("figures") && !sameDigest(u.FiguresSHA256, c.FiguresSHA256):
		return figuresNotApproved
	}
	return ""
}

// sameDigest compares hex digests; an empty one equals none.
func sameDigest(a, b string) bool { return !blank(a) && strings.EqualFold(a, b) }
