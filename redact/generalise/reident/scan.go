package reident

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/generalise"
)

// maxSentence bounds what a pattern sees, in runes; a longer sentence is cut.
const maxSentence = 600

// scan finds hints in one span; cut are the hidden runs, in order.
func (f *Finder) scan(text []rune, cut [][2]int) []hit {
	low := plain(text)
	ends := sentences(text)
	var hits []hit
	var excepted [][2]int
	type try struct{ sentence, class, n int }
	tried := map[try]bool{}
	var tries []try
	var quasi []detail
	sentence := 0
	f.trie.all(low, func(w word) {
		for ends[sentence].end <= w.start {
			sentence++
		}
		for _, m := range w.marks {
			switch m.what {
			case literal:
				hits = append(hits, hit{start: w.start, end: w.end, class: m.class})
			case exception:
				excepted = append(excepted, [2]int{w.start, w.end})
			case near:
				if t := (try{sentence, m.class, m.n}); !tried[t] {
					tried[t] = true
					tries = append(tries, t)
				}
			default:
				// A place or post in Latin letters has a capital: turkey, us, cook.
				if m.what == place && low[w.start] < 0x250 && text[w.start] == low[w.start] {
					continue
				}
				quasi = append(quasi, detail{w.start, w.end, m.what})
			}
		}
	})
	for _, t := range tries {
		s := ends[t.sentence]
		str := string(text[s.start:s.end])
		for _, at := range f.classes[t.class].patterns[t.n].FindAllStringIndex(str, -1) {
			start := s.start + utf8.RuneCountInString(str[:at[0]])
			hits = append(hits, hit{start: start, end: start + utf8.RuneCountInString(str[at[0]:at[1]]), class: t.class})
		}
	}
	for _, v := range f.d.Values(text) {
		switch v.Kind {
		case generalise.Date, generalise.Year:
			quasi = append(quasi, detail{v.Start, v.End, date})
		case generalise.Count, generalise.Money:
			if v.Digits >= 2 {
				quasi = append(quasi, detail{v.Start, v.End, figure})
			}
		}
		for i, c := range f.classes {
			if c.Value == v.Kind && v.With(redact.Chinese) != "" && v.Digits >= f.d.Exact[v.Kind].Digits {
				hits = append(hits, hit{start: v.Start, end: v.End, class: i, found: v})
			}
		}
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return inside(h, excepted) })
	hits = append(hits, f.combined(text, ends, quasi, cut)...)
	return f.settle(text, ends, hits, cut, quasi)
}

func inside(h hit, of [][2]int) bool {
	i, found := slices.BinarySearchFunc(of, h.start, func(e [2]int, at int) int { return cmp.Compare(e[0], at) })
	if !found {
		i--
	}
	// An exception is at most some words long: a few before are enough.
	for ; i >= 0 && i < len(of) && of[i][0] > h.start-200; i-- {
		if of[i][0] == h.start || of[i][0] <= h.start && h.end <= of[i][1] {
			return true
		}
	}
	// What an exception begins is none either: 全国首家庭.
	for j := max(i, 0); j < len(of) && of[j][0] < h.end; j++ {
		if of[j][0] >= h.start && of[j][1] >= h.end && of[j][0] < h.end {
			return true
		}
	}
	return false
}

