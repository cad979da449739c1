package names

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"consentry/internal/infer"
	"consentry/redact"
	"consentry/redact/names/lac"
	"consentry/redact/names/spacy"
	"consentry/redact/redacttest"
)

// shared is a detector with the fetched models, of the folder that
// CONSENTRY_ASSETS names or of the checkout's.
var shared = sync.OnceValues(func() (*Detector, error) {
	dir := os.Getenv("CONSENTRY_ASSETS")
	if dir == "" {
		dir = filepath.Join("..", "..", "assets", "models")
	}
	var f lac.Files
	var md, sm, tags []byte
	for name, to := range map[string]*[]byte{"lac/encoder.onnx": &f.Encoder, "lac/crf.npy": &f.CRF, "lac/word.dic": &f.Words, "lac/tag.dic": &f.Tags, "lac/q2b.dic": &f.Q2B, "spacy-md.bin": &md, "spacy-sm.bin": &sm, "spacy-tags.bin": &tags} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		*to = b
	}
	lib := map[string]string{"windows": "onnxruntime.dll", "darwin": "libonnxruntime.1.30.0.dylib"}[runtime.GOOS]
	if lib == "" {
		lib = "libonnxruntime.so.1"
	}
	rt, err := infer.Open(filepath.Join(dir, "onnxruntime", lib))
	if err != nil {
		return nil, err
	}
	zh, err := lac.New(rt, f, "test")
	if err != nil {
		return nil, err
	}
	var en English
	if en.Medium, err = spacy.Read(md); err != nil {
		return nil, err
	}
	if en.Small, err = spacy.Read(sm); err != nil {
		return nil, err
	}
	if en.Tags, err = spacy.ReadTagger(tags); err != nil {
		return nil, err
	}
	return New(zh, en)
})

func detector(t testing.TB) *Detector {
	t.Helper()
	d, err := shared()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	return d
}

