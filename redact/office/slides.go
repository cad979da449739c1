package office

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"consentry/redact/office/opc"
	"consentry/redact/office/parts"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// slidesKind are PowerPoint's presentations, shows and templates. Sound, film,
// fonts, comments, tags, macros, ink, controls and what programs keep for
// themselves are in no output.
var slidesKind = &opc.Kind{
	Kind: parts.Kind{
		Media: PPTX,
		Rules: func(string, Options) *xmltext.Rules { return &slidesTable },
		Read:  readSlides,
		Body:  slidesInOrder,
	},
	Folder: "ppt",
	Main: []string{
		slidesMain, slidesShow, slidesTemplate,
		"application/vnd.ms-powerpoint.presentation.macroenabled.main+xml",
		"application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml",
		"application/vnd.ms-powerpoint.template.macroenabled.main+xml",
	},
	Types: map[string]string{
		slidesShow: slidesMain, slidesTemplate: slidesMain,
		"application/vnd.ms-powerpoint.presentation.macroenabled.main+xml": slidesMain,
		"application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml":    slidesMain,
		"application/vnd.ms-powerpoint.template.macroenabled.main+xml":     slidesMain,
	},
	Parts: merged(drawingParts, map[string]parts.Treatment{
		"slide": readable, "slideLayout": readable, "slideMaster": readable,
		"notesSlide": readable, "notesMaster": readable, "handoutMaster": readable, "presProps": readable, "viewProps": readable,
	}),
	Detach: merged(drawingDetach, map[string]bool{"p:oleObj": true}),
	Mend:   mendSlide,
	Link:   linkSlides,
}

const (
	slidesMain     = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	slidesShow     = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
	slidesTemplate = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
)

func init() {
	spaces["http://schemas.microsoft.com/office/powerpoint/2010/main"] = "p14"
}

// slidesTable says what the elements of PresentationML are for (ISO/IEC 29500-1, 19).
var slidesTable = xmltext.Rules{
	Spaces:     spaces,
	References: references,
	Elements: merged(drawingElements, map[string]xmltext.Element{
		"p:attrName": quiet, // of an animation
		// Data of other programs, and who may change the file.
		"p:custDataLst": goes, "p:smartTags": goes, "p:modifyVerifier": goes,
		"p:embeddedFontLst": goes, "p:controls": goes, "p:contentPart": goes, "p14:contentPart": goes,
		"p:sndAc": goes, "p:htmlPubPr": goes, "p:webPr": goes,
	}),
	Attributes: merged(drawingAttributes, map[string]xmltext.Use{
		"p:cSld@name": xmltext.Text, "p:sldLayout@matchingName": xmltext.Text, "p:custShow@name": xmltext.Text, "p14:section@name": xmltext.Text,
		"p:oleObj@name": xmltext.Text, "p:oleObj@progId": xmltext.Text,
	}),
	Known: numbered,
	Also:  drawingAlso,
}

// ofShape is a name that a program gives to a shape: Title 1, 文本框 3.
var ofShape = regexp.MustCompile(`^((?:\p{L}+ ?)+) \d+$`)

// numbered reports whether a shape has the name of its sort and a number.
// It also knows what a layout is called, and what its masters ask for.
func numbered(where, value string) bool {
	switch where {
	case "p:cSld@name", "a:theme@name":
		return programName(value)
	case "a:p":
		return prompts[value]
	}
	m := ofShape.FindStringSubmatch(value)
	return m != nil && strings.HasSuffix(where, "cNvPr@name") && !slices.ContainsFunc(strings.Fields(m[1]), func(w string) bool { return !programWords[strings.ToLower(w)] })
}

// readSlides reads a part. A slide is mended by the names of its elements, so that they
// have to be those of PresentationML.
func readSlides(_ context.Context, _ *parts.Document, p *parts.Part) (err error) {
	if holdsShapes(p) && !presentation(p.Src) {
		return fmt.Errorf("%w: it is no slide", xmltext.ErrSyntax)
	}
	p.XML, err = xmltext.Read(p.Src, p.Index, &slidesTable)
	return err
}

// holdsShapes tells slides, their layouts and masters, and notes.
func holdsShapes(p *parts.Part) bool {
	return strings.HasPrefix(p.By, "slide") || strings.HasPrefix(p.By, "notes") || p.By == "handoutMaster"
}

// presentation reports whether the first element of a part is one of PresentationML.
func presentation(src []byte) bool {
	for s := xmltext.NewScanner(src); ; {
		t, more, err := s.Next()
		if err != nil || !more {
			return false
		}
		if t.Kind != xmltext.Start && t.Kind != xmltext.Empty {
			continue
		}
		declared := "xmlns"
		if prefix, _, ok := strings.Cut(t.Name, ":"); ok {
			declared += ":" + prefix
		}
		for _, a := range t.Attrs {
			if a.Name == declared {
				uri, _ := xmltext.Decode(src[a.ValueFrom:a.ValueTo])
				return spaces[uri] == "p"
			}
		}
		return false
	}
}

