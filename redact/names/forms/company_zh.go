package forms

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

//go:embed trades.yaml
var tradesYAML []byte

// englishTrades are the English words for a Chinese trade.
var englishTrades = func() (m map[string][]string) {
	if err := yaml.Unmarshal(tradesYAML, &m); err != nil {
		panic(fmt.Sprintf("trades.yaml: %v", err))
	}
	return m
}()

// legalForms stand behind a Chinese company's name, whichever it was registered
// with.
var legalForms = strings.Fields(`公司 集团 有限公司 股份有限公司 有限责任公司 集团有限公司 集团公司 集团股份有限公司 股份公司 股份 控股 总部`)

var (
	brackets = regexp.MustCompile(`[（(]([^（）()]+)[)）]`)
	// ofMany are what the names of many bodies are made of: 第一人民医院.
	ofMany = regexp.MustCompile(`^(?:第[一二三四五六七八九十]+|人民|中心|中医|中西医|附属|实验|外国语|商业|农业|农村|工商|建设|开发|职业|技术|师范|理工|科技|工业|财经|政法|医科|民族|国际|中国|中华|全国|市|省|县|区|总|妇幼|保健|儿童|口腔|肿瘤|传统|新|大|联合|信用|自来水|供电|公共|公交|城市|交通|水务|燃气|投资|发展|控股|集团)*` +
		`(?:大学|学院|中学|小学|学校|医院|银行|支行|分行|公司|集团|研究院|研究所|研究中心|协会|学会|委员会|局|院|社|所|厂|队|馆|中心|银行|` + strings.Join(lexicon.TradesChinese, "|") + `)*$`)
)

// generic reports whether a company's name says only of what kind it is.
func generic(s string) bool {
	return lexicon.Places[s] || lexicon.IsTitle(s) || lexicon.TradeWords[s] || ofMany.MatchString(s)
}

// companyZH adds the forms of a company's name with Han runes.
func (b *builder) companyZH(name string) {
	for _, s := range conjunctions(name) {
		b.bracketed(s)
		var places []string
		if m := brackets.FindStringSubmatch(s); m != nil && (lexicon.Places[m[1]] || lexicon.Places[strings.TrimRight(m[1], "省市")]) {
			places = append(places, m[1])
		}
		b.bodies(lexicon.Shorten(s), legalEnd(s), places)
	}
}

// conjunctions are a Chinese name with its & written otherwise.
func conjunctions(s string) []string {
	out := []string{s}
	for _, c := range []string{"&", "与", "和", "及"} {
		i := strings.Index(s, c)
		if i <= 0 || i+len(c) >= len(s) || c != "&" && lexicon.Everyday(around(s, i, len(c))) {
			continue
		}
		before, after := strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(c):])
		for _, o := range []string{"&", "与", "和"} {
			if o != c && (c == "&" || c == "与") {
				out = append(out, before+o+after)
			}
		}
		return append(out, before+" & "+after)
	}
	return out
}

// around is the rune at i, of n bytes, with the one before it.
func around(s string, i, n int) string {
	r := []rune(s[:i])
	return string(r[len(r)-1:]) + s[i:i+n]
}

// legalEnd is the legal form behind a Chinese company's name.
func legalEnd(name string) string {
	if i := strings.LastIndexAny(name, ")）"); i >= 0 {
		_, size := utf8.DecodeRuneInString(name[i:])
		return name[i+size:]
	}
	return strings.TrimPrefix(name, lexicon.Shorten(name))
}

// bracketed adds a name with what stands in its brackets put elsewhere or left
// out.
func (b *builder) bracketed(name string) {
	m := brackets.FindStringSubmatchIndex(name)
	if m == nil {
		return
	}
	before, in, behind := strings.TrimSpace(name[:m[0]]), strings.TrimSpace(name[m[2]:m[3]]), strings.TrimSpace(name[m[1]:])
	b.placed(before, in, behind)
}

