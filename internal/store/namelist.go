package store

import (
	"bytes"
	"context"
	"errors"
	"sync"

	"consentry/authz"
)

// A nameList holds the names of subjects one behind another, which takes some
// fifty bytes a name and is searched in one sweep.
type nameList struct {
	ids, texts []byte
	forms      []byte // each form between two zero bytes
	subjects   []listedSubject
	names      []listedName
}

type listedSubject struct {
	id    uint32 // its end in ids
	names uint32 // the end of its names
	org   bool
}

type listedName struct {
	text, form uint32 // their ends in texts and forms
}

func (l *nameList) len() int {
	if l == nil {
		return 0
	}
	return len(l.subjects)
}

func (l *nameList) id(i int) string { return string(l.idBytes(i)) }

func (l *nameList) idBytes(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = l.subjects[i-1].id
	}
	return l.ids[from:l.subjects[i].id]
}

func (l *nameList) kind(i int) string {
	if l.subjects[i].org {
		return string(authz.Organisation)
	}
	return string(authz.Person)
}

// title is the first name, or the id where there is none, as of a Subject.
func (l *nameList) title(i int) string {
	from := uint32(0)
	if i > 0 {
		from = l.subjects[i-1].names
	}
	if from == l.subjects[i].names {
		return l.id(i)
	}
	return string(l.text(int(from)))
}

func (l *nameList) text(name int) []byte {
	from := uint32(0)
	if name > 0 {
		from = l.names[name-1].text
	}
	return l.texts[from:l.names[name].text]
}

// add takes a subject in; its names come through unpackNames.
func (l *nameList) add(id string, packed []byte) error {
	kind, err := unpackNames(packed, func(text []byte, forms [][]byte) {
		l.texts = append(l.texts, text...)
		for _, f := range forms {
			l.forms = append(append(l.forms, 0), f...)
		}
		l.forms = append(l.forms, 0)
		l.names = append(l.names, listedName{uint32(len(l.texts)), uint32(len(l.forms))})
	})
	if err != nil {
		return err
	}
	l.ids = append(l.ids, id...)
	l.subjects = append(l.subjects, listedSubject{uint32(len(l.ids)), uint32(len(l.names)), kind == authz.Organisation})
	return nil
}

// with is l and the subjects of other, which come in the place of those of l.
func (l *nameList) with(other *nameList) *nameList {
	if l.len() == 0 {
		return other
	}
	there := map[string]bool{}
	for i := range other.subjects {
		there[other.id(i)] = true
	}
	out := &nameList{}
	for _, from := range []*nameList{l, other} {
		for i := range from.subjects {
			if from == l && there[from.id(i)] {
				continue
			}
			out.copy(from, i)
		}
	}
	return out
}

func (l *nameList) copy(from *nameList, i int) {
	first := 0
	if i > 0 {
		first = int(from.subjects[i-1].names)
	}
	for n := first; n < int(from.subjects[i].names); n++ {
		start := uint32(0)
		if n > 0 {
			start = from.names[n-1].form
		}
		l.texts = append(l.texts, from.text(n)...)
		l.forms = append(l.forms, from.forms[start:from.names[n].form]...)
		l.names = append(l.names, listedName{uint32(len(l.texts)), uint32(len(l.forms))})
	}
	l.ids = append(l.ids, from.id(i)...)
	l.subjects = append(l.subjects, listedSubject{uint32(len(l.ids)), uint32(len(l.names)), from.subjects[i].org})
}

// search calls each for every subject with a form of which want is a part, with
// the first such name, until each returns false.
func (l *nameList) search(want []byte, each func(subject, name int) bool) {
	if l.len() == 0 {
		return
	}
	subject, name := 0, 0
	for pos := 0; ; {
		i := bytes.Index(l.forms[pos:], want)
		if i < 0 {
			return
		}
		// The zero byte before a form is that of the one before it too.
		at := uint32(pos + i)
		if want[0] == 0 {
			at++
		}
		for l.names[name].form <= at {
			name++
		}
		for l.subjects[subject].names <= uint32(name) {
			subject++
		}
		if !each(subject, name) {
			return
		}
		// On to the next subject, whose forms begin with a zero byte.
		last := l.subjects[subject].names - 1
		pos = int(l.names[last].form)
	}
}

// nameList reads subjects' names. Rows are read by one goroutine and opened by
// several.
func (r reader) nameList(ctx context.Context, where string, args ...any) (*nameList, error) {
	type row struct {
		id     string
		sealed []byte
	}
	const batch = 1000
	var lists []*nameList
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	slots := make(chan struct{}, openers)
	flush := func(rows []row) {
		l := &nameList{}
		lists = append(lists, l)
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			for _, row := range rows {
				b, err := r.open(namesPlace(row.id), row.sealed)
				if err == nil {
					err = l.add(row.id, b)
				}
				if err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
					return
				}
			}
		})
	}
	var rows []row
	err := r.rows(ctx, `select id, names from subject `+where, args, func(scan func(...any) error) error {
		var x row
		if err := scan(&x.id, &x.sealed); err != nil {
			return err
		}
		if x.sealed == nil {
			return nil // a record that did not open when the column was added
		}
		if rows = append(rows, x); len(rows) == batch {
			flush(rows)
			rows = nil
		}
		return nil
	})
	flush(rows)
	wg.Wait()
	if err := errors.Join(err, failed); err != nil {
		return nil, err
	}
	return join(lists), nil
}

// openers is how many goroutines open names; more do not make it faster.
const openers = 4

// join makes one list of several.
func join(lists []*nameList) *nameList {
	out := &nameList{}
	var ids, texts, forms, subjects, names int
	for _, l := range lists {
		ids, texts, forms = ids+len(l.ids), texts+len(l.texts), forms+len(l.forms)
		subjects, names = subjects+len(l.subjects), names+len(l.names)
	}
	out.ids, out.texts, out.forms = make([]byte, 0, ids), make([]byte, 0, texts), make([]byte, 0, forms)
	out.subjects, out.names = make([]listedSubject, 0, subjects), make([]listedName, 0, names)
	for _, l := range lists {
		id, text, form, name := uint32(len(out.ids)), uint32(len(out.texts)), uint32(len(out.forms)), uint32(len(out.names))
		for _, s := range l.subjects {
			out.subjects = append(out.subjects, listedSubject{s.id + id, s.names + name, s.org})
		}
		for _, n := range l.names {
			out.names = append(out.names, listedName{n.text + text, n.form + form})
		}
		out.ids, out.texts, out.forms = append(out.ids, l.ids...), append(out.texts, l.texts...), append(out.forms, l.forms...)
	}
	return out
}
