package attack

import (
	"context"
	"fmt"
	"image"
	"io"
	"mime"
	"strings"

	"consentry/redact"
)

// OnPages attacks each page or frame of a photo by Faces, as a photo of its own.
// It is safe for concurrent use if its parts are.
type OnPages struct {
	Faces Faces // its Decode is used where the photo has one page
	// Count tells how many pages a photo has.
	Count func(ctx context.Context, r io.ReaderAt, size int64) (int, error)
	// Page gives the upright pixels of one page, from 0.
	Page func(ctx context.Context, r io.ReaderAt, size int64, page int) (*image.NRGBA, error)
}

var _ redact.Attack = OnPages{}

// ID names the attack and what it finds with.
func (a OnPages) ID() string { return "pages/1(" + a.Faces.ID() + ")" }

// many are the media types that may have several pages.
func many(media string) bool {
	return media == "image/gif" || media == "image/webp" || media == "image/tiff"
}

// Try is Faces.Try on each page. The indices of Released.Removed stay those of
// the whole photo, and a leak's region names its page.
func (a OnPages) Try(ctx context.Context, r redact.Released) ([]redact.Leak, error) {
	media, _, _ := mime.ParseMediaType(r.Asset.Type)
	source, _, _ := mime.ParseMediaType(r.Source.Type)
	if !strings.HasPrefix(media, "image/") {
		return a.Faces.Try(ctx, r)
	}
	pages := 1
	if many(media) || many(source) {
		var err error
		if pages, err = a.Count(ctx, r.Body, r.Asset.Size); err != nil {
			return nil, fmt.Errorf("count pages: %w", err)
		}
	}
	var leaks []redact.Leak
	for i := range pages {
		one, index := onPage(r, i)
		f := a.Faces
		if pages > 1 {
			f.Decode = func(ctx context.Context, in io.ReaderAt, size int64) (*image.NRGBA, error) {
				return a.Page(ctx, in, size, i)
			}
		}
		found, err := f.Try(ctx, one)
		if err != nil {
			if pages > 1 {
				return nil, fmt.Errorf("page %d: %w", i, err)
			}
			return nil, err
		}
		for _, l := range found {
			if l.Removed >= 0 {
				l.Removed = index[l.Removed]
			}
			l.By, l.Region.Page = a.ID(), i
			if pages > 1 {
				l.Where = fmt.Sprintf("page %d: %s", i+1, l.Where)
			}
			leaks = append(leaks, l)
		}
	}
	return leaks, nil
}

// onPage is what was released of one page, as Faces knows photos: in a format
// that stands for any, and of one page. index gives each removed finding's place
// in the whole.
func onPage(r redact.Released, page int) (one redact.Released, index []int) {
	one = r
	one.Asset.Type = "image/png"
	one.Removed, one.Kept, one.Methods = nil, nil, nil
	for i, f := range r.Removed {
		if f.Region.Part != redact.PartBody || f.Region.Page == page {
			f.Region.Page = 0
			one.Removed, index = append(one.Removed, f), append(index, i)
			if i < len(r.Methods) {
				one.Methods = append(one.Methods, r.Methods[i])
			}
		}
	}
	for _, f := range r.Kept {
		if f.Region.Part != redact.PartBody || f.Region.Page == page {
			f.Region.Page = 0
			one.Kept = append(one.Kept, f)
		}
	}
	return one, index
}
