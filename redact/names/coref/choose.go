package coref

import (
	"cmp"
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/names/lexicon"
)

const (
	least  = 0.5  // what fits less stays apart
	margin = 0.15 // two that are nearer to each other than this are asked about
	most   = 8    // candidates that are looked at, nearest first, and named in a question
)

// pick is the best option that is clearly ahead; asks are those that are as good
// as each other.
func pick(fits []option) (best option, asks []option, ok bool) {
	slices.SortStableFunc(fits, func(a, b option) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id.n, b.id.n))
	})
	var one []option
	for _, f := range fits {
		if !slices.ContainsFunc(one, func(o option) bool { return o.id == f.id }) {
			one = append(one, f)
		}
	}
	if len(one) == 0 {
		return option{}, nil, false
	}
	if len(one) > 1 && one[1].score > one[0].score-margin && one[0].score >= least-margin/2 {
		k := slices.IndexFunc(one, func(o option) bool { return o.score <= one[0].score-margin })
		if k < 0 {
			k = len(one)
		}
		return option{}, one[:min(k, most)], false
	}
	return one[0], nil, one[0].score >= least
}

// choose joins an identity to the best of what it fits, or asks.
func (r *resolver) choose(id *identity, fits []option, sure bool) {
	best, asks, ok := pick(fits)
	switch {
	case asks != nil:
		id.asked, id.askedWhy = asks, asks[0].why
		for _, mi := range id.mentions[1:] {
			r.mentions[mi].sure = false // one may be the one's, the next the other's
		}
	case ok:
		r.join(best.id, id, best.score, sure && shareDoc(best.id, id), best.why)
	}
}

// readAliases notes the other names that the text itself gives.
func (r *resolver) readAliases(kind redact.Kind) {
	for _, row := range r.rows {
		for k, mi := range row {
			m := &r.mentions[mi]
			if m.kind != kind {
				continue
			}
			r.inBrackets(row, k)
			if m.id < 0 {
				continue
			}
			id := r.find(m.id)
			if m.name.nick != "" {
				r.addAlias(id, m.name.nick)
			}
			after := m.sheet.after(m)
			for _, a := range table.Aliases {
				if !slices.Contains(a.Kinds, string(kind)) {
					continue
				}
				if t := a.Pattern.FindStringSubmatch(after); t != nil {
					if alias := strings.Trim(t[1], " .,\"'“”"); alias != "" && !lexicon.IsTitle(alias) && !lexicon.IsJob(alias) && alias != m.key {
						r.addAlias(id, alias)
					}
				}
			}
		}
	}
}

// addAlias notes one alias, and for a Latin given name with it the family name
// in pinyin: tony wang.
func (r *resolver) addAlias(id *identity, alias string) {
	if id.kind == redact.Person {
		alias = parse(alias).core
	}
	if id.aliases[alias] || alias == "" {
		return
	}
	id.aliases[alias] = true
	r.alias[alias] = append(r.alias[alias], id)
	if han, latin, space := lexicon.Count(alias); id.kind == redact.Person && han == 0 && latin > 1 && !space {
		for _, f := range id.name.families() {
			if f[0] < 0x80 {
				r.addAlias(id, alias+" "+f)
			}
		}
	}
}

// inBrackets joins a name in the other script that stands in brackets behind a
// name, or behind a stroke: 王小明(Tony Wang), Xiaoming Wang (王小明),
// 云岚精工(Yunlan Precision).
func (r *resolver) inBrackets(row []int, k int) {
	m := &r.mentions[row[k]]
	if k+1 >= len(row) {
		return
	}
	o := &r.mentions[row[k+1]]
	if o.kind != m.kind || o.start < m.end || o.start-m.end > 3 || redact.LangOf(m.text) == redact.LangOf(o.text) {
		return
	}
	between := strings.TrimSpace(m.sheet.fold(m.end, o.start))
	if between != "(" && between != "/" || between == "(" && !strings.HasPrefix(m.sheet.after(o), ")") {
		return
	}
	if m.kind == redact.Organisation {
		r.addAlias(r.find(m.id), o.key)
		return
	}
	zh, la := m, o
	if o.name.shape == full {
		zh, la = o, m
	}
	if zh.name.shape != full || zh.id < 0 || la.name.shape == latinFull && !sharesFamily(zh.name, la.name) {
		return // 陈晓(Lily Zhang) may be anyone's
	}
	if la.name.shape == latinFull || la.name.shape == latinOne {
		r.addAlias(r.find(zh.id), la.name.core)
	}
}

func sharesFamily(zh, la name) bool {
	for _, f := range zh.families() {
		if slices.Contains(la.words, f) {
			return true
		}
	}
	return false
}

// related reports whether two companies may be the same or of one house: one is
// asked about the other, or the brand is the same.
func (r *resolver) related(a, b *identity) bool {
	a, b = r.root(a), r.root(b)
	if a == b {
		return true
	}
	for _, o := range a.asked {
		if r.root(o.id) == b {
			return true
		}
	}
	for _, o := range b.asked {
		if r.root(o.id) == a {
			return true
		}
	}
	return a.company.brand == b.company.brand
}
