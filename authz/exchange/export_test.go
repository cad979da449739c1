package exchange

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"consentry/authz"
)

// everything is a batch with every column filled.
func everything() Batch {
	at := func(s string) time.Time { t, _ := time.Parse(time.RFC3339Nano, s); return t }
	return Batch{
		Subjects: []authz.Subject{
			{ID: "s-1", Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}, {Text: "Ouyang; Xingye", Use: "pinyin"}, {Text: "=cmd|' /C calc'!A0"}, {Text: "歐陽", Use: "alias", Script: "Hant"}}, Role: "minor", Age: "under-14",
				Company: "-5°C 冷链", Post: "+总监", Since: day8("2020-02-29"), Retention: at("2031-01-01T00:00:00Z"),
				Contacts: []authz.Contact{{Kind: "phone", Value: "+86 138 0013 8000"}, {Kind: "phone", Value: "010;1"}, {Kind: "email", Value: "a@example.com"},
					{Kind: "address", Value: "北京市；海淀区\n1 号"}, {Kind: "address", Value: "[二]"}, {Kind: "wechat", Value: "x"}}, Note: "@note, \"quoted\"\nsecond line", Employer: "s-2", Deceased: true, StateOrgan: true, Confidential: true,
				Guardian: &authz.Guardian{Name: "'=1", Relationship: "父亲", Evidence: aa}},
			{ID: "s-2", Kind: authz.Organisation, Names: []authz.Name{{Text: "short: 云岚", Script: "Hans"}, {Text: "云岚", Use: "short"}, {Text: "Brand:Y", Use: "brand"}}},
			{ID: "s-3", Kind: authz.Organisation, Names: []authz.Name{{Text: "云", Use: "brand"}}, Firm: &authz.Firm{CreditCode: "91310000MA1K000001", Domains: []string{"a.example", "b.example"},
				GeneralForm: "某制造企业", Contract: "HT-1", Clause: "§ 7; 8", LogoRules: "=no", QuoteApproval: true}},
		},
		Consents: []authz.Consent{
			{ID: "c-1", Subject: "s-1", Kind: "publish", GivenBy: "guardian", CollectedBy: "partner",
				Events: []authz.Event{
					{State: authz.Requested, At: at("2026-01-09T10:00:00.123456+08:00"), By: "周"},
					{State: authz.Given, At: at("2026-01-10T00:00:00Z"), Intake: "e-mail"},
					{State: authz.Withdrawn, At: at("2026-02-10T00:00:00Z"), Intake: "call", Reason: "+1", Received: at("2026-02-09T00:00:00Z"), Evidence: aa}},
				Evidence: aa, Notice: bb, NoticeSHA256: bb, Voluntary: true, Separate: true, Written: true,
				Purposes: []authz.Purpose{"case-study", "website"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN", "HK"},
				Shows: []authz.Shows{"name", "portrait"}, From: day8("2026-01-10"), Until: day8("2027-01-01"), Kinds: []string{"mobile"},
				Sensitive: &authz.Sensitive{Kinds: []string{"minor"}, Separate: true, Necessity: "必要", Effect: "影响"},
				Authority: true, AllowedForms: []string{"full", "general"}, QuoteSHA256: aa, FiguresSHA256: bb, WithdrawScope: "record",
				OnwardUse: true, Licence: aa, Recipients: []string{"甲公司", "B; C"}, Term: "fixed", Oversized: true, CrossBorder: true, Retention: at("2030-01-01T12:34:56Z")},
			{ID: "c-2", Subject: "s-1", Kind: "contact", CollectedBy: "us"},
			{ID: "c-3", Subject: "s-2", Kind: "publish", CollectedBy: "us", Events: []authz.Event{{State: "misspelt", At: at("2026-01-10T00:00:00Z")}}, Until: at("2026-06-30T15:59:59Z")},
		},
		Notices: []authz.Notice{{SHA256: bb, GivenAt: at("2026-01-05T09:00:00+08:00"), ChangedAt: day8("2026-03-01"), Items: []string{"handler", "purpose"}, Title: "告知书", Version: "2", Language: "zh"}},
	}
}

