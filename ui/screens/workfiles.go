package screens

import (
	"errors"
	"image"
	"strings"

	"consentry/redact"
	"consentry/ui/icons"
	"consentry/ui/state"
	"consentry/ui/theme"
	"consentry/ui/widgets"
)

// Tiles gives small pictures as the public will see them. What is not there yet
// is drawn on a worker, and then the workbench hears TilesCame.
type Tiles interface {
	Tile(state.Tile) (state.Drawn, bool)
}

// newFiles is the list of files on the left, with a small picture of each.
func (b *Workbench) newFiles() *widgets.List {
	l := widgets.NewListOf(func() int { return len(b.view.Plan.Case.Assets) }, widgets.NewAssetRow, b.fileRow, func(i int) {
		b.Files.Unselect(i)
		b.chooseFile(i)
	})
	l.Keys = b.keys
	return l
}

func (b *Workbench) fileRow(i int, row *widgets.AssetRow) {
	if i >= len(b.view.Plan.Case.Assets) {
		return
	}
	t, a := theme.Current(), b.view.Plan.Case.Assets[i]
	icon := icons.Doc
	if strings.HasPrefix(a.Type, "image/") {
		icon = icons.Photo
	}
	tone := t.Muted
	var img image.Image
	if i < len(b.view.Files) && b.scanned() {
		switch f := b.view.Files[i]; {
		case f.Broken:
			icon, tone = icons.Warn, t.Stop.Text
		case f.Drawn:
			img = b.tile(state.Tile{PageAt: state.PageAt{Asset: i}})
		}
	}
	row.Thumb.Set(img, icon, tone)
	row.Thumb.Chosen = func() { b.chooseFile(i) }
	word, mark, look, about := b.fileState(i)
	row.Set(a.Name, word, mark, look, about, i == b.asset)
}

// tile is a small picture of what the public will see, or nil.
func (b *Workbench) tile(k state.Tile) image.Image {
	if d, ok := b.tiles.Tile(k); ok {
		return d.Result
	}
	return nil
}

// fileState says how a file fares: as a tag, or while it waits as a note.
func (b *Workbench) fileState(i int) (word string, icon icons.Name, tone theme.Tone, about string) {
	w, t := b.words, theme.Current()
	if !b.scanned() || i >= len(b.view.Files) {
		done, known := b.job.finished[b.view.Plan.Case.Assets[i].Name]
		switch {
		case !known:
			return "", "", theme.Tone{}, w.T("file.waiting")
		case !done:
			return w.T("file.unreadable"), icons.Warn, t.Stop, ""
		}
		return "", "", theme.Tone{}, w.T("file.scanned")
	}
	switch f := b.view.Files[i]; {
	case f.Broken && errors.Is(b.view.Plan.Assets[i].Err, redact.ErrPassword):
		return w.T("file.locked"), icons.Lock, t.Ask, ""
	case f.Broken:
		return w.T("file.unreadable"), icons.Warn, t.Stop, ""
	case f.Asks > 0:
		return w.T("file.asks", "n", f.Asks), icons.Ask, t.Ask, ""
	case f.People > 0:
		return w.T("file.people", "n", f.People), icons.Show, t.Show, ""
	case f.Hidden > 0:
		return w.T("file.hidden"), icons.Hide, t.Hide, ""
	case f.Shown > 0:
		return w.T("file.shown", "n", f.Shown), icons.Show, t.Show, ""
	}
	return "", "", theme.Tone{}, w.T("file.nobody")
}

func (b *Workbench) chooseFile(i int) {
	b.Photo.Settle()
	b.asset, b.page, b.row, b.place = i, 0, -1, 0
	best := -1 // a question of the file before another finding in it
	for n, r := range b.rows {
		for k, it := range r.Items {
			x := &b.view.Plan.Items[it]
			if x.Asset != i || redact.IsDropped(x.Finding.Region.Part) || best >= 0 {
				continue
			}
			best = n
			b.row, b.place = n, k
		}
	}
	if it := b.item(); it != nil {
		if n, ok := state.PageOf(b.view.Plan, i, it.Finding.Region); ok && it.Asks() {
			b.page = n
		}
	}
	b.refresh()
	b.Text.Top()
}

// TilesCame shows small pictures that were drawn meanwhile.
func (b *Workbench) TilesCame() {
	switch b.mode {
	case onFaces:
		b.faces.List.Refresh()
	case onSheets:
		b.fillLook()
	default:
		if b.files {
			b.Files.Refresh()
		}
		b.fillPanel()
		b.strips.pages.Refresh()
		b.strips.people.Refresh()
	}
}
