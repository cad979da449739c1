package content

import (
	"encoding/hex"
	"math"
	"strconv"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/syntax"
)

// appendNumber writes a number with at most so many decimals, as short as it
// goes.
func appendNumber(b []byte, v float64, decimals int) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(b, '0')
	}
	from := len(b)
	b = strconv.AppendFloat(b, v, 'f', decimals, 64)
	if decimals > 0 {
		for b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
		if b[len(b)-1] == '.' {
			b = b[:len(b)-1]
		}
	}
	if string(b[from:]) == "-0" {
		b = append(b[:from], '0')
	}
	return b
}

// appendFactor writes a number that multiplies others: to seven digits.
func appendFactor(b []byte, v float64) []byte {
	decimals := 6
	if a := math.Abs(v); a > 0 {
		decimals = min(max(6-int(math.Floor(math.Log10(a))), 0), 12)
	}
	return appendNumber(b, v, decimals)
}

// appendMatrix writes the operands of Tm: places to less than 0.001 pt on the
// page, where scale is that of the space they are in.
func appendMatrix(b []byte, m geom.Matrix, scale float64) []byte {
	decimals := 3
	if scale > 0 && !math.IsInf(scale, 0) {
		decimals = min(max(int(math.Ceil(math.Log10(scale)))+3, 1), 9)
	}
	for _, v := range [...]float64{m.A, m.B, m.C, m.D} {
		b = append(appendFactor(b, v), ' ')
	}
	b = append(appendNumber(b, m.E, decimals), ' ')
	return append(appendNumber(b, m.F, decimals), ' ')
}

// appendString writes a string: as text where it is plain, else in hexadecimal.
func appendString(b, s []byte) []byte {
	for _, c := range s {
		if c < ' ' || c > '~' {
			b = append(b, '<')
			b = hex.AppendEncode(b, s)
			return append(b, '>')
		}
	}
	b = append(b, '(')
	for _, c := range s {
		if c == '(' || c == ')' || c == '\\' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return append(b, ')')
}

// appendName writes a name with its slash.
func appendName(b []byte, n string) []byte {
	b = append(b, '/')
	for i := range len(n) {
		if c := n[i]; c <= ' ' || c > '~' || c == '#' || syntax.IsDelimiter(c) {
			b = append(b, '#')
			b = hex.AppendEncode(b, []byte{c})
			continue
		}
		b = append(b, n[i])
	}
	return b
}

// appendObject writes an operand.
func appendObject(b []byte, o syntax.Object) []byte {
	switch v := o.(type) {
	case syntax.Number:
		return appendFactor(b, float64(v))
	case syntax.String:
		return appendString(b, v)
	case syntax.Name:
		return appendName(b, string(v))
	case syntax.Bool:
		return strconv.AppendBool(b, bool(v))
	case syntax.Array:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ' ')
			}
			b = appendObject(b, e)
		}
		return append(b, ']')
	case syntax.Dict:
		b = append(b, "<<"...)
		for _, e := range v {
			b = appendName(b, string(e.Key))
			b = append(b, ' ')
			b = appendObject(b, e.Value)
		}
		return append(b, ">>"...)
	}
	return append(b, "null"...)
}
