package office

import (
	"regexp"
	"slices"
	"strings"

	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

// slidesKind are PowerPoint's presentations, shows and templates. Sound, film,
// fonts, comments, tags, macros, ink, controls and what programs keep for
// themselves are in no output.
var slidesKind = &kind{
	media: PPTX, folder: "ppt",
	main: []string{
		slidesMain, slidesShow, slidesTemplate,
		"application/vnd.ms-powerpoint.presentation.macroenabled.main+xml",
		"application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml",
		"application/vnd.ms-powerpoint.template.macroenabled.main+xml",
	},
	types: map[string]string{
		slidesShow: slidesMain, slidesTemplate: slidesMain,
		"application/vnd.ms-powerpoint.presentation.macroenabled.main+xml": slidesMain,
		"application/vnd.ms-powerpoint.slideshow.macroenabled.main+xml":    slidesMain,
		"application/vnd.ms-powerpoint.template.macroenabled.main+xml":     slidesMain,
	},
	parts: merged(drawingParts, map[string]treatment{
		"slide": readable, "slideLayout": readable, "slideMaster": readable,
		"notesSlide": readable, "notesMaster": readable, "handoutMaster": readable, "presProps": readable, "viewProps": readable,
	}),
	rules:  func(string, Options) *xmltext.Rules { return &slidesTable },
	body:   slidesInOrder,
	detach: merged(drawingDetach, map[string]bool{"p:oleObj": true}),
	mend:   mendSlide,
	link:   linkSlides,
}

const (
	slidesMain     = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
	slidesShow     = "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml"
	slidesTemplate = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
)

func init() {
	spaces["http://schemas.microsoft.com/office/powerpoint/2010/main"] = "p14"
	kinds = append(kinds, slidesKind)
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

// slidesInOrder are the slides as they are shown, those that are hidden too, then
// those that no list names.
func slidesInOrder(d *document) (out []*part) {
	byID := map[string]*part{}
	for _, r := range d.main.rels {
		if !r.gone && r.to != nil {
			byID[r.id] = r.to
		}
	}
	add := func(p *part) {
		if p != nil && p.by == "slide" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	for _, ref := range d.main.xml.References {
		if ref.Element == "p:sldId" {
			add(byID[ref.Value])
		}
	}
	for _, p := range d.parts {
		add(p)
	}
	return out
}

// mendSlide lets what cannot stay go as a whole: objects of other programs become
// their pictures, ink and models what stands in for them; animations that would
// miss their shape or sound go. Then it puts the title's texts first.
func mendSlide(p *part) {
	if strings.HasPrefix(p.by, "slide") || strings.HasPrefix(p.by, "notes") || p.by == "handoutMaster" {
		m := mending{part: p, root: tree(p.src)}
		m.objects()
		m.alternatives()
		m.timing()
		m.forget()
		p.own = m.objectsLost
		titles := m.titles()
		rank := func(t xmltext.Found) int {
			if len(t.Text) > 0 && slices.ContainsFunc(titles, func(at [2]int) bool { return at[0] <= t.Text[0].From && t.Text[0].From < at[1] }) {
				return 0
			}
			return 1
		}
		slices.SortStableFunc(p.xml.Texts, func(a, b xmltext.Found) int { return rank(a) - rank(b) })
	}
}

// A mending is of one slide, or another part that holds shapes.
type mending struct {
	*part
	root *element
	lost bool // a shape is not there any more
	// objectsLost counts objects of which nothing stays.
	objectsLost int
}

// cut takes bytes out of every output, or puts others in their place.
func (m *mending) cut(from, to int, with string) {
	if from < to || with != "" {
		m.always = append(m.always, splice.Change{File: m.index, From: from, To: to, With: []byte(with)})
	}
}

// objects puts the picture of an object in the place of one whose file is not
// there any more. One that stays loses its double in the older drawing.
func (m *mending) objects() {
	for _, frame := range m.root.all("graphicFrame") {
		objects := frame.all("oleObj")
		if len(objects) == 0 {
			continue
		}
		var picture *element
		stays := false
		for _, o := range objects {
			if pics := o.all("pic"); len(pics) > 0 {
				picture = pics[len(pics)-1]
			}
			stays = stays || slices.ContainsFunc(m.rels, func(r *relationship) bool { return !r.gone && r.id == o.attr(m.src, "id") })
		}
		name, own := frame.first("cNvPr"), picture.first("cNvPr")
		switch {
		case name == nil || own == nil || own.outer.outer != picture || picture.from < name.to:
			m.cut(frame.from, frame.to, "")
			m.lost = true
			m.objectsLost++
		case stays:
			for _, ac := range frame.all("AlternateContent") {
				m.fallback(ac)
			}
		default: // the picture, with the frame's number and name
			m.cut(frame.from, name.from, "<"+picture.name+own.declarations(m.src, frame)+"><"+own.outer.name+">")
			m.cut(name.to, own.to, "")
			m.cut(picture.to, frame.to, "")
		}
	}
}

// alternatives puts what stands in for ink and models in their place.
func (m *mending) alternatives() {
	for _, ac := range m.root.all("AlternateContent") {
		if choice := ac.first("Choice"); choice != nil && (choice.first("contentPart") != nil || choice.first("model3d") != nil) {
			m.fallback(ac)
		}
	}
}

// fallback puts the last of several versions in the place of all.
func (m *mending) fallback(ac *element) {
	last := ac.first("Fallback")
	if last == nil || len(last.within) == 0 {
		m.cut(ac.from, ac.to, "")
		m.lost = true
		return
	}
	at := ac.from
	for _, e := range last.within {
		m.cut(at, e.from, "")
		tag := e.from + 1 + len(e.name)
		m.cut(tag, tag, e.declarations(m.src, ac))
		at = e.to
	}
	m.cut(at, ac.to, "")
}

// timing takes animations out that play sound or film, or name a shape that is
// not there any more.
func (m *mending) timing() {
	for _, t := range m.root.all("timing") {
		if m.lost || t.first("audio") != nil || t.first("video") != nil || t.first("cmd") != nil || t.first("sndTgt") != nil {
			m.cut(t.from, t.to, "")
		}
	}
}

// forget marks what was named only where bytes were cut out.
func (m *mending) forget() {
	live := map[string]bool{}
	for i := range m.xml.References {
		ref := &m.xml.References[i]
		ref.Gone = ref.Gone || slices.ContainsFunc(m.always, func(c splice.Change) bool { return c.From <= ref.Attr[0] && ref.Attr[1] <= c.To })
		live[ref.Value] = live[ref.Value] || !ref.Gone
	}
	for _, r := range m.rels {
		if named, ok := live[r.id]; ok && !named {
			r.gone = true
		}
	}
}

// linkSlides leaves out what only such bytes led to, and says what was lost.
func linkSlides(d *document) error {
	reached := map[*part]bool{d.main: true}
	for list := []*part{d.main}; len(list) > 0; list = list[1:] {
		for _, r := range list[0].rels {
			if r.to != nil && !r.gone && !reached[r.to] {
				reached[r.to] = true
				list = append(list, r.to)
			}
		}
	}
	for _, p := range d.parts {
		if reached[p] {
			continue
		}
		delete(d.by, strings.ToLower(p.name))
		if p.inner >= 0 {
			d.inner.Leave(p.inner)
		}
	}
	d.parts = slices.DeleteFunc(d.parts, func(p *part) bool { return !reached[p] })
	for _, p := range d.parts {
		if n, ok := p.own.(int); ok && n > 0 {
			d.notes[NoteInsideDropped] += n
		}
	}
	return nil
}

// titles are the bytes of the texts of the shapes that hold the title.
func (m *mending) titles() (out [][2]int) {
	for _, shape := range m.root.all("sp") {
		ph, body := shape.first("ph"), shape.first("txBody")
		if ph == nil || body == nil {
			continue
		}
		if k := ph.attr(m.src, "type"); k == "title" || k == "ctrTitle" {
			out = append(out, [2]int{body.from, body.to})
		}
	}
	return out
}
