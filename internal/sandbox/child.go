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
// time in seconds, size in bytes and growth in percent of the Go heap.
const word = "__sandbox"

const arguments = 7 // with the program's name

// overtime is a child's exit code where its processor time is up.
const overtime = 24

// Main runs the task or service that the arguments ask for and ends the process,
// if this process is a child; otherwise it returns at once. Call it first thing
// in main, with all tasks and services of the program.
func Main(tasks map[string]Task, services ...map[string]Service) {
	if len(os.Args) != arguments || os.Args[1] != word {
		return
	}
	out := frameWriter{os.Stdout}
	if err := out.last(serve(tasks, services, os.Args[2:], os.Stdin, out)); err != nil {
		os.Exit(3)
	}
	os.Exit(0)
}

// last writes the last frame of an answer.
func (f frameWriter) last(err error) error {
	if err == nil {
		return f.frame(frameDone, nil)
	}
	var c *coded
	code := ""
	if errors.As(err, &c) {
		code = c.code
	}
	text := err.Error()
	return f.frame(frameFailed, []byte(code+"\x00"+text[:min(len(text), maxFrame/2)]))
}

func serve(tasks map[string]Task, services []map[string]Service, args []string, in io.Reader, out frameWriter) error {
	if task, ok := tasks[args[0]]; ok {
		if err := restrict(args[1:]); err != nil {
			return err
		}
		return task(context.Background(), in, out)
	}
	for _, m := range services {
		if s, ok := m[args[0]]; ok {
			return attend(s, args[1:], in, out)
		}
	}
	return fmt.Errorf("no task of this name in this program")
}

// restrict sets the limits given as arguments.
func restrict(args []string) error {
	var n [4]int64
	for i := range n {
		var err error
		if n[i], err = strconv.ParseInt(args[i], 10, 64); err != nil {
			return fmt.Errorf("limit %d is no number", i+1)
		}
	}
	memory, seconds, heap, growth := n[0], n[1], n[2], n[3]
	debug.SetGCPercent(int(growth))
	debug.SetMemoryLimit(heap)
	if err := confine(memory, time.Duration(seconds)*time.Second); err != nil {
		return fmt.Errorf("confine: %w", err)
	}
	return nil
}
