package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"consentry/authz"
)

// ByContact returns the subjects that can be reached at a telephone number, an
// e-mail address or whatever else stands among their contacts, sorted. Numbers
// are compared by their digits, those of Chinese mobile phones without the code
// of the country; e-mail without regard to case.
func (r reader) ByContact(ctx context.Context, value string) ([]authz.SubjectID, error) {
	folded := foldContact(value)
	if folded == "" {
		return nil, nil
	}
	ids, err := r.subjectsAt(ctx, `select subject from subject_contact where idx = $1 order by subject`, r.contactIndex(folded))
	if err != nil {
		return nil, fmt.Errorf("find a contact: %w", err)
	}
	var out []authz.SubjectID
	for _, id := range ids {
		s, err := r.Subject(ctx, id)
		if errors.Is(err, authz.ErrUnknown) {
			continue // deleted since
		}
		if err != nil {
			return nil, fmt.Errorf("find a contact: %w", err)
		}
		// Nothing binds a row of the index to the sealed subject.
		if slices.ContainsFunc(s.Contacts, func(c authz.Contact) bool { return foldContact(c.Value) == folded }) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (r reader) subjectsAt(ctx context.Context, query string, args ...any) ([]authz.SubjectID, error) {
	var ids []authz.SubjectID
	err := r.rows(ctx, query, args, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, authz.SubjectID(id))
		return err
	})
	return ids, err
}

// contactIndex is the blind index of a folded contact.
func (k *keys) contactIndex(folded string) []byte {
	return k.blind("subject_contact", []byte(folded))[:16]
}

// foldContact is the form in which two spellings of one contact are equal. What
// has an @ is taken for e-mail, what is written in digits and the signs between
// them for a number; anything else is folded as a name is.
func foldContact(s string) string {
	s = strings.TrimSpace(norm.NFKC.String(s))
	if strings.Contains(s, "@") {
		return strings.ToLower(strings.TrimPrefix(strings.ToLower(s), "mailto:"))
	}
	var digits strings.Builder
	for _, c := range strings.TrimPrefix(strings.ToLower(s), "tel:") {
		switch {
		case '0' <= c && c <= '9':
			digits.WriteRune(c)
		case strings.ContainsRune("+-‐‑–—().·/ \t\u00a0", c):
		default:
			return fold(s)
		}
	}
	d := digits.String()
	if len(d) < 5 { // too little for a number
		return fold(s)
	}
	d = strings.TrimPrefix(d, "00")
	if m, ok := strings.CutPrefix(d, "86"); ok && len(m) == 11 && m[0] == '1' {
		return m
	}
	return d
}
