package photo

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"unicode/utf8"

	"consentry/internal/sandbox"
	"consentry/redact"
)

const task = "photo.decode"

// Codes of a child's errors.
const (
	codeUnreadable = "unreadable"
	codeTooLarge   = "too-large"
)

// Tasks is what a program that uses Sandboxed hands to sandbox.Main.
func Tasks() map[string]sandbox.Task { return map[string]sandbox.Task{task: serve} }

// serve runs in the child. It reads the first page wanted and how many at most
// (4 bytes each, big-endian), then the file. Its answer is, for each page, the
// length of Info as JSON (4 bytes, big-endian), Info, and the pixels, row by row,
// 4 bytes each.
func serve(_ context.Context, in io.Reader, out io.Writer) error {
	var want [8]byte
	if _, err := io.ReadFull(in, want[:]); err != nil {
		return fmt.Errorf("read which pages: %w", err)
	}
	from, most := binary.BigEndian.Uint32(want[:]), binary.BigEndian.Uint32(want[4:])
	err := decodeFrom(in, int(from), int(most), func(m *Image) error {
		head, err := json.Marshal(m.Info)
		if err != nil {
			return fmt.Errorf("describe photo: %w", err)
		}
		if _, err := out.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...)); err != nil {
			return err
		}
		_, err = out.Write(m.Pix.Pix)
		return err
	})
	switch {
	case errors.Is(err, redact.ErrTooLarge):
		return sandbox.Fail(codeTooLarge, err)
	case errors.Is(err, redact.ErrUnreadable):
		return sandbox.Fail(codeUnreadable, err)
	}
	return err
}

// Sandboxed decodes in a child process of r, so that a decoder led astray by a
// file reaches nothing. What the child says is checked as untrusted input is.
func Sandboxed(r *sandbox.Runner) Decoder {
	return func(ctx context.Context, in io.ReaderAt, size int64, from, most int) ([]*Image, error) {
		a := answer{from: from, most: most}
		want := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(from)), uint32(most))
		file := bufio.NewReaderSize(io.NewSectionReader(in, 0, size), 1<<16)
		err := r.Run(ctx, task, io.MultiReader(bytes.NewReader(want), file), &a)
		var te *sandbox.TaskError
		switch {
		case err == nil:
			return a.images()
		case errors.As(err, &te) && te.Code == codeTooLarge:
			return nil, &childError{te.Text, []error{redact.ErrUnreadable, redact.ErrTooLarge}}
		case errors.As(err, &te) && te.Code == codeUnreadable:
			return nil, &childError{te.Text, []error{redact.ErrUnreadable}}
		case errors.Is(err, sandbox.ErrLimit):
			return nil, fmt.Errorf("photo %w: %w: %w", redact.ErrUnreadable, redact.ErrTooLarge, err)
		case errors.Is(err, sandbox.ErrCrashed):
			return nil, unreadable(err)
		}
		return nil, err
	}
}

// childError gives an error of the child its identity back.
type childError struct {
	text string
	is   []error
}

func (e *childError) Error() string   { return e.text }
func (e *childError) Unwrap() []error { return e.is }

const maxHead = 16 << 20

var errAnswer = errors.New("decoder process gave no picture")

// answer takes a child's answer as it comes. The pixels go straight to where
// they stay.
type answer struct {
	from, most int // pages that were asked for
	head       []byte
	page       *Image // whose pixels are coming; nil before its head is complete
	got        int    // bytes of its pixels
	done       []*Image
}

func (a *answer) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if a.page != nil {
			k := copy(a.page.Pix.Pix[a.got:], p)
			a.got, p = a.got+k, p[k:]
			if a.got == len(a.page.Pix.Pix) {
				if err := a.end(); err != nil {
					return 0, err
				}
			}
			continue
		}
		want := 4
		if len(a.head) >= 4 {
			want += int(binary.BigEndian.Uint32(a.head))
			if want == 4 || want > maxHead {
				return 0, unreadable(errAnswer)
			}
		}
		k := min(len(p), want-len(a.head))
		a.head, p = append(a.head, p[:k]...), p[k:]
		if len(a.head) == want && want > 4 {
			if err := a.begin(); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

// begin checks the head of a page and makes room for its pixels.
func (a *answer) begin() error {
	var i Info
	if json.Unmarshal(a.head[4:], &i) != nil {
		return unreadable(errAnswer)
	}
	a.head = nil
	bad := !slices.Contains(Types(), i.Type) || i.Quality < 0 || i.Quality > 100 || i.Orientation < 1 || i.Orientation > 8 ||
		i.Width < 1 || i.Height < 1 || i.Width > maxSide || i.Height > maxSide || int64(i.Width)*int64(i.Height) > maxPixels ||
		i.Page != a.from+len(a.done) || len(a.done) >= a.most || i.Pages <= i.Page || i.Pages > maxPages || i.Delay < 0 || i.Loop < -1 || i.Loop > 1<<16
	if len(a.done) > 0 {
		bad = bad || i.Pages != a.done[0].Info.Pages || i.Type != a.done[0].Info.Type
	}
	for _, t := range i.Texts {
		bad = bad || t.Value == "" || !utf8.ValidString(t.Value)
	}
	if bad {
		return unreadable(errAnswer)
	}
	a.page, a.got = &Image{Pix: image.NewNRGBA(image.Rect(0, 0, i.Width, i.Height)), Info: i}, 0
	return nil
}

// end looks at a complete page again: a lie about transparency would keep a face
// from the detectors.
func (a *answer) end() error {
	i := &a.page.Info
	i.Alpha, i.Veiled = whiten(a.page.Pix)
	if i.Alpha && i.Type == JPEG {
		return unreadable(errAnswer)
	}
	a.done, a.page = append(a.done, a.page), nil
	return nil
}

// images are the complete pages.
func (a *answer) images() ([]*Image, error) {
	if len(a.done) == 0 || a.page != nil || len(a.head) > 0 {
		return nil, unreadable(errAnswer)
	}
	return a.done, nil
}
