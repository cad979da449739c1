package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/ui/icons"
	"consentry/ui/screens"
	"consentry/ui/state"
	"consentry/ui/theme"
)

// ShowUsers lists who works with the vault.
func (w *window) ShowUsers() {
	with(w, func(ctx context.Context, r Registry) ([]authz.User, error) { return r.Users(ctx) }, func(me authz.User, us []authz.User) {
		w.house.users = screens.NewUsers(w.words, us, me, w.setUser, w.removeUser, w.closeSheet)
		w.sheet(w.house.users.Content, w.house.users.First())
	})
}

func (w *window) setUser(u authz.User) {
	w.closeSheet()
	w.asMe(func(me authz.User) {
		ask(w, &w.house.user, "user", me.Name+" "+u.Name, func() *screens.SetUser {
			return screens.NewSetUser(w.words, u, me.May(authz.ActKeep), func(name string, jobs []authz.Job) {
				submit(w, w.house.user, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.SetUser(ctx, name, jobs) }, w.usersChanged)
			}, w.closeSheet)
		})
	})
}

func (w *window) removeUser(u authz.User) {
	w.closeSheet()
	w.house.remove = screens.NewRemoveUser(w.words, u, func() {
		submit(w, w.house.remove, func(ctx context.Context, r Registry) (struct{}, error) { return struct{}{}, r.RemoveUser(ctx, u.Name) }, w.usersChanged)
	}, w.closeSheet)
	w.sheet(w.house.remove.Content, w.house.remove.First(), w.house.remove.Submit)
}

// usersChanged reads anew what depends on whose jobs are whose.
func (w *window) usersChanged(struct{}) {
	w.drafts = nil
	w.loadDay()
	w.openSettings()
	w.ShowUsers()
}

// PurgeDue shows what is due for deletion, and deletes it.
func (w *window) PurgeDue() {
	with(w, func(ctx context.Context, r Registry) (state.Purged, error) {
		me, err := r.Me(ctx)
		if err != nil || !me.May(authz.ActKeep) {
			return state.Purged{}, err
		}
		return r.Due(ctx, time.Time{})
	}, func(me authz.User, due state.Purged) {
		w.house.purge = screens.NewPurge(w.words, due, me.May(authz.ActKeep), func(on time.Time) {
			f := w.house.purge
			if f == nil {
				return
			}
			act(w, func(ctx context.Context, r Registry) (state.Purged, error) { return r.Due(ctx, on) }, func(p state.Purged, err error) {
				if err != nil {
					f.Failed(err)
					return
				}
				f.SetDue(on, p)
			})
		}, func() {
			submit(w, w.house.purge, func(ctx context.Context, r Registry) (state.Purged, error) { return r.Purge(ctx) }, func(p state.Purged) {
				w.changed("")
				w.say(w.words.T("purge.done"), icons.Seal, theme.Current().OK, w.words.T("purge.subjects", "n", p.Subjects), w.words.T("purge.consents", "n", p.Consents), w.words.T("purge.evidence", "n", p.Evidence))
			})
		}, w.closeSheet)
		w.sheet(w.house.purge.Content, w.house.purge.First(), w.house.purge.Submit)
	})
}

// ExportRegistry writes the whole registry into a folder.
func (w *window) ExportRegistry() {
	w.asMe(func(me authz.User) {
		ask(w, &w.house.export, "export", me.Name, func() *screens.Export {
			return screens.NewExport(w.words, me.May(authz.ActKeep), w.askFolder, func(ending, folder string) {
				submit(w, w.house.export, func(ctx context.Context, r Registry) (string, error) { return r.Export(ctx, ending, folder) }, func(file string) {
					w.written("export.done")(file, nil)
				})
			}, w.closeSheet)
		})
	})
}

// ShowHandler says who asks for consents and publishes.
func (w *window) ShowHandler() {
	with(w, func(ctx context.Context, r Registry) (authz.Handler, error) { return r.Handler(ctx) }, func(me authz.User, h authz.Handler) {
		w.handler(h, me, func() {})
	})
}

// ShowLedger checks the log, and writes it out.
func (w *window) ShowLedger() {
	if w.session == nil || len(w.sheets) > 0 {
		return
	}
	w.house.ledger = screens.NewLedger(w.words, w, w.closeSheet)
	w.sheet(w.house.ledger.Content, w.house.ledger.First())
}

// CheckLedger implements screens.Booking.
func (w *window) CheckLedger() {
	w.ledgerSaid(func(ctx context.Context, r Registry) (state.LedgerSaid, error) { return r.CheckLedger(ctx, "") })
}

// CompareHead implements screens.Booking.
func (w *window) CompareHead() {
	w.askFile(func(path string) {
		w.ledgerSaid(func(ctx context.Context, r Registry) (state.LedgerSaid, error) { return r.CheckLedger(ctx, path) })
	})
}

// CheckExport implements screens.Booking.
func (w *window) CheckExport() {
	w.closeSheet()
	f := screens.NewLedgerFile(w.words, w.askFile, func(f state.LedgerFiles) {
		w.closeSheet()
		w.ShowLedger()
		w.ledgerSaid(func(ctx context.Context, r Registry) (state.LedgerSaid, error) { return r.CheckExport(ctx, f) })
	}, func() {
		w.closeSheet()
		w.ShowLedger()
	})
	w.house.ledgerFile = f
	w.sheet(f.Content, f.First(), f.Submit)
}

func (w *window) ledgerSaid(check func(context.Context, Registry) (state.LedgerSaid, error)) {
	s := w.house.ledger
	s.Busy()
	act(w, check, s.Checked)
}

