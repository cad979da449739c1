package faces

import (
	"bytes"
	"encoding/json"
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

func TestReadBoxes(t *testing.T) {
	gold := []Labelled{{Image: "a"}, {Image: "b"}}
	tests := []struct {
		name, in string
		want     []int  // boxes of each picture
		err      string // part of it
	}{
		{"score and time are skipped", `{"image":"b","boxes":[],"ms":3}` + "\n\n" + `{"image":"a","boxes":[[1,2,3,4,0.9],[0,0,1,1]]}`, []int{2, 0}, ""},
		{"a picture is missing", `{"image":"a","boxes":[]}`, nil, "picture 2"},
		{"not JSON", "boxes", nil, "line 1"},
		{"three numbers", `{"image":"a","boxes":[[1,2,3]]}`, nil, "3 numbers"},
		{"flat", `{"image":"a","boxes":[[1,2,3,0]]}`, nil, "no such box"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, err := ReadBoxes(strings.NewReader(tt.in), gold)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)) {
				t.Fatalf("error %v, want %q", err, tt.err)
			}
			for i, n := range tt.want {
				if len(found[i]) != n {
					t.Errorf("picture %d: %d boxes, want %d", i, len(found[i]), n)
				}
			}
		})
	}
}

func FuzzReadBoxes(f *testing.F) {
	f.Add([]byte(`{"image":"a","boxes":[[1,2,3,4,0.5]]}`))
	f.Add([]byte(`{"image":"a","boxes":[[1e308,-1e308,0.1,5e-324],[]]}`))
	gold := []Labelled{{Image: "a", Faces: []image.Rectangle{image.Rect(0, 0, 9, 9)}}}
	f.Fuzz(func(t *testing.T, b []byte) {
		found, err := ReadBoxes(bytes.NewReader(b), gold)
		if err != nil {
			return
		}
		for _, f := range found[0] {
			if f.Region.Box.Empty() {
				t.Errorf("accepted %v", f.Region.Box)
			}
		}
		if _, err := Evaluate(gold, found, HiddenGrow); err != nil {
			t.Error(err)
		}
	})
}

// A report tells the shares in JSON and, in words, the distance to a peer.
func TestReportWrite(t *testing.T) {
	gold := []Labelled{{"a", []image.Rectangle{image.Rect(0, 0, 20, 20), image.Rect(50, 0, 80, 30)}}}
	box := func(r image.Rectangle) redact.Finding { return redact.Finding{Region: redact.Region{Box: r}} }
	r, err := Evaluate(gold, [][]redact.Finding{{box(gold[0].Faces[0]), box(gold[0].Faces[1])}}, HiddenGrow)
	if err != nil {
		t.Fatal(err)
	}
	peer, err := Evaluate(gold, [][]redact.Finding{{box(gold[0].Faces[1]), box(image.Rect(200, 200, 220, 220))}}, HiddenGrow)
	if err != nil {
		t.Fatal(err)
	}
	r.Peer, r.Work = &peer, &Work{Megapixels: 2, Milliseconds: 500, Passes: 2.5}
	var text bytes.Buffer
	if err := r.Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"all", "+50.0", "250 ms a megapixel", "2.50 native passes", "difference: precision +50.0 points", "1.00 stray"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is missing in\n%s", want, text.String())
		}
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"cover":0.5`) || !strings.Contains(string(b), `"peer":{`) {
		t.Errorf("JSON %s", b)
	}
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
