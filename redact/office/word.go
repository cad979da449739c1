package office

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"consentry/redact/office/opc"
	"consentry/redact/office/parts"
	"consentry/redact/xmltext"
)

// wordKind are Word's documents.
var wordKind = &opc.Kind{
	Kind: parts.Kind{
		Media: DOCX,
		Rules: func(_ string, o Options) *xmltext.Rules {
			if o.KeepChanges {
				return &wordKeeping
			}
			return &wordSettled
		},
		Settle:  settleWord,
		Changes: []string{"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:cellIns", "w:cellDel"},
		Body:    func(d *parts.Document) []*parts.Part { return []*parts.Part{d.Main} },
	},
	Folder: "word",
	Main: []string{
		wordMain,
		"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
		"application/vnd.ms-word.document.macroenabled.main+xml",
		"application/vnd.ms-word.template.macroenabledtemplate.main+xml",
	},
	Types: map[string]string{
		"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": wordMain,
		"application/vnd.ms-word.document.macroenabled.main+xml":                           wordMain,
		"application/vnd.ms-word.template.macroenabledtemplate.main+xml":                   wordMain,
	},
	Parts: merged(drawingParts, map[string]parts.Treatment{
		"styles": readable, "settings": readable, "webSettings": readable, "fontTable": readable, "numbering": readable,
		"footnotes": readable, "endnotes": readable, "header": readable, "footer": readable, "glossaryDocument": readable,
		"aFChunk": parts.Embedded,
	}),
	Kept: map[string]parts.Treatment{"comments": readable},
	// A link keeps its words, a picture its frame.
	Detach: merged(drawingDetach, map[string]bool{"w:hyperlink": true, "v:imagedata": true, "v:fill": true, "v:stroke": true}),
}

const wordMain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

func init() {
	maps.Copy(spaces, map[string]string{
		"http://schemas.microsoft.com/office/word/2009/2/wordml":              "w14", // of the preview
		"http://schemas.microsoft.com/office/word/2016/wordml/cid":            "w16cid",
		"http://schemas.microsoft.com/office/word/2018/wordml":                "w16",
		"http://schemas.microsoft.com/office/word/2018/wordml/cex":            "w16cex",
		"http://schemas.microsoft.com/office/word/2023/wordml/word16du":       "w16du",
		"http://schemas.microsoft.com/office/word/2015/wordml/symex":          "w16se",
		"http://schemas.microsoft.com/office/word/2006/wordml":                "wne",
		"http://schemas.openxmlformats.org/schemaLibrary/2006/main":           "sl",
		"http://schemas.openxmlformats.org/officeDocument/2006/customXml":     "ds",
		"http://schemas.microsoft.com/office/drawing/2014/main":               "a16",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing": "wp14",
	})
}

// wordElements say what the elements of WordprocessingML and of VML are for
// (ISO/IEC 29500-1, 17; ISO/IEC 29500-4, 19; [MS-DOCX]).
var wordElements = map[string]xmltext.Element{
	"w:p": {Role: xmltext.Block}, "w:t": {Role: xmltext.Run, Encode: wordText}, "w:delText": {Role: xmltext.Run, Encode: wordText},
	"w:tab": {Role: xmltext.Break, Break: "\t"}, "w:ptab": {Role: xmltext.Break, Break: "\t"}, "w:br": {Role: xmltext.Break, Break: "\n"}, "w:cr": {Role: xmltext.Break, Break: "\n"},
	"w:noBreakHyphen": {Role: xmltext.Break, Break: "-", Encode: wordText},
	"w:tabs/w:tab":    {}, // a stop of the ruler
	// Instructions of fields, in as many runs as they stand.
	"w:instrText": {Role: xmltext.Apart}, "w:delInstrText": {Role: xmltext.Apart}, "w:fldData": goes,
	// Hidden text is no part of the words around it. Also sees to its being switched on.
	"w:rPr/w:vanish": {Role: xmltext.Apart, Up: "w:r"},
	// What is read beside a text tells it.
	"w:rt": {Role: xmltext.Gloss},
	// A fallback says the same again.
	"mc:Fallback": {Role: xmltext.Block},
	// What says who wrote it with which program, and what leads to parts that go.
	"w:rsids": goes, "w:docVars": goes, "w:attachedTemplate": goes, "w:mailMerge": goes, "w:saveThroughXslt": goes, "w:attachedSchema": goes, "sl:schemaLibrary": goes,
	"w:smartTagType": goes, "w:smartTagPr": goes, "w:customXmlPr": goes, "w:activeWritingStyle": goes, "w:dataBinding": goes, "w15:dataBinding": goes, "w:linkStyles": goes,
	"w15:docId": goes, "w14:docId": goes, "w:docId": goes, "w:printerSettings": goes, "w:subDoc": goes, "w:movie": goes, "w:contentPart": goes, "w14:contentPart": goes,
	"w:embedRegular": goes, "w:embedBold": goes, "w:embedItalic": goes, "w:embedBoldItalic": goes, "w:embedTrueTypeFonts": goes, "w:saveSubsetFonts": goes,
	"w:smartTag": {Role: xmltext.Unwrap}, "w:customXml": {Role: xmltext.Unwrap},
	"w:permStart": goes, "w:permEnd": goes, // whom an editor lets in
	"w14:conflictMode": goes, "w14:conflictIns": goes, "w14:conflictDel": goes,
	"w:sectPr/w:printerSettings": goes,
	"o:idmap":                    quiet, "v:f": quiet,
}

