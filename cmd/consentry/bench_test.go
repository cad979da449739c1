package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"consentry/assets"
)

// use is what every clear of these tests is for.
var use = []string{"--for", "case-study", "--channel", "website"}

// A bench is a folder with a vault, a passphrase file and small inputs in in/:
// three texts and two photos. Every call of the program runs in it.
type bench struct {
	t   *testing.T
	dir string
	env []string
	// before is put before the program's name: another program that runs it.
	before []string
}

func newBench(t *testing.T) *bench {
	t.Helper()
	models, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, dir: t.TempDir()}
	b.env = append(os.Environ(),
		"CONSENTRY_ASSETS="+models, "CONSENTRY_PASSPHRASE_FILE="+b.path("pass"),
		"XDG_DATA_HOME="+b.path("data"), "TMPDIR="+b.path("tmp"), "LANG=en_US.UTF-8", "LC_ALL=", "LC_MESSAGES=")
	b.write("pass", "correct horse\n")
	b.write("tmp/.keep", "")
	b.write("in/one.md", "# 案例\n\n负责人林知遥女士说，项目很顺利。电话 13800138000。\n")
	b.write("in/two.txt", "Stella Ouyang of Cloudridge Ltd wrote to stella@example.test.\n")
	b.write("in/three.txt", "王小明介绍了云岚科技有限公司的经验，林知遥补充。\n")
	for _, n := range []string{"1", "3"} {
		b.writeBytes("in/photo"+n+".jpg", shrunk(t, filepath.Join(models, "samples", "sample"+n+".jpg"), 4))
	}
	if r := b.run("vault", "init"); r.code != exitDone {
		t.Fatalf("vault init: %s", r.stderr)
	}
	return b
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, filepath.FromSlash(name)) }

func (b *bench) write(name, text string) { b.t.Helper(); b.writeBytes(name, []byte(text)) }

func (b *bench) writeBytes(name string, data []byte) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Dir(b.path(name)), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(b.path(name), data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// with sets variables for the calls of a copy of the bench.
func (b *bench) with(env ...string) *bench {
	c := *b
	c.env = append(c.env[:len(c.env):len(c.env)], env...)
	return &c
}

func (b *bench) cmd(ctx context.Context, args ...string) *exec.Cmd {
	call := append(append(b.before[:len(b.before):len(b.before)], "consentry"), args...)
	c := exec.CommandContext(ctx, call[0], call[1:]...)
	c.Dir, c.Env = b.dir, b.env
	return c
}

type result struct {
	code           int
	stdout, stderr string
}

// patience is how long a call may take before it counts as hanging.
const patience = 3 * time.Minute

// run calls the program without a terminal. A call that hangs is killed and
// fails the test.
func (b *bench) run(args ...string) result {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	defer cancel()
	c := b.cmd(ctx, args...)
	var out, errw bytes.Buffer
	c.Stdout, c.Stderr = &out, &errw
	err := c.Run()
	if ctx.Err() != nil {
		b.t.Fatalf("consentry %s hangs", args[0])
	}
	if c.ProcessState == nil {
		b.t.Fatal(err)
	}
	return result{c.ProcessState.ExitCode(), out.String(), errw.String()}
}

// clear runs clear over paths into out.
func (b *bench) clear(out string, paths ...string) result {
	b.t.Helper()
	return b.run(clearArgs(out, paths...)...)
}

func clearArgs(out string, paths ...string) []string {
	return append(append(append([]string{"clear"}, paths...), use...), "-o", out, "--json")
}

// files are the digests of the files below a folder, by slash-separated name.
// Special files count by their name.
func (b *bench) files(name string) map[string]string {
	b.t.Helper()
	all := map[string]string{}
	root := b.path(name)
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			all[filepath.ToSlash(rel)] = d.Type().String()
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		all[filepath.ToSlash(rel)] = hex.EncodeToString(sum[:])
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		b.t.Fatal(err)
	}
	return all
}

// refused wants exit code 1, one sentence on standard error that holds each of
// the words, and nothing on standard output.
func (r result) refused(t *testing.T, words ...string) {
	t.Helper()
	if r.code != exitError {
		t.Errorf("exit code %d, want %d: %s", r.code, exitError, r.stderr)
	}
	if r.stdout != "" {
		t.Errorf("standard output: %s", r.stdout)
	}
	r.says(t, words...)
}

func (r result) says(t *testing.T, words ...string) {
	t.Helper()
	if n := strings.Count(r.stderr, "\n"); n != 1 {
		t.Errorf("%d lines on standard error, want 1: %s", n, r.stderr)
	}
	for _, w := range append(words, "consentry: ") {
		if !strings.Contains(r.stderr, w) {
			t.Errorf("standard error does not say %q: %s", w, r.stderr)
		}
	}
}

// shrunk is every n-th pixel of a photo, as a JPEG.
func shrunk(t *testing.T, name string, n int) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src, err := jpeg.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	s := src.Bounds()
	dst := image.NewRGBA(image.Rect(0, 0, s.Dx()/n, s.Dy()/n))
	for y := range dst.Rect.Dy() {
		for x := range dst.Rect.Dx() {
			dst.Set(x, y, src.At(s.Min.X+x*n, s.Min.Y+y*n))
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, dst, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
