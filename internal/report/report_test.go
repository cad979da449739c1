package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"consentry/assets"
	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

func fonts() (regular, bold []byte, err error) {
	dir, err := assets.Dir()
	if err != nil {
		return nil, nil, err
	}
	if regular, err = os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Regular.ttf")); err != nil {
		return nil, nil, err
	}
	bold, err = os.ReadFile(filepath.Join(dir, "fonts", "NotoSansSC-Bold.ttf"))
	return regular, bold, err
}

// long is a report of that many subjects, with texts that need to be wrapped and
// a rune that no font has.
func long(subjects int) casework.Report {
	r := casework.Report{
		Tool: "consentry test", Case: "C-1", Title: "一箱疫苗", Release: &casework.Release{ID: "R-1"},
		Purpose: "case-study", Channel: "website", Territory: "CN", On: time.Now(), Made: time.Now(), By: "zhou",
		Mode: casework.Pseudonymise, RulePack: "pack 1", Attacks: []string{"read-again/1", "bytes/1"},
		Models:  []casework.Model{{Name: "a.onnx", SHA256: strings.Repeat("ab", 32)}},
		Refused: []casework.Refusal{{Name: "#1", Reason: "the file is empty"}},
		Allowed: []authz.Allowance{{Text: "云岚科技", Reason: "our own company", By: "zhou"}},
		Cleared: []casework.Clearance{{Asset: "a.jpg", Place: casework.Place{Box: []int{1, 2, 3, 4}}, Kind: redact.Face, Reason: strings.Repeat("展板上的卡通形象。", 20), By: "zhou"}, {Asset: "a.md", Kind: redact.Other, By: "zhou"}},
		Assets:  []casework.AssetReport{{Name: strings.Repeat("很长的文件名", 30) + ".md", Output: "a.md", Proved: true}, {Name: "b.md", Error: "cut short"}},
	}
	for i := range subjects {
		r.Subjects = append(r.Subjects, casework.SubjectReport{
			Name: fmt.Sprint("客户A", i, "\U000F0000"), Kind: redact.Person, Reason: "no-match",
			Why:      map[string]string{"zh": strings.Repeat("登记库里没有这个人。", 4), "en": strings.Repeat("Not in the registry. ", 6)},
			Articles: map[string]string{"zh": "《个人信息保护法》第十三条", "en": "PIPL art. 13"},
			Consents: []casework.ConsentReport{{ID: "c_1", Until: time.Now()}}, Places: i,
		})
	}
	return r
}

func TestReportIsValidPDF(t *testing.T) {
	api.DisableConfigDir()
	for _, tc := range []struct {
		lang     redact.Lang
		subjects int
		pages    int // at least
	}{{redact.Chinese, 1, 1}, {redact.English, 1, 1}, {redact.Chinese, 120, 5}} {
		var b bytes.Buffer
		if err := (PDF{Fonts: fonts, Lang: tc.lang}).Write(&b, long(tc.subjects)); err != nil {
			t.Fatal(err)
		}
		conf := model.NewDefaultConfiguration()
		conf.Offline = true
		if err := api.Validate(bytes.NewReader(b.Bytes()), conf); err != nil {
			t.Errorf("%s: %v", tc.lang, err)
		}
		n, err := api.PageCount(bytes.NewReader(b.Bytes()), conf)
		if err != nil || n < tc.pages {
			t.Errorf("%s: %d pages, want %d at least: %v", tc.lang, n, tc.pages, err)
		}
	}
}

func TestEveryWordIsThere(t *testing.T) {
	for key, w := range words {
		if w[0] == "" || w[1] == "" {
			t.Errorf("%s is not worded in both languages", key)
		}
	}
	for _, m := range []redact.Method{redact.Solid, redact.Mosaic, redact.Blur} {
		if words[m.String()][0] == "" {
			t.Errorf("style %s has no word", m)
		}
	}
}
