package registry

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
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

// A Reply is what came back.
type Reply struct {
	State     authz.State // Given, Refused, Deferred
	On        time.Time   // when it was signed; zero: now
	Evidence  *File       // nil: the returned form that was filed last
	Intake    string
	Reason    string
	Voluntary bool
	Separate  bool
	Written   bool
	Authority bool
	GivenBy   string // who signed, where not who was asked
	// What was ticked, where it is less than what was asked for; empty: all of it.
	Purposes    []authz.Purpose
	Channels    []authz.Channel
	Territories []authz.Territory
	Shows       []authz.Shows
	Forms       []string // companies: forms of the name that are allowed
	Until       time.Time
}

// Reply records the answer to a request. A consent may be narrower than what was
// asked for, never wider. Where whoever records it may not confirm grants, it waits
// (see Grant).
func (r *Registrar) Reply(ctx context.Context, id authz.ConsentID, a Reply) (authz.Consent, error) {
	c, err := r.Vault.Consent(ctx, id)
	if errors.Is(err, authz.ErrUnknown) {
		return c, ErrNoRequest
	}
	if err != nil {
		return c, err
	}
	now := r.now()
	if !open(c.StateAt(now)) {
		return c, fmt.Errorf("%s: %w", id, ErrAnswered)
	}
	on := a.On
	if on.IsZero() {
		on = now
	}
	if on.After(now) {
		return c, fmt.Errorf("signed on: %w", ErrFuture)
	}
	switch a.State {
	case authz.Refused:
		_, err := r.Refuse(ctx, c.Subject, No{Only: id, Intake: a.Intake, Reason: a.Reason, Received: on, Evidence: a.Evidence})
		return c, err
	case authz.Deferred:
		if err := r.Allow(ctx, authz.ActRequest); err != nil {
			return c, err
		}
		e := Entry{Action: "consent.request.answer", Subject: c.Subject, Consents: []authz.ConsentID{id}}
		return c, r.Record(ctx, e, func(tx *store.Tx) error {
			return tx.AppendEvent(ctx, id, authz.Event{State: authz.Deferred, At: now, By: r.user, Intake: a.Intake, Reason: a.Reason})
		})
	case authz.Given:
	default:
		return c, ErrUnanswered
	}
	if !narrow(&c.Purposes, a.Purposes) || !narrow(&c.Channels, a.Channels) || !narrow(&c.Territories, a.Territories) || !narrow(&c.Shows, a.Shows) ||
		!a.Until.IsZero() && !c.Until.IsZero() && a.Until.After(c.Until) {
		return c, ErrWider
	}
	if !a.Until.IsZero() {
		c.Until = a.Until
	}
	if a.GivenBy != "" {
		c.GivenBy = a.GivenBy
	}
	c.Voluntary, c.Separate, c.Written, c.Authority, c.AllowedForms = a.Voluntary, a.Separate, a.Written, a.Authority, a.Forms
	// A form signed on the day of the letter was signed after it was read.
	if n, err := r.Vault.Notice(ctx, c.Notice); err == nil && on.Before(n.GivenAt) && sameDay(on, n.GivenAt) {
		on = n.GivenAt
	}
	c.Events = append(slices.Clone(c.Events), authz.Event{State: authz.Given, At: on.UTC(), By: r.user, Intake: a.Intake})
	if a.Evidence == nil {
		filed, err := r.Vault.Evidence(ctx, c.Subject)
		if err != nil {
			return c, err
		}
		for _, e := range filed {
			if e.Consent == id && e.Of == authz.OfAnswer {
				c.Evidence = e.SHA256
			}
		}
	}
	return r.Grant(ctx, Grant{Consent: c, Evidence: a.Evidence})
}

