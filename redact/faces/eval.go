package faces

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"math"
	"slices"

	"consentry/redact"
)

// Labelled is one picture with its true faces.
type Labelled struct {
	Image string // path relative to the file of labels
	Faces []image.Rectangle
}

// maxSide bounds what a label may say of a picture, in pixels.
const maxSide = 1 << 20

// ReadGold reads labels, one object a line:
//
//	{"image":"a/b.jpg","faces":[[x,y,w,h],…]}
//
// in pixels of the upright picture, fractions rounded outwards. Empty lines are
// skipped; errors name the line.
func ReadGold(r io.Reader) ([]Labelled, error) {
	var gold []Labelled
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var l struct {
			Image string       `json:"image"`
			Faces [][4]float64 `json:"faces"`
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read labels: line %d: %w", n, err)
		}
		if l.Image == "" {
			return nil, fmt.Errorf("read labels: line %d: no image named", n)
		}
		g := Labelled{Image: l.Image}
		for _, f := range l.Faces {
			box, ok := boxOf(f[0], f[1], f[2], f[3])
			if !ok {
				return nil, fmt.Errorf("read labels: line %d: no such box: %v", n, f)
			}
			g.Faces = append(g.Faces, box)
		}
		gold = append(gold, g)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	return gold, nil
}

// ReadBoxes reads what another program found in the pictures of gold, one object
// a line:
//
//	{"image":"a/b.jpg","boxes":[[x,y,w,h],…]}
//
// in the same pixels as the labels. Further members and numbers are skipped.
// Pictures that it does not name are an error: they are not the same as pictures
// in which it found nothing.
func ReadBoxes(r io.Reader, gold []Labelled) ([][]redact.Finding, error) {
	named := map[string][]redact.Finding{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var l struct {
			Image string      `json:"image"`
			Boxes [][]float64 `json:"boxes"`
		}
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read boxes: line %d: %w", n, err)
		}
		fs := []redact.Finding{}
		for _, b := range l.Boxes {
			if len(b) < 4 {
				return nil, fmt.Errorf("read boxes: line %d: %d numbers, want x, y, width, height", n, len(b))
			}
			box, ok := boxOf(b[0], b[1], b[2], b[3])
			if !ok {
				return nil, fmt.Errorf("read boxes: line %d: no such box: %v", n, b)
			}
			fs = append(fs, redact.Finding{Region: redact.Region{Box: box}, Kind: redact.Face})
		}
		named[l.Image] = fs
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read boxes: %w", err)
	}
	found := make([][]redact.Finding, len(gold))
	for i, g := range gold {
		fs, ok := named[g.Image]
		if !ok {
			return nil, fmt.Errorf("read boxes: none of picture %d of the labels", i+1)
		}
		found[i] = fs
	}
	return found, nil
}

// boxOf rounds a box outwards and tells whether it can be one.
func boxOf(x, y, w, h float64) (image.Rectangle, bool) {
	if !(w > 0 && h > 0 && math.Abs(x)+w <= maxSide && math.Abs(y)+h <= maxSide) {
		return image.Rectangle{}, false
	}
	return image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x+w)), int(math.Ceil(y+h))), true
}

// A Bucket counts the true faces of one range of heights.
type Bucket struct {
	From    int // pixels of height, inclusive
	To      int // exclusive; 0 means no end
	Gold    int // true faces
	Found   int // with a found box of their own, IoU ≥ 0.3
	Covered int // with ≥ 75 % of the area inside what is hidden
}

// Recall is the share found; 1 where there was nothing to find.
func (b Bucket) Recall() float64 { return share(b.Found, b.Gold) }

// Cover is the share covered; 1 where there was nothing to cover.
func (b Bucket) Cover() float64 { return share(b.Covered, b.Gold) }

// MarshalJSON adds the shares to the counts.
func (b Bucket) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{
		"from": b.From, "to": b.To, "gold": b.Gold, "found": b.Found, "covered": b.Covered, "recall": b.Recall(), "cover": b.Cover(),
	})
}

// Whole counts the photos of which every true face is covered.
type Whole struct {
	From   int `json:"from"`   // pixels of height: smaller faces don't count
	Photos int `json:"photos"` // wholly covered
}

// Work is what finding took.
type Work struct {
	Megapixels   float64 `json:"megapixels"`   // of all photos
	Milliseconds float64 `json:"milliseconds"` // without reading and decoding
	Passes       float64 `json:"passes"`       // mean Cost of a photo
}

// A Report is the result of Evaluate. Cover is the figure to set goals on: what
// matters is whether a face is hidden, not how well the boxes agree. Read it
// beside Precision and Stray, or hiding everything wins.
type Report struct {
	Photos  int      `json:"photos"`
	All     Bucket   `json:"all"`
	Buckets []Bucket `json:"buckets"`  // by height, apart
	AtLeast []Bucket `json:"at_least"` // from a height on
	Whole   []Whole  `json:"whole"`
	Boxes   int      `json:"boxes"`     // found boxes
	True    int      `json:"true"`      // of them on a face
	Sure    int      `json:"sure"`      // boxes of the sure tier
	SureHit int      `json:"sure_true"` // of them on a face
	Work    *Work    `json:"work,omitempty"`
	Peer    *Report  `json:"peer,omitempty"` // another program on the same photos
}

