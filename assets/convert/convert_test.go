package convert

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"consentry/assets"
)

// value is one input or output of a graph: its dimensions, -1 for a free one.
type value struct {
	name string
	dims []int64
}

// values reads the inputs or outputs of a model, and fails on malformed ones.
func values(t *testing.T, model []byte, num protowire.Number) []value {
	t.Helper()
	graph := must(t, model, modelGraph)
	var vs []value
	for _, f := range mustFields(t, graph) {
		if f.num != num {
			continue
		}
		v := value{name: string(must(t, f.data, valueName))}
		shape := must(t, must(t, must(t, f.data, valueType), typeTensor), tensorShape)
		for _, d := range mustFields(t, shape) {
			dim := int64(-1)
			if name, free, err := find(d.data, dimParam); err != nil || free == (len(name) == 0) {
				t.Fatalf("dimension of %s: %q, %v", v.name, name, err)
			} else if !free {
				_, _, n := protowire.ConsumeTag(d.data)
				x, _ := protowire.ConsumeVarint(d.data[n:])
				dim = int64(x)
			}
			v.dims = append(v.dims, dim)
		}
		vs = append(vs, v)
	}
	return vs
}

func must(t *testing.T, msg []byte, num protowire.Number) []byte {
	t.Helper()
	b, ok, err := find(msg, num)
	if err != nil || !ok {
		t.Fatalf("field %d: present %v, %v", num, ok, err)
	}
	return b
}

func mustFields(t *testing.T, msg []byte) []field {
	t.Helper()
	fs, err := fields(msg)
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

func equal(a, b []value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].name != b[i].name || len(a[i].dims) != len(b[i].dims) {
			return false
		}
		for j := range a[i].dims {
			if a[i].dims[j] != b[i].dims[j] {
				return false
			}
		}
	}
	return true
}

// TestConvertedModels looks at the files that the fetch made from the real packages.
func TestConvertedModels(t *testing.T) {
	dir, err := assets.Dir()
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ in, out []value }{
		"centerface.onnx": {
			in: []value{{"input.1", []int64{-1, 3, -1, -1}}},
			out: []value{{"537", []int64{-1, 1, -1, -1}}, {"538", []int64{-1, 2, -1, -1}},
				{"539", []int64{-1, 2, -1, -1}}, {"540", []int64{-1, 10, -1, -1}}},
		},
		"dlib-resnet.onnx": {
			in:  []value{{ResNetInput, []int64{-1, 3, 150, 150}}},
			out: []value{{ResNetOutput, []int64{-1, 128}}},
		},
		"sface.onnx": {
			in:  []value{{SFaceInput, []int64{-1, 3, 112, 112}}},
			out: []value{{SFaceOutput, []int64{-1, 128}}},
		},
		"yunet.onnx": {
			in: []value{{"input", []int64{1, 3, -1, -1}}},
			out: []value{
				{"cls_8", []int64{1, -1, 1}}, {"cls_16", []int64{1, -1, 1}}, {"cls_32", []int64{1, -1, 1}},
				{"obj_8", []int64{1, -1, 1}}, {"obj_16", []int64{1, -1, 1}}, {"obj_32", []int64{1, -1, 1}},
				{"bbox_8", []int64{1, -1, 4}}, {"bbox_16", []int64{1, -1, 4}}, {"bbox_32", []int64{1, -1, 4}},
				{"kps_8", []int64{1, -1, 10}}, {"kps_16", []int64{1, -1, 10}}, {"kps_32", []int64{1, -1, 10}},
			},
		},
	} {
		model, err := set.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := values(t, model, graphInput); !equal(got, want.in) {
			t.Errorf("%s has inputs %v, want %v", name, got, want.in)
		}
		if got := values(t, model, graphOutput); !equal(got, want.out) {
			t.Errorf("%s has outputs %v, want %v", name, got, want.out)
		}
	}
}

// quantised builds a graph whose one weight, two rows of two, is int8.
func quantised(rows int) []byte {
	bytesOf := func(name string, kind int64, raw []byte, dims ...int64) []byte {
		var t []byte
		for _, d := range dims {
			t = appendInt(t, initDims, d)
		}
		return appendBytes(appendString(appendInt(t, initDataType, kind), initName, name), initRaw, raw)
	}
	var scales []byte
	for i := range rows {
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(float32(i)+0.5))
	}
	var g graph
	g.nodeTo("w", "DequantizeLinear", []string{"w_q", "w_s", "w_z"}, ints("axis", 1))
	g.nodeTo("y", "Mul", []string{"x", "w"})
	for _, c := range [][]byte{
		bytesOf("w_q", onnxInt8, []byte{1, 0xff, 0x80, 0x7f}, 2, 2),
		bytesOf("w_s", onnxFloat, scales, int64(rows), 1),
		bytesOf("w_z", onnxInt8, make([]byte, rows), int64(rows), 1),
	} {
		g.body = appendBytes(g.body, graphInitializer, c)
	}
	return g.model("quantised", 6, 21, [][]byte{floats("x", 3, 640, 640)}, [][]byte{floats("y", 6400, 1)})
}

