package generalise

import "consentry/redact/generalise/grammar"

// An Edit puts a text in the place of a run of runes.
type Edit = grammar.Edit

// Smooth mends the grammar around edits of one text, telling no gender:
// grammar.Smooth.
func Smooth(text []rune, edits []Edit) []Edit { return grammar.Smooth(text, edits) }
