package letters

import "errors"

// Why a form is not made, besides [Missing] and [ErrGlyph]; the texts around them say
// which part of it is meant.
var (
	ErrNoticeText     = errors.New("the notice has no text, or another than its SHA-256 says")
	ErrNoticeLanguage = errors.New("the notice is in another language than the form")
	ErrNoticeLacks    = errors.New("the notice does not tell all that is asked for") // PIPL 17
	ErrPeople         = errors.New("a company's authorization does not cover its people")
	ErrPeriod         = errors.New("the period has no whole day")
	ErrRecipient      = errors.New("a recipient is not said in full") // PIPL 23, 39
	ErrValue          = errors.New("a value cannot stand on a form")
)
