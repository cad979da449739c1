package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"consentry/internal/sandbox"
)

// crashName is a name of nobody, put together where it is needed so that no program's
// file holds it.
func crashName() string { return strings.Repeat("欧阳星野", 2) + fmt.Sprint(os.Getppid()) }

func init() {
	// The program as it is, with a name in memory when it crashes.
	programs["consentry-crashes"] = func() {
		name := []byte(crashName())
		syscall.Setrlimit(unix.RLIMIT_CORE, &syscall.Rlimit{Cur: unix.RLIM_INFINITY, Max: unix.RLIM_INFINITY})
		if os.Args[1] == "protected" {
			sandbox.NoDumps()
		}
		defer fmt.Fprint(io.Discard, name)
		panic("crashed on purpose")
	}
}

// A crash leaves no image of the program's memory, where one without the protection
// does.
func TestCrashLeavesNoDump(t *testing.T) {
	if b, err := os.ReadFile("/proc/sys/kernel/core_pattern"); err != nil || strings.ContainsAny(string(b), "|/") {
		t.Skip("dumps are not written into the working folder here")
	}
	self, err := exec.LookPath("consentry-crashes")
	if err != nil {
		t.Fatal(err)
	}
	crash := func(how string) (dumped bool, dir string) {
		dir = t.TempDir()
		c := exec.Command(self, how)
		c.Dir, c.Env = dir, append(os.Environ(), "GOTRACEBACK=crash")
		var out bytes.Buffer
		c.Stdout, c.Stderr = &out, &out
		if err := c.Run(); err == nil {
			t.Fatal("it did not crash")
		}
		if strings.Contains(out.String(), "欧阳星野") {
			t.Error("the crash tells the name")
		}
		return c.ProcessState.Sys().(syscall.WaitStatus).CoreDump(), dir
	}
	if dumped, _ := crash("open"); !dumped {
		t.Skip("the system dumps nothing anyway")
	}
	dumped, dir := crash("protected")
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if dumped || err != nil || len(left) > 0 {
		t.Errorf("dumped: %v, left: %v, %v", dumped, left, err)
	}
}

// The program itself is protected, from before it opens anything.
func TestProgramIsNotDumpable(t *testing.T) {
	self, err := exec.LookPath("consentry")
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key") // it waits for somebody to write
	if err := unix.Mkfifo(key, 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "--vault", t.TempDir(), "vault", "recover", "--key-file", key)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		c.Process.Kill()
		c.Wait()
	}()
	var limits string
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", c.Process.Pid))
		if err != nil {
			t.Fatal(err)
		}
		if limits = string(b); coreLimit(limits) == "0 0" {
			return
		}
	}
	t.Errorf("a core may have %s bytes", coreLimit(limits))
}

func coreLimit(limits string) string {
	for line := range strings.Lines(limits) {
		if rest, ok := strings.CutPrefix(line, "Max core file size"); ok {
			return strings.Join(strings.Fields(rest)[:2], " ")
		}
	}
	return ""
}
