package wiring

import (
	"context"
	"encoding/json"
	"slices"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/casework"
	"consentry/internal/registry"
	"consentry/internal/store"
	"consentry/redact"
	"consentry/redact/fold"
	"consentry/redact/names/forms"
)

// newRegistrar is the one that both programs act through.
func (a *App) newRegistrar(v *store.Vault, pack *authz.Pack, ops *authz.Operations) *registry.Registrar {
	r := &registry.Registrar{Vault: v, Pack: pack, Operations: ops, Variants: withVariants}
	r.Ended = func(ctx context.Context, tx *store.Tx, ids ...authz.SubjectID) error {
		if len(ids) > 10 { // an import: few of them have a template
			kept, err := tx.Docs(ctx, casework.TemplateBucket)
			if err != nil {
				return err
			}
			ids = slices.DeleteFunc(ids, func(id authz.SubjectID) bool { return !slices.Contains(kept, string(id)) })
		}
		for _, id := range ids {
			if _, err := a.dropTemplate(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	}
	r.Kept = func(ctx context.Context, id authz.SubjectID) ([][2]string, error) {
		docs := [][2]string{{casework.TemplateBucket, string(id)}}
		ls, err := a.Logos(ctx, id)
		for _, l := range ls {
			docs = append(docs, [2]string{casework.LogoBucket, l.ID})
		}
		return docs, err
	}
	r.Moved = func(ctx context.Context, tx *store.Tx, from, to authz.SubjectID) error {
		ls, err := casework.Logos(ctx, tx)
		if err != nil {
			return err
		}
		for _, l := range ls {
			if l.Subject != from {
				continue
			}
			l.Subject = to
			b, err := json.Marshal(l)
			if err != nil {
				return err
			}
			if err := tx.PutDoc(ctx, casework.LogoBucket, l.ID, b); err != nil {
				return err
			}
		}
		return nil
	}
	r.As("")
	return r
}

// Sheet reads and writes registry tables in the rule pack's words. Records of
// other handlers than the vault's come in as a partner's.
func (a *App) Sheet() exchange.Sheet {
	s := exchange.Sheet{Vocabulary: a.Pack.Vocabulary}
	if h, err := a.Vault.Handler(context.Background()); err == nil {
		s.Handlers = []string{h.ID}
	}
	return s
}

// withVariants adds the spellings under which a name is met: pinyin, a company
// without its legal form.
func withVariants(s authz.Subject) authz.Subject {
	has := map[string]bool{}
	for _, n := range s.Names {
		has[authz.FoldName(n.Text)] = true
	}
	for _, n := range s.Names[:len(s.Names):len(s.Names)] {
		for _, v := range append(forms.Variants(n.Text), simplified(n.Text)...) {
			if f := authz.FoldName(v); !has[f] {
				has[f] = true
				s.Names = append(s.Names, authz.Name{Text: v, Use: "variant"})
			}
		}
	}
	return s
}

// simplified is a name with traditional characters in simplified ones.
func simplified(name string) []string {
	if s := fold.Key(name); redact.LangOf(name) == redact.Chinese && s != name {
		return []string{s}
	}
	return nil
}
