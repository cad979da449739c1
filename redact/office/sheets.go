package office

import (
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strings"

	"consentry/redact/office/opc"
	"consentry/redact/office/parts"
	"consentry/redact/office/sheet"
	"consentry/redact/splice"
	"consentry/redact/xmltext"
)

const sheetMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

// sheetKind are Excel's workbooks.
var sheetKind = &opc.Kind{
	Kind: parts.Kind{
		Media:  XLSX,
		Rules:  sheetRules,
		Read:   readSheets,
		Settle: settleSheets,
		Body:   sheetsInOrder,
	},
	Folder: "xl",
	Main: []string{
		sheetMain,
		"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
		"application/vnd.ms-excel.sheet.macroenabled.main+xml",
		"application/vnd.ms-excel.template.macroenabled.main+xml",
		"application/vnd.ms-excel.addin.macroenabled.main+xml",
	},
	Types: map[string]string{
		"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": sheetMain,
		"application/vnd.ms-excel.sheet.macroenabled.main+xml":                          sheetMain,
		"application/vnd.ms-excel.template.macroenabled.main+xml":                       sheetMain,
		"application/vnd.ms-excel.addin.macroenabled.main+xml":                          sheetMain,
	},
	// Notes and threads, what is outside (links, connections, queries), the records
	// of pivot tables, slicers, settings of printers, macros and revisions are in no
	// output; the order of calculation is found anew.
	Parts: merged(drawingParts, map[string]parts.Treatment{
		"worksheet": readable, "chartsheet": readable, "dialogsheet": readable, "xlMacrosheet": readable, "xlIntlMacrosheet": readable,
		"sharedStrings": readable, "styles": readable, "table": readable, "drawing": readable,
		"pivotTable": readable, "pivotCacheDefinition": readable,
	}),
	Link:   linkSheets,
	Detach: merged(drawingDetach, map[string]bool{"x:pageSetup": true, "x:pivotCacheDefinition": true, "x:worksheetSource": true, "x:rangeSet": true}),
}

// sheetRules is the table for a part.
func sheetRules(by string, _ Options) *xmltext.Rules {
	switch by {
	case "officeDocument", "styles", "pivotTable", "pivotCacheDefinition":
		return &bookTable
	}
	return &sheetTable
}

// sheetElements say what the elements of SpreadsheetML are for (ISO/IEC 29500-1, 18).
var sheetElements = merged(drawingElements, map[string]xmltext.Element{
	// Formulas and page headers, which are read in a way of their own.
	"x:definedName": apart, "x:formula": apart, "x:formula1": apart, "x:formula2": apart, "x:calculatedColumnFormula": apart, "x:totalsRowFormula": apart,
	"xm:f": apart, "c:f": apart, "cx:f": apart,
	"x:oddHeader": apart, "x:oddFooter": apart, "x:evenHeader": apart, "x:evenFooter": apart, "x:firstHeader": apart, "x:firstFooter": apart,
	"xm:sqref": quiet,
	// Who made it, where, with what.
	"x:fileVersion": goes, "x:fileSharing": goes, "x:fileRecoveryPr": goes, "x15ac:absPath": goes, "xr:revisionPtr": goes,
	"x:customWorkbookViews": goes, "x:customSheetViews": goes, "x:webPublishing": goes, "x:webPublishObjects": goes, "x:webPublishItems": goes,
	"x:smartTagPr": goes, "x:smartTagTypes": goes, "x:smartTags": goes, "x:customProperties": goes,
	// What leads to parts that no output has.
	"x:externalReferences": goes, "x:oleObjects": goes, "x:controls": goes, "x:dataConsolidate": goes, "x:xmlColumnPr": goes,
	"x14:slicerList": goes, "x15:timelineRefs": goes, "x:tupleCache": goes,
	// Other values than those that are shown, and by whom.
	"x:scenarios": goes, "x:cellWatches": goes,
})

