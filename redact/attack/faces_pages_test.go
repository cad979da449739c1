package attack

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"io"
	"iter"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// album is a format of several pictures, one a page: how many, then width,
// height and bare pixels of each. It stands for every format of several pages.
type album struct{ redact.Format }

const albumType = "image/x-album"

func (album) ID() string { return "album" }

func (album) Open(_ context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	b := make([]byte, a.Size)
	if _, err := r.ReadAt(b, 0); err != nil && err != io.EOF {
		return nil, err
	}
	return leaves{pages: b}, nil
}

type leaves struct {
	redact.Document
	pages []byte
}

func (l leaves) Pages(ctx context.Context) iter.Seq2[redact.Page, error] {
	return func(yield func(redact.Page, error) bool) {
		b := l.pages[1:]
		for i := range int(l.pages[0]) {
			w, h := int(binary.BigEndian.Uint16(b)), int(binary.BigEndian.Uint16(b[2:]))
			img := &image.NRGBA{Pix: b[4 : 4+4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
			b = b[4+4*w*h:]
			load := func(context.Context) (*image.NRGBA, error) { return img, ctx.Err() }
			if !yield(redact.Page{Index: i, Bounds: img.Rect, Pictures: []redact.Picture{{Box: img.Rect, Load: load}}}, nil) {
				return
			}
		}
	}
}

func bind(pages ...*image.NRGBA) []byte {
	b := []byte{byte(len(pages))}
	for _, p := range pages {
		b = binary.BigEndian.AppendUint16(b, uint16(p.Rect.Dx()))
		b = binary.BigEndian.AppendUint16(b, uint16(p.Rect.Dy()))
		b = append(b, p.Pix...)
	}
	return b
}

// Each page is compared with its own page of the source, and a face nobody
// decided on is told with its page.
func TestFacesPages(t *testing.T) {
	a, d := faceAttack(t)
	a.Formats = map[string]redact.Format{albumType: album{}}
	first, second := shots(t, d, 60, 1)[0], shots(t, d, 60, 3)[0]
	source := bind(first.img, second.img)
	r := redact.Released{Source: redacttest.Asset("a", albumType, source), SourceBody: bytes.NewReader(source)}
	for page, s := range []shot{first, second} {
		for _, f := range s.found {
			f.Region.Page = page
			r.Removed = append(r.Removed, f)
			r.Methods = append(r.Methods, redact.Solid)
		}
	}
	filled := func(s shot, leave int) *image.NRGBA {
		img := nrgba(s.img)
		for i, f := range s.found {
			if i != leave {
				draw.Draw(img, hiding{box: f.Region.Box}.painted(), image.NewUniform(color.Gray{16}), image.Point{}, draw.Src)
			}
		}
		return img
	}
	if leaks, err := a.Try(t.Context(), write(r, bind(filled(first, -1), filled(second, -1)))); err != nil || len(leaks) > 0 {
		t.Errorf("honest: %v, %v", leaks, err)
	}
	leaks, err := a.Try(t.Context(), write(r, bind(filled(first, -1), filled(second, 0))))
	if err != nil || len(leaks) != 1 || leaks[0].Removed != len(first.found) {
		t.Errorf("a face of the second page is open: %v, %v", leaks, err)
	}
	// What was decided for one page is not decided for the other.
	kept := r
	kept.Removed, kept.Methods = r.Removed[:len(first.found)], r.Methods[:len(first.found)]
	kept.Kept = first.found
	leaks, err = a.Try(t.Context(), write(kept, bind(filled(first, -1), second.img)))
	if err != nil || len(leaks) < len(second.found) {
		t.Errorf("the second page has %d faces: %v, %v", len(second.found), leaks, err)
	}
	for _, l := range leaks {
		if l.Region.Page != 1 || !strings.HasSuffix(l.Where, "on page 2") {
			t.Errorf("leak %v on page %d", l, l.Region.Page)
		}
	}
	for name, b := range map[string][]byte{"a page missing": bind(filled(first, -1)), "pages exchanged": bind(filled(second, -1), filled(first, -1))} {
		if leaks, err := a.Try(t.Context(), write(r, b)); err == nil {
			t.Errorf("%s: %d leaks and no error", name, len(leaks))
		}
	}
}

// Letters that a label does not cover are a leak; a label over a filled place is
// none, also where it reaches into a filled face.
func TestFacesLetters(t *testing.T) {
	a, _ := faceAttack(t)
	img := image.NewNRGBA(image.Rect(0, 0, 300, 200))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	letters := func(m *image.NRGBA, at image.Rectangle, seed int) {
		for x := at.Min.X; x < at.Max.X; x++ {
			for y := at.Min.Y; y < at.Max.Y; y++ {
				if (x/3*7+y/5*3+seed)%5 < 2 {
					m.Set(x, y, color.Black)
				}
			}
		}
	}
	word, face := image.Rect(100, 60, 190, 80), image.Rect(150, 50, 230, 150)
	letters(img, word, 0)
	letters(img, image.Rect(150, 80, 230, 150), 3)
	source := encodePNG(t, img)
	r := redact.Released{
		Source: redacttest.Asset("a.png", "image/png", source), SourceBody: bytes.NewReader(source),
		Removed: []redact.Finding{
			{Kind: redact.Person, Region: redact.Region{Start: 0, End: 5, Box: word}},
			{Kind: redact.Drawn, Region: redact.Region{Box: face}},
		},
		Methods: []redact.Method{redact.Solid, redact.Solid},
	}
	hide := func(label bool) *image.NRGBA {
		m := nrgba(img)
		draw.Draw(m, face, image.NewUniform(color.Gray{16}), image.Point{}, draw.Src)
		draw.Draw(m, word.Inset(-3), image.NewUniform(color.Gray{0xD0}), image.Point{}, draw.Src)
		if label {
			letters(m, word, 1)
		}
		return m
	}
	if leaks, err := a.Try(t.Context(), write(r, encodePNG(t, hide(true)))); err != nil || len(leaks) > 0 {
		t.Errorf("a label: %v, %v", leaks, err)
	}
	open := hide(false)
	draw.Draw(open, word, img, word.Min, draw.Src)
	// Some of them stand in the drawn region as well.
	if leaks, err := a.Try(t.Context(), write(r, encodePNG(t, open))); err != nil || len(leaks) != 2 || leaks[0].Removed != 0 || leaks[0].Where != WherePixels {
		t.Errorf("open letters: %v, %v", leaks, err)
	}
	faint := hide(false)
	for i := range faint.Pix {
		faint.Pix[i] = uint8((3*int(img.Pix[i]) + int(faint.Pix[i])) / 4)
	}
	if leaks, err := a.Try(t.Context(), write(r, encodePNG(t, faint))); err != nil || len(leaks) != 2 {
		t.Errorf("faint letters: %v, %v", leaks, err)
	}
}
