package state

import (
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// Request is a letter that asks for a consent, to be written into Folder.
type Request struct {
	Subject authz.SubjectID
	ID      authz.ConsentID // of the letter that was looked at; empty: a new one
	Scope
	Forms              []string // companies: of the name
	Kinds              []string // of information, beside what is shown
	Sensitive          bool     // some of them are
	Necessity, Effect  string   // of the sensitive ones
	Work, Source, Keep string
	Sender, ReplyTo    string
	ReplyBy            time.Time
	Guardian           bool   // the form has a guardian's part
	Confidentiality    string // companies: how it stands to that clause
	Attached           string // a file that is sent along
	Recipients         []Recipient
	Lang               string // zh or en
	Folder             string
}

// A Recipient is somebody else who gets what is agreed to.
type Recipient struct {
	Name, Contact, Purpose, Method, Kinds string
	Abroad                                bool
	Rights                                string // abroad: how one's rights are used there
}

// said reports whether nothing of a recipient is missing.
func (r Recipient) said() bool {
	for _, t := range []string{r.Name, r.Contact, r.Purpose, r.Method, r.Kinds} {
		if strings.TrimSpace(t) == "" {
			return false
		}
	}
	return !r.Abroad || strings.TrimSpace(r.Rights) != ""
}

// Unsaid is the key of what the letter does not say yet, or says wrongly, or empty.
func (r Request) Unsaid(now time.Time) string {
	switch m := r.wrongDays(now); {
	case m != "":
		return m
	case !r.ReplyBy.IsZero() && r.ReplyBy.Before(now):
		return "replyby"
	}
	return first(r.unsaid())
}

func (r Request) unsaid() []string {
	said := func(texts ...string) bool {
		return !slices.ContainsFunc(texts, func(t string) bool { return strings.TrimSpace(t) == "" })
	}
	ws := append([]want{{"work", said(r.Work)}}, r.wants()...)
	return lacking(append(ws, want{"until", !r.Until.IsZero()}, want{"source", said(r.Source)}, want{"keep", said(r.Keep)},
		want{"necessity", !r.Sensitive || said(r.Necessity, r.Effect)},
		want{"recipient", !slices.ContainsFunc(r.Recipients, func(x Recipient) bool { return !x.said() })}))
}

// Missing is the key of what is not said yet, or empty.
func (r Request) Missing(now time.Time) string {
	if m := r.Unsaid(now); m != "" {
		return m
	}
	return first(r.Lacks())
}

// Lacks are the keys of all that is not said yet.
func (r Request) Lacks() []string {
	return append(r.unsaid(), lacking([]want{{"folder", r.Folder != ""}})...)
}

// A LetterDraft is a letter as it will be written: the files that can be looked at.
type LetterDraft struct {
	ID     authz.ConsentID
	Files  []string // what each is: letter, form, notice, mail, …
	Papers []Paper
}
