package layer

import (
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/object"
)

func TestHidden(t *testing.T) {
	size, none, free := 1, int64(0), types.FreeHeadGeneration
	x := &model.XRefTable{Table: map[int]*model.XRefTableEntry{0: {Free: true, Offset: &none, Generation: &free}}, Size: &size}
	f := &object.File{Context: &model.Context{XRefTable: x, Configuration: model.NewDefaultConfiguration()}}
	group := func() types.IndirectRef {
		ref, err := f.Add(types.Dict{"Type": types.Name("OCG")})
		if err != nil {
			t.Fatal(err)
		}
		return ref
	}
	on, off, listed := group(), group(), group()
	member := func(policy string, groups ...types.Object) types.Dict {
		return types.Dict{"Type": types.Name("OCMD"), "P": types.Name(policy), "OCGs": types.Array(groups)}
	}
	says := func(a ...types.Object) types.Dict {
		return types.Dict{"Type": types.Name("OCMD"), "VE": types.Array(a)}
	}
	and, or, not := types.Name("And"), types.Name("Or"), types.Name("Not")
	loop := make(types.Array, 20)
	for i := range loop {
		loop[i] = loop
	}
	loop[0] = and
	for base, byDefault := range map[string]bool{"ON": false, "OFF": true} {
		x.RootDict = types.Dict{"OCProperties": types.Dict{"D": types.Dict{
			"BaseState": types.Name(base), "OFF": types.Array{off}, "ON": types.Array{on},
		}}}
		l := Read(f)
		for what, c := range map[string]struct {
			o    types.Object
			want bool
		}{
			"nothing":                 {nil, false},
			"not a group":             {types.Integer(1), false},
			"on":                      {on, false},
			"off":                     {off, true},
			"by the base state":       {listed, byDefault},
			"any on":                  {member("AnyOn", on, off), false},
			"all on":                  {member("AllOn", on, off), true},
			"any off":                 {member("AnyOff", on, on), true},
			"all off":                 {member("AllOff", off, off), false},
			"all off, one on":         {member("AllOff", off, on), true},
			"no policy, all off":      {member("", off), true},
			"no groups":               {member("AllOn"), false},
			"both":                    {says(and, on, off), true},
			"one of both":             {says(or, on, off), false},
			"not":                     {says(not, off), false},
			"nested":                  {says(or, off, types.Array{and, on, types.Array{not, off}}), false},
			"an expression in a loop": {says(loop...), false},
		} {
			if got := l.Hidden(c.o); got != c.want {
				t.Errorf("%s, base state %s: %v", what, base, got)
			}
		}
	}
}
