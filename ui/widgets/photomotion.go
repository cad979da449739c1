package widgets

import (
	"time"

	"fyne.io/fyne/v2"
)

// A moving photo is painted with half the pixels each way, the nearest ones, and
// sharp again when nothing moved for this long.
const (
	halved     = 2
	sharpAfter = 120 * time.Millisecond
)

// move paints the photo while it moves, and sees to it that it becomes sharp.
func (p *PhotoView) move() {
	if p.still == nil {
		p.still = fyne.NewAnimation(sharpAfter, func(done float32) {
			if done == 1 {
				p.moving = false
				p.Refresh()
			}
		})
	}
	p.moving = true
	p.Refresh()
	p.still.Stop()
	p.still.Start()
}
