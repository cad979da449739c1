package forms

import (
	"strings"
)

// wadeInitials and wadeFinals turn pinyin into Wade-Giles as names in Taiwan
// have it, without apostrophes and marks.
var (
	wadeInitials = [][2]string{{"zh", "ch"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "p"}, {"p", "p"}, {"d", "t"}, {"t", "t"}, {"g", "k"}, {"k", "k"}, {"j", "ch"}, {"q", "ch"}, {"x", "hs"},
		{"r", "j"}, {"z", "ts"}, {"c", "ts"}}
	wadeFinals = map[string]string{"ian": "ien", "ie": "ieh", "ve": "ueh", "ong": "ung", "e": "e"}
	// wadeWhole are syllables that follow neither table.
	wadeWhole = map[string]string{"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "szu", "yan": "yen", "ye": "yeh", "you": "yu", "yong": "yung",
		"yi": "yi", "er": "erh", "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "gui": "kuei", "kui": "kuei", "hui": "hui", "jue": "chueh", "que": "chueh", "xue": "hsueh", "yue": "yueh",
		"jiong": "chiung", "qiong": "chiung", "xiong": "hsiung", "duo": "to", "tuo": "to", "nuo": "no", "luo": "lo", "zuo": "tso", "cuo": "tso", "suo": "so", "zhuo": "cho", "chuo": "cho",
		"ruo": "jo"}
)

// wade is a syllable of pinyin in Wade-Giles.
func wade(s string) string {
	if w, ok := wadeWhole[s]; ok {
		return w
	}
	initial, final := "", s
	for _, p := range wadeInitials {
		if rest, ok := strings.CutPrefix(s, p[0]); ok {
			initial, final = p[1], rest
			break
		}
	}
	if initial == "" && len(s) > 1 && !strings.ContainsAny(s[:1], "aeiouv") {
		initial, final = s[:1], s[1:]
	}
	if f, ok := wadeFinals[final]; ok {
		final = f
	}
	return strings.ReplaceAll(initial+final, "v", "u")
}

// wadeGiles adds a name as it is written in Taiwan: Chang Chih-chiang.
func (b *builder) wadeGiles(family []rune, surname, given []string) {
	if !b.wants("zh-wade-giles") || len(given) == 0 {
		return
	}
	var g []string
	for _, s := range given {
		g = append(g, wade(s))
	}
	var f []string
	for _, s := range surname {
		f = append(f, wade(s))
	}
	families := append([]string{strings.Join(surname, ""), strings.Join(f, "")}, regional(family)...)
	names := append(written(g), capital(strings.Join(g, "-"))) // Chih-chiang and Chih-Chiang fold to one
	for _, f := range unique(families...) {
		f = capital(f)
		for _, n := range unique(names...) {
			b.spaced("zh-wade-giles", 0, f+" "+n, n+" "+f, f+", "+n)
		}
	}
}
