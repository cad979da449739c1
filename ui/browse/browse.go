// Package browse lists folders for somebody who chooses files: the toolkit's own dialog
// takes one at a time, knows English names of places alone, and writes the last folder
// into a file outside the vault.
package browse

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Want is what somebody is asked to choose on the disk.
type Want int

// What can be asked for.
const (
	File  Want = iota
	Files      // one or more
	Folder
)

// An Entry is a file or folder of a folder.
type Entry struct {
	Name    string
	Folder  bool
	Size    int64 // bytes, of a file
	Changed time.Time
}

// List lists a folder: folders first, each in the order of their names as people
// count and, in Chinese, by pinyin. What the system hides is left out, and so is
// what is neither file nor folder; a link is what it leads to.
func List(ctx context.Context, dir string) ([]Entry, error) {
	found, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	c := collate.New(language.Chinese, collate.Numeric, collate.IgnoreCase)
	type sorted struct {
		Entry
		key []byte
	}
	var buf collate.Buffer
	all := make([]sorted, 0, len(found))
	for _, f := range found {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		path := filepath.Join(dir, f.Name())
		if hidden(path) {
			continue
		}
		info, err := os.Stat(path) // where a link leads
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		buf.Reset()
		all = append(all, sorted{Entry{f.Name(), info.IsDir(), info.Size(), info.ModTime()}, slices.Clone(c.KeyFromString(&buf, f.Name()))})
	}
	slices.SortFunc(all, func(a, b sorted) int {
		switch {
		case a.Folder && !b.Folder:
			return -1
		case b.Folder && !a.Folder:
			return 1
		}
		if n := slices.Compare(a.key, b.key); n != 0 {
			return n
		}
		return strings.Compare(a.Name, b.Name)
	})
	entries := make([]Entry, len(all))
	for i, s := range all {
		entries[i] = s.Entry
	}
	return entries, nil
}

// A Place is a folder where people keep things. Its key is home, desktop,
// documents, downloads or pictures; empty for a disk, which goes by its own name.
type Place struct {
	Key  string
	Name string
	Dir  string
}

// there are the places that exist, each once.
func there(all []Place) (places []Place) {
	for _, p := range all {
		if i, err := os.Stat(p.Dir); err == nil && i.IsDir() && !slices.ContainsFunc(places, func(q Place) bool { return q.Dir == p.Dir }) {
			places = append(places, p)
		}
	}
	return places
}

// disks are the folders in which the system shows what is plugged in.
func disks(roots ...string) (places []Place) {
	for _, root := range roots {
		found, _ := os.ReadDir(root) // there may be none
		for _, f := range found {
			if dir := filepath.Join(root, f.Name()); f.IsDir() && !hidden(dir) {
				places = append(places, Place{Name: f.Name(), Dir: dir})
			}
		}
	}
	return places
}

// A Browser is somebody choosing in a folder. What it lists comes from List.
type Browser struct {
	Want Want
	Dir  string // absolute

	entries []Entry
	shown   []int
	marked  []string // names, in the order in which they were marked
}

// Enter is in another folder, of which nothing is known yet.
func (b *Browser) Enter(dir string) {
	b.Dir, b.entries, b.marked = filepath.Clean(dir), nil, nil
	b.Filter("")
}

// Parent is the folder above; the same at the top.
func (b *Browser) Parent() string { return filepath.Dir(b.Dir) }

// Set tells what the folder holds, all of which is shown.
func (b *Browser) Set(entries []Entry) {
	b.entries = entries
	b.Filter("")
}

// Filter narrows the list to names that hold a text, in either case.
func (b *Browser) Filter(query string) {
	b.shown = b.shown[:0]
	q := strings.ToLower(strings.TrimSpace(query))
	for i, e := range b.entries {
		if (b.Want != Folder || e.Folder) && strings.Contains(strings.ToLower(e.Name), q) {
			b.shown = append(b.shown, i)
		}
	}
}

// Len is how many entries are shown.
func (b *Browser) Len() int { return len(b.shown) }

// At is an entry that is shown.
func (b *Browser) At(i int) Entry { return b.entries[b.shown[i]] }

// Path is where an entry that is shown lies.
func (b *Browser) Path(i int) string { return filepath.Join(b.Dir, b.At(i).Name) }

// Marked reports whether an entry is one of several that will be taken.
func (b *Browser) Marked(i int) bool { return slices.Contains(b.marked, b.At(i).Name) }

// Mark marks a file, or takes its mark away. Only one can be marked where one is
// wanted, and folders are never.
func (b *Browser) Mark(i int) {
	e := b.At(i)
	if e.Folder || b.Want == Folder {
		return
	}
	if n := slices.Index(b.marked, e.Name); n >= 0 {
		b.marked = slices.Delete(b.marked, n, n+1)
		return
	}
	if b.Want == File {
		b.marked = b.marked[:0]
	}
	b.marked = append(b.marked, e.Name)
}

// MarkAll marks every file that is shown, or, where all of them are, none.
func (b *Browser) MarkAll() {
	if b.Want != Files {
		return
	}
	all := true
	for i := range b.shown {
		if !b.At(i).Folder && !b.Marked(i) {
			b.Mark(i)
			all = false
		}
	}
	if all {
		b.marked = b.marked[:0]
	}
}

// Chosen are the paths that would be taken now: the marked files, or the folder
// itself where a folder is wanted.
func (b *Browser) Chosen() (paths []string) {
	if b.Want == Folder {
		return []string{b.Dir}
	}
	for _, n := range b.marked {
		paths = append(paths, filepath.Join(b.Dir, n))
	}
	return paths
}

// Named is the path that was written out in the place of a filter: an absolute
// one, or one that begins with ~ for the home folder.
func Named(query, home string) (path string, ok bool) {
	q := strings.TrimSpace(query)
	if q == "~" || strings.HasPrefix(q, "~/") || strings.HasPrefix(q, `~\`) {
		return filepath.Join(home, q[1:]), true
	}
	return filepath.Clean(q), filepath.IsAbs(q)
}

// NewFolder is the folder that could be made under a name: none where there is
// something of that name, or where it is no name.
func (b *Browser) NewFolder(name string) (dir string, ok bool) {
	name = strings.TrimSpace(name)
	if b.Want != Folder || name == "" || name == "." || name == ".." || !fs.ValidPath(name) || strings.ContainsAny(name, `/\`) || b.entries == nil {
		return "", false
	}
	if slices.ContainsFunc(b.entries, func(e Entry) bool { return strings.EqualFold(e.Name, name) }) {
		return "", false
	}
	return filepath.Join(b.Dir, name), true
}

// KindOf is File or Folder; of what is neither, or is not there, Files.
func KindOf(path string) Want {
	switch info, err := os.Stat(path); {
	case err != nil:
	case info.IsDir():
		return Folder
	case info.Mode().IsRegular():
		return File
	}
	return Files
}
