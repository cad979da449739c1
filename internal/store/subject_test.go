package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"consentry/authz"
)

func TestNewID(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := NewID("s_")
		if seen[id] || checkID("subject", id) != nil || !strings.HasPrefix(id, "s_") || len(id) < 24 {
			t.Fatalf("id %q", id)
		}
		seen[id] = true
	}
}

// Ids stand unencrypted: one with a name in it is refused.
func TestIDs(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	for _, id := range []string{"", "欧阳", "s a", "s/a", "s\x00a", strings.Repeat("a", maxID+1)} {
		if v.PutSubject(ctx, authz.Subject{ID: authz.SubjectID(id), Kind: authz.Person}) == nil ||
			v.PutConsent(ctx, authz.Consent{ID: authz.ConsentID(id)}) == nil ||
			v.PutDoc(ctx, "case", id, nil) == nil || v.PutDoc(ctx, id, "k_1", nil) == nil ||
			v.PutNotice(ctx, authz.Notice{SHA256: id}) == nil {
			t.Errorf("id %q was taken", id)
		}
	}
	if v.PutSubject(ctx, authz.Subject{ID: "s_1"}) == nil || v.PutSubject(ctx, authz.Subject{ID: "s_1", Kind: "dog"}) == nil {
		t.Error("a subject without kind was taken")
	}
}

func TestMatchScores(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	for _, s := range []authz.Subject{
		{ID: "s_1", Kind: authz.Person, Names: []authz.Name{{Text: "Li Na"}, {Text: "阿卜杜拉·买买提", Use: "alias"}}},
		{ID: "s_2", Kind: authz.Organisation, Names: []authz.Name{{Text: "C++ Works (Beijing) Co., Ltd."}, {Text: "A&B"}}},
	} {
		if err := v.PutSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		text string
		kind authz.Kind
		id   authz.SubjectID
		want float64
	}{
		{"li na", "", "s_1", 1},
		{"ＬＩ  ＮＡ", authz.Person, "s_1", 1},
		{"LiNa", authz.Person, "s_1", .85},
		{"Li-Na", authz.Person, "s_1", .85},
		{"阿卜杜拉·买买提", authz.Person, "s_1", 1},
		{"阿卜杜拉•买买提", authz.Person, "s_1", 1},
		{"阿卜杜拉买买提", authz.Person, "s_1", .85},
		{"Li Na", authz.Organisation, "s_1", .8},
		{"c++ works (beijing) co., ltd.", authz.Organisation, "s_2", 1},
		{"C++ Works Beijing Co Ltd", authz.Organisation, "s_2", .85},
		{"C Works Beijing Co Ltd", authz.Organisation, "", 0},
		{"AB", authz.Organisation, "", 0},
		{"...", "", "", 0},
		{"Li", "", "", 0},
	} {
		m, err := v.Match(ctx, authz.Sighting{Text: tt.text, Kind: tt.kind})
		switch {
		case err != nil:
			t.Fatal(err)
		case tt.id == "" && len(m) > 0, tt.id != "" && (len(m) != 1 || m[0].Subject != tt.id || m[0].Score != tt.want):
			t.Errorf("%q as %q: %v, want %s %v", tt.text, tt.kind, m, tt.id, tt.want)
		}
	}
}

func TestListsKeepOrder(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	var want []authz.SubjectID
	for i := range 20 {
		id := authz.SubjectID(fmt.Sprintf("s_%c", 'z'-i))
		want = append(want, id)
		err := errors.Join(v.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person}),
			v.PutConsent(ctx, authz.Consent{ID: authz.ConsentID("c_" + string(id)), Subject: id}))
		if err != nil {
			t.Fatal(err)
		}
	}
	// Replacing one does not move it.
	if err := v.PutSubject(ctx, authz.Subject{ID: want[3], Kind: authz.Organisation}); err != nil {
		t.Fatal(err)
	}
	subjects, err := v.Subjects(ctx)
	if err != nil || len(subjects) != len(want) || subjects[3].Kind != authz.Organisation {
		t.Fatal(len(subjects), err)
	}
	consents, err := v.AllConsents(ctx)
	if err != nil || len(consents) != len(want) {
		t.Fatal(len(consents), err)
	}
	for i, id := range want {
		if subjects[i].ID != id || consents[i].Subject != id {
			t.Errorf("place %d holds %s and a consent of %s, want %s", i, subjects[i].ID, consents[i].Subject, id)
		}
	}
}
