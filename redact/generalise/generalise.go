// Package generalise says what stands in a text instead of a thing that may not
// be told exactly: a company's industry and size, a post's function, a place's
// region, a rounded figure, half a year. The words come from a dictionary that
// ships and that the user extends. Package grammar mends what stands around
// them.
//
// Generalised is not anonymous: other details may still point to somebody.
// Package reident lists them.
package generalise

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"consentry/redact"
	"consentry/redact/fold"
)

// ErrDictionary is wrapped by every error that says a dictionary is not right.
var ErrDictionary = errors.New("dictionary")

// A Dictionary is the words of generalised forms. It is immutable after Load
// and safe for concurrent use.
type Dictionary struct {
	Version      string           `yaml:"version"`
	MinGroup     int              `yaml:"min_group"` // how many companies a form must fit, at least
	Forms        []Form           `yaml:"forms"`
	PersonForms  []Form           `yaml:"person_forms"`
	Sizes        []Size           `yaml:"sizes"`
	Regions      []Region         `yaml:"regions"`
	Industries   []Industry       `yaml:"industries"`
	PublicBodies Lists            `yaml:"public_bodies"` // how names of state organs end
	Posts        []PostEntry      `yaml:"posts"`
	GiveAways    []GiveAway       `yaml:"give_aways"`
	Combination  Combination      `yaml:"combination"`
	Exact        map[string]Exact `yaml:"exact_values"` // by kind of value

	lookup
}

// Lists are words in both languages.
type Lists struct {
	ZH []string `yaml:"zh"`
	EN []string `yaml:"en"`
}

// In is the list of a language.
func (l Lists) In(lang redact.Lang) []string {
	if lang == redact.English {
		return l.EN
	}
	return l.ZH
}

// A Form is a template; what stands in braces is filled in.
type Form struct {
	ID           string `yaml:"id"`
	redact.Words `yaml:",inline"`
}

// A Size is a band of company sizes.
type Size struct {
	ID           string       `yaml:"id"`
	Meaning      redact.Words `yaml:"meaning"` // advice to whoever chooses it
	redact.Words `yaml:",inline"`
}

// A Region is a part of the world with the places in it.
type Region struct {
	ID           string `yaml:"id"`
	Share        int    `yaml:"share"` // of an industry's companies, in per cent
	Covers       Lists  `yaml:"covers"`
	redact.Words `yaml:",inline"`
}

// An Industry is a trade with the words that tell it.
type Industry struct {
	ID           string         `yaml:"id"`
	Noun         redact.Words   `yaml:"noun"`  // a company of the trade, where it is not 某企业, a company
	Firms        map[string]int `yaml:"firms"` // by size: about how many there are
	Names        Lists          `yaml:"words"` // what in a company's name tells the trade
	redact.Words `yaml:",inline"`
}

// A PostEntry is the function that stands for some posts.
type PostEntry struct {
	ID       string       `yaml:"id"`
	Only     bool         `yaml:"only"` // a company usually has one person in it
	Function redact.Words `yaml:"function"`
	Posts    Lists        `yaml:"posts"`
}

// A GiveAway is a class of wording that singles somebody out in a text that
// stays visible. See package reident.
type GiveAway struct {
	ID       string       `yaml:"id"`
	Weight   float64      `yaml:"weight"` // 0 to 1: how surely it singles somebody out
	Why      redact.Words `yaml:"why"`
	Instead  redact.Words `yaml:"instead"`
	Literal  Lists        `yaml:"literal"` // found as they stand, Latin ones as whole words
	Except   Lists        `yaml:"except"`  // longer wordings that are none of it
	Patterns []Pattern    `yaml:"patterns"`
	Value    string       `yaml:"value"`  // or: exact values of this kind
	Within   string       `yaml:"within"` // year or place: what of the match is told less exactly, where it is there
	Examples Examples     `yaml:"examples"`
}

// A Pattern is a regular expression that is tried in a sentence where one of
// the near words stands.
type Pattern struct {
	Near []string `yaml:"near"`
	RE   string   `yaml:"re"`
}

