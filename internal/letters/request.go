package letters

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"consentry/authz"
)

// A Request asks one person or company for consent. Whoever is asked is Subject;
// its Kind decides between the consent form and the company's authorization.
type Request struct {
	Terms
	ID         string // record id: 1 to 64 letters, digits, and . _ -; on every page
	Subject    authz.Subject
	Handler    authz.Handler
	Notice     authz.Notice // made by Notice, in the same language, for the same period and of terms that hold these
	Date       time.Time    // of the letter
	Sender     string       // who signs the letter
	Salutation string       // the subject's name, or the guardian's of a child, where empty
	ReplyTo    string       // where the answer goes; the handler's contact where empty
	ReplyBy    time.Time    // optional: until when an answer would be welcome
	Draft      Attachment   // optional
	Guardian   bool         // the form has a guardian's part; always, unless the subject is known to be an adult
	Faces      *Faces       // asks for face matching, on a form of its own
	Company    Company      // of organisations
}

// An Attachment is a file that is sent along, known by its name and digest.
type Attachment struct {
	Name   string
	SHA256 string // hex
}

// Company is what an authorization says beside the subject's Firm.
type Company struct {
	Quote           Attachment // optional: the final text of the quotation
	Figures         Attachment // optional: the figures, one by one
	Confidentiality string     // how the publication stands to the confidentiality clause
}

// Make makes the letter of a request: the request letter and the form (each as PDF
// and DOCX), the e-mail, the notice, and a withdrawal form; for face matching a
// form of its own. The error is a *Missing where something required is not given;
// others say what is wrong. No form is made in part.
func (p Press) Make(r Request) (Letter, error) {
	ms, err := r.texts()
	if err != nil {
		return Letter{}, err
	}
	out := Letter{RequestID: r.ID, Notice: r.Notice.SHA256}
	if r.Faces != nil {
		n, err := FaceNotice(r.Handler, r.Terms, *r.Faces, r.Notice.Version)
		if err != nil {
			return Letter{}, err
		}
		out.FaceNotice = &n
	}
	for _, m := range ms {
		d := Document{Text: m.text, Lang: r.Lang}
		if m.coded {
			d.RequestID = r.ID
		}
		pdf, err := p.PDF(d)
		if err != nil {
			return Letter{}, fmt.Errorf("%s: %w", m.role, err)
		}
		docx, err := DOCX(d)
		if err != nil {
			return Letter{}, fmt.Errorf("%s: %w", m.role, err)
		}
		name := m.name + "-" + r.ID
		out.Files = append(out.Files, File{name + ".pdf", m.role, MediaPDF, pdf}, File{name + ".docx", m.role, MediaDOCX, docx})
	}
	out.Files = append(out.Files, File{"notice-" + r.ID + ".md", RoleNotice, MediaMarkdown, []byte(r.Notice.Text)})
	if out.Mail, err = r.mail(); err != nil {
		return Letter{}, err
	}
	out.Files = append(out.Files,
		File{"mail-" + r.ID + ".txt", RoleMail, MediaText, out.Mail.Text()},
		File{"mail-" + r.ID + ".eml", RoleMail, MediaMail, out.Mail.EML(out.Files)})
	return out, nil
}

// A manuscript is a form before it is written.
type manuscript struct {
	role, name string
	text       Markdown
	coded      bool
}

func (r Request) texts() ([]manuscript, error) {
	f, err := r.fields()
	if err != nil {
		return nil, err
	}
	var missing Missing
	fill := func(template string, sections ...string) Markdown {
		md, e := Fill(template, r.Lang, f, r.sections(sections)...)
		var m *Missing
		if errors.As(e, &m) {
			for _, x := range m.Fields {
				missing.add(x)
			}
		} else if e != nil && err == nil {
			err = e
		}
		return md
	}
	letter := fill("request-letter", "draft", "child", "reply_by", "faces")
	fill("request-email", "draft", "child", "reply_by", "faces")
	form, name := Markdown(""), "consent"
	if r.Subject.Kind == authz.Organisation {
		form, name = fill("authorization-company", "draft", "recipients"), "authorization"
	} else {
		form = fill("consent-person", "age", "recipients", "abroad", "guardian", "sensitive")
	}
	ms := []manuscript{{RoleLetter, "request", letter, false}, {RoleForm, name, form + r.attached(), true}}
	if r.Faces != nil {
		note := fill("face-matching-note")
		f["face_note_sha256"] = digest(note)
		ms = append(ms, manuscript{RoleFace, "face-matching", fill("consent-face") + pageBreak + note, true})
	}
	ms = append(ms, manuscript{RoleWithdrawal, "withdrawal", fill("withdrawal"), false})
	switch {
	case err != nil:
		return nil, err
	case len(missing.Fields) > 0:
		return nil, &missing
	}
	return ms, r.informed(f)
}

