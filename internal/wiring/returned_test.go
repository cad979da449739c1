package wiring

import (
	"bytes"
	"errors"
	"image/jpeg"
	"testing"
	"time"

	"consentry/authz"
	"consentry/internal/letters"
	"consentry/internal/registry"
	"consentry/redact"
)

// A form that comes back, as the file that was sent or as a photo of its first
// page, is filed by its code; a page without one is not.
func TestReturnedForm(t *testing.T) {
	a, ctx := memory(t), t.Context()
	if err := a.AddSubject(ctx, lin); err != nil {
		t.Fatal(err)
	}
	h := authz.Handler{Name: "云岚科技有限公司", Address: "杭州市文一路1号", Contact: "privacy@yunlan.example", Storage: "本公司服务器", Withdrawal: "致电或写信", Rights: "致电或写信", Security: "加密保存"}
	if err := a.SetHandler(ctx, h); err != nil {
		t.Fatal(err)
	}
	l, err := a.Ask(ctx, authz.Consent{Subject: "s_lin", Purposes: []authz.Purpose{"case-study"}, Channels: []authz.Channel{"website"},
		Territories: []authz.Territory{"CN"}, Shows: []authz.Shows{"name"}, Until: time.Now().AddDate(1, 0, 0)},
		registry.Asked{Work: "云岚案例", Lang: "zh", Source: "本人提供", Keep: "三年", Sender: "何阳"}, a.Press())
	if err != nil {
		t.Fatal(err)
	}
	form, ok := l.File(letters.RoleForm, letters.MediaPDF)
	if !ok {
		t.Fatal("the letter has no form")
	}
	doc, err := a.written(a.Writing)["application/pdf"].Open(ctx, redact.Asset{Name: form.Name, Type: "application/pdf", Digest: redact.Sum(form.Bytes), Size: int64(len(form.Bytes))}, bytes.NewReader(form.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	page, err := doc.(redact.Viewer).View(ctx, 0, 2, nil)
	if err != nil {
		t.Fatal(err)
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, page, &jpeg.Options{Quality: 70}); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"back.pdf": form.Bytes, "back.jpg": photo.Bytes()} {
		id, err := a.FileReturned(ctx, "", name, b)
		if err != nil || id != l.RequestID {
			t.Errorf("%s: %q, %v", name, id, err)
		}
	}
	es, err := a.Vault.Evidence(ctx, "s_lin")
	if err != nil || len(es) != 2 || es[0].Of != authz.OfAnswer || es[0].Consent != authz.ConsentID(l.RequestID) {
		t.Errorf("evidence %v, %v", es, err)
	}
	letter, _ := l.File(letters.RoleLetter, letters.MediaPDF)
	if _, err := a.FileReturned(ctx, "", "letter.pdf", letter.Bytes); !errors.Is(err, ErrNoCode) {
		t.Errorf("a page without a code: %v", err)
	}
	if _, err := a.FileReturned(ctx, "", "note.txt", []byte("yes")); !errors.Is(err, ErrNoCode) {
		t.Errorf("a text: %v", err)
	}
	if id, err := a.FileReturned(ctx, l.RequestID, "letter.pdf", letter.Bytes); err != nil || id != l.RequestID {
		t.Errorf("by its name: %q, %v", id, err)
	}
}
