package registry

import (
	"context"
	"errors"
	"fmt"
	"io"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/store"
)

// ErrNamesakes is wrapped where several bear the name by which somebody is meant.
var ErrNamesakes = errors.New("several bear this name; give the id")

// Named finds a subject by id, or by a name, telephone number or e-mail address that
// only one has. The error wraps authz.ErrUnknown where nobody has it, and ErrNamesakes.
func Named(ctx context.Context, r authz.Registry, who string) (authz.SubjectID, error) {
	s, err := r.Subject(ctx, authz.SubjectID(who))
	if err == nil {
		return s.ID, nil
	}
	ms, err := r.Match(ctx, authz.Sighting{Text: who})
	if err != nil {
		return "", err
	}
	var ids []authz.SubjectID
	for _, m := range ms {
		ids = append(ids, m.Subject)
	}
	if v, ok := r.(*store.Vault); ok && len(ids) == 0 {
		if ids, err = v.ByContact(ctx, who); err != nil {
			return "", err
		}
	}
	switch len(ids) {
	case 0:
		return "", fmt.Errorf("subject: %w", authz.ErrUnknown)
	case 1:
		return ids[0], nil
	}
	return "", fmt.Errorf("%w (%d of them)", ErrNamesakes, len(ids))
}

// A NoLine is a line of a table of withdrawals or refusals.
type NoLine struct {
	exchange.No
	ID  authz.SubjectID // whose it is
	Err error           // why it cannot be recorded; nil: it can
}

// NoLines reads a table of withdrawals or refusals and finds out whose each line is.
// Nothing is recorded. A line of which nobody, or nobody alone, can be found, that
// names another's consent, or that has not come yet, has an error; problems are what
// of the table itself cannot be read.
func (r *Registrar) NoLines(ctx context.Context, sheet exchange.Sheet, name string, table io.ReaderAt, size int64) ([]NoLine, []exchange.Problem, error) {
	noes, problems, err := sheet.Noes(name, table, size)
	if err != nil {
		return nil, nil, err
	}
	var lines []NoLine
	for _, n := range noes {
		l := NoLine{No: n}
		if l.ID, l.Err = Named(ctx, r.Vault, n.Subject); l.Err == nil {
			l.Err = r.fits(ctx, l)
		}
		if l.Err != nil && !errors.Is(l.Err, authz.ErrUnknown) && !errors.Is(l.Err, ErrNamesakes) && !errors.Is(l.Err, ErrFuture) {
			return nil, nil, l.Err // the vault itself
		}
		lines = append(lines, l)
	}
	return lines, problems, nil
}

func (r *Registrar) fits(ctx context.Context, l NoLine) error {
	if l.Received.After(r.now()) {
		return ErrFuture
	}
	if l.Consent == "" {
		return nil
	}
	c, err := r.Vault.Consent(ctx, l.Consent)
	if err == nil && c.Subject != l.ID {
		return fmt.Errorf("consent: %w", authz.ErrUnknown)
	}
	return err
}

// RecordNoes records the lines of a table, each an act of its own: one that fails keeps no
// other gate open. tell hears of each: how many consents it closed, or why it did not.
func (r *Registrar) RecordNoes(ctx context.Context, lines []NoLine, refused bool, tell func(l NoLine, closed int, err error)) error {
	do := r.Withdraw
	if refused {
		do = r.Refuse
	}
	for _, l := range lines {
		if err := ctx.Err(); err != nil {
			return err
		}
		if l.Err != nil {
			tell(l, 0, l.Err)
			continue
		}
		n, err := do(ctx, l.ID, No{Only: l.Consent, Intake: l.Intake, Reason: l.Reason, Received: l.Received})
		tell(l, n, err)
	}
	return nil
}
