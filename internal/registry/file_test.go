package registry

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// A file that shows something is opened once for both programs: a name that is
// missing is none, what is no file is refused, what is too long is not cut.
func TestFiles(t *testing.T) {
	dir := t.TempDir()
	form := filepath.Join(dir, "form.txt")
	if err := os.WriteFile(form, []byte("signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, done, err := OpenFile(""); f != nil || err != nil {
		t.Errorf("without a name: %v, %v", f, err)
	} else {
		done()
	}
	f, done, err := OpenFile(form)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(f.Body); string(b) != "signed" || f.Name != "form.txt" || err != nil {
		t.Errorf("%q, %q, %v", b, f.Name, err)
	}
	done()
	for _, path := range []string{dir, filepath.Join(dir, "none")} {
		if _, _, err := OpenFile(path); !errors.Is(err, ErrFile) {
			t.Errorf("opened: %v", err)
		}
		if _, _, err := OpenRegular(path); !errors.Is(err, ErrFile) {
			t.Errorf("opened: %v", err)
		}
		if _, err := ReadFile(path, 6); !errors.Is(err, ErrFile) {
			t.Errorf("read: %v", err)
		}
	}
	if b, err := ReadFile(form, 6); string(b) != "signed" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if b, err := ReadFile(form, 5); !errors.Is(err, ErrLong) || b != nil {
		t.Errorf("cut: %q, %v", b, err)
	}
}
