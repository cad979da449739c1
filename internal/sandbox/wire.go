package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// The child's standard output is a row of frames: a kind, the payload's length
// as 4 bytes big-endian, the payload. The last frame is done or failed; an
// answer without one is no answer.
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
