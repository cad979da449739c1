package state

import "errors"

// A Why says in one word why something was not done. The window's words for it stand
// under wrong. and that word: what it is, and what to do.
type Why string

// Those that the window goes by; whoever implements its backend knows more.
const (
	NoCode Why = "nocode" // no code of a form of ours can be read on a file
)

// A Trouble is an error with the word for it, none where nobody foresaw it.
type Trouble struct {
	Why Why
	// Fields says what a form lacks, in a language; nil where it is something else.
	Fields func(lang string) string
	// Details tell somebody who helps what happened: no names of files or people.
	Details string
	Err     error
}

func (t *Trouble) Error() string { return t.Err.Error() }

func (t *Trouble) Unwrap() error { return t.Err }

// WhyOf is the word for an error; empty where there is none.
func WhyOf(err error) Why {
	if t := (*Trouble)(nil); errors.As(err, &t) {
		return t.Why
	}
	return ""
}

// DetailsOf are what tells somebody who helps what happened; empty where the window's
// words say all there is to say.
func DetailsOf(err error) string {
	if t := (*Trouble)(nil); errors.As(err, &t) {
		return t.Details
	}
	return ""
}

// FieldsOf are what a form lacks, in a language.
func FieldsOf(err error, lang string) string {
	if t := (*Trouble)(nil); errors.As(err, &t) && t.Fields != nil {
		return t.Fields(lang)
	}
	return ""
}
