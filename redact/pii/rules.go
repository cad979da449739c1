package pii

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/pii/checksum"

	"gopkg.in/yaml.v3"
)

// A rule is one shape of one kind, as rules/*.yaml lists them.
type rule struct {
	Kind     redact.Kind `yaml:"kind"`
	Why      string      `yaml:"why"`
	WrongWhy string      `yaml:"wrong-why"` // behind a word, the check failed; empty: why
	Shape    string      `yaml:"shape"`     // a regular expression, over the folded text; none: the words serve a rule in code
	Check    string      `yaml:"check"`     // of checks
	AsIs     bool        `yaml:"asis"`      // the check is given the number as it stands: its letters have a case
	Strong   bool        `yaml:"strong"`    // the check is hardly met by chance: a word such as 订单号 before it says nothing
	Bare     string      `yaml:"bare"`      // tier where no word stands before it and the check holds; empty: not found
	Wrong    string      `yaml:"wrong"`     // tier behind a word where the check fails; empty: not found
	Words    []string    `yaml:"words"`     // right behind one of them it is found; in small letters
	Stems    []string    `yaml:"stems"`     // words that are such only with 号, 编号, no, number or id behind
	Context  bool        `yaml:"context"`   // a word may also stand some words before, or in brackets behind
	FromWord bool        `yaml:"from-word"` // the word is part of what is found
	Code     bool        `yaml:"code"`      // the shape is loose: an order of digits and letters that some words give a meaning
	Plain    bool        `yaml:"plain"`     // a loose one may be of letters alone
	Letters  bool        `yaml:"letters"`   // without a letter it is another kind's
	Digits   int         `yaml:"digits"`    // so many at least
	Years    bool        `yaml:"years"`     // four digits may be other than a year
	Pair     bool        `yaml:"pair"`      // not within a longer row of figures
	Drop     []string    `yaml:"drop"`      // day: not where it begins with a date; birth: nor with one at its seventh digit
	Last     bool        `yaml:"last"`      // any other rule names it better
	Examples []string    `yaml:"examples"`
	Near     []string    `yaml:"near"`

	order             int
	re, full          *regexp.Regexp
	check             func(string) bool
	least, leastDigit int // bytes, digits that every match has
	most              int // bytes of the longest match
	heads             [ahead][256]bool
}

// checks are the functions that rules name.
var checks = map[string]func(string) bool{
	"ResidentID": checksum.ResidentID, "ResidentID15": checksum.ResidentID15, "Student": checksum.Student, "PermanentResident": checksum.PermanentResident,
	"USCC": checksum.USCC, "OrgCode": checksum.OrgCode, "TaxID": checksum.TaxID, "HongKongID": checksum.HongKongID, "TaiwanID": checksum.TaiwanID, "MRZ": checksum.MRZ,
	"Card": checksum.Card, "IBAN": checksum.IBAN, "IMEI": checksum.IMEI, "VIN": checksum.VIN, "Wallet": checksum.Wallet,
	"USSSN": checksum.USSSN, "USITIN": checksum.USITIN, "USRouting": checksum.USRouting, "USNPI": checksum.USNPI, "UKNINO": checksum.UKNINO, "UKNHS": checksum.UKNHS,
	"INAadhaar": checksum.INAadhaar, "INPAN": checksum.INPAN, "SGNRIC": checksum.SGNRIC, "AUTFN": checksum.AUTFN, "AUABN": checksum.AUABN, "AUMedicare": checksum.AUMedicare,
	"CASIN": checksum.CASIN, "ESNIF": checksum.ESNIF, "ITFiscal": checksum.ITFiscal, "PLPESEL": checksum.PLPESEL, "KRRRN": checksum.KRRRN, "DETax": checksum.DETax,
	"DEIdentity": checksum.DEIdentity, "FIHETU": checksum.FIHETU, "SEPersonal": checksum.SEPersonal, "THID": checksum.THID, "TRID": checksum.TRID, "ZAID": checksum.ZAID,
	"NLBSN": checksum.NLBSN, "FRNIR": checksum.FRNIR, "BRCPF": checksum.BRCPF, "JPMyNumber": checksum.JPMyNumber,
	"coordinates": coordinates,
}

