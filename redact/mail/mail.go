// Package mail is the redact.Format of e-mail messages (EML, RFC 5322 and MIME).
//
// The first page is the header: subject, date, people. What it carries follows as
// documents of their own: texts, pages, pictures, attachments; a message within
// the message is read like it. Other header fields are dropped, and so is what
// cannot be read, and a signature, which any change breaks.
package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// Type is the media type this package opens.
const Type = "message/rfc822"

// DefaultLimit is the largest file opened, in bytes.
const DefaultLimit = 64 << 20

// Options are what a Format needs.
type Options struct {
	// Open opens the texts, pages, pictures and files of a message.
	Open inside.Opener
	// Limit is the largest file in bytes; zero means DefaultLimit.
	Limit int64
}

// Format opens messages. It is safe for concurrent use.
type Format struct{ o Options }

var _ redact.Format = (*Format)(nil)

// New is a format.
func New(o Options) *Format {
	if o.Limit <= 0 {
		o.Limit = DefaultLimit
	}
	return &Format{o}
}

// ID names the format and the version of what it writes.
func (*Format) ID() string { return "mail/2" }

// The parts of a message that are no page of its body.
const partFiles = "part/attachments" // names and descriptions of what it carries

// The codes of notes.
const (
	NoteHeaders   = "mail-headers-dropped"
	NoteSignature = "signature-dropped"
	NoteFile      = "attachment-dropped"
	NotePreamble  = "mail-preamble-dropped" // text before and behind the parts, which no reader shows
)

// Open reads the whole message.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := a.Content(r, f.o.Limit)
	if err != nil {
		return nil, fmt.Errorf("open mail: %w", err)
	}
	if !headed.Match(b) {
		return nil, unreadable("it does not begin with a message's header")
	}
	m := &message{ctx: ctx, o: f.o, src: string(b), doc: &places.Document{Type: Type, Source: b, Files: &inside.Files{}}}
	if err := m.entity(m.behindMark(span{0, len(b)}), nil, 0); err != nil {
		return nil, err
	}
	if len(m.files) > 0 {
		m.doc.Parts = append(m.doc.Parts, places.Part{Name: partFiles, Texts: m.files})
	}
	if len(m.dropped) > 0 {
		m.doc.Parts = append(m.doc.Parts, places.Part{Name: redact.PartMetadata, Texts: m.dropped})
	}
	return m.doc, nil
}

// behindMark is a message without the line that a mailbox has in front of it, which goes.
func (m *message) behindMark(s span) span {
	if strings.HasPrefix(m.src[s.from:s.to], "From ") {
		end := min(lineEnd(m.src, s.from), s.to)
		m.doc.Fixed = append(m.doc.Fixed, splice.Change{From: s.from, To: end})
		s.from = end
	}
	return s
}

func unreadable(why string) error {
	return fmt.Errorf("open mail: %w: %s", redact.ErrUnreadable, why)
}

var (
	headed = regexp.MustCompile(`^(?:From [^\r\n]*\r?\n)?[!-9;-~]+[ \t]*:`)
	known  = regexp.MustCompile(`(?im)^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|content-type|x-[a-z-]+|dkim-signature)[ \t]*:`)
)

// Sniff tells messages by their first bytes; by its name one that has few of the
// usual header fields.
func Sniff(name string, head []byte) bool {
	if !headed.Match(head) || bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	top, _, _ := bytes.Cut(bytes.ReplaceAll(head, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	n := len(known.FindAll(top, 4))
	switch strings.ToLower(path.Ext(name)) {
	case ".eml", ".email", ".mht", ".mhtml":
		return n >= 1
	case ".txt", ".md", ".csv", ".html":
		return false
	}
	return n >= 3
}

// A message is one that is being read.
type message struct {
	ctx     context.Context
	o       Options
	src     string
	doc     *places.Document
	pages   int
	files   []splice.Text
	dropped []splice.Text
}

// A span is bytes from From to To (exclusive).
type span struct{ from, to int }

// lineEnd is behind the line that at stands in.
func lineEnd(s string, at int) int {
	if n := strings.IndexByte(s[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(s)
}

// drop takes bytes out, whatever is ordered.
func (m *message) drop(s span, code string) {
	m.doc.Fixed = append(m.doc.Fixed, splice.Change{From: s.from, To: s.to})
	if code != "" {
		m.doc.Notes = append(m.doc.Notes, redact.Note{Code: code})
	}
}

// open opens a file inside, and looks whether its pages can be read. It is nil
// where it cannot.
func (m *message) open(name string, b []byte) (redact.Document, error) {
	if m.o.Open == nil || len(b) == 0 {
		return nil, nil
	}
	ctx, err := inside.Deeper(m.ctx)
	if err == nil {
		var d redact.Document
		if d, err = m.o.Open(ctx, name, b); err == nil {
			d, err = inside.Read(ctx, d)
		}
		if err == nil {
			return d, nil
		}
	}
	if m.ctx.Err() != nil || !errors.Is(err, redact.ErrUnreadable) {
		return nil, err
	}
	return nil, nil
}
