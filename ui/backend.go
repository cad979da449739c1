package ui

import (
	"context"
	"errors"

	"consentry/authz"
	"consentry/internal/casework"
)

// Backend is what the window asks of the program around it before a vault is
// open. All but Vault are called on a worker, never two at a time, and may take
// seconds; a cancelled context ends them.
type Backend interface {
	// Vault tells, at once, where the vault is kept (for the screen) and whether there is
	// one already.
	Vault() (folder string, exists bool)
	// Create makes the vault and opens it. The passphrase is the caller's: it
	// is not kept, and not logged.
	Create(ctx context.Context, passphrase string) (Session, error)
	// Unlock opens the vault. A wrong passphrase wraps [ErrPassphrase].
	Unlock(ctx context.Context, passphrase string) (Session, error)
	// Sample opens a vault in memory whose registry holds invented people, and
	// names the files of the sample case. Nothing of it is kept.
	Sample(ctx context.Context) (Session, Sample, error)
}

// Session is one open vault. Its methods are safe for concurrent use.
type Session interface {
	// Records is a desk that can list cases, read the registry and explain
	// reasons: Archive, Registry, Policy and Ledger are set. It is there at once.
	Records() *casework.Desk
	// Desk is the whole desk with its models, loaded at the first call (seconds).
	// Each call returns a desk of the caller's own, so that Progress can be set.
	Desk(ctx context.Context) (*casework.Desk, error)
	// Vocabulary is the rule pack's: the words of a case's purpose and channel.
	Vocabulary() authz.Vocabulary
	// AddPassword gives a password to try on protected documents. It is not kept
	// beyond the session.
	AddPassword(password string)
	// Close locks the vault.
	Close() error
}

// Sample is the material of the sample case.
type Sample struct {
	Case  casework.Case // title, purpose, channel, territory, day, who prepares it, mode and style
	Paths []string      // files and folders to take in
	Out   string        // where its package goes; empty: beside the files
}

// ErrPassphrase is wrapped by Unlock where the passphrase is wrong.
var ErrPassphrase = errors.New("wrong passphrase")
