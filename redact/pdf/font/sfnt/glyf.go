package sfnt

// offsets is how many glyphs the loca table holds.
func (f *Font) offsets() int {
	size := 2
	if u16(f.tables["head"], 50) != 0 {
		size = 4
	}
	return min(max(0, len(f.tables["loca"])/size-1), 0xffff)
}

// outline is a glyph's entry in the glyf table; nil where it is empty or damaged.
func (f *Font) outline(gid int) []byte {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	if gid < 0 || gid >= f.offsets() {
		return nil
	}
	var from, to int
	if u16(f.tables["head"], 50) != 0 {
		from, to = u32(loca, 4*gid), u32(loca, 4*gid+4)
	} else {
		from, to = 2*u16(loca, 2*gid), 2*u16(loca, 2*gid+2)
	}
	if to = min(to, len(glyf)); from >= to {
		return nil
	}
	return glyf[from:to]
}

// Components adds to used the glyphs that its composite glyphs are made of.
func (f *Font) Components(used map[int]bool) {
	var todo []int
	for g := range used {
		todo = append(todo, g)
	}
	for len(todo) > 0 {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, c := range components(f.outline(g)) {
			if c < f.Glyphs && !used[c] {
				used[c] = true
				todo = append(todo, c)
			}
		}
	}
}

// components are the glyphs a composite outline names.
func components(b []byte) []int {
	if len(b) < 10 || b[0]&0x80 == 0 { // the number of contours is not negative
		return nil
	}
	var out []int
	for at := 10; at+4 <= len(b); {
		flags := u16(b, at)
		out = append(out, u16(b, at+2))
		at += 6
		if flags&0x0001 != 0 { // the arguments are words
			at += 2
		}
		switch {
		case flags&0x0008 != 0: // a scale
			at += 2
		case flags&0x0040 != 0: // two
			at += 4
		case flags&0x0080 != 0: // a matrix
			at += 8
		}
		if flags&0x0020 == 0 { // no more components
			break
		}
	}
	return out
}
