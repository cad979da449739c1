package pdf

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"
)

// A page that nobody waits for any more is drawn to its end: the child stays for
// the next one.
func TestStoppedViewKeepsTheChild(t *testing.T) {
	d := openPDF(t, textSheet("BT /F1 12 Tf 40 240 Td (They agreed.) Tj ET")).(*document)
	if _, err := d.View(t.Context(), 0, 1, nil); err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	child := d.session
	d.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, cancel)
	began := time.Now()
	d.View(ctx, 0, 12, nil) // 15 million pixels
	if ctx.Err() == nil {
		t.Fatalf("the page was drawn in %v, before anybody stopped it", time.Since(began))
	}
	if _, err := d.View(t.Context(), 0, 1, nil); err != nil {
		t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.session != child {
		t.Error("the next page needed another child")
	}
}

// The child of the file that somebody looks at waits longer than the others.
func TestWatchedFileKeepsItsChild(t *testing.T) {
	f := New(options(t))
	var ds []*document
	for _, text := range []string{"They agreed.", "They met."} {
		b := textSheet("BT /F1 12 Tf 40 240 Td (" + text + ") Tj ET")
		doc, err := f.Open(t.Context(), asset(b), bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		d := doc.(*document)
		if _, err := d.View(t.Context(), 0, 1, nil); err != nil {
			t.Fatal(err)
		}
		ds = append(ds, d)
	}
	there := func(d *document) bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return d.session != nil
	}
	since := func(d *document, ago time.Duration) {
		d.mu.Lock()
		d.last = time.Now().Add(-ago)
		last := d.last
		d.mu.Unlock()
		d.idled(last)
	}
	for _, d := range ds {
		since(d, idleFor)
	}
	if there(ds[0]) || !there(ds[1]) {
		t.Errorf("children after %v: %v, %v; want that of the last page alone", idleFor, there(ds[0]), there(ds[1]))
	}
	if _, ok := f.Kept(ds[0].sum); ok {
		t.Error("a file is kept whose child is gone")
	}
	if doc, ok := f.Kept(ds[1].sum); !ok || doc.(*document).worker != ds[1].worker {
		t.Error("the file that is looked at is not kept")
	}
	since(ds[1], lookFor)
	if there(ds[1]) {
		t.Errorf("a child after %v", lookFor)
	}
}

// A picture comes in pieces of any size, and is believed only when it is whole.
func TestRaster(t *testing.T) {
	whole := []byte{0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8}
	for _, n := range []int{1, 3, 8, 9, len(whole)} {
		var r raster
		for b := whole; len(b) > 0; {
			k := min(n, len(b))
			if m, err := r.Write(b[:k]); m != k || err != nil {
				t.Fatalf("in pieces of %d: %d, %v", n, m, err)
			}
			b = b[k:]
		}
		if m, err := r.picture(); err != nil || m.Rect.Dx() != 2 || m.Rect.Dy() != 1 || !bytes.Equal(m.Pix, whole[8:]) {
			t.Errorf("in pieces of %d: %v, %v", n, m, err)
		}
		if _, err := r.Write([]byte{9}); !errors.Is(err, errAnswer) {
			t.Errorf("a byte too many: %v", err)
		}
	}
	for _, b := range [][]byte{nil, whole[:7], whole[:8], whole[:15]} {
		var r raster
		if _, err := r.Write(b); err != nil {
			t.Fatal(err)
		}
		if _, err := r.picture(); !errors.Is(err, errAnswer) {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	}
	for _, size := range [][]byte{{0, 0, 0, 0, 0, 0, 0, 1}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0, 1, 0, 0, 0, 1, 0, 0}} {
		if _, err := new(raster).Write(size); !errors.Is(err, errAnswer) {
			t.Errorf("size %v: %v", size, err)
		}
	}
}
