package names

import (
	"slices"
	"strings"

	"consentry/redact"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// A doubt is a kind of run of runes that the model decided against, with the
// probability of a name from which on such runs are findings of the review tier.
// The thresholds were set on the training parts of corpora of news, résumés and
// microblogs so that of what they let through some fifth at least was a name; below
// them hardly any was.
type doubt struct {
	kind    redact.Kind
	beside  bool       // a name stands beside it; beside longer runs, one of the kind
	surname bool       // it begins with a surname (people only)
	least   [4]float32 // by the run's length: 1, 2, 3, more
}

var doubtTable = []doubt{
	{redact.Person, false, true, [4]float32{0.5, 0.1, 0.08, 0.1}},
	{redact.Person, false, false, [4]float32{0.5, 0.12, 0.1, 0.06}},
	{redact.Person, true, true, [4]float32{0.1, 0.25, 0.25, 0.25}},
	{redact.Person, true, false, [4]float32{0.1, 0.4, 0.25, 0.25}},
	{redact.Organisation, false, false, [4]float32{0.5, 0.3, 0.2, 0.2}},
	{redact.Organisation, true, false, [4]float32{0.2, 0.3, 0.25, 0.25}},
}

// leastDoubt is the lowest threshold: runs are made of runes from there on.
const leastDoubt = 0.03

// hanParticles are rarely of a name beside them: their odds count half.
const hanParticles = "的了着是在于同与和及或对从向将被把给让为以等所则而且也都又就还很最更不没有驻命至到据由之其此该各某两几每"

// doubts are the runs of runes outside the words that the model takes for names
// that it doubts to be of no person and no organisation.
func doubts(text []rune, t lac.Tagging) []candidate {
	decided := make([]int, len(text)) // 1 + the group
	for _, w := range t.Words {
		if g := lac.Group(w.Tag); g != lac.Groups {
			for i := w.Start; i < w.End; i++ {
				decided[i] = 1 + g
			}
		}
	}
	r := rules{text: text}
	var out []candidate
	for i := 0; i < len(text); {
		j, person, org := i, float32(0), float32(0)
		for j < len(text) && decided[j] == 0 && t.Names[j][lac.Person]+t.Names[j][lac.Organisation] > leastDoubt {
			person, org = max(person, t.Names[j][lac.Person]), max(org, t.Names[j][lac.Organisation])
			j++
		}
		if j == i {
			i++
			continue
		}
		c := candidate{i, j, redact.Person, redact.Review, float64(min(1, person)), whyDoubt}
		beside := []int{1 + lac.Person}
		if org > person {
			c.kind, c.score, beside = redact.Organisation, float64(min(1, org)), []int{1 + lac.Organisation, 1 + lac.Location}
		}
		if j-i == 1 {
			beside = []int{1 + lac.Person, 1 + lac.Organisation, 1 + lac.Location}
		}
		near := i > 0 && slices.Contains(beside, decided[i-1]) || j < len(text) && slices.Contains(beside, decided[j])
		odds := person + org
		if j-i == 1 && strings.ContainsRune(hanParticles, text[i]) || lexicon.Ordinary[string(text[i:j])] {
			odds /= 2
		}
		if c.kind == redact.Person && j-i > 1 && r.cue(i, j) {
			odds *= 2.5
		}
		for _, d := range doubtTable {
			if d.kind == c.kind && d.beside == near && (d.kind == redact.Organisation || d.surname == (r.surname(i) > 0)) && odds >= d.least[min(j-i, 4)-1] {
				out = append(out, c)
			}
		}
		i = j
	}
	return out
}

// cue reports whether a role stands before a place, or a title or a verb of speech
// behind it.
func (r *rules) cue(start, end int) bool {
	if r.roleBefore(start) || r.title(end) > 1 {
		return true
	}
	for _, v := range speechVerbs {
		if r.at(end, v) {
			return true
		}
	}
	return false
}
