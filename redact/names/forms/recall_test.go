package forms

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"consentry/redact"
	"consentry/redact/names/search"
)

// The names below are invented. Their readings stand beside them, so that what
// is written does not come from the code that is tested. The rules were made with
// and corrected with the first three sets of names and carriers; the fourth was
// written when they were done.
type parts struct {
	surnames, given       string // rune and reading with tone, parted by spaces
	doubles               string
	carriersZH            []string
	carriersEN            []string
	firsts, lasts, nicks  string
	brands, places, trade string
	brandsEN, tradesEN    string
	aliases               string
}

var sets = map[string]parts{
	"developed on": {
		surnames:   "王wáng 李lǐ 张zhāng 陈chén 任rén 单shàn 曾zēng 吕lǚ 黄huáng 解xiè",
		doubles:    "欧阳ōu,yáng 尉迟yù,chí",
		given:      "小xiǎo 明míng 雨yǔ 晓xiǎo 海hǎi 志zhì 强qiáng 婷tíng 佳jiā 安ān 长cháng 东dōng 岚lán 乐lè",
		carriersZH: []string{"会上%s介绍了方案。", "由%s负责。", "感谢%s的支持", "项目经理：%s，电话另附"},
		carriersEN: []string{"We thank %s for the visit.", "Contact: %s (Hangzhou)", "said %s, who leads it"},
		firsts:     "Elena William José Jean-Luc Maria Thomas", lasts: "Petrova Hartley Müller O'Neil van_der_Berg Moreau Hopper-Lind", nicks: "William:Bill Thomas:Tom",
		brands: "云岚yún,lán 海蔚hǎi,wèi 北屿běi,yǔ", places: "杭州hangzhou 深圳shenzhen", trade: "科技keji:Technology 物流wuliu:Logistics",
		brandsEN: "Northwind Halcyon Foxglove", tradesEN: "Logistics Technologies Freight", aliases: "Tony Vivian",
	},
	"corrected on": {
		surnames: "赵zhào 周zhōu 吴wú 徐xú 孙sūn 胡hú 林lín 何hé 郭guō 罗luó 梁liáng 宋sòng 郑zhèng 谢xiè 韩hán 唐táng 冯féng 于yú 董dǒng 萧xiāo 程chéng 曹cáo 袁yuán 邓dèng 许xǔ 傅fù 沈shěn 彭péng " +
			"吕lǚ 苏sū 卢lú 蒋jiǎng 蔡cài 贾jiǎ 丁dīng 魏wèi 薛xuē 叶yè 余yú 潘pān 仇qiú 查zhā 区ōu 朴piáo 翟zhái 盖gě 覃qín 缪miào 冼xiǎn 乐yuè",
		doubles: "诸葛zhū,gě 司马sī,mǎ 上官shàng,guān 慕容mù,róng 令狐líng,hú 长孙zhǎng,sūn 皇甫huáng,fǔ",
		given: "桐tóng 屿yǔ 蔓màn 澜lán 骁xiāo 霖lín 楠nán 煜yù 瑾jǐn 哲zhé 妍yán 睿ruì 彬bīn 燕yàn 博bó 凯kǎi 涛tāo 毅yì 欣xīn 雪xuě 梓zǐ 涵hán 轩xuān 宇yǔ 浩hào 然rán 诗shī 琪qí 若ruò 溪xī " +
			"思sī 远yuǎn 鑫xīn 璐lù 萌méng 淑shū 芬fēn 桂guì 兰lán 振zhèn 华huá 德dé 胜shèng 俊jùn 杰jié 绿lǜ 安ān 娥é 恩ēn 重zhòng 行xíng 茜qiàn 晟shèng 朝cháo 翀chōng 喆zhé 祎yī",
		carriersZH: []string{"据%s介绍，系统已上线三个月。", "我们采访了%s", "%s表示满意。", "现场由%s和团队答疑，", "名单（%s）见附件", "——%s", "请联系%s：", "经与%s沟通后定稿"},
		carriersEN: []string{"Last spring %s joined the steering group.", "Approved by %s.", "%s: \"It saves us a day a week.\"", "cc %s; minutes attached", "The demo that %s gave was short"},
		firsts:     "Ingrid Robert Françoise Søren Katherine Pavel Anne-Marie Luís Miriam Edward Zsófia Declan Björn Noor Tomasz Yusuf Olivia Mateus Hiroko Siobhán",
		lasts:      "Lindqvist Castellanos Brodeur Østergaard Vermeulen O'Driscoll de_la_Fuente Nakagawa Wójcik Abernathy Gómez-Prieto van_den_Heuvel Strauß Papadakis D'Amico Oyelaran Fitzwilliam Kowalczyk MacAllister Haddad",
		nicks:      "Robert:Bob Katherine:Kate Edward:Ted Olivia:Liv",
		brands:     "昱衡yù,héng 澜桥lán,qiáo 青屿qīng,yǔ 弘砚hóng,yàn 泽骏zé,jùn 瑞朴ruì,pǔ 绿芫lǜ,yuán 启翎qǐ,líng 梵石fán,shí 予禾yǔ,hé 朗拓lǎng,tuò 诺川nuò,chuān",
		places:     "苏州suzhou 成都chengdu 武汉wuhan 青岛qingdao 厦门xiamen 西安xian 佛山foshan",
		trade:      "智能zhineng:Intelligent 医药yiyao:Pharmaceutical 食品shipin:Food 传媒chuanmei:Media 精密jingmi:Precision 软件ruanjian:Software 新能源xinnengyuan:New_Energy 供应链gongyinglian:Supply_Chain",
		// no everyday words: those are guarded on purpose
		brandsEN: "Verdanta Kestrelis Oakmere Brightholm Calyxis Dunvale Ferrowick Lumisphere", tradesEN: "Foods Pharmaceuticals Robotics Software Partners Manufacturing Systems Media", aliases: "Kelvin Sherry Bruce Fiona Leo Jessica",
	},
	"corrected on, second": {
		surnames: "顾gù 孟mèng 秦qín 邱qiū 石shí 龙lóng 史shǐ 陶táo 贺hè 毛máo 郝hǎo 龚gōng 邵shào 万wàn 钱qián 严yán 武wǔ 戴dài 莫mò 孔kǒng 汤tāng 康kāng 邢xíng 齐qí 易yì 乔qiáo 庞páng 颜yán 庄zhuāng 聂niè 章zhāng 鲁lǔ 岳yuè " +
			"殷yīn 詹zhān 申shēn 耿gěng 关guān 焦jiāo 俞yú 左zuǒ 柳liǔ 甘gān 祝zhù 包bāo 宁níng 尚shàng 符fú 葛gě 阮ruǎn 柯kē 纪jì 梅méi 童tóng 凌líng 毕bì 裴péi 霍huò 涂tú 成chéng 刘liú 杨yáng 高gāo 马mǎ 朱zhū 田tián 姜jiāng 范fàn 金jīn 陆lù 江jiāng 夏xià 方fāng 熊xióng",
		doubles: "东方dōng,fāng 公孙gōng,sūn 夏侯xià,hóu 端木duān,mù 独孤dú,gū 轩辕xuān,yuán 宇文yǔ,wén 南宫nán,gōng 呼延hū,yán 单于chán,yú",
		given: "晨chén 凡fán 淇qí 舒shū 漪yī 樱yīng 蕾lěi 薇wēi 倩qiàn 颖yǐng 莹yíng 琳lín 瑶yáo 静jìng 丹dān 旭xù 阳yáng 鹏péng 飞fēi 翔xiáng 航háng 硕shuò 嘉jiā 懿yì 宁níng 馨xīn 怡yí 悦yuè 芸yún 菲fēi 茹rú 珊shān 珍zhēn 萍píng 玲líng " +
			"秋qiū 冬dōng 春chūn 松sōng 岩yán 峰fēng 川chuān 泽zé 源yuán 江jiāng 河hé 蓉róng 瑞ruì 祥xiáng 福fú 寿shòu 恺kǎi 衡héng 钧jūn 铭míng 锐ruì 钰yù 玥yuè 昕xīn 昱yù 晗hán 曦xī 婕jié 婉wǎn 媛yuàn 嫣yān 伟wěi 芳fāng 勇yǒng 磊lěi 军jūn 丽lì 敏mǐn 霞xiá 秀xiù 文wén 建jiàn 国guó 红hóng 玉yù 成chéng 光guāng 平píng 刚gāng 超chāo 传chuán 冠guàn 都dū 济jì 奇qí 洛luò 吕lǚ",
		carriersZH: []string{"本案例由%s供稿。", "在%s的推动下，项目按期上线。", "“效率提高了一倍。”%s告诉我们，", "参会人员有%s等。", "（摄影：%s）", "%s | 客户成功部", "抄送%s，请知悉", "因%s出差，改为线上会议；"},
		carriersEN: []string{"Before the rollout, %s had doubts.", "- owner: %s", "Photo by %s, 2025", "\"Thank you,\" wrote %s in reply", "as %s and two colleagues explained", "From: %s <hidden>"},
		firsts:     "Marguerite Anselm Bronwyn Caspian Dagmar Evander Felicity Gunnar Henrietta Isidore Jocasta Kofi Léonie Mihály Ngozi Ottoline Przemysław Quentin Rosalind Stephen Deborah Anthony Jennifer Åsa Jean-Baptiste",
		lasts:      "Beaumont Chukwuemeka Delacroix Eriksson Fairweather Grzelak van_der_Meer O'Shaughnessy Hölzl Ibáñez Jankowski Kjeldsen Lazarides Mbeki Nystrøm Okafor Quiroga-Vega Rasmussen Sørensen de_Villiers Tanaka Ullmann Vasquez von_Arnim Whitcombe Zieliński D'Angelo",
		nicks:      "Stephen:Steve Deborah:Debbie Anthony:Tony Jennifer:Jenny",
		brands:     "晟桦shèng,huà 沐禾mù,hé 谷岚gǔ,lán 霁川jì,chuān 维澈wéi,chè 锦屿jǐn,yǔ 铂睿bó,ruì 森硕sēn,shuò 栎阳lì,yáng 旅鸢lǚ,yuān 臻沃zhēn,wò 炬芯jù,xīn 蓝圻lán,qí",
		places:     "宁波ningbo 无锡wuxi 长沙changsha 珠海zhuhai 郑州zhengzhou 重庆chongqing 合肥hefei 大连dalian 福州fuzhou 昆山kunshan",
		trade:      "生物shengwu:Biotech 机械jixie:Machinery 教育jiaoyu:Education 能源nengyuan:Energy 网络wangluo:Network 医疗yiliao:Medical 半导体bandaoti:Semiconductor 汽车qiche:Auto 环保huanbao:Environmental 贸易maoyi:Trading 家居jiaju:Home",
		brandsEN:   "Quorvane Tessellon Brackwater Marlowick Solvantis Hexeter Ravensholt Aldermist Pinecrestine Wexbury", tradesEN: "Logistics Energy Consulting Electronics Biotech Networks Holdings Automotive Healthcare", aliases: "Derek Wendy Simon Cherie Oscar Yvonne",
	},
	"held out": {
		surnames: "牛niú 樊fán 邬wū 安ān 常cháng 倪ní 温wēn 芦lú 蓝lán 闵mǐn 季jì 麻má 强qiáng 娄lóu 危wēi 骆luò 盛shèng 林lín 刁diāo 钟zhōng 徐xú 邱qiū 高gāo 夏xià 田tián 樊fán 胡hú 凌líng 霍huò 虞yú 万wàn 柯kē 管guǎn 卢lú 莫mò 裘qiú 缪miào 干gān 解xiè 应yīng 宗zōng 丁dīng 宣xuān 邓dèng 郁yù 单shàn 杭háng 洪hóng 包bāo 诸zhū 左zuǒ 石shí 崔cuī 吉jí 龚gōng 程chéng 嵇jī 裴péi 陆lù 荣róng 翁wēng 荀xún 羊yáng 曾zēng 王wáng 李lǐ",
		doubles:  "欧阳ōu,yáng 司徒sī,tú 申屠shēn,tú 钟离zhōng,lí 闻人wén,rén 百里bǎi,lǐ 濮阳pú,yáng 淳于chún,yú 澹台tán,tái",
		given: "葵kuí 笙shēng 筱xiǎo 芮ruì 澍shù 弈yì 彤tóng 蓓bèi 芝zhī 洲zhōu 铎duó 恒héng 逸yì 朗lǎng 翎líng 棠táng 汐xī 禾hé 辰chén 帆fān 帅shuài 坤kūn 乾qián 琦qí 璇xuán 璟jǐng 瑜yú 瑄xuān 珂kē 芷zhǐ 若ruò 兮xī 娴xián 姝shū 妙miào 奕yì 尧yáo 屹yì 崇chóng 嵩sōng 巍wēi 廷tíng 彦yàn 彪biāo 征zhēng 恬tián 慧huì 捷jié 斌bīn " +
			"旻mín 昌chāng 显xiǎn 晟shèng 暄xuān 曼màn 权quán 杉shān 栋dòng 桦huà 梦mèng 森sēn 榕róng 歆xīn 毓yù 淳chún 清qīng 渝yú 湘xiāng 漫màn 灿càn 炜wěi 烁shuò 焱yàn 熙xī 爽shuǎng 牧mù 珮pèi 益yì 盈yíng 睦mù 硕shuò 祯zhēn 禹yǔ 立lì 竹zhú 筠yún 绍shào 维wéi 罡gāng 翠cuì 耘yún 聪cōng 胤yìn 艺yì 苒rǎn 茗míng 荷hé 莲lián 蔚wèi 虹hóng 裕yù 贤xián 跃yuè 达dá 钊zhāo 隽jùn 雁yàn 霏fēi 韬tāo 韵yùn 颂sòng 骏jùn 鸿hóng 麒qí 女nǚ 旅lǚ",
		carriersZH: []string{"主讲人%s回答了提问。", "我跟%s聊了半小时，收获很大", "这是%s提出来的：先试点，后推广。", "审核/%s 校对/小组", "感谢%s！", "一张%s的照片", "会后，%s又补充了两点。", "方案已发给%s，等待确认"},
		carriersEN: []string{"It was %s who found the fault.", "Attendees: two colleagues, %s", "Ask %s about the invoice;", "%s (remote) and the auditors", "with thanks to %s!", "…and then %s said yes"},
		firsts:     "Aurelio Birgit Cormac Desdemona Elspeth Fabrizio Gwendolyn Håkon Imogen Jarosław Kalliope Lorcan Mireille Niamh Oskar Philippa Ragnhild Sébastien Tatiana Ursula Gregory Susan Kenneth Rebecca Zoë Karl-Heinz",
		lasts:      "Abramowitz Bjørnstad Cavendish Dąbrowski Esterhazy Fontaine Giannopoulos Hathaway Iversen Jaramillo-Ruiz Kaczmarek Lefèvre McTavish Nakamura O'Halloran Pellegrini Quartermaine Rosenqvist Sokolova ten_Brink Uzun van_Doorn Winterbottom Xenakis Yamamoto de_Souza L'Estrange",
		nicks:      "Gregory:Greg Susan:Sue Kenneth:Ken Rebecca:Becky",
		brands:     "聿森yù,sēn 墨澄mò,chéng 芃野péng,yě 曜川yào,chuān 筑岚zhù,lán 砺辰lì,chén 旭珩xù,héng 栩桐xǔ,tóng 峤安qiáo,ān 铎远duó,yuǎn 禹沛yǔ,pèi 绿垣lǜ,yuán 祺胜qí,shèng",
		places:     "南京nanjing 天津tianjin 济南jinan 广州guangzhou 昆明kunming 长春changchun 温州wenzhou 东莞dongguan 南昌nanchang 石家庄shijiazhuang",
		trade:      "数据shuju:Data 电子dianzi:Electronics 文化wenhua:Culture 化工huagong:Chemical 建筑jianzhu:Construction 农业nongye:Agriculture 机器人jiqiren:Robotics 餐饮canyin:Catering 旅游lvyou:Travel 服饰fushi:Apparel 设备shebei:Equipment 自动化zidonghua:Automation",
		brandsEN:   "Caldermoss Stravonix Ollivander Zephrane Mistlewick Korvalis Ebonholt Thistlemere Arbourne Vexilla", tradesEN: "Group Insurance Motors Laboratories Studios Education Trading Ventures Security", aliases: "Gavin Hazel Martin Celine Eugene Doris",
	},
}

