package registry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
)

// A File is a piece of evidence as it comes.
type File struct {
	Name string // of the file; kept sealed
	Body io.Reader
}

// AwaitsConfirmation is the reason of a grant that somebody recorded who may not
// confirm one: until somebody who may does, it permits nothing.
const AwaitsConfirmation = "awaits-confirmation"

// Errors of grants.
var (
	ErrNothingToConfirm = errors.New("no grant of this record awaits confirmation")
	ErrOwnWord          = errors.New("whoever recorded a grant does not confirm it alone")
	// ErrFuture is returned where something is said to have come on a day that has not.
	ErrFuture = errors.New("it cannot have reached us in the future")
	// ErrNoText is returned for a notice without a text.
	ErrNoText = errors.New("the notice is empty")
)

// A Grant is a consent as somebody records it.
type Grant struct {
	Consent  authz.Consent
	Notice   *authz.Notice
	Evidence *File // of the signed form; its digest becomes the consent's
	Licence  *File // a partner's leave to use what it collected (PIPL 23); its digest becomes the consent's
}

// Grant files a consent with its notice and evidence. Its events are those of the
// record; a valid one counts only where whoever records it may confirm grants,
// else it waits for somebody who may ([Registrar.Confirm]).
func (r *Registrar) Grant(ctx context.Context, g Grant) (authz.Consent, error) {
	c := g.Consent
	me, err := r.Me(ctx)
	switch {
	case err != nil:
		return c, err
	case !me.May(authz.ActConfirm) && !me.May(authz.ActRecord):
		return c, fmt.Errorf("%w: to record a consent", ErrNotYours)
	}
	action := "consent.request.answer"
	if !me.May(authz.ActConfirm) && slices.ContainsFunc(c.Events, func(e authz.Event) bool { return e.State.Valid() }) {
		action = "consent.record"
	}
	err = r.Record(ctx, Entry{Action: action, Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}, func(tx *store.Tx) error {
		if g.Notice != nil {
			if err := putNotice(ctx, tx, *g.Notice); err != nil {
				return err
			}
		}
		for _, f := range []struct {
			file *File
			of   string
			to   *string
		}{{g.Evidence, authz.OfGrant, &c.Evidence}, {g.Licence, authz.OfLicence, &c.Licence}} {
			if f.file == nil {
				continue
			}
			e, err := r.keep(ctx, tx, *f.file, authz.Evidence{Of: f.of, Subject: c.Subject, Consent: c.ID, Retention: c.Retention})
			if err != nil {
				return err
			}
			*f.to = e.SHA256
		}
		c, err = r.putConsent(ctx, tx, c, me.May(authz.ActConfirm))
		return err
	})
	return c, err
}

// putConsent files a record, with what was recorded before of the same: a
// withdrawal above all. Grants that are new wait where they are not confirmed.
func (r *Registrar) putConsent(ctx context.Context, tx *store.Tx, c authz.Consent, confirmed bool) (authz.Consent, error) {
	old, err := tx.Consent(ctx, c.ID)
	if err != nil && !errors.Is(err, authz.ErrUnknown) {
		return c, err
	}
	c = r.join(old, c, confirmed)
	if err := tx.PutConsent(ctx, c); err != nil {
		return c, err
	}
	return c, r.ended(ctx, tx, c.Subject)
}

// join is a record with the events of the one that was there before.
func (r *Registrar) join(old, c authz.Consent, confirmed bool) authz.Consent {
	more := slices.Clone(c.Events)
	for i, e := range more {
		if e.State.Valid() && !confirmed && !recorded(old.Events, e) {
			more[i].State, more[i].Reason, more[i].By = authz.Unknown, AwaitsConfirmation, r.user
		}
	}
	c.Events = joinEvents(old.Events, more)
	return c
}

