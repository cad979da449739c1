// Package audit tells what can still be got out of a PDF file: out of any one,
// as somebody who received it would try it (Inspect), and out of one that was
// redacted, knowing what was removed (Attack).
//
// It reads the bytes with readers of its own (audit/raw, audit/shown), which share
// nothing with those that redact.
package audit

import (
	"context"
	_ "embed"
	"errors"
	"regexp"
	"strings"

	"consentry/redact/pdf/geom"
)

// ErrEncrypted says that a file's strings and streams are encrypted. Nothing can
// be told of it; none that this program writes is.
var ErrEncrypted = errors.New("the file is encrypted")

// A Texter reads what the pages of a PDF file say by other means than this
// package: hidden text and annotations too. It must be safe for concurrent use.
type Texter interface {
	// ID names the reader and its version.
	ID() string
	// Texts gives the text of each page, in order.
	Texts(ctx context.Context, pdf []byte) ([]string, error)
}

// The kinds of what Inspect finds. They are stable.
const (
	Metadata        = "metadata"              // the information dictionary
	XMP             = "xmp"                   // a metadata stream
	OldRevision     = "old-revision"          // objects that a later save replaced
	Unreferenced    = "unreferenced-object"   // objects that nothing leads to
	BytesOutside    = "bytes-outside-objects" // and streams longer than what they hold
	Comments        = "comment"               // of the file's syntax
	Attachment      = "attachment"
	JavaScript      = "javascript"
	FormValue       = "form-value"
	XFA             = "xfa"
	AnnotationText  = "annotation-text"
	NotApplied      = "redaction-not-applied" // an area marked for redaction
	ReplacementText = "replacement-text"      // ActualText, Alt, E and T of the structure
	LayerName       = "layer-name"
	HiddenLayer     = "hidden-layer"
	PieceInfo       = "piece-info"
	Thumbnail       = "thumbnail"
	Signature       = "signature"
	Alternate       = "alternate-image"
	ImageMetadata   = "image-metadata"
	WebCapture      = "web-capture"
	PrivateKey      = "private-key" // of the catalogue or a page, that PDF does not know
	TextUnderBox    = "text-under-box"
	TextBehind      = "text-behind-picture"
	WhiteText       = "white-text" // in the colour of what is behind it
	InvisibleText   = "invisible-text"
	ClippedText     = "clipped-text"
	OffPageText     = "off-page-text"
	TinyText        = "tiny-text"
	HiddenAnnot     = "hidden-annotation"
	UndrawnText     = "undrawn-text"
	GapFitsName     = "gap-fits-name"
	FontInventory   = "font-inventory" // characters of fonts that no text uses
	NotAllRead      = "not-all-read"
)

// An Exposure is something that a file tells and does not show, or hides badly.
type Exposure struct {
	Kind  string
	Page  int       // 0-based, or -1 where it belongs to no page
	Box   geom.Rect // in points from the top left of the page as seen, or empty
	Count int
	Note  string // one sentence, without found text
	Text  string // what was recovered; never to be logged
}

//go:embed names.txt
var nameList string

var known = func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(nameList) {
		m[n] = true
	}
	return m
}()

var numbered = regexp.MustCompile(`^[A-Za-z]{1,4}_?[0-9.]{1,6}$`)

// isKnown reports whether a name is one of PDF itself, of a common font, or only
// a number: what such a name says, every file says.
func isKnown(n string) bool {
	if len(n) > 7 && n[6] == '+' {
		n = n[7:]
	}
	family, style, _ := strings.Cut(strings.ReplaceAll(n, ",", "-"), "-")
	return len(n) < 2 || known[n] || numbered.MatchString(n) || known[family] && styled.MatchString(style)
}

// styled is what follows a common font's name.
var styled = regexp.MustCompile(`^(Bold|Italic|Oblique|Roman|Regular|Medium|Light|Black|Semi|Demi|It|MT|PS|Condensed)+$`)