// placed adds a name with a place, or another word that stands in brackets,
// before, within and behind.
func (b *builder) placed(before, in, behind string) {
	for _, end := range unique(behind, "") {
		b.add("company-brackets", 0, before+in+end, in+before+end, before+"("+in+")"+end, before+" ("+in+") "+end, before+" ("+in+")"+end, before+"("+in+") "+end)
		for _, signs := range []string{"[]", "【】", "〔〕"} {
			r := []rune(signs)
			b.add("company-brackets", 0, before+string(r[0])+in+string(r[1])+end)
		}
		b.add("company-brackets", 0, before+"-"+in+end, before+"·"+in+end)
	}
	if !generic(before) && behind != "" {
		b.add("company-brackets", 0, before+behind)
	}
}

// bodies adds a company's name without its legal form, place and trade, and
// what is made of these.
// End is the legal form behind it; places are those in brackets.
func (b *builder) bodies(base, end string, places []string) {
	if generic(base) {
		return
	}
	local := base
	for range 3 {
		next := lexicon.WithoutPlace(local)
		if next == local {
			break
		}
		places = append(places, strings.TrimSuffix(local, next))
		local = next
	}
	b.body("company-suffix-free", base)
	if local != base && !generic(local) {
		b.body("company-placeless", local)
		for _, p := range places { // 杭州市云岚科技, 杭州云岚科技
			short := strings.TrimRight(p, "省市")
			b.add("company-placeless", 0, p+local, short+local)
			b.placed(local, short, end)
			if i := strings.Index(p, "省"); i > 0 {
				b.add("company-placeless", 0, p[:i]+local, strings.TrimRight(p[i+len("省"):], "市")+local)
			}
		}
	}
	brand := local
	for steps := 0; steps < 4; steps++ {
		next := cutTrade(brand)
		if next == brand {
			break
		}
		brand = next
		if !generic(brand) {
			b.brand(brand, places)
		}
	}
	b.romanised(places, brand, strings.TrimPrefix(local, brand))
}

// cutTrade is a name without its last trade word, where two runes stay.
func cutTrade(s string) string {
	cut := s
	for t := range lexicon.TradeWords {
		if rest, ok := strings.CutSuffix(s, t); ok && len([]rune(t)) > 1 && len([]rune(rest)) >= 2 && len(rest) < len(cut) {
			cut = rest
		}
	}
	return cut
}

// body adds a name with no and with other legal forms.
func (b *builder) body(rule, s string) {
	n := len([]rune(s))
	if n >= 4 && !lexicon.Everyday(string([]rune(s)[:2])) {
		b.add(rule, 0, s)
	} else if !lexicon.Everyday(s) {
		b.add(rule, redact.WholeWord, s)
	}
}

// brand adds a brand alone and with place, 公司 and 集团.
func (b *builder) brand(s string, places []string) {
	if usable(s) {
		if len([]rune(s)) >= 4 {
			b.add("company-brand", 0, s)
		} else {
			b.add("company-brand", redact.WholeWord, s)
		}
	} else {
		b.add("monogram-short", 0, s)
	}
	for _, l := range legalForms {
		if l != "股份" && l != "控股" || usable(s) {
			b.add("company-legal-form", 0, s+l)
		}
	}
	for _, p := range places {
		b.add("company-place-brand", 0, p+s, strings.TrimRight(p, "省市")+s, s+strings.TrimRight(p, "省市"))
	}
}

// tradesOf parts what stands behind a brand into the words for its trade.
func tradesOf(s string) []string {
	var out []string
	for s != "" {
		n := 0
		for _, size := range []int{4, 3, 2} {
			if r := []rune(s); len(r) >= size && (englishTrades[string(r[:size])] != nil || lexicon.TradeWords[string(r[:size])]) {
				n = size
				break
			}
		}
		if n == 0 {
			return nil
		}
		r := []rune(s)
		out = append(out, string(r[:n]))
		s = string(r[n:])
	}
	return out
}

