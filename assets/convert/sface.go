package convert

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// SFaceInput and SFaceOutput are the names of the tensors of SFace's model.
const (
	SFaceInput  = "data"
	SFaceOutput = "fc1"
)

// SFace takes the face recogniser SFace (2021dec, Y. Zhong et al.) with its
// weights quantised block by block to int8, as [YuNet] does, and gives the same
// network with weights of float32: input float32[N, 3, 112, 112], red, green,
// blue, 0 to 255 (it subtracts 127.5 and divides by 128 itself), output
// float32[N, 128]. The weights that the file lists as inputs, some of them under
// names that nothing uses any more, are no inputs of the result.
func SFace(model []byte) ([]byte, error) {
	out, err := rewriteOnly(model, modelGraph, func(graph []byte) ([]byte, error) {
		graph, err := foldDequantize(graph)
		if err != nil {
			return nil, err
		}
		if graph, err = dropUnused(graph); err != nil {
			return nil, err
		}
		return freeGraph(graph, func(_, dim int) bool { return dim == 0 })
	})
	if err == nil {
		err = hasGraph(out)
	}
	if err != nil {
		return nil, fmt.Errorf("sface: %w", err)
	}
	return out, nil
}

// dropUnused drops the graph's inputs that no node takes.
func dropUnused(graph []byte) ([]byte, error) {
	fs, err := fields(graph)
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, f := range fs {
		if f.num != graphNode || f.typ != protowire.BytesType {
			continue
		}
		node, err := fields(f.data)
		if err != nil {
			return nil, err
		}
		for _, n := range node {
			if n.num == nodeInput && n.typ == protowire.BytesType {
				taken[string(n.data)] = true
			}
		}
	}
	return rewrite(graph, func(num protowire.Number, data []byte) ([]byte, bool, error) {
		if num != graphInput {
			return data, true, nil
		}
		name, _, err := find(data, valueName)
		return data, taken[string(name)], err
	})
}
