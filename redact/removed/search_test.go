package removed

import (
	"fmt"
	"strings"
	"testing"

	"consentry/redact"
)

func TestSearch(t *testing.T) {
	found := func(texts ...string) (fs []redact.Finding) {
		for _, s := range texts {
			fs = append(fs, redact.Finding{Kind: redact.Person, Text: s})
		}
		return fs
	}
	kept := found("Elena Petrova")
	kept[0].Region.End = 1
	s := NewSearch(Texts(redact.Released{Removed: found("张伟", "Elena Petrova", "Ann"), Kept: kept}))
	const text = "ＥＬＥＮＡ petrova and 张 伟, planning Ann, Elena Petrova"
	var all, each []string
	s.All(text, func(t *Text, lo, hi int) { all = append(all, text[lo:hi]) })
	s.Each(text, func(t *Text, lo, hi int) {
		if t.TooOften() {
			each = append(each, text[lo:hi])
		}
	})
	if got, want := strings.Join(all, "|"), "ＥＬＥＮＡ petrova|张 伟|ann|Ann|Elena Petrova"; got != want {
		t.Errorf("all: %s, want %s", got, want)
	}
	if got, want := strings.Join(each, "|"), "张 伟|Ann|Elena Petrova"; got != want { // one Elena was kept, and planning is a word
		t.Errorf("each: %s, want %s", got, want)
	}
	s.Each(text, func(t *Text, _, _ int) { each = append(each, fmt.Sprint("again: ", t.Written)) })
	if len(each) != 3 {
		t.Errorf("what was found too often is found again: %s", each)
	}
	NewSearch(nil).All(text, func(*Text, int, int) { t.Error("nothing was looked for") })
}
