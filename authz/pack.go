package authz

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// A Text is a sentence in both languages.
type Text struct {
	Zh string `yaml:"zh"`
	En string `yaml:"en"`
}

// In gives the sentence in a language, zh or en.
func (t Text) In(lang string) string {
	if lang == "zh" {
		return t.Zh
	}
	return t.En
}

// A Rule says what follows when its code fires, and why. When it fires is
// written in Go, one function a stage.
type Rule struct {
	ID        string    `yaml:"id"` // R0101 …
	Code      string    `yaml:"code"`
	Stage     string    `yaml:"stage"`
	Since     string    `yaml:"since"`  // yyyy-mm-dd
	Nature    []string  `yaml:"nature"` // law, caution, seed; the main one first
	Source    []Article `yaml:"source"`
	AppliesTo struct {
		Subject []Kind `yaml:"subject"`
	} `yaml:"applies_to"`
	Outcome  string   `yaml:"outcome"` // hide, ask, show
	Asks     string   `yaml:"asks"`    // reviewer, approver, legal
	Evidence []string `yaml:"evidence"`
	Explain  Text     `yaml:"explain"`
	NextStep Text     `yaml:"next_step"`

	rank int // place in the pack, later stages higher
}

// Thresholds bound match scores, 0 to 1.
type Thresholds struct {
	Sure   float64 `yaml:"sure"`   // from here a match is certain
	Maybe  float64 `yaml:"maybe"`  // from here it is worth asking about
	Margin float64 `yaml:"margin"` // a runner-up this near makes namesakes
}

// A Pack is a rule pack: what each reason code leads to, its provisions and its
// texts. It is not changed after [ParsePack] and safe for concurrent use. The
// zero Pack hides everything.
type Pack struct {
	ID         string
	Version    string
	Date       string // yyyy-mm-dd
	Notice     Text   // not legal advice, in both languages
	Thresholds Thresholds
	Vocabulary Vocabulary
	Laws       map[string]Law
	Rules      []Rule // in the order of their stages

	byCode map[string]int
}

// ParsePack reads a rule pack in YAML. It refuses one that lacks a code this
// package fires, or that would show what a rule before the last stage stopped.
func ParsePack(b []byte) (*Pack, error) {
	var f struct {
		Pack struct {
			ID      string `yaml:"id"`
			Version string `yaml:"version"`
			Date    string `yaml:"date"`
			Notice  Text   `yaml:"notice"`
		} `yaml:"pack"`
		Order      []string       `yaml:"order"`
		Laws       map[string]Law `yaml:"laws"`
		Thresholds Thresholds     `yaml:"thresholds"`
		States     Terms          `yaml:"states"`
		Vocabulary Vocabulary     `yaml:"vocabulary"`
		Rules      []Rule         `yaml:"rules"`
	}
	if err := yaml.NewDecoder(bytes.NewReader(b)).Decode(&f); err != nil {
		return nil, fmt.Errorf("read rule pack: %w", err)
	}
	p := &Pack{
		ID: f.Pack.ID, Version: f.Pack.Version, Date: f.Pack.Date, Notice: f.Pack.Notice,
		Thresholds: f.Thresholds, Vocabulary: f.Vocabulary, Laws: f.Laws, Rules: f.Rules,
		byCode: map[string]int{},
	}
	p.Vocabulary.States = f.States
	if p.Version == "" || p.Date == "" {
		return nil, errors.New("read rule pack: version or date is missing")
	}
	if !slices.Equal(f.Order, stages) {
		return nil, fmt.Errorf("read rule pack: its stages are %v, this program knows %v", f.Order, stages)
	}
	t := p.Thresholds
	if !(t.Sure <= 1 && t.Maybe > 0 && t.Maybe <= t.Sure && t.Margin >= 0) {
		return nil, errors.New("read rule pack: want 0 < maybe <= sure <= 1 and a margin of 0 or more")
	}
	if err := p.index(); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *Pack) index() error {
	slices.SortStableFunc(p.Rules, func(a, b Rule) int { return slices.Index(stages, a.Stage) - slices.Index(stages, b.Stage) })
	for i := range p.Rules {
		r := &p.Rules[i]
		r.rank = i
		_, twice := p.byCode[r.Code]
		cleared := r.Stage == "cleared"
		switch {
		case r.ID == "" || r.Code == "" || !slices.Contains(stages, r.Stage) || twice:
			return fmt.Errorf("read rule pack: rule %s: no id, no code, no known stage, or a code used twice", r.ID)
		case r.Outcome != "hide" && r.Outcome != "ask" && r.Outcome != "show":
			return fmt.Errorf("read rule pack: rule %s: unknown outcome %q", r.ID, r.Outcome)
		case cleared != (r.Outcome == "show"):
			return fmt.Errorf("read rule pack: rule %s: only the last stage shows, and only shows", r.ID)
		case !slices.Contains(questions, r.Code) && r.Outcome == "ask":
			return fmt.Errorf("read rule pack: rule %s: %s can only hide", r.ID, r.Code)
		case r.Outcome == "ask" && r.Asks != "reviewer" && r.Asks != "approver" && r.Asks != "legal":
			return fmt.Errorf("read rule pack: rule %s: nobody is asked", r.ID)
		case r.Explain.Zh == "" || r.Explain.En == "":
			return fmt.Errorf("read rule pack: rule %s: not explained in both languages", r.ID)
		}
		for j := range r.Source {
			law, ok := p.Laws[r.Source[j].Law]
			if !ok {
				return fmt.Errorf("read rule pack: rule %s cites an unknown law", r.ID)
			}
			r.Source[j].law = law
		}
		p.byCode[r.Code] = i
	}
	for _, c := range codes {
		if _, ok := p.byCode[c]; !ok {
			return fmt.Errorf("read rule pack: no rule for %s", c)
		}
	}
	return nil
}

// Rule gives the rule of a reason code.
func (p *Pack) Rule(code string) (Rule, bool) {
	if p == nil {
		return Rule{}, false
	}
	i, ok := p.byCode[code]
	if !ok {
		return Rule{}, false
	}
	return p.Rules[i], true
}
