// Package lexicon holds the words that names are made of and stand beside, in
// Chinese and English: surnames, titles, legal forms, trades, places, and words
// that look like names and are none.
package lexicon

import "strings"

func Set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Surnames of one rune, the common ones first.
var Surnames = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range `王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖洪贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由陳張劉楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸塗簡顏龔蔣賴駱寧閻鄔聶藺魯紀藍詹詩關連項饒費鮑齊畢單葉歐陰莊鄺麥貝倪遊祿賁賈嶽竇鞏隗負仉禤爨郄乜麴逄緱鄒龐水昌凤花俞常贝诸钮荀汲邴糜牧蓬郗秋钭韶蓟鄂莘贡宰郦璩濮郏庾暨弘阙殳蔚夔厍訾巢蒯竺桓仉佴墨逄仝宓汪範賈韋鄒龍賀顧錢嚴湯溫龔` {
		m[r] = true
	}
	return m
}()

// FrequentSurnames are surnames that are rarely another word behind 大 or a Latin
// name.
const FrequentSurnames = "李张刘陈杨黄赵吴周徐孙朱胡郭罗郑梁谢许韩冯邓曹彭曾肖董袁潘蒋蔡苏魏吕沈姚卢崔谭"

// Surnames of two runes.
var DoubleSurnames = Set(`欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 长孙 宇文 端木 南宫 独孤 申屠 轩辕 呼延 闻人 澹台
	公冶 宗政 濮阳 淳于 单于 太叔 赫连 钟离 鲜于 闾丘 司空 亓官 仲孙 西门 百里 东郭 南门 拓跋 完颜 纳兰 叶赫 那拉 歐陽 司馬`)

// RareDoubleSurnames are surnames of two runes that are also a surname of one with
// the first rune of a given name: 贺兰 听雨, 贺 兰亭.
var RareDoubleSurnames = Set(`贺兰 耶律 达奚 哥舒 万俟 段干 漆雕 巫马 左丘 梁丘 谷梁 公西 颛孙 司寇 乐正 东里 即墨 屈突 富察 佟佳 章佳`)

// JapaneseNames are frequent Japanese family names of two runes.
var JapaneseNames = Set(`佐藤 铃木 鈴木 高桥 高橋 田中 伊藤 渡边 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 佐佐木 山口 松本 井上 木村 清水 斋藤 斎藤 山崎 阿部 池田 桥本 橋本 石川 山下 小川 石井 长谷川 后藤 後藤 冈田 岡田 近藤 前田 藤田 远藤 遠藤
	青木 坂本 村上 太田 金子 藤井 福田 西村 三浦 竹内 中川 冈本 岡本 松田 原田 中野 小野 田村 藤原 中岛 中島 石田 小岛 和田 森田 内田 柴田 酒井 宫崎 宮崎 横山 高木 安藤 宫本 宮本 大野 上野 谷口 丸山 今井 高田 藤本 武田 村田 上田 杉山 增田 平野
	菅原 久保 松井 千叶 岩崎 樱井 桜井 野口 木下 松尾 野村 菊地 佐野 渡部 大西 杉本 新井 浜田 市川 古川 水野 小松 岛田 小山 高野 山内 西田 菊池 西川 川崎 北村 安田 五十岚 东条 东條 中江 中田 小泉 安倍 岸田 鸠山 福泽 穗积 水上 武村 河野 麻生 石原 宫泽 大平
	竹下 羽田 海部 中曾根 桥下 本田 稻盛 松下 盛田 丰田 星野 黑田 黑泽 村山 宫部 东野 夏目 川端 三岛 大江 芥川 谷崎 太宰 有马 冈崎 土井 佐川 柳井 孙正`)

// Titles behind a Chinese name.
var Titles = strings.Fields(`副总经理 总经理 常务副总 副总裁 总裁 副总 副董事长 董事长 董事 总监 副经理 项目经理 客户经理 经理 主任 主管 老师 副教授 教授 博士 院士
	高级工程师 工程师 处长 局长 科长 部长 厅长 市长 省长 县长 镇长 村长 院长 校长 所长 会长 行长 书记 律师 医生 医师 大夫 护士 师傅 同志 同学 先生 女士
	小姐 副局长 副处长 副科长 副院长 副校长 副厂长 副市长 副县长 副部长 副主任 副书记 副会长 副所长 副社长 副站长 船长 机长 站长 台长 社长 队长 掌柜 老板 老板娘 主编 总工程师 总工
	叔 婶 姨 伯 哥 姐 奶奶 爷爷 叔叔 伯伯 大叔 大婶 大伯 老爷子 太太 夫人 阿姨 大爷 大妈 大姐 大哥 经理人 店长 厂长 组长 班长 顾问 专员 助理 秘书 工 总 董 總經理 總裁 董事長 經理 老師 總`)

