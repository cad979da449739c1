package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"consentry/redact"
	"consentry/redact/photo"
	"consentry/redact/redacttest"
	"consentry/redact/text"
)

// format opens pages, drawings, texts and photos within pages.
func format() *Format {
	var f *Format
	f = New(Options{Open: func(ctx context.Context, name string, b []byte) (redact.Document, error) {
		a := redacttest.Asset(name, "", b)
		var of redact.Format = f
		switch t, ok := Sniff(name, b); {
		case ok:
			a.Type = t
		case photo.Sniff(b) != "":
			a.Type, of = photo.Sniff(b), photo.New(photo.InProcess, nil)
		default:
			if a.Type, ok = text.Sniff(name, b); !ok {
				return nil, redact.ErrUnreadable
			}
			of = text.Format{}
		}
		return of.Open(ctx, a, bytes.NewReader(b))
	}})
	return f
}

func coded(t *testing.T, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pixels is a picture with some detail.
func pixels(t *testing.T) string {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range m.Pix {
		m.Pix[i] = uint8(i * 37 % 251)
	}
	m.SetGray(0, 0, color.Gray{7})
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func pagesOf(t *testing.T, f redact.Format, media string, body []byte) (redact.Document, []redact.Page) {
	t.Helper()
	d, err := f.Open(t.Context(), redacttest.Asset("a", media, body), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var pages []redact.Page
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, p)
	}
	return d, pages
}

// hide replaces every occurrence of word in what a page shows.
func hide(t *testing.T, media, body, word, with string) string {
	t.Helper()
	d, pages := pagesOf(t, format(), media, []byte(body))
	var rs []redact.Redaction
	for _, p := range pages {
		for _, s := range p.Spans {
			for at := 0; ; {
				i := strings.Index(s.Text[at:], word)
				if i < 0 {
					break
				}
				from := s.Offset + utf8.RuneCountInString(s.Text[:at+i])
				rs = append(rs, redact.Redaction{Region: redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: from, End: from + utf8.RuneCountInString(word)}, With: with})
				at += i + len(word)
			}
		}
	}
	if len(rs) == 0 {
		t.Errorf("%q is shown nowhere in %q", word, body)
	}
	var out bytes.Buffer
	if _, err := d.Rewrite(t.Context(), &out, rs); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const page = `<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>故事：云岚精工</title>
<style>.a::before { content: "案例" } /* 作者 */</style></head>
<body><p class=a>林知<b>遥</b>是信息部总监。</p><p>电话：139 0000 0000</p><img alt="林知遥" src="p/林知遥.jpg"></body></html>
`

func TestFormat(t *testing.T) {
	gbk := strings.Replace(page, "utf-8", "gbk", 1)
	redacttest.TestFormat(t, format(),
		redacttest.Sample{Name: "utf-8", Type: HTML, Body: []byte(page)},
		redacttest.Sample{Name: "bom", Type: HTML, Body: []byte("\xef\xbb\xbf" + page)},
		redacttest.Sample{Name: "gbk", Type: HTML, Body: coded(t, simplifiedchinese.GBK, gbk)},
		redacttest.Sample{Name: "gb18030, not declared", Type: HTML, Body: coded(t, simplifiedchinese.GB18030, "<p>林知遥是云岚精工的信息部总监。她说：上线后我轻松多了。")},
		redacttest.Sample{Name: "utf-16", Type: HTML, Body: coded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page)},
		redacttest.Sample{Name: "fragment", Type: HTML, Body: []byte("Elara Quist said")},
		redacttest.Sample{Name: "picture", Type: HTML, Body: []byte("<p>Elara</p><img src='data:image/png;base64," + pixels(t) + "'>")},
		redacttest.Sample{Name: "frame", Type: HTML, Body: []byte(`<p>x <iframe srcdoc="&lt;p&gt;Elara &amp;amp; Quist"></iframe>`)},
		redacttest.Sample{Name: "xhtml", Type: XHTML, Body: []byte(`<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p>Elara &nbsp; Quist<![CDATA[ <Elara> ]]></p></body></html>`)},
		redacttest.Sample{Name: "svg", Type: SVG, Body: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><title>Elara</title><text><tspan x="1">E</tspan><tspan x="2">lara</tspan> Quist</text></svg>`)},
		redacttest.Sample{Name: "no declared encoding", Type: HTML, Body: coded(t, japanese.ShiftJIS, "<p>山田さんはエンジニアです。"), Unreadable: true},
		redacttest.Sample{Name: "utf-8 that is none", Type: HTML, Body: []byte("<meta charset=utf-8><p>\xd5\xc5\xce\xb0"), Unreadable: true},
		redacttest.Sample{Name: "hz", Type: HTML, Body: []byte("<meta charset=hz-gb-2312><p>~{VP9z~}"), Unreadable: true},
		redacttest.Sample{Name: "entities", Type: SVG, Body: []byte(`<!DOCTYPE svg [<!ENTITY a "Elara"><!ENTITY b "&a;&a;&a;">]><svg><text>&b;</text></svg>`), Unreadable: true},
		redacttest.Sample{Name: "an encoding that is not known", Type: SVG, Body: []byte(`<?xml version="1.0" encoding="UTF-9"?><svg><text>Elara</text></svg>`), Unreadable: true},
		redacttest.Sample{Name: "not well-formed", Type: SVG, Body: []byte(`<svg><text>Elara</svg>`), Unreadable: true},
		redacttest.Sample{Name: "comments within comments", Type: HTML, Body: []byte(strings.Repeat("<iframe>", 1) + strings.Repeat("<noscript><!-- <iframe>", 20)), Unreadable: true},
	)
}

func TestHide(t *testing.T) {
	for _, c := range []struct{ about, in, word, want string }{
		{"over tags", `<p>Zh<b>ang</b> W<i>ei</i>!</p>`, "Zhang Wei", `<p>客户A<b></b><i></i>!</p>`},
		{"references", `<p>张&#x4f1f;&nbsp;&amp; x`, "张伟", `<p>客户A&nbsp;&amp; x`},
		{"white space", "<p>Zhang\n   Wei", "Zhang Wei", "<p>客户A"},
		{"readings", `<ruby>张<rt>zhāng</rt>伟<rt>wěi</rt></ruby>`, "张伟", `<ruby>客户A<rt>zhāng</rt><rt>wěi</rt></ruby>`},
		{"reading", `<ruby>张<rt>zhāng</rt>伟<rt>wěi</rt></ruby>`, "zhāng", `<ruby>张<rt>客户A</rt>伟<rt>wěi</rt></ruby>`},
		{"bare value", `<a title=张伟 class=x>`, "张伟", `<a title=客户A class=x>`},
		{"two of one name", `<a title="x" title='张伟'>`, "张伟", `<a title="x" title='客户A'>`},
		{"address", `<a href="/u/%E5%BC%A0%E4%BC%9F?q=1&amp;r=2#x">`, "张伟", `<a href="/u/%E5%AE%A2%E6%88%B7A?q=1&amp;r=2#x">`},
		{"address in GBK", `<a href="/u?n=%D5%C5%CE%B0">`, "张伟", `<a href="/u?n=%E5%AE%A2%E6%88%B7A">`},
		{"comment", `<!-- by 张伟 -->`, "张伟", `<!-- by 客户A -->`},
		{"where a browser saved it from", "<!-- saved from url=(0040)file:///home/zhang/%E5%BC%A0%E4%BC%9F.html --><p>张伟", "张伟", "<p>客户A"},
		{"comment of markup", `<!--[if IE]><p>张<b>伟</b></p><![endif]-->`, "张伟", `<!--[if IE]><p>客户A<b></b></p><![endif]-->`},
		{"JSON", `<script type="application/ld+json">{"name":"\u5f20伟","n":[1]}</script>`, "张伟", `<script type="application/ld+json">{"name":"客户A","n":[1]}</script>`},
		{"number in JSON", `<script type="application/json">{"tel":13900000000}</script>`, "13900000000", `<script type="application/json">{"tel":"客户A"}</script>`},
		{"style", `<style>a::after{content:"\5f20\4f1f"}/* 张伟 */</style><p>张伟`, "张伟", `<style>a::after{content:"客户A"}/* 客户A */</style><p>客户A`},
		{"declarations", `<p style="--n:'张伟'">`, "张伟", `<p style="--n:'客户A'">`},
		{"identifiers", `<style>.zhang-wei{}</style><p id=zhang_wei class="b ZhangWei">Zhang Wei`, "Zhang Wei", `<style>.客户A{}</style><p id=客户A class="b 客户A">客户A`},
		{"names of tags and attributes", `<zhang-wei data-zhang-wei="1">Zhang Wei</zhang-wei>`, "Zhang Wei", `<x-客户A data-客户A="1">客户A</x-客户A>`},
		{"scripts", `<p onclick="f('张伟')">张伟<script>var a="张伟"</script><a href="javascript:f('张伟')">`, "张伟", `<p >客户A<a href="#">`},
		{"text area", `<textarea>张&lt;伟</textarea>`, "张<伟", `<textarea>客户A</textarea>`},
		{"noscript", `<noscript><p>张<b>伟</b></noscript>`, "张伟", `<noscript><p>客户A<b></b></noscript>`},
		{"drawing in a page", `<svg><title>张伟</title><text>张<tspan>伟</tspan></text></svg>`, "张伟", `<svg><title>客户A</title><text>客户A<tspan></tspan></text></svg>`},
		{"words that only tags part", `<span>Zhang Wei</span><span>CEO</span>`, "Zhang Wei", `<span>客户A</span><span>CEO</span>`},
		{"end tag", `<p>x</p title="张伟">`, "张伟", `<p>x</p title="客户A">`},
		{"unfinished", `<p>x<a title="张伟`, "张伟", `<p>x<a title="客户A`},
		{"srcset", `<img srcset="a/张伟.jpg 1x, b/张伟.jpg 2x">`, "张伟", `<img srcset="a/%E5%AE%A2%E6%88%B7A.jpg 1x, b/%E5%AE%A2%E6%88%B7A.jpg 2x">`},
		{"frame", `<iframe srcdoc="&lt;p title='张伟'>张&lt;b>伟&lt;/b>"></iframe>`, "张伟", `<iframe srcdoc="&lt;p title=&#39;客户A&#39;&gt;客户A&lt;b&gt;&lt;/b&gt;"></iframe>`},
		{"file inside", `<a href="data:text/plain,by%20Zhang%20Wei">`, "Zhang Wei", `<a href="data:text/plain;base64,` + base64.StdEncoding.EncodeToString([]byte("by 客户A")) + `">`},
		{"unreadable file", `<p>张伟<img src="data:image/x-emf;base64,AAAA">`, "张伟", `<p>客户A<img src="` + blankPicture + `">`},
		{"raw element that XML ends", `<title/><p>张<b>伟</b>`, "张伟", `<p>客户A<b></b>`},
		{"CDATA", `<svg><text><![CDATA[张<伟]]></text></svg>`, "张<伟", `<svg><text><![CDATA[客户A]]></text></svg>`},
	} {
		if got := hide(t, HTML, c.in, c.word, "客户A"); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.about, got, c.want)
		}
	}
}

