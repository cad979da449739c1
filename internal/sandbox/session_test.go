package sandbox_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"consentry/internal/sandbox"
)

var services = map[string]sandbox.Service{
	// The setup of worker names a file, whose content begins each answer. The
	// request says what to do.
	"worker": func(ctx context.Context, setup []byte) (sandbox.Task, error) {
		first, err := os.ReadFile(string(setup))
		if err != nil {
			return nil, errors.New("no such file")
		}
		calls := 0
		return func(ctx context.Context, in io.Reader, out io.Writer) error {
			calls++
			do := make([]byte, 8)
			n, err := io.ReadFull(in, do)
			if err != nil && err != io.ErrUnexpectedEOF {
				return err
			}
			name := strings.TrimSpace(string(do[:n]))
			if task, ok := tasks[name]; ok {
				return task(ctx, in, out)
			}
			switch name {
			case "count":
				_, err = fmt.Fprintf(out, "%s %d", first, calls)
			case "process":
				_, err = fmt.Fprint(out, os.Getpid())
			case "open":
				_, err = os.ReadFile(string(setup))
				fmt.Fprint(out, err != nil)
				err = nil
			case "unread":
				os.Stdout.Write([]byte{'k', 0, 0, 0, 0}) // an answer before the request was read
				time.Sleep(time.Hour)
			}
			return err
		}, nil
	},
}

func session(t testing.TB, l sandbox.Limits) *sandbox.Session {
	t.Helper()
	path := filepath.Join(t.TempDir(), "setup")
	if err := os.WriteFile(path, []byte("ready"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := (&sandbox.Runner{Limits: l}).Start(t.Context(), "worker", []byte(path))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func call(s *sandbox.Session, do, data string) (string, error) {
	var out bytes.Buffer
	err := s.Call(context.Background(), []byte(fmt.Sprintf("%-8s", do)+data), &out, 0)
	return out.String(), err
}

func TestSession(t *testing.T) {
	s := session(t, sandbox.Limits{})
	for i := 1; i <= 3; i++ {
		if got, err := call(s, "count", ""); err != nil || got != fmt.Sprintf("ready %d", i) {
			t.Fatalf("%q, %v", got, err)
		}
	}
	for _, n := range []int{0, 1, 1 << 20, 5<<20 + 17} {
		data := strings.Repeat("x", n)
		if got, err := call(s, "echo", data); err != nil || got != data {
			t.Fatalf("%d bytes came back as %d, %v", n, len(got), err)
		}
	}
	if got, err := call(s, "count", "what the task does not read"+strings.Repeat("x", 3<<20)); err != nil || got != "ready 8" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := call(s, "open", ""); err != nil || (runtime.GOOS == "linux" && got != "true") {
		t.Errorf("the file could still be opened: %q, %v", got, err)
	}
	var te *sandbox.TaskError
	if _, err := call(s, "refuse", ""); !errors.As(err, &te) || te.Code != "bad-bytes" {
		t.Errorf("got %v", err)
	}
	if got, err := call(s, "count", ""); err != nil || got != "ready 11" {
		t.Errorf("after an error: %q, %v", got, err)
	}
}

func TestSessionConcurrent(t *testing.T) {
	s := session(t, sandbox.Limits{})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			want := strings.Repeat(fmt.Sprint(i), 100_000)
			if got, err := call(s, "echo", want); err != nil || got != want {
				t.Errorf("%d bytes, %v", len(got), err)
			}
		})
	}
	wg.Wait()
}

func TestSessionNotReady(t *testing.T) {
	var te *sandbox.TaskError
	if _, err := new(sandbox.Runner).Start(t.Context(), "worker", []byte("/no/such/file")); !errors.As(err, &te) || te.Text != "make ready: no such file" {
		t.Errorf("failed setup: %v", err)
	}
	if _, err := new(sandbox.Runner).Start(t.Context(), "no such service", nil); !errors.As(err, &te) {
		t.Errorf("unknown service: %v", err)
	}
	if _, err := (&sandbox.Runner{Program: "/no/such/program"}).Start(t.Context(), "worker", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing program: %v", err)
	}
	if _, err := (&sandbox.Runner{Limits: sandbox.Limits{Wall: time.Nanosecond}}).Start(t.Context(), "worker", nil); !errors.Is(err, sandbox.ErrLimit) {
		t.Errorf("no time: %v", err)
	}
}

