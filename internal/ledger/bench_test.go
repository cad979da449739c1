package ledger

import (
	"context"
	"testing"
)

func BenchmarkAppend(b *testing.B) {
	l, _, _ := newLog(b, 1000)
	for b.Loop() {
		if _, err := l.Append(context.Background(), []byte(`{"verb":"store","id":"s_1"}`)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck10000(b *testing.B) {
	l, _, _ := newLog(b, 10_000)
	for b.Loop() {
		if _, err := l.Check(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