// NotAfter are runes that make another word of a one-rune title: 总是, 工作.
var NotAfter = map[string]string{"总": "是会有在要共能体量数的得之结需统部公裁监经", "工": "作程业人会厂商具地序资艺", "董": "事", "總": "是會有在要共能體量數的得之結需統部公裁監經"}

// NotTitled look like a surname with a title and are other words.
var NotTitled = Set(`施工 劳工 农工 临工 帮工 成工 时工 全总 连总 公董 高工业 开工 那总 从总 计总 景总 应总 有总 相总 都总 任期 单总`)

// Roles in front of a Chinese name.
var Roles = strings.Fields(`记者 通讯员 作者 编辑 摄影 导演 主演 演员 歌手 教练 主席 总理 总统 首相 书记 省长 市长 县长 部长 司长 局长 处长 科长 厅长 主任 会长
	校长 院长 所长 行长 董事长 总经理 副总经理 总裁 经理 总监 董事 教授 博士 院士 老师 工程师 大使 代表 委员 老板 同学 选手 队长 律师 医生 法人 客户
	联系人 负责人 秘书长 秘书 发言人 专家 学者 作家 诗人 画家 导师 妻子 丈夫 儿子 女儿 父亲 母亲 名叫 叫做 署名 创始人 合伙人 主持人 讲师 嘉宾`)

// OrgSuffixes end the name of a Chinese organisation, longer ones first.
var OrgSuffixes = strings.Fields(`股份有限公司 有限责任公司 有限公司 分公司 子公司 总公司 公司 集团 银行 支行 分行 大学 学院 中学 小学 学校 研究院 研究所 研究中心
	实验室 医院 诊所 卫生院 事务所 委员会 协会 学会 商会 联合会 基金会 法院 检察院 公安局 派出所 管理局 电视台 电台 报社 出版社 杂志社 通讯社 俱乐部 合作社
	工厂 酒店 宾馆 饭店 商场 超市 工作室 研究会 博物馆 图书馆 剧院 乐团 证券 保险 信托 基金 资本 科技 制药 控股 实业 传媒 软件 地产 置业 物流
	股份有限公司 有限責任公司 集團 銀行 大學 醫院`)

// Familiar are words that look like 小王 and are none.
var Familiar = Set(`小时 小区 小于 小米 小农 小平 小学 小方 小楼 小路 小车 小马 小金 小龙 小牛 小熊 小花 小强 小明 小国 小计 小门 小关 小包 小兰 小利
	小麦 小房 小雷 小游 小石 小白 小满 小鹿 小池 小羊 小战 小商 小尚 小卫 小项 小阴 小雨 小干 小应 老师 老公 老石 老农 老国 老百 老马 老乡 老外 老来 老万
	老路 老边 老时 阿文 阿里 阿安 老关 小向 小文 老区 大梁 老城 老板 老总 小项 小计 小康 小组 大计 大方 大成 大成都`)

// EnglishTitles stand before a name.
var EnglishTitles = Set(`mr mrs ms miss mx dr prof professor sir madam dame lord lady rev capt captain dear hi hello hey
	ceo cto cfo coo cmo president director manager chairman chairwoman founder engineer attn by the a an and at of for from with`)

// Common are Latin words with a capital that name nobody: calendar, languages,
// abbreviations of trade and technology, Markdown's own.
var Common = Set(`monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
	january february march june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	ai api app ar asap aws b2b b2c bi bim bom cad cae ceo cfo cio cmo cms coo cpu crm csr css csv cto devops dna doc docx dns edi erp esg etl eu faq fps
	gb gdp gdpr gif gpu gps gui hd hr html http https iaas id ide iiot io ios iot ip iso it json jpg jpeg kb kol kpi lan led llm mb mes ml mr nas nda nfc
	nlp npm ocr oem odm ok okr paas pc pdf pipl plc plm pm png poc pos ppt pr prd iban ssn atm pin vat vii viii iii q1 q2 q3 q4 qa qps qr r&d rd rfid roi rpa rgb saas scm sdk seo sku sla sms sop sql
	ssd ssl tb tcp tco tls tv ui uk un url us usb usd rmb cny eur ux vip vr vpn wan wap web wifi wms www xls xlsx xml vs am pm cn zh en com
	windows linux android email e-mail internet excel word markdown todo note table figure appendix section chapter page
	i i'm i've i'll i'd a the and or but if in on at to of for from with by as is are was were be been it its this that these those we you he she they his her their our my your
	not no yes so can could would should will may might do does did have has had then when where who what how why all any each both more most one two three first second after before during since while
	however therefore also here there new mr mrs ms dr customer company contact name title date time phone project case study summary background
	aob yes sure okay thanks
	challenge solution result results author client about overview introduction conclusion team`)
