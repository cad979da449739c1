// Package table is the redact.Format of tables in plain text: comma-, semicolon-
// and tab-separated values. A row is read in one go, its cells apart by tabs; a
// cell that is changed keeps its quotes, or gets some where it needs them.
package table

import (
	"context"
	"fmt"
	"io"
	"mime"
	"strings"

	"consentry/redact"
	"consentry/redact/notation"
	"consentry/redact/places"
	"consentry/redact/splice"
)

// The media types this package opens.
const (
	CSV = "text/csv"
	TSV = "text/tab-separated-values"
)

// DefaultLimit is the largest file opened, in bytes.
const DefaultLimit = 32 << 20

// Format opens tables. It is safe for concurrent use.
type Format struct {
	// Limit is the largest file in bytes; zero means DefaultLimit.
	Limit int64
}

var _ redact.Format = Format{}

// ID names the format and the version of what it writes.
func (Format) ID() string { return "table/1" }

// Open reads the whole table.
func (f Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	limit := f.Limit
	if limit <= 0 {
		limit = DefaultLimit
	}
	d, err := places.ReadText(ctx, "table", limit, a, r)
	if err != nil {
		return nil, err
	}
	d.Type = CSV
	src := string(d.Source)
	mark := separator(src)
	if m, _, err := mime.ParseMediaType(a.Type); err == nil && m == TSV {
		d.Type, mark = TSV, '\t'
	}
	p := places.Part{Name: redact.PartBody}
	for at, n := 0, 0; at < len(src); n++ {
		if n%10000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var row splice.Text
		row, at = readRow(src, at, mark)
		if strings.TrimSpace(row.String()) != "" {
			p.Texts = append(p.Texts, row)
		}
	}
	if len(p.Texts) == 0 {
		return nil, fmt.Errorf("open table: %w: no cell has anything in it", redact.ErrUnreadable)
	}
	d.Parts = []places.Part{p}
	return d, nil
}

// separator is the mark that parts the cells of the first lines most evenly.
func separator(src string) byte {
	lines := strings.SplitN(src, "\n", 12)
	lines = lines[:min(len(lines), 11)]
	best, most := byte(','), 0
	for _, mark := range []byte(",;\t|") {
		same, first := 0, strings.Count(lines[0], string(mark))
		for _, l := range lines {
			if n := strings.Count(l, string(mark)); n == first && n > 0 {
				same += min(n, 3)
			}
		}
		if same > most {
			best, most = mark, same
		}
	}
	return best
}

// readRow reads the row at the start of src[at:], and where the next one begins.
func readRow(src string, at int, mark byte) (row splice.Text, next int) {
	for {
		var runs notation.Runs
		var write func(string) string
		if at < len(src) && src[at] == '"' {
			end := closing(src, at+1)
			runs = notation.Plain(src, at+1, end).Doubled()
			write = func(s string) string { return strings.ReplaceAll(s, `"`, `""`) }
			at = min(end+1, len(src))
			if end := cellEnd(src, at, mark); end > at { // what follows the quote, where nothing should
				row = append(row, runs.Pieces(write)...)
				runs, write = notation.Plain(src, at, end), bare(mark)
				at = end
			}
		} else {
			end := cellEnd(src, at, mark)
			runs, write = notation.Plain(src, at, end), bare(mark)
			at = end
		}
		row = append(row, runs.Pieces(write)...)
		if at >= len(src) || src[at] != mark {
			break
		}
		row = append(row, splice.Piece{Text: "\t", From: at, To: at + 1})
		at++
	}
	switch {
	case strings.HasPrefix(src[at:], "\r\n"):
		at += 2
	case at < len(src):
		at++
	}
	return row, at
}

// closing is where the quote is that ends a cell.
func closing(src string, at int) int {
	for at < len(src) {
		n := strings.IndexByte(src[at:], '"')
		if n < 0 {
			break
		}
		at += n
		if at+1 >= len(src) || src[at+1] != '"' {
			return at
		}
		at += 2
	}
	return len(src)
}

func cellEnd(src string, at int, mark byte) int {
	for at < len(src) && src[at] != mark && src[at] != '\n' && src[at] != '\r' {
		at++
	}
	return at
}

// bare writes a cell that has no quotes so far.
func bare(mark byte) func(string) string {
	return func(s string) string {
		if strings.IndexByte(s, mark) >= 0 || strings.HasPrefix(s, `"`) {
			return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		return s
	}
}
