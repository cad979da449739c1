package casework

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/attack"
	"consentry/redact/names/forms"
	"consentry/redact/names/search"
	"consentry/redact/pii"
	"consentry/redact/text"
)

// The desk of these tests is made of the real parts but for the models: the
// vault, the rule pack, the text format, the attacks; names are found by the
// matcher, from a list.

const digest = "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c"

var today = time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC)

type bench struct {
	*Desk
	vault *store.Vault
	dir   string
	heard *heard
}

// heard keeps what Progress was told.
type heard struct {
	mu     sync.Mutex
	events []Event
}

func (h *heard) Report(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.events = append(h.events, e)
}

// worked names the assets that a step worked on anew.
func (h *heard) worked(s Step) (names []string) {
	for _, e := range h.events {
		if e.Step == s && e.Asset != "" && !e.Reused {
			names = append(names, e.Asset)
		}
	}
	return names
}

func newBench(t *testing.T, found ...string) *bench {
	t.Helper()
	v, err := store.Memory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { v.Close() })
	rules, err := os.ReadFile("../../assets/rules/rulepack.yaml")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := authz.ParsePack(rules)
	if err != nil {
		t.Fatal(err)
	}
	log, err := v.Ledger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var terms []redact.Term
	for _, f := range found {
		kind := redact.Person
		if strings.Contains(f, "公司") || strings.Contains(f, "科技") || strings.Contains(f, "Ltd") {
			kind = redact.Organisation
		}
		terms = append(terms, redact.Term{Text: f, Kind: kind, Tier: redact.Sure, Why: "list"})
	}
	formats := map[string]redact.Format{text.Plain: text.Format{}, text.Markdown: text.Format{}}
	h := &heard{}
	b := &bench{vault: v, dir: t.TempDir(), heard: h, Desk: &Desk{
		Formats: formats,
		Sniff: func(name string, head []byte) (string, error) {
			if typ, ok := text.Sniff(name, head); ok {
				return typ, nil
			}
			return "", redact.ErrUnreadable
		},
		Detectors: []redact.Detector{search.NewMatcher(terms), pii.Detector{}},
		Search:    func(ts []redact.Term) redact.Detector { return search.NewMatcher(ts) },
		Derive:    forms.Derive,
		Attacks:   []redact.Attack{attack.Text{Formats: formats}, attack.Bytes{}, attack.Metadata{}},
		Registry:  v, Policy: pack, RulePack: pack.Version, Results: v, Archive: v, Ledger: log,
		Now: func() time.Time { return today }, Progress: h,
	}}
	return b
}

// write puts a file into the bench's input folder.
func (b *bench) write(t *testing.T, name, content string) {
	t.Helper()
	p := filepath.Join(b.dir, "in", name)
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) newCase(t *testing.T) *Case {
	t.Helper()
	c := &Case{ID: NewID(), Created: today, By: "zhou", Purpose: "case-study", Channel: "website", Territory: "CN", Mode: Anonymise}
	if err := b.Ingest(t.Context(), c, filepath.Join(b.dir, "in")); err != nil {
		t.Fatal(err)
	}
	return c
}

func (b *bench) scan(t *testing.T, c *Case) *Plan {
	t.Helper()
	p, err := b.Scan(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (b *bench) out() string { return filepath.Join(b.dir, "out") }

// clear runs the flow to the end.
func (b *bench) clear(t *testing.T, c *Case) (*Release, error) {
	t.Helper()
	ctx := t.Context()
	p := b.scan(t, c)
	e, err := b.Apply(ctx, p, b.out())
	if err != nil {
		return nil, err
	}
	defer e.Close()
	proof, err := b.Verify(ctx, e)
	if err != nil {
		return nil, err
	}
	r, err := b.Sign(ctx, proof, "zhou")
	if err != nil {
		return nil, err
	}
	return r, b.Export(ctx, r)
}

func (b *bench) mustClear(t *testing.T, c *Case) *Release {
	t.Helper()
	r, err := b.clear(t, c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (b *bench) read(t *testing.T, name string) string {
	t.Helper()
	got, err := os.ReadFile(filepath.Join(b.out(), name))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// everything is all bytes of the package, names of files included.
func (b *bench) everything(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(b.out(), func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all.WriteString(p + "\n")
		data, err := os.ReadFile(p)
		all.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// agree registers a subject with a full consent to case studies on the website.
func (b *bench) agree(t *testing.T, id, name string, more ...string) {
	t.Helper()
	ctx := context.Background()
	s := authz.Subject{ID: authz.SubjectID(id), Kind: authz.Person, Role: "contact", Age: "adult", Created: today}
	k := authz.Consent{
		ID: authz.ConsentID("c_" + id), Subject: s.ID, Kind: "publish", GivenBy: "self", CollectedBy: "us",
		Events:   []authz.Event{{State: authz.Given, At: today.AddDate(0, -2, 0)}},
		Evidence: digest, Notice: digest, NoticeSHA256: digest, Voluntary: true, Separate: true, Written: true,
		Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"},
		Shows: []authz.Shows{"name", "portrait"}, From: today.AddDate(0, -2, 0), Until: today.AddDate(1, 0, 0),
	}
	for _, n := range append([]string{name}, more...) {
		s.Names = append(s.Names, authz.Name{Text: n})
	}
	n := authz.Notice{SHA256: digest, GivenAt: today.AddDate(0, -3, 0), Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"}}
	if err := b.vault.PutNotice(ctx, n); err != nil {
		t.Fatal(err)
	}
	if err := b.vault.PutSubject(ctx, s); err != nil {
		t.Fatal(err)
	}
	if err := b.vault.PutConsent(ctx, k); err != nil {
		t.Fatal(err)
	}
}

func (b *bench) withdraw(t *testing.T, id string, at time.Time) {
	t.Helper()
	if err := b.vault.AppendEvent(t.Context(), authz.ConsentID("c_"+id), authz.Event{State: authz.Withdrawn, At: at}); err != nil {
		t.Fatal(err)
	}
}
