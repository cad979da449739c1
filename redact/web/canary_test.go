package web

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/redacttest"
)

// places are where a name can stand in a page; %s is the name.
var hidingPlaces = []struct{ about, html string }{
	{"text", `<p>said %s today</p>`},
	{"title", `<title>About %s</title>`},
	{"author", `<meta name="author" content="%s">`},
	{"description", `<meta name=description content="by %s">`},
	{"open graph", `<meta property="og:title" content="%s">`},
	{"twitter", `<meta name="twitter:creator" content="%s">`},
	{"alt", `<img src="a.jpg" alt="%s">`},
	{"tooltip", `<p title='%s'>x</p>`},
	{"aria label", `<nav aria-label="%s">x</nav>`},
	{"placeholder", `<input placeholder="%s">`},
	{"value", `<input type=hidden value="%s">`},
	{"data attribute", `<p data-author="%s">x</p>`},
	{"unknown attribute", `<p x-by="%s">x</p>`},
	{"comment", `<!-- %s wrote this -->`},
	{"conditional comment", `<!--[if lt IE 9]><p class=x>%s</p><![endif]-->`},
	{"linked data", `<script type="application/ld+json">{"@type":"Person","name":"%s"}</script>`},
	{"style comment", `<style>/* %s */ p { color: red }</style>`},
	{"style content", `<style>p::before { content: "%s" }</style>`},
	{"declarations", `<p style="--by: '%s'">x</p>`},
	{"noscript", `<noscript><p>%s</p></noscript>`},
	{"template", `<template><p>%s</p></template>`},
	{"hidden", `<p hidden>%s</p>`},
	{"textarea", `<textarea>%s</textarea>`},
	{"option", `<select><option label="%s">x</select>`},
	{"frame", `<iframe srcdoc="&lt;p>%s&lt;/p>"></iframe>`},
	{"drawing", `<svg><text>%s</text></svg>`},
	{"drawing's title", `<svg><title>%s</title><desc>x</desc></svg>`},
	{"microdata", `<span itemprop="author" content="%s">x</span>`},
	{"reading", `<ruby>x<rt>%s</rt></ruby>`},
	{"caption", `<table summary="%s"><caption>x</table>`},
	{"end tag", `<p>x</p by="%s">`},
	{"CDATA", `<svg><text><![CDATA[%s]]></text></svg>`},
	{"bogus comment", `<?by %s ?>`},
	{"second attribute", `<p title="x" title="%s">x</p>`},
	{"xmp", `<xmp>%s</xmp>`},
	{"unfinished tag", `<p by="%s"`},
}

// coded are the places in which it is written in another notation.
var codedPlaces = []struct {
	about string
	html  func(name string) string
}{
	{"address", func(s string) string { return `<a href="/people/` + url.PathEscape(s) + `">x</a>` }},
	{"mail address", func(s string) string { return `<a href="mailto:` + url.PathEscape(s) + `@example.com">x</a>` }},
	{"picture's address", func(s string) string { return `<img src="/img/` + url.PathEscape(s) + `.jpg">` }},
	{"picture set", func(s string) string { return `<img srcset="/img/` + url.PathEscape(s) + `.jpg 2x">` }},
	{"style address", func(s string) string { return `<p style="background:url(/img/` + url.PathEscape(s) + `.jpg)">x</p>` }},
	{"text inside", func(s string) string {
		return `<a href="data:text/plain;base64,` + base64.StdEncoding.EncodeToString([]byte("by "+s+" alone")) + `">x</a>`
	}},
	{"page inside", func(s string) string {
		return `<iframe src="data:text/html,` + url.PathEscape("<html><p title='"+s+"'>x") + `"></iframe>`
	}},
	{"drawing inside", func(s string) string {
		return `<img src="data:image/svg+xml;base64,` + base64.StdEncoding.EncodeToString([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><desc>`+s+`</desc></svg>`)) + `">`
	}},
	{"references", func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "&#%d;", r)
		}
		return "<p>" + b.String() + "</p>"
	}},
	{"over tags", func(s string) string {
		rs := []rune(s)
		return "<p>" + string(rs[:1]) + "<b>" + string(rs[1:2]) + "</b>" + string(rs[2:]) + "</p>"
	}},
	{"escapes of JSON", func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		return `<script type="application/json">["` + b.String() + `"]</script>`
	}},
	{"escapes of styles", func(s string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, `\%x `, r)
		}
		return `<style>q::after{content:"` + b.String() + `"}</style>`
	}},
}

