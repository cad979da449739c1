package sandbox

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const startDir = "/"

// attributes keeps terminal signals from the child, and the child from
// outliving us.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// confine gives up, for good, what a task does not need. What the kernel may
// refuse in a container (seccomp) is tried; the rest must succeed.
func confine(memory int64, cpu time.Duration) error {
	if err := closeInherited(); err != nil {
		return err
	}
	// The limit is on address space, which Go reserves as its heap grows. Data
	// pages (RLIMIT_DATA) would be nearer to what is meant, but the kernel does
	// not count those that Go maps over its reservations. The slack is for
	// thread stacks.
	size, err := addressSpace()
	if err != nil {
		return err
	}
	exitOvertime()
	seconds := uint64((cpu + time.Second - 1) / time.Second)
	for _, l := range []struct{ which, soft, hard uint64 }{
		{unix.RLIMIT_AS, size + uint64(memory) + 128<<20, size + uint64(memory) + 128<<20},
		{unix.RLIMIT_CPU, seconds, seconds + 1},
		{unix.RLIMIT_CORE, 0, 0},
		{unix.RLIMIT_FSIZE, 0, 0},
		{unix.RLIMIT_NOFILE, 16, 16},
	} {
		if err := unix.Setrlimit(int(l.which), &unix.Rlimit{Cur: l.soft, Max: l.hard}); err != nil {
			return fmt.Errorf("set limit %d: %w", l.which, err)
		}
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("forbid dumps: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up privileges: %w", err)
	}
	filterSystemCalls()
	return nil
}

// closeInherited closes what a careless library left open in the parent. The
// runtime's own descriptors stay: they are anonymous or of /sys and /proc.
func closeInherited() error {
	const dir = "/proc/self/fd"
	list, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("list open files: %w", err)
	}
	for _, e := range list {
		fd, err := strconv.Atoi(e.Name())
		if err != nil || fd <= 2 {
			continue
		}
		to, err := os.Readlink(dir + "/" + e.Name())
		if err != nil || strings.HasPrefix(to, "anon_inode:") || strings.HasPrefix(to, "/sys/") || strings.HasPrefix(to, "/proc/") {
			continue
		}
		unix.Close(fd)
	}
	return nil
}

// addressSpace is the number of bytes mapped, field 1 of /proc/self/statm.
func addressSpace() (uint64, error) {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, fmt.Errorf("read own memory size: %w", err)
	}
	first, _, _ := bytes.Cut(b, []byte(" "))
	pages, err := strconv.ParseUint(string(first), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("read own memory size: %w", err)
	}
	return pages * uint64(os.Getpagesize()), nil
}