//go:embed rules/*.yaml
var rulesFS embed.FS

// table is the rules made ready: by the byte that may begin a bare number, and by
// word.
type table struct {
	rules   []*rule
	first   [256][]*rule
	words   []word
	buckets map[uint16][]int32 // by the first two bytes of a word, longest first
}

// A word gives the rules of what stands behind it.
type word struct {
	text  string
	rules []*rule
}

var rules = mustTable()

func mustTable() *table {
	t, err := newTable(rulesFS)
	if err != nil {
		panic(err) // it is embedded: a mistake of ours
	}
	return t
}

func newTable(files fs.FS) (*table, error) {
	t := &table{buckets: map[uint16][]int32{}}
	names, err := fs.Glob(files, "rules/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	slices.SortFunc(names, func(a, b string) int { // our own numbers before those of others
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	byWord := map[string][]*rule{}
	var inherited []word
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		var rs []*rule
		if err := yaml.Unmarshal(b, &rs); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, r := range rs {
			if err := r.compile(len(t.rules)); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, r.Kind, err)
			}
			t.rules = append(t.rules, r)
			for _, w := range r.allWords() {
				byWord[w] = append(byWord[w], r)
			}
			if r.Bare != "" {
				for b, ok := range r.heads[0] {
					if ok {
						t.first[b] = append(t.first[b], r)
					}
				}
			}
		}
	}
	for w := range byWord { // 证件号 says what 证件 says
		for v, rs := range byWord {
			if rest, ok := strings.CutPrefix(w, v); ok && rest != "" && (slices.Contains(hanTails, rest) || slices.Contains(latinTails, strings.TrimLeft(rest, " _-"))) {
				inherited = append(inherited, word{w, rs})
			}
		}
	}
	for _, in := range inherited {
		for _, r := range in.rules {
			if !slices.Contains(byWord[in.text], r) {
				byWord[in.text] = append(byWord[in.text], r)
			}
		}
	}
	for w, rs := range byWord {
		slices.SortFunc(rs, func(a, b *rule) int { return cmp.Compare(a.order, b.order) })
		t.words = append(t.words, word{w, rs})
	}
	slices.SortFunc(t.words, func(a, b word) int { return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text)) })
	for i, w := range t.words {
		if len(w.text) < 2 {
			return nil, fmt.Errorf("the word %q is too short", w.text)
		}
		k := uint16(w.text[0])<<8 | uint16(w.text[1])
		t.buckets[k] = append(t.buckets[k], int32(i))
	}
	return t, nil
}

