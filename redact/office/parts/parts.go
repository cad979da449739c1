// Package parts is what the formats of Office documents have in common: a container
// of parts that are XML, pictures or files inside, which are read as pages and
// written without what goes.
//
// How parts name one another is a Container's to say (redact/office/opc,
// redact/office/odf), what their elements are for a Kind's.
package parts

import (
	"context"
	"fmt"
	"path"
	"strings"

	"consentry/redact"
	"consentry/redact/inside"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// Options are what a format needs from outside.
type Options struct {
	// Inside opens pictures and files inside a document. What it does not know is
	// in no output.
	Inside inside.Opener
	// KeepChanges keeps tracked changes and comments, without their authors and
	// dates, instead of settling the changes and dropping the comments.
	KeepChanges bool
}

// A Treatment is what becomes of a part.
type Treatment uint8

const (
	Dropped  Treatment = iota // it is in no output; the zero value is the safe one
	Readable                  // XML: read, and written without what goes
	Picture                   // opened by the format of pictures
	Embedded                  // a file inside, opened by its own format
	Copied                    // written as it is; it can hold no text
)

// A Part is a file of the container.
type Part struct {
	Name   string
	Type   string // its content type
	How    Treatment
	By     string // the kind of relationship that leads to it
	Index  int    // of XML: its number as a file of texts
	Src    []byte // of XML, in UTF-8
	XML    *xmltext.File
	Always []splice.Change // made in every output
	Linked any             // what the container keeps of what it names
	// Where a kind reads parts in a way of its own:
	Own  any                    // what it keeps about the part
	Rows []func() []splice.Text // of a body part: the texts of its pages, instead of the XML's
	More func() []splice.Text   // texts beside the XML's; nil for none
	Skip func() (from, to int)  // bytes of Src that are not for the XML's sweep
	// Finish, if set, is what else is done to a picture or file inside as written.
	Finish func([]byte) []byte

	inner int             // of a picture or embedded file: its number inside
	doc   redact.Document // of a picture or embedded file
	shown *Rect           // of a picture: what its uses show; nil where nothing uses it
}

// Opened reports whether a picture or file inside could be read.
func (p *Part) Opened() bool { return p.inner >= 0 }

// Types are the content types of a container's parts.
type Types struct {
	Defaults  map[string]string // by ending, in lower case
	Overrides map[string]string // by name, in lower case
}

// Of is the type of a part.
func (t Types) Of(name string) string {
	name = strings.ToLower(name)
	if c, ok := t.Overrides[name]; ok {
		return c
	}
	return t.Defaults[strings.TrimPrefix(path.Ext(name), ".")]
}

// A Container is how parts name one another in a document.
type Container interface {
	// Link reads what a part that is XML names, as soon as it was read itself.
	Link(p *Part) error
	// Beside are texts of a part that are not in its XML: those that an output has,
	// and those that none has.
	Beside(p *Part) (shown, said []splice.Text)
	// Name gives every part its name as written (Writing.Names).
	Name(w *Writing)
	// Follow are the files that belong to a part that is written.
	Follow(w *Writing, p *Part) ([]File, error)
	// Pack makes the files of the container of those of the parts.
	Pack(w *Writing, files []File) []File
}

// A Kind is a family of documents: what the elements of their parts are for, and in
// which order they are read.
type Kind struct {
	Media string // what is written
	// Rules is the table for the XML of parts that a kind of relationship leads to.
	Rules func(by string, o Options) *xmltext.Rules
	// Read, if set, reads a part in the kind's own way: it sets the part's XML.
	Read func(ctx context.Context, d *Document, p *Part) error
	// Settle, if set, adds to the changes what follows from them.
	Settle func(w *Writing) error
	// Changes are the elements of tracked changes, as far as they are settled.
	Changes []string
	// Body gives the parts that are body pages, in reading order.
	Body func(d *Document) []*Part
}

// What becomes of elements in the tables of all kinds.
var (
	Quiet = xmltext.Element{Role: xmltext.Quiet}
	Goes  = xmltext.Element{Role: xmltext.Drop}
	Apart = xmltext.Element{Role: xmltext.Apart}
)

// Unreadable is the error of a document that is refused.
func Unreadable(what string) error {
	return fmt.Errorf("document %w: %s", redact.ErrUnreadable, what)
}

// Locked is the error of a document that is protected by a password.
func Locked() error {
	return fmt.Errorf("document %w: %w; save it without one", redact.ErrUnreadable, redact.ErrPassword)
}
