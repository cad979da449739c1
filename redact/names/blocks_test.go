package names

import (
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
)

func TestBlocks(t *testing.T) {
	long := strings.Repeat("长", 20)
	for text, want := range map[string]string{
		"# 标题\n正文": "标题|正文",
		"| 王小明 | **云岚** |\n|--|:-:|\n|a|b|":      "|王小明|云岚|||a|b|",
		"- 一\n2. 二\n> 三\n* * *\n四":               "一|二|三|四",
		long + "王\n小明":                           long + "王小明",
		long + "a\r\nb" + "\n\nc":                long + "a b|c",
		long + "\n缺席：王":                          long + "|缺席：王",
		long + "\nElara Quist, aged 41, runs it": long + "|Elara Quist, aged 41, runs it",
		long + "\n- 王":                           long + "|王",
		"# " + long + "\n王":                      long + "|王",
		"[王](a/小明.md \"Elena\") b":               "王 b|小明|Elena",
		"[王小明](http://x.y/z) 见 `a`":              "王小明 见 a",
		"![图](a.png)[1] (b)":                     "!图[1] (b)",
		"王\u200b小\u00ad明":                        "王小明",
		"姓名\t王小明\t":                              "姓名|王小明|",
		"ＺＨＡＮＧ　Ｌｉ，𝐙１":                            "ZHANG Li，Z1",
		"":                                       "",
	} {
		runes := []rune(text)
		var got []string
		for _, b := range blocks(runes) {
			got = append(got, string(b.text))
			for i, r := range b.text {
				if o := runes[b.at[i]]; narrow(o) != r && !(r == ' ' && (o == '\n' || o == '\r')) || i > 0 && b.at[i] <= b.at[i-1] {
					t.Errorf("%q: %q stands for %q", text, r, o)
				}
			}
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("blocks of %q:\n got %q\nwant %q", text, s, want)
		}
	}
}

func FuzzBlocks(f *testing.F) {
	for _, s := range []string{"# a\n| b |\n[c](d)", "**\r\n*\r", "](", "[]()", "\u2028x", strings.Repeat("a ", 30) + "\nb", "1. ", "客户A[电话]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		text := []rune(s)
		last := -1
		for _, b := range blocks(text) {
			if len(b.at) != len(b.text) {
				t.Fatal("runes without a place")
			}
			for _, i := range b.at {
				if i <= last || i >= len(text) {
					t.Fatalf("place %d after %d of %d", i, last, len(text))
				}
				last = i
			}
		}
		for _, p := range labels(text) {
			if !redact.IsLabel(string(text[p.start:p.end])) {
				t.Fatal("no label where one was said to be")
			}
		}
	})
}

func TestSettle(t *testing.T) {
	text := []rune("Dr. Elena Petrova's 王小明总经理和客户A的张伟")
	c := func(start, end int, k redact.Kind, tier redact.Tier) candidate {
		return candidate{start, end, k, tier, 0.5, "x"}
	}
	all := []candidate{
		c(0, 19, redact.Person, redact.Sure),    // with title and genitive
		c(4, 9, redact.Location, redact.Sure),   // inside it
		c(20, 26, redact.Person, redact.Sure),   // with title
		c(22, 26, redact.Person, redact.Review), // the title is left over
		c(27, 33, redact.Person, redact.Review), // around our label
		c(31, 33, redact.Person, redact.Sure),
		c(26, 27, redact.Other, redact.Review),
	}
	var got []string
	for _, f := range settle(text, all, labels(text)) {
		got = append(got, string(text[f.start:f.end])+" "+string(f.kind)+" "+f.tier.String())
	}
	want := "Elena Petrova person sure|王小明 person sure|张伟 person sure"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("settled on %s\n      want %s", s, want)
	}
}

func TestLabels(t *testing.T) {
	for text, want := range map[string]string{
		"客户A与企业AB":                        "客户A",
		"Hello Customer A and Company B.": "Customer A|Company B",
		"客户IBM、客户Apple、Customer Care":     "",
		"[客户A]拨打[电话]":                     "客户A|[电话]",
		"某地":                              "某地",
	} {
		runes := []rune(text)
		var got []string
		for _, p := range labels(runes) {
			got = append(got, string(runes[p.start:p.end]))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("labels in %q: %q, want %q", text, s, want)
		}
	}
}

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		about, unit string
		end         string // what each piece but the last ends with
		share       int
	}{
		{"sentences", "王小明在现场。", "。", 0},
		{"English", "Elena met John Smith. ", ".", 0},
		{"spaces", "Elena ", "a", 0},
		{"nothing to cut at", "王小明", "", sharedRunes},
	} {
		text := []rune(strings.Repeat(c.unit, 4000))
		ps := pieces(text)
		for i, p := range ps {
			if p.end-p.start > maxPiece || p.end <= p.start {
				t.Errorf("%s: piece of %d", c.about, p.end-p.start)
			}
			if i+1 < len(ps) && (!strings.HasSuffix(string(text[p.start:p.end]), c.end) || ps[i+1].start != p.end-c.share) {
				t.Errorf("%s: piece %d ends with %q, the next begins at %d of %d", c.about, i, string(text[p.end-3:p.end]), ps[i+1].start, p.end)
			}
		}
		if len(ps) < 3 || ps[0].start != 0 || ps[len(ps)-1].end != len(text) {
			t.Errorf("%s: pieces %v", c.about, ps)
		}
	}
	if len(pieces(nil)) != 0 {
		t.Error("pieces of nothing")
	}
}
