// Package subtitle is the redact.Format of subtitles: SubRip (SRT) and WebVTT. A
// cue is read in one go over its lines; names of speakers, cues and styles, notes
// and the file's header are texts too.
package subtitle

import (
	"context"
	"fmt"
	"io"
	"mime"
	"path"
	"regexp"
	"strings"

	"consentry/redact"
	"consentry/redact/notation"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// The media types this package opens.
const (
	SRT = "application/x-subrip"
	VTT = "text/vtt"
)

// DefaultLimit is the largest file opened, in bytes.
const DefaultLimit = 16 << 20

// Format opens subtitles. It is safe for concurrent use.
type Format struct {
	// Limit is the largest file in bytes; zero means DefaultLimit.
	Limit int64
}

var _ redact.Format = Format{}

// The parts beside the cues.
const (
	partNames = "part/names" // of cues and speakers
	partNotes = "part/notes" // the header, notes, styles
)

// ID names the format and the version of what it writes.
func (Format) ID() string { return "subtitle/1" }

// Open reads the whole file.
func (f Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	d, err := places.ReadText(ctx, "subtitles", limit, a, r)
	if err != nil {
		return nil, err
	}
	s := &file{src: string(d.Source), doc: d}
	d.Type = SRT
	if m, _, err := mime.ParseMediaType(a.Type); err == nil && m == VTT {
		d.Type, s.vtt = VTT, true
	}
	for at := 0; at < len(s.src); {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		at = s.block(at)
	}
	if s.cues == 0 {
		return nil, fmt.Errorf("open subtitles: %w: no line says when it is shown", redact.ErrUnreadable)
	}
	d.Parts = []places.Part{{Name: redact.PartBody, Texts: s.texts}}
	if len(s.names) > 0 {
		d.Parts = append(d.Parts, places.Part{Name: partNames, Texts: s.names})
	}
	if len(s.notes) > 0 {
		d.Parts = append(d.Parts, places.Part{Name: partNotes, Texts: s.notes})
	}
	return d, nil
}

var timing = regexp.MustCompile(`(?m)^[ \t]*\d{1,3}(?::\d\d){1,2}[.,]\d{1,3}[ \t]+-->`)

// Sniff tells subtitles by their first bytes and the name.
func Sniff(name string, head []byte) (mediaType string, ok bool) {
	ext := strings.ToLower(path.Ext(name))
	switch {
	case strings.HasPrefix(strings.TrimPrefix(string(head), "\ufeff"), "WEBVTT") && (ext == ".vtt" || timing.Match(head)), ext == ".vtt":
		return VTT, true
	case ext == ".srt", ext == "" && timing.Match(head):
		return SRT, true
	}
	return "", false
}

// A file is subtitles that are being read.
type file struct {
	src                 string
	vtt                 bool
	doc                 *places.Document
	cues                int
	texts, names, notes []splice.Text
}

// A line is its bytes, without its end.
type line struct{ from, to int }

// block reads the lines up to an empty one, from the start of src[at:], and tells
// where the next ones begin.
func (s *file) block(at int) int {
	var lines []line
	when := -1 // the line that says when the cue is shown
	for at < len(s.src) {
		end, next := len(s.src), len(s.src)
		if n := strings.IndexAny(s.src[at:], "\r\n"); n >= 0 {
			end = at + n
			next = end + 1
			if strings.HasPrefix(s.src[end:], "\r\n") {
				next++
			}
		}
		l := line{at, end}
		at = next
		if strings.TrimSpace(s.src[l.from:l.to]) == "" {
			break
		}
		if when < 0 && strings.Contains(s.src[l.from:l.to], "-->") {
			when = len(lines)
		}
		lines = append(lines, l)
	}
	if when < 0 {
		s.notes = s.add(s.notes, s.whole(lines))
		return at
	}
	s.cues++
	s.names = s.add(s.names, s.whole(lines[:when]))
	s.doc.Places = append(s.doc.Places, places.Place{Runs: notation.Plain(s.src, lines[when].from, lines[when].to), Label: notation.Identifier, Write: plain})
	var cue splice.Text
	for i, l := range lines[when+1:] {
		if i > 0 {
			cue = append(cue, splice.Piece{Text: "\n", From: lines[when+i].to, To: l.from})
		}
		cue = append(cue, s.spoken(l)...)
	}
	s.texts = s.add(s.texts, cue)
	return at
}

func (s *file) add(list []splice.Text, t splice.Text) []splice.Text {
	if strings.TrimSpace(t.String()) == "" {
		return list
	}
	return append(list, t)
}

// whole is a text of whole lines.
func (s *file) whole(lines []line) (t splice.Text) {
	for i, l := range lines {
		if i > 0 {
			t = append(t, splice.Piece{Text: "\n", From: lines[i-1].to, To: l.from})
		}
		from := l.from
		if i == 0 && s.vtt {
			from += len(keyword.FindString(s.src[l.from:l.to]))
		}
		t = append(t, notation.Plain(s.src, from, l.to).Pieces(plain)...)
	}
	return t
}

// keyword is what a block of WebVTT begins with; it is nobody's.
var keyword = regexp.MustCompile(`^\x{feff}?(?:WEBVTT|NOTE|STYLE|REGION)\b`)

// plain writes where nothing is escaped, so that no line is taken for a time.
func plain(s string) string { return strings.ReplaceAll(s, "-->", "->") }

var tag = regexp.MustCompile(`<[^<>]*>|\{\\[^{}]*\}`)

// spoken is a cue's line without its tags. What a tag says of the speaker is a text
// of its own.
func (s *file) spoken(l line) (t splice.Text) {
	text := s.src[l.from:l.to]
	at := 0
	put := func(end int) {
		runs, write := notation.Plain(s.src, l.from+at, l.from+end), plain
		if s.vtt {
			runs, write = runs.References(false), func(s string) string { return plain(notation.Markup(s)) }
		}
		t = append(t, runs.Pieces(write)...)
	}
	for _, m := range tag.FindAllStringIndex(text, -1) {
		put(m[0])
		at = m[1]
		inner := line{l.from + m[0] + 1, l.from + m[1] - 1}
		name, _, said := strings.Cut(s.src[inner.from:inner.to], " ")
		if said {
			runs := notation.Plain(s.src, inner.from+len(name)+1, inner.to).References(true)
			s.names = s.add(s.names, runs.Pieces(notation.Attribute))
			inner.to = inner.from + len(name)
		}
		s.doc.Places = append(s.doc.Places, places.Place{Runs: notation.Plain(s.src, inner.from, inner.to), Label: notation.Identifier, Write: plain})
	}
	put(len(text))
	return t
}