const pageBreak = "\n<!-- page -->\n\n"

// attached is the whole notice, on pages of its own.
func (r Request) attached() Markdown {
	return pageBreak + Markdown(fmt.Sprintf(words[r.Lang].attached, r.Notice.SHA256)+"\n\n"+r.Notice.Text)
}

// sections keeps those that apply.
func (r Request) sections(all []string) []string {
	abroad := slices.ContainsFunc(r.Recipients, func(x Recipient) bool { return x.Abroad })
	here := slices.ContainsFunc(r.Recipients, func(x Recipient) bool { return !x.Abroad })
	applies := map[string]bool{
		"draft": r.Draft.Name != "", "reply_by": !r.ReplyBy.IsZero(), "faces": r.Faces != nil, "abroad": abroad,
		"recipients": here || abroad && r.Subject.Kind == authz.Organisation,
		"sensitive":  r.asksSensitive(), "guardian": r.guardian(),
		"child": r.Subject.Kind == authz.Person && r.child(),
		"age":   r.Subject.Age == "" || r.Subject.Age == "unclear",
	}
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !applies[s] })
}

func (r Request) guardian() bool { return r.Guardian || r.Subject.Age != "adult" }

// child reports whether somebody under fourteen is asked (PIPL 31).
func (r Request) child() bool { return r.Subject.Age == "under-14" || r.Subject.Age == "under-10" }

// fields are the values of all forms of the request.
func (r Request) fields() (Fields, error) {
	if err := speaks(r.Lang); err != nil {
		return nil, err
	}
	if _, err := Code(r.ID); err != nil {
		return nil, err
	}
	company := r.Subject.Kind == authz.Organisation
	if !company && r.Subject.Kind != authz.Person {
		return nil, errors.New("the subject is neither a person nor an organisation")
	}
	if company {
		if err := r.companyOnly(); err != nil {
			return nil, err
		}
	}
	f, err := r.values(r.Handler)
	if err != nil {
		return nil, err
	}
	f["request_id"], f["record_id"], f["date"] = r.ID, r.ID, r.day(r.Date)
	f["notice_version"], f["notice_sha256"] = r.Notice.Version, r.Notice.SHA256
	f["sender_name"], f["reply_by"] = r.Sender, r.day(r.ReplyBy)
	f["draft_name"], f["draft_sha256"] = r.Draft.Name, r.Draft.SHA256
	if f["reply_address"] = r.ReplyTo; r.ReplyTo == "" {
		f["reply_address"] = r.Handler.Contact
	}
	f["recipient_salutation"] = r.salutation()
	form := "consent-person"
	if company {
		form = "authorization-company"
		r.company(f)
	} else if len(r.Subject.Names) > 0 {
		f["subject_name"] = r.Subject.Names[0].Text
	}
	p, err := patterns()
	if err != nil {
		return nil, err
	}
	t, _ := p.form(form)
	f["form_title"] = pick(r.Lang, "《"+t.Zh+"》", words[En].form[form])
	if r.Faces != nil {
		r.Faces.fill(r.Terms, f)
	}
	return f, nil
}

func (r Request) salutation() string {
	switch {
	case r.Salutation != "":
		return r.Salutation
	case r.child() && r.Subject.Guardian != nil && r.Subject.Guardian.Name != "":
		return r.Subject.Guardian.Name
	case len(r.Subject.Names) > 0:
		return r.Subject.Names[0].Text
	}
	return ""
}

// informed compares the notice with what is asked: a person has to be told of all
// of it (PIPL 17). The error names what differs.
func (r Request) informed(f Fields) error {
	n := r.Notice
	switch {
	case n.Text == "" || digest(Markdown(n.Text)) != strings.ToLower(n.SHA256):
		return ErrNoticeText
	case n.Language != r.Lang:
		return ErrNoticeLanguage
	}
	need := []string{"handler", "purpose", "method", "kinds", "retention", "rights"}
	if r.asksSensitive() {
		need = append(need, "necessity", "effect")
	}
	for _, item := range need {
		if !slices.Contains(n.Items, item) {
			return fmt.Errorf("%w: the item %q", ErrNoticeLacks, item)
		}
	}
	if r.child() && f["minor_rules"] == none(r.Lang) {
		return &Missing{Fields: []Field{field("minor_rules")}}
	}
	for _, id := range []string{"handler_name", "withdrawal_method", "window_from", "window_last", "purpose_list", "channel_list", "territory_list", "kinds_list", "recipient_list", "abroad_recipient_list", "sensitive_necessity", "sensitive_effect"} {
		for item := range strings.Lines(f[id]) {
			if item = escape(strings.TrimSpace(item)); item != none(r.Lang) && !strings.Contains(n.Text, item) {
				return fmt.Errorf("%w: %s", ErrNoticeLacks, field(id).En)
			}
		}
	}
	return nil
}
