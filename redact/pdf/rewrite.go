package pdf

import (
	"bytes"
	"consentry/redact/removed"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
	"consentry/redact/pdf/content"
	"consentry/redact/pdf/font"
	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/label"
	"consentry/redact/pdf/object"
	"consentry/redact/pdf/picture"
	"consentry/redact/pdf/setting"
	"consentry/redact/pdf/sweep"
)

// What Rewrite notes beside what reading notes.
const (
	NotePicture = "page-as-picture"       // the page could not be rewritten without doubt: it is a picture now
	NoteUnseen  = "unseen-text-dropped"   // text that no reader could see
	NoteMarked  = "marked-redaction-done" // areas that were marked for redaction and never redacted
	NoteLines   = "lines-set-anew"
	NoteFonts   = "fonts-not-reduced" // they still have glyphs that nothing shows
)

// Why a page becomes a picture.
const (
	whyRead    = "read-otherwise" // another reader finds text to hide that this one does not
	whyRewrite = "not-rewritten"  // its content could not be rewritten
	whyLeft    = "text-left"      // what was to go could still be read
	whyMoved   = "glyph-moved"    // text that stays is elsewhere or gone
	whyPixels  = "pixels-differ"  // something else looks otherwise
	whyExposed = "text-covered"   // text can be copied that nobody can see
)

// orders are what Rewrite was asked for.
type orders struct {
	rs     []redact.Redaction
	search bool
	mode   setting.Mode
}

// edition is one attempt at a file without what goes.
type edition struct {
	bytes []byte
	plans map[int]*pagePlan   // of pages that were changed
	zones map[int][]geom.Rect // view points: where such a page is to look otherwise
	drawn map[int]string      // pages that are pictures, and why
	looks *object.Looks       // of what was written
	notes []redact.Note
}

var errLeft = errors.New("what was to go could still be found in the written file")

// rewrite writes the file without what goes, and looks at the result. A page that
// leaves any doubt is drawn as a picture instead and looked at again.
func (r *reader) rewrite(o orders) ([]byte, rewritten, error) {
	drawn, sound := map[int]string{}, map[int]redact.Digest{}
	for {
		e, err := r.write(o, drawn)
		if err != nil {
			return nil, rewritten{}, err
		}
		doubts, err := r.verify(e, sound)
		if err != nil {
			return nil, rewritten{}, err
		}
		if len(doubts) == 0 {
			if err := r.exposes(e, doubts); err != nil {
				return nil, rewritten{}, err
			}
		}
		if len(doubts) == 0 {
			for i := range r.doc.Pages() {
				if why := drawn[i]; why != "" {
					e.notes = append(e.notes, redact.Note{Code: NotePicture, Page: i + 1, Why: why})
				}
			}
			return e.bytes, rewritten{Notes: append(slices.Clone(r.notes), e.notes...)}, nil
		}
		for i, why := range doubts {
			if drawn[i] != "" {
				return nil, rewritten{}, fmt.Errorf("page %d: %w", i+1, errLeft)
			}
			drawn[i] = why
		}
	}
}

// write makes one attempt; the pages of drawn become pictures, and those that
// cannot be rewritten are added to it.
func (r *reader) write(o orders, drawn map[int]string) (*edition, error) {
	f, err := r.read()
	if err != nil {
		return nil, err
	}
	w := r.writing(f, o, drawn)
	ed := w.edition
	edits, err := w.outside() // by the file as it is
	if err != nil {
		return nil, err
	}
	begun, err := sweep.Begin(f, edits)
	if err != nil {
		return nil, err
	}
	for i := range f.PageCount {
		if err := w.page(i); err != nil {
			return nil, err
		}
	}
	if err := w.rest(begun); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		return nil, err
	}
	ed.bytes, ed.looks = out.Bytes(), f.Looks()
	return ed, nil
}

