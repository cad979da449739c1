package sandbox_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"consentry/internal/sandbox"
)

// kept holds what the tasks allocate, so that no optimisation takes it away.
var kept [][]byte

var tasks = map[string]sandbox.Task{
	"echo": func(_ context.Context, in io.Reader, out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	},
	"refuse": func(_ context.Context, in io.Reader, out io.Writer) error {
		fmt.Fprint(out, "half an answer")
		return fmt.Errorf("refuse: %w", sandbox.Fail("bad-bytes", errors.New("cut\x1b[31m off\n"+strings.Repeat("x", 500))))
	},
	"hog": func(_ context.Context, in io.Reader, out io.Writer) error {
		for {
			b := make([]byte, 16<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			kept = append(kept, b)
		}
	},
	"spin": func(context.Context, io.Reader, io.Writer) error {
		for i := 0; ; i++ {
			_ = i
		}
	},
	"sleep": func(context.Context, io.Reader, io.Writer) error {
		time.Sleep(time.Hour)
		return nil
	},
	"panic": func(context.Context, io.Reader, io.Writer) error {
		panic("Zhao Planted was here")
	},
	"vanish": func(context.Context, io.Reader, io.Writer) error {
		os.Exit(0)
		return nil
	},
	"garbage": func(context.Context, io.Reader, io.Writer) error {
		os.Stdout.WriteString("what a child taken over might write")
		return nil
	},
	"huge-frame": func(context.Context, io.Reader, io.Writer) error {
		os.Stdout.Write([]byte{'d', 0xff, 0xff, 0xff, 0xff})
		time.Sleep(time.Hour)
		return nil
	},
	"endless": func(_ context.Context, _ io.Reader, out io.Writer) error {
		b := make([]byte, 1<<20)
		for {
			if _, err := out.Write(b); err != nil {
				return err
			}
		}
	},
	"threads": func(_ context.Context, _ io.Reader, out io.Writer) error {
		done := make(chan time.Time)
		for range 8 {
			go func() {
				time.Sleep(time.Millisecond)
				done <- time.Now()
			}()
		}
		for range 8 {
			<-done
		}
		_, err := fmt.Fprint(out, "fine")
		return err
	},
	"surroundings": func(_ context.Context, _ io.Reader, out io.Writer) error {
		fmt.Fprintln(out, strings.Join(os.Environ(), "\n"))
		return nil
	},
}

func TestMain(m *testing.M) {
	sandbox.Main(tasks, services)
	os.Exit(m.Run())
}

func TestEcho(t *testing.T) {
	in := make([]byte, 5<<20+17)
	rand.Read(in)
	for _, n := range []int{0, 1, 1 << 20, len(in)} {
		var out bytes.Buffer
		if err := new(sandbox.Runner).Run(t.Context(), "echo", bytes.NewReader(in[:n]), &out); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(out.Bytes(), in[:n]) {
			t.Errorf("%d bytes came back as %d others", n, out.Len())
		}
	}
}

func TestTaskError(t *testing.T) {
	err := new(sandbox.Runner).Run(t.Context(), "refuse", strings.NewReader("unread input"), io.Discard)
	var te *sandbox.TaskError
	if !errors.As(err, &te) {
		t.Fatalf("got %v, want a TaskError", err)
	}
	if te.Code != "bad-bytes" || !strings.HasPrefix(te.Text, "refuse: cut[31m offxxx") || len(te.Text) != 200 {
		t.Errorf("code %q, text %q", te.Code, te.Text)
	}
	if err := new(sandbox.Runner).Run(t.Context(), "no such task", strings.NewReader(""), io.Discard); !errors.As(err, &te) {
		t.Errorf("unknown task: %v", err)
	}
}

// A child that does not answer is told apart by the reason, and what it wrote
// on its standard error stays unsaid.
func TestBadChildren(t *testing.T) {
	for _, c := range []struct {
		task   string
		limits sandbox.Limits
		want   error
		says   string
	}{
		{"hog", sandbox.Limits{Memory: 64 << 20}, sandbox.ErrLimit, "memory"},
		{"spin", sandbox.Limits{CPU: time.Second}, sandbox.ErrLimit, "processor time"},
		{"sleep", sandbox.Limits{Wall: 200 * time.Millisecond}, sandbox.ErrLimit, "wall clock"},
		{"endless", sandbox.Limits{Output: 10 << 20}, sandbox.ErrLimit, "size of the answer"},
		{"panic", sandbox.Limits{}, sandbox.ErrCrashed, "exit status 2"},
		{"vanish", sandbox.Limits{}, sandbox.ErrCrashed, "no complete answer"},
		{"garbage", sandbox.Limits{}, sandbox.ErrCrashed, ""},
		{"huge-frame", sandbox.Limits{}, sandbox.ErrCrashed, ""},
	} {
		t.Run(c.task, func(t *testing.T) {
			r := sandbox.Runner{Limits: c.limits}
			err := r.Run(t.Context(), c.task, strings.NewReader(""), io.Discard)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want %v with %q", err, c.want, c.says)
			}
			if err != nil && strings.Contains(err.Error(), "Planted") {
				t.Error("the child's own words came through")
			}
		})
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, feed := io.Pipe() // never ends: the child waits for it
	defer feed.Close()
	time.AfterFunc(100*time.Millisecond, cancel)
	if err := new(sandbox.Runner).Run(ctx, "echo", in, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestInputAndOutputErrors(t *testing.T) {
	disk := errors.New("disk gone")
	in := io.MultiReader(strings.NewReader("some"), &failing{disk})
	if err := new(sandbox.Runner).Run(t.Context(), "echo", in, io.Discard); !errors.Is(err, disk) {
		t.Errorf("failing input: %v", err)
	}
	if err := new(sandbox.Runner).Run(t.Context(), "echo", strings.NewReader("some"), &failing{disk}); !errors.Is(err, disk) {
		t.Errorf("failing output: %v", err)
	}
	missing := sandbox.Runner{Program: "/no/such/program"}
	if err := missing.Run(t.Context(), "echo", strings.NewReader(""), io.Discard); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing program: %v", err)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error)  { return 0, f.err }
func (f *failing) Write([]byte) (int, error) { return 0, f.err }

func TestThreadsStillStart(t *testing.T) {
	var out bytes.Buffer
	if err := new(sandbox.Runner).Run(t.Context(), "threads", strings.NewReader(""), &out); err != nil || out.String() != "fine" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestEnvironmentIsEmpty(t *testing.T) {
	t.Setenv("CONSENTRY_PASSPHRASE", "do not hand on")
	var out bytes.Buffer
	if err := new(sandbox.Runner).Run(t.Context(), "surroundings", strings.NewReader(""), &out); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		name, _, _ := strings.Cut(line, "=")
		switch name {
		case "GOTRACEBACK", "LD_LIBRARY_PATH", "SYSTEMROOT", "PWD": // os/exec adds the last two itself
		default:
			t.Errorf("%s handed on", name)
		}
	}
}

// BenchmarkStart is the cost of one empty run.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if err := new(sandbox.Runner).Run(b.Context(), "echo", strings.NewReader("x"), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
