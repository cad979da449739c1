package install

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"consentry/assets"
)

// stagingPrefix begins the names of folders that hold unfinished work.
const stagingPrefix = ".staging-"

const diskFull = "the disk is full: free about 1 GB and run again"

// produce makes the file of an entry at path from the extracted archive and
// checks its digest.
func produce(e assets.Entry, content, path string) error {
	if e.Convert == "" {
		// Its digest was checked when it was extracted.
		return os.Rename(filepath.Join(content, filepath.FromSlash(e.Path)), path)
	}
	run, ok := conversions[e.Convert]
	if !ok {
		return fmt.Errorf("no conversion %q for %s: fetch with the program of the same version as models.lock", e.Convert, e.Name)
	}
	sum, err := store(path, func(w io.Writer) error { return run(os.DirFS(content), e.From, w) })
	if err != nil {
		return fmt.Errorf("convert to %s: %w: %s", e.Name, err, remedy(err, "fetch with the program of the same version as models.lock"))
	}
	if sum != e.SHA256 {
		return fmt.Errorf("the conversion to %s gave SHA-256 %s but models.lock names %s: fetch with the program of the same version as models.lock", e.Name, sum, e.SHA256)
	}
	return nil
}

// store writes a new file through f, syncs it and gives its SHA-256 in hex.
func store(path string, f func(io.Writer) error) (sum string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	err = f(io.MultiWriter(file, h))
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	return hex.EncodeToString(h.Sum(nil)), err
}

// commit moves a finished file into place, where it appears whole or not at all.
func commit(from, to string) (os.FileInfo, error) {
	hint := "check the folder's permissions, and that no program has the file open"
	if err := syncFile(from); err != nil {
		return nil, fmt.Errorf("%w: %s", err, remedy(err, hint))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return nil, fmt.Errorf("%w: %s", err, remedy(err, hint))
	}
	if err := os.Rename(from, to); err != nil {
		return nil, fmt.Errorf("%w: %s", err, remedy(err, hint))
	}
	if d, err := os.Open(filepath.Dir(to)); err == nil {
		d.Sync() // not every system can; the rename itself is done
		d.Close()
	}
	return os.Lstat(to)
}

// syncFile makes a file that another program wrote durable and readable by all.
func syncFile(path string) error {
	if err := os.Chmod(path, 0o644); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

// hashFile gives the SHA-256 of a file in lower-case hex.
func hashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// sweep removes what killed runs left behind.
func sweep(dir string) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, d := range found {
		info, err := d.Info()
		if err == nil && strings.HasPrefix(d.Name(), stagingPrefix) && time.Since(info.ModTime()) > staleAfter {
			os.RemoveAll(filepath.Join(dir, d.Name()))
		}
	}
}

// remedy says what to do about an error: free space where the disk is full,
// else what the caller knows.
func remedy(err error, otherwise string) string {
	const windowsDiskFull = syscall.Errno(112)
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || runtime.GOOS == "windows" && errors.Is(err, windowsDiskFull) {
		return diskFull
	}
	return otherwise
}
