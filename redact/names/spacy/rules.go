package spacy

import (
	"regexp"
	"strings"
	"unicode"
)

// The tokenizer's patterns (spaCy 3.8, lang/en/punctuation.py, MIT), by hand
// where they look behind. Its classes of letters and icons are taken from the
// Unicode tables of Go, which are newer.
const (
	punct    = "…,:;!?¿؟¡()[]{}<>_#*&。？！，、；：～·।،۔؛٪"
	quotes   = "'\"”“`‘´’‚,„»«「」『』（）〔〕【】《》〈〉〈〉⟦⟧"
	currency = "$£€¥฿₽﷼₴₠₡₢₣₤₥₦₧₨₩₪₫€₭₮₯₰₱₲₳₴₵₶₷₸₹₺₻₼₽₾₿"
)

// units are what is cut off a number, the longest that fits.
var units = strings.Fields("km km² km³ m m² m³ dm dm² dm³ cm cm² cm³ mm mm² mm³ ha µm nm yd in ft kg g mg µg t lb oz" +
	" m/s km/h kmh mph hPa Pa mbar mb MB kb KB gb GB tb TB T G M K %" +
	" км км² км³ м м² м³ дм дм² дм³ см см² см³ мм мм² мм³ нм кг г мг м/с км/ч кПа Па мбар Кб КБ кб Мб МБ мб Гб ГБ гб Тб ТБ")

var urlLike = regexp.MustCompile(`^(?:[\pL\pN_+\-.]{2,}://)?(?:\S+(?::\S*)?@)?(?:` +
	`(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])` +
	`|(?:(?:[A-Za-z0-9\x{a1}-\x{ffff}][A-Za-z0-9\x{a1}-\x{ffff}_-]{0,62})?[A-Za-z0-9\x{a1}-\x{ffff}]\.)+[\p{Ll}\p{Lo}]{2,63}` +
	`)(?::\d{2,5})?(?:[/?#]\S*)?$`)

func in(set string, r rune) bool { return strings.ContainsRune(set, r) }
func digit(r rune) bool          { return r >= '0' && r <= '9' }
func icon(r rune) bool           { return r > 0x7f && unicode.Is(unicode.So, r) }

// lower is spaCy's ALPHA_LOWER: small letters and those of scripts without case.
func lower(r rune) bool { return unicode.IsLower(r) || unicode.Is(unicode.Lo, r) }

// prefixLen is how many runes the first prefix takes, or 0.
func prefixLen(w []rune) int {
	switch c := w[0]; {
	case c == '.':
		if n := run(w, '.'); n > 1 {
			return n
		}
		return 0
	case c == '+':
		if len(w) > 1 && digit(w[1]) {
			return 0
		}
		return 1
	case in("USCA", c):
		for _, p := range []string{"US$", "C$", "A$"} {
			if strings.HasPrefix(string(w[:min(3, len(w))]), p) {
				return len(p)
			}
		}
		return 0
	case in("§%=—–", c), in(punct, c), in(quotes, c), in(currency, c), icon(c):
		return 1
	}
	return 0
}

// run counts how often c stands at the start.
func run(w []rune, c rune) int {
	n := 0
	for n < len(w) && w[n] == c {
		n++
	}
	return n
}

// suffixLen is how many runes the longest suffix takes, or 0.
func suffixLen(w []rune) int {
	n := len(w)
	c := w[n-1]
	var p rune // before c
	if n > 1 {
		p = w[n-2]
	}
	switch {
	case in("sS", c) && in("'’", p) && p != 0:
		return 2
	case c == '.':
		return fullStop(w)
	case c == '…' && p == '…':
		return 2
	case in("—–", c), in(punct, c), in(quotes, c), icon(c):
		return 1
	case c == '+' && digit(p):
		return 1
	}
	best := 0
	if digit(p) && in(currency, c) {
		best = 1
	}
	if n > 3 && c == '$' && string(w[n-3:]) == "US$" && digit(w[n-4]) {
		return 3
	}
	if n > 2 && c == '$' && in("CA", p) && digit(w[n-3]) {
		return 2
	}
	tail := string(w[max(0, n-5):])
	for _, u := range units {
		if !strings.HasSuffix(tail, u) {
			continue
		}
		if k := len([]rune(u)); k > best && k < n && digit(w[n-1-k]) {
			best = k
		}
	}
	return best
}

// fullStop decides on a full stop at the end: an ellipsis, the end of a
// sentence, or part of an abbreviation (0).
func fullStop(w []rune) int {
	n, k := len(w), 0
	for k < n && w[n-1-k] == '.' {
		k++
	}
	switch {
	case k > 1:
		return k
	case n < 2:
		return 0
	}
	p := w[n-2]
	if digit(p) || lower(p) || in("%²-+", p) || in(quotes, p) || in(punct, p) {
		return 1
	}
	if n > 2 && (unicode.IsUpper(p) && unicode.IsUpper(w[n-3]) || in("FfCcKk", p) && w[n-3] == '°') {
		return 1
	}
	return 0
}

// infixes are where a word is cut inside, as pairs of start and end.
func infixes(w []rune) [][2]int {
	var out [][2]int
	for i := 0; i < len(w); {
		n := infixLen(w, i)
		if n > 0 {
			out = append(out, [2]int{i, i + n})
		}
		i += max(n, 1)
	}
	return out
}

func infixLen(w []rune, i int) int {
	c := w[i]
	switch {
	case c == '.' && run(w[i:], '.') > 1:
		return run(w[i:], '.')
	case c == '…' || icon(c):
		return 1
	case i == 0 || i+1 == len(w):
		return 0
	}
	p, x := w[i-1], w[i+1]
	word := unicode.IsLetter(p) || digit(p)
	switch {
	case digit(p) && in("+-*^", c) && (digit(x) || x == '-'):
		return 1
	case c == '.' && (lower(p) || in(quotes, p)) && (capital(x) || in(quotes, x)):
		return 1
	case c == ',' && unicode.IsLetter(p) && unicode.IsLetter(x):
		return 1
	case in("-–—~", c) && word:
		if k := hyphens(w[i:]); i+k < len(w) && unicode.IsLetter(w[i+k]) {
			return k
		}
	case in(":<>=/", c) && word && unicode.IsLetter(x):
		return 1
	}
	return 0
}

// capital is spaCy's ALPHA_UPPER: capitals and letters of scripts without case.
func capital(r rune) bool { return unicode.IsUpper(r) || unicode.Is(unicode.Lo, r) }

// hyphens is the length of the hyphen at the start: - – — -- --- —— ~.
func hyphens(w []rune) int {
	switch {
	case w[0] == '-':
		return min(run(w, '-'), 3)
	case w[0] == '—':
		return min(run(w, '—'), 2)
	}
	return 1
}
