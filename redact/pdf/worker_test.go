package pdf

import (
	"bytes"
	"context"
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
	since(ds[1], lookFor)
	if there(ds[1]) {
		t.Errorf("a child after %v", lookFor)
	}
}
