//go:build linux || darwin

package sandbox_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"consentry/internal/sandbox"
)

// alive reports whether a process of our own runs.
func alive(pid string) bool {
	if b, err := os.ReadFile("/proc/" + pid + "/stat"); err == nil && strings.Contains(string(b), ") Z ") {
		return false // ended, and not yet waited for by whoever inherited it
	}
	n, err := strconv.Atoi(pid)
	return err == nil && syscall.Kill(n, 0) == nil
}

// parentVariable makes the test binary a parent that starts a session, tells its
// child's process id, and waits.
const parentVariable = "SANDBOX_TEST_PARENT"

// beParent is what TestMain does in that binary.
func beParent(mode string) {
	s, err := new(sandbox.Runner).Start(context.Background(), "worker", []byte(os.Args[0]))
	if err != nil {
		os.Exit(1)
	}
	pid, err := call(s, "process", "")
	if err != nil {
		os.Exit(1)
	}
	os.Stdout.WriteString(pid + "\n")
	call(s, mode, "")
	time.Sleep(time.Hour)
}

func init() {
	if mode, ok := os.LookupEnv(parentVariable); ok && len(os.Args) == 1 {
		beParent(mode)
	}
}

func TestSessionEndsWithItsParent(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, mode := range []string{"count", "spin"} {
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), parentVariable+"="+mode)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		pid := strings.TrimSpace(line)
		if err != nil || !alive(pid) {
			t.Fatalf("child %q, %v", pid, err)
		}
		cmd.Process.Kill()
		cmd.Wait()
		for i := 0; alive(pid); i++ {
			if i == 200 {
				t.Fatal("the child outlived its parent")
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}
