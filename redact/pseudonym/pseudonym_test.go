package pseudonym

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"testing"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/fold"
)

func book(t *testing.T, fill byte, entries ...Entry) *Book {
	t.Helper()
	b, err := New(bytes.Repeat([]byte{fill}, KeySize), entries)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWords(t *testing.T) {
	for name, l := range map[string]lists{"family": invented.Family, "given": invented.Given, "first": invented.First, "second": invented.Second} {
		if len(l.ZH) != len(l.EN) || len(l.ZH) < 32 || 1<<32%len(l.ZH) != 0 {
			t.Errorf("%s: %d and %d words, want the same power of two", name, len(l.ZH), len(l.EN))
		}
		for _, ws := range [][]string{l.ZH, l.EN} {
			s := slices.Sorted(slices.Values(ws))
			if len(slices.Compact(s)) != len(ws) {
				t.Errorf("%s: a word twice", name)
			}
		}
		for _, z := range l.ZH { // no length tells anything
			if utf8.RuneCountInString(z) != utf8.RuneCountInString(l.ZH[0]) {
				t.Errorf("%s: %s is longer or shorter", name, z)
			}
		}
	}
}

func TestStableAndDistinct(t *testing.T) {
	b := book(t, 1)
	seen := map[string]bool{}
	given := map[string]redact.Words{}
	for _, kind := range []redact.Kind{redact.Person, redact.Organisation} {
		for i := range 600 {
			subject := fmt.Sprint("subject ", i)
			n, err := b.Name(kind, subject, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []string{n.ZH, n.EN} {
				if k := fold.Key(s); seen[k] {
					t.Fatalf("%s is given twice", s)
				} else {
					seen[k] = true
				}
			}
			given[id(kind, subject)] = n
		}
	}
	// Again from what was kept, in another order of asking.
	c := book(t, 1, b.Entries()...)
	for i := 599; i >= 0; i-- {
		for _, kind := range []redact.Kind{redact.Organisation, redact.Person} {
			subject := fmt.Sprint("subject ", i)
			if n, err := c.Name(kind, subject, nil); err != nil || n != given[id(kind, subject)] {
				t.Fatalf("%s: %v, %v, was %v", subject, n, err, given[id(kind, subject)])
			}
		}
	}
}

func TestKeyDecides(t *testing.T) {
	same := 0
	a, b := book(t, 1), book(t, 2)
	for i := range 200 {
		x, err := a.Name(redact.Person, fmt.Sprint(i), nil)
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Name(redact.Person, fmt.Sprint(i), nil)
		if err != nil {
			t.Fatal(err)
		}
		if x == y {
			same++
		}
	}
	if same > 5 {
		t.Errorf("%d of 200 names are the same under two keys", same)
	}
}

func TestAvoid(t *testing.T) {
	first, err := book(t, 1).Name(redact.Person, "x", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{first.ZH, first.EN, "  " + string(bytes.ToUpper([]byte(first.EN)))} {
		n, err := book(t, 1).Name(redact.Person, "x", Avoid([]string{"somebody", name}))
		if err != nil || n == first {
			t.Errorf("given although it is to be avoided: %v, %v", n, err)
		}
	}
	if _, err := book(t, 1).Name(redact.Person, "x", func(string) bool { return true }); !errors.Is(err, ErrFull) {
		t.Error(err)
	}
}

func TestBadBooks(t *testing.T) {
	ok := Entry{redact.Person, "x", redact.Words{ZH: "甲", EN: "A"}}
	for name, x := range map[string]struct {
		key     int
		entries []Entry
	}{
		"short key": {16, nil}, "no key": {0, nil}, "subject twice": {KeySize, []Entry{ok, {redact.Person, "x", redact.Words{ZH: "乙", EN: "B"}}}},
		"name twice": {KeySize, []Entry{ok, {redact.Person, "y", redact.Words{ZH: "乙", EN: "a"}}}}, "no name": {KeySize, []Entry{{redact.Person, "x", redact.Words{}}}},
	} {
		if _, err := New(make([]byte, x.key), x.entries); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestFindWhatIsMarked(t *testing.T) {
	b := book(t, 3)
	for _, kind := range []redact.Kind{redact.Person, redact.Organisation} {
		for i := range 50 {
			n, err := b.Name(kind, fmt.Sprint(i), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, lang := range []redact.Lang{redact.Chinese, redact.English} {
				m := Mark(n, lang)
				text := []rune("前面 " + m + " 后面")
				at := Find(text)
				if len(at) != 1 || string(text[at[0][0]:at[0][1]]) != m {
					t.Fatalf("%q: %v", string(text), at)
				}
			}
		}
	}
	for _, s := range []string{"张三（化名）", "林清和", "Bob Stone (name changed)", "（化名）", "Quinn Vale"} {
		if at := Find([]rune(s)); at != nil {
			t.Errorf("%q: %v", s, at)
		}
	}
}
