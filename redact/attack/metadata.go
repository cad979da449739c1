package attack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"

	"consentry/redact"
)

// Metadata reads the blocks of a written picture with a reader of its own and
// reports every block that is not needed to show the pixels: EXIF, XMP, ICC,
// comments, thumbnails, text, time, unknown blocks, and bytes behind the end.
// It knows JPEG (ITU T.81), PNG (ISO/IEC 15948), GIF (GIF89a), WebP (RFC 9649),
// TIFF (6.0) and BMP. One block may stand: the packet on model releases that
// belongs to Released.Rights, byte for byte, once. A text file has no metadata;
// HEIC, which is never
// written, is a leak as it is; any other type is an error, which counts as no
// proof.
//
// It does not see what hides inside the compressed pixel data.
//
// It is safe for concurrent use.
type Metadata struct{}

var _ redact.Attack = Metadata{}

// ID names the attack and its version.
func (Metadata) ID() string { return "metadata/2" }

// Try returns one leak for each block that does not belong.
func (a Metadata) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	size := r.Asset.Size
	if size <= 0 {
		size = 1 << 62
	}
	in := bufio.NewReaderSize(cancellable{ctx, io.NewSectionReader(r.Body, 0, 1<<62)}, 1<<16)
	once := &packet{want: r.Rights.XMP()}
	var found []string
	var err error
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	switch {
	case isTextual(media), media == "application/pdf", isOffice(media), isOlder(media): // Opened, redact/pdf and redact/office look there
		return nil, nil
	case media == "image/jpeg":
		found, err = walkJPEG(in, once)
	case media == "image/png":
		found, err = walkPNG(in, once)
	case media == "image/gif":
		found, err = walkGIF(in)
	case media == "image/webp":
		found, err = walkWebP(in, once)
	case media == "image/bmp":
		found, err = walkBMP(in)
	case media == "image/tiff":
		found, err = walkTIFF(ctx, r.Body, size, once)
	case media == "image/heic": // never written by this program
		found = []string{"heic file as it came from a camera"}
	default:
		err = fmt.Errorf("no reader for %q", r.Asset.Type)
	}
	if err != nil {
		return nil, fmt.Errorf("look for metadata: %w", err)
	}
	leaks := make([]redact.Leak, len(found))
	for i, where := range found {
		leaks[i] = redact.Leak{By: a.ID(), Where: where, Kind: redact.Other, Removed: -1}
	}
	return leaks, nil
}

// A packet is the one block that may stand, once.
type packet struct {
	want []byte
	seen bool
}

// is takes a block that says to be the packet, behind what its container puts
// before it.
func (p *packet) is(before string, block []byte) bool {
	if p.want == nil || p.seen || string(block) != before+string(p.want) {
		return false
	}
	p.seen = true
	return true
}

// cancellable ends a read when its context does.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// trailing tells whether anything follows.
func trailing(in *bufio.Reader) (bool, error) {
	_, err := in.ReadByte()
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	return err == nil, err
}

// whole turns an end of file in the midst of a block into an error that says so.
func whole(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
