package odf_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office"
	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
	"consentry/redact/redacttest"
)

// format reads and writes without what is inside.
var format = office.New(office.Options{Inside: officetest.NoneInside})

const odfNS = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:chart="urn:oasis:names:tc:opendocument:xmlns:chart:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"`

// openDocument is an OpenDocument file of that type, whose manifest lists its files;
// mimetype is first.
func openDocument(t testing.TB, media string, files ...string) []byte {
	t.Helper()
	list := officetest.Header + `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="` + media + `"/>`
	for i := 0; i < len(files); i += 2 {
		kind := "text/xml"
		if !strings.HasSuffix(files[i], ".xml") {
			kind = ""
		}
		if folder, ok := strings.CutSuffix(files[i], "/content.xml"); ok {
			list += `<manifest:file-entry manifest:full-path="` + folder + `/" manifest:media-type="application/vnd.oasis.opendocument.chart"/>`
		}
		list += `<manifest:file-entry manifest:full-path="` + files[i] + `" manifest:media-type="` + kind + `"/>`
	}
	return officetest.Container(t, slices.Concat([]string{"mimetype", media}, files, []string{"META-INF/manifest.xml", list + `</manifest:manifest>`})...)
}

func contentXML(kind, before, body string) string {
	return officetest.Header + `<office:document-content` + odfNS + `>` + before + `<office:body><office:` + kind + `>` + body + `</office:` + kind + `></office:body></office:document-content>`
}

// beside are files that no output has.
func beside(p *officetest.Planted) []string {
	return []string{
		"meta.xml", officetest.Header + `<office:document-meta` + odfNS + `><office:meta><meta:initial-creator>` + p.At() + `</meta:initial-creator><dc:creator>` + p.At() + `</dc:creator><meta:user-defined meta:name="Client">` + p.At() + `</meta:user-defined></office:meta></office:document-meta>`,
		"settings.xml", officetest.Header + `<office:document-settings` + odfNS + `><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="ActiveTable" config:type="string">` + p.At() + `</config:config-item></config:config-item-set><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterName" config:type="string">` + p.At() + `</config:config-item><config:config-item config:name="PrinterIndependentLayout" config:type="string"><![CDATA[` + p.At() + `]]></config:config-item><config:config-item config:name="AddExternalLeading" config:type="boolean">true</config:config-item></config:config-item-set></office:settings></office:document-settings>`,
		"Thumbnails/thumbnail.png", p.At(),
		"manifest.rdf", officetest.Header + `<rdf>` + p.At() + `</rdf>`,
		"Basic/Standard/Module1.xml", officetest.Header + `<module>` + p.At() + `</module>`,
		"Configurations2/toolbar.xml", officetest.Header + `<toolbar>` + p.At() + `</toolbar>`,
		"META-INF/documentsignatures.xml", officetest.Header + `<signatures>` + p.At() + `</signatures>`,
		"ObjectReplacements/Object 1", p.At(),
	}
}

// chartObject is a chart inside a document.
func chartObject(p *officetest.Planted) []string {
	return []string{"Object 1/content.xml", officetest.Header + `<office:document-content` + odfNS + `><office:body><office:chart><chart:chart xlink:href="." xlink:type="simple" chart:class="chart:bar"><chart:title><text:p>` + p.At() + `</text:p></chart:title><chart:plot-area/><table:table table:name="local-table"><table:table-rows><table:table-row><table:table-cell office:value-type="string"><text:p>` + p.At() + `</text:p></table:table-cell></table:table-row></table:table-rows></table:table></chart:chart></office:chart></office:body></office:document-content>`}
}

func pageStyles(p *officetest.Planted) []string {
	return []string{"styles.xml", officetest.Header + `<office:document-styles` + odfNS + `><office:styles><style:style style:name="` + strings.ReplaceAll(p.At(), " ", "_20_") + `" style:display-name="` + p.Names[len(p.Names)-1] + `" style:family="paragraph"/></office:styles><office:automatic-styles><style:page-layout style:name="Mpm1"/></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Mpm1"><style:header><text:p>` + p.At() + `</text:p></style:header><style:footer><text:p>` + p.At() + `</text:p></style:footer></style:master-page></office:master-styles></office:document-styles>`}
}