// sheetAttributes say what becomes of attributes.
var sheetAttributes = merged(drawingAttributes, map[string]xmltext.Use{
	"x:sheet@name": xmltext.Text, "x:definedName@name": xmltext.Text, "x:definedName@comment": xmltext.Text, "x:definedName@customMenu": xmltext.Text,
	"x:definedName@description": xmltext.Text, "x:definedName@help": xmltext.Text, "x:definedName@statusBar": xmltext.Text, "x:functionGroup@name": xmltext.Text,
	"@codeName": xmltext.DropAt, "@macro": xmltext.DropAt, "@xr:uid": xmltext.DropAt,
	"x:cellStyle@name": xmltext.Text, "x:tableStyle@name": xmltext.Text, "x:tableStyleInfo@name": xmltext.Text, "x:pivotTableStyleInfo@name": xmltext.Text,
	"x:numFmt@formatCode": xmltext.Text, "x:name@val": xmltext.Keep, "x:rFont@val": xmltext.Keep,
	"x:dataValidation@promptTitle": xmltext.Text, "x:dataValidation@prompt": xmltext.Text, "x:dataValidation@errorTitle": xmltext.Text, "x:dataValidation@error": xmltext.Text,
	"x14:dataValidation@promptTitle": xmltext.Text, "x14:dataValidation@prompt": xmltext.Text, "x14:dataValidation@errorTitle": xmltext.Text, "x14:dataValidation@error": xmltext.Text,
	"x:cfRule@text": xmltext.Text, "x14:cfRule@text": xmltext.Text, "x:cfvo@val": xmltext.Text,
	"x:filter@val": xmltext.Text, "x14:filter@val": xmltext.Text, "x:customFilter@val": xmltext.Text, "x14:customFilter@val": xmltext.Text,
	"x:hyperlink@location": xmltext.Text, "x:hyperlink@display": xmltext.Text, "x:hyperlink@tooltip": xmltext.Text, "xdr:sp@textlink": xmltext.Text,
	"x:protectedRange@name": xmltext.Text, "x:protectedRange@securityDescriptor": xmltext.DropAt,
	"x:table@name": xmltext.Text, "x:table@displayName": xmltext.Text, "x:table@comment": xmltext.Text, "x:table@tableType": xmltext.DropAt, "x:table@connectionId": xmltext.DropAt,
	"x:tableColumn@name": xmltext.Text, "x:tableColumn@totalsRowLabel": xmltext.Text, "x:tableColumn@uniqueName": xmltext.DropAt, "x:tableColumn@queryTableFieldId": xmltext.DropAt,
	"x14:table@altText": xmltext.Text, "x14:table@altTextSummary": xmltext.Text,
	"x:pivotTableDefinition@name": xmltext.Text, "x:pivotTableDefinition@dataCaption": xmltext.Text, "x:pivotTableDefinition@grandTotalCaption": xmltext.Text,
	"x:pivotTableDefinition@errorCaption": xmltext.Text, "x:pivotTableDefinition@missingCaption": xmltext.Text, "x:pivotTableDefinition@rowHeaderCaption": xmltext.Text,
	"x:pivotTableDefinition@colHeaderCaption": xmltext.Text, "x:pivotTableDefinition@tag": xmltext.DropAt,
	"x:pivotField@name": xmltext.Text, "x:pivotField@subtotalCaption": xmltext.Text, "x:item@n": xmltext.Text, "x:dataField@name": xmltext.Text,
	"x:pageField@name": xmltext.Text, "x:pageField@cap": xmltext.Text, "x:calculatedItem@formula": xmltext.Text, "x:filter@name": xmltext.Text, "x:filter@description": xmltext.Text,
	"x:filter@stringValue1": xmltext.Text, "x:filter@stringValue2": xmltext.Text,
	"x:pivotCacheDefinition@refreshedBy": xmltext.BlankAt, "x:pivotCacheDefinition@refreshedDate": xmltext.DropAt, "x:pivotCacheDefinition@refreshedDateIso": xmltext.DropAt,
	"x:pivotCacheDefinition@saveData": xmltext.DropAt, "x:pivotCacheDefinition@refreshOnLoad": xmltext.DropAt, "x:pivotCacheDefinition@recordCount": xmltext.DropAt,
	"x:cacheField@name": xmltext.Text, "x:cacheField@caption": xmltext.Text, "x:cacheField@formula": xmltext.Text, "x:cacheField@propertyName": xmltext.Text,
	"x:worksheetSource@sheet": xmltext.Text, "x:worksheetSource@name": xmltext.Text, "x:rangeSet@sheet": xmltext.Text, "x:rangeSet@name": xmltext.Text, "x:pageItem@name": xmltext.Text,
	"x:s@v": xmltext.Text, "x:s@c": xmltext.Text, "x:n@v": xmltext.Text, "x:n@c": xmltext.Text, "x:d@v": xmltext.Text, "x:d@c": xmltext.Text, "x:m@c": xmltext.Text, "x:e@c": xmltext.Text, "x:b@c": xmltext.Text,
	"x:sharedItems@minValue": xmltext.DropAt, "x:sharedItems@maxValue": xmltext.DropAt, "x:sharedItems@minDate": xmltext.DropAt, "x:sharedItems@maxDate": xmltext.DropAt,
	"x:rangePr@startNum": xmltext.Keep, "x:rangePr@endNum": xmltext.Keep,
	"x:cacheHierarchy@uniqueName": xmltext.Text, "x:cacheHierarchy@caption": xmltext.Text, "x:dimension@name": xmltext.Text, "x:dimension@caption": xmltext.Text, "x:measureGroup@name": xmltext.Text, "x:measureGroup@caption": xmltext.Text,
	"x:member@name": xmltext.Text, "x:mp@name": xmltext.Text, "x:pivotHierarchy@caption": xmltext.Text,
})

