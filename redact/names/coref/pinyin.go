package coref

import (
	"slices"
	"strings"

	"consentry/redact/names/forms"
	"consentry/redact/names/lexicon"
)

// romans are the family and given name in pinyin, in each spelling.
func (n name) romans() [][2]string {
	if n.shape != full {
		return nil
	}
	var out [][2]string
	for _, v := range forms.Variants(n.family + n.given) {
		f, g, ok := strings.Cut(plainLatin(strings.ToLower(v)), " ")
		if !ok {
			continue
		}
		// Variants come in both orders; that with the family name first is kept.
		if p := pair(f, g); families()[f] && !slices.Contains(out, p) && (!families()[g] || readsAs(n.family, f)) {
			out = append(out, p)
		}
	}
	return out
}

func pair(f, g string) [2]string { return [2]string{f, strings.ReplaceAll(g, "-", "")} }

// readsAs reports whether the family name is spelled f when it stands before a
// given name that nobody has for a family name.
func readsAs(family, f string) bool {
	for _, v := range forms.Variants(family + "明") {
		if a, g, ok := strings.Cut(strings.ToLower(v), " "); ok && g == "ming" && a == f {
			return true
		}
	}
	return false
}

// families are the family name as it is written in Han runes and in pinyin; of
// a Latin name the words that may be it.
func (n name) families() []string {
	switch n.shape {
	case full:
		out := []string{n.family}
		for _, p := range n.romans() {
			if !slices.Contains(out, p[0]) {
				out = append(out, p[0])
			}
		}
		return out
	case latinFull:
		last := n.words[len(n.words)-1]
		if first := n.words[0]; families()[first] {
			return []string{last, first}
		}
		return []string{last}
	}
	return nil
}

// givens are the given names that may stand alone.
func (n name) givens() []string {
	switch n.shape {
	case full:
		var out []string
		if len([]rune(n.given)) == 2 {
			out = append(out, n.given)
		} else {
			for _, p := range []string{"小", "阿", "大"} {
				out = append(out, p+n.given)
			}
			out = append(out, n.given+n.given)
		}
		for _, p := range n.romans() {
			if len(p[1]) > 3 && !slices.Contains(out, p[1]) {
				out = append(out, p[1])
			}
		}
		return out
	case latinFull:
		first, last := n.words[0], n.words[len(n.words)-1]
		out := []string{first}
		if families()[first] && !lexicon.Common[last] {
			rest := strings.Join(n.words[1:], "")
			out = append(out, rest)
		} else if len(n.words) > 2 && families()[last] {
			out = append(out, strings.Join(n.words[:len(n.words)-1], ""))
		}
		out = append(out, table.full[first]...)
		return append(out, table.Nicknames[first]...)
	}
	return nil
}

// ends are the pairs of family and given name that a Latin name may mean.
func (n name) ends() [][2]string {
	k := len(n.words)
	if n.shape != latinFull || k < 2 {
		return nil
	}
	first := [2]string{n.words[0], strings.Join(n.words[1:], "")}
	last := [2]string{n.words[k-1], strings.Join(n.words[:k-1], "")}
	if first == last {
		return [][2]string{first}
	}
	return [][2]string{first, last}
}

// A spelling is a form in which addresses and accounts write a name.
type spelling struct {
	text  string
	score float64
}

// spellings are the local parts that a name makes.
func (n name) spellings() []spelling {
	var out []spelling
	add := func(s string, score float64) {
		if len(s) < 2 || slices.ContainsFunc(out, func(o spelling) bool { return o.text == s }) {
			return
		}
		out = append(out, spelling{s, score})
	}
	switch n.shape {
	case full:
		initials := ""
		for _, r := range n.given {
			if p := pinyinOf(string(r)); p != "" {
				initials += p[:1]
			}
		}
		for _, p := range n.romans() {
			f, g := p[0], p[1]
			add(f+g, 0.85)
			add(g+f, 0.85)
			add(f+initials, 0.65)
			add(initials+f, 0.65)
			add(g[:1]+f, 0.6)
			add(f+g[:1], 0.6)
			add(g, 0.55)
			add(f[:1]+g, 0.6)
			if len(initials) == 2 {
				add(f[:1]+initials, 0.55)
				add(initials+f[:1], 0.5)
			}
		}
	case latinFull:
		first, last := n.words[0], n.words[len(n.words)-1]
		if first[0] >= 0x80 {
			return nil
		}
		all := strings.Join(n.words, "")
		add(all, 0.85)
		for _, e := range n.ends() {
			add(e[0]+e[1], 0.85)
			add(e[1]+e[0], 0.85)
		}
		add(first+last, 0.85)
		add(last+first, 0.85)
		add(first[:1]+last, 0.65)
		add(last+first[:1], 0.65)
		add(first+last[:1], 0.6)
		add(first, 0.55)
		if len(last) > 2 {
			add(last, 0.5)
		}
	}
	return out
}
