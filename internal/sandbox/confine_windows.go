package sandbox

import (
	"syscall"
	"time"
)

const startDir = ""

func attributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{HideWindow: true} }

// confine leaves memory to the Go runtime and time to the parent's clock.
func confine(int64, time.Duration) error { return nil }
