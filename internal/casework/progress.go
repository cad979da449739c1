package casework

import "sync"

// Step names a step of the flow in progress reports.
type Step string

// The steps that take time.
const (
	StepIngest Step = "ingest"
	StepScan   Step = "scan"
	StepSearch Step = "search" // for every name, in the whole case
	StepApply  Step = "apply"
	StepVerify Step = "verify"
	StepExport Step = "export"
)

// Event says how far a step is.
type Event struct {
	Step        Step
	Done, Total int    // assets
	Asset       string // the one just done, by its name; may name someone: for the screen only
	Reused      bool   // its result was kept from before
	Err         error
}

// Progress hears of every asset done. It is called from many goroutines, one
// call at a time.
type Progress interface {
	Report(Event)
}

// meter counts the assets of one step.
type meter struct {
	p     Progress
	step  Step
	total int

	mu   sync.Mutex
	done int
}

func (d *Desk) meter(s Step, total int) *meter {
	m := &meter{p: d.Progress, step: s, total: total}
	if m.p != nil && total > 0 {
		m.p.Report(Event{Step: s, Total: total})
	}
	return m
}

func (m *meter) tick(asset string, reused bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done++
	if m.p != nil {
		m.p.Report(Event{Step: m.step, Done: m.done, Total: m.total, Asset: asset, Reused: reused, Err: err})
	}
}
