package exchange

import (
	"time"

	"consentry/authz"
)

// Limits of what is read.
const (
	MaxBytes = 256 << 20 // of a file
	MaxRows  = 600_000   // below the names of the columns; cards; records
	MaxName  = 200       // characters of a name
	MaxCell  = 20_000    // characters of any other cell
)

// A Sheet reads and writes registries. It never writes to one.
type Sheet struct {
	// Vocabulary is the rule pack's: words that it does not list are problems.
	Vocabulary authz.Vocabulary
	// Zone is where a day begins and ends; nil is Asia/Shanghai.
	Zone *time.Location
	// Handlers are the ids of the handlers that are us. What a consent record says
	// was given to anybody else is read as a partner's.
	Handlers []string

	memo *memo // while one file is read
}

// China is Asia/Shanghai, the zone of days where none is given. It is fixed, so
// that it needs no time-zone database.
var China = time.FixedZone("Asia/Shanghai", 8*60*60)

func (s Sheet) zone() *time.Location {
	if s.Zone == nil {
		return China
	}
	return s.Zone
}

// A Batch is what a file holds. Nothing of it is in a registry yet.
type Batch struct {
	Subjects []authz.Subject
	Consents []authz.Consent
	Notices  []authz.Notice // digest, dates and items; the text is not in a sheet
	Problems []Problem      // by line
}
