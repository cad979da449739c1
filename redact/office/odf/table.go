package odf

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact/office/parts"
	"consentry/redact/xmltext"
)

// spaces are the namespaces of OpenDocument by the prefixes that files use.
var spaces = func() map[string]string {
	m := map[string]string{
		"http://www.w3.org/1999/xlink":                                         "xlink",
		"http://purl.org/dc/elements/1.1/":                                     "dc",
		"http://www.w3.org/1998/Math/MathML":                                   "math",
		"http://www.w3.org/2002/xforms":                                        "xforms",
		"http://www.w3.org/1999/xhtml":                                         "xhtml",
		"http://openoffice.org/2009/office":                                    "officeooo",
		"http://openoffice.org/2004/office":                                    "ooo",
		"http://openoffice.org/2009/table":                                     "tableooo",
		"http://openoffice.org/2010/draw":                                      "drawooo",
		"http://www.w3.org/2001/xml-events":                                    "dom",
		"http://docs.oasis-open.org/ns/office/1.2/meta/odf#":                   "odf",
		"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
		"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
		"urn:openoffice:names:experimental:ooxml-odf-interop:xmlns:form:1.0":   "formx",
		"urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0":     "field",
	}
	for _, s := range strings.Fields("office style text table chart dr3d form script config presentation meta") {
		m["urn:oasis:names:tc:opendocument:xmlns:"+s+":1.0"] = s
	}
	for space, prefix := range map[string]string{"drawing": "draw", "datastyle": "number", "animation": "anim", "database": "db", "xsl-fo-compatible": "fo", "svg-compatible": "svg", "smil-compatible": "smil"} {
		m["urn:oasis:names:tc:opendocument:xmlns:"+space+":1.0"] = prefix
	}
	return m
}()

var (
	quiet, goes, apart = parts.Quiet, parts.Goes, parts.Apart
	mixed              = xmltext.Element{Role: xmltext.Mixed}
)

// rules says what the elements of OpenDocument are for.
var rules = xmltext.Rules{
	Spaces:     spaces,
	References: map[string]bool{"xlink:href": true},
	Also:       also,
	Known:      known,
	Elements: map[string]xmltext.Element{
		"text:p": mixed, "text:h": mixed, "svg:title": mixed, "svg:desc": mixed, "table:title": mixed, "table:desc": mixed,
		"text:s": {Role: xmltext.Break, Break: " "}, "text:tab": {Role: xmltext.Break, Break: "\t"}, "text:line-break": {Role: xmltext.Break, Break: "\n"},
		"text:note-citation": {Role: xmltext.Apart}, "text:ruby-text": {Role: xmltext.Gloss},
		"text:index-title-template": mixed, "text:user-field-decl": apart,
		"form:option": apart, "form:item": apart,
		// Tracked changes are settled: what was taken out is gone.
		"text:tracked-changes": goes, "text:changed-region": goes, "text:change": goes, "text:change-start": goes, "text:change-end": goes, "table:tracked-changes": goes,
		"office:annotation": goes, "office:annotation-end": goes, "office:change-info": goes,
		// What runs, what is outside, what cannot be read.
		"office:scripts": goes, "office:event-listeners": goes, "presentation:event-listener": goes, "script:event-listener": goes, "text:script": goes, "text:execute-macro": goes,
		"text:dde-connection-decls": goes, "text:dde-connection": goes, "office:dde-source": goes, "table:dde-links": goes, "text:section-source": goes,
		"table:table-source": goes, "table:cell-range-source": goes, "table:database-source-sql": goes, "table:database-source-query": goes, "table:database-source-table": goes,
		"form:connection-resource": goes, "office:binary-data": goes, "draw:object-ole": goes, "draw:plugin": goes, "draw:applet": goes, "draw:floating-frame": goes,
		"presentation:sound": goes, "anim:audio": goes, "anim:param": goes, "xforms:model": goes, "office:meta": goes,
		// Values beside those that are shown.
		"table:scenario": goes, "table:source-service": goes, "table:detective": goes, "table:consolidation": goes, "number:fill-character": quiet,
		"svg:font-face-src": goes, "svg:definition-src": goes,
	},
	Attributes: attributes,
}

