package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"consentry/redact/charset"
)

// others are the beginnings of files that are no plain text although they may
// look like it: what a reader sees of them is not what is written in them.
var others = []string{"%PDF-", "{\\rtf", "<!doctype html", "<html", "<?xml", "<svg", "%!PS", "PK\x03\x04"}

func isOther(b []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(b[:min(64, len(b))], []byte(charset.BOM8)), " \t\r\n"))
	for _, o := range others {
		if bytes.HasPrefix(head, bytes.ToLower([]byte(o))) {
			return true
		}
	}
	return false
}

// decode tells the encoding and decodes b.
func decode(b []byte) (*document, error) {
	if isOther(b) {
		return nil, unreadable("a document of another type, not plain text")
	}
	t, err := charset.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("open text: %w", err)
	}
	return &document{Set: t.Set, src: t.Source, text: t.Text, runes: utf8.RuneCountInString(t.Text)}, nil
}

// Sniff tells plain text from everything else by its bytes, of which a head is
// enough (at least 1 KB is wise); the name only tells Markdown from plain text.
// A text in an unknown encoding is text as well, so that Open can name the
// remedy.
func Sniff(name string, head []byte) (mediaType string, ok bool) {
	if len(head) == 0 || isOther(head) {
		return "", false
	}
	if bytes.IndexByte(head, 0) >= 0 || charset.Control(head) {
		even := head[:len(head)&^1]
		if _, err := decode(even); err != nil {
			if len(even) < 4 {
				return "", false
			}
			// The head may end inside a surrogate pair.
			if _, err := decode(even[:len(even)-2]); err != nil {
				return "", false
			}
		}
	}
	switch n := strings.ToLower(name); {
	case strings.HasSuffix(n, ".md"), strings.HasSuffix(n, ".markdown"):
		return Markdown, true
	}
	return Plain, true
}
