package casework

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"consentry/redact"
)

// The limits of a zip file that is unpacked.
const (
	maxPacked   = 20_000  // files
	maxUnpacked = 2 << 30 // bytes of all of them
	maxOne      = 1 << 30 // bytes of one
)

// A source is a file that is taken in.
type source struct {
	path  string // absolute
	entry string // of a file in a zip file: its name there, as it is written
	name  string
}

// isZip tells a zip file by its name and its first bytes. Files that are zip files
// inside, such as Word's, have names of their own.
func isZip(p string) bool {
	if !strings.EqualFold(path.Ext(p), ".zip") {
		return false
	}
	f, err := os.Open(p)
	if err != nil {
		return false
	}
	defer f.Close()
	var sig [4]byte
	_, err = f.ReadAt(sig[:], 0)
	return err == nil && (string(sig[:]) == "PK\x03\x04" || string(sig[:]) == "PK\x05\x06")
}

// unpacked lists the files of a zip file as those of a folder of its name; refuse
// hears of those that cannot be taken. Hidden files are passed over, and what
// archivers of macOS add.
func unpacked(s source, refuse func(name string, err error)) []source {
	z, err := zip.OpenReader(s.path)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		refuse(s.name, fmt.Errorf("%w: the zip file is cut or damaged", redact.ErrUnreadable))
		return nil
	}
	defer z.Close()
	if len(z.File) > maxPacked {
		refuse(s.name, fmt.Errorf("%w: %w: more than %d files in it", redact.ErrUnreadable, redact.ErrTooLarge, maxPacked))
		return nil
	}
	folder := strings.TrimSuffix(s.name, path.Ext(s.name))
	var out []source
	var total uint64
	seen := map[string]bool{}
	for _, f := range z.File {
		name, ok := entryName(f)
		whole := path.Join(folder, name)
		switch total += f.UncompressedSize64; {
		case strings.HasSuffix(f.Name, "/"), ok && passedOver(name):
			total -= f.UncompressedSize64
		case !ok:
			refuse(s.name, fmt.Errorf("%w: a file in it has a name that leads elsewhere", redact.ErrUnreadable))
		case seen[f.Name]:
			refuse(whole, fmt.Errorf("%w: two files of one name in the zip file", redact.ErrUnreadable))
		case f.Flags&1 != 0:
			refuse(whole, fmt.Errorf("%w: the zip file is encrypted: unpack it first", redact.ErrUnreadable))
		case !f.Mode().IsRegular():
			refuse(whole, errIrregular)
		case f.UncompressedSize64 > maxOne || total > maxUnpacked:
			refuse(whole, fmt.Errorf("%w: %w: the zip file holds more than %d MB", redact.ErrUnreadable, redact.ErrTooLarge, maxUnpacked>>20))
		case strings.EqualFold(path.Ext(name), ".zip"):
			refuse(whole, fmt.Errorf("%w: a zip file in a zip file: unpack it first", redact.ErrUnreadable))
		default:
			seen[f.Name] = true
			out = append(out, source{s.path, f.Name, whole})
		}
	}
	return out
}

// entryName is the name of a file in a zip file, slash-separated; false where it
// leads out of its folder. Names that are no UTF-8 are read as GB18030, which
// archivers of Chinese systems write.
func entryName(f *zip.File) (string, bool) {
	name := f.Name
	if f.NonUTF8 || !utf8.ValidString(name) {
		if s, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil && utf8.ValidString(s) {
			name = s
		}
	}
	name = strings.ReplaceAll(name, `\`, "/")
	return name, name != "" && !strings.ContainsAny(name, "\x00:") && path.Clean("/"+name) == "/"+name
}

func passedOver(name string) bool {
	for _, p := range strings.Split(name, "/") {
		if strings.HasPrefix(p, ".") || p == "__MACOSX" {
			return true
		}
	}
	return false
}

// A body is a file's bytes.
type body struct {
	io.ReaderAt
	io.Closer
	size int64
}

// open opens a file, or one in a zip file.
func (s source) open() (body, error) {
	if s.entry == "" {
		f, err := os.Open(s.path)
		if err != nil {
			return body{}, err
		}
		st, err := f.Stat()
		if err != nil {
			f.Close()
			return body{}, err
		}
		return body{f, f, st.Size()}, nil
	}
	b, err := unpack(s.path, s.entry)
	if err != nil {
		return body{}, err
	}
	return body{bytes.NewReader(b), io.NopCloser(nil), int64(len(b))}, nil
}

func unpack(path, entry string) ([]byte, error) {
	z, err := zip.OpenReader(path)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	defer z.Close()
	for _, f := range z.File {
		if f.Name != entry {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("%w: it is packed in an unusual way", redact.ErrUnreadable)
		}
		defer r.Close()
		var b bytes.Buffer
		if _, err := io.Copy(&b, io.LimitReader(r, maxOne+1)); err != nil || b.Len() > maxOne {
			return nil, fmt.Errorf("%w: it is damaged in the zip file", redact.ErrUnreadable)
		}
		return b.Bytes(), nil
	}
	return nil, ErrChanged
}
