package casework

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/redact"
)

// AssessmentBucket is where the owner's assessments are kept, which turn on what
// is off as a rule.
const AssessmentBucket = "assessment"

// FaceGrouping is the id of the assessment that turns the grouping of unknown
// faces on.
const FaceGrouping = "face-grouping"

// An Assessment is what the vault's owner wrote down before turning on a way of
// handling that needs one (PIPL 55).
type Assessment struct {
	ID   string    `json:"id"` // random: what is kept under it is lost with it
	Note string    `json:"note"`
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// Grouping is the assessment that turned grouping on; nil while it is off.
func Grouping(ctx context.Context, a Archive) (*Assessment, error) {
	ids, err := a.Docs(ctx, AssessmentBucket)
	if err != nil {
		return nil, fmt.Errorf("assessments: %w", err)
	}
	if !slices.Contains(ids, FaceGrouping) {
		return nil, nil
	}
	b, err := a.Doc(ctx, AssessmentBucket, FaceGrouping)
	if err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	as := &Assessment{}
	if err := json.Unmarshal(b, as); err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	if as.ID == "" || strings.TrimSpace(as.Note) == "" || as.By == "" {
		return nil, nil // says nothing, turns on nothing
	}
	return as, nil
}

// A Group is unknown faces of a case that seem to be one person's. It says so
// and nothing more: what it was computed from is gone.
type Group struct {
	ID    string   `json:"id"`
	Items []string `json:"items"` // ids, in the order of the plan
}

// Groups are the groups of unknown faces, the largest first; none while grouping
// is off.
func (p *Plan) Groups() []Group { return slices.Clone(p.groups) }

// groupKey names the kept groups of a case by all that they depend on.
func (p *Plan) groupKey(as *Assessment, recogniser string, gallery redact.Digest, found [][]redact.Finding) [32]byte {
	parts := []any{"group", as.ID, recogniser, gallery}
	for i, a := range p.Case.Assets {
		faces := slices.DeleteFunc(slices.Clone(found[i]), func(f redact.Finding) bool { return f.Kind != redact.Face })
		parts = append(parts, a.Digest, faces)
	}
	return resultKey(parts...)
}

// group puts unknown faces that seem to be one person's into groups. Features
// are used here and dropped; the groups are kept, sealed, under the assessment.
func (d *Desk) group(ctx context.Context, p *Plan, r recognition) error {
	if r.grouping == nil {
		return nil
	}
	var kept []Group
	known, err := d.recall(ctx, r.groupKey, &kept)
	if err != nil {
		return err
	}
	if !known {
		var fs []grouped
		for i, it := range p.Items {
			if v := r.features[it.ID]; v != nil {
				fs = append(fs, grouped{i, onPage{it.Finding.Region.Part, it.Finding.Region.Page}, it.Asset, v})
			}
		}
		for _, members := range cluster(fs, d.Recogniser.Apart) {
			var g Group
			for _, m := range members {
				g.Items = append(g.Items, p.Items[fs[m].item].ID)
			}
			sum := redact.Sum([]byte(strings.Join(g.Items, " ")))
			g.ID = "g" + sum.String()[:8]
			kept = append(kept, g)
		}
		if err := d.keep(ctx, r.groupKey, kept); err != nil {
			return err
		}
		if len(fs) > 0 {
			if err := d.logMatch(ctx, p.Case, "face.group", nil); err != nil {
				return err
			}
		}
	}
	p.groups = kept
	in := map[string]string{}
	for _, g := range kept {
		for _, id := range g.Items {
			in[id] = g.ID
		}
	}
	for i := range p.Items {
		p.Items[i].Group = in[p.Items[i].ID]
	}
	return nil
}

// grouped is a face to be grouped.
type grouped struct {
	item     int
	page     onPage
	asset    int
	features Features
}

// cluster groups faces in the manner of complete linkage: pairs are taken nearest
// first, and their groups become one if no face of the one is more than 1 apart
// from any of the other. One person does not stand twice in one picture. Single faces
// are no group. The result is the same each time.
func cluster(fs []grouped, apart func(a, b Features) float64) [][]int {
	type pair struct {
		a, b int
		d    float64
	}
	var pairs []pair
	dist := map[[2]int]float64{}
	for i := range fs {
		for k := i + 1; k < len(fs); k++ {
			if fs[i].asset == fs[k].asset && fs[i].page == fs[k].page {
				continue
			}
			if d := apart(fs[i].features, fs[k].features); d <= 1 {
				pairs = append(pairs, pair{i, k, d})
				dist[[2]int{i, k}] = d
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.d, b.d), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	of := make([]int, len(fs)) // the group of each face
	members := make([][]int, len(fs))
	for i := range fs {
		of[i], members[i] = i, []int{i}
	}
	whole := func(a, b []int) bool {
		for _, i := range a {
			for _, k := range b {
				if _, ok := dist[[2]int{min(i, k), max(i, k)}]; !ok {
					return false
				}
			}
		}
		return true
	}
	// Pairs come nearest first, so that whatever is joined is nearest.
	for _, p := range pairs {
		a, b := of[p.a], of[p.b]
		if a == b || !whole(members[a], members[b]) {
			continue
		}
		for _, m := range members[b] {
			of[m] = a
		}
		members[a], members[b] = append(members[a], members[b]...), nil
	}
	var out [][]int
	for _, m := range members {
		if len(m) > 1 {
			slices.Sort(m)
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b []int) int { return cmp.Or(len(b)-len(a), a[0]-b[0]) })
	return out
}

// AnswerGroup gives one answer, Identify or HideIt, to every face of a group. It
// is kept as an answer to each, so that nothing depends on the group later; undo
// takes them back together.
func (d *Desk) AnswerGroup(ctx context.Context, p *Plan, group string, a Answer) error {
	i := slices.IndexFunc(p.groups, func(g Group) bool { return g.ID == group })
	switch {
	case a.By == "":
		return fmt.Errorf("%w: it needs the reviewer's name", ErrAnswer)
	case i < 0:
		return fmt.Errorf("%w: no such group", ErrAnswer)
	case a.Action != Identify && a.Action != HideIt:
		return fmt.Errorf("%w: a group is identified or hidden", ErrAnswer)
	case a.Action == Identify:
		if _, err := d.Registry.Subject(ctx, a.Subject); err != nil {
			return fmt.Errorf("%w: %w", ErrAnswer, err)
		}
	}
	a.At, a.Group, a.Text = d.now(), group, ""
	for _, id := range p.groups[i].Items {
		if p.Item(id) == nil {
			continue
		}
		a.Item = id
		p.Case.Answers = append(p.Case.Answers, a)
	}
	p.Case.Undone = nil
	return d.settle(ctx, p)
}
