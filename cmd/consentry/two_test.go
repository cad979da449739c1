package main

import (
	"strings"
	"sync"
	"testing"
)

// Several processes write to one vault at a time: they come one after another, and
// nothing that one of them was told is kept is lost.
func TestProcessesShareAVault(t *testing.T) {
	t.Parallel()
	b := registryBench{newBench(t)}
	names := strings.Fields("林知遥 欧阳星野 慕容清 司徒文远 上官若水 诸葛知秋 夏侯明月 端木青云")
	ids := make([]string, len(names))
	var wg sync.WaitGroup
	for i, n := range names {
		wg.Go(func() {
			r := b.run("subject", "add", "--kind", "person", "--name", n)
			if r.code == exitDone {
				ids[i] = strings.TrimSpace(r.stdout)
			} else if !strings.Contains(r.stderr, "another process is writing") {
				t.Errorf("refused without a reason: %d %s", r.code, r.stderr)
			}
		})
	}
	wg.Wait()
	out := b.as("", "subject", "list")
	kept := 0
	for i, id := range ids {
		if id == "" {
			continue
		}
		kept++
		if !strings.Contains(out, id) || !strings.Contains(out, names[i]) {
			t.Errorf("%s was told that it is kept, and is not", id)
		}
	}
	if kept == 0 {
		t.Error("nobody got through")
	}
	b.as("", "ledger", "check")
	if log := b.as("", "ledger", "export"); strings.Count(log, "subject.add") != kept {
		t.Errorf("%d entries for %d subjects", strings.Count(log, "subject.add"), kept)
	}
}
