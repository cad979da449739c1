package authz

import (
	"slices"
	"strings"
)

// quality asks whether the agreement was informed, free and kept (PIPL 14, 17,
// 69). Of a company only the evidence is asked.
func (m matter) quality(c Consent) string {
	if blank(c.Evidence) {
		return noEvidence
	}
	if m.subject.Kind == Organisation {
		return ""
	}
	if code := m.notice(c); code != "" {
		return code
	}
	switch {
	case !c.Voluntary:
		return notVoluntary
	case c.Oversized:
		return oversizedTerms
	}
	return ""
}

func (m matter) notice(c Consent) string {
	n, ok := m.Notices[c.Notice]
	grant, _ := m.grant(c)
	switch {
	case blank(c.Notice), blank(c.NoticeSHA256), !ok:
		return noticeMissing
	case !m.p.complete(n):
		return noticeIncomplete
	case !strings.EqualFold(n.SHA256, c.NoticeSHA256):
		return noticeMismatch
	case n.GivenAt.IsZero(), n.GivenAt.After(grant.At):
		return noticeAfterConsent
	case !n.ChangedAt.IsZero() && !n.ChangedAt.After(m.Use.At) && !grant.At.After(n.ChangedAt):
		return noticeChanged
	}
	return ""
}

// complete reports whether a notice has every item that the pack requires.
func (p *Pack) complete(n Notice) bool {
	for _, item := range p.Vocabulary.NoticeItems {
		if !slices.Contains(n.Items, item.ID) {
			return false
		}
	}
	return len(n.Items) > 0
}
