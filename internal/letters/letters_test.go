package letters

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"consentry/assets"
	"consentry/authz"
)

func fonts() (regular, bold []byte, err error) {
	dir, err := assets.Dir()
	if err != nil {
		return nil, nil, err
	}
	if regular, err = os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf")); err != nil {
		return nil, nil, err
	}
	bold, err = os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Bold.ttf"))
	return regular, bold, err
}

func vocabulary(t testing.TB) authz.Vocabulary {
	t.Helper()
	b, err := fs.ReadFile(assets.Rules(), "rulepack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := authz.ParsePack(b)
	if err != nil {
		t.Fatal(err)
	}
	return p.Vocabulary
}

func date(y int, m time.Month, d int) time.Time {
	return time.Date(y, m, d, 0, 0, 0, 0, time.FixedZone("CST", 8*60*60))
}

var handler = map[string]authz.Handler{
	Zh: {Name: "云岚科技有限公司", Address: "示例市示例路 1 号", Contact: "privacy@yunlan.example，电话 010-5550-0100", Officer: "钱多多",
		Storage: "示例市，本公司机房", Withdrawal: "发邮件到 privacy@yunlan.example，打电话 010-5550-0100，或者寄回随附的撤回同意书",
		Rights: "同上，写明要求即可", Security: "加密保存，只有两名经办人可以打开"},
	En: {Name: "Yunlan Technology Ltd.", Address: "1 Example Road, Example City", Contact: "privacy@yunlan.example, telephone +86 10 5550 0100", Officer: "Duoduo Qian",
		Storage: "the company’s own machine room in Example City", Withdrawal: "write to privacy@yunlan.example, telephone +86 10 5550 0100, or send the attached withdrawal form",
		Rights: "the same way; say what you ask for", Security: "kept encrypted; only two members of staff can open it"},
}

// sample is a request that asks for much: sensitive information, recipients here
// and abroad, face matching, a guardian's part.
func sample(t testing.TB, lang string, kind authz.Kind) Request {
	t.Helper()
	terms := Terms{
		Lang: lang, Vocabulary: vocabulary(t), Work: pick(lang, "一箱疫苗的旅程", "The journey of a box of vaccine"),
		Purposes: []authz.Purpose{"case-study", "website", "social-post"}, Channels: []authz.Channel{"website", "wechat", "press"},
		Territories: []authz.Territory{"CN", "HK"}, Shows: []authz.Shows{"name", "portrait", "post", "quote"},
		Source: pick(lang, "2026 年 10 月 12 日的采访和当天拍摄的照片", "the interview of 12 October 2026 and photos taken that day"),
		From:   date(2027, 1, 1), Until: date(2028, 1, 1), Keep: pick(lang, "期限届满后六个月", "six months after the period"),
		MinorRules: pick(lang, "未成年人个人信息处理规则 2026-1", "rules for minors 2026-1"),
		Recipients: []Recipient{{Name: pick(lang, "示例日报社", "Example Daily"), Contact: "desk@daily.example", Purpose: pick(lang, "刊登报道", "printing the story"), Method: pick(lang, "电子邮件传送", "sending by e-mail"), Kinds: pick(lang, "姓名、肖像", "name, portrait")}},
	}
	r := Request{ID: "R-2026-0042", Handler: handler[lang], Date: date(2026, 11, 30), Sender: pick(lang, "孙小圣", "Xiaosheng Sun"),
		ReplyBy: date(2026, 12, 20), Draft: Attachment{Name: "draft-3.pdf", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}
	if kind == authz.Person {
		terms.Kinds = []string{"health"}
		terms.Sensitive = &authz.Sensitive{Kinds: []string{"health"}, Separate: true,
			Necessity: pick(lang, "报道讲的是接种疫苗的经历，不提健康状况就讲不清楚", "the story is about being vaccinated and cannot be told without it"),
			Effect:    pick(lang, "别人可能知道您的健康状况，并因此区别对待您", "others may learn of your health and treat you differently for it")}
		terms.Recipients = append(terms.Recipients, Recipient{Name: "Example Media Ltd.", Contact: "privacy@media.example", Purpose: pick(lang, "转载报道", "reprinting the story"), Method: pick(lang, "网络传送", "sending over the network"), Kinds: pick(lang, "姓名", "name"), Abroad: true, Rights: pick(lang, "写信到 privacy@media.example", "write to privacy@media.example")})
		r.Subject = authz.Subject{ID: "s_1", Kind: authz.Person, Names: []authz.Name{{Text: pick(lang, "王晓兰", "Xiaolan Wang")}}, Contacts: []authz.Contact{{Kind: "email", Value: "wang@customer.example"}}}
		r.Faces = &Faces{Photos: 2, Scope: pick(lang, "本次活动的照片", "photos of this event"), Necessity: pick(lang, "照片有两千多张，逐张辨认费时", "there are more than two thousand photos"), Until: date(2027, 7, 1), Assessment: "PIA-2026-3", AssessmentOn: date(2026, 11, 2)}
	} else {
		terms.Shows = []authz.Shows{"name", "logo", "story", "quote", "figures"}
		r.Subject = authz.Subject{ID: "s_2", Kind: authz.Organisation, Names: []authz.Name{{Text: pick(lang, "北辰医药股份有限公司", "Beichen Pharma Co., Ltd.")}, {Text: pick(lang, "北辰", "Beichen"), Use: "short"}},
			Firm: &authz.Firm{CreditCode: "91110000MA00000000", GeneralForm: pick(lang, "某大型医药企业", "a large pharmaceutical company"), Contract: "HT-2025-118", LogoRules: pick(lang, "品牌手册 2025 版", "brand manual 2025")}}
		r.Company = Company{Confidentiality: pick(lang, "第九条，公开须经书面同意；本授权书即为该书面同意", "clause 9: publication needs consent in writing, which this form is")}
	}
	r.Terms = terms
	n, err := Notice(r.Handler, terms, "2026-3", date(2026, 11, 1))
	if err != nil {
		t.Fatal(err)
	}
	r.Notice = n
	return r
}

func eachSample(t *testing.T, f func(t *testing.T, r Request)) {
	for _, lang := range []string{Zh, En} {
		for _, kind := range []authz.Kind{authz.Person, authz.Organisation} {
			t.Run(lang+"/"+string(kind), func(t *testing.T) { f(t, sample(t, lang, kind)) })
		}
	}
}
