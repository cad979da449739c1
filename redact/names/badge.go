package names

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

// badges finds the names that stand alone on a line next to what their bearer is:
// 何必 over 产品经理, April May over Head of Data. By themselves such words are
// rather none, and the models, which see one line, say so. Only lines with a
// place are looked at; a line of which a part is known becomes one finding.
func badges(p redact.Page, by string, found []redact.Finding) []redact.Finding {
	var jobs []image.Rectangle
	for _, s := range p.Spans {
		if len(s.Boxes) > 0 && (jobLine(s.Text) || department(s.Text) || employer(s, found)) {
			jobs = append(jobs, hullOf(s))
		}
	}
	if len(jobs) == 0 {
		return found
	}
	for _, s := range p.Spans {
		if len(s.Boxes) == 0 || !nameLine(s.Text) {
			continue
		}
		box := hullOf(s)
		if !slices.ContainsFunc(jobs, func(j image.Rectangle) bool { return belongs(box, j) }) {
			continue
		}
		text := []rune(s.Text)
		whole := p.Found(s, text, 0, len(text))
		whole.Kind, whole.Tier, whole.Score, whole.Why, whole.By = redact.Person, redact.Review, 0.5, whyBadge, by
		known := false
		for _, f := range found {
			if f.Region.Span != s.ID {
				continue
			}
			known = known || f.Kind != redact.Other && f.Region.Start == whole.Region.Start && f.Region.End == whole.Region.End
			if f.Kind == redact.Person && f.Score > whole.Score {
				whole.Tier, whole.Score = f.Tier, f.Score
			}
		}
		if known {
			continue
		}
		found = slices.DeleteFunc(found, func(f redact.Finding) bool { return f.Region.Span == s.ID })
		found = append(found, whole)
	}
	return found
}

// department reports whether a line is only a department's name, as under the name on
// a badge: 研发部, 客户成功中心.
func department(s string) bool {
	rs := []rune(strings.TrimSpace(s))
	return len(rs) >= 3 && len(rs) <= 8 && (&rules{text: rs}).han(0, len(rs)) && hasSuffix(string(rs), departments) && !hasSuffix(string(rs), lexicon.NotOrgans)
}

var departments = []string{"部", "中心", "事业群", "研究院", "办公室"}

// employer reports whether a line is only an organisation's name.
func employer(s redact.Span, found []redact.Finding) bool {
	rs := []rune(strings.TrimSpace(s.Text))
	if !hasSuffix(string(rs), lexicon.OrgSuffixes) {
		return false
	}
	return slices.ContainsFunc(found, func(f redact.Finding) bool {
		return f.Region.Span == s.ID && f.Kind == redact.Organisation && f.Tier == redact.Sure && f.Region.End-f.Region.Start >= len(rs)
	})
}

func hullOf(s redact.Span) (u image.Rectangle) {
	for _, b := range s.Boxes {
		u = u.Union(b)
	}
	return u
}

// belongs reports whether a job stands next to a line, no farther than three of
// its heights, in letters that are not much larger. Lines may lie on their side.
func belongs(line, job image.Rectangle) bool {
	high := min(line.Dx(), line.Dy())
	return min(job.Dx(), job.Dy()) <= high*3/2 && line.Inset(-3*high).Overlaps(job)
}

// jobLine reports whether a line is only what somebody is.
func jobLine(s string) bool {
	s = strings.TrimSpace(s)
	if n := len([]rune(s)); n < 2 || n > 40 {
		return false
	}
	if lexicon.IsJob(s) { // a department alone is a heading as well
		return strings.ContainsFunc(s, unicode.IsUpper) && slices.ContainsFunc(strings.Fields(lower(s)), func(w string) bool { return lexicon.JobHeads[w] })
	}
	rs := []rune(s)
	if len(rs) > 12 || !(&rules{text: rs}).han(0, len(rs)) {
		return false
	}
	for _, t := range lexicon.Titles { // 华东区销售经理
		if n := len([]rune(t)); n >= 2 && strings.HasSuffix(s, t) && (len(rs) == n || (&rules{text: rs}).surname(0) != len(rs)-n) {
			return true
		}
	}
	return false
}

// nameLine reports whether a line could be nothing but a name: two to four Han
// runes from a surname, or two or three Latin words with capitals.
func nameLine(s string) bool {
	rs := []rune(s)
	if r := (&rules{text: rs}); len(rs) >= 2 && len(rs) <= 4 && r.han(0, len(rs)) {
		n := r.surname(0)
		return n > 0 && len(rs) > n && len(rs) <= n+2 && !somebody[s] && !lexicon.Ordinary[s] && !jobLine(s)
	}
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 3 || lexicon.IsJob(s) {
		return false
	}
	for _, w := range words {
		first := []rune(w)[0]
		if !unicode.IsUpper(first) || strings.ContainsAny(w, "0123456789&:/") || lexicon.JobWords[lower(w)] || lexicon.JobHeads[lower(w)] || lexicon.HeadingWords[lower(w)] {
			return false
		}
	}
	return true
}
