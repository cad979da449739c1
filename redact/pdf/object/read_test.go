package object_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/internal/pdftest"
	"consentry/redact"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

func read(t testing.TB, b []byte) (*object.File, object.Notes) {
	t.Helper()
	f, notes, err := object.Read(b, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	return f, notes
}

func write(t testing.TB, f *object.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPageTree(t *testing.T) {
	f, notes := read(t, pdftest.File("",
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R 6 0 R 4 0 R 99 0 R 4 0 R]/MediaBox[0 0 100 200]/Resources<</Font<</F1 5 0 R>>>>/Rotate 90>>", // no Count, a page twice, one missing
		"<</Type/Pages/Parent 2 0 R/Kids[<</MediaBox[0 0 10 20]/Rotate 0>> 2 0 R]/CropBox[0 0 5 5]>>",                          // a page in place, a circle
		"<</Type/Page/Parent 2 0 R/Resources<<>>>>",
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
		"<</Type/Page/Parent 2 0 R>>",
	))
	if f.PageCount != 4 || len(notes) != 1 || notes[0] != (object.Note{What: object.NoteLostPage, Count: 2}) {
		t.Fatalf("%d pages, notes %v", f.PageCount, notes)
	}
	want := []struct {
		crop   geom.Rect
		rotate int
		font   bool
	}{{geom.Rect{X1: 5, Y1: 5}, 0, true}, {geom.Rect{X1: 100, Y1: 200}, 90, true}, {geom.Rect{X1: 100, Y1: 200}, 90, false}, {geom.Rect{X1: 100, Y1: 200}, 90, false}}
	refs := map[types.IndirectRef]bool{}
	for i, w := range want {
		p, err := f.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		if p.CropBox != w.crop || p.Rotate != w.rotate || (f.Dict(p.Resources["Font"]) != nil) != w.font {
			t.Errorf("page %d: %+v", i, p)
		}
		refs[p.Ref] = true
	}
	if len(refs) != 4 {
		t.Error("a page that stands in the tree twice is not two pages")
	}
	if _, err := f.Page(4); err == nil {
		t.Error("no error for a page that is not there")
	}
}

func TestUnreadable(t *testing.T) {
	for name, b := range map[string][]byte{
		"empty":      nil,
		"text":       []byte("a letter"),
		"cut":        []byte("%PDF-1.7\n1 0 obj\n<</Type/Cat"),
		"no pages":   pdftest.File("", "<</Type/Catalog>>"),
		"no catalog": pdftest.File("", "17"),
		"circle":     pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
	} {
		if _, _, err := object.Read(b, "", nil); !errors.Is(err, redact.ErrUnreadable) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestRepair(t *testing.T) {
	good := pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>")
	bad := []byte("%PDF-1.7 and nothing else")
	f, notes, err := object.Read(bad, "", func(b []byte) ([]byte, error) {
		if !bytes.Equal(b, bad) {
			t.Error("another file was to be repaired")
		}
		return good, nil
	})
	if err != nil || f.PageCount != 1 || len(notes) != 1 || notes[0].What != object.NoteRepaired {
		t.Errorf("notes %v, error %v", notes, err)
	}
	_, _, err = object.Read(bad, "", func([]byte) ([]byte, error) { return nil, errors.New("no") })
	if !errors.Is(err, redact.ErrUnreadable) {
		t.Errorf("error %v", err)
	}
}

func TestWrongLengths(t *testing.T) {
	for _, length := range []string{"4", "40", "0", "999999", "-1", "(x)", "9 0 R"} {
		f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", "<</Length "+length+">>\nstream\n0 0 5 5 re f\nendstream"))
		f, _ = read(t, write(t, f))
		p, _ := f.Page(0)
		if c, err := f.Content(p); err != nil || strings.TrimSpace(string(c)) != "0 0 5 5 re f" {
			t.Errorf("length %s: content %q, error %v", length, c, err)
		}
	}
}

// An object that pdfcpu passes over is no reason to lose it.
func TestLostObjects(t *testing.T) {
	objects := []string{"<</Type/Catalog/Pages 2 0 R/Null 5 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Resources 4 0 R>>", "<</Font<<>>>>", "null"}
	good := pdftest.File("", objects...)
	repaired := 0
	repair := func([]byte) ([]byte, error) { repaired++; return good, nil }
	if _, notes, err := object.Read(good, "", repair); err != nil || len(notes) != 0 || repaired != 0 {
		t.Errorf("a good file: notes %v, error %v, repaired %d times", notes, err, repaired)
	}
	objects[3] = "<</Font<<"
	bad := pdftest.File("", objects...)
	f, notes, err := object.Read(bad, "", repair)
	if err != nil || len(notes) != 1 || notes[0].What != object.NoteRepaired {
		t.Fatalf("notes %v, error %v", notes, err)
	}
	if p, _ := f.Page(0); f.Dict(p.Resources["Font"]) == nil {
		t.Error("the object is lost")
	}
	good = pdftest.File("", objects...) // repairing makes nothing better
	if _, notes, err := object.Read(bad, "", repair); err != nil || len(notes) != 0 {
		t.Errorf("notes %v, error %v", notes, err)
	}
}

func TestPassword(t *testing.T) {
	plain := pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>", pdftest.Stream("", "0 0 5 5 re f"))
	for _, bits := range []int{128, 256} {
		for _, user := range []string{"", "open"} {
			conf := model.NewAESConfiguration(user, "owner", bits)
			conf.Offline = true
			var b bytes.Buffer
			if err := api.Encrypt(bytes.NewReader(plain), &b, conf); err != nil {
				t.Fatal(err)
			}
			for _, password := range []string{user, "owner"} {
				f, notes, err := object.Read(b.Bytes(), password, nil)
				if err != nil {
					t.Fatalf("%d bits: %v", bits, err)
				}
				if len(notes) != 1 || notes[0].What != object.NoteDecrypted {
					t.Errorf("notes %v", notes)
				}
				again, notes := read(t, write(t, f))
				if len(notes) != 0 {
					t.Errorf("written: notes %v", notes)
				}
				p, _ := again.Page(0)
				if c, err := again.Content(p); err != nil || strings.TrimSpace(string(c)) != "0 0 5 5 re f" {
					t.Errorf("%d bits: another content, error %v", bits, err)
				}
			}
			if _, _, err := object.Read(b.Bytes(), "wrong", nil); user != "" && (!errors.Is(err, object.ErrPassword) || !errors.Is(err, redact.ErrUnreadable)) {
				t.Errorf("%d bits, wrong password: error %v", bits, err)
			}
		}
	}
}

func TestNewObjectsComeAliveNowhere(t *testing.T) {
	f, _ := read(t, pdftest.File("", "<</Type/Catalog/Pages 2 0 R/Lost 50 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R>>"))
	for range 60 {
		if _, err := f.Add(types.Integer(1)); err != nil {
			t.Fatal(err)
		}
	}
	if o := f.Get(f.RootDict["Lost"]); o != nil {
		t.Errorf("a reference to nothing points at %v", o)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(pdftest.File("", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>", pdftest.Stream("", "q Q")))
	f.Add(pdftest.File("/Encrypt<</Filter/Standard/V 1/R 2/O(a)/U(b)/P 0>>", "<</Type/Catalog/Pages 2 0 R>>"))
	f.Add([]byte("%PDF-1.5\n1 0 obj<</Type/XRef/W[1 1 1]/Size 3/Root 2 0 R>>stream\n\x01\x02\x03endstream\nstartxref\n9\n%%EOF"))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, _, err := object.Read(b, "", nil)
		if err != nil {
			if !errors.Is(err, redact.ErrUnreadable) {
				t.Fatalf("an error that blames nothing: %v", err)
			}
			return
		}
		var out bytes.Buffer
		if err := file.Write(&out); err != nil {
			return
		}
		again, _, err := object.Read(out.Bytes(), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		if again.PageCount != file.PageCount {
			t.Fatalf("%d pages instead of %d", again.PageCount, file.PageCount)
		}
		if b := write(t, again); !bytes.Equal(b, out.Bytes()) {
			t.Fatal("written twice, it is not the same")
		}
	})
}
