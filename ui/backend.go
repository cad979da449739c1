package ui

import (
	"context"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/casework"
	"consentry/ui/state"
)

// Backend is what the window asks of the program around it before a vault is
// open. All but Vault, Named and Keyring are called on a worker, never two at a time, and may take
// seconds; a cancelled context ends them.
type Backend interface {
	// Vault tells, at once, where the vault is kept (for the screen) and whether there is
	// one already.
	Vault() (folder string, exists bool)
	// Named gives an error of anything behind the window its word, as a
	// [state.Trouble]; nil stays nil. It is called on workers.
	Named(err error) error
	// Installed looks at the program's own files.
	Installed(ctx context.Context) (state.Installed, error)
	// Create makes the vault and opens it. The passphrase is the caller's: it
	// is not kept, and not logged.
	Create(ctx context.Context, passphrase string) (Session, error)
	// Unlock opens the vault. A wrong passphrase is an error.
	Unlock(ctx context.Context, passphrase string) (Session, error)
	// Keyring reports, at once, whether the system has a keyring, where a passphrase can be
	// kept.
	Keyring() bool
	// UnlockRemembered opens the vault with the passphrase that the keyring holds.
	UnlockRemembered(ctx context.Context) (Session, error)
	// Remember puts the passphrase, which has just opened the vault, into the keyring.
	Remember(ctx context.Context, passphrase string) error
	// Forget takes it out.
	Forget(ctx context.Context) error
	// Restore makes the vault from a backup, which has to be whole, and says when that was
	// made.
	Restore(ctx context.Context, backup, passphrase string) (made time.Time, err error)
	// Recover sets another passphrase with the recovery key.
	Recover(ctx context.Context, key, passphrase string) error
	// Sample opens a vault in memory whose registry holds invented people, and
	// names the files of the sample case. Nothing of it is kept.
	Sample(ctx context.Context) (Session, Sample, error)
}

// Session is one open vault. Its methods are safe for concurrent use.
type Session interface {
	// Records is a desk that can list cases, read the registry and explain
	// reasons: Archive, Registry, Policy and Ledger are set. It is there at once.
	Records() *casework.Desk
	// Desk is the whole desk with its models, loaded at the first call (seconds), for
	// cases whose files are written in one way.
	// Each call returns a desk of the caller's own, so that Progress can be set.
	Desk(ctx context.Context, how casework.Writing) (*casework.Desk, error)
	// Vocabulary is the rule pack's: the words of a case's purpose and channel.
	Vocabulary() authz.Vocabulary
	// Registry is what the registry room reads and does.
	Registry() Registry
	// Keeper is who keeps the vault; nil where it is only in memory.
	Keeper() Keeper
	// AddPassword gives a password to try on protected documents. It is not kept
	// beyond the session.
	AddPassword(password string)
	// Close locks the vault.
	Close() error
}

