// Package demo is the sample case: two case studies, a brochure, an interview in
// Word, a note that asks about namesakes, and a registry. The texts are this project's own; all people,
// companies and numbers are invented.
package demo

import "embed"

// Files are the sample's files. expected.json says what becomes of whom.
//
//go:embed *.md *.txt *.csv *.json *.pdf *.docx evidence
var Files embed.FS
