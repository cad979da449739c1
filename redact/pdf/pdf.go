// Package pdf reads PDF files and rewrites them without what is to be hidden.
//
// A page is what it draws: its glyphs as lines of text in reading order, also
// those that no reader sees, and its pictures as a reader sees them. What stands
// outside the pages (outline, form values, comments, tags, layers, scripts,
// attached files) are parts of their own. Rewriting takes glyphs, pixels and
// paths out of the page, sets the rest of a touched line anew so that no gap
// tells a name by its width, keeps of everything outside the pages only what is
// known to be needed, and looks at the result through PDFium: a page that came
// out otherwise than was meant becomes a picture of itself.
//
// Everything that reads a PDF runs in a child process (internal/sandbox), one
// for each open file; see child.go for that side.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"consentry/internal/sandbox"
	"consentry/redact"
)

// Type is the media type of PDF files.
const Type = "application/pdf"

// MaxBytes bounds a file.
const MaxBytes = 512 << 20

// Sniff reports whether a file that begins so is a PDF. Readers in the field find
// the header anywhere in the first kilobyte (ISO 32000-1, implementation note 13).
func Sniff(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) }

// Options are what a Format needs from outside.
type Options struct {
	Runner *sandbox.Runner
	// Engine tells where PDFium (pdfium.wasm) lies, whole and checked, and a folder
	// for its compiled form, which may be empty.
	Engine func() (wasm, cache string, err error)
	// Font gives the TrueType file that labels are written in.
	Font func() ([]byte, error)
	// Passwords are tried on files that are protected; nil: none.
	Passwords func() []string
	// Attached opens a file that is inside a PDF; nil, or redact.ErrUnreadable,
	// leaves it unread. Such files are in no output.
	Attached func(ctx context.Context, name string, b []byte) (redact.Document, error)
	// Snap makes gaps a multiple of 4 em wide and leaves the rest of the line as it
	// is, instead of setting it anew.
	Snap bool
	// Search gives a page that became a picture a text layer of what stays on it.
	Search bool
}

// Format is a redact.Format. It is safe for concurrent use.
type Format struct {
	o Options

	mu   sync.Mutex
	open map[redact.Digest]*worker // those whose child is there
	seen *worker                   // of it a page was drawn last
}

var (
	_ redact.Format = (*Format)(nil)
	_ redact.Keeper = (*Format)(nil)
	_ redact.Viewer = (*document)(nil)
	_ redact.Noter  = (*document)(nil)
)

// New is a Format with these options.
func New(o Options) *Format { return &Format{o: o, open: map[redact.Digest]*worker{}} }

// ID changes whenever the pages or the written bytes do.
func (f *Format) ID() string {
	id := "pdf/1"
	if f.o.Snap {
		id += "+snap"
	}
	if f.o.Search {
		id += "+search"
	}
	return id
}

func unreadable(what string) error { return fmt.Errorf("PDF %w: %s", redact.ErrUnreadable, what) }

// Open reads the file's structure in a child process. The asset's Size counts,
// its Type does not.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if a.Size > MaxBytes {
		return nil, fmt.Errorf("PDF %w: %w: more than %d MB", redact.ErrUnreadable, redact.ErrTooLarge, MaxBytes>>20)
	}
	b := make([]byte, a.Size)
	if n, err := r.ReadAt(b, 0); n < len(b) {
		if err == nil || errors.Is(err, io.EOF) {
			return nil, unreadable("it is shorter than it was")
		}
		return nil, fmt.Errorf("read PDF: %w", err)
	}
	if !Sniff(b) {
		return nil, unreadable("it does not begin like one")
	}
	d := &document{f.worker(b)}
	if err := d.start(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// Kept is a file that a child has open; see redact.Keeper.
func (f *Format) Kept(sum redact.Digest) (redact.Document, bool) {
	f.mu.Lock()
	w := f.open[sum]
	f.mu.Unlock()
	if w == nil || !w.started() {
		return nil, false
	}
	return &document{w}, true
}

// worker is the one that has a file open, if there is one: a scan, a rewriting and
// each attack open the same files again.
func (f *Format) worker(b []byte) *worker {
	sum := redact.Sum(b)
	f.mu.Lock()
	defer f.mu.Unlock()
	if w := f.open[sum]; w != nil {
		return w
	}
	w := &worker{f: f, sum: sum, file: b}
	f.open[sum] = w
	return w
}

// ended hears that a worker's child is gone.
func (f *Format) ended(w *worker) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open[w.sum] == w {
		delete(f.open, w.sum)
	}
	if f.seen == w {
		f.seen = nil
	}
}

// look hears that a page of a worker's file is drawn.
func (f *Format) look(w *worker) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = w
}

// looksAt reports whether no other file's page was drawn since.
func (f *Format) looksAt(w *worker) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen == w
}

// Limits bound the child of an open file: 600 MB of memory. The addresses are those
// of three engines (engine.MaxMemory each, of which the first has its own already)
// and of the Go heap.
var Limits = sandbox.Limits{Memory: 3 << 29, Resident: 600e6, Wall: fileWall}

// pageWall is how long one page may take, and fileWall what is done once a file,
// for each page of it.
const (
	pageWall = 30 * time.Second
	fileWall = 2 * time.Minute
)
