package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"time"

	"consentry/authz"
)

// endOfTime is later than any event.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Export writes a sheet that Import reads back: one row a consent, one row a
// subject that has none; UTF-8 with a mark, so that spreadsheets show it right.
// Cells that a spreadsheet would run as formulas get an apostrophe. Problems are
// not written, nor are the texts of notices, nor when a subject was created.
func (s Sheet) Export(w io.Writer, b Batch) error {
	notices := map[string]authz.Notice{}
	for _, n := range b.Notices {
		notices[n.SHA256] = n
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("export sheet: %w", err)
	}
	out := csv.NewWriter(w)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.id
	}
	if err := out.Write(header); err != nil {
		return fmt.Errorf("export sheet: %w", err)
	}
	for _, subject := range b.Subjects {
		rows := []record{{subject: subject}}
		for _, c := range b.Consents {
			if c.Subject != subject.ID {
				continue
			}
			r := record{subject: subject, consent: c, notice: notices[c.NoticeSHA256], holds: true}
			if st := c.StateAt(endOfTime); len(c.Events) > 0 && s.Vocabulary.States.Has(string(st)) {
				r.state = st // for people; the history is what is read again
			}
			rows = append(rows, r)
		}
		if len(rows) > 1 {
			rows = rows[1:]
		}
		for _, r := range rows {
			if err := out.Write(s.cells(r)); err != nil {
				return fmt.Errorf("export sheet: %w", err)
			}
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("export sheet: %w", err)
	}
	return nil
}

func (s Sheet) cells(r record) []string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		if r.holds || !c.consent {
			cells[i] = guard(c.write(s, r))
		}
	}
	return cells
}
