package wiring

import (
	"context"
	"errors"

	"consentry/internal/casework"
)

// Look takes files into a case that is not kept, and scans it. Where none of them can
// be read, the plan says why, file by file.
func Look(ctx context.Context, d *casework.Desk, c *casework.Case, sniff func(string, []byte) (string, error), paths ...string) (*casework.Plan, error) {
	d.Sniff = sniff
	if err := d.Ingest(ctx, c, paths...); err != nil {
		return nil, err
	}
	p, err := d.Scan(ctx, c)
	if err != nil && !errors.Is(err, casework.ErrNothing) {
		return nil, err
	}
	return p, nil
}
