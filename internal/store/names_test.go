package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"consentry/authz"
)

func namesOf(t *testing.T, v *Vault) *Names {
	t.Helper()
	n, err := v.Names(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func found(n *Names, text string, limit int) (ids []string) {
	for _, h := range n.Search(text, limit) {
		ids = append(ids, strings.TrimPrefix(h.Subject, "s_"))
	}
	return ids
}

func TestNames(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	if n := namesOf(t, v); n.Len() != 0 || n.Search("王", 10) != nil {
		t.Error("an empty vault has names")
	}
	put := func(id string, kind authz.Kind, names ...string) {
		t.Helper()
		s := authz.Subject{ID: authz.SubjectID("s_" + id), Kind: kind}
		for _, n := range names {
			text, use, _ := strings.Cut(n, "/")
			s.Names = append(s.Names, authz.Name{Text: text, Use: use})
		}
		if err := v.PutSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	put("1", authz.Person, "欧阳星野", "Ouyang Xingye/pinyin", "Stella O’Yang/english")
	put("2", authz.Person, "星野", "Li Na/pinyin")
	put("3", authz.Organisation, "上海星野智造有限公司", "C++ Works/brand")
	put("4", authz.Person)
	put("5", authz.Person, " ", "野星星野")
	n := namesOf(t, v)
	if n.Len() != 5 || n != namesOf(t, v) {
		t.Errorf("%d subjects, or read again though nothing changed", n.Len())
	}
	for text, want := range map[string][]string{
		"星野": {"2", "1", "3", "5"}, "星": {"2", "1", "3", "5"}, "欧阳星野": {"1"}, " 欧 阳 ": {"1"}, "阳星": {"1"},
		"OUYANG": {"1"}, "ouyangxing": {"1"}, "ｘｉｎｇ": {"1"}, "oyxy": {"1"}, "o'yang": {"1"}, "xy": {"2", "1", "3", "5"},
		"ln": {"2"}, "lina": {"2"}, "c++": {"3"}, "智造": {"3"}, "yxxy": {"5"},
		"": nil, " - ": nil, "赵": nil, "\x00": nil, "星\x00野": {"2", "1", "3", "5"},
	} {
		if got := found(n, text, 0); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
		if got := found(n, text, 2); !slices.Equal(got, want[:min(2, len(want))]) {
			t.Errorf("%q, at most 2: %v, want the first of %v", text, got, want)
		}
	}
	if h := n.Search("works", 1); len(h) != 1 || h[0] != (Hit{"s_3", "organisation", "上海星野智造有限公司", "C++ Works"}) {
		t.Errorf("hit = %+v", h)
	}
	if h := n.Search("xingye", 1); len(h) != 1 || h[0] != (Hit{"s_1", "person", "欧阳星野", "Ouyang Xingye"}) {
		t.Errorf("hit = %+v", h)
	}

	// What changes shows in the next index, and not in the one at hand.
	put("2", authz.Person, "慕容清澈")
	put("6", authz.Person, "欧阳星")
	m := namesOf(t, v)
	if m.base != n.base {
		t.Error("all was read again for two changes")
	}
	for text, want := range map[string][]string{"星野": {"1", "3", "5"}, "清澈": {"2"}, "欧阳": {"1", "6"}} {
		if got := found(m, text, 0); !slices.Equal(got, want) {
			t.Errorf("%q after a change: %v, want %v", text, got, want)
		}
	}
	if got := found(n, "清澈", 0); got != nil || n.Len() != 5 || m.Len() != 6 {
		t.Errorf("the old index has changed: %v; %d and %d subjects", got, n.Len(), m.Len())
	}
	put("6", authz.Person, "欧阳")
	put("7", authz.Person, "欧阳二")
	if got := found(namesOf(t, v), "欧阳", 0); !slices.Equal(got, []string{"6", "7", "1"}) && !slices.Equal(got, []string{"6", "1", "7"}) {
		t.Errorf("after a second change: %v", got)
	}
	if err := update(v, func(ctx context.Context, tx *Tx) error { return tx.DeleteSubject(ctx, "s_1") }); err != nil {
		t.Fatal(err)
	}
	if got := found(namesOf(t, v), "欧阳", 0); !slices.Equal(got, []string{"6", "7"}) {
		t.Errorf("after a deletion: %v", got)
	}
}

// A change that is taken back leaves no trace; one of another handle is seen.
func TestNamesOfTwoHandles(t *testing.T) {
	ctx := t.Context()
	v, dir := newTestVault(t)
	w := openTestVault(t, dir)
	seedTwo(t, v)
	if got := found(namesOf(t, w), "清澈", 0); !slices.Equal(got, []string{"b"}) {
		t.Errorf("the other handle finds %v", got)
	}
	stop := errors.New("stop")
	for range 3 {
		v.Update(ctx, func(tx *Tx) error {
			return errors.Join(tx.PutSubject(ctx, authz.Subject{ID: "s_x", Kind: authz.Person, Names: []authz.Name{{Text: "清澈"}}}), stop)
		})
	}
	if err := v.PutSubject(ctx, authz.Subject{ID: "s_c", Kind: authz.Person, Names: []authz.Name{{Text: "清澈"}}}); err != nil {
		t.Fatal(err)
	}
	for _, h := range []*Vault{v, w} {
		if got := found(namesOf(t, h), "清澈", 0); !slices.Equal(got, []string{"c", "b"}) {
			t.Errorf("found %v", got)
		}
	}
}

func TestManyNames(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	put := func(from, to int) {
		t.Helper()
		err := v.Update(ctx, func(tx *Tx) error {
			for i := from; i < to; i++ {
				if err := tx.PutSubject(ctx, authz.Subject{ID: authz.SubjectID(fmt.Sprintf("s_%d", i)), Kind: authz.Person, Names: []authz.Name{{Text: fmt.Sprintf("第%d人", i)}, {Text: "Nobody"}}}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(0, 2500)
	n := namesOf(t, v)
	put(2000, 2600)
	m := namesOf(t, v)
	if m.base != n.base || m.Len() != 2600 || len(m.Search("nobody", 0)) != 2600 || len(m.Search("nobody", 7)) != 7 {
		t.Errorf("%d subjects after a small change", m.Len())
	}
	put(0, maxFresh+1)
	m = namesOf(t, v)
	if m.base == n.base || m.Len() != maxFresh+1 || len(m.Search("人", 0)) != maxFresh+1 {
		t.Errorf("%d subjects after a large change", m.Len())
	}
	if got := found(m, "第4321人", 5); !slices.Equal(got, []string{"4321"}) {
		t.Errorf("found %v", got)
	}
}

func TestNamesTampered(t *testing.T) {
	v := memoryVault(t)
	seedTwo(t, v)
	if _, err := v.pool.Exec(`update subject set names = (select names from subject where id = 's_b')`); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Names(t.Context()); !errors.Is(err, ErrDamaged) {
		t.Errorf("names of another: %v", err)
	}
}

// FuzzUnpackNames: no bytes crash, and what was packed comes back.
func FuzzUnpackNames(f *testing.F) {
	f.Add(packNames(authz.Subject{Names: []authz.Name{{Text: "欧阳星野"}, {Text: "Li Na", Use: "pinyin"}}}))
	f.Add([]byte{1, 'p', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		(&nameList{}).add("s_1", b)
	})
}
