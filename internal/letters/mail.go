package letters

import (
	"bytes"
	"encoding/base64"
	"errors"
	"mime"
	"strings"

	"consentry/authz"
)

// Mail is an e-mail that nobody has sent yet: the program sends nothing.
type Mail struct {
	To      string // the subject's first e-mail address; empty where none is known
	Subject string
	Body    string // plain text
}

func (r Request) mail() (Mail, error) {
	f, err := r.fields()
	if err != nil {
		return Mail{}, err
	}
	md, err := Fill("request-email", r.Lang, f, r.sections([]string{"draft", "child", "reply_by", "faces"})...)
	if err != nil {
		return Mail{}, err
	}
	doc, err := parse(md)
	if err != nil {
		return Mail{}, err
	}
	first, body, _ := strings.Cut(doc.plain(), "\n")
	subject, ok := strings.CutPrefix(first, words[r.Lang].subject)
	if !ok {
		return Mail{}, errors.New("the template of the e-mail has no subject")
	}
	return Mail{To: address(r.Subject), Subject: strings.TrimSpace(subject), Body: strings.TrimSpace(body) + "\n"}, nil
}

func address(s authz.Subject) string {
	for _, c := range s.Contacts {
		if c.Kind == "email" && !strings.ContainsAny(c.Value, "\r\n<>,") {
			return c.Value
		}
	}
	return ""
}

// Text is the mail to be copied: the first line is its subject.
func (m Mail) Text() []byte { return []byte(m.Subject + "\n\n" + m.Body) }

// boundary stands in no base64 text.
const boundary = "=_consentry_part"

// EML is the mail as a draft that a mail program opens, with the PDF files
// attached. It has no date and no sender; the program that sends it adds them.
func (m Mail) EML(files []File) []byte {
	var b bytes.Buffer
	header := func(k, v string) { b.WriteString(k + ": " + v + "\r\n") }
	header("X-Unsent", "1")
	if m.To != "" {
		header("To", m.To)
	}
	header("Subject", mime.BEncoding.Encode("utf-8", m.Subject))
	header("MIME-Version", "1.0")
	header("Content-Type", `multipart/mixed; boundary="`+boundary+`"`)
	part := func(kind, disposition string, content []byte) {
		b.WriteString("\r\n--" + boundary + "\r\n")
		header("Content-Type", kind)
		header("Content-Transfer-Encoding", "base64")
		header("Content-Disposition", disposition)
		b.WriteString("\r\n")
		s := base64.StdEncoding.EncodeToString(content)
		for len(s) > 76 {
			b.WriteString(s[:76] + "\r\n")
			s = s[76:]
		}
		b.WriteString(s + "\r\n")
	}
	part(MediaText, "inline", []byte(strings.ReplaceAll(m.Body, "\n", "\r\n")))
	for _, f := range files {
		if f.Media == MediaPDF {
			part(f.Media, `attachment; filename="`+f.Name+`"`, f.Bytes)
		}
	}
	b.WriteString("\r\n--" + boundary + "--\r\n")
	return b.Bytes()
}
