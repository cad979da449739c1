package sweep

import "strings"

// A role says what an object is for, and with that which of its entries stay.
type role string

// Roles that are no dictionaries with an allow-list of their own.
const (
	plain   role = ""        // numbers, names, arrays and small dictionaries of them
	text    role = "text"    // a text string
	uri     role = "uri"     // an address
	value   role = "value"   // of a form field: texts or names
	dest    role = "dest"    // a destination, or its name
	named   role = "named"   // a name tree's names and destinations in turn
	back    role = "back"    // stays only if it is reached in another way
	parents role = "parents" // of the parent tree: as back, and arrays of it
	gone    role = "gone"    // is dropped
)

// schema is the allow-list (ISO 32000-2, the clauses in brackets). An entry that
// is not on it is dropped. "Key:role" says what its value, or each element of its
// array, is; "Key" alone is plain; "Key:*role" is a dictionary of such values.
var schema = parseSchema(map[role]string{
	// The document [7.7].
	"catalog": "Type Pages:pages PageLabels:labels Names:names Dests:*destvalue ViewerPreferences:viewer PageLayout PageMode Outlines:outlines " +
		"AcroForm:form StructTreeRoot:structroot MarkInfo:tagged Lang OCProperties:layers OutputIntents:intent URI:base",
	"pages": "Type Kids:page Count",
	"page": "Type Parent:back Resources:resources MediaBox CropBox BleedBox TrimBox ArtBox UserUnit Rotate Contents:content Group:group " +
		"Annots:annotation Tabs StructParents",
	"labels":    "Kids:labels Nums:labels Limits Type S P:text St",
	"names":     "Dests:nametree",
	"nametree":  "Kids:nametree Names:named Limits:gone",
	"destvalue": "D:dest",
	"viewer": "HideToolbar HideMenubar HideWindowUI FitWindow CenterWindow NonFullScreenPageMode Direction ViewArea ViewClip PrintArea PrintClip " +
		"PrintScaling Duplex PickTrayByPDFSize NumCopies",
	"tagged":   "Marked Suspects",
	"intent":   "Type S OutputConditionIdentifier DestOutputProfile:paint",
	"base":     "Base:uri",
	"outlines": "Type First:item Last:back Count",
	"item":     "Title:text Parent:back Prev:back Next:item First:item Last:back Count Dest:dest A:action C F",
	"goto":     "Type S D:dest",
	"visit":    "Type S URI:uri IsMap",

	// What draws [7.8, 8, 9].
	"resources": "ExtGState:*gs ColorSpace:*paint Pattern:*pattern Shading:*paint XObject:*xobject Font:*font ProcSet Properties:*property",
	"gs":        "Type LW LC LJ ML D RI OP op OPM Font:font BG:paint BG2:paint UCR:paint UCR2:paint TR:paint TR2:paint FL SM SA BM SMask:softmask CA ca AIS TK UseBlackPtComp",
	"softmask":  "Type S G:form_xobject BC TR:paint",
	"content":   "",
	"encoding":  "Filter DecodeParms:parameters DP:parameters Length",
	"parameters": "Type Name Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock BlackIs1 " +
		"DamagedRowsBeforeError ColorTransform JBIG2Globals:globals",
	"globals": "",
	"paint": "N Alternate:paint Range WhitePoint BlackPoint Gamma Matrix Subtype Colorants:*paint Process:paint Components " + // colour spaces
		"FunctionType Domain Size BitsPerSample Order Encode Decode C0 C1 Functions:paint Bounds " + // functions
		"ShadingType ColorSpace:paint Background BBox AntiAlias Function:paint Coords Extend VerticesPerRow BitsPerCoordinate BitsPerComponent BitsPerFlag", // shadings
	"image": "Type Subtype Width Height ColorSpace:paint BitsPerComponent Intent ImageMask Mask:image Decode Interpolate SMask:image SMaskInData Matte " +
		"StructParent OC:property",
	"form_xobject": "Type Subtype FormType BBox Matrix Resources:resources Group:group StructParent StructParents OC:property",
	"group":        "Type S CS:paint I K",
	"tiling":       "Type PatternType PaintType TilingType BBox XStep YStep Resources:resources Matrix",
	"shading":      "Type PatternType Shading:paint Matrix ExtGState:gs",
	"font": "Type Subtype Name BaseFont FirstChar LastChar Widths FontDescriptor:descriptor Encoding:cmap ToUnicode:cmap DescendantFonts:font CIDSystemInfo " +
		"DW W DW2 W2 CIDToGIDMap:cmap FontBBox FontMatrix CharProcs:*glyph Resources:resources",
	"glyph": "Resources:resources",
	"cmap":  "Type BaseEncoding Differences CMapName CIDSystemInfo WMode UseCMap:cmap",
	"descriptor": "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth " +
		"MaxWidth MissingWidth FontFile:fontfile FontFile2:fontfile FontFile3:fontfile CharSet Style FD Lang CIDSet:cmap",
	"fontfile":     "Type Subtype Length1 Length2 Length3",
	"propertylist": "Type Subtype MCID ActualText:text Alt:text E:text Lang BBox Attached",

	// Layers [8.11].
	"layers":   "OCGs:layer D:config",
	"config":   "BaseState ON:layer OFF:layer Order:order AS:usageapp RBGroups:layer Locked:layer ListMode Intent",
	"order":    "Type Name:text Intent Usage:usage",
	"layer":    "Type Name:text Intent Usage:usage",
	"usage":    "Print View Export Zoom",
	"usageapp": "Event Category OCGs:layer",
	"member":   "Type OCGs:shown P VE:shown",
	"shown":    "Type Name:text Intent Usage:usage",

	// Annotations and forms [12.5, 12.7].
	"link":    annotation + " Dest:dest A:action H QuadPoints",
	"markup":  annotation + marks,
	"typed":   annotation + marks + " Contents:text DA Q CL",
	"field":   annotation + " H MK:looks A:action FT Parent:field Kids:field T:text TU:text Ff V:value DV:value DA Q Opt:value MaxLen TI I",
	"signed":  annotation,
	"looks":   "R BC BG CA:text I:form_xobject IF TP",
	"states":  "N:appearance",
	"form":    "Fields:field NeedAppearances DR:filling DA Q",
	"filling": "Font:*font", // all that default appearances use

	// Tags [14.7].
	"structroot": "Type K:struct ParentTree:numbers ParentTreeNextKey RoleMap:*plain ClassMap:*attribute Namespaces:namespace",
	"element":    "Type S P:back Pg:back K:struct A:attribute C T:text Lang Alt:text E:text ActualText:text NS:namespace",
	"marked":     "Type Pg:back Stm:back MCID",
	"object":     "Type Pg:back Obj:back",
	"numbers":    "Kids:numbers Nums:parents Limits",
	"namespace":  "Type NS RoleMapNS:*plain",
})

