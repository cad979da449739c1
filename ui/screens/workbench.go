package screens

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
	"consentry/ui/i18n"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Work is what the workbench asks for. Every call returns at once; what comes of
// it arrives through SetView, SetPicture and the job line.
type Work interface {
	// Answer takes answers that are undone together.
	Answer(as ...casework.Answer)
	// Back undoes, or gives again what was undone.
	Back(redo bool)
	// Load reads a page of a photo, for SetPicture.
	Load(asset, page int)
	// Find asks for a text to look for in the whole case, beginning with one.
	Find(text string, kind redact.Kind)
	// Note asks for a remark; now is what stands there today.
	Note(now string, done func(string))
	// Clues shows what may still tell whom the case is about.
	Clues()
	// Words asks what stands instead of a subject; now is what stands there today.
	Words(now string, ideas []string, done func(text string))
	// Unlock asks for the password of a protected file and scans again with it.
	Unlock(asset int)
	// Reason asks why; done hears it only where something was written.
	Reason(done func(why string))
	// Who shows every face that a yes covers; off are ids that begin without a tick.
	Who(q Covered, off map[string]bool)
	// Pick asks for a registered subject of a kind; empty: of any.
	Pick(kind authz.Kind, done func(authz.Subject))
}

// Packing is the way from the last answer to the package.
type Packing interface {
	Apply()
	Sign()
	Stop()
	ChooseOut()
	OpenOut()
	Options() // asks how things are hidden and files are written
}

// Reasons words a decision. casework.Policy is one.
type Reasons interface {
	Explain(code, lang string) string
	Cite(code, lang string) string
}

// Known is what the workbench may say of the people of a case.
type Known struct {
	Subjects map[authz.SubjectID]authz.Subject
	States   map[authz.SubjectID]string // what they agreed to, in a word
}

// Workbench is the case room: head, list, canvas, question, job line.
type Workbench struct {
	Content fyne.CanvasObject
	Photo   *widgets.PhotoView
	Text    *widgets.TextView
	List    *widgets.List // of findings
	Files   *widgets.List

	words   *i18n.Words
	vocab   authz.Vocabulary
	work    Work
	packing Packing
	reasons Reasons
	tiles   Tiles
	keys    widgets.KeyHandler
	focus   func(fyne.Focusable)

	view   state.View
	known  Known
	rows   []state.Row
	shown  []int // indexes into rows, by filter
	filter state.Filter
	files  bool            // the list shows files, not findings
	only   int             // findings of this asset only; -1: of all
	asset  int             // on the canvas
	page   int             // of the asset, where it is a photo
	row    int             // index into rows, or -1
	place  int             // which of the row's items
	safe   *widgets.Button // the answer that exposes nobody; nil where nothing is asked
	same   bool            // answer for all places of the person
	// The same for faces that only seem to be one person's: off until somebody
	// has looked through them.
	sameFace bool

	original, drawing bool
	comparing         bool    // the original stands beside the result
	compared          pageKey // of that page
	mode              mode
	faces             faces
	strips            strips
	pending           []pending // small pictures of the panel
	who               string    // findings of this person only; empty: of everybody
	look              look
	pictureOf         pageKey
	wanted            string // the item that becomes current when it is there
	textOf            textKey
	result, source    *widgets.Pyramid

	head, left, canvas, panel *fyne.Container
	middle, body              *fyne.Container // what the mode shows; that of the canvas
	width                     float32         // of the bench
	narrow                    bool            // the side panes are tabs of one
	tab                       tab
	people                    *widgets.List   // of the tab
	center                    *fyne.Container // canvas, tools over it, strip under it
	tools                     tools
	job                       *jobLine
}

