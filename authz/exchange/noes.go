package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// A No is a line of a table of withdrawals or refusals, as a service desk keeps
// one. Subject is whatever the line knows the person by: id, name, phone, e-mail.
type No struct {
	Line     int
	Subject  string
	Consent  authz.ConsentID // empty: everything
	Intake   string
	Received time.Time // zero: now
	Reason   string
}

// noColumns are the columns of such a table, in both languages.
var noColumns = map[string]string{
	"subject": "subject", "对象": "subject", "编号": "subject", "id": "subject", "name": "subject", "姓名": "subject", "名称": "subject",
	"phone": "subject", "手机": "subject", "电话": "subject", "email": "subject", "e-mail": "subject", "邮箱": "subject",
	"consent": "consent", "consent_id": "consent", "同意编号": "consent",
	"intake": "intake", "途径": "intake", "撤回途径": "intake",
	"received": "received", "received_at": "received", "收到日期": "received", "撤回日期": "received", "withdrawn_at": "received",
	"reason": "reason", "原因": "reason", "备注": "reason",
}

// ErrNoSubject is given for a table of noes that has no column for whom.
var ErrNoSubject = errors.New("the first row has to name a column for the subject: id, name, phone or e-mail")

// Noes reads a table of withdrawals or refusals, a CSV file or a workbook. Of
// several columns for whom, the first that is filled in counts. What is wrong with
// a day is a problem, but the no counts, from now; a line without a subject is a
// problem and is left out. Errors are ErrNoSubject and those of ImportFile.
func (s Sheet) Noes(name string, r io.ReaderAt, size int64) ([]No, []Problem, error) {
	noes, problems, err := s.noes(name, r, size)
	if err != nil {
		return nil, nil, fmt.Errorf("read the table: %w", err)
	}
	return noes, problems, nil
}

func (s Sheet) noes(name string, r io.ReaderAt, size int64) (noes []No, problems []Problem, err error) {
	if size > MaxBytes {
		return nil, nil, ErrTooLarge
	}
	format, err := Sniff(name, r, size)
	if err != nil {
		return nil, nil, err
	}
	if format != CSV && format != XLSX {
		return nil, nil, ErrFormat
	}
	g, done, err := openGrid(format, r, size)
	if err != nil {
		return nil, nil, err
	}
	defer done()
	s.memo = newMemo()
	var columns []string
	for {
		line, cells, err := g.next()
		switch {
		case err == io.EOF && columns == nil:
			return nil, nil, ErrNoSubject
		case err == io.EOF:
			return noes, problems, nil
		case len(noes) >= MaxRows:
			return nil, nil, ErrRows
		case errors.Is(err, BadQuotes):
			problems = append(problems, Problem{Line: line, Reason: BadQuotes, Skipped: true})
			continue
		case err != nil:
			return nil, nil, err
		}
		if columns == nil {
			for _, h := range cells {
				columns = append(columns, noColumns[authz.FoldName(unguard(strings.TrimSpace(h)))])
			}
			if !slices.Contains(columns, "subject") {
				return nil, nil, ErrNoSubject
			}
			continue
		}
		n, filled, dated := s.no(line, columns, cells)
		if !dated {
			problems = append(problems, Problem{Line: line, Column: "received", Reason: NotADay})
		}
		switch {
		case n.Subject != "":
			noes = append(noes, n)
		case filled:
			problems = append(problems, Problem{Line: line, Column: "subject", Reason: Empty, Skipped: true})
		}
	}
}

// no reads a line; dated is false where it has a day that cannot be read.
func (s Sheet) no(line int, columns, cells []string) (n No, filled, dated bool) {
	n.Line, dated = line, true
	for i, cell := range cells {
		if cell = strings.TrimSpace(unguard(strings.TrimSpace(cell))); cell == "" || i >= len(columns) {
			continue
		}
		filled = true
		switch columns[i] {
		case "subject":
			if n.Subject == "" {
				n.Subject = cell
			}
		case "consent":
			n.Consent = authz.ConsentID(cell)
		case "intake":
			n.Intake = cell
		case "reason":
			n.Reason = cell
		case "received":
			at, _, err := s.day(cell)
			n.Received, dated = at, err == nil
		}
	}
	return n, filled, dated
}
