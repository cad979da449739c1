package forms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/names/search"
)

func found(kind redact.Kind, tier redact.Tier, texts ...string) []redact.Finding {
	var fs []redact.Finding
	for _, s := range texts {
		fs = append(fs, redact.Finding{Kind: kind, Tier: tier, Text: s})
	}
	return fs
}

func TestDerive(t *testing.T) {
	for _, c := range []struct {
		found []redact.Finding
		want  string // texts, those of the review tier with a question mark
		never string
	}{
		{found(redact.Person, redact.Sure, "王小明", "王\n小明", "张总"), "王小明 小明? Wang_Xiaoming? Xiaoming_Wang? 张总 王总? Mr._Wang? WXM?", "张小明 小 总"},
		{found(redact.Person, redact.Sure, "Elena  Petrova", "JOHN O'NEIL", "Maria de la Cruz"),
			"Elena_Petrova Elena? Petrova? JOHN_O'NEIL John? O'Neil? Maria_de_la_Cruz Maria? Cruz? E._Petrova? Petrova,_Elena?", "EP de la"},
		{found(redact.Person, redact.Sure, "Will Young", "Al", "王", "mark", "客户A", ""), "Will_Young", "Will Young will young 王 mark 客户A 客户 Al"},
		{found(redact.Person, redact.Sure, "李建设", "赵文明"), "李建设 赵文明", "建设 文明"},
		{found(redact.Person, redact.Review, "马上飞", "飞", "Feng", "Li", "Wei Li"), "马上飞? Feng? Wei_Li?", "飞 Li 马总"},
		{found(redact.Organisation, redact.Sure, "杭州云岚科技有限公司"), "杭州云岚科技有限公司 杭州云岚科技 云岚科技? 云岚? YLKJ? Yunlan_Tech?", "科技 杭州"},
		{found(redact.Organisation, redact.Sure, "北辰集团", "浙江省海蓝（杭州）教育科技股份有限公司"),
			"北辰集团 北辰? 浙江省海蓝（杭州）教育科技股份有限公司 浙江省海蓝教育科技 海蓝教育科技? 海蓝?", "集团 教育 教育科技"},
		{found(redact.Organisation, redact.Sure, "Northwind Logistics GmbH", "Acme Co., Ltd.", "Global Foods Inc."),
			"Northwind_Logistics_GmbH Northwind_Logistics Northwind? NLG? Acme_Co.,_Ltd. Acme Global_Foods_Inc. Global_Foods GFI?", "Foods Global foods Logistics"},
		{found(redact.Organisation, redact.Sure, "Foxglove Veterinary Group", "University of Arvonia"),
			"Foxglove_Veterinary_Group Foxglove_Veterinary Foxglove? FVG? University_of_Arvonia", "University Arvonia"},
		{found(redact.Organisation, redact.Review, "蔚岚汽车", "ab"), "蔚岚汽车? 蔚岚?", "ab 汽车 YL"},
		{found(redact.Location, redact.Sure, "上海"), "", "上海"},
		{found(redact.Face, redact.Sure, ""), "", ""},
		{append(found(redact.Person, redact.Review, "陈晓雨"), found(redact.Organisation, redact.Sure, "陈晓雨")...), "陈晓雨", ""},
	} {
		got := map[string]bool{}
		for _, term := range Derive(c.found) {
			s := strings.ReplaceAll(term.Text, " ", "_")
			if got[s] || got[s+"?"] {
				t.Errorf("%q twice", term.Text)
			}
			if term.Tier == redact.Review {
				s += "?"
			}
			got[s] = true
			if term.Why != WhyElsewhere {
				t.Errorf("%q for %q", term.Text, term.Why)
			}
		}
		for _, w := range strings.Fields(c.want) {
			if !got[w] {
				t.Errorf("%v: %s is missing", c.found[0].Kind, w)
			}
		}
		for _, w := range strings.Fields(c.never) {
			if got[w] || got[w+"?"] {
				t.Errorf("%v: %s is derived", c.found[0].Kind, w)
			}
		}
	}
}

