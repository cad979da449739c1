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

// The two networks confirm each other; hints stand alone or not at all.
func TestFuseNetworks(t *testing.T) {
	small := func(f face) face { f.small = true; return f }
	hint := func(f face) face { f.small, f.hint = true, true; return f }
	for name, tt := range map[string]struct {
		in        []face
		x0, score float32 // of the one face; score 0 means none
	}{
		"two doubts are a face":            {[]face{at(10, 10, 20, 20, .16), small(at(8, 10, 20, 20, .14))}, 8, .23},
		"one network twice is not more":    {[]face{at(10, 10, 20, 20, .16), at(8, 10, 20, 20, .14)}, 0, 0},
		"never above one":                  {[]face{at(10, 10, 20, 20, .9), small(at(10, 10, 20, 20, .6))}, 10, 1},
		"less than half does not widen":    {[]face{at(10, 10, 20, 20, .5), small(at(4, 10, 20, 20, .09))}, 10, .545},
		"a hint widens no face":            {[]face{at(10, 10, 20, 20, .5), hint(at(4, 10, 20, 20, .3))}, 10, .5},
		"a hint alone":                     {[]face{hint(at(10, 10, 20, 20, .22)), hint(at(8, 10, 20, 20, .21))}, 8, .22},
		"what the other scores best leads": {[]face{at(10, 10, 20, 20, .3), small(at(12, 10, 20, 20, .5))}, 10, .65},
	} {
		got := fuse(tt.in, 0.2)
		if tt.score == 0 {
			if len(got) > 0 {
				t.Errorf("%s: %v", name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].box.x0 != tt.x0 || !near(got[0].score, float64(tt.score), 0.001) {
			t.Errorf("%s: got %v, want x0 %v, score %v", name, got, tt.x0, tt.score)
		}
	}
}

func TestLies(t *testing.T) {
	seen := func(turns ...int) (fs []face) {
		for _, n := range turns {
			fs = append(fs, face{score: 0.9, turn: n})
		}
		return append(fs, face{score: 0.5, turn: 2}, face{score: 0.5, turn: 2}) // too doubtful to count
	}
	for want, turns := range [][]int{{0, 0, 1, 2}, {1, 1, 0}, {2}, {0, 3, 3}} {
		if got := lies(seen(turns...)); got != want {
			t.Errorf("faces in turns %v: %d, want %d", turns, got, want)
		}
	}
	if got := lies(seen(0, 2)); got != 0 {
		t.Errorf("as many upright as turned: %d", got)
	}
}
