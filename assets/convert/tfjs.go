package convert

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// tensor is a dense array of floats, row by row.
type tensor struct {
	shape []int
	data  []float32
}

// maxElements bounds one tensor of a manifest: far above any real layer, and
// small enough that a product of sizes cannot overflow.
const maxElements = 1 << 28

// manifestGroup is one element of a TensorFlow.js weights manifest.
type manifestGroup struct {
	Weights []struct {
		Name         string `json:"name"`
		Shape        []int  `json:"shape"`
		Dtype        string `json:"dtype"`
		Quantization *struct {
			Dtype string  `json:"dtype"`
			Scale float64 `json:"scale"`
			Min   float64 `json:"min"`
		} `json:"quantization"`
	} `json:"weights"`
}

// readTFJS reads the weights that a TensorFlow.js manifest describes from bin:
// float32 in little-endian order, or uint8 with value·scale + min.
func readTFJS(manifest, bin []byte) (map[string]tensor, error) {
	var groups []manifestGroup
	if err := json.Unmarshal(manifest, &groups); err != nil {
		return nil, fmt.Errorf("%w: manifest: %w", ErrFormat, err)
	}
	tensors := map[string]tensor{}
	for _, g := range groups {
		for _, w := range g.Weights {
			if w.Dtype != "float32" {
				return nil, fmt.Errorf("%w: weight %q has type %q, want float32", ErrFormat, w.Name, w.Dtype)
			}
			n, err := elements(w.Shape)
			if err != nil {
				return nil, fmt.Errorf("weight %q: %w", w.Name, err)
			}
			size := 4
			if w.Quantization != nil {
				if w.Quantization.Dtype != "uint8" {
					return nil, fmt.Errorf("%w: weight %q is quantised to %q, want uint8", ErrFormat, w.Name, w.Quantization.Dtype)
				}
				size = 1
			}
			if len(bin) < n*size {
				return nil, fmt.Errorf("%w: weight %q needs %d bytes, %d are left", ErrFormat, w.Name, n*size, len(bin))
			}
			data := make([]float32, n)
			if q := w.Quantization; q != nil {
				for i := range data {
					// The inner conversion rounds the product by itself, so that no
					// processor may fuse it with the sum and give other bits.
					data[i] = float32(float64(float64(bin[i])*q.Scale) + q.Min)
				}
			} else {
				for i := range data {
					data[i] = math.Float32frombits(binary.LittleEndian.Uint32(bin[4*i:]))
				}
			}
			bin = bin[n*size:]
			tensors[w.Name] = tensor{w.Shape, data}
		}
	}
	if len(bin) != 0 {
		return nil, fmt.Errorf("%w: %d bytes of weights that the manifest does not name", ErrFormat, len(bin))
	}
	return tensors, nil
}

// elements is the product of a shape's sizes.
func elements(shape []int) (int, error) {
	n := 1
	for _, s := range shape {
		if s <= 0 || s > maxElements/n {
			return 0, fmt.Errorf("%w: impossible shape %v", ErrFormat, shape)
		}
		n *= s
	}
	return n, nil
}
