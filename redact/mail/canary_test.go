package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"mime"
	"net/url"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/redacttest"
	"consentry/redact/text"
)

// canary is a message with an invented name in each place: those that are shown,
// and those that no output has.
func canary() (body string, shown, gone []string) {
	names := redacttest.Names(40)
	next := func() string { n := names[0]; names = names[1:]; shown = append(shown, n); return n }
	drop := func() string { n := names[0]; names = names[1:]; gone = append(gone, n); return n }
	word := func(s string) string { return mime.BEncoding.Encode("utf-8", s) }
	lines := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	q := func(s string) string { return mime.QEncoding.Encode("utf-8", s) }
	within := next()
	split := []rune(next())
	parts := []string{
		"Received: from " + drop() + " by mx.example.com",
		"Return-Path: <" + url.PathEscape(drop()) + "@example.com>",
		"X-Mailer: of " + drop(),
		"X-Original-To: " + word(drop()),
		"DKIM-Signature: v=1; d=" + drop(),
		"Message-ID: <" + drop() + "@example.com>",
		"Bcc: " + word(drop()) + " <b@example.com>",
		"List-Unsubscribe: <mailto:" + drop() + ">",
		"From: " + word(next()) + " <f@example.com>",
		"To: \"" + next() + "\" <t@example.com>, " + q(next()) + " <u@example.com>",
		"Cc: c@example.com (" + next() + ")",
		"Subject: " + word(string(split[:1])) + " " + word(string(split[1:])) + " and " + word(next()),
		"Date: Mon, 2 Mar 2026 10:00:00 +0800",
		"MIME-Version: 1.0",
		"Content-Type: multipart/mixed; boundary=\"b\"; x-by=\"" + drop() + "\"",
		"",
		"before the parts: " + drop(),
		"--b",
		"Content-Type: text/plain; charset=utf-8",
		"Content-Transfer-Encoding: 8bit",
		"",
		"text by " + next(),
		"--b",
		"Content-Type: text/plain; charset=gbk",
		"Content-Transfer-Encoding: base64",
		"",
		base64.StdEncoding.EncodeToString([]byte(gbk("负责人是" + next() + "，" + next() + "说：上线后我轻松多了。"))),
		"--b",
		"Content-Type: text/markdown; charset=utf-8",
		"Content-Transfer-Encoding: quoted-printable",
		"",
		strings.ReplaceAll(url.PathEscape("by "+next()), "%", "="),
		"--b",
		"Content-Type: application/octet-stream; name=\"" + next() + ".txt\"",
		"Content-Disposition: attachment; filename*=utf-8''" + url.PathEscape(next()) + ".txt; x=\"" + drop() + "\"",
		"Content-Description: notes of " + next(),
		"Content-Transfer-Encoding: base64",
		"",
		lines("notes by " + next()),
		"--b",
		"Content-Type: message/rfc822",
		"",
		"From: " + word(next()) + " <f@example.com>",
		"X-By: " + drop(),
		"Subject: within",
		"",
		"by " + within,
		"--b",
		"Content-Type: application/x-unknown; name=\"" + drop() + "\"",
		"Content-Transfer-Encoding: base64",
		"",
		lines("\x00\x01\x02 " + drop()),
		"--b--",
		"behind the parts: " + drop(),
		"",
	}
	return strings.Join(parts, "\r\n"), shown, gone
}

func TestCanary(t *testing.T) {
	body, shown, gone := canary()
	if n := len(shown) + len(gone); n < 25 {
		t.Fatalf("only %d places", n)
	}
	src := redacttest.Sample{Name: "a.eml", Type: Type, Body: []byte(body)}
	f := format()
	out, removed, unseen := redacttest.HideAll(t, f, src, slices.Concat(shown, gone), "客户A")
	for _, n := range unseen {
		if slices.Contains(shown, n) {
			t.Errorf("%s is not shown", n)
		}
	}
	as := []redact.Attack{attack.Text{Formats: map[string]redact.Format{Type: f, text.Plain: text.Format{}}}, attack.Bytes{}, attack.Opened{}}
	found := func(s redacttest.Sample) map[string]string {
		all := map[string]string{}
		for _, a := range as {
			leaks, err := a.Try(t.Context(), redact.Released{Asset: redacttest.Asset(s.Name, s.Type, s.Body), Body: bytes.NewReader(s.Body), Removed: removed})
			if err != nil {
				t.Fatalf("%s: %v", a.ID(), err)
			}
			for _, l := range leaks {
				all[removed[l.Removed].Text] = l.By + ": " + l.Where
			}
		}
		return all
	}
	for name, where := range found(out) {
		t.Errorf("%s is left: %s", name, where)
	}
	before := found(src)
	for _, n := range slices.Concat(shown, gone) {
		if before[n] == "" {
			t.Errorf("%s is not found in the message as it is", n)
		}
	}
	if t.Failed() {
		t.Logf("%s", out.Body)
	}
	redacttest.TestAttack(t, attack.Opened{}, redact.Released{
		Asset: redacttest.Asset(out.Name, out.Type, out.Body), Body: bytes.NewReader(out.Body), Removed: removed,
		Source: redacttest.Asset(src.Name, src.Type, src.Body), SourceBody: bytes.NewReader(src.Body),
	})
}

// Whatever the bytes are, Open blames them or gives a message that can be written,
// and what is written can be read.
func FuzzOpen(f *testing.F) {
	body, _, _ := canary()
	for _, s := range []string{body, crlf(mixed), simple, "A: b\n\n", "Content-Type: multipart/mixed; boundary=\n\n--\n", "A:\n\n", "Content-Type: text/plain; charset=\"\n\nx", "Content-Disposition: a; filename*0*=utf-8'';filename*1=\"x\n\ny", "Subject: =?utf-8?b?=?= =?q?x\n\nz"} {
		f.Add([]byte(s))
	}
	of := format()
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := of.Open(t.Context(), redacttest.Asset("a", Type, b), bytes.NewReader(b))
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatal(err)
			}
			return
		}
		var rs []redact.Redaction
		for p, err := range d.Pages(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range p.Spans {
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset, End: s.Offset + len([]rune(s.Text))}, With: "客户A"})
			}
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil && !strings.Contains(err.Error(), "nothing else can") {
			t.Fatal(err)
		}
	})
}
