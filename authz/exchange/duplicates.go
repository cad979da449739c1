package exchange

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"

	"consentry/authz"
)

// A Likeness is why two subjects may be one.
type Likeness string

// The likenesses, the strongest first.
const (
	SameCreditCode   Likeness = "same-credit-code"
	SameNameEmployer Likeness = "same-name-and-employer"
	SameNameCompany  Likeness = "same-name-and-company"
	SameEmail        Likeness = "same-email"
	SamePhone        Likeness = "same-phone"
	SameDomain       Likeness = "same-domain"
	PinyinCompany    Likeness = "pinyin-and-company" // the pinyin of one is the name of the other
	SameName         Likeness = "same-name"          // of organisations; of people only beside another likeness
)

// scores are how sure each alone makes; two that differ make it surer.
var scores = map[Likeness]float64{
	SameCreditCode: 1, SameNameEmployer: 0.95, SameNameCompany: 0.9, SameEmail: 0.85, SamePhone: 0.7, SameDomain: 0.5, PinyinCompany: 0.7, SameName: 0.6,
}

// Text is the likeness in words, zh or en.
func (l Likeness) Text(lang string) string {
	t, ok := map[Likeness][2]string{
		SameCreditCode:   {"the same credit code", "统一社会信用代码相同"},
		SameNameEmployer: {"the same name and employer", "姓名和任职企业相同"},
		SameNameCompany:  {"the same name and company", "姓名和单位相同"},
		SameEmail:        {"the same e-mail address", "邮箱相同"},
		SamePhone:        {"the same telephone number", "电话相同"},
		SameDomain:       {"the same domain", "域名相同"},
		PinyinCompany:    {"the pinyin of one is the name of the other, in the same company", "一方姓名的拼音与另一方姓名相同，单位相同"},
		SameName:         {"the same name", "名称相同"},
	}[l]
	switch {
	case !ok:
		return string(l)
	case lang == "zh":
		return t[1]
	}
	return t[0]
}

// A Pair are two subjects that may be one. A stands before B in the list.
type Pair struct {
	A, B  authz.SubjectID
	Why   []Likeness // the strongest first
	Score float64    // 0 to 1
}

// maxShared is how many subjects may share a telephone number, an e-mail address
// or a domain before it is taken for a switchboard's, which says nothing. Of
// larger groups under one name each is paired with the first.
const maxShared = 8

// Duplicates proposes pairs of subjects of one kind that may be one, the surest
// first, and merges none. Subjects that are alike are found in buckets, so that
// time grows with their number and not with its square.
func Duplicates(subjects []authz.Subject) []Pair {
	d := duplicates{
		subjects: subjects, seed: maphash.MakeSeed(), first: make(map[uint64]int32, 4*len(subjects)),
		more: map[uint64]*bucket{}, folds: map[string]string{}, sounds: map[rune]string{}, pairs: map[[2]int32][]Likeness{},
	}
	for i := range subjects {
		d.index(int32(i), &subjects[i])
	}
	for _, b := range d.more {
		d.pair(b.why, b.of)
	}
	out := make([]Pair, 0, len(d.pairs))
	for at, why := range d.pairs {
		if len(why) == 1 && why[0] == SameName && subjects[at[0]].Kind == authz.Person {
			continue
		}
		slices.SortFunc(why, func(a, b Likeness) int { return byScore(scores[b], scores[a], string(a), string(b)) })
		left := 1.0
		for _, w := range why {
			left *= 1 - scores[w]
		}
		out = append(out, Pair{subjects[at[0]].ID, subjects[at[1]].ID, why, 1 - left})
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return byScore(b.Score, a.Score, string(a.A)+"\x00"+string(a.B), string(b.A)+"\x00"+string(b.B))
	})
	return out
}

func byScore(x, y float64, a, b string) int {
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return strings.Compare(a, b)
}

type duplicates struct {
	subjects []authz.Subject
	seed     maphash.Seed
	first    map[uint64]int32   // who came first into a bucket, by the digest of its key
	more     map[uint64]*bucket // buckets with more than one
	folds    map[string]string  // companies, which many share
	sounds   map[rune]string    // pinyin of a sign
	pairs    map[[2]int32][]Likeness
	key      []byte
}

type bucket struct {
	why Likeness
	of  []int32
}

// put adds a subject to a bucket. Two keys of one digest are not to be expected in
// 64 bits, and would only propose a pair too many.
func (d *duplicates) put(i int32, why Likeness, parts ...string) {
	d.key = append(append(d.key[:0], why...), d.subjects[i].Kind...)
	for _, p := range parts {
		if p == "" {
			return
		}
		d.key = append(append(d.key, 0), p...)
	}
	key := maphash.Bytes(d.seed, d.key)
	first, ok := d.first[key]
	if !ok {
		d.first[key] = i
		return
	}
	b := d.more[key]
	if b == nil {
		b = &bucket{why, []int32{first}}
		d.more[key] = b
	}
	if b.of[len(b.of)-1] != i {
		b.of = append(b.of, i)
	}
}

