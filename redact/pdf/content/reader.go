package content

import (
	"errors"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font"
	"consentry/redact/pdf/object"
)

// A Reader interprets and rewrites the pages of one file. It keeps the fonts and
// forms it has read, so that a page costs what is new on it. It is not safe for
// concurrent use.
type Reader struct {
	file *object.File
}

// NewReader reads f.
func NewReader(f *object.File) *Reader { return &Reader{file: f} }

// Interpret is what p draws. What cannot be read becomes one of Page.Doubts; an
// error means that the page's content is not readable at all.
func (r *Reader) Interpret(p object.Page) (*Page, error) {
	return nil, errors.New("interpret: not there yet")
}

// Rewrite changes p's content, forms, patterns, fonts and annotation
// appearances as e says, and takes out of their resources what they do not use.
// Objects that other pages share are copied. With an empty edit no content
// changes, only unused resources go.
func (r *Reader) Rewrite(p object.Page, e Edit) error {
	return errors.New("rewrite: not there yet")
}

// A FontUse is a font and the codes that pages show in it.
type FontUse struct {
	Dict  types.Dict
	Font  *font.Font
	Codes map[uint32]bool
}

// Fonts are the fonts of all pages that were interpreted, in the order in which
// they were met, with the codes shown: what font.Prune has to know. Rewrite does
// not count; interpret the new pages with a new Reader.
func (r *Reader) Fonts() []FontUse { return nil }

// Interpret reads one page of f. Whoever reads more takes a Reader.
func Interpret(f *object.File, p object.Page) (*Page, error) { return NewReader(f).Interpret(p) }

// Rewrite changes one page of f. Whoever changes more takes a Reader.
func Rewrite(f *object.File, p object.Page, e Edit) error { return NewReader(f).Rewrite(p, e) }
