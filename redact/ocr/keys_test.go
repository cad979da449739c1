package ocr

import (
	"errors"
	"slices"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
)

// withKeys is a model file of nothing but metadata.
func withKeys(pairs ...string) []byte {
	var b []byte
	for i := 0; i < len(pairs); i += 2 {
		var e []byte
		e = protowire.AppendString(protowire.AppendTag(e, entryKey, protowire.BytesType), pairs[i])
		e = protowire.AppendString(protowire.AppendTag(e, entryValue, protowire.BytesType), pairs[i+1])
		b = protowire.AppendBytes(protowire.AppendTag(b, modelMetadata, protowire.BytesType), e)
	}
	return b
}

func TestKeys(t *testing.T) {
	got, err := keys(withKeys("author", "x", "character", "A\n王\n\u3000\n"))
	if want := []string{"", "A", "王", "\u3000", " "}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, error %v", got, err)
	}
	whole := withKeys("character", "A\nB")
	for name, b := range map[string][]byte{"nothing": nil, "no list": withKeys("author", "x"), "cut": whole[:len(whole)-2], "no text": withKeys("character", "A\n\xff")} {
		if _, err := keys(b); !errors.Is(err, errKeys) {
			t.Errorf("%s: %v", name, err)
		}
	}
	body, _ := file(t, "ocr/rec.onnx")
	if got, err := keys(body); err != nil || len(got) != 18710 {
		t.Errorf("the model's own: %d classes, error %v", len(got), err)
	}
}

func FuzzKeys(f *testing.F) {
	f.Add(withKeys("character", "A\n王"))
	f.Add([]byte{0x72, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := keys(b); err == nil && (len(got) < 3 || got[0] != "" || got[len(got)-1] != " ") {
			t.Errorf("%d classes without blank and space", len(got))
		}
	})
}

// A letter seen for several steps is one, and a blank between makes it two.
func TestGreedy(t *testing.T) {
	p := []float32{
		.1, .9, 0,
		.1, .7, .2,
		.8, .1, .1,
		.2, .8, 0,
		0, .1, .9,
	}
	got := greedy(p, 5, 3)
	want := []peak{{1, 1, .9}, {1, 3.5, .8}, {2, 4.5, .9}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i, g := range got {
		if g.class != want[i].class || g.at != want[i].at || g.score-want[i].score > 1e-6 {
			t.Errorf("%v, want %v", g, want[i])
		}
	}
}
