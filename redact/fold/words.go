package fold

import "unicode"

// words has a bit for each rune of a script whose words are told apart by what
// stands between them.
var words = func() (bits [0x2e80 / 64]uint64) {
	for r := rune(0); r < 0x2e80; r++ {
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
			bits[r/64] |= 1 << (r % 64)
		}
	}
	return bits
}()

// Bounded reports whether words of r's script are told apart by what stands
// between them.
func Bounded(r rune) bool { return uint32(r) < 0x2e80 && words[r/64]>>(r%64)&1 != 0 }

// lookalikes are Cyrillic and Greek letters that a reader takes for Latin ones.
// Capitals stand beside the small letters where they look like another letter.
var lookalikes = func() map[rune]rune {
	m := map[rune]rune{}
	for _, p := range []struct{ from, to string }{
		{"авеіјкмнорѕстухһԁԛԝ", "abeijkmhopsctyxhdqw"}, // Cyrillic
		{"ВНУ", "bhy"},
		{"αβεικνορτυχϲ", "abeikvoptuxc"}, // Greek
		{"ΖΗΜΝΥ", "zhmny"},
	} {
		to := []rune(p.to)
		for i, r := range []rune(p.from) {
			m[r] = to[i]
		}
	}
	return m
}()

// disguised writes Latin letters where Cyrillic or Greek ones stand in a word
// with Latin letters, if each looks like one. Words in one alphabet stay: they
// may be Russian.
func (f *folder) disguised() {
	for i := 0; i < f.n; {
		j, latin, other, foreign := i, false, false, false
		for j < f.n && Bounded(f.runes[j]) {
			switch r := f.runes[j]; {
			case r >= 'a' && r <= 'z':
				latin = true
			case r < 0x80:
			case f.latin(j) != 0:
				foreign = true
			default:
				other = true
			}
			j++
		}
		if latin && foreign && !other {
			for k := i; k < j; k++ {
				if r := f.latin(k); r != 0 {
					f.runes[k] = r
				}
			}
		}
		i = max(j, i+1)
	}
}

// latin is the Latin letter that the i-th rune looks like, or 0.
func (f *folder) latin(i int) rune {
	if f.runes[i] < 0x370 || f.runes[i] >= 0x530 {
		return 0
	}
	if r, ok := lookalikes[f.text[f.start[i]]]; ok { // as it was written
		return r
	}
	return lookalikes[f.runes[i]]
}
