package widgets

import "fyne.io/fyne/v2"

// Even lays objects out in columns of one width, that of the widest, as many beside each
// other as a width has room for.
func Even(width, gap float32, os ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: even{width, gap}, Objects: os}
}

type even struct{ width, gap float32 }

// grid is the size of a cell and how many stand beside each other.
func (e even) grid(os []fyne.CanvasObject) (cell fyne.Size, n int) {
	for _, o := range os {
		cell = cell.Max(o.MinSize())
	}
	n = max(1, min(len(os), int((e.width+e.gap)/(cell.Width+e.gap))))
	if all := (e.width - e.gap*float32(n-1)) / float32(n); len(os) > n {
		cell.Width = max(cell.Width, all) // more than a line fills its lines
	}
	return cell, n
}

// MinSize implements fyne.Layout.
func (e even) MinSize(os []fyne.CanvasObject) fyne.Size {
	if len(os) == 0 {
		return fyne.Size{}
	}
	cell, n := e.grid(os)
	lines := float32((len(os) + n - 1) / n)
	return fyne.NewSize(cell.Width*float32(n)+e.gap*float32(n-1), cell.Height*lines+e.gap*(lines-1))
}

// Layout implements fyne.Layout.
func (e even) Layout(os []fyne.CanvasObject, _ fyne.Size) {
	cell, n := e.grid(os)
	for i, o := range os {
		o.Move(fyne.NewPos(float32(i%n)*(cell.Width+e.gap), float32(i/n)*(cell.Height+e.gap)))
		o.Resize(cell)
	}
}
