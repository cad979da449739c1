package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"testing"

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

// BenchmarkPeople is a registry of 100,000 people with a consent each.
func BenchmarkPeople(b *testing.B) {
	const n = 100_000
	ctx := context.Background()
	v, dir := newTestVault(b)
	name := func(i int) string { return fmt.Sprintf("欧阳%c%c", 0x4e00+i%2000, 0x5e00+i/2000) }
	b.Run("import", func(b *testing.B) {
		for b.Loop() {
			err := v.Update(ctx, func(tx *Tx) error {
				for i := range n {
					id := authz.SubjectID(fmt.Sprintf("s_%d", i))
					if err := tx.PutSubject(ctx, authz.Subject{ID: id, Kind: authz.Person, Names: []authz.Name{{Text: name(i)}, {Text: fmt.Sprint("Ouyang ", i), Use: "pinyin"}}, Company: "示范科技有限公司"}); err != nil {
						return err
					}
					if err := tx.PutConsent(ctx, authz.Consent{ID: "c" + authz.ConsentID(id), Subject: id, Kind: "publish"}); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			w, err := Open(dir, passphrase)
			if err != nil {
				b.Fatal(err)
			}
			w.Close()
		}
	})
	b.Run("subjects", func(b *testing.B) {
		for b.Loop() {
			if s, err := v.Subjects(ctx); err != nil || len(s) != n {
				b.Fatal(len(s), err)
			}
		}
	})
	b.Run("match and consents", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			m, err := v.Match(ctx, authz.Sighting{Text: name(i * 37 % n)})
			if err != nil || len(m) != 1 {
				b.Fatal(m, err)
			}
			if cs, err := v.Consents(ctx, m[0].Subject); err != nil || len(cs) != 1 {
				b.Fatal(cs, err)
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
}
