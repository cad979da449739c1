package attack

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"regexp"
	"strings"

	"consentry/redact"
	"consentry/redact/removed"
)

// The media types of what is taken apart.
const (
	htmlType  = "text/html"
	xhtmlType = "application/xhtml+xml"
	svgType   = "image/svg+xml"
	mailType  = "message/rfc822"
	srtType   = "application/x-subrip"
)

// hasNoPictures reports whether a file of a type holds text alone.
func hasNoPictures(media string) bool {
	return strings.HasPrefix(media, "text/") && media != htmlType || media == srtType
}

// isTextual reports whether the bytes of a file of a type are text.
func isTextual(media string) bool {
	switch media {
	case xhtmlType, svgType, mailType, srtType:
		return true
	}
	return strings.HasPrefix(media, "text/")
}

// isOffice reports whether a file of a type is an Office document of today: a zip
// file, into which redact/office/audit looks.
func isOffice(media string) bool {
	return strings.HasPrefix(media, "application/vnd.openxmlformats-officedocument.") || strings.HasPrefix(media, "application/vnd.oasis.opendocument.")
}

// isOlder reports whether a file of a type is an Office document from before 2007.
// None is ever written.
func isOlder(media string) bool {
	return media == "application/msword" || media == "application/rtf" || strings.HasPrefix(media, "application/vnd.ms-")
}

// Opened takes the written file apart, as a stranger would with other programs
// than ours: pages by the parser of golang.org/x/net/html, drawings by
// encoding/xml, messages by net/mail, and then whatever is in them: data URLs,
// scripts, attachments, zip files, base64. Every text, value, comment and name is
// searched by the rules of Text.
//
// It is safe for concurrent use.
type Opened struct{}

var _ redact.Attack = Opened{}

// ID names the attack and its version.
func (Opened) ID() string { return "opened/1" }

// Try returns one leak for each removed text that is found. A file that cannot be
// taken apart is an error. Types that other attacks open have nothing to fear.
func (a Opened) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	if !isTextual(media) {
		return nil, nil
	}
	b := make([]byte, r.Asset.Size)
	if n, err := r.Body.ReadAt(b, 0); n < len(b) {
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("take the output apart: %w", err)
	}
	s := &pieces{ctx: ctx, by: a.ID(), search: removed.NewSearch(removed.Texts(r)), seen: map[sighting]int{}, rights: r.Rights}
	if err := s.open(media, b, 0); err != nil {
		return nil, fmt.Errorf("take the output apart: %w", err)
	}
	return s.leaks, nil
}

// pieces are what a file is taken apart into, each searched as it comes.
type pieces struct {
	ctx    context.Context
	by     string
	search *removed.Search
	seen   map[sighting]int
	leaks  []redact.Leak
	rights redact.Rights
	budget int // bytes that were looked at
}

// A sighting is a removed text in one view of the file. The same occurrence is seen
// in several views, so they are counted apart.
type sighting struct {
	t    *removed.Text
	view string
}

// most is how many bytes are looked at in all: files within files multiply.
const most = 1 << 30

// look searches a text.
func (s *pieces) look(view, text string) error {
	if s.budget += len(text); s.budget > most {
		return fmt.Errorf("more than %d MB of texts within texts", most>>20)
	}
	s.search.Each(strings.ToValidUTF8(text, "\ufffd"), func(t *removed.Text, _, _ int) {
		k := sighting{t, view}
		if s.seen[k]++; s.seen[k] > t.Keep {
			t.Done = true
			s.leaks = append(s.leaks, t.Leak(s.by, view))
		}
	})
	return s.ctx.Err()
}

var (
	blob    = regexp.MustCompile(`[A-Za-z0-9+/_-]{24,}`)
	dataURL = regexp.MustCompile(`data:[A-Za-z0-9/+.;=-]*,[A-Za-z0-9+/=%._~-]+`)
	escapes = regexp.MustCompile(`\\u[0-9a-fA-F]{4}|\\[0-9a-fA-F]{2,6}[ \t\n]?`)
)

// encoded searches what stands in base64 within a text.
func (s *pieces) encoded(text string, depth int) error {
	for _, b := range blob.FindAllString(text, -1) {
		b = strings.NewReplacer("-", "+", "_", "/").Replace(b)
		out, err := base64.RawStdEncoding.DecodeString(b[:len(b)/4*4])
		if err != nil || !readable(out) {
			continue
		}
		if err := s.open("", out, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// readable reports whether bytes are a text.
func readable(b []byte) bool {
	bad := 0
	for _, r := range string(b) {
		if r == '\ufffd' || r < 0x20 && r != '\n' && r != '\r' && r != '\t' {
			bad++
		}
	}
	return bad*20 <= len(b)
}
