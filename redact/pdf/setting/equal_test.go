package setting

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"consentry/redact/pdf/content"
	"consentry/redact/pdf/layout"
	"consentry/redact/pdf/object"
)

// Names of people who do not exist, in pairs that differ in width, length and
// kerning.
var (
	chinese = [][2]string{{"王小", "欧阳娜娜"}, {"李明", "张大伟"}, {"司马相如", "赵一"}}
	english = [][2]string{{"Li Wu", "Maximilian Wetherby"}, {"Ann Ives", "Tom Vale"}, {"Jo", "Wilhelmina AVATo"}, {"W. Moss", "illi Till"}}
)

// A sample is a page around a name.
type sample struct {
	name  string
	names [][2]string
	with  string
	build func(s *sheet, name string)
}

const (
	marginL, marginR = 72.0, pageW - 72.0
	colW             = marginR - marginL
)

var bodyEN = []string{
	"The clinic opened its second ward in spring and took on nine new nurses.",
	"The case manager NAME visited the site with two colleagues from town.",
	"They agreed on a plan for the coming months, which the board approved.",
}

var comma = []string{
	"On the first day all of the staff met in the hall of the old building,",
	"where the manager (NAME, of the East ward) spoke about what had changed.",
	"Most of it was known by then, but a few had not heard about the moves.",
	"Nobody left early.",
}

var bodyZH = []string{
	"三月初，诊所新开了第二病区，并招聘了九名护士，协助日常工作。",
	"个案管理员NAME与两位同事到现场走访，了解了各项安排。",
	"双方就未来几个月的计划达成一致，随后由理事会正式批准通过。",
}

// lines writes a paragraph, one line below the other from y down; those but the
// last to the full width where full is set.
func paragraph(m maker, text []string, size float64, full float64) func(*sheet, string) {
	return func(s *sheet, name string) {
		for i, l := range text {
			w := full
			if i == len(text)-1 {
				w = 0
			}
			m(s, marginL, 700-float64(i)*1.4*size, size, strings.ReplaceAll(l, "NAME", name), w)
		}
	}
}

// aligned writes lines around the middle of the page, or up to its right margin.
func aligned(m maker, text []string, size, part float64, at float64) func(*sheet, string) {
	return func(s *sheet, name string) {
		for i, l := range text {
			l = strings.ReplaceAll(l, "NAME", name)
			m(s, at-part*s.width(l)*size, 700-float64(i)*1.4*size, size, l, 0)
		}
	}
}

// chain is a paragraph in one text object, moved through word by word, each line
// from the end of the one before.
func chain(text []string, size float64) func(*sheet, string) {
	return func(s *sheet, name string) {
		s.op("BT\n%.2f %.2f Td", marginL, 700.0)
		for _, l := range text {
			x := 0.0
			for i, w := range strings.Fields(strings.ReplaceAll(l, "NAME", name)) {
				if i > 0 {
					s.op("%.2f 0 Td", s.width(" ")*size)
					x += s.width(" ") * size
				}
				for _, cs := range stretches(s.chars(w)) {
					s.op("/%s %g Tf\n%s Tj", cs[0].font, size, hex(cs))
				}
				s.op("%.2f 0 Td", s.width(w)*size)
				x += s.width(w) * size
			}
			s.op("%.2f %.2f Td", -x, -1.4*size)
		}
		s.op("ET")
	}
}

func table(m maker, rules bool) func(*sheet, string) {
	rows := [][]string{{"姓名", "部门", "电话"}, {"NAME", "护理部", "021-5555"}, {"赵工", "后勤部", "021-5556"}, {"刘工", "行政部", "021-5557"}}
	at := []float64{100, 250, 400, 500}
	return func(s *sheet, name string) {
		for i, r := range rows {
			y := 700 - float64(i)*24
			for k, c := range r {
				c = strings.ReplaceAll(c, "NAME", name)
				x := at[k] + 5
				if k == 1 { // centred
					x = (at[1]+at[2])/2 - s.width(c)*6
				}
				m(s, x, y, 12, c, 0)
			}
			if rules {
				for _, x := range at {
					s.op("%g %g 0.5 24 re f", x, y-8)
				}
				s.op("%g %g %g 0.5 re f", at[0], y-8, at[3]-at[0])
			}
		}
	}
}

