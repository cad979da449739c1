package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// secrets stand in the inputs and the registry of TestNothingTold.
var secrets = []string{"林知遥", "欧阳星野", "Stella Ouyang", "云岚智造有限公司", "13800138000", "stella@example.test"}

// No name stands in what failing runs say, in the temporary folder, in the vault
// or in what an output folder holds half-way. The names of the files that a
// user named may be said, and the names the user asks for.
func TestNothingTold(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, s := range secrets {
		if r := b.run("subject", "add", "--kind", "person", "--name", s); r.code != exitDone {
			t.Fatal(r.stderr)
		}
	}
	text := strings.Join(secrets, "，") + "。\n"
	b.write("story/林知遥.md", text)
	b.write("story/numbers.txt", strings.Repeat(text, 40))
	b.write("story/broken.jpg", "\xff\xd8\xff\xe0"+text)
	b.write("story/table.csv", text)
	b.write("story/cut.txt", text+"\xff\xfe\x00\xfe")
	b.write("blocked", "")
	b.write("wrong", "x\n")
	withheld := []result{
		b.clear("out", "story"),
		b.clear("blocked/out", "story"),
		b.with("CONSENTRY_PASSPHRASE_FILE=wrong").clear("out2", "story"),
		b.with("CONSENTRY_ASSETS=absent").clear("out3", "story"),
		b.run("subject", "add", "--kind", "person", "--name", secrets[0], "--age", "ghost"),
		b.run("consent", "grant", "nobody", "--for", "case-study", "--channel", "website"),
		b.run("case", "review", "C-0", "--text", secrets[0], "--hide"),
	}
	for i, r := range withheld {
		if r.code == exitDone && i != 4 {
			t.Errorf("run %d does not fail", i)
		}
		said := strings.ReplaceAll(r.stdout+r.stderr, "林知遥.md", "")
		if tells(said) != "" {
			t.Errorf("run %d tells %s", i, tells(said))
		}
	}
	if len(b.files("out/files")) == 0 {
		t.Error("nothing was cleared")
	}
	// A run that is killed in the middle of writing leaves nothing that tells.
	if err := os.RemoveAll(b.path("out")); err != nil {
		t.Fatal(err)
	}
	c := b.cmd(t.Context(), clearArgs("out", "story")...)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { c.Wait(); close(ended) }()
	awaitFile(b.path("out/.consentry-*/file-*"), ended)
	_ = c.Process.Kill()
	<-ended
	seen := 0
	for _, dir := range []string{"out", "tmp", "data"} {
		seen += nothingTold(t, b.path(dir))
	}
	if seen < 3 {
		t.Errorf("only %d files were looked at", seen)
	}
	// The search itself finds what is there.
	if tells(text) == "" {
		t.Error("the search finds nothing")
	}
}

// nothingTold searches every file and name below a folder and returns how many
// there are.
func nothingTold(t *testing.T, dir string) (seen int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		seen++
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if s := tells(string(data) + "\n" + d.Name()); s != "" {
			t.Errorf("%s tells %s", filepath.Base(p), s)
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Error(err)
	}
	return seen
}

// tells returns a secret that stands in s, in UTF-8, UTF-16 of either order or
// GB18030; "" where there is none.
func tells(s string) string {
	for _, secret := range secrets {
		le := utf16le(secret)
		be := make([]byte, len(le))
		for i := range le {
			be[i^1] = le[i]
		}
		gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(secret))
		if err != nil {
			return err.Error()
		}
		for _, form := range [][]byte{[]byte(secret), le, be, gb} {
			if bytes.Contains([]byte(s), form) {
				return secret
			}
		}
	}
	return ""
}
