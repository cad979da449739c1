package state

import (
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

// Unsaid is the key of what the letter does not say yet, or empty.
func (r Request) Unsaid(now time.Time) string {
	switch m := r.missing(now); {
	case strings.TrimSpace(r.Work) == "":
		return "work"
	case m != "":
		return m
	case strings.TrimSpace(r.Source) == "":
		return "source"
	case strings.TrimSpace(r.Keep) == "":
		return "keep"
	case r.Sensitive && (strings.TrimSpace(r.Necessity) == "" || strings.TrimSpace(r.Effect) == ""):
		return "necessity"
	case !r.ReplyBy.IsZero() && r.ReplyBy.Before(now):
		return "replyby"
	}
	for _, x := range r.Recipients {
		if !x.said() {
			return "recipient"
		}
	}
	return ""
}

// Missing is the key of what is not said yet, or empty.
func (r Request) Missing(now time.Time) string {
	if m := r.Unsaid(now); m != "" {
		return m
	}
	if r.Folder == "" {
		return "folder"
	}
	return ""
}

// A LetterDraft is a letter as it will be written: the files that can be looked at.
type LetterDraft struct {
	ID     authz.ConsentID
	Files  []string // what each is: letter, form, notice, mail, …
	Papers []Paper
}
