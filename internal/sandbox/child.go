package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"time"
)

// word is the first argument of a child: word, task, memory in bytes, processor
// time in seconds.
const word = "__sandbox"

// overtime is a child's exit code where its processor time is up.
const overtime = 24

// Main runs the task that the arguments ask for and ends the process, if this
// process is a child; otherwise it returns at once. Call it first thing in main.
func Main(tasks map[string]Task) {
	if len(os.Args) != 5 || os.Args[1] != word {
		return
	}
	out := frameWriter{os.Stdout}
	if err := serve(tasks, os.Args[2:], os.Stdin, out); err != nil {
		var c *coded
		code := ""
		if errors.As(err, &c) {
			code = c.code
		}
		if out.frame(frameFailed, []byte(code+"\x00"+err.Error())) != nil {
			os.Exit(3)
		}
		os.Exit(0)
	}
	if out.frame(frameDone, nil) != nil {
		os.Exit(3)
	}
	os.Exit(0)
}

func serve(tasks map[string]Task, args []string, in io.Reader, out io.Writer) error {
	task, ok := tasks[args[0]]
	if !ok {
		return fmt.Errorf("no task of this name in this program")
	}
	memory, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return fmt.Errorf("memory limit is no number")
	}
	seconds, err := strconv.ParseInt(args[2], 10, 32)
	if err != nil {
		return fmt.Errorf("time limit is no number")
	}
	// Collect early, and much earlier as the limit comes near: a few huge
	// buffers make up the heap, so that a collection costs next to nothing.
	debug.SetGCPercent(25)
	debug.SetMemoryLimit(memory)
	if err := confine(memory, time.Duration(seconds)*time.Second); err != nil {
		return fmt.Errorf("confine: %w", err)
	}
	return task(context.Background(), in, out)
}
