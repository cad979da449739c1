package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The child's standard output is a row of frames: a kind, the payload's length
// as 4 bytes big-endian, the payload. The last frame is done or failed; an
// answer without one is no answer. A session's standard input is a row of
// requests in the same frames, without failed ones; the first is the setup.
const (
	frameData   = 'd'
	frameDone   = 'k'
	frameFailed = 'e' // code, NUL, text

	maxFrame = 1 << 20
)

// frameWriter puts each Write into data frames.
type frameWriter struct{ w io.Writer }

func (f frameWriter) Write(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		part := p[n:min(len(p), n+maxFrame)]
		if err := f.frame(frameData, part); err != nil {
			return n, err
		}
		n += len(part)
	}
	return n, nil
}

func (f frameWriter) frame(kind byte, p []byte) error {
	head := make([]byte, 5)
	head[0] = kind
	binary.BigEndian.PutUint32(head[1:], uint32(len(p)))
	if _, err := f.w.Write(head); err != nil {
		return err
	}
	_, err := f.w.Write(p)
	return err
}

var errTooMuch = errors.New("answer too large")

// copyFrames copies data frames from r to out, at most limit bytes, until the
// last frame. A failed frame comes back as a *TaskError. A failing out is a
// *sinkError. Any other error means that the child did not finish its answer.
func copyFrames(out io.Writer, r io.Reader, limit int64) error {
	var head [5]byte
	buf := make([]byte, 64<<10)
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return err
		}
		n := int64(binary.BigEndian.Uint32(head[1:]))
		if n > maxFrame {
			return fmt.Errorf("frame of %d bytes", n)
		}
		switch head[0] {
		case frameData:
			if limit -= n; limit < 0 {
				return errTooMuch
			}
			for n > 0 {
				k, err := io.ReadFull(r, buf[:min(n, int64(len(buf)))])
				if err != nil {
					return err
				}
				if _, err := out.Write(buf[:k]); err != nil {
					return &sinkError{err}
				}
				n -= int64(k)
			}
		case frameDone:
			return nil
		case frameFailed:
			msg, err := io.ReadAll(io.LimitReader(r, n))
			if err != nil {
				return err
			}
			return newTaskError(msg)
		default:
			return errors.New("frame of unknown kind")
		}
	}
}

type sinkError struct{ err error }

func (e *sinkError) Error() string { return e.err.Error() }
func (e *sinkError) Unwrap() error { return e.err }

// request reads the data frames of one request. At its end, and only then, it
// gives io.EOF; a row that ends within a request gives io.ErrUnexpectedEOF.
type request struct {
	r    io.Reader
	left int64 // of the frame under way
	done bool
}

// nextRequest waits for the first byte of a request; io.EOF where there are no more.
func nextRequest(r io.Reader) (*request, error) {
	q := &request{r: r}
	if err := q.frame(); err != nil {
		return nil, err
	}
	return q, nil
}

func (q *request) frame() error {
	var head [5]byte
	if _, err := io.ReadFull(q.r, head[:]); err != nil {
		return err
	}
	q.left = int64(binary.BigEndian.Uint32(head[1:]))
	switch {
	case q.left > maxFrame:
		return fmt.Errorf("frame of %d bytes", q.left)
	case head[0] == frameDone && q.left == 0:
		q.done = true
	case head[0] != frameData:
		return errors.New("frame of unknown kind")
	}
	return nil
}

func (q *request) Read(p []byte) (int, error) {
	for q.left == 0 {
		if q.done {
			return 0, io.EOF
		}
		if err := q.frame(); err != nil {
			return 0, unexpected(err)
		}
	}
	n, err := q.r.Read(p[:min(int64(len(p)), q.left)])
	q.left -= int64(n)
	if err != nil {
		return n, unexpected(err)
	}
	return n, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
