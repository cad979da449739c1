package sweep

import (
	"strings"
	"testing"
)

// Roles that refine turns into others, and those of values that are no dictionaries.
var turned = map[role]bool{
	plain: true, text: true, uri: true, value: true, dest: true, named: true, back: true, parents: true, gone: true,
	"xobject": true, "pattern": true, "appearance": true, "property": true, "annotation": true, "action": true, "struct": true, "attribute": true,
}

func TestSchemaIsWhole(t *testing.T) {
	used := map[role]bool{"catalog": true, "encoding": true, "link": true, "typed": true, "markup": true, "signed": true, "visit": true, "goto": true,
		"image": true, "tiling": true, "shading": true, "shown": true, "member": true, "propertylist": true, "element": true, "marked": true, "object": true}
	for r, list := range schema {
		for k, v := range list {
			v = role(strings.TrimPrefix(string(v), "*"))
			if used[v] = true; schema[v] == nil && !turned[v] {
				t.Errorf("%s/%s is a %s, which has no list", r, k, v)
			}
		}
	}
	for r := range schema {
		if !used[r] {
			t.Errorf("nothing is a %s", r)
		}
	}
	for r := range holdsStream {
		if schema[r] == nil {
			t.Errorf("streams of %s have no list", r)
		}
	}
	for r := range lists {
		if schema[role(r)] == nil && !turned[role(r)] {
			t.Errorf("a list of %s, which is nothing", r)
		}
	}
}
