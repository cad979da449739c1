package exchange

import (
	"encoding/csv"
	"errors"
	"io"

	"consentry/authz/exchange/xlsx"
)

// A grid gives the rows of a table with their lines in the file. At the end it
// gives io.EOF. An error that is BadQuotes stands for one row; others end it.
type grid interface {
	next() (line int, cells []string, err error)
}

type csvGrid struct{ *csv.Reader }

func newCSV(t text) csvGrid {
	r := t.reader()
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = delimiter(r), -1, true
	return csvGrid{c}
}

func (g csvGrid) next() (int, []string, error) {
	cells, err := g.Read()
	if pe := (*csv.ParseError)(nil); errors.As(err, &pe) {
		return pe.StartLine, nil, BadQuotes
	}
	if err != nil {
		return 0, nil, err
	}
	line, _ := g.FieldPos(0)
	return line, cells, nil
}

type xlsxGrid struct{ *xlsx.Reader }

// sheetLimits are those of a workbook. What it unpacks to may be more than a file
// of ours is: XML is long, and is not held.
var sheetLimits = xlsx.Limits{Unpacked: 8 * MaxBytes, Shared: MaxBytes, Columns: maxColumns}

// maxColumns bounds a table's width, maxCells a table that is read as a whole.
const (
	maxColumns = 1000
	maxCells   = 50_000_000
)

func (g xlsxGrid) next() (int, []string, error) { return g.Next() }

// ReadXLSX reads the first visible sheet of a workbook as texts: days as
// 2026-03-01, telephone numbers with all their digits. It gives xlsx.ErrFormat,
// xlsx.ErrTooLarge, or ErrTooLarge for more than MaxRows or than can be held.
// ImportFile reads one without holding it.
func ReadXLSX(r io.ReaderAt, size int64) ([][]string, error) {
	if size > MaxBytes {
		return nil, ErrTooLarge
	}
	x, err := xlsx.Open(r, size, sheetLimits)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	var rows [][]string
	held := 0
	for {
		line, cells, err := x.Next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		if held += len(cells); line > MaxRows+headRows || held > maxCells {
			return nil, ErrTooLarge
		}
		for len(rows) < line-1 { // rows that are not there
			rows = append(rows, nil)
		}
		rows = append(rows, append([]string(nil), cells...))
	}
}
