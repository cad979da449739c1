package pii

import (
	"regexp"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/pii/checksum"
	"consentry/redact/pii/rules"
	"consentry/redact/pii/words"
)

// notValues are words that stand behind a word for an account without being one.
var notValues = strings.Fields(`
	a account accounts action actions and api app are as at authentication available be blank button by can card code configuration credentials data default details dialog
	disabled does else empty enabled error example expired fail failed false field fields file flow for form format from function github google group guide handler has have history holder if in
	info input integer integration int invalid is issue issues key length link list login login-page management manager method missing mode module must name names new nil no none not null number
	object of off on only optional or output page pages panel parameter parameters password path payment policy post pro process profile prompt read repo repository request required reset role
	root-level screen security server service session set setting settings shell should sign string status success support system team test text that the this to token true type undefined
	unique update url use used user username using value values via view was web website well will window with without workflow works you your following follow connect sdk pay`)

// loose is the end of a value without a shape of its own at byte at, behind a
// word; -1 where what stands there is none.
func (s *scan) loose(r *rules.Rule, at int, a words.Anchor) int {
	text := s.text
	latin := !rules.IsHan(a.Label.Word.Text)
	if latin && !a.Glue && !strings.HasSuffix(a.Label.Word.Text, "#") && !(isDigit(text[at]) && r.Plain && len(a.Label.Word.Text) <= 4) {
		return -1
	}
	s.work += rules.Most
	loc := r.Re.FindStringIndex(text[at:min(len(text), at+rules.Most)])
	if loc == nil {
		return -1
	}
	hi := at + loc[1]
	if v := text[at:hi]; a.Far && !telling(v) && !(r.Plain && digits(v) > 0 && alnums(v) >= 6) {
		return -1
	}
	if r.Kind == redact.Kind("secret") {
		return s.secret(at, hi, a)
	}
	hi = at + len(strings.TrimRight(text[at:hi], "._-/@"))
	for n, lead := 0, letters(text[at:hi]); n < 6 && hi-at < 48 && (lead <= 5 && lead == hi-at && isUpper(text[at]) || digits(text[at:hi]) == hi-at-n-lead); n++ { // in groups
		g := 0
		if hi < len(text) && text[hi] == ' ' {
			g = digitRun(text, hi+1)
		}
		if g < 2 || g > 12 || lead > 0 && g < 3 || hi+1+g < len(text) && isAlnum(text[hi+1+g]) || unit(text, hi+1+g) || g == 4 && year(text[hi+1:hi+5]) {
			break
		}
		hi += 1 + g
	}
	v := text[at:hi]
	ds, n := digits(v), alnums(v)
	switch {
	case n < 3 || hi < len(text) && (isAlnum(text[hi]) || text[hi] == '@' || text[hi] == '(' && ds == 0 || strings.HasPrefix(text[hi:], "://")):
		return -1
	case dateRE.MatchString(v) || clock.MatchString(text[at:min(len(text), hi+6)]) || unit(text, hi) && ds == n || !s.ends(hi) || ds < r.Digits:
		return -1
	case hi+1 < len(text) && text[hi] == '.' && isAlnum(text[hi+1]) && r.Kind != redact.Kind("username") && r.Kind != redact.Kind("social-id"):
		return -1
	case ds == n && (len(v) == 4 && year(v) && !a.Sep || n < 4 && !a.Sep && latin): // a year, a count
		return -1
	case strings.Contains(v, "@"):
	case !r.Plain && (ds < 2 || ds < 3 && n < 4):
		if n >= 5 && n <= 8 && strings.ToUpper(v) == v && ds <= 1 && strings.Contains("booking ref booking reference booking code confirmation code pnr reservation 确认号 订座号 取票号", a.Label.Word.Text) {
			return hi // six letters of an airline
		}
		return -1
	case r.Plain && ds == 0 && !strings.Contains(v, "_"):
		return s.plain(at, hi, a, latin)
	}
	return hi
}

// letters is how many letters a value begins with.
func letters(v string) (n int) {
	for n < len(v) && isLetter(v[n]) {
		n++
	}
	return n
}

// telling reports whether a value is more than a word, a count or a year: letters
// and digits, or many digits.
func telling(v string) bool {
	ds := digits(v)
	return ds >= 5 || (ds >= 2 || strings.ContainsAny(v, "_@")) && alnums(v) > ds && alnums(v) >= 5
}

