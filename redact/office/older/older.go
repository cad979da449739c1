// Package older reads Office documents in the formats before 2007 and RTF: LibreOffice,
// where it is installed, makes them documents of today, which are what is read and
// written from there on.
//
// LibreOffice is a program of its own, run once a file in an empty folder with a new
// profile: macros and what documents link to are off in it, and no network can be
// reached through it.
package older

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"consentry/redact"
)

// The media types of what is read.
const (
	DOC = "application/msword"
	XLS = "application/vnd.ms-excel"
	PPT = "application/vnd.ms-powerpoint"
	RTF = "application/rtf"
)

// Types are the media types that are read. What is written is of another.
func Types() []string { return []string{DOC, XLS, PPT, RTF} }

// kinds say what each type is made into, and the endings of its files.
var kinds = map[string]struct {
	to      string // the ending of what is written
	endings []string
}{
	DOC: {"docx", []string{".doc", ".dot"}}, XLS: {"xlsx", []string{".xls", ".xlt"}}, PPT: {"pptx", []string{".ppt", ".pps", ".pot"}}, RTF: {"docx", []string{".rtf"}},
}

// compound begins a file in Microsoft's Compound File format.
const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Sniff tells the media type of a file from its name and first bytes; "" where it is
// none of this package.
func Sniff(name string, head []byte) string {
	ext := strings.ToLower(path.Ext(name))
	for t, k := range kinds {
		if slices.Contains(k.endings, ext) && (bytes.HasPrefix(head, []byte(`{\rtf`)) || t != RTF && bytes.HasPrefix(head, []byte(compound))) {
			if bytes.HasPrefix(head, []byte(`{\rtf`)) {
				return RTF // whatever it is called
			}
			return t
		}
	}
	return ""
}

// The limits of a conversion.
const (
	MaxBytes = 128 << 20
	wall     = 2 * time.Minute
	kept     = 4 // documents of which what LibreOffice made is remembered
)

// Format is a redact.Format. It is safe for concurrent use.
type Format struct {
	modern redact.Format

	mu   sync.Mutex // LibreOffice runs once at a time
	made map[redact.Digest][]byte
	last []redact.Digest
}

var _ redact.Converter = (*Format)(nil)

// New is a Format; modern opens what LibreOffice makes.
func New(modern redact.Format) *Format {
	return &Format{modern: modern, made: map[redact.Digest][]byte{}}
}

// ID changes whenever the pages or the written bytes do.
func (f *Format) ID() string { return "older/1+" + f.modern.ID() }

// WrittenName gives a file the ending of what is made of it.
func (f *Format) WrittenName(name, mediaType string) string {
	k, ok := kinds[mediaType]
	if !ok {
		return name
	}
	if x := path.Ext(name); slices.Contains(k.endings, strings.ToLower(x)) || mediaType == RTF && Sniff(name, []byte(`{\rtf`)) == RTF {
		name = strings.TrimSuffix(name, x)
	}
	return name + "." + k.to
}

func unreadable(what string) error {
	return fmt.Errorf("document %w: %s", redact.ErrUnreadable, what)
}

// Open has the file made into a document of today and opens that. Without
// LibreOffice it is an error that says so.
func (f *Format) Open(ctx context.Context, a redact.Asset, r io.ReaderAt) (redact.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := a.Content(r, MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("document %w", err)
	}
	if !bytes.HasPrefix(b, []byte(compound)) && !bytes.HasPrefix(b, []byte(`{\rtf`)) {
		return nil, unreadable("it does not begin like one")
	}
	k, ok := kinds[a.Type]
	if !ok {
		return nil, unreadable("it is of no type that is known")
	}
	made, err := f.convert(ctx, b, k.to)
	if err != nil {
		return nil, err
	}
	return f.modern.Open(ctx, redact.Asset{Digest: redact.Sum(made), Size: int64(len(made))}, bytes.NewReader(made))
}

// convert gives the document that LibreOffice makes of b, the same each time.
func (f *Format) convert(ctx context.Context, b []byte, to string) ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	key := redact.Sum(append([]byte(to+"\x00"), b...))
	if m, ok := f.made[key]; ok {
		return m, nil
	}
	m, err := run(ctx, b, to)
	if err != nil {
		return nil, err
	}
	f.made[key] = m
	if f.last = append(f.last, key); len(f.last) > kept {
		delete(f.made, f.last[0])
		f.last = f.last[1:]
	}
	return m, nil
}

//go:embed profile.xcu
var profile []byte

// run has LibreOffice make a document.
func run(ctx context.Context, b []byte, to string) ([]byte, error) {
	program := find()
	if program == "" {
		return nil, unreadable("it is in a format from before 2007, which is read through LibreOffice: install that, or save it as .docx, .pptx or .xlsx")
	}
	dir, err := os.MkdirTemp("", "consentry-older-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for LibreOffice: %w", err)
	}
	defer os.RemoveAll(dir)
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return nil, fmt.Errorf("make a folder for LibreOffice: %w", err)
	}
	in := filepath.Join(dir, "document")
	if err := errors.Join(os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), profile, 0o600), os.WriteFile(in, b, 0o600)); err != nil {
		return nil, fmt.Errorf("write for LibreOffice: %w", err)
	}
	limited, cancel := context.WithTimeout(ctx, wall)
	defer cancel()
	c := exec.CommandContext(limited, program, "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", to, "--outdir", filepath.Join(dir, "out"), in)
	c.Dir = dir
	c.Env = []string{"HOME=" + dir, "TMPDIR=" + dir, "TMP=" + dir, "TEMP=" + dir, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	c.WaitDelay = 5 * time.Second
	ends(c)
	_ = c.Run() // what counts is whether there is a document
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	made, err := os.ReadFile(filepath.Join(dir, "out", "document."+to))
	if err != nil || len(made) == 0 {
		return nil, unreadable("LibreOffice cannot read it: it is damaged or protected by a password; save it as .docx, .pptx or .xlsx")
	}
	return made, nil
}

// find is where LibreOffice lies; "" where it is not installed.
func find() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	for _, p := range []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice", `C:\Program Files\LibreOffice\program\soffice.exe`} {
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			return p
		}
	}
	return ""
}