func detect(t testing.TB, text string) []redact.Finding {
	t.Helper()
	fs, err := detector(t).Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// Of each text: what must be found for sure, by kind (p, o, l), and what must be
// hidden as whatever, in either tier. Everybody here is invented.
func TestDetector(t *testing.T) {
	for _, c := range []struct{ text, sure, hidden string }{
		{"杭州云岚科技有限公司的王小明总经理与张伟明、李女士见面，张总表示满意。", "o杭州云岚科技有限公司 p王小明 p张伟明 p李女士 p张总", ""},
		{"# 案例：云岚科技携手北辰集团\n\n**王小明**说：“很好”。", "o云岚科技 o北辰集团 p王小明", ""},
		{"| 姓名 | 职务 | 公司 |\n|---|---|---|\n| 陈晓雨 | 经理 | 星河物流 |\n| 张伟 | CTO | 海蓝教育 |", "p陈晓雨 o星河物流 p张伟 o海蓝教育", ""},
		{"- 联系人：马上飞\n- 负责人：欧阳娜娜\n* 经办人: 赵铁柱", "p马上飞 p欧阳娜娜 p赵铁柱", ""},
		{"记者 李建国 摄影 赵敏\n通讯员：周涛", "p李建国 p赵敏 p周涛", ""},
		{"“这套系统让效率提升了三倍。”信息部主任孙丽娟说。小王和老李也来了。", "p孙丽娟", "小王 老李"},
		{"阿布都热合曼·买买提和玛丽·居里参加了会议。", "p阿布都热合曼·买买提 p玛丽·居里", ""},
		{"會議由歐陽雪主持，陳曉雨記錄。", "p歐陽雪 p陳曉雨", ""},
		{"我们的客户IBM使用了SAP的系统，对接人是Tony老师和Chen, Xiaoyu。", "", "IBM SAP Tony Chen Xiaoyu"},
		{"昨天在我们公司总部的会议室里见到了一位非常重要的负责人，他的名字叫王\n小明，来自上海。", "p王\n小明 l上海", ""},
		{"由李建国博士、王芳教授、刘工和陈经理组成的专家组", "p李建国 p王芳 p陈经理", "刘工"},
		{"[王小明](https://example.com/王小明) 和 `张伟明`", "p王小明 p张伟明", ""},
		{"Dr. Elena Petrova's team at Northwind Logistics GmbH met John Smith, CEO of Acme Corp, in Berlin.", "pElena_Petrova oNorthwind_Logistics_GmbH pJohn_Smith oAcme_Corp lBerlin", ""},
		{"| Name | Company |\n|---|---|\n| Maria Lopez | Contoso Ltd |\n| OUYANG Feng | Fabrikam Inc. |", "pMaria_Lopez oContoso_Ltd oFabrikam_Inc.", "OUYANG Feng"},
		{"Contact: Priya Raman\nPrepared by: Tomasz Nowak\nClient: Blue Harbor Foods", "pPriya_Raman pTomasz_Nowak oBlue_Harbor_Foods", ""},
		{"JOHN SMITH JOINS NORTHWIND LOGISTICS", "pJOHN_SMITH oNORTHWIND_LOGISTICS", ""},
		{"## A Story by Priya Raman\n\n- *Tomasz Nowak* – operations\n1. [Maria Lopez](mailto:m@example.com)", "pTomasz_Nowak pMaria_Lopez", "Priya Raman"},
		{"I met Elena yesterday; Zhang Wei and chen jie agreed with Ms. O'Neil.", "pElena pZhang_Wei pchen_jie pO'Neil", ""},
		{"The rollout was led from the Hangzhou office, and the person in charge there was Maria\nLopez, whom everybody knew.", "pMaria\nLopez", ""},
		{"Elena met 王小明 of 云岚科技 in Hangzhou.", "pElena p王小明 o云岚科技", ""},
		{"They switched from Zyntherra to us.", "", "Zyntherra"},
	} {
		fs := detect(t, c.text)
		var sure, all []string
		for _, f := range fs {
			if f.Tier == redact.Sure {
				sure = append(sure, string(f.Kind[0])+f.Text)
			}
			all = append(all, f.Text)
		}
		for _, want := range strings.Split(c.sure, " ") {
			if want = strings.ReplaceAll(want, "_", " "); want != "" && !slices.Contains(sure, want) {
				t.Errorf("%q: %q is not found for sure, but %q", c.text, want, sure)
			}
		}
		for _, want := range strings.Fields(c.hidden) {
			if !strings.Contains(strings.Join(all, "|"), want) {
				t.Errorf("%q: %q is not found, but %q", c.text, want, all)
			}
		}
	}
}

// What names nobody stays.
func TestNothingFound(t *testing.T) {
	for _, text := range []string{
		"客户A 表示，企业B的 Customer C and Company D 拨打了[电话]，发邮件到[邮箱]，住在某地。",
		"效率提升了三倍，成本下降了百分之二十。高级工程师和项目经理都很满意。",
		"我们使用ERP和CRM系统，通过API对接，导出PDF和Excel。",
		"The system went live on Monday, 3 March, and reduced costs by 20%.",
		"## Background\n\n| Name | Title | Status |\n|---|---|---|\n",
		"该公司与集团签订合同，子公司负责实施。",
	} {
		for _, f := range detect(t, text) {
			t.Errorf("%q: found %q, %s %s for %s", text, f.Text, f.Tier, f.Kind, f.Why)
		}
	}
}

func TestDetectorSuite(t *testing.T) {
	redacttest.TestDetector(t, detector(t),
		redact.Page{Part: redact.PartBody, Index: 3, Spans: []redact.Span{
			{ID: 5, Offset: 11, Text: "采访了**王小明**和[Elena Petrova](x)，Customer B 在场。"},
			{ID: 9, Offset: 90, Text: "| 张伟明 | Northwind Logistics GmbH |\r\nDr. Priya Raman's\r\n"},
		}},
		redact.Page{Part: redact.PartName, Spans: []redact.Span{{Text: "云岚科技 王小明 访谈 2026"}}})
}

// The findings of one detector never overlap, and each has a reason that says
// nothing of the text.
func TestFindingsDoNotOverlap(t *testing.T) {
	text := "项目经理王小明也来了，小王和老李、阿布都热合曼·买买提在杭州云岚科技有限公司。IBM的Tony老师与Chen, Xiaoyu见了面。\n" +
		"OUYANG Feng (Fabrikam Inc.) and Grace O'Neil met 王芳 at Acme. 客户A与Company B的李总。\n| JOHN SMITH | 陈晓雨经理 |"
	end := 0
	tiers := map[redact.Tier]int{}
	for _, f := range detect(t, text) {
		if f.Region.Start < end {
			t.Errorf("%v overlaps the one before", f)
		}
		end = f.Region.End
		tiers[f.Tier]++
		if strings.Contains(text, f.Why) {
			t.Errorf("the reason %q stands in the text", f.Why)
		}
	}
	if tiers[redact.Sure] < 8 || tiers[redact.Review] < 1 {
		t.Errorf("found by tier: %v", tiers)
	}
}

func TestNewWithoutModel(t *testing.T) {
	if _, err := New(nil, detector(t).en); err == nil {
		t.Error("a detector without the Chinese model")
	}
	for _, leave := range []func(*English){func(e *English) { e.Medium = nil }, func(e *English) { e.Small = nil }, func(e *English) { e.Tags = nil }} {
		en := detector(t).en
		leave(&en)
		if _, err := New(detector(t).zh, en); err == nil {
			t.Error("a detector without one of the English models")
		}
	}
}