// Registry is the registry of consents as its room uses it. Its methods are safe
// for concurrent use, are called on a worker, and may take a while. What
// their errors are called, Backend.Named says.
type Registry interface {
	Subjects
	Grounds
	Notices
	Likenesses
	House
	Packages

	// Find gives the ids of those whose names hold a text, whose pinyin or initials
	// it is, or who can be reached at it, at most limit.
	Find(ctx context.Context, text string, limit int) ([]authz.SubjectID, error)
	// People gives what the list shows of subjects, without those that are gone.
	People(ctx context.Context, ids []authz.SubjectID) ([]state.Person, error)
	// Marks are what the list's filters ask of the records. It may open all of them.
	Marks(ctx context.Context) (state.Marks, error)
	Dossier(ctx context.Context, id authz.SubjectID) (state.Dossier, error)
	Dues(ctx context.Context) ([]state.Due, error)
	// Me is who acts, with their jobs.
	Me(ctx context.Context) (authz.User, error)

	Add(ctx context.Context, s authz.Subject) (authz.SubjectID, error)
	Withdraw(ctx context.Context, no state.Withdrawal) (state.Closed, error)
	// Grant reports whether the grant waits for somebody who may confirm it.
	Grant(ctx context.Context, g state.Grant) (waits bool, err error)
	Confirm(ctx context.Context, id authz.ConsentID) error
	// Grid asks the rules what may be shown today for a purpose; an empty one is the
	// first for which something is.
	Grid(ctx context.Context, id authz.SubjectID, p authz.Purpose, lang string) (state.Grid, error)
	// OpenEvidence opens a sealed file to be looked at, in memory.
	OpenEvidence(ctx context.Context, sha256, name string) (state.Paper, error)
	// Copy writes all that is kept of somebody into a folder, for them, and names the
	// file. To whom it is handed is kept as a salted digest.
	Copy(ctx context.Context, id authz.SubjectID, to, folder string) (file string, err error)
	// Explain asks the rules about one use.
	Explain(ctx context.Context, id authz.SubjectID, q state.Question, lang string) (state.Explanation, error)
	// Duplicates proposes pairs that may be one, the surest first; of is how many there are.
	Duplicates(ctx context.Context, lang string) (pairs []state.Pair, of int, err error)
	// Merge makes one record of two and gives the merge's id, for Unmerge.
	Merge(ctx context.Context, keep, other authz.SubjectID) (id string, err error)
	Unmerge(ctx context.Context, id string) error
	// Erase deletes somebody with all that is kept of them, and says how many consents
	// went.
	Erase(ctx context.Context, id authz.SubjectID) (consents int, err error)
	// Handler is who asks for consents; the zero one where nobody said so yet.
	Handler(ctx context.Context) (authz.Handler, error)
	SetHandler(ctx context.Context, h authz.Handler) error
	// Draft makes the letter as Request would write it now, to be looked at.
	Draft(ctx context.Context, r state.Request) (state.LetterDraft, error)
	// Request writes letter, notice and form, and names the folder they are in.
	Request(ctx context.Context, r state.Request) (folder string, err error)
	// Answer records what somebody said to a request. Like Grant it reports whether it
	// waits for somebody who may confirm it.
	Answer(ctx context.Context, a state.Reply) (waits bool, err error)
	// FileReturned seals the scan of a returned form by the code on it, or as an
	// answer to the request that is named, and gives the request's record.
	FileReturned(ctx context.Context, request, path string) (authz.Consent, error)
	// Preview says what Import would do; m is what the columns of a table are, nil what
	// they are taken for.
	Preview(ctx context.Context, path, lang string, m *exchange.Mapping) (state.Preview, error)
	// Import takes the file of a preview in, whole or not at all.
	Import(ctx context.Context, path string, p state.Preview) error
	// Mapping is what was kept under a name, by KeepMapping.
	Mapping(ctx context.Context, name string) (exchange.Mapping, error)
	KeepMapping(ctx context.Context, name string, m exchange.Mapping) error
	// LookAtNoes says what RecordNoes would do with a table of withdrawals.
	LookAtNoes(ctx context.Context, path, lang string) (state.NoTable, error)
	// RecordNoes records the lines of a table that was looked at, each an act of its own.
	RecordNoes(ctx context.Context, path string, t state.NoTable, refused bool) (state.ClosedMany, error)
}

// Keeper keeps an open vault. Its methods are called on a worker. Secrets are the
// caller's: they are not kept, and not logged.
type Keeper interface {
	// ChangePassphrase gives the vault another one. Where old is wrong there is an
	// error.
	ChangePassphrase(ctx context.Context, old, now string) error
	// NewRecovery makes the key that opens the vault when the passphrase is lost; one
	// made before no longer does.
	NewRecovery(ctx context.Context, passphrase string) (key string, err error)
	// BackUp writes a copy of the whole vault, sealed as it is, to a file that is not
	// there yet.
	BackUp(ctx context.Context, path string) error
	// CheckBackup reads a backup to its end and says when it was made.
	CheckBackup(ctx context.Context, path, passphrase string) (made time.Time, err error)
	// Team reports whether the vault lies in a team's database.
	Team() bool
}

// Sample is the material of the sample case.
type Sample struct {
	Case  casework.Case // title, purpose, channel, territory, day, who prepares it, mode and style
	Paths []string      // files and folders to take in
	Out   string        // where its package goes; empty: beside the files
}
