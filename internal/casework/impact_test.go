package casework

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
	"consentry/redact"
)

// sheets is an assessor that prints what it was told.
type sheets struct{ told []Impact }

func (s *sheets) Sheet(r Report, i Impact) ([]byte, error) {
	s.told = append(s.told, i)
	return []byte("sheet of " + r.Release.ID), nil
}

var said = Judgement{Necessity: "the quote needs its speaker", Effect: "slight", Measures: "they fit", Remaining: "reposts", By: "Zhou"}

func TestImpact(t *testing.T) {
	b := newBench(t, "王小明", "林知遥")
	s := &sheets{}
	b.Assessor = s
	b.write(t, "a.txt", "林知遥和王小明开会。\n")
	c := b.newCase(t)
	b.mustClear(t, c)
	if i := s.told[0]; i.Owed() || len(i.People) != 0 || i.Hidden != 2 {
		t.Errorf("with everybody hidden: %+v", i)
	}

	b.agree(t, "lin", "林知遥")
	r := b.mustClear(t, c)
	i := s.told[1]
	if !slices.Equal(i.Causes, []Cause{CausePublish}) || len(i.People) != 1 || i.People[0].Name != "林知遥" || i.Judgement != nil || i.MaySign() != nil || !errors.Is(i.MayProvide(), ErrUnassessed) {
		t.Errorf("with one shown: %+v", i)
	}
	sheet, err := os.ReadFile(filepath.Join(b.out(), "assessment.pdf"))
	if err != nil || r.Assessment != redact.Sum(sheet) || !strings.Contains(b.read(t, "bundle/ledger.jsonl"), r.Assessment.String()) {
		t.Errorf("the sheet in the package is not the ledger's: %v", err)
	}

	p := b.scan(t, c)
	for name, j := range map[string]Judgement{
		"a hole":            {Necessity: "x", Effect: "x", Measures: "x", By: "x"},
		"a hidden name":     {Necessity: "王 小明 is not needed", Effect: "x", Measures: "x", Remaining: "x", By: "x"},
		"an unknown rating": {Necessity: "x", Effect: "x", Measures: "x", Remaining: "x", By: "x", Risks: map[string]Rating{"leak": {"often", "low"}}},
	} {
		if err := b.Judge(t.Context(), p, j); !errors.Is(err, ErrJudgement) || strings.Contains(err.Error(), "小明") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := b.Judge(t.Context(), p, said); err != nil {
		t.Fatal(err)
	}
	b.mustClear(t, c)
	if i := s.told[2]; i.Judgement == nil || i.Judgement.By != "Zhou" || i.MayProvide() != nil {
		t.Errorf("assessed: %+v", i)
	}
	// Other words stay hidden: the same people are shown, by the same records.
	b.write(t, "b.txt", "还有慕容清。\n")
	if err := b.Ingest(t.Context(), c, filepath.Join(b.dir, "in", "b.txt")); err != nil {
		t.Fatal(err)
	}
	b.mustClear(t, c)
	if i := s.told[3]; i.Judgement == nil {
		t.Error("an assessment went though the same stays")
	}
	b.agree(t, "wang", "王小明")
	b.mustClear(t, c)
	if i := s.told[4]; i.Judgement != nil || !i.Outdated {
		t.Errorf("somebody else is shown, and the assessment still counts: %+v", i)
	}
}

// Sensitive information is written out only after somebody assessed that.
func TestSensitiveWaitsForAssessment(t *testing.T) {
	b := newBench(t, "欧阳小朵")
	b.agree(t, "duo", "欧阳小朵")
	s, err := b.vault.Subject(t.Context(), "duo")
	if err != nil {
		t.Fatal(err)
	}
	s.Age, s.Role, s.Guardian = "under-14", "minor", &authz.Guardian{Name: "欧阳建国", Relationship: "father", Evidence: digest}
	k, err := b.vault.Consent(t.Context(), "c_duo")
	if err != nil {
		t.Fatal(err)
	}
	k.GivenBy, k.Sensitive = "guardian", &authz.Sensitive{Kinds: []string{"minor"}, Separate: true, Necessity: "the visit is about pupils", Effect: "may be recognised"}
	if err := errors.Join(b.vault.PutSubject(t.Context(), s), b.vault.PutConsent(t.Context(), k)); err != nil {
		t.Fatal(err)
	}
	b.write(t, "a.txt", "欧阳小朵参观了工厂。\n")
	c := b.newCase(t)
	p := b.scan(t, c)
	if i, err := b.Impact(t.Context(), p); err != nil || !slices.Contains(i.Causes, CauseSensitive) {
		t.Fatalf("a child is shown and nothing is owed for it: %+v %v, %s", i, err, p.Items[0].Decision.Reason)
	}
	if _, err := b.clear(t, c); !errors.Is(err, ErrUnassessed) {
		t.Fatalf("not assessed, and released: %v", err)
	}
	if _, err := os.Stat(filepath.Join(b.out(), "report.json")); err == nil {
		t.Error("a package was written")
	}
	if err := b.Judge(t.Context(), p, said); err != nil {
		t.Fatal(err)
	}
	b.mustClear(t, c)
	if got := b.read(t, "files/a.txt"); !strings.Contains(got, "欧阳小朵") {
		t.Errorf("assessed: %q", got)
	}
}