// wordSettling are the elements of changes, as they are settled.
var wordSettling = map[string]xmltext.Element{
	"w:ins": {Role: xmltext.Unwrap}, "w:moveTo": {Role: xmltext.Unwrap}, "w:del": goes, "w:moveFrom": goes,
	// A paragraph whose mark was deleted is one with the next (settleWord).
	"w:rPr/w:del": {Role: xmltext.Lead, Up: "w:p", Goes: true}, "w:rPr/w:moveFrom": {Role: xmltext.Lead, Up: "w:p", Goes: true},
	"w:trPr/w:del": {Role: xmltext.Drop, Up: "w:tr"}, "w:cellIns": goes, "w:cellDel": {Role: xmltext.Drop, Up: "w:tc"}, "w:cellMerge": goes,
	"w:trackRevisions":   goes,
	"w:commentReference": goes, "w:commentRangeStart": goes, "w:commentRangeEnd": goes, "w:annotationRef": goes,
}

// wordKept are the elements of changes and comments that are kept. A deleted text
// is none of the text around it.
var wordKept = map[string]xmltext.Element{
	"w:del": {Role: xmltext.Block}, "w:moveFrom": {Role: xmltext.Block},
	"w:rPr/w:del": {}, "w:rPr/w:moveFrom": {}, "w:trPr/w:del": {},
}

// wordAttributes say what becomes of attributes.
var wordAttributes = map[string]xmltext.Use{
	"@w:rsidR": xmltext.DropAt, "@w:rsidRPr": xmltext.DropAt, "@w:rsidRDefault": xmltext.DropAt, "@w:rsidP": xmltext.DropAt, "@w:rsidTr": xmltext.DropAt, "@w:rsidSect": xmltext.DropAt, "@w:rsidDel": xmltext.DropAt,
	"@w14:paraId": xmltext.DropAt, "@w14:textId": xmltext.DropAt, "@w16du:dateUtc": xmltext.DropAt, "@wp14:anchorId": xmltext.DropAt, "@wp14:editId": xmltext.DropAt,
	"@w:author": xmltext.BlankAt, "@w:initials": xmltext.BlankAt, "@w:date": xmltext.DropAt, "@w:originalAuthor": xmltext.BlankAt,
	"@o:gfxdata": xmltext.DropAt, // a drawing again, packed
	"@w:userId":  xmltext.DropAt,

	"w:fldSimple@w:instr": xmltext.Text, "w:hyperlink@w:tooltip": xmltext.Text, "w:hyperlink@w:docLocation": xmltext.Text, "w:hyperlink@w:anchor": xmltext.Text, "w:hyperlink@w:tgtFrame": xmltext.Text,
	"w:bookmarkStart@w:name": xmltext.Text, "w:name@w:val": xmltext.Text, "w:aliases@w:val": xmltext.Text, "w:alias@w:val": xmltext.Text, "w:tag@w:val": xmltext.Text,
	"w:listItem@w:displayText": xmltext.Text, "w:listItem@w:value": xmltext.Text, "w:dropDownList@w:lastValue": xmltext.Text, "w:comboBox@w:lastValue": xmltext.Text, "w15:sectionTitle@w15:val": xmltext.Text,
	"w:helpText@w:val": xmltext.Text, "w:statusText@w:val": xmltext.Text, "w:default@w:val": xmltext.Text, "w:listEntry@w:val": xmltext.Text, "w:format@w:val": xmltext.Text, "w:entryMacro@w:val": xmltext.Text, "w:exitMacro@w:val": xmltext.Text,
	"w:tblCaption@w:val": xmltext.Text, "w:tblDescription@w:val": xmltext.Text, "w:lvlText@w:val": xmltext.Text, "w:description@w:val": xmltext.Text, "w:caption@w:name": xmltext.Text,
	"w:style@w:styleId": xmltext.Text, "w:docPart@w:val": xmltext.Text, "w:category@w:val": xmltext.Text, "w:docPartCategory@w:val": xmltext.Text, "w:frame@w:name": xmltext.Text, "w:control@w:name": xmltext.Text,
	"@alt": xmltext.Text, "@o:title": xmltext.Text, "@string": xmltext.Text, "@o:suggestedsigner": xmltext.Text, "@o:suggestedsigner2": xmltext.Text, "@o:suggestedsigneremail": xmltext.Text,
	"@o:signinginstructions": xmltext.Text, "o:OLEObject@ShapeID": xmltext.Name, "@o:href": xmltext.Text, "@href": xmltext.Text, "@o:althref": xmltext.DropAt, "@src": xmltext.Text, "@o:relid": xmltext.Keep,

	// Names that others go by.
	"w:pStyle@w:val": xmltext.Name, "w:rStyle@w:val": xmltext.Name, "w:tblStyle@w:val": xmltext.Name, "w:basedOn@w:val": xmltext.Name, "w:next@w:val": xmltext.Name, "w:link@w:val": xmltext.Name,
	"w:numStyleLink@w:val": xmltext.Name, "w:styleLink@w:val": xmltext.Name, "w:clickAndTypeStyle@w:val": xmltext.Name, "w:defaultTableStyle@w:val": xmltext.Name, "w:autoCaption@w:name": xmltext.Name, "w:autoCaption@w:caption": xmltext.Name,
	"@id": xmltext.Text, "@o:spid": xmltext.Text, "@type": xmltext.Keep, "@class": xmltext.Name,

	// Faces, and the measures of shapes.
	"w:rFonts@w:ascii": xmltext.Keep, "w:rFonts@w:hAnsi": xmltext.Keep, "w:rFonts@w:eastAsia": xmltext.Keep, "w:rFonts@w:cs": xmltext.Keep, "w:font@w:name": xmltext.Keep, "w:altName@w:val": xmltext.Keep,
	"w:lsdException@w:name": xmltext.Keep, "w:sym@w:font": xmltext.Keep, "w:buFont@w:val": xmltext.Keep, "m:mathFont@m:val": xmltext.Keep, "w:compatSetting@w:uri": xmltext.Keep,
	"@path": xmltext.Keep, "@eqn": xmltext.Keep, "@adj": xmltext.Keep, "@formulas": xmltext.Keep, "@position": xmltext.Keep, "@style": xmltext.Keep, "@coordsize": xmltext.Keep, "@textboxrect": xmltext.Keep,
	"@o:connectlocs": xmltext.Keep, "@connectlocs": xmltext.Keep, "@limo": xmltext.Keep, "@xrange": xmltext.Keep, "@yrange": xmltext.Keep, "@points": xmltext.Keep, "@polar": xmltext.Keep,
}