func TestYuNet(t *testing.T) {
	model, err := YuNet(quantised(2))
	if err != nil {
		t.Fatal(err)
	}
	var ops, names []string
	var weights []byte
	for _, f := range mustFields(t, must(t, model, modelGraph)) {
		switch f.num {
		case graphNode:
			ops = append(ops, string(must(t, f.data, nodeOp)))
		case graphInitializer:
			names = append(names, string(must(t, f.data, initName)))
			weights = must(t, f.data, initRaw)
		}
	}
	if len(ops) != 1 || ops[0] != "Mul" || len(names) != 1 || names[0] != "w" {
		t.Fatalf("nodes are %q, constants %q", ops, names)
	}
	for i, want := range []float32{0.5, -0.5, -192, 190.5} {
		if got := math.Float32frombits(binary.LittleEndian.Uint32(weights[4*i:])); got != want {
			t.Errorf("weight %d is %v, want %v", i, got, want)
		}
	}
	for name, b := range map[string][]byte{"empty": nil, "text": []byte("<html>"), "scales that do not divide": quantised(3), "no scales": quantised(0)} {
		if _, err := YuNet(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: error is %v, want ErrFormat", name, err)
		}
	}
}

// SFace's file names weights as inputs, used or not: none is one afterwards, and
// the batch is free.
func TestSFace(t *testing.T) {
	var listed []byte
	for _, name := range []string{"w_q", "left_over"} {
		listed = appendBytes(listed, graphInput, floats(name, 2))
	}
	source, err := rewriteOnly(quantised(2), modelGraph, func(g []byte) ([]byte, error) { return append(g, listed...), nil })
	if err != nil {
		t.Fatal(err)
	}
	model, err := SFace(source)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := values(t, model, graphInput), []value{{"x", []int64{-1, 3, 640, 640}}}; !equal(got, want) {
		t.Errorf("inputs are %v, want %v", got, want)
	}
	for name, b := range map[string][]byte{"empty": nil, "text": []byte("<html>"), "cut": quantised(2)[:60], "no scales": quantised(0)} {
		if _, err := SFace(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: error is %v, want ErrFormat", name, err)
		}
	}
}

// fixed builds a graph of fixed size with a constant among its inputs.
func fixed() []byte {
	tensor := func(name string, dims ...int64) []byte {
		var shape []byte
		for _, d := range dims {
			shape = appendBytes(shape, shapeDim, appendInt(nil, dimValue, d))
		}
		t := appendBytes(appendInt(nil, tensorElem, onnxFloat), tensorShape, shape)
		return appendBytes(appendString(nil, valueName, name), valueType, appendBytes(nil, typeTensor, t))
	}
	var g graph
	g.constant("weight", []int{1, 1, 1, 1}, []float32{2})
	g.nodeTo("out", "Mul", []string{"in", "weight"})
	g.body = appendBytes(g.body, graphValueInfo, tensor("between", 1, 1, 4, 4))
	return g.model("fixed", 5, 10,
		[][]byte{tensor("in", 10, 3, 32, 32), tensor("weight", 1, 1, 1, 1), tensor("flat", 7, 8)},
		[][]byte{tensor("out", 10, 3, 32, 32)})
}

func TestFreeDims(t *testing.T) {
	model, err := FreeDims(fixed())
	if err != nil {
		t.Fatal(err)
	}
	if got, want := values(t, model, graphInput), []value{{"in", []int64{-1, 3, -1, -1}}, {"flat", []int64{7, 8}}}; !equal(got, want) {
		t.Errorf("inputs are %v, want %v", got, want)
	}
	if got, want := values(t, model, graphOutput), []value{{"out", []int64{-1, 3, -1, -1}}}; !equal(got, want) {
		t.Errorf("outputs are %v, want %v", got, want)
	}
	graph := must(t, model, modelGraph)
	if _, ok, _ := find(graph, graphValueInfo); ok {
		t.Error("shapes of inner values are still there")
	}
	if _, ok, _ := find(graph, graphInitializer); !ok {
		t.Error("the constant itself is gone")
	}
	again, err := FreeDims(model)
	if err != nil || !bytes.Equal(again, model) {
		t.Errorf("a second pass changes the model: %v", err)
	}
	for name, b := range map[string][]byte{"empty": nil, "text": []byte("<html>"), "cut": fixed()[:40], "no graph": {8, 5}} {
		if _, err := FreeDims(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: error is %v, want ErrFormat", name, err)
		}
	}
}

