package casework

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/png"

	"consentry/authz"
	"consentry/redact"
)

// LogoBucket is where the logo pictures of registered organisations are kept,
// under random ids.
const LogoBucket = "logo"

// A LogoRecord is one logo picture of an organisation.
type LogoRecord struct {
	ID      string          `json:"-"` // of the document
	Subject authz.SubjectID `json:"subject"`
	Name    string          `json:"name,omitempty"` // of the picture, for lists
	PNG     []byte          `json:"image"`
}

// Logos are the logo pictures kept, oldest first.
func Logos(ctx context.Context, a Archive) ([]LogoRecord, error) {
	ids, err := a.Docs(ctx, LogoBucket)
	if err != nil {
		return nil, fmt.Errorf("logos: %w", err)
	}
	var out []LogoRecord
	for _, id := range ids {
		b, err := a.Doc(ctx, LogoBucket, id)
		if err != nil {
			return nil, fmt.Errorf("logo %s: %w", id, err)
		}
		l := LogoRecord{}
		if err := json.Unmarshal(b, &l); err != nil {
			return nil, fmt.Errorf("logo %s: %w", id, err)
		}
		l.ID = id
		out = append(out, l)
	}
	return out, nil
}

// Likeness is the record as a detector takes it; the subject is its Ref.
func (l LogoRecord) Likeness() (redact.Likeness, error) {
	m, err := png.Decode(bytes.NewReader(l.PNG))
	if err != nil {
		return redact.Likeness{}, fmt.Errorf("logo %s: %w", l.ID, err)
	}
	img, ok := m.(*image.NRGBA)
	if !ok || img.Rect.Min != (image.Point{}) {
		img = image.NewNRGBA(image.Rectangle{Max: m.Bounds().Size()})
		draw.Draw(img, img.Rect, m, m.Bounds().Min, draw.Src)
	}
	return redact.Likeness{Ref: string(l.Subject), Kind: redact.Logo, Image: img}, nil
}

// logoDetector looks for every registered logo; nil where there is none.
func (d *Desk) logoDetector(ctx context.Context) (redact.Detector, error) {
	if d.Logos == nil {
		return nil, nil
	}
	records, err := Logos(ctx, d.Archive)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	var ls []redact.Likeness
	for _, r := range records {
		l, err := r.Likeness()
		if err != nil {
			return nil, err
		}
		ls = append(ls, l)
	}
	det, err := d.Logos(ls)
	if err != nil {
		return nil, fmt.Errorf("logos: %w", err)
	}
	return det, nil
}
