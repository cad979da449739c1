package lac

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (t *Tagger) load(f Files) error {
	found := false
	err := lines(f.Words, func(id, char string) error {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || n < 0 || n > math.MaxInt32 {
			return errors.New("bad number")
		}
		if char == "OOV" {
			t.unknown, found = n, true
		}
		if r, size := utf8.DecodeRuneInString(char); size == len(char) && size > 0 {
			t.vocabulary[r] = n
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("words: %w", err)
	}
	if !found {
		return errors.New("words: no entry for unknown characters")
	}
	err = lines(f.Q2B, func(from, to string) error {
		a, n := utf8.DecodeRuneInString(from)
		b, m := utf8.DecodeRuneInString(to)
		if n > 0 && m > 0 && n == len(from) && m == len(to) {
			t.narrow[a] = b
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forms: %w", err)
	}
	if t.crf, err = readCRF(f.CRF); err != nil {
		return err
	}
	t.tags = make([]tag, t.crf.n)
	for i := range t.tags {
		t.tags[i].group = Groups
	}
	err = lines(f.Tags, func(id, name string) error {
		n, err := strconv.Atoi(id)
		if err != nil || n < 0 || n >= len(t.tags) {
			return errors.New("bad number")
		}
		base, inside := strings.CutSuffix(name, "-I")
		base = strings.TrimSuffix(base, "-B")
		t.tags[n] = tag{base, inside, Group(base)}
		return nil
	})
	if err != nil {
		return fmt.Errorf("tags: %w", err)
	}
	return nil
}

// lines calls do for each line of two columns; others are passed over.
func lines(b []byte, do func(a, b string) error) error {
	n := 0
	for line := range bytes.Lines(b) {
		n++
		a, c, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), "\t")
		if !ok {
			continue
		}
		if err := do(a, c); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

var npyHeader = regexp.MustCompile(`^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,3}), (\d{1,3})\), \} *\n$`)

// readCRF reads the transition scores from a NumPy file, version 1.
func readCRF(b []byte) (crf, error) {
	bad := errors.New("transitions: not a square of 32-bit floats in a NumPy file of version 1")
	if len(b) < 10 || string(b[:8]) != "\x93NUMPY\x01\x00" {
		return crf{}, bad
	}
	head := int(binary.LittleEndian.Uint16(b[8:]))
	if b = b[10:]; head > len(b) {
		return crf{}, bad
	}
	m := npyHeader.FindSubmatch(b[:head])
	if b = b[head:]; m == nil || string(m[1]) != string(m[2]) {
		return crf{}, bad
	}
	n, _ := strconv.Atoi(string(m[1])) // three digits at most
	if n == 0 || len(b) != 4*n*n {
		return crf{}, bad
	}
	c := crf{n: n, into: make([]float32, n*n), exp: make([]float64, n*n), expInto: make([]float64, n*n)}
	low, high := float32(math.Inf(1)), float32(math.Inf(-1))
	for i := range n {
		for j := range n {
			f := math.Float32frombits(binary.LittleEndian.Uint32(b[4*(i*n+j):]))
			if f != f || f > 500 {
				return crf{}, errors.New("transitions: a score is not usable")
			}
			low, high = min(low, f), max(high, f)
			c.into[j*n+i] = f
			c.exp[i*n+j] = math.Exp(float64(f))
			c.expInto[j*n+i] = c.exp[i*n+j]
		}
	}
	c.spread = high - low
	return c, nil
}
