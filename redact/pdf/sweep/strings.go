package sweep

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

// A collector gathers texts.
type collector struct {
	all   []String
	keys  map[string]bool
	total int
	over  bool
}

func (c *collector) add(s String) {
	s.Text = strings.TrimSpace(strings.ToValidUTF8(s.Text, "\ufffd"))
	if s.Text == "" || c.keys[s.Key] {
		return
	}
	if len(s.Text) > maxText {
		n := maxText
		for !utf8.RuneStart(s.Text[n]) {
			n--
		}
		s.Text = s.Text[:n]
		c.over = c.over || s.Kept
	}
	if c.total+len(s.Text) > maxTotal || len(c.all) >= maxStrings {
		c.over = c.over || s.Kept
		return
	}
	c.total += len(s.Text)
	if c.keys == nil {
		c.keys = map[string]bool{}
	}
	if s.Part == "" {
		s.Part = metadata
	}
	c.keys[s.Key] = true
	c.all = append(c.all, s)
}

// sorted are the texts by part, within it in the order of the walk.
func (c *collector) sorted() []String {
	order := map[string]int{}
	for i, p := range [...]string{PartOutline, PartForm, PartAnnotations, PartTags, PartLayers, PartNames, PartAttachments, metadata} {
		order[p] = i
	}
	slices.SortStableFunc(c.all, func(a, b String) int { return cmp.Compare(order[a.Part], order[b.Part]) })
	return c.all
}

// str walks a string that may stay.
func (w *walker) str(o types.Object, p place) (types.Object, bool) {
	if w.collect != nil {
		switch p.role {
		case text, value, uri, named, "order":
			s, _ := w.f.Text(o)
			if p.role == uri {
				s = readable(s)
			}
			w.collect.add(String{Key: p.key, Part: p.part, Page: p.page, Text: s, Kept: true})
		}
		return o, true
	}
	switch p.role {
	case text, value, "order":
		return w.clean.text(o, p)
	case named, dest:
		return w.clean.destination(o), true
	case uri:
		return o, !w.clean.address(o)
	}
	if p.name == "DA" {
		return w.clean.appearance(o)
	}
	return w.clean.other(o)
}

// nameValue walks a name that may stay.
func (w *walker) nameValue(n types.Name, p place) (types.Object, bool) {
	if w.collect != nil {
		if p.role == value && n != "Off" {
			w.collect.add(String{Key: p.key, Part: p.part, Page: p.page, Text: string(n), Kept: true})
		}
		return n, true
	}
	if strings.Contains(p.key, "/Differences/") {
		return types.Name(w.clean.glyph(string(n))), true
	}
	return types.Name(w.clean.name(string(n))), true
}

// readable is an address without its percent encoding, where that is text.
func readable(s string) string {
	if u, err := url.PathUnescape(s); err == nil && utf8.ValidString(u) {
		return u
	}
	return s
}

// runGone collects the texts of what is dropped: what the walk has left out, the
// Info dictionary, and objects that nothing leads to.
func (w *walker) runGone() {
	if w.f.Info != nil {
		w.gone = append(w.gone, item{*w.f.Info, place{page: -1, part: metadata, name: "Info"}})
	}
	seen := map[int]bool{}
	for {
		for len(w.gone) > 0 {
			it := w.gone[0]
			w.gone = w.gone[1:]
			if r, ok := it.value.(types.IndirectRef); ok {
				n := int(r.ObjectNumber)
				if w.kept[n] || seen[n] {
					continue
				}
				seen[n] = true
				it.place.key, it.place.deep = strconv.Itoa(n), 0
				if i, ok := w.annots[n]; ok {
					it.place.page = i
				}
				it.value = w.f.Get(r)
			}
			w.dropped(it.value, it.place)
		}
		for _, n := range slices.Sorted(maps.Keys(w.f.Table)) {
			if e := w.f.Table[n]; e != nil && !e.Free && !w.kept[n] && !seen[n] {
				w.gone = append(w.gone, item{*types.NewIndirectRef(n, 0), place{page: -1, part: metadata}})
			}
		}
		if len(w.gone) == 0 {
			return
		}
	}
}

// dropped collects the texts of an object that is dropped.
func (w *walker) dropped(o types.Object, p place) {
	if p.deep > maxNesting {
		return
	}
	switch v := o.(type) {
	case types.IndirectRef:
		w.gone = append(w.gone, item{v, p})
	case types.Array:
		for i, e := range v {
			at := p.in(strconv.Itoa(i), gone)
			at.name = p.name
			w.dropped(e, at)
		}
	case types.Dict:
		w.droppedEntries(v, p)
	case types.StreamDict:
		w.droppedEntries(v.Dict, p)
		for i, s := range w.streamTexts(v, p.name) {
			w.collect.add(String{Key: p.key + "#" + strconv.Itoa(i), Part: p.part, Page: p.page, Text: s})
		}
	case types.StringLiteral, types.HexLiteral:
		s, _ := w.f.Text(v)
		if p.name == "URI" {
			s = readable(s)
		}
		if p.name == "RC" || p.name == "RV" {
			if rich := xmlTexts([]byte(s)); rich != nil {
				s = strings.Join(rich, " ")
			}
		}
		if legible(s) {
			w.collect.add(String{Key: p.key, Part: p.part, Page: p.page, Text: s})
		}
	}
}

func (w *walker) droppedEntries(d types.Dict, p place) {
	for _, k := range slices.Sorted(maps.Keys(d)) {
		at := p.in(k, gone)
		if part, ok := partOfKey[k]; ok {
			at.part = part
		}
		w.dropped(d[k], at)
	}
}

// legible reports a text that somebody could read: no date, no digest.
func legible(s string) bool {
	if strings.HasPrefix(s, "D:") && len(s) < 30 {
		return false
	}
	bad, n := 0, 0
	for _, r := range s {
		if n++; r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) {
			bad++
		}
	}
	return bad*10 <= n
}

// maxSource bounds a stream of XML or JavaScript, decoded, in bytes.
const maxSource = 16 << 20

// streamTexts are the texts of a stream of XML (XMP, XFA, rich text) or a script.
func (w *walker) streamTexts(s types.StreamDict, name string) []string {
	switch w.f.Name(s.Dict["Type"]) {
	case "EmbeddedFile", "XObject", "ObjStm", "XRef", "Pattern", "CMap":
		return nil
	}
	if len(s.FilterPipeline) > 2 || len(s.Raw) > maxSource {
		return nil
	}
	b, err := w.f.Decoded(s)
	if err != nil || len(b) > maxSource {
		return nil
	}
	if t := object.Decode(b); name == "JS" || name == "V" || name == "RV" || name == "RC" {
		return []string{t}
	}
	return xmlTexts(b)
}

// xmlTexts are the texts and attribute values of an XML document, as far as it
// can be read; nil for what is none.
func xmlTexts(b []byte) (out []string) {
	if len(b) >= 2 && (b[0] == 0xfe && b[1] == 0xff || b[0] == 0xff && b[1] == 0xfe) {
		b = []byte(object.Decode(b))
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(b) == 0 || b[0] != '<' {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		t, err := d.Token()
		if err != nil {
			return out
		}
		switch v := t.(type) {
		case xml.CharData:
			if s := strings.TrimSpace(string(v)); s != "" {
				out = append(out, s)
			}
		case xml.Comment:
			out = append(out, string(v))
		case xml.StartElement:
			for _, a := range v.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					out = append(out, a.Value)
				}
			}
		}
	}
}
