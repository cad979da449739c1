package coref

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"consentry/redact/fold"
	"consentry/redact/names/lexicon"
)

// A shape is how a person is written.
type shape int

const (
	odd       shape = iota // nothing that the rules know: a nickname
	full                   // 王小明
	surname                // 王, 王总, 王女士, Mr. Wang
	familiar               // 老王, 小王
	given                  // 小明
	latinFull              // Xiaoming Wang
	latinOne               // Xiaoming, Wang
	initials               // W. X. M., J. Smith with words
)

// A name is a person's name in its parts, folded.
type name struct {
	shape  shape
	family string
	given  string
	words  []string // Latin, without titles, dots and marks
	title  string
	sex    byte
	suffix string // jr, sr, ii: tells father from son
	prefix string // 老, 小
	nick   string // in brackets or quotes within the name
	core   string // the name alone, folded: equal for equal names
	show   string // as written, without the title
}

// plain is the name as written, without its title where that is known.
func (n name) plain(text string) string {
	if n.show != "" {
		return n.show
	}
	return text
}

// parse takes a written name apart.
func parse(text string) name {
	text = strings.Trim(text, " ,，.。:：@")
	nick := ""
	if i := strings.IndexAny(text, "（("); i > 0 {
		j := strings.IndexAny(text, "）)")
		if j < i {
			j = len(text)
		}
		nick = fold.Key(strings.Trim(text[i:j], "（()）"))
		rest := ""
		if j < len(text) {
			rest = strings.Trim(text[j:], "）)")
		}
		text = strings.TrimSpace(text[:i]) + rest
	} else if a, rest, ok := strings.Cut(text, `"`); ok {
		if b, c, ok := strings.Cut(rest, `"`); ok {
			nick = fold.Key(b)
			text = strings.TrimSpace(a) + " " + strings.TrimSpace(c)
		}
	}
	key := fold.Key(text)
	var n name
	han, latin, _ := lexicon.Count(key)
	switch {
	case han > 0 && latin > 0:
		n = parseMixed(key)
	case han > 0:
		n = parseHan(key)
	default:
		n = parseLatin(key)
	}
	n.nick = nick
	if n.core == "" {
		n.core = key
	}
	if n.shape == full && n.title != "" {
		rs := []rune(fold.OneLine(text))
		if k := len([]rune(n.core)); k < len(rs) {
			n.show = string(rs[:k])
		}
	}
	return n
}