func columns(m maker) func(*sheet, string) {
	return func(s *sheet, name string) {
		for i, l := range []string{"The ward opened in spring.", "Then NAME joined the team.", "They made a plan for June.", "The board approved of it."} {
			m(s, 72, 700-float64(i)*14, 10, strings.ReplaceAll(l, "NAME", name), 0)
			m(s, 310, 700-float64(i)*14, 10, []string{"Results were good, and all", "of the patients went home", "within a week, which is a", "day less than before."}[i], 0)
		}
	}
}

func samples() []sample {
	simple := func(f func(*sheet, string)) func(*sheet, string) {
		return func(s *sheet, name string) { s.simple = true; f(s, name) }
	}
	var out []sample
	for _, m := range []struct {
		name string
		maker
		justify bool
	}{{"one Tj", oneTj, false}, {"TJ with kerning", kernedTJ, true}, {"word by word", wordwise, true}, {"Skia", skia, true}, {"Word", word, true}, {"Tw", wordSpaced, true}, {"Tc", letterSpaced, true}} {
		out = append(out,
			sample{name: m.name + "/en", names: english, with: "Person A", build: paragraph(m.maker, bodyEN, 12, 0)},
			sample{name: m.name + "/zh", names: chinese, with: "客户A", build: paragraph(m.maker, bodyZH, 12, 0)},
			sample{name: m.name + "/simple", names: english, with: "Person A", build: simple(paragraph(m.maker, bodyEN, 12, 0))})
		if m.justify {
			out = append(out, sample{name: m.name + "/justified", names: english, with: "Person A", build: simple(paragraph(m.maker, bodyEN, 12, colW))})
		}
	}
	title := []string{"Annual report of the clinic", "by NAME, case manager", "Spring"}
	heading := []string{"诊所年度案例报告", "撰稿：NAME（个案管理员）", "春季"}
	out = append(out,
		sample{name: "Tc/justified zh", names: chinese, with: "客户A", build: paragraph(letterSpaced, bodyZH, 12, colW)},
		sample{name: "comma/Skia", names: english, with: "Person A", build: paragraph(skia, comma, 12, 0)},
		sample{name: "comma/TJ", names: english, with: "Person A", build: simple(paragraph(kernedTJ, comma, 12, colW))},
		sample{name: "comma/Word", names: english, with: "Person A", build: simple(paragraph(word, comma, 10.5, 0))},
		sample{name: "chain/first line", names: english, with: "Person A", build: simple(chain(append(bodyEN[1:2:2], comma...), 10.7))},
		sample{name: "chain/en", names: english, with: "Person A", build: simple(chain(bodyEN, 10.7))},
		sample{name: "centred/en", names: english, with: "Person A", build: simple(aligned(oneTj, title, 16, 0.5, pageW/2))},
		sample{name: "centred/zh", names: chinese, with: "客户A", build: aligned(skia, heading, 18, 0.5, pageW/2)},
		sample{name: "centred alone", names: chinese, with: "客户A", build: aligned(oneTj, heading[1:2], 18, 0.5, pageW/2)},
		sample{name: "right/en", names: english, with: "Person A", build: simple(aligned(oneTj, title, 11, 1, marginR))},
		sample{name: "right/zh", names: chinese, with: "客户A", build: aligned(word, heading, 11, 1, marginR)},
		sample{name: "table", names: chinese, with: "客户A", build: table(oneTj, false)},
		sample{name: "table with rules", names: chinese, with: "客户A", build: table(word, true)},
		sample{name: "columns", names: english, with: "Person A", build: simple(columns(oneTj))},
		sample{name: "columns/Skia", names: english, with: "Person A", build: columns(skia)},
		sample{name: "vertical", names: chinese, with: "客户A", build: vertical},
		sample{name: "turned page", names: chinese, with: "客户A", build: func(s *sheet, name string) {
			s.rotate = 90
			s.op("q 0 1 -1 0 595 0 cm")
			paragraph(oneTj, bodyZH, 12, 0)(s, name)
			s.op("Q")
		}},
		sample{name: "aslant", names: english, with: "Person A", build: func(s *sheet, name string) {
			s.op("q 0.9396926 0.3420201 -0.3420201 0.9396926 200 -150 cm")
			paragraph(word, bodyEN, 12, 0)(s, name)
			s.op("Q")
		}},
		sample{name: "form", names: english, with: "Person A", build: func(s *sheet, name string) {
			paragraph(kernedTJ, bodyEN, 12, 0)(s, name)
			s.form.Write(s.body.Bytes())
			s.body.Reset()
			s.op("q 0.9 0 0 0.9 20 20 cm /Fm0 Do Q")
		}},
		sample{name: "underlined", names: english, with: "Person A", build: underlined},
		sample{name: "leader", names: english, with: "Person A", build: simple(leaders)},
	)
	return out
}

