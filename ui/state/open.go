// Package state is what the window knows, without a window: the open case, its
// findings filtered and sorted, jobs and their progress, the key table and the
// settings. It imports no Fyne and can be tested without a display.
package state

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"consentry/internal/casework"
	"consentry/redact"
)

// Stage is how far an open case is.
type Stage int

// The stages.
const (
	Scanning Stage = iota // no plan yet
	Review                // questions and findings
	Verified              // the package withstood the attacks and waits for a name
	Exported              // the package lies in its folder
)

// ErrNoPlan is returned where a case was not scanned yet.
var ErrNoPlan = errors.New("the case is not scanned yet")

// Open is a case on the desk. Its methods block, run one at a time and may be
// called from any goroutine; what they return is frozen and may be read by any
// other while they go on.
type Open struct {
	mu      sync.Mutex
	desk    *casework.Desk
	plan    *casework.Plan
	edition *casework.Edition
	proof   *casework.Proof
}

// View is a frozen state of an open case.
type View struct {
	Plan    *casework.Plan // never changed again
	Stage   Stage
	CanUndo bool
	CanRedo bool
	Rows    []Row             // of the plan
	Files   []File            // beside the case's assets
	Looks   map[PageAt]uint64 // what is hidden on each page, as a digest
}

// NewOpen puts a desk behind an open case. The desk's Progress is the caller's.
func NewOpen(d *casework.Desk) *Open { return &Open{desk: d} }

// Add reads what the paths name into the case and keeps it. What cannot be read
// is listed in the case.
func (o *Open) Add(ctx context.Context, c *casework.Case, paths ...string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := o.desk.Ingest(ctx, c, paths...); err != nil {
		return err
	}
	return o.desk.Save(ctx, c)
}

// Scan finds and decides. A cancelled scan keeps what is done for the next one.
// Where no file can be read there is an error and a view.
func (o *Open) Scan(ctx context.Context, c *casework.Case) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	p, err := o.desk.Scan(ctx, c)
	if p == nil {
		return View{}, err
	}
	o.drop()
	o.plan = p
	err = errors.Join(err, o.count(ctx))
	return o.view(Review), err
}

// count keeps with the case what is open and hidden in it, so that a list of cases
// needs no scan.
func (o *Open) count(ctx context.Context) error {
	t := casework.Tally{Asks: Questions(Rows(o.plan))}
	_, t.Hidden, t.Shown = Tally(o.plan)
	for _, a := range o.plan.Assets {
		if a.Err != nil {
			t.Unreadable++
		}
	}
	c := o.plan.Case
	t.At = c.Tally.At
	if t == c.Tally && !t.At.IsZero() {
		return nil
	}
	t.At = time.Now()
	c.Tally = t
	return o.desk.Save(ctx, c)
}

// Answer takes answers that belong together, one for each spelling of a name,
// and decides anew. Undo takes them back together.
func (o *Open) Answer(ctx context.Context, as ...casework.Answer) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.change(ctx, func() error {
		if len(as) == 1 && as[0].Group != "" {
			return o.desk.AnswerGroup(ctx, o.plan, as[0].Group, as[0])
		}
		return o.desk.AnswerAll(ctx, o.plan, as...)
	})
}

// A Hit is a place where a text that was looked for stands.
type Hit struct {
	File, Text    string
	Before, After string // what stands around the text
	Page          int    // of the file, from 1, where it has several
	Item          string // the item there, if there is one
	Hidden        bool
}

// Find looks for a text, in every form that a name of that kind takes, in the
// whole case.
func (o *Open) Find(ctx context.Context, text string, kind redact.Kind) ([]Hit, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return nil, ErrNoPlan
	}
	found, err := o.desk.Find(ctx, o.plan, text, kind)
	var hits []Hit
	for _, f := range found {
		r := f.Finding.Region
		h := Hit{File: o.plan.Case.Assets[f.Asset].Name, Text: f.Finding.Text, Hidden: f.Hidden()}
		if n, ok := PageOf(o.plan, f.Asset, r); ok {
			pages := Shown(o.plan, f.Asset)
			h.Before, h.After = beside(pages[n], r)
			if len(pages) > 1 {
				h.Page = n + 1
			}
		}
		if f.Item != nil {
			h.Item = f.Item.ID
		}
		hits = append(hits, h)
	}
	return hits, err
}

// besideRunes is how much of a text is told on each side of what was found in it.
const besideRunes = 10

// beside is what stands before and after a run of text, in its own span.
func beside(g redact.Page, r redact.Region) (before, after string) {
	for _, s := range g.Spans {
		rs := []rune(s.Text)
		from, to := r.Start-s.Offset, r.End-s.Offset
		if from < 0 || to > len(rs) || r.Start >= r.End {
			continue
		}
		one := strings.NewReplacer("\r", "", "\n", " ", "\t", " ")
		return one.Replace(string(rs[max(0, from-besideRunes):from])), one.Replace(string(rs[to:min(len(rs), to+besideRunes)]))
	}
	return "", ""
}

// Clues lists what stays visible and may still tell whom the case is about.
func (o *Open) Clues(ctx context.Context) ([]casework.Clue, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return nil, ErrNoPlan
	}
	return o.desk.Clues(ctx, o.plan)
}

// Soften lets other words stand in the place of a clue.
func (o *Open) Soften(ctx context.Context, c casework.Clue, with, by string) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.change(ctx, func() error { return o.desk.Soften(ctx, o.plan, c, with, by) })
}