// droppedPlaces go whatever is ordered.
var droppedPlaces = []struct{ about, html string }{
	{"script", `<script>var by = "%s"</script>`},
	{"handler", `<p onclick="show('%s')">x</p>`},
	{"script address", `<a href="javascript:show('%s')">x</a>`},
	{"unknown data", `<script type="text/template"><p>%s</p></script>`},
}

// canary is a page with an invented name in each place, the names that are to be
// shown, and those that go anyway.
func canary() (page string, shown, gone []string) {
	names := redacttest.Names(len(hidingPlaces) + len(codedPlaces) + len(droppedPlaces) + 1)
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><meta charset=utf-8>\n")
	next := func() (n string) { n, names = names[0], names[1:]; return }
	for _, p := range droppedPlaces {
		n := next()
		gone = append(gone, n)
		fmt.Fprintf(&b, p.html+"\n", n)
	}
	for _, p := range codedPlaces {
		n := next()
		shown = append(shown, n)
		b.WriteString(p.html(n) + "\n")
	}
	// One stands in names of things too.
	n := strings.ReplaceAll(strings.ToLower(names[len(names)-1]), " ", "-")
	fmt.Fprintf(&b, "<style>.%s { color: red }</style><p id=%[1]s class='x %[1]s' data-%[1]s=1>%s</p><p-%[1]s>x</p-%[1]s>\n", n, names[len(names)-1])
	shown = append(shown, names[len(names)-1])
	for _, p := range hidingPlaces {
		n := next()
		shown = append(shown, n)
		fmt.Fprintf(&b, p.html+"\n", n)
	}
	return b.String(), shown, gone
}

func attacks(f redact.Format) []redact.Attack {
	return []redact.Attack{attack.Text{Formats: map[string]redact.Format{HTML: f, XHTML: f, SVG: f}}, attack.Bytes{}, attack.Opened{}}
}

// attacked tells by which attacks each removed text is found.
func attacked(t *testing.T, f redact.Format, out redacttest.Sample, removed []redact.Finding) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for _, a := range attacks(f) {
		leaks, err := a.Try(t.Context(), redact.Released{Asset: redacttest.Asset(out.Name, out.Type, out.Body), Body: bytes.NewReader(out.Body), Removed: removed})
		if err != nil {
			t.Fatalf("%s: %v", a.ID(), err)
		}
		for _, l := range leaks {
			name := removed[l.Removed].Text
			found[name] = append(found[name], l.By+": "+l.Where)
		}
	}
	return found
}

func TestCanary(t *testing.T) {
	page, shown, gone := canary()
	f := format()
	src := redacttest.Sample{Name: "canary.html", Type: HTML, Body: []byte(page)}
	out, removed, unseen := redacttest.HideAll(t, f, src, append(slices.Clone(shown), gone...), "客户A")
	if !slices.Equal(unseen, gone) {
		t.Errorf("not shown: %q, want %q", unseen, gone)
	}
	for name, where := range attacked(t, f, out, removed) {
		t.Errorf("%s is left: %q", name, where)
	}
	// Each can be got out of the page as it is.
	found := attacked(t, f, src, removed)
	for _, n := range append(slices.Clone(shown), gone...) {
		if len(found[n]) == 0 {
			t.Errorf("%s is not found in the page as it is", n)
		}
	}
	if n := len(shown) + len(gone); n < 50 {
		t.Errorf("only %d places", n)
	}
	if t.Failed() {
		t.Logf("%s", out.Body)
	}
	redacttest.TestAttack(t, attack.Opened{}, redact.Released{
		Asset: redacttest.Asset(out.Name, out.Type, out.Body), Body: bytes.NewReader(out.Body), Removed: removed,
		Source: redacttest.Asset(src.Name, src.Type, src.Body), SourceBody: bytes.NewReader(src.Body),
	})
}

// What no order is for stays byte for byte.
func TestUntouched(t *testing.T) {
	page, _, _ := canary()
	d, _ := pagesOf(t, format(), HTML, []byte(page))
	var once, twice bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &once, nil); err != nil {
		t.Fatal(err)
	}
	d, _ = pagesOf(t, format(), HTML, once.Bytes())
	if _, err := d.Rewrite(t.Context(), &twice, nil); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
		t.Errorf("a second rewrite changes what the first wrote, %v", err)
	}
}

