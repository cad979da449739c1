package photo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/image/bmp"

	"consentry/redact"
)

var (
	_ redact.RightsWriter = (*document)(nil)
	_ redact.Converter    = (*Format)(nil)
)

// WrittenName gives a HEIC file, which is written as JPEG, that ending.
func (*Format) WrittenName(name, mediaType string) string {
	if mediaType != HEIC {
		return name
	}
	to, _ := Extension(JPEG)
	is, also := Extension(HEIC)
	if x := path.Ext(name); slices.Contains(append(also, is), strings.ToLower(x)) {
		name = strings.TrimSuffix(name, x)
	}
	return name + to
}

// Rewrite encodes the photo anew, in its own format: JPEG of about the source's
// quality, WebP without loss, HEIC as JPEG. Every redaction of the body must be a
// box that meets the picture of its page. A face is hidden with 25 % more on each
// side, text and codes with a little more and always solid, what was drawn by hand
// as it was drawn; around all but text and codes the picture comes back over a
// soft edge. Redactions of metadata are met by dropping all of it.
//
// In an animation, what a frame hides stays hidden in the frames before and after
// it as long as the picture in that place is the same.
func (d *document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	return d.RewriteWith(ctx, w, rs, redact.Rights{})
}

// maxXMP is what a JPEG segment holds of a packet (XMP part 3, 1.1.3.1).
const maxXMP = 65502

// RewriteWith writes rights into JPEG, PNG, WebP and TIFF.
func (d *document) RewriteWith(ctx context.Context, w io.Writer, rs []redact.Redaction, rights redact.Rights) (string, error) {
	xmp := rights.XMP()
	if len(xmp) > maxXMP {
		return "", errors.New("too many model releases for one photo")
	}
	var enc encoder
	var mediaType string
	for i, n := 0, 1; i < n; {
		list, err := d.own(ctx, i)
		if err != nil {
			return "", err
		}
		if i == 0 {
			info := list[0].Info
			if n = info.Pages; onlyOn(rs, n) != nil {
				return "", onlyOn(rs, n)
			}
			if info.Animated() {
				if rs, err = d.carry(ctx, rs, n); err != nil {
					return "", err
				}
			}
			if enc, mediaType, err = newEncoder(w, info, list[0].Pix.Rect.Size(), xmp); err != nil {
				return "", err
			}
		}
		for k, m := range list {
			if err := d.labels.hide(m.Pix, onPage(rs, i)); err != nil {
				return "", err
			}
			if err := ctx.Err(); err != nil {
				return "", err
			}
			if err := enc.add(m.Pix, m.Info); err != nil {
				return "", fmt.Errorf("write photo: %w", err)
			}
			list[k], i = nil, i+1
		}
	}
	if err := enc.close(); err != nil {
		return "", fmt.Errorf("write photo: %w", err)
	}
	return mediaType, nil
}

// Animated reports whether the pages are frames, seen one after the other in one
// place.
func (i Info) Animated() bool { return i.Pages > 1 && (i.Type == GIF || i.Type == WebP) }

// onlyOn is an error where a redaction is of a page that is not there.
func onlyOn(rs []redact.Redaction, pages int) error {
	for i, r := range rs {
		if r.Region.Part == redact.PartBody && (r.Region.Page < 0 || r.Region.Page >= pages) {
			return fmt.Errorf("redaction %d: a photo has no page %d", i, r.Region.Page)
		}
	}
	return nil
}

// onPage are the redactions of one page, as those of a photo of one page. Those
// of other parts are judged with the first.
func onPage(rs []redact.Redaction, page int) (list []redact.Redaction) {
	for _, r := range rs {
		if r.Region.Part == redact.PartBody && r.Region.Page == page {
			r.Region.Page = 0
			list = append(list, r)
		} else if r.Region.Part != redact.PartBody && page == 0 {
			list = append(list, r)
		}
	}
	return list
}

// carry adds, for each redaction of a frame, the same one on the frames before
// and after it that show the same pixels there: what one frame hides, no other
// may show.
func (d *document) carry(ctx context.Context, rs []redact.Redaction, pages int) ([]redact.Redaction, error) {
	boxes := map[image.Rectangle][]uint32{} // a checksum of the pixels a frame
	for _, r := range rs {
		if r.Region.Part == redact.PartBody && !r.Region.Box.Empty() {
			boxes[r.Region.Box] = make([]uint32, pages)
		}
	}
	if len(boxes) == 0 {
		return rs, nil
	}
	for i := 0; i < pages; {
		list, err := d.load(ctx, i, maxPages)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			for b, sums := range boxes {
				sums[i] = checksum(m.Pix, b.Intersect(m.Pix.Rect))
			}
			i++
		}
	}
	type spot struct {
		page int
		box  image.Rectangle
	}
	has := map[spot]bool{}
	for _, r := range rs {
		has[spot{r.Region.Page, r.Region.Box}] = true
	}
	for _, r := range rs[:len(rs):len(rs)] {
		sums := boxes[r.Region.Box]
		for _, step := range []int{-1, 1} {
			for p := r.Region.Page + step; sums != nil && p >= 0 && p < pages && sums[p] == sums[r.Region.Page]; p += step {
				if s := (spot{p, r.Region.Box}); !has[s] {
					has[s] = true
					more := r
					more.Region.Page = p
					rs = append(rs, more)
				}
			}
		}
	}
	return rs, nil
}