// Undo takes back what was answered last, be it from an earlier day.
func (o *Open) Undo(ctx context.Context) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.change(ctx, func() error {
		_, err := o.desk.Undo(ctx, o.plan)
		return err
	})
}

// Redo gives again what was taken back last, be it on an earlier day.
func (o *Open) Redo(ctx context.Context) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.change(ctx, func() error {
		_, err := o.desk.Redo(ctx, o.plan)
		return err
	})
}

// change runs do on a scanned plan. What was verified before is void then.
func (o *Open) change(ctx context.Context, do func() error) (View, error) {
	if o.plan == nil {
		return View{}, ErrNoPlan
	}
	err := do()
	o.drop()
	err = errors.Join(err, o.count(ctx))
	return o.view(Review), err
}

// Apply writes the package's files into a staging folder in out, and attacks
// them. Nothing has its final name yet.
func (o *Open) Apply(ctx context.Context, out string) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return View{}, ErrNoPlan
	}
	o.drop()
	if c := o.plan.Case; c.Out != out { // where its files are looked for later
		c.Out = out
		if err := o.desk.Save(ctx, c); err != nil {
			return o.view(Review), err
		}
	}
	e, err := o.desk.Apply(ctx, o.plan, out)
	if err != nil {
		return o.view(Review), err
	}
	o.edition = e
	if o.proof, err = o.desk.Verify(ctx, e); err != nil {
		o.drop()
		return o.view(Review), err
	}
	return o.view(Verified), nil
}

// A Hand logs that a signed package is given to somebody, before it is whole.
type Hand func(ctx context.Context, i casework.Impact, r *casework.Release) error

// Export signs what was verified under a person's name and puts it into its
// folder. A refused signature needs a new scan or answer.
func (o *Open) Export(ctx context.Context, who string, hand Hand) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil || o.proof == nil {
		return View{}, casework.ErrUnproved
	}
	var i casework.Impact
	if hand != nil { // what may not be handed over is not signed either
		var err error
		if i, err = o.desk.Impact(ctx, o.plan); err == nil {
			err = i.MayProvide()
		}
		if err != nil {
			return o.view(Verified), err
		}
	}
	r, err := o.desk.Sign(ctx, o.proof, who)
	if err == nil && hand != nil {
		err = hand(ctx, i, r)
	}
	if err == nil {
		err = o.desk.Export(ctx, r)
	}
	if err != nil {
		o.drop()
		return o.view(Review), err
	}
	o.edition, o.proof = nil, nil
	return o.view(Exported), nil
}

// Change gives a case other options, and keeps it. What was verified before is void then;
// another desk may be needed, and a scan is.
func (o *Open) Change(ctx context.Context, c *casework.Case, to casework.Case) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drop()
	return o.desk.Change(ctx, c, to)
}

// Submit lays the case before whoever signs; out is the package's folder.
func (o *Open) Submit(ctx context.Context, by, out string) (View, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return View{}, ErrNoPlan
	}
	o.plan.Case.Out = out
	err := o.desk.Submit(ctx, o.plan, by)
	if err == nil {
		o.drop() // whoever signs needs the package's folder
	}
	return o.view(Review), err
}

// A Draft is what was verified, for whoever signs.
type Draft struct {
	Report casework.Report
	Impact casework.Impact
	Files  []casework.Asset // as they will be published
}

// Draft is what was verified.
func (o *Open) Draft(ctx context.Context) (d Draft, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.proof == nil {
		return d, casework.ErrUnproved
	}
	d.Files = o.proof.Written()
	if d.Report, err = o.desk.Draft(ctx, o.proof); err != nil {
		return d, err
	}
	d.Impact, err = o.desk.Impact(ctx, o.plan)
	return d, err
}

// Impact is what is known of the package's impact on people.
func (o *Open) Impact(ctx context.Context) (casework.Impact, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return casework.Impact{}, ErrNoPlan
	}
	return o.desk.Impact(ctx, o.plan)
}

// Judge keeps what somebody says of the package's impact on people.
func (o *Open) Judge(ctx context.Context, j casework.Judgement) (casework.Impact, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.plan == nil {
		return casework.Impact{}, ErrNoPlan
	}
	if err := o.desk.Judge(ctx, o.plan, j); err != nil {
		return casework.Impact{}, err
	}
	return o.desk.Impact(ctx, o.plan)
}

// Close removes what was staged and not exported.
func (o *Open) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.drop()
}

func (o *Open) drop() {
	if o.edition != nil {
		// What stays behind is cleared by the next Apply into that folder.
		_ = o.edition.Close()
	}
	o.edition, o.proof = nil, nil
}

func (o *Open) view(s Stage) View {
	return NewView(o.plan, s)
}

// NewView freezes a plan and works out what the window shows of it. It may take a
// while, and is made on the worker.
func NewView(p *casework.Plan, s Stage) View {
	f := Freeze(p)
	rows := Rows(f)
	return View{
		Plan: f, Stage: s, CanUndo: len(f.Case.Answers) > 0, CanRedo: len(f.Case.Undone) > 0,
		Rows: rows, Files: Files(f, rows), Looks: Looks(f),
	}
}

// Freeze copies what later answers would change of a plan.
func Freeze(p *casework.Plan) *casework.Plan {
	if p == nil {
		return nil
	}
	f, c := *p, *p.Case
	c.Answers = slices.Clone(c.Answers)
	f.Case, f.Items = &c, slices.Clone(p.Items)
	c.Undone = slices.Clone(c.Undone)
	for i := range f.Items {
		if a := f.Items[i].Answer; a != nil {
			b := *a
			f.Items[i].Answer = &b
		}
	}
	return &f
}
