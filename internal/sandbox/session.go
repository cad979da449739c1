package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// ErrOver is wrapped by calls of a session that has ended before.
var ErrOver = errors.New("session is over")

// A Session is a child that stays and answers requests one at a time. It is safe
// for concurrent use: calls wait for one another. Close it after use.
type Session struct {
	task   string
	limits Limits
	cmd    *exec.Cmd
	said   *head
	in     *os.File        // the child's standard input
	out    *os.File        // and output
	ctx    context.Context // of Start
	life   context.Context // of the child
	kill   context.CancelCauseFunc
	ended  chan struct{} // closed when the child is gone
	closed atomic.Bool

	calls sync.Mutex // one at a time
	over  error      // ErrOver where there can be no more; under calls
}

// Start starts the child of a service, hands it setup, and waits until it is
// ready and confined. The session lives until Close, until ctx is done, or until
// a call ends it. Errors are those of Run.
func (r *Runner) Start(ctx context.Context, service string, setup []byte) (*Session, error) {
	l := r.Limits
	if l.CPU <= 0 {
		l.CPU = 1 << 20 * time.Second
	}
	l = l.orDefault()
	life, kill := context.WithCancelCause(ctx)
	cmd, said, err := r.command(life, service, l)
	if err != nil {
		kill(nil)
		return nil, err
	}
	s := &Session{task: service, limits: l, cmd: cmd, said: said, ctx: ctx, life: life, kill: kill, ended: make(chan struct{})}
	if err := s.begin(); err != nil {
		kill(nil)
		return nil, fmt.Errorf("start %s: %w", service, err)
	}
	if err := s.Call(ctx, setup, io.Discard, 0); err != nil {
		s.Close()
		return nil, err
	}
	go watch(s.life, s.cmd.Process.Pid, s.limits.Resident, s.kill)
	return s, nil
}

// begin starts the child, and a goroutine that ends with it.
func (s *Session) begin() error {
	childIn, in, err := os.Pipe()
	if err != nil {
		return err
	}
	out, childOut, err := os.Pipe()
	if err != nil {
		childIn.Close()
		in.Close()
		return err
	}
	s.in, s.out, s.cmd.Stdin, s.cmd.Stdout = in, out, childIn, childOut
	started := make(chan error)
	go func() {
		// The parent-death signal of Linux follows the thread that started the
		// child, so that thread has to live as long as the child. It is not
		// unlocked: it ends with this goroutine.
		runtime.LockOSThread()
		err := s.cmd.Start()
		childIn.Close()
		childOut.Close()
		started <- err
		if err == nil {
			s.cmd.Wait() // the verdict is on its ProcessState
			close(s.ended)
			s.kill(nil) // nobody watches any more
		}
	}()
	if err := <-started; err != nil {
		in.Close()
		out.Close()
		return err
	}
	return nil
}

// Call hands a request to the child and its answer to answer, as it comes: answer
// may have got a part where Call fails. The child is killed where it takes longer
// than wall (zero: Limits.Wall), where ctx is done, and where the answer cannot
// be taken. A *TaskError is the child's own; any other error is the end of the
// session: of the errors of Run the one that tells why, and ErrOver for all
// later calls.
func (s *Session) Call(ctx context.Context, request []byte, answer io.Writer, wall time.Duration) error {
	s.calls.Lock()
	defer s.calls.Unlock()
	if s.over != nil {
		return fmt.Errorf("task %s: %w", s.task, s.over)
	}
	if wall <= 0 {
		wall = s.limits.Wall
	}
	run, cancel := context.WithTimeoutCause(ctx, wall, errWall)
	defer cancel()
	unwatch := context.AfterFunc(run, func() { s.kill(nil) })
	sent := make(chan error, 1)
	go func() {
		w := frameWriter{s.in}
		_, err := w.Write(request)
		if err == nil {
			err = w.frame(frameDone, nil)
		}
		sent <- err
	}()
	got := copyFrames(answer, s.out, s.limits.Output)
	var te *TaskError
	answered := got == nil || errors.As(got, &te)
	var sink *sinkError
	if errors.As(got, &sink) || errors.Is(got, errTooMuch) {
		s.kill(nil)
	}
	if !answered {
		s.in.Close() // it may still wait for the rest of the request
	}
	// A child may answer without having read the request; the clock still runs.
	if unsent := <-sent; answered && unsent == nil && unwatch() {
		if te != nil {
			return fmt.Errorf("task %s: %w", s.task, te)
		}
		return nil
	}
	err := s.end(ctx, run, got)
	s.over = ErrOver
	return err
}

// end waits for the child to be gone and words why.
func (s *Session) end(ctx, run context.Context, got error) error {
	select {
	case <-s.ended:
	case <-time.After(time.Second): // it ends by itself, or not
		s.kill(nil)
		<-s.ended
	}
	var sink *sinkError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("task %s: %w", s.task, context.Cause(ctx))
	case errors.Is(context.Cause(run), errWall):
		return errLimit(s.task, "wall clock")
	case errors.Is(context.Cause(s.life), errResident):
		return errLimit(s.task, "memory")
	case errors.As(got, &sink):
		return fmt.Errorf("take answer of %s: %w", s.task, sink.err)
	case errors.Is(got, errTooMuch):
		return errLimit(s.task, "size of the answer")
	case s.closed.Load():
		return fmt.Errorf("task %s: closed: %w", s.task, ErrOver)
	case s.ctx.Err() != nil:
		return fmt.Errorf("task %s: %w", s.task, context.Cause(s.ctx))
	}
	return verdict(s.task, s.cmd.ProcessState, s.said.bytes())
}

// Close ends the child; a call under way fails. When it returns, the child is
// gone.
func (s *Session) Close() error {
	s.closed.Store(true)
	s.kill(nil)
	<-s.ended
	s.calls.Lock()
	defer s.calls.Unlock()
	s.over = ErrOver
	s.in.Close()
	s.out.Close()
	return nil
}