// folded is fold for texts that many subjects share.
func (d *duplicates) folded(s string) string {
	f, ok := d.folds[s]
	if !ok {
		f = fold(s)
		d.folds[s] = f
	}
	return f
}

// index puts a subject into the buckets of all that is said of it.
func (d *duplicates) index(i int32, s *authz.Subject) {
	for _, c := range s.Contacts {
		switch c.Kind {
		case "phone":
			d.put(i, SamePhone, number(c.Value))
		case "email":
			d.put(i, SameEmail, strings.ToLower(strings.TrimSpace(c.Value)))
		}
	}
	if f := s.Firm; f != nil {
		d.put(i, SameCreditCode, strings.ToUpper(strings.TrimSpace(f.CreditCode)))
		for _, dom := range f.Domains {
			d.put(i, SameDomain, domain(dom))
		}
	}
	company := d.folded(s.Company)
	for n, name := range s.Names {
		if name.Use == variant {
			continue
		}
		folded := d.folded(name.Text)
		if n == 0 || name.Use != "pinyin" && name.Use != "short" && name.Use != "brand" {
			d.put(i, SameName, folded)
			d.put(i, SameNameEmployer, folded, string(s.Employer))
			d.put(i, SameNameCompany, folded, company)
		}
		if s.Kind == authz.Person && company != "" {
			for _, sound := range d.readings(name.Text) {
				d.put(i, PinyinCompany, sound, company)
			}
		}
	}
}

// pair makes pairs of a bucket.
func (d *duplicates) pair(why Likeness, group []int32) {
	if len(group) < 2 {
		return
	}
	shared := why == SamePhone || why == SameEmail || why == SameDomain
	switch {
	case len(group) > maxShared && shared:
	case len(group) > maxShared && why == SameName:
		if d.subjects[group[0]].Kind == authz.Organisation {
			d.chain(why, group)
		}
	case len(group) > maxShared:
		d.chain(why, group)
	default:
		for x := range group {
			for y := x + 1; y < len(group); y++ {
				d.add(why, group[x], group[y])
			}
		}
	}
}

func (d *duplicates) chain(why Likeness, group []int32) {
	for _, i := range group[1:] {
		d.add(why, group[0], i)
	}
}

func (d *duplicates) add(why Likeness, a, b int32) {
	at := [2]int32{min(a, b), max(a, b)}
	if why == PinyinCompany && fold(d.subjects[a].Title()) == fold(d.subjects[b].Title()) {
		return // the names themselves are the same
	}
	if !slices.Contains(d.pairs[at], why) {
		d.pairs[at] = append(d.pairs[at], why)
	}
}

// number is a telephone number without what it may be written with: marks, +86,
// the 0 of a trunk line.
func number(s string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	digits = strings.TrimLeft(digits, "0")
	if rest, ok := strings.CutPrefix(digits, "86"); ok && len(digits) > 11 {
		digits = strings.TrimLeft(rest, "0")
	}
	if len(digits) < 7 {
		return ""
	}
	return digits
}

// surnames are read otherwise than the same signs in other words.
var surnames = map[rune]string{
	'单': "shan", '曾': "zeng", '仇': "qiu", '解': "xie", '区': "ou", '查': "zha", '任': "ren", '盖': "ge", '朴': "piao", '翟': "zhai", '覃': "qin", '华': "hua", '尹': "yin", '乐': "yue",
}

var reader = pinyin.NewArgs()

func (d *duplicates) sound(r rune) string {
	s, ok := d.sounds[r]
	if !ok {
		if ps := pinyin.SinglePinyin(r, reader); len(ps) > 0 {
			s = ps[0]
		}
		d.sounds[r] = s
	}
	return s
}

// readings are how a name sounds in Latin letters, family name first: the pinyin of
// a Chinese name; of a Latin one its words together as they stand, and with the
// last one first. For other scripts there are none.
func (d *duplicates) readings(name string) []string {
	if rs := []rune(name); len(rs) > 1 && len(rs) <= 5 && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) {
		var b strings.Builder
		for i, r := range rs {
			p := surnames[r]
			if i > 0 || p == "" {
				p = d.sound(r)
			}
			if p == "" {
				return nil
			}
			b.WriteString(p)
		}
		return []string{b.String()}
	}
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' })
	if len(words) < 2 || strings.ContainsFunc(name, func(r rune) bool {
		return r > unicode.MaxLatin1 && unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r)
	}) {
		return nil
	}
	last := len(words) - 1
	return []string{strings.Join(words, ""), words[last] + strings.Join(words[:last], "")}
}
