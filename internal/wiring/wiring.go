// Package wiring is what both programs share: it opens the vault and the models
// and fills in the desk. It decides nothing.
package wiring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"consentry/assets"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/ledger"
	"consentry/internal/registry"
	"consentry/internal/report"
	"consentry/internal/sandbox"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/forms"
	"consentry/redact/pdf"
	"consentry/redact/pdf/picture"
	"consentry/redact/photo"
)

// Version is the program's, set by the linker for a release.
var Version = "0.1.0"

// Tool names program and version in reports.
func Tool() string { return "consentry " + Version }

// Tasks are what the programs' sandboxed children can do. Both mains call
// sandbox.Main with them and Services before anything else.
func Tasks() map[string]sandbox.Task { return photo.Tasks() }

// Services are what children do that stay.
func Services() map[string]sandbox.Service {
	return pdf.Services(func(ttf []byte) picture.Hide {
		return photo.New(nil, func() ([]byte, error) { return ttf, nil }).Hide
	})
}

// TuneMemory collects garbage early: the heap is a few pictures of 100 MB, so
// that a collection costs next to nothing and a waiting one costs a picture.
func TuneMemory() { debug.SetGCPercent(25) }

// App is an open vault with the rules, and the models once they are needed.
type App struct {
	*registry.Registrar
	Lang redact.Lang // of reports
	// Writing is how files are written where no case says it.
	Writing casework.Writing

	log       book
	formats   formats
	passwords passwords

	mu     sync.Mutex
	models *models
}

// Exists reports whether there is a vault, whole or damaged, in a folder. One
// that cannot be looked at counts: opening it then says why.
func Exists(dir string) bool {
	for _, name := range []string{"vault.db", "vault.key"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// Open opens the vault in a folder, or the team's whose key lies there (DatabaseFile).
func Open(dir string, passphrase []byte) (*App, error) {
	v, err := openVault(context.Background(), dir, passphrase)
	if err != nil {
		return nil, err
	}
	return newApp(v)
}

// Memory opens a throw-away vault: nobody is registered, nothing is kept.
func Memory() (*App, error) {
	v, err := store.Memory()
	if err != nil {
		return nil, err
	}
	return newApp(v)
}

func newApp(v *store.Vault) (*App, error) {
	b, err := fs.ReadFile(assets.Rules(), "rulepack.yaml")
	if err != nil {
		v.Close()
		return nil, err
	}
	pack, err := authz.ParsePack(b)
	if err != nil {
		v.Close()
		return nil, err
	}
	if b, err = fs.ReadFile(assets.Rules(), "operations.yaml"); err != nil {
		v.Close()
		return nil, err
	}
	ops, err := authz.ParseOperations(b)
	if err != nil {
		v.Close()
		return nil, err
	}
	log, err := v.Ledger(context.Background())
	if err != nil {
		v.Close()
		return nil, err
	}
	a := &App{Lang: redact.English, log: book{log, ops}}
	a.Registrar = a.newRegistrar(v, pack, ops)
	return a, nil
}

// Close closes vault and models.
func (a *App) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	return errors.Join(a.models.close(), a.Vault.Close())
}

// Desk is the desk with every detector and attack, for cases whose files are written
// in one way; the first call loads the models (about a second).
func (a *App) Desk(ctx context.Context, how casework.Writing, p casework.Progress) (*casework.Desk, error) {
	m, err := a.load(ctx)
	if err != nil {
		return nil, err
	}
	// A template whose consent has ended is not only left alone: it goes.
	if _, err := a.PurgeTemplates(ctx); err != nil {
		return nil, err
	}
	d := a.bare(p)
	d.Formats = a.written(how)
	d.Recogniser = recogniser{m.matcher}
	d.Readers, d.Detectors, d.Looks, d.Attacks = m.readers, m.detectors, m.looks, m.attacks(d.Formats)
	own, err := a.ownKinds(ctx)
	if err != nil {
		return nil, err
	}
	if kinds := own.Kinds(); len(kinds) > 0 {
		d.Kinds = map[redact.Kind]redact.KindInfo{}
		for _, k := range kinds {
			d.Kinds[k.ID] = k
		}
		d.Detectors = append(slices.Clone(d.Detectors), own.Detector())
		d.Looks = maps.Clone(d.Looks)
		for l, ds := range d.Looks {
			d.Looks[l] = append(slices.Clone(ds), own.Detector())
		}
	}
	if d.Wording, err = a.wording(ctx); err != nil {
		return nil, err
	}
	d.Reporter = report.PDF{Fonts: m.fonts, Lang: a.Lang, Term: a.term}
	d.Assessor = assessor{a}
	d.Models = m.named
	return d, nil
}

// bare is a desk that can load and list cases but has no models.
func (a *App) bare(p casework.Progress) *casework.Desk {
	return &casework.Desk{
		Formats: a.written(a.Writing), Sniff: Sniff, Search: newSearch, Derive: derive, Plain: fold.Key, Registered: registered, InCase: forms.InCase, Chains: chains, Pseudonyms: a.pseudonyms, Logos: findLogos,
		Registry: a.Vault, Policy: a.Pack, RulePack: a.Pack.ID + " " + a.Pack.Version,
		Results: a.Vault, Archive: a.Vault, Ledger: a.log, Latest: a.Vault.Latest,
		Progress: p, Tool: Tool(), Workers: runtime.NumCPU(),
	}
}

// Cases is a desk for listing and loading cases; it loads no model.
func (a *App) Cases() *casework.Desk { return a.bare(nil) }

// A book is the ledger as cases write to it: it takes no action that the table of
// operations does not list, and none under another operation than there.
type book struct {
	*ledger.Log
	ops *authz.Operations
}

// Append adds an entry, which says its action and operation.
func (b book) Append(ctx context.Context, entry []byte) (ledger.Receipt, error) {
	var e struct{ Operation, Action string }
	if err := json.Unmarshal(entry, &e); err != nil {
		return ledger.Receipt{}, err
	}
	if op, ok := b.ops.Of(e.Action); !ok || op != e.Operation {
		return ledger.Receipt{}, fmt.Errorf("%w: %s as %s", registry.ErrAction, e.Action, e.Operation)
	}
	return b.Log.Append(ctx, entry)
}

// Ledger is the vault's log.
func (a *App) Ledger() *ledger.Log { return a.log.Log }

// term words an identifier of the rule pack.
func (a *App) term(id string) string {
	for _, ts := range []authz.Terms{a.Pack.Vocabulary.Purposes, a.Pack.Vocabulary.Channels, a.Pack.Vocabulary.Territories} {
		if t, ok := ts.Find(id); ok {
			return t.Label(string(a.Lang))
		}
	}
	return id
}

// DefaultDir is the vault's folder in the user's data directory.
func DefaultDir() (string, error) {
	if x := os.Getenv("XDG_DATA_HOME"); x != "" && runtime.GOOS == "linux" {
		return filepath.Join(x, "consentry", "vault"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the data directory: %w", err)
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Consentry", "vault"), nil
	case "windows":
		if l := os.Getenv("LOCALAPPDATA"); l != "" {
			return filepath.Join(l, "Consentry", "vault"), nil
		}
	}
	return filepath.Join(home, ".local", "share", "consentry", "vault"), nil
}
