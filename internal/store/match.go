package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"consentry/authz"
)

// Scores of a match. What is not sure is put to a person: a letter-for-letter
// match shows someone, so that Lina must not be taken for Li Na.
const (
	scoreName  = 1.0  // one of the names, as authz.FoldName compares
	scoreLoose = 0.85 // the same letters with other spaces, points or dashes
	otherKind  = 0.8  // factor: an organisation by the name of a person, or the reverse
)

// Match returns the subjects that have the sighting's text among their names,
// best first: sure where authz.FoldName makes no difference between the two,
// less so where only spaces, points and dashes differ or the kind is another.
// Which of its names it is makes no difference, so that namesakes score alike.
func (r reader) Match(ctx context.Context, s authz.Sighting) ([]authz.Candidate, error) {
	folded := fold(s.Text)
	if folded == "" {
		return nil, nil
	}
	var ids []authz.SubjectID
	err := r.rows(ctx, `select subject from subject_name where idx = $1`, []any{r.nameIndex(folded)}, func(scan func(...any) error) error {
		var id authz.SubjectID
		err := scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("match a name: %w", err)
	}
	var out []authz.Candidate
	for _, id := range ids {
		sub, err := r.Subject(ctx, id)
		if errors.Is(err, authz.ErrUnknown) {
			continue // deleted since
		}
		if err != nil {
			return nil, fmt.Errorf("match a name: %w", err)
		}
		if score := similarity(sub, s); score > 0 {
			out = append(out, authz.Candidate{Subject: id, Score: score})
		}
	}
	slices.SortFunc(out, func(a, b authz.Candidate) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Subject, b.Subject))
	})
	return out, nil
}

// similarity is the score of the name that fits best, 0 where none does: the
// index is not trusted, as nothing binds its rows to the sealed subjects.
func similarity(sub authz.Subject, s authz.Sighting) float64 {
	exact, loose := authz.FoldName(s.Text), fold(s.Text)
	best := 0.0
	for _, n := range sub.Names {
		switch {
		case authz.FoldName(n.Text) == exact:
			best = max(best, scoreName)
		case fold(n.Text) == loose:
			best = max(best, scoreLoose)
		}
	}
	if s.Kind != "" && s.Kind != sub.Kind {
		best *= otherKind
	}
	return best
}

// fold is authz.FoldName without spaces, points, dashes, quotation marks and
// brackets; names that look alike at a glance look up the same index. Signs that
// tell names apart stay: A&B is not AB, C++ and C# are not C.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 0x4e00 <= r && r <= 0x9fff, 'a' <= r && r <= 'z', strings.ContainsRune("&#@%*", r):
			return r
		case unicode.IsPunct(r), unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, authz.FoldName(s))
}