// Confirm makes a grant count that waited for it, from now on. Whoever recorded
// it does not confirm it, where the vault has more users than one.
func (r *Registrar) Confirm(ctx context.Context, id authz.ConsentID) error {
	if err := r.Allow(ctx, authz.ActConfirm); err != nil {
		return err
	}
	c, err := r.Vault.Consent(ctx, id)
	if err != nil {
		return err
	}
	now := r.now()
	i := slices.IndexFunc(c.Events, func(e authz.Event) bool { return e.State == authz.Unknown && e.Reason == AwaitsConfirmation })
	if i < 0 || c.StateAt(now) != authz.Unknown {
		return ErrNothingToConfirm
	}
	if !now.After(c.Events[i].At) { // of two events of an instant the doubtful one counts
		now = c.Events[i].At.Add(time.Microsecond)
	}
	users, err := r.Vault.Users(ctx)
	if err != nil {
		return err
	}
	if len(users) > 1 && authz.FoldName(c.Events[i].By) == authz.FoldName(r.user) {
		return ErrOwnWord
	}
	return r.Record(ctx, Entry{Action: "consent.confirm", Subject: c.Subject, Consents: []authz.ConsentID{id}}, func(tx *store.Tx) error {
		return tx.AppendEvent(ctx, id, authz.Event{State: authz.Given, At: now, By: r.user})
	})
}

// A No is a refusal or withdrawal as it reached us.
type No struct {
	Only     authz.ConsentID // of that record only; empty: of everything
	Intake   string          // call, e-mail, letter, …
	Received time.Time       // when it reached us; zero: now
	Reason   string
	Evidence *File
}

// Withdraw closes every consent of a subject that is not closed yet, or the one
// named, at once, and says how many. Withdrawing where nothing was granted is kept
// too: as a record that refuses everything.
func (r *Registrar) Withdraw(ctx context.Context, id authz.SubjectID, no No) (int, error) {
	return r.close(ctx, id, authz.Withdrawn, "withdrawal.intake", authz.OfWithdrawal, no)
}

// Refuse records that a subject said no to a request, or to everything.
func (r *Registrar) Refuse(ctx context.Context, id authz.SubjectID, no No) (int, error) {
	return r.close(ctx, id, authz.Refused, "refusal.intake", authz.OfRefusal, no)
}

func (r *Registrar) close(ctx context.Context, id authz.SubjectID, state authz.State, action, of string, no No) (int, error) {
	if err := r.Allow(ctx, authz.ActWithdraw); err != nil {
		return 0, err
	}
	now := r.now()
	if no.Received.After(now) {
		return 0, ErrFuture
	}
	if _, err := r.Vault.Subject(ctx, id); err != nil {
		return 0, err
	}
	cs, err := r.Vault.Consents(ctx, id)
	if err != nil {
		return 0, err
	}
	e := Entry{Action: action, Subject: id}
	for _, c := range cs {
		if no.Only == "" && c.StateAt(now) != state || c.ID == no.Only {
			e.Consents = append(e.Consents, c.ID)
		}
	}
	if no.Only != "" && len(e.Consents) == 0 {
		return 0, fmt.Errorf("consent %s: %w", no.Only, authz.ErrUnknown)
	}
	closed := len(e.Consents)
	// The no to everything is a record of its own where no record holds it.
	var all *authz.Consent
	if no.Only == "" && len(e.Consents) == 0 && !slices.ContainsFunc(cs, func(c authz.Consent) bool { return c.StateAt(now) == state }) {
		all = &authz.Consent{ID: authz.ConsentID(store.NewID("c_")), Subject: id, Kind: "publish", GivenBy: "self", CollectedBy: "us"}
		e.Consents = []authz.ConsentID{all.ID}
	}
	ev := authz.Event{State: state, At: now, By: r.user, Intake: no.Intake, Reason: no.Reason}
	if !no.Received.IsZero() && !no.Received.Equal(now) {
		ev.Received = no.Received.UTC()
	}
	return closed, r.Record(ctx, e, func(tx *store.Tx) error {
		if no.Evidence != nil {
			kept, err := r.keep(ctx, tx, *no.Evidence, authz.Evidence{Of: of, Subject: id, Consent: no.Only})
			if err != nil {
				return err
			}
			ev.Evidence = kept.SHA256
		}
		if all != nil {
			all.Events = []authz.Event{ev}
			if err := tx.PutConsent(ctx, *all); err != nil {
				return err
			}
		} else {
			for _, c := range e.Consents {
				// Where the clock was set back the no still comes after the yes.
				ev := ev
				if i := slices.IndexFunc(cs, func(o authz.Consent) bool { return o.ID == c }); i >= 0 {
					for _, was := range cs[i].Events {
						if was.At.After(ev.At) {
							ev.At = was.At
						}
					}
				}
				if err := tx.AppendEvent(ctx, c, ev); err != nil {
					return err
				}
			}
		}
		return r.ended(ctx, tx, id)
	})
}

