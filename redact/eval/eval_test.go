package eval

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"consentry/redact"
)

func at(k redact.Kind, start, end int) redact.Finding {
	return redact.Finding{Kind: k, Region: redact.Region{Start: start, End: end}}
}

func sure(f redact.Finding) redact.Finding {
	f.Tier = redact.Sure
	return f
}

func TestEvaluate(t *testing.T) {
	gold, err := Read(strings.NewReader(`{"text":"王小明在云岚科技","entities":[{"start":0,"end":3,"kind":"person"},{"start":4,"end":8,"kind":"organisation"}]}

{"text":"Elena met","entities":[{"start":0,"end":5,"kind":"person"}]}
{"text":"nobody here"}`))
	if err != nil {
		t.Fatal(err)
	}
	ev, err := Evaluate(gold, [][]redact.Finding{
		{at(redact.Person, 0, 2), at(redact.Person, 4, 6), sure(at(redact.Organisation, 6, 8)), at(redact.Other, 2, 4)},
		nil,
		{at(redact.Location, 0, 6), at(redact.Location, 5, 99)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Score{
		{redact.Person, 2, 2. / 8, 2. / 4, 3. / 8, 1. / 2, 0, 0}, // 王小 of 王小明Elena; 王小云岚 claimed; 王小明 covered by two kinds
		{redact.Organisation, 1, 2. / 4, 1, 1, 1, 2. / 4, 0},
	}
	if len(ev.Scores) != len(want) {
		t.Fatalf("scores %+v", ev.Scores)
	}
	for i, s := range ev.Scores {
		if s != want[i] {
			t.Errorf("score %+v, want %+v", s, want[i])
		}
	}
	// 8 runes of the first text, 7 of them marked, and 11 of the third
	if math.Abs(ev.AnyPrecision-7./19) > 1e-9 || math.Abs(ev.Flagged-19./28) > 1e-9 || ev.Texts != 3 || ev.Characters != 28 {
		t.Errorf("evaluation %+v", ev)
	}
	var b bytes.Buffer
	if err := ev.Write(&b); err != nil || !strings.Contains(b.String(), "all       person        2         25.0   50.0   37.5   50.0   0.0        0.0\n") || !strings.Contains(b.String(), "\nen: anyP 0.0") {
		t.Errorf("error %v, table:\n%s", err, b.String())
	}
	zh := ev.Languages[0]
	if len(ev.Languages) != 2 || zh.Language != redact.Chinese || zh.Texts != 1 || math.Abs(zh.AnyPrecision-7./8) > 1e-9 || zh.SurePrecision != 1 || math.Abs(zh.SureFlagged-2./8) > 1e-9 {
		t.Errorf("languages %+v", ev.Languages)
	}
	if _, err := Evaluate(gold, nil); err == nil {
		t.Error("evaluated without findings")
	}
}

// Numbers found in texts whose numbers nobody marked are no mistakes, but they
// are flagged.
func TestUnmarkedKinds(t *testing.T) {
	gold := []Labelled{{Text: "王小明 13800000000", Entities: []Marked{{0, 3, redact.Person}}}}
	found := [][]redact.Finding{{at(redact.Person, 0, 3), at(redact.Phone, 4, 15)}}
	ev, err := Evaluate(gold, found)
	if err != nil || ev.AnyPrecision != 1 || math.Abs(ev.Flagged-14./15) > 1e-9 {
		t.Errorf("%+v, %v", ev, err)
	}
	gold[0].Entities = append(gold[0].Entities, Marked{4, 14, redact.Phone})
	if ev, err = Evaluate(gold, found); err != nil || math.Abs(ev.AnyPrecision-13./14) > 1e-9 {
		t.Errorf("%+v, %v", ev, err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, line := range []string{
		`{"text":"王小明","entities":[{"start":0,"end":4,"kind":"person"}]}`,
		`{"text":"王小明","entities":[{"start":2,"end":2,"kind":"person"}]}`,
		`{"text":"王小明","entities":[{"start":-1,"end":2,"kind":"person"}]}`,
		`{"text":"王小明","entities":[{"start":0,"end":2}]}`,
		`{"text":"王小明`,
	} {
		if _, err := Read(strings.NewReader(line)); err == nil {
			t.Errorf("read %s", line)
		} else if strings.Contains(err.Error(), "王") {
			t.Errorf("the error holds the text: %v", err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"text":"王小明","entities":[{"start":0,"end":3,"kind":"person"}]}`)
	f.Add("\n{}\n[]")
	f.Fuzz(func(t *testing.T, s string) {
		gold, err := Read(strings.NewReader(s))
		if err != nil {
			return
		}
		ev, err := Evaluate(gold, make([][]redact.Finding, len(gold)))
		if err != nil || ev.Flagged > 0 && ev.Characters > 0 {
			t.Errorf("nothing found, but %+v, %v", ev, err)
		}
	})
}
