// Package canary makes a PDF file in which invented names stand in every place
// that a name can hide in, each in its own, and tells which of them a file made
// from it still holds.
package canary

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"

	"consentry/redact/pdf/geom"
)

// A Place is a hiding place and the name that stands there and nowhere else.
type Place struct {
	ID   string
	Name string
	Page int       // 0-based, or -1 where it belongs to none
	Box  geom.Rect // in points from the top left of the page; empty where it has no place
	How  string    // in one sentence
	// Drawn: the name is in pixels or outlines only, and no text.
	Drawn bool
	ink   *ink // what is drawn
}

// Size of the pages, in points.
const (
	Width  = 595.0
	Height = 842.0
)

// A maker writes the file's objects.
type maker struct {
	objects []string // by number - 1
	places  []Place
	count   int
	han     int
	tree    int // of the structure
	pages   []*page
}

// A page is one that is being written.
type page struct {
	index   int
	num     int
	content strings.Builder
	fonts   []string // entries of the resources
	xobject []string
	props   []string
	pattern []string
	spaces  []string
	annots  []string
	extra   string
	y       float64
}

// obj adds an object and gives its number.
func (m *maker) obj(body string) int {
	m.objects = append(m.objects, body)
	return len(m.objects)
}

// reserve gives a number for an object that is written later.
func (m *maker) reserve() int { return m.obj("") }

func (m *maker) set(num int, body string) { m.objects[num-1] = body }

// stream adds a stream as it is.
func (m *maker) stream(dict string, data []byte) int {
	return m.obj(fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(data), data))
}

// packed adds a stream, compressed.
func (m *maker) packed(dict string, data []byte) int {
	return m.stream(dict+"/Filter/FlateDecode", deflate(data))
}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data) // to memory
	_ = w.Close()
	return b.Bytes()
}

func ref(num int) string { return fmt.Sprintf("%d 0 R", num) }

// place notes a hiding place with a new Latin name.
func (m *maker) place(id string, page int, how string) string {
	return m.put(id, page, latin(m.count), how)
}

// hanPlace notes one with a new Chinese name.
func (m *maker) hanPlace(id string, page int, how string) string {
	m.han++
	return m.put(id, page, chinese(m.han-1), how)
}

func (m *maker) put(id string, page int, name, how string) string {
	m.count++
	m.places = append(m.places, Place{ID: id, Name: name, Page: page, How: how})
	return name
}

// last is the place noted last.
func (m *maker) last() *Place { return &m.places[len(m.places)-1] }

var (
	firstHalves  = strings.Fields("Alver Brimo Cortu Dalfi Eskor Fenwo Garli Hulbe Istvo Jorma Kelph Lunno Marvi")
	firstEnds    = strings.Fields("nd xa quin bert lith mond za rik vane sto")
	secondHalves = strings.Fields("Abber Bolsk Crint Dreve Eldqu Fosti Grunb Hesli Inkwa Jubbe Krost Lomme Norra Ostvi")
	secondEnds   = strings.Fields("strand wick omby ferth ulsen garth enko ixby ulo")
	surnames     = []rune("章沐裴岑褚蔺鄢逯阙亓")
	givens       = []rune("澍珩峤昶筠霈翀晗铖苒")
)

// latin is the n-th invented Latin name.
func latin(n int) string {
	return firstHalves[n%13] + firstEnds[(n/13+n)%10] + " " + secondHalves[n%14] + secondEnds[(n/14+2*n)%9]
}

// chinese is the n-th invented Chinese name.
func chinese(n int) string {
	return string([]rune{surnames[n%10], givens[(n*3+1)%10], givens[(n*7+4)%10]})
}

// lit is a literal string.
func lit(s string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s) + ")"
}

// hexed is a hexadecimal string.
func hexed(b []byte) string { return fmt.Sprintf("<%X>", b) }

// wide is a text string in UTF-16.
func wide(s string) string { return hexed(append([]byte{0xFE, 0xFF}, utf16be(s)...)) }

func utf16be(s string) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

// octal is a literal string with every byte escaped.
func octal(s string) string {
	var b strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&b, "\\%03o", s[i])
	}
	return "(" + b.String() + ")"
}

// named is a name with what must be escaped.
func named(s string) string { return "/" + strings.ReplaceAll(s, " ", "#20") }

// newPage begins a page.
func (m *maker) newPage() *page {
	p := &page{index: len(m.pages), num: m.reserve(), y: Height - 50}
	m.pages = append(m.pages, p)
	return p
}

// line moves down and says what stands there; it gives the baseline.
func (p *page) line(label string) float64 {
	p.y -= 15
	fmt.Fprintf(&p.content, "BT /F1 8 Tf 30 %g Td %s Tj ET\n", p.y, lit(label))
	return p.y
}

// box is the part of a line where its text stands, as seen.
func (p *page) box(y float64) geom.Rect {
	return geom.Rect{X0: 165, Y0: Height - y - 11, X1: 420, Y1: Height - y + 4}
}

// write puts the file together: one body, one table.
func (m *maker) write(root, info int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(m.objects))
	for i, o := range m.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %s/Info %s/ID[%s%s]>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, ref(root), ref(info), hexed([]byte("canarycanarycan1")), hexed([]byte("canarycanarycan1")), xref)
	return b.Bytes()
}

// update appends a revision in which one object is another (7.5.6).
func update(b []byte, num int, body string, size, root, info int) []byte {
	prev := bytes.LastIndex(b, []byte("startxref\n")) + len("startxref\n")
	var was int
	fmt.Sscan(string(b[prev:]), &was)
	out := bytes.NewBuffer(append([]byte{}, b...))
	at := out.Len()
	fmt.Fprintf(out, "%d 0 obj\n%s\nendobj\n", num, body)
	xref := out.Len()
	fmt.Fprintf(out, "xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %s/Info %s/Prev %d/ID[%s%s]>>\nstartxref\n%d\n%%%%EOF\n",
		num, at, size, ref(root), ref(info), was, hexed([]byte("canarycanarycan1")), hexed([]byte("canarycanarycan2")), xref)
	return out.Bytes()
}
