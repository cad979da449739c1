package attack

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/redacttest"
)

func TestOpened(t *testing.T) {
	b64 := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	for _, c := range []struct {
		name, media, out string
		removed, kept    []string
		want             string // places of the leaks, or empty
	}{
		{"gone", htmlType, "<p>客户A", []string{"张伟"}, nil, ""},
		{"over tags", htmlType, "<p>Zh<b>ang</b> Wei", []string{"Zhang Wei"}, nil, "the page's text"},
		{"over readings", htmlType, "<ruby>张<rt>zhang</rt>伟</ruby>", []string{"张伟"}, nil, "the page's text"},
		{"over blocks", htmlType, "<p>张<p>伟", []string{"张伟"}, nil, ""},
		{"attribute", htmlType, "<p title='张&#x4f1f;'>", []string{"张伟"}, nil, "an attribute"},
		{"address", htmlType, "<a href='/%E5%BC%A0%E4%BC%9F'>", []string{"张伟"}, nil, "an address"},
		{"comment of markup", htmlType, "<!-- <p>张<b>伟</b> -->", []string{"张伟"}, nil, "the page's text"},
		{"script", htmlType, `<script>"\u5f20\u4f1f"</script>`, []string{"张伟"}, nil, "a script or style"},
		{"file in an address", htmlType, "<img src='data:text/plain;base64," + b64("by Zhang Wei") + "'>", []string{"Zhang Wei"}, nil, "text"},
		{"page in a page", htmlType, "<iframe srcdoc='<p>张<i>伟</i>'>", []string{"张伟"}, nil, "the page's text"},
		{"as often as kept", htmlType, "<p title='张伟'>张伟", []string{"张伟"}, []string{"张伟", "张伟"}, ""},
		{"more often than kept", htmlType, "<p>张伟<p>张伟", []string{"张伟"}, []string{"张伟"}, "the page's text"},
		{"glyph by glyph", svgType, "<svg><text><tspan>张</tspan><tspan>伟</tspan></text></svg>", []string{"张伟"}, nil, "the drawing's text"},
		{"encoded word", mailType, "Subject: =?utf-8?b?" + b64("张伟") + "?=\n\nx", []string{"张伟"}, nil, "a header field"},
		{"mail's body", mailType, "Subject: x\nContent-Transfer-Encoding: base64\n\n" + b64("by Zhang Wei") + "\n", []string{"Zhang Wei"}, nil, "text"},
		{"damaged mail", mailType, "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + b64(strings.Repeat("so it says ", 10)+"Zhang Wei") + "\n", []string{"Zhang Wei"}, nil, "a damaged message"},
		{"another type", "image/png", "张伟", []string{"张伟"}, nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantLeaks(t, Opened{}, output(c.media, []byte(c.out), findings(c.removed...), findings(c.kept...)), c.want)
		})
	}
	if _, err := (Opened{}).Try(t.Context(), output(svgType, []byte("<svg><text>"), findings("张伟"), nil)); err == nil {
		t.Error("a drawing that cannot be taken apart passed")
	}
	photo := segment(picture(t, "image/jpeg"), 0xE1, "Exif\x00\x00Artist Elara Quist")
	page := []byte("<img src='data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(photo) + "'>")
	leaks, err := Opened{}.Try(t.Context(), redact.Released{Asset: redacttest.Asset("a", htmlType, page), Body: bytes.NewReader(page)})
	if err != nil || len(leaks) == 0 {
		t.Errorf("metadata of a picture inside: %d leaks, %v", len(leaks), err)
	}
}
