package spacy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"

	"consentry/redact/names/spacy"
)

// array is a NumPy array as spaCy packs it.
type array struct {
	Type  string `msgpack:"type"`
	Shape []int  `msgpack:"shape"`
	Data  []byte `msgpack:"data"`
}

func (a *array) tensor() (spacy.Tensor, error) {
	if a == nil || a.Type != "<f4" || len(a.Data)%4 != 0 {
		return spacy.Tensor{}, errors.New("an array is missing or not of 32-bit floats")
	}
	t := spacy.Tensor{Shape: a.Shape, Data: make([]float32, len(a.Data)/4)}
	for i := range t.Data {
		t.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(a.Data[4*i:]))
	}
	return t, nil
}

// parameters are the names of a layer's, in the order in which they are taken.
var parameters = map[string][]string{"linear": {"W", "b"}, "softmax": {"W", "b"}, "precomputable_affine": {"W", "b", "pad"}, "hashembed": {"E"},
	"maxout": {"W", "b"}, "layernorm": {"G", "b"}}

// layers fills the tensors from a file of thinc layers: of each name, as many
// as there are, in their order. The layer over static vectors is given apart.
func (c *converter) layers(name string, of map[string][][]*spacy.Tensor) (static *array, err error) {
	var file struct {
		Nodes []struct {
			Name string `msgpack:"name"`
		} `msgpack:"nodes"`
		Params []map[string]*array `msgpack:"params"`
	}
	if err := c.unpack(name, &file); err != nil {
		return nil, err
	}
	if len(file.Nodes) != len(file.Params) {
		return nil, fmt.Errorf("%s does not have parameters for each layer", name)
	}
	for i, n := range file.Nodes {
		if n.Name == "static_vectors" {
			static = file.Params[i]["W"]
			continue
		}
		names, ok := parameters[n.Name]
		if !ok {
			continue
		}
		if len(of[n.Name]) == 0 {
			return nil, fmt.Errorf("%s has more %s layers than expected", name, n.Name)
		}
		places := of[n.Name][0]
		of[n.Name] = of[n.Name][1:]
		for k, p := range names {
			t, err := file.Params[i][p].tensor()
			if err != nil {
				return nil, fmt.Errorf("%s layer %d, %s: %w", name, i, p, err)
			}
			*places[k] = t
		}
	}
	for layer, left := range of {
		if len(left) > 0 {
			return nil, fmt.Errorf("%s lacks a %s layer", name, layer)
		}
	}
	return static, nil
}

// network takes the weights from ner/model: a list of thinc layers in a fixed
// order, of which those with parameters matter. The sizes are checked when the
// model file is written.
func (c *converter) network(w *spacy.Weights) error {
	layers := []*spacy.Layer{&w.Mix}
	for i := range w.Encode {
		layers = append(layers, &w.Encode[i])
	}
	of := map[string][][]*spacy.Tensor{ // per layer name, the layers in order
		"linear":               {{&w.Upper, &w.UpperB}, {&w.Reduce, &w.ReduceB}},
		"precomputable_affine": {{&w.Lower, &w.LowerB, &w.Pad}},
	}
	for i := range w.Embed {
		of["hashembed"] = append(of["hashembed"], []*spacy.Tensor{&w.Embed[i]})
	}
	for _, l := range layers {
		of["maxout"] = append(of["maxout"], []*spacy.Tensor{&l.W, &l.B})
		of["layernorm"] = append(of["layernorm"], []*spacy.Tensor{&l.Gain, &l.Bias})
	}
	static, err := c.layers("ner/model", of)
	if err != nil {
		return err
	}
	c.static = static
	w.Pad.Shape = w.Pad.Shape[min(1, len(w.Pad.Shape)):] // published with a leading 1
	if c.static == nil {
		widen(&w.Mix.W)
	}
	return nil
}

// widen gives the mixing layer of a pipeline without static vectors the columns
// for them, of zeros, so that all models have one shape.
func widen(w *spacy.Tensor) {
	const have, want = 4 * spacy.Width, 5 * spacy.Width
	n := len(w.Shape) - 1
	if n < 0 || w.Shape[n] != have || len(w.Data)%have != 0 {
		return // refused when it is written
	}
	wide := make([]float32, len(w.Data)/have*want)
	for r := range len(w.Data) / have {
		copy(wide[r*want:], w.Data[r*have:(r+1)*have])
	}
	w.Shape, w.Data = append(slices.Clone(w.Shape[:n]), want), wide
}

// vectors multiplies the static vectors with their layer, which is linear and
// has no bias: a third of the size, and nothing left to compute for each word.
// Sums are of exact products in 64 bits, so that all machines agree. A pipeline
// without such a layer gets one vector of zeros, which is no word's.
func (c *converter) vectors(w *spacy.Weights) error {
	if c.static == nil { // en_core_web_sm has none
		w.Static = spacy.Tensor{Shape: []int{1, spacy.Width}, Data: make([]float32, spacy.Width)}
		return nil
	}
	layer, err := c.static.tensor()
	if err != nil || !slices.Equal(layer.Shape, []int{spacy.Width, spacy.Vector}) {
		return errors.New("ner/model has no layer for static vectors of the expected size")
	}
	rows, err := c.npy("vocab/vectors", spacy.Vector)
	if err != nil {
		return err
	}
	n := len(rows) / spacy.Vector
	w.Static = spacy.Tensor{Shape: []int{n, spacy.Width}, Data: make([]float32, n*spacy.Width)}
	for i := range n {
		row := rows[i*spacy.Vector : (i+1)*spacy.Vector]
		for o := range spacy.Width {
			sum := 0.0
			for k, f := range layer.Data[o*spacy.Vector : (o+1)*spacy.Vector] {
				sum += float64(f) * float64(row[k])
			}
			w.Static.Data[i*spacy.Width+o] = float32(sum)
		}
	}
	var rowOf map[uint64]uint32
	if err := c.unpack("vocab/key2row", &rowOf); err != nil {
		return err
	}
	for k := range rowOf {
		w.Keys = append(w.Keys, k)
	}
	slices.Sort(w.Keys)
	for _, k := range w.Keys {
		w.Rows = append(w.Rows, rowOf[k])
	}
	return nil
}
