package coref

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"consentry/redact/names/forms"
	"consentry/redact/names/lexicon"

	"gopkg.in/yaml.v3"
)

//go:embed words.yaml
var wordsYAML []byte

// pattern is an expression that is compiled when the table is read.
type pattern struct{ *regexp.Regexp }

// UnmarshalYAML compiles the expression.
func (p *pattern) UnmarshalYAML(n *yaml.Node) (err error) {
	var s string
	if err := n.Decode(&s); err != nil {
		return err
	}
	if strings.HasPrefix(s, "^") { // every alternative does: told so, it looks at the beginning only
		s = `^(?:` + s + `)`
	}
	p.Regexp, err = regexp.Compile(s)
	return err
}

type roleRule struct {
	Role   Role    `yaml:"role"`
	Before string  `yaml:"before"`
	After  pattern `yaml:"after"`
	Is     []string
	Not    []string

	before *regexp.Regexp
}

type aliasRule struct {
	ID      string   `yaml:"id"`
	Pattern pattern  `yaml:"pattern"`
	Kinds   []string `yaml:"kinds"`
	Is      []string
	Not     []string
}

// words is the table of words.yaml.
type words struct {
	Roles       []roleRule  `yaml:"roles"`
	Apart       [][]Role    `yaml:"apart"` // the first of a row against each other one
	Post        string      `yaml:"post"`
	Deeds       string      `yaml:"deeds"`
	PostsFree   []Role      `yaml:"posts_free"`
	Professions [][]string  `yaml:"professions"`
	Department  string      `yaml:"department"`
	PostsOf     []string    `yaml:"posts_of"`
	Aliases     []aliasRule `yaml:"aliases"`
	Namesake    struct {
		Near   pattern `yaml:"near"`
		Before pattern `yaml:"before"`
		List   pattern `yaml:"list"` // behind a name that is counted together with others
		Is     []string
		Not    []string
	} `yaml:"namesake"`
	Formerly      pattern             `yaml:"formerly"`
	Female        []string            `yaml:"female"`
	Male          []string            `yaml:"male"`
	Titles        map[string][]string `yaml:"titles"`
	BeforeCompany []string            `yaml:"before_company"`
	CompanyHeads  []string            `yaml:"company_heads"`
	Boxes         []string            `yaml:"boxes"`
	Services      []string            `yaml:"services"`
	Nicknames     map[string][]string `yaml:"nicknames"`

	department *regexp.Regexp
	toName     *regexp.Regexp // what may stand between a role and a name
	anyRole    *regexp.Regexp // a word of any role
	trade      map[string]int // of a title: its row in Professions, from 1
	post       *regexp.Regexp // what may stand between a company and a name
	sex        map[string]byte
	full       map[string][]string // nickname to names
}

var table = mustWords(wordsYAML)

