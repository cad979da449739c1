package letters

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

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

func pick(lang, zh, en string) string {
	if lang == Zh {
		return zh
	}
	return en
}

func none(lang string) string { return pick(lang, "无", "none") }