// The text between blocks is read apart, what inline elements part together.
func TestTexts(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"<p>a <b> b</b><td>c<br>d", "a b|c\nd"},
		{"<span>Zhang Wei</span><span>CEO</span><sup>13</sup>", "Zhang Wei CEO 13"},
		{"<pre>a\n  b</pre> c", "a\n  b|c"},
		{"<svg><text><tspan y='1' x='1'>A</tspan><tspan y='1' x='2'>nn</tspan><tspan y='2'>Lee</tspan></text></svg>", "Ann\nLee"},
	} {
		_, pages := pagesOf(t, format(), HTML, []byte(c.in))
		var got []string
		for _, s := range pages[0].Spans {
			got = append(got, s.Text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %q", c.in, got)
		}
	}
}

// A page keeps its encoding, or says that it has another now.
func TestEncodings(t *testing.T) {
	gbk := string(coded(t, simplifiedchinese.GBK, `<meta charset=gbk><p>林知遥说`))
	if got, want := hide(t, HTML, gbk, "林知遥", "客户A"), string(coded(t, simplifiedchinese.GBK, `<meta charset=gbk><p>客户A说`)); got != want {
		t.Errorf("%q", got)
	}
	// 户 is not in Big5.
	big5 := string(coded(t, traditionalchinese.Big5, `<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>林知遙說`))
	want := "\xef\xbb\xbf" + `<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>客户A說`
	if got := hide(t, HTML, big5, "林知遙", "客户A"); got != want {
		t.Errorf("%q", got)
	}
	if got := hide(t, HTML, "<p>caf\xe9 Elara", "Elara", "X"); got != "<p>caf\xe9 X" {
		t.Errorf("%q", got)
	}
}

