package wiring

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"slices"

	"golang.org/x/image/draw"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/logos"
)

// maxLogoSide bounds a kept logo in pixels: more shows nothing that is looked for.
const maxLogoSide = 512

// minLogoSide is the shorter side in pixels that a logo needs after trimming.
const minLogoSide = 12

// ErrNotOrganisation is returned for a logo of a person.
var ErrNotOrganisation = errors.New("only organisations have logos")

// ErrLogo is wrapped where a picture holds nothing to look for.
var ErrLogo = errors.New("the picture is no logo that can be looked for")

// A Logo is a kept logo.
type Logo struct {
	casework.LogoRecord
	Size image.Point // pixels
}

// AddLogo decodes a picture in the sandbox, trims it to the logo, keeps it for an
// organisation and logs it. name is the file's. A picture without anything to
// look for is an error.
func (a *App) AddLogo(ctx context.Context, who authz.SubjectID, name string, r io.ReaderAt, size int64) (Logo, error) {
	if err := a.Allow(ctx, authz.ActRegister); err != nil {
		return Logo{}, err
	}
	s, err := a.Vault.Subject(ctx, who)
	if err != nil {
		return Logo{}, fmt.Errorf("add logo: %w", err)
	}
	if s.Kind != authz.Organisation {
		return Logo{}, fmt.Errorf("add logo: %w", ErrNotOrganisation)
	}
	m, err := pixels(ctx, r, size)
	if err != nil {
		return Logo{}, fmt.Errorf("add logo: %w", err)
	}
	if m, err = fitLogo(m); err != nil {
		return Logo{}, fmt.Errorf("add logo: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return Logo{}, fmt.Errorf("encode logo: %w", err)
	}
	l := Logo{LogoRecord: casework.LogoRecord{ID: newLogoID(), Subject: who, Name: name, PNG: b.Bytes()}, Size: m.Rect.Size()}
	doc, err := json.Marshal(l.LogoRecord)
	if err != nil {
		return Logo{}, err
	}
	return l, a.Record(ctx, registry.Entry{Action: "subject.logo.add", Subject: who}, func(tx *store.Tx) error {
		return tx.PutDoc(ctx, casework.LogoBucket, l.ID, doc)
	})
}

func newLogoID() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// fitLogo trims a picture to its logo and bounds its size. It fails where the
// detector would find nothing to look for.
func fitLogo(m *image.NRGBA) (*image.NRGBA, error) {
	m = logos.Trim(m)
	w, h := m.Rect.Dx(), m.Rect.Dy()
	if min(w, h) < minLogoSide {
		return nil, fmt.Errorf("%w: %d by %d pixels are too few, %d are needed", ErrLogo, w, h, minLogoSide)
	}
	if long := max(w, h); long > maxLogoSide {
		k := float64(maxLogoSide) / float64(long)
		w, h = max(1, int(math.Round(float64(w)*k))), max(1, int(math.Round(float64(h)*k)))
		small := image.NewNRGBA(image.Rect(0, 0, w, h))
		draw.CatmullRom.Scale(small, small.Rect, m, m.Rect, draw.Src, nil)
		m = small
	}
	if _, err := logos.New([]redact.Likeness{{Kind: redact.Logo, Image: m}}, logos.Options{}); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrLogo, err)
	}
	return m, nil
}

// Logos are the logos of one organisation, or of all where who is empty, in the
// order in which they were added.
func (a *App) Logos(ctx context.Context, who authz.SubjectID) ([]Logo, error) {
	all, err := casework.Logos(ctx, a.Vault)
	if err != nil {
		return nil, fmt.Errorf("list logos: %w", err)
	}
	var out []Logo
	for _, r := range all {
		if who != "" && r.Subject != who {
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(r.PNG))
		if err != nil {
			return nil, fmt.Errorf("list logos: %s: %w", r.ID, err)
		}
		out = append(out, Logo{r, image.Pt(c.Width, c.Height)})
	}
	return out, nil
}

// RemoveLogo removes a kept logo and logs it. The error wraps store.ErrNotFound
// where there is none.
func (a *App) RemoveLogo(ctx context.Context, id string) error {
	if err := a.Allow(ctx, authz.ActRegister); err != nil {
		return err
	}
	all, err := casework.Logos(ctx, a.Vault)
	if err != nil {
		return fmt.Errorf("remove logo: %w", err)
	}
	i := slices.IndexFunc(all, func(l casework.LogoRecord) bool { return l.ID == id })
	if i < 0 {
		return fmt.Errorf("remove logo %s: %w", id, store.ErrNotFound)
	}
	return a.Record(ctx, registry.Entry{Action: "subject.logo.remove", Subject: all[i].Subject}, func(tx *store.Tx) error {
		return tx.DeleteDoc(ctx, casework.LogoBucket, id)
	})
}

// findLogos makes the detector of the logos that are kept.
func findLogos(ls []redact.Likeness) (redact.Detector, error) {
	return logos.New(ls, logos.Options{})
}
