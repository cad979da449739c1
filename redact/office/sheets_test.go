package office

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/officetest"
	"consentry/redact/redacttest"
)

const (
	sheetNS  = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	sheetPre = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// workbook is a container of a workbook: files, as name and body in turn, with their
// types and relationships, which are given as "from kind target".
func workbook(t testing.TB, main string, files []string, types map[string]string, rels ...string) []byte {
	t.Helper()
	list := officetest.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Default Extension="bin" ContentType="application/octet-stream"/><Override PartName="/xl/workbook.xml" ContentType="` + main + `"/>`
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range types {
			if !yield(n) {
				return
			}
		}
	}) {
		list += `<Override PartName="/` + name + `" ContentType="` + types[name] + `"/>`
	}
	by := map[string]string{"": `<Relationship Id="rId1" Type="` + relType + `officeDocument" Target="xl/workbook.xml"/>`}
	for _, r := range rels {
		f := strings.SplitN(r, " ", 4) // from, id, kind, target
		mode := ""
		if strings.Contains(f[3], "://") {
			mode = ` TargetMode="External"`
		}
		by[f[0]] += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"%s/>`, f[1], relType, f[2], f[3], mode)
	}
	all := []string{"[Content_Types].xml", list + `</Types>`}
	for from, r := range by {
		name := rootRels
		if from != "" {
			name = path.Join(path.Dir(from), "_rels", path.Base(from)+".rels")
		}
		all = append(all, name, relsOpen+r+`</Relationships>`)
	}
	return officetest.Container(t, append(all, files...)...)
}

