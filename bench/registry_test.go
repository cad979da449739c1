package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"consentry/assets"
	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

// BenchmarkRegistryAtSize is a registry of invented people as its daily work meets
// it: deciding, reminders, recall. CONSENTRY_BENCH_PEOPLE says how many people,
// 100,000 where it says nothing; each has five consents, of which one covers the use
// asked for and all end within three years, and every fiftieth person is asked for a
// sixth. CONSENTRY_BENCH_DATABASE is a connection string: the vault is then made
// there, in an empty database. The figures in docs/evaluation/registry.md are its.
// Run it with -benchtime 1x.
func BenchmarkRegistryAtSize(b *testing.B) {
	people := 100_000
	if n, err := strconv.Atoi(os.Getenv("CONSENTRY_BENCH_PEOPLE")); err == nil {
		people = n
	} else if testing.Short() {
		people = 2_000
	}
	ctx := context.Background()
	dir := filepath.Join(b.TempDir(), "vault")
	pass := []byte("correct horse")
	dsn := os.Getenv("CONSENTRY_BENCH_DATABASE")
	open := func() *store.Vault {
		var v *store.Vault
		var err error
		if dsn != "" {
			v, err = store.OpenTeam(ctx, dsn, dir, pass)
		} else {
			v, err = store.Open(dir, pass)
		}
		if err != nil {
			b.Fatal(err)
		}
		return v
	}
	var err error
	if dsn != "" {
		err = store.InitTeam(ctx, dsn, dir, pass, store.Options{WorkFactor: 10})
	} else {
		err = store.Init(dir, pass, store.Options{WorkFactor: 10})
	}
	if err != nil {
		b.Fatal(err)
	}
	rules, err := fs.ReadFile(assets.Rules(), "rulepack.yaml")
	if err != nil {
		b.Fatal(err)
	}
	pack, err := authz.ParsePack(rules)
	if err != nil {
		b.Fatal(err)
	}
	v := open()
	defer func() { v.Close() }()
	now := time.Now().UTC().Truncate(time.Second)
	b.Run("fill", func(b *testing.B) {
		if b.N > 1 {
			return
		}
		start := time.Now()
		for from := 0; from < people; from += 20_000 {
			err := v.Update(ctx, func(tx *store.Tx) error { return fill(ctx, tx, from, min(from+20_000, people), now) })
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(people*11)/time.Since(start).Seconds(), "rows/s")
	})
	report := func(b *testing.B, took []span) {
		for i, unit := range []string{"µs", "cpu-µs"} {
			slices.SortFunc(took, func(x, y span) int { return int(x[i] - y[i]) })
			b.ReportMetric(float64(took[len(took)/2][i].Nanoseconds())/1e3, unit+"-p50")
			b.ReportMetric(float64(took[len(took)*99/100][i].Nanoseconds())/1e3, unit+"-p99")
		}
	}
	once := func(b *testing.B, name string, since moment) {
		s := since.until()
		b.ReportMetric(float64(s[0].Microseconds())/1e3, "ms"+name)
		b.ReportMetric(float64(s[1].Microseconds())/1e3, "cpu-ms"+name)
	}
	facts := func(i int) (authz.Facts, error) {
		f := casework.FactsNow(now)
		f.Use = authz.Use{Purpose: "case-study", Channel: "website", Territory: "CN", Shows: []authz.Shows{"name"}, At: now}
		f.PreparedBy, f.Claim, f.Identity.By = "zhou", authz.Claim{Basis: 1}, "text"
		ms, err := v.Match(ctx, authz.Sighting{Text: name(i), Kind: authz.Person})
		if err != nil {
			return f, err
		}
		f.Identity.Candidates = ms
		for _, m := range ms {
			if err := casework.Gather(ctx, v, &f, m.Subject); err != nil {
				return f, err
			}
		}
		return f, nil
	}
	b.Run("decide, from the name on", func(b *testing.B) {
		took, shown := make([]span, 5000), 0
		for i := range took {
			start := begin()
			f, err := facts(i * 7919 % people)
			if err != nil {
				b.Fatal(err)
			}
			d := pack.Decide(f)
			took[i] = start.until()
			if d.Verdict == authz.Show {
				shown++
			}
		}
		if shown < len(took)*9/10 {
			b.Fatalf("%d of %d shown", shown, len(took))
		}
		report(b, took)
	})
	b.Run("decide, on facts", func(b *testing.B) {
		took := make([]span, 5000)
		for i := range took {
			f, err := facts(i * 7919 % people)
			if err != nil {
				b.Fatal(err)
			}
			start := begin()
			pack.Decide(f)
			took[i] = start.until()
		}
		report(b, took)
	})
	ops, err := fs.ReadFile(assets.Rules(), "operations.yaml")
	if err != nil {
		b.Fatal(err)
	}
	listed, err := authz.ParseOperations(ops)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("reminders", func(b *testing.B) {
		for _, what := range []string{"cold", "warm"} {
			if what == "cold" {
				v.Close()
				v = open()
			}
			r := &registry.Registrar{Vault: v, Pack: pack, Operations: listed}
			r.As("zhou")
			start := begin()
			ds, err := r.Dues(ctx)
			if err != nil || len(ds) < people/50 {
				b.Fatal(len(ds), err)
			}
			once(b, "-"+what, start)
			b.ReportMetric(float64(len(ds)), "reminders")
		}
	})
	b.Run("recall", func(b *testing.B) {
		log, err := v.Ledger(ctx)
		if err != nil {
			b.Fatal(err)
		}
		const releases, each = 1000, 20
		for i := range releases {
			r := casework.Release{ID: fmt.Sprint("R-", i), Case: fmt.Sprint("C-", i), At: now.AddDate(0, 0, -1)}
			for j := range each {
				r.Consents = append(r.Consents, authz.ConsentID(fmt.Sprintf("c_%d_0", (i*each+j)*31%people)))
			}
			doc, err := json.Marshal(r)
			if err != nil {
				b.Fatal(err)
			}
			if err := v.PutDoc(ctx, "release", r.ID, doc); err != nil {
				b.Fatal(err)
			}
		}
		// One person of a release withdraws.
		err = v.Update(ctx, func(tx *store.Tx) error {
			return tx.AppendEvent(ctx, "c_31_0", authz.Event{State: authz.Withdrawn, At: now})
		})
		if err != nil {
			b.Fatal(err)
		}
		d := &casework.Desk{Registry: v, Policy: pack, Archive: v, Ledger: log}
		start := begin()
		rs, err := d.Recall(ctx, time.Time{})
		if err != nil || len(rs) == 0 {
			b.Fatal(len(rs), err)
		}
		once(b, "", start)
		b.ReportMetric(releases, "releases")
	})
}