var attributes = func() map[string]xmltext.Use {
	m := map[string]xmltext.Use{}
	put := func(u xmltext.Use, names string) {
		for _, n := range strings.Fields(names) {
			m[n] = u
		}
	}
	put(xmltext.Text, `table:table@table:name table:named-range@table:name table:named-expression@table:name table:database-range@table:name table:data-pilot-table@table:name
		table:data-pilot-table@table:grand-total table:data-pilot-field@table:source-field-name table:data-pilot-field@table:selected-page table:data-pilot-member@table:name table:data-pilot-group@table:name
		table:data-pilot-group-member@table:name table:filter-condition@table:value table:filter-set-item@table:value table:label-range@table:name 
		table:error-message@table:title table:help-message@table:title table:sort-by@table:value
		table:table-cell@office:string-value table:covered-table-cell@office:string-value table:table-cell@office:value table:covered-table-cell@office:value table:table-cell@office:date-value table:covered-table-cell@office:date-value
		table:table-cell@table:formula table:covered-table-cell@table:formula table:content-validation@table:condition table:named-expression@table:expression style:map@style:condition calcext:condition@calcext:value
		@draw:name @office:title @draw:text @table:comment @table:title @svg:title @text:display-name
		text:section@text:name text:bookmark@text:name text:bookmark-start@text:name text:bookmark-end@text:name text:bookmark-ref@text:ref-name text:reference-mark@text:name
		text:reference-mark-start@text:name text:reference-mark-end@text:name text:reference-ref@text:ref-name text:a@office:name text:a@office:title text:sequence-decl@text:name
		text:user-field-decl@text:name text:user-field-get@text:name text:user-field-input@text:name text:variable-decl@text:name text:variable-set@text:name text:variable-get@text:name text:user-defined@text:name
		@text:string-value @text:string-value-if-true @text:string-value-if-false @text:condition @text:formula text:user-field-decl@office:string-value text:user-field-decl@office:value text:variable-set@office:string-value text:variable-set@office:value
		text:user-defined@office:string-value text:user-defined@office:value text:placeholder@text:description text:text-input@text:description text:variable-input@text:description @text:description @text:key1 @text:key2 @text:key1-phonetic @text:key2-phonetic @text:string-value-phonetic
		text:index-title@text:name text:table-of-content@text:name text:illustration-index@text:name text:alphabetical-index@text:name text:user-index@text:name text:user-index@text:index-name text:bibliography@text:name text:table-index@text:name text:object-index@text:name
		text:database-display@text:database-name text:database-display@text:table-name text:database-display@text:column-name text:database-name@text:database-name text:database-name@text:table-name
		@style:display-name @style:num-prefix @style:num-suffix @draw:display-name
		@form:name @form:label @form:title @form:value @form:current-value @form:data-field @form:datasource @form:command @form:help-text @form:default-value @form:property-name @form:text @form:current-date @form:linked-cell @form:list-source
		presentation:show@presentation:name presentation:show@presentation:pages presentation:settings@presentation:show @presentation:use-footer-name @presentation:use-header-name presentation:footer-decl@presentation:name presentation:header-decl@presentation:name
		chart:title@chart:name chart:series@loext:label-string @chart:label-string`)
	for _, f := range strings.Fields("address annote author booktitle chapter custom1 custom2 custom3 custom4 custom5 editor howpublished identifier institution isbn issn journal note organizations publisher report-type school series title url") {
		m["text:bibliography-mark@text:"+f] = xmltext.Text
	}
	put(xmltext.Keep, `@style:font-name @style:font-name-asian @style:font-name-complex @fo:font-family @style:font-family-asian @style:font-family-complex @svg:font-family @style:font-charset
		@xlink:type @office:version @svg:d @draw:enhanced-path @svg:viewBox @draw:formula @config:name @config:type @number:language @fo:language @fo:country`)
	put(xmltext.Name, `@style:name @text:style-name @table:style-name @draw:style-name @style:parent-style-name @style:next-style-name @table:default-cell-style-name @presentation:style-name @draw:text-style-name
		@style:list-style-name @style:data-style-name @style:master-page-name @draw:master-page-name @style:page-layout-name @text:cond-style-name @text:visited-style-name @style:apply-style-name
		@table:content-validation-name table:content-validation@table:name @table:cell-range-address @table:target-range-address @table:base-cell-address @chart:values-cell-range-address @chart:label-cell-address @table:end-cell-address @table:print-ranges @svg:font-family`)
	put(xmltext.DropAt, `@officeooo:rsid @officeooo:paragraph-rsid @loext:rsid @xhtml:about @xhtml:content @xhtml:datatype @xhtml:property @xhtml:resource @xml:id @text:id
		@form:control-implementation @table:protection-key @text:protection-key @table:protection-key-digest-algorithm @text:protection-key-digest-algorithm @office:target-frame-name`)
	return m
}()

// layoutItem says by what lines are broken: by a printer, or by none. Without it they break
// otherwise than in the source.
const layoutItem = "PrinterIndependentLayout"

// layoutValue is the item with its value.
var layoutValue = regexp.MustCompile(`(?s)\bname\s*=\s*["']` + layoutItem + `["'](?:[^<>]*[^/<>])?>(.*?)</`)

// layoutWords are the values that it may have.
var layoutWords = map[string]bool{"disabled": true, "enabled": true, "low-resolution": true, "high-resolution": true}

// also looks at settings: only those of the document itself stay, and of those
// numbers and switches.
func also(name string, attr func(string) string, e xmltext.Element) xmltext.Element {
	switch name {
	case "config:config-item-set":
		if !strings.HasSuffix(attr("config:name"), "configuration-settings") {
			return goes
		}
	case "config:config-item-map-indexed", "config:config-item-map-named":
		return goes
	case "config:config-item":
		if attr("config:name") == layoutItem {
			return quiet // whose value settled makes one of a few words
		}
		if t := attr("config:type"); t == "string" || t == "base64Binary" || strings.HasPrefix(attr("config:name"), "Rsid") {
			return goes
		}
		return quiet
	}
	return e
}

// styleWords are the words that the names of an office program's own styles are made of.
var styleWords = parts.Words("default standard paragraph character text body heading title subtitle header footer left right first line indent hanging list number bullet numbering start end cont contents caption illustration table figure drawing index separator user endnote footnote symbol characters anchor internet link visited strong emphasis emphasised quotation quotations quote source preformatted teletype example definition placeholder frame graphics graphic ole formula marginalia watermark labels salutation signature sender addressee complimentary close horizontal page style main object entry variable rubies vertical landscape envelope html back cover outline background notes objects without fill with and no large of shape shapes accent bad error good neutral note hyperlink warning status result bibliography appendix lines a4 a0 arrow dashed filled blue green red yellow orange gray grey bright dark light for presentation subtle intense spacing of author")

// known tells the names that every file has.
func known(where, value string) bool {
	if where == "table:table@table:name" && value == "local-table" {
		return true // of every chart
	}
	if !strings.HasSuffix(where, "@style:display-name") && !strings.HasSuffix(where, "@draw:display-name") && where != "style:style@style:name" {
		return false
	}
	for _, w := range strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !styleWords[strings.ToLower(w)] {
			return false
		}
	}
	return true
}
