package text

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"consentry/redact"
	"consentry/redact/charset"
	"consentry/redact/redacttest"
)

const (
	zh = "林知遥是云岚精工的信息部总监。她说：“上线后我轻松多了。”\r\n电话：139 0000 0000，邮箱 zhiyao.lin@example.com\r\n"
	tw = "林知遙是雲嵐精工的資訊部總監。她說：「上線後我輕鬆多了，這是我們業務的好開始。」\n電話：0900 000 000\n"
	en = "Elara Quist, CIO of Northmere Castings, said: “It saved my week.”\nElara Quist can be reached by phone.\n"
)

func utf16(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.IgnoreBOM) }

func coded(t *testing.T, e encoding.Encoding, bom, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return append([]byte(bom), b...)
}

func TestFormat(t *testing.T) {
	md := "---\nauthor: 林知遥\n---\n\n| 姓名 | 电话 |\n|---|---|\n| 林知遥 | 13900000000 |\n<!-- 林知遥 -->\n"
	u16 := coded(t, utf16(unicode.LittleEndian), charset.BOM16LE, zh)
	redacttest.TestFormat(t, Format{},
		redacttest.Sample{Name: "utf-8", Type: Plain, Body: []byte(zh)},
		redacttest.Sample{Name: "utf-8 bom", Type: Plain, Body: []byte(charset.BOM8 + zh)},
		redacttest.Sample{Name: "markdown", Type: Markdown, Body: []byte(md)},
		redacttest.Sample{Name: "english", Type: Plain, Body: []byte(en)},
		redacttest.Sample{Name: "utf-16le bom", Type: Plain, Body: u16},
		redacttest.Sample{Name: "utf-16be bom", Type: Plain, Body: coded(t, utf16(unicode.BigEndian), charset.BOM16BE, zh)},
		redacttest.Sample{Name: "utf-16le", Type: Plain, Body: coded(t, utf16(unicode.LittleEndian), "", zh)},
		redacttest.Sample{Name: "utf-16be", Type: Plain, Body: coded(t, utf16(unicode.BigEndian), "", en)},
		redacttest.Sample{Name: "gb18030", Type: Plain, Body: coded(t, simplifiedchinese.GB18030, "", zh+"𠀀㐀")},
		redacttest.Sample{Name: "big5", Type: Plain, Body: coded(t, traditionalchinese.Big5, "", tw)},
		redacttest.Sample{Name: "bom only", Type: Plain, Body: []byte(charset.BOM8), Unreadable: true},
		redacttest.Sample{Name: "cut utf-8", Type: Plain, Body: []byte(zh)[:len("林知遥")-1], Unreadable: true},
		redacttest.Sample{Name: "cut utf-16", Type: Plain, Body: u16[:len(u16)-1], Unreadable: true},
		redacttest.Sample{Name: "cut pair", Type: Plain, Body: []byte("\xFF\xFEa\x00\x40\xD8"), Unreadable: true},
		redacttest.Sample{Name: "latin-1", Type: Plain, Body: coded(t, charmap.ISO8859_1, "", "Müller, Zoë, naïve café, garçon à Orléans"), Unreadable: true},
		redacttest.Sample{Name: "euc-kr", Type: Plain, Body: coded(t, korean.EUCKR, "", strings.Repeat("우리는 새로운 시스템을 도입했습니다. ", 5)), Unreadable: true},
		redacttest.Sample{Name: "utf-32", Type: Plain, Body: []byte("\xFF\xFE\x00\x00a\x00\x00\x00"), Unreadable: true},
		redacttest.Sample{Name: "damaged", Type: Plain, Body: []byte(charset.BOM8 + "abc\xFFdef"), Unreadable: true},
		redacttest.Sample{Name: "unclear", Type: Plain, Body: coded(t, simplifiedchinese.GB18030, "", "一些"), Unreadable: true},
		redacttest.Sample{Name: "png", Type: Plain, Body: []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Unreadable: true},
		redacttest.Sample{Name: "escape", Type: Plain, Body: []byte("a\x1b[31mred"), Unreadable: true},
		redacttest.Sample{Name: "pdf", Type: Plain, Body: []byte("%PDF-1.7\n1 0 obj"), Unreadable: true},
	)
}

func TestEncodingIsTold(t *testing.T) {
	for _, c := range []struct {
		name string
		body []byte
	}{
		{"UTF-8", []byte(zh)}, {"UTF-8", []byte("plain")}, {"UTF-8", []byte("Привет, мир")}, {"UTF-8", []byte("café")},
		{"UTF-16LE", coded(t, utf16(unicode.LittleEndian), "", en)}, {"UTF-16BE", coded(t, utf16(unicode.BigEndian), "", zh)},
		{"GB18030", coded(t, simplifiedchinese.GB18030, "", zh)}, {"GB18030", coded(t, simplifiedchinese.GB18030, "", "张伟")},
		{"Big5", coded(t, traditionalchinese.Big5, "", tw)},
	} {
		d, err := decode(c.body)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if d.Name != c.name {
			t.Errorf("%s was taken for %s", c.name, d.Name)
		}
	}
}

