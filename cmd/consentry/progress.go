package main

import (
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"consentry/internal/casework"
)

var stepWords = map[casework.Step]string{
	casework.StepIngest: "Reading  ",
	casework.StepScan:   "Scanning ",
	casework.StepSearch: "Searching",
	casework.StepApply:  "Hiding   ",
	casework.StepVerify: "Attacking",
	casework.StepExport: "Exporting",
}

// bars shows one bar with time left per step, on a terminal only.
type bars struct {
	f    *os.File
	step casework.Step
	bar  *progressbar.ProgressBar
}

// progress is silent when asked, or when nobody watches.
func (c *cli) progress() casework.Progress {
	f, ok := c.err.(*os.File)
	if c.quiet || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bars{f: f}
}

// Report moves the step's bar. casework calls it one call at a time.
func (b *bars) Report(e casework.Event) {
	if b.bar == nil || b.step != e.Step {
		b.step = e.Step
		b.bar = progressbar.NewOptions(e.Total,
			progressbar.OptionSetWriter(b.f),
			progressbar.OptionSetDescription(stepWords[e.Step]),
			progressbar.OptionSetWidth(28),
			progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	_ = b.bar.Set(e.Done) // a bar that cannot be drawn stops nothing
}
