package pdf

import (
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
