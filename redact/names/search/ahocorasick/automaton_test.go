package ahocorasick

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"consentry/redact/fold"
)

// made is an Automaton of texts, handed over in sets of three.
func made(texts ...string) (*Automaton, []int32) {
	return New(len(texts), func(yield func(*Texts) bool) {
		var set Texts
		for part := range slices.Chunk(texts, 3) {
			set.Reset()
			for _, s := range part {
				set.Add([]rune(s))
			}
			if !yield(&set) {
				return
			}
		}
	})
}

func TestNew(t *testing.T) {
	a, keys := made("王", "", "elena petrova", "王", "elena", "elena petrova")
	if want := []int32{0, -1, 1, 0, 2, 1}; !slices.Equal(keys, want) || a.Keys() != 3 {
		t.Errorf("keys %v, want %v; %d keys", keys, want, a.Keys())
	}
	a, keys = made()
	if len(keys) > 0 || a.Keys() > 0 {
		t.Errorf("keys %v of nothing", keys)
	}
	a.Find([]rune("王 elena"), func(int, int, int) { t.Error("found something of nothing") })
}

// naive is every place of every text with word bounds of which no other ends
// where it ends and is longer.
func naive(texts []string, text []rune) []string {
	longest := map[int]string{}
	start := map[int]int{}
	for _, s := range texts {
		rs := []rune(s)
		for i := 0; len(rs) > 0 && i+len(rs) <= len(text); i++ {
			j := i + len(rs)
			if !slices.Equal(text[i:j], rs) ||
				i > 0 && fold.Bounded(text[i-1]) && fold.Bounded(text[i]) || j < len(text) && fold.Bounded(text[j-1]) && fold.Bounded(text[j]) {
				continue
			}
			if len(rs) > len([]rune(longest[j])) {
				longest[j], start[j] = s, i
			}
		}
	}
	var out []string
	for j, s := range longest {
		out = append(out, fmt.Sprint(start[j], j, s))
	}
	slices.Sort(out)
	return out
}

func TestFindEqualsNaiveSearch(t *testing.T) {
	letters := []rune("aab1  王王小·\n\U0001F600\U00020000é")
	word := rapid.Custom(func(t *rapid.T) string {
		return strings.Trim(string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, 6).Draw(t, "word")), " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(word, 0, 12).Draw(t, "words")
		text := rapid.SliceOfN(rapid.SampledFrom(letters), 0, 40).Draw(t, "text")
		a, keys := made(words...)
		of := map[int32]string{}
		for i, k := range keys {
			if old, ok := of[k]; ok && old != words[i] {
				t.Fatalf("%q and %q have one key", old, words[i])
			}
			of[k] = words[i]
		}
		var got []string
		last := 0
		a.Find(text, func(start, end, key int) {
			if end <= last {
				t.Fatalf("an end at %d after one at %d", end, last)
			}
			last = end
			got = append(got, fmt.Sprint(start, end, of[int32(key)]))
		})
		slices.Sort(got)
		if want := naive(words, text); !slices.Equal(got, want) {
			t.Fatalf("found %q, want %q", got, want)
		}
	})
}

// Whatever the texts, one step forward is paid for one step back, and one text is
// found where many end.
func TestWorkIsLinear(t *testing.T) {
	powers := func(s string, n int) (all []string) {
		for i := 1; i <= n; i++ {
			all = append(all, strings.TrimSpace(strings.Repeat(s, i)))
		}
		return all
	}
	for about, c := range map[string]struct {
		texts []string
		text  string
	}{
		"nested":                {powers("王", 300), strings.Repeat("王", 20000)},
		"nested words":          {powers("a ", 300), strings.Repeat("a ", 20000)},
		"one word":              {powers("a", 300), strings.Repeat("a", 20000)},
		"almost, over and over": {[]string{strings.Repeat("王", 300) + "小"}, strings.Repeat(strings.Repeat("王", 299)+"大", 70)},
		"long ways back":        {append(powers("王", 300), strings.Repeat("王", 299)+"小"), strings.Repeat(strings.Repeat("王", 299)+"明", 70)},
		"two in turn":           {append(powers("王小", 200), powers("小王", 200)...), strings.Repeat("王小", 10000)},
		"unknown words":         {powers("b ", 300), strings.Repeat("a b ", 5000)},
	} {
		a, _ := made(c.texts...)
		text := []rune(c.text)
		found := 0
		tried := a.find(text, func(int, int, int) { found++ })
		if tried > len(text) || found > len(text) {
			t.Errorf("%s: %d runes, %d states tried, %d found", about, len(text), tried, found)
		}
	}
}

// Tables stay sparse enough for short probes, whatever the texts.
func TestTables(t *testing.T) {
	var texts []string
	for i := range 60000 {
		texts = append(texts, fmt.Sprintf("赵%c%c", 0x4e00+i%300, 0x4e00+i/300), fmt.Sprintf("name%d other%d", i%700, i), strings.Repeat("a ", i%40)+"b")
	}
	a, _ := made(texts...)
	for about, h := range map[string]hashed{"edges": a.edges.hashed, "words": a.words.hashed} {
		run, longest, used := 0, 0, 0
		for _, tag := range append(h.tags, h.tags...) {
			if run++; tag == 0 {
				run = 0
			} else {
				used++
			}
			longest = max(longest, run)
		}
		if longest > 200 || used/2 != h.used || h.used*5 > len(h.cells)*3+5 {
			t.Errorf("%s: %d of %d cells used, %d in a row", about, used/2, len(h.cells), longest)
		}
	}
}
