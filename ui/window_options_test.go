package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"consentry/redact/office/officetest"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// worked is a Word file with a tracked insertion and a comment.
func worked(t *testing.T) string {
	const (
		office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		rels   = officetest.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		main   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
		word   = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
		by     = ` w:id="1" w:author="Wendel Aschberg" w:date="2026-03-01T10:00:00Z"`
	)
	return string(officetest.Container(t,
		"[Content_Types].xml", officetest.Header+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="`+main+`document.main+xml"/><Override PartName="/word/comments.xml" ContentType="`+main+`comments+xml"/></Types>`,
		"_rels/.rels", rels+`<Relationship Id="rId1" Type="`+office+`/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", officetest.Header+`<w:document `+word+`><w:body><w:p><w:r><w:t xml:space="preserve">陈星宇介绍了现场。</w:t></w:r><w:ins`+by+`><w:r><w:t>现场很整洁。</w:t></w:r></w:ins><w:r><w:commentReference w:id="1"/></w:r></w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels", rels+`<Relationship Id="rId1" Type="`+office+`/comments" Target="comments.xml"/></Relationships>`,
		"word/comments.xml", officetest.Header+`<w:comments `+word+`><w:comment`+by+` w:initials="WA"><w:p><w:r><w:t>这一句再核对。</w:t></w:r></w:p></w:comment></w:comments>`))
}

// A case's options can be changed after it was made: what is unsure is hidden without a
// question, how faces are hidden, and what a Word file keeps; and they are the case's own.
func TestOptionsOfACase(t *testing.T) {
	x := inRegistry(t, "zh", theme.Light)
	x.until("the models are loaded", func() bool { return x.loading == "" })
	dir := t.TempDir()
	x.take([]string{put(t, filepath.Join(dir, "story.docx"), worked(t))})
	x.form.Fill("回访", "", "周编辑")
	x.form.Submit()
	c := x.room.open
	c.out = filepath.Join(dir, "package")
	scanned := func() bool { return c.bench.Stage() == state.Review && !c.bench.Busy() }
	x.until("the case is scanned", scanned)
	if c.bench.Questions() == 0 {
		t.Fatal("nobody is asked about 陈星宇, of whom there are two")
	}
	x.do(state.CaseOptions, false)
	if x.options == nil || len(x.sheets) != 1 {
		t.Fatal("the options are not asked for")
	}
	x.shot("options")
	x.options.Set(true, 0, true)
	x.options.Submit()
	x.until("it is scanned again", func() bool { return c.view.Plan.Case.HideUnsure && scanned() })
	if n := c.bench.Questions(); n > 0 {
		t.Errorf("%d questions, and what is unsure is hidden", n)
	}
	if s := c.view.Plan.Case.Style.String(); s != "solid" {
		t.Errorf("faces are hidden by %s", s)
	}
	kept, err := x.session.Records().Load(t.Context(), c.kase.ID)
	if err != nil || !kept.HideUnsure || !kept.Writing.KeepChanges || kept.Writing.Searchable || kept.Changed.IsZero() {
		t.Errorf("what is kept of the case: %+v, %v", kept, err)
	}

	written := func() map[string]string {
		t.Helper()
		x.do(state.Primary, false)
		x.until("it is verified", func() bool { return c.bench.Stage() == state.Verified && len(x.sheets) == 1 })
		x.closeSheet()
		c.export("周编辑", "")
		x.until("it is exported", func() bool { return c.bench.Stage() == state.Exported && !c.bench.Busy() })
		b, err := os.ReadFile(filepath.Join(c.out, "files", "story.docx"))
		if err != nil {
			t.Fatal(err)
		}
		return officetest.Unpacked(t, b)
	}
	parts := written()
	if d := parts["word/document.xml"]; !strings.Contains(d, "<w:ins") || !strings.Contains(parts["word/comments.xml"], "这一句再核对") {
		t.Error("changes or comments are not kept:", d, parts["word/comments.xml"])
	}
	for name, p := range parts {
		if strings.Contains(p, "Wendel") || strings.Contains(p, "陈星宇") {
			t.Error("somebody is named in", name)
		}
	}

	x.do(state.CaseOptions, false)
	x.options.Set(true, 0, false)
	x.options.Submit()
	x.until("it is scanned once more", func() bool { return !c.view.Plan.Case.Writing.KeepChanges && scanned() })
	parts = written()
	if d := parts["word/document.xml"]; strings.Contains(d, "<w:ins") || !strings.Contains(d, "现场很整洁") || parts["word/comments.xml"] != "" {
		t.Error("changes and comments are still there:", d, parts["word/comments.xml"])
	}
	// Another file comes into the same case; what was answered stays, and it is no package yet.
	c.add([]string{put(t, filepath.Join(dir, "more.md"), "贺兰听雨写了后记。\n")})
	x.until("the second file is scanned", func() bool { return len(c.view.Plan.Case.Assets) == 2 && scanned() })
	if kept, err := x.session.Records().Load(t.Context(), c.kase.ID); err != nil || len(kept.Assets) != 2 || len(x.opened) != 1 {
		t.Errorf("the case has %d files, %d cases are open: %v", len(kept.Assets), len(x.opened), err)
	}
	x.at200("options", func() { x.show(roomCase); x.do(state.CaseOptions, false) })
}
