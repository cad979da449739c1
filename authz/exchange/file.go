package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"consentry/authz/exchange/xlsx"
)

// A Format is a kind of file that ImportFile reads.
type Format string

// The formats.
const (
	CSV    Format = "csv" // also with tabs or semicolons
	XLSX   Format = "xlsx"
	VCard  Format = "vcard"
	JSONLD Format = "jsonld"
)

// ErrFormat is given for a file of another kind.
var ErrFormat = errors.New("not a CSV table, an Excel workbook (.xlsx), a vCard or a consent record in JSON-LD")

// Sniff tells a file's format from its bytes. The ending of the name decides only
// between tables and texts that could be several. It gives ErrFormat for bytes
// that are plainly another program's, such as those of .xls.
func Sniff(name string, r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, 1024)
	n, err := r.ReadAt(head[:min(int64(len(head)), size)], 0)
	if err != nil && err != io.EOF {
		return "", err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return XLSX, nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")), bytes.HasPrefix(head, []byte("%PDF")):
		return "", ErrFormat
	}
	// Enough of UTF-16 is seen without its zeros.
	plain := strings.ToUpper(strings.TrimSpace(strings.TrimPrefix(string(bytes.Trim(bytes.ReplaceAll(head, []byte{0}, nil), "\xfe\xff")), "\ufeff")))
	ending := strings.ToLower(filepath.Ext(name))
	switch {
	case strings.HasPrefix(plain, "BEGIN:VCARD"), ending == ".vcf" || ending == ".vcard":
		return VCard, nil
	case strings.HasPrefix(plain, "{"), strings.HasPrefix(plain, "[") && ending != ".csv", ending == ".jsonld" || ending == ".json":
		return JSONLD, nil
	}
	return CSV, nil
}

// ImportFile reads a file of any of the formats; its bytes say which, and its name
// only where they leave it open. For tables a mapping says what the columns are;
// nil is our own columns or what Guess proposes. Problems and errors are those of
// Import, ErrFormat, and those of xlsx. Nothing is written anywhere.
func (s Sheet) ImportFile(name string, r io.ReaderAt, size int64, m *Mapping) (Batch, error) {
	b, err := s.importFile(name, r, size, m)
	if err != nil {
		return Batch{}, fmt.Errorf("import file: %w", err)
	}
	return b, nil
}

func (s Sheet) importFile(name string, r io.ReaderAt, size int64, m *Mapping) (Batch, error) {
	if size > MaxBytes {
		return Batch{}, ErrTooLarge
	}
	format, err := Sniff(name, r, size)
	if err != nil {
		return Batch{}, err
	}
	if format == VCard || format == JSONLD {
		t, err := openText(r, size)
		if err != nil {
			return Batch{}, err
		}
		if format == VCard {
			return s.cards(t)
		}
		return s.records(t)
	}
	g, done, err := openGrid(format, r, size)
	if err != nil {
		return Batch{}, err
	}
	defer done()
	read := guessed
	if m != nil {
		read = m.layout
	}
	return s.table(g, read, true)
}

func openGrid(format Format, r io.ReaderAt, size int64) (grid, func() error, error) {
	if format == XLSX {
		x, err := xlsx.Open(r, size, sheetLimits)
		if err != nil {
			return nil, nil, err
		}
		return xlsxGrid{x}, x.Close, nil
	}
	t, err := openText(r, size)
	if err != nil {
		return nil, nil, err
	}
	return newCSV(t), func() error { return nil }, nil
}

// Header gives the row of a table that names its columns: the first that Guess
// finds a name in, else the first. It is what a Mapping is made for. For cards and
// records it is empty. It gives the errors of ImportFile.
func Header(name string, r io.ReaderAt, size int64) (Format, []string, error) {
	if size > MaxBytes {
		return "", nil, ErrTooLarge
	}
	format, err := Sniff(name, r, size)
	if err != nil || format == VCard || format == JSONLD {
		return format, nil, err
	}
	g, done, err := openGrid(format, r, size)
	if err != nil {
		return "", nil, err
	}
	defer done()
	var first []string
	for range headRows {
		_, cells, err := g.next()
		if errors.Is(err, BadQuotes) {
			continue
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return "", nil, err
		}
		cells = append([]string(nil), cells...)
		if _, ok, err := guessed(cells); ok && err == nil {
			return format, cells, nil
		}
		if first == nil {
			first = cells
		}
	}
	if first == nil {
		return "", nil, ErrHeader
	}
	return format, first, nil
}
