package lexicon

import "strings"

// Ordinary are Chinese words that the models take for names and that are none.
var Ordinary = Set(`邮箱 电子邮箱 邮件 QQ邮箱 微信 微信号 公众号 视频号 抖音 电话 手机 座机 传真 咨询电话 联系电话 服务热线 热线 地址 网址 官网 中文 英文 日文 商标 财务 采购 法务
	售后 售前 客服 美妆 母婴 案例 终稿 案例终稿 负责 您好 你好 谢谢 护理部 财务部 信息部 市场部 采购部 销售部 人事部 技术部 生产部 法务部 研发部 运营部 乡镇卫生院 互联网 大数据
	日期 记录 缺席 特别感谢 身份证 身份证号 证件号码 手机号 姓名 职务 单位 备注
	雷阵雨 阵雨 小雨 中雨 大雨 暴雨 多云 晴 阴 小雪 大雪 卢布 法郎 克朗 里亚尔 卢比 马克 尼古丁 桑塔纳 吉普 大哥大 副委员长 国务委员 议长 常委 委员长 总书记 大部 余部 安家 腾飞 访华 办事处 全体 两国政府 各国政府 地方政府 国家机关 全党 新时期党`)

// JobHeads say what somebody is; jobWords go with them.
var (
	JobHeads = Set(`manager head president chief officer executive lead leader engineer director chair chairman chairperson chairwoman analyst supervisor specialist
		coordinator consultant advisor adviser administrator secretary representative architect developer designer scientist nurse principal operator planner assistant
		associate accountant buyer trainer minister ambassador technician researcher editor interviewer interviewee respondent moderator owner sponsor founder co-founder cofounder apprentice controller treasurer`)
	JobWords = Set(`operations operation management depot quality vice sales marketing product production engineering senior junior customer support success finance financial
		risk medical data logistics hr it service services human resources general deputy regional global national department team office planning procurement purchasing
		warehouse plant factory fleet shift site maintenance safety compliance legal counsel technology technical information digital strategy business development project
		program programme and of for the & claims underwriting accounts accounting account industry region people communications security innovation supply chain qbr sow
		prime night day first group area interim acting executive non-executive managing chief commercial operating scheduling clinical nursing weaving`)
)

// IsJob reports whether s is only a job's title or a department: Head of
// Quality, Operations.
func IsJob(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !NameRune(r) && r != '-' })
	headed := len(words) == 1
	for _, w := range words {
		switch one := strings.TrimSuffix(w, "s"); {
		case JobHeads[w], JobHeads[one]:
			headed = true
		case !JobWords[w]:
			return false
		}
	}
	return headed
}

// headings are words of which a heading is made, with the common ones.
var HeadingWords = Set(`next steps step lessons learned key takeaways impact benefits accuracy response traceability phase go-live figures highlights outlook quote goals approach
	implementation rollout deployment timeline requirements architecture training onboarding integration metrics kpis efficiency productivity transparency visibility scalability
	reliability automation inventory delivery order orders returns workflow workflows lessons facts stocktaking stock hospitals schools nurses teachers banks manufacturers story
	healthcare manufacturing retail education wechat handheld dashboards reports slow fast better smart real-time words thanks photos at glance faq contents agenda minutes action items attendees`)

// IsHeading reports whether all words are such as headings have.
func IsHeading(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	for _, w := range words {
		w = strings.Trim(w, ".,:;!?")
		if !HeadingWords[w] && !Common[w] && !JobWords[w] && !JobHeads[w] && !JobHeads[strings.TrimSuffix(w, "s")] {
			return false
		}
	}
	return len(words) > 0
}

// GivenWords are given names that are common words too.
const GivenWords = `Will|May|Mark|Grace|Rose|Art|Rich|June|April|August|Hope|Faith|Joy|Bill|Pat|Drew|Chase|Dean|Grant|Miles|Penny|Dawn|Eve|Ivy|Amber|Iris|Ruby|Jade|Sky|Guy|Frank|Gene|Rob|Sue|Jack|Christian|Max|Major|Summer|Autumn|Violet|Lily|Daisy|Young|Long|Page|Case`

// WordNames are given names that are words when written small.
var WordNames = Set(strings.ToLower(strings.ReplaceAll(GivenWords, "|", " ")) + ` rod bob don sandy robin jasmine ginger heather holly carol dick harry nick josh pierce reed skip
	chip buck cliff dale glen heath ray wade ward woody crystal pearl opal angel destiny melody harmony sierra paris basil herb victor earl duke king prince hunter mason
	carter cooper taylor tyler parker porter sawyer archer fletcher fisher baker clay cole coral cherry candy bunny brook brooks bridge bud biff ash aurora charity chance
	colt curt dash delta fern flora forest gale gem gray grey happy hazel honey hop jay jean jet jewel john jordan justice kit lance lane laurel leaf light lincoln lotus love
	magnolia marina mercy merit mike minor misty noble norm olive pepper petal phoenix piper polo poppy quest rain raven red rich rick river rob roman rocky rory rowan royal rust sage
	sally sam scarlet scout sharp shell sonny spencer star stone sterling storm stormy sunny tad tanner teal terry tiger trace trinity troy tucker vale van vic vance wheeler will winter wolf wren zion`)