// Whatever ends a session is told once, and the child is gone.
func TestSessionEnds(t *testing.T) {
	for _, c := range []struct {
		do     string
		limits sandbox.Limits
		want   error
		says   string
	}{
		{"hog", sandbox.Limits{Memory: 64 << 20}, sandbox.ErrLimit, "memory"},
		{"spin", sandbox.Limits{Wall: 300 * time.Millisecond}, sandbox.ErrLimit, "wall clock"},
		{"sleep", sandbox.Limits{Wall: 300 * time.Millisecond}, sandbox.ErrLimit, "wall clock"},
		{"unread", sandbox.Limits{Wall: 300 * time.Millisecond}, sandbox.ErrLimit, "wall clock"},
		{"endless", sandbox.Limits{Output: 10 << 20}, sandbox.ErrLimit, "size of the answer"},
		{"panic", sandbox.Limits{}, sandbox.ErrCrashed, "exit status 2"},
		{"vanish", sandbox.Limits{}, sandbox.ErrCrashed, "no complete answer"},
		{"garbage", sandbox.Limits{}, sandbox.ErrCrashed, ""},
	} {
		t.Run(c.do, func(t *testing.T) {
			s := session(t, c.limits)
			pid, err := call(s, "process", "")
			if err != nil {
				t.Fatal(err)
			}
			_, err = call(s, c.do, strings.Repeat("x", 1<<20))
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
			if err != nil && strings.Contains(err.Error(), "Planted") {
				t.Error("the child's own words came through")
			}
			if alive(pid) {
				t.Error("the child is still there")
			}
			if _, err := call(s, "count", ""); !errors.Is(err, sandbox.ErrOver) {
				t.Errorf("afterwards: %v", err)
			}
		})
	}
}

func TestSessionWallOfOneCall(t *testing.T) {
	s := session(t, sandbox.Limits{})
	start := time.Now()
	err := s.Call(t.Context(), []byte("sleep"), io.Discard, 200*time.Millisecond)
	if !errors.Is(err, sandbox.ErrLimit) || time.Since(start) > 20*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

func TestSessionCancel(t *testing.T) {
	s := session(t, sandbox.Limits{})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := s.Call(ctx, []byte("sleep"), io.Discard, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := call(s, "count", ""); !errors.Is(err, sandbox.ErrOver) {
		t.Errorf("afterwards: %v", err)
	}
	disk := errors.New("disk gone")
	if err := session(t, sandbox.Limits{}).Call(t.Context(), []byte("process"), &failing{disk}, 0); !errors.Is(err, disk) {
		t.Errorf("failing output: %v", err)
	}
}

// Closing ends a call that is under way, and leaves neither a process nor a
// goroutine.
func TestSessionClose(t *testing.T) {
	before := runtime.NumGoroutine()
	s := session(t, sandbox.Limits{})
	pid, err := call(s, "process", "")
	if err != nil || !alive(pid) {
		t.Fatal(pid, err)
	}
	time.AfterFunc(100*time.Millisecond, func() { s.Close() })
	if _, err := call(s, "sleep", strings.Repeat("x", 1<<20)); !errors.Is(err, sandbox.ErrOver) {
		t.Errorf("got %v", err)
	}
	s.Close()
	if alive(pid) {
		t.Error("the child is still there")
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// BenchmarkCall is the cost of one empty call.
func BenchmarkCall(b *testing.B) {
	s := session(b, sandbox.Limits{})
	for b.Loop() {
		if _, err := call(s, "count", ""); err != nil {
			b.Fatal(err)
		}
	}
}
