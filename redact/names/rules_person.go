package names

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/lac"
	"consentry/redact/names/lexicon"
)

// kin joins a surname to the given name that LAC cut it from: 纪 to 晓岚, 鲜 to
// 于通, and a surname found alone at a clause's end to the one or two runes
// behind it.
func (r *rules) kin(words []lac.Word, i int) {
	w := words[i]
	if w.Tag != "PER" {
		return
	}
	if w.Start > 0 && lexicon.DoubleSurnames[string(r.text[w.Start-1:w.Start+1])] {
		r.add(w.Start-1, w.End, redact.Person, redact.Sure, whyModel)
	} else if i > 0 {
		p := words[i-1]
		if p.End-p.Start == 1 && lexicon.Surnames[r.text[p.Start]] && !strings.Contains(" p c u d r w v q m TIME t ", " "+p.Tag+" ") && r.surname(w.Start) == 0 {
			r.add(p.Start, w.End, redact.Person, redact.Sure, whyModel)
		} else if p.End-p.Start == 1 && lexicon.Surnames[r.text[p.Start]] && w.End-w.Start == 2 && r.surname(w.Start) == 0 && !strings.ContainsRune("和与及向于对被由从在跟同把给让", r.text[p.Start]) {
			r.add(p.Start, w.End, redact.Person, redact.Review, whyModel) // 连 is more often another word
		} else if n := r.surname(p.Start); n == 1 && p.End-p.Start == 1 && w.End-w.Start == 2 && (r.likely(p.Start, p.End, lac.Person) || p.Start == 0 || i > 1 && words[i-2].Tag == "w") {
			// 向凤兰, 和万春, 成银生: the surname is another word too, or the given name
			// begins with a surname's rune.
			r.add(p.Start, w.End, redact.Person, redact.Review, whySurname)
		} else if p.End-p.Start > 1 && lexicon.Surnames[r.text[p.End-1]] && lexicon.IsTitle(string(r.text[p.Start:p.End-1])) {
			r.add(p.End-1, w.End, redact.Person, redact.Sure, whyModel) // 创始人纪 晓岚
		}
	}
	if n := len([]rune(regnal.FindString(string(r.text[w.End:min(len(r.text), w.End+4)])))); n > 0 {
		r.add(w.Start, w.End+n, redact.Person, redact.Sure, whyModel) // 伊丽莎白二世
	}
	if next, ok := r.starts[w.End]; ok && w.End-w.Start == 2 && r.surname(w.Start) == 1 && next.End == w.End+1 && r.han(w.End, w.End+1) &&
		(r.odds[w.End][lac.Person] >= trace/3 || r.closes(w.End+1) && !strings.ContainsRune(hanParticles+tailWords, r.text[w.End])) {
		r.add(w.Start, w.End+1, redact.Person, redact.Review, whyModel) // 茅以 升
	}
	r.behindDouble(w)
	if r.surname(w.Start) != w.End-w.Start {
		return
	}
	if next, ok := r.starts[w.End]; ok && next.End-w.End <= 2 && strings.Contains(" n a an b nz nr vn ad vd f ", " "+next.Tag+" ") && r.title(w.End) == 0 && r.han(w.End, next.End) {
		r.add(w.Start, next.End, redact.Person, redact.Review, whyModel) // 王 天然
	}
	end := w.End
	for end < len(r.text) && end < w.End+3 && unicode.Is(unicode.Han, r.text[end]) && !r.closes(end) {
		end++
	}
	if n := end - w.End; n == 1 || n == 2 {
		r.add(w.Start, end, redact.Person, redact.Review, whyModel)
	}
}

// behindDouble takes what stands behind a surname of two runes that LAC found alone for
// the given name: 贺兰 听雨写了. Where it may be one rune or two it is two: half a
// name that stays is worse than a word that goes.
func (r *rules) behindDouble(w lac.Word) {
	s := string(r.text[w.Start:w.End])
	if !lexicon.DoubleSurnames[s] && !lexicon.RareDoubleSurnames[s] || r.title(w.End) > 0 || r.closes(w.End) || strings.ContainsRune(hanParticles+tailWords, r.text[w.End]) {
		return
	}
	end := w.End + 1
	if !r.closes(end) && !strings.ContainsRune(hanParticles+tailWords, r.text[end]) {
		end++
	}
	r.add(w.Start, end, redact.Person, redact.Sure, whyModel)
}

var regnal = regexp.MustCompile(`^(?:大帝)?[一二三四五六七八九十\d]{1,2}世`)

// japanese finds a Japanese family name with the given name behind it, of which the
// model saw a trace: 穗积一成.
func (r *rules) japanese(w lac.Word) {
	if w.Start+2 >= len(r.text) || !lexicon.JapaneseNames[string(r.text[w.Start:w.Start+2])] {
		return
	}
	end := w.Start + 2
	for end < len(r.text) && end-w.Start < 5 {
		next, ok := r.starts[end]
		if w.Start < end && w.End > end {
			next, ok = lac.Word{Start: end, End: w.End, Tag: w.Tag}, true
		}
		if !ok || next.End-w.Start > 5 || strings.Contains(" w p c u d r m q TIME LOC ORG ns v ", " "+next.Tag+" ") && !(next.Tag == "m" && next.End-next.Start <= 2) || r.title(end) > 0 {
			break
		}
		end = next.End
	}
	if end > w.Start+2 && r.han(w.Start, end) && (r.likely(w.Start, end, lac.Person) || w.Tag == "PER") {
		r.add(w.Start, end, redact.Person, redact.Review, whyModel)
	}
}

// tailWords follow a name at a clause's end and are no part of it.
const tailWords = "说道问答称来去好坏走死时等人家们吗呢啊吧过前后里中上下内外先地得作起应建任"

// closes reports whether a name may end before i: a sign, a title or a verb of speech
// stands there.
func (r *rules) closes(i int) bool {
	if i >= len(r.text) || !fold.IsHan(r.text[i]) || r.title(i) > 1 {
		return true
	}
	for _, v := range speechVerbs {
		if r.at(i, v) {
			return true
		}
	}
	return false
}
