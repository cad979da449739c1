// Package photo reads and rewrites JPEG and PNG files.
//
// A photo is one page of one picture, upright and in sRGB, and a hidden part
// with the texts that the file's metadata holds. Rewriting destroys the pixels
// of what is to be hidden, drops every metadata block, and encodes anew.
package photo

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"iter"
	"runtime"
	"slices"
	"sync"
	"unicode/utf8"
	"weak"

	"github.com/disintegration/imaging"

	"consentry/redact"
)

// A Decoder decodes the size bytes of r. Its errors are those of Decode.
type Decoder func(ctx context.Context, r io.ReaderAt, size int64) (*Image, error)

// InProcess is Decode as a Decoder, without a child process. It cannot be
// interrupted.
func InProcess(ctx context.Context, r io.ReaderAt, size int64) (*Image, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return Decode(io.NewSectionReader(r, 0, size))
}

// A Format is a redact.Format for photos. It is safe for concurrent use.
type Format struct {
	decode Decoder
	labels *labeller
}

var _ redact.Format = (*Format)(nil)

// New is a format that opens photos by dec: InProcess, or Sandboxed for files
// from outside. Labels are written over hidden words in the typeface that ttf
// gives (a TrueType or OpenType file, asked for once); nil leaves them blank.
func New(dec Decoder, ttf func() ([]byte, error)) *Format {
	if dec == nil {
		dec = InProcess
	}
	return &Format{dec, &labeller{load: ttf}}
}

// ID changes whenever the pages or the written bytes do.
func (*Format) ID() string { return "photo/2" }

// Open checks type and size by the first bytes; damage further on is found by
// Pages. The asset's Size counts, its Type does not.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a.Size > maxBytes {
		return nil, tooLarge("the file")
	}
	if _, _, err := header(io.NewSectionReader(r, 0, a.Size)); err != nil {
		return nil, err
	}
	return &document{decode: f.decode, labels: f.labels, r: r, size: a.Size}, nil
}

type document struct {
	decode Decoder
	labels *labeller
	r      io.ReaderAt
	size   int64

	mu    sync.Mutex
	cache weak.Pointer[image.NRGBA] // while somebody still uses it
	info  Info
}

// load decodes, or returns what is still in use from the last time. The pixels
// are shared: nobody may write to them.
func (d *document) load(ctx context.Context) (*image.NRGBA, Info, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if pix := d.cache.Value(); pix != nil {
		return pix, d.info, nil
	}
	m, err := d.decode(ctx, d.r, d.size)
	if err != nil {
		return nil, Info{}, err
	}
	d.cache, d.info = weak.Make(m.Pix), m.Info
	return m.Pix, m.Info, nil
}

// own is load for someone who writes to the pixels. The cache never knows them.
func (d *document) own(ctx context.Context) (*image.NRGBA, Info, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if pix := d.cache.Value(); pix != nil {
		return &image.NRGBA{Pix: slices.Clone(pix.Pix), Stride: pix.Stride, Rect: pix.Rect}, d.info, nil
	}
	m, err := d.decode(ctx, d.r, d.size)
	if err != nil {
		return nil, Info{}, err
	}
	return m.Pix, m.Info, nil
}

// Pages yields the picture, and what the metadata says where it says anything.
// The pixels stay decoded while the body's page is being worked on. Load
// returns pixels that are shared and must not be written to.
//
// A picture with half-transparent pixels is yielded twice in the same place: as
// seen on white, and in its bare colours, since either may show a face that the
// other does not.
func (d *document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		pix, info, err := d.load(ctx)
		if err != nil {
			yield(redact.Page{}, err)
			return
		}
		page := redact.Page{Part: redact.PartBody, Bounds: pix.Rect}
		bare := func(ctx context.Context) (*image.NRGBA, error) {
			pix, _, err := d.load(ctx)
			return pix, err
		}
		seen := bare
		if info.Veiled {
			seen = func(ctx context.Context) (*image.NRGBA, error) {
				pix, _, err := d.load(ctx)
				if err != nil {
					return nil, err
				}
				return onWhite(pix), nil
			}
			page.Pictures = []redact.Picture{{ID: 1, Box: pix.Rect, Load: bare}}
		}
		page.Pictures = slices.Insert(page.Pictures, 0, redact.Picture{Box: pix.Rect, Load: seen})
		more := yield(page, nil)
		runtime.KeepAlive(pix)
		if more && len(info.Texts) > 0 {
			yield(metadataPage(info.Texts), nil)
		}
	}
}

// metadataPage has one span a text, one line each in the part's text.
func metadataPage(texts []Text) redact.Page {
	p := redact.Page{Part: redact.PartMetadata}
	offset := 0
	for i, t := range texts {
		p.Spans = append(p.Spans, redact.Span{ID: i, Text: t.Value, Offset: offset})
		offset += utf8.RuneCountInString(t.Value) + 1
	}
	return p
}

// Rewrite encodes the photo anew: JPEG as JPEG of about the source's quality,
// PNG as PNG. Every redaction of the body must be a box on page 0 that meets
// the picture. A face is hidden with 25 % more on each side, text and codes with a
// little more and always solid, what was drawn by hand as it was drawn; around
// all but text and codes the picture comes back over a soft edge. Redactions of
// metadata are met by dropping all of it.
func (d *document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	pix, info, err := d.own(ctx)
	if err != nil {
		return "", err
	}
	for i, r := range rs {
		if r.Region.Part == redact.PartBody && r.Region.Page != 0 {
			return "", fmt.Errorf("redaction %d: a photo has no page %d", i, r.Region.Page)
		}
	}
	list, err := areas(rs, pix.Rect)
	if err != nil {
		return "", err
	}
	hide(pix, list)
	if err := d.labels.write(pix, rs); err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := encodeAs(w, pix, info); err != nil {
		return "", fmt.Errorf("write photo: %w", err)
	}
	return info.Type, nil
}

// encodeAs writes no metadata: the encoders of the standard library know none.
func encodeAs(w io.Writer, pix *image.NRGBA, info Info) error {
	switch info.Type {
	case JPEG:
		q := 92
		if info.Quality != 0 {
			q = min(95, max(75, info.Quality))
		}
		// Opaque, hence the same as premultiplied, for which the encoder is fast.
		return jpeg.Encode(w, &image.RGBA{Pix: pix.Pix, Stride: pix.Stride, Rect: pix.Rect}, &jpeg.Options{Quality: q})
	case PNG:
		return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, pix)
	}
	return errors.New("no encoder for this type")
}

// Thumbnail is a copy whose longer side has at most maxSide pixels.
func Thumbnail(m *image.NRGBA, maxSide int) *image.NRGBA {
	return imaging.Fit(m, maxSide, maxSide, imaging.Box)
}
