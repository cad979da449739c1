package glyph

import (
	_ "embed" // the tables
	"strings"
	"sync"
)

// An Encoding gives each code a glyph name, or none.
type Encoding [256]string

//go:embed encodings.txt
var encodingText string

var encodings = sync.OnceValue(func() map[string]*Encoding {
	m := map[string]*Encoding{}
	for line := range strings.Lines(encodingText) {
		f := strings.Fields(line)
		e := &Encoding{}
		for i, n := range f[1:] {
			if n != "." {
				e[i] = n
			}
		}
		m[f[0]+"Encoding"] = e
	}
	return m
})

// Named is one of the encodings of ISO 32000-2, annex D: StandardEncoding,
// WinAnsiEncoding, MacRomanEncoding or PDFDocEncoding; nil for another name.
func Named(name string) *Encoding { return encodings()[name] }