// NewWorkbench is an empty workbench for a case; out is its package folder.
func NewWorkbench(w *i18n.Words, v authz.Vocabulary, c casework.Case, out string, work Work, packing Packing, reasons Reasons, tiles Tiles, keys widgets.KeyHandler, focus func(fyne.Focusable)) *Workbench {
	t := theme.Current()
	b := &Workbench{
		words: w, vocab: v, work: work, packing: packing, reasons: reasons, tiles: tiles, keys: keys, focus: focus,
		Photo: widgets.NewPhotoView(), Text: widgets.NewTextView(),
		filter: state.All, only: -1, asset: -1, row: -1, pictureOf: noPicture, same: true,
		head: container.NewStack(), left: container.NewStack(), canvas: container.NewStack(), panel: container.NewStack(),
	}
	b.view.Plan = &casework.Plan{Case: &c, Assets: make([]casework.AssetState, len(c.Assets))}
	b.Photo.Chosen, b.Text.Chosen = b.ChooseItem, b.ChooseItem
	b.Photo.Drawn, b.Text.Drawn, b.Photo.Moved = b.drawn, b.marked, b.moved
	b.Photo.Halves = [2]string{w.T("compare.original"), w.T("compare.result")}
	b.job = newJobLine(w, packing, out)
	b.job.wide = func() float32 { return b.width }
	b.List, b.Files = b.newList(), b.newFiles()
	b.buildTools()
	b.buildFaces()
	b.buildStrips()
	line := widgets.Rule
	b.people = b.newPeople()
	b.body, b.tab = container.NewStack(), tabQuestion
	b.arrange()
	b.Photo.Zoomed = b.refreshZoom
	b.middle = container.NewStack(b.body)
	b.Content = container.New(adaptive{b}, widgets.Border(
		widgets.VBox(0, widgets.Ground(t.Surface, b.head), line()),
		widgets.VBox(0, line(), widgets.Ground(t.Surface, b.job.box)), nil, nil, b.middle))
	b.refresh()
	return b
}

// SetView shows a new state of the case. The finding that was current stays so;
// after an answer to a question the next question opens.
func (b *Workbench) SetView(v state.View, k Known) {
	var id string
	asked := false
	if it := b.item(); it != nil {
		id, asked = it.ID, it.Asks()
	}
	if b.wanted != "" && v.Plan.Item(b.wanted) != nil {
		id, asked, b.wanted = b.wanted, false, ""
	}
	first, was := b.view.Stage == state.Scanning, b.row
	if first {
		b.files = mostlyPhotos(v.Plan.Case)
	}
	b.view, b.known = v, k
	b.rows = v.Rows
	b.strips.cast = state.Cast(v.Plan, v.Rows)
	b.row, b.place = -1, 0
	for i, r := range b.rows {
		for n, it := range r.Items {
			if id != "" && v.Plan.Items[it].ID == id {
				b.row, b.place = i, n
			}
		}
	}
	if q := state.NextQuestion(b.rows, 0); q >= 0 && (first || asked && b.row >= 0 && !b.rows[b.row].Asks()) {
		b.row, b.place = q, 0
	}
	if b.row < 0 && len(b.rows) > 0 {
		b.row = max(0, min(was, len(b.rows)-1)) // what was current is gone: the next one
	}
	if it := b.item(); it == nil || it.ID != id {
		b.sameFace = false
	}
	b.pictureOf = noPicture // what is shown of a photo may have changed
	b.follow()
	b.refresh()
}

// mostlyPhotos reports whether a case is looked through picture by picture rather
// than name by name.
func mostlyPhotos(c *casework.Case) bool {
	photos := 0
	for _, a := range c.Assets {
		if strings.HasPrefix(a.Type, "image/") {
			photos++
		}
	}
	return photos > 2 && 2*photos > len(c.Assets)
}

// SetCase shows the files of a case that is being scanned.
func (b *Workbench) SetCase(c casework.Case) {
	b.view.Plan = &casework.Plan{Case: &c, Assets: make([]casework.AssetState, len(c.Assets))}
	b.mode, b.who, b.strips.cast = onCanvas, "", nil
	b.view.Files, b.view.Rows, b.view.Looks = nil, nil, nil
	b.view.Stage, b.rows, b.row, b.place = state.Scanning, nil, -1, 0 // what an earlier scan found is no more
	b.refresh()
}

