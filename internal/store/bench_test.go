package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"consentry/authz"
)

func BenchmarkOpen(b *testing.B) {
	for _, logN := range []int{10, 15, DefaultWorkFactor, 17} {
		b.Run(fmt.Sprintf("scrypt 2^%d", logN), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "vault")
			if err := Init(dir, passphrase, Options{WorkFactor: logN}); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				v, err := Open(dir, passphrase)
				if err != nil {
					b.Fatal(err)
				}
				v.Close()
			}
		})
	}
}

func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		v, err := Memory()
		if err != nil {
			b.Fatal(err)
		}
		v.Close()
	}
}

func BenchmarkRecord(b *testing.B) {
	v, _ := newTestVault(b)
	for i := 0; b.Loop(); i++ {
		id := fmt.Sprintf("s_%d", i)
		if _, err := v.Record(context.Background(), []byte(id), pair(context.Background(), id)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPutResult(b *testing.B) {
	v, _ := newTestVault(b)
	data := make([]byte, 4000)
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			k := sha256.Sum256([]byte(NewID("")))
			if err := v.Put(context.Background(), k, data); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkRegistry is a registry of 100,000 people with five consents each; the
// figures in docs/evaluation/registry.md are its. Run it with -benchtime 1x.
func BenchmarkRegistry(b *testing.B) {
	people := 100_000
	if testing.Short() {
		people = 2_000
	}
	const each = 5
	ctx := context.Background()
	v, dir := newTestVault(b)
	b.Run("import", func(b *testing.B) {
		if b.N > 1 {
			return
		}
		start, busy := time.Now(), cpuTime()
		for from := 0; from < people; from += 20_000 {
			if err := v.Update(ctx, func(tx *Tx) error { return putPeople(ctx, tx, from, min(from+20_000, people), each) }); err != nil {
				b.Fatal(err)
			}
		}
		rows := people * (1 + 3 + 2 + each) // the person, names, contacts, consents
		b.ReportMetric(float64(rows)/time.Since(start).Seconds(), "rows/s")
		if used := cpuTime() - busy; used > 0 {
			b.ReportMetric(float64(rows)/used.Seconds(), "rows/cpu-s")
		}
	})
	lookup := func(name string, ask func(i int) (int, error)) {
		b.Run(name, func(b *testing.B) {
			took := make([]time.Duration, 500)
			for i := range took {
				start := time.Now()
				n, err := ask(i * 37 % people)
				took[i] = time.Since(start)
				if err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-p50")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-p99")
		})
	}
	lookup("by name", func(i int) (int, error) {
		m, err := v.Match(ctx, authz.Sighting{Text: personName(i), Kind: authz.Person})
		return len(m), err
	})
	lookup("by alias", func(i int) (int, error) {
		m, err := v.Match(ctx, authz.Sighting{Text: fmt.Sprintf("OUYANG  no%d", i)})
		return len(m), err
	})
	lookup("by phone", func(i int) (int, error) {
		ids, err := v.ByContact(ctx, fmt.Sprintf("+86 138%08d", i))
		return len(ids), err
	})
	lookup("consents of a subject", func(i int) (int, error) {
		cs, err := v.Consents(ctx, authz.SubjectID(fmt.Sprintf("s_%d", i)))
		return len(cs), err
	})
	b.Run("open and names", func(b *testing.B) {
		for range b.N {
			before := heap()
			start, busy := time.Now(), cpuTime()
			w := openTestVault(b, dir)
			n, err := w.Names(ctx)
			if err != nil || n.Len() != people {
				b.Fatal(n, err)
			}
			b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms")
			b.ReportMetric(float64((cpuTime() - busy).Milliseconds()), "cpu-ms")
			b.ReportMetric(float64(int64(heap())-int64(before))/1e6, "MB")
			runtime.KeepAlive(n)
			w.Close()
		}
	})
	n, err := v.Names(ctx)
	if err != nil {
		b.Fatal(err)
	}
	search := func(name, text string, hits int) {
		lookup("search "+name, func(int) (int, error) { return len(n.Search(text, hits)), nil })
	}
	search("two characters, rare", personName(people / 2)[6:], 50)
	search("two characters, in every name", "欧阳", 50)
	search("pinyin", "no4", 50)
	b.Run("search one letter, every hit", func(b *testing.B) {
		for range b.N {
			n.Search("o", 0)
		}
	})
	b.Run("names after a change", func(b *testing.B) {
		for range b.N {
			if err := v.PutSubject(ctx, person(1)); err != nil {
				b.Fatal(err)
			}
			start := time.Now()
			if _, err := v.Names(ctx); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(start).Microseconds()), "µs")
		}
	})
	b.Run("subjects", func(b *testing.B) {
		for b.Loop() {
			if s, err := v.Subjects(ctx); err != nil || len(s) != people {
				b.Fatal(len(s), err)
			}
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if _, err := v.Check(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("backup", func(b *testing.B) {
		if v.dialect == postgres {
			b.Skip("pg_dump does that")
		}
		for b.Loop() {
			m, err := v.Backup(ctx, io.Discard)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(m.Files[1].Size)/1e6, "MB")
		}
	})
}

// personName is invented, four characters of which the last two are one in people.
func personName(i int) string { return fmt.Sprintf("欧阳%c%c", 0x4e00+i%2000, 0x5e00+i/2000) }

func person(i int) authz.Subject {
	return authz.Subject{
		ID: authz.SubjectID(fmt.Sprintf("s_%d", i)), Kind: authz.Person, Company: "示范科技有限公司", Role: "contact", Age: "adult",
		Names:    []authz.Name{{Text: personName(i)}, {Text: fmt.Sprint("Ouyang No", i), Use: "pinyin"}, {Text: fmt.Sprint("Stella ", i), Use: "english"}},
		Contacts: []authz.Contact{{Kind: "phone", Value: fmt.Sprintf("138%08d", i)}, {Kind: "email", Value: fmt.Sprintf("p%d@example.test", i)}},
		Created:  day(1),
	}
}

func putPeople(ctx context.Context, tx *Tx, from, to, consents int) error {
	for i := from; i < to; i++ {
		s := person(i)
		if err := tx.PutSubject(ctx, s); err != nil {
			return err
		}
		for j := range consents {
			err := tx.PutConsent(ctx, authz.Consent{
				ID: authz.ConsentID(fmt.Sprintf("c_%d_%d", i, j)), Subject: s.ID, Kind: "publish", GivenBy: "self", CollectedBy: "us",
				Events: []authz.Event{{State: authz.Given, At: day(2), By: "zhou"}}, Voluntary: true, Separate: true, Written: true,
				Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"}, Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name"},
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// cpuTime is what the process has used, where the system says so: a machine that
// others use too makes the clock useless.
var cpuTime = func() time.Duration { return 0 }
