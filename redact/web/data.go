package web

import (
	"bytes"
	"encoding/base64"
	"errors"
	"mime"
	"net/url"
	"strings"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/notation"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// blankPicture stands instead of a picture that cannot be read: a grey pixel.
const blankPicture = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg=="

// endings are the names by which files of these types are opened.
var endings = map[string]string{"text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "text/csv": ".csv", "text/markdown": ".md", "text/vtt": ".vtt", "image/svg+xml": ".svg"}

// dataURL takes in a file that is written in an address; false where it is none.
func (r *reader) dataURL(runs notation.Runs, write func(string) string) bool {
	s := runs.String()
	trimmed := strings.TrimLeft(s, " \t\r\n\f")
	if len(trimmed) < 5 || !strings.EqualFold(trimmed[:5], "data:") {
		return false
	}
	head, body, ok := strings.Cut(trimmed[5:], ",")
	from, to := runs.Bounds()
	media, params, err := mime.ParseMediaType(strings.TrimSuffix(strings.TrimSpace(head), ";base64"))
	if !ok || err != nil && head != "" && !strings.HasPrefix(head, ";") {
		r.put(from, to, write("data:,"), "data-dropped")
		return true
	}
	b, ok := payload(body, strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64"))
	if ok && strings.HasPrefix(media, "text/") {
		b, ok = inUTF8(b, params["charset"])
	}
	if ok {
		r.file(b, "inside"+endings[media], from, to, write, strings.HasPrefix(media, "image/"), func(w inside.Written) string {
			return "data:" + w.Type + ";base64," + base64.StdEncoding.EncodeToString(w.Body)
		})
		return true
	}
	r.put(from, to, write("data:,"), "data-dropped")
	return true
}

func payload(s string, coded bool) ([]byte, bool) {
	b, err := url.PathUnescape(s)
	if err != nil {
		return nil, false
	}
	if !coded {
		return []byte(b), true
	}
	b = strings.NewReplacer(" ", "", "\n", "", "\r", "", "\t", "", "-", "+", "_", "/").Replace(b)
	out, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(b, "="))
	return out, err == nil
}

// inUTF8 takes a text in UTF-8 alone.
func inUTF8(b []byte, charset string) ([]byte, bool) {
	switch strings.ToLower(charset) {
	case "", "utf-8", "utf8", "us-ascii":
		return b, true
	}
	return nil, false
}

// document takes in a page that is the value of an attribute.
func (r *reader) document(runs notation.Runs, write func(string) string, _ attr) {
	from, to := runs.Bounds()
	r.file([]byte(runs.String()), "inside.html", from, to, write, false, func(w inside.Written) string { return string(w.Body) })
}

// file opens a file inside and remembers where it stands.
func (r *reader) file(b []byte, name string, from, to int, write func(string) string, picture bool, spell func(inside.Written) string) {
	gone, code := "data:,", "data-dropped"
	if picture {
		gone, code = blankPicture, "picture-replaced"
	}
	if name == "inside.html" {
		gone = ""
	}
	sum := redact.Sum(b)
	n, known := r.known[sum] // icons are often many times in a page
	var d redact.Document
	var err error
	if !known {
		d, err = r.open(name, b)
	}
	switch {
	case err != nil && (!errors.Is(err, redact.ErrUnreadable) || r.ctx.Err() != nil):
		r.err = err
		return
	case err != nil:
		r.put(from, to, write(gone), code)
		return
	}
	if !known {
		n = r.doc.Files.Add(d)
		r.known[sum] = n
	}
	r.doc.Holes = append(r.doc.Holes, places.Hole{File: n, Fill: func(w inside.Written) []splice.Change {
		if bytes.Equal(w.Body, b) {
			return nil
		}
		return []splice.Change{{From: from, To: to, With: []byte(write(spell(w)))}}
	}})
}

// open opens a file inside, and looks whether its pages can be read.
func (r *reader) open(name string, b []byte) (redact.Document, error) {
	if r.o.Open == nil || len(b) == 0 {
		return nil, redact.ErrUnreadable
	}
	ctx, err := inside.Deeper(r.ctx)
	if err != nil {
		return nil, err
	}
	d, err := r.o.Open(ctx, name, b)
	if err != nil {
		return nil, err
	}
	return inside.Read(ctx, d)
}
