package generalise

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"consentry/redact"
)

const zh, en = redact.Chinese, redact.English

func load(t testing.TB, extra ...string) *Dictionary {
	t.Helper()
	d, err := tryLoad(extra...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestValue(t *testing.T) {
	d := load(t)
	for _, x := range []struct{ in, kind, zh, en string }{
		{"37,412人", Count, "三万余人", "over 30,000"},
		{"３７,４１２人", Count, "三万余人", "over 30,000"},
		{"37412名", Count, "三万余名", "over 30,000"},
		{"三万七千四百一十二人", Count, "三万余人", "over 30,000"},
		{"3.74万家", Count, "三万余家", "over 30,000"},
		{"1,286 stores", Count, "一千余", "over 1,000 stores"},
		{"4,127 employees", Count, "四千余", "over 4,000 employees"},
		{"1,286", Count, "一千余", "over 1,000"},
		{"862张", Count, "八百余张", "over 800"},
		{"200,001台", Count, "二十万余台", "over 200,000"},
		{"18.37亿元", Money, "十亿元级", "billions of yuan"},
		{"人民币1,286万元", "", "", ""}, // the sum is 1,286万元
		{"1,286万元", Money, "千万元级", "tens of millions of yuan"},
		{"£18.37 million", Money, "千万英镑级", "tens of millions of pounds"},
		{"$4.25m", Money, "百万美元级", "millions of dollars"},
		{"US$ 4,250", Money, "千美元级", "thousands of dollars"},
		{"450元", Money, "数百元", "hundreds of yuan"},
		{"17.83%", Percent, "约18%", "about 18%"},
		{"17.83 percent", Percent, "约18%", "about 18%"},
		{"百分之十七点八三", Percent, "约18%", "about 18%"},
		{"99.97%", Percent, "超过99%", "over 99%"},
		{"0.37%", Percent, "不到1%", "under 1%"},
		{"2026年3月17日", Date, "2026年上半年", "the first half of 2026"},
		{"2026 年 3 月 17 日", Date, "2026年上半年", "the first half of 2026"},
		{"二〇二六年十二月三日", Date, "2026年下半年", "the second half of 2026"},
		{"2026-07-01", Date, "2026年下半年", "the second half of 2026"},
		{"2026/3/17", Date, "2026年上半年", "the first half of 2026"},
		{"3月17日", Date, "上半年", "the first half of the year"},
		{"17 March 2026", Date, "2026年上半年", "the first half of 2026"},
		{"March 17th, 2026", Date, "2026年上半年", "the first half of 2026"},
		{"Sept. 3, 2026", Date, "2026年下半年", "the second half of 2026"},
		{"July 2026", Date, "2026年下半年", "the second half of 2026"},
		{"1903年", Year, "1900年代", "the 1900s"},
		{"36岁", Age, "三十多岁", "in their thirties"},
		{"三十六岁", Age, "三十多岁", "in their thirties"},
		{"36-year-old", Age, "三十多岁", "thirty-something"},
		{"aged 52", Age, "五十多岁", "in their fifties"},
		{"8岁", Age, "不满十岁", "under ten"},
		{"94岁", Age, "九十岁以上", "over ninety"},
		{"18%", "", "", ""}, {"约三万人", "", "", ""}, {"2026", "", "", ""}, {"12台", "", "", ""}, {"第217位", "", "", ""}, {"2026年13月40日", "", "", ""}, {"hello", "", "", ""}, {"", "", "", ""}, {"31 people and 5", "", "", ""},
	} {
		z, k, ok := d.Value(x.in, zh)
		e, _, _ := d.Value(x.in, en)
		if !ok {
			z, k, e = "", "", ""
		}
		if z != x.zh || e != x.en || k != x.kind {
			t.Errorf("%s: got %q %q %q, want %q %q %q", x.in, k, z, e, x.kind, x.zh, x.en)
		}
	}
}

func TestQuarter(t *testing.T) {
	d := load(t, "exact_values: {date: {to: quarter}}")
	if s, _, _ := d.Value("2026年8月17日", zh); s != "2026年第三季度" {
		t.Error(s)
	}
	if s, _, _ := d.Value("17 August 2026", en); s != "the third quarter of 2026" {
		t.Error(s)
	}
}

func TestValues(t *testing.T) {
	d := load(t)
	for in, want := range map[string]string{
		"2026年3月17日，共1,286家门店，营收18.37亿元（增长17.83%），36岁的他":                         "date 2026年3月17日|count 1,286家|money 18.37亿元|percent 17.83%|age 36岁",
		"On 17 March 2026, 1,286 stores made £3.2m; May 3 was fine, may 3 users": "date 17 March 2026|count 1,286 stores|money £3.2m|date May 3|count 3 users",
		"第217位，A-1286，V2.10，ISO 27001，2026年度，13800000000，10.0.0.1":               "",
		"Room 1286 was locked, 2026 results":                                     "",
	} {
		var got []string
		text := []rune(in)
		for _, f := range d.Values(text) {
			got = append(got, f.Kind+" "+string(text[f.Start:f.End]))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s\n got %s\nwant %s", in, s, want)
		}
	}
}

func TestPlace(t *testing.T) {
	d := load(t)
	for in, want := range map[string]string{
		"杭州": "华东 eastern China", "浙江省杭州市余杭区": "华东 eastern China", "中国四川省": "西南 south-western China", "Xi'an": "西北 north-western China",
		"Leeds": "欧洲 Europe", "Leeds, United Kingdom": "欧洲 Europe", "Portland, Ohio": "美洲 the Americas", "Suzhou City": "华东 eastern China", "SHENZHEN": "华南 southern China",
		"云岚": "", "华东": "", "": "", "Nowhere": "", "Europe": "",
	} {
		z, ok := d.Place(in, zh)
		e, same := d.Place(in, en)
		got := ""
		if ok {
			got = z + " " + e
		}
		if got != want || ok != same {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func TestPost(t *testing.T) {
	d := load(t)
	for in, want := range map[string]string{
		"首席信息官": "信息化负责人/head of IT", "CIO": "信息化负责人/head of IT", "Group CIO": "信息化负责人/head of IT", "集团首席信息官": "信息化负责人/head of IT",
		"集团副总经理": "高级管理人员/senior manager", "chief engineer for presses": "研发负责人/R&D lead", "assistant to the CEO": "行政人员/administrative staff",
		"Chairwoman": "企业负责人/senior executive", "ＣＩＯ": "信息化负责人/head of IT", "梦想家": "", "specialist": "", "": "", "CIOs": "",
	} {
		got := ""
		if z, ok := d.Post(in, zh); ok {
			e, _ := d.Post(in, en)
			got = z + "/" + e
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
	if s, ok := d.Post("信息化负责人", zh); ok {
		t.Errorf("a function is a post again: %s", s)
	}
}

func TestOrganisation(t *testing.T) {
	d := load(t)
	for _, x := range []struct {
		p          Profile
		letter     string
		zh, en, id string
	}{
		{Profile{Industry: "machinery", Size: "large", Region: "east"}, "", "华东某大型机械制造企业", "a large machinery company in eastern China", "all"},
		{Profile{Industry: "机械制造", Size: "大型", Region: "杭州"}, "A", "华东某大型机械制造企业A", "large machinery company A in eastern China", "words and a letter"},
		{Profile{Industry: "machinery", Size: "large", Region: "east", Companies: 7}, "", "某大型机械制造企业", "a large machinery company", "counted too few"},
		{Profile{Industry: "machinery", Size: "very-large", Region: "northwest"}, "", "某特大型机械制造企业", "a very large machinery company", "region dropped"},
		{Profile{Industry: "telecom", Size: "very-large", Region: "east"}, "", "某通信企业", "a telecoms company", "region and size dropped"},
		{Profile{Industry: "automotive"}, "", "某汽车制造企业", "an automotive company", "article"},
		{Profile{Industry: "bank", Size: "medium", Region: "华东"}, "", "华东某中型银行", "a medium-sized bank in eastern China", "own noun"},
		{Profile{Industry: "hospital", Region: "Leeds"}, "", "欧洲某医疗机构", "a healthcare provider in Europe", "no size"},
		{Profile{Industry: "unheard-of", Size: "large", Region: "east"}, "", "某企业", "an unnamed company", "unknown industry"},
		{Profile{}, "B", "某企业B", "unnamed company B", "nothing"},
		{Profile{PublicBody: true, Industry: "bank", Size: "large"}, "", "某公共机构", "a public body", "state organ"},
	} {
		if z, e := d.Organisation(x.p, zh, x.letter), d.Organisation(x.p, en, x.letter); z != x.zh || e != x.en {
			t.Errorf("%s: got %q, %q, want %q, %q", x.id, z, e, x.zh, x.en)
		}
	}
	// One of the user's without firms is not told: nobody knows how many fit.
	d = load(t, `industries: [{id: cranes, zh: 起重机, en: cranes, words: {zh: [起重], en: [cranes]}}]`)
	if s := d.Organisation(d.GuessProfile("云岚起重有限公司"), zh, ""); s != "某企业" {
		t.Error(s)
	}
}

func TestGuessProfile(t *testing.T) {
	d := load(t)
	for in, want := range map[string]string{
		"云岚精工有限公司": "machinery  false", "云岚有限公司": "  false", "浙江云岚电子商务股份有限公司": "ecommerce east false", "杭州朔禾生物科技有限公司": "pharma east false",
		"Northmere Machinery Ltd": "machinery  false", "Northmere Logistics (Shanghai) Co., Ltd.": "logistics east false", "Northmere Support Ltd": "  false",
		"云岚市公安局": "  true", "云岚市人民政府": "  true", "Northmere City Council": "  true", "云岚银行股份有限公司": "bank  false", "": "  false",
	} {
		p := d.GuessProfile(in)
		if got := fmt.Sprintf("%s %s %v", p.Industry, p.Region, p.PublicBody); got != want || p.Size != "" {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

func tryLoad(extra ...string) (*Dictionary, error) {
	d := []string(extra)
	switch len(d) {
	case 0:
		return Load()
	case 1:
		return Load(strings.NewReader(d[0]))
	}
	return Load(strings.NewReader(d[0]), strings.NewReader(d[1]))
}

func TestUsersDictionary(t *testing.T) {
	d := load(t, `
min_group: 5
posts: [{id: P04, posts: {zh: [数智负责官]}}]
sizes: [{id: large, zh: 大规模}]
industries: [{id: cranes, zh: 起重机, en: crane, firms: {large: 30}}]
regions: [{id: east, covers: {zh: [云岚]}}]`, "# empty\n")
	if s, _ := d.Post("数智负责官", zh); s != "信息化负责人" {
		t.Error(s)
	}
	if s, _ := d.Post("CIO", zh); s != "信息化负责人" {
		t.Error("the known post is lost: ", s)
	}
	if s := d.Organisation(Profile{Industry: "cranes", Size: "large", Region: "云岚"}, zh, ""); s != "华东某大规模起重机企业" {
		t.Error(s)
	}
	for name, x := range map[string]string{
		"no words":       `industries: [{id: cranes, zh: 起重机}]`,
		"no id":          `posts: [{posts: {zh: [某]}}]`,
		"unknown field":  `industry: []`,
		"no yaml":        `industries: [`,
		"bad pattern":    `give_aways: [{id: first, patterns: [{near: [x], re: "("}]}]`,
		"empty pattern":  `give_aways: [{id: first, patterns: [{near: [x], re: "a*"}]}]`,
		"no near":        `give_aways: [{id: first, patterns: [{re: "a"}]}]`,
		"weight":         `give_aways: [{id: first, weight: 3}]`,
		"within":         `give_aways: [{id: first, within: week}]`,
		"brace":          `forms: [{id: bare, zh: "某{name}"}]`,
		"open brace":     `forms: [{id: bare, zh: "某{region"}]`,
		"share":          `regions: [{id: east, share: 101}]`,
		"unknown size":   `industries: [{id: bank, firms: {huge: 3}}]`,
		"negative firms": `industries: [{id: bank, firms: {large: -3}}]`,
		"group":          `min_group: 1`,
		"kind of value":  `exact_values: {weight: {digits: 3}}`,
		"date":           `exact_values: {date: {to: week}}`,
		"empty word":     `posts: [{id: P01, posts: {zh: [" "]}}]`,
		"long word":      `posts: [{id: P01, posts: {zh: ["` + strings.Repeat("长", 201) + `"]}}]`,
		"two documents":  "min_group: 9\n---\nmin_group: 8\n",
		"too large":      "# " + strings.Repeat("x", maxBytes),
		"too many words": "posts: [{id: P01, posts: {zh: [" + strings.Repeat("词,", maxWords) + "词]}}]",
		"alias bomb":     "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nposts: *b\n",
	} {
		if _, err := tryLoad(x); !errors.Is(err, ErrDictionary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("min_group: 7\nposts: [{id: x, function: {zh: 甲, en: b}}]\n")
	f.Add("give_aways: [{id: first, patterns: [{near: [x], re: a}]}]")
	f.Add("forms: [{id: bare, zh: \"某{region}\"}]")
	f.Fuzz(func(t *testing.T, s string) {
		// Over one entry of each section: reading the shipped one again and again would leave no time.
		d := Dictionary{MinGroup: 20, Posts: []PostEntry{{ID: "x"}}, GiveAways: []GiveAway{{ID: "first"}}}
		if err := d.read([]byte(s)); err != nil {
			if !errors.Is(err, ErrDictionary) {
				t.Fatal(err)
			}
			return
		}
		if err := d.check(); err == nil || !errors.Is(err, ErrDictionary) {
			t.Fatalf("a dictionary without forms passed: %v", err)
		}
		d.lookup = d.index()
		d.Organisation(d.GuessProfile(s), zh, "A")
		d.Post(s, en)
		d.Place(s, en)
	})
}

func FuzzValues(f *testing.F) {
	d := load(f)
	for _, s := range []string{"2026年3月17日共37,412人", "£18.37 million on May 3, 2026", "百分之十七点八三", "3月", "1,", "US$", "aged ", "一万亿亿", "!1 "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := []rune(s)
		at := 0
		for _, v := range d.Values(text) {
			if v.Start < at || v.End <= v.Start || v.End > len(text) {
				t.Fatalf("value %d to %d after %d of %d", v.Start, v.End, at, len(text))
			}
			at = v.End
		}
		d.Value(s, zh)
	})
}