// SaveLedger implements screens.Booking.
func (w *window) SaveLedger() { w.askFolder(w.saveLedger) }

func (w *window) saveLedger(folder string) {
	act(w, func(ctx context.Context, r Registry) ([]string, error) { return r.SaveLedger(ctx, folder) }, func(files []string, err error) {
		if err != nil {
			w.house.ledger.Failed(err)
			return
		}
		w.closeSheet()
		w.say(w.words.T("ledger.saved"), icons.Seal, theme.Current().OK, append([]string{w.words.T("ledger.saved.what")}, files...)...)
	})
}

// CheckBackup reads a backup to its end.
func (w *window) CheckBackup() {
	s := w.session
	if s == nil || s.Keeper() == nil || len(w.sheets) > 0 {
		return
	}
	w.house.restore = screens.NewRestore(w.words, "", w.askFile, func(path, pass string) {
		submit(w, w.house.restore, func(ctx context.Context, _ Registry) (time.Time, error) {
			return s.Keeper().CheckBackup(ctx, path, pass)
		}, func(made time.Time) {
			w.say(w.words.T("restore.whole"), icons.Seal, theme.Current().OK, w.words.T("restore.made", "at", made.Local().Format(time.DateTime)))
		})
	}, w.closeSheet)
	w.sheet(w.house.restore.Content, w.house.restore.First(), w.house.restore.Submit)
}

// ShowAllowed lists the texts that need no hiding.
func (w *window) ShowAllowed() {
	with(w, func(ctx context.Context, r Registry) ([]authz.Allowance, error) { return r.Allowed(ctx) }, func(me authz.User, all []authz.Allowance) {
		w.house.allow = screens.NewAllow(w.words, all, me.May(authz.ActPrepare), w, w.closeSheet)
		w.sheet(w.house.allow.Content, w.house.allow.First())
	})
}

// Permit implements screens.Allowing.
func (w *window) Permit(text string) {
	w.closeSheet()
	w.asMe(func(me authz.User) {
		ask(w, &w.house.permit, "permit", me.Name+" "+text, func() *screens.Permit {
			return screens.NewPermit(w.words, text, me.May(authz.ActPrepare), func(text, reason string) {
				submit(w, w.house.permit, func(ctx context.Context, r Registry) (struct{}, error) {
					return struct{}{}, r.Permit(ctx, text, reason)
				}, func(struct{}) {
					w.ShowAllowed()
				})
			}, w.closeSheet)
		})
	})
}

// Unpermit implements screens.Allowing. What is taken off is hidden again.
func (w *window) Unpermit(a authz.Allowance) {
	again(w, w.house.allow, func(ctx context.Context, r Registry) error { return r.Unpermit(ctx, a.Text) }, w.ShowAllowed)
}

// recurs is in how many kept cases a name has to be met to be proposed.
const recurs = 3

// Propose implements screens.Allowing.
func (w *window) Propose() {
	s, sheet := w.session, w.house.allow
	sheet.Say(w.words.T("job.models"))
	work(w, func(ctx context.Context) ([]casework.Recurrence, error) {
		d, err := s.Desk(ctx, casework.Writing{})
		if err != nil {
			return nil, err
		}
		return d.Recurring(ctx, recurs)
	}, func(rs []casework.Recurrence, err error) {
		switch {
		case w.session != s || w.house.allow != sheet:
		case err != nil:
			sheet.Failed(err)
		default:
			var ps []screens.Proposal
			for _, r := range rs {
				ps = append(ps, screens.Proposal{Text: r.Text, Kind: w.kindName(r.Kind), Cases: r.Cases})
			}
			sheet.SetProposals(ps)
		}
	})
}

// ShowOwn shows the files of the owner's that add to what ships.
func (w *window) ShowOwn() {
	with(w, func(ctx context.Context, r Registry) (map[state.Own]string, error) {
		kept := map[state.Own]string{}
		for _, o := range state.Owns {
			b, err := r.Own(ctx, o)
			if err != nil {
				return nil, err
			}
			kept[o] = string(b)
		}
		return kept, nil
	}, func(me authz.User, kept map[state.Own]string) {
		w.house.owns = screens.NewOwns(w.words, kept, me.May(authz.ActKeep), func(o state.Own) {
			w.askFile(func(path string) { w.useOwn(o, path) })
		}, w.TryOwn, func(o state.Own) {
			w.read(w.words.T("own.is."+string(o)), kept[o])
		}, func(o state.Own) {
			again(w, w.house.owns, func(ctx context.Context, r Registry) error { return r.DropOwn(ctx, o) }, w.ShowOwn)
		}, w.closeSheet)
		w.sheet(w.house.owns.Content, w.house.owns.First())
	})
}

// TryOwn tries a file of the owner's on a text, as it is typed.
func (w *window) TryOwn(o state.Own) {
	w.closeSheet()
	var s *screens.TryOwn
	s = screens.NewTryOwn(w.words, o, w.askFile, func(file, text string) {
		act(w, func(ctx context.Context, r Registry) ([]state.Tried, error) { return r.TryOwn(ctx, o, file, text) }, func(found []state.Tried, err error) {
			switch {
			case !s.Asks(file, text): // more was typed meanwhile
			case err != nil:
				s.Failed(err)
			default:
				s.Set(found)
			}
		})
	}, w.closeSheet)
	w.house.try = s
	w.sheet(s.Content, s.First())
}

func (w *window) useOwn(o state.Own, path string) {
	again(w, w.house.owns, func(ctx context.Context, r Registry) error { return r.UseOwn(ctx, o, path) }, w.ShowOwn)
}
