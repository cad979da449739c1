package authztest

import (
	"testing"

	"consentry/authz"
)

func match(t *testing.T, r Registry, k authz.Kind, text string) []authz.Candidate {
	t.Helper()
	m, err := r.Match(t.Context(), authz.Sighting{Kind: k, Text: text})
	must(t, err)
	for i, c := range m {
		if !(c.Score >= 0 && c.Score <= 1) {
			t.Errorf("score %v is not within 0 and 1", c.Score)
		}
		if i > 0 && c.Score > m[i-1].Score {
			t.Error("candidates are not best first")
		}
		for _, other := range m[:i] {
			if other.Subject == c.Subject {
				t.Error("a subject is given twice")
			}
		}
	}
	return m
}

func scoreOf(m []authz.Candidate, id authz.SubjectID) float64 {
	for _, c := range m {
		if c.Subject == id {
			return c.Score
		}
	}
	return 0
}

func testMatchNames(t *testing.T, r Registry) {
	must(t, r.PutSubject(t.Context(), person()))
	for _, text := range []string{
		"欧阳星野", "Ouyang Xingye", "Stella Ouyang", // each of the names
		"OUYANG XINGYE", "stella ouyang", // case
		"Ｓｔｅｌｌａ Ｏｕｙａｎｇ", "Stella\u3000Ouyang", // width
		" 欧阳星野 ", "欧阳 星野", "Stella\n  Ouyang", // spaces, a broken line
	} {
		for _, k := range []authz.Kind{authz.Person, ""} {
			if s := scoreOf(match(t, r, k, text), "s-lin"); s < Sure {
				t.Errorf("%q as %q: score %v, want at least %v", text, k, s, Sure)
			}
		}
	}
}

func testMatchUnsure(t *testing.T, r Registry) {
	must(t, r.PutSubject(t.Context(), person()))
	must(t, r.PutSubject(t.Context(), authz.Subject{ID: "s-none", Kind: authz.Person, Names: []authz.Name{{Text: ""}, {Text: " "}}}))
	for _, text := range []string{
		"", " ", "\u200b", "星", "欧阳", "星野", "欧阳星", "欧阳星野子", "欧阳星也", "Stella", "Ouyang", "Stella Ouyan", "Mr", "欧阳女士", "_", "%", "欧阳%", "欧阳__",
	} {
		for _, c := range match(t, r, authz.Person, text) {
			if c.Score >= Sure {
				t.Errorf("%q matches with score %v", text, c.Score)
			}
		}
	}
}

func testMatchNamesakes(t *testing.T, r Registry) {
	a := authz.Subject{ID: "s-a", Kind: authz.Person, Names: []authz.Name{{Text: "慕容清"}}}
	b := authz.Subject{ID: "s-b", Kind: authz.Person, Names: []authz.Name{{Text: "慕容澈"}, {Text: "慕容清", Use: "former"}}}
	must(t, r.PutSubject(t.Context(), a))
	must(t, r.PutSubject(t.Context(), b))
	m := match(t, r, authz.Person, "慕容清")
	if len(m) < 2 || m[0].Score != m[1].Score || scoreOf(m, "s-a") < Sure || scoreOf(m, "s-b") < Sure {
		t.Errorf("namesakes: %v, want both, equally sure", m)
	}
}

func testMatchKinds(t *testing.T, r Registry) {
	must(t, r.PutSubject(t.Context(), authz.Subject{ID: "s-p", Kind: authz.Person, Names: []authz.Name{{Text: "云岚"}}}))
	must(t, r.PutSubject(t.Context(), authz.Subject{ID: "s-o", Kind: authz.Organisation, Names: []authz.Name{{Text: "云岚智造有限公司"}, {Text: "云岚", Use: "short"}}}))
	both := match(t, r, "", "云岚")
	if scoreOf(both, "s-p") < Sure || scoreOf(both, "s-o") < Sure {
		t.Errorf("a name of unknown kind: %v, want the person and the organisation", both)
	}
	for kind, want := range map[authz.Kind]authz.SubjectID{authz.Person: "s-p", authz.Organisation: "s-o"} {
		m := match(t, r, kind, "云岚")
		if len(m) == 0 || m[0].Subject != want || m[0].Score < Sure {
			t.Errorf("%s: %v, want %s first", kind, m, want)
		}
		for _, c := range m {
			if c.Subject != want && c.Score >= Sure {
				t.Errorf("%s: sure of a subject of another kind", kind)
			}
		}
	}
}
