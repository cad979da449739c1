package store

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"consentry/authz"
)

func day(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }

func TestUsers(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	zhou := authz.User{Name: "周 予安", Jobs: []authz.Job{authz.Legal}, Added: day(1)}
	lin := authz.User{Name: "Lin", Jobs: []authz.Job{authz.Marketer, authz.PR}, Added: day(2), By: "周予安"}
	put := func(u authz.User) error { return v.Update(ctx, func(tx *Tx) error { return tx.PutUser(ctx, u) }) }
	if put(authz.User{Name: " "}) == nil {
		t.Error("a user without a name was taken")
	}
	if err := errors.Join(put(lin), put(zhou), put(lin)); err != nil {
		t.Fatal(err)
	}
	if us, err := v.Users(ctx); err != nil || !reflect.DeepEqual(us, []authz.User{zhou, lin}) {
		t.Errorf("users = %v, %v", us, err)
	}
	ids, err := v.Docs(ctx, UserBucket)
	if err != nil || len(ids) != 2 {
		t.Fatal(ids, err)
	}
	zhou.Name, zhou.Jobs = "周予安", authz.Jobs // the same name as FoldName sees it
	if err := put(zhou); err != nil {
		t.Fatal(err)
	}
	del := func(name string) error {
		return v.Update(ctx, func(tx *Tx) error { return tx.DeleteUser(ctx, name) })
	}
	if err := del("LIN"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"Lin", "", "nobody"} {
		if err := del(name); !errors.Is(err, ErrNotFound) {
			t.Errorf("deleting nobody: %v", err)
		}
	}
	if us, err := v.Users(ctx); err != nil || !reflect.DeepEqual(us, []authz.User{zhou}) {
		t.Errorf("users = %v, %v", us, err)
	}
}

func TestHandler(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	if _, err := v.Handler(ctx); !errors.Is(err, ErrNotFound) {
		t.Errorf("no handler yet: %v", err)
	}
	for _, h := range []authz.Handler{{ID: "h_1", Name: "示范科技"}, {ID: "h_2", Name: "云岚智造", Days: 10}} {
		if err := v.Update(ctx, func(tx *Tx) error { return tx.PutHandler(ctx, h) }); err != nil {
			t.Fatal(err)
		}
		if got, err := v.Handler(ctx); err != nil || got != h {
			t.Errorf("handler = %+v, %v", got, err)
		}
	}
}

func TestGrounds(t *testing.T) {
	ctx := t.Context()
	v := memoryVault(t)
	put := func(id string, of authz.SubjectID, at time.Time) error {
		return v.Update(ctx, func(tx *Tx) error {
			return tx.PutGround(ctx, authz.Ground{ID: id, Subject: of, At: at, By: "zhou"})
		})
	}
	if err := errors.Join(put("g_1", "s_a", day(3)), put("g_2", "s_a", day(2)), put("g_3", "s_b", day(1)), put("g_2", "s_a", day(1))); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{put("g_1", "s_b", day(1)), put("", "s_a", day(1)), put("g_4", "", day(1))} {
		if err == nil {
			t.Error("a ground was moved, or taken without id or subject")
		}
	}
	gs, err := v.Grounds(ctx, "s_a")
	if err != nil || len(gs) != 2 || gs[0].ID != "g_2" || gs[1].ID != "g_1" || !gs[0].At.Equal(day(1)) {
		t.Errorf("grounds = %+v, %v", gs, err)
	}
	if gs, err := v.AllGrounds(ctx); err != nil || len(gs) != 3 {
		t.Errorf("all grounds = %+v, %v", gs, err)
	}
	for _, id := range []authz.SubjectID{"", "s_c"} {
		if gs, err := v.Grounds(ctx, id); err != nil || len(gs) != 0 {
			t.Errorf("grounds of nobody = %+v, %v", gs, err)
		}
	}
	// A ground handed to another subject by hand is noticed.
	if _, err := v.pool.Exec(`update doc set subject = 's_c' where id = 'g_1'`); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Grounds(ctx, "s_c"); !errors.Is(err, ErrDamaged) {
		t.Errorf("a moved ground: %v", err)
	}
}
