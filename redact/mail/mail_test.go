package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact"
	"consentry/redact/redacttest"
	"consentry/redact/text"
)

// format opens texts and messages within messages.
func format() *Format {
	var f *Format
	f = New(Options{Open: func(ctx context.Context, name string, b []byte) (redact.Document, error) {
		a := redacttest.Asset(name, "", b)
		if Sniff(name, b) {
			a.Type = Type
			return f.Open(ctx, a, bytes.NewReader(b))
		}
		var ok bool
		if a.Type, ok = text.Sniff(name, b); !ok {
			return nil, redact.ErrUnreadable
		}
		return text.Format{}.Open(ctx, a, bytes.NewReader(b))
	}})
	return f
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

const simple = `From: Elara Quist <elara@example.com>
To: =?utf-8?B?5p6X55+l6YGl?= <lin@example.com>
Subject: =?utf-8?Q?=E6=9E=97=E7=9F=A5?= =?utf-8?Q?=E9=81=A5?= and Elara
Received: from host.example.com by mx.example.com
Date: Mon, 2 Mar 2026 10:00:00 +0800
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Elara Quist wrote: 你好，林知遥。
`

var mixed = `From: "Quist, Elara" <elara@example.com>
To: x@example.com
Subject: files
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b1"; x-by="Tavish Merrow"

This is a message of parts, says Tavish Merrow.
--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=gbk
Content-Transfer-Encoding: base64

` + b64(gbk("林知遥说：上线后我轻松多了。")) + `
--b2
Content-Type: text/markdown; charset=utf-8
Content-Transfer-Encoding: quoted-printable

**=E6=9E=97=E7=9F=A5=E9=81=A5** a very long line that goes on and on for ever=
 and Elara Quist
--b2--
--b1
Content-Type: application/octet-stream; name="notes of Elara Quist.txt"
Content-Disposition: attachment;
 filename*0*=utf-8''notes%20of%20%E6%9E%97;
 filename*1*=%E7%9F%A5%E9%81%A5.txt; creation-date="x"
Content-Transfer-Encoding: base64

` + b64("notes by Elara Quist") + `
--b1
Content-Type: message/rfc822

From: Elara Quist <e@example.com>
Subject: within

Elara Quist once more
--b1
Content-Type: application/x-unknown; name="Tavish Merrow.bin"
Content-Transfer-Encoding: base64

AAECAwQ=
--b1--
behind
`

func gbk(s string) string {
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func TestFormat(t *testing.T) {
	redacttest.TestFormat(t, format(),
		redacttest.Sample{Name: "simple", Type: Type, Body: []byte(crlf(simple))},
		redacttest.Sample{Name: "line feeds", Type: Type, Body: []byte(simple)},
		redacttest.Sample{Name: "parts", Type: Type, Body: []byte(crlf(mixed))},
		redacttest.Sample{Name: "raw GBK", Type: Type, Body: []byte("From: " + gbk("林知遥") + " <a@example.com>\nSubject: x\n\n" + gbk("林知遥是云岚精工的信息部总监。她说"))},
		redacttest.Sample{Name: "no header", Type: Type, Body: []byte("hello\nworld\n"), Unreadable: true},
		redacttest.Sample{Name: "no boundary", Type: Type, Body: []byte("Content-Type: multipart/mixed\n\nx"), Unreadable: true},
		redacttest.Sample{Name: "encrypted", Type: Type, Body: []byte("Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nAAAA\n"), Unreadable: true},
		redacttest.Sample{Name: "a text in no known encoding", Type: Type, Body: []byte("Subject: x\n\nM\xfcller, na\xefve caf\xe9, gar\xe7on"), Unreadable: true},
		redacttest.Sample{Name: "parts without end", Type: Type, Body: []byte(deep(40)), Unreadable: true},
	)
}

// deep is a message whose parts lie within one another.
func deep(n int) string {
	s := "Subject: x\n\nElara"
	for range n {
		s = "Content-Type: multipart/mixed; boundary=x\n\n--x\n" + s + "\n--x--\n"
	}
	return s
}

func TestHide(t *testing.T) {
	names := []string{"Elara Quist", "林知遥", "Quist, Elara"}
	out, _, unseen := redacttest.HideAll(t, format(), redacttest.Sample{Name: "a.eml", Type: Type, Body: []byte(crlf(mixed))}, names, "客户A")
	if len(unseen) > 0 {
		t.Errorf("not shown: %q", unseen)
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(out.Body))
	if err != nil {
		t.Fatal(err)
	}
	if from, err := msg.Header.AddressList("From"); err != nil || from[0].Name != "客户A" || from[0].Address != "elara@example.com" {
		t.Errorf("%v, %v", from, err)
	}
	got := read(t, "", msg.Header.Get("Content-Type"), "", msg.Body)
	want := []string{"text/plain客户A说：上线后我轻松多了。", "text/markdown**客户A** a very long line that goes on and on for ever and 客户A", "attachment notes of 客户A.txt", "application/octet-streamnotes by 客户A", "message/rfc822From: =?utf-8?b?5a6i5oi3QQ==?= <e@example.com>\r\nSubject: within\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E5=AE=A2=E6=88=B7A once more"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q\nwant %q", got, want)
	}
	for _, s := range []string{"Tavish", "behind", "creation-date", "x-unknown"} {
		if bytes.Contains(out.Body, []byte(s)) {
			t.Errorf("%s is left", s)
		}
	}
}

// read gives the leaves of a message, as the standard library reads them.
func read(t *testing.T, disposition, contentType, encoding string, r io.Reader) (out []string) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		for p := multipart.NewReader(r, params["boundary"]); ; {
			part, err := p.NextRawPart()
			if err == io.EOF {
				return out
			}
			if err != nil {
				t.Fatal(err)
			}
			if part.FileName() != "" {
				out = append(out, "attachment "+part.FileName())
			}
			out = append(out, read(t, part.Header.Get("Content-Disposition"), part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part)...)
		}
	}
	switch encoding {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if params["charset"] == "gbk" {
		if b, err = simplifiedchinese.GBK.NewDecoder().Bytes(b); err != nil {
			t.Fatal(err)
		}
	}
	return append(out, media+string(b))
}

// What is not touched stays as it is; a body that is says what it is written in.
func TestBytes(t *testing.T) {
	for _, c := range []struct{ about, in, want string }{
		{"untouched", "Subject: x\nContent-Type: text/plain; charset=utf-8\n\nhello", "Subject: x\nContent-Type: text/plain; charset=utf-8\n\nhello"},
		{"a label beyond ASCII", "Subject: x\n\nby Elara\n", "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nby =E5=AE=A2=E6=88=B7A\n"},
		{"a charset that has it", "Subject: x\nContent-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: 8bit\n\n" + gbk("说Elara"), "Subject: x\nContent-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: 8bit\n\n" + gbk("说客户A")},
		{"one that has not", "Subject: x\nContent-Type: text/plain; charset=us-ascii\nContent-Transfer-Encoding: 7bit\n\nElara", "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E5=AE=A2=E6=88=B7A"},
		{"no field that stays", "Received: by x\nX-Y: z\n\nElara", "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E5=AE=A2=E6=88=B7A"},
		{"no empty line", "Subject: x\nno field\n", "Subject: x\n\nno field\n"},
		{"no empty line before what changes", "Subject: x\nby Elara\n", "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nby =E5=AE=A2=E6=88=B7A\n"},
		{"neither", "Received: by x\nno field\n", "MIME-Version: 1.0\n\nno field\n"},
		{"a mailbox's line before a message inside", "Content-Type: message/rfc822\n\nFrom a@example.com Tue May 10 11:28:07 2005\nSubject: x\n\nhello", "Content-Type: message/rfc822\n\nSubject: x\n\nhello"},
		{"folded", "Subject: a\n Elara\n\nx", "Subject: a\n =?utf-8?b?5a6i5oi3QQ==?=\n\nx"},
		{"an address", "From: Elara <Elara@example.com>\n\nx", "From: =?utf-8?b?5a6i5oi3QQ==?= <客户A@example.com>\n\nx"},
		{"signed", "Content-Type: multipart/signed; boundary=x; micalg=y; protocol=\"application/pgp-signature\"\n\n--x\n\nElara\n--x\nContent-Type: application/pgp-signature\n\nsig\n--x--\n", "Content-Type: multipart/mixed; boundary=x; micalg=y; protocol=\"application/pgp-signature\"\n\n--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n=E5=AE=A2=E6=88=B7A\n--x--\n"},
	} {
		out, _, _ := redacttest.HideAll(t, format(), redacttest.Sample{Name: "a.eml", Type: Type, Body: []byte(c.in)}, []string{"Elara"}, "客户A")
		if string(out.Body) != c.want {
			t.Errorf("%s: %q\nwant %q", c.about, out.Body, c.want)
		}
	}
}

func TestNotes(t *testing.T) {
	d, err := format().Open(t.Context(), redacttest.Asset("a", Type, []byte(mixed)), strings.NewReader(mixed))
	if err != nil {
		t.Fatal(err)
	}
	_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), io.Discard, nil)
	got := map[string]int{}
	for _, n := range notes {
		got[n.Code] = n.Count
	}
	if err != nil || got[NoteFile] != 1 || got[NotePreamble] != 2 || got[NoteHeaders] != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"a.eml", simple, true}, {"a", simple, true}, {"a.txt", simple, false}, {"a.eml", "hello", false},
		{"a.md", "title: x\ndate: y\n", false}, {"a.eml", "Subject: x\n\n", true}, {"a.eml", "From x\nSubject: y\n", true},
	} {
		if got := Sniff(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s %.20q: %v", c.name, c.head, got)
		}
	}
}
