package spacy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strconv"
)

var npyHeader = regexp.MustCompile(`^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,9}), (\d{1,9})\), \} *\n$`)

// npy reads a NumPy file of 32-bit floats with two dimensions, the second of
// the given size.
func (c *converter) npy(name string, columns int) ([]float32, error) {
	b, err := fs.ReadFile(c.from, name)
	if err != nil {
		return nil, err
	}
	fs, err := parseNPY(b, columns)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return fs, nil
}

func parseNPY(b []byte, columns int) ([]float32, error) {
	if len(b) < 10 || string(b[:8]) != "\x93NUMPY\x01\x00" {
		return nil, errors.New("not a NumPy file of version 1")
	}
	head := int(binary.LittleEndian.Uint16(b[8:]))
	b = b[10:]
	if head > len(b) {
		return nil, errors.New("the header is cut")
	}
	m := npyHeader.FindSubmatch(b[:head])
	if m == nil {
		return nil, errors.New("not rows of 32-bit floats")
	}
	rows, _ := strconv.Atoi(string(m[1])) // digits only, and few
	cols, _ := strconv.Atoi(string(m[2]))
	b = b[head:]
	if cols != columns || len(b) != 4*rows*cols {
		return nil, fmt.Errorf("%d bytes for %d rows of %d, want rows of %d", len(b), rows, cols, columns)
	}
	out := make([]float32, rows*cols)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out, nil
}
