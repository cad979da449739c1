package store

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
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
	children["fill"] = func(dir string) error { return fillDisk(dir, limitFiles) }
	children["fill-tmpfs"] = func(dir string) error { return fillDisk(dir, limitTmpfs(filepath.Dir(dir))) }
	children["read-only"] = func(dir string) error { return readOnly(dir) }
	children["mount"] = func(dir string) error { return limitTmpfs(dir)(1 << 20) }
}

// A disk without room is a clear error; nothing that was kept is lost, nothing
// is half, reading goes on, and writing too once there is room. No room is had
// in two ways: no file may grow, and, where the system lets us mount one, a file
// system is full.
func TestDiskFull(t *testing.T) {
	inNamespace := &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	commands := []*exec.Cmd{child(t, "fill", filepath.Join(t.TempDir(), "vault"))}
	try := child(t, "mount", t.TempDir())
	try.SysProcAttr = inNamespace
	if err := try.Run(); err == nil {
		c := child(t, "fill-tmpfs", filepath.Join(t.TempDir(), "vault"))
		c.SysProcAttr = inNamespace
		commands = append(commands, c)
	}
	for _, c := range commands {
		out, err := c.CombinedOutput()
		if err != nil || !strings.Contains(string(out), ErrFull.Error()) {
			t.Errorf("%v: %s", err, out)
		}
		t.Logf("%s", out)
	}
}

// A vault in a folder that cannot be written is refused with a reason, and is as
// it was once it can be.
func TestReadOnlyFolder(t *testing.T) {
	c := child(t, "read-only", filepath.Join(t.TempDir(), "vault"))
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	try := child(t, "mount", t.TempDir())
	try.SysProcAttr = c.SysProcAttr
	if err := try.Run(); err != nil {
		t.Skip("the system lets nobody mount a file system")
	}
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func readOnly(dir string) error {
	ctx := context.Background()
	at := filepath.Dir(dir)
	if err := limitTmpfs(at)(8 << 20); err != nil {
		return err
	}
	if err := Init(dir, passphrase, quick); err != nil {
		return err
	}
	v, err := Open(dir, passphrase)
	if err != nil {
		return err
	}
	if _, err := v.Record(ctx, []byte("s_1"), pair(ctx, "s_1")); err != nil {
		return err
	}
	if err := v.Close(); err != nil {
		return err
	}
	remount := func(flags uintptr) error {
		return unix.Mount("tmpfs", at, "tmpfs", unix.MS_REMOUNT|flags, "size=8388608")
	}
	if err := remount(unix.MS_RDONLY); err != nil {
		return err
	}
	for name, err := range map[string]error{
		"open":     func() error { _, err := Open(dir, passphrase); return err }(),
		"init":     Init(filepath.Join(at, "other"), passphrase, quick),
		"passwd":   Passwd(dir, passphrase, []byte("new"), quick),
		"recovery": func() error { _, err := NewRecovery(dir, passphrase); return err }(),
	} {
		if !errors.Is(err, os.ErrPermission) && !errors.Is(err, unix.EROFS) {
			return fmt.Errorf("%s in a read-only folder: %w", name, err)
		}
	}
	if err := remount(0); err != nil {
		return err
	}
	if v, err = Open(dir, passphrase); err != nil {
		return err
	}
	defer v.Close()
	if r, err := v.Check(ctx); err != nil || r.Size != 1 {
		return fmt.Errorf("check = %+v, %w", r, err)
	}
	_, err = v.Record(ctx, []byte("s_2"), pair(ctx, "s_2"))
	return err
}

// limitFiles lets no file grow above a size.
func limitFiles(bytes uint64) error {
	signal.Ignore(syscall.SIGXFSZ)
	var l unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &l); err != nil {
		return err
	}
	l.Cur = bytes
	return unix.Setrlimit(unix.RLIMIT_FSIZE, &l)
}

// limitTmpfs mounts a file system of a size, then changes the size. It vanishes
// with the process, which must be in a mount namespace of its own.
func limitTmpfs(at string) func(bytes uint64) error {
	flags := uintptr(0)
	return func(bytes uint64) error {
		err := unix.Mount("tmpfs", at, "tmpfs", flags, fmt.Sprintf("size=%d", bytes))
		flags = unix.MS_REMOUNT
		return err
	}
}

// fillDisk writes until the disk refuses, and then looks at what is there. It
// prints one line.
func fillDisk(dir string, limit func(bytes uint64) error) error {
	ctx := context.Background()
	if err := limit(2 << 20); err != nil {
		return fmt.Errorf("limit: %w", err)
	}
	if err := Init(dir, passphrase, quick); err != nil {
		return err
	}
	v, err := Open(dir, passphrase)
	if err != nil {
		return err
	}
	var full error
	n := 0
	for ; full == nil && n < 20000; n++ {
		noise := make([]byte, 20000)
		for i := range noise {
			noise[i] = byte(rand.Uint32())
		}
		id := fmt.Sprintf("s_%d", n)
		_, full = v.Record(ctx, []byte(id), func(tx *Tx) error {
			return errors.Join(pair(ctx, id)(tx), tx.PutDoc(ctx, ReleaseBucket, id, noise))
		})
	}
	if !errors.Is(full, ErrFull) {
		return fmt.Errorf("after %d writes: %w, want ErrFull", n, full)
	}
	for range 3 { // it stays so, and stays readable
		if err := v.Put(ctx, [32]byte{}, make([]byte, 1<<20)); err != nil && !errors.Is(err, ErrFull) {
			return err
		}
		s, err := v.Subjects(ctx)
		if err != nil || len(s) != n-1 {
			return fmt.Errorf("%d subjects, want %d: %w", len(s), n-1, err)
		}
	}
	r, err := v.Check(ctx)
	if err != nil || r.Size != int64(n-1) {
		return fmt.Errorf("check = %+v, %w", r, err)
	}
	if err := errors.Join(limit(64<<20), v.Close()); err != nil {
		return err
	}
	if v, err = Open(dir, passphrase); err != nil {
		return err
	}
	defer v.Close()
	if _, err := v.Record(ctx, []byte("more"), pair(ctx, "s_more")); err != nil {
		return fmt.Errorf("write with room again: %w", err)
	}
	if r, err = v.Check(ctx); err != nil || r.Size != int64(n) {
		return fmt.Errorf("check = %+v, %w", r, err)
	}
	fmt.Println("full after", n-1, "with:", full)
	return nil
}
