// Package redact sees a document as pages of spans and pictures, finds what
// could identify someone, removes it, and attacks the result.
//
// This package is the vocabulary. It knows nothing of consent and imports none
// of the rooms below it: formats (photo, text), detectors (names, pii, faces)
// and attacks are packages that import this one.
package redact

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"io"
	"iter"
	"log/slog"
	"strings"
)

// Digest is a SHA-256 sum. It names assets, models, configurations and results.
type Digest [sha256.Size]byte

// Sum is the digest of b.
func Sum(b []byte) Digest { return sha256.Sum256(b) }

// String is the digest in lower-case hex.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText writes the digest in lower-case hex.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a digest of 64 hex digits.
func (d *Digest) UnmarshalText(b []byte) error {
	if hex.DecodedLen(len(b)) != len(d) {
		return fmt.Errorf("digest has %d characters, want %d", len(b), 2*len(d))
	}
	_, err := hex.Decode(d[:], b)
	return err
}

// ErrUnreadable is wrapped by every error that says an asset's bytes cannot be
// read as what they seem to be: empty, cut, of another type, too large.
// The asset is then named and left out; the others go on.
var ErrUnreadable = errors.New("cannot be read")

// ErrTooLarge is wrapped, with ErrUnreadable, where a limit was passed.
var ErrTooLarge = errors.New("larger than the limit")

// ErrPassword is wrapped, with ErrUnreadable, where a file is encrypted and none
// of the passwords given opens it.
var ErrPassword = errors.New("protected by a password")

// An Asset is one input file, known by its content.
type Asset struct {
	Digest Digest `json:"sha256"`
	Name   string `json:"name"` // relative to what the user gave, slash-separated
	Type   string `json:"type"` // media type, sniffed from bytes, never from the name
	Size   int64  `json:"size"` // bytes
}

// Parts of an asset. A part is a page with a name of its own.
const (
	PartBody     = ""         // the text of a text file, the pixels of a photo
	PartName     = "name"     // the asset's file name, which may name someone too
	PartMetadata = "metadata" // what the file says about itself; dropped from every output
)

// PartAttached begins the part of every page of a file inside the file; what
// follows is that file's number and its own part. It is dropped from every output.
const PartAttached = "attached/"

// IsDropped reports whether no output has the part, so that whatever is to be
// removed from it is gone.
func IsDropped(part string) bool {
	return part == PartMetadata || strings.HasPrefix(part, PartAttached)
}

// A Page is one thing a reviewer looks at: a text, a photo, a PDF page, or what
// a file says about itself.
type Page struct {
	Part     string
	Index    int             // 0-based, in reading order over the asset
	Bounds   image.Rectangle // pixels of the upright picture, or points; empty for plain text
	Spans    []Span
	Pictures []Picture
}

// A Span is a run of text with its place.
type Span struct {
	ID     int
	Text   string            // as written, valid UTF-8
	Offset int               // runes before Text in the part
	Boxes  []image.Rectangle // one per rune in page units, or nil where text has no place
	Seen   bool              `json:",omitempty"` // read in a picture, not text of the file's own
	Block  int               `json:",omitempty"` // its paragraph or cell, from 1, where the format knows: no sentence goes on in another
}

// A Picture is an image with its place on the page.
type Picture struct {
	ID   int
	Box  image.Rectangle // where it stands, in page units
	Load func(context.Context) (*image.NRGBA, error)
}

// A Region points at a part of a page: runes of a span (Box empty, or their
// hull where the text stands in a picture), or a box (End zero).
type Region struct {
	Part  string          `json:"part,omitempty"`
	Page  int             `json:"page"`
	Span  int             `json:"span"`
	Start int             `json:"start"` // runes, in the part's text
	End   int             `json:"end"`   // exclusive
	Box   image.Rectangle `json:"box"`   // page units, upright
}

// IsText reports whether the region is a run of text.
func (r Region) IsText() bool { return r.End > r.Start }

// Hull is the smallest box around runes from start to end (exclusive, in the
// part's text) of the page; empty where they have no place.
func (p Page) Hull(start, end int) (hull image.Rectangle) {
	for _, s := range p.Spans {
		if s.Boxes == nil {
			continue
		}
		for i := max(start-s.Offset, 0); i < min(end-s.Offset, len(s.Boxes)); i++ {
			hull = hull.Union(s.Boxes[i])
		}
	}
	return hull
}