// romanised adds a brand in pinyin, alone and with its trade in pinyin and in
// English, as names, handles and domains.
func (b *builder) romanised(places []string, brand, trade string) {
	if !allHan([]rune(brand)) || len([]rune(brand)) > 6 {
		return
	}
	var syl []string
	for _, r := range brand {
		hs := usual(r)
		if len(hs) == 0 {
			return
		}
		syl = append(syl, hs[0])
	}
	var cities []string
	if len(places) > 0 {
		cities = placeLatin(places[len(places)-1])
	}
	for _, u := range umlauts(strings.Join(syl, " ")) {
		parts := strings.Fields(u)
		one := capital(strings.Join(parts, ""))
		var caps []string
		for _, p := range parts {
			caps = append(caps, capital(p))
		}
		b.domain("company-pinyin", one)
		b.spaced("company-pinyin", 0, strings.Join(caps, " "), strings.Join(caps, "-"))
		b.add("company-pinyin", redact.Capitals, strings.Join(caps, ""), one)
		for _, place := range cities {
			b.spaced("company-pinyin", 0, place+" "+one, one+" "+place, one+"-"+place) // the trade behind it is found with the brand
			b.handles("company-pinyin", place+one, one+place)
		}
		trades := tradesOf(trade)
		var more []string // what follows the brand
		if len(trades) > 0 {
			py := ""
			for _, t := range trades {
				py += strings.ToLower(romanise(t))
			}
			more = append(more, capital(py), capital(strings.ToLower(romanise(trades[0]))))
			more = append(more, translations(trades)...)
			for _, t := range trades {
				more = append(more, englishTrades[t]...)
			}
		} else {
			more = append(more, "Group", "Tech")
		}
		for _, m := range unique(more...) {
			b.spaced("company-trade", 0, one+" "+m, one+"-"+m)
			b.handles("company-trade", one+strings.ReplaceAll(m, " ", ""))
		}
		initials := strings.Join(initialsOf(parts), "")
		for _, t := range []string{"", trade} {
			var is []string
			for _, r := range t {
				if hs := usual(r); len(hs) > 0 {
					is = append(is, strings.ToUpper(hs[0][:1]))
				}
			}
			s := initials + strings.Join(is, "")
			b.acronym("company-acronym", s)
			if len(places) > 0 {
				var p strings.Builder
				for _, r := range strings.TrimRight(places[len(places)-1], "省市") {
					if hs := usual(r); len(hs) > 0 {
						p.WriteString(strings.ToUpper(hs[0][:1]))
					}
				}
				b.acronym("company-acronym", p.String()+s)
			}
		}
	}
}

// translations are English names of two and three trades in a row.
func translations(trades []string) []string {
	out := []string{""}
	for _, t := range trades {
		var next []string
		for _, o := range out {
			for _, e := range englishTrades[t] {
				next = append(next, strings.TrimSpace(o+" "+e))
			}
		}
		if len(next) == 0 || len(next) > 12 {
			return nil
		}
		out = next
	}
	return out
}

// leastDomain is how many letters a brand must have to be searched in small
// letters.
const leastDomain = 4

// domain adds a brand in small letters; one that could be another word only as
// a domain and an address.
func (b *builder) domain(rule, s string) {
	if s = strings.ToLower(s); len(s) >= leastDomain && (telling(s) || !lexicon.Everyday(s) && !cities()[s]) {
		b.add(rule, 0, s)
		return
	}
	for _, top := range []string{".com", ".cn", ".net", ".io", ".org", ".co"} {
		b.add(rule, 0, s+top)
	}
	b.add(rule, 0, "www."+s)
	b.mail(rule, s)
}

// acronym adds capitals that mean nothing else, and as an account.
func (b *builder) acronym(rule, s string) {
	low := strings.ToLower(s)
	if n := len(s); n < 3 || n > 8 || acronyms[low] || lexicon.Everyday(low) {
		b.add("monogram-short", redact.Capitals, s)
		return
	}
	b.add(rule, redact.Capitals, s)
	if len(s) >= 4 {
		b.handles(rule, low)
	} else {
		b.mail(rule, low)
	}
}

// hasHan reports whether there is a Han rune in s.
func hasHan(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}
