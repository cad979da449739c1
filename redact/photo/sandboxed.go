package photo

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
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

// serve runs in the child. Its answer is the length of Info as JSON (4 bytes,
// big-endian), Info, and the pixels, row by row, 4 bytes each.
func serve(_ context.Context, in io.Reader, out io.Writer) error {
	m, err := Decode(in)
	switch {
	case errors.Is(err, redact.ErrTooLarge):
		return sandbox.Fail(codeTooLarge, err)
	case errors.Is(err, redact.ErrUnreadable):
		return sandbox.Fail(codeUnreadable, err)
	case err != nil:
		return err
	}
	head, err := json.Marshal(m.Info)
	if err != nil {
		return fmt.Errorf("describe photo: %w", err)
	}
	if _, err := out.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...)); err != nil {
		return err
	}
	_, err = out.Write(m.Pix.Pix)
	return err
}

// Sandboxed decodes in a child process of r, so that a decoder led astray by a
// file reaches nothing. What the child says is checked as untrusted input is.
func Sandboxed(r *sandbox.Runner) Decoder {
	return func(ctx context.Context, in io.ReaderAt, size int64) (*Image, error) {
		var a answer
		err := r.Run(ctx, task, bufio.NewReaderSize(io.NewSectionReader(in, 0, size), 1<<16), &a)
		var te *sandbox.TaskError
		switch {
		case err == nil:
			return a.image()
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
	head []byte // until it is complete
	info Info
	pix  *image.NRGBA
	got  int // bytes of pix
}

func (a *answer) Write(p []byte) (int, error) {
	n := len(p)
	for a.pix == nil && len(p) > 0 {
		want := 4
		if len(a.head) >= 4 {
			want += int(binary.BigEndian.Uint32(a.head))
			if want > maxHead {
				return 0, unreadable(errAnswer)
			}
		}
		k := min(len(p), want-len(a.head))
		a.head, p = append(a.head, p[:k]...), p[k:]
		if len(a.head) == want && want > 4 {
			if err := a.begin(); err != nil {
				return 0, err
			}
		} else if k == 0 {
			return 0, unreadable(errAnswer) // a head of length zero
		}
	}
	if len(p) == 0 {
		return n, nil
	}
	if len(p) > len(a.pix.Pix)-a.got {
		return 0, unreadable(errAnswer)
	}
	a.got += copy(a.pix.Pix[a.got:], p)
	return n, nil
}

// begin checks the head and makes room for the pixels.
func (a *answer) begin() error {
	i := &a.info
	if json.Unmarshal(a.head[4:], i) != nil {
		return unreadable(errAnswer)
	}
	a.head = nil
	bad := i.Type != JPEG && i.Type != PNG || i.Quality < 0 || i.Quality > 100 || i.Orientation < 1 || i.Orientation > 8 ||
		i.Width < 1 || i.Height < 1 || i.Width > maxSide || i.Height > maxSide || int64(i.Width)*int64(i.Height) > maxPixels
	for _, t := range i.Texts {
		bad = bad || t.Value == "" || !utf8.ValidString(t.Value)
	}
	if bad {
		return unreadable(errAnswer)
	}
	a.pix = image.NewNRGBA(image.Rect(0, 0, i.Width, i.Height))
	return nil
}

// image is the complete picture. What a picture's bytes decide is looked at
// again here: a lie about transparency would keep a face from the detectors.
func (a *answer) image() (*Image, error) {
	if a.pix == nil || a.got != len(a.pix.Pix) {
		return nil, unreadable(errAnswer)
	}
	a.info.Alpha, a.info.Veiled = whiten(a.pix)
	if a.info.Alpha && a.info.Type == JPEG {
		return nil, unreadable(errAnswer)
	}
	return &Image{Pix: a.pix, Info: a.info}, nil
}
