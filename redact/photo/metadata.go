package photo

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// metadata gathers what a file says beside its pixels.
type metadata struct {
	blocks      []Block
	texts       []Text
	left        int // bytes of text still taken
	orientation int
	quality     int
	grey        bool
	icc         []byte
}

// maxText bounds the texts of a file; everything is dropped from the output
// whether it was looked at or not.
const maxText = 1 << 20

func newMetadata() *metadata { return &metadata{orientation: 1, left: maxText} }

func (m *metadata) block(kind string, size int) { m.blocks = append(m.blocks, Block{kind, size}) }

func (m *metadata) text(where, value string) {
	value = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(value, "\uFFFD")))
	if value == "" || len(value) > m.left {
		return
	}
	m.left -= len(value) + len(where)
	m.texts = append(m.texts, Text{strings.ToValidUTF8(where, "\uFFFD"), value})
}

// decodeText reads a string of undeclared encoding: UTF-8, else GB18030, else
// Latin-1, which reads anything.
func decodeText(b []byte) string {
	b = bytes.TrimRight(b, "\x00 ")
	if utf8.Valid(b) {
		return string(b)
	}
	if s, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b); err == nil && !bytes.ContainsRune(s, utf8.RuneError) {
		return string(s)
	}
	s, _ := charmap.ISO8859_1.NewDecoder().Bytes(b)
	return string(s)
}

// readXMP takes every attribute and every text of an XMP packet.
func (m *metadata) readXMP(b []byte) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.Entity = map[string]string{}
	var path []string
	for {
		t, err := d.Token()
		if err != nil {
			break // at the end, or nothing more to be understood
		}
		switch t := t.(type) {
		case xml.StartElement:
			if name := t.Name.Local; !isRDF(name) || len(path) == 0 {
				path = append(path, name)
			} else {
				path = append(path, path[len(path)-1])
			}
			for _, a := range t.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" && a.Name.Local != "about" && a.Name.Local != "parseType" && a.Name.Local != "lang" {
					m.text("XMP "+a.Name.Local, a.Value)
				}
			}
		case xml.EndElement:
			if len(path) > 0 {
				path = path[:len(path)-1]
			}
		case xml.CharData:
			if len(path) > 0 {
				m.text("XMP "+path[len(path)-1], string(t))
			}
		}
	}
}

// isRDF reports whether an element only groups the values of the one around it.
func isRDF(name string) bool {
	return name == "Seq" || name == "Bag" || name == "Alt" || name == "li" || name == "Description"
}

// readPhotoshop walks the image resources of APP13 (Adobe Photoshop File
// Formats Specification, "Image Resource Blocks").
func (m *metadata) readPhotoshop(b []byte) {
	for len(b) >= 12 && string(b[:4]) == "8BIM" {
		id := binary.BigEndian.Uint16(b[4:])
		name := (int(b[6]) + 2) &^ 1 // Pascal string, padded to even
		if len(b) < 6+name+4 {
			return
		}
		b = b[6+name:]
		size := int64(binary.BigEndian.Uint32(b))
		if size > int64(len(b)-4) {
			return
		}
		data := b[4 : 4+size]
		switch id {
		case 0x0404:
			m.block("iptc", len(data))
			m.readIPTC(data)
		case 0x0409, 0x040c:
			m.block("thumbnail", len(data))
		case 0x0422, 0x0423:
			m.block("exif", len(data))
			m.readEXIF(data, false)
		case 0x0424:
			m.block("xmp", len(data))
			m.readXMP(data)
		}
		b = b[min(int64(len(b)), 4+(size+1)&^1):]
	}
}

// readIPTC walks the data sets of an IPTC-IIM 4.2 record.
func (m *metadata) readIPTC(b []byte) {
	for len(b) >= 5 && b[0] == 0x1c {
		record, set, size := b[1], b[2], int(binary.BigEndian.Uint16(b[3:]))
		if size > len(b)-5 { // also every extended size: its high bit is set
			return
		}
		if record == 2 && set != 0 { // application record; 2:00 is its version
			m.text(fmt.Sprintf("IPTC 2:%d", set), decodeText(b[5:5+size]))
		}
		b = b[5+size:]
	}
}
