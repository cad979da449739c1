package cmap

import (
	"io"
	"strings"
	"sync"
	"unicode/utf16"

	"consentry/redact/pdf/font/glyph"
)

var (
	collectionMu sync.Mutex
	collections  = map[string][]string{}
)

// Collection gives the text of each CID of one of Adobe's character collections
// (GB1, CNS1, Japan1, Korea1, KR), empty where there is none; nil for another
// ordering. The texts are those of Adobe's own CMaps from CIDs to UCS-2
// (9.10.2).
func Collection(ordering string) []string {
	collectionMu.Lock()
	defer collectionMu.Unlock()
	if t := collections[ordering]; t != nil {
		return t
	}
	file := open()["Adobe-"+ordering+"-UCS2"]
	if file == nil {
		return nil
	}
	r, err := file.Open()
	if err != nil {
		return nil
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return nil
	}
	t := strings.Split(string(b), "\n")
	for i, s := range t {
		switch {
		case !glyph.Known(s):
			t[i] = ""
		case s == "\u2002": // the space of half-width Latin
			t[i] = " "
		}
	}
	collections[ordering] = t
	return t
}

// UTF16 reads a code of two or four bytes as UTF-16; false for half a pair.
func UTF16(code uint32, n int) (rune, bool) {
	if n <= 2 {
		return rune(code), !utf16.IsSurrogate(rune(code))
	}
	r := utf16.DecodeRune(rune(code>>16), rune(code&0xffff))
	return r, r != 0xfffd
}
