package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// A Runner starts children. Its zero value starts the running program itself
// under the default limits. It is safe for concurrent use; each Run is a
// process of its own.
type Runner struct {
	Program string // an executable whose main calls Main; default os.Executable
	Limits  Limits
}

var errWall = errors.New("wall clock")

// Run hands in to the task in a child and its result to out, as it comes: out
// may have got a part of the answer where Run fails. An error of the task is a
// *TaskError; errors wrapping ErrLimit and ErrCrashed say what became of the
// child; an error of in, of out or of ctx is wrapped as it is. A Read of in that
// blocks may outlast a Run that was cancelled.
func (r *Runner) Run(ctx context.Context, task string, in io.Reader, out io.Writer) error {
	l := r.Limits.orDefault()
	clock, stop := context.WithTimeoutCause(ctx, l.Wall, errWall)
	defer stop()
	run, cancel := context.WithCancelCause(clock)
	defer cancel(nil)
	cmd, said, err := r.command(run, task, l)
	if err != nil {
		return err
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("task %s: %w", task, err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("task %s: %w", task, err)
	}
	// The parent-death signal of Linux follows the thread that started the
	// child, so that thread has to live as long as this call.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", task, err)
	}
	go watch(run, cmd.Process.Pid, l.Resident, cancel)
	source := &source{r: in}
	go func() { // not waited for: in may block for ever
		defer stdin.Close()
		io.Copy(stdin, source) // a child that stops reading says why itself
	}()
	answer := copyFrames(out, stdout, l.Output)
	if answer != nil {
		var te *TaskError
		if !errors.As(answer, &te) && !errors.Is(answer, io.EOF) && !errors.Is(answer, io.ErrUnexpectedEOF) {
			cmd.Process.Kill() // it ends by itself otherwise
		}
	}
	// What comes after the last frame is of no interest, but a child blocked on
	// a full pipe would never end.
	io.Copy(io.Discard, io.LimitReader(stdout, maxFrame))
	ended := cmd.Wait()
	return r.judge(ctx, run, task, l, answer, ended, source.failed(), cmd.ProcessState, said.bytes())
}

// command is a child that is still to be started, and what it will have said on
// its standard error.
func (r *Runner) command(ctx context.Context, task string, l Limits) (*exec.Cmd, *head, error) {
	program := r.Program
	if program == "" {
		var err error
		if program, err = os.Executable(); err != nil {
			return nil, nil, fmt.Errorf("find own program: %w", err)
		}
	}
	cpu := int64((l.CPU + time.Second - 1) / time.Second)
	limits := []string{word, task}
	for _, n := range []int64{l.Memory, cpu, l.heap(), int64(l.growth())} {
		limits = append(limits, strconv.FormatInt(n, 10))
	}
	cmd := exec.CommandContext(ctx, program, limits...)
	cmd.Env = environment()
	cmd.Dir = startDir
	cmd.SysProcAttr = attributes()
	cmd.WaitDelay = 2 * time.Second
	said := &head{max: 16 << 10}
	cmd.Stderr = said
	return cmd, said, nil
}

// judge words what became of a child.
func (r *Runner) judge(ctx, run context.Context, task string, l Limits, answer, ended, read error, ps *os.ProcessState, said []byte) error {
	var sink *sinkError
	var te *TaskError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("task %s: %w", task, context.Cause(ctx))
	case errors.Is(context.Cause(run), errWall):
		return errLimit(task, "wall clock")
	case errors.Is(context.Cause(run), errResident):
		return errLimit(task, "memory")
	case read != nil:
		return fmt.Errorf("read input of %s: %w", task, read)
	case errors.As(answer, &sink):
		return fmt.Errorf("take answer of %s: %w", task, sink.err)
	case errors.Is(answer, errTooMuch):
		return errLimit(task, "size of the answer")
	case ended == nil && answer == nil:
		return nil
	case ended == nil && errors.As(answer, &te):
		return fmt.Errorf("task %s: %w", task, te)
	}
	return verdict(task, ps, said)
}

// verdict words the end of a child that did not answer.
func verdict(task string, ps *os.ProcessState, said []byte) error {
	switch {
	case ps != nil && ps.ExitCode() == overtime:
		return errLimit(task, "processor time")
	case saysAny(said, "out of memory", "cannot allocate memory", "address space collisions", "failed to allocate"):
		return errLimit(task, "memory")
	case ps != nil && !ps.Success():
		return fmt.Errorf("task %s: %w: %s", task, ErrCrashed, ps) // "exit status 2", "signal: killed"
	}
	return fmt.Errorf("task %s: %w: no complete answer", task, ErrCrashed)
}

// saysAny looks for the runtime's last words (the last two of memory are the
// race detector's).
func saysAny(said []byte, words ...string) bool {
	for _, w := range words {
		if bytes.Contains(said, []byte(w)) {
			return true
		}
	}
	return false
}

// environment is all that a child learns of ours: where shared libraries lie,
// for programs that need that to start. No traces: they may hold data.
func environment() []string {
	env := []string{"GOTRACEBACK=none"}
	if v, ok := os.LookupEnv("LD_LIBRARY_PATH"); ok {
		env = append(env, "LD_LIBRARY_PATH="+v)
	}
	return env
}

// source remembers why reading failed, so that a failing disk is not mistaken
// for bad bytes.
type source struct {
	r   io.Reader
	mu  sync.Mutex
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.mu.Lock()
		s.err = err
		s.mu.Unlock()
	}
	return n, err
}

func (s *source) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// head keeps the first bytes written to it. What a child says on its standard
// error is looked at and never passed on: it may hold data.
type head struct {
	mu  sync.Mutex
	b   []byte
	max int
}

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.b = append(h.b, p[:min(len(p), h.max-len(h.b))]...)
	return len(p), nil
}

func (h *head) bytes() []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.b
}
