package pii

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/pii/rules"
	"consentry/redact/pii/words"
)

// A match is what a rule found: bytes of the folded text.
type match struct {
	lo, hi int
	kind   redact.Kind
	tier   redact.Tier
	score  float64
	why    string
	order  int // of two over the same text, which names it better: less is better
}

// How well a rule names what it found.
const (
	byWord  = -1000 // the word before it says what it is
	byCode  = 0     // rules in code and bare numbers, in the order of the table
	byLoose = 1000  // a shape that several kinds share
)

// A scan is one pass over one folded text.
type scan struct {
	text, low string
	called    map[int]bool // where a cell or a word for telephone numbers says that one stands
	ms        []match
	hostTo    int // what is before it belongs to an address of the Internet
	work      int // bytes given to rules: it must grow as the text does
}

func (s *scan) add(m match) { s.ms = append(s.ms, m) }

// find runs the rules over a folded text. Matches are in order of their start;
// one that lies within another and is no surer is left out. The text is read once:
// words first, then the places behind them and below them, then every run of letters
// and digits by the byte it begins with. carry is the labels that the text before
// this one ended with.
func find(ctx context.Context, text string, carry []words.Label) (ms []match, left []words.Label, err error) {
	s, left, err := read(ctx, text, carry)
	if err != nil {
		return nil, nil, err
	}
	return settle(s.ms), left, nil
}

// read is find before its matches are settled.
func read(ctx context.Context, text string, carry []words.Label) (s *scan, left []words.Label, err error) {
	s = &scan{text: text, low: words.Lower(text), called: map[int]bool{}}
	ls := words.Find(rules.Default(), s.text, s.low)
	as := words.Cells(text, ls, words.Anchors(s.text, s.low, ls))
	for _, l := range carry {
		if p := words.Inner(text, [2]int{0, len(text)}); p < len(text) {
			as = append(as, words.Anchor{At: p, Label: l, Sep: true, Glue: true})
		}
	}
	for i, a := range as {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		s.behindWord(a)
	}
	s.inBrackets(ls)
	if err := s.pass(ctx, ls); err != nil {
		return nil, nil, err
	}
	for i := len(ls) - 1; i >= 0 && i >= len(ls)-3; i-- {
		if a, ok := words.Behind(s.text, s.low, ls[i]); !ok && a.At >= len(text) && ls[i].Hi > len(text)-48 {
			left = append(left, ls[i])
		}
	}
	return s, left, nil
}

// settle orders matches and drops those that another says better.
func settle(ms []match) (out []match) {
	slices.SortStableFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(b.hi, a.hi), cmp.Compare(min(a.order, byCode), min(b.order, byCode)), cmp.Compare(b.tier, a.tier), cmp.Compare(a.order, b.order), cmp.Compare(b.score, a.score))
	})
	for _, m := range ms {
		if n := len(out); n > 0 {
			if l := out[n-1]; m.hi <= l.hi && (m.tier <= l.tier || m.lo == l.lo && m.hi == l.hi) {
				if m.lo == l.lo && m.hi == l.hi { // the surer of two views of one number
					out[n-1].tier = max(l.tier, m.tier)
				}
				continue
			}
		}
		out = append(out, m)
	}
	return out
}

// behindWord looks for the value of a word.
func (s *scan) behindWord(a words.Anchor) {
	for _, r := range a.Label.Word.Rules {
		switch {
		case r.Re == nil && r.Kind != redact.Phone:
			continue
		case r.Re == nil:
			s.called[a.At] = true
			if loc := shortLine.FindStringIndex(s.text[a.At:min(len(s.text), a.At+8)]); loc != nil && s.ends(a.At+loc[1]) && !unit(s.text, a.At+loc[1]) {
				s.add(phone(a.At, withExtension(s.text, a.At+loc[1]), false, WhyService))
			}
			continue
		case r.FromWord:
			if hi := s.fit(r, a.At); hi > 0 {
				s.add(match{a.Label.Lo, hi, r.Kind, redact.Sure, 0.95, r.Why, byWord + r.Order})
			}
			continue
		}
		at := a.At
		for n := 0; n < 50 && at < len(s.text); n++ { // 工号：YL00017、YL00018
			hi := s.value(r, at, a)
			if hi < 0 {
				break
			}
			next := hi
			for _, sep := range []string{"、", ", ", ",", "/", "和", "及", " and ", ";"} {
				if strings.HasPrefix(s.text[hi:], sep) {
					next = hi + len(sep)
					break
				}
			}
			if next == hi || next < len(s.text) && !isAlnum(s.text[next]) || digits(s.text[at:hi]) < 3 {
				break
			}
			at = next
		}
	}
}