func vertical(s *sheet, name string) {
	s.upright = true
	for i, l := range bodyZH {
		l = strings.ReplaceAll(l, "NAME", name)
		s.op("BT\n/N 14 Tf\n1 0 0 1 %g 760 Tm\n%s Tj\nET", 500-float64(i)*24, hex(s.chars(l)))
	}
}

func underlined(s *sheet, name string) {
	paragraph(skia, bodyEN, 12, 0)(s, name)
	before := s.kerned("The case manager ") * 12
	wide := s.kerned(name) * 12
	s.op("%.2f 681 %.2f 0.6 re f", marginL+before, wide)
	s.op("q 1 1 0 rg %.2f 680 %.2f 13 re f Q", marginL+before+wide+4, 30.0)
}

func leaders(s *sheet, name string) {
	for i, l := range []string{"The clinic", "About NAME", "The plan"} {
		l = strings.ReplaceAll(l, "NAME", name)
		y := 700 - float64(i)*16
		dots := int((marginR - 20 - marginL - s.width(l)*11 - 8) / (s.width(".") * 11))
		oneTj(s, marginL, y, 11, l, 0)
		oneTj(s, marginR-20-s.width(".")*11*float64(dots), y, 11, strings.Repeat(".", dots), 0)
		n := fmt.Sprint(7 * (i + 1))
		oneTj(s, marginR-s.width(n)*11, y, 11, n, 0)
	}
}

// redacted is a page without a name.
type redacted struct {
	file   *object.File
	page   object.Page
	read   *content.Page
	lines  []layout.Line
	edit   content.Edit
	report Report
}

// find gives the glyphs of a name where it stands in the lines.
func find(lines []layout.Line, name string) (cuts [][]int) {
	for _, l := range lines {
		var text []rune
		var at []layout.Rune
		for _, r := range l.Runes {
			if r.R != ' ' {
				text, at = append(text, r.R), append(at, r)
			}
		}
		want := []rune(strings.ReplaceAll(name, " ", ""))
		for i := 0; i+len(want) <= len(text); i++ {
			if slices.Equal(text[i:i+len(want)], want) {
				var g []int
				for _, r := range at[i : i+len(want)] {
					if r.Glyph >= 0 && !slices.Contains(g, r.Glyph) {
						g = append(g, r.Glyph)
					}
				}
				cuts = append(cuts, g)
			}
		}
	}
	return cuts
}