func sameDay(a, b time.Time) bool {
	a, b = a.Local(), b.Local()
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// narrow puts what was ticked in the place of what was asked for; false where
// something was not asked for.
func narrow[T comparable](asked *[]T, ticked []T) bool {
	if len(ticked) == 0 {
		return true
	}
	for _, t := range ticked {
		if !slices.Contains(*asked, t) {
			return false
		}
	}
	*asked = ticked
	return true
}

// KeepReturned seals a returned form as evidence of a request.
func (r *Registrar) KeepReturned(ctx context.Context, request string, f File) error {
	c, err := r.Vault.Consent(ctx, authz.ConsentID(request))
	if errors.Is(err, authz.ErrUnknown) {
		return ErrNoRequest
	}
	if err != nil {
		return err
	}
	_, err = r.KeepEvidence(ctx, f, authz.Evidence{Of: authz.OfAnswer, Subject: c.Subject, Consent: c.ID, Retention: c.Retention})
	return err
}

// A Due is something about a consent that somebody has to see to.
type Due struct {
	Consent authz.ConsentID `json:"consent"`
	Subject authz.SubjectID `json:"subject"`
	What    string          `json:"what"`             // requested, deferred, confirm, expiring, expired
	Since   time.Time       `json:"since,omitzero"`   // what waits: since when
	Until   time.Time       `json:"until,omitzero"`   // expiring: exclusive end
	Days    int             `json:"days"`             // expiring: that are left; requested and deferred: that have passed
	Within  int             `json:"within,omitempty"` // expiring: 7, 30 or 90
	Filed   bool            `json:"filed,omitempty"`  // a form came back and waits to be read
	Work    string          `json:"work,omitempty"`
}

// reminders are the days before a consent's end at which one is reminded.
var reminders = []int{7, 30, 90}

// Dues lists requests that await an answer, grants that await confirmation, and
// consents that end within 90 days or ended in the last 90 and were not renewed,
// the most urgent first. Only what waits is opened: of what ends the index knows
// enough.
func (r *Registrar) Dues(ctx context.Context) ([]Due, error) {
	out, err := r.waiting(ctx)
	if err != nil {
		return nil, err
	}
	now := r.now()
	last := reminders[len(reminders)-1]
	ends, err := r.Vault.Endings(ctx, now.AddDate(0, 0, -last), now.AddDate(0, 0, last+1))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, urgent)
	// What ends is in order already, and goes in one piece behind what is more urgent.
	ending := make([]Due, 0, len(ends))
	for _, e := range ends {
		if d := (Due{Consent: e.Consent, Subject: e.Subject, Until: e.Until}); d.ending(now) {
			ending = append(ending, d)
		}
	}
	i, _ := slices.BinarySearchFunc(out, Due{What: "expired"}, urgent)
	if i < len(out) && (out[i].What == "expired" || out[i].What == "expiring") {
		out = append(out, ending...)
		slices.SortStableFunc(out, urgent)
		return out, nil
	}
	return slices.Insert(out, i, ending...), nil
}

// urgent orders what is due.
func urgent(a, b Due) int {
	return cmp.Or(a.rank()-b.rank(), a.Until.Compare(b.Until), strings.Compare(string(a.Consent), string(b.Consent)))
}

func (d Due) rank() int {
	return slices.Index([]string{"confirm", "expired", "expiring", "requested", "deferred"}, d.What)
}

// ending says what is due of a consent that is valid until d.Until; false where that
// is far off, or long ago.
func (d *Due) ending(now time.Time) bool {
	left := int(d.Until.Sub(now).Hours() / 24)
	switch {
	case !now.Before(d.Until) && now.Before(d.Until.AddDate(0, 0, 90)):
		d.What, d.Days = "expired", left
	case now.Before(d.Until) && left < reminders[len(reminders)-1]:
		d.What, d.Days = "expiring", left
		d.Within = reminders[slices.IndexFunc(reminders, func(n int) bool { return left < n })]
	}
	return d.What != ""
}

// waiting is what of the consents that may wait for somebody does.
func (r *Registrar) waiting(ctx context.Context) ([]Due, error) {
	cs, err := r.Vault.Awaiting(ctx)
	if err != nil || len(cs) == 0 {
		return nil, err
	}
	filed, err := r.Vault.Returned(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := r.Vault.AwaitingDocs(ctx, store.RequestBucket)
	if err != nil {
		return nil, err
	}
	now := r.now()
	var out []Due
	for _, c := range cs {
		d := Due{Consent: c.ID, Subject: c.Subject, Until: c.Until}
		last := authz.Event{}
		for _, e := range c.Events {
			if !e.At.After(now) && !e.At.Before(last.At) {
				last = e
			}
		}
		d.Since = last.At
		switch s := c.StateAt(now); {
		case open(s):
			d.What, d.Filed, d.Days = "requested", filed[c.ID], int(now.Sub(last.At).Hours()/24)
			if s == authz.Deferred {
				d.What = "deferred"
			}
			var a Asked
			if json.Unmarshal(asked[c.ID], &a) == nil {
				d.Work = a.Work
			}
		case s == authz.Unknown && last.Reason == AwaitsConfirmation:
			d.What = "confirm"
		case s.Valid() && c.Kind == "publish" && !c.Until.IsZero(): // it began after it was recorded
			d.ending(now)
		}
		if d.What != "" {
			out = append(out, d)
		}
	}
	return out, nil
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
