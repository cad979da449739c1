package attack

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"strings"

	"consentry/redact"
)

// Metadata reads the blocks of a written picture with a reader of its own and
// reports every block that is not needed to show the pixels: EXIF, XMP, ICC,
// comments, thumbnails, text, time, unknown blocks, and bytes behind the end.
// It knows JPEG (ITU T.81) and PNG (ISO/IEC 15948). A text file has no
// metadata; any other type is an error, which counts as no proof.
//
// It does not see what hides inside the compressed pixel data.
//
// It is safe for concurrent use.
type Metadata struct{}

var _ redact.Attack = Metadata{}

// ID names the attack and its version.
func (Metadata) ID() string { return "metadata/1" }

// Try returns one leak for each block that does not belong.
func (a Metadata) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	in := bufio.NewReaderSize(cancellable{ctx, io.NewSectionReader(r.Body, 0, 1<<62)}, 1<<16)
	var found []string
	var err error
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	switch {
	case strings.HasPrefix(media, "text/"):
		return nil, nil
	case media == "image/jpeg":
		found, err = walkJPEG(in)
	case media == "image/png":
		found, err = walkPNG(in)
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
