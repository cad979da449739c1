package wiring

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"consentry/redact"
	"consentry/redact/pii/custom"
)

// Tried is what a file of the owner's finds at runes Start to End of a text.
type Tried struct {
	Start, End int
	What       redact.Words // the kind, or why it gives somebody away
	With       redact.Words // what would stand instead; empty where nothing is proposed
}

// TryOwn says what a file of the owner's finds in a text, in order; nil is the one that is
// in use. Of a dictionary, that is the wording that gives somebody away, with what ships.
// What is wrong with a file is said as by UseOwn. Nothing is kept.
func (a *App) TryOwn(ctx context.Context, what Own, file []byte, text string) ([]Tried, error) {
	if file == nil {
		kept, err := a.Own(ctx, what)
		if err != nil {
			return nil, err
		}
		file = kept
	} else if err := CheckOwn(what, file); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOwn, err)
	}
	try := triedKinds
	if what == OwnDictionary {
		try = triedWords
	}
	page := redact.Page{Part: redact.PartBody, Spans: []redact.Span{{Text: text}}}
	found, err := try(ctx, file, page)
	slices.SortStableFunc(found, func(x, y Tried) int { return cmp.Or(x.Start-y.Start, y.End-x.End) })
	return found, err
}

func triedKinds(ctx context.Context, file []byte, page redact.Page) (found []Tried, err error) {
	if file == nil {
		return nil, nil
	}
	set, err := custom.Parse(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	of := map[redact.Kind]redact.KindInfo{}
	for _, k := range set.Kinds() {
		of[k.ID] = k
	}
	fs, err := set.Detector().Detect(ctx, page)
	for _, f := range fs {
		found = append(found, Tried{f.Region.Start, f.Region.End, of[f.Kind].Name, of[f.Kind].Label})
	}
	return found, err
}

func triedWords(_ context.Context, file []byte, page redact.Page) (found []Tried, err error) {
	w, err := wordingWith(file)
	if err != nil {
		return nil, err
	}
	for _, c := range w.Clues(page, nil) {
		found = append(found, Tried{c.Region.Start, c.Region.End, c.Why, redact.Words{ZH: c.Instead, EN: c.Instead}})
	}
	return found, nil
}
