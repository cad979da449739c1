package forms

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"consentry/redact/names/lexicon"
)

//go:embed readings.yaml
var readingsYAML []byte

// readings are the ways in which runes are read in names, by rune; in surnames
// and regional a reading of two syllables is parted by a space.
var readings = func() (r struct{ Surnames, Given, Places, Regional map[string][]string }) {
	if err := yaml.Unmarshal(readingsYAML, &r); err != nil {
		panic(fmt.Sprintf("readings.yaml: %v", err)) // it is embedded: a mistake of ours
	}
	return r
}()

// heteronyms are all of a rune's readings in the dictionary without tones, ü as
// v, the usual one first.
func heteronyms(r rune) []string {
	if v, ok := heteronymsOf.Load(r); ok {
		return v.([]string)
	}
	var out []string
	for s := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
		if s = toneless(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	heteronymsOf.Store(r, out)
	return out
}

var heteronymsOf sync.Map

// toneless is a syllable without its tone, ü as v.
func toneless(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '\u0308': // ǘ is u with two marks
			u := strings.TrimSuffix(b.String(), "u")
			b.Reset()
			b.WriteString(u + "v")
		case r >= 'a' && r <= 'z':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// toned is a rune's reading with its tone, the one that is reading without.
func toned(r rune, reading string) string {
	for s := range strings.SplitSeq(pinyin.PinyinDict[int(r)], ",") {
		if toneless(s) == reading {
			return s
		}
	}
	return reading
}

// read lists readings of a given name, each of as many syllables as it has
// runes, the usual one first, at most limit. It is empty where a rune has none.
func read(given []rune, limit int, of func(rune) []string) [][]string {
	out := [][]string{nil}
	for _, r := range given {
		var next [][]string
		for _, s := range of(r) {
			for _, o := range out {
				next = append(next, append(slices.Clone(o), s))
			}
		}
		out = next[:min(len(next), limit)]
	}
	return out
}

// usual are the readings of a rune that people are called by.
func usual(r rune) []string {
	if rs, ok := readings.Given[string(r)]; ok {
		return rs
	}
	rs := heteronyms(r)
	return rs[:min(1, len(rs))]
}

// readSurname lists the readings of a surname, each of its syllables.
func readSurname(family []rune) [][]string {
	if rs, ok := readings.Surnames[string(family)]; ok {
		var out [][]string
		for _, r := range rs {
			out = append(out, strings.Fields(r))
		}
		return out
	}
	var one []string
	for _, r := range family {
		rs, ok := readings.Surnames[string(r)]
		if !ok || len(family) > 1 {
			rs = heteronyms(r)
		}
		if len(rs) == 0 {
			return nil
		}
		one = append(one, rs[0])
	}
	return [][]string{one}
}

// umlauts writes ü, here v, in the ways of passports and keyboards.
func umlauts(s string) []string {
	if !strings.Contains(s, "v") {
		return []string{s}
	}
	return []string{s, strings.ReplaceAll(s, "v", "u"), strings.ReplaceAll(s, "v", "yu"), strings.ReplaceAll(s, "v", "ü")}
}

// romanise is one capitalised word; empty where a rune has no reading.
func romanise(s string) string {
	var b strings.Builder
	for _, r := range s {
		rs := heteronyms(r)
		if len(rs) == 0 {
			return ""
		}
		b.WriteString(rs[0])
	}
	if b.Len() == 0 {
		return ""
	}
	return capital(b.String())
}

// placeLatin are the ways in which a place is written in Latin letters,
// capitalised.
func placeLatin(p string) []string {
	p = strings.TrimRight(p, "省市")
	if rs, ok := readings.Places[p]; ok {
		var out []string
		for _, r := range rs {
			words := strings.Fields(r)
			for i := range words {
				words[i] = capital(words[i])
			}
			out = append(out, strings.Join(words, " "))
		}
		return out
	}
	return []string{romanise(p)}
}

// capital is s with a capital first letter.
func capital(s string) string {
	r := []rune(s)
	if len(r) > 0 {
		r[0] = unicode.ToUpper(r[0])
	}
	return string(r)
}

// splits are the ways in which a Chinese name falls into surname and given name,
// the likely one first.
func splits(rs []rune) [][2][]rune {
	var out [][2][]rune
	if len(rs) > 2 && lexicon.DoubleSurnames[string(rs[:2])] {
		return append(out, [2][]rune{rs[:2], rs[2:]})
	}
	if len(rs) < 2 {
		return nil
	}
	if len(rs) == 4 && lexicon.Surnames[rs[0]] && lexicon.Surnames[rs[1]] { // 陈方安生
		out = append(out, [2][]rune{rs[:2], rs[2:]})
	}
	return append(out, [2][]rune{rs[:1], rs[1:]})
}

// allHan reports whether all runes are Han.
func allHan(rs []rune) bool {
	for _, r := range rs {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return len(rs) > 0
}