func TestLimit(t *testing.T) {
	b := []byte("12345")
	_, err := Format{Limit: 4}.Open(t.Context(), redacttest.Asset("a", Plain, b), bytes.NewReader(b))
	if !errors.Is(err, redact.ErrTooLarge) || !errors.Is(err, redact.ErrUnreadable) {
		t.Error(err)
	}
}

// edit rewrites body with the runes start, end, label of each edit replaced.
func edit(t *testing.T, media string, body []byte, rs ...redact.Redaction) []byte {
	t.Helper()
	d, err := Format{}.Open(t.Context(), redacttest.Asset("a", media, body), bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if got, err := d.Rewrite(t.Context(), &out, rs); err != nil || got != media {
		t.Fatalf("%q, %v", got, err)
	}
	return out.Bytes()
}

func at(start, end int, with string) redact.Redaction {
	return redact.Redaction{Region: redact.Region{Start: start, End: end}, With: with}
}

// named replaces the first occurrence of word.
func named(s, word, with string) redact.Redaction {
	i := utf8.RuneCountInString(s[:strings.Index(s, word)])
	return at(i, i+utf8.RuneCountInString(word), with)
}

func TestRewrite(t *testing.T) {
	for _, c := range []struct {
		name, in string
		rs       []redact.Redaction
		want     string
	}{
		{"line ends", "张伟\r\n李娜\n", []redact.Redaction{at(4, 6, "客户B"), at(0, 2, "客户A")}, "客户A\r\n客户B\n"},
		{"overlap", "0123456789", []redact.Redaction{at(2, 5, "<a>"), at(4, 8, "<b>"), at(7, 9, "<c>")}, "01<b>9"},
		{"overlap, equal", "0123456789", []redact.Redaction{at(4, 7, "<b>"), at(2, 5, "<a>")}, "01<a>789"},
		{"within", "0123456789", []redact.Redaction{at(4, 5, "<b>"), at(2, 8, "<a>")}, "01<a>89"},
		{"twice", "张伟说", []redact.Redaction{at(0, 2, "客户A"), at(0, 2, "客户A")}, "客户A说"},
		{"adjacent", "张伟李娜", []redact.Redaction{at(0, 2, "客户A"), at(2, 4, "客户B")}, "客户A客户B"},
		{"run into", "张伟2026年", []redact.Redaction{at(0, 2, "客户A")}, "客户A 2026年"},
		{"run into label", "AnnBob!", []redact.Redaction{at(0, 3, "Customer A"), at(3, 6, "Customer B")}, "Customer A Customer B!"},
		{"mark", "Zoe\u0308 x", []redact.Redaction{at(0, 3, "Customer A")}, "Customer A x"},
		{"empty label", "a张伟b", []redact.Redaction{at(1, 3, "")}, "ab"},
	} {
		if got := string(edit(t, Plain, []byte(c.in), c.rs...)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestRewriteKeepsEncoding(t *testing.T) {
	for _, c := range []struct {
		e   encoding.Encoding
		bom string
		in  string
	}{{utf16(unicode.LittleEndian), charset.BOM16LE, zh}, {utf16(unicode.BigEndian), charset.BOM16BE, zh}, {utf16(unicode.LittleEndian), "", zh}, {simplifiedchinese.GB18030, "", zh + "𠀀"}} {
		got := edit(t, Plain, coded(t, c.e, c.bom, c.in), named(c.in, "林知遥", "客户A"))
		if want := coded(t, c.e, c.bom, strings.Replace(c.in, "林知遥", "客户A", 1)); !bytes.Equal(got, want) {
			t.Errorf("%v %q: the output differs", c.e, c.bom)
		}
	}
	if got, want := string(edit(t, Plain, []byte(charset.BOM8+zh), named(zh, "林知遥", "客户A"))), charset.BOM8+strings.Replace(zh, "林知遥", "客户A", 1); got != want {
		t.Errorf("%q", got)
	}
	// 户 is not in Big5.
	got := string(edit(t, Plain, coded(t, traditionalchinese.Big5, "", tw), named(tw, "林知遙", "客户A")))
	if got != strings.Replace(tw, "林知遙", "客户A", 1) {
		t.Errorf("a label that Big5 cannot spell: %q", got)
	}
	d, err := decode(coded(t, traditionalchinese.Big5, "", tw))
	if err != nil {
		t.Fatal(err)
	}
	if n := d.Notes([]redact.Redaction{at(0, 3, "客户A")}); len(n) != 1 {
		t.Errorf("notes: %q", n)
	}
	if n := d.Notes([]redact.Redaction{at(0, 3, "Customer A")}); len(n) != 0 {
		t.Errorf("notes: %q", n)
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ in, word, with, want string }{
		{"13900000000(工作)", "13900000000", "[电话]", `\[电话](工作)`},
		{"13900000000: 张伟", "13900000000", "[电话]", `\[电话]: 张伟`},
		{"13900000000[^1]", "13900000000", "[电话]", `\[电话][^1]`},
		{"13900000000（工作）", "13900000000", "[电话]", "[电话]（工作）"},
		{`\13900000000(x)`, "13900000000", "[电话]", `\[电话](x)`},
		{"[打电话](tel:13900000000)", "13900000000", "[电话]", "[打电话](tel:[电话])"},
		{"[x](https://a.example/Elara)", "Elara", "Customer A", "[x](https://a.example/Customer%20A)"},
		{"[x]: https://a.example/Elara", "Elara", "Customer A", "[x]: https://a.example/Customer%20A"},
		{"| Elara | x |", "Elara", "a|b", `| a\|b | x |`},
		{"**张伟**说", "张伟", "客户A", "**客户A**说"},
		{"- [ ] 张伟", "张伟", "客户A", "- [ ] 客户A"},
	} {
		if got := string(edit(t, Markdown, []byte(c.in), named(c.in, c.word, c.with))); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
	if got := string(edit(t, Plain, []byte("139(x)"), at(0, 3, "[电话]"))); got != "[电话](x)" {
		t.Errorf("plain text was escaped: %q", got)
	}
}

// A name that marks divide is read as one, and goes as one; others are not shown twice.
func TestReadings(t *testing.T) {
	for _, c := range []struct{ in, word, want string }{
		{"by **Zhang** Wei, x", "Zhang Wei", "by **客户A**, x"},
		{"by Zh*ang* Wei\nx", "Zhang Wei", "by 客户A**\nx"},
		{"说：**张**伟明。", "张伟明", "说：**客户A**。"},
		{"by Zhang&nbsp;Wei", "Zhang\u00a0Wei", "by 客户A"},
		{"by &#x5f20;&#x4f1f;", "张伟", "by 客户A"},
		{"by <b>Zhang</b> <i>Wei</i>", "Zhang Wei", "by <b>客户A</b><i></i>"},
		{"经理**张伟**说好", "", ""}, {"**Bold** text and _more_ of it", "", ""}, {"a_b * c", "", ""}, {"said **Zhang Wei** here", "", ""},
	} {
		d, err := Format{}.Open(t.Context(), redacttest.Asset("a.md", Markdown, []byte(c.in)), strings.NewReader(c.in))
		if err != nil {
			t.Fatal(err)
		}
		got := d.(*document).readings
		if c.word == "" {
			if len(got) > 0 {
				t.Errorf("%q: reads %q", c.in, got[0].text)
			}
			continue
		}
		if len(got) != 1 || !strings.Contains(got[0].text, c.word) {
			t.Errorf("%q: reads %+v", c.in, got)
			continue
		}
		i := utf8.RuneCountInString(got[0].text[:strings.Index(got[0].text, c.word)])
		var out bytes.Buffer
		g := redact.Region{Part: partRead, Start: i, End: i + utf8.RuneCountInString(c.word)}
		if _, err := d.Rewrite(t.Context(), &out, []redact.Redaction{{Region: g, With: "客户A"}}); err != nil || out.String() != c.want {
			t.Errorf("%q: %q, want %q, %v", c.in, out.String(), c.want, err)
		}
	}
}

func TestErrorsHoldNoText(t *testing.T) {
	d, err := decode([]byte(zh))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []redact.Redaction{at(-1, 2, "客户A"), at(0, d.runes+1, "x"), at(3, 3, "x")} {
		_, err := d.Rewrite(context.Background(), &bytes.Buffer{}, []redact.Redaction{r})
		if !errors.Is(err, ErrRegion) || strings.Contains(err.Error(), "林知遥") {
			t.Error(err)
		}
	}
}

func TestSniff(t *testing.T) {
	gb := coded(t, simplifiedchinese.GB18030, "", zh)
	for _, c := range []struct {
		name string
		head []byte
		want string
	}{
		{"a.txt", []byte(zh), Plain}, {"a.MD", []byte(zh), Markdown}, {"a", []byte(zh)[:8], Plain}, {"a.png", []byte("hello"), Plain},
		{"a.txt", gb[:33], Plain}, {"a.txt", coded(t, utf16(unicode.LittleEndian), charset.BOM16LE, zh)[:31], Plain}, {"a.md", coded(t, utf16(unicode.BigEndian), "", en)[:33], Markdown},
		{"a.txt", []byte("caf\xe9 \xe0 la"), Plain}, // Open then names the remedy
		{"a.txt", nil, ""}, {"a.txt", []byte("\x89PNG\r\n\x1a\n\x00\x00"), ""}, {"a.txt", []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), ""},
		{"a.md", []byte("  <!DOCTYPE html><p>"), ""}, {"a.txt", []byte("%PDF-1.4"), ""}, {"a.txt", []byte("PK\x03\x04\x14\x00"), ""},
	} {
		if got, ok := Sniff(c.name, c.head); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q %v, want %q", c.name, got, ok, c.want)
		}
	}
}
