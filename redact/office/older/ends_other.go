//go:build !unix

package older

import "os/exec"

// ends has a program end when its time is up.
func ends(c *exec.Cmd) { c.Cancel = func() error { return c.Process.Kill() } }
