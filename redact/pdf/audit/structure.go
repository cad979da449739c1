package audit

import (
	"fmt"
	"slices"
	"strings"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
)

// catalogueKeys and pageKeys are those that PDF knows (ISO 32000-2, tables 29 and
// 31).
var (
	catalogueKeys = strings.Fields("Type Version Extensions Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines Threads OpenAction AA URI AcroForm Metadata StructTreeRoot MarkInfo Lang SpiderInfo OutputIntents PieceInfo OCProperties Perms Legal Requirements Collection NeedsRendering DSS AF DPartRoot LastModified")
	pageKeys      = strings.Fields("Type Parent LastModified Resources MediaBox CropBox BleedBox TrimBox ArtBox BoxColorInfo Contents Rotate Group Thumb B Dur Trans Annots AA Metadata PieceInfo StructParents ID PZ SeparationInfo Tabs TemplateInstantiated PresSteps UserUnit VP AF OutputIntents DPart")
)

// A survey collects what the objects of a file tell besides its pages.
type survey struct {
	f     *raw.File
	found map[string]*Exposure // by kind
	order []string
}

// add notes one more of a kind; what it says is kept up to some length.
func (s *survey) add(kind, note, text string) {
	e := s.found[kind]
	if e == nil {
		e = &Exposure{Kind: kind, Page: -1, Note: note}
		s.found[kind] = e
		s.order = append(s.order, kind)
	}
	e.Count++
	if text != "" && len(e.Text) < 4096 {
		if e.Text != "" {
			e.Text += "\n"
		}
		e.Text += text
	}
}

// str is what a string says; empty where v is none.
func (s *survey) str(v raw.Value) string {
	b, ok := s.f.Get(v).(raw.String)
	if !ok {
		return ""
	}
	if t := raw.Readings(b); len(t) > 0 {
		return strings.TrimSpace(t[0])
	}
	return ""
}

// structure finds what lies in the objects of a file besides what pages draw.
func structure(f *raw.File, r *shown.Reader) []Exposure {
	s := &survey{f: f, found: map[string]*Exposure{}}
	reached := f.Reached()
	root := r.Root()
	info := -1
	for _, t := range f.Trailers {
		if i := f.Object(t.Get("Info")); i >= 0 && i != info {
			info = i
			d, _ := f.Objects[i].Value.(raw.Dict)
			for _, e := range d {
				if t := s.str(e.Value); t != "" && e.Key != "Trapped" {
					s.add(Metadata, "The file says who made it, when and with what.", e.Key+": "+t)
				}
			}
		}
	}
	for i := range f.Objects {
		o := &f.Objects[i]
		d, _ := o.Value.(raw.Dict)
		switch t := d.Name("Type"); {
		case !f.InEffect(i):
			s.add(OldRevision, "Objects that a later save replaced are still in the file.", "")
		case o.Value != nil && !reached[i] && !(o.Stream != nil && (t == "ObjStm" || t == "XRef")) && d.Get("Linearized") == nil && tells(o):
			s.add(Unreferenced, "The file has objects that nothing leads to.", "")
		}
		s.object(o, d)
		if o.Stream != nil {
			s.stream(o, d)
		}
	}
	for _, l := range f.Loose {
		if l.Comment {
			s.add(Comments, "The file has comments between its objects.", firstReading(l.Bytes))
		} else if len(l.Bytes) > 0 {
			s.add(BytesOutside, "The file has bytes that belong to no object.", firstReading(l.Bytes))
		}
	}
	s.catalogue(root)
	var out []Exposure
	slices.Sort(s.order)
	for _, k := range s.order {
		out = append(out, *s.found[k])
	}
	return out
}

// tells reports whether an object holds a stream or a string.
func tells(o *raw.Object) bool {
	found := o.Stream != nil && len(o.Stream.Raw) > 0
	raw.Each(o.Value, func(v raw.Value) {
		s, ok := v.(raw.String)
		found = found || ok && len(s) > 0
	})
	return found
}

func firstReading(b []byte) string {
	if t := raw.Readings(b[:min(len(b), 512)]); len(t) > 0 {
		return t[0]
	}
	return ""
}

// object looks at a dictionary and those in it.
func (s *survey) object(o *raw.Object, d raw.Dict) {
	s.dict(d, 0)
	if a, ok := o.Value.(raw.Array); ok {
		s.values(a, 0)
	}
}

func (s *survey) values(a raw.Array, depth int) {
	for _, v := range a {
		switch v := v.(type) {
		case raw.Dict:
			s.dict(v, depth+1)
		case raw.Array:
			s.values(v, depth+1)
		}
	}
}