const (
	annotation = "Type Subtype Rect P:back F AP:states AS Border BS C StructParent OC:property"
	marks      = " QuadPoints IC L LE LL LLE LLO Cap CP CO Vertices InkList Path CA ca BM BE RD IT RO Sy Name"
)

// identifiers are the entries of a plain dictionary that may be strings.
var identifiers = words("Registry Ordering Panose")

// lists are roles whose arrays lose an element that is dropped; in other arrays
// null stands in its place.
var lists = words("page annotation field struct layer shown order attribute namespace usageapp intent content")

// partOf are the parts that roles begin.
var partOf = map[role]string{
	"outlines": PartOutline, "form": PartForm, "field": PartForm, "signed": PartForm, "annotation": PartAnnotations, "layers": PartLayers, "layer": PartLayers,
	"shown": PartLayers, "order": PartLayers, "propertylist": PartTags, "structroot": PartTags, "nametree": PartNames,
	"*destvalue": PartNames, "labels": PartNames,
}

// partOfKey are the parts of what is dropped, by the entry it stands in.
var partOfKey = map[string]string{
	"AF": PartAttachments, "EmbeddedFiles": PartAttachments, "FS": PartAttachments, "EF": PartAttachments, "Collection": PartAttachments,
	"Metadata": metadata, "PieceInfo": metadata,
}

type entries map[string]role

func parseSchema(m map[role]string) map[role]entries {
	out := map[role]entries{}
	for r, list := range m {
		out[r] = entries{}
		for _, w := range strings.Fields(list) {
			k, v, _ := strings.Cut(w, ":")
			if v == "*plain" {
				v = "*" // plain is the empty role
			}
			out[r][k] = role(v)
		}
	}
	return out
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
