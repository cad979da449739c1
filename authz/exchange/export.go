package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/xlsx"
)

// endOfTime is later than any event.
var endOfTime = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// Export writes a sheet that Import reads back: one row a consent, one row a
// subject that has none; UTF-8 with a mark, so that spreadsheets show it right.
// Cells that a spreadsheet would run as formulas get an apostrophe. Problems are
// not written, nor are the texts of notices, nor when a subject was created, nor
// the spellings that the program makes of names.
func (s Sheet) Export(w io.Writer, b Batch) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("export sheet: %w", err)
	}
	out := csv.NewWriter(w)
	err := s.rows(b, func(cells []string) error {
		for i, c := range cells {
			cells[i] = guard(c)
		}
		return out.Write(cells)
	})
	if out.Flush(); err == nil {
		err = out.Error()
	}
	if err != nil {
		return fmt.Errorf("export sheet: %w", err)
	}
	return nil
}

// ExportXLSX writes what Export writes as a workbook of one sheet. Every cell is
// text: none is a formula, and no telephone number loses its digits. It gives
// xlsx.ErrCell for a text that no cell holds.
func (s Sheet) ExportXLSX(w io.Writer, b Batch) error {
	x, err := xlsx.NewWriter(w, "registry")
	if err == nil {
		err = s.rows(b, func(cells []string) error {
			for i, c := range cells {
				if strings.HasPrefix(c, "'") { // reading takes one off
					cells[i] = guard(c)
				}
			}
			return x.Write(cells)
		})
	}
	if err == nil {
		err = x.Close()
	}
	if err != nil {
		return fmt.Errorf("export workbook: %w", err)
	}
	return nil
}

// index gives the notices by their digest, and the consents of each subject by
// their place in the batch.
func (b Batch) index() (map[string]authz.Notice, map[authz.SubjectID][]int) {
	notices := map[string]authz.Notice{}
	for _, n := range b.Notices {
		notices[n.SHA256] = n
	}
	consents := map[authz.SubjectID][]int{}
	for i, c := range b.Consents {
		consents[c.Subject] = append(consents[c.Subject], i)
	}
	return notices, consents
}

// rows gives the names of the columns and then each row. The cells are good until
// the next.
func (s Sheet) rows(b Batch, write func([]string) error) error {
	notices, consents := b.index()
	var written []column
	for _, c := range columns {
		if !c.foreign {
			written = append(written, c)
		}
	}
	cells := make([]string, len(written))
	for i, c := range written {
		cells[i] = c.id
	}
	if err := write(cells); err != nil {
		return err
	}
	row := func(r *record) error {
		if len(r.subject.Names) > 0 {
			r.script = r.subject.Names[0].Script
		}
		for i, c := range written {
			if cells[i] = ""; r.holds || !c.consent {
				cells[i] = c.write(s, r)
			}
		}
		return write(cells)
	}
	for _, subject := range b.Subjects {
		if len(consents[subject.ID]) == 0 {
			if err := row(&record{subject: subject}); err != nil {
				return err
			}
		}
		for _, i := range consents[subject.ID] {
			c := b.Consents[i]
			n := notices[c.NoticeSHA256]
			r := record{subject: subject, consent: &c, notice: &n, holds: true}
			if st := c.StateAt(endOfTime); len(c.Events) > 0 && s.Vocabulary.States.Has(string(st)) {
				r.state = st // for people; the history is what is read again
			}
			if err := row(&r); err != nil {
				return err
			}
		}
	}
	return nil
}