// slidesInOrder are the slides as they are shown, those that are hidden too, then
// those that no list names.
func slidesInOrder(d *parts.Document) (out []*parts.Part) {
	byID := map[string]*parts.Part{}
	for _, r := range opc.Rels(d.Main) {
		if !r.Gone && r.To != nil {
			byID[r.ID] = r.To
		}
	}
	add := func(p *parts.Part) {
		if p != nil && p.By == "slide" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, ref := range d.Main.XML.References {
		if ref.Element == "p:sldId" {
			add(byID[ref.Value])
		}
	}
	for _, p := range d.Parts {
		add(p)
	}
	return out
}

// mendSlide lets what cannot stay go as a whole: objects of other programs become
// their pictures, ink and models what stands in for them; animations that would
// miss their shape or sound go. Then it puts the title's texts first.
func mendSlide(p *parts.Part) {
	if holdsShapes(p) {
		m := mending{Part: p, root: parts.Tree(p.Src)}
		m.objects()
		m.alternatives()
		m.timing()
		m.forget()
		p.Own = m.objectsLost
		titles := m.titles()
		rank := func(t xmltext.Found) int {
			if len(t.Text) > 0 && slices.ContainsFunc(titles, func(at [2]int) bool { return at[0] <= t.Text[0].From && t.Text[0].From < at[1] }) {
				return 0
			}
			return 1
		}
		slices.SortStableFunc(p.XML.Texts, func(a, b xmltext.Found) int { return rank(a) - rank(b) })
	}
}

// A mending is of one slide, or another part that holds shapes.
type mending struct {
	*parts.Part
	root *parts.Element
	lost bool // a shape is not there any more
	// objectsLost counts objects of which nothing stays.
	objectsLost int
}

// cut takes bytes out of every output, or puts others in their place.
func (m *mending) cut(from, to int, with string) {
	if from < to || with != "" {
		m.Always = append(m.Always, splice.Change{File: m.Index, From: from, To: to, With: []byte(with)})
	}
}

// objects puts the picture of an object in the place of one whose file is not
// there any more. One that stays loses its double in the older drawing.
func (m *mending) objects() {
	for _, frame := range m.root.All("graphicFrame") {
		objects := frame.All("oleObj")
		if len(objects) == 0 {
			continue
		}
		var picture *parts.Element
		stays := false
		for _, o := range objects {
			if pics := o.All("pic"); len(pics) > 0 {
				picture = pics[len(pics)-1]
			}
			stays = stays || slices.ContainsFunc(opc.Rels(m.Part), func(r *opc.Relationship) bool { return !r.Gone && r.ID == o.Attr(m.Src, "id") })
		}
		name, own := frame.First("cNvPr"), picture.First("cNvPr")
		switch {
		case name == nil || own == nil || own.Outer.Outer != picture || picture.From < name.To:
			m.cut(frame.From, frame.To, "")
			m.lost = true
			m.objectsLost++
		case stays:
			for _, ac := range frame.All("AlternateContent") {
				m.fallback(ac)
			}
		default: // the picture, with the frame's number and name
			m.cut(frame.From, name.From, "<"+picture.Name+own.Declarations(m.Src, frame)+"><"+own.Outer.Name+">")
			m.cut(name.To, own.To, "")
			m.cut(picture.To, frame.To, "")
		}
	}
}

// alternatives puts what stands in for ink and models in their place.
func (m *mending) alternatives() {
	for _, ac := range m.root.All("AlternateContent") {
		if choice := ac.First("Choice"); choice != nil && (choice.First("contentPart") != nil || choice.First("model3d") != nil) {
			m.fallback(ac)
		}
	}
}

// fallback puts the last of several versions in the place of all.
func (m *mending) fallback(ac *parts.Element) {
	last := ac.First("Fallback")
	if last == nil || len(last.Within) == 0 {
		m.cut(ac.From, ac.To, "")
		m.lost = true
		return
	}
	at := ac.From
	for _, e := range last.Within {
		m.cut(at, e.From, "")
		tag := e.From + 1 + len(e.Name)
		m.cut(tag, tag, e.Declarations(m.Src, ac))
		at = e.To
	}
	m.cut(at, ac.To, "")
}

// timing takes animations out that play sound or film, or name a shape that is
// not there any more.
func (m *mending) timing() {
	for _, t := range m.root.All("timing") {
		if m.lost || t.First("audio") != nil || t.First("video") != nil || t.First("cmd") != nil || t.First("sndTgt") != nil {
			m.cut(t.From, t.To, "")
		}
	}
}

// forget marks what was named only where bytes were cut out.
func (m *mending) forget() {
	live := map[string]bool{}
	for i := range m.XML.References {
		ref := &m.XML.References[i]
		ref.Gone = ref.Gone || slices.ContainsFunc(m.Always, func(c splice.Change) bool { return c.From <= ref.Attr[0] && ref.Attr[1] <= c.To })
		live[ref.Value] = live[ref.Value] || !ref.Gone
	}
	for _, r := range opc.Rels(m.Part) {
		if named, ok := live[r.ID]; ok && !named {
			r.Gone = true
		}
	}
}

// linkSlides leaves out what only such bytes led to, and says what was lost.
func linkSlides(d *parts.Document) error {
	reached := map[*parts.Part]bool{d.Main: true}
	for list := []*parts.Part{d.Main}; len(list) > 0; list = list[1:] {
		for _, r := range opc.Rels(list[0]) {
			if r.To != nil && !r.Gone && !reached[r.To] {
				reached[r.To] = true
				list = append(list, r.To)
			}
		}
	}
	d.Leave(func(p *parts.Part) bool { return !reached[p] })
	for _, p := range d.Parts {
		if n, ok := p.Own.(int); ok && n > 0 {
			d.Note(parts.NoteInsideDropped, n)
		}
	}
	return nil
}

// titles are the bytes of the texts of the shapes that hold the title.
func (m *mending) titles() (out [][2]int) {
	for _, shape := range m.root.All("sp") {
		ph, body := shape.First("ph"), shape.First("txBody")
		if ph == nil || body == nil {
			continue
		}
		if k := ph.Attr(m.Src, "type"); k == "title" || k == "ctrTitle" {
			out = append(out, [2]int{body.From, body.To})
		}
	}
	return out
}
