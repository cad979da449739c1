package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"consentry/authz"
)

// Questions about many records at once. A table that is imported asks about each of
// its rows; one statement for some hundred of them is several times quicker than one
// each, and a single message to a server.

// asked is how many values a statement takes.
const asked = 250

// several calls each for every row that query gives for any of the values. query ends
// before its list of values.
func several[T any](ctx context.Context, r reader, query string, values []T, each func(scan func(...any) error) error) error {
	if len(values) == 0 {
		return nil
	}
	if len(values) == 1 {
		return r.rows(ctx, query+` ($1)`, []any{values[0]}, each)
	}
	var b strings.Builder
	for i := range asked {
		fmt.Fprintf(&b, ",$%d", i+1)
	}
	query += " (" + b.String()[1:] + ")"
	for part := range slices.Chunk(values, asked) {
		args := make([]any, asked)
		for i := range args {
			args[i] = part[min(i, len(part)-1)] // the same statement for the last ones
		}
		if err := r.rows(ctx, query, args, each); err != nil {
			return err
		}
	}
	return nil
}

// SubjectsOf returns those of some subjects that are there.
func (r reader) SubjectsOf(ctx context.Context, ids []authz.SubjectID) (map[authz.SubjectID]authz.Subject, error) {
	out := map[authz.SubjectID]authz.Subject{}
	err := several(ctx, r, subjectColumns+` where id in`, ids, func(scan func(...any) error) error {
		s, err := r.scanSubject(scan)
		out[s.ID] = s
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up %d subjects: %w", len(ids), err)
	}
	return out, nil
}

// ConsentsOf returns those of some records that are there.
func (r reader) ConsentsOf(ctx context.Context, ids []authz.ConsentID) (map[authz.ConsentID]authz.Consent, error) {
	out := map[authz.ConsentID]authz.Consent{}
	err := several(ctx, r, consentColumns+` where id in`, ids, func(scan func(...any) error) error {
		c, err := r.scanConsent(scan)
		out[c.ID] = c
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up %d consents: %w", len(ids), err)
	}
	return out, nil
}

// Named reports which of some texts may be the name of a subject, so that
// [Vault.Match] is worth asking.
func (r reader) Named(ctx context.Context, texts []string) (map[string]bool, error) {
	var idx [][]byte
	of := map[string][]string{}
	for _, t := range texts {
		folded := fold(t)
		if folded == "" {
			continue
		}
		i := r.nameIndex(folded)
		if len(of[string(i)]) == 0 {
			idx = append(idx, i)
		}
		of[string(i)] = append(of[string(i)], t)
	}
	out := map[string]bool{}
	err := several(ctx, r, `select idx from subject_name where idx in`, idx, func(scan func(...any) error) error {
		var i sql.RawBytes
		if err := scan(&i); err != nil {
			return err
		}
		for _, t := range of[string(i)] {
			out[t] = true
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up %d names: %w", len(texts), err)
	}
	return out, nil
}
