package authz

import (
	"bytes"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestParsePackRefuses(t *testing.T) {
	good, err := os.ReadFile(packFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, says string }{
		"a rule that shows too early": {"  code: no-match\n  stage: identity\n", "  code: no-match\n  stage: cleared\n", "R0301"},
		"hide turned into show":       {"  code: no-consent\n  stage: giver\n  since: '2021-11-01'\n", "  code: no-consent\n  stage: giver\n  outcome: show\n  since: '2021-11-01'\n", ""},
		"hide turned into ask":        {"    - organisation\n  outcome: hide\n  explain:\n    zh: 登记里没有", "    - organisation\n  outcome: ask\n  asks: reviewer\n  explain:\n    zh: 登记里没有", "can only hide"},
		"an unknown stage":            {"stage: region", "stage: regions", "R0201"},
		"a code renamed":              {"code: written-missing", "code: written", "written-missing"},
		"another order":               {"- use\n- region\n", "- region\n- use\n", "stages"},
		"no version":                  {"  version: ", "  ersion: ", "version"},
		"thresholds upside down":      {"sure: 0.9", "sure: 0.5", "maybe"},
		"an unknown law":              {"law: ESL", "law: XYZ", "R1005"},
	} {
		bad := bytes.Replace(good, []byte(c.from), []byte(c.to), 1)
		if bytes.Equal(bad, good) {
			t.Errorf("%s: the text to replace is not in the pack", name)
			continue
		}
		if p, err := ParsePack(bad); err == nil || p != nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every code is explained to people in both languages, without the marks that the
// window's font draws wide.
func TestExplain(t *testing.T) {
	p := loadPack(t)
	for _, r := range p.Rules {
		zh, en := p.Explain(r.Code, "zh"), p.Explain(r.Code, "en")
		if !strings.ContainsFunc(zh, func(c rune) bool { return unicode.Is(unicode.Han, c) }) || strings.ContainsFunc(en, func(c rune) bool { return unicode.Is(unicode.Han, c) }) {
			t.Errorf("%s: %q, %q", r.Code, zh, en)
		}
		if r.Outcome != "show" && (p.NextStep(r.Code, "zh") == "" || p.NextStep(r.Code, "en") == "") {
			t.Errorf("%s: no next step", r.Code)
		}
		for _, a := range p.Articles(r.Code) {
			if strings.Contains(a.Zh(), "第第") || !strings.HasPrefix(a.Zh(), "《") || strings.Contains(a.En(), "art. ?") {
				t.Errorf("%s: %s, %s", r.Code, a.Zh(), a.En())
			}
		}
	}
	if got, want := p.Explain("no-such-code", "en"), "stays hidden"; !strings.Contains(got, want) {
		t.Errorf("an unknown code reads %q", got)
	}
}

func TestCitations(t *testing.T) {
	p := loadPack(t)
	for _, c := range []struct {
		code   string
		i      int
		zh, en string
	}{
		{"basis-missing", 0, "《个人信息保护法》第十三条", "PIPL art. 13"},
		{"basis2-no-evidence", 0, "《个人信息保护法》第十三条第一款第二项", "PIPL art. 13(1)(2)"},
		{"no-consent", 2, "《民法典》第一千零一十九条", "Civil Code art. 1019"},
		{"scene-main-subject", 0, "《民法典》第一千零二十条第二项", "Civil Code art. 1020(2)"},
		{"photographer-not-sitter", 0, "《民法典》第一千零一十九条第二款", "Civil Code art. 1019(2)"},
		{"deceased", 0, "《民法典》第九百九十四条", "Civil Code art. 994"},
		{"state-organ-in-ad", 0, "《广告法》第九条第二项", "Advertising Law art. 9(2)"},
		{"minor-endorser", 0, "《广告法》第三十八条第二款", "Advertising Law art. 38(2)"},
		{"confidential-clause", 0, "《民法典》第五百零一条", "Civil Code art. 501"},
		{"face-match-no-consent", 3, "《人脸识别技术应用安全管理办法》（条号待核）", "Face Recognition Measures (article to be checked)"},
	} {
		a := p.Articles(c.code)[c.i]
		if a.Zh() != c.zh || a.En() != c.en {
			t.Errorf("%s: %s, %s; want %s, %s", c.code, a.Zh(), a.En(), c.zh, c.en)
		}
	}
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 101: "一百零一", 110: "一百一十", 1001: "一千零一", 1010: "一千零一十", 9999: "九千九百九十九"} {
		if got := chineseNumber(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestVocabulary(t *testing.T) {
	v := loadPack(t).Vocabulary
	for name, c := range map[string]struct {
		terms Terms
		n     int
	}{
		"purposes": {v.Purposes, 10}, "channels": {v.Channels, 12}, "territories": {v.Territories, 5}, "shows": {v.Shows, 9},
		"roles": {v.Roles, 7}, "ages": {v.Ages, 5}, "notice items": {v.NoticeItems, 6}, "states": {v.States, 10}, "kinds": {v.Kinds, 74}, "forms": {v.Forms, 3},
	} {
		if len(c.terms) != c.n {
			t.Errorf("%d %s, want %d", len(c.terms), name, c.n)
		}
		for _, term := range c.terms {
			for _, written := range []string{term.ID, term.Zh, term.En, " " + strings.ToUpper(term.En)} {
				if got, ok := c.terms.Parse(written); !ok || got.ID != term.ID {
					t.Errorf("%s: %q is read as %q", name, written, got.ID)
				}
			}
			if term.Label("zh") == "" || term.Label("en") == "" {
				t.Errorf("%s: %s has no label", name, term.ID)
			}
		}
	}
	for _, s := range v.States {
		if s.Valid != State(s.ID).Valid() {
			t.Errorf("%s: the pack says valid is %v", s.ID, s.Valid)
		}
	}
	if _, ok := v.Purposes.Parse(""); ok || v.Purposes.Has("") {
		t.Error("an empty word is a purpose")
	}
}

// TestFoldNameQuick compares the short ways for plain texts with the whole one.
func TestFoldNameQuick(t *testing.T) {
	for _, runes := range []string{"王敏欧阳\u4e00\u9fff", "aZ '-.9\t\n\v\x00\x1f\x7f  ", "王Z \u3000é"} {
		for range 2000 {
			b := make([]rune, rand.IntN(8))
			for i := range b {
				b[i] = []rune(runes)[rand.IntN(utf8.RuneCountInString(runes))]
			}
			if got, want := FoldName(string(b)), foldName(string(b)); got != want {
				t.Fatalf("%q folds to %q, not %q", string(b), got, want)
			}
		}
	}
	for r := rune(0); r < 0x10000; r++ {
		if got, want := FoldName(string(r)), foldName(string(r)); got != want {
			t.Fatalf("%U folds to %q, not %q", r, got, want)
		}
	}
}

func TestFoldName(t *testing.T) {
	for _, c := range [][2]string{
		{"Ｂｅｎ  Ｃａｒｔｅｒ", "ben carter"}, {"BEN\u3000CARTER\n", "Ben Carter"}, {"欧阳 星野", "欧阳星野"}, {"Ada\u200b \u200b Vale", "ada vale"},
		{"阿依古丽•买买提", "阿依古丽·买买提"}, {"O’Hara", "O'Hara"}, {"Straße", "STRASSE"}, {"王\u200b敏", "王敏"},
	} {
		if a, b := FoldName(c[0]), FoldName(c[1]); a != b {
			t.Errorf("%q and %q fold to %q and %q", c[0], c[1], a, b)
		}
	}
	for _, c := range [][2]string{{"王敏", "王皿"}, {"Ben Carter", "Bencarter"}, {"Ann", "Anne"}} {
		if FoldName(c[0]) == FoldName(c[1]) {
			t.Errorf("%q and %q fold to one", c[0], c[1])
		}
	}
}
