package lexicon

import "strings"

// things are proper nouns that name no company, product or person: what the
// model for Chinese calls a proper noun is often a school of thought, an illness, a
// currency, an event of the world or a profession.
var things = Set(`中共党员 共产党员 预备党员 微博 微信 朋友圈 公众号 粉丝 世界杯 奥运会 亚运会 世锦赛 全运会 冬奥会 残奥会 一国两制 二战 一战 互联网 物联网
	英语 长征 文革 改革开放 非执行董事 独立董事 证券事务代表 证券事务 关联关系 自有资金 报告期 结业 注册 高级 中级 初级 通知 条例 标准 永久 对外 公历 农历 阴历 阳历
	搜索引擎 操作系统 数据库 大数据 云计算 区块链 人工智能 机器学习 深度学习 元宇宙 二维码 微处理器 处理器 微波炉 显示屏 急救箱 飞机 火车 因特网 以太网 九五 八五 十五 十一五 十二五 十三五 十四五 三下乡 本报讯 多云 人口 西方人 流动 压缩 发行 纪实
	停机坪 秋收 红酒 果酒 豆制品 自由贸易区 试管婴儿 食物链 生命线 保外就医 骨质增生 静脉注射 疫苗 乙肝疫苗 胆固醇 光导纤维 电源 高压 腰椎间盘突出 冷战 纳粹 厄尔尼诺 封建社会 社会主义劳动者 尚方宝剑 依法治国 五位一体 八股文 危险废物 版权代理 二氧化硫`)

// thingEnds end such proper nouns.
var thingEnds = strings.Fields(`主义 制度 体制 所有制 责任制 终身制 聘用制 病 症 炎 瘤 癌 综合征 会计师 经济师 审计师 政工师 评估师 分析师 工程师 税务师 咨询师 管理师 统计师 药师 硕士 学士 博士 学位 专业
	学历 科学 力学 工学 理学 法学 会计学 经济学 管理学 生物学 化学 物理学 数学 哲学 文学 史学 医学 汉语 英语 日语 法语 德语 俄语 藏语 族 座 日元 美元 欧元 澳元 港元 港币 台币 英镑 法郎 卢布 比索 人民币
	法律 条例 条约 草案 保护法 公司法 合同法 劳动法 刑法 民法 宪法 证券法 企业法 仲裁法 节 锦标赛 公开赛 联赛 大奖赛 战争 运动 革命 起义 指数 利率 汇率 率 经济 政策 教育 股票 债券 国债 汽油
	字 文 诗 数字 冠军 奖 初级阶段 全会 变法 世界大战 导弹 火箭 卫星 谱仪 飞机 机器 车 病毒 算法 疗法 疫苗 光纤 红酒 羊肉 牛肉 羊肉串 鸡肉 米 碳气 染物 颗粒物 发酚 雨 蛋白 蛋白质 氨基酸 维生素 硼酸 化钾 氧化物 药膏 止痛膏 汤 酱 果汁 蛋糕 薯片 豆腐 蛋 花 草 树 菇 木耳 萝卜 番茄 葡萄 苹果 橘子 蜂蜜 橄榄油 沙拉油 料酒`)

// IsThing reports whether a Chinese proper noun is of those that name neither a
// company nor a product nor a person.
func IsThing(s string) bool {
	if things[s] {
		return true
	}
	for _, e := range thingEnds {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// namesakes are people after whom things are named.
var namesakes = strings.Fields(`马克思 列宁 毛泽东 邓小平 达尔文 弗洛伊德 牛顿 爱因斯坦 诺贝尔 帕金森`)

// NamedAfter is how many runes at the start of a thing's name are a person's, as in
// 马克思主义; 0 where none are.
func NamedAfter(s string) int {
	for _, n := range namesakes {
		if strings.HasPrefix(s, n) {
			return len([]rune(n))
		}
	}
	return 0
}
