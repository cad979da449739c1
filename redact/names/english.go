package names

import (
	"strings"
	"sync"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/lexicon"
	"consentry/redact/names/spacy"
)

// English are the models that read English. What Medium decides is of the sure
// tier; what it doubts, what Small finds and the words that Tags takes for
// proper nouns are of the review tier.
type English struct {
	Medium *spacy.Model // en_core_web_md
	Small  *spacy.Model // en_core_web_sm, of the same tokenizer
	Tags   *spacy.Tagger
}

func (e English) complete() bool { return e.Medium != nil && e.Small != nil && e.Tags != nil }

func (e English) id() string { return e.Medium.ID() + " " + e.Small.ID() + " " + e.Tags.ID() }

// English labels of names; those of the second line are seldom people.
var englishKinds = map[string]redact.Kind{
	"PERSON": redact.Person, "ORG": redact.Organisation, "GPE": redact.Location, "LOC": redact.Location, "FAC": redact.Location,
	"PRODUCT": redact.Other, "EVENT": redact.Other, "WORK_OF_ART": redact.Other, "LAW": redact.Other, "NORP": redact.Other,
}

func wanted(label string) bool { _, ok := englishKinds[label]; return ok }

// maxHeading is how many runes a heading can have.
const maxHeading = 120

// alone is how many runes a block must have for the models to read it side by
// side rather than in turn.
const alone = 200

// english reads a block, or a stretch in another language's text.
func (d *Detector) english(text []rune, stretch bool) []candidate {
	var out []candidate
	shouted := lexicon.Shouted(text)
	if stretch || shouted {
		out = d.medium(text, d.en.Medium.Tokenize(text))
	} else {
		out = d.opinions(text)
	}
	if shouted {
		// The models know few names in capitals alone.
		text = lexicon.Truecase(text)
		out = append(out, d.opinions(text)...)
	}
	heading := shouted || len(text) < maxHeading && headed(text) && !strings.ContainsRune(".!?", text[len(text)-1])
	out = append(out, englishRules(text, heading)...)
	out = append(out, coordinated(text, out)...)
	out = append(out, particles(text, out)...)
	switch {
	case stretch:
	case shouted || headed(text):
		out = append(out, beside(text, out)...)
	default:
		out = append(out, capitals(text)...)
	}
	return refine(text, out)
}

// opinions are what the three models find in a text of its own.
func (d *Detector) opinions(text []rune) []candidate {
	ts := d.en.Medium.Tokenize(text)
	var by [3][]candidate
	read := [3]func(){
		func() { by[0] = d.medium(text, ts) },
		func() { by[1] = d.small(text, ts) },
		func() { by[2] = d.proper(text, ts, smallNoun) },
	}
	if len(text) < alone {
		for _, f := range read {
			f()
		}
	} else {
		var wg sync.WaitGroup
		for _, f := range read[1:] {
			wg.Go(f)
		}
		read[0]()
		wg.Wait()
	}
	return append(append(by[0], by[1]...), by[2]...)
}

// uncased are the names in a span in small letters alone: what Medium decides on
// when the words that are not known to stand so have a capital.
func (d *Detector) uncased(text []rune) []candidate {
	letters, big := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) && r < 0x2000 {
			letters++
		}
		if unicode.IsUpper(r) {
			big++
		}
	}
	if letters < 4 || big*100 > letters {
		return nil
	}
	var out []candidate
	for _, b := range blocks(text) {
		if redact.LangOf(string(b.text)) == redact.Chinese {
			continue // an e-mail address in it is no English
		}
		for _, p := range pieces(b.text) {
			raised := lexicon.Raise(b.text[p.start:p.end])
			found := append(d.decided(raised), englishRules(raised, true)...)
			found = append(found, d.proper(b.text[p.start:p.end], d.en.Medium.Tokenize(b.text[p.start:p.end]), uncasedNoun)...)
			for _, c := range moved(withoutHan(raised, refine(raised, found)), p.start) {
				c.start, c.end, c.tier = b.at[c.start], b.at[c.end-1]+1, redact.Review
				out = append(out, c)
			}
		}
	}
	return out
}

func (d *Detector) medium(text []rune, ts []spacy.Token) []candidate {
	var out []candidate
	for _, e := range d.en.Medium.EntitiesOf(ts, doubtEnglish, wanted) {
		kind, ok := englishKinds[e.Label]
		switch {
		case !ok:
			continue
		case !e.Sure:
			if !letters(text[e.Start:e.End]) {
				continue
			}
			out = append(out, candidate{e.Start, e.End, kind, redact.Review, e.Score, whyDoubt})
		case kind == redact.Other:
			out = append(out, candidate{e.Start, e.End, kind, redact.Review, e.Score, whyProper})
		default:
			out = append(out, candidate{e.Start, e.End, kind, redact.Sure, e.Score, whyModel})
		}
	}
	return out
}

// decided is what Medium finds without what it doubts.
func (d *Detector) decided(text []rune) []candidate {
	var out []candidate
	for _, c := range d.medium(text, d.en.Medium.Tokenize(text)) {
		if c.why != whyDoubt {
			out = append(out, c)
		}
	}
	return out
}

func (d *Detector) small(text []rune, ts []spacy.Token) []candidate {
	var out []candidate
	for _, e := range d.en.Small.EntitiesOf(ts, 0, nil) {
		if kind, ok := englishKinds[e.Label]; ok && letters(text[e.Start:e.End]) {
			out = append(out, candidate{e.Start, e.End, kind, redact.Review, e.Score, whySecond})
		}
	}
	return out
}

// How likely a word must be a proper noun: one with a capital, one in small
// letters among words with capitals, one in a text of small letters alone.
const (
	doubtNoun   = 0.2
	smallNoun   = 0.4
	uncasedNoun = 0.1
)

// proper are the words that the tagger takes for proper nouns, those with only a
// space between them as one. In small letters they must be as likely as given.
func (d *Detector) proper(text []rune, ts []spacy.Token, small float64) []candidate {
	var out []candidate
	ps := d.en.Tags.Proper(ts)
	for i, t := range ts {
		w := text[t.Start:t.End]
		least := doubtNoun
		if !unicode.IsUpper(w[0]) {
			least = small
		}
		if ps[i] < least || !letters(w) || lexicon.Common[lower(t.Text)] || ordinal(w) || strings.Contains(t.Text, "://") {
			continue
		}
		out = append(out, candidate{t.Start, t.End, redact.Other, redact.Review, ps[i], whyNoun})
	}
	return adjoin(text, out)
}

// ordinal reports whether a word begins with a digit and has only small letters
// behind: 3rd, 13th, 20kg, 90s.
func ordinal(w []rune) bool {
	for _, r := range w {
		if unicode.IsUpper(r) {
			return false
		}
	}
	return unicode.IsDigit(w[0])
}

func letters(text []rune) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return true
		}
	}
	return false
}

func lower(s string) string { return strings.ToLower(s) }
