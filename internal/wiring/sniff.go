package wiring

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"consentry/authz"
	"consentry/redact"
	"consentry/redact/mail"
	"consentry/redact/names/forms"
	"consentry/redact/names/search"
	"consentry/redact/office"
	"consentry/redact/office/older"
	"consentry/redact/pdf"
	"consentry/redact/photo"
	"consentry/redact/text"
	"consentry/redact/text/subtitle"
	"consentry/redact/text/table"
	"consentry/redact/web"
)

// textNames are the endings of files that are read as text, with the types of those
// that are no plain text. Other text (JSON, YAML, …) has parts that a plain reader
// does not see.
var textNames = map[string]string{
	".txt": "", ".text": "", ".md": "", ".markdown": "", "": "",
	".csv": table.CSV, ".tsv": table.TSV, ".tab": table.TSV,
}

// marked are the endings of texts whose marks say what they are.
var marked = map[string]bool{".html": true, ".htm": true, ".xhtml": true, ".svg": true, ".eml": true, ".srt": true, ".vtt": true}

// textTypes are the texts that are read, in words.
const textTypes = "text (.txt, .md, .csv, .srt, .vtt), web pages, SVG, e-mail"

// photoTypes are the photos that are read, in words.
const photoTypes = "JPEG, PNG, WebP, GIF, TIFF, BMP, HEIC"

// Sniff tells a file's type from its first bytes. Of texts the name tells only
// which are taken.
func Sniff(name string, head []byte) (string, error) {
	if t := photo.Sniff(head); t != "" {
		return t, nil
	}
	if pdf.Sniff(head) {
		return pdf.Type, nil
	}
	if t := older.Sniff(name, head); t != "" {
		return t, nil
	}
	if t, err := office.Sniff(name, head); t != "" || err != nil {
		return t, err
	}
	if t, ok := sniffMarked(name, head); ok {
		return t, nil
	}
	t, ok := text.Sniff(name, head)
	ext := strings.ToLower(path.Ext(name))
	if as, taken := textNames[ext]; ok && taken {
		return cmp.Or(as, t), nil
	}
	if ok && marked[ext] {
		return "", fmt.Errorf("%w: its name ends in %s, but it does not begin as such a file does", redact.ErrUnreadable, ext)
	}
	if ok {
		return "", fmt.Errorf("%w: %s files are not handled yet; %s, PDF, Office documents and photos (%s) are", redact.ErrUnreadable, ext, textTypes, photoTypes)
	}
	return "", fmt.Errorf("%w: neither text nor PDF nor an Office document nor a photo (%s)", redact.ErrUnreadable, photoTypes)
}

// sniffMarked tells texts whose marks say what they are.
func sniffMarked(name string, head []byte) (string, bool) {
	if t, ok := web.Sniff(name, head); ok {
		return t, true
	}
	if mail.Sniff(name, head) {
		return mail.Type, true
	}
	return subtitle.Sniff(name, head)
}

// SniffAny is Sniff for the checker, which looks into any text.
func SniffAny(name string, head []byte) (string, error) {
	if t := photo.Sniff(head); t != "" {
		return t, nil
	}
	if pdf.Sniff(head) {
		return pdf.Type, nil
	}
	if t := older.Sniff(name, head); t != "" {
		return t, nil
	}
	if t, err := office.Sniff(name, head); t != "" || err != nil {
		return t, err
	}
	if t, ok := sniffMarked(name, head); ok {
		return t, nil
	}
	if t, ok := text.Sniff(name, head); ok {
		return t, nil
	}
	return Sniff(name, head)
}

func newSearch(terms []redact.Term) redact.Detector { return search.NewMatcher(terms) }

func derive(found []redact.Finding) []redact.Term { return forms.Derive(found) }

// registered are the forms of everyone's names but for those that were only added
// as variants, which are forms themselves.
func registered(subjects []authz.Subject) []redact.Term {
	r := forms.NewRegister(forms.DepthFor(len(subjects)))
	for _, s := range subjects {
		var names []string
		for _, n := range s.Names {
			if n.Use != "variant" {
				names = append(names, n.Text)
			}
		}
		r.Add(redact.Kind(s.Kind), names)
	}
	return r.Terms()
}
