package exchange

import (
	"bufio"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

// A Record is a consent with what a consent record of ISO/IEC TS 27560 says beside
// it. Without a Consent it is a subject alone.
type Record struct {
	Subject authz.Subject
	Consent authz.Consent
	Notice  authz.Notice
	Handler authz.Handler // who asked
}

// Records puts a batch together: a record for each consent, and one for each
// subject without.
func (b Batch) Records(h authz.Handler) []Record {
	notices, consents := b.index()
	var out []Record
	for _, s := range b.Subjects {
		if len(consents[s.ID]) == 0 {
			out = append(out, Record{Subject: s, Handler: h})
		}
		for _, i := range consents[s.ID] {
			c := b.Consents[i]
			out = append(out, Record{s, c, notices[c.NoticeSHA256], h})
		}
	}
	return out
}

// alone reports whether the record holds no consent.
func (r Record) alone() bool { return r.Consent.ID == "" }

// Missing lists the mandatory fields of ISO/IEC TS 27560 that the record leaves
// empty, by their names there. An organisation is no data subject: what is asked
// of notices and personal data is not missing for it.
func (r Record) Missing() []string {
	person := r.Subject.Kind == authz.Person
	c, h := r.Consent, r.Handler
	var out []string
	for _, f := range []struct {
		name  string
		empty bool
	}{
		{"record_id", c.ID == ""},
		{"pii_principal_id", r.Subject.ID == ""},
		{"privacy_notice", person && r.Notice.SHA256 == ""},
		{"language", person && r.Notice.Language == ""},
		{"purpose", len(c.Purposes) == 0},
		{"pii_information", len(c.Shows)+len(c.Kinds) == 0},
		{"pii_controllers", h.ID == ""},
		{"storage_locations", h.Storage == ""},
		{"withdrawal_method", h.Withdrawal == ""},
		{"party_name", h.Name == ""},
		{"party_address", h.Address == ""},
		{"party_contact", h.Contact == ""},
		{"event_state", len(c.Events) == 0},
		{"event_time", slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.At.IsZero() })},
		{"entity_id", c.GivenBy == "" && slices.ContainsFunc(c.Events, byGiver)},
	} {
		if f.empty {
			out = append(out, f.name)
		}
	}
	return out
}

// ErrRecord is given for a record without the ids that it is known by.
var ErrRecord = errors.New("a consent record needs the ids of its consent and its subject")

// ExportJSONLD writes consent records as JSON-LD: one as it is, several as a graph
// in which subjects, notices and handlers stand once. What a record leaves empty
// is left out; Missing lists it. It gives ErrRecord.
func (s Sheet) ExportJSONLD(w io.Writer, records ...Record) error {
	for _, r := range records {
		if r.Subject.ID == "" || r.alone() && r.Consent.Kind != "" {
			return ErrRecord
		}
	}
	var err error
	if len(records) == 1 && !records[0].alone() {
		one := s.record(records[0])
		one.Context = json.RawMessage(dpv.Context)
		err = indented(w, one)
	} else {
		err = s.graph(w, records)
	}
	if err != nil {
		return fmt.Errorf("export records: %w", err)
	}
	return nil
}

func indented(w io.Writer, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}

// graph writes a node a line.
func (s Sheet) graph(w io.Writer, records []Record) error {
	out := bufio.NewWriterSize(w, 64<<10)
	fmt.Fprintf(out, "{\"@context\":%s,\n\"@graph\":[", dpv.Context)
	separator := "\n"
	put := func(node any) error {
		b, err := json.Marshal(node)
		if err != nil {
			return err
		}
		_, err = out.WriteString(separator)
		separator = ",\n"
		if err == nil {
			_, err = out.Write(b)
		}
		return err
	}
	seen := map[string]bool{}
	once := func(id string, node any) error {
		if seen[id] {
			return nil
		}
		seen[id] = true
		return put(node)
	}
	for _, r := range records {
		subject := subjectNode(r.Subject)
		if err := once(subject.ID, subject); err != nil {
			return err
		}
		if r.alone() {
			continue
		}
		node := s.record(r)
		for _, e := range node.Entities {
			if err := once(e.ID, e); err != nil {
				return err
			}
		}
		if node.Notice != nil {
			if err := once(node.Notice.ID, node.Notice); err != nil {
				return err
			}
			node.Notice = &dpv.Notice{ID: node.Notice.ID}
		}
		if node.DataSubject != nil {
			node.DataSubject = &dpv.Subject{ID: subject.ID}
		} else {
			node.Organisation = &dpv.Subject{ID: subject.ID}
		}
		node.Entities = nil
		if err := put(node); err != nil {
			return err
		}
	}
	if _, err := out.WriteString("\n]}\n"); err != nil {
		return err
	}
	return out.Flush()
}

// ExportReceipt writes a receipt for the person: a copy of the record as of an
// instant, without what is only ours: the note, what else is known of the
// subject, and who of us recorded an event. It gives ErrRecord.
func (s Sheet) ExportReceipt(w io.Writer, r Record, at time.Time) error {
	if r.Subject.ID == "" || r.alone() {
		return ErrRecord
	}
	r.Subject = authz.Subject{ID: r.Subject.ID, Kind: r.Subject.Kind, Age: r.Subject.Age, Guardian: r.Subject.Guardian,
		Names: r.Subject.Names[:min(1, len(r.Subject.Names))]}
	r.Consent.Events = slices.Clone(r.Consent.Events)
	for i := range r.Consent.Events {
		r.Consent.Events[i].By, r.Consent.Events[i].Reason = "", ""
	}
	id := uuid("receipt " + string(r.Consent.ID) + " " + at.UTC().Format(time.RFC3339Nano))
	err := indented(w, dpv.Receipt{
		Context: json.RawMessage(dpv.Context), ID: "urn:uuid:" + id, Type: dpv.One[string]{dpv.TypeReceipt}, Identifier: id,
		ConformsTo: dpv.ReceiptSchema, Created: dpv.Time{Time: at}, Record: s.record(r),
	})
	if err != nil {
		return fmt.Errorf("export receipt: %w", err)
	}
	return nil
}

// iri makes an identifier of ours one of the web; the kinds are subject, notice,
// handler.
func iri(kind, id string) string { return "urn:consentry:" + kind + ":" + url.PathEscape(id) }

// fromIRI reads it again, or gives an empty text.
func fromIRI(kind, s string) string {
	rest, ok := strings.CutPrefix(s, "urn:consentry:"+kind+":")
	id, err := url.PathUnescape(rest)
	if !ok || err != nil {
		return ""
	}
	return id
}

var uuidForm = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

// uuid makes a UUID of a text, always the same (RFC 9562, version 8), or gives the
// one it is.
func uuid(s string) string {
	if uuidForm.MatchString(s) {
		return s
	}
	b := sha256.Sum256([]byte("consentry " + s))
	b[6], b[8] = b[6]&0x0f|0x80, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:16])
}
