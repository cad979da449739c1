package office

import (
	"slices"
	"strings"

	"consentry/redact/xmltext"
)

// A kind is a family of documents: which parts they have, what their elements are
// for, and in which order they are read.
type kind struct {
	media string   // what is written
	main  []string // content types of the part that leads to all others
	// parts says what becomes of the parts that a kind of relationship leads to.
	// One that is not listed is in no output.
	parts map[string]treatment
	// types replaces content types, so that a document with macros is written as
	// one without.
	types map[string]string
	// rules is the table for the XML of parts that a kind of relationship leads to.
	rules func(by string, o Options) *xmltext.Rules
	// body gives the parts that are body pages, in reading order.
	body func(d *document) []*part
	// detach are the elements of which only the attribute goes where what it names
	// is not there any more; of others the whole element goes.
	detach map[string]bool
}

// kinds are all families.
var kinds = []*kind{wordKind}

// kindOf finds the family of a document by its main part's content type.
func kindOf(contentType string) *kind {
	for _, k := range kinds {
		if slices.Contains(k.main, strings.ToLower(contentType)) {
			return k
		}
	}
	return nil
}

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
