package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
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

// Noes reads a table of withdrawals or refusals. Of several columns for whom, the
// first that is filled in counts. What is wrong with a day is a problem, but the
// no counts, from now; a line without a subject is a problem and is left out.
func (s Sheet) Noes(r io.Reader) ([]No, []Problem, error) {
	text, err := decode(r)
	if err != nil {
		return nil, nil, fmt.Errorf("read the table: %w", err)
	}
	c := csv.NewReader(strings.NewReader(text))
	c.Comma, c.FieldsPerRecord = delimiter(text), -1
	head, err := c.Read()
	if err != nil {
		return nil, nil, ErrNoSubject
	}
	columns, found := make([]string, len(head)), false
	for i, h := range head {
		columns[i] = noColumns[authz.FoldName(unguard(strings.TrimSpace(h)))]
		found = found || columns[i] == "subject"
	}
	if !found {
		return nil, nil, ErrNoSubject
	}
	var noes []No
	var problems []Problem
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return noes, problems, nil
		}
		if len(noes) >= MaxRows {
			return nil, nil, fmt.Errorf("read the table: more than %d rows", MaxRows)
		}
		if err != nil {
			line := 0
			if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
				line = pe.StartLine
			}
			problems = append(problems, Problem{Line: line, Reason: "a quotation mark is missing or misplaced; rows up to the next one may be lost", Skipped: true})
			continue
		}
		n := No{}
		n.Line, _ = c.FieldPos(0)
		filled := false
		for i, cell := range cells {
			cell = strings.TrimSpace(unguard(strings.TrimSpace(cell)))
			if cell == "" || i >= len(columns) {
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
				if n.Received, _, err = s.day(cell); err != nil {
					problems = append(problems, Problem{Line: n.Line, Column: "received", Reason: err.Error()})
				}
			}
		}
		switch {
		case n.Subject != "":
			noes = append(noes, n)
		case filled:
			problems = append(problems, Problem{Line: n.Line, Column: "subject", Reason: errEmpty.Error(), Skipped: true})
		}
	}
}
