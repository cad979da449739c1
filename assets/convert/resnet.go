package convert

import (
	"fmt"
	"slices"
)

// Names of the input and output of the model that DlibResNet writes.
const (
	// ResNetInput takes float32[N, 3, 150, 150]: aligned faces, red, green,
	// blue, 0 to 255.
	ResNetInput = "input"
	// ResNetOutput gives float32[N, 128]: one embedding a face; Euclidean
	// distances below about 0.5 mean the same person.
	ResNetOutput = "embedding"
)

// DlibResNet turns the face recognition network of dlib (ResNet-29 with 128
// outputs, D. King 2017), as face-api.js publishes it for TensorFlow.js in
// uint8, into an ONNX model of float32 (IR 5, opset 10). Mean and scale of the
// pixels and the scale layers after each convolution are folded in.
func DlibResNet(manifest, weights []byte) ([]byte, error) {
	w, err := readTFJS(manifest, weights)
	if err != nil {
		return nil, fmt.Errorf("dlib resnet: %w", err)
	}
	r := resnet{weights: w}
	model := r.build()
	if r.err != nil {
		return nil, fmt.Errorf("dlib resnet: %w", r.err)
	}
	return model, nil
}

// resnet builds the network; the first error stays in err and ends the building.
type resnet struct {
	graph
	weights map[string]tensor
	err     error
}

func (r *resnet) build() []byte {
	r.constant("mean", []int{1, 3, 1, 1}, []float32{122.782, 117.001, 104.298})
	r.constant("scale", []int{1}, []float32{1.0 / 256})
	x := r.node("Mul", []string{r.node("Sub", []string{ResNetInput, "mean"}), "scale"})
	x = r.conv(x, "conv32_down", layer{in: 3, out: 32, kernel: 7, stride: 2, relu: true})
	x = r.node("MaxPool", []string{x}, ints("kernel_shape", 3, 3), ints("strides", 2, 2))
	x = r.residuals(x, 32, "conv32_1", "conv32_2", "conv32_3")
	x = r.down(x, "conv64_down", 32, 64, false)
	x = r.residuals(x, 64, "conv64_1", "conv64_2", "conv64_3")
	x = r.down(x, "conv128_down", 64, 128, false)
	x = r.residuals(x, 128, "conv128_1", "conv128_2")
	x = r.down(x, "conv256_down", 128, 256, true)
	x = r.residuals(x, 256, "conv256_1", "conv256_2")
	x = r.down(x, "conv256_down_out", 256, 256, true)
	x = r.node("Flatten", []string{r.node("GlobalAveragePool", []string{x})})
	fc := r.weight("fc", 256, 128)
	r.constant("fc", fc.shape, fc.data)
	r.nodeTo(ResNetOutput, "MatMul", []string{x, "fc"})
	return r.model("dlib_resnet", 5, 10,
		[][]byte{floats(ResNetInput, 3, 150, 150)}, [][]byte{floats(ResNetOutput, 128)})
}

// weight gives the named weights, which must have the given shape.
func (r *resnet) weight(name string, shape ...int) tensor {
	t, ok := r.weights[name]
	if r.err == nil && !ok {
		r.err = fmt.Errorf("%w: no weights %q", ErrFormat, name)
	}
	if r.err == nil && !slices.Equal(t.shape, shape) {
		r.err = fmt.Errorf("%w: weights %q have shape %v, want %v", ErrFormat, name, t.shape, shape)
	}
	return t
}

// layer is a square convolution.
type layer struct {
	in, out, kernel, stride, pad int
	relu                         bool
}

// conv adds (conv(x)+bias)·scale + shift as one convolution, and moves the
// filters from TensorFlow's order (height, width, in, out) to ONNX's (out, in,
// height, width).
func (r *resnet) conv(x, name string, l layer) string {
	k := l.kernel
	filters := r.weight(name+"/conv/filters", k, k, l.in, l.out)
	bias := r.weight(name+"/conv/bias", l.out)
	scale := r.weight(name+"/scale/weights", l.out)
	shift := r.weight(name+"/scale/biases", l.out)
	if r.err != nil {
		return x
	}
	w := make([]float32, len(filters.data))
	for i, v := range filters.data {
		pixel, c := i/l.out, i%l.out // pixel runs over (height, width, in)
		w[(c*l.in+pixel%l.in)*k*k+pixel/l.in] = v * scale.data[c]
	}
	b := make([]float32, l.out)
	for c := range b {
		b[c] = float32(bias.data[c]*scale.data[c]) + shift.data[c] // rounded twice on purpose, see readTFJS
	}
	r.constant(name+"_w", []int{l.out, l.in, k, k}, w)
	r.constant(name+"_b", []int{l.out}, b)
	size, step, pad := int64(k), int64(l.stride), int64(l.pad)
	y := r.node("Conv", []string{x, name + "_w", name + "_b"},
		ints("kernel_shape", size, size), ints("strides", step, step), ints("pads", pad, pad, pad, pad))
	if l.relu {
		y = r.node("Relu", []string{y})
	}
	return y
}

// residuals adds blocks of two convolutions around which the input is added back.
func (r *resnet) residuals(x string, channels int, names ...string) string {
	for _, name := range names {
		l := layer{in: channels, out: channels, kernel: 3, stride: 1, pad: 1, relu: true}
		y := r.conv(x, name+"/conv1", l)
		l.relu = false
		y = r.conv(y, name+"/conv2", l)
		x = r.node("Relu", []string{r.node("Add", []string{y, x})})
	}
	return x
}

// down adds a block that halves the size. The input, pooled, is added back
// after zero channels were appended to it; where the pooled picture is one
// larger than the convolved one (odd sizes), adjust pads the latter.
func (r *resnet) down(x, name string, in, out int, adjust bool) string {
	y := r.conv(x, name+"/conv1", layer{in: in, out: out, kernel: 3, stride: 2, relu: true})
	y = r.conv(y, name+"/conv2", layer{in: out, out: out, kernel: 3, stride: 1, pad: 1})
	pool := r.node("AveragePool", []string{x}, ints("kernel_shape", 2, 2), ints("strides", 2, 2))
	if adjust {
		y = r.node("Pad", []string{y}, ints("pads", 0, 0, 0, 0, 0, 0, 1, 1))
	}
	if more := int64(out - in); more > 0 {
		pool = r.node("Pad", []string{pool}, ints("pads", 0, 0, 0, 0, 0, more, 0, 0))
	}
	return r.node("Relu", []string{r.node("Add", []string{pool, y})})
}
