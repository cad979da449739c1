package audit

import (
	"encoding/xml"
	"path"
	"regexp"
	"strings"
)

// What a redacted document has no need of. Their words are stable.
const (
	Properties  = "document-properties"
	CustomXML   = "custom-xml"
	Macros      = "macros"
	Thumbnail   = "thumbnail"
	Comments    = "comments"
	Authors     = "author" // of a change or a comment
	Dates       = "date"   // of a change or a comment
	Revision    = "revision-number"
	Changes     = "tracked-change"
	HiddenText  = "hidden-text"
	Variables   = "document-variables"
	Template    = "attached-template"
	Merge       = "mail-merge"
	Printer     = "printer-settings"
	Embedded    = "embedded-object"
	External    = "external-link"
	LocalPath   = "local-path"
	Cropped     = "cropped-picture"
	Signature   = "signature"
	HiddenSheet = "hidden-sheet"
	HiddenSlide = "hidden-slide"
	ActiveX     = "active-content"
	Fonts       = "embedded-font"
	Identity    = "document-id"
)

// partKinds tell by a file's name what it is.
var partKinds = []struct {
	name *regexp.Regexp
	kind string
}{
	{regexp.MustCompile(`(?i)^docProps/thumbnail|^Thumbnails/`), Thumbnail},
	{regexp.MustCompile(`(?i)^docProps/|^meta\.xml$|\.psmdcp$|(^|/)docMetadata/`), Properties},
	{regexp.MustCompile(`(?i)^customXml/|/customXml/`), CustomXML},
	{regexp.MustCompile(`(?i)vba(Project|Data)|^Basic/|^Scripts/|keyMapCustomizations|attachedToolbars`), Macros},
	{regexp.MustCompile(`(?i)/(comments|commentsExtended|commentsIds|commentsExtensible|people|commentAuthors|authors|persons?|threadedComments?)[^/]*(/[^/]*)?\.xml$`), Comments},
	{regexp.MustCompile(`(?i)printerSettings`), Printer},
	{regexp.MustCompile(`(?i)/(activeX|ctrlProps)/|/webextensions?/`), ActiveX},
	{regexp.MustCompile(`(?i)/fonts/|\.(odttf|fntdata|ttf|otf)$`), Fonts},
	{regexp.MustCompile(`(?i)^_xmlsignatures/|documentsignatures\.xml$`), Signature},
	{regexp.MustCompile(`(?i)/(externalLinks|changesInfos|revisionInfo|revisions)[^/]*/?`), Changes},
	{regexp.MustCompile(`(?i)oleObject[^/]*\.bin$`), Embedded},
}

// allowed is what an output may have of them: comments that were kept.
func (h *hunt) unneeded(name, place string) {
	for _, k := range partKinds {
		if k.name.MatchString(name) {
			if k.kind == Comments && !h.r.AsIs {
				return // kept without authors; signs sees to those
			}
			h.part(k.kind, place)
			return
		}
	}
}

var (
	revision = regexp.MustCompile(`^rsid[A-Z]?[A-Za-z]*$`)
	folder   = regexp.MustCompile(`(?i)^(file:|[a-z]:[\\/]|\\\\|\.\.[\\/])`)
)

// always are elements that no output has.
var always = map[string]string{
	"rsids": Revision, "docVars": Variables, "attachedTemplate": Template, "mailMerge": Merge, "docId": Identity, "absPath": LocalPath,
	"fldData": Embedded, "initial-creator": Properties, "printed-by": Properties, "tracked-changes": Changes,
}

// asIs are elements that an output may have, and that tell something.
var asIs = map[string]string{
	"ins": Changes, "del": Changes, "moveFrom": Changes, "moveTo": Changes, "rPrChange": Changes, "pPrChange": Changes,
	"vanish": HiddenText, "OLEObject": Embedded, "oleObj": Embedded, "control": ActiveX, "annotation": Comments,
}

// signs looks at an element for what a redacted document has no need of.
func (h *hunt) signs(t xml.StartElement, place string) {
	// text:initial-creator is a field that shows the property; what it shows is a text.
	if k := always[t.Name.Local]; k != "" && !(k == Properties && strings.HasSuffix(t.Name.Space, ":text:1.0")) {
		h.part(k, place)
	}
	attr := map[string]string{}
	for _, a := range t.Attr {
		attr[a.Name.Local] = a.Value
		switch {
		case revision.MatchString(a.Name.Local) && strings.Contains(a.Name.Space, "wordprocessingml"):
			h.part(Revision, place)
		case (a.Name.Local == "author" || a.Name.Local == "initials" || a.Name.Local == "userId") && a.Name.Space != "" && !strings.Contains(a.Name.Space, "opendocument") && a.Value != "": // there it is a book's
			h.part(Authors, place)
		case a.Name.Local == "gfxdata":
			h.part(Embedded, place)
		}
	}
	if t.Name.Local == "Relationship" && attr["TargetMode"] == "External" {
		switch {
		case folder.MatchString(attr["Target"]):
			h.part(LocalPath, place)
		case path.Base(attr["Type"]) != "hyperlink":
			h.part(External, place)
		}
	}
	if !h.r.AsIs {
		return
	}
	if k := asIs[t.Name.Local]; k != "" && len(t.Name.Space) > 0 {
		h.part(k, place)
	}
	switch t.Name.Local {
	case "srcRect":
		for _, side := range []string{"l", "t", "r", "b"} {
			if v := attr[side]; v != "" && v != "0" && !strings.HasPrefix(v, "-") {
				h.part(Cropped, place)
			}
		}
	case "graphic-properties":
		if cropping.MatchString(attr["clip"]) {
			h.part(Cropped, place)
		}
	case "sheet":
		if s := attr["state"]; s == "hidden" || s == "veryHidden" {
			h.part(HiddenSheet, place)
		}
	case "sld":
		if attr["show"] == "0" || attr["show"] == "false" {
			h.part(HiddenSlide, place)
		}
	}
}

// cropping is a clip of OpenDocument with a side of some length.
var cropping = regexp.MustCompile(`^\s*rect.*[(,\s]\d*\.?\d*[1-9]`)

// usual are the words that names of files in documents are made of.
var usual = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`word ppt xl rels content types docprops theme charts diagrams drawings media embeddings glossary slides slidelayouts slidemasters notesslides notesmasters handoutmasters
		tags worksheets chartsheets tables pivottables pivotcache comments document settings websettings styles numbering fonttable footnotes endnotes header footer chart chartex colors style data
		layout quickstyle drawing vmldrawing usershapes presentation presprops viewprops tablestyles slide slidelayout slidemaster notesslide notesmaster handoutmaster tag workbook sheet sharedstrings
		table pivottable pivotcachedefinition pivotcacherecords ctrlprop ctrlprops slicer slicers slicercaches slicercache timeline timelines timelinecaches timelinecache person persons threadedcomment
		threadedcomments metadata file image themeoverride querytables querytable meta inf manifest mimetype pictures object configurations thumbnails
		xml vml bin png jpg jpeg gif tif tiff bmp webp svg docx xlsx pptx odt ods odp pdf txt htm html eml csv`) {
		m[w] = true
	}
	return m
}()

var nameWord = regexp.MustCompile(`\p{L}+`)

// unusual is a file's name without the words that such names are made of.
func unusual(name string) string {
	return nameWord.ReplaceAllStringFunc(name, func(w string) string {
		if usual[strings.ToLower(w)] {
			return "_"
		}
		return w
	})
}
