package wiring

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"consentry/assets"
	"consentry/assets/demo"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// sampleDay is the publication day of the sample case.
var sampleDay = time.Date(2026, 12, 1, 0, 0, 0, 0, time.Local)

// Sample opens a throw-away vault with the sample registry, lays the sample's
// case studies and photos into dir and returns the case for them, with the paths
// to take in. All people and companies in the texts are invented. One question is
// left for a person to answer: two of a name.
func Sample(ctx context.Context, dir string) (*App, *casework.Case, []string, error) {
	a, err := Memory()
	if err != nil {
		return nil, nil, nil, err
	}
	c := &casework.Case{
		ID: casework.NewID(), Title: "Sample", Created: time.Now(), By: "demo", On: sampleDay,
		Purpose: "case-study", Channel: "website", Territory: "CN", Mode: casework.Anonymise, Style: redact.Blur,
	}
	if err := a.fillSample(ctx, dir); err != nil {
		a.Close()
		return nil, nil, nil, fmt.Errorf("sample case: %w", err)
	}
	return a, c, []string{filepath.Join(dir, "texts"), filepath.Join(dir, "photos")}, nil
}

func (a *App) fillSample(ctx context.Context, dir string) error {
	f, err := demo.Files.Open("registry.csv")
	if err != nil {
		return err
	}
	defer f.Close()
	b, err := a.Sheet().Import(f)
	if err != nil {
		return err
	}
	if err := a.Import(ctx, b); err != nil {
		return err
	}
	for _, p := range []struct{ place, why string }{
		{"英国", "国家，不是人或企业"}, {"布里斯托尔", "城市，不是人或企业"}, {"China", "a country, not a person or company"}, {"Bristol", "a city, not a person or company"},
	} {
		err := a.Vault.AddAllow(ctx, authz.Allowance{Text: p.place, Reason: p.why, By: "demo", At: time.Now()})
		if err != nil {
			return err
		}
	}
	for _, t := range []string{"case-zh.md", "case-en.md", "namesake-zh.txt", "brochure.pdf", "interview.docx"} {
		data, err := demo.Files.ReadFile(t)
		if err != nil {
			return err
		}
		if err := put(filepath.Join(dir, "texts", t), data); err != nil {
			return err
		}
	}
	models, err := assets.Dir()
	if err != nil {
		return err
	}
	set, err := assets.Open(models)
	if err != nil {
		return err
	}
	for _, p := range set.Files() {
		if !strings.HasPrefix(p.Name, "samples/") {
			continue
		}
		data, err := set.Read(p.Name)
		if err != nil {
			return err
		}
		if err := put(filepath.Join(dir, "photos", path.Base(p.Name)), data); err != nil {
			return err
		}
	}
	return nil
}

func put(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o644)
}
