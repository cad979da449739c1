package canary

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf16"
)

// A deck is a presentation in the making.
type deck struct {
	maker
	types string
	rels  map[string]string // of each part; the container's own under ""
	count map[string]int
	tame  bool
}

// Slides makes a presentation with macros, of five slides: of texts, of pictures
// and objects (which is hidden), of films and ink, of figures, and one on which no
// name stands. A tame one has no picture that nobody can read.
func Slides(tame bool) ([]byte, []Place) {
	d := &deck{rels: map[string]string{}, count: map[string]int{}, tame: tame}
	d.texts()
	d.objects()
	d.films()
	d.figures()
	d.part("ppt/slides/slide5.xml", pType+"slide+xml", slide("", "", shape(2, "Title 1", ">", "title", words("Nobody is named here &amp; all stays")), ""))
	d.rel("ppt/slides/slide5.xml", "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	d.frameworks()
	d.presentation()
	d.around()
	files := d.files
	d.files = nil
	d.xml("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/><Default Extension="svg" ContentType="image/svg+xml"/><Default Extension="bin" ContentType="application/octet-stream"/>`+d.types+`</Types>`)
	for _, from := range slices.Sorted(maps.Keys(d.rels)) {
		name := "_rels/.rels"
		if from != "" {
			name = path.Join(path.Dir(from), "_rels", path.Base(from)+".rels")
		}
		d.xml(name, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+d.rels[from]+`</Relationships>`)
	}
	d.files = append(d.files, files...)
	return d.document(), d.places
}

// part adds a part; one whose type goes by its ending has none here.
func (d *deck) part(name, contentType, body string) {
	if contentType != "" {
		d.types += fmt.Sprintf(`<Override PartName="/%s" ContentType="%s"/>`, name, contentType)
	}
	if strings.HasPrefix(body, "<") {
		body = declaration + body
	}
	d.add(name, body)
}

// rel adds a relationship to a part and gives its name; mode is External or nothing.
func (d *deck) rel(from, kind, target, mode string) string {
	d.count[from]++
	id := fmt.Sprintf("rId%d", d.count[from])
	d.named(id, from, kind, target, mode)
	return id
}

func (d *deck) named(id, from, kind, target, mode string) {
	if !strings.Contains(kind, "://") {
		kind = relOf + kind
	}
	if mode != "" {
		mode = ` TargetMode="` + mode + `"`
	}
	d.rels[from] += fmt.Sprintf(`<Relationship Id="%s" Type="%s" Target="%s"%s/>`, id, kind, target, mode)
}

// photo is a picture whose metadata holds a name.
func (d *deck) photo(id string) string { return string(picture("by "+d.at(id)+", at work", 16)) }

// wideText is a text as Windows programs write it.
func wideText(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

const (
	slideNS = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"`
	place0  = `<a:xfrm><a:off x="914400" y="914400"/><a:ext cx="3048000" cy="914400"/></a:xfrm>`
	group0  = `<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>`
	pType   = "application/vnd.openxmlformats-officedocument.presentationml."
	dType   = "application/vnd.openxmlformats-officedocument.drawingml."
	mapping = `<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>`
)

func said(s string) string { return `<a:r><a:rPr lang="en-US"/><a:t>` + s + `</a:t></a:r>` }

func words(s string) string { return `<a:p>` + said(s) + `</a:p>` }

// standing is where the shape of a number stands, beside the others.
func standing(id int) string {
	return fmt.Sprintf(`<p:spPr><a:xfrm><a:off x="%d" y="%d"/><a:ext cx="3048000" cy="457200"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>`, 457200+id%2*4114800, id*609600)
}

// shape is a text box; kind is a placeholder's, or nothing.
func shape(id int, name, more, kind, paras string) string {
	ph := ""
	if kind != "" {
		ph = `<p:ph type="` + kind + `"/>`
	}
	return fmt.Sprintf(`<p:sp><p:nvSpPr><p:cNvPr id="%d" name="%s"%s</p:cNvPr><p:cNvSpPr/><p:nvPr>%s</p:nvPr></p:nvSpPr>%s<p:txBody><a:bodyPr/><a:lstStyle/>%s</p:txBody></p:sp>`, id, name, more, ph, standing(id), paras)
}

// pic shows a picture; inBlip and inNv are extensions.
func pic(id int, embed, link, inBlip, inNv string) string {
	if link != "" {
		link = ` r:link="` + link + `"`
	}
	return fmt.Sprintf(`<p:pic><p:nvPicPr><p:cNvPr id="%d" name="Picture %[1]d"/><p:cNvPicPr/><p:nvPr>%s</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="%s"%s>%s</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>%s</p:pic>`, id, inNv, embed, link, inBlip, standing(id))
}

func frame(id int, uri, inside string) string {
	return fmt.Sprintf(`<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="Object %[1]d"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="914400" y="2743200"/><a:ext cx="4572000" cy="2743200"/></p:xfrm><a:graphic><a:graphicData uri="%s">%s</a:graphicData></a:graphic></p:graphicFrame>`, id, uri, inside)
}

func slide(attrs, name, shapes, behind string) string {
	return `<p:sld ` + slideNS + attrs + `><p:cSld name="` + name + `"><p:spTree>` + group0 + shapes + `</p:spTree></p:cSld>` + behind + `</p:sld>`
}

// texts is a slide of texts, with notes and comments.
func (d *deck) texts() {
	const s = "ppt/slides/slide1.xml"
	d.rel(s, "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	link := d.rel(s, "hyperlink", "https://example.test/people/"+d.joined("address of a link"), "External")
	local := d.rel(s, "hyperlink", "file:///C:/Users/"+d.joined("link to a local file")+"/plan.pptx", "External")
	jump := d.rel(s, "slide", "slide2.xml", "")
	named := d.joined("name of a relationship")
	d.named(named, s, "hyperlink", "https://example.test/", "External")
	d.rel(s, "notesSlide", "../notesSlides/notesSlide1.xml", "")
	d.rel(s, "comments", "../comments/comment1.xml", "")
	d.rel(s, "http://schemas.microsoft.com/office/2018/10/relationships/comments", "../comments/modernComment_1.xml", "")
	tags := d.rel(s, "tags", "../tags/tag1.xml", "")
	n := d.at("title over three runs")
	title := `<a:p>` + said("With "+n[:3]) + said(n[3:6]) + said(n[6:]+" at work") + `</a:p>`
	cell := `<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>` + words(d.at("cell of a table")) + `</a:txBody><a:tcPr/></a:tc>`
	table := `<a:tbl><a:tblPr><a:tableStyleId>{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}</a:tableStyleId></a:tblPr><a:tblGrid><a:gridCol w="4572000"/></a:tblGrid><a:tr h="370840">` + cell + `</a:tr></a:tbl>`
	body := words(d.at("a bullet")) +
		`<a:p><a:r><a:t><![CDATA[` + d.at("CDATA") + `]]></a:t></a:r></a:p>` +
		`<a:p><a:r><a:t>` + coded(d.at("text in references")) + `</a:t></a:r></a:p>` +
		`<a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="datetime1"><a:rPr lang="en-US"/><a:t>` + d.at("a field") + `</a:t></a:fld></a:p>` +
		`<a:p><a:r><a:rPr lang="en-US"><a:hlinkClick r:id="` + link + `" tooltip="` + d.joined("tooltip of a link") + `"/></a:rPr><a:t>link</a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="` + local + `"/></a:rPr><a:t>file</a:t></a:r>` +
		`<a:r><a:rPr><a:hlinkClick r:id="` + named + `"/></a:rPr><a:t>named</a:t></a:r>` +
		`<a:r><a:rPr><a:hlinkClick r:id="" action="ppaction://hlinkpres?slideindex=1&amp;slidetitle=` + d.at("title in an action") + `"/></a:rPr><a:t>other</a:t></a:r><a:r><a:rPr><a:hlinkClick r:id="" action="ppaction://macro?name=` + d.joined("macro in an action") + `"/></a:rPr><a:t>run</a:t></a:r>` +
		`<a:r><a:rPr><a:hlinkClick r:id="` + jump + `" action="ppaction://hlinksldjump"/></a:rPr><a:t>next</a:t></a:r></a:p>` +
		`<mc:AlternateContent><mc:Choice Requires="a14"><a:p><a14:m><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>` + d.at("a formula") + `</m:t></m:r></m:oMath></a14:m></a:p></mc:Choice><mc:Fallback><a:p/></mc:Fallback></mc:AlternateContent>`
	shapes := shape(3, "Text 2", ">", "body", body) + // stands before the title in the file
		shape(2, "Title 1", `><a:extLst><a:ext uri="{00000000-0000-0000-0000-00000000abcd}"><x:note xmlns:x="urn:example:x" by="`+d.joined("attribute of an extension")+`">`+d.at("text of an extension")+`</x:note></a:ext></a:extLst>`, "title", title) +
		shape(4, d.joined("name of a shape"), ` descr="`+d.at("alt text")+`" title="`+d.joined("alt title")+`">`, "", words("x")) +
		frame(5, "http://schemas.openxmlformats.org/drawingml/2006/table", table) +
		`<p:grpSp><p:nvGrpSpPr><p:cNvPr id="6" name="Group 5" descr="` + d.joined("alt text of a group") + `"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr>` + strings.ReplaceAll(place0, `</a:xfrm>`, `<a:chOff x="914400" y="914400"/><a:chExt cx="3048000" cy="914400"/></a:xfrm>`) + `</p:grpSpPr>` + shape(7, "Box 6", ">", "", words(d.at("shape in a group"))) + `</p:grpSp>` +
		shape(8, "Footer 7", ">", "ftr", words(d.at("a footer"))) +
		`<!-- ` + d.at("comment in XML") + ` -->`
	d.part(s, pType+"slide+xml", `<?note `+d.at("processing instruction")+`?>`+slide("", d.joined("name of a slide"), shapes, `<p:custDataLst><p:tags r:id="`+tags+`"/></p:custDataLst>`))
	d.part("ppt/notesSlides/notesSlide1.xml", pType+"notesSlide+xml", `<p:notes `+slideNS+`><p:cSld><p:spTree>`+group0+shape(2, "Notes 1", ">", "body", words(d.at("speaker notes")))+`</p:spTree></p:cSld></p:notes>`)
	d.rel("ppt/notesSlides/notesSlide1.xml", "notesMaster", "../notesMasters/notesMaster1.xml", "")
	d.rel("ppt/notesSlides/notesSlide1.xml", "slide", "../slides/slide1.xml", "")
	d.part("ppt/comments/comment1.xml", pType+"comments+xml", `<p:cmLst `+slideNS+`><p:cm authorId="0" dt="2026-01-02T03:04:05" idx="1"><p:pos x="10" y="10"/><p:text>`+d.at("a comment")+`</p:text></p:cm></p:cmLst>`)
	d.part("ppt/comments/modernComment_1.xml", "application/vnd.ms-powerpoint.comments+xml", `<p188:cmLst `+slideNS+` xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"><p188:cm id="{1}" authorId="{2}" created="2026-01-02T03:04:05"><p188:replyLst><p188:reply id="{3}" authorId="{2}"><p188:txBody><a:bodyPr/><a:p><a:r><a:t>`+d.at("reply to a comment")+`</a:t></a:r></a:p></p188:txBody></p188:reply></p188:replyLst></p188:cm></p188:cmLst>`)
	d.part("ppt/tags/tag1.xml", pType+"tags+xml", `<p:tagLst `+slideNS+`><p:tag name="OWNER" val="`+d.at("a tag")+`"/></p:tagLst>`)
}

// objects is a hidden slide of pictures and objects of other programs.
func (d *deck) objects() {
	const s = "ppt/slides/slide2.xml"
	d.rel(s, "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	media := func(name, body string) string {
		d.part("ppt/media/"+name, "", body)
		return d.rel(s, "image", "../media/"+name, "")
	}
	p1 := media(d.joined("file name of a picture")+".png", d.photo("metadata of a picture"))
	svg := media("image2.svg", `<svg xmlns="http://www.w3.org/2000/svg"><text>`+d.at("SVG beside a picture")+`</text></svg>`)
	emf := p1
	if !d.tame {
		emf = media("image3.emf", "\x01\x00\x00\x00"+wideText(d.at("text of a metafile")))
	}
	before := d.rel(s, "http://schemas.microsoft.com/office/2007/relationships/hdphoto", "../media/hdphoto1.wdp", "")
	d.part("ppt/media/hdphoto1.wdp", "image/vnd.ms-photo", "II\xbc\x01"+d.at("picture before its effects"))
	source := d.rel(s, "hyperlink", "https://example.test/photo-of-"+d.joined("where a picture was found"), "External")
	linked := d.rel(s, "image", "file:///C:/Users/"+d.joined("path of a linked picture")+"/a.png", "External")
	blip := `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="` + svg + `"/></a:ext>` +
		`<a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}"><a14:imgProps><a14:imgLayer r:embed="` + before + `"/></a14:imgProps></a:ext>` +
		`<a:ext uri="{837473B0-CC2E-450A-ABE3-18F120FF3D39}"><a1611:picAttrSrcUrl xmlns:a1611="http://schemas.microsoft.com/office/drawing/2016/11/main" r:id="` + source + `"/></a:ext></a:extLst>`
	ole := d.rel(s, "oleObject", "../embeddings/oleObject1.bin", "")
	d.part("ppt/embeddings/oleObject1.bin", "", "\xd0\xcf\x11\xe0"+wideText(d.at("file of an object")))
	preview := media("image4.png", d.photo("preview of an object"))
	called := d.joined("name of an object")
	object := func(inside string) string {
		return `<p:oleObj name="` + called + `" r:id="` + ole + `" imgW="1" imgH="1" progId="Package"><p:embed/>` + inside + `</p:oleObj>`
	}
	control := d.rel(s, "control", "../activeX/activeX1.xml", "")
	d.part("ppt/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", `<ax:ocx xmlns:ax="x" ax:license="`+d.at("a control")+`"/>`)
	shapes := shape(2, "Title 1", ">", "title", words(d.at("hidden slide"))) +
		pic(3, p1, linked, blip, "") + pic(4, emf, "", "", "") +
		frame(5, "http://schemas.openxmlformats.org/presentationml/2006/ole", `<mc:AlternateContent><mc:Choice xmlns:v="urn:schemas-microsoft-com:vml" Requires="v">`+strings.Replace(object(""), "<p:oleObj", `<p:oleObj spid="_x0000_s1026"`, 1)+`</mc:Choice><mc:Fallback>`+object(pic(0, preview, "", "", ""))+`</mc:Fallback></mc:AlternateContent>`)
	d.part(s, pType+"slide+xml", strings.Replace(slide(` show="0"`, "", shapes, ""), `</p:spTree>`, `</p:spTree><p:controls><p:control name="`+d.joined("name of a control")+`" r:id="`+control+`"/></p:controls>`, 1))
}

// films is a slide of sound, film, ink and a model.
func (d *deck) films() {
	const s = "ppt/slides/slide3.xml"
	d.rel(s, "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	d.part("ppt/media/media1.mp4", "video/mp4", "\x00\x00\x00\x18ftypmp42"+d.at("a film"))
	film := d.rel(s, "video", "../media/media1.mp4", "")
	again := d.rel(s, "http://schemas.microsoft.com/office/2007/relationships/media", "../media/media1.mp4", "")
	d.part("ppt/media/image5.png", "", d.photo("first picture of a film"))
	poster := d.rel(s, "image", "../media/image5.png", "")
	d.part("ppt/media/audio1.wav", "audio/wav", "RIFF\x00\x00\x00\x00WAVE "+d.at("a sound"))
	sound := d.rel(s, "audio", "../media/audio1.wav", "")
	d.part("ppt/ink/ink1.xml", "application/inkml+xml", `<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML"><inkml:annotation>`+d.at("ink")+`</inkml:annotation></inkml:ink>`)
	ink := d.rel(s, "customXml", "../ink/ink1.xml", "")
	d.part("ppt/media/image6.png", "", d.photo("picture of ink"))
	inked := d.rel(s, "image", "../media/image6.png", "")
	d.part("ppt/media/model3d1.glb", "model/gltf.binary", "glTF "+d.at("a model"))
	model := d.rel(s, "http://schemas.microsoft.com/office/2017/06/relationships/model3d", "../media/model3d1.glb", "")
	d.part("ppt/media/image7.png", "", d.photo("picture of a model"))
	modelled := d.rel(s, "image", "../media/image7.png", "")
	shapes := shape(2, "Title 1", ">", "title", words("Film")) +
		pic(3, poster, "", "", `<a:videoFile r:link="`+film+`"/><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media r:embed="`+again+`"><p14:bmkLst><p14:bmk name="`+d.at("bookmark in a film")+`" time="1"/></p14:bmkLst></p14:media></p:ext></p:extLst>`) +
		`<mc:AlternateContent><mc:Choice Requires="p14"><p:contentPart p14:bwMode="auto" r:id="` + ink + `"><p14:nvContentPartPr><p14:cNvPr id="4" name="` + d.at("name of ink") + `"/></p14:nvContentPartPr></p:contentPart></mc:Choice><mc:Fallback>` + pic(4, inked, "", "", "") + `</mc:Fallback></mc:AlternateContent>` +
		`<mc:AlternateContent><mc:Choice xmlns:am3d="http://schemas.microsoft.com/office/drawing/2017/model3d" Requires="am3d">` + frame(5, "http://schemas.microsoft.com/office/drawing/2017/model3d", `<am3d:model3d r:embed="`+model+`"><am3d:attrSrcUrl r:id="`+model+`"/><am3d:winViewport/></am3d:model3d>`) + `</mc:Choice><mc:Fallback>` + pic(5, modelled, "", "", "") + `</mc:Fallback></mc:AlternateContent>`
	timing := `<p:transition><p:sndAc><p:stSnd><p:snd r:embed="` + sound + `" name="` + d.at("name of a sound") + `"/></p:stSnd></p:sndAc></p:transition><p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst><p:video><p:cMediaNode><p:cTn id="2"/><p:tgtEl><p:spTgt spid="3"/></p:tgtEl></p:cMediaNode></p:video></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>`
	d.part(s, pType+"slide+xml", slide("", "", shapes, timing))
}

// figures is a slide of a chart and SmartArt.
func (d *deck) figures() {
	const s, k = "ppt/slides/slide4.xml", "ppt/charts/chart1.xml"
	d.rel(s, "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	chart := d.rel(s, "chart", "../charts/chart1.xml", "")
	dm := d.rel(s, "diagramData", "../diagrams/data1.xml", "")
	lo := d.rel(s, "diagramLayout", "../diagrams/layout1.xml", "")
	qs := d.rel(s, "diagramQuickStyle", "../diagrams/quickStyle1.xml", "")
	cs := d.rel(s, "diagramColors", "../diagrams/colors1.xml", "")
	drawn := d.rel(s, "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing", "../diagrams/drawing1.xml", "")
	shapes := shape(2, "Title 1", ">", "title", words("Figures")) +
		frame(3, "http://schemas.openxmlformats.org/drawingml/2006/chart", `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="`+chart+`"/>`) +
		frame(4, "http://schemas.openxmlformats.org/drawingml/2006/diagram", fmt.Sprintf(`<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" r:dm="%s" r:lo="%s" r:qs="%s" r:cs="%s"/>`, dm, lo, qs, cs))
	d.part(s, pType+"slide+xml", slide("", "", shapes, `<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"/></p:par></p:tnLst></p:timing>`))

	d.part("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", string(zipped(file{"xl/workbook.xml", []byte(`<workbook>` + d.at("workbook of a chart") + `</workbook>`)})))
	book := d.rel(k, "package", "../embeddings/Microsoft_Excel_Sheet1.xlsx", "")
	user := d.rel(k, "chartUserShapes", "../drawings/drawing1.xml", "")
	cache := func(place, f string) string {
		return `<c:strRef><c:f>` + f + `</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>` + d.at(place) + `</c:v></c:pt></c:strCache></c:strRef>`
	}
	rich := func(place string) string { return `<c:rich><a:bodyPr/><a:p>` + said(d.at(place)) + `</a:p></c:rich>` }
	d.part(k, dType+"chart+xml", `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:pivotSource><c:name>[`+d.at("where a chart's table was")+`.xlsx]Sheet1!P1</c:name><c:fmtId val="1"/></c:pivotSource><c:chart><c:title><c:tx>`+rich("title of a chart")+`</c:tx></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:tx>`+cache("name of a series", "'"+d.at("sheet in a formula")+"'!$B$1")+`</c:tx><c:dLbls><c:dLbl><c:idx val="0"/><c:tx>`+rich("label of a point")+`</c:tx><c:showVal val="1"/></c:dLbl><c:showVal val="1"/></c:dLbls><c:cat>`+cache("category of a chart", "Sheet1!$A$2")+`</c:cat><c:val><c:numRef><c:f>Sheet1!$B$2</c:f><c:numCache><c:formatCode>"`+d.at("format of numbers")+`"0</c:formatCode><c:ptCount val="1"/><c:pt idx="0"><c:v>4.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:title><c:tx>`+rich("title of an axis")+`</c:tx></c:title><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart><c:externalData r:id="`+book+`"><c:autoUpdate val="0"/></c:externalData><c:printSettings><c:headerFooter><c:oddHeader>&amp;L `+d.at("printed header of a chart")+`</c:oddHeader></c:headerFooter></c:printSettings><c:userShapes r:id="`+user+`"/></c:chartSpace>`)
	d.part("ppt/drawings/drawing1.xml", dType+"chartshapes+xml", `<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><cdr:relSizeAnchor xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:from><cdr:x>0.1</cdr:x><cdr:y>0.1</cdr:y></cdr:from><cdr:to><cdr:x>0.5</cdr:x><cdr:y>0.5</cdr:y></cdr:to><cdr:sp><cdr:nvSpPr><cdr:cNvPr id="2" name="Box 1"/><cdr:cNvSpPr/></cdr:nvSpPr><cdr:spPr>`+place0+`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></cdr:spPr><cdr:txBody><a:bodyPr/><a:lstStyle/>`+words(d.at("shape on a chart"))+`</cdr:txBody></cdr:sp></cdr:relSizeAnchor></c:userShapes>`)

	ns := `xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	both := d.at("SmartArt, in both of its parts")
	d.part("ppt/diagrams/data1.xml", dType+"diagramData+xml", `<dgm:dataModel `+ns+`><dgm:ptLst><dgm:pt modelId="0" type="doc"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:p/></dgm:t><dgm:extLst><a:ext uri="{E40237B7-FDA0-4F09-8148-C483321AD2D9}"><dgm14:cNvPr xmlns:dgm14="http://schemas.microsoft.com/office/drawing/2010/diagram" id="0" name="`+d.joined("name of a point of SmartArt")+`" descr="`+d.at("alt text of SmartArt")+`"/></a:ext></dgm:extLst></dgm:pt><dgm:pt modelId="1"><dgm:prSet phldrT="`+d.joined("prompt of SmartArt")+`"/><dgm:spPr/><dgm:t><a:bodyPr/>`+words(both)+`</dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst><dgm:cxn modelId="2" srcId="0" destId="1" srcOrd="0" destOrd="0"/></dgm:cxnLst><dgm:bg/><dgm:whole/><dgm:extLst><a:ext uri="http://schemas.microsoft.com/office/drawing/2008/diagram"><dsp:dataModelExt xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" relId="`+drawn+`" minVer="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></a:ext></dgm:extLst></dgm:dataModel>`)
	d.part("ppt/diagrams/layout1.xml", dType+"diagramLayout+xml", `<dgm:layoutDef `+ns+` uniqueId="urn:example:layout"><dgm:title val="`+d.joined("title of a SmartArt layout")+`"/><dgm:desc val=""/><dgm:layoutNode name="root"><dgm:alg type="lin"/></dgm:layoutNode></dgm:layoutDef>`)
	d.part("ppt/diagrams/quickStyle1.xml", dType+"diagramStyle+xml", `<dgm:styleDef `+ns+` uniqueId="urn:example:style"><dgm:title val=""/></dgm:styleDef>`)
	d.part("ppt/diagrams/colors1.xml", dType+"diagramColors+xml", `<dgm:colorsDef `+ns+` uniqueId="urn:example:colors"><dgm:title val=""/></dgm:colorsDef>`)
	d.part("ppt/diagrams/drawing1.xml", "application/vnd.ms-office.drawingml.diagramDrawing+xml", `<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/><dsp:sp modelId="{1}"><dsp:nvSpPr><dsp:cNvPr id="0" name="" descr="`+d.at("alt text in SmartArt")+`"/><dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr>`+place0+`<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></dsp:spPr><dsp:txBody><a:bodyPr/><a:lstStyle/>`+words(both)+`</dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>`)
}

// frameworks are masters, layouts, the theme and the styles of tables.
func (d *deck) frameworks() {
	tree := func(shapes string) string {
		return `<p:cSld><p:spTree>` + group0 + shapes + `</p:spTree></p:cSld>`
	}
	const m = "ppt/slideMasters/slideMaster1.xml"
	layout := d.rel(m, "slideLayout", "../slideLayouts/slideLayout1.xml", "")
	d.rel(m, "theme", "../theme/theme1.xml", "")
	d.part(m, pType+"slideMaster+xml", `<p:sldMaster `+slideNS+`>`+tree(shape(2, "Title 1", ">", "title", words("Title"))+shape(3, "Sign 2", ">", "", words(d.at("a master"))))+mapping+`<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="`+layout+`"/></p:sldLayoutIdLst></p:sldMaster>`)
	const l = "ppt/slideLayouts/slideLayout1.xml"
	d.rel(l, "slideMaster", "../slideMasters/slideMaster1.xml", "")
	d.part(l, pType+"slideLayout+xml", `<p:sldLayout `+slideNS+` matchingName="`+d.joined("matching name of a layout")+`">`+strings.Replace(tree(shape(2, "Title 1", ">", "title", words(d.at("prompt of a layout")))), "<p:cSld>", `<p:cSld name="`+d.joined("name of a layout")+`">`, 1)+`<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`)
	d.rel("ppt/notesMasters/notesMaster1.xml", "theme", "../theme/theme1.xml", "")
	d.part("ppt/notesMasters/notesMaster1.xml", pType+"notesMaster+xml", `<p:notesMaster `+slideNS+`>`+tree(shape(2, "Header 1", ">", "hdr", words(d.at("header of notes"))))+mapping+`</p:notesMaster>`)
	d.rel("ppt/handoutMasters/handoutMaster1.xml", "theme", "../theme/theme1.xml", "")
	d.part("ppt/handoutMasters/handoutMaster1.xml", pType+"handoutMaster+xml", `<p:handoutMaster `+slideNS+`>`+tree(shape(2, "Header 1", ">", "hdr", words(d.at("header of handouts"))))+mapping+`</p:handoutMaster>`)
	color := func(name, v string) string { return `<a:` + name + `><a:srgbClr val="` + v + `"/></a:` + name + `>` }
	colors := color("dk1", "000000") + color("lt1", "FFFFFF") + color("dk2", "1F497D") + color("lt2", "EEECE1")
	for i := range 6 {
		colors += color(fmt.Sprint("accent", i+1), "4F81BD")
	}
	colors += color("hlink", "0000FF") + color("folHlink", "800080")
	font := `<a:latin typeface="Liberation Sans"/><a:ea typeface=""/><a:cs typeface=""/>`
	fill := strings.Repeat(`<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>`, 3)
	d.part("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", `<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="`+d.joined("name of a theme")+`"><a:themeElements><a:clrScheme name="`+d.joined("name of colours")+`">`+colors+`</a:clrScheme><a:fontScheme name="Office"><a:majorFont>`+font+`</a:majorFont><a:minorFont>`+font+`</a:minorFont></a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>`+fill+`</a:fillStyleLst><a:lnStyleLst>`+strings.Repeat(`<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>`, 3)+`</a:lnStyleLst><a:effectStyleLst>`+strings.Repeat(`<a:effectStyle><a:effectLst/></a:effectStyle>`, 3)+`</a:effectStyleLst><a:bgFillStyleLst>`+fill+`</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`)
	d.part("ppt/tableStyles.xml", pType+"tableStyles+xml", `<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"><a:tblStyle styleId="{00000000-0000-0000-0000-000000000001}" styleName="`+d.joined("name of a table's style")+`"/></a:tblStyleLst>`)
}

// presentation is the main part, and what it alone names.
func (d *deck) presentation() {
	const m = "ppt/presentation.xml"
	ids, list := "", ""
	for i := range 5 {
		r := d.rel(m, "slide", fmt.Sprintf("slides/slide%d.xml", i+1), "")
		ids += fmt.Sprintf(`<p:sldId id="%d" r:id="%s"/>`, 256+i, r)
		list += fmt.Sprintf(`<p:sld r:id="%s"/>`, r)
	}
	master := d.rel(m, "slideMaster", "slideMasters/slideMaster1.xml", "")
	notes := d.rel(m, "notesMaster", "notesMasters/notesMaster1.xml", "")
	handout := d.rel(m, "handoutMaster", "handoutMasters/handoutMaster1.xml", "")
	d.rel(m, "theme", "theme/theme1.xml", "")
	d.rel(m, "tableStyles", "tableStyles.xml", "")
	d.rel(m, "presProps", "presProps.xml", "")
	d.rel(m, "viewProps", "viewProps.xml", "")
	web := d.rel("ppt/presProps.xml", "htmlPubSaveAs", "file:///C:/Users/"+d.joined("where it was published")+"/a.htm", "External")
	d.part("ppt/presProps.xml", pType+"presProps+xml", `<p:presentationPr `+slideNS+`><p:htmlPubPr r:id="`+web+`" title="`+d.at("title as published")+`"><p:sldAll/></p:htmlPubPr><p:showPr><p:present/></p:showPr></p:presentationPr>`)
	d.part("ppt/viewProps.xml", pType+"viewProps+xml", `<p:viewPr `+slideNS+`><p:normalViewPr><p:restoredLeft sz="20000"/><p:restoredTop sz="80000"/></p:normalViewPr></p:viewPr>`)
	font := d.rel(m, "font", "fonts/font1.fntdata", "")
	d.part("ppt/fonts/font1.fntdata", "application/x-fontdata", wideText(d.at("an embedded font")))
	for _, p := range [][4]string{
		{"commentAuthors", "commentAuthors.xml", pType + "commentAuthors+xml", `<p:cmAuthorLst ` + slideNS + `><p:cmAuthor id="0" name="` + d.at("author of a comment") + `" initials="X" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>`},
		{"http://schemas.microsoft.com/office/2018/10/relationships/authors", "authors.xml", "application/vnd.ms-powerpoint.authors+xml", `<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"><p188:author id="{2}" name="` + d.at("author of a reply") + `" initials="X" userId="x" providerId="None"/></p188:authorLst>`},
		{"http://schemas.microsoft.com/office/2016/11/relationships/changesInfo", "changesInfos/changesInfo1.xml", "application/vnd.ms-powerpoint.changesinfo+xml", `<pc:chgInfo xmlns:pc="http://schemas.microsoft.com/office/powerpoint/2013/main/command"><pc:chgData name="` + d.at("history of changes") + `"/></pc:chgInfo>`},
		{"http://schemas.microsoft.com/office/2015/10/relationships/revisionInfo", "revisionInfo.xml", "application/vnd.ms-powerpoint.revisioninfo+xml", `<p1510:revInfo xmlns:p1510="http://schemas.microsoft.com/office/powerpoint/2015/10/main"><p1510:client id="` + d.at("revision") + `"/></p1510:revInfo>`},
		{"customXml", "../customXml/item1.xml", "application/xml", `<record>` + d.at("custom XML") + `</record>`},
	} {
		d.rel(m, p[0], p[1], "")
		d.part(path.Join("ppt", p[1]), p[2], p[3])
	}
	d.rel(m, "printerSettings", "printerSettings/printerSettings1.bin", "")
	d.part("ppt/printerSettings/printerSettings1.bin", "", wideText("laser of "+d.at("printer settings")))
	d.rel(m, "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin", "")
	d.part("ppt/vbaProject.bin", "application/vnd.ms-office.vbaProject", "Sub by "+d.at("a macro"))
	sections := `<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst><p14:section name="` + d.joined("name of a section") + `" id="{6C1A4C5A-3B3C-4B0B-9C6A-8E0A4E4B7A01}"><p14:sldIdLst><p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext>`
	d.part(m, "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml", `<p:presentation `+slideNS+`><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="`+master+`"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="`+notes+`"/></p:notesMasterIdLst><p:handoutMasterIdLst><p:handoutMasterId r:id="`+handout+`"/></p:handoutMasterIdLst><p:sldIdLst>`+ids+`</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/><p:embeddedFontLst><p:embeddedFont><p:font typeface="`+d.at("name of a font")+` Sans"/><p:regular r:id="`+font+`"/></p:embeddedFont></p:embeddedFontLst><p:custShowLst><p:custShow name="`+d.joined("name of a custom show")+`" id="0"><p:sldLst>`+list+`</p:sldLst></p:custShow></p:custShowLst><p:modifyVerifier cryptAlgorithmSid="4" saltData="x" hashData="`+d.at("password against changes")+`"/><p:extLst>`+sections+`</p:extLst></p:presentation>`)
}

// around is what stands beside the presentation.
func (d *deck) around() {
	d.rel("", "officeDocument", "ppt/presentation.xml", "")
	d.rel("", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", "")
	d.rel("", "extended-properties", "docProps/app.xml", "")
	d.rel("", "custom-properties", "docProps/custom.xml", "")
	d.rel("", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.png", "")
	d.part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>`+d.at("author of the file")+`</dc:creator><cp:lastModifiedBy>`+d.at("who changed the file last")+`</cp:lastModifiedBy></cp:coreProperties>`)
	d.part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>`+d.at("company of the file")+`</Company></Properties>`)
	d.part("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Client"><vt:lpwstr>`+d.at("custom property")+`</vt:lpwstr></property></Properties>`)
	d.part("docProps/thumbnail.png", "", d.photo("thumbnail"))
	d.part("ppt/slides/old.xml", pType+"slide+xml", slide("", "", shape(2, "Title 1", ">", "title", words(d.at("slide that nothing names"))), ""))
}