func TestReadTFJS(t *testing.T) {
	const manifest = `[{"weights":[
		{"name":"q","shape":[2],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1}},
		{"name":"f","shape":[1,1],"dtype":"float32"}]}]`
	bin := binary.LittleEndian.AppendUint32([]byte{0, 255}, math.Float32bits(2.5))
	got, err := readTFJS([]byte(manifest), bin)
	if err != nil {
		t.Fatal(err)
	}
	if q := got["q"].data; len(q) != 2 || q[0] != -1 || q[1] != 126.5 {
		t.Errorf("quantised weights are %v", q)
	}
	if f := got["f"].data; len(f) != 1 || f[0] != 2.5 {
		t.Errorf("float weights are %v", f)
	}
	for name, change := range map[string][2]string{
		"not JSON":         {manifest, "{"},
		"too many weights": {"[2]", "[3]"},
		"too few weights":  {"[2]", "[1]"},
		"other type":       {`"dtype":"float32"}`, `"dtype":"int32"}`},
		"other quantum":    {"uint8", "uint16"},
		"zero size":        {"[1,1]", "[1,0]"},
		"overflow":         {"[1,1]", "[4294967296,4294967296,4]"},
		"negative":         {"[1,1]", "[-1,-1]"},
	} {
		broken := strings.Replace(manifest, change[0], change[1], 1)
		if _, err := readTFJS([]byte(broken), bin); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: error is %v, want ErrFormat", name, err)
		}
	}
}

// TestConvOrder follows one filter weight through the change of layout.
func TestConvOrder(t *testing.T) {
	filters := make([]float32, 3*3*2*4)
	filters[((1*3+2)*2+1)*4+3] = 5 // height 1, width 2, in 1, out 3
	r := resnet{weights: map[string]tensor{
		"c/conv/filters": {[]int{3, 3, 2, 4}, filters}, "c/conv/bias": {[]int{4}, []float32{0, 0, 0, 7}},
		"c/scale/weights": {[]int{4}, []float32{1, 1, 1, 2}}, "c/scale/biases": {[]int{4}, []float32{0, 0, 0, 3}},
	}}
	r.conv("x", "c", layer{in: 2, out: 4, kernel: 3, stride: 1, pad: 1})
	if r.err != nil {
		t.Fatal(r.err)
	}
	at := map[string]int{"c_w": ((3*2+1)*3+1)*3 + 2, "c_b": 3}
	want := map[string]float32{"c_w": 10, "c_b": 17}
	for _, f := range mustFields(t, r.body) {
		if f.num != graphInitializer {
			continue
		}
		name, raw := string(must(t, f.data, initName)), must(t, f.data, initRaw)
		for i := 0; i < len(raw)/4; i++ {
			expected := float32(0)
			if i == at[name] {
				expected = want[name]
			}
			if got := math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:])); got != expected {
				t.Errorf("%s[%d] = %v, want %v", name, i, got, expected)
			}
		}
		delete(want, name)
	}
	if len(want) != 0 {
		t.Errorf("not written: %v", want)
	}
}

func TestDlibResNetRefuses(t *testing.T) {
	if _, err := DlibResNet([]byte("[]"), nil); !errors.Is(err, ErrFormat) {
		t.Errorf("no weights: %v", err)
	}
	type weight struct {
		Name  string `json:"name"`
		Shape []int  `json:"shape"`
		Dtype string `json:"dtype"`
	}
	manifest, err := json.Marshal([]map[string][]weight{{"weights": {{"conv32_down/conv/filters", []int{1}, "float32"}}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DlibResNet(manifest, make([]byte, 4)); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), "shape") {
		t.Errorf("wrong shape: %v", err)
	}
}

func FuzzFreeDims(f *testing.F) {
	f.Add(fixed())
	f.Add([]byte{})
	f.Add([]byte("\x3a\x02\x5a\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		out, err := FreeDims(b)
		if err != nil {
			return
		}
		if again, err := FreeDims(out); err != nil || !bytes.Equal(again, out) {
			t.Errorf("a second pass changes the model: %v", err)
		}
	})
}

func FuzzDlibResNet(f *testing.F) {
	f.Add([]byte(`[{"weights":[{"name":"fc","shape":[1],"dtype":"float32"}]}]`), []byte{0, 0, 0, 0})
	f.Add([]byte(`[{"weights":[{"name":"conv32_down/conv/filters","shape":[9,9],"dtype":"float32","quantization":{"dtype":"uint8"}}]}]`), make([]byte, 81))
	f.Fuzz(func(t *testing.T, manifest, weights []byte) {
		if model, err := DlibResNet(manifest, weights); err == nil {
			mustFields(t, model)
		}
	})
}

// FuzzYuNet feeds SFace too, which reads the same quantised form.
func FuzzYuNet(f *testing.F) {
	for rows := range 4 {
		f.Add(quantised(rows))
	}
	f.Add(fixed())
	f.Fuzz(func(t *testing.T, b []byte) {
		if model, err := YuNet(b); err == nil {
			mustFields(t, model)
		}
		if model, err := SFace(b); err == nil {
			mustFields(t, model)
		}
	})
}
