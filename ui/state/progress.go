package state

import (
	"sync"
	"time"

	"consentry/internal/casework"
)

// Progress is how far a job is.
type Progress struct {
	Step        casework.Step
	Done, Total int           // files
	Left        time.Duration // 0 while unknown: in the first five seconds
	Files       map[string]bool
}

// etaAfter is how long a job runs before a guess of the time left is shown.
const etaAfter = 5 * time.Second

// Meter hears of every file done and tells the window at most every 100 ms, and
// of the last file always. It is the Desk's Progress.
type Meter struct {
	// Every is the least time between two calls of Tell.
	Every time.Duration
	// Tell gets a frozen state. It is called on the worker's goroutine.
	Tell func(Progress)
	// Now is the clock; time.Now if nil.
	Now func() time.Time

	mu          sync.Mutex
	now         Progress
	begun, told time.Time
}

// Report implements casework.Progress.
func (m *Meter) Report(e casework.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	clock := time.Now
	if m.Now != nil {
		clock = m.Now
	}
	t := clock()
	if e.Step != m.now.Step || e.Done == 0 {
		m.now = Progress{Step: e.Step, Files: map[string]bool{}}
		m.begun, m.told = t, time.Time{}
	}
	m.now.Done, m.now.Total = e.Done, e.Total
	if e.Asset != "" {
		m.now.Files[e.Asset] = e.Err == nil
	}
	every := m.Every
	if every == 0 {
		every = 100 * time.Millisecond
	}
	if m.Tell == nil || e.Done < e.Total && t.Sub(m.told) < every {
		return
	}
	m.told = t
	p := m.now
	p.Files = make(map[string]bool, len(m.now.Files))
	for k, v := range m.now.Files {
		p.Files[k] = v
	}
	if spent := t.Sub(m.begun); spent >= etaAfter && p.Done > 0 {
		p.Left = spent / time.Duration(p.Done) * time.Duration(p.Total-p.Done)
	}
	m.Tell(p)
}