// Expire marks the consents whose period has passed, so that lists and exports
// say so; the policy goes by the period itself. It says how many.
func (r *Registrar) Expire(ctx context.Context) (int, error) {
	now := r.now()
	cs, err := r.Vault.Awaiting(ctx) // what began after it was recorded is among them
	if err != nil {
		return 0, err
	}
	ends, err := r.Vault.Endings(ctx, time.Time{}, now.Add(time.Microsecond))
	if err != nil {
		return 0, err
	}
	for _, e := range ends {
		c, err := r.Vault.Consent(ctx, e.Consent)
		if errors.Is(err, authz.ErrUnknown) {
			continue
		}
		if err != nil {
			return 0, err
		}
		cs = append(cs, c)
	}
	n := 0
	for _, c := range cs {
		if c.Until.IsZero() || now.Before(c.Until) || !c.StateAt(now).Valid() {
			continue
		}
		err := r.Record(ctx, Entry{Action: "consent.expire", Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}, func(tx *store.Tx) error {
			if err := tx.AppendEvent(ctx, c.ID, authz.Event{State: authz.Expired, At: c.Until, By: r.user}); err != nil {
				return err
			}
			return r.ended(ctx, tx, c.Subject)
		})
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// keep seals a file as evidence, in the act's transaction, with an entry of its own.
func (r *Registrar) keep(ctx context.Context, tx *store.Tx, f File, e authz.Evidence) (authz.Evidence, error) {
	e.Name, e.At, e.By = f.Name, r.now(), r.user
	e, err := tx.PutEvidence(ctx, e, f.Body)
	if err != nil {
		return e, fmt.Errorf("keep the evidence: %w", err)
	}
	entry := Entry{Action: "evidence.keep", Subject: e.Subject, Evidence: []string{r.Vault.Salted(e.SHA256)}}
	if e.Consent != "" {
		entry.Consents = []authz.ConsentID{e.Consent}
	}
	return e, r.Append(ctx, tx, entry)
}

// KeepEvidence seals a file that shows something about a consent or subject.
func (r *Registrar) KeepEvidence(ctx context.Context, f File, e authz.Evidence) (kept authz.Evidence, err error) {
	if err := r.Allow(ctx, authz.ActRecord); err != nil {
		return e, err
	}
	if _, err := r.Vault.Subject(ctx, e.Subject); err != nil {
		return e, err
	}
	err = r.Vault.Update(ctx, func(tx *store.Tx) error {
		kept, err = r.keep(ctx, tx, f, e)
		return err
	})
	return kept, err
}

// Import takes a batch in, whole or not at all. Grants in it wait for somebody
// to confirm them where whoever imports may not.
func (r *Registrar) Import(ctx context.Context, b exchange.Batch) error {
	me, err := r.Me(ctx)
	switch {
	case err != nil:
		return err
	case !me.May(authz.ActRegister):
		return fmt.Errorf("%w: to import", ErrNotYours)
	}
	e := Entry{Action: "subject.import", Count: len(b.Subjects)}
	var parts [][]authz.ConsentID // an entry of the ledger holds so many ids and no more
	for part := range slices.Chunk(b.Consents, mostInEntry) {
		var ids []authz.ConsentID
		for _, c := range part {
			ids = append(ids, c.ID)
		}
		parts = append(parts, ids)
	}
	if len(parts) > 0 {
		e.Consents, parts = parts[0], parts[1:]
	}
	return r.Record(ctx, e, func(tx *store.Tx) error {
		for _, ids := range parts {
			if err := r.Append(ctx, tx, Entry{Action: "subject.import", Consents: ids}); err != nil {
				return err
			}
		}
		for _, n := range b.Notices {
			if err := putNotice(ctx, tx, n); err != nil {
				return fmt.Errorf("import notice: %w", err)
			}
		}
		for part := range slices.Chunk(b.Subjects, imported) {
			if err := r.importSubjects(ctx, tx, part, me); err != nil {
				return fmt.Errorf("import subjects: %w", err)
			}
		}
		for part := range slices.Chunk(b.Consents, imported) {
			if err := r.importConsents(ctx, tx, part, me); err != nil {
				return fmt.Errorf("import consents: %w", err)
			}
		}
		return nil
	})
}

// imported is how many records of an import are looked up at once.
const imported = 1000

func (r *Registrar) importSubjects(ctx context.Context, tx *store.Tx, ss []authz.Subject, me authz.User) error {
	var ids []authz.SubjectID
	for _, s := range ss {
		ids = append(ids, s.ID)
	}
	known, err := tx.SubjectsOf(ctx, ids)
	if err != nil {
		return err
	}
	for _, s := range ss {
		if old, ok := known[s.ID]; ok { // what a file leaves empty stays as it is
			s = exchange.Update(old, s)
			if eases(old, s) && !me.May(authz.ActConfirm) {
				return fmt.Errorf("%w: the file makes it easier to show %s", ErrNotYours, s.ID)
			}
		}
		s = r.variants(s)
		if err := tx.PutSubject(ctx, s); err != nil {
			return err
		}
		known[s.ID] = s
	}
	return nil
}

func (r *Registrar) importConsents(ctx context.Context, tx *store.Tx, cs []authz.Consent, me authz.User) error {
	var ids []authz.ConsentID
	for _, c := range cs {
		ids = append(ids, c.ID)
	}
	known, err := tx.ConsentsOf(ctx, ids)
	if err != nil {
		return err
	}
	var of []authz.SubjectID
	for _, c := range cs {
		c = r.join(known[c.ID], c, me.May(authz.ActConfirm))
		if err := tx.PutConsent(ctx, c); err != nil {
			return err
		}
		known[c.ID], of = c, append(of, c.Subject)
	}
	return r.ended(ctx, tx, of...)
}

// mostInEntry is how many consents an entry of the ledger names: ids have up to 128
// characters, and an entry up to 1 MiB.
const mostInEntry = 5000

// putNotice files a notice that is not known yet, or the text of one that is.
func putNotice(ctx context.Context, tx *store.Tx, n authz.Notice) error {
	old, err := tx.Notice(ctx, n.SHA256)
	switch {
	case errors.Is(err, authz.ErrUnknown):
		return tx.PutNotice(ctx, n)
	case err == nil && old.Text == "" && n.Text != "":
		old.Text = n.Text
		return tx.PutNotice(ctx, old)
	}
	return err
}

// NewNotice is the notice of a text that somebody was given at an instant. complete
// says that it names all the items that the rule pack asks for.
func (r *Registrar) NewNotice(text []byte, at time.Time, complete bool) authz.Notice {
	n := authz.Notice{SHA256: Digest(text), GivenAt: at, Text: string(text)}
	if complete {
		for _, t := range r.Pack.Vocabulary.NoticeItems {
			n.Items = append(n.Items, t.ID)
		}
	}
	return n
}

// AddNotice files a version of a notice.
func (r *Registrar) AddNotice(ctx context.Context, n authz.Notice) error {
	if err := r.Allow(ctx, authz.ActRequest); err != nil {
		return err
	}
	if strings.TrimSpace(n.Text) == "" {
		return ErrNoText
	}
	return r.Record(ctx, Entry{Action: "notice.add", Record: n.SHA256}, func(tx *store.Tx) error { return putNotice(ctx, tx, n) })
}

// SetHandler says who asks for consents and publishes.
func (r *Registrar) SetHandler(ctx context.Context, h authz.Handler) error {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	if h.ID == "" {
		h.ID = store.NewID("h_")
	}
	return r.Record(ctx, Entry{Action: "handler.set", Record: h.ID}, func(tx *store.Tx) error { return tx.PutHandler(ctx, h) })
}
