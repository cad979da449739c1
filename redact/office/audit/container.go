package audit

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"consentry/redact/removed"
)

// The limits of what is unpacked.
const (
	maxDepth   = 8
	maxUnpack  = 2 << 30
	maxEntries = 100_000
)

var errTooMuch = errors.New("it unpacks to more than what is looked through")

// container looks into a zip file, which lies in the file named by outer.
func (h *hunt) container(b []byte, outer string, depth int) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return fmt.Errorf("its container: %w", err)
	}
	if len(z.File) > maxEntries || depth > maxDepth {
		return errTooMuch
	}
	names := h.view("names of files", 2)
	if z.Comment != "" {
		h.part("zip-comment", "the container")
		names.text(z.Comment, "the container's comment")
	}
	if err := h.between(b, z); err != nil {
		return err
	}
	for i, f := range z.File {
		if err := h.ctx.Err(); err != nil {
			return err
		}
		place := outer + "file " + fmt.Sprint(i+1) + kindOf(f.Name)
		names.text(unusual(f.Name), "the name of "+place)
		names.text(f.Comment, "the comment of "+place)
		if f.Comment != "" {
			h.part("zip-comment", place)
		}
		if len(f.Extra) > 0 {
			h.part("zip-extra-field", place)
			if err := h.raw(f.Extra, false, "an extra field of "+place, none); err != nil {
				return err
			}
		}
		if f.ModifiedDate != 0 && f.Modified.Year() > 1980 {
			h.part("zip-time", place)
		}
		r, err := f.Open()
		if err != nil {
			return fmt.Errorf("unpack %s: %w", place, err)
		}
		body, err := io.ReadAll(io.LimitReader(r, int64(maxUnpack-h.spent)+1))
		r.Close()
		if err != nil {
			return fmt.Errorf("unpack %s: %w", place, err)
		}
		if h.spent += len(body); h.spent > maxUnpack {
			return errTooMuch
		}
		h.unneeded(f.Name, place)
		if err := h.file(f.Name, body, place, depth); err != nil {
			return err
		}
	}
	return nil
}

func none(removed.Coding) bool { return false }

// kindOf is what kind of file a name tells of, in words of the format only.
func kindOf(name string) string {
	if x := strings.ToLower(path.Ext(name)); slices.Contains([]string{".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".bin"}, x) {
		return " (" + x + ")"
	}
	return ""
}

// file looks into one file by what it is.
func (h *hunt) file(name string, body []byte, place string, depth int) error {
	switch {
	case name == "mimetype" && vocabulary.Match(body):
		return nil
	case bytes.HasPrefix(body, []byte("PK\x03\x04")):
		return h.container(body, place+" / ", depth+1)
	case isHTML(name, body):
		return h.html(body, place)
	case isXML(body):
		return h.xml(name, body, place, depth)
	}
	return h.raw(body, false, place, none)
}

// between looks at the bytes of a container that belong to none of its files.
func (h *hunt) between(b []byte, z *zip.Reader) error {
	type span struct{ from, to int64 }
	var taken []span
	for _, f := range z.File {
		at, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("its container: %w", err)
		}
		// The local header has names and extra fields of its own.
		for start := at - 30; start >= 0; start-- {
			if binary.LittleEndian.Uint32(b[start:]) != 0x04034b50 {
				continue
			}
			n, x := int64(binary.LittleEndian.Uint16(b[start+26:])), int64(binary.LittleEndian.Uint16(b[start+28:]))
			if start+30+n+x != at {
				continue
			}
			if x > 0 {
				h.part("zip-extra-field", "a local header")
			}
			if string(b[start+30:start+30+n]) != f.Name {
				h.part("zip-other-name", "a local header")
			}
			end := at + int64(f.CompressedSize64)
			if f.Flags&8 != 0 { // a descriptor follows, with or without its signature, of either size
				for _, size := range []int64{16, 24, 12, 20} {
					if descriptor(b, end, size, f) {
						end += size
						break
					}
				}
			}
			taken = append(taken, span{start, end})
			break
		}
	}
	slices.SortFunc(taken, func(a, b span) int { return int(a.from - b.from) })
	at := int64(0)
	for _, s := range taken {
		if s.from > at {
			h.part("zip-bytes-between", "the container")
			if err := h.raw(b[at:s.from], true, "bytes between files", none); err != nil {
				return err
			}
		}
		at = max(at, s.to)
	}
	return h.raw(b[min(at, int64(len(b))):], false, "the container's directory", func(c removed.Coding) bool { return c == removed.UTF8 })
}

// descriptor reports whether a descriptor of a file's sum and sizes stands at end.
func descriptor(b []byte, end, size int64, f *zip.File) bool {
	if end+size > int64(len(b)) {
		return false
	}
	d := b[end : end+size]
	if size == 16 || size == 24 {
		if binary.LittleEndian.Uint32(d) != 0x08074b50 {
			return false
		}
		d = d[4:]
	}
	return binary.LittleEndian.Uint32(d) == f.CRC32
}
