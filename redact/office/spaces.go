package office

import "strings"

// spaces are the namespaces of Office Open XML, in both of its editions, by the
// prefixes that the tables use.
var spaces = map[string]string{}

func init() {
	for prefix, ends := range map[string][]string{
		"w":   {"wordprocessingml/main"},
		"p":   {"presentationml/main"},
		"x":   {"spreadsheetml/main"},
		"a":   {"drawingml/main"},
		"c":   {"drawingml/chart"},
		"dgm": {"drawingml/diagram"},
		"pic": {"drawingml/picture"},
		"wp":  {"drawingml/wordprocessingDrawing"},
		"xdr": {"drawingml/spreadsheetDrawing"},
		"cdr": {"drawingml/chartDrawing"},
		"r":   {"officeDocument/relationships"},
		"m":   {"officeDocument/math"},
		"vt":  {"officeDocument/docPropsVTypes"},
	} {
		for _, e := range ends {
			spaces["http://schemas.openxmlformats.org/"+strings.Replace(e, "/", "/2006/", 1)] = prefix
			spaces["http://purl.oclc.org/ooxml/"+e] = prefix
		}
	}
	for uri, prefix := range map[string]string{
		"http://schemas.openxmlformats.org/markup-compatibility/2006":       "mc",
		"urn:schemas-microsoft-com:vml":                                     "v",
		"urn:schemas-microsoft-com:office:office":                           "o",
		"urn:schemas-microsoft-com:office:word":                             "w10",
		"urn:schemas-microsoft-com:office:excel":                            "xvml",
		"http://schemas.microsoft.com/office/word/2010/wordml":              "w14",
		"http://schemas.microsoft.com/office/word/2012/wordml":              "w15",
		"http://schemas.microsoft.com/office/drawing/2008/diagram":          "dsp",
		"http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
	} {
		spaces[uri] = prefix
	}
}

// references are the attributes by which the XML of a part names its relationships.
var references = map[string]bool{"r:id": true, "r:embed": true, "r:link": true, "r:pict": true, "r:dm": true, "r:lo": true, "r:qs": true, "r:cs": true, "o:relid": true, "r:href": true}
