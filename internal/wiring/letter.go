package wiring

import (
	"fmt"
	"os"
	"path/filepath"

	"consentry/internal/letters"
)

// WriteLetter writes a letter's files into a folder of its own below dir, and gives
// that. A file that is there is not written over.
func WriteLetter(dir string, l letters.Letter) (string, error) {
	dir = filepath.Join(dir, l.RequestID)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("write the letter: %w", err)
	}
	for _, f := range l.Files {
		err := WriteNew(filepath.Join(dir, f.Name), func(w *os.File) error { _, err := w.Write(f.Bytes); return err })
		if err != nil {
			return "", fmt.Errorf("write the letter: %w", err)
		}
	}
	return dir, nil
}

// WriteNew writes a file (mode 0600) that is not there yet, whole or not at all.
// The error wraps fs.ErrExist where it is.
func WriteNew(name string, write func(*os.File) error) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return fmt.Errorf("%s: %w", name, os.ErrExist)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".consentry-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