// Examples are texts with (Yes) and without (No) a match, for tests.
type Examples struct {
	Yes []string `yaml:"yes"`
	No  []string `yaml:"no"`
}

// Exact says of one kind of value when it is exact and what it becomes.
type Exact struct {
	Digits int    `yaml:"digits"` // significant digits from which a value is exact
	To     string `yaml:"to"`     // of a date: quarter, half-year or year
}

// Combination says when harmless details together single somebody out.
type Combination struct {
	Sentence  int          `yaml:"sentence"`  // from so many of post, company, place, date and figure in one sentence
	Paragraph int          `yaml:"paragraph"` // and in one paragraph
	Weight    float64      `yaml:"weight"`    // of the fewest, growing with each more
	Why       redact.Words `yaml:"why"`
	Instead   redact.Words `yaml:"instead"`
	Companies Lists        `yaml:"companies"` // words for kinds of companies
	Examples  Examples     `yaml:"examples"`
}

//go:embed dictionary/*.yaml
var shipped embed.FS

const (
	maxBytes   = 1 << 20
	maxWords   = 50_000 // over the whole dictionary
	maxLength  = 200    // runes of one word or template
	maxPattern = 2000   // bytes of a regular expression
)

// Load is the dictionary that ships with those of the user merged over it, in
// order. An entry with a known id replaces what it states and adds its words to
// the known ones; one with a new id is added. Errors wrap ErrDictionary and say
// which entry is wrong.
func Load(extra ...io.Reader) (*Dictionary, error) {
	d := &Dictionary{}
	files, err := shipped.ReadDir("dictionary")
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := shipped.ReadFile("dictionary/" + f.Name())
		if err != nil {
			return nil, err
		}
		if err := d.read(b); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	}
	for i, r := range extra {
		b, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
		if err != nil {
			return nil, fmt.Errorf("read dictionary %d: %w", i+1, err)
		}
		if len(b) > maxBytes {
			return nil, fmt.Errorf("%w %d: larger than %d bytes", ErrDictionary, i+1, maxBytes)
		}
		if err := d.read(b); err != nil {
			return nil, fmt.Errorf("user's %w", err)
		}
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	d.lookup = d.index()
	d.labels = d.labelShape()
	return d, nil
}

// read merges one file over d.
func (d *Dictionary) read(b []byte) error {
	var n Dictionary
	dec := yaml.NewDecoder(strings.NewReader(string(b)))
	dec.KnownFields(true)
	if err := dec.Decode(&n); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: %w", ErrDictionary, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: more than one document", ErrDictionary)
	}
	put(&d.Version, n.Version)
	put(&d.MinGroup, n.MinGroup)
	put(&d.Combination.Sentence, n.Combination.Sentence)
	put(&d.Combination.Paragraph, n.Combination.Paragraph)
	put(&d.Combination.Weight, n.Combination.Weight)
	words(&d.Combination.Why, n.Combination.Why)
	words(&d.Combination.Instead, n.Combination.Instead)
	lists(&d.Combination.Companies, n.Combination.Companies)
	examples(&d.Combination.Examples, n.Combination.Examples)
	lists(&d.PublicBodies, n.PublicBodies)
	for k, v := range n.Exact {
		if d.Exact == nil {
			d.Exact = map[string]Exact{}
		}
		old := d.Exact[k]
		put(&old.Digits, v.Digits)
		put(&old.To, v.To)
		d.Exact[k] = old
	}
	form := func(f *Form) *string { return &f.ID }
	templates := func(o *Form, n Form) { words(&o.Words, n.Words) }
	return errors.Join(
		merge("forms", &d.Forms, n.Forms, form, templates),
		merge("person_forms", &d.PersonForms, n.PersonForms, form, templates),
		merge("sizes", &d.Sizes, n.Sizes, func(s *Size) *string { return &s.ID }, func(o *Size, n Size) {
			words(&o.Words, n.Words)
			words(&o.Meaning, n.Meaning)
		}),
		merge("regions", &d.Regions, n.Regions, func(r *Region) *string { return &r.ID }, func(o *Region, n Region) {
			words(&o.Words, n.Words)
			put(&o.Share, n.Share)
			lists(&o.Covers, n.Covers)
		}),
		merge("industries", &d.Industries, n.Industries, func(i *Industry) *string { return &i.ID }, func(o *Industry, n Industry) {
			words(&o.Words, n.Words)
			words(&o.Noun, n.Noun)
			lists(&o.Names, n.Names)
			for k, v := range n.Firms {
				if o.Firms == nil {
					o.Firms = map[string]int{}
				}
				o.Firms[k] = v
			}
		}),
		merge("posts", &d.Posts, n.Posts, func(p *PostEntry) *string { return &p.ID }, func(o *PostEntry, n PostEntry) {
			words(&o.Function, n.Function)
			lists(&o.Posts, n.Posts)
			o.Only = o.Only || n.Only
		}),
		merge("give_aways", &d.GiveAways, n.GiveAways, func(g *GiveAway) *string { return &g.ID }, func(o *GiveAway, n GiveAway) {
			put(&o.Weight, n.Weight)
			put(&o.Value, n.Value)
			put(&o.Within, n.Within)
			words(&o.Why, n.Why)
			words(&o.Instead, n.Instead)
			lists(&o.Literal, n.Literal)
			lists(&o.Except, n.Except)
			examples(&o.Examples, n.Examples)
			o.Patterns = append(o.Patterns, n.Patterns...)
		}),
	)
}

