package words

import (
	"slices"
	"strings"

	"consentry/redact/pii/rules"
)

// Cells adds anchors for tables: where a line has words in cells of their own, the
// cells below them in the lines that follow hold their values. Cells are parted by
// tabs, pipes, semicolons or commas (outside quotes). Each line is looked at once.
func Cells(text string, ls []Label, out []Anchor) []Anchor {
	done := 0 // what is before it has been looked at
	for i := 0; i < len(ls); {
		start := strings.LastIndexByte(text[:ls[i].Lo], '\n') + 1
		end := lineEnd(text, start)
		j := i
		for j < len(ls) && ls[j].Lo < end {
			j++
		}
		of := ls[i:j]
		i = j
		if start < done || end-start > 4096 {
			continue
		}
		sep := separator(text[start:end])
		if sep == 0 {
			continue
		}
		heads := split(text, start, end, sep)
		if start > 1 { // a row among others is no head
			if above := strings.LastIndexByte(text[:start-1], '\n') + 1; len(split(text, above, start-1, sep)) == len(heads) {
				continue
			}
		}
		under := make([][]Label, len(heads))
		found, n := false, 0
		for c, h := range heads {
			for ; n < len(of) && of[n].Lo < h[1]; n++ {
				if of[n].Lo >= h[0] && heading(text, h, of[n]) {
					under[c] = append(under[c], of[n])
					found = true
				}
			}
		}
		if !found || len(heads) < 2 {
			continue
		}
		for at := end + 1; at < len(text); {
			e := lineEnd(text, at)
			row := split(text, at, e, sep)
			if len(row) != len(heads) {
				break
			}
			for c, cell := range row {
				for _, l := range under[c] {
					if p := Inner(text, cell); p < cell[1] {
						out = append(out, Anchor{At: p, Label: l, Sep: true, Glue: true})
					}
				}
			}
			at = e + 1
			done = e
		}
	}
	return out
}

func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// separator is what parts the cells of a line, 0 where nothing does.
func separator(line string) byte {
	for _, c := range []byte("\t|;,") {
		if strings.IndexByte(line, c) >= 0 {
			return c
		}
	}
	return 0
}

// split gives the cells of text[at:end].
func split(text string, at, end int, sep byte) (out [][2]int) {
	from, quoted := at, false
	for i := at; i < end; i++ {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == sep && !quoted:
			out = append(out, [2]int{from, i})
			from = i + 1
		}
	}
	return append(out, [2]int{from, end})
}

// Inner is where the text of a cell begins.
func Inner(text string, cell [2]int) int {
	p := cell[0]
	for p < cell[1] && strings.IndexByte(" \"'*`(:\r", text[p]) >= 0 {
		p++
	}
	return p
}

// heading reports whether a cell says no more than its word: 客户手机号（必填）.
func heading(text string, cell [2]int, l Label) bool {
	before := strings.Trim(text[Inner(text, cell):l.Lo], " ")
	after := text[l.Hi:cell[1]]
	if i := strings.IndexByte(after, '('); i >= 0 {
		after = after[:i]
	}
	after = strings.Trim(after, " \"'*`:\r._")
	for _, w := range slices.Concat(rules.HanTails, rules.LatinTails) {
		after = strings.TrimPrefix(strings.ToLower(after), w)
	}
	return len(before) <= 24 && after == "" && !strings.ContainsAny(before, "0123456789")
}
