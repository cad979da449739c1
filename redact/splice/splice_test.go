package splice

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func upper(_ []byte, s string) []byte { return []byte(strings.ReplaceAll(s, "&", "&amp;")) }

// laid writes texts as <r>…</r> runs, one file.
func laid(runs ...string) ([]byte, Text) {
	var b bytes.Buffer
	var t Text
	for _, r := range runs {
		if r == "\n" {
			from := b.Len()
			b.WriteString("<br/>")
			t = append(t, Piece{Text: r, From: from, To: b.Len()})
			continue
		}
		b.WriteString("<r>")
		from := b.Len()
		b.Write(upper(nil, r))
		t = append(t, Piece{Text: r, From: from, To: b.Len(), Encode: upper})
		b.WriteString("</r>")
	}
	return b.Bytes(), t
}

func edit(t *testing.T, src []byte, text Text, edits ...Edit) string {
	t.Helper()
	changes, err := text.Edit(func(int) []byte { return src }, edits)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Apply(src, changes)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestEdit(t *testing.T) {
	src, text := laid("a&王", "小", "\n", "明b", "c")
	for _, c := range []struct {
		about string
		edits []Edit
		want  string
	}{
		{"within a piece", []Edit{{1, 2, "+"}}, "<r>a+王</r><r>小</r><br/><r>明b</r><r>c</r>"},
		{"over pieces", []Edit{{2, 7, "客户A"}}, "<r>a&amp;客户A</r><r></r><br/><r></r><r>c</r>"},
		{"two that overlap", []Edit{{3, 7, "x"}, {2, 4, "客户A"}}, "<r>a&amp;客户A</r><r></r><br/><r></r><r>c</r>"},
		{"from a tag on", []Edit{{4, 7, "x"}}, "<r>a&amp;王</r><r>小</r><br/><r>x</r><r>c</r>"},
		{"two beside each other", []Edit{{0, 2, "1"}, {2, 3, "2"}}, "<r>12</r><r>小</r><br/><r>明b</r><r>c</r>"},
		{"all", []Edit{{0, 8, "&"}}, "<r>&amp;</r><r></r><br/><r></r><r></r>"},
	} {
		if got := edit(t, src, text, c.edits...); got != c.want {
			t.Errorf("%s: %s, want %s", c.about, got, c.want)
		}
	}
	for _, bad := range [][]Edit{{{-1, 2, ""}}, {{5, 9, ""}}, {{4, 5, "x"}}, {{3, 3, "x"}}} {
		if _, err := text.Edit(func(int) []byte { return src }, bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

// A piece that stands in two texts loses what goes in either.
func TestEditor(t *testing.T) {
	src, text := laid("Anna and Bob", "x")
	shared, alone := text[:1], text
	var e Editor
	for _, c := range []struct {
		text Text
		edit Edit
	}{{shared, Edit{0, 4, "P1"}}, {alone, Edit{9, 13, "P2"}}, {shared, Edit{0, 4, "P1"}}} {
		if err := e.Add(c.text, []Edit{c.edit}); err != nil {
			t.Fatal(err)
		}
	}
	out, err := Apply(src, e.Changes(func(int) []byte { return src }))
	if want := "<r>P1 and P2</r><r></r>"; err != nil || string(out) != want {
		t.Errorf("%s, %v", out, err)
	}
}

func TestApply(t *testing.T) {
	src := []byte("0123456789")
	got, err := Apply(src, []Change{{0, 8, 9, []byte("x")}, {0, 2, 6, nil}, {0, 3, 4, []byte("inner")}, {0, 2, 6, nil}, {0, 6, 6, []byte("+")}})
	if err != nil || string(got) != "01+67x9" {
		t.Errorf("%q, %v", got, err)
	}
	for _, bad := range [][]Change{{{0, 1, 4, nil}, {0, 3, 6, nil}}, {{0, 5, 11, nil}}, {{0, 5, 4, nil}}, {{0, -1, 4, nil}}} {
		if _, err := Apply(src, bad); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

// However a text is cut into pieces, it reads after the edits as the whole would.
func TestEditReadsAsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runs := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "王小", "&b", "明cde"}), 1, 6).Draw(t, "runs")
		src, text := laid(runs...)
		whole := []rune(text.String())
		var edits []Edit
		want, at := "", 0
		for at < len(whole) {
			from := rapid.IntRange(at, len(whole)).Draw(t, "from")
			to := rapid.IntRange(from, len(whole)).Draw(t, "to")
			if from == to {
				break
			}
			edits = append(edits, Edit{from, to, "×"})
			want += string(whole[at:from]) + "×"
			at = to
		}
		want += string(whole[at:])
		changes, err := text.Edit(func(int) []byte { return src }, edits)
		if err != nil {
			t.Fatal(err)
		}
		out, err := Apply(src, changes)
		if err != nil {
			t.Fatal(err)
		}
		got := strings.NewReplacer("<r>", "", "</r>", "", "&amp;", "&").Replace(string(out))
		if got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}
