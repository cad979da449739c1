package ahocorasick

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestFindEqualsNaiveSearch(t *testing.T) {
	letters := rapid.SliceOfN(rapid.SampledFrom([]rune("ab王\U0001F600")), 0, 30)
	word := rapid.Custom(func(t *rapid.T) string {
		return string(rapid.SliceOfN(rapid.SampledFrom([]rune("ab王\U0001F600")), 0, 4).Draw(t, "word"))
	})
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(word, 0, 10, rapid.ID).Draw(t, "words")
		text := letters.Draw(t, "text")
		var texts [][]rune
		var want, got []string
		for id, w := range words {
			rs := []rune(w)
			texts = append(texts, rs)
			for i := 0; len(rs) > 0 && i+len(rs) <= len(text); i++ {
				if slices.Equal(text[i:i+len(rs)], rs) {
					want = append(want, fmt.Sprint(i, i+len(rs), id))
				}
			}
		}
		New(texts).Find(text, func(start, end, id int) { got = append(got, fmt.Sprint(start, end, id)) })
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
	})
}
