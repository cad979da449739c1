package office

import (
	"bytes"
	"fmt"
	"strings"

	"consentry/redact/xmltext"
)

// wordKind are Word's documents.
var wordKind = &kind{
	media: DOCX,
	main: []string{
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
		"application/vnd.ms-word.document.macroenabled.main+xml",
		"application/vnd.ms-word.template.macroenabledtemplate.main+xml",
	},
	types: map[string]string{
		"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": wordMain,
		"application/vnd.ms-word.document.macroenabled.main+xml":                           wordMain,
		"application/vnd.ms-word.template.macroenabledtemplate.main+xml":                   wordMain,
	},
	parts: map[string]treatment{
		"styles": readable, "stylesWithEffects": dropped, "settings": readable, "webSettings": readable, "fontTable": readable, "numbering": readable, "theme": readable,
		"footnotes": readable, "endnotes": readable, "header": readable, "footer": readable, "chart": readable, "chartColorStyle": readable, "chartStyle": readable,
		"diagramData": readable, "diagramLayout": readable, "diagramQuickStyle": readable, "diagramColors": readable, "diagramDrawing": readable,
		"glossaryDocument": readable, "image": picture, "package": embedded,
	},
	rules:  wordRules,
	body:   func(d *document) []*part { return []*part{d.main} },
	detach: map[string]bool{},
}

const wordMain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

func wordRules(by string, o Options) *xmltext.Rules { return &wordTable }

// wordTable says what the elements of WordprocessingML are for (ISO/IEC 29500-1, 17).
var wordTable = xmltext.Rules{
	Spaces:     spaces,
	References: references,
	Elements: map[string]xmltext.Element{
		"w:p": {Role: xmltext.Block}, "w:t": {Role: xmltext.Run, Encode: wordText}, "w:instrText": {Role: xmltext.Apart},
		"w:tab": {Role: xmltext.Break, Break: "\t"}, "w:br": {Role: xmltext.Break, Break: "\n"}, "w:cr": {Role: xmltext.Break, Break: "\n"}, "w:noBreakHyphen": {Role: xmltext.Break, Break: "-"},
		"a:p": {Role: xmltext.Block}, "a:t": {Role: xmltext.Run}, "a:br": {Role: xmltext.Break, Break: "\n"},
		"w:del": {Role: xmltext.Drop}, "w:moveFrom": {Role: xmltext.Drop}, "w:ins": {Role: xmltext.Unwrap}, "w:moveTo": {Role: xmltext.Unwrap},
	},
	Attributes: map[string]xmltext.Use{},
}

// wordText writes the element that holds a run's text so that its spaces count.
func wordText(old []byte, s string) []byte {
	if s == "" {
		return nil
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(string(old[:bytes.IndexByte(old, '>')]), "<"), " ")
	return fmt.Appendf(nil, `<%s xml:space="preserve">%s</%[1]s>`, name, xmltext.EncodeText(nil, s))
}
