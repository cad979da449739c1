package install

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"consentry/assets"
)

// archive gives the path of the package's archive in the cache, fetching it
// where it is not there, and says how it was had.
func (in *Installer) archive(ctx context.Context, p assets.Package) (path, how string, err error) {
	kind := ".whl"
	if p.Ecosystem == assets.NPM {
		kind = ".tgz"
	}
	kept := filepath.Join(in.Cache, p.Archive+kind)
	switch sum, err := hashFile(kept); {
	case err == nil && sum == p.Archive:
		return kept, "from the cache", nil
	case err == nil:
		if err := os.Remove(kept); err != nil {
			return "", "", fmt.Errorf("the archive in the cache is damaged: delete %s and run again", kept)
		}
		return "", "", errors.New("the archive in the cache was damaged and has been deleted: run again to fetch it afresh")
	case !errors.Is(err, os.ErrNotExist):
		return "", "", fmt.Errorf("%w: %s", err, remedy(err, "delete the file and run again"))
	}
	dir, err := os.MkdirTemp(in.Cache, stagingPrefix)
	if err != nil {
		return "", "", fmt.Errorf("%w: %s", err, remedy(err, "choose another cache with --cache"))
	}
	defer os.RemoveAll(dir)
	got, err := in.Clients.download(ctx, p, dir)
	if err != nil {
		return "", "", err
	}
	sum, err := hashFile(got)
	if err != nil {
		return "", "", err
	}
	if sum != p.Archive {
		return "", "", fmt.Errorf("the fetched archive has SHA-256 %s but models.lock names %s, so nothing was taken from it: run again, and if it stays so do not trust the registry", sum, p.Archive)
	}
	if _, err := commit(got, kept); err != nil {
		return "", "", err
	}
	return kept, "fetched", nil
}

// extract writes the members, given by path with their SHA-256, of a .whl or
// .tgz archive below dir. No other entry is written, whatever its name, and
// the names come from the lock, which admits none that leaves a folder.
func extract(ctx context.Context, archive, dir string, members map[string]string) error {
	left := map[string]string{}
	for name, sum := range members {
		left[name] = sum
	}
	take := func(name string, r io.Reader) error {
		sum, wanted := left[name]
		if !wanted {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		delete(left, name)
		path := filepath.Join(dir, filepath.FromSlash(name))
		got, err := store(path, func(w io.Writer) error { _, err := io.Copy(w, r); return err })
		if err != nil {
			return fmt.Errorf("extract %s: %w: %s", name, err, remedy(err, "the archive may be damaged: delete it from the cache and run again"))
		}
		if got != sum {
			return fmt.Errorf("%s in the archive has other bytes than models.lock names: restore models.lock, or set the digest anew after a review", name)
		}
		return nil
	}
	walk := walkTar
	if filepath.Ext(archive) == ".whl" {
		walk = walkZip
	}
	err := walk(archive, func(name string, r io.Reader) (bool, error) {
		err := take(name, r)
		return len(left) > 0, err
	})
	if err != nil {
		return err
	}
	for name := range left {
		return fmt.Errorf("the archive has no file %s: correct the path in models.lock", name)
	}
	return nil
}

// visit takes one regular file and says whether to go on.
type visit func(name string, r io.Reader) (more bool, err error)

func walkZip(archive string, f visit) error {
	z, err := zip.OpenReader(archive)
	if err != nil {
		return unreadable(err)
	}
	defer z.Close()
	for _, file := range z.File {
		if !file.Mode().IsRegular() {
			continue
		}
		r, err := file.Open()
		if err != nil {
			return unreadable(err)
		}
		more, err := f(file.Name, r)
		r.Close()
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func walkTar(archive string, f visit) error {
	file, err := os.Open(archive)
	if err != nil {
		return unreadable(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return unreadable(err)
	}
	t := tar.NewReader(z)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		if more, err := f(h.Name, t); err != nil || !more {
			return err
		}
	}
}

func unreadable(err error) error {
	return fmt.Errorf("the archive cannot be read (%w): delete it from the cache and run again", err)
}
