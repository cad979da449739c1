package casework

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"consentry/authz"
	"consentry/redact"
)

// fold makes spellings of one name equal.
func fold(s string) string { return authz.FoldName(s) }

// mergeText settles findings that stand on the same or on nested runes, so that
// each run of text has one finding. The longer of two nested findings wins,
// since a name inside a longer unknown name is not that name (张伟 in 张伟明);
// but titles and legal forms around a registered name do not make it longer.
// Findings that overlap in part both stay, and hiding wins there. Boxes are left
// alone.
func mergeText(fs []redact.Finding) []redact.Finding {
	var text, rest []redact.Finding
	for _, f := range fs {
		if f.Region.IsText() {
			text = append(text, f)
		} else {
			rest = append(rest, f)
		}
	}
	slices.SortStableFunc(text, func(a, b redact.Finding) int {
		return cmp.Or(cmp.Compare(a.Region.Part, b.Region.Part), cmp.Compare(a.Region.Page, b.Region.Page),
			cmp.Compare(a.Region.Start, b.Region.Start), cmp.Compare(b.Region.End, a.Region.End),
			cmp.Compare(rank(b), rank(a)))
	})
	var out []redact.Finding
next:
	for _, f := range text {
		for i := len(out) - 1; i >= 0; i-- {
			o := &out[i]
			if !o.Region.Same(f.Region) || o.Region.End <= f.Region.Start {
				continue
			}
			switch {
			case o.Region.Start == f.Region.Start && o.Region.End == f.Region.End:
				o.Tier, o.Score = max(o.Tier, f.Tier), max(o.Score, f.Score)
				if !strings.Contains(o.By, f.By) {
					o.By += " " + f.By
				}
				continue next
			case f.Region.End <= o.Region.End && ofWork[o.Kind] && judgeable(f):
				rest := besideName(*o, f)
				out = append(slices.Delete(out, i, i+1), rest...)
				continue
			case f.Region.End <= o.Region.End: // f stands inside o
				rest, free := around(*o, f)
				if !free {
					continue next
				}
				out = append(slices.Delete(out, i, i+1), rest...)
				continue
			}
		}
		out = append(out, f)
	}
	return append(yielding(out), rest...)
}

// ofWork are details that are told beside the name of a company, which stands for
// itself.
var ofWork = map[redact.Kind]bool{"employer": true, "post": true, "department": true}

// besideName is what is left of a post or department around a name in it; of words
// for an employer nothing.
func besideName(outer, name redact.Finding) (rest []redact.Finding) {
	if outer.Kind == "employer" {
		return nil
	}
	rs := []rune(outer.Text)
	a, b := name.Region.Start-outer.Region.Start, name.Region.End-outer.Region.Start
	if a < 0 || b > len(rs) {
		return []redact.Finding{outer}
	}
	for _, side := range [][2]int{{0, a}, {b, len(rs)}} {
		for side[0] < side[1] && (!isLetterOrDigit(rs[side[0]]) || rs[side[0]] == '的') {
			side[0]++
		}
		for side[0] < side[1] && !isLetterOrDigit(rs[side[1]-1]) {
			side[1]--
		}
		if side[1]-side[0] > 1 {
			f := outer
			f.Text, f.Region.Start, f.Region.End = string(rs[side[0]:side[1]]), outer.Region.Start+side[0], outer.Region.Start+side[1]
			rest = append(rest, f)
		}
	}
	return rest
}

// yielding leaves out what is told better by a name that it overlaps: words for an
// employer around the name itself, and a form of a registered name that is that
// name with a title, 知遥女士 in 林知遥女士.
func yielding(text []redact.Finding) []redact.Finding {
	var out []redact.Finding
	for i, f := range text {
		better := false
		for j := i - 1; j >= 0 && !better && j >= i-4; j-- {
			better = yields(f, text[j])
		}
		for j := i + 1; j < len(text) && !better && j <= i+4; j++ {
			better = yields(f, text[j])
		}
		if !better {
			out = append(out, f)
		}
	}
	return out
}

func yields(f, to redact.Finding) bool {
	a, b := f.Region, to.Region
	if !a.Same(b) || a.Start >= b.End || b.Start >= a.End {
		return false
	}
	if f.Kind == "employer" {
		return judgeable(to)
	}
	if !registered(to) || f.Tier == redact.Sure || !strings.HasPrefix(f.Why, whyRegistry+"/") && f.Why != whyElsewhere {
		return false
	}
	rs := []rune(f.Text)
	left, right := max(0, b.Start-a.Start), min(len(rs), b.End-a.Start)
	return left <= right && onlyNeutral(string(rs[:left])) && onlyNeutral(string(rs[right:]))
}

// rank orders findings of the same runes: the registry knows the kind best, then
// the surer finding.
func rank(f redact.Finding) int {
	r := int(f.Tier)
	if registered(f) {
		r += 4
	}
	if f.Kind == redact.Location || f.Kind == redact.Other {
		r -= 2
	}
	return r
}

func registered(f redact.Finding) bool { return f.Why == whyRegistry }

// neutral are words that may stand around a name without making it another name.
var neutral = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`师傅 同志 同学 医生 大夫 护士 教练 董 工 老板 主任 处长 局长 院长 校长 公司 有限公司 股份有限公司 有限责任公司 集团 先生 女士 老师 总 总经理 经理 总监 主任 博士 教授
		mr mrs ms miss dr prof the inc ltd llc gmbh corp co company group limited plc s
		联系人 电话 手机 邮箱 邮件 phone mobile tel email mail e contact`) {
		m[w] = true
	}
	return m
}()

// around says whether a finding inside another stands for itself, and what is
// left of the outer one then. A registered name does where only neutral words
// stand around it. Where the outer finding is a guess (review tier), so do a
// registered company and a number or address: the guess is cut to what they do
// not explain. A person's name does not: 张伟 in a guessed 张伟明 is not 张伟.
func around(outer, inner redact.Finding) (rest []redact.Finding, free bool) {
	rs := []rune(outer.Text)
	a, b := inner.Region.Start-outer.Region.Start, inner.Region.End-outer.Region.Start
	if registered(outer) || a < 0 || b > len(rs) {
		return nil, false
	}
	for _, side := range [][2]int{{0, a}, {b, len(rs)}} {
		for side[0] < side[1] && !isLetterOrDigit(rs[side[0]]) {
			side[0]++
		}
		for side[0] < side[1] && !isLetterOrDigit(rs[side[1]-1]) {
			side[1]--
		}
		text := string(rs[side[0]:side[1]])
		if onlyNeutral(text) {
			continue
		}
		f := outer
		f.Text, f.Region.Start, f.Region.End = text, outer.Region.Start+side[0], outer.Region.Start+side[1]
		rest = append(rest, f)
	}
	switch {
	case registered(inner) && len(rest) == 0:
		return nil, true
	case outer.Tier == redact.Sure || inner.Tier != redact.Sure:
		return nil, false
	}
	return rest, registered(inner) && inner.Kind == redact.Organisation || !judgeable(inner)
}

func onlyNeutral(s string) bool {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !isLetterOrDigit(r) }) {
		if !neutral[w] {
			return false
		}
	}
	return true
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