// Precision is the share of found boxes that are on a face; 1 without boxes.
func (r Report) Precision() float64 { return share(r.True, r.Boxes) }

// MarshalJSON adds precision and stray boxes to the counts.
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	return json.Marshal(struct {
		plain
		Precision float64 `json:"precision"`
		Stray     float64 `json:"stray"`
	}{plain(r), r.Precision(), r.Stray()})
}

// Stray is how many boxes a photo has on no face, in the mean.
func (r Report) Stray() float64 { return float64(r.Boxes-r.True) / float64(max(1, r.Photos)) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

const (
	foundIoU    = 0.3  // low, since boxes are hulls of several opinions
	coveredPart = 0.75 // of a face's area

	// HiddenGrow is how much of its width and height a box is grown on each side
	// before it is painted over.
	HiddenGrow = 0.25
)

// Evaluate compares what was found in each labelled picture with its labels;
// found[i] belongs to gold[i], and both tiers count, since both are hidden. Boxes
// are grown by so much of their size on each side before it is asked what they
// hide.
func Evaluate(gold []Labelled, found [][]redact.Finding, grow float64) (Report, error) {
	if len(found) != len(gold) {
		return Report{}, fmt.Errorf("evaluate faces: %d results for %d pictures", len(found), len(gold))
	}
	r := Report{
		Photos:  len(gold),
		Buckets: []Bucket{{From: 0, To: 12}, {From: 12, To: 24}, {From: 24, To: 40}, {From: 40}},
		AtLeast: []Bucket{{From: 12}, {From: 16}, {From: 24}, {From: 40}},
		Whole:   []Whole{{From: 0}, {From: 16}, {From: 24}},
	}
	for i, g := range gold {
		boxes := make([]rect, len(found[i]))
		hidden := make([]rect, len(boxes))
		for k, f := range found[i] {
			b := rectOf(f.Region.Box)
			dx, dy := float32(grow)*(b.x1-b.x0), float32(grow)*(b.y1-b.y0)
			boxes[k], hidden[k] = b, rect{b.x0 - dx, b.y0 - dy, b.x1 + dx, b.y1 + dy}
		}
		owner := match(g.Faces, boxes)
		tallest := -1 // of those not covered
		for k, box := range g.Faces {
			isCovered := covered(box, hidden) >= coveredPart
			if !isCovered {
				tallest = max(tallest, box.Dy())
			}
			r.All.count(owner[k], isCovered)
			for _, bs := range [][]Bucket{r.Buckets, r.AtLeast} {
				for n := range bs {
					if b := &bs[n]; box.Dy() >= b.From && (b.To == 0 || box.Dy() < b.To) {
						b.count(owner[k], isCovered)
					}
				}
			}
		}
		for n := range r.Whole {
			if tallest < r.Whole[n].From {
				r.Whole[n].Photos++
			}
		}
		r.Boxes += len(boxes)
		for k, b := range boxes {
			hit := slices.ContainsFunc(g.Faces, func(face image.Rectangle) bool { return b.same(rectOf(face)) })
			if hit {
				r.True++
			}
			if found[i][k].Tier == redact.Sure {
				r.Sure++
				if hit {
					r.SureHit++
				}
			}
		}
	}
	return r, nil
}

func (b *Bucket) count(found, covered bool) {
	b.Gold++
	if found {
		b.Found++
	}
	if covered {
		b.Covered++
	}
}

func rectOf(r image.Rectangle) rect {
	return rect{float32(r.Min.X), float32(r.Min.Y), float32(r.Max.X), float32(r.Max.Y)}
}

// match gives each true face at most one box and each box at most one face, the
// best overlaps first, and tells which faces have one.
func match(gold []image.Rectangle, boxes []rect) []bool {
	owner, used := make([]bool, len(gold)), make([]bool, len(boxes))
	for {
		best, at, by := float32(foundIoU), -1, -1
		for i, g := range gold {
			for k, b := range boxes {
				if iou, _ := rectOf(g).overlap(b); !owner[i] && !used[k] && iou >= best {
					best, at, by = iou, i, k
				}
			}
		}
		if at < 0 {
			return owner
		}
		owner[at], used[by] = true, true
	}
}

// covered is the share of a box's area inside the union of the hidden ones,
// sampled at the middle of at most 64×64 equal cells.
func covered(box image.Rectangle, hidden []rect) float64 {
	nx, ny := min(64, box.Dx()), min(64, box.Dy())
	in := 0
	for i := range nx * ny {
		x := float32(box.Min.X) + (float32(i%nx)+0.5)*float32(box.Dx())/float32(nx)
		y := float32(box.Min.Y) + (float32(i/nx)+0.5)*float32(box.Dy())/float32(ny)
		for _, h := range hidden {
			if x >= h.x0 && x < h.x1 && y >= h.y0 && y < h.y1 {
				in++
				break
			}
		}
	}
	return float64(in) / float64(nx*ny)
}
