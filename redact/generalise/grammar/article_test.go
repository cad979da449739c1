package grammar

import "testing"

func TestArticle(t *testing.T) {
	for word, want := range map[string]string{
		"energy": "an", "company": "a", "hour": "an", "honest": "an", "university": "a", "European": "a", "unimportant": "an", "unnamed": "an", "one-off": "a",
		"FAQ": "an", "UK": "a", "A": "an", "B": "a", "8": "an", "18": "an", "80 %": "an", "11": "an", "12": "a", "“electronics”": "an", "": "a", "客户": "a",
	} {
		if got := Article(word); got != want {
			t.Errorf("%s %s, want %s", got, word, want)
		}
	}
	if s := FixArticles("a energy company and an bank, a"); s != "an energy company and a bank, a" {
		t.Error(s)
	}
	for in, want := range map[string]string{"the head": "head", "An hour": "hour", "another": "another", "a": "a"} {
		if got := DropArticle(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
