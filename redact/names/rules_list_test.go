package names

import (
	"strings"
	"testing"
)

// Of each text: what must be hidden as whatever, and what must stay (-). The
// names stand where the models by themselves do not see them.
func TestListsAndLayout(t *testing.T) {
	for _, c := range []struct{ about, text, want string }{
		{"among names", "周杰 吴迪 郑爽朗 孙悦 何必 常乐", "何必"},
		{"cut surname", "IT 经理闫妮娜带着钱多多、祖峰两名工程师，用三个月完成了数据采集。", "钱多多"},
		{"behind a name", "经办人时晨、季风。", "季风"},
		{"titles", "港务局戚科长、甄副局长来了，老板曲总没来。水总的车坏了。向老师请教，大家和老板谈。", "戚 甄 曲总 水总 -向老师 -和老板"},
		{"company behind a label", "客户名称：苔藓智能（Mossmind）\n单位：万元", "苔藓智能 -万元"},
		{"by whom", "素材由秋水提供，由项目组负责。电话13757201234（夏天）", "秋水 夏天 -项目组"},
		{"region", "首席技术官和中国区总经理都来了。", "-区总"},
		{"role before", "公司创始人纪晓岚亭和技术总监景甜雨每个季度都来一次。", "纪晓岚亭"},
		{"label of several", "参会：尹佳佳、卜凡、欧阳德、乌云其木格、查克强、宗泽林、海日古\n缺席：鲜于通（出差）", "鲜于通 -缺席"},
		{"label and date", "签字：容若　　日期：2026-02-28", "容若 -日期"},
		{"double surname on its line", "联系：\n\n闻人清\n市场部", "闻人清"},
		{"trade behind a name", "客户包括北山重机、红旗岭农场和赫尔曼工业。", "北山重机 红旗岭农场 赫尔曼工业"},
		{"place and trade", "广东农业发展很快。", "-农业"},
		{"owner behind", "次仁卓玛，雪域乳品创始人", "雪域乳品"},
		{"owner's people", "安然现在是松果出行的产品经理。", "松果出行"},
		{"who spoke", "宁静告诉记者，项目组说时间不够。", "宁静 -项目组 -时间"},
		{"spaced runes", "信息科科长李 建 国先后发言。", "李 建 国"},
		{"wide letters", "护士长ＺＨＡＮＧ　Ｌｉ负责培训。", "ＺＨＡＮＧ　Ｌｉ"},
		{"half Latin", "David 吴和我们导出PDF和Excel。", "David 吴 -PDF"},
		{"column", "| 序号 | 姓名 | 单位 |\n|---|---|---|\n| 1 | 石头 | 待定 |\n| 2 | 高山（山子） | 云帆 |", "石头 高山 山子 云帆 -待定 -序号"},
		{"bilingual heading", "| 姓名/Name | 公司/Company |\n|---|---|\n| 路 易 | Ottermill |", "路 易 Ottermill"},
		{"row with a heading", "| | Before | After |\n|---|---|---|\n| No-shows | 14% | 6% |\n| Owner | Perpetua | Bart |", "Perpetua Bart -No-shows -Owner -Before"},
		{"tabs", "Name\tRole\nJoy\tOperations\n", "Joy -Role -Operations"},
		{"no names in the column", "| 指标 | 数值 |\n|---|---|\n| 石头 | 3 |", "-石头"},
		{"speakers", "王敏：很好。\n石头：是的。\n王敏：后来呢？\n石头：换了。\n小编：好。\n小编：谢谢。", "石头 -小编"},
		{"no speakers", "成果：一\n成果：二\n", "-成果"},
		{"closing", "we are fine with it.\n\nBest regards,\n\nOona\nOperations", "Oona -Operations"},
		{"greeting", "Dear Oona,\nwe are fine.", "Oona"},
		{"message head", "Host: Quill\nTo: Maja Z.", "Quill Maja"},
		{"and", "May and Mark followed.", "May Mark"},
		{"common given names", "Will from the depot offered a trial. He will come. Drew is not sure.", "Will Drew -will"},
		{"small company", "Customer: lark & thimble, a maker of buttons", "lark & thimble"},
		{"mixed languages", "张伟 (Wei Zhang) · Zhao Lei（赵蕾） · Emily Chan 陈慧敏", "Zhao Lei Emily Chan"},
		{"picture's title", "![图](a/b.jpg \"摄影：关山\")", "关山"},
		{"jobs", "She is Head of Quality, he Vice President of Operations; Product Managers and Sales Directors came to the Depot.", "-Head -Quality -Vice -Operations -Product -Sales -Depot"},
		{"headings", "## Next Steps\n\n- Inventory Accuracy: it rose\n\nKey Takeaways", "-Next -Accuracy -Takeaways"},
	} {
		fs := detect(t, c.text)
		var all []string
		for _, f := range fs {
			all = append(all, f.Text)
		}
		hidden := strings.Join(all, "|")
		for _, want := range strings.Fields(c.want) {
			if w, no := strings.CutPrefix(want, "-"); strings.Contains(hidden, w) == no {
				t.Errorf("%s: %q: %s is wrong; hidden: %q", c.about, c.text, want, hidden)
			}
		}
	}
}
