package glyph

// Plainer reports whether a is to be preferred to b where one glyph stands for
// both: not a space of a certain width, a radical, or a compatibility character;
// then the lower.
func Plainer(a, b rune) bool {
	if ca, cb := compatible(a), compatible(b); ca != cb {
		return ca < cb
	}
	return a < b
}

func compatible(r rune) int {
	switch {
	case r >= 0xe000 && r <= 0xf8ff, r >= 0xf0000:
		return 3
	case r >= 0x2e80 && r <= 0x2fdf, r >= 0xf900 && r <= 0xfaff, r >= 0x2f800 && r <= 0x2fa1f, r >= 0xfe30 && r <= 0xfe4f:
		return 2
	case r == 0xa0, r == 0xad, r >= 0x2000 && r <= 0x200f, r >= 0xff00 && r <= 0xffef, r == 0x2126, r == 0x212b, r == 0x2215, r == 0x2219:
		return 1
	}
	return 0
}
