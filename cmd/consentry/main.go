// Command consentry is the command line. It links no window toolkit.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"consentry/internal/sandbox"
	"consentry/internal/wiring"
)

func main() {
	sandbox.Main(wiring.Tasks(), wiring.Services())
	sandbox.NoDumps()
	wiring.TuneMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
