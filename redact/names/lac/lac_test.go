package lac

import (
	"context"
	"math"
	"strings"
	"testing"
)

func TestTag(t *testing.T) {
	tg := tagger(t)
	for _, c := range []struct{ text, words string }{
		{"杭州云岚科技有限公司的王小明总经理与张伟明见面。", "杭州云岚科技有限公司/ORG 的/u 王小明/PER 总经理/n 与/p 张伟明/PER 见面/v 。/w"},
		{"李建国在上海工作", "李建国/PER 在/p 上海/LOC 工作/v"},
		{"歐陽雪和陳曉雨", "歐陽雪/PER 和/c 陳曉雨/PER"}, // written in traditional characters
		{"", ""},
	} {
		got, err := tg.Tag(t.Context(), []rune(c.text))
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, w := range got.Words {
			words = append(words, string([]rune(c.text)[w.Start:w.End])+"/"+w.Tag)
		}
		if s := strings.Join(words, " "); s != c.words {
			t.Errorf("got  %s\nwant %s", s, c.words)
		}
		if len(got.Names) != len([]rune(c.text)) {
			t.Errorf("%d probabilities for %d runes", len(got.Names), len([]rune(c.text)))
		}
	}
}

// A sentence longer than the window is seen in pieces that share runes; names
// anywhere in it are found whole.
func TestLongSentence(t *testing.T) {
	tg := tagger(t)
	text := []rune(strings.Repeat("然后王小明与张伟明在现场讨论了新系统的上线计划，", 60)) // 1,440 runes, no end
	got, err := tg.Tag(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	people := map[string]int{}
	at := 0
	for _, w := range got.Words {
		if w.Start != at || w.End <= w.Start {
			t.Fatalf("word %d-%d after %d", w.Start, w.End, at)
		}
		at = w.End
		if w.Tag == "PER" {
			people[string(text[w.Start:w.End])]++
		}
	}
	if at != len(text) {
		t.Errorf("words end at %d of %d", at, len(text))
	}
	if people["王小明"] < 58 || people["张伟明"] < 58 {
		t.Errorf("found 王小明 %d times and 张伟明 %d times of 60", people["王小明"], people["张伟明"])
	}
	for i, p := range got.Names {
		for g, q := range p {
			if !(q >= 0 && q <= 1.0001) {
				t.Fatalf("probability %v of group %d at %d", q, g, i)
			}
		}
	}
}

func TestProbabilityOfWhatWasDecided(t *testing.T) {
	text := []rune("负责人是李建国")
	got, err := tagger(t).Tag(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		if p := got.Names[i][Person]; (i >= 4) != (p > 0.5) {
			t.Errorf("%c is of a person with probability %v", text[i], p)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tagger(t).Tag(ctx, []rune("李建国")); err == nil {
		t.Error("tagged although the context was cancelled")
	}
}

// All sequences of three tags over four runes, counted one by one.
func TestFieldAgainstCounting(t *testing.T) {
	c := crf{n: 3, into: make([]float32, 9), exp: make([]float64, 9), expInto: make([]float64, 9), spread: 3.1}
	move := [3][3]float64{{0.2, -1, 0.7}, {1.1, 0.3, -0.4}, {-2, 0.9, 0.1}}
	for i := range 3 {
		for j := range 3 {
			c.into[j*3+i] = float32(move[i][j])
			c.exp[i*3+j] = math.Exp(move[i][j])
			c.expInto[j*3+i] = c.exp[i*3+j]
		}
	}
	scores := [][]float32{{0.5, 0.1, -0.3}, {0.2, 0.9, 0}, {-1, 0.4, 0.6}, {0.3, 0.2, 0.8}}
	var sums [4][3]float64
	total, top := 0.0, math.Inf(-1)
	var best [4]int
	for k := range 81 {
		path := [4]int{k % 3, k / 3 % 3, k / 9 % 3, k / 27}
		s := 0.0
		for i, tag := range path {
			s += float64(scores[i][tag])
			if i > 0 {
				s += move[path[i-1]][tag]
			}
		}
		if s > top {
			top, best = s, path
		}
		total += math.Exp(s)
		for i, tag := range path {
			sums[i][tag] += math.Exp(s)
		}
	}
	if got := [4]int(c.best(scores)); got != best {
		t.Errorf("best is %v, want %v", got, best)
	}
	counted := 0
	c.marginals(scores, func(i, tag int, p float64) {
		counted++
		if math.Abs(p-sums[i][tag]/total) > 1e-6 {
			t.Errorf("probability of tag %d at %d is %v, want %v", tag, i, p, sums[i][tag]/total)
		}
	})
	if counted != 12 {
		t.Errorf("%d probabilities of 4 runes with 3 tags", counted)
	}
	c.marginals(nil, func(int, int, float64) { t.Error("probabilities for no runes") })
	if c.best(nil) != nil {
		t.Error("tags for no runes")
	}
}

func TestSentences(t *testing.T) {
	var got []string
	text := []rune("好。王小明！\n谁?尾")
	for a, b := range sentences(text) {
		got = append(got, string(text[a:b]))
	}
	if s := strings.Join(got, "|"); s != "好。|王小明！|\n|谁?|尾" {
		t.Errorf("cut into %q", s)
	}
}

func TestSpoiltFiles(t *testing.T) {
	good, err := files()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	for name, spoil := range map[string]func(*Files){
		"no words":         func(f *Files) { f.Words = nil },
		"word number":      func(f *Files) { f.Words = []byte("x\tOOV\n") },
		"tag number":       func(f *Files) { f.Tags = []byte("59\tPER-B\n") },
		"transitions cut":  func(f *Files) { f.CRF = f.CRF[:len(f.CRF)-4] },
		"transitions, NaN": func(f *Files) { f.CRF = append(f.CRF[:len(f.CRF)-4:len(f.CRF)-4], 0, 0, 0xc0, 0x7f) },
		"no transitions":   func(f *Files) { f.CRF = nil },
	} {
		f := good
		spoil(&f)
		tg := &Tagger{vocabulary: map[rune]int64{}, narrow: map[rune]rune{}}
		if err := tg.load(f); err == nil {
			t.Errorf("%s: loaded", name)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } \n\x00\x00\x00\x00"), []byte("0\tOOV\n1\t王\n"), []byte("0\tPER-B\n"))
	f.Add([]byte("\x93NUMPY\x01\x00\x43\x00{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }        \n\x00\x00\x00\x00"), []byte("0\tOOV\n"), []byte("0\tn-I\n"))
	f.Fuzz(func(t *testing.T, crf, words, tags []byte) {
		tg := &Tagger{vocabulary: map[rune]int64{}, narrow: map[rune]rune{}}
		if err := tg.load(Files{CRF: crf, Words: words, Tags: tags, Q2B: words}); err != nil {
			return
		}
		scores := [][]float32{make([]float32, tg.crf.n), make([]float32, tg.crf.n)}
		if len(tg.crf.best(scores)) != 2 {
			t.Error("two runes did not give two tags")
		}
		var sum [2]float64
		tg.crf.marginals(scores, func(i, _ int, p float64) { sum[i] += p })
		if math.Abs(sum[0]-1) > 1e-9 || math.Abs(sum[1]-1) > 1e-9 {
			t.Errorf("probabilities sum to %v", sum)
		}
	})
}
