package wiring

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"consentry/authz"
	"consentry/internal/casework"
	"consentry/redact"
)

// An Answer is a decision in words.
type Answer struct {
	authz.Decision
	Why    string   `json:"why"`
	Next   string   `json:"next,omitempty"`  // what would change it
	Law    string   `json:"law,omitempty"`   // the articles
	Rules  string   `json:"rules"`           // the rule pack's id and version
	Others []string `json:"other,omitempty"` // ids of those who bear the name too
}

// Explain asks the policy about one use, of a subject by id, or of whoever bears a
// name: the decision that a case would come to, without a case. lang is zh or en.
func (a *App) Explain(ctx context.Context, id authz.SubjectID, name string, use authz.Use, lang string) (Answer, error) {
	now := time.Now()
	f := casework.FactsNow(now)
	f.Use, f.PreparedBy, f.Claim = use, a.User(), authz.Claim{Basis: 1}
	f.Identity.By = "text"
	if last, err := a.Vault.Latest(ctx); err != nil {
		return Answer{}, err
	} else if last.After(now) {
		f.KnownAt = last
	}
	if f.Use.At.IsZero() {
		f.Use.At = now
	}
	if id != "" {
		if _, err := a.Vault.Subject(ctx, id); err != nil {
			return Answer{}, err
		}
		f.Identity.Candidates = []authz.Candidate{{Subject: id, Score: 1}}
	} else {
		ms, err := a.Vault.Match(ctx, authz.Sighting{Text: name})
		if err != nil {
			return Answer{}, err
		}
		f.Identity.Candidates = ms
	}
	ans := Answer{Rules: a.Pack.ID + " " + a.Pack.Version}
	for _, c := range f.Identity.Candidates {
		if err := casework.Gather(ctx, a.Vault, &f, c.Subject); err != nil {
			return Answer{}, err
		}
		if s := f.Subjects[c.Subject]; s.Kind == authz.Organisation && f.Use.Form == "" {
			f.Use.Form = "full"
		}
		if len(f.Identity.Candidates) > 1 {
			ans.Others = append(ans.Others, string(c.Subject))
		}
	}
	ans.Decision = a.Pack.Decide(f)
	code := ans.Reason
	ans.Why, ans.Next, ans.Law = a.Pack.Explain(code, lang), a.Pack.NextStep(code, lang), a.Pack.Cite(code, lang)
	return ans, nil
}

// TextDigest is the digest by which the approved words of a quotation or of figures are
// known: the SHA-256 of the text without spaces around it, or the text itself where it is
// such a digest. That of no text is empty.
func TextDigest(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if b, err := hex.DecodeString(text); err == nil && len(b) == sha256.Size {
		return text
	}
	return redact.Sum([]byte(text)).String()
}
