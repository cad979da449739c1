package cff

import (
	"errors"
	"math"
	"strconv"
)

var errFont = errors.New("not a CFF font")

// readIndex reads an INDEX at b[at:] and says where it ends.
func readIndex(b []byte, at int) (items [][]byte, end int, err error) {
	if at < 0 || at+2 > len(b) {
		return nil, 0, errFont
	}
	n := int(b[at])<<8 | int(b[at+1])
	if n == 0 {
		return nil, at + 2, nil
	}
	if at+3 > len(b) {
		return nil, 0, errFont
	}
	size := int(b[at+2])
	offsets := at + 3
	data := offsets + (n+1)*size - 1
	if size < 1 || size > 4 || data >= len(b) {
		return nil, 0, errFont
	}
	offset := func(i int) int {
		v := 0
		for _, c := range b[offsets+i*size : offsets+(i+1)*size] {
			v = v<<8 | int(c)
		}
		return v
	}
	items = make([][]byte, n)
	for i := range items {
		from, to := data+offset(i), data+offset(i+1)
		if from > to || from < data || to > len(b) {
			return nil, 0, errFont
		}
		items[i] = b[from:to]
	}
	return items, data + offset(n), nil
}

// appendIndex writes an INDEX.
func appendIndex(out []byte, items [][]byte) []byte {
	out = append(out, byte(len(items)>>8), byte(len(items)))
	if len(items) == 0 {
		return out
	}
	total := 1
	for _, it := range items {
		total += len(it)
	}
	size := 1
	for total >= 1<<(8*size) {
		size++
	}
	out = append(out, byte(size))
	at := 1
	for i := 0; i <= len(items); i++ {
		for k := size - 1; k >= 0; k-- {
			out = append(out, byte(at>>(8*k)))
		}
		if i < len(items) {
			at += len(items[i])
		}
	}
	for _, it := range items {
		out = append(out, it...)
	}
	return out
}

// Operators of DICTs that are looked at or rewritten.
const (
	opCharset     = 15
	opEncoding    = 16
	opCharStrings = 17
	opPrivate     = 18
	opSubrs       = 19
	opDefault     = 20
	opNominal     = 21
	opMatrix      = 12<<8 | 7
	opROS         = 12<<8 | 30
	opCIDCount    = 12<<8 | 34
	opFDArray     = 12<<8 | 36
	opFDSelect    = 12<<8 | 37
)

// sidOps are the operators whose operands are string ids, and how many.
var sidOps = map[int]int{0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 12 << 8: 1, 12<<8 | 21: 1, 12<<8 | 22: 1, opROS: 2, 12<<8 | 38: 1}

// An entry is an operator of a DICT with its operands, also as they were written.
type entry struct {
	op       int
	operands []float64
	raw      []byte
}

type dict []entry

// get is the last operands of an operator; nil where it is not there.
func (d dict) get(op int) []float64 {
	for i := len(d) - 1; i >= 0; i-- {
		if d[i].op == op {
			return d[i].operands
		}
	}
	return nil
}

// number is an operator's only operand.
func (d dict) number(op int, missing float64) float64 {
	if v := d.get(op); len(v) > 0 {
		return v[len(v)-1]
	}
	return missing
}

// readDict reads a DICT; what is damaged at its end is left out.
func readDict(b []byte) dict {
	var d dict
	var operands []float64
	from := 0
	for i := 0; i < len(b); {
		switch c := int(b[i]); {
		case c <= 21:
			op, end := c, i+1
			if c == 12 {
				if i+1 >= len(b) {
					return d
				}
				op, end = 12<<8|int(b[i+1]), i+2
			}
			d = append(d, entry{op, operands, b[from:i]})
			operands, from, i = nil, end, end
		case c == 28 && i+2 < len(b):
			operands = append(operands, float64(int16(b[i+1])<<8|int16(b[i+2])))
			i += 3
		case c == 29 && i+4 < len(b):
			operands = append(operands, float64(int32(b[i+1])<<24|int32(b[i+2])<<16|int32(b[i+3])<<8|int32(b[i+4])))
			i += 5
		case c == 30:
			v, n := readReal(b[i+1:])
			operands = append(operands, v)
			i += 1 + n
		case c >= 32 && c <= 246:
			operands = append(operands, float64(c-139))
			i++
		case c >= 247 && c <= 254 && i+1 < len(b):
			operands = append(operands, float64(shortNumber(c, int(b[i+1]))))
			i += 2
		default:
			i++
		}
		if len(operands) > 513 {
			return d
		}
	}
	return d
}

// shortNumber is a number of two bytes in DICTs and charstrings.
func shortNumber(c, next int) int {
	if c <= 250 {
		return (c-247)*256 + next + 108
	}
	return -(c-251)*256 - next - 108
}

// readReal reads nibbles of a real number.
func readReal(b []byte) (v float64, n int) {
	var text []byte
	for n < len(b) {
		c := b[n]
		n++
		for _, nibble := range []byte{c >> 4, c & 15} {
			switch nibble {
			case 10:
				text = append(text, '.')
			case 11:
				text = append(text, 'E')
			case 12:
				text = append(text, "E-"...)
			case 14:
				text = append(text, '-')
			case 13, 15:
				v, _ = strconv.ParseFloat(string(text), 64)
				if math.IsInf(v, 0) || math.IsNaN(v) {
					v = 0
				}
				return v, n
			default:
				text = append(text, '0'+nibble)
			}
		}
	}
	return 0, n
}

// appendNumber writes an integer operand in five bytes, so that a DICT's size
// does not depend on it.
func appendNumber(out []byte, v int) []byte {
	return append(out, 29, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

func appendOp(out []byte, op int) []byte {
	if op >= 12<<8 {
		return append(out, 12, byte(op))
	}
	return append(out, byte(op))
}
