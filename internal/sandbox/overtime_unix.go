//go:build linux || darwin

package sandbox

import (
	"os"
	"os/signal"
	"syscall"
)

// exitOvertime ends the child when the kernel says that its processor time is
// up: by default Go lets that signal pass. One second later the kernel kills.
func exitOvertime() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGXCPU)
	go func() {
		<-c
		os.Exit(overtime)
	}()
}
