package sfnt

// offsets is how many glyphs the loca table holds.
func (f *Font) offsets() int {
	size := 2
	if u16(f.tables["head"], 50) != 0 {
		size = 4
	}
	return min(max(0, len(f.tables["loca"])/size-1), 0xffff)
}

// outline is a glyph's entry in the glyf table, no longer than the glyph is; nil
// where it is empty. Where the next entry does not lie behind it, as in damaged
// fonts, it may reach to the end of the table.
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
	if to < from {
		to = len(glyf)
	}
	if to = min(to, len(glyf)); from >= to {
		return nil
	}
	b := glyf[from:to]
	if n := extent(b); n > 0 && n < len(b) {
		return b[:n]
	}
	return b
}

// extent is how many bytes an outline takes; 0 where it cannot be told.
func extent(b []byte) int {
	if len(b) < 10 {
		return 0
	}
	n := i16(b, 0)
	if n < 0 {
		_, end := parts(b)
		return end
	}
	at := 10 + 2*n
	points := 0
	if n > 0 {
		points = u16(b, at-2) + 1
	}
	at += 2 + u16(b, at)
	size := 0 // of the coordinates
	for points > 0 {
		if at >= len(b) {
			return 0
		}
		flags, times := b[at], 1
		at++
		if flags&0x08 != 0 { // repeated
			if at >= len(b) {
				return 0
			}
			times += int(b[at])
			at++
		}
		times = min(times, points)
		points -= times
		for _, bits := range [][2]byte{{0x02, 0x10}, {0x04, 0x20}} { // of x and of y
			switch {
			case flags&bits[0] != 0:
				size += times
			case flags&bits[1] == 0:
				size += 2 * times
			}
		}
	}
	return at + size
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
	out, _ := parts(b)
	return out
}

// parts are the glyphs a composite outline names, and where it ends; 0 where that
// cannot be told.
func parts(b []byte) (glyphs []int, end int) {
	if len(b) < 10 || b[0]&0x80 == 0 { // the number of contours is not negative
		return nil, 0
	}
	for at := 10; at+4 <= len(b); {
		flags := u16(b, at)
		glyphs = append(glyphs, u16(b, at+2))
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
		if flags&0x0020 != 0 { // more components
			continue
		}
		if flags&0x0100 != 0 { // instructions
			at += 2 + u16(b, at)
		}
		return glyphs, at
	}
	return glyphs, 0
}
