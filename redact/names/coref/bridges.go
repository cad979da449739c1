package coref

import (
	"slices"
	"strings"

	"consentry/redact"
)

// people are the persons known by a full name, in the order of their mentions.
func (r *resolver) people() []*identity {
	var out []*identity
	for _, id := range r.ids {
		if id.kind == redact.Person && id.to == id.n && (id.name.shape == full || id.name.shape == latinFull) {
			out = append(out, id)
		}
	}
	return out
}

// bridges join full names that are one name in another writing: pinyin in either
// order, with and without a middle name, nickname for name, former names.
func (r *resolver) bridges() {
	people := r.people()
	roman := map[[2]string][]*identity{} // family and given in pinyin
	ends := map[[2]string][]*identity{}  // first and last word of Latin names
	givens := map[string][]*identity{}   // Han given names of two runes
	for _, id := range people {
		switch n := id.name; n.shape {
		case full:
			for _, p := range n.romans() {
				roman[p] = append(roman[p], id)
			}
			if len([]rune(n.given)) == 2 {
				givens[n.given] = append(givens[n.given], id)
			}
		case latinFull:
			k := n.endKey()
			ends[k] = append(ends[k], id)
			for _, w := range n.words {
				if w[0] >= 0x80 {
					givens[w] = append(givens[w], id) // 居里 of 玛丽·居里, where 居 is a surname too
				}
			}
		}
	}
	for _, id := range people {
		var fits []option
		sure := false
		add := func(to *identity, score float64, why Reason) {
			if to = r.root(to); to != r.root(id) && len(fits) < 4*most && !r.clash(to, id) {
				if !shareDoc(to, id) {
					score -= 0.05
				}
				fits = append(fits, option{to, score, why})
			}
		}
		for _, to := range r.alias[id.name.core] {
			add(to, 0.95, WhyAlias)
		}
		if sure = len(fits) > 0; !sure {
			switch id.name.shape {
			case latinFull:
				r.latinFits(id, roman, ends, add)
			case full:
				for _, to := range givens[id.name.core] { // 文博 of 韩文博, where 文 is a surname too
					if shareDoc(to, id) && len(id.orgs)+len(id.phones)+len(id.mails) == 0 {
						add(to, 0.6, WhyGiven)
					}
				}
			}
		}
		r.choose(id, fits, sure && len(fits) == 1 && !id.split)
	}
}

// endKey is the first and the last word of a Latin name.
func (n name) endKey() [2]string { return [2]string{n.words[0], n.words[len(n.words)-1]} }

// latinFits lists what else a Latin full name may be.
func (r *resolver) latinFits(id *identity, roman, ends map[[2]string][]*identity, add func(*identity, float64, Reason)) {
	n := id.name
	for _, e := range n.ends() {
		for _, to := range roman[e] {
			add(to, 0.85, WhyPinyin)
		}
	}
	k := n.endKey()
	for _, to := range ends[k] {
		if to.name.core == n.core || to.n >= id.n && len(to.name.words) <= len(n.words) {
			continue // the shorter joins the longer, the later the earlier
		}
		if score := middle(n, to.name); score > 0 {
			add(to, score, WhyLonger)
		}
	}
	for _, to := range ends[[2]string{k[1], k[0]}] {
		if to.n < id.n && families()[k[0]] != families()[k[1]] && len(n.words) == 2 && len(to.name.words) == 2 {
			add(to, 0.8, WhyOrder)
		}
	}
	for _, first := range append(slices.Clone(table.full[k[0]]), table.Nicknames[k[0]]...) {
		for _, to := range ends[[2]string{first, k[1]}] {
			if n.suffix == to.name.suffix && len(to.name.words) == 2 && len(n.words) == 2 {
				if to.n < id.n || len(first) > len(k[0]) {
					add(to, 0.65, WhyLonger)
				}
			}
		}
	}
}

// middle holds two Latin names with equal ends against each other; 0 where they
// are two people's.
func middle(a, b name) float64 {
	if a.suffix != b.suffix {
		if a.suffix != "" && b.suffix != "" {
			return 0
		}
		return 0.55
	}
	ma, mb := a.words[1:len(a.words)-1], b.words[1:len(b.words)-1]
	if len(ma) == 0 || len(mb) == 0 {
		return 0.75
	}
	if x, y := strings.Join(ma, ""), strings.Join(mb, ""); x == y || (len(x) == 1 || len(y) == 1) && x[0] == y[0] {
		return 0.8
	}
	return 0
}

// clash reports whether two persons can't be one: sex, role, company.
func (r *resolver) clash(a, b *identity) bool {
	if a.kind != b.kind && a.kind != redact.Other && b.kind != redact.Other {
		return true
	}
	if a.sex != 0 && b.sex != 0 && a.sex != b.sex {
		return true
	}
	for x := range a.roles {
		for y := range b.roles {
			if table.exclude(x, y) {
				return true
			}
		}
	}
	return r.orgsClash(a.orgs, b.orgs)
}

// orgsClash reports whether both have companies and none in common.
func (r *resolver) orgsClash(a, b []*identity) bool {
	for _, x := range a[:min(len(a), most)] {
		for _, y := range b[:min(len(b), most)] {
			if r.related(x, y) {
				return false
			}
		}
	}
	return len(a) > 0 && len(b) > 0
}