func redact(t *testing.T, ttf, file []byte, name, with string, mode Mode) redacted {
	t.Helper()
	f, _, err := object.Read(file, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	r := redacted{file: f}
	if r.page, err = f.Page(0); err != nil {
		t.Fatal(err)
	}
	reader := content.NewReader(f)
	if r.read, err = reader.Interpret(r.page); err != nil {
		t.Fatal(err)
	}
	view, _, _ := r.page.View()
	r.lines = layout.Lines(r.read, view)
	var cuts []Cut
	for _, g := range find(r.lines, name) {
		cuts = append(cuts, Cut{Glyphs: g, With: with})
	}
	if len(cuts) == 0 {
		t.Fatal("the name is not on the page")
	}
	l := newLabel(t, ttf)
	if _, err := l.Reserve(f); err != nil {
		t.Fatal(err)
	}
	r.edit, r.report = Plan(r.read, r.lines, cuts, l, Options{Mode: mode, Box: r.page.CropBox})
	if err := reader.Rewrite(r.page, r.edit); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Embed(f); err != nil {
		t.Fatal(err)
	}
	return r
}

// places is what an edit draws, without the numbers of glyphs.
func (r redacted) places() string {
	var b strings.Builder
	for _, g := range slices.Sorted(maps.Keys(r.edit.Move)) {
		fmt.Fprintf(&b, "%q %.3f\n", r.read.Glyphs[g].Text, r.edit.Move[g])
	}
	for _, i := range slices.Sorted(maps.Keys(r.edit.Fills)) {
		fmt.Fprintf(&b, "%.3f\n", r.edit.Fills[i])
	}
	for _, t := range r.edit.Text {
		fmt.Fprintf(&b, "%x %g %.4f %.4f\n", t.Codes, t.Size, t.Origin.X, t.Origin.Y)
	}
	for _, row := range r.report.Rows {
		fmt.Fprintf(&b, "%.3f\n", row.New)
	}
	return b.String()
}

func (r redacted) bytes(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := r.file.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// drawn is the content of the page and its form, for people to compare.
func (r redacted) drawn(t *testing.T) string {
	t.Helper()
	p, err := r.file.Page(0)
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.file.Content(p)
	if err != nil {
		t.Fatal(err)
	}
	if fm, err := r.file.Decoded(r.file.Dict(p.Resources["XObject"])["Fm0"]); err == nil {
		b = append(append(b, "\n% form\n"...), fm...)
	}
	return string(b)
}

// Two files that differ in a name alone are the same file without it.
func TestNothingIsLeftOfTheWidth(t *testing.T) {
	ttf := notoBytes(t)
	for _, sm := range samples() {
		t.Run(sm.name, func(t *testing.T) {
			for n, pair := range sm.names {
				var both [2]redacted
				for i, name := range pair {
					s := &sheet{t: t, noto: newLabel(t, ttf)}
					sm.build(s, name)
					both[i] = redact(t, ttf, s.bytes(pair[0], pair[1]), name, sm.with, Labels)
				}
				if a, b := both[0].places(), both[1].places(); a != b {
					t.Errorf("pair %d: places differ:\n%s", n, difference(a, b))
					continue
				}
				if a, b := both[0].drawn(t), both[1].drawn(t); a != b {
					t.Errorf("pair %d: contents differ:\n%s", n, difference(a, b))
					continue
				}
				if !bytes.Equal(both[0].bytes(t), both[1].bytes(t)) {
					t.Errorf("pair %d: files differ", n)
				}
			}
		})
	}
}

// difference is the first lines in which two texts differ. The texts of these
// tests are invented.
func difference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return fmt.Sprintf("line %d of %d and %d\n< %s\n> %s", i, len(la), len(lb), strings.Join(la[i:min(i+3, len(la))], "\n< "), strings.Join(lb[i:min(i+3, len(lb))], "\n> "))
		}
	}
	return fmt.Sprintf("%d and %d lines", len(la), len(lb))
}
