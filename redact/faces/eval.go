package faces

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"math"

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
			x, y, w, h := f[0], f[1], f[2], f[3]
			if w <= 0 || h <= 0 || math.Abs(x)+w > maxSide || math.Abs(y)+h > maxSide {
				return nil, fmt.Errorf("read labels: line %d: no such box: %v", n, f)
			}
			g.Faces = append(g.Faces, image.Rect(int(math.Floor(x)), int(math.Floor(y)), int(math.Ceil(x+w)), int(math.Ceil(y+h))))
		}
		gold = append(gold, g)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	return gold, nil
}

// A Bucket counts the true faces of one range of heights.
type Bucket struct {
	From    int `json:"from"`    // pixels of height, inclusive
	To      int `json:"to"`      // exclusive; 0 means no end
	Gold    int `json:"gold"`    // true faces
	Found   int `json:"found"`   // with a found box of their own, IoU ≥ 0.3
	Covered int `json:"covered"` // with ≥ 75 % of the area inside what is hidden
}

// Recall is the share found; 1 where there was nothing to find.
func (b Bucket) Recall() float64 { return share(b.Found, b.Gold) }

// Cover is the share covered; 1 where there was nothing to cover.
func (b Bucket) Cover() float64 { return share(b.Covered, b.Gold) }

// A Report is the result of Evaluate. Cover is the figure to set goals on: what
// matters is whether a face is hidden, not how well the boxes agree. Read it
// beside Precision, or hiding everything wins.
type Report struct {
	All     Bucket   `json:"all"`
	Buckets []Bucket `json:"buckets"` // by height
	Boxes   int      `json:"boxes"`   // found boxes
	True    int      `json:"true"`    // of them on a face
}

// Precision is the share of found boxes that are on a face; 1 without boxes.
func (r Report) Precision() float64 { return share(r.True, r.Boxes) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

const (
	foundIoU    = 0.3  // low, since boxes are hulls of several opinions
	coveredPart = 0.75 // of a face's area
	hiddenGrow  = 0.25 // of width and height, on each side: what is painted over
)

// Evaluate compares what was found in each labelled picture with its labels;
// found[i] belongs to gold[i], and both tiers count, since both are hidden.
func Evaluate(gold []Labelled, found [][]redact.Finding) (Report, error) {
	if len(found) != len(gold) {
		return Report{}, fmt.Errorf("evaluate faces: %d results for %d pictures", len(found), len(gold))
	}
	r := Report{Buckets: []Bucket{{From: 0, To: 12}, {From: 12, To: 24}, {From: 24, To: 40}, {From: 40}}}
	for i, g := range gold {
		boxes := make([]rect, len(found[i]))
		hidden := make([]rect, len(boxes))
		for k, f := range found[i] {
			b := rectOf(f.Region.Box)
			dx, dy := hiddenGrow*(b.x1-b.x0), hiddenGrow*(b.y1-b.y0)
			boxes[k], hidden[k] = b, rect{b.x0 - dx, b.y0 - dy, b.x1 + dx, b.y1 + dy}
		}
		owner := match(g.Faces, boxes)
		for k, box := range g.Faces {
			b := &r.Buckets[0]
			for n := range r.Buckets {
				if box.Dy() >= r.Buckets[n].From {
					b = &r.Buckets[n]
				}
			}
			b.Gold++
			if owner[k] {
				b.Found++
			}
			if covered(box, hidden) >= coveredPart {
				b.Covered++
			}
		}
		r.Boxes += len(boxes)
		for _, b := range boxes {
			for _, face := range g.Faces {
				if b.same(rectOf(face)) {
					r.True++
					break
				}
			}
		}
	}
	for _, b := range r.Buckets {
		r.All.Gold, r.All.Found, r.All.Covered = r.All.Gold+b.Gold, r.All.Found+b.Found, r.All.Covered+b.Covered
	}
	return r, nil
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
