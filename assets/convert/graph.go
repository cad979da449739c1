package convert

import (
	"encoding/binary"
	"fmt"
	"math"
)

// graph builds an ONNX graph, node by node, each of one output.
type graph struct {
	body  []byte
	nodes int
}

// constant adds an initialiser of floats under name.
func (g *graph) constant(name string, shape []int, data []float32) {
	g.body = appendBytes(g.body, graphInitializer, initializer(name, shape, data))
}

// initializer encodes a TensorProto of floats.
func initializer(name string, shape []int, data []float32) []byte {
	var t []byte
	for _, d := range shape {
		t = appendInt(t, initDims, int64(d))
	}
	t = appendInt(t, initDataType, onnxFloat)
	t = appendString(t, initName, name)
	raw := make([]byte, 0, 4*len(data))
	for _, x := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
	}
	return appendBytes(t, initRaw, raw)
}

// node adds an operator and gives the name of its output.
func (g *graph) node(op string, in []string, attrs ...[]byte) string {
	g.nodes++
	out := fmt.Sprintf("t%d", g.nodes)
	g.nodeTo(out, op, in, attrs...)
	return out
}

// nodeTo adds an operator whose output is called out.
func (g *graph) nodeTo(out, op string, in []string, attrs ...[]byte) {
	var n []byte
	for _, i := range in {
		n = appendString(n, nodeInput, i)
	}
	n = appendString(n, nodeOutput, out)
	n = appendString(n, nodeName, out+"_"+op)
	n = appendString(n, nodeOp, op)
	for _, a := range attrs {
		n = appendBytes(n, nodeAttr, a)
	}
	g.body = appendBytes(g.body, graphNode, n)
}

// model closes the graph and wraps it as a model.
func (g *graph) model(name string, irVersion, opset int64, inputs, outputs [][]byte) []byte {
	body := appendString(g.body, graphName, name)
	for _, v := range inputs {
		body = appendBytes(body, graphInput, v)
	}
	for _, v := range outputs {
		body = appendBytes(body, graphOutput, v)
	}
	m := appendInt(nil, modelIRVersion, irVersion)
	m = appendString(m, modelProducer, "consentry")
	m = appendBytes(m, modelOpset, appendInt(nil, 2, opset))
	return appendBytes(m, modelGraph, body)
}

// ints is an attribute that holds whole numbers.
func ints(name string, v ...int64) []byte {
	a := appendString(nil, attrName, name)
	for _, x := range v {
		a = appendInt(a, attrInts, x)
	}
	return appendInt(a, attrType, attrTypeInts)
}

// floats is the type of a float tensor called name; the first dimension, the
// batch, is free and called N.
func floats(name string, dims ...int64) []byte {
	shape := appendBytes(nil, shapeDim, appendString(nil, dimParam, "N"))
	for _, d := range dims {
		shape = appendBytes(shape, shapeDim, appendInt(nil, dimValue, d))
	}
	t := appendBytes(appendInt(nil, tensorElem, onnxFloat), tensorShape, shape)
	return appendBytes(appendString(nil, valueName, name), valueType, appendBytes(nil, typeTensor, t))
}
