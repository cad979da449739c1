package engine

import (
	"bytes"
	"errors"
	"fmt"
)

// MaxPages bounds the pages of a file that is opened.
const MaxPages = 1 << 17

// A Document is an open PDF file.
type Document struct {
	e        *Engine
	handle   uint64
	data     uint32 // the file, in the engine's memory as long as it is open
	size     int
	password uint32
	pages    int
	loaded   map[*Page]bool
	forms    uint64 // what draws form fields; 0 where there are none or not yet
	info     uint32 // its FPDF_FORMFILLINFO
	tried    bool
}

// Open reads a file. The password may be the user's or the owner's; for a file
// that needs none it is not used. ErrPassword, ErrDamaged and ErrTooLarge say
// what is wrong with the file, ErrAborted what is wrong with the engine.
func (e *Engine) Open(data []byte, password string) (*Document, error) {
	if e.err != nil {
		return nil, fmt.Errorf("open: %w", e.err)
	}
	if len(data) > MaxFile {
		return nil, fmt.Errorf("open: %w", ErrTooLarge)
	}
	if bytes.IndexByte([]byte(password), 0) >= 0 { // would end the password for PDFium
		return nil, fmt.Errorf("open: %w", ErrPassword)
	}
	e.begin()
	d := &Document{e: e, size: len(data), loaded: map[*Page]bool{}}
	d.data, d.password = e.alloc(max(len(data), 1)), e.alloc(len(password)+1)
	if d.data == 0 || d.password == 0 || !e.put(d.data, data) || !e.put(d.password, append([]byte(password), 0)) {
		d.release()
		return nil, fmt.Errorf("open: %w", e.failure(ErrTooLarge))
	}
	if d.handle = e.load(d.data, d.size, d.password); d.handle == 0 {
		err := e.openError()
		d.release()
		return nil, fmt.Errorf("open: %w", err)
	}
	d.pages = e.integer(pageCount, d.handle)
	var wrong error
	switch {
	case d.pages <= 0:
		wrong = fmt.Errorf("no pages: %w", ErrDamaged)
	case d.pages > MaxPages:
		wrong = ErrTooLarge
	}
	if err := e.failure(wrong); err != nil {
		d.Close()
		return nil, fmt.Errorf("open: %w", err)
	}
	return d, nil
}

func (e *Engine) load(data uint32, size int, password uint32) uint64 {
	return e.handle(loadDocument, uint64(data), uint64(size), uint64(password))
}

// openError words FPDF_GetLastError.
func (e *Engine) openError() error {
	const password, security = 4, 5
	switch e.do(lastError) {
	case password:
		return e.failure(ErrPassword)
	case security:
		return e.failure(fmt.Errorf("an encryption that is not known: %w", ErrDamaged))
	}
	return e.failure(ErrDamaged)
}

// Pages is how many pages the file says that it has.
func (d *Document) Pages() int { return d.pages }

// use begins something with the document, or reports why it cannot be used.
func (d *Document) use() error {
	if d.e.err != nil {
		return d.e.err
	}
	if d.handle == 0 {
		return ErrClosed
	}
	d.e.begin()
	return nil
}

// Close closes the document and its pages.
func (d *Document) Close() error {
	if d.handle == 0 {
		return nil
	}
	for p := range d.loaded {
		p.Close()
	}
	if d.forms != 0 {
		d.e.do(exitForms, d.forms)
	}
	d.e.do(closeDocument, d.handle)
	d.handle, d.forms = 0, 0
	d.release()
	if d.e.err != nil && !errors.Is(d.e.err, ErrClosed) {
		return fmt.Errorf("close document: %w", d.e.err)
	}
	return nil
}

func (d *Document) release() {
	for _, p := range []uint32{d.data, d.password, d.info} {
		d.e.free(p)
	}
	d.data, d.password, d.info = 0, 0, 0
}

// formFiller is what draws form fields, which PDFium does apart from all else; 0
// where the file has none. It gets no callbacks, and no script or action is run.
func (d *Document) formFiller() uint64 {
	if d.tried {
		return d.forms
	}
	d.tried = true
	if d.e.integer(formType, d.handle) == 0 {
		return 0
	}
	const size = 256 // more than FPDF_FORMFILLINFO has
	if d.info = d.e.alloc(size); d.info == 0 {
		return 0
	}
	d.e.put(d.info, append([]byte{2}, make([]byte, size-1)...)) // version 2
	if d.forms = d.e.handle(initForms, d.handle, uint64(d.info)); d.forms != 0 {
		d.e.do(noHighlight, d.forms)
	}
	return d.forms
}
