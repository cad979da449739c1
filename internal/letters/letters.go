// Package letters makes the letters and forms that are sent out and come back
// signed: requests for consent, notices, consent forms, authorizations of
// companies, withdrawals, receipts and what goes to partners. They are filled in
// from the templates in assets/forms and written as Markdown, PDF and DOCX.
//
// What the law asks of a form is kept here: each purpose, channel, territory and
// shown item has its own box, no box is ever ticked, to refuse takes one tick, the
// whole notice is attached, and a form that would have a hole is not made. The
// forms are working templates, not legal advice (docs/forms.md).
//
// The package has no clock and no store. Equal input gives equal bytes.
package letters

import "consentry/authz"

// The roles of files.
const (
	RoleLetter     = "letter"     // the request
	RoleForm       = "form"       // consent form or authorization, with the whole notice
	RoleFace       = "face"       // separate consent to face matching, with its note
	RoleWithdrawal = "withdrawal" // a form to withdraw with
	RoleNotice     = "notice"     // the notice alone, as Markdown
	RoleMail       = "mail"       // the e-mail
)

// Media types of files.
const (
	MediaPDF      = "application/pdf"
	MediaDOCX     = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	MediaMarkdown = "text/markdown; charset=utf-8"
	MediaText     = "text/plain; charset=utf-8"
	MediaMail     = "message/rfc822"
)

// A File is one file of a letter. Its name holds the request id and no person's.
type File struct {
	Name  string
	Role  string // letter, form, face, withdrawal, notice, mail
	Media string
	Bytes []byte
}

// A Letter is what is sent for one request.
type Letter struct {
	RequestID string
	Notice    string // SHA-256 of the attached notice
	// FaceNotice is the note attached to the form on face matching; nil where that is
	// not asked for.
	FaceNotice *authz.Notice
	Mail       Mail
	Files      []File
}

// File gives the first file of a role and media type.
func (l Letter) File(role, media string) (File, bool) {
	for _, f := range l.Files {
		if f.Role == role && f.Media == media {
			return f, true
		}
	}
	return File{}, false
}

// Fonts gives the regular and the bold face of a TrueType font with Han glyphs.
type Fonts func() (regular, bold []byte, err error)

// A Press writes documents. It is safe for concurrent use if Fonts is.
type Press struct {
	// Fonts are read when a PDF is written, not before.
	Fonts Fonts
}

// A Document is a text as it is printed.
type Document struct {
	Text  Markdown
	Title string // of the file; the first heading where empty
	Lang  string // zh, en
	// RequestID is printed at the foot of each page and as a QR code at its head;
	// none where empty.
	RequestID string
}
