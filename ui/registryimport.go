package ui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// importing is a file that is looked at before it is taken in.
type importing struct {
	w       *window
	path    string
	preview state.Preview
	me      authz.User
	columns *screens.Columns
}

// ImportFile asks for a table or cards, and shows what they would do.
func (w *window) ImportFile() { w.askFile(w.importFile) }

func (w *window) importFile(path string) { w.importAs(path, nil) }

// importAs looks at a file whose columns are said, or guessed where m is nil.
func (w *window) importAs(path string, m *exchange.Mapping) {
	if w.room.registry == nil {
		return
	}
	with(w, func(ctx context.Context, r Registry) (state.Preview, error) {
		return r.Preview(ctx, path, w.words.Lang(), m)
	}, func(me authz.User, p state.Preview) {
		i := &importing{w: w, path: path, preview: p, me: me}
		i.show()
	})
}

func (i *importing) show() {
	w := i.w
	w.reg.imports = screens.NewImport(w.words, i.path, i.preview, i.me.May(authz.ActRegister), i.sayColumns, func() {
		submit(w, w.reg.imports, func(ctx context.Context, r Registry) (struct{}, error) {
			return struct{}{}, r.Import(ctx, i.path, i.preview)
		}, func(_ struct{}) {
			w.changed("")
		})
	}, w.closeSheet)
	w.sheet(w.reg.imports.Content, w.reg.imports.First(), w.reg.imports.Submit)
}

// sayColumns asks what the columns are, and looks at the file again.
func (i *importing) sayColumns() {
	w := i.w
	w.closeSheet()
	i.columns = screens.NewColumns(w.words, i.path, i.preview, i.me.May(authz.ActRegister), i, func(m exchange.Mapping) {
		w.closeSheet()
		w.importAs(i.path, &m)
	}, w.closeSheet)
	w.reg.columns = i.columns
	w.sheet(i.columns.Content, i.columns.First(), i.columns.Submit)
}

// UseColumns implements screens.Mapped.
func (i *importing) UseColumns(name string) {
	act(i.w, func(ctx context.Context, r Registry) (exchange.Mapping, error) { return r.Mapping(ctx, name) }, func(m exchange.Mapping, err error) {
		if err != nil {
			i.columns.NotKept(err)
			return
		}
		i.columns.Apply(m, name)
	})
}

// KeepColumns implements screens.Mapped.
func (i *importing) KeepColumns(name string, m exchange.Mapping) {
	act(i.w, func(ctx context.Context, r Registry) (struct{}, error) {
		return struct{}{}, r.KeepMapping(ctx, name, m)
	}, func(_ struct{}, err error) {
		if err != nil {
			i.columns.NotKept(err)
			return
		}
		i.columns.Kept(name)
	})
}

// WithdrawMany asks for a table of withdrawals, and shows what it would do.
func (w *window) WithdrawMany() {
	if w.session != nil && len(w.sheets) == 0 {
		w.askFile(w.withdrawMany)
	}
}

func (w *window) withdrawMany(path string) {
	act(w, func(ctx context.Context, r Registry) (state.NoTable, error) {
		return r.LookAtNoes(ctx, path, w.words.Lang())
	}, func(t state.NoTable, err error) {
		switch {
		case len(w.sheets) > 0:
		case err != nil:
			w.failed(err)
		default:
			w.reg.noes = screens.NewNoes(w.words, path, t, func(refused bool) {
				submit(w, w.reg.noes, func(ctx context.Context, r Registry) (state.ClosedMany, error) {
					return r.RecordNoes(ctx, path, t, refused)
				}, func(c state.ClosedMany) {
					w.changed("")
					w.closedMany(c)
				})
			}, w.closeSheet)
			w.sheet(w.reg.noes.Content, w.reg.noes.First(), w.reg.noes.Submit)
		}
	})
}

// closedMany says what a table did, and which of its lines were not recorded.
func (w *window) closedMany(c state.ClosedMany) {
	icon, tone := icons.Seal, theme.Current().OK
	lines := []string{w.words.T("noes.done.lines", "n", c.Lines), w.words.T("noes.done.consents", "n", c.Consents)}
	if len(c.Left) > 0 {
		icon, tone = icons.Warn, theme.Current().Ask
		lines = append(lines, w.words.T("noes.left", "n", len(c.Left)))
	}
	for _, l := range c.Left[:min(len(c.Left), 10)] {
		lines = append(lines, screens.LeftLine(w.words, l))
	}
	w.say(w.words.T("noes.done"), icon, tone, lines...)
}

// tables are the endings of files that may be tables.
var tables = []string{".csv", ".tsv", ".txt", ".xlsx"}

// droppedNoes takes a table that fell on the search for who withdraws.
func (w *window) droppedNoes(paths []string) bool {
	if w.withdraws == nil || len(paths) != 1 || !slices.Contains(tables, strings.ToLower(filepath.Ext(paths[0]))) {
		return false
	}
	w.closeSheet()
	w.withdrawMany(paths[0])
	return true
}
