// Package custom finds kinds of the user's own: lists of words and patterns, each
// with texts beside it in which it must find something and must not.
//
// A file of kinds is YAML:
//
//	kinds:
//	- id: project                      # a to z, digits and hyphens; none of redact/kinds.yaml
//	  name: {zh: 项目代号, en: project}  # how it is called; the id where left out
//	  label: {zh: "[项目]", en: "[project]"} # what stands in a text instead; [已隐去], [removed] where left out
//	  sensitivity: organisation        # general (default), sensitive or organisation
//	  list: [青鸟计划, Project Heron]    # words, found in all ways of writing (case, width, spaces, line breaks)
//	  must_find: [我们启动了青鸟计划]     # texts in which it must find something
//	  must_not_find: [青鸟飞过]         # and in which it must find nothing
//	- id: part-no
//	  label: {zh: "[零件号]", en: "[part]"}
//	  pattern: 'YL-\d{5}'              # RE2 (regular expression without backreferences), any case
//	  must_find: [零件 YL-00017 已换]
//	  must_not_find: [YL-17]
//
// A kind has a list, a pattern, or both. A word of Latin letters stands as a whole
// word. A pattern is tried on the text as written and on the folded one
// (redact/fold: one form of dashes and widths, no invisible signs, no spaces
// between Han runes, _ as a space). A pattern needs a text of each sort; the words
// of a list are their own.
package custom

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
)

// Limits of a set.
const (
	MaxFile    = 4 << 20 // bytes of a file
	MaxKinds   = 200
	MaxWords   = 100_000 // of all lists
	MaxWord    = 200     // runes
	MaxPattern = 1000    // bytes
	MaxTexts   = 500     // beside a kind, of each sort
	MaxText    = 4000    // bytes of one
)

// A Kind is one of the user's own.
type Kind struct {
	ID          redact.Kind        `yaml:"id"`
	Name        redact.Words       `yaml:"name"`
	Label       redact.Words       `yaml:"label"`
	Sensitivity redact.Sensitivity `yaml:"sensitivity"`
	List        []string           `yaml:"list,omitempty"`
	Pattern     string             `yaml:"pattern,omitempty"` // RE2
	MustFind    []string           `yaml:"must_find,omitempty"`
	MustNotFind []string           `yaml:"must_not_find,omitempty"`
}

// A Set is kinds that fit together. The zero Set is empty. It is not changed once
// made, so that it is safe for concurrent use.
type Set struct {
	kinds    []Kind
	patterns []*regexp.Regexp // beside kinds, as written; nil without one
	folded   []*regexp.Regexp // for folded text
}

// New checks kinds and makes a set of them. Errors name the kind by its place,
// never what it finds.
func New(kinds ...Kind) (Set, error) { return build(kinds, nil) }

// build is New; lines are those of the kinds in a file.
func build(kinds []Kind, lines []int) (Set, error) {
	s := Set{kinds: slices.Clone(kinds)}
	words := 0
	seen := map[redact.Kind]bool{}
	for _, k := range redact.Kinds() {
		seen[k.ID] = true
	}
	if len(kinds) > MaxKinds {
		return Set{}, fmt.Errorf("more than %d kinds", MaxKinds)
	}
	for i := range s.kinds {
		k := &s.kinds[i]
		re, folded, err := k.check()
		if err == nil && seen[k.ID] {
			err = errors.New("the id is taken")
		}
		if words += len(k.List); err == nil && words > MaxWords {
			err = fmt.Errorf("more than %d words in all", MaxWords)
		}
		if err != nil {
			at := fmt.Sprintf("kind %d", i+1)
			if lines != nil {
				at = fmt.Sprintf("line %d", lines[i])
			}
			return Set{}, fmt.Errorf("%s: %w", at, err)
		}
		seen[k.ID] = true
		s.patterns, s.folded = append(s.patterns, re), append(s.folded, folded)
	}
	return s, nil
}

var idShape = regexp.MustCompile(`^[a-z][a-z0-9-]{1,39}$`)

