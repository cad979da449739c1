package mail

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/notation"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// maxDepth is how deep the parts of a message may lie within one another.
const maxDepth = 20

// shown are the fields that stay, as texts; described those of parts. All others go.
var (
	shown     = map[string]bool{"subject": true, "from": true, "to": true, "cc": true, "date": true}
	described = map[string]bool{"content-description": true}
	technical = map[string]bool{"mime-version": true, "content-type": true, "content-transfer-encoding": true, "content-disposition": true, "content-id": true, "content-language": true}
)

// An entity is a message or a part of one.
type entity struct {
	body        span
	headEnd     int    // where a field can be added
	gone        int    // of its fields: those that are in no output
	newline     string // of its lines
	lead        string // the empty line before the body, where there was none
	kind        string // media type, in small letters
	kindAt      span   // where it is written; empty: nowhere
	charset     string
	charsetAt   span
	typeEnd     int // where a parameter can be added
	boundary    string
	name        string        // of its file
	said        []splice.Text // its name and what describes it
	encoding    string
	encodingAt  span
	disposition string
}

// entity reads a message, or a part: whole is that part with the line in front of
// it, which goes where it cannot be read.
func (m *message) entity(s span, whole *span, depth int) error {
	if err := m.ctx.Err(); err != nil {
		return err
	}
	if depth > maxDepth {
		return unreadable("its parts lie too deep within one another")
	}
	fields, body, ok := header(m.src, s)
	if !ok {
		return unreadable("a line of a header is none")
	}
	e := &entity{body: span{body, s.to}, headEnd: s.from, newline: "\n", kind: "text/plain"}
	if len(fields) > 0 {
		e.headEnd = fields[len(fields)-1].line.to
		if strings.HasSuffix(m.src[:e.headEnd], "\r\n") {
			e.newline = "\r\n"
		}
	}
	var texts []splice.Text
	for _, f := range fields {
		texts = m.field(e, f, texts, whole == nil)
	}
	m.whole(e, fields, whole == nil)
	if whole == nil {
		m.doc.Parts = append(m.doc.Parts, places.Part{Name: redact.PartBody, Index: m.pages, Texts: texts})
		m.pages++
	} else {
		e.said = append(e.said, texts...)
	}
	switch {
	case strings.HasPrefix(e.kind, "multipart/"):
		m.files = append(m.files, e.said...)
		return m.multipart(e, whole, depth)
	case e.kind == "message/rfc822" && plainly(e.encoding):
		b := e.body
		if headed.MatchString(m.src[b.from:b.to]) {
			m.files = append(m.files, e.said...)
			return m.entity(m.behindMark(b), nil, depth+1)
		}
	case e.kind == "application/pkcs7-mime" || e.kind == "application/x-pkcs7-mime":
		return fmt.Errorf("%w: %w", unreadable("the message is encrypted"), redact.ErrPassword)
	}
	return m.leaf(e, whole)
}

// whole sees to it that what is written is read as it is: with a field, where a message
// has none left, and with the empty line before the body, where the source has none.
func (m *message) whole(e *entity, fields []headerField, message bool) {
	if len(fields) == 0 {
		return
	}
	if message && e.gone == len(fields) {
		i := slices.IndexFunc(m.doc.Fixed, func(c splice.Change) bool { return c.From == fields[0].line.from && c.To == fields[0].line.to })
		m.doc.Fixed[i].With = []byte("MIME-Version: 1.0" + e.newline)
	}
	if e.body.from == e.headEnd && e.body.from < e.body.to {
		e.lead = e.newline
		m.doc.Fixed = append(m.doc.Fixed, splice.Change{From: e.headEnd, To: e.headEnd, With: []byte(e.lead)})
	}
}

// field takes in one header field.
func (m *message) field(e *entity, f headerField, texts []splice.Text, top bool) []splice.Text {
	switch {
	case f.name == "content-type":
		m.contentType(e, f)
	case f.name == "content-transfer-encoding":
		e.encoding, e.encodingAt = strings.ToLower(m.src[f.value.from:f.value.to]), f.value
	case f.name == "content-disposition":
		word, list := params(m.src, f.value)
		e.disposition = strings.ToLower(m.src[word.from:word.to])
		m.named(e, list, "filename", "filename", "size")
	case f.name == "content-id":
		m.doc.Places = append(m.doc.Places, places.Place{Runs: notation.Plain(m.src, f.value.from, f.value.to), Label: notation.Identifier, Write: asIs})
	case technical[f.name]:
		m.doc.Places = append(m.doc.Places, places.Place{Runs: field(m.src, f.value), Label: notation.Identifier, Write: asIs})
	case top && shown[f.name] || described[f.name]:
		if t := headerText(m.src, f.value); strings.TrimSpace(t.String()) != "" {
			return append(texts, t)
		}
	default:
		e.gone++
		m.drop(f.line, NoteHeaders)
		if t := headerText(m.src, f.value); strings.TrimSpace(t.String()) != "" {
			m.dropped = append(m.dropped, t)
		}
	}
	return texts
}

func asIs(s string) string { return s }

func headerText(src string, s span) splice.Text {
	t := field(src, s).Pieces(nil)
	for i := range t {
		t[i].Encode = func(old []byte, text string) []byte { return []byte(written(old, text)) }
	}
	return t
}

