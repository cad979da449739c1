//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Odd inputs are named, the rest goes on, and nothing waits for ever.
func TestStrangeInputs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("in/long.txt", "负责人："+strings.Repeat("王", 10_000)+"。电话 13800138000。\n")
	b.write("in/sub/four.txt", "林知遥。\n")
	b.write("in/closed.txt", "林知遥。\n")
	for link, to := range map[string]string{"in/sub/loop": "..", "in/self": "self", "in/nowhere": "absent"} {
		if err := os.Symlink(to, b.path(link)); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(b.path("in/pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(b.path("in/closed.txt"), 0); err != nil {
		t.Fatal(err)
	}
	own := asNobody(b)
	r := own.clear("out", "in")
	if r.code != exitError {
		t.Errorf("exit code %d, want %d", r.code, exitError)
	}
	want := []string{"pipe: not a regular file", "self: not a regular file", "nowhere: not a regular file", "sub/loop: not a regular file"}
	if own != b || os.Getuid() != 0 { // root reads everything
		want = append(want, "closed.txt: no permission")
	}
	for _, w := range want {
		if !strings.Contains(r.stderr, w) {
			t.Errorf("standard error does not say %q: %s", w, r.stderr)
		}
	}
	if n := strings.Count(r.stderr, "\n"); n != len(want) {
		t.Errorf("%d lines on standard error, want %d: %s", n, len(want), r.stderr)
	}
	got := own.files("out/files")
	for _, name := range []string{"long.txt", "sub/four.txt", "one.md"} {
		if got[name] == "" {
			t.Errorf("%s was not cleared", name)
		}
	}
	for name, what := range map[string]string{"in/pipe": "not a regular file", "in/nowhere": "no such file", "absent": "no such file"} {
		if r := own.clear("out2", name); r.code != exitError || !strings.Contains(r.stderr, what) {
			t.Errorf("%s: exit code %d: %s", name, r.code, r.stderr)
		}
	}
}

// asNobody drops root's rights from the calls on a bench, where that can be done
// and the calls have to be told: root may read what nobody may.
func asNobody(b *bench) *bench {
	setpriv, err := exec.LookPath("setpriv")
	if os.Getuid() != 0 || err != nil || runtime.GOOS != "linux" {
		return b
	}
	c := b.with()
	c.before = []string{setpriv, "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search", "--no-new-privs"}
	return c
}

// A text above the limit is refused, by name.
func TestLargeText(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	line := strings.Repeat("The quarterly figures were stable and the belt ran day and night. ", 15) + "\n"
	b.write("larger.txt", strings.Repeat(line, 70_000_000/len(line)))
	r := b.clear("out", "larger.txt")
	if r.code != exitError || !strings.Contains(r.stderr, "larger.txt") || !strings.Contains(r.stderr, "limit") {
		t.Errorf("70 MB: exit code %d: %s", r.code, r.stderr)
	}
}

// A folder never holds both originals and a package: nothing that is there is
// written over, and no package is taken in again.
func TestOutputAmongOriginals(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.write("same/one.txt", "林知遥。\n")
	b.write("same/files/one.txt", "另一份原件。\n")
	b.write("same/report.json", "{}\n")
	b.write("same/report.pdf", "mine\n")
	b.write("parent/files/one.txt", "林知遥。\n")
	b.write("foreign/report.pdf", "mine\n")
	before := b.files(".")
	for _, c := range []struct{ out, in string }{
		{"same", "same"}, {"same", "same/one.txt"}, {"parent", "parent/files"}, {"foreign", "in"}, {"in", "in/one.md"},
	} {
		r := b.clear(c.out, c.in)
		if r.code == exitDone || r.code > exitUsage || r.stdout != "" {
			t.Errorf("clear %s -o %s: exit code %d: %s%s", c.in, c.out, r.code, r.stdout, r.stderr)
		}
	}
	// Inside the input folder the package is passed over the next time.
	for range 2 {
		if r := b.clear("in/out", "in"); r.code != exitDone || len(b.files("in/out/files")) != 5 {
			t.Errorf("clear in -o in/out: exit code %d, %d files: %s", r.code, len(b.files("in/out/files")), r.stderr)
		}
	}
	after := b.files(".")
	for name, sum := range before {
		if !strings.HasPrefix(name, "data/") && after[name] != sum {
			t.Errorf("%s was written over", name)
		}
	}
}

// Two runs at once, on one vault and into one folder: both come to a clear end,
// and the package is that of one run.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	if r := b.clear("alone", "in"); r.code != exitDone {
		t.Fatal(r.stderr)
	}
	want := b.files("alone/files")
	for _, outs := range [][2]string{{"out", "out"}, {"left", "right"}} {
		var rs [2]result
		var g sync.WaitGroup
		for i, out := range outs {
			g.Go(func() { rs[i] = b.clear(out, "in") })
		}
		g.Wait()
		for i, out := range outs {
			if rs[i].code != exitDone {
				t.Errorf("%s: exit code %d: %s", out, rs[i].code, rs[i].stderr)
			}
			if got := b.files(out + "/files"); !maps.Equal(got, want) {
				t.Errorf("%s: another package than that of one run: %v", out, got)
			}
			if left, _ := filepath.Glob(b.path(out + "/.consentry-*")); len(left) > 0 {
				t.Errorf("%s: left behind: %v", out, left)
			}
			rep, err := os.ReadFile(b.path(out + "/report.json"))
			if err != nil || !json.Valid(rep) {
				t.Errorf("%s: no whole report: %v", out, err)
			}
			sums := exec.CommandContext(context.WithoutCancel(t.Context()), "sha256sum", "-c", "--quiet", "bundle/SHA256SUMS")
			sums.Dir = b.path(out)
			if said, err := sums.CombinedOutput(); err != nil {
				t.Errorf("%s: SHA256SUMS: %s", out, bytes.TrimSpace(said))
			}
		}
	}
	if r := b.run("ledger", "check"); r.code != exitDone || !strings.Contains(r.stdout, "5 entries") {
		t.Errorf("ledger check: %s%s", r.stdout, r.stderr)
	}
}