// writing begins to write f, a file read anew.
func (r *reader) writing(f *object.File, o orders, drawn map[int]string) *writing {
	return &writing{reader: r, f: f, content: content.NewReader(f), orders: o,
		painter: &picture.Painter{File: f, Engine: r.eng, Hide: r.hide(r.ttf)},
		edition: &edition{plans: map[int]*pagePlan{}, zones: map[int][]geom.Rect{}, drawn: drawn}}
}

// writing is what is needed while a file is written.
type writing struct {
	*reader
	f       *object.File
	content *content.Reader
	painter *picture.Painter
	labels  *label.Font // nil until one is needed
	orders
	edition *edition
	gone    []removed.Replacement
	unseen  int
	marked  int
	reset   int
}

// font is the labels' font, which the file has from then on.
func (w *writing) font() (*label.Font, error) {
	if w.labels == nil {
		f, err := label.New(w.ttf)
		if err != nil {
			return nil, err
		}
		if _, err := f.Reserve(w.f); err != nil {
			return nil, err
		}
		w.labels = f
	}
	return w.labels, nil
}

// page does one page.
func (w *writing) page(i int) error {
	p, err := w.interpret(w.f, w.content, i)
	if err != nil {
		return err
	}
	var here []redact.Redaction
	for _, r := range w.rs {
		if r.Region.Part == redact.PartBody && r.Region.Page == i {
			here = append(here, r)
		}
	}
	if len(here) > 0 { // what only PDFium reads counts in the numbers of spans
		read, err := w.reader.aside(i)
		if err != nil {
			return err
		}
		p.more, p.said = read.more, read.said // before the edits outside the pages
	}
	marked := sweep.Marked(w.f, i)
	w.marked += len(marked)
	pl, err := p.plan(i, here, marked)
	if err != nil {
		return err
	}
	for k, t := range pl.texts {
		w.gone = append(w.gone, removed.Replacement{Text: t, With: pl.labels[k]})
	}
	w.unseen += len(pl.drop)
	if pl.draw != "" {
		w.edition.drawn[i] = pl.draw
	}
	if !pl.empty() {
		w.edition.plans[i] = &pl
	}
	if w.edition.drawn[i] != "" {
		return w.draw(i, p, &pl)
	}
	var e content.Edit
	var zones []geom.Rect // default user space
	for _, k := range pl.drop {
		zones = append(zones, p.drawn.Glyphs[k].Box)
	}
	for _, g := range pl.regions {
		zones = append(zones, p.touched(g)...)
	}
	if len(pl.cuts) > 0 {
		f, err := w.font()
		if err != nil {
			return err
		}
		var set setting.Report
		cuts := make([]setting.Cut, len(pl.cuts))
		for k, c := range pl.cuts {
			cuts[k] = c.Cut
		}
		e, set = setting.Plan(p.drawn, p.lines, cuts, f, setting.Options{Mode: w.mode, Box: p.object.CropBox})
		for _, row := range set.Rows {
			zones = append(zones, row.Old, row.New)
		}
		for _, k := range set.Fills {
			zones = append(zones, redrawn(p.drawn.Fills, k, e.Fills[k])...)
		}
		w.reset += len(set.Rows)
		w.links(p.object, set.Rows)
	}
	e.Strip = pl.strip
	dropped := map[int]bool{}
	for _, k := range pl.drop {
		dropped[k] = true
	}
	for _, k := range e.Drop {
		dropped[k] = true
	}
	zones = append(zones, p.struck(pl.strip, func(k int) bool {
		_, moves := e.Move[k]
		return dropped[k] || moves
	})...)
	view, _, _ := p.object.View()
	for _, z := range zones {
		w.edition.zones[i] = append(w.edition.zones[i], z.Through(view))
	}
	e.Drop = append(e.Drop, pl.drop...)
	slices.Sort(e.Drop)
	e.Drop = slices.Compact(e.Drop)
	if len(pl.regions) > 0 {
		for _, g := range pl.regions {
			e.Areas = append(e.Areas, g.Box)
		}
		e.Paint = func(pic content.Picture) (types.IndirectRef, bool, error) {
			return w.painter.Paint(p.object, pic, pl.regions)
		}
	}
	if err := w.content.Rewrite(p.object, e); err != nil {
		w.edition.drawn[i] = whyRewrite
		return w.draw(i, p, &pl)
	}
	return nil
}

