package install

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"consentry/assets"
)

var installed = []string{"dic/words.dic", "model.onnx"}

func TestInstall(t *testing.T) {
	for _, ecosystem := range []string{assets.NPM, assets.PyPI} {
		t.Run(ecosystem, func(t *testing.T) {
			f := newFixture(t, ecosystem)
			var lines bytes.Buffer
			f.Progress = &lines
			if err := f.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := tree(t, f.Dir); !slices.Equal(got, installed) {
				t.Errorf("installed %q, want %q", got, installed)
			}
			if got := mustRead(t, filepath.Join(f.Dir, "dic", "words.dic")); got != words {
				t.Errorf("words are %q", got)
			}
			if got := lines.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "thing 1.0 ") || strings.Contains(got, "\x1b") {
				t.Errorf("progress is %q, want one plain line for the archive", got)
			}
			// From now on without a network.
			lines.Reset()
			again := f.again(clients("fail", ""))
			again.Progress = &lines
			if err := again.Run(t.Context()); err != nil || lines.Len() > 0 {
				t.Errorf("second run: %v, %q", err, lines.String())
			}
			if err := os.RemoveAll(f.Dir); err != nil {
				t.Fatal(err)
			}
			if err := f.again(clients("fail", "")).Run(t.Context()); err != nil {
				t.Errorf("run from the cache: %v", err)
			}
			if got := tree(t, f.Dir); !slices.Equal(got, installed) {
				t.Errorf("installed %q from the cache, want %q", got, installed)
			}
		})
	}
}

// TestRestore damages an installed file in the three ways that a run can meet.
func TestRestore(t *testing.T) {
	changed := strings.Replace(words, "word", "sword", 1)
	for name, tc := range map[string]struct {
		content  string
		keepTime bool
		verify   bool
		restored bool
	}{
		"other size":                      {content: changed, restored: true},
		"same size":                       {content: strings.ToUpper(words), restored: true},
		"same size and time":              {content: strings.ToUpper(words), keepTime: true, restored: false},
		"same size and time, with verify": {content: strings.ToUpper(words), keepTime: true, verify: true, restored: true},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, assets.NPM)
			if err := f.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(f.Dir, "dic", "words.dic")
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			when := info.ModTime()
			if !tc.keepTime {
				when = when.Add(time.Minute)
			}
			if err := os.WriteFile(path, []byte(tc.content), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chtimes(path, when, when); err != nil {
				t.Fatal(err)
			}
			again := f.again(clients("fail", ""))
			again.Verify = tc.verify
			if err := again.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := mustRead(t, path) == words; got != tc.restored {
				t.Errorf("restored is %v, want %v", got, tc.restored)
			}
		})
	}
}

func TestRunsAtOnce(t *testing.T) {
	f := newFixture(t, assets.NPM)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			if err := f.again(f.Clients).Run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := tree(t, f.Dir); !slices.Equal(got, installed) {
		t.Errorf("installed %q, want %q", got, installed)
	}
	if got := tree(t, f.Cache); !slices.Equal(got, []string{f.Lock.Packages[0].Archive + ".tgz"}) {
		t.Errorf("cache holds %q", got)
	}
}

func TestSelection(t *testing.T) {
	for name, tc := range map[string]struct {
		only     []string
		platform string
		want     []string
		fails    string
	}{
		"all":              {want: []string{"dic/words.dic", "model.onnx"}},
		"package":          {only: []string{"thing"}, want: []string{"dic/words.dic", "model.onnx"}},
		"file":             {only: []string{"model.onnx"}, want: []string{"model.onnx"}},
		"unknown":          {only: []string{"model.onnx", "typo"}, fails: `no package or file "typo"`},
		"other platform":   {platform: "plan9/mips", want: []string{"dic/words.dic"}},
		"nothing for here": {platform: "plan9/mips", only: []string{"model.onnx"}, fails: "has no files for plan9/mips"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, assets.NPM)
			f.Only = tc.only
			if tc.platform != "" {
				f.Platform = tc.platform
				f.Lock.Packages[0].Files[1].Platform = "linux/amd64"
			}
			err := f.Run(t.Context())
			if tc.fails != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fails) {
					t.Fatalf("error is %v, want %q", err, tc.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := tree(t, f.Dir); !slices.Equal(got, tc.want) {
				t.Errorf("installed %q, want %q", got, tc.want)
			}
		})
	}
}

func TestSweep(t *testing.T) {
	f := newFixture(t, assets.NPM)
	old, fresh := filepath.Join(f.Dir, stagingPrefix+"old"), filepath.Join(f.Dir, stagingPrefix+"fresh")
	for _, dir := range []string{old, fresh} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-2 * staleAfter)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	if err := f.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := tree(t, f.Dir), append([]string{stagingPrefix + "fresh"}, installed...); !slices.Equal(got, want) {
		t.Errorf("folder holds %q, want %q", got, want)
	}
}

func TestList(t *testing.T) {
	lock, err := assets.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := List(&b, lock); err != nil {
		t.Fatal(err)
	}
	for _, p := range lock.Packages {
		if _, known := conversions[""]; known {
			t.Error("a conversion without a name")
		}
		for _, e := range p.Files {
			if _, ok := conversions[e.Convert]; e.Convert != "" && !ok {
				t.Errorf("no conversion %q for %s", e.Convert, e.Name)
			}
			if !strings.Contains(b.String(), e.Name) || !strings.Contains(b.String(), p.Licence) {
				t.Errorf("list lacks %s", e.Name)
			}
		}
	}
}
