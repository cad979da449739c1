package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/assets"
	"consentry/assets/demo"
)

// programs are what the tests may run under that name.
var programs = map[string]func(){"consentry": main}

func TestMain(m *testing.M) {
	testscript.Main(m, programs)
}

// TestScripts runs the program as a user types it, with the real models.
func TestScripts(t *testing.T) {
	models, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			pass := filepath.Join(e.WorkDir, ".pass")
			if err := os.WriteFile(pass, []byte("correct horse\n"), 0o600); err != nil {
				return err
			}
			e.Setenv("CONSENTRY_PASSPHRASE_FILE", pass)
			e.Setenv("CONSENTRY_ASSETS", models)
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("LANG", "en_US.UTF-8")
			if cache, err := os.UserCacheDir(); err == nil { // the PDF engine's compiled form
				e.Setenv("XDG_CACHE_HOME", cache)
			}
			b, err := os.ReadFile("../../redact/pdf/testdata/protected.pdf")
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(e.WorkDir, "protected.pdf"), b, 0o600); err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(e.WorkDir, "demo"), demo.Files)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code": code, "pack": pack, "unpack": unpack, "planted": planted, "stays": stays, "make": makeFile, "sample": sample, "item": item, "rest": rest, "group": group, "badge": badge,
		},
	})
}

// code N COMMAND... wants that exit code.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var n int
		if _, serr := fmt.Sscanf(err.Error(), "exit status %d", &n); serr != nil {
			ts.Fatalf("%v", err)
		}
		got = n
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// expected is what demo/expected.json says.
func expected(ts *testscript.TestScript) (e struct {
	Planted, Gone, Stay []string
}) {
	b, err := demo.Files.ReadFile("expected.json")
	ts.Check(err)
	ts.Check(json.Unmarshal(b, &e))
	return e
}

// planted LIST DIR fails if a text of that list of expected.json (planted, gone)
// stands in any byte or file name below DIR.
func planted(ts *testscript.TestScript, neg bool, args []string) {
	if !neg || len(args) != 2 {
		ts.Fatalf("usage: ! planted LIST DIR")
	}
	e := expected(ts)
	texts := map[string][]string{"planted": e.Planted, "gone": e.Gone}[args[0]]
	if len(texts) == 0 {
		ts.Fatalf("no texts to look for")
	}
	files := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[1]), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		for i, t := range texts {
			gb, _ := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(t))
			for _, form := range [][]byte{[]byte(t), gb, utf16le(t)} {
				if bytes.Contains(b, form) || bytes.Contains([]byte(filepath.Base(p)), form) {
					ts.Fatalf("%s: number %d of %s survives", filepath.Base(p), i, args[0])
				}
			}
		}
		return nil
	}))
	if files == 0 {
		ts.Fatalf("no files in %s", args[1])
	}
}

// stays DIR wants every text that expected.json lets stay in some file there.
func stays(ts *testscript.TestScript, neg bool, args []string) {
	var all strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(p)
		all.Write(b)
		return err
	}))
	for _, t := range expected(ts).Stay {
		if !strings.Contains(all.String(), t) {
			ts.Fatalf("%q does not stay", t)
		}
	}
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// sample N FILE copies a sample photo.
func sample(ts *testscript.TestScript, neg bool, args []string) {
	dir, err := assets.Dir()
	ts.Check(err)
	b, err := os.ReadFile(filepath.Join(dir, "samples", "sample"+args[0]+".jpg"))
	ts.Check(err)
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b, 0o644))
}

// make KIND FILE [TEXT] writes an odd input.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	name := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
	text := ""
	if len(args) > 2 {
		text = args[2]
	}
	var b []byte
	switch args[0] {
	case "empty":
	case "cut":
		dir, err := assets.Dir()
		ts.Check(err)
		whole, err := os.ReadFile(filepath.Join(dir, "samples", "sample1.jpg"))
		ts.Check(err)
		b = whole[:len(whole)/2]
	case "bomb":
		b = bomb(30000, 30000)
	case "logo":
		b = logo(ts)
	case "gb18030":
		var err error
		b, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
		ts.Check(err)
	case "utf16":
		b = append([]byte{0xff, 0xfe}, utf16le(text)...)
	case "long":
		b = []byte("负责人：" + strings.Repeat("王", 10000) + "。\n")
	case "binary":
		b = bytes.Repeat([]byte{0, 1, 2, 0xfe, 0xff}, 200)
	default:
		ts.Fatalf("cannot make %s", args[0])
	}
	ts.Check(os.WriteFile(name, b, 0o644))
}

// logo is a PNG of a ring and a bar, see-through around them.
func logo(ts *testscript.TestScript) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 900, 700))
	for y := range 700 {
		for x := range 900 {
			d := math.Hypot(float64(x-450), float64(y-350))
			if d < 300 && d > 220 || x > 420 && x < 480 && y > 200 && y < 560 {
				m.SetNRGBA(x, y, color.NRGBA{R: 20, G: 70, B: 140, A: 255})
			}
		}
	}
	var b bytes.Buffer
	ts.Check(png.Encode(&b, m))
	return b.Bytes()
}

// bomb is a PNG of that size whose pixels compress to nothing; they are cut off.
func bomb(w, h uint32) []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(typ string, data []byte) {
		b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
		body := append([]byte(typ), data...)
		b = append(b, body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(body))
	}
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	chunk("IDAT", []byte{0x78, 0x9c, 0x01})
	chunk("IEND", nil)
	return b
}

// item KIND N VAR sets VAR to the id of the N-th finding of that kind (from 0) in
// the JSON lines of the last command's output.
func item(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	for l := range strings.Lines(ts.ReadFile("stdout")) {
		var r row
		if json.Unmarshal([]byte(l), &r) != nil || string(r.Kind) != args[0] {
			continue
		}
		if n == 0 {
			ts.Setenv(args[2], r.Item)
			return
		}
		n--
	}
	ts.Fatalf("no such finding")
}

// rest ITEM VAR sets VAR to the id of the place where the moved item was found,
// by the JSON lines of the last command's output.
func rest(ts *testscript.TestScript, neg bool, args []string) {
	for l := range strings.Lines(ts.ReadFile("stdout")) {
		var r row
		if json.Unmarshal([]byte(l), &r) == nil && r.RestOf == args[0] {
			ts.Setenv(args[1], r.Item)
			return
		}
	}
	ts.Fatalf("no such finding")
}

// group VAR sets VAR to the first group in the JSON lines of the last command's
// output.
func group(ts *testscript.TestScript, neg bool, args []string) {
	for l := range strings.Lines(ts.ReadFile("stdout")) {
		var r row
		if json.Unmarshal([]byte(l), &r) == nil && r.Group != "" {
			ts.Setenv(args[0], r.Group)
			return
		}
	}
	ts.Fatalf("no group")
}
