package registry

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"consentry/authz"
	"consentry/authz/exchange"
	"consentry/internal/letters"
	"consentry/internal/store"
)

// Errors of requests.
var (
	ErrNoHandler  = errors.New("nobody said yet who asks for consents and publishes; the handler is set first")
	ErrNoRequest  = errors.New("no such request")
	ErrWider      = errors.New("an answer covers no more than what was asked for")
	ErrUnanswered = errors.New("an answer is given, refused or deferred")
	ErrAnswered   = errors.New("it was answered already")
)

// Asked is a request as it is kept, beside its consent record, whose state says
// how it stands: what the letter said that the record does not.
type Asked struct {
	Consent    authz.ConsentID     `json:"consent"`
	Work       string              `json:"work,omitempty"`
	Lang       string              `json:"lang"`
	Source     string              `json:"source,omitempty"`
	Keep       string              `json:"keep,omitempty"`
	Recipients []letters.Recipient `json:"recipients,omitempty"`
	Sender     string              `json:"sender"`
	ReplyTo    string              `json:"reply_to,omitempty"`
	ReplyBy    time.Time           `json:"reply_by,omitzero"`
	Draft      letters.Attachment  `json:"draft,omitzero"`
	Company    letters.Company     `json:"company,omitzero"`
	Guardian   bool                `json:"guardian,omitempty"`
	Case       string              `json:"case,omitempty"`
	At         time.Time           `json:"at"`
}

// Tell puts kinds of information beside what is shown into what is asked for. The
// sensitive among them need a reason and an effect on the person (PIPL 30).
func Tell(c *authz.Consent, kinds authz.Terms, necessity, effect string) {
	for _, t := range kinds {
		c.Kinds = append(c.Kinds, t.ID)
		if t.Sensitive {
			if c.Sensitive == nil {
				c.Sensitive = &authz.Sensitive{Necessity: necessity, Effect: effect}
			}
			c.Sensitive.Kinds = append(c.Sensitive.Kinds, t.ID)
		}
	}
}

// Pass names somebody else who gets it.
func (a *Asked) Pass(c *authz.Consent, to letters.Recipient) {
	a.Recipients = append(a.Recipients, to)
	c.Recipients = append(c.Recipients, to.Name)
	c.CrossBorder = c.CrossBorder || to.Abroad
}

// Draft is the letter that Ask would make, with the same id where one is given.
// Nothing is recorded.
func (r *Registrar) Draft(ctx context.Context, c authz.Consent, a Asked, press letters.Press) (letters.Letter, error) {
	req, err := r.prepare(ctx, &c, &a)
	if err != nil {
		return letters.Letter{}, err
	}
	return press.Make(req)
}

// Ask asks a subject for a consent of a scope: it makes the notice, opens a record
// in the state ConsentRequested, and makes the letter. c says the scope; where it
// has no id, it gets one. An id of a request that is open makes its letter anew,
// with another notice.
func (r *Registrar) Ask(ctx context.Context, c authz.Consent, a Asked, press letters.Press) (letters.Letter, error) {
	req, err := r.prepare(ctx, &c, &a)
	if err != nil {
		return letters.Letter{}, err
	}
	letter, err := press.Make(req)
	if err != nil {
		return letters.Letter{}, err
	}
	now := a.At
	req.Notice.GivenAt = now
	c.Notice, c.NoticeSHA256 = req.Notice.SHA256, req.Notice.SHA256
	c.Events = []authz.Event{{State: authz.Requested, At: now, By: r.user}}
	doc, err := json.Marshal(a)
	if err != nil {
		return letters.Letter{}, err
	}
	e := Entry{Action: "consent.request", Subject: c.Subject, Consents: []authz.ConsentID{c.ID}}
	return letter, r.Record(ctx, e, func(tx *store.Tx) error {
		old, err := tx.Consent(ctx, c.ID)
		switch {
		case err == nil && !open(old.StateAt(now)):
			return fmt.Errorf("%s: %w", c.ID, ErrAnswered)
		case err != nil && !errors.Is(err, authz.ErrUnknown):
			return err
		}
		if err := putNotice(ctx, tx, req.Notice); err != nil {
			return err
		}
		if _, err := r.putConsent(ctx, tx, c, true); err != nil {
			return err
		}
		return tx.PutDoc(ctx, store.RequestBucket, string(c.ID), doc)
	})
}