// value adds what a rule finds behind a word at byte at, and gives its end; -1
// where it finds nothing.
func (s *scan) value(r *rules.Rule, at int, a words.Anchor) int {
	if r.Code {
		hi := s.loose(r, at, a)
		if hi > 0 {
			m := match{at, hi, r.Kind, redact.Review, 0.8, r.Why, byWord + r.Order}
			if r.Last {
				m.order = byLoose
			}
			s.add(m)
			return hi
		}
		return -1
	}
	hi := s.fit(r, at)
	if hi > 0 && a.Far && !r.Checked() && !telling(s.text[at:hi]) {
		return -1
	}
	if hi < 0 || s.dated(r, at, hi, a.Sep) || unit(s.text, hi) && !r.Checked() {
		return -1
	}
	m := match{at, hi, r.Kind, redact.Sure, 0.95, r.Why, byWord + r.Order}
	if r.Checked() && !r.Holds(s.text[at:hi]) {
		if r.Wrong == "" || !a.Glue && !rules.IsHan(a.Label.Word.Text) || digits(s.text[at:hi]) < 6 {
			return -1
		}
		m.tier, m.score, m.why = rules.Tier(r.Wrong), 0.6, r.WrongWhy
	}
	s.add(m)
	return hi
}

// fit is the end of the longest match of the rule at byte at that no further
// letter or digit touches; -1 where there is none.
func (s *scan) fit(r *rules.Rule, at int) int {
	s.work += rules.Most
	loc := r.Re.FindStringIndex(s.text[at:min(len(s.text), at+rules.Most)])
	if loc == nil || loc[1] == 0 {
		return -1
	}
	if r.Letters && !strings.ContainsFunc(s.text[at:at+loc[1]], func(c rune) bool { return c < 0x80 && isLetter(byte(c)) }) {
		return -1
	}
	for hi, n := at+loc[1], 0; hi > at && n < 12; n++ {
		if s.ends(hi) && (n == 0 || r.Full.MatchString(s.text[at:hi])) && digits(s.text[at:hi]) >= r.Digits {
			if !r.Checked() || r.Holds(s.text[at:hi]) || n == 0 && r.Wrong != "" && !strings.ContainsAny(s.text[at:hi], " ") {
				return hi
			}
		}
		cut := strings.LastIndexAny(s.text[at:hi], " -/,")
		if cut <= 0 {
			break
		}
		hi = at + cut
	}
	if r.Checked() && r.Wrong != "" && s.ends(at+loc[1]) {
		return at + loc[1]
	}
	return -1
}

// ends reports whether a number may end at byte hi.
func (s *scan) ends(hi int) bool {
	if hi >= len(s.text) {
		return true
	}
	c := s.text[hi]
	if isAlnum(c) {
		return !isAlnum(s.text[hi-1])
	}
	return !(hi+1 < len(s.text) && (c == '.' || c == ',') && isDigit(s.text[hi+1]) && isDigit(s.text[hi-1]) && (c == '.' || thousand.MatchString(s.text[hi:min(len(s.text), hi+6)]) && thousands(s.text[:hi])))
}

// dated reports whether what a rule found is a date, or a year, or begins with a
// date where the rule says so.
func (s *scan) dated(r *rules.Rule, lo, hi int, sep bool) bool {
	v := s.text[lo:hi]
	if dateRE.MatchString(v) || len(v) == 4 && !r.Years && year(v) || slices.Contains(r.Drop, "day") && len(v) >= 8 && day(v[:8]) || slices.Contains(r.Drop, "birth") && len(v) >= 14 && day(v[6:14]) {
		return true
	}
	return len(v) == 8 && day(v) && !r.Checked() && !sep && !r.Years
}

