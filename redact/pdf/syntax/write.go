package syntax

import (
	"encoding/hex"
	"math"
	"strconv"
)

// AppendNumber writes a number with at most so many decimals, as short as it
// goes.
func AppendNumber(b []byte, v float64, decimals int) []byte {
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

// AppendFactor writes a number that multiplies others: to seven digits.
func AppendFactor(b []byte, v float64) []byte {
	decimals := 6
	if a := math.Abs(v); a > 0 {
		decimals = min(max(6-int(math.Floor(math.Log10(a))), 0), 12)
	}
	return AppendNumber(b, v, decimals)
}

// AppendString writes a string: as text where it is plain, else in hexadecimal.
func AppendString(b, s []byte) []byte {
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

// AppendName writes a name with its slash.
func AppendName(b []byte, n string) []byte {
	b = append(b, '/')
	for i := range len(n) {
		if c := n[i]; c <= ' ' || c > '~' || c == '#' || IsDelimiter(c) {
			b = append(b, '#')
			b = hex.AppendEncode(b, []byte{c})
			continue
		}
		b = append(b, n[i])
	}
	return b
}

// AppendObject writes an operand.
func AppendObject(b []byte, o Object) []byte {
	switch v := o.(type) {
	case Number:
		return AppendFactor(b, float64(v))
	case String:
		return AppendString(b, v)
	case Name:
		return AppendName(b, string(v))
	case Bool:
		return strconv.AppendBool(b, bool(v))
	case Array:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ' ')
			}
			b = AppendObject(b, e)
		}
		return append(b, ']')
	case Dict:
		b = append(b, "<<"...)
		for _, e := range v {
			b = AppendName(b, string(e.Key))
			b = append(b, ' ')
			b = AppendObject(b, e.Value)
		}
		return append(b, ">>"...)
	}
	return append(b, "null"...)
}
