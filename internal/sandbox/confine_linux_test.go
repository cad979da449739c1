//go:build amd64 || arm64

package sandbox_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"consentry/internal/sandbox"
)

const original = "as it was"

func init() {
	tasks["escape"] = func(_ context.Context, in io.Reader, out io.Writer) error {
		path, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		report := func(what string, err error) { fmt.Fprintf(out, "%s=%v\n", what, err != nil) }
		_, err = os.ReadFile(string(path))
		report("read", err)
		report("write", os.WriteFile(string(path), []byte("changed"), 0o600))
		report("remove", os.Remove(string(path)))
		_, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM, 0)
		report("socket", err)
		_, err = unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
		report("local socket", err)
		report("program", exec.Command("/bin/true").Run())
		report("signal", unix.Kill(os.Getppid(), 0))
		report("trace", unix.PtraceAttach(os.Getppid()))
		report("raise limit", unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: 1 << 20, Max: 1 << 20}))
		for fd := 3; fd < 100; fd++ {
			b := make([]byte, len(original))
			if n, _ := unix.Pread(fd, b, 0); n > 0 && string(b) == original {
				fmt.Fprintf(out, "open file %d=false\n", fd)
			}
		}
		return nil
	}
}

// Each way out of the child is tried for real. A file that stayed open in the
// parent by a library's mistake is no way out either.
func TestNoWayOut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "original")
	if err := os.WriteFile(path, []byte(original), 0o644); err != nil {
		t.Fatal(err)
	}
	careless, err := unix.Open(path, unix.O_RDONLY, 0) // no O_CLOEXEC
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(careless)
	var out bytes.Buffer
	if err := new(sandbox.Runner).Run(t.Context(), "escape", strings.NewReader(path), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) < 9 {
		t.Errorf("only %d ways tried", len(lines))
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, "=true") {
			t.Errorf("the child got through: %s", line)
		}
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != original {
		t.Errorf("file is now %q, %v", b, err)
	}
}
