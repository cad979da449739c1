package generalise

import (
	"strings"

	"consentry/redact"
	"consentry/redact/fold"
)

// Post is the function that stands for a post: 首席信息官 to 信息化负责人, Group CIO to
// head of IT. A longer title counts as the post it ends with or, in English,
// begins with or ends with. It reports false where the post is not known or is
// a function already.
func (d *Dictionary) Post(title string, lang redact.Lang) (string, bool) {
	i, ok := d.postOf(title)
	if !ok {
		return "", false
	}
	to := d.Posts[i].Function.In(lang)
	return to, fold.Key(to) != fold.Key(title)
}

func (d *Dictionary) postOf(title string) (int, bool) {
	rs := []rune(fold.Key(title))
	if len(rs) > maxLength {
		return 0, false
	}
	if len(rs) == 0 {
		return 0, false
	}
	if i, ok := d.post[string(rs)]; ok {
		return i, true
	}
	bounded := func(at int) bool { return !fold.Bounded(rs[at-1]) || !fold.Bounded(rs[at]) }
	for n := min(d.longPost, len(rs)-1); n >= 2; n-- {
		if at := len(rs) - n; bounded(at) {
			if i, ok := d.post[string(rs[at:])]; ok {
				return i, true
			}
		}
		// CIO of the group, chief engineer for presses
		if rest := string(rs[n:]); strings.HasPrefix(rest, " of ") || strings.HasPrefix(rest, " for ") || strings.HasPrefix(rest, " to ") || strings.HasPrefix(rest, ",") || strings.HasPrefix(rest, " and ") {
			if i, ok := d.post[string(rs[:n])]; ok {
				return i, true
			}
		}
	}
	return 0, false
}
