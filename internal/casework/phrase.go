package casework

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
)

// longestPhrase is how many runes may stand in the place of a name.
const longestPhrase = 60

// mayPhrase checks the words that are to stand in the place of a subject.
func (p *Plan) mayPhrase(it *Item, a *Answer) error {
	switch {
	case it == nil:
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	case !it.Finding.Region.IsText():
		return fmt.Errorf("%w: only a text is replaced by words", ErrAnswer)
	}
	return p.checkPhrase(a)
}

// checkPhrase refuses words that are no line of text, and those that name someone
// who is hidden in the case.
func (p *Plan) checkPhrase(a *Answer) error {
	if n := utf8.RuneCountInString(a.With); n == 0 || n > longestPhrase || strings.ContainsFunc(a.With, unicode.IsControl) {
		return fmt.Errorf("%w: what stands instead is one line of 1 to %d characters", ErrAnswer, longestPhrase)
	}
	words := fold(a.With)
	for i := range p.Items {
		it := &p.Items[i]
		if it.Hidden() && it.Finding.Region.IsText() && judgeable(it.Finding) && utf8.RuneCountInString(it.Finding.Text) > 1 && contains(words, fold(it.Finding.Text)) {
			return fmt.Errorf("%w: what stands instead names someone who is hidden", ErrAnswer)
		}
	}
	return nil
}

// contains reports whether a folded text holds a folded name: Latin ones as whole
// words.
func contains(text, name string) bool {
	if redact.LangOf(name) == redact.Chinese {
		return strings.Contains(text, name)
	}
	words := func(s string) string {
		return " " + strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !isLetterOrDigit(r) }), " ") + " "
	}
	return strings.Contains(words(text), words(name))
}

// phrase puts the words that reviewers chose in the place of labels: of all
// mentions of a subject the last answer's.
func (p *Plan) phrase() {
	chosen, own := map[string]string{}, map[string]string{} // by entity, by drawn item
	for i := range p.Case.Answers {
		switch a := &p.Case.Answers[i]; {
		case a.With == "":
		case a.Action == Draw:
			own[a.DrawnID()] = a.With
		case a.Action == Phrase:
			if it := p.Item(a.Item); it != nil {
				chosen[it.Entity] = a.With
			}
		}
	}
	if len(chosen)+len(own) == 0 {
		return
	}
	for i := range p.Items {
		it := &p.Items[i]
		if w, ok := own[it.ID]; ok && it.IsDrawn() {
			it.Label = w
		} else if w, ok := chosen[it.Entity]; ok && it.Entity != "" && it.Finding.Region.IsText() {
			it.Label = w
		}
	}
}
