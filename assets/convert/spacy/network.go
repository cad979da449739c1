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

// network takes the weights from ner/model: a list of thinc layers in a fixed
// order, of which those with parameters matter. The sizes are checked when the
// model file is written.
func (c *converter) network(w *spacy.Weights) error {
	var file struct {
		Nodes []struct {
			Name string `msgpack:"name"`
		} `msgpack:"nodes"`
		Params []map[string]*array `msgpack:"params"`
	}
	if err := c.unpack("ner/model", &file); err != nil {
		return err
	}
	if len(file.Nodes) != len(file.Params) {
		return errors.New("ner/model does not have parameters for each layer")
	}
	layers := []*spacy.Layer{&w.Mix}
	for i := range w.Encode {
		layers = append(layers, &w.Encode[i])
	}
	var places []*spacy.Tensor
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
	params := map[string][]string{"linear": {"W", "b"}, "precomputable_affine": {"W", "b", "pad"}, "hashembed": {"E"},
		"maxout": {"W", "b"}, "layernorm": {"G", "b"}}
	for i, n := range file.Nodes {
		if n.Name == "static_vectors" {
			c.static = file.Params[i]["W"]
			continue
		}
		names, ok := params[n.Name]
		if !ok {
			continue
		}
		if len(of[n.Name]) == 0 {
			return fmt.Errorf("ner/model has more %s layers than expected", n.Name)
		}
		places, of[n.Name] = of[n.Name][0], of[n.Name][1:]
		for k, p := range names {
			t, err := file.Params[i][p].tensor()
			if err != nil {
				return fmt.Errorf("ner/model layer %d, %s: %w", i, p, err)
			}
			*places[k] = t
		}
	}
	for name, left := range of {
		if len(left) > 0 {
			return fmt.Errorf("ner/model lacks a %s layer", name)
		}
	}
	w.Pad.Shape = w.Pad.Shape[min(1, len(w.Pad.Shape)):] // published with a leading 1
	return nil
}

// vectors multiplies the static vectors with their layer, which is linear and
// has no bias: a third of the size, and nothing left to compute for each word.
// Sums are of exact products in 64 bits, so that all machines agree.
func (c *converter) vectors(w *spacy.Weights) error {
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