// plain decides on a value of letters alone.
func (s *scan) plain(at, hi int, a words.Anchor, latin bool) int {
	v := strings.Trim(s.low[at:hi], "@.-_")
	if slices.Contains(notValues, v) || len(v) < 4 {
		return -1
	}
	if i := strings.IndexAny(v, ".-"); i > 0 && slices.Contains(notValues, v[:i]) {
		return -1
	}
	if latin && hi+1 < len(s.text) && s.text[hi] == ' ' && isLetter(s.text[hi+1]) && s.low[hi+1:min(len(s.text), hi+4)] != "and" { // the first word of several
		return -1
	}
	explicit := strings.HasSuffix(a.Label.Word.Text, "号") || strings.HasSuffix(s.text[a.Label.Lo:at], "号") || strings.Contains(s.low[a.Label.Hi:at], "id") || strings.Contains(a.Label.Word.Text, "名")
	if a.Sep || explicit && !latin || s.text[at] == '@' {
		return hi
	}
	if a.Label.Word.Text == "login" || a.Label.Word.Text == "username" || a.Label.Word.Text == "user name" || explicit {
		// Behind a space alone: a word of small letters at the end of its sentence.
		if v == s.text[at:hi] && (hi == len(s.text) || strings.IndexByte(".,;)\n", s.text[hi]) >= 0) {
			return hi
		}
	}
	return -1
}

// secret is the end of a password or key at lo: it has a digit or a sign, and
// is no year, range, placeholder or name of a type.
func (s *scan) secret(lo, hi int, a words.Anchor) int {
	v := s.text[lo:hi]
	if i := strings.IndexAny(v, `"'<>,;|`+"`"); i >= 0 {
		v = v[:i]
	}
	v = strings.TrimRight(v, ".:)]}!?")
	hi = lo + len(v)
	if len(v) < 4 || strings.IndexByte("$<{%*([/.+-", v[0]) >= 0 || slices.Contains(notValues, strings.ToLower(v)) || unit(s.text, hi) {
		return -1
	}
	ds, n := digits(v), alnums(v)
	numeric := ds == len(v)
	switch {
	case numeric:
		if len(v) == 4 && year(v) && !a.Sep || dateRE.MatchString(v) {
			return -1
		}
		if !rules.IsHan(a.Label.Word.Text) && !a.Sep && !strings.Contains("pin otp passcode pwd verification code security code password", a.Label.Word.Text) {
			return -1
		}
	case rangeRE.MatchString(v) || strings.Contains(v, "(") || strings.Contains(v, "://") || strings.Contains(v, "[") || dateRE.MatchString(v):
		return -1
	case ds == 0:
		mixed := strings.ToLower(v) != v && strings.ToLower(v[1:]) != v[1:]
		if !a.Sep || len(v) < 8 || !(mixed || len(v)-n > 1) || strings.ContainsAny(v, "._") {
			return -1
		}
	case n < 4, !a.Sep && len(v) < 6, !a.Sep && !a.Glue && !rules.IsHan(a.Label.Word.Text):
		return -1
	}
	return hi
}

var (
	clock   = regexp.MustCompile(`^\d{1,2}:\d{2}(?:$|\D)`)
	uuid    = regexp.MustCompile(`^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?:$|[^0-9A-Za-z])`)
	rangeRE = regexp.MustCompile(`^\d{1,4}[-~]\d{1,4}$`)
	unitRE  = regexp.MustCompile(`^ ?(?:元|万|亿|%|个|位|年|月|日|件|条|份|人|天|次|张|台|家|套|吨|章|节|页|期|字|米|公里|小时|分钟|秒|美元|欧元|项|批|笔|单(?:[^号]|$)|用户|会员|客户|户|(?:px|kg|km|mm|cm|MB|GB|KB|ms|USD|EUR|RMB|CNY|bytes|bits|chars|characters|tokens|digits|items|people|users|times|percent|orders|tickets|pages)\b)`)
	counted = regexp.MustCompile(`^ ?(?:users|units|people|items|customers|subscribers|bytes|records|rows|copies|calls)\b`)
	// Figures before or behind a pair make it part of a row.
	rowBefore = regexp.MustCompile(`[\d\]][,; \t]{1,3}$`)
	rowAfter  = regexp.MustCompile(`^\]?[,;]?[ \t]?[\[-]?\d`)
)

// unit reports whether a unit follows, which makes figures an amount.
func unit(text string, hi int) bool { return unitRE.MatchString(text[hi:min(len(text), hi+16)]) }

func alnums(s string) (n int) {
	for i := range len(s) {
		if isAlnum(s[i]) {
			n++
		}
	}
	return n
}

func year(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") && digits(s) == 4 }

func day(s string) bool { return checksum.Day(s) }

// currency reports whether a sign of money stands before byte lo.
func currency(text string, lo int) bool {
	b := strings.TrimRight(before(text, lo, 4), " ")
	for _, c := range []string{"¥", "￥", "$", "€", "£", "rmb", "cny", "usd"} {
		if strings.HasSuffix(b, c) {
			return true
		}
	}
	return false
}