// A subject is somebody with the forms of each rule in which they are written.
type subject struct {
	kind     redact.Kind
	names    []string
	forms    map[string][]string
	inCase   map[string]bool // rules whose forms come once the full name stood in the case
	chinese  map[string]bool // rules whose forms stand in Chinese carriers
	fullName string
}

func strip(s string) string { // of tones, by hand
	return strings.NewReplacer("ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e", "ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
		"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v").Replace(s)
}

func up(s string) string { r := []rune(s); r[0] = unicode.ToUpper(r[0]); return string(r) }

// cut parts 王wáng into rune and reading.
func cut(s string) (han, reading string) {
	for i, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

func pick(rng *rand.Rand, list string) string {
	f := strings.Fields(list)
	return f[rng.IntN(len(f))]
}

func zhPerson(rng *rand.Rand, p parts) subject {
	list := p.surnames
	if rng.IntN(8) == 0 {
		list = p.doubles
	}
	fam, famTone := cut(pick(rng, list))
	famTones := strings.Split(famTone, ",")
	var given, tones []string
	for range 1 + min(1, rng.IntN(5)) {
		g, t := cut(pick(rng, p.given))
		given, tones = append(given, g), append(tones, t)
	}
	var gs []string
	for _, t := range tones {
		gs = append(gs, strip(t))
	}
	F, G := up(strip(strings.Join(famTones, ""))), up(strings.Join(gs, ""))
	han := fam + strings.Join(given, "")
	s := subject{kind: redact.Person, names: []string{han}, fullName: han, forms: map[string][]string{}, inCase: map[string]bool{"zh-given": true, "zh-pinyin-given": true}, chinese: map[string]bool{}}
	f := func(rule string, texts ...string) { s.forms[rule] = append(s.forms[rule], texts...) }
	spaced, hyphen, caps := G, G, []string{}
	for _, g := range gs {
		caps = append(caps, up(g))
	}
	spaced, hyphen = strings.Join(caps, " "), strings.Join(caps, "-")
	lf, lg := strings.ToLower(F), strings.ToLower(G)
	f("full name", han, string([]rune(han)[:1])+" "+string([]rune(han)[1:]))
	f("zh-traditional", traditional.Replace(han))
	f("zh-pinyin", F+" "+G, G+" "+F, strings.ToUpper(F)+" "+G, F+" "+spaced, spaced+" "+F, F+" "+hyphen, hyphen+" "+F, strings.ToUpper(F+" "+G))
	if i := strings.IndexAny(strings.Join(gs, ""), "v"); i >= 0 || strings.Contains(lf, "v") {
		for _, u := range []string{"u", "yu", "ü"} {
			f("zh-pinyin ü", strings.ReplaceAll(F, "v", u)+" "+strings.ReplaceAll(G, "v", u))
		}
	}
	f("zh-tones", up(strings.Join(famTones, ""))+" "+up(strings.Join(tones, "")), up(strings.Join(tones, ""))+" "+up(strings.Join(famTones, "")))
	f("zh-pinyin-comma", F+", "+G, strings.ToUpper(F)+", "+hyphen)
	f("zh-pinyin-joined", lf+lg+"@example.com", F+G, lg+lf+"@example.com")
	f("zh-pinyin-sign", lg+"."+lf, lf+"-"+lg, lf+"_"+lg, lg+"_"+lf)
	var is []string
	for _, g := range caps {
		is = append(is, g[:1])
	}
	f("zh-initials", is[0]+". "+F, strings.Join(is, ".")+". "+F, strings.Join(is, ". ")+". "+F, F+" "+is[0]+".", F+", "+strings.Join(is, ".")+".", strings.Join(is, "")+". "+F)
	li := strings.ToLower(strings.Join(is, ""))
	if len(is) > 1 {
		f("zh-monogram", F[:1]+strings.Join(is, ""), strings.ToLower(F[:1])+li+"@example.com")
	}
	f("zh-handle", lf+li+"@example.com", li+lf+"@example.com", lf[:1]+lg+"@example.com", lg+"."+lf[:1], "@"+lf+li)
	for _, t := range []string{"总", "经理", "老师", "工", "女士", "先生", "总监", "主任", "博士", "医生"} {
		f("zh-title", fam+t)
	}
	if len([]rune(fam)) == 1 {
		f("zh-title", "老"+fam, "小"+fam)
	}
	for _, t := range []string{"Mr. ", "Ms. ", "Dr. ", "Mr ", "Professor "} {
		f("latin-title", t+F)
	}
	if len(given) > 1 {
		f("zh-given", strings.Join(given, ""))
		f("zh-given-title", strings.Join(given, "")+"老师", strings.Join(given, "")+"总")
		f("zh-pinyin-given", G)
	}
	alias := pick(rng, p.aliases)
	s.names = append(s.names, alias)
	f("alias-surname", alias+" "+F, F+" "+alias, alias+fam, strings.ToLower(alias+"."+F), alias[:1]+". "+F, strings.ToLower(alias+F)+"@example.com")
	for _, r := range []string{"full name", "zh-traditional", "zh-title", "zh-given", "zh-given-title"} {
		s.chinese[r] = true
	}
	return s
}

// traditional are characters of the names as they are written in Taiwan.
var traditional = strings.NewReplacer("顾", "顧", "贺", "賀", "龙", "龍", "龚", "龔", "万", "萬", "钱", "錢", "严", "嚴", "汤", "湯", "齐", "齊", "乔", "喬", "庞", "龐", "颜", "顏", "庄", "莊", "聂", "聶", "鲁", "魯", "关", "關", "宁", "寧", "纪", "紀",
	"毕", "畢", "涂", "塗", "刘", "劉", "杨", "楊", "马", "馬", "陆", "陸", "范", "範", "东", "東", "孙", "孫", "轩", "軒", "辕", "轅", "宫", "宮", "单", "單", "樱", "櫻", "颖", "穎", "莹", "瑩", "静", "靜", "阳", "陽", "鹏", "鵬", "飞", "飛", "悦", "悅", "芸", "蕓",
	"峰", "峯", "泽", "澤", "岩", "巖", "恺", "愷", "钧", "鈞", "铭", "銘", "锐", "銳", "钰", "鈺", "伟", "偉", "军", "軍", "丽", "麗", "国", "國", "红", "紅", "刚", "剛", "传", "傳", "济", "濟", "吕", "呂", "张", "張", "陈", "陳", "黄", "黃", "赵", "趙", "吴", "吳", "强", "強", "晓", "曉", "岚", "嵐", "长", "長", "乐", "樂", "杰", "傑", "华", "華", "胜", "勝")

// ascii writes letters as a keyboard without them has them.
var ascii = strings.NewReplacer("é", "e", "è", "e", "ç", "c", "ø", "o", "Ø", "O", "ó", "o", "ö", "o", "í", "i", "á", "a", "ß", "ss", "ł", "l", "ü", "u")

func latinPerson(rng *rand.Rand, p parts) subject {
	first, last := pick(rng, p.firsts), strings.ReplaceAll(pick(rng, p.lasts), "_", " ")
	s := subject{kind: redact.Person, names: []string{first + " " + last}, fullName: first + " " + last, forms: map[string][]string{}, inCase: map[string]bool{"latin-given": true}, chinese: map[string]bool{}}
	f := func(rule string, texts ...string) { s.forms[rule] = append(s.forms[rule], texts...) }
	f("full name", first+" "+last, strings.ToUpper(first+" "+last), first+" "+last+"'s")
	f("latin-order", last+", "+first, last+" "+first, strings.ToUpper(last)+", "+first, ascii.Replace(first+" "+last))
	f("latin-initials", first[:1]+". "+last, first[:1]+" "+last, last+", "+first[:1]+".", last+" "+first[:1]+".")
	i, _ := firstRune(last)
	f("latin-initials", first+" "+up(i)+".")
	for _, t := range []string{"Mr. ", "Ms ", "Dr. ", "Prof. "} {
		f("latin-title", t+last)
	}
	f("latin-surname", last)
	f("latin-given", first)
	lf := strings.ToLower(ascii.Replace(strings.ReplaceAll(first, "-", "")))
	ll := strings.ToLower(ascii.Replace(strings.NewReplacer(" ", "", "'", "", "-", "").Replace(last)))
	f("latin-joined", lf+"."+ll+"@example.com", lf+ll, lf+"_"+ll, ll+"."+lf, lf+"-"+ll)
	f("latin-handle", lf[:1]+ll+"@example.com", lf+ll[:1]+"@example.com", lf[:1]+"."+ll, ll+"_"+lf[:1], "@"+lf[:1]+ll)
	if strings.Contains(last, "-") {
		f("latin-order", first+" "+strings.ReplaceAll(last, "-", " "))
	}
	if strings.Contains(last, "'") {
		f("latin-order", first+" "+strings.ReplaceAll(last, "'", ""), first+" "+strings.ReplaceAll(last, "'", "’"))
	}
	for n := range strings.FieldsSeq(p.nicks) {
		if full, nick, _ := strings.Cut(n, ":"); full == first {
			f("latin-nickname", nick+" "+last, strings.ToLower(nick)+"."+ll)
		}
	}
	return s
}

func firstRune(s string) (string, bool) {
	for _, r := range s {
		return string(r), true
	}
	return "", false
}

func zhCompany(rng *rand.Rand, p parts) subject {
	brand, tone := cut(pick(rng, p.brands))
	place, placeLatin := cut(pick(rng, p.places))
	trade, rest := cut(pick(rng, p.trade))
	tradeLatin, english, _ := strings.Cut(rest, ":")
	english = strings.ReplaceAll(english, "_", " ")
	legal := []string{"有限公司", "股份有限公司", "集团有限公司", "有限责任公司"}[rng.IntN(4)]
	full := place + brand + trade + legal
	if rng.IntN(3) == 0 {
		full = brand + trade + "（" + place + "）" + legal
	}
	s := subject{kind: redact.Organisation, names: []string{full}, fullName: full, forms: map[string][]string{}, inCase: map[string]bool{}, chinese: map[string]bool{}}
	f := func(rule string, texts ...string) { s.forms[rule] = append(s.forms[rule], texts...) }
	b := up(strip(strings.ReplaceAll(tone, ",", "")))
	lb := strings.ToLower(b)
	var is string
	for _, t := range strings.Split(tone, ",") {
		is += strings.ToUpper(strip(t)[:1])
	}
	f("full name", full)
	f("company-suffix-free", strings.NewReplacer("（", "", "）", "").Replace(strings.TrimSuffix(full, legal)))
	f("company-placeless", brand+trade, brand+trade+legal, brand+trade+"集团")
	f("company-place-brand", place+brand)
	f("company-brand", brand, "#"+brand+"#", brand+"公司", brand+"集团")
	f("company-brackets", brand+trade+"（"+place+"）"+legal, brand+trade+"("+place+")"+legal, place+brand+trade+legal, brand+trade+place+legal)
	f("company-pinyin", b, "www."+lb+".com", "hr@"+lb+".cn", "@"+lb)
	f("company-trade", b+" "+english, lb+strings.ToLower(strings.ReplaceAll(english, " ", "")), b+" "+english+" Co., Ltd.", lb+tradeLatin, lb+"-"+tradeLatin, up(placeLatin)+" "+b+" "+english+" Co., Ltd.")
	for r := range strings.FieldsSeq("full·name company-suffix-free company-placeless company-place-brand company-brand company-brackets") {
		s.chinese[strings.ReplaceAll(r, "·", " ")] = true
	}
	return s
}

func latinCompany(rng *rand.Rand, p parts) subject {
	brand, trade := pick(rng, p.brandsEN), pick(rng, p.tradesEN)
	legal := []string{"Ltd.", "GmbH", "Co., Ltd.", "Inc."}[rng.IntN(4)]
	base := brand + " " + trade
	if rng.IntN(4) == 0 {
		base = brand + " & Sons " + trade
	}
	full := base + " " + legal
	s := subject{kind: redact.Organisation, names: []string{full}, fullName: full, forms: map[string][]string{}, inCase: map[string]bool{}, chinese: map[string]bool{}}
	f := func(rule string, texts ...string) { s.forms[rule] = append(s.forms[rule], texts...) }
	f("full name", full, strings.ToUpper(full))
	f("company-suffix-free", base, strings.ToUpper(base), base+"'s")
	f("company-brand", brand, strings.ToLower(brand)+".com", "#"+brand, "@"+strings.ToLower(brand))
	plain := strings.ReplaceAll(base, "& ", "")
	f("company-joined", strings.ToLower(strings.ReplaceAll(plain, " ", "")), strings.ReplaceAll(plain, " ", ""), "www."+strings.ToLower(strings.ReplaceAll(plain, " ", "-"))+".de")
	f("company-spelling", strings.ReplaceAll(plain, " ", "-"))
	if strings.Contains(base, "&") {
		f("company-spelling", strings.ReplaceAll(base, " & ", "&"), strings.ReplaceAll(base, "&", "and"))
	}
	return s
}

// legal and technical words around a name that need not be covered.
var beside = []string{"@example.com", "hr@", "www.", ".com", ".cn", ".de", "'s", "有限公司", "股份有限公司", "集团有限公司", "有限责任公司", "集团", "公司", "Co., Ltd.", "CO., LTD.", "Ltd.", "LTD.", "GmbH", "GMBH", "Inc.", "INC.",
	"Mr. ", "Ms. ", "Dr. ", "Mr ", "Ms ", "Prof. ", "Professor "}

// missed reports whether a letter of the form stays in the text.
func missed(t *testing.T, m *search.Matcher, carrier, form string) bool {
	text := fmt.Sprintf(carrier, form)
	at := len([]rune(text[:strings.Index(text, form)]))
	core := []rune(form)
	keep := make([]bool, len(core)) // what has to be covered
	for i, r := range core {
		keep[i] = unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	for _, a := range beside {
		if i := strings.Index(form, a); i >= 0 && a != form {
			n := len([]rune(form[:i]))
			for j := range []rune(a) {
				keep[n+j] = false
			}
		}
	}
	runes, _ := covered(t, m, text)
	for i := range core {
		if keep[i] && !runes[at+i] {
			return true
		}
	}
	return false
}

// measure writes every form of n subjects of each sort into a carrier and counts
// what is found, by rule.
func measure(t *testing.T, p parts, n int, seed uint64) (found, all map[string]int, misses map[string][]string) {
	rng := rand.New(rand.NewPCG(seed, 5))
	found, all, misses = map[string]int{}, map[string]int{}, map[string][]string{}
	for range n {
		for _, make := range []func(*rand.Rand, parts) subject{zhPerson, latinPerson, zhCompany, latinCompany} {
			s := make(rng, p)
			terms := Registered(s.kind, s.names)
			registered := search.NewMatcher(terms)
			stood := search.NewMatcher(append(terms, Derive([]redact.Finding{{Kind: s.kind, Tier: redact.Sure, Text: s.fullName}})...))
			for rule, forms := range s.forms {
				m, carriers := registered, p.carriersEN
				if s.inCase[rule] {
					m = stood
				}
				if s.chinese[rule] {
					carriers = p.carriersZH
				} else if rng.IntN(2) == 0 {
					carriers = append(slices.Clone(carriers), p.carriersZH...) // Latin names in Chinese
				}
				for _, form := range forms {
					all[rule]++
					c := carriers[rng.IntN(len(carriers))]
					if missed(t, m, c, form) {
						misses[rule] = append(misses[rule], fmt.Sprintf("%q of %v in %q", form, s.names, c))
					} else {
						found[rule]++
					}
				}
			}
		}
	}
	return found, all, misses
}

// At least 99.5 % of the forms are found, of names and carriers that the rules
// were not made with.
func TestRecall(t *testing.T) {
	found, all, misses := measure(t, sets["held out"], 100, 20261125)
	var rules []string
	sum, total := 0, 0
	for r := range all { // rules of forms, by the names of rules.yaml
		rules = append(rules, r)
		sum, total = sum+found[r], total+all[r]
	}
	slices.Sort(rules)
	for _, r := range rules {
		t.Logf("%-22s %6d of %6d  %6.2f %%", r, found[r], all[r], 100*float64(found[r])/float64(all[r]))
		for _, m := range misses[r][:min(3, len(misses[r]))] {
			t.Logf("      missed %s", m)
		}
	}
	t.Logf("%-22s %6d of %6d  %6.2f %%", "all", sum, total, 100*float64(sum)/float64(total))
	if float64(sum) < 0.995*float64(total) {
		t.Errorf("%d of %d forms found", sum, total)
	}
}
