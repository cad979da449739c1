// Package rules is the table of the kinds of numbers that redact/pii finds: for each
// its shape, its check, the words it stands behind, examples and near misses, as
// *.yaml beside this file list them.
package rules

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/pii/checksum"

	"gopkg.in/yaml.v3"
)

// A Rule is one shape of one kind.
type Rule struct {
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

	Order       int            `yaml:"-"` // in the table
	Re, Full    *regexp.Regexp `yaml:"-"` // the shape at the beginning of a text, and as all of it; nil without a shape
	Least       int            `yaml:"-"` // bytes that every match has
	LeastDigits int            `yaml:"-"`
	Longest     int            `yaml:"-"` // bytes of the longest match, Most at the most
	check       func(string) bool
	heads       [ahead][256]bool
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

//go:embed *.yaml
var rulesFS embed.FS

// A Table is the rules made ready.
type Table struct {
	Rules  []*Rule
	First  [256][]*Rule       // of bare numbers, by the byte they begin with
	Words  []Word             // the longest first
	Starts [256]*[256][]int32 // the words by their first two bytes
}

// A Word gives the rules of what stands behind it.
type Word struct {
	Text  string // in small letters
	Rules []*Rule
}

// HanTails and LatinTails are what may stand between a word and its value as part
// of the word: 身份证 and 号码, passport and no.
var (
	HanTails   = []string{"号码", "號碼", "编号", "号", "號", "码", "编码", "代码", "账号", "账户", "帐号", "名", "证号", "證號", "证", "id", "同号", "联系", "联系方式", "代号", "值", "标识", "信息", "原件", "复印件", "副本", "扫描件"}
	LatinTails = []string{"numbers", "number", "numero", "num", "nos.", "no.", "no", "nr.", "nr", "ids", "id", "code", "card", "account", "handle", "#", "№"}
)

// Default is the table that ships, made when it is first asked for: a child that
// opens a picture needs none.
var Default = sync.OnceValue(mustTable)

func mustTable() *Table {
	t, err := newTable(rulesFS)
	if err != nil {
		panic(err) // it is embedded: a mistake of ours
	}
	return t
}

func newTable(files fs.FS) (*Table, error) {
	t := &Table{}
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	slices.SortFunc(names, func(a, b string) int { // our own numbers before those of others
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	byWord := map[string][]*Rule{}
	var inherited []Word
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		var rs []*Rule
		if err := yaml.Unmarshal(b, &rs); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, r := range rs {
			if err := r.compile(len(t.Rules)); err != nil {
				return nil, fmt.Errorf("%s: %s: %w", name, r.Kind, err)
			}
			t.Rules = append(t.Rules, r)
			for _, w := range r.allWords() {
				byWord[w] = append(byWord[w], r)
			}
			if r.Bare != "" {
				for b, ok := range r.heads[0] {
					if ok {
						t.First[b] = append(t.First[b], r)
					}
				}
			}
		}
	}
	for w := range byWord { // 证件号 says what 证件 says
		for v, rs := range byWord {
			if rest, ok := strings.CutPrefix(w, v); ok && rest != "" && (slices.Contains(HanTails, rest) || slices.Contains(LatinTails, strings.TrimLeft(rest, " _-"))) {
				inherited = append(inherited, Word{w, rs})
			}
		}
	}
	for _, in := range inherited {
		for _, r := range in.Rules {
			if !slices.Contains(byWord[in.Text], r) {
				byWord[in.Text] = append(byWord[in.Text], r)
			}
		}
	}
	for w, rs := range byWord {
		slices.SortFunc(rs, func(a, b *Rule) int { return cmp.Compare(a.Order, b.Order) })
		t.Words = append(t.Words, Word{w, rs})
	}
	slices.SortFunc(t.Words, func(a, b Word) int { return cmp.Or(cmp.Compare(len(b.Text), len(a.Text)), cmp.Compare(a.Text, b.Text)) })
	for i, w := range t.Words {
		if len(w.Text) < 2 {
			return nil, fmt.Errorf("the word %q is too short", w.Text)
		}
		a := w.Text[0]
		if t.Starts[a] == nil {
			t.Starts[a] = new([256][]int32)
		}
		t.Starts[a][w.Text[1]] = append(t.Starts[a][w.Text[1]], int32(i))
	}
	return t, nil
}

// allWords are the words of a rule, those made of its stems too.
func (r *Rule) allWords() []string {
	out := slices.Clone(r.Words)
	for _, w := range r.Stems {
		tails := []string{" no", " number", " id", " code", "no", "number", "id", "_no", "_id", "_number", " ref", " reference", " num", " #"}
		if IsHan(w) {
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
	return strings.Index("words china accounts foreign", strings.TrimSuffix(name, ".yaml"))
}

func (r *Rule) compile(order int) (err error) {
	r.Order = order
	if r.Shape == "" {
		return nil
	}
	if r.Re, err = regexp.Compile("^(?:" + r.Shape + ")"); err != nil {
		return err
	}
	r.Re.Longest()
	r.Full = regexp.MustCompile("^(?:" + r.Shape + ")$")
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
	r.Least, r.LeastDigits = minimum(s.Simplify())
	if r.heads, err = heads(r.Shape); err != nil {
		return err
	}
	r.Longest = min(maximum(s.Simplify()), Most)
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
		return Most
	case syntax.OpRepeat:
		if s.Max < 0 {
			return Most
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

// Most is the longest number of a rule in bytes, with all that may stand inside.
const Most = 220

// MayBegin reports whether the bytes of text from at on may begin a match.
func (r *Rule) MayBegin(text string, at int) bool {
	for k := 1; k < ahead && k < r.Least; k++ {
		if at+k >= len(text) || !r.heads[k][text[at+k]] {
			return false
		}
	}
	return true
}

// Checked reports whether the rule has a check.
func (r *Rule) Checked() bool { return r.check != nil }

// Holds reports whether the check of the rule holds for a number as it is written;
// a rule without one holds.
func (r *Rule) Holds(v string) bool {
	if r.check == nil {
		return true
	}
	if !r.AsIs {
		v = Compact(v)
	}
	return r.check(v)
}

// Tier reads sure or review.
func Tier(s string) redact.Tier {
	if s == "sure" {
		return redact.Sure
	}
	return redact.Review
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

// Compact is a number without what may stand inside it, in capitals.
func Compact(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -./()·:", r) {
			return -1
		}
		return r
	}, s))
}

// coordinates reports whether two decimal fractions can be a place: one within 90
// degrees, one within 180, not both next to nothing.
func coordinates(s string) bool {
	parts := strings.FieldsFunc(s, func(r rune) bool { return !(r >= '0' && r <= '9' || r == '.' || r == '-') })
	if len(parts) < 2 {
		return false
	}
	a, err1 := strconv.ParseFloat(parts[0], 64)
	b, err2 := strconv.ParseFloat(parts[1], 64)
	if err1 != nil || err2 != nil || max(a, -a) > 180 || max(b, -b) > 180 || max(a, -a) > 90 && max(b, -b) > 90 {
		return false
	}
	return max(a, -a, b, -b) >= 1 && a != b
}

// IsHan reports whether a text begins with a Han rune.
func IsHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Han, r)
}
