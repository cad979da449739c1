package colour

import (
	"math"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

func name(s string) types.Name { return types.Name(s) }

func numbers(v ...float64) types.Array {
	a := types.Array{}
	for _, n := range v {
		a = append(a, types.Float(n))
	}
	return a
}

func TestRGB(t *testing.T) {
	size, none, free := 1, int64(0), types.FreeHeadGeneration
	f := &object.File{Context: &model.Context{
		XRefTable:     &model.XRefTable{Table: map[int]*model.XRefTableEntry{0: {Free: true, Offset: &none, Generation: &free}}, Size: &size},
		Configuration: model.NewDefaultConfiguration(),
	}}
	stream := func(d types.Dict, content string) types.IndirectRef {
		ref, err := f.NewStream(d, []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		return ref
	}
	fade := types.Dict{"FunctionType": types.Integer(2), "N": types.Integer(1), "C0": numbers(1, 1, 1), "C1": numbers(0, 0, 1)}
	steps := stream(types.Dict{
		"FunctionType": types.Integer(0), "Size": numbers(2), "BitsPerSample": types.Integer(8), "Domain": numbers(0, 1), "Range": numbers(0, 1, 0, 1, 0, 1),
	}, "\xff\xff\xff\xff\x00\x00")
	self := types.Array{name("Indexed"), nil, types.Integer(1), types.HexLiteral("00")}
	self[1] = self
	for what, c := range map[string]struct {
		space types.Object
		in    []float64
		want  [3]float64
		known bool
	}{
		"grey":                  {name("DeviceGray"), []float64{.5}, [3]float64{.5, .5, .5}, true},
		"beyond its range":      {name("DeviceRGB"), []float64{-1, 2, .5}, [3]float64{0, 1, .5}, true},
		"CMYK":                  {name("DeviceCMYK"), []float64{1, 0, 0, .5}, [3]float64{0, .5, .5}, true},
		"calibrated":            {types.Array{name("CalGray"), types.Dict{}}, []float64{1}, [3]float64{1, 1, 1}, true},
		"by its components":     {types.Array{name("ICCBased"), stream(types.Dict{"N": types.Integer(4)}, "")}, []float64{0, 0, 0, 0}, [3]float64{1, 1, 1}, true},
		"no profile":            {types.Array{name("ICCBased")}, []float64{0}, [3]float64{}, false},
		"Lab white":             {types.Array{name("Lab"), types.Dict{}}, []float64{100, 0, 0}, [3]float64{1, 1, 1}, true},
		"Lab red":               {types.Array{name("Lab"), types.Dict{}}, []float64{50, 80, 60}, [3]float64{}, false},
		"indexed":               {types.Array{name("Indexed"), name("DeviceRGB"), types.Integer(1), types.HexLiteral("000000FF0000")}, []float64{1}, [3]float64{1, 0, 0}, true},
		"beyond the table":      {types.Array{name("Indexed"), name("DeviceRGB"), types.Integer(1), types.HexLiteral("000000")}, []float64{1}, [3]float64{}, false},
		"a table on itself":     {self, []float64{0}, [3]float64{}, false},
		"a tint":                {types.Array{name("Separation"), name("X"), name("DeviceRGB"), fade}, []float64{1}, [3]float64{0, 0, 1}, true},
		"a sampled tint":        {types.Array{name("Separation"), name("X"), name("DeviceRGB"), steps}, []float64{1}, [3]float64{1, 0, 0}, true},
		"a tint of a program":   {types.Array{name("Separation"), name("X"), name("DeviceRGB"), types.Dict{"FunctionType": types.Integer(4)}}, []float64{1}, [3]float64{}, false},
		"several tints":         {types.Array{name("DeviceN"), types.Array{name("X"), name("Y")}, name("DeviceRGB"), fade}, []float64{1, 1}, [3]float64{}, false},
		"nothing of the kind":   {types.Dict{}, []float64{1}, [3]float64{}, false},
		"a pattern's no colour": {name("Pattern"), nil, [3]float64{}, false},
	} {
		got, known := Of(f, c.space).RGB(c.in)
		if known != c.known {
			t.Errorf("%s: known %v", what, known)
			continue
		}
		for i := range got {
			if known && math.Abs(got[i]-c.want[i]) > 1e-9 {
				t.Errorf("%s: %v, not %v", what, got, c.want)
				break
			}
		}
	}
}

func TestInitial(t *testing.T) {
	if c, ok := CMYK.RGB(CMYK.Initial()); !ok || c != [3]float64{} {
		t.Errorf("%v", c)
	}
	if n := len(RGB.Initial()); n != 3 {
		t.Errorf("%d components", n)
	}
}
