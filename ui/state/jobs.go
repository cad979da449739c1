package state

import (
	"context"
	"sync"
)

// Jobs runs work in the order it was given, one at a time, away from the
// window. The zero value is ready.
type Jobs struct {
	mu      sync.Mutex
	waiting []func(context.Context)
	running bool
	cancel  context.CancelFunc
	closed  bool
	idle    sync.WaitGroup
}

// Do puts work at the end of the line. After Close it is not run.
func (j *Jobs) Do(work func(context.Context)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return
	}
	j.waiting = append(j.waiting, work)
	if !j.running {
		j.running = true
		j.idle.Add(1)
		go j.run()
	}
}

func (j *Jobs) run() {
	defer j.idle.Done()
	for {
		j.mu.Lock()
		if len(j.waiting) == 0 {
			j.running = false
			j.mu.Unlock()
			return
		}
		work := j.waiting[0]
		j.waiting = j.waiting[1:]
		ctx, cancel := context.WithCancel(context.Background())
		j.cancel = cancel
		j.mu.Unlock()
		work(ctx)
		cancel()
	}
}

// Busy reports whether work runs or waits.
func (j *Jobs) Busy() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.running
}

// Stop cancels the work that runs now; what waits behind it goes on.
func (j *Jobs) Stop() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.cancel != nil {
		j.cancel()
	}
}

// Drop cancels the work that runs now and forgets what waits.
func (j *Jobs) Drop() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting = nil
	if j.cancel != nil {
		j.cancel()
	}
}

// Close cancels what runs, forgets what waits and returns when all is quiet.
func (j *Jobs) Close() {
	j.mu.Lock()
	j.closed, j.waiting = true, nil
	if j.cancel != nil {
		j.cancel()
	}
	j.mu.Unlock()
	j.idle.Wait()
}

// Wait returns when nothing runs and nothing waits.
func (j *Jobs) Wait() { j.idle.Wait() }