func (m *message) contentType(e *entity, f headerField) {
	word, list := params(m.src, f.value)
	if kind := strings.ToLower(m.src[word.from:word.to]); strings.Contains(kind, "/") {
		e.kind, e.kindAt = kind, word
	}
	e.typeEnd = f.value.to
	for _, p := range list {
		switch p.name {
		case "charset":
			e.charset, e.charsetAt = strings.ToLower(m.src[p.value.from:p.value.to]), p.value
		case "boundary":
			e.boundary = unquoted(m.src[p.value.from:p.value.to])
		}
	}
	m.named(e, list, "name", "name", "charset", "boundary", "format", "delsp", "type", "start", "report-type", "protocol", "micalg", "method")
}

// named takes in the name of a file, and drops parameters that are not known.
func (m *message) named(e *entity, list []param, name string, known ...string) {
	t := value(m.src, list, name)
	if s := t.String(); strings.TrimSpace(s) != "" {
		e.name = s
		e.said = append(e.said, t)
	}
	for _, p := range list {
		keep := false
		for _, k := range known {
			keep = keep || p.name == k
		}
		switch {
		case !keep:
			m.drop(p.whole, "")
			if t := field(m.src, p.value).Pieces(asIs); strings.TrimSpace(t.String()) != "" {
				m.dropped = append(m.dropped, t)
			}
		case p.name != name && p.name != "charset" && p.name != "boundary":
			m.doc.Places = append(m.doc.Places, places.Place{Runs: field(m.src, p.value), Label: notation.Identifier, Write: asIs})
		}
	}
}

// multipart reads the parts of an entity.
func (m *message) multipart(e *entity, whole *span, depth int) error {
	if e.boundary == "" {
		return unreadable("a message of parts does not say what parts them")
	}
	if e.kind == "multipart/encrypted" {
		return fmt.Errorf("%w: %w", unreadable("the message is encrypted"), redact.ErrPassword)
	}
	if e.kind == "multipart/signed" {
		m.doc.Fixed = append(m.doc.Fixed, splice.Change{From: e.kindAt.from, To: e.kindAt.to, With: []byte("multipart/mixed")})
	}
	parts, end, closed := m.parted(e)
	if len(parts) == 0 && !closed {
		return unreadable("a message of parts has none")
	}
	if len(parts) > 0 {
		m.aside(span{e.body.from, parts[0].from})
	}
	if closed {
		m.aside(span{end, e.body.to})
	}
	for _, p := range parts {
		line := lineEnd(m.src, p.from)
		content := span{min(line, p.to), p.to}
		// The line break before the next boundary belongs to that.
		content.to = max(content.from, content.to-len(lineBreak(m.src[content.from:content.to])))
		if e.kind == "multipart/signed" && isSignature(m.src, content) {
			m.drop(p, NoteSignature)
			continue
		}
		if err := m.entity(content, &p, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func lineBreak(s string) string {
	switch {
	case strings.HasSuffix(s, "\r\n"):
		return "\r\n"
	case strings.HasSuffix(s, "\n"):
		return "\n"
	}
	return ""
}

func isSignature(src string, s span) bool {
	fields, _, _ := header(src, s)
	for _, f := range fields {
		if f.name == "content-type" && strings.Contains(strings.ToLower(src[f.value.from:f.value.to]), "signature") {
			return true
		}
	}
	return false
}

// aside drops what stands before and behind the parts.
func (m *message) aside(s span) {
	if t := m.src[s.from:s.to]; strings.TrimSpace(t) != "" {
		m.drop(s, NotePreamble)
		m.dropped = append(m.dropped, field(m.src, s).Pieces(asIs))
	}
}

// parted finds the parts of an entity, each with the line in front of it; end is
// behind the line that closes the last.
func (m *message) parted(e *entity) (parts []span, end int, closed bool) {
	mark := "--" + e.boundary
	open := -1
	for at := e.body.from; at < e.body.to; at = min(lineEnd(m.src, at), e.body.to) {
		rest, ok := strings.CutPrefix(m.src[at:e.body.to], mark)
		if !ok {
			continue
		}
		line, _, _ := strings.Cut(rest, "\n")
		last := strings.HasPrefix(line, "--")
		if strings.Trim(strings.TrimPrefix(line, "--"), " \t\r") != "" {
			continue // of a longer mark
		}
		if open >= 0 {
			parts = append(parts, span{open, at})
		}
		if last {
			return parts, min(lineEnd(m.src, at), e.body.to), true
		}
		open = at
	}
	if open >= 0 {
		parts = append(parts, span{open, e.body.to})
	}
	return parts, e.body.to, false
}

// endings are the names by which texts of these types are opened.
var endings = map[string]string{"text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/tab-separated-values": ".tsv", "text/markdown": ".md", "text/vtt": ".vtt", "application/xhtml+xml": ".xhtml"}

// fileName is the name by which a leaf is opened: of texts the type tells more.
func (e *entity) fileName() string {
	if ext := endings[e.kind]; ext != "" && (e.kind != "text/plain" || path.Ext(e.name) == "") {
		return "inside" + ext
	}
	if e.name == "" && (strings.HasPrefix(e.kind, "text/") || strings.HasPrefix(e.kind, "message/")) {
		return "inside.txt"
	}
	return e.name
}