// check checks one kind, fills in what was left out and compiles its pattern.
func (k *Kind) check() (re, folded *regexp.Regexp, err error) {
	if !idShape.MatchString(string(k.ID)) {
		return nil, nil, errors.New("the id needs 2 to 40 of a to z, 0 to 9 and hyphens, a letter first")
	}
	base := redact.Custom.Info()
	fill := func(w *redact.Words, zh, en string) {
		if w.ZH == "" {
			w.ZH = zh
		}
		if w.EN == "" {
			w.EN = en
		}
	}
	fill(&k.Name, string(k.ID), string(k.ID))
	fill(&k.Label, base.Label.ZH, base.Label.EN)
	for _, w := range []string{k.Name.ZH, k.Name.EN, k.Label.ZH, k.Label.EN} {
		if utf8.RuneCountInString(w) > 60 || strings.ContainsAny(w, "\n\r\t") || !utf8.ValidString(w) {
			return nil, nil, errors.New("a name or label is longer than 60 characters or of several lines")
		}
	}
	switch k.Sensitivity {
	case "":
		k.Sensitivity = redact.General
	case redact.General, redact.Sensitive, redact.OfOrganisation:
	default:
		return nil, nil, errors.New("the sensitivity is general, sensitive or organisation")
	}
	if len(k.List) == 0 && k.Pattern == "" {
		return nil, nil, errors.New("a list or a pattern is needed")
	}
	for i, w := range k.List {
		if n := utf8.RuneCountInString(fold.Key(w)); n < 2 || utf8.RuneCountInString(w) > MaxWord || !utf8.ValidString(w) {
			return nil, nil, fmt.Errorf("word %d of the list has not 2 to %d characters", i+1, MaxWord)
		}
	}
	for _, texts := range [][]string{k.MustFind, k.MustNotFind} {
		if len(texts) > MaxTexts {
			return nil, nil, fmt.Errorf("more than %d texts", MaxTexts)
		}
		for i, t := range texts {
			if len(t) > MaxText || !utf8.ValidString(t) {
				return nil, nil, fmt.Errorf("text %d is longer than %d bytes", i+1, MaxText)
			}
		}
	}
	return compile(k.Pattern)
}

// compile compiles a pattern as written and for folded text. The errors of regexp
// quote the pattern, so only their code is handed on.
func compile(pattern string) (re, folded *regexp.Regexp, err error) {
	if pattern == "" {
		return nil, nil, nil
	}
	if len(pattern) > MaxPattern {
		return nil, nil, fmt.Errorf("the pattern is longer than %d bytes", MaxPattern)
	}
	tree, err := syntax.Parse(pattern, syntax.Perl|syntax.FoldCase)
	if err != nil {
		var e *syntax.Error
		if errors.As(err, &e) {
			return nil, nil, fmt.Errorf("the pattern is not RE2: %s", e.Code)
		}
		return nil, nil, errors.New("the pattern is not RE2")
	}
	if re, err = regexp.Compile("(?i:" + pattern + ")"); err != nil { // a lone bracket, say
		return nil, nil, errors.New("the pattern is not RE2")
	}
	if re.MatchString("") {
		return nil, nil, errors.New("the pattern finds the empty text")
	}
	folds(tree)
	folded, err = regexp.Compile(tree.String())
	if err != nil || folded.MatchString("") {
		return nil, nil, errors.New("the pattern has no folded form")
	}
	return re, folded, nil
}

// folds puts the literals of a pattern into the form of folded text.
func folds(re *syntax.Regexp) {
	if re.Op == syntax.OpLiteral {
		var out []rune
		for _, r := range re.Rune {
			if f := fold.Of([]rune{'a', r, 'a'}).Runes; len(f) > 2 && f[0] == 'a' && f[len(f)-1] == 'a' {
				out = append(out, f[1:len(f)-1]...)
			} else {
				out = append(out, r)
			}
		}
		re.Rune = out
		re.Flags |= syntax.FoldCase
	}
	for _, sub := range re.Sub {
		folds(sub)
	}
}

// Kinds describes the kinds of the set as redact.Kinds does ours: the caller looks
// a finding's label and sensitivity up here.
func (s Set) Kinds() []redact.KindInfo {
	out := make([]redact.KindInfo, len(s.kinds))
	for i, k := range s.kinds {
		out[i] = redact.KindInfo{ID: k.ID, Name: k.Name, Label: k.Label, Sensitivity: k.Sensitivity}
	}
	return out
}

// All are the kinds as they were given, what was left out filled in.
func (s Set) All() []Kind { return slices.Clone(s.kinds) }

// With is the set with one more kind, in place of the one with its id.
func (s Set) With(k Kind) (Set, error) { return New(append(s.Without(k.ID).kinds, k)...) }

// Without is the set without the kind of this id.
func (s Set) Without(id redact.Kind) Set {
	var out Set
	for i, k := range s.kinds {
		if k.ID != id {
			out.kinds, out.patterns, out.folded = append(out.kinds, k), append(out.patterns, s.patterns[i]), append(out.folded, s.folded[i])
		}
	}
	return out
}

// Check runs the texts beside each kind: every word of a list is found, every text
// of must_find holds a finding of its kind, none of must_not_find does, and a
// pattern has one of each at least. Errors name kind and number of a text.
func (s Set) Check() []error {
	var out []error
	d := s.detector()
	for i, k := range s.kinds {
		bad := func(format string, args ...any) {
			out = append(out, fmt.Errorf("kind %s: "+format, append([]any{k.ID}, args...)...))
		}
		for n, w := range k.List {
			if !d.finds(w, i) {
				bad("word %d of the list is not found", n+1)
			}
		}
		if k.Pattern != "" && (len(k.MustFind) == 0 || len(k.MustNotFind) == 0) {
			bad("a pattern needs a text in must_find and one in must_not_find")
		}
		for n, t := range k.MustFind {
			if !d.finds(t, i) {
				bad("text %d of must_find holds nothing", n+1)
			}
		}
		for n, t := range k.MustNotFind {
			if d.finds(t, i) {
				bad("text %d of must_not_find holds something", n+1)
			}
		}
	}
	return out
}