// smallSheet is a workbook of two sheets.
func smallSheet(t testing.TB) []byte {
	return workbook(t, sheetMain, []string{
		"xl/workbook.xml", officetest.Header + `<workbook ` + sheetNS + `><sheets><sheet name="Wanda's list" sheetId="1" r:id="rId1"/><sheet name="Sums" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="Everybody">'Wanda''s list'!$A$1:$A$3</definedName></definedNames></workbook>`,
		"xl/worksheets/sheet1.xml", officetest.Header + `<worksheet ` + sheetNS + `><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0"><v>1.3800138000E10</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>Wanda Fox</t></is></c></row><row r="3"><c r="A3" t="s"><v>0</v></c></row></sheetData><headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Wanda Fox&amp;RPage &amp;P</oddHeader></headerFooter></worksheet>`,
		"xl/worksheets/sheet2.xml", officetest.Header + `<worksheet ` + sheetNS + `><sheetData><row r="1"><c r="A1" t="str"><f>'Wanda''s list'!A1&amp;" and Mona"</f><v>Wanda Fox and Mona</v></c><c r="B1"><f>COUNTA(Everybody)</f><v>3</v></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml", officetest.Header + `<sst ` + strings.Split(sheetNS, " ")[0] + `><si><r><t>Wanda </t></r><r><rPr><b/></rPr><t>Fox</t></r><rPh sb="0" eb="1"><t>ワンダ</t></rPh></si><si><t>Else_x0021_</t></si><si><t>unused Mona</t></si></sst>`,
	}, map[string]string{"xl/worksheets/sheet1.xml": sheetPre + "worksheet+xml", "xl/worksheets/sheet2.xml": sheetPre + "worksheet+xml", "xl/sharedStrings.xml": sheetPre + "sharedStrings+xml"},
		"xl/workbook.xml rId1 worksheet worksheets/sheet1.xml", "xl/workbook.xml rId2 worksheet worksheets/sheet2.xml", "xl/workbook.xml rId3 sharedStrings sharedStrings.xml")
}

func TestSheetFormat(t *testing.T) {
	redacttest.TestFormat(t, New(Options{Inside: officetest.NoneInside}), redacttest.Sample{Name: "small.xlsx", Type: XLSX, Body: smallSheet(t)},
		redacttest.Sample{Name: "canary.xlsm", Type: XLSX, Body: canarySheet(t, &officetest.Planted{})})
}

func TestSheetPages(t *testing.T) {
	b := smallSheet(t)
	d, err := New(Options{}).Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Spans {
			got = append(got, fmt.Sprintf("%s|%d|%s", p.Part, p.Index, s.Text))
		}
	}
	want := []string{
		"|0|Wanda Fox\t13800138000", "|0|Else!\tWanda Fox", "|0|Wanda Fox", "|1|Wanda Fox and Mona\t3",
		"part/xl/workbook.xml|0|Wanda's list", "part/xl/workbook.xml|0|Sums", "part/xl/workbook.xml|0|Everybody",
		"part/xl/sharedStrings.xml|0|ワンダ", "part/xl/worksheets/sheet1.xml|0|Wanda Fox\nPage  ", "part/xl/worksheets/sheet2.xml|0| and Mona",
		"metadata|0|unused Mona",
	}
	if !slices.Equal(got, want) {
		t.Errorf("\n%q\n%q", got, want)
	}
}

// What goes in one cell of a string goes in all; numbers become texts; names of
// sheets change with what refers to them.
func TestSheetRewrite(t *testing.T) {
	out, media, _, _ := officetest.Hidden(t, New(Options{}), smallSheet(t), []string{"Wanda Fox", "Wanda's list", "13800138000"})
	if media != XLSX {
		t.Error(media)
	}
	got := map[string]string{}
	officetest.Unzipped(t, out, func(name string, b []byte) { got[name] = string(b) })
	for name, wants := range map[string][]string{
		"xl/workbook.xml":          {`<sheet name="(客户2)"`, `>'(客户2)'!$A$1:$A$3<`},
		"xl/worksheets/sheet1.xml": {`<c r="B1" s="0" t="inlineStr"><is><t xml:space="preserve">[客户3]</t></is></c>`, `<c r="B2" t="inlineStr"><is><t xml:space="preserve">[客户1]</t></is></c>`, `&amp;12[客户1]&amp;RPage &amp;P`},
		"xl/worksheets/sheet2.xml": {`<c r="A1" t="inlineStr"><is><t xml:space="preserve">[客户1] and Mona</t></is></c>`, `<f>COUNTA(Everybody)</f>`},
		"xl/sharedStrings.xml":     {`<si><r><t xml:space="preserve">[客户1]</t></r><r><rPr><b/></rPr><t xml:space="preserve"></t></r></si><si><t>Else_x0021_</t></si><si><t></t></si>`},
	} {
		for _, w := range wants {
			if !strings.Contains(got[name], w) {
				t.Errorf("%s lacks %s:\n%s", name, w, got[name])
			}
		}
	}
}

// canarySheet is a workbook with a name in each place that may hide one.
func canarySheet(t testing.TB, p *officetest.Planted) []byte {
	t.Helper()
	sheetName, hiddenName, deepName := p.At(), p.At(), p.At()
	rangeName, tableName, columnName := p.Word(), p.Word(), p.At()
	first := p.At()
	strs := []string{first, columnName, "Amount", p.At()}
	sst := officetest.Header + `<sst ` + strings.Split(sheetNS, " ")[0] + `>`
	for _, s := range strs[:3] {
		sst += `<si><t>` + s + `</t></si>`
	}
	half := strings.SplitN(p.At(), " ", 2)
	sst += `<si><t>` + strs[3] + `</t></si>` + // used by no cell
		`<si><r><rPr><rFont val="` + first + `"/></rPr><t xml:space="preserve">` + half[0] + ` </t></r><r><rPr><b/></rPr><t>` + half[1] + `</t></r><rPh sb="0" eb="2"><t>` + p.At() + `</t></rPh></si>` +
		`<!-- ` + p.At() + ` --></sst>`
	cell := func(ref, inner string) string { return `<c r="` + ref + `"` + inner + `</c>` }
	sheet1 := officetest.Header + `<worksheet ` + sheetNS + ` xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetPr codeName="` + p.Word() + `"/><sheetData>` +
		`<row r="1">` + cell("A1", ` t="s"><v>1</v>`) + cell("B1", ` t="s"><v>2</v>`) + `</row>` +
		`<row r="2" hidden="1">` + cell("A2", ` t="s"><v>0</v>`) + cell("B2", `><v>1</v>`) + `</row>` +
		`<row r="3">` + cell("A3", ` t="s"><v>4</v>`) + cell("B3", `><f>`+rangeName+`+SUM(`+tableName+`[`+columnName+`])</f><v>7</v>`) + `</row>` +
		`<row r="4">` + cell("D4", ` t="inlineStr"><is><t>`+p.At()+`</t></is>`) + cell("E4", ` t="str"><f t="shared" ref="E4:E5" si="0">IF(TRUE,"`+p.At()+`","no")</f><v>`+p.At()+`</v>`) + `</row>` +
		`<row r="5">` + cell("D5", ` t="str"><f>'`+sheetName+`'!A1&amp;[1]Sheet1!A1</f><v>x</v>`) + cell("E5", ` t="str"><f t="shared" si="0"/><v>yes</v>`) + cell("F5", ` t="d"><v>`+p.At()+`</v>`) + `<extLst>` + p.At() + `</extLst></row>` +
		`</sheetData><protectedRanges><protectedRange name="` + p.Word() + `" sqref="Z1"/></protectedRanges><scenarios><scenario name="` + p.At() + `" user="` + p.At() + `" count="1"><inputCells r="Z9" val="` + p.At() + `"/></scenario></scenarios>` +
		`<autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="` + p.At() + `"/></filters></filterColumn></autoFilter>` +
		`<customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}"><oddHeader>` + p.At() + `</oddHeader></customSheetView></customSheetViews>` +
		`<conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" operator="containsText" text="` + p.At() + `"><formula>NOT(ISERROR(SEARCH("` + p.At() + `",A1)))</formula></cfRule></conditionalFormatting>` +
		`<dataValidations count="1"><dataValidation type="list" sqref="B9" promptTitle="` + p.At() + `" prompt="` + p.At() + `" errorTitle="` + p.At() + `" error="` + p.At() + `"><formula1>"` + p.At() + `,nobody"</formula1></dataValidation></dataValidations>` +
		`<hyperlinks><hyperlink ref="A9" location="'` + hiddenName + `'!A1" display="` + p.At() + `" tooltip="` + p.At() + `"/><hyperlink ref="A10" r:id="rId1"/></hyperlinks>` +
		`<pageSetup r:id="rId9"/><headerFooter><oddHeader>&amp;C` + p.At() + `</oddHeader><oddFooter>&amp;L&amp;"Arial,Bold"&amp;10` + p.At() + `&amp;R&amp;P</oddFooter></headerFooter>` +
		`<drawing r:id="rId2"/><legacyDrawing r:id="rId4"/><tableParts count="1"><tablePart r:id="rId3"/></tableParts>` +
		`<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidation type="list" prompt="` + p.At() + `"><x14:formula1><xm:f>'` + sheetName + `'!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B10</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>`
	plain := func(name string) string {
		return officetest.Header + `<worksheet ` + sheetNS + `><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` + name + `</t></is></c></row></sheetData></worksheet>`
	}
	files := []string{
		"xl/workbook.xml", officetest.Header + `<workbook ` + sheetNS + ` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x15" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><fileSharing userName="` + p.At() + `"/><workbookPr codeName="` + p.Word() + `"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\Users\` + p.At() + `\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>` +
			`<sheets><sheet name="` + sheetName + `" sheetId="1" r:id="rId1"/><sheet name="` + hiddenName + `" sheetId="2" state="hidden" r:id="rId2"/><sheet name="` + deepName + `" sheetId="3" state="veryHidden" r:id="rId3"/></sheets><externalReferences><externalReference r:id="rId7"/></externalReferences>` +
			`<definedNames><definedName name="` + rangeName + `" comment="` + p.At() + `">'` + sheetName + `'!$B$2</definedName><definedName name="Motto" hidden="1">"` + p.At() + `"</definedName></definedNames><customWorkbookViews><customWorkbookView name="` + p.At() + `" guid="{00000000-0000-0000-0000-000000000001}"/></customWorkbookViews><pivotCaches><pivotCache cacheId="1" r:id="rId6"/></pivotCaches></workbook>`,
		"xl/worksheets/sheet1.xml", sheet1,
		"xl/worksheets/sheet2.xml", plain(p.At()),
		"xl/worksheets/sheet3.xml", plain(p.At()),
		"xl/sharedStrings.xml", sst,
		"xl/styles.xml", officetest.Header + `<styleSheet ` + strings.Split(sheetNS, " ")[0] + `><numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;` + p.At() + `&quot;\ 0"/></numFmts><fonts count="1"><font><name val="` + first + `"/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs><cellStyles count="1"><cellStyle name="` + p.At() + `" xfId="0"/></cellStyles></styleSheet>`,
		"xl/tables/table1.xml", officetest.Header + `<table ` + strings.Split(sheetNS, " ")[0] + ` id="1" name="` + tableName + `" displayName="` + tableName + `" ref="A1:B3" comment="` + p.At() + `" totalsRowShown="0"><tableColumns count="2"><tableColumn id="1" name="` + columnName + `" totalsRowLabel="` + p.At() + `"/><tableColumn id="2" name="Amount"/></tableColumns></table>`,
		"xl/drawings/drawing1.xml", officetest.Header + `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="900000" cy="900000"/><xdr:sp macro="` + p.Word() + `" textlink="'` + sheetName + `'!A1"><xdr:nvSpPr><xdr:cNvPr id="2" name="` + p.At() + `" descr="` + p.At() + `"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>` + p.At() + `</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>`,
		"xl/pivotCache/pivotCacheDefinition1.xml", officetest.Header + `<pivotCacheDefinition ` + sheetNS + ` r:id="rId1" refreshedBy="` + p.At() + `" recordCount="2"><cacheSource type="worksheet"><worksheetSource ref="A1:B3" sheet="` + sheetName + `"/></cacheSource><cacheFields count="2"><cacheField name="` + columnName + `"><sharedItems count="2"><s v="` + p.At() + `"/><s v="` + p.At() + `"/></sharedItems></cacheField><cacheField name="Amount"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>`,
		"xl/pivotCache/pivotCacheRecords1.xml", officetest.Header + `<pivotCacheRecords ` + sheetNS + `><r><s v="` + p.At() + `"/></r></pivotCacheRecords>`,
		"xl/pivotTables/pivotTable1.xml", officetest.Header + `<pivotTableDefinition ` + sheetNS + ` name="` + p.At() + `" cacheId="1" dataCaption="` + p.At() + `"><location ref="A10:B12" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField name="` + p.At() + `" axis="axisRow"><items count="2"><item n="` + p.At() + `" x="0"/><item x="1"/></items></pivotField><pivotField dataField="1"/></pivotFields><dataFields count="1"><dataField name="` + p.At() + `" fld="1"/></dataFields></pivotTableDefinition>`,
		"xl/comments1.xml", officetest.Header + `<comments ` + sheetNS + `><authors><author>` + p.At() + `</author></authors><commentList><comment ref="A1" authorId="0"><text><t>` + p.At() + `</t></text></comment></commentList></comments>`,
		"xl/persons/person.xml", officetest.Header + `<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person displayName="` + p.At() + `"/></personList>`,
		"xl/threadedComments/threadedComment1.xml", officetest.Header + `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A1"><text>` + p.At() + `</text></threadedComment></ThreadedComments>`,
		"xl/drawings/vmlDrawing1.vml", `<xml>` + p.At() + `</xml>`,
		"xl/printerSettings/printerSettings1.bin", p.At(),
		"xl/externalLinks/externalLink1.xml", officetest.Header + `<externalLink ` + sheetNS + `><externalBook r:id="rId1"><sheetNames><sheetName val="` + p.At() + `"/></sheetNames></externalBook></externalLink>`,
		"xl/connections.xml", officetest.Header + `<connections ` + sheetNS + `><connection name="` + p.At() + `"/></connections>`,
		"xl/vbaProject.bin", p.At(),
		"docProps/core.xml", officetest.Header + `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:creator>` + p.At() + `</dc:creator></cp:coreProperties>`,
		"customXml/item1.xml", officetest.Header + `<x>` + p.At() + `</x>`,
	}
	address := strings.ReplaceAll(p.At(), " ", "%20")
	return workbook(t, "application/vnd.ms-excel.sheet.macroEnabled.main+xml", files, map[string]string{
		"xl/worksheets/sheet1.xml": sheetPre + "worksheet+xml", "xl/worksheets/sheet2.xml": sheetPre + "worksheet+xml", "xl/worksheets/sheet3.xml": sheetPre + "worksheet+xml",
		"xl/sharedStrings.xml": sheetPre + "sharedStrings+xml", "xl/styles.xml": sheetPre + "styles+xml", "xl/tables/table1.xml": sheetPre + "table+xml",
		"xl/drawings/drawing1.xml": "application/vnd.openxmlformats-officedocument.drawing+xml", "xl/pivotCache/pivotCacheDefinition1.xml": sheetPre + "pivotCacheDefinition+xml",
		"xl/pivotCache/pivotCacheRecords1.xml": sheetPre + "pivotCacheRecords+xml", "xl/pivotTables/pivotTable1.xml": sheetPre + "pivotTable+xml", "xl/comments1.xml": sheetPre + "comments+xml",
		"xl/externalLinks/externalLink1.xml": sheetPre + "externalLink+xml", "xl/connections.xml": sheetPre + "connections+xml",
	},
		"xl/workbook.xml rId1 worksheet worksheets/sheet1.xml", "xl/workbook.xml rId2 worksheet worksheets/sheet2.xml", "xl/workbook.xml rId3 worksheet worksheets/sheet3.xml",
		"xl/workbook.xml rId4 sharedStrings sharedStrings.xml", "xl/workbook.xml rId5 styles styles.xml", "xl/workbook.xml rId6 pivotCacheDefinition pivotCache/pivotCacheDefinition1.xml",
		"xl/workbook.xml rId7 externalLink externalLinks/externalLink1.xml", "xl/workbook.xml rId8 connections connections.xml", "xl/workbook.xml rId9 vbaProject vbaProject.bin", "xl/workbook.xml rId10 person persons/person.xml",
		"xl/worksheets/sheet1.xml rId1 hyperlink https://example.test/"+address, "xl/worksheets/sheet1.xml rId2 drawing ../drawings/drawing1.xml", "xl/worksheets/sheet1.xml rId3 table ../tables/table1.xml",
		"xl/worksheets/sheet1.xml rId4 vmlDrawing ../drawings/vmlDrawing1.vml", "xl/worksheets/sheet1.xml rId5 comments ../comments1.xml", "xl/worksheets/sheet1.xml rId6 threadedComment ../threadedComments/threadedComment1.xml",
		"xl/worksheets/sheet1.xml rId7 pivotTable ../pivotTables/pivotTable1.xml", "xl/worksheets/sheet1.xml rId9 printerSettings ../printerSettings/printerSettings1.bin",
		"xl/pivotTables/pivotTable1.xml rId1 pivotCacheDefinition ../pivotCache/pivotCacheDefinition1.xml", "xl/pivotCache/pivotCacheDefinition1.xml rId1 pivotCacheRecords pivotCacheRecords1.xml",
		" rId2 metadata/core-properties docProps/core.xml", " rId3 customXml customXml/item1.xml")
}

func TestSheetCanary(t *testing.T) {
	var p officetest.Planted
	b := canarySheet(t, &p)
	if n := len(p.Left(t, b)); n != len(p.Names) || n < 30 {
		t.Fatalf("%d of %d names stand in the canary", n, len(p.Names))
	}
	out, _, seen, notes := officetest.Hidden(t, New(Options{Inside: officetest.NoneInside}), b, p.Names)
	if left := p.Left(t, out); len(left) > 0 {
		t.Errorf("%d of %d names are left: %q", len(left), len(p.Names), left)
	}
	t.Logf("%d places, %d names seen on pages, notes %+v", len(p.Names), len(seen), notes)
	for _, l := range officetest.Attacked(t, XLSX, b, out, p.Places()) {
		t.Errorf("the attack: %s", l.Where)
	}
	officetest.Unzipped(t, out, func(name string, b []byte) {
		for d := xml.NewDecoder(bytes.NewReader(b)); ; {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
		}
	})
	// Hiding nothing leaves no trace of what no output has.
	plain, _, _, _ := officetest.Hidden(t, New(Options{Inside: officetest.NoneInside}), b, nil)
	if left, kept := p.Left(t, plain), len(seen); len(left) > kept {
		t.Errorf("%d names are left, only %d were shown", len(left), kept)
	}
}

// tabled is a workbook with a table of two columns, whose cells one string fills
// where they are alike, and formulas by the names of the table, its columns, the
// sheet and a range.
func tabled(t testing.TB) []byte {
	return workbook(t, sheetMain, []string{
		"xl/workbook.xml", officetest.Header + `<workbook ` + sheetNS + `><sheets><sheet name="Wanda Fox" sheetId="1" r:id="rId1"/><sheet name="Sums" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="Ida_Stone">'Wanda Fox'!$B$2:$B$3</definedName></definedNames></workbook>`,
		"xl/worksheets/sheet1.xml", officetest.Header + `<worksheet ` + sheetNS + `><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Ida Stone</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row><row r="3"><c r="A3"><v>5</v></c><c r="B3"><v>4</v></c></row></sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>`,
		"xl/worksheets/sheet2.xml", officetest.Header + `<worksheet ` + sheetNS + `><sheetData><row r="1"><c r="A1"><f>SUM(Ida_Stone)</f><v>6</v></c></row><row r="2"><c r="B2"><f>SUM(Pay[Wanda Fox])</f></c><c r="C2"><f>'Wanda Fox'!B3</f></c></row></sheetData></worksheet>`,
		"xl/sharedStrings.xml", officetest.Header + `<sst ` + strings.Split(sheetNS, " ")[0] + `><si><t>Wanda Fox</t></si></sst>`,
		"xl/tables/table1.xml", officetest.Header + `<table ` + strings.Split(sheetNS, " ")[0] + ` id="1" name="Pay" displayName="Pay" ref="A1:B3" totalsRowShown="0"><tableColumns count="2"><tableColumn id="1" name="Wanda Fox"/><tableColumn id="2" name="Ida Stone"/></tableColumns></table>`,
	}, map[string]string{"xl/worksheets/sheet1.xml": sheetPre + "worksheet+xml", "xl/worksheets/sheet2.xml": sheetPre + "worksheet+xml", "xl/sharedStrings.xml": sheetPre + "sharedStrings+xml", "xl/tables/table1.xml": sheetPre + "table+xml"},
		"xl/workbook.xml rId1 worksheet worksheets/sheet1.xml", "xl/workbook.xml rId2 worksheet worksheets/sheet2.xml", "xl/workbook.xml rId3 sharedStrings sharedStrings.xml", "xl/worksheets/sheet1.xml rId1 table ../tables/table1.xml")
}

// Names change with everything that uses them, and no two are alike that must not be.
func TestSheetNames(t *testing.T) {
	b := tabled(t)
	for about, c := range map[string]struct {
		with  map[string]string
		wants []string
	}{
		"labels": {map[string]string{"Wanda Fox": "[A]", "Ida Stone": "[B]", "Ida_Stone": "[B]"}, []string{
			`<sheet name="(A)"`, `<definedName name="__B_">'(A)'!$B$2:$B$3`, `<f>SUM(__B_)</f>`, `<f>SUM(Pay['[A']])</f>`, `<f>'(A)'!B3</f>`, `<tableColumn id="1" name="[A]"/><tableColumn id="2" name="[B]"/>`,
		}},
		"one label for both": {map[string]string{"Wanda Fox": "[A]", "Ida Stone": "[A]", "Ida_Stone": "[A]"}, []string{
			`<tableColumn id="1" name="[A]"/><tableColumn id="2" name="[A]2"/>`, `<t xml:space="preserve">[A]2</t>`,
		}},
		"only the column's name": {map[string]string{"Wanda Fox/part": "[A]"}, []string{`<tableColumn id="1" name="[A]"/>`, `<c r="A1" t="inlineStr"><is><t xml:space="preserve">[A]</t></is></c>`}},
	} {
		d, pages := officetest.PagesOf(t, New(Options{}), b)
		var rs []redact.Redaction
		for _, p := range pages {
			for _, s := range p.Spans {
				for name, with := range c.with {
					name, part := strings.CutSuffix(name, "/part")
					if i := strings.Index(s.Text, name); i >= 0 && (!part || strings.Contains(p.Part, "table")) {
						from := s.Offset + len([]rune(s.Text[:i]))
						rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: from, End: from + len([]rune(name))}, With: with})
					}
				}
			}
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
			t.Fatal(about, err)
		}
		all := ""
		for _, f := range officetest.Unpacked(t, out.Bytes()) {
			all += f
		}
		for _, w := range c.wants {
			if !strings.Contains(all, w) {
				t.Errorf("%s: no %s in\n%s", about, w, all)
			}
		}
	}
}

// A sheet that the workbook leads to and does not list is read as the others are.
func TestSheetUnlisted(t *testing.T) {
	var files []string
	for name, body := range officetest.Unpacked(t, smallSheet(t)) {
		files = append(files, name, strings.Replace(body, `<sheet name="Sums" sheetId="2" r:id="rId2"/>`, "", 1))
	}
	out, _, seen, _ := officetest.Hidden(t, New(Options{}), officetest.Container(t, files...), []string{"Wanda Fox and Mona"})
	if seen["Wanda Fox and Mona"] == 0 {
		t.Error("it is not shown")
	}
	if s := officetest.Unpacked(t, out)["xl/worksheets/sheet2.xml"]; strings.Contains(s, "Mona</v>") {
		t.Error(s)
	}
}
