package acts

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	"consentry/authz"
	"consentry/internal/wiring"
	"consentry/ui/state"
)

// soon is within how many days a consent that ends is said to lapse.
const soon = 90

// Marks implements ui.Registry.
func (r Registry) Marks(ctx context.Context) (state.Marks, error) {
	now := time.Now()
	m := state.Marks{Lapsing: map[authz.SubjectID]bool{}, Withdrawn: map[authz.SubjectID]bool{}}
	ends, err := r.app.Vault.Endings(ctx, now, now.AddDate(0, 0, soon+1))
	if err != nil {
		return m, err
	}
	for _, e := range ends {
		m.Lapsing[e.Subject] = true
	}
	cs, err := r.app.Vault.AllConsents(ctx)
	if err != nil {
		return m, err
	}
	for _, c := range cs {
		if state.Stands(c, now) == state.AgreedWithdrawn {
			m.Withdrawn[c.Subject] = true
		}
	}
	return m, nil
}

// Grid implements ui.Registry. Each cell is asked of the rules as Explain asks.
func (r Registry) Grid(ctx context.Context, id authz.SubjectID, p authz.Purpose, lang string) (state.Grid, error) {
	s, err := r.app.Vault.Subject(ctx, id)
	if err != nil {
		return state.Grid{}, err
	}
	cs, err := r.app.Vault.Consents(ctx, id)
	if err != nil {
		return state.Grid{}, err
	}
	g := state.NewGrid(s, cs, r.app.Pack.Vocabulary, p)
	ask := g.Purposes
	if p != "" {
		ask = []authz.Purpose{p}
	}
	// Where no purpose is asked about: the first for which something is shown.
	for _, p := range ask {
		x := state.NewGrid(s, cs, r.app.Pack.Vocabulary, p)
		if err := r.decide(ctx, id, &x, cs, lang); err != nil {
			return g, err
		}
		if x.Shows() || p == g.Purpose {
			g = x
		}
		if x.Shows() {
			break
		}
	}
	return g, nil
}

func (r Registry) decide(ctx context.Context, id authz.SubjectID, g *state.Grid, cs []authz.Consent, lang string) error {
	for i := range g.Rows {
		row := &g.Rows[i]
		for j, c := range row.Cells {
			use := authz.Use{Purpose: g.Purpose, Channel: row.Channel, Territory: "CN", Shows: []authz.Shows{c.Shows}}
			a, err := r.app.Explain(ctx, id, "", use, lang)
			if err != nil {
				return err
			}
			var leans []authz.Consent
			for _, c := range cs {
				if slices.Contains(a.Consents, c.ID) {
					leans = append(leans, c)
				}
			}
			row.Decided(j, state.Explanation{Verdict: a.Verdict, Why: a.Why, Law: a.Law, Code: a.Reason}, leans)
		}
	}
	g.Ends(cs, time.Now())
	return nil
}

// OpenEvidence implements ui.Registry. The file stays in memory; that somebody looks at
// it is logged.
func (r Registry) OpenEvidence(ctx context.Context, sha256, name string) (state.Paper, error) {
	var b bytes.Buffer
	if err := r.app.GetEvidence(ctx, sha256, &b); err != nil {
		return nil, err
	}
	p, err := r.app.Cases().Look(ctx, name, b.Bytes())
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Copy implements ui.Registry.
func (r Registry) Copy(ctx context.Context, id authz.SubjectID, to, folder string) (string, error) {
	name := filepath.Join(folder, "consentry-"+string(id)+"-"+time.Now().Format(time.DateOnly)+".zip")
	err := wiring.WriteNew(name, func(f *os.File) error { return r.app.Copy(ctx, id, to, f) })
	return name, err
}
