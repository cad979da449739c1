package redact

import (
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"sync"
)

// memory is what was found in pixels, by who looked and the pixels' digest.
type memory struct {
	mu  sync.Mutex
	all map[remembered]any
}

type remembered struct {
	by     string
	pixels Digest
}

type memoryKey struct{}

// Remembering gives a context in which Once remembers. It is for one document: a
// letterhead or a logo that stands on 300 pages is looked at once.
func Remembering(ctx context.Context) context.Context {
	return context.WithValue(ctx, memoryKey{}, &memory{all: map[remembered]any{}})
}

// Once is what look gives for a picture's pixels, remembered for all pictures of
// exactly these pixels where ctx remembers. by names who looks, with all that the
// result depends on beside the pixels, as a Detector's ID does. The result is
// shared: it is not to be changed.
func Once[T any](ctx context.Context, by string, img *image.NRGBA, look func(context.Context, *image.NRGBA) (T, error)) (T, error) {
	m, ok := ctx.Value(memoryKey{}).(*memory)
	if !ok {
		return look(ctx, img)
	}
	k := remembered{by, pixels(img)}
	m.mu.Lock()
	had, ok := m.all[k].(T)
	m.mu.Unlock()
	if ok {
		return had, nil
	}
	found, err := look(ctx, img)
	if err != nil {
		return found, err
	}
	m.mu.Lock()
	m.all[k] = found
	m.mu.Unlock()
	return found, nil
}

// pixels is the digest of a picture's size, place and pixels.
func pixels(img *image.NRGBA) Digest {
	h := sha256.New()
	fmt.Fprintln(h, img.Rect)
	for y := range img.Rect.Dy() {
		h.Write(img.Pix[y*img.Stride:][:4*img.Rect.Dx()])
	}
	return Digest(h.Sum(nil))
}
