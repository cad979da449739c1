package canary

import "fmt"

// Make makes the file and lists its hiding places. The bytes are always the same.
func Make() ([]byte, []Place) {
	m := &maker{}
	root, info, pages := m.reserve(), m.reserve(), m.reserve()
	helv := m.obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
	g := openFont()
	desc := m.embedded()
	layers := &layerSet{}
	catalogue := ""

	for _, draw := range []func(*page){
		func(p *page) { m.texts(p, g, desc) },
		func(p *page) { m.unseen(p, layers) },
		func(p *page) { m.pictures(p, g) },
		func(p *page) { m.annotations(p, &catalogue) },
	} {
		p := m.newPage()
		p.fonts = append(p.fonts, "/F1 "+ref(helv))
		draw(p)
	}
	m.document(&catalogue, root, layers)
	old, fresh := m.revised(m.pages[1])
	kids := ""
	for _, p := range m.pages {
		kids += ref(p.num) + " "
		m.finish(p, pages)
	}
	m.set(pages, fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids, len(m.pages)))
	m.set(root, "<</Type/Catalog/Pages "+ref(pages)+catalogue+">>")
	m.information(info)
	outside := m.place("after-end", -1, "In bytes behind the last end-of-file marker.")
	comment := m.place("file-comment", -1, "In a comment between two objects.")
	b := m.write(root, info)
	b = append(b, "% kept by "+comment+"\n"...)
	b = update(b, old, fresh, len(m.objects)+1, root, info)
	return append(b, "\n"+outside+"\n"...), m.places
}

// finish writes a page's objects.
func (m *maker) finish(p *page, parent int) {
	content := m.packed("", []byte(p.content.String()))
	dict := func(key string, entries []string) string {
		if len(entries) == 0 {
			return ""
		}
		out := "/" + key + "<<"
		for _, e := range entries {
			out += e
		}
		return out + ">>"
	}
	annots := ""
	if len(p.annots) > 0 {
		annots = "/Annots["
		for _, a := range p.annots {
			annots += a + " "
		}
		annots += "]"
	}
	m.set(p.num, fmt.Sprintf("<</Type/Page/Parent %s/MediaBox[0 0 %g %g]/Resources<<%s%s%s%s%s>>/Contents %s%s%s>>", ref(parent), Width, Height,
		dict("Font", p.fonts), dict("XObject", p.xobject), dict("Properties", p.props), dict("Pattern", p.pattern), dict("ColorSpace", p.spaces), ref(content), annots, p.extra))
}
