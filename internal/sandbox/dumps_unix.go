//go:build unix && !linux

package sandbox

import "golang.org/x/sys/unix"

func noDumps() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
