package acts

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"consentry/internal/letters"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/screens"
	"consentry/ui/state"
)

// inner are errors that never leave their rooms without another one that has words, or
// that only a broken program meets.
var inner = map[string]bool{
	"redact/pdf/engine.ErrAborted": true, "redact/pdf/engine.ErrClosed": true, "internal/infer.ErrClosed": true, // an engine's
	"redact/pdf/engine.ErrDamaged": true, "redact/pdf/engine.ErrPassword": true, "redact/pdf/engine.ErrTooLarge": true, // they wrap redact's
	"redact/pdf/object.ErrPassword":     true,
	"redact/office/zipped.ErrContainer": true, "redact/xmltext.ErrSyntax": true, "redact/xmltext.ErrEntities": true, // wrapped with redact's
	"redact/pdf/audit/raw.ErrTooMuch": true, "redact/pdf/audit.ErrEncrypted": true, "redact/pdf/font.ErrRemnant": true, "redact/text.ErrRegion": true,
	"assets/convert.ErrFormat": true, // of whoever builds the program
}

// Every error that a room of the program names has a word of the window's, or is on
// the list above.
func TestEveryErrorHasWords(t *testing.T) {
	listed := map[string]bool{}
	f, err := parser.ParseFile(token.NewFileSet(), "words.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string]string{}
	for _, i := range f.Imports {
		if in, ok := strings.CutPrefix(strings.Trim(i.Path.Value, `"`), "consentry/"); ok {
			rooms[path.Base(in)] = in
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				listed[rooms[x.Name]+"."+s.Sel.Name] = true
			}
		}
		return true
	})
	seen := 0
	for name := range sentinels(t) {
		seen++
		switch {
		case inner[name] && listed[name]:
			t.Errorf("%s has words and is said to need none", name)
		case !inner[name] && !listed[name]:
			t.Errorf("%s has no words", name)
		}
	}
	if seen < 60 {
		t.Fatalf("only %d errors seen", seen)
	}
}

// sentinels are the errors that the rooms name, window and programs aside.
func sentinels(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	root := os.DirFS("../../..")
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != "." || d.Name() == "testdata" || p == "assets/models" || p == "ui" || p == "cmd" || p == "bench"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go"):
			return nil
		}
		b, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, b, 0)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				for _, n := range s.(*ast.ValueSpec).Names {
					if strings.HasPrefix(n.Name, "Err") {
						out[path.Dir(p)+"."+n.Name] = true
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Each word has a sentence in both languages, and is the same however deep the error
// is wrapped.
func TestWordsInBothLanguages(t *testing.T) {
	zh, en := i18n.For("zh"), i18n.For("en")
	for _, r := range reasons {
		err := Named(fmt.Errorf("while something was done: %w", r.err))
		if state.WhyOf(err) != r.why {
			t.Errorf("%v is called %q, not %q", r.err, state.WhyOf(err), r.why)
		}
		if !errors.Is(err, r.err) {
			t.Errorf("%v is lost", r.err)
		}
	}
	for _, y := range Whys() {
		for _, w := range []*i18n.Words{zh, en} {
			if !w.Has("wrong." + string(y)) {
				t.Errorf("no words for %q", y)
			}
		}
	}
	missing := Named(fmt.Errorf("ask: %w", &letters.Missing{Fields: []letters.Field{{ID: "work_title", Zh: "作品", En: "work"}}}))
	if s := screens.Wrong(zh, missing); !strings.Contains(s, "作品") {
		t.Errorf("what a form lacks: %q", s)
	}
	if s := screens.Wrong(en, missing); !strings.Contains(s, "work") {
		t.Errorf("what a form lacks: %q", s)
	}
	if y := state.WhyOf(Named(fmt.Errorf("verify: %w", &redact.LeakError{}))); y != "leak" {
		t.Errorf("a leak is called %q", y)
	}
}

// What nobody foresaw is said honestly in the window's language, and its details name
// no file and nobody.
func TestUnforeseen(t *testing.T) {
	_, nofile := os.Open("/客户/林知遥-合同.pdf")
	err := Named(fmt.Errorf("read %q of 合同.docx: %w, after /home/wanglin/林知遥.pdf: C:\\Users\\wanglin\\x.pdf", "林知遥", errors.New("a nail broke")))
	if state.WhyOf(err) != "" || Named(nil) != nil {
		t.Fatalf("%v", err)
	}
	for _, w := range []*i18n.Words{i18n.For("zh"), i18n.For("en")} {
		if s := screens.Wrong(w, err); strings.Contains(s, "nail") || s != w.T("wrong.other") {
			t.Errorf("%q", s)
		}
	}
	d := state.DetailsOf(err)
	for _, s := range []string{"林知遥", "合同", "wanglin"} {
		if strings.Contains(d, s) {
			t.Errorf("the details hold %q: %s", s, d)
		}
	}
	if !strings.Contains(d, "a nail broke") {
		t.Errorf("the details say nothing: %s", d)
	}
	if d := details(nofile); strings.Contains(d, "林知遥") || !strings.Contains(d, "*fs.PathError") {
		t.Errorf("%s", d)
	}
}
