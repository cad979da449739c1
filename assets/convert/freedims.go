package convert

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// FreeDims takes an ONNX model whose pictures have a fixed size and gives the
// same model with batch, height and width left open: in every input and output
// of rank 4, dimensions 0, 2 and 3 become symbolic and the channels stay.
// Initialisers that old exporters list as inputs too are dropped from the
// inputs, since they keep ONNX Runtime from folding constants, and so are the
// shapes of inner values, which would contradict the new ones.
func FreeDims(model []byte) ([]byte, error) {
	out, err := rewriteOnly(model, modelGraph, func(graph []byte) ([]byte, error) {
		return freeGraph(graph, func(rank, dim int) bool { return rank == 4 && dim != 1 })
	})
	if err == nil {
		err = hasGraph(out)
	}
	if err != nil {
		return nil, fmt.Errorf("free dimensions: %w", err)
	}
	return out, nil
}

func hasGraph(model []byte) error {
	if _, ok, err := find(model, modelGraph); err != nil || !ok {
		return fmt.Errorf("%w: no graph", ErrFormat)
	}
	return nil
}

// opening says which dimensions of an input or output become free.
type opening func(rank, dim int) bool

func freeGraph(graph []byte, open opening) ([]byte, error) {
	fs, err := fields(graph)
	if err != nil {
		return nil, err
	}
	constant := map[string]bool{}
	for _, f := range fs {
		if f.num != graphInitializer || f.typ != protowire.BytesType {
			continue
		}
		name, _, err := find(f.data, initName)
		if err != nil {
			return nil, err
		}
		constant[string(name)] = true
	}
	return rewrite(graph, func(num protowire.Number, data []byte) ([]byte, bool, error) {
		switch num {
		case graphValueInfo:
			return nil, false, nil
		case graphInput, graphOutput:
		default:
			return data, true, nil
		}
		name, _, err := find(data, valueName)
		if err != nil {
			return nil, false, err
		}
		if num == graphInput && constant[string(name)] {
			return nil, false, nil
		}
		v, err := freeValue(data, string(name), open)
		return v, true, err
	})
}

// freeValue opens the dimensions of one ValueInfoProto.
func freeValue(value []byte, name string, open opening) ([]byte, error) {
	return rewriteOnly(value, valueType, func(typ []byte) ([]byte, error) {
		return rewriteOnly(typ, typeTensor, func(tensor []byte) ([]byte, error) {
			return rewriteOnly(tensor, tensorShape, func(shape []byte) ([]byte, error) {
				return freeShape(shape, name, open)
			})
		})
	})
}

// freeShape opens dimensions of a shape; a free one is called after the value
// and its place.
func freeShape(shape []byte, name string, open opening) ([]byte, error) {
	fs, err := fields(shape)
	if err != nil {
		return nil, err
	}
	rank := 0
	for _, f := range fs {
		if f.num == shapeDim && f.typ == protowire.BytesType {
			rank++
		}
	}
	i := 0
	return rewriteOnly(shape, shapeDim, func(dim []byte) ([]byte, error) {
		d := i
		i++
		if !open(rank, d) {
			return dim, nil
		}
		return appendString(nil, dimParam, fmt.Sprintf("%s_d%d", name, d)), nil
	})
}
