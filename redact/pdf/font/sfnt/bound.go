package sfnt

import "encoding/binary"

// bound sets the bounds in head and hhea and the maxima of points and contours in
// maxp to those of the glyphs that are used: those of the others would tell of
// them.
func (f *Font) bound(used map[int]bool, tables map[string][]byte) {
	var x0, y0, x1, y1, left, right, extent int
	var points, contours, compPoints, compContours int
	first, budget := true, 1<<22 // bytes of outlines
	for g := range f.Glyphs {
		b := f.outline(g)
		if !used[g] || len(b) < 10 {
			continue
		}
		gx0, gy0, gx1, gy1 := i16(b, 2), i16(b, 4), i16(b, 6), i16(b, 8)
		lsb, advance := f.metric(g)
		rsb := advance - lsb - (gx1 - gx0)
		if first {
			x0, y0, x1, y1, left, right, extent = gx0, gy0, gx1, gy1, lsb, rsb, lsb+gx1-gx0
			first = false
		}
		x0, y0, x1, y1 = min(x0, gx0), min(y0, gy0), max(x1, gx1), max(y1, gy1)
		left, right, extent = min(left, lsb), min(right, rsb), max(extent, lsb+gx1-gx0)
		p, c := f.count(g, 0, &budget)
		if b[0]&0x80 == 0 {
			points, contours = max(points, p), max(contours, c)
		} else {
			compPoints, compContours = max(compPoints, p), max(compContours, c)
		}
	}
	put(tables["head"], 36, x0, y0, x1, y1)
	put(tables["hhea"], 12, left, right, extent)
	put(tables["maxp"], 6, points, contours, compPoints, compContours)
}

func put(b []byte, at int, values ...int) {
	for i, v := range values {
		if at+2*i+2 <= len(b) {
			binary.BigEndian.PutUint16(b[at+2*i:], uint16(v))
		}
	}
}

func i16(b []byte, at int) int { return int(int16(u16(b, at))) }

// metric is a glyph's left side bearing and advance width, in units.
func (f *Font) metric(gid int) (lsb, advance int) {
	hmtx, n := f.tables["hmtx"], u16(f.tables["hhea"], 34)
	if n == 0 {
		return 0, 0
	}
	if gid < n {
		return i16(hmtx, 4*gid+2), u16(hmtx, 4*gid)
	}
	return i16(hmtx, 4*n+2*(gid-n)), u16(hmtx, 4*(n-1))
}

// count is how many points and contours a glyph has, with its components, as far
// as the budget goes.
func (f *Font) count(gid, depth int, budget *int) (points, contours int) {
	b := f.outline(gid)
	if *budget -= 1 + len(b); len(b) < 10 || depth > 6 || *budget < 0 {
		return 0, 0
	}
	if b[0]&0x80 == 0 {
		contours = i16(b, 0)
		if contours > 0 {
			points = u16(b, 10+2*(contours-1)) + 1
		}
		return points, contours
	}
	for _, c := range components(b) {
		p, n := f.count(c, depth+1, budget)
		points, contours = min(points+p, 0xffff), min(contours+n, 0xffff)
	}
	return points, contours
}
