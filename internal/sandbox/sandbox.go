// Package sandbox opens untrusted bytes in a child process with limits.
//
// The child is the program itself, started again with a hidden first argument.
// It reads the bytes on its standard input and writes the result on its
// standard output; it has an empty environment, no other files, and limits on
// memory, processor time and files. On Linux a seccomp filter then leaves it
// only what computing needs: no new files, sockets, programs or processes.
// The parent looks how much memory it takes, and kills it beyond a bound.
// On other systems the limits are weaker: memory by the Go runtime only and,
// except on macOS, no processor time; the wall clock counts everywhere.
//
// A child that is costly to start can stay: Runner.Start gives a Session, which
// answers one request after the other.
//
// A program that uses a Runner calls Main first thing in its main, with all its
// tasks; a test binary does so in TestMain.
package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
)

// A Task reads untrusted bytes from in and writes its result to out, in the
// child. The text of its error reaches the parent, shortened, so it must not
// hold anything found in the bytes.
type Task func(ctx context.Context, in io.Reader, out io.Writer) error

// A Service makes ready for untrusted bytes, in a child that is not confined yet:
// it may read files that setup names, which comes from the parent and is
// trusted. The child is then confined, and the Task answers one request after
// the other, until its Session ends. An error of the Task goes to the caller and
// ends nothing.
type Service func(ctx context.Context, setup []byte) (Task, error)

// Limits bound one run, or one session: there, Wall is that of making ready and
// of each call that names none, Output that of each answer, and CPU, all calls
// together, is unbounded by default. A zero field means its default.
type Limits struct {
	Memory int64 // bytes of address space beyond that of the started program; 2 GiB
	// Resident bounds the bytes of real memory, the program's own included, as the
	// parent sees them every few milliseconds once the child is ready (Linux); the
	// Go heap gets half of it (anywhere). Zero: no bound but Memory.
	Resident int64
	CPU      time.Duration // processor time, counted in whole seconds; 60 s
	Wall     time.Duration // time from start to end; 2 min
	Output   int64         // bytes of the result; 1 GiB
}

func (l Limits) orDefault() Limits {
	if l.Memory <= 0 {
		l.Memory = 2 << 30
	}
	if l.CPU <= 0 {
		l.CPU = time.Minute
	}
	if l.Wall <= 0 {
		l.Wall = 2 * time.Minute
	}
	if l.Output <= 0 {
		l.Output = 1 << 30
	}
	return l
}

// ErrCrashed is wrapped where the child ended without an answer.
var ErrCrashed = errors.New("child process crashed")

// ErrLimit is wrapped where the child was stopped by one of its limits.
var ErrLimit = errors.New("child process passed its limit")

// A TaskError is an error that the task itself returned.
type TaskError struct {
	Code string // as given to Fail, or empty
	Text string // printable, at most 200 runes
}

func (e *TaskError) Error() string { return e.Text }

// coded is an error with a code for the parent.
type coded struct {
	code string
	err  error
}

func (c *coded) Error() string { return c.err.Error() }
func (c *coded) Unwrap() error { return c.err }

// Fail gives a task's error a code, by which the parent tells it from others:
// error identities do not cross the process border.
func Fail(code string, err error) error { return &coded{code, err} }

// newTaskError reads a child's last message and trusts none of it.
func newTaskError(msg []byte) *TaskError {
	code, text, _ := strings.Cut(string(msg), "\x00")
	return &TaskError{Code: printable(code, 32), Text: printable(text, 200)}
}

func printable(s string, n int) string {
	r := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s))
	return string(r[:min(n, len(r))])
}

// heap is how large the Go heap may grow before it is collected whatever it costs.
func (l Limits) heap() int64 {
	if l.Resident > 0 {
		return min(l.Memory, l.Resident/2)
	}
	return l.Memory
}

// growth is by how much the Go heap grows between two collections, in percent. A
// task that reads one picture has a few huge buffers, and collecting them early
// costs next to nothing. What has a bound of its own may have many small objects.
func (l Limits) growth() int {
	if l.Resident > 0 {
		return 100
	}
	return 25
}

func errLimit(task, which string) error {
	return fmt.Errorf("task %s: %w: %s", task, ErrLimit, which)
}