// allWords are the words of a rule, those made of its stems too.
func (r *rule) allWords() []string {
	out := slices.Clone(r.Words)
	for _, w := range r.Stems {
		tails := []string{" no", " number", " id", " code", "no", "number", "id", "_no", "_id", "_number", " ref", " reference", " num", " #"}
		if isHan(w) {
			tails = []string{"号", "號", "编号", "編號", "编码", "代码", "号码", "单号", "序号", "id"}
		}
		for _, t := range tails {
			out = append(out, w+t)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func rank(name string) int {
	return strings.Index("words china accounts foreign", strings.TrimSuffix(name[len("rules/"):], ".yaml"))
}

func (r *rule) compile(order int) (err error) {
	r.order = order
	if r.Shape == "" {
		return nil
	}
	if r.re, err = regexp.Compile("^(?:" + r.Shape + ")"); err != nil {
		return err
	}
	r.re.Longest()
	r.full = regexp.MustCompile("^(?:" + r.Shape + ")$")
	if r.Check != "" {
		if r.check = checks[r.Check]; r.check == nil {
			return fmt.Errorf("no check %s", r.Check)
		}
	}
	if r.WrongWhy == "" {
		r.WrongWhy = r.Why
	}
	s, err := syntax.Parse(r.Shape, syntax.Perl)
	if err != nil {
		return err
	}
	r.least, r.leastDigit = minimum(s.Simplify())
	if r.heads, err = heads(r.Shape); err != nil {
		return err
	}
	r.most = min(maximum(s.Simplify()), most)
	return nil
}

// minimum is the fewest bytes and digits that a match has.
func minimum(s *syntax.Regexp) (bytes, digits int) {
	switch s.Op {
	case syntax.OpLiteral:
		for _, r := range s.Rune {
			if r >= '0' && r <= '9' {
				digits++
			}
		}
		return len(s.Rune), digits
	case syntax.OpCharClass:
		for i := 0; i < len(s.Rune); i += 2 {
			if s.Rune[i] < '0' || s.Rune[i+1] > '9' {
				return 1, 0
			}
		}
		return 1, 1
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, 0
	case syntax.OpCapture, syntax.OpPlus:
		return minimum(s.Sub[0])
	case syntax.OpRepeat:
		b, d := minimum(s.Sub[0])
		return b * s.Min, d * s.Min
	case syntax.OpConcat:
		for _, sub := range s.Sub {
			b, d := minimum(sub)
			bytes, digits = bytes+b, digits+d
		}
		return bytes, digits
	case syntax.OpAlternate:
		bytes, digits = minimum(s.Sub[0])
		for _, sub := range s.Sub[1:] {
			b, d := minimum(sub)
			bytes, digits = min(bytes, b), min(digits, d)
		}
		return bytes, digits
	}
	return 0, 0
}

// maximum is the most bytes that a match has, or so many that it does not matter.
func maximum(s *syntax.Regexp) (n int) {
	switch s.Op {
	case syntax.OpLiteral:
		return len(string(s.Rune))
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		if k := len(s.Rune); k > 0 && s.Rune[k-1] < 0x80 {
			return 1
		}
		return 4
	case syntax.OpCapture, syntax.OpQuest:
		return maximum(s.Sub[0])
	case syntax.OpPlus, syntax.OpStar:
		return most
	case syntax.OpRepeat:
		if s.Max < 0 {
			return most
		}
		return maximum(s.Sub[0]) * s.Max
	case syntax.OpConcat:
		for _, sub := range s.Sub {
			n += maximum(sub)
		}
	case syntax.OpAlternate:
		for _, sub := range s.Sub {
			n = max(n, maximum(sub))
		}
	}
	return n
}

// ahead is how many bytes of a text are looked at before a rule is run.
const ahead = 7

// heads gives the bytes that may stand at the first places of a match: the states
// of its program stepped through with every byte at once. Behind a rune of several
// bytes, or a place where a match may end, anything may stand.
func heads(shape string) (ok [ahead][256]bool, err error) {
	s, err := syntax.Parse(shape, syntax.Perl)
	if err != nil {
		return ok, err
	}
	prog, err := syntax.Compile(s.Simplify())
	if err != nil {
		return ok, err
	}
	all := func(from int) {
		for k := from; k < ahead; k++ {
			for b := range ok[k] {
				ok[k][b] = true
			}
		}
	}
	states := map[uint32]bool{uint32(prog.Start): true}
	for k := range ahead {
		seen, next := map[uint32]bool{}, map[uint32]bool{}
		done, wide := false, false
		var walk func(pc uint32)
		walk = func(pc uint32) {
			if seen[pc] {
				return
			}
			seen[pc] = true
			switch in := &prog.Inst[pc]; in.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				walk(in.Out)
				walk(in.Arg)
			case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
				walk(in.Out)
			case syntax.InstMatch:
				done = true
			case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
				for b := range rune(0x80) {
					if in.MatchRune(b) {
						ok[k][b] = true
						next[in.Out] = true
					}
				}
				for _, r := range in.Rune {
					wide = wide || r >= 0x80
				}
				wide = wide || len(in.Rune) == 0
			}
		}
		for pc := range states {
			walk(pc)
		}
		if done {
			all(k)
			return ok, nil
		}
		if wide {
			for b := 0x80; b < 0x100; b++ {
				ok[k][b] = true
			}
			all(k + 1)
			return ok, nil
		}
		states = next
	}
	return ok, nil
}

// tier reads sure or review.
func tier(s string) redact.Tier {
	if s == "sure" {
		return redact.Sure
	}
	return redact.Review
}

// compact is a number without what may stand inside it, in capitals.
func compact(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./()·:", r) {
			return -1
		}
		return r
	}, s))
}