const chartFrame = `<draw:frame draw:name="Chart" svg:width="5cm" svg:height="5cm"><draw:object xlink:href="./Object 1" xlink:type="simple"/><draw:image xlink:href="./ObjectReplacements/Object 1" xlink:type="simple"/></draw:frame>`

func canaryODT(t testing.TB, p *officetest.Planted) []byte {
	half := strings.SplitN(p.At(), " ", 2)
	style := p.Names[len(p.Names)-1]
	body := `<office:forms><form:form form:name="` + p.At() + `"><form:text form:name="field" form:current-value="` + p.At() + `"/></form:form></office:forms>` +
		`<text:tracked-changes><text:changed-region text:id="ct1"><text:deletion><office:change-info><dc:creator>` + p.At() + `</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info><text:p>` + p.At() + `</text:p></text:deletion></text:changed-region></text:tracked-changes>` +
		`<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="` + p.At() + `" text:name="Client"/></text:user-field-decls>` +
		`<text:p>Met <text:span>` + half[0] + ` </text:span><text:span text:style-name="` + strings.ReplaceAll(style, " ", "_20_") + `">` + half[1] + `</text:span>.<text:change text:change-id="ct1"/></text:p>` +
		`<text:h text:outline-level="1">` + p.At() + `<text:bookmark text:name="` + p.Word() + `"/></text:h>` +
		`<text:p>A<office:annotation office:name="` + p.At() + `"><dc:creator>` + p.At() + `</dc:creator><text:p>` + p.At() + `</text:p></office:annotation>B <text:author-name>` + p.At() + `</text:author-name> <text:hidden-text text:condition="ooow:TRUE" text:string-value="` + p.At() + `" text:is-hidden="true"/><text:conditional-text text:condition="ooow:TRUE" text:string-value-if-true="` + p.At() + `" text:string-value-if-false="` + p.At() + `">x</text:conditional-text></text:p>` +
		`<text:p><text:a xlink:type="simple" xlink:href="https://example.test/` + strings.ReplaceAll(p.At(), " ", "%20") + `" office:title="` + p.At() + `">here</text:a><text:a xlink:href="file:///home/` + p.Word() + `/x.odt">there</text:a><text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>` + p.At() + `</text:p></text:note-body></text:note></text:p>` +
		`<text:p><text:ruby><text:ruby-base>` + p.At() + `</text:ruby-base><text:ruby-text>` + p.At() + `</text:ruby-text></text:ruby><text:alphabetical-index-mark text:string-value="` + p.At() + `"/><text:bibliography-mark text:bibliography-type="book" text:author="` + p.At() + `">[1]</text:bibliography-mark></text:p>` +
		`<text:section text:name="` + p.At() + `" text:display="none"><text:p>` + p.At() + `</text:p></text:section>` +
		`<text:p><draw:frame draw:name="` + p.At() + `" svg:width="2cm" svg:height="2cm"><draw:image xlink:href="Pictures/` + p.Word() + `.png" xlink:type="simple"/><svg:title>` + p.At() + `</svg:title><svg:desc>` + p.At() + `</svg:desc></draw:frame>` + chartFrame + `<draw:frame svg:width="2cm" svg:height="2cm"><draw:text-box><text:p>` + p.At() + `</text:p></draw:text-box></draw:frame></text:p>` +
		`<table:table table:name="` + p.At() + `"><table:table-row><table:table-cell office:value-type="string"><text:p>` + p.At() + `</text:p></table:table-cell></table:table-row></table:table><!-- ` + p.At() + ` -->`
	picture := p.Names[slices.IndexFunc(p.Names, func(n string) bool {
		return strings.Contains(body, "Pictures/"+strings.ReplaceAll(n, " ", "_"))
	})]
	return openDocument(t, odf.ODT, slices.Concat([]string{"content.xml", contentXML("text", `<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" xlink:href="`+p.Word()+`"/></office:event-listeners></office:scripts><office:automatic-styles><style:style style:name="`+strings.ReplaceAll(style, " ", "_20_")+`" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>`, body),
		"Pictures/" + strings.ReplaceAll(picture, " ", "_") + ".png", p.At()}, pageStyles(p), chartObject(p), beside(p))...)
}

