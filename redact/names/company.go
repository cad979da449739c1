package names

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

// shorten is a company's name without its legal form and what stands in
// brackets; the name itself where nothing would be left.
func shorten(name string) string {
	s := strings.TrimSpace(inBrackets.ReplaceAllString(name, ""))
	for range 3 { // 集团 behind 股份有限公司, Co., Ltd.
		t := strings.TrimRight(legalEnglish.ReplaceAllString(legalChinese.ReplaceAllString(s, ""), ""), ", ")
		if han, latin, _ := count(t); t == s || han < 2 && latin < 2 {
			break
		}
		s = t
	}
	if han, latin, _ := count(s); han < 2 && latin < 2 {
		return name
	}
	return s
}

// withoutPlace is a Chinese company's name without the province or city before
// it, where two runes stay.
func withoutPlace(s string) string {
	if t := placePrefix.ReplaceAllString(s, ""); t != s && len([]rune(t)) >= 2 {
		return t
	}
	for _, n := range []int{3, 2} {
		if rs := []rune(s); len(rs) >= n+2 && places[string(rs[:n])] {
			return string(rs[n:])
		}
	}
	return s
}

// withoutTrade is the brand before the words for a company's trade, where two
// runes stay.
func withoutTrade(s string) string {
	for range 3 {
		cut := s
		for _, t := range tradesChinese {
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

// places are provinces and the cities that companies are named after most.
var places = set(`北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾
	内蒙古 广西 西藏 宁夏 新疆 香港 澳门 石家庄 唐山 保定 太原 沈阳 大连 长春 哈尔滨 南京 无锡 徐州 常州 苏州 南通 扬州 镇江 泰州 盐城 杭州 宁波 温州 嘉兴 湖州
	绍兴 金华 台州 义乌 合肥 芜湖 福州 厦门 泉州 南昌 济南 青岛 淄博 烟台 潍坊 威海 临沂 郑州 洛阳 武汉 宜昌 襄阳 长沙 株洲 广州 深圳 珠海 汕头 佛山 中山 东莞 惠州
	江门 南宁 柳州 桂林 海口 三亚 成都 绵阳 贵阳 昆明 拉萨 西安 兰州 西宁 银川 乌鲁木齐 呼和浩特 包头 昆山 江阴 常熟 张家港 中国 华东 华南 华北 华中 西南 西北 东北`)

// tradesChinese stand behind the brand in a company's name.
var tradesChinese = strings.Fields(`科技 信息 技术 网络 软件 电子 智能 数据 数码 数字 通信 通讯 物流 供应链 传媒 文化 广告 教育 咨询 管理 服务 贸易 商贸 实业 投资 控股 资本
	医药 生物 制药 医疗 健康 食品 饮料 餐饮 酒店 旅游 服饰 服装 纺织 家居 家具 建筑 建设 工程 装饰 地产 置业 材料 新材料 化工 能源 新能源 电力 环保 机械 装备 制造 重工
	汽车 精密 仪器 设备 电器 电气 光电 半导体 自动化 机器人 农业 商业 零售 电商 电子商务 互联网 云计算 金融 保险 证券 银行 集团 股份 发展 产业`)

// trades stand behind the brand in an English company's name.
var trades = set(`logistics technologies technology tech systems software solutions services consulting partners capital ventures labs laboratories studio studios
	media foods pharma pharmaceuticals therapeutics biotech energy power motors automotive industries manufacturing engineering electronics semiconductors
	robotics networks digital data cloud analytics security insurance bank health healthcare medical education retail trading international design group holdings`)

// ambiguous are words that are names too: searched for, they would be found
// everywhere.
var ambiguous = set(`will may can art rich young long general global international national united american first new digital advanced premier smart modern
	green blue red white black north south east west central pacific atlantic european asian chinese english best great good`)