var sheetTable = xmltext.Rules{Spaces: spaces, References: references, Elements: sheetElements, Attributes: sheetAttributes, Known: numbered, Also: drawingAlso}

// bookTable is for the workbook, its styles and pivot tables, whose extensions lead
// to slicers and data models.
var bookTable = xmltext.Rules{Spaces: spaces, References: references, Attributes: sheetAttributes, Known: numbered, Also: drawingAlso,
	Elements: merged(sheetElements, map[string]xmltext.Element{"x:extLst": goes, "mc:AlternateContent": goes})}

func init() {
	maps.Copy(spaces, map[string]string{
		"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main":    "x14",
		"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main":   "x15",
		"http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac":     "x15ac",
		"http://schemas.microsoft.com/office/spreadsheetml/2014/revision":  "xr",
		"http://schemas.microsoft.com/office/spreadsheetml/2016/revision3": "xr",
		"http://schemas.microsoft.com/office/spreadsheetml/2015/revision2": "xr",
		"http://schemas.microsoft.com/office/excel/2006/main":              "xm",
	})
}

// formulaAt are the texts of XML that are formulas, and headerAt page headers.
var (
	formulaAt = map[string]bool{
		"x:definedName": true, "x:formula": true, "x:formula1": true, "x:formula2": true, "x:calculatedColumnFormula": true, "x:totalsRowFormula": true,
		"xm:f": true, "c:f": true, "cx:f": true, "x:hyperlink@location": true, "xdr:sp@textlink": true, "x:cacheField@formula": true, "x:calculatedItem@formula": true, "x:cfvo@val": true,
	}
	headerAt = map[string]bool{"x:oddHeader": true, "x:oddFooter": true, "x:evenHeader": true, "x:evenFooter": true, "x:firstHeader": true, "x:firstFooter": true}
)

// rowsPerPage bounds what a page of a long sheet holds.
const rowsPerPage = 5000

// A sheetPart is what is known of a part beside its XML's texts.
type sheetPart struct {
	sheet    *sheet.Sheet   // of a worksheet
	table    *sheet.Strings // of the table of strings
	dates    []bool         // of the styles: those that show dates
	formulas []xmltext.Found
}

// readSheets reads a part of a workbook.
func readSheets(ctx context.Context, d *parts.Document, p *parts.Part) (err error) {
	own := &sheetPart{}
	p.Own = own
	rules := sheetRules(p.By, d.Options)
	switch p.By {
	case "sharedStrings":
		if own.table, err = sheet.ReadStrings(p.Src, p.Index); err != nil {
			return err
		}
		p.XML = &xmltext.File{Always: own.table.Always}
		p.Skip = func() (int, int) { return 0, len(p.Src) }
		return nil
	case "worksheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet":
		table, dates, err := shared(ctx, d)
		if err != nil {
			return err
		}
		if own.sheet, err = sheet.Read(p.Src, p.Index, table, dates); err != nil {
			return err
		}
		p.Skip = own.sheet.Bytes
		if p.XML, err = around(p.Src, p.Index, p.Skip, rules); err != nil {
			return err
		}
		p.XML.Always = append(p.XML.Always, own.sheet.Always...)
	default:
		if p.XML, err = xmltext.Read(p.Src, p.Index, rules); err != nil {
			return err
		}
	}
	switch p.By {
	case "styles":
		if own.dates, err = dateStyles(p.Src); err != nil {
			return err
		}
	case "pivotCacheDefinition":
		unsaved(p)
	}
	return own.sort(p)
}

// shared reads the table of strings and the styles, which the sheets refer to.
func shared(ctx context.Context, d *parts.Document) (*sheet.Strings, []bool, error) {
	var table *sheet.Strings
	var dates []bool
	for _, r := range opc.Rels(d.Parts[0]) {
		if r.External || r.Kind != "sharedStrings" && r.Kind != "styles" || !d.Zip.Has(r.Target) {
			continue
		}
		p, err := d.Take(ctx, r.Target, r.Kind, readable)
		if err != nil {
			return nil, nil, err
		}
		if own, ok := p.Own.(*sheetPart); ok && own.table != nil {
			table = own.table
		} else if ok && own.dates != nil {
			dates = own.dates
		}
	}
	return table, dates, nil
}