func canaryODS(t testing.TB, p *officetest.Planted) []byte {
	name := p.At()
	quoted := "'" + name + "'"
	body := `<table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-in-list(&quot;` + p.At() + `&quot;;&quot;no&quot;)"><table:help-message table:title="` + p.At() + `"><text:p>` + p.At() + `</text:p></table:help-message></table:content-validation></table:content-validations>` +
		`<table:table table:name="` + name + `"><table:shapes><draw:frame draw:name="` + p.At() + `" svg:width="5cm" svg:height="5cm"><draw:text-box><text:p>` + p.At() + `</text:p></draw:text-box></draw:frame>` + chartFrame + `</table:shapes>` +
		`<table:table-row><table:table-cell office:value-type="string" office:string-value="` + p.At() + `"><text:p>` + p.At() + `</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>` +
		`<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string"><text:p>` + p.At() + `</text:p><office:annotation><dc:creator>` + p.At() + `</dc:creator><text:p>` + p.At() + `</text:p></office:annotation></table:table-cell><table:table-cell table:formula="of:=IF(TRUE();&quot;` + p.At() + `&quot;;&quot;&quot;)" office:value-type="string" office:string-value="x"><text:p>x</text:p></table:table-cell></table:table-row></table:table>` +
		`<table:table table:name="Hidden" table:display="false"><table:table-row><table:table-cell office:value-type="string"><text:p>` + p.At() + `</text:p></table:table-cell><table:table-cell table:formula="of:=[$` + quoted + `.B1]" office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell><table:table-cell table:formula="of:='file:///home/` + p.Word() + `/x.ods'#$Sheet1.A1" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>` +
		`<table:named-expressions><table:named-range table:name="` + p.Word() + `" table:base-cell-address="$` + quoted + `.$A$1" table:cell-range-address="$` + quoted + `.$A$1:.$B$2"/></table:named-expressions><table:database-ranges><table:database-range table:name="` + p.Word() + `" table:target-range-address="` + quoted + `.A1:` + quoted + `.B2"><table:filter><table:filter-condition table:field-number="0" table:value="` + p.At() + `" table:operator="="/></table:filter></table:database-range></table:database-ranges>`
	return openDocument(t, odf.ODS, slices.Concat([]string{"content.xml", contentXML("spreadsheet", "", body)}, pageStyles(p), chartObject(p), beside(p))...)
}

func canaryODP(t testing.TB, p *officetest.Planted) []byte {
	body := `<presentation:footer-decl presentation:name="ftr1">` + p.At() + `</presentation:footer-decl>` +
		`<draw:page draw:name="` + p.At() + `" draw:master-page-name="Standard"><draw:frame draw:name="` + p.At() + `" presentation:class="title" svg:width="5cm" svg:height="5cm"><draw:text-box><text:p>` + p.At() + `</text:p></draw:text-box><svg:title>` + p.At() + `</svg:title><svg:desc>` + p.At() + `</svg:desc></draw:frame>` + chartFrame +
		`<draw:custom-shape svg:width="5cm" svg:height="5cm"><text:p>` + p.At() + `</text:p></draw:custom-shape><office:annotation><dc:creator>` + p.At() + `</dc:creator><text:p>` + p.At() + `</text:p></office:annotation>` +
		`<presentation:notes><draw:frame svg:width="5cm" svg:height="5cm"><draw:text-box><text:p>` + p.At() + `</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>` +
		`<draw:page draw:name="second" presentation:visibility="hidden"><draw:frame svg:width="5cm" svg:height="5cm"><draw:text-box><text:p>` + p.At() + `</text:p></draw:text-box></draw:frame></draw:page>` +
		`<presentation:settings><presentation:show presentation:name="` + p.At() + `" presentation:pages="second"/></presentation:settings>`
	return openDocument(t, odf.ODP, slices.Concat([]string{"content.xml", contentXML("presentation", "", body)}, pageStyles(p), chartObject(p), beside(p))...)
}

// canaries are the files by their names.
var canaries = map[string]func(testing.TB, *officetest.Planted) []byte{"canary.odt": canaryODT, "canary.ods": canaryODS, "canary.odp": canaryODP}

