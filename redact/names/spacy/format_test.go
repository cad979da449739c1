package spacy

import (
	"bytes"
	"testing"
)

// tiny are weights of the right shapes, small where shapes are free.
func tiny() *Weights {
	w := &Weights{Keys: []uint64{3, 9}, Rows: []uint32{1, 0}, Actions: []string{"B-PERSON", "I-PERSON", "L-PERSON", "U-PERSON", "U-", "O"},
		Norms:      []Norm{{5, "because"}},
		Exceptions: []Exception{{"can't", []Piece{{"ca", "can"}, {"n't", "not"}}}}}
	for _, t := range w.tensors() {
		t.t.Shape = append([]int(nil), t.shape...)
		n := 1
		for i, d := range t.t.Shape {
			if d == 0 {
				d = 2
				if t.t == &w.Upper || t.t == &w.UpperB {
					d = len(w.Actions)
				}
				t.t.Shape[i] = d
			}
			n *= d
		}
		for i := range n {
			t.t.Data = append(t.t.Data, float32(i%7)/7-0.4)
		}
	}
	return w
}

func written(t testing.TB, w *Weights) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWriteRead(t *testing.T) {
	b := written(t, tiny())
	w, err := readWeights(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written(t, w), b) {
		t.Error("written again, the file differs")
	}
	m, err := Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(m.Tokenize([]rune("can't"))); got != 2 {
		t.Errorf("the exception gave %d tokens", got)
	}
	other := tiny()
	other.UpperB.Data[0]++
	o, err := Read(written(t, other))
	if err != nil {
		t.Fatal(err)
	}
	if o.ID() == m.ID() {
		t.Error("models that differ have the same ID")
	}
}

func TestFetchedModelIsCanonical(t *testing.T) {
	b, err := modelFile()
	if err != nil {
		t.Fatalf("%v: fetch the assets first (make assets)", err)
	}
	w, err := readWeights(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(written(t, w), b) {
		t.Error("the fetched model is not what Write writes")
	}
}

func TestRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Weights){
		"numbers missing":       func(w *Weights) { w.Mix.W.Data = w.Mix.W.Data[1:] },
		"another shape":         func(w *Weights) { w.Reduce.Shape = []int{Width, Hidden} },
		"more actions":          func(w *Weights) { w.Actions = append(w.Actions, "U-ORG") },
		"row without vector":    func(w *Weights) { w.Rows[0] = 2 },
		"keys out of order":     func(w *Weights) { w.Keys[0] = 9 },
		"keys without rows":     func(w *Weights) { w.Rows = w.Rows[:1] },
		"exception of nothing":  func(w *Weights) { w.Exceptions[0].Tokens[0].Text = "" },
		"exception not its sum": func(w *Weights) { w.Exceptions[0].Text = "cannot" },
	} {
		w := tiny()
		spoil(w)
		if err := w.Write(&bytes.Buffer{}); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	w := tiny()
	w.Actions[0] = "Q-PERSON"
	if _, err := Read(written(t, w)); err == nil {
		t.Error("an unknown action was read")
	}
	b := written(t, tiny())
	for _, n := range []int{0, 7, 8, 100, len(b) / 2, len(b) - 1} {
		if _, err := Read(b[:n]); err == nil {
			t.Errorf("a file cut at %d was read", n)
		}
	}
	if _, err := Read(append(b, 0)); err == nil {
		t.Error("a file with more behind it was read")
	}
}

func FuzzRead(f *testing.F) {
	b := written(f, tiny())
	f.Add(b)
	f.Add(b[len(b)-200:])
	f.Add([]byte(magic))
	f.Add([]byte(magic + "\x02\x00\x00\x00\xff\xff\xff\x03\xff\xff\xff\x03"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Read(b)
		if err != nil {
			return
		}
		m.Entities([]rune("Elena met can't"), 0.05, func(string) bool { return true })
		if !bytes.Equal(written(t, m.w), b) {
			t.Error("a file was read that Write would not write")
		}
	})
}

func TestHash(t *testing.T) {
	for s, want := range map[string]uint64{"apple": 8566208034543834098, "Elena Petrova": 14294009533457423390, "王小明": 12528129605293899727, "abcdefgh": 17751780907874141760} {
		if got := Hash(s); got != want {
			t.Errorf("hash of %q is %d, want %d", s, got, want)
		}
	}
	if key("mark") != 423 || key("X") != 101 || key("apple") != Hash("apple") {
		t.Error("spaCy's own words do not have their numbers")
	}
}
