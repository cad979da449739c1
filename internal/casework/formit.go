package casework

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"consentry/redact"
)

// A Form is how one box is hidden; empty: by the case's style. A weaker form than
// a box can bear is no risk: whatever the attacks see through is written in a
// stronger one.
type Form string

// The forms.
const (
	FormSolid  Form = "solid"
	FormMosaic Form = "mosaic"
	FormBlur   Form = "blur"
)

// method is the form's method, or the style's; one that is not known fills.
func (f Form) method(style redact.Method) redact.Method {
	switch f {
	case "":
		return style
	case FormMosaic:
		return redact.Mosaic
	case FormBlur:
		return redact.Blur
	}
	return redact.Solid
}

// Formable reports whether a reviewer may choose how it is hidden. Words and
// codes are filled whatever is chosen: blurred, they can be read back.
func (it Item) Formable() bool {
	r := it.Finding.Region
	if r.IsText() || r.Part != redact.PartBody {
		return false
	}
	k := it.Holds()
	return k == redact.Face || k == redact.Logo
}

// MethodOf is how an item's box is hidden before any attack asks for more.
func (p *Plan) MethodOf(it *Item) redact.Method { return stronger{}.methodOf(it, p.Case.Style) }

func mayForm(it *Item, a *Answer) error {
	switch {
	case it == nil:
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	case !it.Formable():
		return fmt.Errorf("%w: words and codes are always filled", ErrAnswer)
	case a.Form != FormSolid && a.Form != FormMosaic && a.Form != FormBlur:
		return fmt.Errorf("%w: the form is solid, mosaic or blur", ErrAnswer)
	}
	return nil
}

// longestNote is how many runes a note may have.
const longestNote = 2000

func mayNote(it *Item, a *Answer) error {
	a.Note = strings.TrimSpace(a.Note)
	switch {
	case it == nil:
		return fmt.Errorf("%w: no such finding", ErrAnswer)
	case utf8.RuneCountInString(a.Note) > longestNote:
		return fmt.Errorf("%w: a note has at most %d characters", ErrAnswer, longestNote)
	}
	return nil
}

// NoteOn is the note on an item as it was written last, or nil. Notes are kept
// with the case, sealed, and are in no report.
func (c *Case) NoteOn(id string) *Answer {
	for i := len(c.Answers) - 1; i >= 0; i-- {
		if a := &c.Answers[i]; a.Action == NoteIt && a.Item == id {
			if a.Note == "" {
				return nil
			}
			return a
		}
	}
	return nil
}

// LookedAt is who looked through a page of an asset for what was missed, last; nil
// where nobody did.
func (c *Case) LookedAt(asset redact.Digest, page int) *Answer {
	for i := len(c.Answers) - 1; i >= 0; i-- {
		if a := &c.Answers[i]; a.Action == LookedAt && a.Asset == asset && a.Region.Page == page {
			return a
		}
	}
	return nil
}
