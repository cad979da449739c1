package generalise

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"consentry/redact"
)

// fills are the braces that a template may hold.
var fills = map[string][]string{
	"forms":        {"{region}", "{size}", "{noun}"},
	"person_forms": {"{company}", "{function}"},
}

var brace = regexp.MustCompile(`\{[^}]*\}?`)

// check says what is wrong with the merged dictionary.
func (d *Dictionary) check() error {
	bad := func(section, id, format string, args ...any) error {
		return fmt.Errorf("%w: %s: %s: %s", ErrDictionary, section, id, fmt.Sprintf(format, args...))
	}
	if d.MinGroup < 2 || d.MinGroup > 1_000_000 {
		return fmt.Errorf("%w: min_group is %d, want 2 to 1000000", ErrDictionary, d.MinGroup)
	}
	total := 0
	both := func(section, id string, w redact.Words) error {
		if strings.TrimSpace(w.ZH) == "" || strings.TrimSpace(w.EN) == "" {
			return bad(section, id, "needs words in zh and en")
		}
		return each(section, id, &total, w.ZH, w.EN)
	}
	for section, forms := range map[string][]Form{"forms": d.Forms, "person_forms": d.PersonForms} {
		for _, f := range forms {
			if err := both(section, f.ID, f.Words); err != nil {
				return err
			}
			for _, b := range append(brace.FindAllString(f.ZH, -1), brace.FindAllString(f.EN, -1)...) {
				if !slices.Contains(fills[section], b) {
					return bad(section, f.ID, "%s is none of %s", b, strings.Join(fills[section], " "))
				}
			}
		}
	}
	for _, need := range []struct {
		section string
		forms   []Form
		ids     []string
	}{
		{"forms", d.Forms, []string{"region-size-industry", "region-industry", "size-industry", "industry", "bare", "public-body"}},
		{"person_forms", d.PersonForms, []string{"function-of", "function-of-letter", "function", "person-of", "bare"}},
	} {
		for _, id := range need.ids {
			if !slices.ContainsFunc(need.forms, func(f Form) bool { return f.ID == id }) {
				return bad(need.section, id, "is missing")
			}
		}
	}
	for _, s := range d.Sizes {
		if err := both("sizes", s.ID, s.Words); err != nil {
			return err
		}
	}
	for _, r := range d.Regions {
		if err := both("regions", r.ID, r.Words); err != nil {
			return err
		}
		if r.Share < 0 || r.Share > 100 {
			return bad("regions", r.ID, "share is %d, want 0 to 100", r.Share)
		}
		if err := each("regions", r.ID, &total, append(slices.Clone(r.Covers.ZH), r.Covers.EN...)...); err != nil {
			return err
		}
	}
	for _, n := range d.Industries {
		if err := both("industries", n.ID, n.Words); err != nil {
			return err
		}
		for size, firms := range n.Firms {
			if !slices.ContainsFunc(d.Sizes, func(s Size) bool { return s.ID == size }) {
				return bad("industries", n.ID, "firms: no size of this id")
			}
			if firms < 0 || firms > 100_000_000 {
				return bad("industries", n.ID, "firms: %d is out of range", firms)
			}
		}
		if err := each("industries", n.ID, &total, append(slices.Clone(n.Names.ZH), n.Names.EN...)...); err != nil {
			return err
		}
	}
	for _, p := range d.Posts {
		if err := both("posts", p.ID, p.Function); err != nil {
			return err
		}
		if err := each("posts", p.ID, &total, append(slices.Clone(p.Posts.ZH), p.Posts.EN...)...); err != nil {
			return err
		}
	}
	for kind, e := range d.Exact {
		if !slices.Contains(valueKinds, kind) {
			return bad("exact_values", kind, "is none of %s", strings.Join(valueKinds, ", "))
		}
		if e.Digits < 0 || e.Digits > 15 {
			return bad("exact_values", kind, "digits is %d, want 0 to 15", e.Digits)
		}
		if e.To != "" && !slices.Contains([]string{"quarter", "half-year", "year"}, e.To) {
			return bad("exact_values", kind, "to is none of quarter, half-year, year")
		}
	}
	return d.checkGiveAways(bad, both, &total)
}

func (d *Dictionary) checkGiveAways(bad func(section, id, format string, args ...any) error, both func(section, id string, w redact.Words) error, total *int) error {
	for _, g := range d.GiveAways {
		if err := both("give_aways", g.ID, g.Why); err != nil {
			return err
		}
		if err := both("give_aways", g.ID, g.Instead); err != nil {
			return err
		}
		if g.Weight <= 0 || g.Weight > 1 {
			return bad("give_aways", g.ID, "weight is %g, want more than 0, at most 1", g.Weight)
		}
		if g.Value != "" && !slices.Contains(valueKinds, g.Value) {
			return bad("give_aways", g.ID, "value is none of %s", strings.Join(valueKinds, ", "))
		}
		if g.Within != "" && g.Within != "year" && g.Within != "place" {
			return bad("give_aways", g.ID, "within is neither year nor place")
		}
		if err := each("give_aways", g.ID, total, slices.Concat(g.Literal.ZH, g.Literal.EN, g.Except.ZH, g.Except.EN)...); err != nil {
			return err
		}
		if len(g.Patterns) > 50 {
			return bad("give_aways", g.ID, "more than 50 patterns")
		}
		for i, p := range g.Patterns {
			if len(p.Near) == 0 {
				return bad("give_aways", g.ID, "pattern %d needs near words", i+1)
			}
			if err := each("give_aways", g.ID, total, p.Near...); err != nil {
				return err
			}
			if len(p.RE) > maxPattern {
				return bad("give_aways", g.ID, "pattern %d: longer than %d bytes", i+1, maxPattern)
			}
			re, err := regexp.Compile(p.RE)
			if err != nil {
				return bad("give_aways", g.ID, "pattern %d: %v", i+1, err)
			}
			if re.MatchString("") {
				return bad("give_aways", g.ID, "pattern %d matches nothing at all", i+1)
			}
		}
	}
	c := d.Combination
	if c.Sentence < 2 || c.Paragraph < c.Sentence || c.Weight <= 0 || c.Weight > 1 {
		return fmt.Errorf("%w: combination: sentence is at least 2, paragraph at least sentence, weight 0 to 1", ErrDictionary)
	}
	if err := both("combination", "why", c.Why); err != nil {
		return err
	}
	if err := both("combination", "instead", c.Instead); err != nil {
		return err
	}
	return each("combination", "companies", total, append(slices.Clone(c.Companies.ZH), c.Companies.EN...)...)
}

// each checks words one by one and counts them.
func each(section, id string, total *int, ws ...string) error {
	for _, w := range ws {
		*total++
		switch {
		case strings.TrimSpace(w) == "":
			return fmt.Errorf("%w: %s: %s: an empty word", ErrDictionary, section, id)
		case len([]rune(w)) > maxLength:
			return fmt.Errorf("%w: %s: %s: a word of more than %d characters", ErrDictionary, section, id, maxLength)
		case *total > maxWords:
			return fmt.Errorf("%w: more than %d words", ErrDictionary, maxWords)
		}
	}
	return nil
}
