package pdf

import (
	"context"
	"fmt"
	"io"
	"mime"
	"time"

	"consentry/redact"
	"consentry/redact/pdf/audit"
)

// Attack is the redact.Attack on written PDF files: audit.Try in a child process
// beside the source. Other files have nothing to fear from it.
type Attack struct{ format *Format }

var _ redact.Attack = Attack{}

// Attack is the attack on what the format writes.
func (f *Format) Attack() Attack { return Attack{f} }

// ID names the attack and its version.
func (a Attack) ID() string { return audit.Attack{Texter: &texter{}}.ID() }

// Try returns what could be got out of the written file.
func (a Attack) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if media, _, _ := mime.ParseMediaType(r.Asset.Type); media != Type {
		return nil, nil
	}
	doc, err := a.format.Open(ctx, r.Source, r.SourceBody)
	if err != nil {
		return nil, fmt.Errorf("attack the PDF: %w", err)
	}
	d := doc.(*document)
	written := make([]byte, r.Asset.Size)
	if n, err := r.Body.ReadAt(written, 0); n < len(written) {
		if err == nil {
			err = io.ErrUnexpectedEOF
		}
		return nil, fmt.Errorf("attack the PDF: %w", err)
	}
	q := request{Op: askTry, Try: &tried{Removed: r.Removed, Kept: r.Kept, AsIs: r.AsIs}}
	var found []leaked
	if err := d.ask(ctx, q, written, fileWall+time.Duration(d.is.Pages)*pageWall/10, &found); err != nil {
		return nil, fmt.Errorf("attack the PDF: %w", err)
	}
	var leaks []redact.Leak
	for _, l := range found {
		if l.Removed < -1 || l.Removed >= len(r.Removed) {
			return nil, errAnswer
		}
		leaks = append(leaks, redact.Leak{By: a.ID(), Where: l.Where, Kind: l.Kind, Removed: l.Removed, Region: l.Region})
	}
	return leaks, nil
}
