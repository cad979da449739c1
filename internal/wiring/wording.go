package wiring

import (
	"bytes"
	"context"
	"io"
	"regexp"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/redact/generalise"
	"consentry/redact/generalise/reident"
	"consentry/redact/pseudonym"
)

// wording is package generalise as a desk wants it.
type wording struct {
	dictionary *generalise.Dictionary
	finder     *reident.Finder
}

func newWording(d *generalise.Dictionary) (*wording, error) {
	f, err := reident.New(d)
	if err != nil {
		return nil, err
	}
	return &wording{d, f}, nil
}

// wording is that of the dictionary that ships and the owner's own.
func (a *App) wording(ctx context.Context) (*wording, error) {
	own, err := a.Own(ctx, OwnDictionary)
	if err != nil {
		return nil, err
	}
	return wordingWith(own)
}

// wordingWith is that of the dictionary that ships and another; nil: of that alone.
func wordingWith(own []byte) (*wording, error) {
	var extra []io.Reader
	if own != nil {
		extra = append(extra, bytes.NewReader(own))
	}
	d, err := generalise.Load(extra...)
	if err != nil {
		return nil, err
	}
	return newWording(d)
}

func (w *wording) ID() string { return "generalise/1 " + w.dictionary.Version }

func (w *wording) Names(subjects []casework.Named) func(string, redact.Lang) (string, bool) {
	var all []generalise.Subject
	for _, s := range subjects {
		g := generalise.Subject{Key: s.Key, Kind: s.Kind, Style: generalise.General, Of: s.Of, Own: s.General}
		if s.Kind == redact.Organisation {
			g.Profile = w.dictionary.GuessProfile(s.Name)
			if !placed.MatchString(s.Name) { // 安康达 is not of 安康: what is published is not to be wrong
				g.Profile.Region = ""
			}
		}
		all = append(all, g)
	}
	return w.dictionary.Name(all).Label
}

// placed are names of companies that say for certain where they are.
var placed = regexp.MustCompile(`^\p{Han}{2,3}[省市县]|[（(]\p{Han}{2,4}[)）]`)

func (w *wording) Instead(kind redact.Kind, text string, lang redact.Lang) (string, bool) {
	switch kind {
	case "post":
		return w.dictionary.Post(text, lang)
	case redact.Location:
		return w.dictionary.Place(text, lang)
	case "age":
		with, _, ok := w.dictionary.Value(text, lang)
		return with, ok
	}
	return "", false
}

func (w *wording) Ours(text []rune) [][2]int {
	return append(w.dictionary.Labels(text), pseudonym.Find(text)...)
}

func (w *wording) General(kind redact.Kind, text string) bool {
	return (kind == "post" || kind == redact.Location) && w.dictionary.IsGeneral(text)
}

func (w *wording) Smooth(s redact.Span, rs []redact.Redaction) []redact.Redaction {
	edits := make([]generalise.Edit, len(rs))
	for i, r := range rs {
		edits[i] = generalise.Edit{Start: r.Region.Start - s.Offset, End: r.Region.End - s.Offset, With: r.With, Kind: r.Kind}
	}
	var out []redact.Redaction
	for _, e := range generalise.Smooth([]rune(s.Text), edits) {
		r := redact.Redaction{Region: rs[0].Region, Kind: e.Kind, Method: rs[0].Method, With: e.With}
		r.Region.Start, r.Region.End = s.Offset+e.Start, s.Offset+e.End
		out = append(out, r)
	}
	return out
}

func (w *wording) Clues(p redact.Page, hidden []redact.Region) []casework.Clue {
	var out []casework.Clue
	for _, h := range w.finder.Hints([]redact.Page{p}, hidden) {
		c := casework.Clue{Region: h.Region, Text: h.Text, Class: h.Class, Weight: h.Weight, Why: h.Why, Instead: h.Instead, Exact: h.Exact}
		for _, r := range append([]redact.Region{h.Region}, h.Also...) {
			c.Region = r
			out = append(out, c)
		}
	}
	return out
}

// FormHints says why a company's general form will not be used in texts; nothing
// where it will.
func (a *App) FormHints(ctx context.Context, s authz.Subject) ([]redact.Words, error) {
	w, err := a.wording(ctx)
	if err != nil {
		return nil, err
	}
	d := a.Cases()
	d.Wording = w
	return d.FormHints(withVariants(s), s.Firm.GeneralForm), nil
}
