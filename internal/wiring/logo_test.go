package wiring

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"testing"

	"consentry/authz"
	"consentry/internal/store"
	"consentry/redact"
)

// ringAndBar is a logo on a ground.
func ringAndBar(t *testing.T, w, h int, ground color.NRGBA) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	side := float64(min(w, h))
	for y := range h {
		for x := range w {
			dx, dy := float64(x)-float64(w)/2, float64(y)-float64(h)/2
			c := ground
			if d := math.Hypot(dx, dy) / side; d < 0.42 && d > 0.3 || math.Abs(dx)/side < 0.05 && math.Abs(dy)/side < 0.25 {
				c = color.NRGBA{R: 20, G: 70, B: 140, A: 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogos(t *testing.T) {
	a, ctx := memory(t), t.Context()
	firm := authz.Subject{ID: "s_firm", Kind: authz.Organisation, Names: []authz.Name{{Text: "示例科技"}}}
	for _, s := range []authz.Subject{firm, lin} {
		if err := a.AddSubject(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	add := func(who authz.SubjectID, b []byte) (Logo, error) {
		return a.AddLogo(ctx, who, "mark.png", bytes.NewReader(b), int64(len(b)))
	}
	clear, white := color.NRGBA{}, color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	for _, c := range []struct {
		name         string
		w, h         int
		ground       color.NRGBA
		least, wants int // bounds of the kept width
	}{
		{"see-through, large", 900, 700, clear, 512, 512},
		{"on white, large", 900, 700, white, 512, 512},
		{"small", 90, 100, clear, 74, 80},
	} {
		l, err := add("s_firm", ringAndBar(t, c.w, c.h, c.ground))
		if err != nil || l.Size.X < c.least || l.Size.X > c.wants {
			t.Errorf("%s: kept at %v, %v", c.name, l.Size, err)
		}
		b, err := a.Vault.Doc(ctx, "logo", l.ID)
		if err != nil {
			t.Fatal(err)
		}
		var r struct {
			Subject authz.SubjectID `json:"subject"`
			Name    string          `json:"name"`
			PNG     []byte          `json:"image"`
		}
		if err := json.Unmarshal(b, &r); err != nil || r.Subject != "s_firm" || r.Name != "mark.png" {
			t.Errorf("%s: the record reads %v of %v, %v", c.name, r.Name, r.Subject, err)
		}
		m, err := png.Decode(bytes.NewReader(r.PNG))
		if err != nil || m.Bounds().Size() != l.Size {
			t.Errorf("%s: the kept picture: %v", c.name, err)
		}
	}
	for name, b := range map[string][]byte{
		"tiny": ringAndBar(t, 10, 10, clear), "cut": ringAndBar(t, 90, 90, clear)[:200], "narrow": ringAndBar(t, 90, 3, white), "no picture": []byte("text"),
	} {
		if _, err := add("s_firm", b); err == nil {
			t.Errorf("%s: kept", name)
		}
	}
	if _, err := add("s_lin", ringAndBar(t, 90, 90, clear)); !errors.Is(err, ErrNotOrganisation) {
		t.Error("a person's logo:", err)
	}
	if _, err := add("s_none", ringAndBar(t, 90, 90, clear)); !errors.Is(err, authz.ErrUnknown) {
		t.Error("nobody's logo:", err)
	}

	all, err := a.Logos(ctx, "")
	if err != nil || len(all) != 3 {
		t.Fatalf("%d logos, %v", len(all), err)
	}
	if none, err := a.Logos(ctx, "s_lin"); err != nil || len(none) != 0 {
		t.Errorf("%d logos of a person, %v", len(none), err)
	}
	if err := a.RemoveLogo(ctx, all[1].ID); err != nil {
		t.Fatal(err)
	}
	if err := a.RemoveLogo(ctx, all[1].ID); !errors.Is(err, store.ErrNotFound) {
		t.Error("removed twice:", err)
	}
	if left, err := a.Logos(ctx, "s_firm"); err != nil || len(left) != 2 || left[0].ID != all[0].ID || left[1].ID != all[2].ID {
		t.Errorf("%d logos are left, %v", len(left), err)
	}
	if res, err := a.Ledger().Check(ctx); err != nil || res.Size != 6 {
		t.Errorf("ledger of %d entries, want two subjects, three logos, one removal: %v", res.Size, err)
	}
}

func TestNewLogosFindsAKeptOne(t *testing.T) {
	b := ringAndBar(t, 400, 400, color.NRGBA{R: 255, G: 255, B: 255, A: 255})
	m, err := pixels(t.Context(), bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := fitLogo(m)
	if err != nil {
		t.Fatal(err)
	}
	d, err := findLogos([]redact.Likeness{{Ref: "r", Kind: redact.Logo, Image: kept}})
	if err != nil {
		t.Fatal(err)
	}
	page := redact.Page{Bounds: m.Rect, Pictures: []redact.Picture{{Box: m.Rect, Load: func(context.Context) (*image.NRGBA, error) { return m, nil }}}}
	fs, err := d.Detect(t.Context(), page)
	if err != nil || len(fs) != 1 || fs[0].Ref != "r" || fs[0].Tier != redact.Sure {
		t.Errorf("%d findings, %v", len(fs), err)
	}
}
