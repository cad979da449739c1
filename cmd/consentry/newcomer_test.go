package main

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"github.com/spf13/cobra"
)

// plain fails on colour and on control characters.
func plain(t *testing.T, what, s string) {
	t.Helper()
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			t.Errorf("%s prints the control character %U", what, r)
			return
		}
	}
}

// Every command explains itself, and takes --help without a vault.
func TestHelp(t *testing.T) {
	c := &cli{in: strings.NewReader(""), out: &bytes.Buffer{}, err: &bytes.Buffer{}}
	n := 0
	var walk func(*cobra.Command)
	walk = func(k *cobra.Command) {
		if k.Name() == "help" || k.Hidden {
			return
		}
		n++
		args := append(strings.Fields(k.CommandPath())[1:], "--help")
		var out, errw bytes.Buffer
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errw); code != exitDone || errw.Len() > 0 {
			t.Errorf("%s: exit code %d: %s", k.CommandPath(), code, &errw)
		}
		plain(t, k.CommandPath(), out.String())
		if k.Short == "" || !strings.Contains(out.String(), "Usage:") {
			t.Errorf("%s does not explain itself", k.CommandPath())
		}
		for l := range strings.Lines(out.String()) {
			if len([]rune(l)) > 160 {
				t.Errorf("%s: a line of %d characters", k.CommandPath(), len([]rune(l)))
			}
		}
		for _, sub := range k.Commands() {
			walk(sub)
		}
	}
	walk(c.root())
	if n < 20 {
		t.Errorf("only %d commands", n)
	}
}

func TestCompletion(t *testing.T) {
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		var out, errw bytes.Buffer
		if code := run(t.Context(), []string{"completion", shell}, strings.NewReader(""), &out, &errw); code != exitDone || out.Len() < 1000 {
			t.Errorf("%s: exit code %d, %d bytes: %s", shell, code, out.Len(), &errw)
		}
		name, err := exec.LookPath(shell)
		if err != nil || shell == "powershell" {
			continue // this shell is not here to read it
		}
		c := exec.Command(name, "-n")
		c.Stdin = &out
		if said, err := c.CombinedOutput(); err != nil || len(said) > 0 {
			t.Errorf("%s does not read its completion: %v: %s", shell, err, said)
		}
	}
}

// Piped output has no colour and no bars, every --json is one object a line, and
// what goes wrong has the exit code that the help names.
func TestPiped(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ok := func(args ...string) result {
		t.Helper()
		r := b.run(args...)
		if r.code != exitDone {
			t.Fatalf("%v: exit code %d: %s", args, r.code, r.stderr)
		}
		plain(t, args[0], r.stdout+r.stderr)
		return r
	}
	id := strings.TrimSpace(ok("subject", "add", "--kind", "person", "--name", "林知遥").stdout)
	b.write("notice.txt", "notice\n")
	ok("consent", "grant", id, "--for", "case-study", "--channel", "website", "--shows", "name", "--until", "2027-12-31",
		"--notice", "notice.txt", "--notice-complete", "--evidence", "notice.txt", "--written", "--separate", "--voluntary")
	ok("allow", "add", "云岚科技有限公司", "--reason", "our own")
	cs := strings.TrimSpace(ok(append([]string{"case", "new"}, use...)...).stdout)
	ok("case", "add", cs, "in")
	for _, args := range [][]string{
		{"subject", "list"}, {"consent", "list"}, {"allow", "list"}, {"case", "list"}, {"case", "show", cs}, {"scan", "in"}, {"doctor"},
		{"clear", "in", "--for", "case-study", "--channel", "website", "-o", "out"},
	} {
		ok(args...)
		r := ok(append(args, "--json")...)
		n := 0
		for l := range strings.Lines(r.stdout) {
			var v map[string]any
			if err := json.Unmarshal([]byte(l), &v); err != nil {
				t.Errorf("%v: not an object: %v", args, err)
			}
			n++
		}
		if n == 0 {
			t.Errorf("%v prints nothing", args)
		}
	}
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitUsage, []string{"clear", "in", "--for", "case-study", "--channel", "website"}},
		{exitUsage, []string{"clear", "in", "--for", "case-study", "--channel", "website", "--lang", "klingon", "-o", "o"}},
		{exitUsage, []string{"clear", "in", "--for", "case-study", "--channel", "website", "--mode", "x", "-o", "o"}},
		{exitUsage, []string{"case", "review", cs, "--hide"}},
		{exitUsage, []string{"case", "review", cs, "--draw", "x"}},
		{exitUsage, []string{"subject", "add", "--kind", "person"}},
		{exitUsage, []string{"consent", "grant", id, "--for", "ghost", "--channel", "website"}},
		{exitUsage, []string{"consent", "grant", id, "--for", "case-study", "--channel", "website", "--until", "x"}},
		{exitUsage, []string{"completion", "ghost"}},
		{exitUsage, []string{"vault", "frobnicate"}},
		{exitError, []string{"case", "show", "C-0"}},
		{exitError, []string{"case", "add", cs, "absent"}},
		{exitError, []string{"subject", "import", "absent.csv"}},
		{exitError, []string{"consent", "withdraw", "nobody"}},
		{exitError, []string{"ledger", "check", "--file", "notice.txt"}},
		{exitError, []string{"ledger", "check", "--file", "absent"}},
		{exitError, []string{"eval", "names", "absent"}},
		{exitError, []string{"vault", "init"}},
		{exitError, []string{"vault", "passwd", "--new-file", "absent"}},
		{exitLeak, []string{"check", "in"}},
	} {
		r := b.run(c.args...)
		if r.code != c.code {
			t.Errorf("%v: exit code %d, want %d: %s", c.args, r.code, c.code, r.stderr)
		}
		if r.stderr == "" {
			t.Errorf("%v fails without a word", c.args)
		}
		plain(t, c.args[0], r.stdout+r.stderr)
	}
}
