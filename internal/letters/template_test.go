package letters

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"consentry/assets"
)

// filled gives every placeholder of every template a value that fits its type.
func filled(t testing.TB) Fields {
	t.Helper()
	p, err := patterns()
	if err != nil {
		t.Fatal(err)
	}
	f := Fields{}
	for _, x := range p.Fields {
		switch x.Type {
		case "date":
			f[x.ID] = "2027-01-31"
		case "time":
			f[x.ID] = "2027-01-31T09:00:00+08:00"
		case "number":
			f[x.ID] = "7"
		case "digest":
			f[x.ID] = strings.Repeat("0a", 32)
		case "rows":
			f[x.ID] = "a\tb\tc\td\ne\tf\tg\th"
		case "list", "boxes":
			f[x.ID] = x.ID + "-1\n" + x.ID + "-2"
		default:
			f[x.ID] = x.ID
		}
	}
	return f
}

func source(t testing.TB, name string) string {
	t.Helper()
	b, err := fs.ReadFile(assets.Forms(), name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func placeholders(text string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestTemplates(t *testing.T) {
	p, err := patterns()
	if err != nil {
		t.Fatal(err)
	}
	used, files := map[string]bool{}, 1
	for _, form := range p.Forms {
		zh, en := source(t, form.ID+".zh.md"), source(t, form.ID+".en.md")
		files += 2
		if a, b := placeholders(zh), placeholders(en); !slices.Equal(a, b) {
			t.Errorf("%s: placeholders differ: %v, %v", form.ID, a, b)
		}
		if form.Zh == "" || form.En == "" || len(form.Basis) == 0 {
			t.Errorf("%s has no title or basis", form.ID)
		}
		for lang, text := range map[string]string{Zh: zh, En: en} {
			for _, id := range placeholders(text) {
				used[id] = true
				if _, ok := p.byID[id]; !ok {
					t.Errorf("%s.%s: %s is not in fields.yaml", form.ID, lang, id)
				}
			}
			if i := strings.IndexAny(text, strings.ReplaceAll(Marks, "☐", "")); i >= 0 || strings.Contains(text, "[x]") {
				t.Errorf("%s.%s holds a ticked box or another mark", form.ID, lang)
			}
			for _, s := range form.Sections {
				if strings.Count(text, "<!-- if "+s+" -->") != 1 {
					t.Errorf("%s.%s: not one section %s", form.ID, lang, s)
				}
			}
			if strings.Count(text, "<!-- if ") != len(form.Sections) || strings.Count(text, "<!-- end -->") != len(form.Sections) {
				t.Errorf("%s.%s: sections that fields.yaml does not list", form.ID, lang)
			}
			if han := strings.ContainsFunc(text, isHan); han != (lang == Zh) {
				t.Errorf("%s.%s is in another language", form.ID, lang)
			}
		}
	}
	for _, f := range p.Fields {
		if !used[f.ID] {
			t.Errorf("no form has the field %s", f.ID)
		}
		if f.Zh == "" || f.En == "" || f.Required && f.Line || (f.Type == "boxes") != (f.Boxes > 0) {
			t.Errorf("field %s is not well described", f.ID)
		}
	}
	all, err := fs.ReadDir(assets.Forms(), ".")
	if err != nil || len(all) != files {
		t.Errorf("%d files in the folder, fields.yaml lists %d: %v", len(all), files, err)
	}
}

func isHan(r rune) bool { return r >= 0x4e00 && r < 0xa000 }

// Every form can be made whole, has no hole, and its tables have as many cells in
// a row as in the head.
func TestFillAll(t *testing.T) {
	forms, err := Forms()
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range forms {
		for _, lang := range []string{Zh, En} {
			md, err := Fill(form.ID, lang, filled(t), form.Sections...)
			if err != nil {
				t.Errorf("%s.%s: %v", form.ID, lang, err)
				continue
			}
			if strings.Contains(string(md), "{{") || strings.Contains(string(md), "<!-- if") || strings.Contains(string(md), "<!-- end") {
				t.Errorf("%s.%s has a hole", form.ID, lang)
			}
			doc, err := parse(md)
			if err != nil {
				t.Errorf("%s.%s: %v", form.ID, lang, err)
			}
			for _, b := range doc.blocks {
				if b.kind == paragraph && strings.Contains(plainText(b.text), "|") {
					t.Errorf("%s.%s: a table is read as text", form.ID, lang)
				}
			}
			for id := range filled(t) {
				if !field(id).Required || !slices.Contains(placeholders(source(t, form.ID+".zh.md")), id) {
					continue
				}
				less := filled(t)
				less[id] = " \n"
				var m *Missing
				if md, err := Fill(form.ID, lang, less, form.Sections...); !errors.As(err, &m) || md != "" || len(m.Fields) != 1 || m.Fields[0].ID != id {
					t.Errorf("%s.%s without %s: %v", form.ID, lang, id, err)
				}
			}
		}
	}
}

func TestFillRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		form, lang, field, value, says string
	}{
		"unknown form":      {"letter-of-love", Zh, "", "", "no form"},
		"unknown language":  {"notice", "de", "", "", "language"},
		"a tick":            {"notice", Zh, "work_title", "我同意 ☑", "box or a tick"},
		"an empty box":      {"notice", Zh, "purpose_list", "☐ 广告", "box or a tick"},
		"a check mark":      {"notice", Zh, "work_title", "✓", "box or a tick"},
		"private use":       {"notice", Zh, "work_title", "\uE000\uE000\uE000", "cannot be printed"},
		"control":           {"notice", Zh, "work_title", "a\x00b", "cannot be printed"},
		"direction changed": {"notice", Zh, "work_title", "a\u202eb", "cannot be printed"},
		"no date":           {"notice", Zh, "notice_from", "tomorrow", "no date"},
		"no number":         {"notice", Zh, "response_days", "soon", "no number"},
		"no digest":         {"consent-person", Zh, "notice_sha256", "abc", "no digest"},
		"no id":             {"notice", Zh, "notice_version", "two words", "no id"},
		"no time":           {"withdrawal", Zh, "intake_time", "noon", "no time"},
	} {
		f := filled(t)
		if c.field != "" {
			f[c.field] = c.value
		}
		md, err := Fill(c.form, c.lang, f)
		if err == nil || md != "" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && c.value != "" && strings.Contains(err.Error(), c.value) {
			t.Errorf("%s: the error tells the value", name)
		}
	}
	if _, err := Fill("notice", Zh, filled(t), "attic"); err == nil {
		t.Error("a section that there is not")
	}
}

// What stands in a value is text, never Markdown.
func TestValuesAreText(t *testing.T) {
	for _, v := range []string{
		"**bold** _x_ `code`", "a | b", "# heading", "- item", "1. item", "12) item", "<!-- page -->", "<b>x</b>", "[x](http://a.example)", "&amp; &copy;",
		"![p](x)", "back\\slash \\* \\\\", "~~gone~~", "{{work_title}}", "> quote", "+ plus", "= =", "http://a.example/_x_", "____", "a\n\n# b",
	} {
		f := filled(t)
		f["recipient_salutation"], f["work_title"], f["asset_rows"] = v, v, v+"\tb\tc\td"
		for _, form := range []string{"request-letter", "takedown-partner"} {
			md, err := Fill(form, En, f)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := parse(md)
			if err != nil {
				t.Errorf("%q: %v", v, err)
				continue
			}
			want := strings.Join(strings.Fields(v), " ")
			if form == "takedown-partner" {
				want, _, _ = strings.Cut(v, "\n")
			}
			if !strings.Contains(doc.plain(), want) {
				t.Errorf("%s: %q reads\n%s", form, v, doc.plain())
			}
			clean, _ := Fill(form, En, filled(t))
			other, _ := parse(clean)
			if form == "request-letter" && len(other.blocks) != len(doc.blocks) {
				t.Errorf("%q changes the form", v)
			}
		}
	}
}

func FuzzEscape(f *testing.F) {
	f.Add("a*b_c|d")
	f.Add("1. x")
	f.Fuzz(func(t *testing.T, v string) {
		if plain(v) != nil || strings.Contains(v, "___") {
			return
		}
		v = strings.Join(strings.Fields(v), " ")
		if v == "" {
			return
		}
		doc, err := parse(Markdown(escape(v) + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimSpace(doc.plain()); got != v || len(doc.blocks) != 1 || doc.blocks[0].kind != paragraph {
			t.Errorf("%q reads %q", v, got)
		}
	})
}