func mustWords(b []byte) *words {
	w := &words{}
	if err := yaml.Unmarshal(b, w); err != nil {
		panic(fmt.Sprintf("words.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	for _, row := range w.Professions {
		w.Post += `|` + strings.Join(row, `|`)
	}
	w.Post = `(?:` + w.Post + `)`
	w.Department = strings.ReplaceAll(w.Department, `\p{Han}`, `^`+w.Deeds+`\P{Han}`)
	var all []string
	for i := range w.Roles {
		all = append(all, w.Roles[i].Before)
		w.Roles[i].before = regexp.MustCompile(`(?:^|[^a-z])` + w.Roles[i].Before)
	}
	w.post = regexp.MustCompile(`^(?:的|'s)? ?(?:` + w.Post + `|[^` + w.Deeds + `\P{Han}]{1,8})? ?$`)
	w.anyRole = regexp.MustCompile(strings.Join(all, "|"))
	w.toName = regexp.MustCompile(`^((?:[:]| )*)(` + w.Post + `?)(?: |的)*$`)
	w.department = regexp.MustCompile(w.Department + w.Post + `? ?$`)
	w.trade = map[string]int{}
	for i, row := range w.Professions {
		for _, t := range row {
			w.trade[t] = i + 1
		}
	}
	w.sex = map[string]byte{}
	for _, s := range w.Female {
		w.sex[s] = 'f'
	}
	for _, s := range w.Male {
		w.sex[s] = 'm'
	}
	w.full = map[string][]string{}
	for name, nicks := range w.Nicknames {
		for _, n := range nicks {
			w.full[n] = append(w.full[n], name)
			slices.Sort(w.full[n])
		}
	}
	return w
}

// roleOf is the role that the words around a name give.
func (w *words) roleOf(before, after string) Role {
	before = tail(before, 32)
	may := w.anyRole.MatchString(before)
	for _, r := range w.Roles {
		if may && w.stands(r, before) || r.After.MatchString(after) {
			return r.Role
		}
	}
	return Unknown
}

// stands reports whether a role's word stands before a name and is no part of a
// post.
func (w *words) stands(r roleRule, before string) bool {
	// The word first and what is between it and the name then: one expression
	// for both takes a hundred times as long.
	for _, at := range r.before.FindAllStringIndex(before, -1) {
		m := w.toName.FindStringSubmatch(before[at[1]:])
		if m == nil {
			continue
		}
		if strings.Contains(m[1], ":") || slices.Contains(w.PostsFree, r.Role) || !slices.ContainsFunc(w.PostsOf, func(s string) bool { return strings.HasPrefix(m[2], s) }) {
			return true
		}
	}
	return false
}

// another reports whether the text speaks of a namesake.
func (w *words) another(before, after string) bool {
	return w.Namesake.Before.MatchString(tail(before, 20)) && !w.Namesake.List.MatchString(after) || w.Namesake.Near.MatchString(clause(before, after))
}

// tail is the last n runes of a text, for expressions that look at its end.
func tail(s string, n int) string {
	for i := len(s); i > 0; n-- {
		if n == 0 {
			return s[i:]
		}
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s
}

// protective is the more protective of two roles: the earlier in the table.
func (w *words) protective(a, b Role) Role {
	for _, r := range w.Roles {
		if r.Role == a || r.Role == b {
			return r.Role
		}
	}
	return Unknown
}

// outside are the roles of those who are nobody's staff.
func outside(r Role) bool { return r == EndUser || r == Bystander || r == Minor }

// exclude reports whether one person can't have both roles at once.
func (w *words) exclude(a, b Role) bool {
	if a == Unknown || b == Unknown || a == b {
		return false
	}
	for _, row := range w.Apart {
		if row[0] == a && slices.Contains(row[1:], b) || row[0] == b && slices.Contains(row[1:], a) {
			return true
		}
	}
	return false
}

// covers reports whether a short title may stand for a longer one.
func (w *words) covers(short, long string) bool {
	if short == "" || long == "" {
		return false
	}
	if short == long || strings.HasSuffix(long, short) || short[0] < 0x80 && strings.Contains(" "+long+" ", " "+short+" ") {
		return true
	}
	return slices.ContainsFunc(w.Titles[short], func(t string) bool { return strings.Contains(long, t) })
}

// job reports whether a title is a post, not an honorific.
func (w *words) job(t string) bool { return t != "" && w.sex[t] == 0 }

// profession is the row of the profession that a title ends in, 0 for none.
func (w *words) profession(title string) int {
	rs := []rune(title)
	for i := range rs {
		if n := w.trade[string(rs[i:])]; n > 0 && (i == 0 || rs[i] >= 0x80 || rs[i-1] == ' ') {
			return n
		}
	}
	return 0
}

// families are the surnames in pinyin.
var families = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	add := func(s string) {
		for _, v := range forms.Variants(s + "明") {
			if f, g, ok := strings.Cut(strings.ToLower(v), " "); ok && g == "ming" {
				m[f] = true
			}
		}
	}
	for r := range lexicon.Surnames {
		add(string(r))
	}
	for s := range lexicon.DoubleSurnames {
		add(s)
	}
	return m
})
