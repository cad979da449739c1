package consentry

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

// may lists, for each room, the rooms it may know. Anything else fails, and so
// does a room without a line. A room always knows the rooms inside it.
var may = map[string][]string{
	"authz":                 {},
	"authz/authztest":       {"authz"},
	"authz/exchange":        {"authz"},
	"authz/exchange/dpv":    {},
	"authz/exchange/vcard":  {},
	"authz/exchange/xlsx":   {},
	"redact":                {},
	"internal/infer":        {},
	"internal/infer/planes": {},
	"internal/sandbox":      {},
	"internal/ledger":       {},
	"internal/casework":     {"authz", "redact", "internal/ledger"},
	"internal/store":        {"authz", "redact", "internal/casework", "internal/ledger"},
	"internal/report":       {"authz", "redact", "internal/casework"},
	"internal/letters":      {"authz", "assets"},
	"internal/pdftest":      {"assets", "redact/pdf/engine"},
	"internal/registry":     {"authz", "authz/exchange", "internal/letters", "internal/store"},
	// wiring is what both programs share: it fills in the Desk and decides nothing.
	"internal/wiring":      {"*"},
	"assets":               {},
	"assets/demo":          {},
	"assets/convert":       {},
	"assets/convert/spacy": {"redact/names/spacy"},
	"assets/fetch":         {"assets"},
	"assets/fetch/install": {"assets", "assets/convert", "assets/convert/spacy"},
	"ui":                   {"authz", "redact", "internal/casework", "assets"},
}

// shared are the rooms that every format, detector and attack may know: how texts
// are compared, known again, cut out of files, and how files inside files are read.
var shared = []string{
	"redact", "redact/fold", "redact/removed", "redact/splice", "redact/xmltext", "redact/inside", "redact/charset", "redact/notation", "redact/places",
	"internal/infer", "internal/infer/planes", "internal/sandbox",
}

// only lists the modules that one room alone, or a few, may import.
var only = map[string][]string{
	"fyne.io/fyne/":                     {"ui"},
	"github.com/disintegration/imaging": {"redact/photo"},
	"github.com/gen2brain/heic":         {"redact/photo"},
	"github.com/HugoSmits86/nativewebp": {"redact/photo"},
	"github.com/pdfcpu/pdfcpu":          {"redact/pdf"},
	"github.com/tetratelabs/wazero":     {"redact/pdf/engine"},
	"github.com/yalue/onnxruntime_go":   {"internal/infer"},
	"modernc.org/sqlite":                {"internal/store"},
	"github.com/signintech/gopdf":       {"internal/report", "internal/letters"},
	"github.com/nyaruka/phonenumbers":   {"redact/pii"},
	"github.com/makiuchi-d/gozxing":     {"redact/codes", "internal/letters"},
	"github.com/spf13/cobra":            {"cmd/consentry"},
	"github.com/schollz/progressbar":    {"cmd/consentry"},
	"github.com/yuin/goldmark":          {"internal/letters"},
	"github.com/jackc/pgx":              {"internal/store"},
	"github.com/xuri/excelize":          {"authz/exchange"},
	"github.com/emersion/go-vcard":      {"authz/exchange"},
	"github.com/piprate/json-gold":      {"authz/exchange"},
}

// The files are read in process, so that go test's cache notices a change; a
// test that shells out to go list is answered from the cache and sees nothing.
func TestImportsPointOneWay(t *testing.T) {
	root := os.DirFS(".")
	seen := 0
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "models") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		seen++
		room := path.Dir(p)
		b, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, b, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			imp := strings.Trim(i.Path.Value, `"`)
			for module, owners := range only {
				if strings.HasPrefix(imp, module) && !slices.ContainsFunc(owners, func(o string) bool { return inside(room, o) }) {
					t.Errorf("%s imports %s: only %s may", p, imp, strings.Join(owners, " and "))
				}
			}
			if in, ok := strings.CutPrefix(imp, "consentry/"); ok && !allowed(t, p, room, in) {
				t.Errorf("%s imports %s", p, in)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 50 {
		t.Fatalf("only %d files seen", seen)
	}
}

func inside(room, owner string) bool {
	return room == owner || strings.HasPrefix(room, owner+"/")
}

func allowed(t *testing.T, file, room, imp string) bool {
	switch {
	case room == "." || strings.HasPrefix(room, "cmd/") || inside(imp, room):
		return true
	case inside(room, "ui"): // screens, widgets and state know one another and what ui may know
		return inside(imp, "ui") || slices.ContainsFunc(may["ui"], func(o string) bool { return inside(imp, o) })
	case strings.HasPrefix(room, "redact/"): // a format, detector or attack knows redact, how texts are folded and removed ones known again, its sub-rooms and its siblings in one family
		family := strings.Join(strings.Split(room, "/")[:2], "/")
		return slices.Contains(shared, imp) || inside(imp, family)
	}
	list, known := may[room]
	if !known {
		t.Errorf("%s: a new room; give it a line in may", room)
		return true
	}
	return slices.Contains(list, "*") || slices.Contains(list, imp)
}