const drawn = `<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="%s.css"?>
<!-- %s -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="x" inkscape:export-filename="/home/%s/a.png" aria-label="%s">
<title>%s</title><desc>%s</desc>
<metadata><rdf:RDF xmlns:rdf="r" xmlns:dc="d"><dc:creator rdf:about="%s">%s</dc:creator></rdf:RDF></metadata>
<style>/* %s */ text::before { content: "%s" }</style><style><![CDATA[a { --x: "%s" }]]></style>
<text>%s</text><text><tspan x="1">%s</tspan></text><text><textPath xlink:href="#p">%s</textPath></text>
<a xlink:href="/by/%s"><text>x</text></a><g data-name="%s" id="a"/>
<image xlink:href="data:image/svg+xml,%s"/>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" title="%s">%s</p></foreignObject>
<text><![CDATA[%s]]></text>
</svg>`

func TestDrawingCanary(t *testing.T) {
	names := redacttest.Names(24)
	n := strings.Count(drawn, "%s")
	var args []any
	for i := range n {
		args = append(args, names[i])
	}
	inner := n - 4 // that of the image inside
	args[inner] = url.PathEscape("<svg xmlns='http://www.w3.org/2000/svg'><text>" + names[inner] + "</text></svg>")
	src := fmt.Sprintf(drawn, args...)
	glyphs := ""
	for i, r := range names[n] {
		glyphs += fmt.Sprintf("<tspan x='%d' y='1'>%c</tspan>", i, r)
	}
	src = strings.Replace(src, "</svg>\n", "", 1)
	src = src[:len(src)-len("</svg>")] + "<text>" + glyphs + "</text><script>var a='" + names[n+1] + "'</script><g id='" + strings.ReplaceAll(names[n+2], " ", "_") + "'/><text>" + names[n+2] + "</text></svg>"
	f := format()
	s := redacttest.Sample{Name: "a.svg", Type: SVG, Body: []byte(src)}
	out, removed, unseen := redacttest.HideAll(t, f, s, names[:n+3], "客户A")
	if !slices.Equal(unseen, names[n+1:n+2]) {
		t.Errorf("not shown: %q", unseen)
	}
	for name, where := range attacked(t, f, out, removed) {
		t.Errorf("%s is left: %q", name, where)
	}
	found := attacked(t, f, s, removed)
	for _, name := range names[:n+3] {
		if len(found[name]) == 0 {
			t.Errorf("%s is not found in the drawing as it is", name)
		}
	}
	if t.Failed() {
		t.Logf("%s", out.Body)
	}
}

// Whatever the bytes are, Open blames them or gives a document of which the attack
// finds nothing after every text of it was hidden.
func FuzzOpen(f *testing.F) {
	page, _, _ := canary()
	f.Add([]byte(page), uint8(0))
	f.Add([]byte(drawn), uint8(1))
	for _, s := range []string{"<p>Zh<b>ang</b>", "<!--><p>x", "<a href=x%", "<svg><title>a", "<style>a{b:url(", "<script type=application/json>{\"a\":1", "<p title=&#x", "<ruby>a<rt>b<p>c", "</ x>", "<plaintext><p>", "<textarea><p", "<br/>&#0;&shy;"} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(2))
	}
	of := format()
	f.Fuzz(func(t *testing.T, b []byte, kind uint8) {
		media := []string{HTML, SVG, XHTML}[int(kind)%3]
		d, err := of.Open(t.Context(), redacttest.Asset("a", media, b), bytes.NewReader(b))
		if err != nil {
			if !isUnreadable(err) {
				t.Fatal(err)
			}
			return
		}
		var rs []redact.Redaction
		for p, err := range d.Pages(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range p.Spans {
				n := len([]rune(s.Text))
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset, End: s.Offset + n}, With: "客户A"})
			}
		}
		var out bytes.Buffer
		if _, err := d.Rewrite(t.Context(), &out, rs); err != nil && !strings.Contains(err.Error(), "nothing else can") {
			t.Fatal(err)
		}
		if _, err := of.Open(t.Context(), redacttest.Asset("a", media, out.Bytes()), bytes.NewReader(out.Bytes())); err != nil && out.Len() > 0 && !isUnreadable(err) {
			t.Fatal(err)
		}
	})
}
