package ui

import (
	"context"

	"consentry/authz"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/theme"
)

// ShowGrouping turns the grouping of unknown faces on, under an assessment, or off.
func (w *window) ShowGrouping() {
	type known struct{ note, by string }
	with(w, func(ctx context.Context, r Registry) (k known, err error) {
		k.note, k.by, err = r.Grouping(ctx)
		return k, err
	}, func(me authz.User, k known) {
		group := func(note, by, said string) {
			submit(w, w.house.grouping, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.Group(ctx, note, by) }, func(struct{}) {
				w.say(w.words.T("group.title"), icons.Seal, theme.Current().OK, w.words.T(said))
			})
		}
		f := screens.NewGrouping(w.words, k.note, k.by, me.Name, me.May(authz.ActKeep), func(note, by string) { group(note, by, "group.done") },
			func() { group("", "", "group.stopped") }, w.closeSheet)
		w.house.grouping = f
		w.sheet(f.Content, f.First(), f.Submit)
	})
}