func TestODFCanaries(t *testing.T) {
	for name, make := range canaries {
		t.Run(name, func(t *testing.T) {
			var p officetest.Planted
			b := make(t, &p)
			if n := len(p.Left(t, b)); n != len(p.Names) || n < 20 {
				t.Fatalf("%d of %d names stand in the canary", n, len(p.Names))
			}
			out, media, seen, notes := officetest.Hidden(t, format, b, p.Names)
			if left := p.Left(t, out); len(left) > 0 {
				t.Errorf("%d of %d names are left: %q", len(left), len(p.Names), left)
			}
			t.Logf("%d places, %d names seen on pages, notes %+v", len(p.Names), len(seen), notes)
			for _, l := range officetest.Attacked(t, media, b, out, p.Places()) {
				t.Errorf("the attack: %s", l.Where)
			}
			plain, _, _, _ := officetest.Hidden(t, format, b, nil)
			if left := p.Left(t, plain); len(left) > len(seen) {
				t.Errorf("%d names are left where nothing was hidden, %d were shown", len(left), len(seen))
			}
			checkODF(t, out)
			checkODF(t, plain)
		})
	}
}

// checkODF looks whether a file is what the format asks for: its type first and not
// compressed, every file well formed and in its manifest, every address in it.
func checkODF(t *testing.T, b []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if f := z.File[0]; f.Name != "mimetype" || f.Method != zip.Store {
		t.Errorf("the first file is %s, packed by method %d", f.Name, f.Method)
	}
	names := map[string]string{}
	officetest.Unzipped(t, b, func(name string, b []byte) { names[name] = string(b) })
	for name, body := range names {
		if name != "mimetype" && name != "META-INF/manifest.xml" && !strings.Contains(names["META-INF/manifest.xml"], `full-path="`+name+`"`) {
			t.Errorf("%s is not in the manifest", name)
		}
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		for d := xml.NewDecoder(strings.NewReader(body)); ; {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			e, _ := tok.(xml.StartElement)
			for _, a := range e.Attr {
				target := strings.TrimPrefix(a.Value, "./")
				if a.Name.Local == "href" && strings.HasPrefix(a.Value, "./") && names[target] == "" && names[target+"/content.xml"] == "" {
					t.Errorf("%s leads nowhere", a.Value)
				}
			}
		}
	}
}

func TestODFFormat(t *testing.T) {
	var samples []redacttest.Sample
	text := openDocument(t, odf.ODT, "content.xml", contentXML("text", "", `<text:p>Wanda Fox met<text:s/>Ida.</text:p>`))
	samples = append(samples, redacttest.Sample{Name: "small.odt", Type: odf.ODT, Body: text})
	for _, name := range []string{"canary.odt", "canary.ods", "canary.odp"} {
		samples = append(samples, redacttest.Sample{Name: name, Body: canaries[name](t, &officetest.Planted{})})
	}
	redacttest.TestFormat(t, format, samples...)
}

// A cell in which something is hidden is a text; a sheet's new name stands wherever
// the old one did.
func TestODSRewrite(t *testing.T) {
	b := openDocument(t, odf.ODS, "content.xml", contentXML("spreadsheet", "", `<table:table table:name="Wanda Fox"><table:table-row><table:table-cell office:value-type="float" office:value="13800138000"><text:p>13800138000</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="2.5" table:formula="of:=[$'Wanda Fox'.A9]+1"><text:p>2.5</text:p></table:table-cell></table:table-row></table:table><table:named-expressions><table:named-range table:name="All" table:base-cell-address="$'Wanda Fox'.$A$1" table:cell-range-address="$'Wanda Fox'.$A$1:.$B$2"/></table:named-expressions>`))
	out, media, _, _ := officetest.Hidden(t, office.New(office.Options{}), b, []string{"Wanda Fox", "13800138000"})
	if media != odf.ODS {
		t.Error(media)
	}
	var content string
	officetest.Unzipped(t, out, func(name string, b []byte) {
		if name == "content.xml" {
			content = string(b)
		}
	})
	for _, want := range []string{
		`<table:table table:name="(客户1)">`, `<table:table-cell office:value-type="string"><text:p>[客户2]</text:p>`,
		`<table:table-cell table:number-columns-repeated="3" office:value-type="float" office:value="2.5" table:formula="of:=[$&#39;(客户1)&#39;.A9]+1"><text:p>2.5</text:p>`,
		`table:cell-range-address="$&#39;(客户1)&#39;.$A$1:.$B$2"`,
	} {
		if !strings.Contains(content, want) {
			t.Errorf("no %s in\n%s", want, content)
		}
	}
}

