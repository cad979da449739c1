package store

import (
	"context"
	"fmt"
	"sync"
)

// A Hit is a name that a search text stands in.
type Hit struct {
	Subject string // its id
	Kind    string // person, organisation
	Title   string // the first of the subject's names
	Name    string // the name that was hit
}

// Names is an index of every subject's names in memory, as of one moment. It
// does not change and is safe for concurrent use. It holds names in the clear:
// let go of it when the vault is closed.
type Names struct {
	rev, deleted int64
	base         *nameList
	fresh        *nameList       // subjects put since base was read
	replaced     map[string]bool // ids of base that fresh has too
}

// maxFresh bounds how many subjects an index keeps beside its base before all
// are read again.
const maxFresh = 5000

type nameCache struct {
	mu  sync.Mutex
	now *Names
}

// Names returns the index of names as they are now. The first call reads every
// subject's names, later ones what has changed since; where nothing has, the
// index is the same.
func (v *Vault) Names(ctx context.Context) (*Names, error) {
	v.names.mu.Lock()
	defer v.names.mu.Unlock()
	n, err := v.readNames(ctx, v.names.now)
	if err != nil {
		return nil, fmt.Errorf("read the names: %w", err)
	}
	v.names.now = n
	return n, nil
}

func (r reader) readNames(ctx context.Context, old *Names) (*Names, error) {
	n := &Names{}
	// The counters are read first: what is put meanwhile is read now and once more
	// next time.
	err := r.rows(ctx, `select id, n from counter where id in ($1, $2)`, []any{subjectCounter, deletedCounter}, func(scan func(...any) error) error {
		var id string
		var count int64
		err := scan(&id, &count)
		if id == subjectCounter {
			n.rev = count
		} else {
			n.deleted = count
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if old != nil && old.rev == n.rev && old.deleted == n.deleted {
		return old, nil
	}
	if old != nil && old.deleted == n.deleted && old.rev < n.rev {
		changed, err := r.nameList(ctx, `where rev > $1 order by at, id limit $2`, old.rev, maxFresh+1)
		if err != nil {
			return nil, err
		}
		if fresh := old.fresh.with(changed); len(changed.subjects) <= maxFresh && len(fresh.subjects) <= maxFresh {
			n.base, n.fresh, n.replaced = old.base, fresh, map[string]bool{}
			for i := range fresh.subjects {
				n.replaced[fresh.id(i)] = true
			}
			return n, nil
		}
	}
	n.base, err = r.nameList(ctx, `order by at, id`)
	return n, err
}

// Len is the number of subjects.
func (n *Names) Len() int {
	both := 0
	for i := range n.base.subjects {
		if n.replaced[n.base.id(i)] {
			both++
		}
	}
	return len(n.base.subjects) - both + n.fresh.len()
}

// Search returns the subjects of whose names text is a part, or of whose
// initials, at most limit where that is above 0: first those whose name it is,
// then those whose name begins with it, then the others, each oldest record
// first. Case, width, spaces, points and dashes make no difference. A text of
// nothing else has no hits.
func (n *Names) Search(text string, limit int) []Hit {
	folded := fold(text)
	if folded == "" || n == nil {
		return nil
	}
	var out []Hit
	seen := map[string]bool{}
	// Each sweep ends when there are enough hits, so that a text that stands in
	// every name costs no more than one that stands in none.
	for _, want := range []string{"\x00" + folded + "\x00", "\x00" + folded, folded} {
		for _, part := range []struct {
			list *nameList
			skip map[string]bool
		}{{n.base, n.replaced}, {n.fresh, nil}} {
			l := part.list
			l.search([]byte(want), func(subject, name int) bool {
				id := l.idBytes(subject)
				if part.skip[string(id)] || seen[string(id)] {
					return true
				}
				seen[string(id)] = true
				out = append(out, Hit{string(id), l.kind(subject), l.title(subject), string(l.text(name))})
				return limit <= 0 || len(out) < limit
			})
			if limit > 0 && len(out) >= limit {
				return out
			}
		}
	}
	return out
}