// pass goes over the text once for what stands without a word.
func (s *scan) pass(ctx context.Context, ls []words.Label) error {
	text := s.text
	numbersTo, webTo, nextDigit, near := 0, 0, 0, 0
	for i, n := 0, 0; i < len(text); {
		switch c := text[i]; {
		case isAlnum(c):
			if n++; n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			end := i + 1
			for end < len(text) && isAlnum(text[end]) {
				end++
			}
			if end-i == 8 && end < len(text) && text[end] == '-' && uuid.MatchString(text[i:min(len(text), i+37)]) {
				i += 36 // a name that a machine gave, whatever its parts look like
				continue
			}
			for nextDigit < len(text) && (nextDigit < i || !isDigit(text[nextDigit])) {
				nextDigit++
			}
			if i >= webTo {
				if end-i > longest && digitRun(text, i) == end-i {
					i = end
					continue
				}
				if nextDigit < i+rules.Most && (nextDigit < end+48 || end-i > 20) || end-i >= 16 || end-i <= 4 && end < len(text) && (text[end] == ':' || text[end] == '-') {
					for near < len(ls) && ls[near].Hi <= i {
						near++
					}
					s.bare(i, end)
					s.nearWord(i, ls[:near])
				}
				if isDigit(c) {
					s.host(i)
					s.street(i, end)
				} else if end < len(text) && text[end] == ':' && end-i <= 4 {
					s.host(i)
				}
			}
			if j := max(min(nextDigit, end), numbersTo); j < end && j >= i && digitRun(text, j) <= longest {
				numbersTo = chunkEnd(text, j)
				s.numbers(j, numbersTo)
			}
			i = end
		case c == '+' || c == '(' || c == '[' || c == '{' || c == '<':
			if c != '+' {
				s.spelledAt(i)
			}
			if (c == '+' || c == '(') && i >= numbersTo {
				if end := chunkEnd(text, i); end > i {
					s.numbers(i, end)
					numbersTo = max(numbersTo, end)
				}
			}
			i++
		case c == '@':
			s.atSign(i)
			i++
		case c == '.':
			if i >= webTo {
				webTo = max(webTo, s.domain(i))
			}
			i++
		case c == ':':
			if i >= webTo && strings.HasPrefix(text[i:], "://") {
				webTo = max(webTo, s.address(i))
			}
			i++
		case c == '#' || c == '*' || c == '&' || c == '$' || c == '%':
			s.replaced(i)
			i++
		case c == 0xE3 && strings.HasPrefix(text[i:], "【"):
			s.spelledAt(i)
			i++
		default:
			i++
		}
	}
	s.spoken()
	return nil
}

// bare runs the rules that need no word at a run of letters and digits from i to end.
func (s *scan) bare(i, end int) {
	text := s.text
	starts := [2]int{i, i}
	if i >= 3 && isLetter(text[i]) || i >= 3 && text[i] == 'Z' { // the sign of a province belongs to the plate
		if r := runeBefore(text, i); r >= 0x4e00 && r <= 0x9fff {
			starts[0] = i - 3
		}
	}
	run := -1
	var count [rules.Most + 1]uint8 // digits up to there, counted once
	for k, at := range starts {
		if k == 1 && at == starts[0] {
			break
		}
		for _, r := range rules.Default().First[text[at]] {
			if !r.MayBegin(text, at) {
				continue
			}
			if run < 0 {
				for run = 0; i+run < len(text) && run < rules.Most && text[i+run] != '\n'; run++ {
					count[run+1] = count[run]
					if isDigit(text[i+run]) {
						count[run+1]++
					}
				}
			}
			if i+run-at < r.Least || int(count[min(run, r.Longest)]) < r.LeastDigits {
				continue
			}
			if !s.begins(at, r.Least >= 13) {
				continue
			}
			hi := s.fit(r, at)
			if hi < 0 || !r.Holds(s.text[at:hi]) || !s.free(r, at, hi) {
				continue
			}
			m := match{at, hi, r.Kind, rules.Tier(r.Bare), 0.6, r.Why, byCode + r.Order}
			if m.tier == redact.Sure {
				m.score = 0.95
			}
			s.add(m)
		}
	}
}