// endings are the titles behind a Chinese name, the longest first.
var endings = func() []string {
	all := slices.Clone(lexicon.Titles)
	for s := range table.sex {
		if s[0] >= 0x80 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(all)
}()

func familyLen(rs []rune) int {
	if len(rs) >= 2 && lexicon.DoubleSurnames[string(rs[:2])] {
		return 2
	}
	if len(rs) >= 1 && lexicon.Surnames[rs[0]] {
		return 1
	}
	return 0
}

func parseHan(key string) name {
	if strings.Contains(key, "·") {
		parts := strings.FieldsFunc(key, func(r rune) bool { return r == '·' })
		if len(parts) < 2 {
			return name{core: key}
		}
		return name{shape: latinFull, words: parts, core: strings.Join(parts, "·")}
	}
	rs := []rune(key)
	for _, t := range endings {
		rest, ok := strings.CutSuffix(key, t)
		if !ok || rest == "" {
			continue
		}
		b := []rune(rest)
		n := familyLen(b)
		short := len([]rune(t)) == 1
		if n > 0 && len(b) == n {
			return name{shape: surname, family: rest, title: t, sex: table.sex[t], core: key}
		}
		if len(b) == 2 && strings.ContainsRune("老小大阿", b[0]) && lexicon.Surnames[b[1]] && !short {
			return name{shape: familiar, family: string(b[1]), prefix: string(b[0]), title: t, sex: table.sex[t], core: rest}
		}
		if n > 0 && (!short && len(b) > n && len(b) <= n+2 || short && len(b) == n+2) {
			return name{shape: full, family: string(b[:n]), given: string(b[n:]), title: t, sex: table.sex[t], core: rest}
		}
		if !short && len(b) == 2 {
			return name{shape: given, given: rest, title: t, sex: table.sex[t], core: rest}
		}
	}
	n := familyLen(rs)
	switch {
	case n > 0 && len(rs) == n:
		return name{shape: surname, family: key, core: key}
	case n > 0 && len(rs) > n && len(rs) <= n+2:
		return name{shape: full, family: string(rs[:n]), given: string(rs[n:]), core: key}
	case len(rs) == 2 && strings.ContainsRune("老小大阿", rs[0]) && lexicon.Surnames[rs[1]]:
		return name{shape: familiar, family: string(rs[1]), given: key, prefix: string(rs[0]), core: key}
	case len(rs) == 2:
		return name{shape: given, given: key, core: key}
	}
	return name{core: key}
}

// parseMixed reads Tony老师 and Tony王: what counts is the Latin name.
func parseMixed(key string) name {
	var latin, han []rune
	for _, r := range key {
		if unicode.Is(unicode.Han, r) {
			han = append(han, r)
		} else {
			latin = append(latin, r)
		}
	}
	n := parseLatin(strings.TrimSpace(string(latin)))
	h := string(han)
	switch {
	case slices.Contains(endings, h):
		n.title, n.sex = h, table.sex[h]
	case len(han) == familyLen(han) && n.shape == latinOne:
		n.family, n.core = h, key
		n.shape = odd
		n.nick = n.words[0]
	default:
		h := parseHan(h)
		if h.shape == full { // 王小明 Tony
			h.nick = strings.TrimSpace(string(latin))
			return h
		}
		n.core = key
		n.shape = odd
	}
	return n
}

// plainLatin is a Latin word without marks.
func plainLatin(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var generations = map[string]string{"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}

var degrees = lexicon.Set("phd md mba cpa esq dds pe dphil msc bsc")

func parseLatin(key string) name {
	var n name
	key = strings.TrimSuffix(strings.TrimSuffix(plainLatin(key), "'s"), "'")
	if last, first, ok := strings.Cut(key, ","); ok {
		first = strings.TrimSpace(first)
		if w := strings.Trim(first, " ."); generations[w] == "" && !degrees[w] {
			key = first + " " + last // Wang, Xiaoming
		} else {
			key = last + " " + first
		}
	}
	single := 0
	for _, w := range strings.Fields(key) {
		dotted := strings.Trim(w, ".")
		switch {
		case dotted == "":
			continue
		case len(n.words) == 0 && n.title == "" && len(dotted) > 1 && lexicon.EnglishTitles[dotted]:
			n.title, n.sex = dotted, table.sex[dotted]
			continue
		case len(n.words) > 0 && generations[dotted] != "":
			n.suffix = generations[dotted]
			continue
		case len(n.words) > 1 && degrees[strings.ReplaceAll(dotted, ".", "")]:
			continue
		}
		for _, p := range strings.Split(dotted, ".") { // J.R. and W.X.M.
			p = strings.Map(func(r rune) rune {
				if r == '-' || r == '\'' {
					return -1
				}
				return r
			}, p)
			if p == "" {
				continue
			}
			if len([]rune(p)) == 1 {
				single++
			}
			n.words = append(n.words, p)
		}
	}
	n.core = strings.Join(n.words, " ")
	if n.suffix != "" {
		n.core += " " + n.suffix
	}
	switch k := len(n.words); {
	case k == 0:
	case single == k || single > 0 && single == k-1 && k <= 3:
		n.shape = initials
	case k >= 2:
		n.shape = latinFull
	case n.title != "" && n.sex != 0 || n.title == "dr" || n.title == "prof" || n.title == "professor":
		n.shape = surname
		n.family = n.words[0]
		n.core = n.title + " " + n.core
	default:
		n.shape = latinOne
	}
	return n
}