// Focus gives the keys to the safe answer and shows the current row, when the
// workbench comes onto the window.
func (b *Workbench) Focus() {
	for k, i := range b.shown {
		if i == b.row && !b.files {
			b.List.ScrollTo(k)
		}
	}
	if b.safe != nil {
		b.focus(b.safe)
	}
}

// Plan is what is shown, for the program around.
func (b *Workbench) Plan() *casework.Plan { return b.view.Plan }

// Stage is how far the case is.
func (b *Workbench) Stage() state.Stage { return b.view.Stage }

// Questions counts the people and things that a person has to decide about.
func (b *Workbench) Questions() int { return state.Questions(b.rows) }

// Rows are the findings as the list shows them under the filter.
func (b *Workbench) Rows() []state.Row {
	var rs []state.Row
	for _, i := range b.shown {
		rs = append(rs, b.rows[i])
	}
	return rs
}

// Current is the current finding's row; false if there is none.
func (b *Workbench) Current() (state.Row, bool) {
	if b.row < 0 || b.row >= len(b.rows) {
		return state.Row{}, false
	}
	return b.rows[b.row], true
}

// item is the current place, or nil.
func (b *Workbench) item() *casework.Item {
	r, ok := b.Current()
	if !ok || b.place >= len(r.Items) {
		return nil
	}
	return &b.view.Plan.Items[r.Items[b.place]]
}

// ChooseItem makes an item current.
func (b *Workbench) ChooseItem(n int) {
	i := state.RowOf(b.rows, n)
	if i < 0 {
		return
	}
	b.Photo.Settle()
	b.sameFace = b.sameFace && i == b.row
	b.row = i
	for k, it := range b.rows[i].Items {
		if it == n {
			b.place = k
		}
	}
	b.follow()
	b.refresh()
}

// chooseRow makes the first place of a row current.
func (b *Workbench) chooseRow(i int) {
	b.Photo.Settle()
	b.row, b.place, b.sameFace = i, 0, false
	b.follow()
	b.refresh()
}

// step goes to the next or previous row under the filter.
func (b *Workbench) step(by int) {
	if len(b.shown) == 0 {
		return
	}
	at := -1
	for k, i := range b.shown {
		if i == b.row {
			at = k
		}
	}
	switch {
	case at < 0 && by < 0:
		at = 0
	case at+by < 0 || at+by >= len(b.shown):
		return
	default:
		at += by
	}
	b.chooseRow(b.shown[at])
}

// follow brings the current place's file onto the canvas.
func (b *Workbench) follow() {
	if it := b.item(); it != nil {
		b.asset, b.page = it.Asset, 0
		if n, ok := state.PageOf(b.view.Plan, it.Asset, it.Finding.Region); ok {
			b.page = n
		}
	} else if b.asset < 0 && len(b.view.Plan.Case.Assets) > 0 {
		b.asset = 0
	}
}

// refresh draws everything anew from the state.
func (b *Workbench) refresh() {
	b.shown = state.Pick(b.view.Plan, b.rows, b.filter, b.only, b.who)
	b.refreshHead()
	switch b.mode {
	case onFaces:
		b.refreshFaces()
		b.stand(b.faces.content)
		return
	case onSheets:
		b.refreshLook()
		b.stand(b.look.content)
		return
	}
	b.stand(b.body)
	b.refreshLeft()
	b.refreshCanvas()
	b.refreshPanel()
	b.refreshTools()
	b.refreshStrips()
}

// stand puts what the mode shows into the middle, once.
func (b *Workbench) stand(o fyne.CanvasObject) {
	if b.middle.Objects[0] != o {
		put(b.middle, o)
	}
}

func put(c *fyne.Container, o fyne.CanvasObject) {
	c.Objects = []fyne.CanvasObject{o}
	c.Refresh()
}
