package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// ErrEncoding is given for bytes that are no text in UTF-8, UTF-16 with a mark or
// GB18030.
var ErrEncoding = errors.New("not a text in UTF-8, UTF-16 or GB18030")

// ErrTooLarge is given for a file above MaxBytes.
var ErrTooLarge = fmt.Errorf("larger than %d MB", MaxBytes>>20)

// decode reads a whole text, whatever Excel or a CRM saved it as.
func decode(r io.Reader) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return "", err
	}
	if len(b) > MaxBytes {
		return "", ErrTooLarge
	}
	if bytes.HasPrefix(b, []byte{0xff, 0xfe}) || bytes.HasPrefix(b, []byte{0xfe, 0xff}) {
		b, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return "", ErrEncoding
		}
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		b, err = simplifiedchinese.GB18030.NewDecoder().Bytes(b)
		if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
			return "", ErrEncoding
		}
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return "", ErrEncoding
	}
	return string(b), nil
}

// delimiter is the comma, or the tab or semicolon that some spreadsheets write.
func delimiter(text string) rune {
	header, _, _ := strings.Cut(text, "\n")
	best, n := ',', strings.Count(header, ",")
	for _, d := range "\t;" {
		if c := strings.Count(header, string(d)); c > n {
			best, n = d, c
		}
	}
	return best
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