// redrawn is where a fill that is drawn anew was and is, with the stroke around it: a
// path that is filled and stroked is two fills.
func redrawn(fills []content.Fill, k int, now geom.Rect) []geom.Rect {
	was := fills[k]
	zones := []geom.Rect{was.Box}
	if !now.Empty() {
		zones = append(zones, now)
	}
	for _, n := range [...]int{k - 1, k + 1} {
		if n < 0 || n >= len(fills) {
			continue
		}
		if o := fills[n]; o.Order == was.Order && o.Points == was.Points && o.Box.Union(was.Box) == o.Box {
			zones = append(zones, o.Box)
			if !now.Empty() {
				zones = append(zones, now.Grow(o.Box.X1-was.Box.X1))
			}
		}
	}
	return zones
}

// touched is what may look otherwise because of a region: the soft edges of a face
// reach beyond it, and the cover of a whole person as far as the picture goes.
func (p *page) touched(g picture.Region) []geom.Rect {
	if g.Order.Body {
		zones := []geom.Rect{g.Box}
		for _, pic := range p.drawn.Pictures {
			if pic.Box.Overlaps(g.Box) {
				zones = append(zones, pic.Box)
			}
		}
		return zones
	}
	return []geom.Rect{g.Box.Grow(0.75 * max(g.Box.W(), g.Box.H()))}
}

// idle takes fonts that no page draws with out of the pages' resources. A page keeps
// all of its resources where something that it draws has none of its own.
func (w *writing) idle(uses []font.Use) error {
	used := map[uintptr]bool{}
	for _, u := range uses {
		used[reflect.ValueOf(u.Dict).Pointer()] = true
	}
	for i := range w.f.PageCount {
		p, err := w.f.Page(i)
		if err != nil {
			return err
		}
		fonts := w.f.Dict(p.Resources["Font"])
		for name, o := range fonts {
			if d := w.f.Dict(o); d != nil && !used[reflect.ValueOf(d).Pointer()] {
				delete(fonts, name)
			}
		}
	}
	return nil
}

// rest does what is not on the pages.
func (w *writing) rest(begun *sweep.Begun) error {
	notes, err := begun.Apply(w.gone)
	if err != nil {
		return err
	}
	// The pages are read once more as they are now, for what their fonts still
	// have to know.
	again := content.NewReader(w.f)
	whole := true
	for i := range w.f.PageCount {
		p, err := w.f.Page(i)
		if err != nil {
			return err
		}
		drawn, err := again.Interpret(p)
		if err != nil {
			return err
		}
		whole = whole && !drawn.Partial
	}
	var uses []font.Use
	for _, u := range again.Fonts() {
		uses = append(uses, font.Use{Dict: u.Dict, Codes: u.Codes})
	}
	if whole {
		if err := w.idle(uses); err != nil {
			return err
		}
	}
	left, err := font.PruneAll(w.f, uses)
	if err != nil {
		return err
	}
	if n := len(left); n > 0 {
		w.edition.notes = append(w.edition.notes, redact.Note{Code: NoteFonts, Count: n})
	}
	if w.labels != nil {
		if _, err := w.labels.Embed(w.f); err != nil {
			return err
		}
	}
	for i := range w.f.PageCount {
		if err := w.droppedAnnots(i); err != nil {
			return err
		}
	}
	for _, n := range notes {
		w.edition.notes = append(w.edition.notes, redact.Note{Code: n.What, Count: n.Count})
	}
	for _, n := range []redact.Note{{Code: NoteUnseen, Count: w.unseen}, {Code: NoteMarked, Count: w.marked}, {Code: NoteLines, Count: w.reset}} {
		if n.Count > 0 {
			w.edition.notes = append(w.edition.notes, n)
		}
	}
	return nil
}
