// Package reident lists what still singles a person or company out in the text
// that stays visible after hiding: superlatives, exact figures, founding years,
// slogans, rare details in one sentence. It hints; a person decides. The classes
// and their words are the give_aways of the dictionary of package generalise.
//
// A hint is no proof, and no hint is no proof of the contrary: it reads wording,
// not the world. Pronouns, which tell gender, are not hinted at.
package reident

import (
	"cmp"
	"fmt"
	"log/slog"
	"regexp"
	"slices"

	"consentry/redact"
	"consentry/redact/generalise"
)

// A Hint is one place that singles somebody out.
type Hint struct {
	Region  redact.Region   `json:"region"`
	Also    []redact.Region `json:"also,omitempty"` // where the same stands again
	Class   string          `json:"class"`          // id of a give-away, or Combination
	Text    string          `json:"text"`
	Why     redact.Words    `json:"why"`
	Instead string          `json:"instead"` // in the language of the place: what could stand there
	Exact   bool            `json:"exact"`   // Instead can stand there as it is; else it is advice
	Weight  float64         `json:"weight"`  // 0 to 1: how surely it singles somebody out
}

// LogValue tells class and place only.
func (h Hint) LogValue() slog.Value {
	return slog.GroupValue(slog.String("class", h.Class), slog.Int("page", h.Region.Page), slog.Int("start", h.Region.Start), slog.Int("end", h.Region.End))
}

// String tells class and place only.
func (h Hint) String() string {
	return fmt.Sprintf("%s at page %d, runes %d to %d", h.Class, h.Region.Page, h.Region.Start, h.Region.End)
}

// Combination is the class of details that are harmless one by one.
const Combination = "combination"

// A Finder finds hints. It is safe for concurrent use.
type Finder struct {
	d       *generalise.Dictionary
	trie    *trie
	classes []class
}

// class is a give-away made ready.
type class struct {
	generalise.GiveAway
	patterns []*regexp.Regexp
}

// New makes a Finder of a dictionary.
func New(d *generalise.Dictionary) (*Finder, error) {
	f := &Finder{d: d, trie: newTrie()}
	for i, g := range d.GiveAways {
		c := class{GiveAway: g}
		for _, w := range append(slices.Clone(g.Literal.ZH), g.Literal.EN...) {
			f.trie.add(w, mark{class: i, what: literal})
		}
		for _, w := range append(slices.Clone(g.Except.ZH), g.Except.EN...) {
			f.trie.add(w, mark{class: i, what: exception})
		}
		for n, p := range g.Patterns {
			re, err := regexp.Compile(p.RE)
			if err != nil {
				return nil, fmt.Errorf("give-away %s: %w", g.ID, err)
			}
			c.patterns = append(c.patterns, re)
			for _, w := range p.Near {
				f.trie.add(w, mark{class: i, what: near, n: n})
			}
		}
		f.classes = append(f.classes, c)
	}
	for i, p := range d.Posts {
		for _, w := range append(slices.Clone(p.Posts.ZH), p.Posts.EN...) {
			if p.Only {
				f.trie.add(w, mark{class: i, what: post})
			}
		}
	}
	for _, r := range d.Regions {
		for _, w := range append(slices.Clone(r.Covers.ZH), r.Covers.EN...) {
			f.trie.add(w, mark{what: place})
		}
	}
	for _, w := range append(slices.Clone(d.Combination.Companies.ZH), d.Combination.Companies.EN...) {
		f.trie.add(w, mark{what: company})
	}
	return f, nil
}

// A hit is a match in one span, in runes of it.
type hit struct {
	start, end int
	class      int // -1: a combination
	instead    string
	exact      bool
	weight     float64
	found      generalise.Found
}

// Hints are the hints on pages whose regions given are hidden, those of most
// weight first. What overlaps a hidden region is none: it does not stay visible.
// Where the same words stand again in one class it is one hint with several
// places. Time is linear in the text.
func (f *Finder) Hints(pages []redact.Page, hidden []redact.Region) []Hint {
	type where struct {
		part       string
		page, span int
	}
	gone := map[where][][2]int{}
	for _, r := range hidden {
		if r.IsText() {
			k := where{r.Part, r.Page, r.Span}
			gone[k] = append(gone[k], [2]int{r.Start, r.End})
		}
	}
	for k := range gone {
		slices.SortFunc(gone[k], func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	}
	var out []Hint
	known := map[string]int{}
	for _, p := range pages {
		for _, s := range p.Spans {
			text := []rune(s.Text)
			var cut [][2]int
			for _, g := range gone[where{p.Part, p.Index, s.ID}] {
				if a, b := max(0, g[0]-s.Offset), min(len(text), g[1]-s.Offset); a < b {
					cut = append(cut, [2]int{a, b})
				}
			}
			for _, h := range f.scan(text, cut) {
				x := p.Found(s, text, h.start, h.end)
				hint := Hint{Region: x.Region, Class: Combination, Text: x.Text, Why: f.d.Combination.Why, Instead: h.instead, Exact: h.exact, Weight: h.weight}
				if h.class >= 0 {
					hint.Class, hint.Why = f.classes[h.class].ID, f.classes[h.class].Why
				}
				key := hint.Class + "\x00" + hint.Text
				if i, again := known[key]; again {
					out[i].Also = append(out[i].Also, hint.Region)
					continue
				}
				known[key] = len(out)
				out = append(out, hint)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Hint) int { return cmp.Compare(b.Weight, a.Weight) })
	return out
}
