package letters

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"gopkg.in/yaml.v3"

	"consentry/assets"
)

// The languages of forms.
const (
	Zh = "zh"
	En = "en"
)

// Markdown is the text of a letter or form: CommonMark with tables, in which a
// line is a line, a run of three underscores or more is a line to write on, ☐ is
// an empty box and <!-- page --> begins a page.
type Markdown string

// Fields are the values of a template's placeholders, in plain text, by the ids
// of assets/forms/fields.yaml. A date is YYYY-MM-DD. A list, a table's rows and
// the labels of boxes are one a line; the cells of a row are separated by tabs.
// No value is read as Markdown.
type Fields map[string]string

// A Form is a template.
type Form struct {
	ID       string   `yaml:"id"` // notice, consent-person, …
	Zh       string   `yaml:"zh"`
	En       string   `yaml:"en"`
	Basis    []string `yaml:"basis"`              // provisions it serves
	Sections []string `yaml:"sections,omitempty"` // parts that stand only where they apply
}

// Title is the form's name in a language.
func (f Form) Title(lang string) string { return pick(lang, f.Zh, f.En) }

// A Field is a placeholder of templates.
type Field struct {
	ID       string `yaml:"id"`
	Zh       string `yaml:"zh"`
	En       string `yaml:"en"`
	Type     string `yaml:"type"`     // text, list, rows, boxes, date, time, number, id, digest, choice
	Required bool   `yaml:"required"` // no form is made without it
	Line     bool   `yaml:"line"`     // a line to write on stands for it where there is no value
	Boxes    int    `yaml:"boxes"`    // type boxes: so many empty boxes a row
	Free     int    `yaml:"free"`     // type boxes: and so many empty cells
}

// Title is the field's name in a language.
func (f Field) Title(lang string) string { return pick(lang, f.Zh, f.En) }

// Missing says which fields a form lacks. The form is not made.
type Missing struct {
	Fields []Field
}

func (m *Missing) Error() string { return "missing for the form: " + m.In(En) }

// In names the missing fields in a language.
func (m *Missing) In(lang string) string {
	var names []string
	for _, f := range m.Fields {
		names = append(names, f.Title(lang))
	}
	return strings.Join(names, pick(lang, "、", ", "))
}

func (m *Missing) add(f Field) {
	if !slices.ContainsFunc(m.Fields, func(o Field) bool { return o.ID == f.ID }) {
		m.Fields = append(m.Fields, f)
	}
}

// pattern is what the embedded folder of forms says of itself.
type pattern struct {
	Version string  `yaml:"version"`
	Fields  []Field `yaml:"fields"`
	Forms   []Form  `yaml:"forms"`
	byID    map[string]Field
}

var patterns = sync.OnceValues(func() (*pattern, error) {
	b, err := fs.ReadFile(assets.Forms(), "fields.yaml")
	if err != nil {
		return nil, fmt.Errorf("read the list of fields: %w", err)
	}
	var p pattern
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	if err := d.Decode(&p); err != nil {
		return nil, fmt.Errorf("read the list of fields: %w", err)
	}
	p.byID = map[string]Field{}
	for _, f := range p.Fields {
		p.byID[f.ID] = f
	}
	return &p, nil
})

// Forms lists the templates there are. The error is that of a broken program.
func Forms() ([]Form, error) {
	p, err := patterns()
	if err != nil {
		return nil, err
	}
	return p.Forms, nil
}

func (p *pattern) form(id string) (Form, bool) {
	i := slices.IndexFunc(p.Forms, func(f Form) bool { return f.ID == id })
	if i < 0 {
		return Form{}, false
	}
	return p.Forms[i], true
}

// field is the field with an id, for an error that names it.
func field(id string) Field {
	if p, err := patterns(); err == nil {
		if f, ok := p.byID[id]; ok {
			return f
		}
	}
	return Field{ID: id, Zh: id, En: id}
}

var placeholder = regexp.MustCompile(`\{\{(\w+)\}\}`)