// Names are searched as addresses and accounts write them, the certain ones.
func TestWritten(t *testing.T) {
	for _, c := range []struct {
		kind  redact.Kind
		name  string
		want  string
		never string
	}{
		{redact.Person, "Elena Petrova", "elena elenapetrova elena-petrova elena.petrova epetrova", "ep"},
		{redact.Person, "王小明", "wangxiaoming wang-xiaoming wang.xiaoming xiaomingwang xiaoming-wang xiaoming.wang wangxm wxm@", "wang wxm"},
		{redact.Person, "Jo Li", "jo.li joli@", "jo li joli"},
		{redact.Person, "Elena", "elena", ""},
		{redact.Person, "Grace", "", "grace"},
		{redact.Person, "Grace Hopper-Lind", "gracehopperlind grace-hopper-lind grace.hopper.lind", "grace"},
		{redact.Person, "张总", "", "zhangzong zongzhang"},
		{redact.Person, "马克", "make@", "make"},
		{redact.Organisation, "Halcyon Freight Ltd.", "halcyonfreightltd halcyon-freight-ltd halcyonfreight halcyon-freight halcyon", "freight"},
		{redact.Organisation, "杭州云岚科技有限公司", "yunlankeji yunlan yunlantech", "keji hangzhou"},
		{redact.Location, "San Marino", "", "sanmarino"},
	} {
		got := map[string]bool{}
		for _, term := range Derive(found(c.kind, redact.Sure, c.name)) {
			if term.Text == strings.ToLower(term.Text) && term.Text[0] < 0x80 {
				got[term.Text] = true
				if term.Tier != redact.Review {
					t.Errorf("%q is sure", term.Text)
				}
			}
		}
		for _, w := range strings.Fields(c.want) {
			if !got[w] {
				t.Errorf("%q is not written %s", c.name, w)
			}
		}
		for _, w := range strings.Fields(c.never) {
			if got[w] {
				t.Errorf("%q is written %s", c.name, w)
			}
		}
		for _, term := range Derive(found(c.kind, redact.Review, c.name)) {
			if term.Text == strings.ToLower(term.Text) && term.Text[0] < 0x80 {
				t.Errorf("%q in doubt: %s", c.name, term.Text)
			}
		}
	}
}

// A text is found again by the terms made from it.
func TestDerivedTermsAreFound(t *testing.T) {
	text := "王小明与 Elena  Petrova 在杭州云岚科技有限公司见面。云岚的王\n小明说，PETROVA 的方案好。"
	terms := Derive(append(found(redact.Person, redact.Sure, "王小明", "Elena  Petrova"), found(redact.Organisation, redact.Sure, "杭州云岚科技有限公司")...))
	var got []string
	fs, err := search.NewMatcher(terms).Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		got = append(got, f.Text)
	}
	want := []string{"王小明", "Elena  Petrova", "杭州云岚科技有限公司", "云岚", "王\n小明", "PETROVA"}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestVariants(t *testing.T) {
	for name, want := range map[string]string{
		"王小明":                      "[Wang Xiaoming Xiaoming Wang]",
		"单雄信":                      "[Shan Xiongxin Xiongxin Shan]",
		"欧阳修":                      "[Ouyang Xiu Xiu Ouyang]",
		"吕布":                       "[Lv Bu Bu Lv Lu Bu Bu Lu Lyu Bu Bu Lyu]",
		"杭州云岚科技有限公司":               "[杭州云岚科技]",
		"Northwind Logistics GmbH": "[Northwind Logistics]",
		"Elena Petrova":            "[]",
		"的的":                       "[]",
		"王":                        "[]",
		"有限公司":                     "[]",
		"":                         "[]",
	} {
		if got := fmt.Sprint(Variants(name)); got != want {
			t.Errorf("variants of %s are %s, want %s", name, got, want)
		}
	}
}

func TestGivenName(t *testing.T) {
	for name, want := range map[string]string{"韩雪松": "雪松", "司徒静雯": "静雯", "王敏": "", "欧阳德": "", "张总监": "", "李建设": "", "韩雪松A": ""} {
		if got := givenName([]rune(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
