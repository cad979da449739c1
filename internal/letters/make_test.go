package letters

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"pgregory.net/rapid"

	"consentry/authz"
)

// made makes a letter, and keeps its files where LETTERS_OUT names a folder, to be
// looked at.
func made(t testing.TB, r Request) Letter {
	t.Helper()
	l, err := Press{fonts}.Make(r)
	if err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("LETTERS_OUT"); dir != "" {
		for _, f := range l.Files {
			if err := os.WriteFile(filepath.Join(dir, r.Lang+"-"+string(r.Subject.Kind)+"-"+f.Name), f.Bytes, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return l
}

// squeezed is a text without spaces and line breaks, with one kind of empty box:
// what is left of it when it has been set in lines.
func squeezed(s string) string {
	return strings.NewReplacer("□", "☐", "\u3000", "", "\u2003", "", "_", "").Replace(strings.Join(strings.Fields(s), ""))
}

// documentText is the text of a DOCX file's body.
func documentText(t testing.TB, b []byte) string {
	t.Helper()
	var out strings.Builder
	d := xml.NewDecoder(bytes.NewReader(part(t, b, "word/document.xml")))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch v := tok.(type) {
		case xml.CharData:
			out.Write(v)
		case xml.EndElement:
			if v.Name.Local == "p" || v.Name.Local == "br" {
				out.WriteByte('\n')
			}
		}
	}
}

func part(t testing.TB, b []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestMake(t *testing.T) {
	api.DisableConfigDir()
	eachSample(t, func(t *testing.T, r Request) {
		l := made(t, r)
		if l.RequestID != r.ID || l.Notice != r.Notice.SHA256 {
			t.Errorf("the letter is of %s with notice %s", l.RequestID, l.Notice)
		}
		again := made(t, r)
		for i, f := range l.Files {
			if !bytes.Equal(f.Bytes, again.Files[i].Bytes) {
				t.Errorf("%s differs when made again", f.Name)
			}
			if strings.Contains(f.Name, r.Subject.Names[0].Text) || len(f.Bytes) == 0 {
				t.Errorf("file %s: %d bytes", f.Name, len(f.Bytes))
			}
		}
		want := []string{RoleLetter, RoleForm, RoleWithdrawal}
		if r.Faces != nil {
			want = append(want, RoleFace)
		}
		for _, role := range want {
			pdf, ok1 := l.File(role, MediaPDF)
			docx, ok2 := l.File(role, MediaDOCX)
			if !ok1 || !ok2 {
				t.Errorf("no %s", role)
				continue
			}
			conf := model.NewDefaultConfiguration()
			conf.Offline = true
			if err := api.Validate(bytes.NewReader(pdf.Bytes), conf); err != nil {
				t.Errorf("%s: %v", pdf.Name, err)
			}
			if !bytes.Contains(pdf.Bytes, []byte("/Lang ("+pick(r.Lang, "zh-CN", "en")+")")) || !bytes.Contains(pdf.Bytes, []byte("/Title <FEFF")) {
				t.Errorf("%s has no language or no title", pdf.Name)
			}
			for _, own := range []string{"/CreationDate", "/Author", "/Producer", "/Creator"} {
				if bytes.Contains(pdf.Bytes, []byte(own)) {
					t.Errorf("%s has %s", pdf.Name, own)
				}
			}
			core := string(part(t, docx.Bytes, "docProps/core.xml"))
			if strings.Contains(core, "creator") || strings.Contains(core, "Modified") || !strings.Contains(core, "<dc:title>") {
				t.Errorf("%s: %s", docx.Name, core)
			}
		}
		if (l.FaceNotice != nil) != (r.Faces != nil) {
			t.Errorf("note on face matching: %v", l.FaceNotice)
		}
		if n := l.FaceNotice; n != nil {
			docx, _ := l.File(RoleFace, MediaDOCX)
			if text := documentText(t, docx.Bytes); n.SHA256 != digest(Markdown(n.Text)) || !strings.Contains(text, n.SHA256) || !slices.Contains(n.Items, "necessity") {
				t.Error("the form on face matching does not name its note")
			}
		}
		if n, ok := l.File(RoleNotice, MediaMarkdown); !ok || digest(Markdown(n.Bytes)) != l.Notice {
			t.Error("the notice is not the one that the digest names")
		}
	})
}

// The written form holds all that the Markdown says, the whole notice among it, and
// no tick.
func TestDocumentsAreWhole(t *testing.T) {
	reader := pdfReader(t)
	eachSample(t, func(t *testing.T, r Request) {
		ms, err := r.texts()
		if err != nil {
			t.Fatal(err)
		}
		l := made(t, r)
		for _, m := range ms {
			doc, err := parse(m.text)
			if err != nil {
				t.Fatal(err)
			}
			pdf, _ := l.File(m.role, MediaPDF)
			docx, _ := l.File(m.role, MediaDOCX)
			pages := reader.texts(t, pdf.Bytes)
			for i := range pages { // what stands over and under the text of each page
				foot := fmt.Sprintf(words[r.Lang].page, i+1, len(pages))
				if m.coded {
					foot = words[r.Lang].record + r.ID + "·" + foot
				}
				page, ok := strings.CutSuffix(squeezed(pages[i]), squeezed(foot))
				if !ok {
					t.Errorf("%s: page %d does not end with %q", pdf.Name, i+1, foot)
				}
				if m.coded && i > 0 {
					page = strings.TrimPrefix(page, squeezed(Document{}.title(doc)))
				}
				pages[i] = page
			}
			texts := map[string]string{pdf.Name: strings.Join(pages, ""), docx.Name: squeezed(documentText(t, docx.Bytes))}
			for name, text := range texts {
				if i := strings.IndexAny(text, strings.ReplaceAll(Marks, "☐", "")); i >= 0 {
					t.Errorf("%s holds a mark that is no empty box", name)
				}
				if a, b := strings.Count(text, "☐"), strings.Count(doc.plain(), "☐"); a != b {
					t.Errorf("%s has %d boxes, want %d", name, a, b)
				}
				wantWhole(t, name, text, doc.blocks)
				if m.role == RoleFace {
					note, err := parse(Markdown(l.FaceNotice.Text))
					if err != nil {
						t.Fatal(err)
					}
					wantWhole(t, name, text, note.blocks)
				}
			}
			if x := part(t, docx.Bytes, "word/document.xml"); bytes.Count(x, []byte("<w14:checkbox>")) != bytes.Count(x, []byte(`w14:checked w14:val="0"`)) || bytes.Count(x, []byte("☐")) != bytes.Count(x, []byte("<w14:checkbox>")) {
				t.Errorf("%s has boxes that are ticked or cannot be", docx.Name)
			}
			if m.role == RoleForm {
				notice, err := parse(Markdown(r.Notice.Text))
				if err != nil {
					t.Fatal(err)
				}
				for name, text := range texts {
					wantWhole(t, name, text, notice.blocks)
				}
			}
		}
	})
}

// wantWhole wants each line of each block in a text.
func wantWhole(t *testing.T, name, text string, blocks []block) {
	t.Helper()
	for _, l := range linesOf(blocks) {
		if l = squeezed(l); !strings.Contains(text, l) {
			t.Errorf("%s lacks %q", name, l)
		}
	}
}

// linesOf are the lines of blocks, and the cells of tables.
func linesOf(blocks []block) []string {
	var out []string
	for _, b := range blocks {
		out = append(out, strings.Split(plainText(b.text), "\n")...)
		for _, it := range b.items {
			out = append(out, linesOf(it)...)
		}
		for _, row := range b.rows {
			for _, c := range row {
				out = append(out, plainText(c))
			}
		}
	}
	return out
}

// Each thing that is asked has a row of its own with empty boxes, whatever is asked,
// and nothing is asked that was not given.
func TestEachHasItsBox(t *testing.T) {
	bases := map[string]Request{}
	for _, lang := range []string{Zh, En} {
		for _, kind := range []authz.Kind{authz.Person, authz.Organisation} {
			bases[lang+string(kind)] = sample(t, lang, kind)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		r := bases[rapid.SampledFrom([]string{"zhperson", "zhorganisation", "enperson", "enorganisation"}).Draw(t, "base")]
		v := r.Vocabulary
		r.Purposes = some[authz.Purpose](t, "purposes", v.Purposes)
		r.Channels = some[authz.Channel](t, "channels", v.Channels)
		r.Territories = some[authz.Territory](t, "territories", v.Territories)
		r.Shows = some[authz.Shows](t, "shows", v.Shows)
		if r.Subject.Kind == authz.Person {
			r.Kinds = some[string](t, "kinds", v.Kinds)
			r.Sensitive.Kinds = nil
		}
		if r.Subject.Kind == authz.Organisation { // not what is people's to give
			r.Shows = append(slices.DeleteFunc(r.Shows, func(s authz.Shows) bool { return s == "portrait" || s == "voice" || s == "post" }), "story")
		}
		r.Subject.Age = authz.Age(rapid.SampledFrom([]string{"", "adult", "under-18", "under-14", "under-10", "unclear"}).Draw(t, "age"))
		if r.Subject.Kind == authz.Person && !r.asksSensitive() {
			t.Fatal("no sensitive kinds, but a separate consent was asked for")
		}
		s, err := r.scope()
		if err != nil {
			t.Fatal(err)
		}
		if r.Subject.Kind == authz.Person && len(s.sensitive) == 0 {
			r.Sensitive = nil
		}
		if r.Notice, err = Notice(r.Handler, r.Terms, "1", date(2026, 11, 1)); err != nil {
			t.Fatal(err)
		}
		ms, err := r.texts()
		if err != nil {
			t.Fatal(err)
		}
		form, _ := parse(ms[1].text)
		rows := map[string]int{}
		for _, b := range form.blocks {
			for _, row := range b.rows {
				boxes := 0
				for _, c := range row[1:] {
					if plainText(c) == "☐" {
						boxes++
					}
				}
				if boxes > 0 {
					rows[strings.ToLower(plainText(row[0]))] = boxes
				}
			}
		}
		asked := slices.Concat(s.purposes, s.channels, s.territories)
		if r.Subject.Kind == authz.Person {
			asked = slices.Concat(asked, s.shows, s.kinds, s.sensitive)
		}
		for _, label := range asked {
			if rows[strings.ToLower(label)] < 2 {
				t.Fatalf("no boxes for %q", label)
			}
		}
		if i := strings.IndexAny(string(ms[1].text), strings.ReplaceAll(Marks, "☐", "")); i >= 0 {
			t.Fatal("a ticked box")
		}
		sensitive := strings.Contains(string(ms[1].text), pick(r.Lang, "敏感个人信息单独同意书", "Separate consent for sensitive"))
		if sensitive != (len(s.sensitive) > 0 && r.Subject.Kind == authz.Person) {
			t.Fatalf("separate consent: %v, sensitive kinds: %d", sensitive, len(s.sensitive))
		}
		guardian := strings.Contains(string(ms[1].text), pick(r.Lang, "## 监护人部分", "## Guardian’s part"))
		if r.Subject.Kind == authz.Person && guardian != (r.Subject.Age != "adult") {
			t.Fatalf("guardian's part: %v at age %q", guardian, r.Subject.Age)
		}
	})
}

func some[T ~string](t *rapid.T, what string, terms authz.Terms) []T {
	var ids []T
	for _, x := range terms {
		ids = append(ids, T(x.ID))
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, min(6, len(ids)), func(x T) T { return x }).Draw(t, what)
}

// A request that lacks something makes no form; the error names what.
func TestMissing(t *testing.T) {
	whole := func() Request { return sample(t, Zh, authz.Person) }
	for name, c := range map[string]struct {
		change func(r *Request)
		says   string // field id, or words of the error
	}{
		"everything":        {func(r *Request) { *r = Request{} }, "language"},
		"id":                {func(r *Request) { r.ID = "" }, "request id"},
		"kind":              {func(r *Request) { r.Subject.Kind = "" }, "neither"},
		"name":              {func(r *Request) { r.Subject.Names = nil }, "subject_name"},
		"work":              {func(r *Request) { r.Work = "" }, "work_title"},
		"purposes":          {func(r *Request) { r.Purposes = nil }, "purpose_list"},
		"channels":          {func(r *Request) { r.Channels = nil }, "channel_rows"},
		"territories":       {func(r *Request) { r.Territories = nil }, "territory_rows"},
		"shows":             {func(r *Request) { r.Shows, r.Kinds = nil, nil }, "shows_rows"},
		"from":              {func(r *Request) { r.From = time.Time{} }, "window_from"},
		"until":             {func(r *Request) { r.Until = time.Time{} }, "window_last"},
		"no day":            {func(r *Request) { r.Until = r.From }, "no whole day"},
		"source":            {func(r *Request) { r.Source = "" }, "source_of_data"},
		"date":              {func(r *Request) { r.Date = time.Time{} }, "date"},
		"sender":            {func(r *Request) { r.Sender = "" }, "sender_name"},
		"handler":           {func(r *Request) { r.Handler = authz.Handler{} }, "handler_name"},
		"withdrawal":        {func(r *Request) { r.Handler.Withdrawal = "" }, "withdrawal_method"},
		"vocabulary":        {func(r *Request) { r.Vocabulary = authz.Vocabulary{} }, "vocabulary"},
		"necessity":         {func(r *Request) { s := *r.Sensitive; s.Necessity = ""; r.Sensitive = &s }, "sensitive_necessity"},
		"effect":            {func(r *Request) { s := *r.Sensitive; s.Effect = ""; r.Sensitive = &s }, "sensitive_effect"},
		"no sensitive part": {func(r *Request) { r.Sensitive = nil }, "sensitive_necessity"},
		"face necessity":    {func(r *Request) { r.Faces.Necessity = "" }, "face_necessity"},
		"face end":          {func(r *Request) { r.Faces.Until = time.Time{} }, "face_template_until"},
		"face photos":       {func(r *Request) { r.Faces.Photos = 0 }, "enrolment_photo_count"},
		"recipient":         {func(r *Request) { r.Recipients = []Recipient{{Name: "a"}} }, "recipient 1"},
		"abroad rights":     {func(r *Request) { r.Recipients[1].Rights = "" }, "recipient 2"},
		"notice":            {func(r *Request) { r.Notice = authz.Notice{} }, "notice_version"},
		"notice changed":    {func(r *Request) { r.Notice.Text += "x" }, "SHA-256"},
		"notice language":   {func(r *Request) { r.Notice.Language = En }, "language"},
		"notice items":      {func(r *Request) { r.Notice.Items = r.Notice.Items[:4] }, "retention"},
		"more than told":    {func(r *Request) { r.Purposes = append(slices.Clone(r.Purposes), "advertising") }, "does not tell"},
		"further than told": {func(r *Request) { r.Territories = []authz.Territory{"world"} }, "does not tell"},
		"longer than told":  {func(r *Request) { r.Until = date(2030, 1, 1) }, "does not tell"},
		"a child, no rules": {func(r *Request) { r.Subject.Age, r.MinorRules = "under-14", "" }, "minor_rules"},
	} {
		r := whole()
		c.change(&r)
		l, err := Press{fonts}.Make(r)
		var m *Missing
		if err == nil || len(l.Files) > 0 {
			t.Errorf("%s: a letter is made", name)
		} else if errors.As(err, &m) {
			if !slices.ContainsFunc(m.Fields, func(f Field) bool { return f.ID == c.says }) {
				t.Errorf("%s: missing are %s", name, m.In(En))
			}
		} else if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
		if err != nil && strings.Contains(err.Error(), "王晓兰") {
			t.Errorf("%s: the error names a person", name)
		}
	}
	company := sample(t, En, authz.Organisation)
	company.Faces = &Faces{}
	if _, err := (Press{fonts}).Make(company); err == nil {
		t.Error("a company is asked for its face")
	}
	company.Faces = nil
	for _, s := range []authz.Shows{"portrait", "voice", "post"} {
		r := company
		r.Shows = []authz.Shows{"name", s}
		if _, err := (Press{fonts}).Make(r); err == nil || !strings.Contains(err.Error(), "its people") {
			t.Errorf("a company is asked for the %s of its people: %v", s, err)
		}
	}
	company.Company.Confidentiality = ""
	var m *Missing
	if _, err := (Press{fonts}).Make(company); !errors.As(err, &m) || m.In(Zh) == "" {
		t.Errorf("no word on confidentiality: %v", err)
	}
}

// A child's guardian is asked.
func TestChild(t *testing.T) {
	for _, lang := range []string{Zh, En} {
		r := sample(t, lang, authz.Person)
		r.Subject.Age = "under-10"
		r.Subject.Guardian = &authz.Guardian{Name: pick(lang, "王大力", "Dali Wang")}
		ms, err := r.texts()
		if err != nil {
			t.Fatal(err)
		}
		letter, form := string(ms[0].text), string(ms[1].text)
		if !strings.Contains(letter, pick(lang, "王大力：", "Dear Dali Wang,")) || !strings.Contains(letter, pick(lang, "未成年人 王晓兰", "minor in your care, Xiaolan Wang")) {
			t.Errorf("the letter asks somebody else:\n%s", letter)
		}
		if !strings.Contains(form, pick(lang, "## 监护人部分", "## Guardian’s part")) || !strings.Contains(form, r.MinorRules) {
			t.Error("the form has no guardian's part")
		}
	}
}

func TestNoGlyphNoForm(t *testing.T) {
	r := sample(t, Zh, authz.Person)
	r.Subject.Names[0].Text = "王\U000200ca"
	if l, err := (Press{fonts}).Make(r); !errors.Is(err, ErrGlyph) || len(l.Files) > 0 {
		t.Errorf("a name that the font cannot show: %v", err)
	}
}

func TestNotice(t *testing.T) {
	r := sample(t, Zh, authz.Person)
	v := r.Vocabulary
	for _, item := range v.NoticeItems {
		if !slices.Contains(r.Notice.Items, item.ID) {
			t.Errorf("the notice lacks %s", item.ID)
		}
	}
	if !slices.Contains(r.Notice.Items, "necessity") || !slices.Contains(r.Notice.Items, "effect") {
		t.Error("necessity and effect are not told")
	}
	again, err := Notice(r.Handler, r.Terms, "2026-3", date(2026, 11, 1))
	if err != nil || again.SHA256 != r.Notice.SHA256 || again.Text != r.Notice.Text {
		t.Errorf("another notice of the same terms: %v", err)
	}
	plain := r.Terms
	plain.Sensitive, plain.Kinds = nil, nil
	n, err := Notice(r.Handler, plain, "2026-3", date(2026, 11, 1))
	if err != nil || slices.Contains(n.Items, "necessity") || !strings.Contains(n.Text, "本次不处理您的敏感个人信息") {
		t.Errorf("a notice without sensitive information: %v, %v", n.Items, err)
	}
	var m *Missing
	if _, err := Notice(authz.Handler{}, r.Terms, "", time.Time{}); !errors.As(err, &m) || len(m.Fields) < 6 {
		t.Errorf("a notice of nobody: %v", err)
	}
	utc := r.Terms
	utc.From, utc.Until = utc.From.UTC(), utc.Until.UTC() // as they come out of the vault
	if n, err := Notice(r.Handler, utc, "2026-3", date(2026, 11, 1)); err != nil || n.SHA256 != r.Notice.SHA256 {
		t.Errorf("the zone of the instants makes another notice: %v", err)
	}
}

func TestMail(t *testing.T) {
	eachSample(t, func(t *testing.T, r Request) {
		l := made(t, r)
		f, _ := l.File(RoleMail, MediaMail)
		m, err := mail.ReadMessage(bytes.NewReader(f.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != l.Mail.Subject || !strings.Contains(subject, r.Work) {
			t.Errorf("subject %q: %v", subject, err)
		}
		if m.Header.Get("Date") != "" || m.Header.Get("From") != "" {
			t.Error("a draft has a date or a sender")
		}
		_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		parts := 0
		for mr := multipart.NewReader(m.Body, params["boundary"]); ; parts++ {
			if _, err := mr.NextPart(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		want := 1 // the text, and every PDF
		for _, f := range l.Files {
			if f.Media == MediaPDF {
				want++
			}
		}
		if parts != want {
			t.Errorf("%d parts, want %d", parts, want)
		}
		if strings.ContainsAny(l.Mail.Body, "*\\") {
			t.Errorf("the e-mail holds Markdown:\n%s", l.Mail.Body)
		}
	})
	r := sample(t, Zh, authz.Person)
	r.Subject.Contacts[0].Value = "a@b.example\r\nBcc: c@d.example"
	if l := made(t, r); l.Mail.To != "" {
		t.Error("an address breaks the header")
	}
}
