package forms

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/names/search"
)

// Texts without a person or company, of the sorts that users clear, full of
// words that are names too.
var ordinary = []string{`项目建设分三期推进。一期总结会上，项目组回顾了资金总额、总体进度和施工方总部的意见，认为文明施工、安全生产的要求落实到位。小区的老路翻修后，
路灯更明亮，居民出行更方便。任务安排由总包方统一管理，金额以合同为准，高总量、低能耗的目标基本实现。时间紧、任务重，方案经过多次修改，终于在年底通过验收。
国家和人民的利益高于一切，我国华东地区的经济长期向好，光明的前景值得期待。老师们说，小时候常见的小麦、高粱，如今都由机器收割。周末，不少家长带着孩子来参加活动，
现场老少同乐，气氛热烈。公司为员工提供了培训，工程师和技术人员一起讨论了下一步工作。数字化车间上线后，设备利用率提高了百分之十二，废品率下降一半，客户满意度明显上升。
从去年起，医院的挂号、缴费和取药都可以在手机上完成，平均等候时间由四十分钟缩短到十五分钟。安全、永久、可靠，是这套系统的三个特点。新年伊始，海外订单大幅增长，
仓库里的货物分区摆放，叉车来回穿梭。强烈的责任心、严谨的态度和良好的沟通，是团队成功的关键。春节前夕，总工会组织慰问，高度评价了大家的贡献。平时的积累，才有今天的收获。`,
	`The project will be long, and you can mark each step on a page of the grant form. In May the team rose early; by June all of them could see the benefits.
Faith in the process grew, hope returned, and the price fell by a third. A young customer may pay by card or cash. He can read the reports, she ran the numbers, and so long as
the main parts are in stock, we ship within a day. The award is small, but shall remain. On Sunday the park was full; a band sang in the hall and an old man sold bread.
Along the river, stone walls guard green fields and a wood of oak and ash. The cook may bake, the fisher may fish, and the king of the hill is a boy with a stick. Data from
the first quarter show that orders rose, returns fell, and support calls took less time. LED lamps, SLA terms and a new LAN were part of the plan; the CMO, the CFO and HR agreed.
Please will your bill to be paid: rich and poor, art and science, law and order. No one may lean on a guess. The summit of the mountain lay in cloud, the horizon was blue,
and delta waters ran out to sea. Our general aim is unity, our target is a premier service, and each apple is washed twice. Drew water, chased a dean, sue nobody.`,
	`系统支持 LED 显示与 AI 识别，SLA 达到 99.9%。You can log in with a browser，he can export the data，也可以用 API 调用。IT 部门、HR 部门和 PR 部门都参加了会议。
Wuhan and Handan are cities; Shandong is a province. 该型号为 WX-200，尺寸 12 cm × 8 cm，重量 3 kg。`}

// Where nobody is named, the forms of a registry of 1,000 people and 200
// companies are hardly found, though many of their names are everyday words.
func TestOrdinaryText(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 11))
	r := NewRegister(Full)
	surnames := strings.Split("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白施时向和游安", "")
	given := strings.Split("伟芳静强磊军洋勇杰涛明超霞平刚文建国志红海晓雪小云峰光辉波然长安永春新民设乐成功新年灿", "")
	for range 700 {
		r.Add(redact.Person, []string{surnames[rng.IntN(len(surnames))] + given[rng.IntN(len(given))] + strings.Repeat(given[rng.IntN(len(given))], rng.IntN(2))})
	}
	for range 300 {
		r.Add(redact.Person, []string{pick(rng, "Mark Will Grace Faith Hope May June Rich Art Drew Rose Bill Adam Alan Chris") + " " + pick(rng, "Young Long Price Park Hall Stone Wood Green Cook King Ward Small Field Fisher Bread Ash Man")})
	}
	for range 150 {
		r.Add(redact.Organisation, []string{pick(rng, "北京 上海 武汉 深圳 杭州") + pick(rng, "光明 长城 远大 安全 国家 人民 新年 海外 成功 永久 云岚 数字 前景") + pick(rng, "科技 建设 工程 银行 食品") + "有限公司"})
	}
	for range 50 {
		r.Add(redact.Organisation, []string{pick(rng, "Summit Global Target Unity Apple Horizon Delta Premier General Blue") + " " + pick(rng, "Foods Systems Data Partners Bank") + " Ltd."})
	}
	m := search.NewMatcher(r.Terms())
	runes, hits := 0, 0
	for _, text := range ordinary {
		fs, err := m.Detect(t.Context(), redact.Page{Spans: []redact.Span{{Text: text}}})
		if err != nil {
			t.Fatal(err)
		}
		runes += utf8.RuneCountInString(text)
		for _, f := range fs {
			hits++
			t.Logf("%q for %s", f.Text, f.Why)
		}
	}
	t.Logf("%d of %d forms found in %d runes", hits, len(r.Terms()), runes)
	if hits > 3 {
		t.Errorf("%d false matches in %d runes of text without a name", hits, runes)
	}
}
