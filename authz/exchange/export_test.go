package exchange

import (
	"bytes"
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
			{ID: "s-1", Kind: authz.Person, Names: []authz.Name{{Text: "欧阳星野"}, {Text: "Ouyang; Xingye", Use: "pinyin"}, {Text: "=cmd|' /C calc'!A0"}}, Role: "minor", Age: "under-14",
				Company: "-5°C 冷链", Note: "@note, \"quoted\"\nsecond line", Employer: "s-2", Deceased: true, StateOrgan: true, Confidential: true,
				Guardian: &authz.Guardian{Name: "'=1", Relationship: "父亲", Evidence: aa}},
			{ID: "s-2", Kind: authz.Organisation, Names: []authz.Name{{Text: "short: 云岚"}, {Text: "云岚", Use: "short"}, {Text: "Brand:Y", Use: "brand"}}},
			{ID: "s-3", Kind: authz.Organisation, Names: []authz.Name{{Text: "云", Use: "brand"}}},
		},
		Consents: []authz.Consent{
			{ID: "c-1", Subject: "s-1", Kind: "publish", GivenBy: "guardian", CollectedBy: "partner",
				Events: []authz.Event{
					{State: authz.Requested, At: at("2026-01-09T10:00:00.123456+08:00"), By: "周"},
					{State: authz.Given, At: at("2026-01-10T00:00:00Z"), Intake: "e-mail"},
					{State: authz.Withdrawn, At: at("2026-02-10T00:00:00Z"), Intake: "call", Reason: "+1"}},
				Evidence: aa, Notice: bb, NoticeSHA256: bb, Voluntary: true, Separate: true, Written: true,
				Purposes: []authz.Purpose{"case-study", "website"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN", "HK"},
				Shows: []authz.Shows{"name", "portrait"}, From: day8("2026-01-10"), Until: day8("2027-01-01"), Kinds: []string{"mobile"},
				Sensitive: &authz.Sensitive{Kinds: []string{"minor"}, Separate: true, Necessity: "必要", Effect: "影响"},
				Authority: true, AllowedForms: []string{"full", "general"}, QuoteSHA256: aa, FiguresSHA256: bb, WithdrawScope: "record",
				OnwardUse: true, Licence: aa, Term: "fixed", Oversized: true, CrossBorder: true, Retention: at("2030-01-01T12:34:56Z")},
			{ID: "c-2", Subject: "s-1", Kind: "contact", CollectedBy: "us"},
			{ID: "c-3", Subject: "s-2", Kind: "publish", CollectedBy: "us", Events: []authz.Event{{State: "misspelt", At: at("2026-01-10T00:00:00Z")}}, Until: at("2026-06-30T15:59:59Z")},
		},
		Notices: []authz.Notice{{SHA256: bb, GivenAt: at("2026-01-05T09:00:00+08:00"), ChangedAt: day8("2026-03-01"), Items: []string{"handler", "purpose"}}},
	}
}

func TestRoundTrip(t *testing.T) {
	want := everything()
	var buf bytes.Buffer
	if err := sheet(t).Export(&buf, want); err != nil {
		t.Fatal(err)
	}
	got := imported(t, buf.String())
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
	utc(&got)
	utc(&want)
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

func utc(b *Batch) {
	for i := range b.Consents {
		c := &b.Consents[i]
		c.From, c.Until, c.Retention = c.From.UTC(), c.Until.UTC(), c.Retention.UTC()
		for j := range c.Events {
			c.Events[j].At = c.Events[j].At.UTC()
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
