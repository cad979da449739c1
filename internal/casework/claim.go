package casework

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// claimFile marks a folder as a package's and is locked by whoever writes it.
const claimFile = ".consentry"

// ErrNotOurs is returned for a package folder that holds anything else.
var ErrNotOurs = errors.New("the package needs a folder of its own")

// claim takes the folder of a package: a new or empty one, or that of an earlier
// package. Another run that writes there is waited for. Nothing that somebody
// else put there can then be written over. The system drops the claim of a
// process that dies.
func claim(ctx context.Context, out string, assets []Asset) (release func(), err error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return nil, fmt.Errorf("make the package folder: %w", err)
	}
	root, err := os.Stat(out)
	if err != nil {
		return nil, fmt.Errorf("make the package folder: %w", err)
	}
	for _, a := range assets {
		if within(root, a.Path) {
			return nil, fmt.Errorf("%w: originals of this case lie in the output folder; name another", ErrNotOurs)
		}
	}
	es, err := os.ReadDir(out)
	if err != nil {
		return nil, fmt.Errorf("look into the package folder: %w", err)
	}
	if len(es) > 0 && !isFile(filepath.Join(out, claimFile)) && !isFile(filepath.Join(out, "bundle", "SHA256SUMS")) {
		return nil, fmt.Errorf("%w: the output folder holds other files; name a new or empty one", ErrNotOurs)
	}
	type locked struct {
		f   *lockedfile.File
		err error
	}
	got := make(chan locked, 1)
	go func() {
		f, err := lockedfile.OpenFile(filepath.Join(out, claimFile), os.O_RDWR|os.O_CREATE, 0o600)
		got <- locked{f, err}
	}()
	select {
	case l := <-got:
		if l.err != nil {
			return nil, fmt.Errorf("claim the package folder: %w", l.err)
		}
		return func() { l.f.Close() }, nil
	case <-ctx.Done():
		go func() {
			if l := <-got; l.f != nil {
				l.f.Close()
			}
		}()
		return nil, ctx.Err()
	}
}

// within tells whether a file lies in a folder, by whatever name or link.
func within(root fs.FileInfo, file string) bool {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	for dir := filepath.Dir(file); ; dir = filepath.Dir(dir) {
		if fi, err := os.Stat(dir); err == nil && os.SameFile(fi, root) {
			return true
		}
		if dir == filepath.Dir(dir) || strings.TrimSpace(dir) == "." {
			return false
		}
	}
}

func isFile(name string) bool {
	fi, err := os.Lstat(name)
	return err == nil && fi.Mode().IsRegular()
}
