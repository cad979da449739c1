package attributes

import (
	"strings"

	"consentry/redact"
)

// A row is a line with cells, each from one rune of a reading to another.
type row struct {
	cells  [][2]int
	commas bool // they are cut at commas
}

// rows cuts the reading into lines, and lines into cells at | and tabs; a line of
// one cell is cut at commas.
func (r *reading) rows() []row {
	var out []row
	for from := 0; from < len(r.low); {
		to := from
		for to < len(r.low) && r.low[to] != '\n' {
			to++
		}
		cells := r.cells(from, to, '|', '\t')
		commas := len(cells) < 2
		if commas {
			cells = r.cells(from, to, ',', ',')
		}
		out = append(out, row{cells, commas})
		from = to + 1
	}
	return out
}

func (r *reading) cells(from, to int, mark, other rune) (out [][2]int) {
	lo := from
	for i := from; i <= to; i++ {
		if i < to && r.low[i] != mark && r.low[i] != other {
			continue
		}
		a, b := lo, i
		for a < b && edge(r.low[a]) {
			a++
		}
		for a < b && edge(r.low[b-1]) {
			b--
		}
		if a < b || i < to && lo > from { // a leading | opens no cell
			out = append(out, [2]int{a, b})
		}
		lo = i + 1
	}
	return out
}

// table finds the cells under the words of a table's head: a line in which two
// cells or more are such words, one of them of a person's name or three in all. An
// empty line ends the table, and so does one that is cut otherwise.
func (s *set) table(r *reading) (found []hit) {
	var head []redact.Kind
	named, commas := false, false
	for _, row := range r.rows() {
		cells := row.cells
		kinds, known, name := make([]redact.Kind, len(cells)), 0, false
		for i, c := range cells {
			if n := c[1] - c[0]; n == 0 || n > 20 {
				continue
			}
			if k, ok := s.columns[string(r.low[c[0]:c[1]])]; ok {
				kinds[i] = k
				known++
				name = name || k == redact.Person
			}
		}
		if known >= 3 || known == 2 && name {
			head, named, commas = kinds, name, row.commas
			continue
		}
		if len(cells) != len(head) || len(cells) < 2 || row.commas != commas {
			head = nil
			continue
		}
		for i, c := range cells {
			if head[i] == "" || head[i] == redact.Person || c[0] == c[1] || r.blank(c) {
				continue
			}
			tier := redact.Review
			if named {
				tier = redact.Sure
			}
			found = append(found, hit{c[0], c[1], head[i], tier, "column of a table"})
		}
	}
	return found
}

// blank reports whether a cell holds no letter and no digit: ---, /, 无.
func (r *reading) blank(c [2]int) bool {
	s := string(r.low[c[0]:c[1]])
	return strings.Trim(s, "-/ .:·无") == "" || s == "n/a" || s == "none"
}
