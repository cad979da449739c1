package state

import (
	"context"
	"path/filepath"
	"testing"
	"time"
)

func TestIdle(t *testing.T) {
	start := time.Now()
	asleep := start.Round(0).Add(time.Hour) // no monotonic reading: as after a sleep
	for _, c := range []struct {
		name  string
		after time.Duration
		touch bool
		now   time.Time
		busy  bool
		due   bool
	}{
		{"not yet", 15 * time.Minute, true, start.Add(14 * time.Minute), false, false},
		{"long enough", 15 * time.Minute, true, start.Add(15 * time.Minute), false, true},
		{"a job runs", 15 * time.Minute, true, start.Add(time.Hour), true, false},
		{"never", 0, true, start.Add(100 * time.Hour), false, false},
		{"nothing was opened", 15 * time.Minute, false, start.Add(time.Hour), false, false},
		{"the machine slept", 15 * time.Minute, true, asleep, false, true},
	} {
		i := Idle{After: c.after}
		if c.touch {
			i.Touch(start)
		}
		if got := i.Due(c.now, c.busy); got != c.due {
			t.Errorf("%s: due is %v", c.name, got)
		}
	}
	i := Idle{After: time.Minute}
	i.Touch(start)
	i.Touch(start.Add(50 * time.Second))
	if i.Due(start.Add(100*time.Second), false) || !i.Due(start.Add(110*time.Second), false) {
		t.Error("it counts from the last use")
	}
}

func TestLockSetting(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings.json")
	for minutes, want := range map[int]time.Duration{0: 15 * time.Minute, 5: 5 * time.Minute, -1: 0, 100000: 15 * time.Minute, -7: 15 * time.Minute} {
		if err := (Settings{LockAfter: minutes}).Save(file); err != nil {
			t.Fatal(err)
		}
		if got := LoadSettings(file).Lock(); got != want {
			t.Errorf("%d minutes: %v, want %v", minutes, got, want)
		}
	}
}

func TestJobsTellWhetherTheyRun(t *testing.T) {
	var j Jobs
	if j.Busy() {
		t.Error("busy with nothing")
	}
	hold := make(chan struct{})
	j.Do(func(ctx context.Context) { <-hold })
	if !j.Busy() {
		t.Error("not busy while work runs")
	}
	close(hold)
	j.Wait()
	if j.Busy() {
		t.Error("busy after the work")
	}
}
