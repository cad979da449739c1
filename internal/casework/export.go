package casework

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const bookBucket = "book"

// Export puts a signed release into its package folder: files/, assessment.pdf,
// report.pdf, report.json and bundle/. Every file gets its name only when it is whole.
// Files of an earlier package of the same folder that are no longer part of it
// are removed; report.json comes last and tells that the package is complete.
func (d *Desk) Export(ctx context.Context, r *Release) error {
	rep, err := d.Report(ctx, r)
	if err != nil {
		return err
	}
	e := r.proof.edition
	old := previousOutputs(e.out)
	// An incomplete package must not look complete.
	if err := removeIfThere(filepath.Join(e.out, "report.json")); err != nil {
		return err
	}
	m := d.meter(StepExport, len(e.files))
	for i := range e.files {
		if err := ctx.Err(); err != nil {
			return err
		}
		f := &e.files[i]
		final := filepath.Join(e.out, filesDir, filepath.FromSlash(f.name))
		if !f.final {
			if err := os.MkdirAll(filepath.Dir(final), 0o755); err != nil {
				return fmt.Errorf("export: %w", err)
			}
			if err := os.Chmod(f.path, 0o644); err != nil {
				return fmt.Errorf("export: %w", err)
			}
			if err := os.Rename(f.path, final); err != nil {
				return fmt.Errorf("export: %w", err)
			}
			f.path, f.final = final, true
		}
		delete(old, f.name)
		m.tick(e.plan.Case.Assets[f.asset].Name, false, nil)
	}
	for name := range old {
		if err := removeIfThere(filepath.Join(e.out, filesDir, filepath.FromSlash(name))); err != nil {
			return err
		}
	}
	if err := d.keepBook(ctx, e.plan); err != nil {
		return err
	}
	if err := d.writeBundle(ctx, e.out, r, rep); err != nil {
		return err
	}
	sheet := filepath.Join(e.out, "assessment.pdf")
	if len(r.sheet) == 0 {
		err = removeIfThere(sheet)
	} else {
		err = writeWhole(sheet, func(w io.Writer) error { _, err := w.Write(r.sheet); return err })
	}
	if err != nil {
		return err
	}
	if d.Reporter != nil {
		if err := writeWhole(filepath.Join(e.out, "report.pdf"), func(w io.Writer) error { return d.Reporter.Write(w, rep) }); err != nil {
			return err
		}
	}
	if err := writeWhole(filepath.Join(e.out, "report.json"), func(w io.Writer) error { return writeJSON(w, rep) }); err != nil {
		return err
	}
	return e.Close()
}

// bundle is what proves a package without our program: the release, its place
// in the ledger and the ledger itself.
func (d *Desk) writeBundle(ctx context.Context, out string, r *Release, rep Report) error {
	dir := filepath.Join(out, "bundle")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := writeWhole(filepath.Join(dir, "release.json"), func(w io.Writer) error { return writeJSON(w, r) }); err != nil {
		return err
	}
	if err := writeWhole(filepath.Join(dir, "ledger.jsonl"), func(w io.Writer) error { return d.Ledger.Export(ctx, w) }); err != nil {
		return err
	}
	return writeWhole(filepath.Join(dir, "SHA256SUMS"), func(w io.Writer) error {
		for _, a := range rep.Assets {
			if a.Output == "" {
				continue
			}
			if _, err := fmt.Fprintf(w, "%s  files/%s\n", a.Written, a.Output); err != nil {
				return err
			}
		}
		return nil
	})
}

// keepBook keeps the mapping of labels to names, sealed, where the output is
// de-identified only. Anonymised output keeps none.
func (d *Desk) keepBook(ctx context.Context, p *Plan) error {
	if p.Case.Mode != Pseudonymise {
		return nil
	}
	book := map[string][]string{}
	for _, it := range p.Items {
		if it.Hidden() && it.Label != "" {
			book[it.Label] = append(book[it.Label], it.Finding.Text)
		}
	}
	b, err := json.Marshal(book)
	if err != nil {
		return err
	}
	if err := d.Archive.PutDoc(ctx, bookBucket, p.Case.ID, b); err != nil {
		return fmt.Errorf("keep the pseudonym book: %w", err)
	}
	return nil
}

// previousOutputs are the files that an earlier package says are its own.
// Nothing else in the folder is ever touched.
func previousOutputs(out string) map[string]bool {
	b, err := os.ReadFile(filepath.Join(out, "bundle", "SHA256SUMS"))
	if err != nil {
		return nil
	}
	names := map[string]bool{}
	for l := range strings.Lines(string(b)) {
		if _, name, ok := strings.Cut(strings.TrimSuffix(l, "\n"), "  files/"); ok && fs.ValidPath(name) {
			names[name] = true
		}
	}
	return names
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// writeWhole writes a file that has its name only when it is whole and on disk.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".consentry-")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if err := write(f); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	if err := f.Chmod(0o644); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	return nil
}

func removeIfThere(name string) error {
	if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove an outdated file: %w", err)
	}
	return nil
}
