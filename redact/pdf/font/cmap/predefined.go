package cmap

import (
	"archive/zip"
	"bytes"
	_ "embed" // cmaps.zip
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"sync"
)

// archive holds Adobe's CMaps, one file each: those from codes to CIDs in the form
// that Pack writes, those from CIDs to UCS-2 a line a CID. fontgen made it from
// github.com/adobe-type-tools/cmap-resources and mapping-resources-pdf; see LICENCE.
//
//go:embed cmaps.zip
var archive []byte

var open = sync.OnceValue(func() map[string]*zip.File {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil
	}
	files := map[string]*zip.File{}
	for _, f := range r.File {
		files[f.Name] = f
	}
	return files
})

var (
	loadedMu sync.Mutex
	loaded   = map[string]*CMap{}
)

// Predefined is a predefined CMap (ISO 32000-2, table 116, and further ones of
// Adobe's); nil where there is none of this name.
func Predefined(name string) *CMap {
	loadedMu.Lock()
	defer loadedMu.Unlock()
	return predefined(name, 0)
}

func predefined(name string, depth int) *CMap {
	if c := loaded[name]; c != nil {
		return c
	}
	c := &CMap{Name: name, Vertical: strings.HasSuffix(name, "-V")}
	switch {
	case name == "Identity-H" || name == "Identity-V":
		c.Identity, c.Ordering = true, "Identity"
	case depth > maxDepth || open()[name] == nil:
		return nil
	default:
		r, err := open()[name].Open()
		if err != nil {
			return nil
		}
		b, err := io.ReadAll(r)
		if err != nil || c.unpack(b, depth) != nil {
			return nil
		}
	}
	c.finish()
	loaded[name] = c
	return c
}

// Pack writes a CMap for the archive: its flags, base and ordering, then its
// ranges as differences.
func (c *CMap) Pack(base string) []byte {
	b := []byte{0}
	if c.Vertical {
		b[0] = 1
	}
	for _, s := range []string{base, c.Ordering} {
		b = append(append(b, byte(len(s))), s...)
	}
	b = binary.AppendUvarint(b, uint64(len(c.Spaces)))
	for _, s := range c.Spaces {
		b = append(b, byte(s.N))
		b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(s.Lo)), uint64(s.Hi))
	}
	for _, set := range []*[4][]Range{&c.ranges, &c.notdef} {
		for _, rs := range set {
			b = binary.AppendUvarint(b, uint64(len(rs)))
			var code, cid uint32
			for _, r := range rs {
				b = binary.AppendUvarint(b, uint64(r.Lo-code))
				b = binary.AppendUvarint(b, uint64(r.Hi-r.Lo))
				b = binary.AppendVarint(b, int64(r.CID)-int64(cid))
				code, cid = r.Hi, r.CID+r.Hi-r.Lo
			}
		}
	}
	return b
}

var errPacked = errors.New("packed CMap is damaged")

// unpack reads what Pack wrote.
func (c *CMap) unpack(b []byte, depth int) error {
	r := bytes.NewReader(b)
	flags, err := r.ReadByte()
	if err != nil {
		return errPacked
	}
	c.Vertical = flags == 1
	text := func() string {
		n, _ := r.ReadByte()
		s := make([]byte, n)
		_, err = io.ReadFull(r, s)
		return string(s)
	}
	number := func() uint32 {
		v, e := binary.ReadUvarint(r)
		if e != nil {
			err = errPacked
		}
		return uint32(v)
	}
	if base := text(); base != "" {
		c.base = predefined(base, depth+1)
	}
	c.Ordering = text()
	for n := number(); n > 0 && err == nil; n-- {
		size, _ := r.ReadByte()
		c.Spaces = append(c.Spaces, Space{int(size), number(), number()})
	}
	for _, set := range []*[4][]Range{&c.ranges, &c.notdef} {
		for i := range set {
			var code, cid uint32
			for n := number(); n > 0 && err == nil; n-- {
				lo := code + number()
				hi := lo + number()
				d, e := binary.ReadVarint(r)
				if e != nil {
					err = errPacked
				}
				set[i] = append(set[i], Range{lo, hi, uint32(int64(cid) + d)})
				code, cid = hi, uint32(int64(cid)+d)+hi-lo
			}
		}
	}
	return err
}
