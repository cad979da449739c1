package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/piprate/json-gold/ld"

	"consentry/authz"
	"consentry/authz/exchange/dpv"
)

var handler = authz.Handler{ID: "h-1", Name: "慎发测试有限公司", Address: "上海市 1 号", Contact: "privacy@example.com", Officer: "周", Storage: "上海",
	Withdrawal: "mail to privacy@example.com", Rights: "likewise"}

// ours reads records of our own handler.
func ours(t testing.TB) Sheet {
	s := sheet(t)
	s.Handlers = []string{"h-1"}
	return s
}

func exported(t testing.TB, records ...Record) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := sheet(t).ExportJSONLD(&buf, records...); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func importedBy(t testing.TB, s Sheet, b []byte) Batch {
	t.Helper()
	batch, err := s.ImportFile("", bytes.NewReader(b), int64(len(b)), nil)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// recorded is what JSON-LD keeps of everything: states are the ten, and a record
// without events is unknown.
func recorded() Batch {
	b := everything()
	b.Consents[0].CollectedBy = "us"
	b.Consents[2].Events[0].State = authz.Invalidated
	b.Subjects[0].Names[2].Use = "alias"
	return b
}

func TestRecordsRoundTrip(t *testing.T) {
	want := recorded()
	got := importedBy(t, ours(t), exported(t, want.Records(handler)...))
	for _, p := range got.Problems {
		if p.Skipped || p.Column != "state" || p.Reason != Empty {
			t.Errorf("problem %s", p)
		}
	}
	for i := range got.Consents {
		if c := &got.Consents[i]; c.ID == "c-2" {
			c.Events = nil
		}
	}
	same(t, got, want)
	// One record alone.
	for _, r := range recorded().Records(handler) {
		if r.alone() {
			continue
		}
		one := importedBy(t, ours(t), exported(t, r))
		for i := range one.Consents {
			if one.Consents[i].ID == "c-2" {
				one.Consents[i].Events = nil
			}
		}
		expect := Batch{Subjects: []authz.Subject{r.Subject}, Consents: []authz.Consent{r.Consent}}
		if r.Consent.NoticeSHA256 != "" {
			expect.Notices = []authz.Notice{r.Notice}
		}
		same(t, one, expect)
	}
}

// vocabulary is the list of DPV's terms.
func vocabulary(t *testing.T) map[string]bool {
	t.Helper()
	b, err := os.ReadFile("testdata/dpv-2.3-terms.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for l := range strings.Lines(string(b)) {
		prefix, name, ok := strings.Cut(strings.TrimSpace(l), ":")
		switch {
		case !ok || strings.HasPrefix(l, "#"):
		case prefix == "dpv":
			known["https://w3id.org/dpv#"+name] = true
		default:
			known["https://w3id.org/dpv/"+prefix+"#"+name] = true
		}
	}
	if len(known) < 1000 {
		t.Fatalf("only %d terms", len(known))
	}
	return known
}

// others are the terms of other vocabularies that DPV's guide to consent records
// uses, and of RDF itself.
var others = map[string]bool{
	"http://purl.org/dc/terms/identifier": true, "http://purl.org/dc/terms/conformsTo": true, "http://purl.org/dc/terms/language": true, "http://purl.org/dc/terms/date": true,
	"http://purl.org/dc/terms/title": true, "http://purl.org/dc/terms/created": true, "http://purl.org/dc/terms/modified": true,
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#value": true, "http://www.w3.org/2004/02/skos/core#broader": true, "http://www.w3.org/2004/02/skos/core#prefLabel": true,
	"http://www.w3.org/2001/XMLSchema#dateTime":    true,
	"https://w3id.org/dpv/schema/dpv-27560#record": true, "https://w3id.org/dpv/schema/dpv-27560#receipt": true,
}

// offline loads nothing: every document has its context in it.
type offline struct{ t *testing.T }

func (o offline) LoadDocument(u string) (*ld.RemoteDocument, error) {
	o.t.Errorf("a document asks for %s", u)
	return nil, errors.New("offline")
}

func expand(t *testing.T, b []byte) any {
	t.Helper()
	var doc any
	if err := json.Unmarshal(b, &doc); err != nil {
		t.Fatal(err)
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = offline{t}
	out, err := ld.NewJsonLdProcessor().Expand(doc, options)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Another processor expands what is written, and every term is one of DPV's, of
// its guide's, or ours.
func TestRecordsExpand(t *testing.T) {
	known := vocabulary(t)
	documented, err := os.ReadFile("../../docs/exchange.md")
	if err != nil {
		t.Fatal(err)
	}
	var properties int
	var walk func(v any)
	check := func(iri string) {
		properties++
		switch name, our := strings.CutPrefix(iri, dpv.Namespace); {
		case our:
			name, _, _ = strings.Cut(name, ":")
			if !strings.Contains(string(documented), "`"+name) {
				t.Errorf("our term %s is not in docs/exchange.md", name)
			}
		case !known[iri] && !others[iri]:
			t.Errorf("%s is no term of DPV", iri)
		}
	}
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for k, e := range v {
				switch k {
				case "@id":
					if id := e.(string); !strings.HasPrefix(id, "urn:uuid:") && !strings.HasPrefix(id, "urn:consentry:") || strings.HasPrefix(id, dpv.Namespace) {
						check(id)
					}
				case "@type":
					if ts, ok := e.([]any); ok {
						for _, one := range ts {
							check(one.(string))
						}
					} else {
						check(e.(string))
					}
				case "@value", "@language":
				case "@list", "@graph", "@set":
					walk(e)
				default:
					check(k)
					walk(e)
				}
			}
		}
	}
	b := recorded()
	for _, e := range []authz.State{authz.Renewed, authz.Unknown, authz.Deferred, authz.Refused, authz.Expired, authz.Terminated} {
		b.Consents[0].Events = append(b.Consents[0].Events, authz.Event{State: e, At: day8("2026-05-01")})
	}
	rs := b.Records(handler)
	walk(expand(t, exported(t, rs...)))
	walk(expand(t, exported(t, rs[0])))
	var buf bytes.Buffer
	if err := sheet(t).ExportReceipt(&buf, rs[0], day8("2026-05-01")); err != nil {
		t.Fatal(err)
	}
	walk(expand(t, buf.Bytes()))
	if properties < 300 {
		t.Errorf("only %d terms seen", properties)
	}
	// Nothing that JSON says is lost in expanding: a term that is not defined would
	// be.
	var doc map[string]any
	if err := json.Unmarshal(exported(t, rs[0]), &doc); err != nil {
		t.Fatal(err)
	}
	expanded := expand(t, exported(t, rs[0])).([]any)[0].(map[string]any)
	if len(expanded) != len(doc)-1 {
		t.Errorf("%d properties expand to %d", len(doc)-1, len(expanded))
	}
}

// The mandatory fields of the standard, each where DPV's guide has it.
func TestRecordFields(t *testing.T) {
	r := recorded().Records(handler)[0]
	if m := r.Missing(); len(m) > 0 {
		t.Errorf("missing %v", m)
	}
	var doc map[string]any
	if err := json.Unmarshal(exported(t, r), &doc); err != nil {
		t.Fatal(err)
	}
	get := func(path string) any {
		var v any = doc
		for _, step := range strings.Split(path, "/") {
			if list, ok := v.([]any); ok && len(list) > 0 {
				v = list[0]
			}
			m, ok := v.(map[string]any)
			if !ok {
				return nil
			}
			v = m[step]
		}
		return v
	}
	for field, path := range map[string]string{
		"schema_version": "dct:conformsTo", "record_id": "dct:identifier", "pii_principal_id": "dpv:hasDataSubject/dct:identifier",
		"privacy_notice": "dpv:hasNotice/@id", "language": "dpv:hasNotice/dct:language", "purpose": "dpv:hasProcess/dpv:hasPurpose/@id",
		"pii_information": "dpv:hasProcess/dpv:hasPersonalData/@id", "pii_controllers": "dpv:hasDataController",
		"storage_locations": "dpv:hasProcess/dpv:hasStorageCondition/dpv:hasLocation", "retention_period": "dpv:hasProcess/dpv:hasStorageCondition",
		"jurisdiction": "dpv:hasJurisdiction", "recipient_third_parties": "dpv:hasProcess/dpv:hasRecipientThirdParty/dpv:hasName",
		"withdrawal_method": "dpv:hasConsentControl/dpv:isExercisedAt", "lawful_basis": "dpv:hasLegalBasis",
		"party_id": "dpv:hasEntity/@id", "party_name": "dpv:hasEntity/dpv:hasName", "party_address": "dpv:hasEntity/dpv:hasAddress",
		"party_contact": "dpv:hasEntity/dpv:hasContact", "party_type": "dpv:hasEntity/consentry:partyType",
		"event_time": "dpv:hasConsentStatus/dpv:isIndicatedAtTime", "validity_duration": "dpv:hasConsentStatus/dpv:hasDuration/@type",
		"entity_id": "dpv:hasConsentStatus/dpv:isIndicatedBy", "event_type": "dpv:hasConsentStatus/@type", "event_state": "dpv:hasConsentStatus/@type",
	} {
		if v := get(path); v == nil || fmt.Sprint(v) == "" {
			t.Errorf("%s is not at %s", field, path)
		}
	}
	if id := doc["dct:identifier"].(string); !uuidForm.MatchString(id) || doc["@id"] != "urn:uuid:"+id {
		t.Errorf("record_id %s", id)
	}
	if v := get("dpv:hasProcess/dpv:hasPurpose/@id"); v != "consentry:purpose:case-study" {
		t.Errorf("purpose %v", v)
	}
	if m := (Record{Subject: authz.Subject{Kind: authz.Person}}).Missing(); len(m) != 13 {
		t.Errorf("of nothing %d fields are missing: %v", len(m), m)
	}
	if u := "0b8e9c70-0000-4000-8000-000000000001"; uuid(u) != u || uuid("c-1") == uuid("c-2") {
		t.Error("ids")
	}
}

// A grant that comes without notice, purpose or evidence is unknown, in whatever
// event it stands; a no stays one.
func TestRecordsLack(t *testing.T) {
	base := func() Record {
		r := recorded().Records(handler)[0]
		r.Consent.Events = r.Consent.Events[:2] // requested, given
		return r
	}
	if got := importedBy(t, ours(t), exported(t, base())).Consents[0].StateAt(endOfTime); got != authz.Given {
		t.Fatalf("a whole record: %s", got)
	}
	for name, change := range map[string]func(*Record){
		"no notice":          func(r *Record) { r.Consent.NoticeSHA256 = "" },
		"no day of notice":   func(r *Record) { r.Notice.GivenAt = time.Time{} },
		"notice afterwards":  func(r *Record) { r.Notice.GivenAt = day8("2027-01-01") },
		"no purpose":         func(r *Record) { r.Consent.Purposes = nil },
		"no evidence":        func(r *Record) { r.Consent.Evidence = "" },
		"no day":             func(r *Record) { r.Consent.Events[1].At = time.Time{} },
		"a state of nothing": func(r *Record) { r.Consent.Events[1].State = "agreed" },
	} {
		r := base()
		change(&r)
		b := importedBy(t, ours(t), exported(t, r))
		if len(b.Consents) != 1 || b.Consents[0].StateAt(endOfTime).Valid() {
			t.Errorf("%s: %+v", name, b.Consents)
		}
		r.Consent.Events = append(r.Consent.Events, authz.Event{State: authz.Withdrawn, At: day8("2026-04-01")})
		if b := importedBy(t, ours(t), exported(t, r)); b.Consents[0].StateAt(endOfTime) != authz.Withdrawn {
			t.Errorf("%s: a withdrawal is lost", name)
		}
	}
}

// What was given to another handler is a partner's.
func TestRecordsOfOthers(t *testing.T) {
	r := recorded().Records(handler)[0]
	for name, s := range map[string]Sheet{"zero": sheet(t), "another": {Vocabulary: pack(t).Vocabulary, Handlers: []string{"h-2", ""}}} {
		b := importedBy(t, s, exported(t, r))
		if b.Consents[0].CollectedBy != "partner" || !slices.ContainsFunc(b.Problems, func(p Problem) bool { return p.Reason == OtherController && !p.Skipped }) {
			t.Errorf("%s: collected by %s, problems %v", name, b.Consents[0].CollectedBy, b.Problems)
		}
	}
	r.Handler = authz.Handler{}
	if b := importedBy(t, sheet(t), exported(t, r)); b.Consents[0].CollectedBy != "partner" {
		t.Errorf("nobody's: collected by %s", b.Consents[0].CollectedBy)
	}
}

// A record that cannot be read holds its subject back, since it may be a no.
func TestRecordsProblems(t *testing.T) {
	doc := string(exported(t, recorded().Records(handler)...))
	for name, c := range map[string]struct {
		old, new string
		left     int
	}{
		"a number for a text":   {`"consentry:givenBy":"guardian"`, `"consentry:givenBy":7`, 2},
		"a word not ours":       {`"consentry:givenBy":"guardian"`, `"consentry:givenBy":"x"`, 3}, // it ends in a no, which goes in
		"a state not ours":      {`dpv:ConsentRequested`, `dpv:ConsentDreamt`, 2},
		"an age not ours":       {`"consentry:age":"under-14"`, `"consentry:age":"old"`, 2},
		"an unreadable subject": {`"consentry:age":"under-14"`, `"consentry:age":14`, 2},
	} {
		b := importedBy(t, ours(t), []byte(strings.Replace(doc, c.old, c.new, 1)))
		if len(b.Subjects) != c.left || len(b.Problems) == 0 {
			t.Errorf("%s: %d subjects, problems %v", name, len(b.Subjects), b.Problems)
		}
		for _, p := range b.Problems {
			if p.Line < 2 || strings.Contains(p.String(), "under-14") {
				t.Errorf("%s: problem %s", name, p)
			}
		}
	}
	for name, c := range map[string]struct {
		doc  string
		want error
	}{
		"no context":      {`{"@type":"dpv:ConsentRecord"}`, ErrContext},
		"another context": {strings.Replace(doc, "https://w3id.org/dpv#", "https://example.com/dpv#", 1), ErrContext},
		"a remote one":    {`{"@context":"https://example.com/c.jsonld","@graph":[]}`, ErrContext},
		"cut off":         {doc[:len(doc)/2], ErrFormat},
		"a list":          {"[]", ErrFormat},
		"two":             {doc + doc, ErrFormat},
		"empty":           {"{", ErrFormat},
	} {
		if _, err := ours(t).ImportFile("a.jsonld", strings.NewReader(c.doc), int64(len(c.doc)), nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	var buf bytes.Buffer
	if err := sheet(t).ExportReceipt(&buf, recorded().Records(handler)[0], day8("2026-05-01")); err != nil {
		t.Fatal(err)
	}
	if b := importedBy(t, ours(t), buf.Bytes()); len(b.Subjects) > 0 || len(b.Problems) != 1 || b.Problems[0].Reason != NotImported {
		t.Errorf("a receipt: %+v", b)
	}
	if err := sheet(t).ExportJSONLD(&buf, Record{}); !errors.Is(err, ErrRecord) {
		t.Error(err)
	}
	if err := sheet(t).ExportReceipt(&buf, Record{Subject: authz.Subject{ID: "s"}}, day8("2026-05-01")); !errors.Is(err, ErrRecord) {
		t.Error(err)
	}
}

// A receipt tells the person what was agreed, and nothing that is only ours.
func TestReceipt(t *testing.T) {
	var buf bytes.Buffer
	r := recorded().Records(handler)[0]
	if err := sheet(t).ExportReceipt(&buf, r, day8("2026-05-01")); err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{"second line", "+86 138", "recordedBy", "confidential", "冷链"} {
		if strings.Contains(buf.String(), hidden) {
			t.Errorf("the receipt tells %q", hidden)
		}
	}
	for _, shown := range []string{"dpv:ConsentReceipt", "客户案例", "customer case study", handler.Withdrawal, handler.Name, "欧阳星野", bb} {
		if !strings.Contains(buf.String(), shown) {
			t.Errorf("the receipt lacks %q", shown)
		}
	}
	if r.Consent.Events[0].By == "" || len(r.Subject.Contacts) == 0 {
		t.Error("making a receipt changes the record")
	}
}

// FuzzRecords: any JSON gives a batch or an error; no valid consent comes in
// without what a grant needs.
func FuzzRecords(f *testing.F) {
	s := ours(f)
	rs := recorded().Records(handler)
	prefix := `{"@context":` + dpv.Context + ",\n"
	for _, r := range [][]Record{rs, rs[:1]} {
		b := exported(f, r...)
		var doc map[string]json.RawMessage
		if err := json.Unmarshal(b, &doc); err != nil {
			f.Fatal(err)
		}
		delete(doc, "@context")
		b, err := json.Marshal(doc)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b[1:]))
	}
	f.Fuzz(func(t *testing.T, rest string) {
		doc := prefix + rest
		b, err := s.ImportFile("", strings.NewReader(doc), int64(len(doc)), nil)
		if err != nil {
			return
		}
		people := map[authz.SubjectID]authz.Subject{}
		for _, s := range b.Subjects {
			if s.ID == "" || len(s.Names) == 0 {
				t.Fatal("a subject without id or name")
			}
			people[s.ID] = s
		}
		for _, c := range b.Consents {
			if _, ok := people[c.Subject]; !ok || c.ID == "" {
				t.Fatal("a consent of nobody")
			}
			if c.StateAt(endOfTime).Valid() && (c.Evidence == "" || c.Kind == "publish" && len(c.Purposes) == 0 || c.NoticeSHA256 == "" && people[c.Subject].Kind == authz.Person) {
				t.Fatal("a grant without what it needs")
			}
		}
		var buf bytes.Buffer
		if err := s.ExportJSONLD(&buf, b.Records(handler)...); err != nil {
			t.Fatal(err)
		}
		two, err := s.ImportFile("", bytes.NewReader(buf.Bytes()), int64(buf.Len()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(two.Subjects) != len(b.Subjects) || len(two.Consents) != len(b.Consents) {
			t.Fatalf("%d subjects and %d consents became %d and %d: %v", len(b.Subjects), len(b.Consents), len(two.Subjects), len(two.Consents), two.Problems)
		}
	})
}
