// Package canary makes documents with a name in each of the places where a document
// can hide one, each name in that place alone.
package canary

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"unicode/utf16"
)

// A Place is where a name stands.
type Place struct {
	ID   string
	Name string // of invented people, no two alike
}

// maker makes a document.
type maker struct {
	places []Place
	files  []file
}

type file struct {
	name string
	body []byte
}

var syllables = strings.Fields("zor vek tal min quar dol bex ruk fen jal hux wim pog nav lur sek")

// at is the name of a new place.
func (m *maker) at(id string) string {
	n := len(m.places)
	word := func(k int) string {
		s := syllables[k%16] + syllables[(k/16+k)%16] + syllables[(k*7+3)%16]
		return strings.ToUpper(s[:1]) + s[1:]
	}
	name := word(n*3+1) + " " + word(n*5+n/16+2) + "ov"
	m.places = append(m.places, Place{id, name})
	return name
}

// joined is at, as one word of an identifier.
func (m *maker) joined(id string) string { return strings.ReplaceAll(m.at(id), " ", "") }

// halves are a name in two.
func (m *maker) halves(id string) (string, string) {
	n := m.at(id)
	return n[:len(n)/2], n[len(n)/2:]
}

func (m *maker) add(name, body string) { m.files = append(m.files, file{name, []byte(body)}) }

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

func (m *maker) xml(name, body string) { m.add(name, declaration+body) }

// wide is a part in UTF-16.
func (m *maker) wide(name, body string) {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(`<?xml version="1.0" encoding="UTF-16"?>` + body)) {
		out = append(out, byte(u), byte(u>>8))
	}
	m.files = append(m.files, file{name, out})
}

// zipped packs files plainly.
func zipped(files ...file) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		must(z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})).Write(f.body)
	}
	check(z.Close())
	return b.Bytes()
}

// document packs the files, with names in what a container itself says.
func (m *maker) document() []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	check(z.SetComment("packed by " + m.at("zip-comment")))
	for i, f := range m.files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if i == 1 {
			h.Comment = "checked by " + m.at("zip-file-comment")
			extra := []byte(m.at("zip-extra-field"))
			h.Extra = append([]byte{0xfe, 0xca, byte(len(extra)), 0}, extra...)
		}
		must(z.CreateHeader(h)).Write(f.body)
	}
	check(z.Close())
	return b.Bytes()
}

// picture is a PNG of some detail with a text in its metadata.
func picture(said string, side int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			img.Set(x, y, color.RGBA{uint8(x * 5), uint8(y * 5), uint8((x * y) % 251), 255})
		}
	}
	var b bytes.Buffer
	check(png.Encode(&b, img))
	chunk := append([]byte("tEXtAuthor\x00"), said...)
	out := bytes.Clone(b.Bytes()[:33]) // behind the header
	out = fmt.Appendf(out, "%c%c%c%c", 0, 0, 0, len(chunk)-4)
	out = append(out, chunk...)
	sum := crc32.ChecksumIEEE(chunk)
	out = append(out, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
	return append(out, b.Bytes()[33:]...)
}

func packed(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// coded writes every rune as a character reference.
func coded(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#x%X;", r)
	}
	return b.String()
}

func must[T any](v T, err error) T {
	check(err)
	return v
}

func check(err error) {
	if err != nil {
		panic(err) // of what is made in memory, by us
	}
}
