package lexicon

import (
	"regexp"
	"strings"
)

var (
	legalChinese = regexp.MustCompile(`(?:(?:股份|控股)?(?:有限责任公司|有限公司|有限責任公司)|集团(?:股份)?(?:有限公司)?|股份公司|总公司|分公司|公司|集團)$`)
	legalEnglish = regexp.MustCompile(`(?i)[,\s]+(?:incorporated|inc|ltd|llc|llp|gmbh(?: & co\.? kg)?|corp|corporation|limited|co|company|plc|ag|kg|s\.a|b\.v|n\.v|pty(?: ltd)?|group|holdings?)\.?$`)
	inBrackets   = regexp.MustCompile(`[（(][^（）()]*[)）]`)
	placePrefix  = regexp.MustCompile(`^(?:\p{Han}{2,3}省)?(?:\p{Han}{2,3}市)?`)
)

// Shorten is a company's name without its legal form and what stands in
// brackets; the name itself where nothing would be left.
func Shorten(name string) string {
	s := strings.TrimSpace(inBrackets.ReplaceAllString(name, ""))
	for range 3 { // 集团 behind 股份有限公司, Co., Ltd.
		t := strings.TrimRight(legalEnglish.ReplaceAllString(legalChinese.ReplaceAllString(s, ""), ""), ", ")
		if han, latin, _ := Count(t); t == s || han < 2 && latin < 2 {
			break
		}
		s = t
	}
	if han, latin, _ := Count(s); han < 2 && latin < 2 {
		return name
	}
	return s
}

// WithoutPlace is a Chinese company's name without the province or city before
// it, where two runes stay.
func WithoutPlace(s string) string {
	if t := placePrefix.ReplaceAllString(s, ""); t != s && len([]rune(t)) >= 2 {
		return t
	}
	for _, n := range []int{3, 2} {
		if rs := []rune(s); len(rs) >= n+2 && Places[string(rs[:n])] {
			return string(rs[n:])
		}
	}
	return s
}

// WithoutTrade is the brand before the words for a company's trade, where two
// runes stay.
func WithoutTrade(s string) string {
	for range 3 {
		cut := s
		for _, t := range TradesChinese {
			if rest, ok := strings.CutSuffix(s, t); ok && len([]rune(rest)) >= 2 && len(rest) < len(cut) {
				cut = rest
			}
		}
		if cut == s {
			break
		}
		s = cut
	}
	return s
}

// Places are provinces and the cities that companies are named after most.
var Places = Set(`北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾
	内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 保定 太原 沈阳 大连 长春 哈尔滨 南京 无锡 徐州 常州 苏州 南通 扬州 镇江 泰州 盐城 杭州 宁波 温州 嘉兴 湖州
	绍兴 金华 台州 义乌 合肥 芜湖 福州 厦门 泉州 南昌 济南 青岛 淄博 烟台 潍坊 威海 临沂 郑州 洛阳 武汉 宜昌 襄阳 长沙 株洲 广州 深圳 珠海 汕头 佛山 中山 东莞 惠州
	江门 南宁 柳州 桂林 海口 三亚 成都 绵阳 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 呼和浩特 包头 昆山 江阴 常熟 张家港 中国 华东 华南 华北 华中 西南 西北 东北`)

// TradesChinese stand behind the brand in a company's name.
var TradesChinese = strings.Fields(`科技 信息 技术 网络 软件 电子 智能 数据 数码 数字 通信 通讯 物流 供应链 传媒 文化 广告 教育 咨询 管理 服务 贸易 商贸 实业 投资 控股 资本
	医药 生物 制药 医疗 健康 食品 饮料 餐饮 酒店 旅游 服饰 服装 纺织 家居 家具 建筑 建设 工程 装饰 地产 置业 材料 新材料 化工 能源 新能源 电力 环保 机械 装备 制造 重工
	汽车 精密 仪器 设备 电器 电气 光电 半导体 自动化 机器人 农业 商业 零售 电商 电子商务 互联网 云计算 金融 保险 证券 银行 集团 股份 发展 产业`)

// Trades stand behind the brand in an English company's name.
var Trades = Set(`logistics technologies technology tech systems software solutions services consulting partners capital ventures labs laboratories studio studios
	media foods pharma pharmaceuticals therapeutics biotech energy power motors automotive industries manufacturing engineering electronics semiconductors
	robotics networks digital data cloud analytics security insurance bank health healthcare medical education retail trading international design group holdings`)

// SoftTrades are those trades that are as often another word: 佛教文化, 经济发展.
var SoftTrades = Set(`发展 工程 管理 数字 文化 教育 建设 服务 咨询 投资 保险 技术 信息 数据 科技 资本 产业 农业 工业 贸易 健康 旅游 设计 策划 包装 印刷 体育 音乐 建筑 设备 材料 软件 广告 培训 铁路 航空 楼 馆 堂 社 坊 花园`)

// PlainCompanies stand before 公司 and the like and name nobody with it.
var PlainCompanies = Set(`大 小 上市 国有 民营 私营 外资 合资 外国 跨国 航空 电脑 销售 运输 租赁 中介 皮包 空壳 壳 母 子 集团 股份 关联 项目 物业 快递 出租 传销 高等 职业 民办 公办 重点 技工 百货 大型 小型 中小 连锁 私人 商业 国家 地方 各家 基层 综合 专科 定点 三甲 公立 私立 试点 民族 农村`)

// InBrackets are words in brackets within a Chinese company's name.
var InBrackets = Set(`集团 控股 股份 中国 亚洲 国际 有限合伙 普通合伙 特殊普通合伙 个人独资 筹 合伙`)

// LegalLatin are legal forms behind a comma, in small letters.
var LegalLatin = Set(`inc ltd llc llp co corp co.ltd co.,ltd limited gmbh plc`)

// Ambiguous are words that are names too: searched for, they would be found
// everywhere.
var Ambiguous = Set(`will may can art rich young long general global international national united american first new digital advanced premier smart modern
	green blue red white black north south east west central pacific atlantic european asian chinese english best great good`)

// TradeWords stand behind a proper noun in an organisation's name.
var TradeWords = func() map[string]bool {
	m := Set(`重机 轴承 钢球 造纸 纸业 乳业 乳品 茶业 酒业 药业 矿业 渔业 牧业 种业 林业 航空 航运 铁路 水务 燃气 机电 精工 五金 塑胶 模具 光学
		钢铁 水泥 玻璃 陶瓷 印刷 包装 影业 影视 动漫 游戏 出行 租车 快递 速运 冷链 云仓 仓储 创意 设计 策划 公关 会展 文旅 民宿 书店 书院 便利店 冷饮
		茶饮 咖啡 烘焙 农场 林场 牧场 茶园 果园 渔场 庄园 农庄 合作社 作坊 工坊 木工房 楼 茶楼 水产市场 农贸市场 批发市场 花园 渔港 酒楼 饭庄 客栈 旅行社 供销社 工业 日化 化妆品 护肤 到家 生鲜 鲜生 便利 百货 商城 门窗 卫浴 厨具 灯饰 涂料 馆 堂 斋 阁 社 坊 制衣 鞋业 皮具 珠宝 眼镜 母婴 安防 监理 检测
		认证 律所 医美 口腔 眼科 康养 养老 学堂 幼儿园 培训 体育 健身 影院 音乐 远程 客车 卡车 船舶 航天 卫星 芯片 微电子 显示 照明 线缆 阀门 泵业 风电 光伏 储能 电池 热力`)
	for _, t := range TradesChinese {
		m[t] = true
	}
	return m
}()
