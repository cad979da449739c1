package coref

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// A company is an organisation's name in its parts, folded.
type company struct {
	whole string
	bare  string // without the pure legal form: Ltd., 有限公司; 集团, Group and the place in brackets stay
	sub   bool   // a part of a company: branch, place in brackets
	legal bool   // written with its legal form
	brand string // without legal form, place and trade
	forms []shortForm
	inner string // without a word that does not belong to the name, else empty
}

// Forms of incorporation alone. 集团 and Group tell a parent from its
// subsidiary, 分公司 and 支行 a branch from the whole.
var (
	incorporated = regexp.MustCompile(`(?:股份有限公司|有限责任公司|有限責任公司|有限公司|(?:[, ]+(?:incorporated|inc|ltd|limited|llc|llp|gmbh|corp|corporation|co|plc|ag|kg|s\.a|b\.v|n\.v|pty)\.?)+)$`)
	branch       = regexp.MustCompile(`(?:分公司|子公司|分行|支行|分部|分校|分院|分店|办事处)$`)
	parent       = regexp.MustCompile(`(?:集团|集團|控股|总公司|总行|总部| group| holdings?)$`)
	bracketed    = regexp.MustCompile(`\(([^()]*)\)`)
)

func companyOf(key string) company {
	c := company{whole: key}
	for _, w := range table.BeforeCompany {
		if rest, ok := strings.CutPrefix(key, w); ok && incorporated.MatchString(rest) && len([]rune(rest)) > 6 {
			c.inner, key = rest, rest
			break
		}
	}
	c.bare = strings.TrimRight(incorporated.ReplaceAllString(key, ""), " ,.")
	c.legal = c.bare != key
	if c.bare == "" {
		c.bare = key
	}
	c.sub = branch.MatchString(key) || bracketed.MatchString(key)
	c.brand = tradeless(lexicon.WithoutPlace(fold.Key(lexicon.Shorten(key))))
	c.forms = c.shorts()
	return c
}

// A short form with how surely it means the whole name.
type shortForm struct {
	key   string
	score float64
	why   Reason
}

// shorts are the forms that a text goes on with after a company's name.
func (c company) shorts() []shortForm {
	var out []shortForm
	add := func(s string, score float64, why Reason) {
		s = strings.Trim(s, " ,.")
		han, latin, _ := lexicon.Count(s)
		if s == "" || s == c.whole || han < 2 && latin < 3 || lexicon.Places[s] || lexicon.TradeWords[s] || lexicon.Common[s] || lexicon.Ambiguous[s] || lexicon.IsTitle(s) {
			return
		}
		if !slices.ContainsFunc(out, func(f shortForm) bool { return f.key == s }) {
			out = append(out, shortForm{s, score, why})
		}
	}
	whole := c.whole
	if c.inner != "" {
		whole = c.inner
		add(whole, 0.9, WhyShortForm)
	}
	add(c.bare, 0.9, WhyShortForm)
	short := fold.Key(lexicon.Shorten(whole))
	add(short, 0.85, WhyShortForm)
	add(strings.TrimSpace(bracketed.ReplaceAllString(c.bare, "")), 0.7, WhyShortForm)
	if han, _, _ := lexicon.Count(short); han >= 2 {
		local := lexicon.WithoutPlace(short)
		add(local, 0.8, WhyShortForm)
		rs := []rune(local)
		brand := tradeless(local)
		add(brand, 0.75, WhyShortForm)
		for n := 2; n < len(rs); n++ { // 朔禾生物 of 朔禾生物科技
			if s := string(rs[:n]); n >= 3 || s == brand {
				add(s, 0.7, WhyShortForm)
			}
		}
		for _, b := range []string{local, brand} {
			if rs := []rune(b); len(rs) <= 6 {
				add(pinyinOf(b), 0.6, WhyPinyin)
			}
		}
		return out
	}
	words := strings.Fields(short)
	for n := len(words) - 1; n > 0; n-- {
		s := strings.Join(words[:n], " ")
		if n > 1 || len(s) >= 4 && !ofKind[s] && !lexicon.Trades[s] {
			add(s, 0.75, WhyShortForm)
		}
	}
	add(strings.ReplaceAll(short, " ", ""), 0.75, WhyShortForm)
	spelled := ""
	all := strings.FieldsFunc(c.whole, func(r rune) bool { return r == ' ' || r == '-' || r == ',' || r == '&' })
	for _, w := range all {
		if r := []rune(w)[0]; unicode.IsLetter(r) && w != "of" && w != "the" && w != "and" && w != "for" {
			spelled += string(r)
		}
	}
	if n := len(spelled); n >= 3 && n <= 6 {
		add(spelled, 0.6, WhyInitials)
	}
	spelled = ""
	for _, w := range words {
		spelled += string([]rune(w)[0])
	}
	if n := len(spelled); n >= 3 && n <= 6 {
		add(spelled, 0.6, WhyInitials)
	}
	return out
}

// tradeless is the brand before all words of trade.
func tradeless(s string) string {
	for {
		cut := s
		rs := []rune(s)
		for n := 2; n < len(rs)-1; n++ {
			if lexicon.TradeWords[string(rs[n:])] {
				cut = string(rs[:n])
				break
			}
		}
		if cut == s {
			return s
		}
		s = cut
	}
}

// ofKind begin the names of many bodies, so that alone they are no brand.
var ofKind = lexicon.Set(`university college school academy institute hospital clinic bank state royal saint department ministry association foundation federal city county center
	centre society club museum church council court board bureau office agency committee group international national general united northern southern eastern western greater`)