func checksum(m *image.NRGBA, r image.Rectangle) uint32 {
	h := crc32.NewIEEE()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		h.Write(m.Pix[m.PixOffset(r.Min.X, y):][:4*r.Dx()])
	}
	return h.Sum32()
}

// An encoder writes pages, one after the other. It writes no metadata but an XMP
// packet it was given.
type encoder interface {
	add(pix *image.NRGBA, info Info) error
	close() error
}

// newEncoder is an encoder for the format of a source, and what it writes.
func newEncoder(w io.Writer, source Info, size image.Point, xmp []byte) (encoder, string, error) {
	switch source.Type {
	case JPEG, HEIC:
		q := 92
		if source.Quality != 0 {
			q = min(95, max(75, source.Quality))
		}
		return oneImage(func(pix *image.NRGBA) error {
			if xmp != nil {
				w = &inserter{w: w, at: 2, extra: jpegXMP(xmp)}
			}
			// Opaque, hence the same as premultiplied, for which the encoder is fast.
			return jpeg.Encode(w, &image.RGBA{Pix: pix.Pix, Stride: pix.Stride, Rect: pix.Rect}, &jpeg.Options{Quality: q})
		}), JPEG, nil
	case PNG:
		return oneImage(func(pix *image.NRGBA) error {
			if xmp != nil {
				w = &inserter{w: w, at: len(pngMagic) + 25, extra: pngXMP(xmp)}
			}
			return (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(w, pix)
		}), PNG, nil
	case BMP:
		return oneImage(func(pix *image.NRGBA) error {
			if !pix.Opaque() {
				pix = onWhite(pix) // few programs know transparency in BMP
			}
			return bmp.Encode(w, pix)
		}), BMP, nil
	case GIF:
		return newGIFWriter(w, size, source), GIF, nil
	case WebP:
		return newWebPWriter(w, size, source, xmp), WebP, nil
	case TIFF:
		return &tiffWriter{w: w, pages: source.Pages, xmp: xmp}, TIFF, nil
	}
	return nil, "", errors.New("no encoder for this type")
}

// oneImage is an encoder of a format that has one page.
type oneImage func(pix *image.NRGBA) error

func (f oneImage) add(pix *image.NRGBA, info Info) error {
	if info.Page != 0 {
		return errors.New("more than one page")
	}
	return f(pix)
}

func (oneImage) close() error { return nil }

// inserter puts bytes into a stream at one place.
type inserter struct {
	w     io.Writer
	at    int // bytes until there
	extra []byte
}

func (i *inserter) Write(p []byte) (int, error) {
	n := 0
	if i.extra != nil && len(p) >= i.at {
		k, err := i.w.Write(p[:i.at])
		if n = k; err != nil {
			return n, err
		}
		if _, err := i.w.Write(i.extra); err != nil {
			return n, err
		}
		i.extra = nil
	}
	k, err := i.w.Write(p[n:])
	i.at -= k
	return n + k, err
}

// jpegXMP is an APP1 segment (XMP part 3, 1.1.3).
func jpegXMP(xmp []byte) []byte {
	body := append([]byte("http://ns.adobe.com/xap/1.0/\x00"), xmp...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, markAPP0 + 1}, uint16(len(body)+2)), body...)
}

// pngXMP is an iTXt chunk (XMP part 3, 1.1.5).
func pngXMP(xmp []byte) []byte {
	b := append([]byte("\x00\x00\x00\x00iTXtXML:com.adobe.xmp\x00\x00\x00\x00\x00"), xmp...)
	binary.BigEndian.PutUint32(b, uint32(len(b)-8))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// difference is the smallest box around the pixels in which two pictures of one
// size differ.
func difference(a, b *image.NRGBA) (box image.Rectangle) {
	w := a.Rect.Dx()
	for y := range a.Rect.Dy() {
		p, q := a.Pix[y*a.Stride:][:4*w], b.Pix[y*b.Stride:][:4*w]
		if bytes.Equal(p, q) {
			continue
		}
		x0, x1 := 0, w
		for ; bytes.Equal(p[4*x0:4*x0+4], q[4*x0:4*x0+4]); x0++ {
		}
		for ; bytes.Equal(p[4*x1-4:4*x1], q[4*x1-4:4*x1]); x1-- {
		}
		box = box.Union(image.Rect(x0, y, x1, y+1))
	}
	return box
}
