package office

import (
	"maps"
	"regexp"
	"strings"

	"consentry/redact/office/parts"
	"consentry/redact/xmltext"
)

// What all kinds of documents share: shapes, their texts and tables, charts,
// SmartArt and themes (ISO/IEC 29500-1, 20 and 21, and Microsoft's extensions).
// Each kind merges these tables into its own.

func init() {
	maps.Copy(spaces, map[string]string{
		"http://schemas.microsoft.com/office/drawing/2017/model3d":           "am3d",
		"http://schemas.microsoft.com/office/drawing/2014/chartex":           "cx",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup":  "wpg",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
		"http://schemas.microsoft.com/office/drawing/2010/diagram":           "dgm14",
		"http://schemas.microsoft.com/office/drawing/2010/chartDrawing":      "cdr14",
		"http://schemas.microsoft.com/office/excel/2010/spreadsheetDrawing":  "xdr14",
		"http://schemas.microsoft.com/office/thememl/2012/main":              "thm15",
	})
}

const readable = parts.Readable

// drawingParts are the parts that drawings lead to.
var drawingParts = map[string]parts.Treatment{
	"theme": readable, "themeOverride": readable, "tableStyles": readable,
	"chart": readable, "chartEx": readable, "chartStyle": readable, "chartColorStyle": readable, "chartUserShapes": readable,
	"diagramData": readable, "diagramLayout": readable, "diagramQuickStyle": readable, "diagramColors": readable, "diagramDrawing": readable,
	"image": parts.Picture, "package": parts.Embedded,
}

// drawingDetach are the elements that stay without what they name: a fill without
// its picture.
var drawingDetach = map[string]bool{"a:blip": true, "am3d:blip": true}

var (
	quiet, goes, apart = parts.Quiet, parts.Goes, parts.Apart
	aBlock             = xmltext.Element{Role: xmltext.Block}
	aRun               = xmltext.Element{Role: xmltext.Run}
	aLine              = xmltext.Element{Role: xmltext.Break, Break: "\n"}
)

// drawingElements say what the elements are for.
var drawingElements = map[string]xmltext.Element{
	"a:p": aBlock, "a:t": aRun, "m:t": aRun, "a:br": aLine,
	"a:tableStyleId": quiet,
	// Sound and film have no part in the output.
	"a:videoFile": goes, "a:audioFile": goes, "a:quickTimeFile": goes, "a:audioCd": goes, "a:wavAudioFile": goes, "a:snd": goes,
	// What is printed beside a chart, and the table it was made of elsewhere.
	"c:printSettings": goes, "c:pivotSource": goes, "c:pivotFmts": goes,
	"cx:binary": goes, // places of a map, as they were looked up
}

// drawingAttributes say what becomes of attributes.
var drawingAttributes = named(map[string]xmltext.Use{
	"@descr": xmltext.Text, "@title": xmltext.Text, "@tooltip": xmltext.Text, "@invalidUrl": xmltext.Text,
	"@typeface": xmltext.Keep, "@uri": xmltext.Keep, "@action": xmltext.Keep, "@lang": xmltext.Keep, "@altLang": xmltext.Keep,
	"a:gd@name": xmltext.Keep, "a:gd@fmla": xmltext.Keep,
	"a:tblStyle@styleName": xmltext.Text, "dgm:title@val": xmltext.Text, "dgm:desc@val": xmltext.Text, "dgm:prSet@phldrT": xmltext.Text,
	"c:numFmt@formatCode": xmltext.Text, "cx:numFmt@formatCode": xmltext.Text,
})

// named adds the elements whose name is one that people give.
func named(uses map[string]xmltext.Use) map[string]xmltext.Use {
	for _, e := range []string{
		"p:cNvPr", "a:cNvPr", "pic:cNvPr", "xdr:cNvPr", "cdr:cNvPr", "dsp:cNvPr", "dgm14:cNvPr", "xdr14:cNvPr", "cdr14:cNvPr", "p14:cNvPr", "wps:cNvPr", "wpg:cNvPr", "wpc:cNvPr", "wp:docPr",
		"a:theme", "a:clrScheme", "a:fontScheme", "a:fmtScheme", "a:custClr", "a:objectDefaults", "a:extraClrScheme", "thm15:themeFamily",
	} {
		uses[e+"@name"] = xmltext.Text
	}
	return uses
}

// extensions are the extension elements (by their uri) that go: what they hold is
// in no output, or says where something came from.
var extensions = map[string]bool{
	"{96dac541-7b7a-43d3-8b79-37d633b846f1}": true, // the drawing (SVG) that a picture was made of
	"{beba8eae-bf5a-486c-a8c5-ecc9f3942e4b}": true, // the picture before its effects
	"{837473b0-cc2e-450a-abe3-18f120ff3d39}": true, // where a picture was found
	"{daa4b4d4-6d71-4841-9c94-3de7fcfb9230}": true, // sound and film
	"{63b3bb69-23cf-44e3-9099-c40c66ff867c}": true, // the shape in the older drawing
}

// actions are what a click may do: go to a slide or an address. Others run
// something, or tell of other files and their titles.
var actions = regexp.MustCompile(`^(ppaction://(noaction|hlinksldjump|hlinkfile|hlinkshowjump\?jump=(next|previous|first|last|lastviewed|end)(slide|show)(viewed)?|customshow\?id=\d+(&return=(true|false))?))?$`)

// drawingAlso is the Rules.Also of drawings.
func drawingAlso(name string, attr func(string) string, e xmltext.Element) xmltext.Element {
	switch name {
	case "a:ext", "p:ext", "c:ext", "dgm:ext", "cx:ext":
		if extensions[strings.ToLower(attr("uri"))] {
			return goes
		}
	case "a:hlinkClick", "a:hlinkHover", "a:hlinkMouseOver":
		if !actions.MatchString(attr("action")) {
			return goes
		}
	}
	return e
}

// merged is one table of several; what stands in a later one counts.
func merged[V any](tables ...map[string]V) map[string]V {
	out := map[string]V{}
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}
