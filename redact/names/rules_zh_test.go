package names

import (
	"strings"
	"testing"

	"consentry/redact"
)

// Of each text: what must be hidden whole, as one finding (o organisation, p person,
// a any kind), and what must not be touched (-). Everybody here is invented.
func TestChineseRules(t *testing.T) {
	for _, c := range []struct{ about, text, want string }{
		{"an address in small letters is no English text", "变化从一条线路开始。\n\n产品选了最难的一段，中途换三次车，写信到 a.b@example.com 再说。", "-线路 -产品 -中途 -换三次车"},
		{"place in brackets", "曾任云岚电机（深圳）有限公司主管。", "o云岚电机（深圳）有限公司"},
		{"narrow brackets", "现任北辰管理(上海)有限公司总经理。", "o北辰管理(上海)有限公司"},
		{"group in brackets", "任北辰造船（集团）有限责任公司董事长。", "o北辰造船（集团）有限责任公司"},
		{"place behind", "据北辰银行（中国）介绍，业务增长。", "o北辰银行（中国）"},
		{"dash in a foreign name", "美国参议员约翰—格伦来访。", "p约翰—格伦"},
		{"number of a session", "第九届全国人大常委会通过了决定。", "o第九届全国人大常委会"},
		{"ruler", "英国女王伊丽莎白二世来访。", "p伊丽莎白二世"},
		{"newspaper", "据香港《云岚日报》报道，天气转凉。", "o香港《云岚日报》"},
		{"magazine", "据美国《北山》杂志报道。", "o美国《北山》杂志"},
		{"team", "中国女队战胜了印尼女队。", "o中国女队 o印尼女队"},
		{"head of a body", "会见了加拿大外交部长。", "o加拿大外交部"},
		{"office of a place", "北山县农技站的老师来了。", "o北山县农技站"},
		{"relations are no office", "两国推动中美关系发展。", "-关系"},
		{"parts of a country", "华北大部有阵雨。", "-阵雨"},
		{"plain company", "向保险公司索赔，许多上市公司也一样。", "-保险公司 -上市公司"},
		{"police of a name", "该市税务局和财政部门检查。", "-部门"},
		{"alias", "杭州云岚科技有限公司（以下简称“云岚”）与我们签约。云岚表示满意。", "o云岚"},
		{"alias of a law", "依照《个人信息保护法》（以下简称“个保法”）处理。", "-个保法"},
		{"alias that is none", "北辰集团（以下简称“公司”）上市。公司很大。", "-公司很大"},
		{"brand in quotes", "我们携手“一口甜”开了新店。", "a一口甜"},
		{"brand with a partner", "我们与松果合作三年，与客户合作，与高校合作。", "a松果 -客户 -高校"},
		{"handle", "谢谢@小糖人 的转发，邮件 a.b@example.com 收到。", "p小糖人"},
		{"nickname", "大家叫他“石头”，花名“风清”。", "p石头 p风清"},
		{"biography", "高峰，男，45岁，中国国籍。\n祖国先生，董事。", "p高峰 p祖国"},
		{"given name behind a surname of two runes", "欧阳知夏介绍了现场，贺兰听雨写了记录。", "p欧阳知夏 p贺兰听雨 -写了"},
		{"surname that is another word", "和万春离开家乡十年了。向凤兰（女，湖北）来了。", "a和 a万春 p向凤兰"},
		{"Vietnamese in Latin letters", "河内的Nguyen Van An女士来了，Kevin用PPT讲解。", "pNguyen_Van_An -PPT"},
		{"Japanese", "来人叫穗积一成，现任会长。小林正雄也来了。", "p穗积一成 p小林正雄"},
		{"illness, currency, profession", "高级会计师说，社会主义市场经济下日元贬值，艾滋病得到控制。", "-会计师 -日元 -艾滋病"},
		{"thing named after somebody", "学习马克思主义。", "a马克思"},
		{"title of a work", "读了《张晓岚传》和《社会主义经济学》。", "p张晓岚 -社会主义经济学"},
		{"metadata", "N 121.946502\nGPS: N 31.230416, E 121.946502", "-N -E -121"},
		{"trade that is a word", "经济发展很快，阿拉伯数字“4”。", "-发展 -数字"},
		{"construction", "立项、施工总计三个月。", "-施工"},
	} {
		fs := detect(t, c.text)
		for _, w := range strings.Fields(c.want) {
			kind, name := w[0], strings.ReplaceAll(w[1:], "_", " ")
			found := false
			for _, f := range fs {
				k := f.Kind
				same := f.Text == name && (kind == 'a' || kind == 'o' && k == redact.Organisation || kind == 'p' && k == redact.Person)
				found = found || same || kind == '-' && strings.Contains(f.Text, name)
			}
			if found == (kind == '-') {
				t.Errorf("%s: %q: %s; found %s", c.about, c.text, w, all(fs))
			}
		}
	}
}

func all(fs []redact.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Text+"/"+string(f.Kind)+"/"+f.Why)
	}
	return strings.Join(out, " ")
}
