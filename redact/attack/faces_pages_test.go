package attack

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color/palette"
	"image/gif"
	"io"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"consentry/redact"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
)

func photoPage(ctx context.Context, r io.ReaderAt, size int64, page int) (*image.NRGBA, error) {
	list, err := photo.InProcess(ctx, r, size, page, 1)
	if err != nil {
		return nil, err
	}
	return list[0].Pix, nil
}

func photoPages(ctx context.Context, r io.ReaderAt, size int64) (int, error) {
	list, err := photo.InProcess(ctx, r, size, 0, 1)
	if err != nil {
		return 0, err
	}
	return list[0].Info.Pages, nil
}

// Faces of every frame are looked for in that frame.
func TestFacesOnFrames(t *testing.T) {
	f, d := faceAttack(t)
	f.Decode = func(ctx context.Context, r io.ReaderAt, size int64) (*image.NRGBA, error) {
		return photoPage(ctx, r, size, 0)
	}
	a := OnPages{Faces: f, Count: photoPages, Page: photoPage}

	// One frame shows the upper half of a group, the next one all of it.
	s := shots(t, d, 60, 1)[0]
	anim := &gif.GIF{}
	for i := range 2 {
		p := image.NewPaletted(s.img.Rect, palette.Plan9)
		r := p.Rect
		if i == 0 {
			r.Max.Y /= 2
		}
		draw.FloydSteinberg.Draw(p, r, s.img, image.Point{})
		anim.Image, anim.Delay = append(anim.Image, p), append(anim.Delay, 50)
	}
	var src bytes.Buffer
	if err := gif.EncodeAll(&src, anim); err != nil {
		t.Fatal(err)
	}
	r := redact.Released{Source: redacttest.Asset("a.gif", photo.GIF, src.Bytes()), SourceBody: bytes.NewReader(src.Bytes())}
	perPage := [2]int{}
	for i := range 2 {
		img, err := photoPage(t.Context(), r.SourceBody, r.Source.Size, i)
		if err != nil {
			t.Fatal(err)
		}
		found, err := d.Find(t.Context(), img)
		if err != nil || len(found) == 0 {
			t.Fatalf("frame %d: %d faces, %v", i, len(found), err)
		}
		for _, f := range found {
			f.Region.Page = i
			r.Removed, r.Methods = append(r.Removed, f), append(r.Methods, redact.Solid)
			perPage[i]++
		}
	}
	body := rewrite(t, src.Bytes(), photo.GIF, r.Removed, r.Methods)
	r.Asset, r.Body = redacttest.Asset("a.gif", photo.GIF, body), bytes.NewReader(body)
	redacttest.TestAttack(t, a, r)

	// Hidden on the first frame only, they come to light on the second.
	half := r
	half.Removed, half.Methods = r.Removed[:perPage[0]], r.Methods[:perPage[0]]
	body = rewrite(t, src.Bytes(), photo.GIF, half.Removed, half.Methods)
	half.Asset, half.Body = redacttest.Asset("a.gif", photo.GIF, body), bytes.NewReader(body)
	leaks, err := a.Try(t.Context(), half)
	if err != nil || len(leaks) == 0 {
		t.Fatalf("%d leaks, %v", len(leaks), err)
	}
	for _, l := range leaks {
		if l.Removed != -1 || l.Region.Page != 1 || !strings.HasPrefix(l.Where, fmt.Sprintf("page 2: %s", WhereOutside)) {
			t.Errorf("leak %+v", l)
		}
	}
}
