package ui

import (
	"context"

	"consentry/internal/casework"
	"consentry/ui/state"
)

// tileBytes is how much of small pictures is kept: about 900 photos, or 80 of sheets.
const tileBytes = 80 << 20

// Tile gives a small picture as the public will see it, or has it drawn.
func (r *caseRoom) Tile(k state.Tile) (state.Drawn, bool) {
	d, ok := r.tiles.Get(k)
	if !ok {
		r.drawTiles()
	}
	return d, ok
}

// drawTiles draws what was wanted last, page by page, while anything is. What
// comes of it is kept under what was hidden when it began.
func (r *caseRoom) drawTiles() {
	plan, desk := r.view.Plan, r.desk
	if r.small || plan == nil || desk == nil {
		return
	}
	ks := r.tiles.Next()
	if len(ks) == 0 {
		return
	}
	at := ks[0].PageAt
	look := r.tiles.Look(at)
	r.small = true
	background(r.w, func(ctx context.Context) ([]state.Drawn, error) {
		orders := make([]casework.Tile, len(ks))
		for i, k := range ks {
			orders[i] = k.Order()
		}
		return desk.Tiles(ctx, plan, at.Asset, at.Page, orders)
	}, func(ds []state.Drawn, err error) {
		r.small = false
		for i, k := range ks {
			if err != nil {
				r.tiles.Fail(k, look)
			} else {
				r.tiles.Put(k, look, ds[i])
			}
		}
		if r.w.room.open == r {
			r.bench.TilesCame()
			if r.w.who != nil && len(r.w.sheets) > 0 {
				r.w.who.TilesCame()
			}
			r.drawTiles()
		}
	})
}
