package install

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"

	"consentry/assets"
)

// stampName is the file that remembers which files were found right, so that
// a run with nothing to do need not read hundreds of megabytes. The programs
// do not trust it: they hash what they load.
const stampName = ".fetched.json"

// seen is how a file looked when its digest was last right.
type seen struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Time   int64  `json:"mtime"` // nanoseconds since 1970
}

// stamp maps names of files to how they looked.
type stamp struct {
	files   map[string]seen
	changed bool
}

// readStamp reads the stamp of a folder; without one everything is hashed again.
func readStamp(dir string) stamp {
	s := stamp{files: map[string]seen{}}
	if b, err := os.ReadFile(filepath.Join(dir, stampName)); err == nil && json.Unmarshal(b, &s.files) != nil || s.files == nil {
		s.files = map[string]seen{}
	}
	return s
}

func look(e assets.Entry, info os.FileInfo) seen {
	return seen{SHA256: e.SHA256, Size: info.Size(), Time: info.ModTime().UnixNano()}
}

func (s *stamp) knows(e assets.Entry, info os.FileInfo) bool {
	return s.files[e.Name] == look(e, info)
}

func (s *stamp) add(e assets.Entry, info os.FileInfo) {
	if now := look(e, info); s.files[e.Name] != now {
		s.files[e.Name] = now
		s.changed = true
	}
}

// write stores the stamp when it changed. Of two runs at once the later one
// wins, and the next run hashes what it did not know.
func (s *stamp) write(dir string) error {
	if !s.changed {
		return nil
	}
	b, err := json.MarshalIndent(s.files, "", "  ")
	if err != nil {
		return err
	}
	staging, err := os.MkdirTemp(dir, stagingPrefix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(staging)
	made := filepath.Join(staging, stampName)
	if _, err := store(made, func(w io.Writer) error { _, err := io.Copy(w, bytes.NewReader(b)); return err }); err != nil {
		return err
	}
	_, err = commit(made, filepath.Join(dir, stampName))
	return err
}
