package wiring

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/registry"
)

func memory(t *testing.T) *App {
	t.Helper()
	a, err := Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

func granted(id string) authz.Consent {
	return authz.Consent{ID: authz.ConsentID(id), Subject: "s_lin", Kind: "publish", Events: []authz.Event{{State: authz.Given, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}}
}

var lin = authz.Subject{ID: "s_lin", Kind: authz.Person, Names: []authz.Name{{Text: "林知遥"}}}

func TestImportAgainKeepsWithdrawals(t *testing.T) {
	a, ctx := memory(t), t.Context()
	n := authz.Notice{SHA256: "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c", Items: []string{"handler"}}
	b := exchange.Batch{Subjects: []authz.Subject{lin}, Consents: []authz.Consent{granted("c_1")}, Notices: []authz.Notice{n}}
	if err := a.Import(ctx, b); err != nil {
		t.Fatal(err)
	}
	got, err := a.Withdraw(ctx, "s_lin", registry.No{Intake: "call"})
	if err != nil || got != 1 {
		t.Fatalf("%d withdrawn, %v", got, err)
	}
	if err := a.Import(ctx, b); err != nil {
		t.Fatal("the same table again:", err)
	}
	cs, err := a.Vault.Consents(ctx, "s_lin")
	if err != nil || len(cs) != 1 || cs[0].StateAt(time.Now()) != authz.Withdrawn {
		t.Errorf("after importing again: %d consents, %v, %v", len(cs), cs[0].StateAt(time.Now()), err)
	}
	if res, err := a.Ledger().Check(ctx); err != nil || res.Size != 3 {
		t.Errorf("ledger of %d entries: %v", res.Size, err)
	}
}

func TestImportIsWholeOrNot(t *testing.T) {
	a, ctx := memory(t), t.Context()
	stray := granted("c_2")
	stray.Subject = "s_nobody"
	if err := a.Import(ctx, exchange.Batch{Subjects: []authz.Subject{lin}, Consents: []authz.Consent{stray}}); err == nil {
		t.Fatal("a consent of nobody was imported")
	}
	all, err := a.Vault.Subjects(ctx)
	if err != nil || len(all) != 0 {
		t.Errorf("%d subjects are left of a failed import, %v", len(all), err)
	}
	if res, err := a.Ledger().Check(ctx); err != nil || res.Size != 0 {
		t.Errorf("a failed import left %d entries: %v", res.Size, err)
	}
}

func TestWithdraw(t *testing.T) {
	a, ctx := memory(t), t.Context()
	if err := a.AddSubject(ctx, lin); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"c_1", "c_2"} {
		if _, err := a.Grant(ctx, registry.Grant{Consent: granted(id)}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := a.Withdraw(ctx, "s_lin", registry.No{Only: "c_1"}); n != 1 || err != nil {
		t.Errorf("one: %d, %v", n, err)
	}
	if n, err := a.Withdraw(ctx, "s_lin", registry.No{}); n != 1 || err != nil {
		t.Errorf("the rest: %d, %v", n, err)
	}
	if _, err := a.Withdraw(ctx, "s_lin", registry.No{Only: "c_9"}); !errors.Is(err, authz.ErrUnknown) {
		t.Error("no such consent:", err)
	}
}

func TestVariantsAreFound(t *testing.T) {
	a, ctx := memory(t), t.Context()
	if err := a.AddSubject(ctx, lin); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"林知遥", "Lin Zhiyao", "Zhiyao Lin"} {
		ms, err := a.Vault.Match(ctx, authz.Sighting{Text: s, Kind: authz.Person})
		if err != nil || len(ms) != 1 || ms[0].Subject != "s_lin" {
			t.Errorf("%s: %v, %v", s, ms, err)
		}
	}
}

func TestPassphrase(t *testing.T) {
	f := filepath.Join(t.TempDir(), "pass")
	t.Setenv(PassphraseFile, f)
	if _, err := Passphrase("v"); err == nil {
		t.Error("a missing file is no error")
	}
	for content, want := range map[string]string{"correct horse\r\nmore": "correct horse", "x": "x", "": "", "\n": ""} {
		if err := os.WriteFile(f, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := Passphrase("v")
		if string(got) != want || (want == "") != (err != nil) {
			t.Errorf("%q gives %q, %v", content, got, err)
		}
	}
}