// pinyinOf is a text in Latin letters without tones and spaces; empty where a
// rune has no reading.
func pinyinOf(s string) string {
	var b strings.Builder
	for _, r := range s {
		a := pinyin.SinglePinyin(r, pinyin.NewArgs())
		if len(a) == 0 {
			return ""
		}
		b.WriteString(a[0])
	}
	return b.String()
}

// organisations links companies: equal names, what the text calls an alias, then
// shorter forms where one company alone has them.
func (r *resolver) organisations() {
	byKey := map[string][]int{}
	var order []string
	for i := range r.mentions {
		if m := &r.mentions[i]; m.kind == redact.Organisation {
			if byKey[m.key] == nil {
				order = append(order, m.key)
			}
			byKey[m.key] = append(byKey[m.key], i)
		}
	}
	ids := map[string]*identity{}
	for _, k := range order {
		id := r.begin(redact.Organisation)
		id.company = companyOf(k)
		ids[k] = id
		for _, mi := range byKey[k] {
			// A name with its legal form is one company's; a short one may be several's.
			r.put(id, mi, 0.95, id.company.legal || r.mentions[mi].ref.Doc == r.mentions[byKey[k][0]].ref.Doc, WhySameName)
		}
	}
	r.readAliases(redact.Organisation)
	// The longer names first, so that a short form finds the whole.
	slices.SortStableFunc(order, func(a, b string) int {
		return cmp.Or(-cmp.Compare(rankOf(ids[a].company), rankOf(ids[b].company)), -cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	})
	for _, k := range order {
		id := ids[k]
		if id.to == id.n {
			r.shorter(id)
		}
		if id.to != id.n {
			continue
		}
		for _, f := range id.company.forms {
			r.orgKeys[f.key] = append(r.orgKeys[f.key], id)
		}
	}
	r.mistaken(ids)
}

// mistaken takes for companies what detectors took for persons though it is a
// company's short name, and no person of the case has that name: Harrowmere. It
// is never certain.
func (r *resolver) mistaken(byKey map[string]*identity) {
	persons := map[string]bool{}
	for i := range r.mentions {
		n := r.mentions[i].name
		if r.mentions[i].kind != redact.Person || n.shape != full && n.shape != latinFull && n.shape != surname && n.shape != familiar && n.shape != initials {
			continue
		}
		for _, k := range slices.Concat(n.families(), n.givens(), n.words, []string{n.family, n.nick}) {
			persons[k] = true
		}
	}
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.kind != redact.Person || m.title != "" || m.name.shape != latinOne && m.name.shape != given && m.name.shape != odd || persons[m.name.core] || persons[m.key] {
			continue
		}
		var fits []option
		if id := byKey[m.key]; id != nil {
			fits = append(fits, option{r.root(id), 0.6, WhySameForm})
		} else {
			for _, id := range r.orgKeys[m.key][:min(len(r.orgKeys[m.key]), most)] {
				fits = append(fits, option{r.root(id), 0.6, WhyShortForm})
			}
		}
		if best, asks, ok := pick(fits); ok && asks == nil {
			m.kind, m.name, m.sex = redact.Organisation, name{}, 0
			r.put(best.id, i, best.score, false, best.why)
		}
	}
}

func rankOf(c company) int {
	if c.legal {
		return 1
	}
	return 0
}

// shorter joins a company to the longer name it is a form of, or asks.
func (r *resolver) shorter(id *identity) {
	k := id.company.whole
	var fits []option
	for _, to := range r.alias[k] {
		if to = r.root(to); to.kind == redact.Organisation && to != id {
			fits = append(fits, option{to, 0.95, WhyAlias})
		}
	}
	if len(fits) > 0 {
		r.choose(id, fits, true)
		return
	}
	if id.company.legal && r.orgKeys[k] == nil || id.company.sub {
		return // a full name of its own
	}
	for _, to := range r.orgKeys[k] {
		if to = r.root(to); to == id || len(fits) >= most || branch.MatchString(to.company.whole) {
			continue // 沧屿银行 is not its branch
		}
		for _, f := range to.company.forms {
			if f.key != k || institution(k) && f.key != to.company.bare {
				continue
			}
			if parent.MatchString(k) && to.company.sub {
				continue // a group is not its subsidiary
			}
			s := f.score
			if !shareDoc(id, to) {
				s -= 0.1
			}
			if to.company.sub {
				s -= 0.05
			}
			fits = append(fits, option{to, s, f.why})
		}
	}
	sure := len(fits) == 1 && fits[0].id.company.bare == k && fits[0].id.company.legal && !fits[0].id.company.sub && oneDoc(id, fits[0].id)
	r.choose(id, fits, sure)
}

// institution reports whether a name ends as those of bodies do that are whole
// without a legal form: 春江中学 is not 春江中学附属小学.
func institution(key string) bool {
	for _, s := range lexicon.OrgSuffixes {
		if strings.HasSuffix(key, s) && (s == "银行" || !lexicon.TradeWords[s]) && s != "集团" && s != "公司" {
			return true
		}
	}
	return false
}

// oneDoc reports whether all mentions of both stand in one document.
func oneDoc(a, b *identity) bool {
	return len(a.docs) == 1 && len(b.docs) == 1 && shareDoc(a, b)
}

func shareDoc(a, b *identity) bool {
	if len(a.docs) > len(b.docs) {
		a, b = b, a
	}
	for d := range a.docs {
		if b.docs[d] != nil {
			return true
		}
	}
	return false
}

// orgOf is the identity of a company's mention.
func (r *resolver) orgOf(m *mention) *identity { return r.find(m.id) }
