package state

import (
	"time"

	"consentry/authz"
)

// A NoTable is a table of withdrawals, or of refusals, as it was looked at.
type NoTable struct {
	Lines    []NoLine
	Problems []string // of the table itself, in the window's language
	Releases []string // titles of those that lean on somebody in it
	SHA256   string   // of the file
}

// A NoLine is a line of one.
type NoLine struct {
	Line     int
	Who      string          // as the registry calls them
	Only     authz.ConsentID // of that record; empty: of everything
	Received time.Time       // zero: now
	Err      error           // why it is not recorded; nil: it is
}

// Recorded are the lines that are recorded, and Left those that are not.
func (t NoTable) Recorded() []NoLine { return t.lines(true) }

// Left are the lines that are not recorded.
func (t NoTable) Left() []NoLine { return t.lines(false) }

func (t NoTable) lines(good bool) (ls []NoLine) {
	for _, l := range t.Lines {
		if (l.Err == nil) == good {
			ls = append(ls, l)
		}
	}
	return ls
}

// ClosedMany is what the lines of a table did.
type ClosedMany struct {
	Lines, Consents int
	Left            []NoLine // that were not recorded
}
