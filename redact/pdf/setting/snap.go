package setting

import "math"

// snapWidth is the step of gaps in Snap mode, in em.
const snapWidth = 4.0

// snap widens each gap of a piece to the next multiple of snapWidth and moves
// what follows by the difference. It says where the piece begins and ends now.
func (s *setter) snap(f frame, p piece, before float64) (start, end float64) {
	by := 0.0
	if short := before + blankWidth*f.size - p.u0; short > 0 {
		by = math.Ceil(short/f.size) * f.size
	}
	start, end = p.u0+by, p.u0+by
	for i := 0; i < len(p.items); {
		it := &p.items[i]
		if it.kept() {
			s.move(f, it, it.u+by)
			end = max(end, it.u+by+it.wide)
			s.shifts = append(s.shifts, shift{it.u, it.u + it.wide, it.u + by, it.u + by + it.wide})
			i++
			continue
		}
		to, reach := i, it.u
		for to < len(p.items) && !p.items[to].kept() && p.items[to].cut == it.cut {
			reach = max(reach, p.items[to].u+p.items[to].wide)
			to++
		}
		from := round(it.u + by)
		if to < len(p.items) {
			reach = p.items[to].u
		}
		step := snapWidth * max(it.size, 1)
		gap := max(math.Ceil((reach-it.u)/step-1e-6), 1) * step
		if it.cut >= 0 && s.begins(p.items, i) {
			t := s.written(p.items, i)
			s.write(f, t, from, min(1, gap/max(t.wide, 1e-6)))
			s.shifts = append(s.shifts, shift{it.u, reach, from, from + gap})
		}
		by = from + gap - reach
		end = max(end, from+gap)
		i = to
	}
	return start, end
}