var (
	wordSettled = wordTable(wordSettling)
	wordKeeping = wordTable(wordKept)
)

func wordTable(changes map[string]xmltext.Element) xmltext.Rules {
	elements := merged(drawingElements, wordElements, changes)
	for _, of := range strings.Fields("rPr pPr sectPr tblPr tblGrid trPr tcPr tblPrEx numbering") {
		elements["w:"+of+"Change"] = goes
	}
	for _, of := range strings.Fields("moveFromRange moveToRange customXmlInsRange customXmlDelRange customXmlMoveFromRange customXmlMoveToRange") {
		elements["w:"+of+"Start"], elements["w:"+of+"End"] = goes, goes
	}
	return xmltext.Rules{Spaces: spaces, References: references, Elements: elements, Attributes: merged(drawingAttributes, wordAttributes), Known: wordKnown, Also: wordAlso}
}

// wordAlso has the last word on an element.
func wordAlso(name string, attr func(string) string, e xmltext.Element) xmltext.Element {
	switch name {
	case "w:vanish": // <w:vanish w:val="0"/> takes back what a style says
		if slices.Contains([]string{"0", "false", "off"}, attr("w:val")) {
			return xmltext.Element{}
		}
	case "w:framePr": // the first letter of the paragraph below it
		if v := attr("w:dropCap"); v == "drop" || v == "margin" {
			return xmltext.Element{Role: xmltext.Lead, Up: "w:p"}
		}
	case "w:sym": // a character by its number, in a face of symbols 0xF000 higher
		n, err := strconv.ParseUint(attr("w:char"), 16, 32)
		if n >= 0xf000 && n <= 0xf0ff {
			n -= 0xf000
		}
		if err == nil && n > ' ' && n < 0xd800 {
			return xmltext.Element{Role: xmltext.Break, Break: string(rune(n)), Encode: wordText}
		}
	}
	return drawingAlso(name, attr, e)
}

// wordKnown tells what nobody chose.
func wordKnown(where, value string) bool {
	switch where {
	case "w:bookmarkStart@w:name", "w:hyperlink@w:anchor":
		return programMark.MatchString(value)
	case "w:lvlText@w:val":
		return listLevel.MatchString(value)
	case "w:name@w:val", "w:style@w:styleId", "w:docPart@w:val", "w:aliases@w:val", "w:control@w:name", "w:category@w:val", "w:docPartCategory@w:val", "wp:docPr@name":
		return programName(value)
	}
	return (strings.HasSuffix(where, "@name") || strings.HasSuffix(where, "id")) && programName(value)
}

// wordText writes text where the element was that held a run's text, so that its
// spaces count.
func wordText(old []byte, s string) []byte {
	if s == "" {
		return nil
	}
	name, _, _ := strings.Cut(strings.TrimLeft(string(old[:bytes.IndexByte(old, '>')]), "<"), " ")
	name = strings.TrimSuffix(name, "/")
	prefix, local := name[:strings.IndexByte(name, ':')+1], name[strings.IndexByte(name, ':')+1:]
	if local != "delText" {
		local = "t"
	}
	return fmt.Appendf(nil, `<%s%s xml:space="preserve">%s</%[1]s%[2]s>`, prefix, local, xmltext.EncodeText(nil, s))
}
