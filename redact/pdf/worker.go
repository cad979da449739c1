package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"consentry/internal/sandbox"
	"consentry/redact"
)

// A worker is a child that has one file open. It is started when it is needed and
// let go when nobody asked for a while; then it is started again.
type worker struct {
	f    *Format
	sum  redact.Digest
	file []byte

	mu      sync.Mutex
	session *sandbox.Session
	font    bool // the child has the labels' typeface
	idle    *time.Timer
	last    time.Time // it was asked
	is      opened
}

// How long a child waits for the next question, and that of the file which somebody
// looks at: who reads a page and then goes to another does not wait for a new child.
const (
	idleFor = 5 * time.Second
	lookFor = 2 * time.Minute
)

// start opens the file in a child, if none has it open, and says what it is.
func (w *worker) start(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.running(ctx)
}

// started reports whether a child has the file open.
func (w *worker) started() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.session != nil
}

func (w *worker) running(ctx context.Context) error {
	if w.session != nil {
		return nil
	}
	defer func() {
		if w.session == nil {
			w.f.ended(w)
		}
	}()
	wasm, cache, err := w.f.o.Engine()
	if err != nil {
		return err
	}
	setup, err := json.Marshal(place{wasm, cache})
	if err != nil {
		return err
	}
	// The child outlives the call that needed it first.
	s, err := w.f.o.Runner.Start(context.WithoutCancel(ctx), service, setup)
	if err != nil {
		return fmt.Errorf("start the PDF reader: %w", err)
	}
	q := request{Op: askOpen}
	if w.f.o.Passwords != nil {
		q.Passwords = w.f.o.Passwords()
	}
	var a opened
	if err := call(ctx, s, q, w.file, fileWall, &a); err != nil {
		s.Close()
		return err
	}
	if a.Pages < 1 || a.Pages > maxPages {
		s.Close()
		return errAnswer
	}
	w.is, w.session, w.font = a, s, false
	w.rest()
	return nil
}

// maxPages bounds the pages of a file.
const maxPages = 100_000

// rest lets the child go when it has been idle for a while.
func (w *worker) rest() {
	now := time.Now()
	w.last = now
	w.idle = time.AfterFunc(idleFor, func() { w.idled(now) })
}

// idled ends a child that was not asked since, or has it wait on.
func (w *worker) idled(since time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.last != since: // somebody asked meanwhile
	case w.f.looksAt(w) && time.Since(since) < lookFor:
		w.idle = time.AfterFunc(idleFor, func() { w.idled(since) })
	default:
		w.stop()
	}
}

func (w *worker) stop() {
	if w.session != nil {
		w.session.Close()
		w.session = nil
		w.f.ended(w)
	}
}

// ask asks the child; answer is a pointer for JSON, or an io.Writer.
func (w *worker) ask(ctx context.Context, q request, more []byte, wall time.Duration, answer any) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.running(ctx); err != nil {
		return err
	}
	if w.idle != nil {
		w.idle.Stop()
	}
	run := ctx
	if q.Op == askView {
		var stop context.CancelFunc
		run, stop = patient(ctx)
		defer stop()
	}
	err := w.letters(run, q)
	if err == nil {
		err = call(run, w.session, q, more, wall, answer)
	}
	var te *sandbox.TaskError
	if err != nil && !errors.As(err, &te) {
		w.stop() // it has ended
		return err
	}
	w.rest()
	return err
}

// letters gives the child the typeface of labels before it needs it.
func (w *worker) letters(ctx context.Context, q request) error {
	if w.font || !q.writes() {
		return nil
	}
	ttf, err := w.f.o.Font()
	if err != nil {
		return err
	}
	if err := call(ctx, w.session, request{Op: askFont}, ttf, pageWall, &struct{}{}); err != nil {
		return err
	}
	w.font = true
	return nil
}

// patience is how long a page is still drawn that nobody waits for any more.
const patience = 3 * time.Second

// patient is a context that ends a while after another. A child that is stopped
// is killed, and a new one takes longer to open the file than this one to draw the page.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	p, end := context.WithCancel(context.WithoutCancel(ctx))
	unwatch := context.AfterFunc(ctx, func() { time.AfterFunc(patience, end) })
	return p, func() { unwatch(); end() }
}

// call asks a session and reads the answer.
func call(ctx context.Context, s *sandbox.Session, q request, more []byte, wall time.Duration, answer any) error {
	head, err := json.Marshal(q)
	if err != nil {
		return err
	}
	b := make([]byte, 0, 4+len(head)+len(more))
	b = binary.BigEndian.AppendUint32(b, uint32(len(head)))
	b = append(append(b, head...), more...)
	if out, ok := answer.(io.Writer); ok {
		return told(ctx, s.Call(ctx, b, out, wall))
	}
	buf := limited{most: maxAnswer}
	if err := s.Call(ctx, b, &buf, wall); err != nil {
		return told(ctx, err)
	}
	if json.Unmarshal(buf.Bytes(), answer) != nil {
		return errAnswer
	}
	return nil
}

// maxAnswer bounds an answer that is no picture and no file, in bytes.
const maxAnswer = 256 << 20

var errAnswer = fmt.Errorf("PDF %w: its reader gave no sensible answer", redact.ErrUnreadable)

// limited is a buffer that refuses to grow beyond most bytes.
type limited struct {
	bytes.Buffer
	most int
}

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > l.most {
		return 0, errAnswer
	}
	return l.Buffer.Write(p)
}

// Codes of a child's errors.
const (
	codeUnreadable = "unreadable"
	codePassword   = "password"
	codeTooLarge   = "too-large"
)

// told gives an error of the child its identity back.
func told(ctx context.Context, err error) error {
	var te *sandbox.TaskError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &te):
		switch te.Code {
		case codePassword:
			return &childError{te.Text, []error{redact.ErrUnreadable, redact.ErrPassword}}
		case codeTooLarge:
			return &childError{te.Text, []error{redact.ErrUnreadable, redact.ErrTooLarge}}
		case codeUnreadable:
			return &childError{te.Text, []error{redact.ErrUnreadable}}
		}
		return err
	case errors.Is(err, sandbox.ErrLimit):
		return fmt.Errorf("PDF %w: %w: %w", redact.ErrUnreadable, redact.ErrTooLarge, err)
	case errors.Is(err, sandbox.ErrCrashed):
		return fmt.Errorf("PDF %w: %w", redact.ErrUnreadable, err)
	}
	return err
}

type childError struct {
	text string
	is   []error
}

func (e *childError) Error() string   { return e.text }
func (e *childError) Unwrap() []error { return e.is }
