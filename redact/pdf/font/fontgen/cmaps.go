package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"consentry/redact/pdf/font/cmap"
)

var base = regexp.MustCompile(`(?m)^/(\S+) usecmap`)

// cmaps packs the CMaps that PDF files may name. Those for UTF-8 and UTF-32 say
// what those for UTF-16 say, and the identity ones (Adobe-Japan1-0 and the like)
// nothing.
func cmaps(from string) ([]byte, error) {
	paths, err := filepath.Glob(filepath.Join(from, "cmap-resources", "Adobe-*", "CMap", "*"))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(paths, func(a, b string) int { return strings.Compare(filepath.Base(a), filepath.Base(b)) })
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(out, flate.BestCompression)
	})
	for _, p := range paths {
		name := filepath.Base(p)
		if strings.HasPrefix(name, "Adobe-") || strings.HasPrefix(name, "Identity-") || strings.Contains(name, "UTF8") ||
			strings.Contains(name, "UTF32") || strings.Contains(p, "Adobe-Manga1") {
			continue
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		uses := ""
		if m := base.FindSubmatch(b); m != nil {
			uses = string(m[1])
		}
		c := cmap.Parse(b, nil)
		if c.Name != name {
			return nil, fmt.Errorf("%s calls itself otherwise", p)
		}
		if uses != "" {
			c.Spaces = nil // those of the base
		}
		if err := add(w, name, c.Pack(uses)); err != nil {
			return nil, err
		}
	}
	for _, ordering := range []string{"CNS1", "GB1", "Japan1", "KR", "Korea1"} {
		name := "Adobe-" + ordering + "-UCS2"
		b, err := os.ReadFile(filepath.Join(from, "mapping-resources-pdf", "pdf2unicode", name))
		if err != nil {
			return nil, err
		}
		if err := add(w, name, texts(cmap.ParseUnicode(b))); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func add(w *zip.Writer, name string, b []byte) error {
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

// texts writes the text of each CID on a line.
func texts(u *cmap.Unicode) []byte {
	var lines []string
	used := 0
	for cid := range uint32(0x10000) {
		lines = append(lines, u.Text(cid))
		if lines[cid] != "" {
			used = len(lines)
		}
	}
	return []byte(strings.Join(lines[:used], "\n"))
}
