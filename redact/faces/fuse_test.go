package faces

import (
	"math/rand/v2"
	"reflect"
	"testing"
)

func at(x, y, w, h, score float32) face {
	return face{box: rect{x, y, x + w, y + h}, score: score}
}

func TestFuse(t *testing.T) {
	tests := []struct {
		name string
		in   []face
		want []face
	}{
		{"nothing", nil, nil},
		{"one", []face{at(10, 10, 20, 20, .5)}, []face{at(10, 10, 20, 20, .5)}},
		{"at the threshold", []face{at(10, 10, 20, 20, .2)}, []face{at(10, 10, 20, 20, .2)}},
		{"below", []face{at(10, 10, 20, 20, .19)}, nil},
		{"hull, better score", []face{at(10, 10, 20, 20, .5), at(12, 8, 20, 20, .9)}, []face{at(10, 8, 22, 22, .9)}},
		{"a weak opinion widens", []face{at(10, 10, 20, 20, .5), at(8, 10, 20, 20, .11)}, []face{at(8, 10, 22, 20, .5)}},
		{"weak opinions alone", []face{at(10, 10, 20, 20, .15), at(8, 10, 20, 20, .11)}, nil},
		{"a cut face joins the whole one", []face{at(0, 0, 40, 40, .9), at(0, 0, 14, 40, .8)}, []face{at(0, 0, 40, 40, .9)}},
		{"a small face in a large one stays", []face{at(0, 0, 100, 100, .9), at(30, 30, 20, 20, .4)},
			[]face{at(0, 0, 100, 100, .9), at(30, 30, 20, 20, .4)}},
		{"neighbours stay two", []face{at(0, 0, 40, 40, .9), at(30, 0, 40, 40, .8)}, []face{at(0, 0, 40, 40, .9), at(30, 0, 40, 40, .8)}},
		{"no chain across a row", []face{at(0, 0, 40, 40, .9), at(18, 0, 40, 40, .8), at(36, 0, 40, 40, .7)},
			[]face{at(0, 0, 58, 40, .9), at(36, 0, 40, 40, .7)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				rng.Shuffle(len(tt.in), func(i, j int) { tt.in[i], tt.in[j] = tt.in[j], tt.in[i] })
				if got := fuse(append([]face(nil), tt.in...), 0.2); !reflect.DeepEqual(got, tt.want) {
					t.Fatalf("got %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestSuppress(t *testing.T) {
	got := suppress([]face{at(0, 0, 40, 40, .3), at(2, 0, 40, 40, .9), at(100, 0, 40, 40, .2)})
	want := []face{at(2, 0, 40, 40, .9), at(100, 0, 40, 40, .2)}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
