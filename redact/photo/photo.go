// Package photo reads JPEG, PNG, WebP, GIF, TIFF, BMP and HEIC files and rewrites
// them.
//
// A photo is one page of one picture, upright and in sRGB, and a hidden part
// with the texts that the file's metadata holds. Each page of a TIFF file and
// each frame of an animation, as it is seen, is a page. Rewriting destroys the
// pixels of what is to be hidden, drops every metadata block, and encodes anew,
// in the same format but for HEIC, which becomes JPEG.
package photo

import (
	"context"
	"image"
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

// A Decoder decodes pages of the size bytes of r, beginning with one: at most so
// many, and fewer where they are large, but at least one. Its errors are those of
// Decode.
type Decoder func(ctx context.Context, r io.ReaderAt, size int64, from, most int) ([]*Image, error)

// InProcess is a Decoder without a child process. It cannot be interrupted.
func InProcess(ctx context.Context, r io.ReaderAt, size int64, from, most int) (list []*Image, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = decodeFrom(io.NewSectionReader(r, 0, size), from, most, func(m *Image) error {
		list = append(list, m)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, nil
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
	cache map[int]weak.Pointer[image.NRGBA] // by page, while somebody still uses it
	infos map[int]Info
}

// load decodes from a page on, at most so many, or returns the page where it is
// still in use from the last time. The pixels are shared: nobody may write to
// them.
func (d *document) load(ctx context.Context, page, most int) ([]*Image, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.cached(page); m != nil {
		return []*Image{m}, nil
	}
	list, err := d.decode(ctx, d.r, d.size, page, most)
	if err != nil {
		return nil, err
	}
	d.cache, d.infos = map[int]weak.Pointer[image.NRGBA]{}, map[int]Info{}
	for i, m := range list {
		d.cache[page+i], d.infos[page+i] = weak.Make(m.Pix), m.Info
	}
	return list, nil
}

func (d *document) cached(page int) *Image {
	if pix := d.cache[page].Value(); pix != nil {
		return &Image{Pix: pix, Info: d.infos[page]}
	}
	return nil
}

// own is load for someone who writes to the pixels. The cache never knows them.
func (d *document) own(ctx context.Context, page int) ([]*Image, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if m := d.cached(page); m != nil {
		m.Pix = &image.NRGBA{Pix: slices.Clone(m.Pix.Pix), Stride: m.Pix.Stride, Rect: m.Pix.Rect}
		return []*Image{m}, nil
	}
	return d.decode(ctx, d.r, d.size, page, maxPages)
}

// Pages yields each page or frame, and what the metadata says where it says
// anything. The pixels stay decoded while their page is being worked on; of a
// large file only a few pages are decoded at a time. Load returns pixels that are
// shared and must not be written to.
//
// A picture with half-transparent pixels is yielded twice in the same place: as
// seen on white, and in its bare colours, since either may show a face that the
// other does not.
func (d *document) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		var texts []Text
		for i, n := 0, 1; i < n; {
			list, err := d.load(ctx, i, maxPages)
			if err != nil {
				yield(redact.Page{}, err)
				return
			}
			for _, m := range list {
				if i == 0 {
					texts = m.Info.Texts
				}
				n = m.Info.Pages
				more := yield(d.page(i, m), nil)
				runtime.KeepAlive(m.Pix)
				if i++; !more {
					return
				}
			}
		}
		if len(texts) > 0 {
			yield(metadataPage(texts), nil)
		}
	}
}

// page is a page whose pixels are loaded again when asked for.
func (d *document) page(i int, m *Image) redact.Page {
	page := redact.Page{Part: redact.PartBody, Index: i, Bounds: m.Pix.Rect}
	bare := func(ctx context.Context) (*image.NRGBA, error) {
		list, err := d.load(ctx, i, 1)
		if err != nil {
			return nil, err
		}
		return list[0].Pix, nil
	}
	seen := bare
	if m.Info.Veiled {
		seen = func(ctx context.Context) (*image.NRGBA, error) {
			pix, err := bare(ctx)
			if err != nil {
				return nil, err
			}
			return onWhite(pix), nil
		}
		page.Pictures = []redact.Picture{{ID: 1, Box: m.Pix.Rect, Load: bare}}
	}
	page.Pictures = slices.Insert(page.Pictures, 0, redact.Picture{Box: m.Pix.Rect, Load: seen})
	return page
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

// Thumbnail is a copy whose longer side has at most maxSide pixels.
func Thumbnail(m *image.NRGBA, maxSide int) *image.NRGBA {
	return imaging.Fit(m, maxSide, maxSide, imaging.Box)
}