// settle drops what is hidden, keeps of overlapping hits of the same place the
// heaviest, and says what could stand instead.
func (f *Finder) settle(text []rune, ends []sentence, hits []hit, cut [][2]int, quasi []detail) []hit {
	for i := range hits {
		h := &hits[i]
		if h.class >= 0 {
			h.weight = f.classes[h.class].Weight
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.end-b.start, a.end-a.start), cmp.Compare(a.start, b.start))
	})
	var kept []hit
	taken := newRuns()
	for _, h := range hits {
		if h.class >= 0 && (overlaps(cut, h.start, h.end) || taken.overlaps(h.start, h.end)) {
			continue
		}
		if h.class >= 0 {
			taken.add(h.start, h.end)
			s := ends[at(ends, h.start)]
			lang := redact.LangOf(string(text[s.start:s.end]))
			c := f.classes[h.class]
			h.instead = c.Instead.In(lang)
			switch c.Value + c.Within {
			case "":
			case "year", "place":
				if s := f.within(text, h, c.Within, lang, quasi); s != "" {
					h.instead, h.exact = s, true
				}
			default:
				h.instead, h.exact = h.found.With(lang), true
			}
		}
		kept = append(kept, h)
	}
	slices.SortFunc(kept, func(a, b hit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	return kept
}

// within is a hit with its year or place told less exactly; "" where it has none.
func (f *Finder) within(text []rune, h hit, what string, lang redact.Lang, quasi []detail) string {
	run := text[h.start:h.end]
	if what == "place" {
		best := detail{}
		for _, q := range quasi {
			if q.what == place && q.start >= h.start && q.end <= h.end && q.end-q.start > best.end-best.start {
				best = q
			}
		}
		to, ok := f.d.Place(string(text[best.start:best.end]), lang)
		if !ok {
			return ""
		}
		return string(text[h.start:best.start]) + to + string(text[best.end:h.end])
	}
	for _, v := range f.d.Values(run) {
		if v.Kind == generalise.Year || v.Kind == generalise.Date {
			return string(run[:v.Start]) + v.With(lang) + string(run[v.End:])
		}
	}
	s := string(run)
	if at := bareYear.FindStringIndex(s); at != nil && lang == redact.English {
		return s[:at[0]] + "the " + s[at[0]:at[1]-1] + "0s" + s[at[1]:]
	}
	return ""
}

var bareYear = regexp.MustCompile(`\b(?:1[5-9]|20)\d\d\b`)

// overlaps reports whether one of the runs, in order, meets start to end.
func overlaps(runs [][2]int, start, end int) bool {
	i, _ := slices.BinarySearchFunc(runs, start, func(r [2]int, at int) int { return cmp.Compare(r[0], at) })
	for j := max(0, i-1); j < len(runs) && runs[j][0] < end; j++ {
		if runs[j][1] > start {
			return true
		}
	}
	return false
}

// runs are disjoint runs of runes, kept by each rune's block.
type runs struct{ by map[int][][2]int }

func newRuns() runs { return runs{map[int][][2]int{}} }

const block = 256

func (r runs) add(start, end int) {
	for b := start / block; b <= (end-1)/block; b++ {
		r.by[b] = append(r.by[b], [2]int{start, end})
	}
}

func (r runs) overlaps(start, end int) bool {
	for b := start / block; b <= (end-1)/block; b++ {
		for _, x := range r.by[b] {
			if x[0] < end && start < x[1] {
				return true
			}
		}
	}
	return false
}

// A sentence is a run of runes with the paragraph it is in.
type sentence struct{ start, end, paragraph int }

func at(ends []sentence, rune int) int {
	i, ok := slices.BinarySearchFunc(ends, rune, func(s sentence, at int) int { return cmp.Compare(s.start, at) })
	if !ok {
		i--
	}
	return i
}

// sentences splits a text; a line break within a paragraph ends none.
func sentences(text []rune) []sentence {
	var out []sentence
	start, paragraph := 0, 0
	end := func(i int) {
		if i > start {
			out = append(out, sentence{start, i, paragraph})
			start = i
		}
	}
	open := false // a quotation is not split
	for i, r := range text {
		switch r {
		case '“', '「':
			open = true
			continue
		case '”', '」':
			open = false
			continue
		case '\n':
			open = open && i > 0 && text[i-1] != '\n'
		}
		switch {
		case open && i-start < maxSentence:
		case r == '。' || r == '！' || r == '？' || r == '；' || r == '!' || r == '?', i-start >= maxSentence:
			end(i + 1)
		case r == '.' && i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\n') && i > 1 && text[i-2] != ' ' && text[i-2] != '.':
			if i+2 < len(text) && text[i+2] >= 'a' && text[i+2] <= 'z' || i > 1 && strings.HasSuffix(string(text[max(0, i-2):i]), "No") {
				continue
			}
			end(i + 1)
		case r == '\n' && i > 0 && (text[i-1] == '\n' || i+1 < len(text) && strings.ContainsRune("#-*>|", text[i+1])):
			end(i + 1)
			paragraph++
		case r == '\r' || r == '\f':
			end(i + 1)
		}
	}
	end(len(text))
	return out
}
