package spacy

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vmihailenco/msgpack/v5"

	"consentry/redact/names/spacy"
)

// numbers is an array as spaCy packs it, filled with numbers that differ.
func numbers(shape ...int) map[string]any {
	n := 1
	for _, d := range shape {
		n *= d
	}
	b := make([]byte, 0, 4*n)
	for i := range n {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(i%13)/13-0.5))
	}
	return map[string]any{"nd": true, "type": "<f4", "kind": "", "shape": shape, "data": b}
}

var patterns = map[string]any{"prefix_search": "a", "suffix_search": "b", "infix_finditer": "c", "url_match": "d", "token_match": nil}

func patternsDigest() string {
	sum := sha256.Sum256([]byte("a\nb\nc\nd"))
	return hex.EncodeToString(sum[:])
}

// pipeline is a folder as spaCy writes it, with small tables.
func pipeline(t testing.TB) fstest.MapFS {
	t.Helper()
	pack := func(v any) *fstest.MapFile {
		b, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return &fstest.MapFile{Data: b}
	}
	var nodes, params []any
	layer := func(name string, ps map[string]any) {
		nodes = append(nodes, map[string]any{"name": name, "index": len(nodes)})
		params = append(params, ps)
	}
	layer("parser_model", map[string]any{})
	layer("precomputable_affine", map[string]any{"W": numbers(3, 64, 2, 64), "b": numbers(64, 2), "pad": numbers(1, 3, 64, 2)})
	layer("linear", map[string]any{"W": numbers(6, 64), "b": numbers(6)})
	layer("linear", map[string]any{"W": numbers(64, 96), "b": numbers(64)})
	layer("static_vectors", map[string]any{"W": numbers(96, 300)})
	in := 480
	for range 5 {
		layer("maxout", map[string]any{"W": numbers(96, 3, in), "b": numbers(96, 3)})
		layer("layernorm", map[string]any{"G": numbers(96), "b": numbers(96)})
		in = 288
	}
	for range 4 {
		layer("hashembed", map[string]any{"E": numbers(2, 96), "unset": nil})
	}
	tokenizer := map[string]any{"exceptions": map[string]any{"won't": []map[int]string{{65: "wo", 67: "will"}, {65: "n't"}}, "C++": []map[int]string{{65: "C++"}}}}
	for k, v := range patterns {
		tokenizer[k] = v
	}
	head := "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 300), }  \n"
	npy := append([]byte("\x93NUMPY\x01\x00"), byte(len(head)), 0)
	npy = append(npy, head...)
	npy = append(npy, numbers(2, 300)["data"].([]byte)...)
	return fstest.MapFS{
		"ner/model":         pack(map[string]any{"nodes": nodes, "params": params, "attrs": []any{}, "shims": []any{}}),
		"ner/moves":         pack(map[string]any{"moves": `{"0":{},"1":{"ORG":7,"PERSON":9},"4":{"":1,"ORG":7,"PERSON":7},"5":{"":1}}`, "cfg": nil}),
		"tokenizer":         pack(tokenizer),
		"vocab/lookups.bin": pack(map[string]any{"lexeme_norm": map[uint64]string{math.MaxUint64: "favorite", 7: "because"}}),
		"vocab/key2row":     pack(map[uint64]int{9: 1, 3: 0}),
		"vocab/vectors":     &fstest.MapFile{Data: npy},
	}
}