// A span is how long something took, by the clock and of the thread's own time.
type span [2]time.Duration

type moment struct {
	at  time.Time
	cpu time.Duration
}

// threadTime is what the thread has used, where the system says so.
var threadTime = func() time.Duration { return 0 }

// processTime is what the process has used, where the system says so.
var processTime = func() time.Duration { return 0 }

func begin() moment { return moment{time.Now(), threadTime()} }

func (m moment) until() span { return span{time.Since(m.at), threadTime() - m.cpu} }

// name is an invented one, four characters, of which nobody else has the last two.
func name(i int) string { return fmt.Sprintf("欧阳%c%c", 0x4e00+i%2000, 0x5e00+i/2000) }

func fill(ctx context.Context, tx *store.Tx, from, to int, now time.Time) error {
	const digest = "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c"
	if from == 0 {
		n := authz.Notice{SHA256: digest, GivenAt: now.AddDate(-2, 0, 0), Items: []string{"handler", "purpose", "method", "kinds", "retention", "rights"}}
		if err := tx.PutNotice(ctx, n); err != nil {
			return err
		}
	}
	for i := from; i < to; i++ {
		s := authz.Subject{
			ID: authz.SubjectID(fmt.Sprint("s_", i)), Kind: authz.Person, Company: "示范科技有限公司", Role: "contact", Age: "adult",
			Names:    []authz.Name{{Text: name(i)}, {Text: fmt.Sprint("Ouyang No", i), Use: "pinyin"}, {Text: fmt.Sprint("Stella ", i), Use: "english"}},
			Contacts: []authz.Contact{{Kind: "phone", Value: fmt.Sprintf("138%08d", i)}, {Kind: "email", Value: fmt.Sprintf("p%d@example.test", i)}}, Created: now,
		}
		if err := tx.PutSubject(ctx, s); err != nil {
			return err
		}
		for j, purpose := range []authz.Purpose{"case-study", "event-report", "press-release", "website", "white-paper", ""} {
			k := authz.Consent{
				ID: authz.ConsentID(fmt.Sprintf("c_%d_%d", i, j)), Subject: s.ID, Kind: "publish", GivenBy: "self", CollectedBy: "us",
				Events: []authz.Event{{State: authz.Given, At: now.AddDate(-1, 0, 0), By: "zhou"}}, Voluntary: true, Separate: true, Written: true, Evidence: digest, Notice: digest, NoticeSHA256: digest,
				Purposes: []authz.Purpose{purpose}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name"},
				From: now.AddDate(-1, 0, 0), Until: now.AddDate(0, 0, 1+(i*5+j)*7%1095),
			}
			if purpose == "" {
				if i%50 > 0 {
					continue
				}
				k.Purposes, k.Events = []authz.Purpose{"case-study"}, []authz.Event{{State: authz.Requested, At: now.AddDate(0, 0, -10), By: "zhou"}}
			}
			if err := tx.PutConsent(ctx, k); err != nil {
				return err
			}
		}
	}
	return nil
}

