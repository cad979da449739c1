package cmap

import (
	"consentry/redact/pdf/syntax"
)

const (
	maxDepth  = 8       // of usecmap
	maxRanges = 1 << 20 // of one CMap
)

// Parse reads a CMap stream. base is what its dictionary's UseCMap names, or
// nil; a usecmap operator in the stream wins. There is always a CMap: what cannot
// be read is left out.
func Parse(b []byte, base *CMap) *CMap {
	c := &CMap{base: base}
	total := 0
	scan(b, func(op string, args []syntax.Object) {
		if total += len(args); total > 3*maxRanges {
			return
		}
		switch op {
		case "usecmap":
			if n, ok := last(args).(syntax.Name); ok {
				if p := Predefined(string(n)); p != nil {
					c.base = p
				}
			}
		case "def":
			c.define(args)
		case "endcodespacerange":
			for i := 0; i+1 < len(args); i += 2 {
				lo, n, ok := codeOf(args[i])
				hi, m, ok2 := codeOf(args[i+1])
				if ok && ok2 && n == m && len(c.Spaces) < 1024 {
					c.Spaces = append(c.Spaces, Space{n, lo, hi})
				}
			}
		case "endcidrange", "endnotdefrange":
			set := &c.ranges
			if op == "endnotdefrange" {
				set = &c.notdef
			}
			for i := 0; i+2 < len(args); i += 3 {
				lo, n, ok := codeOf(args[i])
				hi, _, ok2 := codeOf(args[i+1])
				cid, ok3 := cidOf(args[i+2])
				if ok && ok2 && ok3 && hi >= lo {
					set[n-1] = append(set[n-1], Range{lo, hi, cid})
				}
			}
		case "endcidchar", "endnotdefchar":
			set := &c.ranges
			if op == "endnotdefchar" {
				set = &c.notdef
			}
			for i := 0; i+1 < len(args); i += 2 {
				lo, n, ok := codeOf(args[i])
				cid, ok2 := cidOf(args[i+1])
				if ok && ok2 {
					set[n-1] = append(set[n-1], Range{lo, lo, cid})
				}
			}
		}
	})
	if c.base != nil && c.base.depth() >= maxDepth {
		c.base = nil
	}
	c.finish()
	return c
}

func (c *CMap) depth() int {
	n := 1
	for m := c.base; m != nil && n < 2*maxDepth; m = m.base {
		n++
	}
	return n
}

// define reads /Key value def.
func (c *CMap) define(args []syntax.Object) {
	if len(args) < 2 {
		return
	}
	k, _ := args[len(args)-2].(syntax.Name)
	switch v := args[len(args)-1].(type) {
	case syntax.Number:
		if k == "WMode" {
			c.Vertical = v == 1
		}
	case syntax.Name:
		if k == "CMapName" {
			c.Name = string(v)
		}
	case syntax.String:
		if k == "Ordering" {
			c.Ordering = string(v)
		}
	}
}

// scan calls do with every operator and the operands since the one before.
func scan(b []byte, do func(op string, args []syntax.Object)) {
	l := &syntax.Lexer{Src: b}
	var args []syntax.Object
	for {
		o, ok := l.Next()
		if !ok {
			return
		}
		k, is := o.(syntax.Keyword)
		if !is {
			if len(args) < 3*maxRanges {
				args = append(args, o)
			}
			continue
		}
		do(string(k), args)
		args = args[:0]
	}
}

func last(args []syntax.Object) syntax.Object {
	if len(args) == 0 {
		return nil
	}
	return args[len(args)-1]
}

// codeOf reads a code of 1 to 4 bytes.
func codeOf(o syntax.Object) (code uint32, n int, ok bool) {
	s, is := o.(syntax.String)
	if !is || len(s) == 0 || len(s) > 4 {
		return 0, 0, false
	}
	for _, b := range s {
		code = code<<8 | uint32(b)
	}
	return code, len(s), true
}

func cidOf(o syntax.Object) (uint32, bool) {
	v, is := o.(syntax.Number)
	if !is || v < 0 || v > 0xffffff {
		return 0, false
	}
	return uint32(v), true
}