func isHex(c byte) bool { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// begins reports whether a bare number may begin at byte lo; a long one behind a
// slash too, where a short one would be a part.
func (s *scan) begins(lo int, long bool) bool {
	if lo == 0 {
		return true
	}
	text, c := s.text, s.text[lo-1]
	if isAlnum(c) || c == '$' || c == '@' {
		return false
	}
	if lo > 2 && c == ':' && isHex(text[lo-2]) && isHex(text[lo-3]) && (lo == 3 || !isAlnum(text[lo-4])) { // within an address of a network card
		return false
	}
	return lo < 2 || !isAlnum(text[lo-2]) || c != '-' && c != '_' && (c != '/' || long) && !(isDigit(text[lo-2]) && (c == '.' || c == ',' && thousands(text[:lo-1]) && thousand.MatchString(text[lo-1:min(len(text), lo+5)])))
}

// free reports whether nothing around a bare number makes it another thing.
func (s *scan) free(r *rules.Rule, lo, hi int) bool {
	text := s.text
	if hi < len(text) && text[hi] == '@' || hi+1 < len(text) && (text[hi] == '-' || text[hi] == '_' || text[hi] == ':' && isDigit(text[hi-1])) && isAlnum(text[hi+1]) {
		return false
	}
	if s.dated(r, lo, hi, false) {
		return false
	}
	if isDigit(text[lo]) && currency(text, lo) {
		return false
	}
	if r.Pair && (rowBefore.MatchString(text[max(0, lo-24):lo]) || rowAfter.MatchString(text[hi:min(len(text), hi+24)])) {
		return false
	}
	return r.Strong || !other(text, lo)
}

// nearWord runs the rules whose word stands some words before a number.
func (s *scan) nearWord(i int, before []words.Label) {
	for k := len(before) - 1; k >= 0 && k >= len(before)-6 && i-before[k].Hi <= 64; k-- {
		l := before[k]
		for _, r := range l.Word.Rules {
			if !r.Context && !(r.Strong && r.Wrong != "") || r.Re == nil || !s.begins(i, r.Least >= 13) || strings.ContainsAny(s.text[l.Hi:i], "\n;") || strings.Contains(s.text[l.Hi:i], "。") {
				continue
			}
			hi := s.fit(r, i)
			if hi < 0 || r.Checked() && !r.Holds(s.text[i:hi]) || !r.Checked() && (!isLetter(s.text[i]) || digits(s.text[i:hi]) < 6) || !s.free(r, i, hi) {
				continue
			}
			s.add(match{i, hi, r.Kind, redact.Sure, 0.9, r.Why, byCode - 1})
		}
	}
}

// inBrackets runs the rules of words that stand in brackets behind the number:
// E00000001（护照）.
func (s *scan) inBrackets(ls []words.Label) {
	for _, l := range ls {
		if l.Lo < 5 || s.text[l.Lo-1] != '(' {
			continue
		}
		end := l.Lo - 1
		for end > 0 && s.text[end-1] == ' ' {
			end--
		}
		lo := end
		for lo > 0 && end-lo < 32 && isAlnum(s.text[lo-1]) {
			lo--
		}
		for _, r := range l.Word.Rules {
			if r.Re == nil || r.Plain || digits(s.text[lo:end]) < 5 || !s.begins(lo, r.Least >= 13) || s.fit(r, lo) != end || r.Checked() && !r.Holds(s.text[lo:end]) || s.dated(r, lo, end, false) {
				continue
			}
			s.add(match{lo, end, r.Kind, redact.Review, 0.8, r.Why, byWord + r.Order})
		}
	}
}

// runeBefore is the rune that ends at byte i.
func runeBefore(text string, i int) rune {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}