func (s *survey) dict(d raw.Dict, depth int) {
	subtype := d.Name("Subtype")
	switch d.Name("Type") {
	case "Filespec", "F":
		if d.Get("EF") != nil {
			s.add(Attachment, "Files are attached.", s.str(d.Get("UF"))+" "+s.str(d.Get("Desc")))
		}
	case "Page":
		for _, e := range d {
			if !slices.Contains(pageKeys, e.Key) {
				s.add(PrivateKey, "The catalogue or a page has entries that PDF does not know.", "")
			}
		}
	case "OCG":
		s.add(LayerName, "Layers have names.", s.str(d.Get("Name")))
	case "Sig", "DocTimeStamp":
		s.add(Signature, "A signature names who signed.", s.str(d.Get("Name"))+" "+s.str(d.Get("Reason")))
	case "StructElem":
		for _, k := range []string{"ActualText", "Alt", "E", "T"} {
			if t := s.str(d.Get(k)); t != "" {
				s.add(ReplacementText, "The structure of the document holds text besides what is shown.", t)
			}
		}
	}
	if d.Get("Rect") != nil && subtype != "" {
		s.annotation(d, subtype)
	}
	if js := d.Get("JS"); js != nil {
		t := s.str(js)
		if st := s.f.StreamOf(js); st != nil {
			t = firstReading(st.Decode().Data)
		}
		s.add(JavaScript, "The file holds scripts.", t)
	}
	if d.Get("FT") != nil || d.Get("Parent") != nil && d.Get("T") != nil {
		for _, k := range []string{"V", "DV", "RV"} {
			if t := s.str(d.Get(k)); t != "" {
				s.add(FormValue, "Form fields have values and default values.", t)
			}
		}
	}
	for _, e := range d {
		switch e.Key {
		case "PieceInfo":
			s.add(PieceInfo, "A program left its own data in the file.", "")
		case "Thumb":
			s.add(Thumbnail, "A page has a small picture of itself.", "")
		case "XFA":
			s.add(XFA, "The form exists a second time as XML.", "")
		case "Alternates":
			s.add(Alternate, "A picture has other versions of itself.", "")
		case "SpiderInfo", "IDS", "URLS":
			s.add(WebCapture, "The file says from which web pages it was made.", "")
		}
		switch v := e.Value.(type) {
		case raw.Dict:
			s.dict(v, depth+1)
		case raw.Array:
			s.values(v, depth+1)
		}
	}
}

func (s *survey) annotation(d raw.Dict, subtype string) {
	switch subtype {
	case "Redact":
		s.add(NotApplied, "An area is marked for redaction, and nothing was removed.", s.str(d.Get("OverlayText")))
	case "Widget", "Popup":
	default:
		var all []string
		for _, k := range []string{"Contents", "RC", "T", "Subj"} {
			if t := s.str(d.Get(k)); t != "" {
				all = append(all, t)
			}
		}
		if len(all) > 0 {
			s.add(AnnotationText, "Annotations hold text.", strings.Join(all, " | "))
		}
	}
}

// leastTail is how many bytes behind the end of a stream can say something.
const leastTail = 4

// stream looks at what a stream is.
func (s *survey) stream(o *raw.Object, d raw.Dict) {
	if d.Name("Type") == "Metadata" && d.Name("Subtype") == "XML" {
		s.add(XMP, "The file or a part of it has an XMP packet.", "")
	}
	if d.Name("Type") == "ObjStm" || d.Name("Type") == "XRef" {
		return
	}
	dec := o.Stream.Decode()
	if len(dec.Tail) >= leastTail {
		s.add(BytesOutside, "The file has bytes that belong to no object.", "")
	}
	if len(dec.Left) == 1 && dec.Left[0] == "DCTDecode" {
		if n := jpegExtras(dec.Data); n != "" {
			s.add(ImageMetadata, "A picture carries metadata of its own.", n)
		}
	}
}

// catalogue looks at what the document as a whole has.
func (s *survey) catalogue(root raw.Dict) {
	for _, e := range root {
		if !slices.Contains(catalogueKeys, e.Key) {
			s.add(PrivateKey, "The catalogue or a page has entries that PDF does not know.", "")
		}
	}
}

// jpegExtras names the segments of a JPEG picture that hold metadata (EXIF, XMP,
// IPTC, comments); empty where there are none.
func jpegExtras(b []byte) string {
	var names []string
	for i := 2; i+4 <= len(b) && b[i] == 0xFF; {
		m, n := b[i+1], int(b[i+2])<<8|int(b[i+3])
		switch {
		case m == 0xDA || n < 2:
			return strings.Join(names, ", ")
		case m == 0xFE:
			names = append(names, "comment")
		case m == 0xE1, m >= 0xE3 && m <= 0xED: // EXIF, XMP, IPTC; not JFIF, ICC, Adobe
			names = append(names, fmt.Sprintf("APP%d", m-0xE0))
		}
		i += 2 + n
	}
	return strings.Join(names, ", ")
}

func sorted(m map[rune]bool) string {
	var r []rune
	for c := range m {
		r = append(r, c)
	}
	slices.Sort(r)
	return string(r)
}
