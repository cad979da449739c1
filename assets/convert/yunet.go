package convert

import (
	"encoding/binary"
	"fmt"
	"math"

	"google.golang.org/protobuf/encoding/protowire"
)

// onnxInt8 is TensorProto.DataType INT8.
const onnxInt8 = 3

// YuNet takes the face detector YuNet (2023mar, W. Wu et al.) with its weights
// quantised block by block to int8, which ONNX Runtime refuses, and gives the
// same network with weights of float32 and free height and width: input
// float32[1, 3, H, W], blue, green, red, 0 to 255, H and W multiples of 32.
func YuNet(model []byte) ([]byte, error) {
	out, err := rewriteOnly(model, modelGraph, func(graph []byte) ([]byte, error) {
		graph, err := foldDequantize(graph)
		if err != nil {
			return nil, err
		}
		// Pictures have rank 4, lists of anchors rank 3; the batch stays 1.
		return freeGraph(graph, func(rank, dim int) bool { return rank == 4 && dim >= 2 || rank == 3 && dim == 1 })
	})
	if err == nil {
		err = hasGraph(out)
	}
	if err != nil {
		return nil, fmt.Errorf("yunet: %w", err)
	}
	return out, nil
}

// foldDequantize replaces every DequantizeLinear node over constants by the
// constant that it computes: (x - zero point) · scale, each scale covering a
// run of equal length. The constants that it no longer needs are dropped.
func foldDequantize(graph []byte) ([]byte, error) {
	fs, err := fields(graph)
	if err != nil {
		return nil, err
	}
	constants := map[string]stored{}
	for _, f := range fs {
		if f.num == graphInitializer && f.typ == protowire.BytesType {
			c, err := readStored(f.data)
			if err != nil {
				return nil, err
			}
			constants[c.name] = c
		}
	}
	folded := map[string]bool{} // constants replaced
	graph, err = rewrite(graph, func(num protowire.Number, data []byte) ([]byte, bool, error) {
		if num != graphNode {
			return data, true, nil
		}
		op, _, err := find(data, nodeOp)
		if err != nil || string(op) != "DequantizeLinear" {
			return data, true, err
		}
		c, inputs, err := dequantize(data, constants)
		if err != nil {
			return nil, false, err
		}
		for _, name := range inputs {
			folded[name] = true
		}
		constants[c.name] = c
		return nil, false, nil
	})
	if err != nil {
		return nil, err
	}
	return replaceConstants(graph, fs, constants, folded)
}

// replaceConstants drops the folded constants and appends the computed ones in
// the order of the nodes that computed them.
func replaceConstants(graph []byte, before []field, constants map[string]stored, folded map[string]bool) ([]byte, error) {
	out, err := rewrite(graph, func(num protowire.Number, data []byte) ([]byte, bool, error) {
		if num != graphInitializer {
			return data, true, nil
		}
		name, _, err := find(data, initName)
		return data, !folded[string(name)], err
	})
	if err != nil {
		return nil, err
	}
	for _, f := range before {
		if f.num != graphNode || f.typ != protowire.BytesType {
			continue
		}
		name, _, err := find(f.data, nodeOutput)
		if err != nil {
			return nil, err
		}
		if c, ok := constants[string(name)]; ok && c.values != nil {
			out = appendBytes(out, graphInitializer, initializer(c.name, c.dims, c.values))
		}
	}
	return out, nil
}

// dequantize computes the output of one node and names its inputs.
func dequantize(node []byte, constants map[string]stored) (stored, []string, error) {
	fs, err := fields(node)
	if err != nil {
		return stored{}, nil, err
	}
	var in []string
	out := stored{}
	for _, f := range fs {
		switch {
		case f.num == nodeInput && f.typ == protowire.BytesType:
			in = append(in, string(f.data))
		case f.num == nodeOutput && f.typ == protowire.BytesType:
			out.name = string(f.data)
		}
	}
	if len(in) != 3 {
		return stored{}, nil, fmt.Errorf("%w: DequantizeLinear with %d inputs", ErrFormat, len(in))
	}
	x, scale, zero := constants[in[0]], constants[in[1]], constants[in[2]]
	runs := len(zero.raw)
	if x.kind != onnxInt8 || zero.kind != onnxInt8 || scale.kind != onnxFloat ||
		runs == 0 || len(scale.raw) != 4*runs || len(x.raw) == 0 || len(x.raw)%runs != 0 {
		return stored{}, nil, fmt.Errorf("%w: %q is not int8 with scales in blocks", ErrFormat, in[0])
	}
	if n, err := elements(x.dims); err != nil || n != len(x.raw) {
		return stored{}, nil, fmt.Errorf("%w: %q does not fill its shape", ErrFormat, in[0])
	}
	run := len(x.raw) / runs
	out.dims = x.dims
	out.values = make([]float32, len(x.raw))
	for i, q := range x.raw {
		s := math.Float32frombits(binary.LittleEndian.Uint32(scale.raw[4*(i/run):]))
		out.values[i] = float32(int(int8(q))-int(int8(zero.raw[i/run]))) * s
	}
	return out, in, nil
}

// stored is a constant of a graph: raw as read, or values as computed.
type stored struct {
	name   string
	kind   uint64
	dims   []int
	raw    []byte
	values []float32
}

// readStored reads a TensorProto.
func readStored(msg []byte) (stored, error) {
	fs, err := fields(msg)
	if err != nil {
		return stored{}, err
	}
	var c stored
	for _, f := range fs {
		switch {
		case f.num == initName && f.typ == protowire.BytesType:
			c.name = string(f.data)
		case f.num == initRaw && f.typ == protowire.BytesType:
			c.raw = f.data
		case f.typ == protowire.VarintType:
			_, _, n := protowire.ConsumeTag(f.raw)
			v, _ := protowire.ConsumeVarint(f.raw[n:])
			switch f.num {
			case initDims:
				c.dims = append(c.dims, int(min(v, maxElements+1))) // more is refused later
			case initDataType:
				c.kind = v
			}
		}
	}
	return c, nil
}