// BenchmarkImportTable is subject import of a table of 100,000 rows, each a person
// with two names and a consent: read, checked against the vault, recorded with its
// ledger entries.
func BenchmarkImportTable(b *testing.B) {
	rows := 100_000
	if testing.Short() {
		rows = 5_000
	}
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	put := func(cells ...string) {
		if err := w.Write(cells); err != nil {
			b.Fatal(err)
		}
	}
	const digest = "1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c0a1f0c"
	put("id", "kind", "name", "aliases", "company", "role", "age", "consent_id", "given_by", "purposes", "channels", "territories", "shows", "from", "until",
		"state", "state_at", "notice_sha256", "notice_at", "notice_items", "evidence_sha256", "voluntary", "separate", "written")
	for i := range rows {
		put(fmt.Sprintf("p-%07d", i), "person", name(i), fmt.Sprint("english:Stella ", i), "示范公司", "contact", "adult", fmt.Sprintf("c-%07d", i), "self", "case-study;website", "website",
			"CN", "name;post", "2026-01-10", "2027-12-31", "given", "2026-01-10", digest, "2026-01-01", "handler;purpose;method;kinds;retention;rights", digest, "yes", "yes", "yes")
	}
	w.Flush()
	for range b.N {
		dir := filepath.Join(b.TempDir(), "vault")
		if err := store.Init(dir, []byte("correct horse"), store.Options{WorkFactor: 10}); err != nil {
			b.Fatal(err)
		}
		a, err := wiring.Open(dir, []byte("correct horse"))
		if err != nil {
			b.Fatal(err)
		}
		start, busy := time.Now(), processTime()
		batch, err := a.Sheet().ImportFile("people.csv", bytes.NewReader(buf.Bytes()), int64(buf.Len()), nil)
		if err != nil || len(batch.Subjects) != rows || len(batch.Problems) > 0 {
			b.Fatal(len(batch.Subjects), err)
		}
		if _, err := exchange.Compare(b.Context(), batch, a.Vault); err != nil {
			b.Fatal(err)
		}
		if err := a.Import(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(rows)/time.Since(start).Seconds(), "rows/s")
		if used := processTime() - busy; used > 0 {
			b.ReportMetric(float64(rows)/used.Seconds(), "rows/cpu-s")
		}
		if err := a.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
