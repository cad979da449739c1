package lexicon

import "strings"

// Organs end the names of parts of organisations, and of bodies that are named after a
// place: offices, teams, troops, schools. They name one only with that before them.
var Organs = strings.Fields(`部 局 厅 署 委 处 科 所 站 厂 矿 系 队 女队 男队 女排 男排 女足 男足 女篮 男篮 球队 战队 集训队 登山队 医疗队 分队 大队 中队 支队 团 代表团 考察团 访问团 旅行团 艺术团 歌舞团 剧团 乐团
	工作组 调查组 检查组 专家组 领导小组 小组 项目组 委员会 理事会 董事会 监事会 联合会 总会 联盟 同盟 组织 机构 中心 总部 分部 办公室 办事处 营业所 营业部 事业部 储蓄所 党委 党组 党支部 团支部 团委 政治处 宣传部 工会
	学校 高中 初中 中学 小学 大学 学院 分院 总院 幼儿园 党校 警校 军校 法庭 法院 检察院 舰队 编队 军区 部队 军队 空军 海军 陆军 武警 军方 警方 使馆 大使馆 领馆 领事馆 总领馆 议会 国会 内阁 政府军 核电站 电站 水厂 电厂 处理厂 分厂 总厂 工厂 钢厂 糖厂
	饲养场 农场 林场 养殖场 牧场 渔场 渔港 码头 车站 医院 分公司 公司 银行 支行 分行 协会 学会 商会 研究会 基金会 出版社 杂志社 报社 电台 电视台 广播 频道 通讯社 博物馆 图书馆 美术馆 体协 农科院 科学院 社科院
	物业 超市 商场 商城 饭店 酒店 酒家 餐厅 书店 药店 药房 诊所 事务所 俱乐部 工作室 实验室 研究院 研究所 研究室 设计院 交易所 服务站 服务台 服务中心 监狱 看守所 收费站 税务所 派出所 村委会 居委会 合作社 信用社 投资 期货 证券 基金 保险 信托`)

// NotOrgans end words that look like those and are none.
var NotOrgans = strings.Fields(`关系 体系 联系 派系 签署 部署 地处 大部 北部 东部 西部 中部 南部 全部 内部 外部 局部 干部 副部 各部 两部 常委 当局 时局 格局 布局 结局 好处 到处 处处 四处 学科 内科 厂商 场所 厕所 有所 广场 军团 集团军 民族团结 团队 国军队
	不同机构 相关机构 有关机构 有关组织 相关组织 上市公司 大公司 小公司 各大公司 外国公司 两国军队 两国军方 各银行 大银行`)

// WideWords begin the names of such bodies as a place does.
var WideWords = Set(`国家 国际 全国 世界 全球 中央 中共 省 市 县 区 州 联邦 皇家 国立 国营 国有`)