// around reads what a file says beside the bytes that skip gives.
func around(src []byte, file int, skip func() (int, int), rules *xmltext.Rules) (*xmltext.File, error) {
	from, to := skip()
	f, err := xmltext.Read(slices.Concat(src[:from], src[to:]), file, rules)
	if err != nil || from == to {
		return f, err
	}
	move := func(at int) int {
		if at > from {
			return at + to - from
		}
		return at
	}
	both := func(a, b *int) {
		if *a >= from {
			*a += to - from
		}
		*b = move(*b)
	}
	for _, t := range f.Texts {
		for i := range t.Text {
			both(&t.Text[i].From, &t.Text[i].To)
		}
	}
	for i := range f.Always {
		both(&f.Always[i].From, &f.Always[i].To)
	}
	for i := range f.References {
		r := &f.References[i]
		both(&r.Tag[0], &r.Tag[1])
		both(&r.Attr[0], &r.Attr[1])
		both(&r.ValueAt[0], &r.ValueAt[1])
	}
	return f, nil
}

// sort takes formulas and page headers out of the texts and reads them.
func (own *sheetPart) sort(p *parts.Part) error {
	texts := p.XML.Texts[:0]
	for _, t := range p.XML.Texts {
		if t.Gone || len(t.Text) != 1 || !formulaAt[t.Where] && !headerAt[t.Where] {
			texts = append(texts, t)
			continue
		}
		piece := t.Text[0]
		switch {
		case strings.HasPrefix(string(p.Src[piece.From:piece.To]), "<![CDATA["):
			p.XML.Always = append(p.XML.Always, splice.Change{File: p.Index, From: piece.From, To: piece.To, With: []byte(noReference)})
			t.Gone = true
			texts = append(texts, t)
		case headerAt[t.Where]:
			text, err := sheet.Header(p.Src, p.Index, piece.From, piece.To)
			if err != nil {
				return err
			}
			if len(text) > 0 {
				t.Text = text
				texts = append(texts, t)
			}
		default:
			own.formulas = append(own.formulas, t)
		}
	}
	p.XML.Texts = texts
	return nil
}

// noReference is a formula that leads nowhere.
const noReference = "#REF!"

// unsaved says that the records of a pivot table are not in the file.
func unsaved(p *parts.Part) {
	s := xmltext.NewScanner(p.Src)
	for {
		t, more, err := s.Next()
		if err != nil || !more {
			return
		}
		if t.Kind == xmltext.Start {
			at := t.From + 1 + len(t.Name)
			p.XML.Always = append(p.XML.Always, splice.Change{File: p.Index, From: at, To: at, With: []byte(` saveData="0"`)})
			return
		}
	}
}

// dateStyles tells which styles of cells show a number as a date.
func dateStyles(src []byte) ([]bool, error) {
	var x struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Styles []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if err := xml.Unmarshal(src, &x); err != nil {
		return nil, fmt.Errorf("%w: styles", xmltext.ErrSyntax)
	}
	codes := map[int]string{}
	for _, f := range x.Formats {
		codes[f.ID] = f.Code
	}
	out := make([]bool, len(x.Styles))
	for i, s := range x.Styles {
		out[i] = sheet.IsDate(s.Format, codes[s.Format])
	}
	return out, nil
}

// sheetsInOrder are the sheets as the workbook has them, hidden ones too, then those
// that its list does not name.
func sheetsInOrder(d *parts.Document) (out []*parts.Part) {
	for _, ref := range d.Main.XML.References {
		for _, r := range opc.Rels(d.Main) {
			if ref.Element == "x:sheet" && r.ID == ref.Value && r.To != nil && !slices.Contains(out, r.To) {
				out = append(out, r.To)
			}
		}
	}
	for _, p := range d.Parts {
		if own, ok := p.Own.(*sheetPart); ok && own.sheet != nil && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// linkSheets lays out what sheets show, when all strings in use are known.
func linkSheets(d *parts.Document) error {
	for _, p := range d.Parts {
		own, ok := p.Own.(*sheetPart)
		if !ok {
			continue
		}
		if t := own.table; t != nil {
			said, changes := t.Unused()
			p.Always = append(p.Always, changes...)
			for _, s := range said {
				p.XML.Texts = append(p.XML.Texts, xmltext.Found{Text: s, Gone: true})
			}
			if len(t.Sounds()) > 0 {
				p.More = t.Sounds
			}
		}
		if s := own.sheet; s != nil {
			for from := 0; from == 0 || from < s.Rows(); from += rowsPerPage {
				p.Rows = append(p.Rows, func() []splice.Text { return s.Texts(from, min(from+rowsPerPage, s.Rows())) })
			}
		}
		if len(own.literals(p)) > 0 {
			p.More = func() []splice.Text { return own.literals(p) }
		}
	}
	return nil
}

// literals are the texts in the part's formulas.
func (own *sheetPart) literals(p *parts.Part) (out []splice.Text) {
	for _, f := range own.formulas {
		piece := f.Text[0]
		if t, err := sheet.Literals(p.Src, p.Index, piece.From, piece.To, piece.Encode); err == nil && t != nil {
			out = append(out, t)
		}
	}
	if own.sheet != nil {
		out = append(out, own.sheet.Literals()...)
	}
	return out
}
