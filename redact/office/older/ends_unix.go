//go:build unix

package older

import (
	"os/exec"
	"syscall"
)

// ends has all processes that a program starts end with it.
func ends(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
