package sandbox_test

import (
	"os"
	"strconv"
)

// alive reports whether a process is there that can be opened.
func alive(pid string) bool {
	n, err := strconv.Atoi(pid)
	if err != nil {
		return false
	}
	p, err := os.FindProcess(n)
	if err == nil {
		p.Release()
	}
	return err == nil
}
