package main

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// clear is killed with SIGKILL 50 times, in two lanes of 25. Most moments are spread evenly over a
// run, so that every step is struck; the rest strike when a file of the package
// comes into being, since writing the package is short. Five kills in a row work
// on one vault and folder, then the run is let finish: so both a first run and
// one that resumes are struck.
func TestKillNine(t *testing.T) {
	for _, lane := range []string{"one", "two"} {
		t.Run(lane, func(t *testing.T) {
			t.Parallel()
			killOften(t, 25)
		})
	}
}

func killOften(t *testing.T, kills int) {
	b := newBench(t)
	originals := b.files("in")
	fresh := b.files("data")
	if err := os.CopyFS(b.path("fresh"), os.DirFS(b.path("data"))); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if r := b.clear("undisturbed", "in"); r.code != exitDone {
		t.Fatalf("the undisturbed run: %s", r.stderr)
	}
	whole := time.Since(start)
	want := b.files("undisturbed/files")
	if len(want) != len(originals) {
		t.Fatalf("%d files, want %d", len(want), len(originals))
	}
	reset := func() {
		for _, d := range []string{"data", "out"} {
			if err := os.RemoveAll(b.path(d)); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.CopyFS(b.path("data"), os.DirFS(b.path("fresh"))); err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(b.files("data"), fresh) {
			t.Fatal("the vault was not copied")
		}
	}
	finish := func() {
		t.Helper()
		if r := b.clear("out", "in"); r.code != exitDone {
			t.Errorf("the rerun: exit code %d: %s", r.code, r.stderr)
		}
		if got := b.files("out/files"); !maps.Equal(got, want) {
			t.Errorf("the rerun wrote other files: %v, want %v", got, want)
		}
		if left, _ := filepath.Glob(b.path("out/.consentry-*")); len(left) > 0 {
			t.Errorf("the rerun left %v", left)
		}
		if r := b.run("ledger", "check"); r.code != exitDone {
			t.Errorf("ledger check: %s", r.stderr)
		}
	}
	births := []string{"out/.consentry-*", "out/.consentry-*/file-*", "out/files", "out/files/*.jpg", "out/bundle", "out/bundle/SHA256SUMS", "out/report.pdf"}
	reset()
	partly, staged := 0, 0
	for done, missed := 0, 0; done < kills; {
		strike := time.Duration(float64(whole) * (float64(done*11%kills) + rand.Float64()) / float64(kills))
		birth := ""
		if done%5 == 4 {
			birth = births[done/5%len(births)]
			strike = time.Duration(rand.IntN(2000)) * time.Microsecond
			reset() // only what is not there can come into being
		}
		strike >>= max(0, missed-2) // the machine got faster since the undisturbed run
		c := b.cmd(t.Context(), clearArgs("out", "in")...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { c.Wait(); close(ended) }()
		if birth != "" {
			awaitFile(b.path(birth), ended)
		}
		select {
		case <-ended:
		case <-time.After(strike):
			_ = c.Process.Kill() // fails only if it has just ended
		}
		<-ended
		if code := c.ProcessState.ExitCode(); code != -1 {
			if code != exitDone {
				t.Fatalf("after %d kills a run ended with exit code %d", done, code)
			}
			if missed++; missed > 8 {
				t.Fatalf("after %d kills the run cannot be struck at %v %s", done, strike, birth)
			}
			reset() // it came to its end first: strike a run from its beginning
			continue
		}
		done, missed = done+1, 0
		if got := b.files("in"); !maps.Equal(got, originals) {
			t.Fatalf("kill %d: an original changed", done)
		}
		if r := b.run("subject", "list"); r.code != exitDone {
			t.Errorf("kill %d: the vault does not open: %s", done, r.stderr)
		}
		s, p := lookAtKilled(t, b, done, want)
		staged, partly = staged+s, partly+p
		if done%5 == 0 {
			finish()
			reset()
		}
	}
	t.Logf("%d kills; a run takes %v; %d left a staging folder, %d a part of the package", kills, whole.Round(time.Millisecond), staged, partly)
	if staged == 0 || partly == 0 {
		t.Error("no kill struck while the package was written")
	}
}

// awaitFile waits until a file of that pattern is there, or the run is over.
func awaitFile(pattern string, ended <-chan struct{}) {
	for {
		select {
		case <-ended:
			return
		default:
		}
		if m, _ := filepath.Glob(pattern); len(m) > 0 {
			return
		}
		time.Sleep(100 * time.Microsecond)
	}
}

// lookAtKilled checks what a killed run left in its output folder: whole files
// under final names, and a report only if all of it is there.
func lookAtKilled(t *testing.T, b *bench, n int, want map[string]string) (staged, partly int) {
	t.Helper()
	for name, sum := range b.files("out/files") {
		if want[name] != sum {
			t.Errorf("kill %d: files/%s is not what a whole run writes", n, name)
		}
	}
	for name := range b.files("out") {
		top, _, _ := strings.Cut(name, "/")
		switch {
		case strings.HasPrefix(top, ".consentry-"):
			staged = 1
		case top == "files", top == "bundle", name == "report.pdf", name == "assessment.pdf":
			partly = 1
		case name != "report.json" && name != ".consentry":
			t.Errorf("kill %d: there is a file of unknown name", n)
		}
	}
	pdf, err := os.ReadFile(b.path("out/report.pdf"))
	if err == nil && !(strings.HasPrefix(string(pdf), "%PDF-") && strings.Contains(string(pdf[max(0, len(pdf)-32):]), "%%EOF")) {
		t.Errorf("kill %d: report.pdf is cut", n)
	}
	rep, err := os.ReadFile(b.path("out/report.json"))
	if err != nil {
		return staged, partly
	}
	if !json.Valid(rep) {
		t.Errorf("kill %d: report.json is cut", n)
	}
	for _, name := range []string{"report.pdf", "assessment.pdf", "bundle/release.json", "bundle/ledger.jsonl", "bundle/SHA256SUMS"} {
		if _, err := os.Stat(b.path("out/" + name)); err != nil {
			t.Errorf("kill %d: report.json is there, %s is not", n, name)
		}
	}
	if len(b.files("out/files")) != len(want) {
		t.Errorf("kill %d: report.json is there, not all files are", n)
	}
	return staged, partly
}