func TestBounds(t *testing.T) {
	b := []byte("<p>12345")
	_, err := New(Options{Limit: 4}).Open(t.Context(), redacttest.Asset("a", HTML, b), bytes.NewReader(b))
	if !errors.Is(err, redact.ErrTooLarge) || !errors.Is(err, redact.ErrUnreadable) {
		t.Error(err)
	}
	// Files within files end somewhere.
	s := "<p>Elara"
	for range 12 {
		s = fmt.Sprintf("<iframe src='data:text/html;base64,%s'></iframe>", base64.StdEncoding.EncodeToString([]byte(s)))
	}
	d, _ := pagesOf(t, format(), HTML, []byte(s))
	var out bytes.Buffer
	_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &out, nil)
	if err != nil || len(notes) != 1 || notes[0].Code != "data-dropped" {
		t.Errorf("%v, %v", notes, err)
	}
}

func TestSniff(t *testing.T) {
	for _, c := range []struct{ name, head, want string }{
		{"a.html", "hello", HTML}, {"a.txt", "  <!DOCTYPE html>", HTML}, {"a", "<!-- x --><html>", HTML}, {"a.txt", "a < b", ""},
		{"a.xhtml", "<?xml version='1.0'?><html>", XHTML}, {"a.xml", "<?xml version='1.0'?>\n<svg xmlns='x'>", SVG}, {"a.svg", "<svg>", SVG}, {"a.html", "\x00\x01", ""},
		{"a", "<?xml version='1.0'?><!DOCTYPE svg PUBLIC 'x' 'y'><svg:svg>", SVG}, {"a.md", "# x", ""},
	} {
		if got, ok := Sniff(c.name, []byte(c.head)); got != c.want || ok != (c.want != "") {
			t.Errorf("%s %q: %q", c.name, c.head, got)
		}
	}
}

func isUnreadable(err error) bool { return errors.Is(err, redact.ErrUnreadable) }
