package layout

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/geom"
)

// column sets lines of a paragraph below each other, the first of them set in.
func (d *desk) column(x, y float64, lines ...string) float64 {
	for _, l := range lines {
		d.put(x, y, l)
		y -= 14
	}
	return y
}

func TestPassagesOfTwoColumns(t *testing.T) {
	d := newDesk()
	d.put(50, 770, "云岚科技")
	d.put(500, 770, "第三期")
	d.size = 16
	d.put(50, 740, "一、项目概况")
	d.size = 10
	y := d.column(50, 710, "　　华东区项目由两位同事一起负责，他们是王", "小明和李晓。项目于三月在上海启动，预计年", "底完成，届时由欧阳娜娜主持。")
	d.column(50, y, "　　客户的联系人张伟多次到访，并且与诸葛明", "亮讨论了部署，双方就此达成一致，下个月由", "赵敏在苏州召开会议。")
	y = d.column(270, 710, "他们先去了苏州的工厂参观，随后又由司马光", "明带领去了杭州，最后回到上海。在那里等待", "他们的是钱多多和孙悦。")
	d.size = 13
	d.put(270, y-10, "二、人员")
	d.size = 10
	d.column(270, y-30, "本项目共有十二位同事参加，其中八位来自云", "岚科技，另外四位来自客户。他们分别是：")
	want := []string{"云岚科技", "第三期", "一、项目概况",
		"　　华东区项目由两位同事一起负责，他们是王小明和李晓。项目于三月在上海启动，预计年底完成，届时由欧阳娜娜主持。",
		"　　客户的联系人张伟多次到访，并且与诸葛明亮讨论了部署，双方就此达成一致，下个月由赵敏在苏州召开会议。",
		"他们先去了苏州的工厂参观，随后又由司马光明带领去了杭州，最后回到上海。在那里等待他们的是钱多多和孙悦。",
		"二、人员",
		"本项目共有十二位同事参加，其中八位来自云岚科技，另外四位来自客户。他们分别是："}
	got := strings.Split(passages(d.lines()), "|")
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("no passage %q in %q", w, got)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d passages, want %d: %q", len(got), len(want), got)
	}
}

func TestPassagesInEnglish(t *testing.T) {
	left := []string{
		"The project in East China is led by our Elena", "Petrova, who came to Shanghai with Tobias, Ji-", "woo and his family last year. They were glad of",
		"the offer, as is told in the chapter on depart-", "ments and their people."}
	right := []string{
		"Ottoline Featherstonehaugh wrote the plan of", "deployment that is quoted here. It was read by", "all those who had to do with it, and by Tobias",
		"Quist too."}
	for _, gap := range []float64{8, 14, 40} {
		d := newDesk()
		width := 0.0
		for i, l := range left {
			width = max(width, d.put(50, 700-12*float64(i), l)-50)
		}
		for i, l := range right {
			d.put(50+width+gap, 700-12*float64(i), l)
		}
		want := "The project in East China is led by our Elena Petrova, who came to Shanghai with Tobias, Ji-woo and his family last year. " +
			"They were glad of the offer, as is told in the chapter on departments and their people.|" +
			"Ottoline Featherstonehaugh wrote the plan of deployment that is quoted here. It was read by all those who had to do with it, and by Tobias Quist too."
		if got := passages(d.lines()); got != strings.ReplaceAll(want, "Ji-woo", "Jiwoo") {
			t.Errorf("gap %v: %q", gap, got)
		}
	}
}

func TestPassageSetToTheRight(t *testing.T) {
	d := newDesk()
	for i, l := range []string{"Elena Petrova leads the project in the east of", "the country, and all who work there like that she", "does so; Tobias writes of it to Ottoline and to", "others who would hear."} {
		width := d.put(0, -1000, l)
		d.page.Glyphs = d.page.Glyphs[:len(d.page.Glyphs)-len(l)]
		d.put(500-width, 700-12*float64(i), l)
	}
	if got := read(d.lines()); strings.Count(got, "|") != 3 || strings.Count(got, "~") != 3 {
		t.Errorf("read %q", got)
	}
}

