package sheet

import (
	"bytes"
	"fmt"
	"strings"

	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// A rich text is what an element of strings holds (18.4): runs in several looks,
// and how they are read aloud.
type rich struct {
	text, sounds splice.Text
	always       []splice.Change // what is neither
	silent       []splice.Change // takes away how it is read aloud
	fonts        []splice.Piece
}

// read reads the element src[from:to], which is one of strings.
func read(src []byte, file, from, to int) (r rich, err error) {
	for _, e := range elements(src, from, to) {
		switch e.name {
		case "t":
			err = r.run(src, file, e, &r.text)
		case "r":
			for _, e := range elements(src, e.from, e.to) {
				switch e.name {
				case "t":
					err = r.run(src, file, e, &r.text)
				case "rPr":
					r.look(src, file, e)
				default:
					r.always = append(r.always, splice.Change{File: file, From: e.from, To: e.to})
				}
				if err != nil {
					return r, err
				}
			}
		case "rPh":
			r.silent = append(r.silent, splice.Change{File: file, From: e.from, To: e.to})
			for _, e := range elements(src, e.from, e.to) {
				if e.name == "t" {
					err = r.run(src, file, e, &r.sounds)
				} else {
					r.always = append(r.always, splice.Change{File: file, From: e.from, To: e.to})
				}
				if err != nil {
					return r, err
				}
			}
		case "phoneticPr":
		default:
			r.always = append(r.always, splice.Change{File: file, From: e.from, To: e.to})
		}
		if err != nil {
			return r, err
		}
	}
	return r, nil
}

// run adds a run's text.
func (r *rich) run(src []byte, file int, e element, to *splice.Text) error {
	if e.inner == 0 {
		return nil
	}
	s, err := said(src, e.inner, e.end)
	if err != nil {
		return err
	}
	if s = Unescape(s); s != "" {
		*to = append(*to, splice.Piece{Text: s, File: file, From: e.from, To: e.to, Encode: runText})
	}
	return nil
}

// look reads how a run looks: numbers, keywords and fonts. What is none goes.
func (r *rich) look(src []byte, file int, e element) {
	for _, e := range elements(src, e.from, e.to) {
		if e.inner < e.end && strings.TrimSpace(string(src[e.inner:e.end])) != "" || e.name == "" {
			r.always = append(r.always, splice.Change{File: file, From: e.from, To: e.to})
			continue
		}
		for _, a := range e.attrs {
			value := src[a.ValueFrom:a.ValueTo]
			switch {
			case e.name == "rFont" && a.Name == "val":
				r.fonts = append(r.fonts, splice.Piece{Text: string(value), File: file, From: a.ValueFrom, To: a.ValueTo})
			case !plain(value):
				r.always = append(r.always, splice.Change{File: file, From: a.From, To: a.To})
			}
		}
	}
}

// without replaces fonts whose name holds a removed text.
func (r *rich) without(gone func(string) bool) (out []splice.Change) {
	for _, f := range r.fonts {
		if name, err := xmltext.Decode([]byte(f.Text)); err != nil || gone(name) {
			out = append(out, splice.Change{File: f.File, From: f.From, To: f.To, With: []byte("Arial")})
		}
	}
	return out
}

// plain reports whether a value is a number, a keyword or a reference to cells.
func plain(value []byte) bool {
	if len(value) > 40 {
		return false
	}
	for _, b := range value {
		if (b|0x20 < 'a' || b|0x20 > 'z') && (b < '0' || b > '9') && bytes.IndexByte([]byte(" .:+-$"), b) < 0 {
			return false
		}
	}
	return true
}

// runText writes the element of a run's text so that its spaces count.
func runText(old []byte, s string) []byte {
	return fmt.Appendf(nil, `<%st xml:space="preserve">%s</%[1]st>`, prefixOf(old), xmltext.EncodeText(nil, Escape(s)))
}
