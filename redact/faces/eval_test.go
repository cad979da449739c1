package faces

import (
	"bytes"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"consentry/redact"
)

func TestReadGold(t *testing.T) {
	tests := []struct {
		name, in string
		want     []Labelled
		err      string // part of it
	}{
		{"empty", "", nil, ""},
		{"two", "{\"image\":\"a/b.jpg\",\"faces\":[[1,2,3,4],[0.5,0.5,1,1]]}\n\n{\"image\":\"c.png\",\"faces\":[]}\n",
			[]Labelled{{"a/b.jpg", []image.Rectangle{image.Rect(1, 2, 4, 6), image.Rect(0, 0, 2, 2)}}, {Image: "c.png"}}, ""},
		{"no last newline, partly outside", `{"image":"a","faces":[[-3,-4,10,10]]}`, []Labelled{{"a", []image.Rectangle{image.Rect(-3, -4, 7, 6)}}}, ""},
		{"not JSON", "{\"image\":\"a\",\"faces\":[]}\nface", nil, "line 2"},
		{"no image", `{"faces":[]}`, nil, "no image"},
		{"flat box", `{"image":"a","faces":[[1,2,0,4]]}`, nil, "no such box"},
		{"huge box", `{"image":"a","faces":[[1,2,1e300,4]]}`, nil, "no such box"},
		{"far box", `{"image":"a","faces":[[-1e12,2,3,4]]}`, nil, "no such box"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadGold(strings.NewReader(tt.in))
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			if err == nil && !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func FuzzReadGold(f *testing.F) {
	f.Add([]byte(`{"image":"a.jpg","faces":[[1,2,3,4]]}`))
	f.Add([]byte("\n\n{\"image\":\"a\"}\n{"))
	f.Add([]byte(`{"image":"a","faces":[[1e308,-1e308,0.1,5e-324]]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		gold, err := ReadGold(bytes.NewReader(b))
		if err != nil {
			return
		}
		for _, g := range gold {
			for _, r := range g.Faces {
				if g.Image == "" || r.Empty() {
					t.Errorf("accepted %q with %v", g.Image, r)
				}
			}
		}
		if _, err := Evaluate(gold, make([][]redact.Finding, len(gold)), HiddenGrow); err != nil {
			t.Error(err)
		}
	})
}

func TestEvaluate(t *testing.T) {
	box := func(x, y, w, h int) redact.Finding {
		return redact.Finding{Region: redact.Region{Box: image.Rect(x, y, x+w, y+h)}}
	}
	gold := []Labelled{
		{"a", []image.Rectangle{
			image.Rect(0, 0, 10, 10),       // hit
			image.Rect(100, 100, 120, 120), // found, wide box
			image.Rect(200, 0, 230, 30),    // shifted too far to be found, and covered by the margin
			image.Rect(300, 0, 330, 30),    // missed
			image.Rect(400, 0, 500, 100),   // half of it hidden
		}},
		{"b", []image.Rectangle{image.Rect(0, 0, 50, 50), image.Rect(10, 0, 60, 50)}}, // one box for two
		{"c", nil},
	}
	found := [][]redact.Finding{
		{box(0, 0, 10, 10), box(95, 95, 30, 30), box(205, 0, 12, 30), box(217, 0, 12, 30), box(700, 700, 10, 10), box(400, 0, 40, 100)},
		{box(5, 0, 50, 50)},
		{box(0, 0, 9, 9)},
	}
	r, err := Evaluate(gold, found, HiddenGrow)
	if err != nil {
		t.Fatal(err)
	}
	want := Report{
		All: Bucket{Gold: 7, Found: 5, Covered: 5},
		Buckets: []Bucket{
			{From: 0, To: 12, Gold: 1, Found: 1, Covered: 1},
			{From: 12, To: 24, Gold: 1, Found: 1, Covered: 1},
			{From: 24, To: 40, Gold: 2, Found: 1, Covered: 1},
			{From: 40, Gold: 3, Found: 2, Covered: 2},
		},
		Photos: 3,
		AtLeast: []Bucket{
			{From: 12, Gold: 6, Found: 4, Covered: 4},
			{From: 16, Gold: 6, Found: 4, Covered: 4},
			{From: 24, Gold: 5, Found: 3, Covered: 3},
			{From: 40, Gold: 3, Found: 2, Covered: 2},
		},
		Whole: []Whole{{From: 0, Photos: 2}, {From: 16, Photos: 2}, {From: 24, Photos: 2}},
		Boxes: 8, True: 6,
	}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	if _, err := Evaluate(gold, found[:1], HiddenGrow); err == nil {
		t.Error("missing results: no error")
	}
	if empty, err := Evaluate(nil, nil, HiddenGrow); err != nil || empty.All.Recall() != 1 || empty.Precision() != 1 {
		t.Errorf("nothing: %+v, %v", empty, err)
	}
}

func TestCovered(t *testing.T) {
	r := image.Rect(0, 0, 200, 200)
	for _, tt := range []struct {
		hidden []rect
		want   float64
	}{
		{nil, 0},
		{[]rect{{0, 0, 200, 200}}, 1},
		{[]rect{{0, 0, 100, 200}}, 0.5},
		{[]rect{{0, 0, 100, 200}, {50, 0, 150, 200}}, 0.75},
		{[]rect{{-50, -50, 100, 100}, {100, 100, 900, 900}}, 0.5},
	} {
		if got := covered(r, tt.hidden); got != tt.want {
			t.Errorf("%v: got %v, want %v", tt.hidden, got, tt.want)
		}
	}
}

// The labels of the samples are also a file, for the command that evaluates.
func TestGoldFile(t *testing.T) {
	f, err := os.Open(filepath.Join("testdata", "gold.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	gold, err := ReadGold(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(gold) != len(truth) {
		t.Fatalf("%d pictures, want %d", len(gold), len(truth))
	}
	for i, g := range gold {
		if !reflect.DeepEqual(g.Faces, truth[i]) {
			t.Errorf("%s: labels differ from the test's", g.Image)
		}
	}
}
