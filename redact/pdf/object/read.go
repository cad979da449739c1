package object

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"consentry/redact"
)

// ErrPassword says that the file is encrypted and that the password does not
// open it. It wraps redact.ErrUnreadable.
var ErrPassword = fmt.Errorf("%w: the file needs a password, or another one", redact.ErrUnreadable)

// A Note says what was done to a file and how often; never found text.
type Note struct {
	What  string
	Count int
}

// Notes are in the order in which things were done.
type Notes []Note

// Add counts n more of what; nothing for n = 0.
func (n *Notes) Add(what string, count int) {
	if count == 0 {
		return
	}
	for i := range *n {
		if (*n)[i].What == what {
			(*n)[i].Count += count
			return
		}
	}
	*n = append(*n, Note{what, count})
}

// What Read does to a file.
const (
	NoteRepaired  = "repaired"
	NoteDecrypted = "decrypted"
	NoteLostPage  = "page that the file names but does not have"
)

// parsing bounds how long pdfcpu may look for the objects of a damaged file.
const parsing = 60 * time.Second

// Read reads a file of PDF 1.0 to 2.0: encrypted ones with the user's or the
// owner's password, which may be empty, and damaged ones after repair, which may
// be nil, has written them anew without encryption. The page tree is made
// flat: each page has what it inherited as its own.
//
// An error wraps redact.ErrUnreadable; ErrPassword where another password is
// needed.
func Read(b []byte, password string, repair func([]byte) ([]byte, error)) (*File, Notes, error) {
	var notes Notes
	f, lost, err := parse(b, password, &notes)
	if err == nil && lost == 0 || repair == nil {
		return f, notes, err
	}
	// Also where the password seems wrong: pdfcpu asks for one where attachments
	// alone are encrypted.
	fixed, failed := repair(b)
	if failed != nil {
		return f, notes, err
	}
	again := Notes{{NoteRepaired, 1}}
	g, left, failed := parse(fixed, "", &again)
	if failed != nil || err == nil && (left >= lost || g.PageCount < f.PageCount) {
		return f, notes, err
	}
	return g, again, nil
}

// parse reads a file; lost is how many of its objects and pages could not be read.
func parse(b []byte, password string, notes *Notes) (f *File, lost int, err error) {
	defer func() {
		if r := recover(); r != nil { // pdfcpu panics on some damaged files
			f, lost, err = nil, 0, fmt.Errorf("%w: the file is damaged", redact.ErrUnreadable)
		}
	}()
	if !bytes.Contains(b[:min(len(b), 1<<16)], []byte("%PDF-")) {
		return nil, 0, fmt.Errorf("%w: not a PDF", redact.ErrUnreadable)
	}
	ctx, err := parseModel(b, password)
	if err != nil {
		return nil, 0, err
	}
	if ctx.Encrypt != nil {
		notes.Add(NoteDecrypted, 1)
	}
	f = &File{Context: ctx}
	if f.RootDict == nil {
		return nil, 0, fmt.Errorf("%w: the file has no catalog", redact.ErrUnreadable)
	}
	lost = f.mend(b) + f.reserve(b)
	pages, err := f.flatten()
	if err != nil {
		return nil, 0, err
	}
	notes.Add(NoteLostPage, pages)
	return f, lost + pages, nil
}

func parseModel(b []byte, password string) (*model.Context, error) {
	conf := model.NewDefaultConfiguration()
	conf.Cmd = model.LISTINFO // needs no permission: permissions are the sender's wish, and nothing is kept under it
	conf.ValidationMode = model.ValidationRelaxed
	conf.Offline = true
	conf.UserPW, conf.OwnerPW = password, password
	c, cancel := context.WithTimeout(context.Background(), parsing)
	defer cancel()
	ctx, err := pdfcpu.ReadWithContext(c, bytes.NewReader(b), conf)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return nil, ErrPassword
	case errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("%w: the file's objects were not found in time", redact.ErrUnreadable)
	case errors.Is(err, pdfcpu.ErrUnsupportedEncryptionFeature):
		return nil, fmt.Errorf("%w: it is encrypted in a way that is not handled", redact.ErrUnreadable)
	case err != nil:
		// pdfcpu's errors may quote the file: they are not passed on.
		return nil, fmt.Errorf("%w: the file's structure is damaged", redact.ErrUnreadable)
	}
	if _, err := ctx.Catalog(); err != nil {
		return nil, fmt.Errorf("%w: the file has no catalog", redact.ErrUnreadable)
	}
	return ctx, nil
}
