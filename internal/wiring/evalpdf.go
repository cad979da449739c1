package wiring

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"consentry/redact"
	"consentry/redact/pdf"
)

// EvalPDF tries every PDF under a folder. What is written goes to the folder out,
// if that is named, for other programs to look at, with the words beside it. each
// hears of every trial as it ends. exact means that no page became a picture; a file
// with pages that did keeps why, as its cause.
func (a *App) EvalPDF(ctx context.Context, dir, out string, each func(Trial)) (Trials, error) {
	f, ok := a.written(a.Writing)[pdf.Type].(*pdf.Format)
	if !ok {
		return nil, errors.New("no format for PDF")
	}
	return trier{
		takes: func(path string, b []byte) (string, redact.Format, error) {
			if !strings.EqualFold(filepath.Ext(path), ".pdf") {
				return "", nil, nil
			}
			return pdf.Type, f, nil
		},
		attacks: []redact.Attack{f.Attack()},
		out:     out,
		judge: func(t *Trial, w rewriting) {
			for _, n := range w.notes {
				if n.Code == pdf.NotePicture {
					t.Pictures++
					t.Cause = n.Why
				}
			}
			if t.Outcome = "exact"; t.Pictures > 0 {
				t.Outcome = "picture"
			}
		},
	}.all(ctx, dir, each)
}

// Write prints the outcomes by cause.
func (ts Trials) Write(w io.Writer) error {
	type row struct{ outcome, cause string }
	count := map[row]int{}
	pages, removed, took := 0, 0, time.Duration(0)
	for _, t := range ts {
		count[row{t.Outcome, t.Cause}]++
		if t.Took > 0 {
			pages, removed, took = pages+t.Pages, removed+t.Removed, took+t.Took
		}
	}
	var rows []row
	for r := range count {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.outcome, b.outcome), cmp.Compare(count[b], count[a]), cmp.Compare(a.cause, b.cause))
	})
	for _, r := range rows {
		if _, err := fmt.Fprintf(w, "%5d  %-10s  %s\n", count[r], r.outcome, r.cause); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%5d  files; %d places removed on %d pages in %.1f s\n", len(ts), removed, pages, took.Seconds())
	return err
}
