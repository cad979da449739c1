package authztest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"consentry/authz"
)

// Memory is a registry in memory, for tests and for the sample case. The zero
// value is empty and ready.
type Memory struct {
	mu       sync.RWMutex
	subjects map[authz.SubjectID]authz.Subject
	consents map[authz.ConsentID]authz.Consent
	notices  map[string]authz.Notice
	grounds  []authz.Ground
	order    []authz.ConsentID
}

var _ Registry = (*Memory)(nil)

// clone copies a record with all that hangs on it.
func clone[T any](v T) T {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // the records are plain data
	}
	var c T
	if err := json.Unmarshal(b, &c); err != nil {
		panic(err)
	}
	return c
}

// Match compares by authz.FoldName and nothing else: 1 for a name, or no
// candidate.
func (m *Memory) Match(ctx context.Context, s authz.Sighting) ([]authz.Candidate, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []authz.Candidate
	want := authz.FoldName(s.Text)
	for id, subject := range m.subjects {
		if want == "" || s.Kind != "" && s.Kind != subject.Kind {
			continue
		}
		if slices.ContainsFunc(subject.Names, func(n authz.Name) bool { return authz.FoldName(n.Text) == want }) {
			out = append(out, authz.Candidate{Subject: id, Score: 1})
		}
	}
	slices.SortFunc(out, func(a, b authz.Candidate) int { return strings.Compare(string(a.Subject), string(b.Subject)) })
	return out, ctx.Err()
}

// Grounds gives a subject's recorded grounds.
func (m *Memory) Grounds(ctx context.Context, id authz.SubjectID) ([]authz.Ground, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []authz.Ground
	for _, g := range m.grounds {
		if g.Subject == id {
			out = append(out, clone(g))
		}
	}
	return out, ctx.Err()
}

// PutGround files a ground of a known subject, or replaces the one of its id.
func (m *Memory) PutGround(_ context.Context, g authz.Ground) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.subjects[g.Subject]; !ok {
		return fmt.Errorf("ground %s: subject: %w", g.ID, authz.ErrUnknown)
	}
	i := slices.IndexFunc(m.grounds, func(o authz.Ground) bool { return o.ID == g.ID })
	if i >= 0 {
		m.grounds[i] = clone(g)
	} else {
		m.grounds = append(m.grounds, clone(g))
	}
	return nil
}

// Subject gives one subject.
func (m *Memory) Subject(ctx context.Context, id authz.SubjectID) (authz.Subject, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	s, ok := m.subjects[id]
	if !ok {
		return s, fmt.Errorf("subject %s: %w", id, authz.ErrUnknown)
	}
	return clone(s), ctx.Err()
}

// SubjectsOf gives those of some subjects that are there.
func (m *Memory) SubjectsOf(ctx context.Context, ids []authz.SubjectID) (map[authz.SubjectID]authz.Subject, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := map[authz.SubjectID]authz.Subject{}
	for _, id := range ids {
		if s, ok := m.subjects[id]; ok {
			out[id] = clone(s)
		}
	}
	return out, ctx.Err()
}

// ConsentsOf gives those of some records that are there.
func (m *Memory) ConsentsOf(ctx context.Context, ids []authz.ConsentID) (map[authz.ConsentID]authz.Consent, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	out := map[authz.ConsentID]authz.Consent{}
	for _, id := range ids {
		if c, ok := m.consents[id]; ok {
			out[id] = clone(c)
		}
	}
	return out, ctx.Err()
}

// Named reports which of some texts Match has candidates for.
func (m *Memory) Named(ctx context.Context, texts []string) (map[string]bool, error) {
	out := map[string]bool{}
	for _, t := range texts {
		cs, err := m.Match(ctx, authz.Sighting{Text: t})
		if err != nil {
			return nil, err
		}
		if len(cs) > 0 {
			out[t] = true
		}
	}
	return out, nil
}

// Consents gives the records of a subject in the order they came in.
func (m *Memory) Consents(ctx context.Context, id authz.SubjectID) ([]authz.Consent, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out []authz.Consent
	for _, c := range m.order {
		if m.consents[c].Subject == id {
			out = append(out, clone(m.consents[c]))
		}
	}
	return out, ctx.Err()
}

// Notice gives the notice with a digest.
func (m *Memory) Notice(ctx context.Context, sha256 string) (authz.Notice, error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	n, ok := m.notices[sha256]
	if !ok {
		return n, fmt.Errorf("notice: %w", authz.ErrUnknown)
	}
	return clone(n), ctx.Err()
}

// PutSubject implements [Writer].
func (m *Memory) PutSubject(ctx context.Context, s authz.Subject) error {
	if s.ID == "" {
		return errors.New("put subject: no id")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.subjects == nil {
		m.subjects = map[authz.SubjectID]authz.Subject{}
	}
	m.subjects[s.ID] = clone(s)
	return ctx.Err()
}

// PutConsent implements [Writer]. A record that is there already is not changed.
func (m *Memory) PutConsent(ctx context.Context, c authz.Consent) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.subjects[c.Subject]; !ok {
		return fmt.Errorf("put consent %s: subject: %w", c.ID, authz.ErrUnknown)
	}
	if _, ok := m.consents[c.ID]; ok || c.ID == "" {
		return fmt.Errorf("put consent %q: the id is taken or empty", c.ID)
	}
	if m.consents == nil {
		m.consents = map[authz.ConsentID]authz.Consent{}
	}
	m.consents[c.ID] = clone(c)
	m.order = append(m.order, c.ID)
	return ctx.Err()
}

// AppendEvent implements [Writer].
func (m *Memory) AppendEvent(ctx context.Context, id authz.ConsentID, e authz.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, ok := m.consents[id]
	if !ok {
		return fmt.Errorf("append event to consent %s: %w", id, authz.ErrUnknown)
	}
	c.Events = append(slices.Clone(c.Events), e)
	m.consents[id] = c
	return ctx.Err()
}

// PutNotice implements [Writer].
func (m *Memory) PutNotice(ctx context.Context, n authz.Notice) error {
	if sum := sha256.Sum256([]byte(n.Text)); n.Text != "" && hex.EncodeToString(sum[:]) != n.SHA256 {
		return errors.New("put notice: its text has another digest")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.notices == nil {
		m.notices = map[string]authz.Notice{}
	}
	m.notices[n.SHA256] = clone(n)
	return ctx.Err()
}