// Found is a finding at runes start to end (exclusive, in the span's text) of one
// of the page's spans, still without what it is.
func (p Page) Found(s Span, text []rune, start, end int) Finding {
	return Finding{Region: p.region(s, start, end), Text: string(text[start:end])}
}

// Same reports whether both stand in the same part and page.
func (r Region) Same(o Region) bool { return r.Part == o.Part && r.Page == o.Page }

// Tier says how certain a finding is. Both tiers are hidden; a person may clear
// one of the review tier. The zero value is the careful one.
type Tier int

// The tiers.
const (
	Review Tier = iota
	Sure
)

func (t Tier) String() string {
	if t == Sure {
		return "sure"
	}
	return "review"
}

// MarshalText writes "sure" or "review".
func (t Tier) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads "sure"; anything else is Review.
func (t *Tier) UnmarshalText(b []byte) error {
	*t = Review
	if string(b) == "sure" {
		*t = Sure
	}
	return nil
}

// A Finding is something that could identify a subject. Its printed form says
// kind and place only, so that no log or error carries found text.
type Finding struct {
	Region    Region       `json:"region"`
	Kind      Kind         `json:"kind"`
	Text      string       `json:"text,omitempty"` // as written; empty for faces
	Score     float64      `json:"score"`          // 0 to 1
	Tier      Tier         `json:"tier"`
	By        string       `json:"by"`                  // the detector's ID
	Why       string       `json:"why"`                 // one of the detector's reasons, never found text
	Landmarks [][2]float32 `json:"landmarks,omitempty"` // faces: eyes, nose, mouth corners, in page pixels
	Ref       string       `json:"ref,omitempty"`       // of the Likeness that was found again
}

// String names kind and place, never the text.
func (f Finding) String() string {
	if f.Region.IsText() {
		return fmt.Sprintf("%s at %s:%d-%d", f.Kind, f.Region.Part, f.Region.Start, f.Region.End)
	}
	return fmt.Sprintf("%s at %v", f.Kind, f.Region.Box)
}

// LogValue is String, for log/slog.
func (f Finding) LogValue() slog.Value { return slog.StringValue(f.String()) }

// A Term is a text to look for wherever it stands: a registry name, or a name
// found elsewhere in the case.
type Term struct {
	Text string
	Kind Kind
	Tier Tier
	Why  string // "registry", "registry/" and a rule of redact/names/forms, "found-elsewhere", …
	Only Narrow
}

// Narrow says where alone a Term is found. The zero value is everywhere.
type Narrow uint8

// The bounds beside which a Term may not be found. They are for short forms that
// mean something else elsewhere.
const (
	Capitals  Narrow = 1 << iota // its capitals are capitals in the text: WXM, He Can
	WholeWord                    // neither end makes an everyday Chinese word with the rune beside it: 金总 not in 资金总额
)

// A Likeness is a picture of something to look for wherever it is seen: the logo
// of a registered organisation.
type Likeness struct {
	Ref   string // the caller's key, handed back in Finding.Ref
	Kind  Kind
	Image *image.NRGBA
}

// Method is how a region of a picture is removed. The zero value keeps nothing.
type Method int

// The methods.
const (
	Solid Method = iota
	Mosaic
	Blur
)

var methods = []string{"solid", "mosaic", "blur"}

func (m Method) String() string { return methods[m] }

// MarshalText writes the method's word.
func (m Method) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads solid, mosaic or blur.
func (m *Method) UnmarshalText(b []byte) error {
	for i, s := range methods {
		if s == string(b) {
			*m = Method(i)
			return nil
		}
	}
	return fmt.Errorf("no style %q: solid, mosaic or blur", b)
}

// A Redaction is an order to remove one region.
type Redaction struct {
	Region Region `json:"region"`
	Kind   Kind   `json:"kind"`
	Method Method `json:"method"` // pictures
	With   string `json:"with"`   // text: what stands there instead
	// Body: cover the whole person below a face, not the head alone.
	Body bool `json:"body,omitempty"`
	// Landmarks of the face, as in Finding, where Body has to know which way is
	// down; without them it is the picture's own.
	Landmarks [][2]float32 `json:"landmarks,omitempty"`
	// Sharp: a drawn region has no soft edge, so that no pixel beside it changes.
	Sharp bool `json:"sharp,omitempty"`
}

// A Format opens one family of files.
type Format interface {
	// ID names the format and the version of what it writes.
	ID() string
	// Open reads the asset's structure. An error wraps ErrUnreadable where the
	// bytes are at fault.
	Open(ctx context.Context, a Asset, r io.ReaderAt) (Document, error)
}

