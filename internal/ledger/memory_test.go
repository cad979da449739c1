package ledger

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

// memory is a Storage that a test can tamper with.
type memory struct {
	mu      sync.Mutex
	records []Record
	head    string
}

func (m *memory) State(context.Context) (int64, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.records) == 0 {
		return 0, m.head, nil
	}
	return m.records[len(m.records)-1].Index + 1, m.head, nil
}

func (m *memory) Records(_ context.Context, size int64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for _, r := range m.records {
			if r.Index < size && !yield(r, nil) {
				return
			}
		}
	}
}

func (m *memory) Hashes(_ context.Context, ix []int64) ([]Hash, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Hash
	for _, i := range ix {
		level, n := tlog.SplitStoredHashIndex(i)
		at := (n+1)<<level - 1
		if at >= int64(len(m.records)) || level >= len(m.records[at].Hashes) {
			return nil, fmt.Errorf("no hash %d", i)
		}
		out = append(out, m.records[at].Hashes[level])
	}
	return out, nil
}

func (m *memory) Append(_ context.Context, r Record, head string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if int64(len(m.records)) != r.Index {
		return ErrConflict
	}
	m.records, m.head = append(m.records, r), head
	return nil
}

// clone is deep enough to tamper with.
func (m *memory) clone() *memory {
	c := &memory{head: m.head}
	for _, r := range m.records {
		c.records = append(c.records, Record{r.Index, slices.Clone(r.Entry), slices.Clone(r.Hashes)})
	}
	return c
}

// renumber gives the records the indexes 0, 1, 2 …
func (m *memory) renumber() {
	for i := range m.records {
		m.records[i].Index = int64(i)
	}
}

// rehash recomputes what can be without the key: every stored hash.
func (m *memory) rehash() {
	f := &memory{}
	for i, r := range m.records {
		hs, err := tlog.StoredHashes(int64(i), r.Entry, hashReader(context.Background(), f))
		if err != nil {
			panic(err)
		}
		r.Index, r.Hashes = int64(i), nil
		for _, h := range hs {
			r.Hashes = append(r.Hashes, Hash(h))
		}
		f.records = append(f.records, r)
	}
	m.records = f.records
}

type fataler interface {
	Helper()
	Fatal(...any)
}

// newLog is a log of n entries, with the head after each append.
func newLog(t fataler, n int) (*Log, *memory, []string) {
	t.Helper()
	private, err := NewKey("test")
	if err != nil {
		t.Fatal(err)
	}
	return newLogOf(t, n, private)
}

// newLogOf is newLog under a given key.
func newLogOf(t fataler, n int, private string) (*Log, *memory, []string) {
	t.Helper()
	m := &memory{}
	l, err := Open(m, private)
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	for i := range n {
		r, err := l.Append(context.Background(), fmt.Appendf(nil, `{"verb":"store","id":"s_%d"}`, i))
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, r.Head)
	}
	return l, m, heads
}