func TestNoPassageAcross(t *testing.T) {
	for _, c := range []struct {
		about string
		set   func(d *desk)
		want  string
	}{
		{"cells below each other", func(d *desk) {
			for i, row := range []string{"王小明,负责华东区项目的系统部署和数据迁移工作", "李晓,负责客户方的培训以及资料的整理归档", "张伟,联系人"} {
				for k, s := range strings.Split(row, ",") {
					d.put(50+80*float64(k), 700-18*float64(i), s)
				}
			}
		}, "王小明|负责华东区项目的系统部署和数据迁移工作|李晓|负责客户方的培训以及资料的整理归档|张伟|联系人"},
		{"narrow cells of two lines", func(d *desk) {
			d.put(50, 700, "王小明")
			d.column(120, 700, "与客户的联系人张", "伟对接")
			d.put(50, 660, "李晓")
			d.column(120, 660, "Vienna and", "Graz")
			d.put(50, 620, "赵敏")
			d.column(120, 620, "项目管理部", "人力资源部")
		}, "王小明|与客户的联系人张伟对接|李晓|Vienna and|Graz|赵敏|项目管理部|人力资源部"},
		{"a heading and its text", func(d *desk) {
			d.size = 14
			d.put(50, 700, "关于华东区项目的人员安排以及其他几个问题")
			d.size = 10
			d.column(50, 680, "王小明负责华东区项目的系统部署和数据迁移工作，李晓负责培训。")
		}, "关于华东区项目的人员安排以及其他几个问题|王小明负责华东区项目的系统部署和数据迁移工作，李晓负责培训。"},
		{"items", func(d *desk) {
			d.column(50, 700, "1. Elena Petrova leads the project in the east of the", "2. Tobias Quist writes what is to be written for it a", "3. Ottoline waits")
		}, "1. Elena Petrova leads the project in the east of the|2. Tobias Quist writes what is to be written for it a|3. Ottoline waits"},
		{"rows of a form", func(d *desk) {
			d.column(50, 700, "Account owner Elara Quist, Senior Manager", "Last contact by Tobias Quist")
		}, "Account owner Elara Quist, Senior Manager|Last contact by Tobias Quist"},
		{"lines that had room", func(d *desk) {
			d.column(50, 700, "Elena Petrova leads the project in the east", "Tobias Quist", "writes what is to be written for it and for the others too")
		}, "Elena Petrova leads the project in the east|Tobias Quist|writes what is to be written for it and for the others too"},
		{"page numbers of a table of contents", func(d *desk) {
			d.column(50, 700, "The people of the project in the east ........ 5", "The places where they have been so far ....... 7", "What they have written down about that ....... 9")
		}, "The people of the project in the east ........ 5|The places where they have been so far ....... 7|What they have written down about that ....... 9"},
	} {
		d := newDesk()
		c.set(d)
		if got := passages(d.lines()); got != c.want {
			t.Errorf("%s: %q, want %q", c.about, got, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	d := newDesk()
	d.column(50, 700, "王小明负责华东区项目的系统部署和数据迁移，李", "晓负责培训，欧阳娜娜主持验收，张伟是客户的联", "系人。")
	d.put(50, 600, "Elena")
	ss := Spans(d.lines())
	var got []string
	for _, s := range ss {
		got = append(got, fmt.Sprint(s.ID, s.Offset, s.Block, len(s.Boxes)))
		for _, b := range s.Boxes {
			if b.Empty() {
				t.Errorf("span %d has an empty box", s.ID)
			}
		}
	}
	if want := []string{"0 0 1 22", "1 22 1 22", "2 44 1 3", "3 48 2 5"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := ss[3].Boxes[0], image.Rect(50, 191, 55, 202); got != want {
		t.Errorf("the first letter stands in %v, want %v", got, want)
	}
}

func TestGlyphsOf(t *testing.T) {
	d := newDesk()
	d.nospace = true
	d.put(50.2, 700, "Bob Lee")                                                                              // 0 to 5
	d.put(50, 700, "Bob Lee")                                                                                // 6 to 11
	d.glyph("ffi", geom.Point{X: 90, Y: 700}, geom.Point{X: 9}, geom.Rect{X0: 90, Y0: 698, X1: 99, Y1: 709}) // 12
	ls := d.lines()
	if got := read(ls); got != "Bob Lee ffi" {
		t.Fatalf("read %q", got)
	}
	for _, c := range []struct {
		start, end int
		want       []int
	}{
		{0, 3, []int{0, 6, 1, 7, 2, 8}},
		{3, 4, nil},
		{4, 5, []int{3, 9}},
		{8, 9, []int{12}},
		{8, 11, []int{12}},
		{10, 99, []int{12}},
		{-3, 1, []int{0, 6}},
		{5, 2, nil},
	} {
		if got := GlyphsOf(ls, 0, c.start, c.end); !slices.Equal(got, c.want) {
			t.Errorf("of %d to %d: %v, want %v", c.start, c.end, got, c.want)
		}
	}
	if got := GlyphsOf(ls, 1, 0, 1); got != nil {
		t.Errorf("of a span that is not there: %v", got)
	}
	if a, b := ls[0].Runes[8].Box, ls[0].Runes[9].Box; a.X0 != 90 || a.X1 != 93 || b.X0 != 93 {
		t.Errorf("parts of a ligature stand at %v and %v", a, b)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"a", "a"}, {"", "\uFFFD"}, {"\ufb01", "fi"}, {"\ufb05", "st"}, {"⼩", "小"}, {"⻢", "马"}, {"⻩", "黄"}, {"⺟", "母"}, {"\u2e80", "\u2e80"}, {"\u2e9a", "\u2e9a"},
		{"\uf9d1", "六"}, {"\ufe11", "、"}, {"\ufe35", "（"}, {"\ufe30", "\ufe30"}, {"\u00ad", "-"}, {"\x00", ""}, {"\x03h", "h"}, {"\t", " "},
		{"e\u0301", "e\u0301"}, {"\ufffe", ""}, {"\xed\xa0\x80", "\uFFFD"}, {"\ue123", "\ue123"}, {"Ａ", "Ａ"}, {"\u2028", " "}, {"👩\u200d🔬", "👩\u200d🔬"},
	} {
		if got := string(plain(nil, c.in)); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.in, got, c.want)
		}
		first, last := ends(c.in)
		if rs := []rune(c.want); len(rs) > 0 && (first != rs[0] || last != rs[len(rs)-1]) || len(rs) == 0 && first != 0 {
			t.Errorf("%q ends with %q and %q", c.in, first, last)
		}
	}
}

func TestUnknownGlyphs(t *testing.T) {
	d := newDesk()
	at := 50.0
	for _, s := range []string{"E", "\x01", "l", "\x01", "\x02", "", "e"} {
		d.glyph(s, geom.Point{X: at, Y: 700}, geom.Point{X: 5}, geom.Rect{X0: at, Y0: 698, X1: at + 5, Y1: 709})
		at += 5
	}
	ls := d.lines()
	if got := read(ls); got != "E l \uFFFD\uFFFDe" {
		t.Errorf("read %q", got)
	}
	everyGlyphOnce(t, "unknown glyphs", &d.page, ls)
	n := 0
	for _, r := range ls[0].Runes {
		if r.Unknown {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d runes are said to be unknown", n)
	}
}

func TestHiddenOfLines(t *testing.T) {
	d := newDesk()
	d.hidden = content.Clipped
	d.put(50, 700, "Elena")
	d.hidden = content.OffPage
	x := d.put(50, 650, "Pet")
	d.hidden = 0
	d.put(x, 650, "rova")
	ls := d.lines()
	if len(ls) != 2 || ls[0].Hidden != 0 || ls[1].Hidden != content.Clipped {
		t.Errorf("%q, hidden %v", read(ls), ls)
	}
}
