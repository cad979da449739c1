// Package raw reads a PDF file's bytes as they lie there: every object of every
// revision, referenced or not, every stream as far as it can be decoded, comments
// and what stands outside objects. It shares no code with what reads and writes
// PDF files elsewhere in this program, so that it sees what those overlook, and
// it believes no cross-reference table.
package raw

// A Value is null (nil), a bool, a number (float64), a String, a Name, an Array,
// a Dict, a Ref or a Keyword.
type Value any

// A String is a literal or hexadecimal string, unescaped.
type String []byte

// A Name is without its slash, #xx written out.
type Name string

// A Keyword is an operator, or anything else that is not an object.
type Keyword string

// A Ref points to an indirect object.
type Ref struct{ Num, Gen int }

// An Array is a list of values.
type Array []Value

// A Dict keeps all entries in their order, those of equal keys too.
type Dict []Entry

// An Entry is one of a Dict.
type Entry struct {
	Key   string
	Value Value
}

// Get is the last value of a key, or nil.
func (d Dict) Get(key string) Value {
	for i := len(d) - 1; i >= 0; i-- {
		if d[i].Key == key {
			return d[i].Value
		}
	}
	return nil
}

// Name is the name of a key; empty where there is none.
func (d Dict) Name(key string) string {
	n, _ := d.Get(key).(Name)
	return string(n)
}

// Each calls f with every string, name (keys too) and reference in v.
func Each(v Value, f func(Value)) {
	switch v := v.(type) {
	case Array:
		for _, e := range v {
			Each(e, f)
		}
	case Dict:
		for _, e := range v {
			f(Name(e.Key))
			Each(e.Value, f)
		}
	case String, Name, Ref:
		f(v)
	}
}
