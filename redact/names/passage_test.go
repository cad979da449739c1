package names

import (
	"fmt"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

// Names over spans are whole, in the runs of a line and in the lines of a
// paragraph in a picture; lines of lists and badges stay apart.
func TestNamesOverSpans(t *testing.T) {
	d := detector(t)
	for _, c := range []struct {
		about string
		page  redact.Page
		want  string // must be among what is found: span and text
		not   string // must not be in any text
	}{
		{"runs", redact.Page{Spans: []redact.Span{{Text: "项目由王"}, {ID: 1, Offset: 4, Text: "小明"}, {ID: 2, Offset: 6, Text: "经理负责。"}}}, "0王小明 1王小明", ""},
		{"a paragraph", placed("云岚科技的华东区项目由两位同事一起负责，其中一位是王", "小明，他在上海工作。"), "0王小明 1王小明", ""},
		{"a list", placed("王小明", "李晓红", "赵大伟"), "0王小明 1李晓红", "明李"},
		{"a badge", placed("王晓岚", "市场总监", "衡川数据"), "0王晓岚", "岚市"},
	} {
		fs, err := d.Detect(t.Context(), c.page)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range fs {
			got = append(got, fmt.Sprint(f.Region.Span, f.Text))
			if c.not != "" && strings.Contains(f.Text, c.not) {
				t.Errorf("%s: lines are glued: %q", c.about, f.Text)
			}
		}
		for _, w := range strings.Fields(c.want) {
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+w+" ") {
				t.Errorf("%s: %q is not among %q", c.about, w, got)
			}
		}
		redacttest.TestDetector(t, d, c.page)
	}
}
