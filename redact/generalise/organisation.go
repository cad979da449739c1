package generalise

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/generalise/grammar"
)

// A Profile is what may be told of a company: ids of the dictionary or their
// words in either language; what is empty or not known is not told.
type Profile struct {
	Industry   string
	Size       string
	Region     string // or a place in it
	PublicBody bool
	Companies  int // how many companies are known to fit all of it; 0: not counted
}

// A choice is the form for a profile, by indices; -1 where it is not told.
type choice struct {
	form                   string
	industry, size, region int
}

// Organisation is what stands for a company of this profile: 华东某大型机械制造企业, a
// large machinery company in eastern China. As long as fewer than MinGroup
// companies are likely to fit, the region is dropped, then the size, then the
// industry. A letter tells two companies of one form apart: 某物流企业A, logistics
// company A.
func (d *Dictionary) Organisation(p Profile, lang redact.Lang, letter string) string {
	return d.spell(d.choose(p), lang, letter)
}

func (d *Dictionary) choose(p Profile) choice {
	if p.PublicBody {
		return choice{"public-body", -1, -1, -1}
	}
	c := choice{"", find(d.industry, p.Industry), find(d.size, p.Size), -1}
	if r, ok := d.regionOf(p.Region); ok {
		c.region = r
	}
	if c.industry < 0 {
		return choice{"bare", -1, -1, -1}
	}
	fits := d.firms(c)
	if p.Companies > 0 {
		fits = min(fits, p.Companies)
	}
	if fits < d.MinGroup && c.region >= 0 {
		c.region = -1
		fits = d.firms(c)
	}
	if fits < d.MinGroup && c.size >= 0 {
		c.size = -1
		fits = d.firms(c)
	}
	if fits < d.MinGroup {
		return choice{"bare", -1, -1, -1}
	}
	switch {
	case c.region >= 0 && c.size >= 0:
		c.form = "region-size-industry"
	case c.region >= 0:
		c.form = "region-industry"
	case c.size >= 0:
		c.form = "size-industry"
	default:
		c.form = "industry"
	}
	return c
}

func find(m map[string]int, word string) int {
	if i, ok := m[fold.Key(word)]; ok {
		return i
	}
	return -1
}

// firms is about how many companies fit a choice.
func (d *Dictionary) firms(c choice) int {
	n, by := 0, d.Industries[c.industry].Firms
	if c.size >= 0 {
		n = by[d.Sizes[c.size].ID]
	} else {
		for _, k := range by {
			n += k
		}
	}
	if c.region >= 0 {
		n = n * d.Regions[c.region].Share / 100
	}
	return n
}

// spell fills in a form.
func (d *Dictionary) spell(c choice, lang redact.Lang, letter string) string {
	noun, size, region := "", "", ""
	if c.industry >= 0 {
		noun = d.Industries[c.industry].noun(lang)
	}
	if c.size >= 0 {
		size = d.Sizes[c.size].In(lang)
	}
	if c.region >= 0 {
		region = d.Regions[c.region].In(lang)
	}
	t := template(d.Forms, c.form, lang)
	if letter != "" {
		behind := letter
		if lang == redact.English {
			behind = " " + letter
			t = grammar.DropArticle(t)
		}
		if strings.Contains(t, "{noun}") {
			noun += behind
		} else {
			t += behind
		}
	}
	s := strings.NewReplacer("{noun}", noun, "{size}", size, "{region}", region).Replace(t)
	if lang == redact.English {
		s = grammar.FixArticles(s)
	}
	return s
}

func (n Industry) noun(lang redact.Lang) string {
	if s := n.Noun.In(lang); s != "" {
		return s
	}
	if lang == redact.English {
		return n.EN + " company"
	}
	return n.ZH + "企业"
}

// template is a form's text; check has seen that it is there.
func template(forms []Form, id string, lang redact.Lang) string {
	for _, f := range forms {
		if f.ID == id {
			return f.In(lang)
		}
	}
	return ""
}

var legalForm = regexp.MustCompile(`(?i)(?:[（(][^（）()]*[)）]|股份|控股|有限责任公司|有限公司|集团|总公司|分公司|公司|[,\s]+(?:incorporated|inc|ltd|llc|llp|gmbh|corp|corporation|limited|co|company|plc|ag|sa|group|holdings?)\.?)+$`)

// GuessProfile is what a company's name alone tells: the trade by the words
// nearest its end, the region by the place it begins with or, in English, holds;
// whether it is a state organ's. Never a size.
func (d *Dictionary) GuessProfile(name string) Profile {
	name = strings.TrimSpace(name)
	if len(name) > 2000 {
		return Profile{}
	}
	bare := fold.Key(legalForm.ReplaceAllString(name, ""))
	full := fold.Key(name)
	var p Profile
	for _, end := range d.PublicBodies.ZH {
		p.PublicBody = p.PublicBody || strings.HasSuffix(full, fold.Key(end))
	}
	for _, w := range d.PublicBodies.EN {
		p.PublicBody = p.PublicBody || hasWord(full, fold.Key(w)) >= 0
	}
	if p.PublicBody {
		return Profile{PublicBody: true}
	}
	end, length := 0, 0
	for _, n := range d.Industries {
		for _, lang := range []redact.Lang{redact.Chinese, redact.English} {
			for _, w := range n.Names.In(lang) {
				if k := fold.Key(w); k != "" {
					if at := hasWord(bare, k); at >= 0 && (at+len(k) > end || at+len(k) == end && len(k) > length) {
						end, length = at+len(k), len(k)
						p.Industry = n.ID
					}
				}
			}
		}
	}
	rs := []rune(full)
	for n := min(d.longest, len(rs)); n >= 2 && p.Region == ""; n-- {
		if i, ok := d.region[string(rs[:n])]; ok && !fold.Bounded(rs[0]) {
			p.Region = d.Regions[i].ID
		}
	}
	for from := 0; from < len(full) && p.Region == ""; {
		n := strings.IndexByte(full[from:], ' ')
		if n < 0 {
			n = len(full) - from
		}
		if i, ok := d.region[strings.Trim(full[from:from+n], "(),.")]; ok {
			p.Region = d.Regions[i].ID
		}
		from += n + 1
	}
	return p
}

// hasWord is where a word last stands in a folded text, a Latin one as a whole
// word; -1 where it does not.
func hasWord(text, word string) int {
	for end := len(text); ; {
		at := strings.LastIndex(text[:end], word)
		if at < 0 {
			return -1
		}
		first, last := rune(word[0]), rune(word[len(word)-1])
		if (at == 0 || !latin(first) || !latin(rune(text[at-1]))) && (at+len(word) == len(text) || !latin(last) || !latin(rune(text[at+len(word)]))) {
			return at
		}
		end = at + len(word) - 1
	}
}

func latin(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