func TestConvert(t *testing.T) {
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := convert(pipeline(t), w, patternsDigest()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("converted twice, the files differ")
	}
	m, err := spacy.Read(first.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, tok := range m.Tokenize([]rune("won't C++")) {
		got = append(got, tok.Text+"="+tok.Norm)
	}
	if s := strings.Join(got, " "); s != "wo=will n't=n't C++=c++" {
		t.Errorf("tokens %s", s)
	}
}

func TestActionsAndVectors(t *testing.T) {
	c := converter{from: pipeline(t)}
	var w spacy.Weights
	for _, step := range []func(*spacy.Weights) error{c.actions, c.network, c.vectors} {
		if err := step(&w); err != nil {
			t.Fatal(err)
		}
	}
	// the more frequent label first; of equal ones the later in the alphabet
	if s := strings.Join(w.Actions, " "); s != "B-PERSON B-ORG U-PERSON U-ORG U- O" {
		t.Errorf("actions %s", s)
	}
	want := 0.0
	for k := range 300 {
		at := func(i int) float64 { return float64(float32(i%13)/13 - 0.5) }
		want += at(5*300+k) * at(300+k) // row 5 of the layer, vector 1
	}
	if got := w.Static.Data[spacy.Width+5]; math.Abs(float64(got)-want) > 1e-5 {
		t.Errorf("vector 1 at 5 is %v, want %v", got, want)
	}
	if fmt.Sprint(w.Keys, w.Rows) != "[3 9] [0 1]" {
		t.Errorf("keys %v rows %v", w.Keys, w.Rows)
	}
}

// A pipeline without static vectors gives a model of the same shape.
func TestConvertWithoutVectors(t *testing.T) {
	p := pipeline(t)
	var file map[string]any
	if err := msgpack.Unmarshal(p["ner/model"].Data, &file); err != nil {
		t.Fatal(err)
	}
	nodes, params := file["nodes"].([]any), file["params"].([]any)
	for i := range nodes {
		switch n := nodes[i].(map[string]any); {
		case n["name"] == "static_vectors":
			n["name"] = "dropout"
		case n["name"] == "maxout":
			if ps := params[i].(map[string]any); fmt.Sprint(ps["W"].(map[string]any)["shape"]) == "[96 3 480]" {
				ps["W"] = numbers(96, 3, 384)
			}
		}
	}
	b, err := msgpack.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	p["ner/model"] = &fstest.MapFile{Data: b}
	delete(p, "vocab/key2row")
	delete(p, "vocab/vectors")
	var out bytes.Buffer
	if err := convert(p, &out, patternsDigest()); err != nil {
		t.Fatal(err)
	}
	m, err := spacy.Read(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	m.Entities([]rune("Oona Vell of Leeds"), 0, nil)
	c := converter{from: p}
	var w spacy.Weights
	if err := c.network(&w); err != nil {
		t.Fatal(err)
	}
	at := func(i int) float32 { return float32(i%13)/13 - 0.5 }
	if w.Mix.W.Data[480] != at(384) || w.Mix.W.Data[383] != at(383) || w.Mix.W.Data[384] != 0 || w.Mix.W.Data[479] != 0 {
		t.Error("the rows of the mixing layer are not the published ones with zeros behind")
	}
}

// tagged is a folder with a tagger as spaCy writes it, with small tables.
func tagged(t testing.TB) fstest.MapFS {
	t.Helper()
	pack := func(v any) *fstest.MapFile {
		b, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return &fstest.MapFile{Data: b}
	}
	var nodes, params []any
	layer := func(name string, ps map[string]any) {
		nodes = append(nodes, map[string]any{"name": name, "index": len(nodes)})
		params = append(params, ps)
	}
	for range 6 {
		layer("hashembed", map[string]any{"E": numbers(2, 96)})
	}
	in := 576
	for range 5 {
		layer("maxout", map[string]any{"W": numbers(96, 3, in), "b": numbers(96, 3)})
		layer("layernorm", map[string]any{"G": numbers(96), "b": numbers(96)})
		in = 288
	}
	shared := pack(map[string]any{"nodes": nodes, "params": params})
	nodes, params = nil, nil
	layer("softmax", map[string]any{"W": numbers(3, 96), "b": numbers(3)})
	return fstest.MapFS{
		"tok2vec/model": shared,
		"tagger/model":  pack(map[string]any{"nodes": nodes, "params": params}),
		"tagger/cfg":    &fstest.MapFile{Data: []byte(`{"labels":["NN","NNP","VB"]}`)},
	}
}

func TestConvertTagger(t *testing.T) {
	var first, second bytes.Buffer
	for _, w := range []*bytes.Buffer{&first, &second} {
		if err := ConvertTagger(tagged(t), w); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("converted twice, the files differ")
	}
	if _, err := spacy.ReadTagger(first.Bytes()); err != nil {
		t.Error(err)
	}
	for name := range tagged(t) {
		p := tagged(t)
		delete(p, name)
		if err := ConvertTagger(p, &bytes.Buffer{}); err == nil {
			t.Errorf("converted without %s", name)
		}
		p = tagged(t)
		p[name].Data = p[name].Data[:len(p[name].Data)/2]
		if err := ConvertTagger(p, &bytes.Buffer{}); err == nil {
			t.Errorf("converted with half of %s", name)
		}
	}
}

func TestConvertRefuses(t *testing.T) {
	if err := Convert(pipeline(t), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "patterns") {
		t.Errorf("another tokenizer's patterns gave %v", err)
	}
	for name := range pipeline(t) {
		p := pipeline(t)
		delete(p, name)
		if err := convert(p, &bytes.Buffer{}, patternsDigest()); err == nil {
			t.Errorf("converted without %s", name)
		}
		p = pipeline(t)
		p[name].Data = p[name].Data[:len(p[name].Data)/2]
		if err := convert(p, &bytes.Buffer{}, patternsDigest()); err == nil {
			t.Errorf("converted with half of %s", name)
		}
	}
}

func FuzzNPY(f *testing.F) {
	f.Add(pipeline(f)["vocab/vectors"].Data)
	f.Add([]byte("\x93NUMPY\x01\x00\xff\xff"))
	f.Add([]byte("\x93NUMPY\x01\x00\x41\x00{'descr': '<f4', 'fortran_order': False, 'shape': (999999999, 300), }  \n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if fs, err := parseNPY(b, 300); err == nil && (len(fs)%300 != 0 || 4*len(fs) > len(b)) {
			t.Errorf("%d numbers from %d bytes", len(fs), len(b))
		}
	})
}
