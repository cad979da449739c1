package names

import (
	"image"
	"strings"
	"testing"

	"consentry/redact"
)

// placed is a page of lines below one another, 30 high and 10 apart; a rune is 30
// wide. An empty line leaves a gap.
func placed(lines ...string) redact.Page {
	p := redact.Page{Bounds: image.Rect(0, 0, 2000, 40*len(lines))}
	offset := 0
	for i, l := range lines {
		if l == "" {
			continue
		}
		s := redact.Span{ID: i, Text: l, Offset: offset}
		for k := range []rune(l) {
			s.Boxes = append(s.Boxes, image.Rect(30*k, 40*i, 30*k+30, 40*i+30))
		}
		p.Spans = append(p.Spans, s)
		offset += len([]rune(l)) + 1
	}
	return p
}

// people are the persons found on a page, joined.
func people(t *testing.T, p redact.Page) string {
	t.Helper()
	fs, err := detector(t).Detect(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range fs {
		if f.Kind == redact.Person {
			out = append(out, f.Text)
		}
	}
	return strings.Join(out, ",")
}

func TestBadges(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"word for a name", []string{"何必", "产品经理"}, "何必"},
		{"with a company", []string{"方圆", "华东区销售总监", "衡川数据"}, "方圆"},
		{"job first", []string{"首席工程师", "时光"}, "时光"},
		{"double surname", []string{"长孙无疑", "店长"}, "长孙无疑"},
		{"months", []string{"April May", "Head of Data", "Northwind Labs"}, "April May"},
		{"known in parts", []string{"Hope Winter", "Senior Project Manager"}, "Hope Winter"},
		{"known whole", []string{"王晓岚", "市场总监"}, "王晓岚"},
		{"over a department", []string{"简单", "研发部"}, "简单"},
		{"over an employer", []string{"时光", "杭州云岚科技有限公司"}, "时光"},
		{"known to the model", []string{"朱冰"}, "朱冰"},
		{"far away", []string{"方圆", "", "", "", "", "", "产品经理"}, ""},
		{"no job", []string{"方圆", "时光", "简单"}, ""},
		{"menu", []string{"首页", "订单", "客户", "方案", "成本", "时间", "设置"}, ""},
		{"headings", []string{"Key Takeaways", "Product", "Operations", "Customer Success"}, ""},
		{"no name beside a job", []string{"用户大会", "产品经理", "项目组"}, ""},
		{"surname and title", []string{"时光", "王经理"}, "王经理"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := people(t, placed(c.lines...)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
	// In plain text the lines say nothing of one another.
	p := placed("何必", "产品经理")
	for i := range p.Spans {
		p.Spans[i].Boxes = nil
	}
	if got := people(t, p); got != "" {
		t.Errorf("%q found in text without places", got)
	}
}
