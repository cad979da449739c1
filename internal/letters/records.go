package letters

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"consentry/authz"
)

// Withdrawal makes the form with which a consent is withdrawn. The last lines are
// for whoever receives it and stay empty. The error is a *Missing where record id
// or contact is not given.
func Withdrawal(h authz.Handler, recordID, lang string) (Markdown, error) {
	return Fill("withdrawal", lang, Fields{"record_id": recordID, "withdrawal_contact": h.Contact})
}

// A Receipt tells a person or company what was recorded of their choice (ISO/IEC
// TS 27560).
type Receipt struct {
	Lang       string
	Vocabulary authz.Vocabulary
	Consent    authz.Consent
	Subject    authz.Subject
	Handler    authz.Handler
	Notice     authz.Notice // the one the consent points at
	On         time.Time    // when the receipt is made: later events are left out
	Zone       *time.Location
}

// Text makes the receipt. The error is a *Missing where the consent lacks what a
// receipt has to tell, an evidence among it.
func (r Receipt) Text() (Markdown, error) {
	if err := speaks(r.Lang); err != nil {
		return "", err
	}
	c := r.Consent
	if c.Subject != r.Subject.ID {
		return "", fmt.Errorf("the consent is of another subject")
	}
	t := Terms{
		Lang: r.Lang, Vocabulary: r.Vocabulary, Purposes: c.Purposes, Channels: c.Channels, Territories: c.Territories,
		Shows: c.Shows, Kinds: c.Kinds, From: c.From, Until: c.Until, Zone: r.Zone, Sensitive: c.Sensitive,
	}
	f, err := t.values(r.Handler)
	if err != nil {
		return "", fmt.Errorf("make the receipt: %w", err)
	}
	f["record_id"], f["date"] = string(c.ID), t.day(r.On)
	if len(r.Subject.Names) > 0 {
		f["subject_name"] = r.Subject.Names[0].Text
	}
	// A notice without a version is known by the day on which it was first given.
	f["notice_version"], f["notice_sha256"], f["evidence_sha256"] = cmp.Or(r.Notice.Version, t.day(r.Notice.GivenAt)), c.NoticeSHA256, c.Evidence
	f["given_by"] = words[r.Lang].givers[c.GivenBy]
	if len(c.Recipients) > 0 {
		f["recipient_list"] = strings.Join(c.Recipients, pick(r.Lang, "、", ", "))
	}
	for _, e := range slices.Backward(c.Events) {
		if e.At.After(r.On) {
			continue
		}
		term, _ := r.Vocabulary.States.Find(string(e.State))
		f["consent_state"], f["given_on"] = term.Label(r.Lang), t.day(e.At)
		break
	}
	return Fill("receipt", r.Lang, f)
}

// A Takedown asks a partner to take pieces down or replace them. It names nobody
// and gives no reason.
type Takedown struct {
	Lang         string
	ID           string
	Handler      authz.Handler
	Sender       string
	ReplyTo      string // the handler's contact where empty
	Partner      string
	Contract     string // number of the contract with the partner; none where empty
	Date, Due    time.Time
	Zone         *time.Location
	Pieces       []Piece
	Replacements []string // names of enclosed files; none where empty
}

// A Piece is something published or kept by a partner.
type Piece struct {
	Title  string
	Where  string
	SHA256 string // of the file, where known
	Ask    string // what is asked; take down or replace where empty
}

// Text makes the notice to the partner. The error is a *Missing.
func (t Takedown) Text() (Markdown, error) {
	if err := speaks(t.Lang); err != nil {
		return "", err
	}
	days := Terms{Zone: t.Zone}
	f := Fields{
		"takedown_id": t.ID, "date": days.day(t.Date), "takedown_due": days.day(t.Due), "partner_name": t.Partner,
		"partner_contract_no": t.Contract, "handler_name": t.Handler.Name, "handler_contact": t.Handler.Contact,
		"sender_name": t.Sender, "reply_address": t.ReplyTo, "replacement_list": lines(t.Replacements),
	}
	if t.ReplyTo == "" {
		f["reply_address"] = t.Handler.Contact
	}
	if len(t.Replacements) == 0 {
		f["replacement_list"] = none(t.Lang)
	}
	var rows []string
	for i, p := range t.Pieces {
		if p.Title == "" || p.Where == "" {
			return "", fmt.Errorf("piece %d has no title or no place", i+1)
		}
		rows = append(rows, row(p.Title, p.Where, or(p.SHA256, none(t.Lang)), or(p.Ask, words[t.Lang].takeDown)))
	}
	f["asset_rows"] = lines(rows)
	var sections []string
	if t.Contract != "" {
		sections = []string{"contract"}
	}
	return Fill("takedown-partner", t.Lang, f, sections...)
}

// A Certificate states what was hidden in files and how they were checked.
type Certificate struct {
	Lang         string
	ID           string
	Work         string
	Date         time.Time
	Zone         *time.Location
	RulePack     string // its version
	Program      string // its version
	Files        []CertifiedFile
	Pseudonymise bool // a mapping is kept: the result is still personal information
	Reasons      []string
	Result       string   // of the checks
	Attacks      []string // checks made
	Unverified   []string // parts that could not be checked; none where empty
	Operator     string
	Approver     string
	LedgerHead   string
}

// A CertifiedFile is one file of a certificate.
type CertifiedFile struct {
	Name           string
	Source, Output string // SHA-256, hex
	Pages          int
	Hidden, Kept   int // regions
}

// Text makes the certificate. The error is a *Missing.
func (c Certificate) Text() (Markdown, error) {
	if err := speaks(c.Lang); err != nil {
		return "", err
	}
	w := words[c.Lang]
	f := Fields{
		"certificate_id": c.ID, "work_title": c.Work, "date": Terms{Zone: c.Zone}.day(c.Date), "rulepack_version": c.RulePack,
		"program_version": c.Program, "redaction_mode": w.anonymised, "reason_summary": strings.Join(c.Reasons, pick(c.Lang, "；", "; ")),
		"verification_result": sentence(c.Result), "attack_list": lines(c.Attacks), "unverified_parts": strings.Join(c.Unverified, pick(c.Lang, "、", ", ")),
		"operator": c.Operator, "approver": c.Approver, "ledger_head": c.LedgerHead,
	}
	if c.Pseudonymise {
		f["redaction_mode"] = w.deidentified
	}
	if len(c.Unverified) == 0 {
		f["unverified_parts"] = none(c.Lang)
	}
	var rows []string
	for i, x := range c.Files {
		if x.Name == "" || x.Source == "" || x.Output == "" {
			return "", fmt.Errorf("file %d has no name or no digests", i+1)
		}
		rows = append(rows, row(x.Name, x.Source, x.Output, strconv.Itoa(x.Pages), strconv.Itoa(x.Hidden), strconv.Itoa(x.Kept)))
	}
	f["file_rows"] = lines(rows)
	return Fill("redaction-certificate", c.Lang, f)
}

// row is a table's row as a value of a field.
func row(cells ...string) string {
	for i, c := range cells {
		cells[i] = strings.Join(strings.Fields(c), " ")
	}
	return strings.Join(cells, "\t")
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
