package registry

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrFile is wrapped where a file that somebody named cannot be read.
var ErrFile = errors.New("the file cannot be read")

// ErrLong is wrapped where a file that is read whole is longer than it may be.
var ErrLong = errors.New("the file is too large")

// MaxFile is how many bytes are read of a file that is read whole.
const MaxFile = 256 << 20

// OpenFile opens a file that shows something: none where there is no name. done
// closes it.
func OpenFile(path string) (f *File, done func(), err error) {
	if path == "" {
		return nil, func() {}, nil
	}
	o, _, err := openPath(path)
	if err != nil {
		return nil, nil, err
	}
	return &File{Name: filepath.Base(path), Body: o}, func() { o.Close() }, nil
}

// OpenRegular opens what is a file, no pipe and no device, and says how many bytes it
// has: it can be read at any place.
func OpenRegular(path string) (*os.File, int64, error) {
	f, st, err := openPath(path)
	if err != nil {
		return nil, 0, err
	}
	if !st.Mode().IsRegular() {
		f.Close()
		return nil, 0, fmt.Errorf("%w: it is no regular file", ErrFile)
	}
	return f, st.Size(), nil
}

func openPath(path string) (*os.File, fs.FileInfo, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	st, err := f.Stat()
	if err == nil && st.IsDir() {
		err = errors.New("it is a folder")
	}
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	return f, st, nil
}

// ReadFile reads a file of at most limit bytes.
func ReadFile(path string, limit int64) ([]byte, error) {
	f, _, err := openPath(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	case int64(len(b)) > limit:
		return nil, fmt.Errorf("%w: more than %d MB", ErrLong, limit>>20)
	}
	return b, nil
}

// Digest is the SHA-256 of a file's bytes, in hexadecimal digits.
func Digest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