// merge puts the entries of one section over the known ones.
func merge[T any](section string, old *[]T, add []T, id func(*T) *string, over func(*T, T)) error {
	for n := range add {
		key := *id(&add[n])
		if key == "" || strings.TrimSpace(key) != key || len(key) > 40 {
			return fmt.Errorf("%w: %s: entry %d has no id of 1 to 40 characters", ErrDictionary, section, n+1)
		}
		i := slices.IndexFunc(*old, func(o T) bool { return *id(&o) == key })
		if i < 0 {
			var fresh T
			*id(&fresh) = key
			*old = append(*old, fresh)
			i = len(*old) - 1
		}
		over(&(*old)[i], add[n])
	}
	return nil
}

func put[T comparable](old *T, n T) {
	var zero T
	if n != zero {
		*old = n
	}
}

func words(old *redact.Words, n redact.Words) {
	put(&old.ZH, n.ZH)
	put(&old.EN, n.EN)
}

func lists(old *Lists, n Lists) {
	old.ZH = append(old.ZH, n.ZH...)
	old.EN = append(old.EN, n.EN...)
}

func examples(old *Examples, n Examples) {
	old.Yes = append(old.Yes, n.Yes...)
	old.No = append(old.No, n.No...)
}

// lookup is what is looked up by folded words.
type lookup struct {
	region   map[string]int // place or region, its word or id → index in Regions
	post     map[string]int // → index in Posts
	industry map[string]int // → index in Industries
	size     map[string]int
	longest  int            // runes of a place
	longPost int            // runes of a post
	labels   *regexp.Regexp // what Organisation writes
}

func (d *Dictionary) index() lookup {
	l := lookup{region: map[string]int{}, post: map[string]int{}, industry: map[string]int{}, size: map[string]int{}}
	set := func(m map[string]int, i int, ws ...string) {
		for _, w := range ws {
			if k := fold.Key(w); k != "" {
				if _, known := m[k]; !known {
					m[k] = i
				}
			}
		}
	}
	for i, r := range d.Regions {
		set(l.region, i, r.ID, r.ZH, r.EN)
		set(l.region, i, r.Covers.ZH...)
		set(l.region, i, r.Covers.EN...)
	}
	for i, p := range d.Posts {
		set(l.post, i, p.Posts.ZH...)
		set(l.post, i, p.Posts.EN...)
	}
	for i, n := range d.Industries {
		set(l.industry, i, n.ID, n.ZH, n.EN)
	}
	for i, s := range d.Sizes {
		set(l.size, i, s.ID, s.ZH, s.EN)
	}
	for k := range l.region {
		l.longest = max(l.longest, len([]rune(k)))
	}
	for k := range l.post {
		l.longPost = max(l.longPost, len([]rune(k)))
	}
	return l
}
