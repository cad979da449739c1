package attributes

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"gopkg.in/yaml.v3"

	"consentry/redact"
)

//go:embed rules/*.yaml
var files embed.FS

// A file holds rules of one language and the words and shapes they share.
type file struct {
	Words  map[string]string `yaml:"words"`  // lists, parted by white space, that rules use as cues (@name) and in shapes ({name})
	Shapes map[string]string `yaml:"shapes"` // parts of patterns, used as {name}
	Rules  []rule            `yaml:"rules"`
}

// A rule finds one thing by the words beside it.
type rule struct {
	Kind redact.Kind `yaml:"kind"`
	Lang redact.Lang `yaml:"lang"`
	// Cues give the thing away; one finds the rule. "@name" stands for a list.
	// Latin ones stand as whole words. Parted by white space; _ is a space in one.
	Cues string `yaml:"cues"`
	// Left and Right are patterns of what stands before and behind the cue, next
	// to it. They see folded text: ASCII marks, no spaces beside Han, capitals kept.
	Left  string `yaml:"left"`
	Right string `yaml:"right"`
	// Name wants a Chinese name: "behind", right behind what Right took, or the cue;
	// "before", before the Han runes that lead up to the cue (which the finding then
	// covers) and a mark, with a cell or two such as 男 or 41岁 between them.
	Name string `yaml:"name"`
	// Take is what the finding covers: "all" (the cue and the groups of the
	// patterns; the default) or "value" (the groups alone).
	Take string `yaml:"take"`
	// Person says whether one must stand there: "no", "sentence", or "near" (the
	// default): in the sentence, or in the two before, then for review.
	Person string `yaml:"person"`
	// Unless is a pattern that voids the finding where it matches it, with up to 10 runes (Chinese) or
	// 24 (English) on either side, in the sentence.
	Unless string      `yaml:"unless"`
	Tier   redact.Tier `yaml:"tier"`
	Why    string      `yaml:"why"`
	// Find are texts in which it must find what stands between < and >, Near are
	// texts in which nothing of the kind may be found.
	Find []string `yaml:"find"`
	Near []string `yaml:"near"`

	left, right *regexp.Regexp
	unless      *regexp.Regexp
}

// A cue is a word that may start rules.
type cue struct {
	runes      []rune
	rules      []int
	head, tail bool // a Latin letter or digit stands at its start, its end
}

// set is all rules, ready to run.
type set struct {
	rules   []rule
	cues    map[[2]rune][]cue      // by the first two runes; the second is 0 in a cue of one
	first   [1 << 16]bool          // the first runes of cues
	columns map[string]redact.Kind // words of a table's head
	people  people
}

var shipped = sync.OnceValues(func() (*set, error) { return load(files) })

// load reads the rules of a folder.
func load(from fs.FS) (*set, error) {
	names, err := fs.Glob(from, "rules/*.yaml")
	if err != nil {
		return nil, err
	}
	s := &set{cues: map[[2]rune][]cue{}, columns: map[string]redact.Kind{}}
	all := file{Words: map[string]string{}, Shapes: map[string]string{}}
	for _, name := range names {
		b, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		var f file
		if err := yaml.Unmarshal(b, &f); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for k, v := range f.Words {
			all.Words[k] = v
		}
		for k, v := range f.Shapes {
			all.Shapes[k] = wrappedLine.ReplaceAllString(v, "")
		}
		all.Rules = append(all.Rules, f.Rules...)
	}
	for k, v := range all.Words {
		if kind, ok := strings.CutPrefix(k, "column_"); ok {
			for _, w := range strings.Fields(v) {
				s.columns[strings.ReplaceAll(w, "_", " ")] = redact.Kind(strings.ReplaceAll(kind, "_", "-"))
			}
		}
	}
	s.people = all.people()
	index := map[string]int{}
	var cues []cue
	for i := range all.Rules {
		r := &all.Rules[i]
		if err := all.compile(r); err != nil {
			return nil, fmt.Errorf("rule %d of %s (%s): %w", i, r.Kind, r.Why, err)
		}
		for _, w := range all.list(r.Cues) {
			at, ok := index[w]
			if !ok {
				rs := []rune(w)
				at = len(cues)
				index[w] = at
				cues = append(cues, cue{runes: rs, head: latin(rs[0]), tail: unicode.IsLetter(rs[len(rs)-1]) && latin(rs[len(rs)-1])})
			}
			cues[at].rules = append(cues[at].rules, i)
		}
	}
	for _, c := range cues {
		key := [2]rune{c.runes[0]}
		if len(c.runes) > 1 {
			key[1] = c.runes[1]
		}
		s.cues[key] = append(s.cues[key], c)
		s.first[uint16(c.runes[0])] = true
	}
	s.rules = all.Rules
	return s, nil
}

func latin(r rune) bool { return r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// list is a list of words with the lists it names.
func (f *file) list(words string) []string {
	var out []string
	for _, w := range strings.Fields(words) {
		if name, ok := strings.CutPrefix(w, "@"); ok {
			out = append(out, f.list(f.Words[name])...)
			continue
		}
		out = append(out, strings.ToLower(strings.ReplaceAll(w, "_", " ")))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (f *file) compile(r *rule) (err error) {
	if len(f.list(r.Cues)) == 0 || r.Why == "" || r.Kind == "" {
		return fmt.Errorf("no cues, kind or reason")
	}
	if r.left, err = f.pattern(r.Left, "(?:", ")$"); err != nil {
		return err
	}
	if r.right, err = f.pattern(r.Right, "^(?:", ")"); err != nil {
		return err
	}
	before := "(?i:"
	if r.Lang == redact.English {
		before = `(?i)(?:^|[^\pL])(?:` // no word begins within another
	}
	r.unless, err = f.pattern(r.Unless, before, ")")
	return err
}

// A long shape is written on several lines.
var wrappedLine = regexp.MustCompile(`\s*\n\s*`)

// Names of ours are of two small letters or more: \p{Han} and \x{E000} are not.
var inBraces = regexp.MustCompile(`\{[a-z][a-z]+\}`)

// pattern is a pattern with its shapes and lists filled in; nil where it is empty.
func (f *file) pattern(p, before, after string) (*regexp.Regexp, error) {
	if p == "" {
		return nil, nil
	}
	for deep := 0; inBraces.MatchString(p); deep++ {
		if deep > 8 {
			return nil, fmt.Errorf("shapes go round in a ring")
		}
		var missing string
		p = inBraces.ReplaceAllStringFunc(p, func(m string) string {
			name := m[1 : len(m)-1]
			if s, ok := f.Shapes[name]; ok {
				return "(?:" + s + ")"
			}
			ws := f.list("@" + name)
			if len(ws) == 0 {
				missing = name
				return ""
			}
			// The longest word first: alternatives are tried in order.
			slices.SortStableFunc(ws, func(a, b string) int { return len(b) - len(a) })
			for i := range ws {
				ws[i] = regexp.QuoteMeta(ws[i])
			}
			return "(?i:" + strings.Join(ws, "|") + ")"
		})
		if missing != "" {
			return nil, fmt.Errorf("no shape or list %q", missing)
		}
	}
	return regexp.Compile(before + p + after)
}
