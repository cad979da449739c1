package sandbox

import (
	"fmt"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const startDir = "/"

func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// confine sets what macOS enforces. Memory is left to the Go runtime.
func confine(_ int64, cpu time.Duration) error {
	exitOvertime()
	seconds := uint64((cpu + time.Second - 1) / time.Second)
	for _, l := range []struct {
		which      int
		soft, hard uint64
	}{{unix.RLIMIT_CPU, seconds, seconds + 1}, {unix.RLIMIT_CORE, 0, 0}, {unix.RLIMIT_FSIZE, 0, 0}, {unix.RLIMIT_NOFILE, 16, 16}} {
		if err := unix.Setrlimit(l.which, &unix.Rlimit{Cur: l.soft, Max: l.hard}); err != nil {
			return fmt.Errorf("set limit %d: %w", l.which, err)
		}
	}
	return nil
}
