package state

import (
	"cmp"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// A Count is how many places of a kind are hidden.
type Count struct {
	Kind redact.Words
	N    int
}

// HiddenCounts are the hidden places of a package by kind, most first. No hidden
// text is in them.
func HiddenCounts(r casework.Report) (cs []Count) {
	for _, s := range r.Subjects {
		if s.Exempt != "" || s.Verdict == authz.Show {
			continue
		}
		i := slices.IndexFunc(cs, func(c Count) bool { return c.Kind == s.KindName })
		if i < 0 {
			i = len(cs)
			cs = append(cs, Count{Kind: s.KindName})
		}
		cs[i].N += s.Places
	}
	slices.SortStableFunc(cs, func(a, b Count) int { return cmp.Compare(b.N, a.N) })
	return cs
}

// Kept is what stays in a package, and on what basis.
func Kept(r casework.Report) (ks []casework.SubjectReport) {
	for _, s := range r.Subjects {
		if s.Exempt != "" || s.Verdict == authz.Show {
			ks = append(ks, s)
		}
	}
	return ks
}

// AttackWords are the attacks that the window has words for.
var AttackWords = []string{"read", "bytes", "metadata", "opened", "office", "pdf", "faces", "words", "other"}

// AttackWord is the word's key of an attack's id, as faces of "faces/3 …".
func AttackWord(id string) string {
	i := strings.IndexFunc(id, func(r rune) bool { return r < 'a' || r > 'z' })
	if i >= 0 {
		id = id[:i]
	}
	if slices.Contains(AttackWords, id) {
		return id
	}
	return "other"
}
