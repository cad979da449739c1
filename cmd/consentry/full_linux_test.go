package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

func init() {
	programs["disk-of-size"] = diskOfSize
	programs["consentry-cannot-grow"] = func() {
		signal.Ignore(syscall.SIGXFSZ)
		main()
	}
}

// diskOfSize DIR SIZE SIZE2 -- ARGS... runs the program twice with a file system
// of a size mounted on DIR: first with SIZE ("used": no room at all), then with SIZE2. What lies below
// DIR after the first run is listed on standard output, one name a line. A DIR
// that has files keeps them.
func diskOfSize() {
	dir, args := os.Args[1], os.Args[5:]
	code := 0
	err := func() error {
		keep, err := os.MkdirTemp("", "keep")
		if err != nil {
			return err
		}
		defer os.RemoveAll(keep)
		if err := os.CopyFS(keep, os.DirFS(dir)); err != nil {
			return err
		}
		// Filled with room for what was there, then cut to size.
		if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=64m"); err != nil {
			return fmt.Errorf("no mount: %w", err)
		}
		if err := os.CopyFS(dir, os.DirFS(keep)); err != nil {
			return err
		}
		for i, size := range os.Args[2:4] {
			if size == "used" {
				var st unix.Statfs_t
				if err := unix.Statfs(dir, &st); err != nil {
					return err
				}
				size = fmt.Sprint((st.Blocks - st.Bfree) * uint64(st.Bsize))
			}
			if err := unix.Mount("tmpfs", dir, "tmpfs", unix.MS_REMOUNT, "size="+size); err != nil {
				return fmt.Errorf("cannot change the size: %w", err)
			}
			c := exec.Command("consentry", args...)
			c.Stderr = os.Stderr
			err := c.Run()
			if c.ProcessState == nil {
				return err
			}
			fmt.Printf("exit %d\n", c.ProcessState.ExitCode())
			if i > 0 {
				continue
			}
			err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					fmt.Println("left", p)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	}()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 9
	}
	os.Exit(code)
}

// onDisk runs diskOfSize in a mount namespace of its own; ok is false where the
// system lets nobody mount.
func (b *bench) onDisk(dir, size, then string, args ...string) (said, errs string, ok bool) {
	b.t.Helper()
	c := exec.Command("disk-of-size", append([]string{b.path(dir), size, then, "--"}, args...)...)
	c.Dir, c.Env = b.dir, b.env
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	var out, errw strings.Builder
	c.Stdout, c.Stderr = &out, &errw
	err := c.Run()
	if strings.Contains(errw.String(), "no mount") || c.ProcessState == nil && errors.Is(err, fs.ErrPermission) {
		return "", "", false
	}
	if err != nil {
		b.t.Fatalf("%v: %s", err, errw.String())
	}
	return out.String(), errw.String(), true
}

// A full disk is told in one sentence; nothing half has a final name, no report
// says that the package is whole, and with room the same call goes through.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	originals := b.files("in")
	for _, size := range []string{"16k", "120k"} { // no room for the files; none for the report
		if err := os.MkdirAll(b.path("disk"), 0o755); err != nil {
			t.Fatal(err)
		}
		said, errs, ok := b.onDisk("disk", size, "64m", clearArgs("disk/out", "in")...)
		if !ok {
			cannotGrow(t, b)
			break
		}
		checkFull(t, "output of "+size, said, errs)
		if strings.Contains(said, "report.json") || size == "16k" && strings.Contains(said, "disk/out/files/") || strings.Contains(said, ".consentry-") {
			t.Errorf("%s: left on the disk: %s", size, said)
		}
	}
	// The vault's disk has no room for one page more.
	v := newBench(t)
	vault := v.files("data")
	if said, errs, ok := v.onDisk("data/consentry/vault", "used", "64m", clearArgs("out", "in")...); ok {
		checkFull(t, "vault", said, errs)
		if !strings.Contains(said, "vault.db") {
			t.Errorf("the vault is gone: %s", said)
		}
	}
	if got := v.files("data"); len(got) != len(vault) {
		t.Error("the vault below the mount changed")
	}
	if got := b.files("in"); len(got) != len(originals) {
		t.Error("an original is gone")
	}
	for name, sum := range b.files("in") {
		if originals[name] != sum {
			t.Error("an original changed")
		}
	}
	if r := b.run("subject", "list"); r.code != exitDone {
		t.Errorf("the vault does not open: %s", r.stderr)
	}
}

func checkFull(t *testing.T, what, said, errs string) {
	t.Helper()
	if !strings.HasPrefix(said, "exit 1\n") || !strings.HasSuffix(said, "exit 0\n") {
		t.Errorf("%s: want exit 1, then exit 0 with room: %s%s", what, said, errs)
	}
	if !strings.Contains(errs, "disk is full") || strings.Count(errs, "\n") != 1 {
		t.Errorf("%s: want one sentence that the disk is full: %s", what, errs)
	}
}

// cannotGrow stands in where nothing can be mounted: no file may grow.
func cannotGrow(t *testing.T, b *bench) {
	t.Helper()
	var was unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &was); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{"-c", `trap "" XFSZ; ulimit -f 8; exec "$@"`, "sh", "consentry-cannot-grow"}, clearArgs("out", "in")...)...)
	c.Dir, c.Env = b.dir, b.env
	out, err := c.CombinedOutput()
	if c.ProcessState == nil || c.ProcessState.ExitCode() != exitError {
		t.Errorf("a disk that takes no more: %v: %s", err, out)
	}
	if _, err := os.Stat(b.path("out/report.json")); err == nil {
		t.Error("a disk that takes no more: the package looks complete")
	}
	if r := b.clear("out", "in"); r.code != exitDone {
		t.Errorf("with room again: %s", r.stderr)
	}
}