// prepare fills in what a request does not say of itself.
func (r *Registrar) prepare(ctx context.Context, c *authz.Consent, a *Asked) (letters.Request, error) {
	if err := r.Allow(ctx, authz.ActRequest); err != nil {
		return letters.Request{}, err
	}
	s, err := r.Vault.Subject(ctx, c.Subject)
	if err != nil {
		return letters.Request{}, err
	}
	h, err := r.Vault.Handler(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return letters.Request{}, ErrNoHandler
	}
	if err != nil {
		return letters.Request{}, err
	}
	now := r.now()
	if c.ID == "" {
		c.ID = authz.ConsentID(store.NewID("c_"))
	}
	c.Kind, c.CollectedBy = "publish", "us"
	if c.From.IsZero() {
		c.From = now
	}
	if c.GivenBy == "" {
		c.GivenBy = "self"
		if s.Kind == authz.Organisation {
			c.GivenBy = "company"
		}
	}
	if c.Retention.IsZero() && !c.Until.IsZero() {
		c.Retention = c.Until.AddDate(cmp.Or(h.KeepYears, 3), 0, 0) // PIPL 56: three years at least
	}
	a.Consent, a.At = c.ID, now
	a.Sender = cmp.Or(a.Sender, r.user)
	return r.request(h, s, *c, *a)
}

// open reports whether a request in this state awaits an answer.
func open(s authz.State) bool { return s == authz.Requested || s == authz.Deferred }

// request is the letter's, with its notice.
func (r *Registrar) request(h authz.Handler, s authz.Subject, c authz.Consent, a Asked) (letters.Request, error) {
	t := letters.Terms{
		Lang: a.Lang, Vocabulary: r.Pack.Vocabulary, Work: a.Work, Purposes: c.Purposes, Channels: c.Channels, Territories: c.Territories, Shows: c.Shows,
		Kinds: c.Kinds, Source: a.Source, From: c.From, Until: c.Until, Keep: a.Keep, Recipients: a.Recipients, Sensitive: c.Sensitive,
	}
	n, err := letters.Notice(h, t, a.At.Format("2006-01-02"), a.At)
	if err != nil {
		return letters.Request{}, err
	}
	return letters.Request{
		Terms: t, ID: string(c.ID), Subject: s, Handler: h, Notice: n, Date: a.At, Sender: a.Sender, ReplyTo: a.ReplyTo, ReplyBy: a.ReplyBy,
		Draft: a.Draft, Guardian: a.Guardian, Company: a.Company,
	}, nil
}

// Receipt writes what was recorded of a consent, for the person: as a record of
// ISO/IEC TS 27560 (.json), or to read (.pdf, .md). That it was made for them is
// logged.
func (r *Registrar) Receipt(ctx context.Context, id authz.ConsentID, ending, lang string, sheet exchange.Sheet, press letters.Press, w io.Writer) error {
	if err := r.Allow(ctx, authz.ActRequest); err != nil {
		return err
	}
	c, err := r.Vault.Consent(ctx, id)
	if err != nil {
		return err
	}
	s, err := r.Vault.Subject(ctx, c.Subject)
	if err != nil {
		return err
	}
	h, err := r.Vault.Handler(ctx)
	if errors.Is(err, store.ErrNotFound) {
		return ErrNoHandler
	}
	if err != nil {
		return err
	}
	n, err := r.Vault.Notice(ctx, c.Notice)
	if err != nil && !errors.Is(err, authz.ErrUnknown) {
		return err
	}
	var b bytes.Buffer
	switch ending {
	case ".json":
		err = sheet.ExportReceipt(&b, exchange.Record{Subject: s, Consent: c, Notice: n, Handler: h}, r.now())
	case ".pdf", ".md":
		text, terr := letters.Receipt{Lang: lang, Vocabulary: r.Pack.Vocabulary, Consent: c, Subject: s, Handler: h, Notice: n, On: r.now()}.Text()
		if err = terr; err == nil && ending == ".md" {
			b.WriteString(string(text))
		} else if err == nil {
			var pdf []byte
			pdf, err = press.PDF(letters.Document{Text: text, Lang: lang})
			b.Write(pdf)
		}
	default:
		return fmt.Errorf("no receipt is written as %q: .json, .pdf or .md", ending)
	}
	if err != nil {
		return err
	}
	if err := r.Record(ctx, Entry{Action: "receipt.send", Subject: s.ID, Consents: []authz.ConsentID{id}, Recipient: r.Vault.Salted(s.Title())}, nil); err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
