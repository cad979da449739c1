package sandbox

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// FuzzCopyFrames feeds the parent what a child taken over might write: it must
// neither panic nor pass more than the limit, and take nothing for complete
// that has no last frame.
func FuzzCopyFrames(f *testing.F) {
	var whole bytes.Buffer
	w := frameWriter{&whole}
	w.Write([]byte("result"))
	w.frame(frameDone, nil)
	f.Add(whole.Bytes())
	f.Add(whole.Bytes()[:7])
	var failed bytes.Buffer
	frameWriter{&failed}.frame(frameFailed, []byte("code\x00text"))
	f.Add(failed.Bytes())
	f.Add([]byte{'d', 0xff, 0xff, 0xff, 0xff})
	f.Add([]byte{'e', 0, 0, 0, 9, 'x'})
	f.Fuzz(func(t *testing.T, b []byte) {
		const limit = 100
		var out bytes.Buffer
		err := copyFrames(&out, bytes.NewReader(b), limit)
		if out.Len() > limit {
			t.Errorf("%d bytes passed a limit of %d", out.Len(), limit)
		}
		if err == nil && !bytes.Contains(b, []byte{frameDone, 0, 0, 0}) {
			t.Error("complete without a last frame")
		}
	})
}

func TestCopyFramesCut(t *testing.T) {
	var whole bytes.Buffer
	w := frameWriter{&whole}
	w.Write([]byte("result"))
	w.frame(frameDone, nil)
	if err := copyFrames(io.Discard, bytes.NewReader(whole.Bytes()), 100); err != nil {
		t.Fatal(err)
	}
	for n := range whole.Len() {
		err := copyFrames(io.Discard, bytes.NewReader(whole.Bytes()[:n]), 100)
		if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
}

// FuzzRequest reads requests until there are no more: a whole row gives back what
// was written, a cut one does not pass for whole.
func FuzzRequest(f *testing.F) {
	f.Add([]byte("setup"), []byte("request"), 40)
	f.Add([]byte{}, bytes.Repeat([]byte("x"), 3000), 7)
	f.Add([]byte("a"), []byte{}, 11)
	f.Fuzz(func(t *testing.T, first, second []byte, cut int) {
		var row bytes.Buffer
		w := frameWriter{&row}
		for _, b := range [][]byte{first, second} {
			w.Write(b)
			w.frame(frameDone, nil)
		}
		whole := row.Bytes()
		got, err := allRequests(whole)
		if err != nil || len(got) != 2 || !bytes.Equal(got[0], first) || !bytes.Equal(got[1], second) {
			t.Fatalf("%d requests, %v", len(got), err)
		}
		if cut <= 0 || cut >= len(whole) {
			return
		}
		if got, err := allRequests(whole[:cut]); err == nil && len(got) != 1 {
			t.Errorf("cut at %d of %d: %d requests", cut, len(whole), len(got))
		}
		allRequests(first) // no frames at all
	})
}

func allRequests(row []byte) (all [][]byte, err error) {
	r := bytes.NewReader(row)
	for {
		q, err := nextRequest(r)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		b, err := io.ReadAll(q)
		if err != nil {
			return all, err
		}
		all = append(all, b)
	}
}
