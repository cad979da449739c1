// Package convert rewrites published model files into the form that Consentry
// runs. Every conversion is a pure function of its input bytes and gives the
// same bytes on every machine, so that models.lock can hold the digest of the
// result. Malformed input gives an error that wraps ErrFormat, never a panic.
package convert

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
)

// ErrFormat is wrapped by every error that says that the input is not the
// kind of file the conversion expects.
var ErrFormat = errors.New("not the expected model format")

// Field numbers of onnx.proto (ONNX IR version 8) that the conversions touch.
const (
	modelIRVersion protowire.Number = 1
	modelProducer  protowire.Number = 2
	modelGraph     protowire.Number = 7
	modelOpset     protowire.Number = 8

	graphNode        protowire.Number = 1
	graphName        protowire.Number = 2
	graphInitializer protowire.Number = 5
	graphInput       protowire.Number = 11
	graphOutput      protowire.Number = 12
	graphValueInfo   protowire.Number = 13

	valueName protowire.Number = 1
	valueType protowire.Number = 2

	typeTensor  protowire.Number = 1
	tensorElem  protowire.Number = 1
	tensorShape protowire.Number = 2
	shapeDim    protowire.Number = 1
	dimValue    protowire.Number = 1
	dimParam    protowire.Number = 2

	initDims     protowire.Number = 1
	initDataType protowire.Number = 2
	initName     protowire.Number = 8
	initRaw      protowire.Number = 9

	nodeInput  protowire.Number = 1
	nodeOutput protowire.Number = 2
	nodeName   protowire.Number = 3
	nodeOp     protowire.Number = 4
	nodeAttr   protowire.Number = 5

	attrName protowire.Number = 1
	attrInts protowire.Number = 8
	attrType protowire.Number = 20
)

// onnxFloat is TensorProto.DataType FLOAT; attrTypeInts is AttributeProto INTS.
const (
	onnxFloat    = 1
	attrTypeInts = 7
)

// field is one field of an encoded message. data is set for length-delimited
// fields only; raw is the whole field with its tag. Both share the input's memory.
type field struct {
	num  protowire.Number
	typ  protowire.Type
	data []byte
	raw  []byte
}

// fields splits an encoded message.
func fields(msg []byte) ([]field, error) {
	var fs []field
	for len(msg) > 0 {
		num, typ, n := protowire.ConsumeTag(msg)
		if n < 0 {
			return nil, fmt.Errorf("%w: %w", ErrFormat, protowire.ParseError(n))
		}
		m := protowire.ConsumeFieldValue(num, typ, msg[n:])
		if m < 0 {
			return nil, fmt.Errorf("%w: %w", ErrFormat, protowire.ParseError(m))
		}
		f := field{num: num, typ: typ, raw: msg[:n+m]}
		if typ == protowire.BytesType {
			f.data, _ = protowire.ConsumeBytes(msg[n:])
		}
		fs = append(fs, f)
		msg = msg[n+m:]
	}
	return fs, nil
}

// find gives the payload of the last length-delimited field num, as protobuf
// readers do, and whether there is one.
func find(msg []byte, num protowire.Number) ([]byte, bool, error) {
	fs, err := fields(msg)
	if err != nil {
		return nil, false, err
	}
	for i := len(fs) - 1; i >= 0; i-- {
		if fs[i].num == num && fs[i].typ == protowire.BytesType {
			return fs[i].data, true, nil
		}
	}
	return nil, false, nil
}

// edit replaces what a rewrite does with one length-delimited field: the new
// payload, and whether the field stays.
type edit func(num protowire.Number, data []byte) (out []byte, keep bool, err error)

// rewrite applies f to every length-delimited field of msg; other fields are
// copied as they are.
func rewrite(msg []byte, f edit) ([]byte, error) {
	fs, err := fields(msg)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(msg))
	for _, fd := range fs {
		if fd.typ != protowire.BytesType {
			out = append(out, fd.raw...)
			continue
		}
		data, keep, err := f(fd.num, fd.data)
		if err != nil {
			return nil, err
		}
		if keep {
			out = appendBytes(out, fd.num, data)
		}
	}
	return out, nil
}

// rewriteOnly applies f to the length-delimited fields numbered num and keeps all else.
func rewriteOnly(msg []byte, num protowire.Number, f func([]byte) ([]byte, error)) ([]byte, error) {
	return rewrite(msg, func(n protowire.Number, data []byte) ([]byte, bool, error) {
		if n != num {
			return data, true, nil
		}
		out, err := f(data)
		return out, true, err
	})
}

func appendBytes(b []byte, num protowire.Number, v []byte) []byte {
	return protowire.AppendBytes(protowire.AppendTag(b, num, protowire.BytesType), v)
}

func appendString(b []byte, num protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(b, num, protowire.BytesType), s)
}

func appendInt(b []byte, num protowire.Number, v int64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(b, num, protowire.VarintType), uint64(v))
}
