package wiring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"slices"

	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/redact"
	"consentry/redact/codes"
)

// ErrNoCode is returned for a file on which no code of ours can be read.
var ErrNoCode = errors.New("no code of a form of ours can be read on it; name the request yourself")

// ErrSeveral is returned for a file that holds forms of several requests.
var ErrSeveral = errors.New("it holds forms of several requests: divide it first")

// scanDots is how finely a page is drawn to read its code, in pixels a PDF point:
// 150 dpi.
const scanDots = 150.0 / 72

// maxScanPages bounds the pages that are looked at.
const maxScanPages = 40

// RequestOn reads the request's id from the code on a returned form: a photo, or
// a PDF file. The error wraps ErrNoCode where there is none, and says so where
// there are codes of several requests.
func (a *App) RequestOn(ctx context.Context, name string, b []byte) (string, error) {
	media, err := Sniff(name, b[:min(len(b), 512)])
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNoCode, err)
	}
	f, ok := a.written(a.Writing)[media]
	if !ok {
		return "", ErrNoCode
	}
	doc, err := f.Open(ctx, redact.Asset{Name: filepath.Base(name), Type: media, Digest: redact.Sum(b), Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		return "", err
	}
	var ids []string
	look := func(img *image.NRGBA, err error) error {
		if err != nil {
			return err
		}
		said, err := codes.Detector{}.Read(ctx, img, func(s string) bool { _, ok := letters.ParseCode(s); return ok })
		if id, ok := letters.ParseCode(said); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return err
	}
	n := 0
	for p, err := range doc.Pages(ctx) {
		if err != nil {
			return "", err
		}
		if n++; n > maxScanPages {
			break
		}
		for _, pic := range p.Pictures {
			if err := look(pic.Load(ctx)); err != nil {
				return "", err
			}
		}
		if v, ok := doc.(redact.Viewer); ok && len(ids) == 0 && p.Part == "" {
			if err := look(v.View(ctx, p.Index, scanDots, nil)); err != nil {
				return "", err
			}
		}
	}
	switch len(ids) {
	case 0:
		return "", ErrNoCode
	case 1:
		return ids[0], nil
	}
	return "", ErrSeveral
}

// FileReturned seals a returned form as evidence of the request whose code it
// bears, or of the one that is named, and gives the request's id. What it says, a
// person reads: the request stays open until it is answered.
func (a *App) FileReturned(ctx context.Context, request, name string, b []byte) (string, error) {
	if request == "" {
		var err error
		if request, err = a.RequestOn(ctx, name, b); err != nil {
			return "", err
		}
	}
	return request, a.KeepReturned(ctx, request, registry.File{Name: filepath.Base(name), Body: bytes.NewReader(b)})
}

// Press makes letters and forms in the installed fonts.
func (a *App) Press() letters.Press { return letters.Press{Fonts: letterFonts} }

func letterFonts() (regular, bold []byte, err error) {
	if regular, err = installed("fonts/NotoSansSC-Regular.ttf"); err != nil {
		return nil, nil, err
	}
	bold, err = installed("fonts/NotoSansSC-Bold.ttf")
	return regular, bold, err
}
