package casework

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"consentry/redact"
)

// sniffBytes is how much of a file decides its type.
const sniffBytes = 64 << 10

var (
	errIrregular = errors.New("not a regular file: a link, a pipe or a device")
	errPackage   = errors.New("an earlier package, which is no material; add its files by name if they are meant")
	errEmpty     = fmt.Errorf("%w: the file is empty", redact.ErrUnreadable)
)

// A typeError says that a file is of no type that is handled.
type typeError struct{ error }

func (e typeError) Unwrap() error { return e.error }

// NewID is a random case number.
func NewID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand aborts the program instead)
	return "C-" + hex.EncodeToString(b[:])
}

// Ingest takes files and folders into the case: each file is read once for its
// digest and type. Zip files are taken as the folders they hold. What cannot be taken is listed in Refused; the rest goes in.
// Hidden files (a leading dot) and the case's own package inside folders are
// passed over; earlier packages inside folders are refused.
func (d *Desk) Ingest(ctx context.Context, c *Case, paths ...string) error {
	var found []source
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return fmt.Errorf("add %s: %w", p, err)
		}
		st, err := os.Stat(abs)
		switch {
		case err != nil:
			c.refuse(filepath.Base(p), err)
		case st.Mode().IsRegular():
			found = append(found, source{path: abs, name: filepath.Base(abs)})
		case !st.IsDir():
			c.refuse(filepath.Base(p), errIrregular)
		default:
			err := filepath.WalkDir(abs, func(q string, e fs.DirEntry, err error) error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				rel, relErr := filepath.Rel(abs, q)
				if relErr != nil {
					return relErr
				}
				if err != nil {
					c.refuse(filepath.ToSlash(rel), err)
					if e != nil && e.IsDir() {
						return fs.SkipDir
					}
					return nil
				}
				if q == c.Out && e.IsDir() {
					return fs.SkipDir
				}
				if q != abs && strings.HasPrefix(e.Name(), ".") {
					if e.IsDir() {
						return fs.SkipDir
					}
					return nil
				}
				if e.IsDir() && q != abs && IsPackage(q) {
					c.refuse(filepath.ToSlash(rel), errPackage)
					return fs.SkipDir
				}
				if e.IsDir() {
					return nil
				}
				if !e.Type().IsRegular() {
					c.refuse(filepath.ToSlash(rel), errIrregular)
					return nil
				}
				found = append(found, source{path: q, name: filepath.ToSlash(rel)})
				return nil
			})
			if err != nil {
				return fmt.Errorf("walk: %w", err)
			}
		}
	}
	for i := 0; i < len(found); i++ {
		if s := found[i]; s.entry == "" && isZip(s.path) {
			found = slices.Concat(found[:i], unpacked(s, c.refuse), found[i+1:])
			i--
		}
	}
	m := d.meter(StepIngest, len(found))
	before := len(c.Assets)
	for _, s := range found {
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := d.admit(s, c.freeName(s.name))
		m.tick(s.name, false, err)
		if err != nil {
			c.refuse(s.name, err)
			continue
		}
		if !slices.ContainsFunc(c.Assets, func(o Asset) bool { return o.Path == a.Path && o.Entry == a.Entry && o.Digest == a.Digest }) {
			c.Assets = append(c.Assets, a)
		}
	}
	if before > 0 && len(c.Assets) > before { // whoever signs is asked again
		c.Changed = d.now()
	}
	return nil
}

// freeName keeps two files of one name from different folders apart.
func (c *Case) freeName(name string) string {
	taken := func(n string) bool {
		return slices.ContainsFunc(c.Assets, func(a Asset) bool { return a.Name == n })
	}
	if !taken(name) {
		return name
	}
	ext := filepath.Ext(name)
	for i := 2; ; i++ {
		if n := fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), i, ext); !taken(n) {
			return n
		}
	}
}

func (c *Case) refuse(name string, err error) {
	c.Refused = append(c.Refused, Refusal{Name: name, Reason: Hint(err), Code: RefusalCode(err)})
}

// RefusalCode is the code of a reason why a file is not taken in, or not read; empty
// where there is no code for it.
func RefusalCode(err error) string {
	for _, r := range []struct {
		err  error
		code string
	}{
		{errPackage, "package"}, {errIrregular, "irregular"}, {errEmpty, "empty"}, {redact.ErrPassword, "password"}, {redact.ErrTooLarge, "large"},
		{ErrChanged, "changed"}, {fs.ErrPermission, "permission"}, {fs.ErrNotExist, "gone"},
	} {
		if errors.Is(err, r.err) {
			return r.code
		}
	}
	switch {
	case errors.As(err, new(typeError)):
		return "type"
	case errors.Is(err, redact.ErrUnreadable):
		return "damaged"
	}
	return ""
}

// IsPackage reports whether a folder is one that the program exported.
func IsPackage(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "bundle", "SHA256SUMS"))
	return err == nil
}

func (d *Desk) admit(src source, name string) (Asset, error) {
	f, err := src.open()
	if err != nil {
		return Asset{}, err
	}
	defer f.Close()
	var head bytes.Buffer
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(h, &capped{&head, sniffBytes}), io.NewSectionReader(f, 0, f.size))
	if err != nil {
		return Asset{}, fmt.Errorf("read: %w", err)
	}
	if n == 0 {
		return Asset{}, errEmpty
	}
	t, err := d.Sniff(name, head.Bytes())
	if err != nil {
		return Asset{}, typeError{err}
	}
	if _, ok := d.Formats[t]; !ok {
		return Asset{}, typeError{fmt.Errorf("%w: files of type %s are not handled yet", redact.ErrUnreadable, t)}
	}
	return Asset{Asset: redact.Asset{Digest: redact.Digest(h.Sum(nil)), Name: name, Type: t, Size: n}, Path: src.path, Entry: src.entry}, nil
}

// capped writes up to left bytes and swallows the rest.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	q := p[:min(len(p), c.left)]
	c.left -= len(q)
	_, err := c.w.Write(q)
	return len(p), err
}

// original opens an asset's file and makes sure that it is still the one that
// was added.
func original(a Asset) (body, error) {
	f, err := source{path: a.Path, entry: a.Entry}.open()
	if err != nil {
		return body{}, err
	}
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(f, 0, f.size)); err != nil {
		f.Close()
		return body{}, fmt.Errorf("read: %w", err)
	}
	if redact.Digest(h.Sum(nil)) != a.Digest {
		f.Close()
		return body{}, ErrChanged
	}
	return f, nil
}

func (d *Desk) open(ctx context.Context, a Asset) (redact.Document, io.Closer, error) {
	f, err := original(a)
	if err != nil {
		return nil, nil, err
	}
	doc, err := d.Formats[a.Type].Open(ctx, a.Asset, f)
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return doc, f, nil
}
