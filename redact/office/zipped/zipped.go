// Package zipped opens zip containers under limits and writes them anew, so that
// nothing is in them but their files: no comments, extra fields, times, or bytes
// between the entries.
package zipped

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"consentry/redact"
)

// The limits of a container.
const (
	MaxBytes   = 512 << 20 // of the container
	MaxEntries = 20_000
	MaxEntry   = 512 << 20 // of one file, unpacked
	MaxTotal   = 1 << 30   // of all files, unpacked
)

// ErrContainer is wrapped, with redact.ErrUnreadable, where the container itself is
// at fault.
var ErrContainer = errors.New("its zip container")

func faulty(what string) error {
	return fmt.Errorf("%w: %w %s", redact.ErrUnreadable, ErrContainer, what)
}

func tooLarge(what string) error {
	return fmt.Errorf("%w: %w: %s", redact.ErrUnreadable, redact.ErrTooLarge, what)
}

// An Archive is an open container. It is safe for concurrent use.
type Archive struct {
	Names []string // of its files, in its order
	by    map[string]*zip.File
}

// Open reads the directory of a container. An error wraps redact.ErrUnreadable,
// and redact.ErrPassword where its files are encrypted.
func Open(r io.ReaderAt, size int64) (*Archive, error) {
	if size > MaxBytes {
		return nil, tooLarge(fmt.Sprintf("more than %d MB", MaxBytes>>20))
	}
	if !whole(r, size) {
		return nil, faulty("is cut or damaged")
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, faulty("is cut or damaged")
	}
	if len(z.File) > MaxEntries {
		return nil, tooLarge(fmt.Sprintf("more than %d files", MaxEntries))
	}
	a := &Archive{by: map[string]*zip.File{}}
	var total uint64
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			if f.UncompressedSize64 > 0 {
				return nil, faulty("has a folder that holds bytes")
			}
			continue
		}
		key := strings.ToLower(f.Name)
		switch total += f.UncompressedSize64; {
		case !safe(f.Name):
			return nil, faulty("names a file outside itself")
		case a.by[key] != nil:
			return nil, faulty("has two files of one name")
		case f.Flags&1 != 0:
			return nil, fmt.Errorf("%w: %w", redact.ErrUnreadable, redact.ErrPassword)
		case f.Method != zip.Store && f.Method != zip.Deflate:
			return nil, faulty("is packed in an unusual way")
		case f.UncompressedSize64 > MaxEntry || total > MaxTotal:
			return nil, tooLarge(fmt.Sprintf("more than %d MB unpacked", MaxTotal>>20))
		}
		a.by[key] = f
		a.Names = append(a.Names, f.Name)
	}
	return a, nil
}

// whole reports whether the end of the directory is where a whole file has it.
func whole(r io.ReaderAt, size int64) bool {
	var sig [4]byte
	if n, _ := r.ReadAt(sig[:], 0); n < 4 || binary.LittleEndian.Uint32(sig[:]) != 0x04034b50 {
		return false
	}
	return size >= 22
}

func safe(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsAny(name, "\\\x00:") && !path.IsAbs(name) && path.Clean(name) == name && name != ".." && !strings.HasPrefix(name, "../")
}

// Has reports whether there is a file of this name; case does not count.
func (a *Archive) Has(name string) bool { return a.by[strings.ToLower(name)] != nil }

// Read unpacks a file. One that is not there is an error too.
func (a *Archive) Read(name string) ([]byte, error) {
	f := a.by[strings.ToLower(name)]
	if f == nil {
		return nil, faulty("lacks a file that it needs")
	}
	r, err := f.Open()
	if err != nil {
		return nil, faulty("is damaged")
	}
	defer r.Close()
	var b bytes.Buffer
	b.Grow(int(min(f.UncompressedSize64, 16<<20)))
	// The reader ends with an error where there is more or less than announced.
	if _, err := io.Copy(&b, io.LimitReader(r, MaxEntry+1)); err != nil || b.Len() > MaxEntry {
		return nil, faulty("is damaged")
	}
	return b.Bytes(), nil
}

// A Writer writes a container.
type Writer struct{ z *zip.Writer }

// NewWriter writes a container to w.
func NewWriter(w io.Writer) *Writer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	return &Writer{z}
}

// Add writes a file; stored ones are not compressed.
func (w *Writer) Add(name string, body []byte, stored bool) error {
	h := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if stored {
		h.Method = zip.Store
	}
	f, err := w.z.CreateHeader(h)
	if err == nil {
		_, err = f.Write(body)
	}
	if err != nil {
		return fmt.Errorf("write container: %w", err)
	}
	return nil
}

// Close ends the container.
func (w *Writer) Close() error {
	if err := w.z.Close(); err != nil {
		return fmt.Errorf("write container: %w", err)
	}
	return nil
}
