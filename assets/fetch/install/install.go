// Package install fills the assets folder with the files that models.lock
// names: it fetches their packages with the ordinary clients, checks every
// digest, converts what needs it and moves each finished file into place.
package install

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"consentry/assets"
)

// parallel is the number of packages worked on at once.
const parallel = 3

// staleAfter is the age at which the leavings of a killed run are removed;
// no run takes that long, so nobody else's work is touched.
const staleAfter = 24 * time.Hour

// Installer brings one assets folder to what the lock says.
type Installer struct {
	Lock     assets.Lock
	Dir      string    // the assets folder
	Cache    string    // archives are kept here, named by their digests
	Platform string    // GOOS/GOARCH whose files are wanted
	Clients  Clients   // empty: found on the PATH
	Progress io.Writer // one line for each archive; nil: none
	Only     []string  // names of packages or files; empty: all
	Verify   bool      // hash every file, even where size and time are as left

	mu    sync.Mutex // guards stamp and Progress once work runs in parallel
	stamp stamp
}

// Run installs what is missing or wrong. After an error the folder holds only
// right files, though perhaps not all; a later run continues from there. Runs
// at the same time do not hurt one another.
func (in *Installer) Run(ctx context.Context) error {
	packages, err := in.wanted()
	if err != nil {
		return err
	}
	for _, dir := range []string{in.Dir, in.Cache} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("%w: %s", err, remedy(err, "choose another folder with --dir or --cache"))
		}
		sweep(dir)
	}
	in.stamp = readStamp(in.Dir)
	var work []assets.Package // with the files that have to be made
	for _, p := range packages {
		if p.Files, err = in.missing(p); err != nil {
			return fmt.Errorf("package %s: %w", p, err)
		}
		if len(p.Files) > 0 {
			work = append(work, p)
		}
	}
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for _, p := range work {
		group.Go(func() error {
			if err := in.install(groupCtx, p); err != nil {
				return fmt.Errorf("package %s: %w", p, err)
			}
			return nil
		})
	}
	err = group.Wait()
	if ctx.Err() != nil {
		err = fmt.Errorf("%w: what was finished is kept, run again for the rest", ctx.Err())
	}
	if e := in.stamp.write(in.Dir); err == nil && e != nil {
		err = fmt.Errorf("%w: %s", e, remedy(e, "check the folder's permissions"))
	}
	return err
}

// wanted gives the packages with the files wanted here, after Only and Platform.
func (in *Installer) wanted() ([]assets.Package, error) {
	unused := map[string]bool{}
	for _, name := range in.Only {
		unused[name] = true
	}
	var packages []assets.Package
	for _, p := range in.Lock.Packages {
		var files []assets.Entry
		for _, e := range p.Files {
			if len(in.Only) > 0 && !slices.Contains(in.Only, p.Name) && !slices.Contains(in.Only, e.Name) {
				continue
			}
			delete(unused, p.Name)
			delete(unused, e.Name)
			if e.On(in.Platform) {
				files = append(files, e)
			}
		}
		if len(files) == 0 && hasFiles(p, in.Only) {
			return nil, fmt.Errorf("package %s has no files for %s: run on another platform, or choose one with --platform", p, in.Platform)
		}
		if len(files) > 0 {
			p.Files = files
			packages = append(packages, p)
		}
	}
	for _, name := range in.Only {
		if !unused[name] {
			continue
		}
		return nil, fmt.Errorf("models.lock names no package or file %q: see --list", name)
	}
	return packages, nil
}

// hasFiles says whether a package takes part, whatever the platform.
func hasFiles(p assets.Package, only []string) bool {
	if len(only) == 0 || slices.Contains(only, p.Name) {
		return true
	}
	for _, e := range p.Files {
		if slices.Contains(only, e.Name) {
			return true
		}
	}
	return false
}

// missing gives the files of a package that are not there with the right bytes.
func (in *Installer) missing(p assets.Package) ([]assets.Entry, error) {
	var missing []assets.Entry
	for _, e := range p.Files {
		path := in.path(e)
		info, err := os.Lstat(path)
		if err != nil || !info.Mode().IsRegular() || info.Size() != e.Size {
			missing = append(missing, e)
			continue
		}
		if !in.Verify && in.stamp.knows(e, info) {
			continue
		}
		sum, err := hashFile(path)
		if err != nil {
			return nil, fmt.Errorf("%w: %s", err, remedy(err, "check the file's permissions"))
		}
		if sum != e.SHA256 {
			missing = append(missing, e)
			continue
		}
		in.remember(e, info)
	}
	return missing, nil
}

// install brings the files of one package into place.
func (in *Installer) install(ctx context.Context, p assets.Package) error {
	archive, how, err := in.archive(ctx, p)
	if err != nil {
		return err
	}
	staging, err := os.MkdirTemp(in.Dir, stagingPrefix)
	if err != nil {
		return fmt.Errorf("%w: %s", err, remedy(err, "check the folder's permissions"))
	}
	defer os.RemoveAll(staging)
	members := map[string]string{}
	for _, e := range p.Files {
		for _, m := range e.Members() {
			members[m.Path] = m.SHA256
		}
	}
	content := filepath.Join(staging, "archive")
	if err := extract(ctx, archive, content, members); err != nil {
		return err
	}
	for i, e := range p.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		made := filepath.Join(staging, fmt.Sprintf("file%d", i))
		if err := produce(e, content, made); err != nil {
			return err
		}
		info, err := commit(made, in.path(e))
		if err != nil {
			return err
		}
		in.remember(e, info)
	}
	in.report("%-38s %9s  %s, %d file(s) installed", p, megabytes(p.Size), how, len(p.Files))
	return nil
}

func (in *Installer) path(e assets.Entry) string {
	return filepath.Join(in.Dir, filepath.FromSlash(e.Name))
}

func (in *Installer) remember(e assets.Entry, info os.FileInfo) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.stamp.add(e, info)
}

func (in *Installer) report(format string, args ...any) {
	if in.Progress == nil {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	fmt.Fprintln(in.Progress, strings.TrimRight(fmt.Sprintf(format, args...), " "))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
