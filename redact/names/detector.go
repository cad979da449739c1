// Package names finds people, organisations and places that a text names, in
// Chinese and English.
//
// LAC (package lac) reads the Chinese, spaCy (package spacy) the English. What
// they decide, and what a few rules add, is of the sure tier. What they only
// doubted, what a smaller model finds, and English words that a tagger takes for
// proper nouns or that have a capital, are of the review tier: that raises what
// is found far more than lists of surnames do.
package names

import (
	"context"
	"errors"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
)

// doubtEnglish is the probability of a name from which on an English word that was
// decided against is a finding of the review tier; doubts.go has the Chinese ones.
const doubtEnglish = 0.05

// The reasons of findings.
const (
	whyModel    = "model"         // the model decided for a name
	whyDoubt    = "model-doubt"   // the model decided against, not firmly
	whyTitle    = "title"         // 王经理, Dr Petrova
	whyLabel    = "label"         // 联系人：…, Contact: …
	whySuffix   = "suffix"        // …有限公司, … GmbH
	whyDots     = "dotted-name"   // 玛丽·居里
	whyCapital  = "capital"       // a Latin word with a capital
	whyStray    = "stray-han"     // Han runes in an English text
	whyProper   = "proper-noun"   // of a kind the model does not name
	whyFamiliar = "familiar-name" // 小王
	whyList     = "among-names"   // in a list of names, or tied to one by "and"
	whyColumn   = "column"        // in a table's column of names
	whySpeaker  = "speaker"       // 石头：… where others speak too
	whyClosing  = "closing"       // Best regards, Dear …
	whySurname  = "surname"       // 和万春, whose surname is another word too
	whyBody     = "public-body"   // 外交部, 《云岚晚报》
	whyAlias    = "alias"         // 以下简称“云岚”
	whyBadge    = "badge"         // alone on a line next to a job's title
	whySecond   = "second-model"  // the smaller model decided for a name
	whyNoun     = "tagged-noun"   // the tagger takes it for a proper noun
	whyParticle = "particle"      // joined by van, de, an initial or a nickname
	whyShape    = "shape"         // HarborSoft, @handle, J. K. Marlowe
)

// A Detector finds names. It is safe for concurrent use.
type Detector struct {
	zh *lac.Tagger
	en English
}

// New is a Detector with its models.
func New(zh *lac.Tagger, en English) (*Detector, error) {
	if zh == nil || !en.complete() {
		return nil, errors.New("names: a model is missing")
	}
	return &Detector{zh: zh, en: en}, nil
}

// ID names the rules' version and all models.
func (d *Detector) ID() string { return "names/7 " + d.zh.ID() + " " + d.en.id() }

// Detect reads the passages of a page: what stands in several spans, such as the
// lines of a paragraph in a picture, is read in one go.
func (d *Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	for _, passage := range p.Passages() {
		text := passage.Text
		all, err := d.readAll(ctx, blocks(text))
		if err != nil {
			return nil, err
		}
		all = append(all, layout(text, all)...)
		all = append(all, d.uncased(text)...)
		for _, c := range recur(text, settle(text, all, labels(text))) {
			f := redact.Finding{Kind: c.kind, Tier: c.tier, Score: c.score, Why: c.why, By: d.ID()}
			out = p.AppendFound(out, passage, c.start, c.end, f)
		}
	}
	return badges(p, d.ID(), out), nil
}

// read finds the candidates in one block.
func (d *Detector) read(ctx context.Context, text []rune) ([]candidate, error) {
	han, latin := 0, 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			han++
		} else if unicode.IsLetter(r) {
			latin++
		}
	}
	switch {
	case han == 0 && latin < 2:
		return nil, nil
	case han == 0:
		return d.english(text, false), nil
	}
	var cs []candidate
	chinese := redact.LangOf(string(text)) == redact.Chinese
	if chinese {
		zh, err := d.chinese(ctx, text)
		if err != nil {
			return nil, err
		}
		cs = zh
		for _, p := range stretches(text, latinStretch) {
			cs = append(cs, moved(d.latinInChinese(text[p.start:p.end]), p.start)...)
		}
		if latin < han {
			return cs, nil
		}
	} else {
		cs = withoutHan(text, d.english(text, false))
	}
	// Between Latin words LAC is less certain of the Chinese ones than by
	// themselves.
	for _, p := range stretches(text, fold.IsHan) {
		zh, err := d.chinese(ctx, text[p.start:p.end])
		if err != nil {
			return nil, err
		}
		cs = append(cs, moved(zh, p.start)...)
		if n := p.end - p.start; n >= 2 && n <= 4 && !chinese {
			cs = append(cs, candidate{p.start, p.end, redact.Other, redact.Review, 0.1, whyStray})
		}
	}
	return cs, nil
}

// withoutHan cuts what the English models claim at Han runes and full-width signs,
// of which they know nothing.
func withoutHan(text []rune, cs []candidate) []candidate {
	var out []candidate
	for _, c := range cs {
		for i := c.start; i < c.end; i++ {
			j := i
			for j < c.end && text[j] < 0x2e80 {
				j++
			}
			if j > i {
				piece := c
				piece.start, piece.end = i, j
				out = append(out, piece)
			}
			i = j
		}
	}
	return out
}

func moved(cs []candidate, by int) []candidate {
	for i := range cs {
		cs[i].start += by
		cs[i].end += by
	}
	return cs
}

func latinStretch(r rune) bool {
	return r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)) || r == ' ' || r == '.' || r == '\'' || r == '’' || r == '-' || r == '&' || r == ','
}

// stretches are the longest runs of runes that are in and hold a letter.
func stretches(text []rune, in func(rune) bool) []place {
	var out []place
	for i := 0; i < len(text); i++ {
		j, letter := i, false
		for j < len(text) && in(text[j]) {
			letter = letter || unicode.IsLetter(text[j])
			j++
		}
		if letter {
			out = append(out, place{i, j})
		}
		i = j
	}
	return out
}
