package acts

import (
	"context"
	"errors"
	"os"

	"consentry/authz"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

// Keeper implements ui.Keeper on an open vault in a folder.
type Keeper struct {
	App *wiring.App
	Dir string
}

// ChangePassphrase implements ui.Keeper.
func (k Keeper) ChangePassphrase(ctx context.Context, old, now string) error {
	if err := k.App.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	return wiring.Passwd(k.Dir, []byte(old), []byte(now))
}

// NewRecovery implements ui.Keeper.
func (k Keeper) NewRecovery(ctx context.Context, passphrase string) (string, error) {
	if err := k.App.Allow(ctx, authz.ActKeep); err != nil {
		return "", err
	}
	key, err := store.NewRecovery(k.Dir, []byte(passphrase))
	return key, err
}

// BackUp implements ui.Keeper.
func (k Keeper) BackUp(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = k.App.Backup(ctx, f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// Team implements ui.Keeper.
func (k Keeper) Team() bool { return os.Getenv(wiring.DatabaseFile) != "" }
