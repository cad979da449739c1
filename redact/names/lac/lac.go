// Package lac runs Baidu's Lexical Analysis of Chinese: it cuts a text into
// words and tags each of them, names of people, places and organisations among
// the tags.
//
// The network (characters, two bidirectional GRU layers) runs on ONNX Runtime;
// the conditional random field behind it is decoded here. Method and model: Jiao,
// Sun, Sun: Chinese Lexical Analysis with Deep Bi-GRU-CRF Network, 2018.
package lac

import (
	"context"
	"fmt"
	"strings"

	"consentry/internal/infer"
)

// Files are the contents of the model's files.
type Files struct {
	Encoder []byte // ONNX: token_ids [1][n], length [1] to scores [n][tags]
	CRF     []byte // NumPy: [tags][tags] transition scores
	Words   []byte // lines "id TAB character"
	Tags    []byte // lines "id TAB tag", of two lines for an id the last counts
	Q2B     []byte // lines "character TAB its simplified or narrow form"
}

// The groups of names whose probability is given for every rune.
const (
	Person = iota
	Organisation
	Location
	Groups
)

var groupOf = map[string]int{"PER": Person, "nr": Person, "ORG": Organisation, "nt": Organisation, "LOC": Location, "ns": Location}

// A Tagger is a loaded model. It is safe for concurrent use.
type Tagger struct {
	s          *infer.Session
	digest     string
	vocabulary map[rune]int64
	unknown    int64
	narrow     map[rune]rune
	crf        crf
	tags       []tag
}

type tag struct {
	name   string // "PER", "n", …; empty where the model names none
	inside bool   // goes on with the word of the rune before
	group  int    // or Groups
}

// New loads the model. digest names its files in the tagger's ID.
func New(rt *infer.Runtime, f Files, digest string) (*Tagger, error) {
	t := &Tagger{digest: digest, vocabulary: map[rune]int64{}, narrow: map[rune]rune{}}
	if err := t.load(f); err != nil {
		return nil, fmt.Errorf("load LAC: %w", err)
	}
	// One thread: the recurrent layers leave little to share, and callers tag
	// several documents at once.
	s, err := rt.NewSession(f.Encoder, []string{"token_ids", "length"}, []string{"fetch_name_0"}, infer.Options{Threads: 1})
	if err != nil {
		return nil, fmt.Errorf("load LAC: %w", err)
	}
	t.s = s
	return t, nil
}

// ID names the method and the model.
func (t *Tagger) ID() string { return "lac/1+" + t.digest }

// Close frees the model.
func (t *Tagger) Close() error { return t.s.Close() }

// A Word is one word of the likeliest segmentation.
type Word struct {
	Start, End int    // runes of the text
	Tag        string // LAC's: PER, LOC, ORG, TIME, n, nz, nw, v, …
}

// A Tagging is what the model makes of a text.
type Tagging struct {
	Words []Word
	// Names holds per rune the probabilities that it belongs to a name of each
	// group, whatever the rest of the text is.
	Names [][Groups]float32
}

// Limits on what the network sees at a time, in runes. A sentence longer than
// window is seen in windows that share overlap runes, and each rune's scores
// come from the window in which it stands deeper: no name is cut.
const (
	window  = 500
	overlap = 60
)

// Tag tags a text. Its sentences are tagged by themselves.
func (t *Tagger) Tag(ctx context.Context, text []rune) (Tagging, error) {
	out := Tagging{Names: make([][Groups]float32, len(text))}
	for start, end := range sentences(text) {
		scores, err := t.scores(ctx, text[start:end])
		if err != nil {
			return Tagging{}, fmt.Errorf("tag Chinese: %w", err)
		}
		for i, id := range t.crf.best(scores) {
			tg := t.tags[id]
			if n := len(out.Words); tg.inside && i > 0 {
				out.Words[n-1].End++
			} else {
				out.Words = append(out.Words, Word{start + i, start + i + 1, tg.name})
			}
		}
		t.crf.marginals(scores, func(i, id int, p float64) {
			if g := t.tags[id].group; g < Groups {
				out.Names[start+i][g] += float32(p)
			}
		})
	}
	return out, nil
}

// sentences yields start and end of each sentence, its final mark included.
func sentences(text []rune) func(yield func(int, int) bool) {
	return func(yield func(int, int) bool) {
		start := 0
		for i, r := range text {
			if strings.ContainsRune("。！？!?；;\n\r", r) || i+1 == len(text) {
				if !yield(start, i+1) {
					return
				}
				start = i + 1
			}
		}
	}
}

// scores runs the network over one sentence.
func (t *Tagger) scores(ctx context.Context, s []rune) ([][]float32, error) {
	ids := make([]int64, len(s))
	for i, r := range s {
		if n, ok := t.narrow[r]; ok {
			r = n
		}
		id, ok := t.vocabulary[r]
		if !ok {
			id = t.unknown
		}
		ids[i] = id
	}
	out := make([][]float32, 0, len(s))
	for from := 0; len(out) < len(s); from += window - overlap {
		to := min(from+window, len(s))
		res, err := t.s.Run(ctx, infer.Tensor{Shape: []int64{1, int64(to - from)}, I64: ids[from:to]},
			infer.Tensor{Shape: []int64{1}, I64: []int64{int64(to - from)}})
		if err != nil {
			return nil, err
		}
		n := len(t.tags)
		if len(res[0].F32) != (to-from)*n {
			return nil, fmt.Errorf("%d scores for %d runes", len(res[0].F32), to-from)
		}
		keep := to
		if to < len(s) {
			keep = to - overlap/2
		}
		for i := len(out); i < keep; i++ {
			out = append(out, res[0].F32[(i-from)*n:(i-from+1)*n])
		}
	}
	return out, nil
}

// Group is the group of a tag, or Groups.
func Group(tag string) int {
	if g, ok := groupOf[tag]; ok {
		return g
	}
	return Groups
}