// Fill makes a form from its template (the id of a Form) in a language. Sections
// names those that apply. The error is a *Missing where a required field has no
// value; others name the form or the field, never a value.
func Fill(template, lang string, fields Fields, sections ...string) (Markdown, error) {
	p, err := patterns()
	if err != nil {
		return "", err
	}
	form, ok := p.form(template)
	if !ok {
		return "", fmt.Errorf("no form %q", template)
	}
	if lang != Zh && lang != En {
		return "", fmt.Errorf("no form in the language %q: zh or en", lang)
	}
	for _, s := range sections {
		if !slices.Contains(form.Sections, s) {
			return "", fmt.Errorf("form %s has no section %q", template, s)
		}
	}
	raw, err := fs.ReadFile(assets.Forms(), template+"."+lang+".md")
	if err != nil {
		return "", fmt.Errorf("read form %s: %w", template, err)
	}
	text, err := cut(string(raw), sections)
	if err != nil {
		return "", fmt.Errorf("form %s: %w", template, err)
	}
	var missing Missing
	var bad error
	out := placeholder.ReplaceAllStringFunc(text, func(m string) string {
		f := p.byID[m[2:len(m)-2]]
		v, err := f.render(lang, fields[f.ID])
		switch {
		case errors.Is(err, errEmpty):
			missing.add(f)
		case err != nil && bad == nil:
			bad = fmt.Errorf("form %s: field %s: %w", template, f.ID, err)
		}
		return v
	})
	if bad != nil {
		return "", bad
	}
	if len(missing.Fields) > 0 {
		return "", &missing
	}
	return Markdown(strings.TrimSpace(out) + "\n"), nil
}

// cut takes the sections out that do not apply, and the marks of all.
func cut(text string, sections []string) (string, error) {
	var out []string
	in, keep := false, true
	for l := range strings.SplitSeq(text, "\n") {
		name, begins := strings.CutPrefix(l, "<!-- if ")
		switch {
		case begins:
			if in {
				return "", errors.New("a section inside a section")
			}
			in, keep = true, slices.Contains(sections, strings.TrimSuffix(name, " -->"))
		case l == "<!-- end -->":
			in, keep = false, true
		case keep:
			out = append(out, l)
		}
	}
	if in {
		return "", errors.New("a section without an end")
	}
	return strings.Join(out, "\n"), nil
}

var errEmpty = errors.New("no value")

// render gives a value as Markdown.
func (f Field) render(lang, v string) (string, error) {
	v = strings.TrimSpace(v)
	if err := plain(v); err != nil {
		return "", err
	}
	if v == "" {
		switch {
		case f.Required:
			return "", errEmpty
		case f.Line:
			return "____________", nil
		}
		return none(lang), nil
	}
	switch f.Type {
	case "boxes":
		return f.table(v, strings.Repeat(" ☐ |", f.Boxes)+strings.Repeat(" |", f.Free)), nil
	case "rows":
		return f.table(v, ""), nil
	case "list":
		var items []string
		for l := range strings.Lines(v) {
			if l = strings.TrimSpace(l); l != "" {
				items = append(items, l)
			}
		}
		return escape(strings.Join(items, pick(lang, "、", ", "))), nil
	}
	v = strings.Join(strings.Fields(v), " ")
	return escape(v), f.check(v)
}

func (f Field) check(v string) error {
	var err error
	switch f.Type {
	case "date":
		_, err = time.Parse(time.DateOnly, v)
	case "time":
		_, err = time.Parse(time.RFC3339, v)
	case "number":
		_, err = strconv.Atoi(v)
	case "digest":
		var b []byte
		if b, err = hex.DecodeString(v); err == nil && len(b) != 32 {
			err = errors.New("length")
		}
	case "id":
		if strings.Contains(v, " ") {
			err = errors.New("space")
		}
	}
	if err != nil {
		return fmt.Errorf("the value is no %s", f.Type)
	}
	return nil
}

// table makes rows, one a line of the value, cells by tabs.
func (f Field) table(v, tail string) string {
	var rows []string
	for l := range strings.Lines(v) {
		var cells []string
		for c := range strings.SplitSeq(strings.TrimRight(l, "\r\n"), "\t") {
			cells = append(cells, escape(strings.Join(strings.Fields(c), " ")))
		}
		rows = append(rows, "| "+strings.Join(cells, " | ")+" |"+tail)
	}
	return strings.Join(rows, "\n")
}

// Marks that look like a box or a tick. A value with one could pass for a choice
// that nobody made.
const marks = "☐☑☒□■▢▣✓✔✗✘✅❎⊠⊡🗹🗵🗷🗸"

// plain reports what must not stand in a value.
func plain(v string) error {
	for _, r := range v {
		switch {
		case strings.ContainsRune(marks, r):
			return errors.New("the value holds a box or a tick, which only the person concerned may set")
		case r == '\n' || r == '\t' || r == '\r':
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cf, r), r == unicode.ReplacementChar:
			return errors.New("the value holds a character that cannot be printed")
		}
	}
	return nil
}

// escape keeps a plain text from being read as Markdown.
func escape(v string) string {
	var b strings.Builder
	for i, r := range v {
		switch {
		case strings.ContainsRune("\\`*_[]<>&|~", r), i == 0 && strings.ContainsRune("#+-=", r):
			b.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && strings.Trim(v[:i], "0123456789") == "":
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func pick(lang, zh, en string) string {
	if lang == Zh {
		return zh
	}
	return en
}

func none(lang string) string { return pick(lang, "无", "none") }
