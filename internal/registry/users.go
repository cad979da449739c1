package registry

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"slices"
	"strings"

	"consentry/authz"
	"consentry/internal/store"
)

// Errors of who may do what.
var (
	ErrNotYours = errors.New("this is not among your jobs here")
	ErrNoUser   = errors.New("no such user of this vault")
	// ErrLastKeeper is returned where nobody would keep the vault.
	ErrLastKeeper = errors.New("somebody has to keep the vault: name another keeper first")
)

// As says under whose name the program acts from now on. An empty name is that
// of the account it runs under.
func (r *Registrar) As(name string) {
	if name = strings.TrimSpace(name); name == "" {
		name = Account()
	}
	r.user = name
}

// UserVariable is the environment variable that names who acts.
const UserVariable = "CONSENTRY_USER"

// Account is who runs the program: named in the environment, or the system's
// name of the account.
func Account() string {
	if u := strings.TrimSpace(os.Getenv(UserVariable)); u != "" {
		return u
	}
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return "unknown"
}

// Me is who acts, with what they may do. A vault that nobody was put on the list
// of is its holder's alone, who may do everything. Somebody who is not on the
// list may do nothing.
func (r *Registrar) Me(ctx context.Context) (authz.User, error) { return r.me(ctx, r.Vault) }

// lister is the vault, or a transaction of it.
type lister interface {
	Users(ctx context.Context) ([]authz.User, error)
}

func (r *Registrar) me(ctx context.Context, from lister) (authz.User, error) {
	all, err := from.Users(ctx)
	if err != nil {
		return authz.User{}, err
	}
	if len(all) == 0 {
		return authz.User{Name: r.user, Jobs: authz.Jobs}, nil
	}
	for _, u := range all {
		if authz.FoldName(u.Name) == authz.FoldName(r.user) {
			return u, nil
		}
	}
	return authz.User{Name: r.user}, nil
}

// Allow returns nil where whoever acts may do it, else an error that wraps
// ErrNotYours. A refusal or withdrawal may be recorded by anybody: nobody has to
// wait for the right colleague to close a gate.
func (r *Registrar) Allow(ctx context.Context, act authz.Act) error {
	if act == authz.ActWithdraw {
		return nil
	}
	u, err := r.Me(ctx)
	if err != nil {
		return err
	}
	if !u.May(act) {
		return fmt.Errorf("%w: %s needs one of %s", ErrNotYours, act, joinJobs(authz.WhoMay(act)))
	}
	return nil
}

func joinJobs(js []authz.Job) string {
	var b []string
	for _, j := range js {
		b = append(b, string(j))
	}
	return strings.Join(b, ", ")
}

// found puts whoever acts on the list, with every job.
func (r *Registrar) found(ctx context.Context) error {
	u := authz.User{ID: store.NewID("u_"), Name: r.user, Jobs: authz.Jobs, Added: r.now()}
	return r.Record(ctx, Entry{Action: "user.change", Record: u.ID}, func(tx *store.Tx) error {
		return tx.PutUser(ctx, u)
	})
}

// SetUser puts somebody on the list, or gives them other jobs. The last keeper
// stays one. Where the list was empty, whoever acts is put on it first.
func (r *Registrar) SetUser(ctx context.Context, name string, jobs []authz.Job) error {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	if name = strings.TrimSpace(name); name == "" || len(jobs) == 0 {
		return fmt.Errorf("%w: a user has a name and at least one job", ErrUnsaid)
	}
	for _, j := range jobs {
		if !slices.Contains(authz.Jobs, j) {
			return fmt.Errorf("%q is none of %s", j, joinJobs(authz.Jobs))
		}
	}
	all, err := r.Vault.Users(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		if err := r.found(ctx); err != nil {
			return err
		}
		if all, err = r.Vault.Users(ctx); err != nil {
			return err
		}
	}
	u := authz.User{ID: store.NewID("u_"), Name: name, Added: r.now(), By: r.user}
	for _, o := range all {
		if authz.FoldName(o.Name) == authz.FoldName(name) {
			u = o
		}
	}
	u.Jobs = slices.Compact(slices.Sorted(slices.Values(jobs)))
	if !u.May(authz.ActKeep) && lastKeeper(all, u.ID) {
		return ErrLastKeeper
	}
	return r.Record(ctx, Entry{Action: "user.change", Record: u.ID}, func(tx *store.Tx) error {
		return tx.PutUser(ctx, u)
	})
}

// RemoveUser takes somebody off the list.
func (r *Registrar) RemoveUser(ctx context.Context, name string) error {
	if err := r.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	all, err := r.Vault.Users(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(u authz.User) bool { return authz.FoldName(u.Name) == authz.FoldName(name) })
	switch {
	case i < 0:
		return ErrNoUser
	case lastKeeper(all, all[i].ID):
		return ErrLastKeeper
	}
	return r.Record(ctx, Entry{Action: "user.change", Record: all[i].ID}, func(tx *store.Tx) error {
		return tx.DeleteUser(ctx, all[i].Name)
	})
}

// lastKeeper reports whether nobody but that user keeps the vault.
func lastKeeper(all []authz.User, id string) bool {
	return !slices.ContainsFunc(all, func(u authz.User) bool { return u.ID != id && u.May(authz.ActKeep) })
}

// User is the name of whoever acts.
func (r *Registrar) User() string { return r.user }
