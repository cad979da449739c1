package redact

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"
)

func TestRightsPacket(t *testing.T) {
	if (Rights{Releases: []string{"c-1"}}).XMP() != nil {
		t.Error("no state, yet a packet")
	}
	r := Rights{Status: LimitedRelease, Releases: []string{"c-2", "c-1 <&>", "c-2"}, Until: time.Date(2027, 6, 30, 23, 0, 0, 0, time.UTC), Media: []string{"website"}, Regions: []string{"DE", "CN"}}
	p := r.XMP()
	again := Rights{Status: LimitedRelease, Releases: []string{"c-1 <&>", "c-2"}, Until: r.Until, Media: r.Media, Regions: []string{"CN", "DE"}}.XMP()
	if !bytes.Equal(p, again) {
		t.Error("the packet depends on the order")
	}
	d := xml.NewDecoder(bytes.NewReader(p))
	var texts []string
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := tok.(xml.CharData); ok {
			if s := strings.TrimSpace(string(c)); s != "" {
				texts = append(texts, s)
			}
		}
	}
	want := "2.0.0|http://ns.useplus.org/ldf/vocab/MR-LMR|c-1 <&>|c-2|2027-06-30|website|CN, DE"
	if got := strings.Join(texts, "|"); got != want {
		t.Errorf("says %q, want %q", got, want)
	}
	if _, ok := ParseRights(p); ok {
		t.Error("an id with marks in it was taken back")
	}
	for _, w := range []Rights{{Status: NotApplicable}, {Status: LimitedRelease, Releases: []string{"c-1", "c_2"}, Until: time.Date(2027, 6, 30, 0, 0, 0, 0, time.UTC), Media: []string{"website"}, Regions: []string{"CN", "DE"}}} {
		got, ok := ParseRights(w.XMP())
		if !ok || !bytes.Equal(got.XMP(), w.XMP()) {
			t.Errorf("read back: %+v, %v", got, ok)
		}
		for _, other := range []string{strings.Replace(string(w.XMP()), "2.0.0", "2.0.1", 1), string(w.XMP()) + " ", "<x/>", ""} {
			if _, ok := ParseRights([]byte(other)); ok {
				t.Errorf("taken for ours: %.60s", other)
			}
		}
	}
	if bare := string(Rights{Status: NotApplicable}.XMP()); strings.Contains(bare, "ModelReleaseID") || strings.Contains(bare, "EndDate") {
		t.Error("says what nobody told")
	}
}