func TestRoundTrip(t *testing.T) {
	for name, export := range map[string]func(Sheet, io.Writer, Batch) error{"csv": Sheet.Export, "xlsx": Sheet.ExportXLSX} {
		t.Run(name, func(t *testing.T) {
			want := everything()
			var buf bytes.Buffer
			if err := export(sheet(t), &buf, want); err != nil {
				t.Fatal(err)
			}
			got := importedBytes(t, "", buf.Bytes())
			for _, p := range got.Problems {
				// A record without events has no state, and a misspelt one is none of the ten.
				if p.Skipped || p.Column != "state" {
					t.Errorf("problem %s", p)
				}
			}
			// What was empty is now said to be unknown.
			for i := range got.Consents {
				c := &got.Consents[i]
				if c.ID == "c-2" {
					if len(c.Events) != 1 || c.Events[0].State != authz.Unknown {
						t.Errorf("a record without events reads %v", c.Events)
					}
					c.Events = nil
				}
			}
			same(t, got, want)
		})
	}
}

// same compares what two batches hold, instants as such.
func same(t *testing.T, got, want Batch) {
	t.Helper()
	utc(&got)
	utc(&want)
	if len(got.Subjects) != len(want.Subjects) || len(got.Consents) != len(want.Consents) {
		t.Fatalf("%d subjects and %d consents, want %d and %d", len(got.Subjects), len(got.Consents), len(want.Subjects), len(want.Consents))
	}
	for i, s := range want.Subjects {
		if !reflect.DeepEqual(got.Subjects[i], s) {
			t.Errorf("subject\n got %#v\nwant %#v", got.Subjects[i], s)
		}
	}
	for i, c := range want.Consents {
		if g := got.Consents[i]; !reflect.DeepEqual(g, c) {
			t.Errorf("consent\n got %+v\nwant %+v", g, c)
		}
	}
	if !reflect.DeepEqual(got.Notices, want.Notices) {
		t.Errorf("notices\n got %+v\nwant %+v", got.Notices, want.Notices)
	}
}

// The spellings that the program makes of names stay out of a file.
func TestExportVariants(t *testing.T) {
	b := Batch{Subjects: []authz.Subject{{ID: "s-1", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}, {Text: "lin zhiyao", Use: "variant"}}}}}
	var buf bytes.Buffer
	if err := sheet(t).Export(&buf, b); err != nil {
		t.Fatal(err)
	}
	if got := imported(t, buf.String()); len(got.Subjects[0].Names) != 1 {
		t.Errorf("names %v", got.Subjects[0].Names)
	}
}

func utc(b *Batch) {
	for i := range b.Subjects {
		s := &b.Subjects[i]
		s.Since, s.Retention, s.Created = s.Since.UTC(), s.Retention.UTC(), s.Created.UTC()
	}
	for i := range b.Consents {
		c := &b.Consents[i]
		c.From, c.Until, c.Retention = c.From.UTC(), c.Until.UTC(), c.Retention.UTC()
		for j := range c.Events {
			c.Events[j].At, c.Events[j].Received = c.Events[j].At.UTC(), c.Events[j].Received.UTC()
		}
	}
	for i := range b.Notices {
		b.Notices[i].GivenAt, b.Notices[i].ChangedAt = b.Notices[i].GivenAt.UTC(), b.Notices[i].ChangedAt.UTC()
	}
}

// No cell of an export begins with what a spreadsheet runs.
func TestExportGuards(t *testing.T) {
	for _, cell := range []string{"=1+1", "+49 30", "-1", "@SUM(1)", "＝1", "\tx", "'=1", "''=1", "plain", "'plain", ""} {
		g := guard(cell)
		if strings.ContainsAny(g[:min(1, len(g))], "=+-@\t\r") || unguard(g) != cell {
			t.Errorf("%q is written %q and read %q", cell, g, unguard(g))
		}
	}
	var buf bytes.Buffer
	if err := sheet(t).Export(&buf, everything()); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{",=", ",+", ",-", ",@", ",\"=", ",\"+", ",\"-", ",\"@"} {
		if strings.Contains(buf.String(), bad) {
			t.Errorf("the export holds %q", bad)
		}
	}
}