// A Hider is a Format of pictures that hides regions of one in memory, exactly as
// Rewrite does. A region outside the picture is an error, and then nothing is
// changed.
type Hider interface {
	Format
	Hide(m *image.NRGBA, rs []Redaction) error
}

// A Converter is a Format that writes some files in another type than it reads.
type Converter interface {
	Format
	// WrittenName is the name for what Rewrite makes of a file of this name and
	// media type: the same, but for an ending that would be wrong.
	WrittenName(name, mediaType string) string
}

// A Document yields its pages and writes a copy without the redacted parts.
type Document interface {
	// Pages yields every page and hidden part. A part that cannot be read is an
	// error, never left out in silence.
	Pages(ctx context.Context) iter.Seq2[Page, error]
	// Rewrite writes the document without the regions and without metadata.
	// The media type of what it wrote is returned. A region it cannot place is
	// an error.
	Rewrite(ctx context.Context, w io.Writer, rs []Redaction) (mediaType string, err error)
}

// A Note says what was done to a file beside what was ordered, or to a page of
// it. It never holds found text.
type Note struct {
	Code  string `json:"code"`           // a stable word, such as page-as-picture
	Page  int    `json:"page,omitempty"` // from 1 on; 0: the whole file
	Count int    `json:"count,omitempty"`
	Why   string `json:"why,omitempty"` // a stable word
}

// A Noter is a Document that says what it did.
type Noter interface {
	Document
	// RewriteNoting is Rewrite, with notes.
	RewriteNoting(ctx context.Context, w io.Writer, rs []Redaction) (mediaType string, notes []Note, err error)
}

// A Viewer is a Document whose pages are more than one picture. It shows a page as
// a reader sees it.
type Viewer interface {
	Document
	// View draws a page of the body without the regions, as Rewrite would leave
	// it, at so many pixels a page unit. Its size is that of the page's Bounds,
	// times scale.
	View(ctx context.Context, page int, scale float64, rs []Redaction) (*image.NRGBA, error)
}

// A Keeper is a Format that keeps files open for a while: who looks at page after page
// of a file need not read it each time.
type Keeper interface {
	Format
	// Kept is the file of this digest, if it is open.
	Kept(sum Digest) (doc Document, ok bool)
}

// A Reader reads the words that stand in pictures, so that what names someone
// there is found as it is in text. It must be safe for concurrent use.
type Reader interface {
	// ID names the reader, its version, settings and models: results are kept
	// under it.
	ID() string
	// Read gives the lines of text in the page's pictures, each a span with one
	// box a rune in page units. IDs and offsets go on after those of p.Spans,
	// one rune (a line break) between two spans.
	Read(ctx context.Context, p Page) ([]Span, error)
}

// A Detector finds; it never decides. It must be safe for concurrent use.
type Detector interface {
	// ID names the detector, its version, settings and models: results are kept
	// under it.
	ID() string
	Detect(ctx context.Context, p Page) ([]Finding, error)
}

// Released is what an Attack may know: the written bytes, what was removed from
// them and what was kept, and the source, to compare with.
type Released struct {
	Asset      Asset // of the written file
	Body       io.ReaderAt
	Source     Asset
	SourceBody io.ReaderAt
	Removed    []Finding
	Kept       []Finding
	Methods    []Method // beside Removed: how each picture region was removed
	Rights     Rights   // what was to be written about model releases
	AsIs       bool     // nobody's output: whatever can be got out of it counts
}

// An Attack tries to get removed things back by means other than those that
// found them. It must be safe for concurrent use.
type Attack interface {
	ID() string
	// Try returns what it recovered. An error means that it could not look,
	// which counts as no proof.
	Try(ctx context.Context, r Released) ([]Leak, error)
}

// A Leak is something an attack recovered: by what, where, of which kind. It
// never holds the text itself.
type Leak struct {
	By    string `json:"by"`
	Where string `json:"where"`
	Kind  Kind   `json:"kind"`
	// Removed is the index in Released.Removed of what came back, or -1 where
	// the leak is not of one finding (metadata, a new face).
	Removed int `json:"-"`
	// Region is where something came to light that nobody had decided on, so
	// that it can be hidden too; else empty.
	Region Region `json:"-"`
}

// LeakError carries the leaks that stopped a release.
type LeakError struct {
	Asset Digest
	Leaks []Leak
}

func (e *LeakError) Error() string {
	return fmt.Sprintf("%d removed item(s) could be recovered from the output of %.12s", len(e.Leaks), e.Asset)
}
