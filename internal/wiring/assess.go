package wiring

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
)

// ErrAssessment is wrapped where an assessment lacks something.
var ErrAssessment = errors.New("an assessment needs a note and the name of who made it")

// AssessGrouping turns the grouping of unknown faces on: the owner's note on why
// it is needed and what it does to people is kept sealed, and the act is logged.
func (a *App) AssessGrouping(ctx context.Context, note, by string) error {
	if err := a.Allow(ctx, authz.ActKeep); err != nil {
		return err
	}
	if strings.TrimSpace(note) == "" || strings.TrimSpace(by) == "" {
		return ErrAssessment
	}
	b, err := json.Marshal(casework.Assessment{ID: store.NewID("a_"), Note: note, By: by, At: time.Now().UTC()})
	if err != nil {
		return err
	}
	return a.Record(ctx, registry.Entry{Action: "face.grouping.on"}, func(tx *store.Tx) error {
		return tx.PutDoc(ctx, casework.AssessmentBucket, casework.FaceGrouping, b)
	})
}

// StopGrouping turns the grouping of unknown faces off. With it go the kept
// results, among which are the groups.
func (a *App) StopGrouping(ctx context.Context) error {
	err := a.Record(ctx, registry.Entry{Action: "face.grouping.off"}, func(tx *store.Tx) error {
		return tx.DeleteDoc(ctx, casework.AssessmentBucket, casework.FaceGrouping)
	})
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := a.Vault.PurgeResults(ctx, time.Now().Add(time.Second)); err != nil {
		return fmt.Errorf("delete the groups: %w", err)
	}
	return nil
}

// Grouping is the assessment that grouping is on under; nil while it is off.
func (a *App) Grouping(ctx context.Context) (*casework.Assessment, error) {
	return casework.Grouping(ctx, a.Vault)
}
