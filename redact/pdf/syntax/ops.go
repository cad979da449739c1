package syntax

import "slices"

// An Operand is one of an operator. A number is in Num and Obj is nil: streams
// are mostly numbers, and this spares an allocation for each.
type Operand struct {
	Num      float64
	Obj      Object
	From, To int // its source: Stream.Src[From:To]
}

// An Op is an operator with what stands before it.
type Op struct {
	Name     string // empty for operands at the end that no operator follows
	From, To int    // from its first operand to the end of the operator
	Image    *Image // of BI, which stands for all up to EI

	first, n int
}

// A Stream is a content stream, cut into operators.
type Stream struct {
	Src []byte
	Ops []Op

	args []Operand
}

// Args are the operands of op.
func (s *Stream) Args(op *Op) []Operand { return s.args[op.first : op.first+op.n : op.first+op.n] }

// Raw is op as it was written, without a space at either end.
func (s *Stream) Raw(op *Op) []byte { return s.Src[op.From:op.To] }

// operators are those of ISO 32000-2, annex A.
var operators = func() map[string]string {
	m := map[string]string{}
	for _, o := range [...]string{
		"b", "B", "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do", "DP", "EI", "EMC", "ET", "EX",
		"f", "F", "f*", "G", "g", "gs", "h", "i", "ID", "j", "J", "K", "k", "l", "m", "M", "MP", "n", "q", "Q", "re", "RG", "rg", "ri",
		"s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz",
		"v", "w", "W", "W*", "y", "'", "\"",
	} {
		m[o] = o
	}
	return m
}()

// Known reports whether an operator is one of ISO 32000-2, annex A.
func Known(name string) bool {
	_, ok := operators[name]
	return ok
}

// Parse cuts src into operators. Nothing is an error: what is no operator of
// ISO 32000-2 keeps its name, whatever it is.
func Parse(src []byte) *Stream {
	s := &Stream{Src: src, Ops: make([]Op, 0, len(src)/16+1), args: make([]Operand, 0, len(src)/8+1)}
	l := Lexer{Src: src}
	first, from := 0, -1
	for {
		l.Skip()
		at := l.Pos
		o, ok := l.operand()
		if !ok {
			break
		}
		if from < 0 {
			from = at
		}
		k, is := o.Obj.(Keyword)
		if !is {
			o.From, o.To = at, l.Pos
			s.args = append(roomier(s.args, l.Pos, len(src)), o)
			continue
		}
		op := Op{Name: string(k), From: from, To: l.Pos, first: first, n: len(s.args) - first}
		if k == "BI" {
			op.Image = l.image()
			op.To = l.Pos
		}
		s.Ops = append(roomier(s.Ops, l.Pos, len(src)), op)
		first, from = len(s.args), -1
	}
	if from >= 0 {
		s.Ops = append(s.Ops, Op{From: from, To: s.args[len(s.args)-1].To, first: first, n: len(s.args) - first})
	}
	return s
}

// roomier makes room where there is none: for as many as the whole source will
// have if the rest of it is like what was read, so that a list of a million is
// moved once and not seven times.
func roomier[T any](list []T, read, of int) []T {
	if len(list) < cap(list) || len(list) == 0 || read == 0 {
		return list
	}
	more := float64(len(list)) / float64(read) * float64(of-read)
	return slices.Grow(list, int(more*1.02)+16)
}

// keywords are the operators as objects, so that meeting one allocates nothing.
var keywords = func() map[string]Object {
	m := map[string]Object{}
	for k := range operators {
		m[k] = Keyword(k)
	}
	return m
}()

// operand is Next without an allocation for numbers and operators.
func (l *Lexer) operand() (Operand, bool) {
	l.Skip()
	if l.Pos >= len(l.Src) {
		return Operand{}, false
	}
	if class[l.Src[l.Pos]] == 0 {
		w := l.regular()
		if f, ok := numeric(w); ok {
			return Operand{Num: f}, true
		}
		if k, ok := keywords[string(w)]; ok {
			return Operand{Obj: k}, true
		}
		return Operand{Obj: keyword(w)}, true
	}
	o, ok := l.Next()
	if n, is := o.(Number); is {
		return Operand{Num: float64(n)}, ok
	}
	return Operand{Obj: o}, ok
}
