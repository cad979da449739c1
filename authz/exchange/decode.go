package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ErrEncoding is given for bytes that are no text in UTF-8, UTF-16 with a mark or
// GB18030.
var ErrEncoding = errors.New("not a text in UTF-8, UTF-16 or GB18030")

// ErrTooLarge is given for a file above MaxBytes.
var ErrTooLarge = fmt.Errorf("larger than %d MB", MaxBytes>>20)

// A text is a file in an encoding that is known. It is decoded while it is read,
// so that it is not held twice.
type text struct {
	at   io.ReaderAt
	size int64
	enc  encoding.Encoding // nil is UTF-8
}

// openText tells in which encoding a file is, whatever Excel or a CRM saved it as.
func openText(r io.ReaderAt, size int64) (text, error) {
	if size > MaxBytes {
		return text{}, ErrTooLarge
	}
	t := text{at: r, size: size}
	mark := make([]byte, 2)
	n, err := r.ReadAt(mark, 0)
	if err != nil && err != io.EOF {
		return text{}, err
	}
	if mark = mark[:n]; bytes.Equal(mark, []byte{0xff, 0xfe}) || bytes.Equal(mark, []byte{0xfe, 0xff}) {
		t.enc = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return t, t.check()
	}
	switch err := t.check(); {
	case err == nil:
		return t, nil
	case !errors.Is(err, encoding.ErrInvalidUTF8):
		return text{}, err
	}
	t.enc = simplifiedchinese.GB18030
	return t, t.check()
}

// check reads the text once: no byte may be without meaning, and none zero.
func (t text) check() error {
	var r io.Reader = io.NewSectionReader(t.at, 0, t.size)
	if t.enc != nil {
		r = transform.NewReader(r, t.enc.NewDecoder())
	} else {
		r = transform.NewReader(r, encoding.UTF8Validator)
	}
	buf := make([]byte, 64<<10)
	held := 0 // of a character that two reads share
	for {
		n, err := r.Read(buf[held:])
		b := buf[:held+n]
		if bytes.IndexByte(b, 0) >= 0 || t.enc != nil && bytes.Contains(b, []byte("\ufffd")) {
			return ErrEncoding
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		held = min(2, len(b))
		copy(buf, b[len(b)-held:])
	}
}

// reader reads the text from its beginning, as UTF-8 without a mark.
func (t text) reader() *bufio.Reader {
	var r io.Reader = io.NewSectionReader(t.at, 0, t.size)
	if t.enc != nil {
		r = transform.NewReader(r, t.enc.NewDecoder())
	}
	b := bufio.NewReaderSize(r, 64<<10)
	if head, err := b.Peek(3); err == nil && string(head) == "\ufeff" {
		_, _ = b.Discard(3) // it has just been seen
	}
	return b
}

// delimiter is the comma, or the tab or semicolon that some spreadsheets write:
// what the first line with any of them has most of.
func delimiter(r *bufio.Reader) rune {
	head, _ := r.Peek(r.Size())
	for _, line := range strings.SplitN(string(head), "\n", headRows) {
		best, n := ',', strings.Count(line, ",")
		for _, d := range "\t;" {
			if c := strings.Count(line, string(d)); c > n {
				best, n = d, c
			}
		}
		if n > 0 {
			return best
		}
	}
	return ','
}

// guards are the first characters by which a spreadsheet takes a cell for a
// formula.
const guards = "=+-@＝＋－＠\t\r"

// guard puts an apostrophe before a cell that a spreadsheet would run.
func guard(cell string) string {
	if strings.IndexAny(strings.TrimLeft(cell, "'"), guards) == 0 {
		return "'" + cell
	}
	return cell
}

// unguard takes it off again.
func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && strings.IndexAny(strings.TrimLeft(cell, "'"), guards) == 0 {
		return cell[1:]
	}
	return cell
}
