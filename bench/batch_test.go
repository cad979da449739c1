package bench

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"consentry/internal/casework"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

// batch lays n different photos into a folder: the samples, cut and scaled.
func batch(b *testing.B, dir string, n int) {
	b.Helper()
	names := samples(b)
	for i := range n {
		data, err := os.ReadFile(names[i%len(names)])
		if err != nil {
			b.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		r := img.Bounds()
		r.Max.X -= i / len(names) % 50
		r.Max.Y -= i / len(names) / 50
		var out bytes.Buffer
		if err := jpeg.Encode(&out, imaging.Resize(imaging.Crop(img, r), 1600, 0, imaging.Box), &jpeg.Options{Quality: 88}); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.jpg", i)), out.Bytes(), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBatch clears a folder of photos, then the same folder again, which
// should cost little more than reading its bytes: the peer is SHA-256 over the
// originals and the files written, in the same run. CONSENTRY_BATCH is the number
// of photos (24); 1,000 take a while. The peak is that of the whole process.
func BenchmarkBatch(b *testing.B) {
	n := 24
	if s := os.Getenv("CONSENTRY_BATCH"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	in := b.TempDir()
	batch(b, in, n)
	var first, again, hash float64
	turns := 0
	for b.Loop() {
		turns++ // with a vault of its own each time, or all is done already
		d, out := newVault(b), filepath.Join(b.TempDir(), "out")
		took := func(do func() error) float64 {
			t := b.Elapsed()
			if err := do(); err != nil {
				b.Fatal(err)
			}
			return (b.Elapsed() - t).Seconds()
		}
		pass := func() error { return clearAll(d, newCase(b, d, in), out) }
		first += took(pass)
		again += took(pass)
		hash += took(func() error { return errors.Join(hashAll(in), hashAll(filepath.Join(out, "files"))) })
	}
	b.ReportMetric(float64(n*turns)/first, "photos/s")
	b.ReportMetric(again/first*100, "again-%")
	b.ReportMetric(again/hash, "again/hash")
	b.ReportMetric(peakMB(), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

// newVault is a desk over a vault on disk.
func newVault(b *testing.B) *casework.Desk {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "vault")
	pass := []byte("correct horse battery")
	if err := store.Init(dir, pass, store.Options{}); err != nil {
		b.Fatal(err)
	}
	a, err := wiring.Open(dir, pass)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	d, err := a.Desk(context.Background(), casework.Writing{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return d
}

// clearAll takes a case through the whole flow.
func clearAll(d *casework.Desk, c *casework.Case, out string) error {
	ctx := context.Background()
	p, err := d.Scan(ctx, c)
	if err != nil {
		return err
	}
	e, err := d.Apply(ctx, p, out)
	if err != nil {
		return err
	}
	defer e.Close()
	proof, err := d.Verify(ctx, e)
	if err != nil {
		return err
	}
	r, err := d.Sign(ctx, proof, "bench")
	if err != nil {
		return err
	}
	return d.Export(ctx, r)
}

func hashAll(dir string) error {
	return filepath.WalkDir(dir, func(p string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(sha256.New(), f)
		return err
	})
}

// peakMB is the most memory that this process ever held (Linux; 0 elsewhere).
func peakMB() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for l := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(l, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(v), " kB"), 64)
			return kb / 1000
		}
	}
	return 0
}