func TestODFRefused(t *testing.T) {
	whole := openDocument(t, odf.ODT, "content.xml", contentXML("text", "", `<text:p>Wanda</text:p>`))
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"encrypted":    {officetest.Container(t, "mimetype", odf.ODT, "content.xml", "\x00\x01", "META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`), redact.ErrPassword},
		"no XML":       {officetest.Container(t, "mimetype", odf.ODT, "content.xml", "<a>"), redact.ErrUnreadable},
		"another type": {officetest.Container(t, "mimetype", "application/vnd.oasis.opendocument.database", "content.xml", "<a/>"), redact.ErrUnreadable},
		"entities":     {officetest.Container(t, "mimetype", odf.ODT, "content.xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), redact.ErrUnreadable},
		"manifest":     {officetest.Container(t, "mimetype", odf.ODT, "content.xml", `<a/>`, "META-INF/manifest.xml", `<a`), redact.ErrUnreadable},
		"cut":          {whole[:len(whole)-30], redact.ErrUnreadable},
	} {
		_, err := office.New(office.Options{}).Open(t.Context(), redact.Asset{Size: int64(len(c.b))}, bytes.NewReader(c.b))
		if !errors.Is(err, redact.ErrUnreadable) || !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestODFSniff(t *testing.T) {
	out, _, _, _ := officetest.Hidden(t, office.New(office.Options{}), openDocument(t, odf.ODS+"-template", "content.xml", contentXML("spreadsheet", "", "")), nil)
	for media, b := range map[string][]byte{odf.ODS: out} {
		if got, err := office.Sniff("nameless", b[:min(len(b), 4096)]); got != media || err != nil {
			t.Errorf("%s is taken for %q, %v", media, got, err)
		}
	}
}

// A chart says that its figures are in itself (xlink:href "."), or in the document
// around it, and stays; an address that leads elsewhere does not.
func TestChartsStay(t *testing.T) {
	for _, c := range []struct{ address, want string }{{".", `xlink:href="."`}, {"..", `xlink:href=".."`}, {"./", `xlink:href="./"`}, {"file:///home/zhang/figures.ods", `xlink:href="."`}} {
		var p officetest.Planted
		chart := chartObject(&p)
		chart[1] = strings.Replace(chart[1], `xlink:href="."`, `xlink:href="`+c.address+`"`, 1)
		source := openDocument(t, odf.ODT, slices.Concat([]string{"content.xml", contentXML("text", "", `<text:p>`+chartFrame+`</text:p>`)}, pageStyles(&p), chart)...)
		out, _, _, _ := officetest.Hidden(t, format, source, p.Names)
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil {
			t.Fatal(err)
		}
		f, err := z.Open("Object 1/content.xml")
		if err != nil {
			t.Fatal("the chart is gone:", err)
		}
		b, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{c.want, "<chart:plot-area/>", "table:table-cell"} {
			if !strings.Contains(string(b), want) {
				t.Errorf("%q: the written chart lacks %s", c.address, want)
			}
		}
		if strings.Contains(string(b), "zhang") {
			t.Errorf("%q stays", c.address)
		}
	}
}

// Without it lines would break otherwise than in the source.
func TestLayoutStays(t *testing.T) {
	for value, want := range map[string]string{"high-resolution": "high-resolution", "disabled": "disabled", "Wanda Fox": "high-resolution"} {
		settings := officetest.Header + `<office:document-settings` + odfNS + `><office:settings><config:config-item-set config:name="ooo:configuration-settings"><config:config-item config:name="PrinterIndependentLayout" config:type="string">` + value + `</config:config-item></config:config-item-set></office:settings></office:document-settings>`
		out, _, _, _ := officetest.Hidden(t, format, openDocument(t, odf.ODT, "content.xml", contentXML("text", "", `<text:p>Wanda Fox</text:p>`), "settings.xml", settings), []string{"Wanda Fox"})
		officetest.Unzipped(t, out, func(name string, b []byte) {
			if name == "settings.xml" && !strings.Contains(string(b), `config:type="string">`+want+`</config:config-item>`) {
				t.Errorf("%s: %s", value, b)
			}
		})
	}
}
