package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	govcard "github.com/emersion/go-vcard"

	"consentry/authz"
)

// Cards as Google Contacts, Outlook and iOS write them. The people are invented.
func TestImportCards(t *testing.T) {
	for name, want := range map[string][]string{
		"google.vcf": {
			"person|陆知遥|alias:小陆|pinyin:Lu Zhiyao|@砚溪冷链|运营总监|phone:13800138000|email:zhiyao.lu@example.com|address:中国广东省深圳市科苑路 1 号 518000",
			"organisation|星野智造有限公司|@||phone:021-87654321|xingye.example.com|",
		},
		"outlook21.vcf": {"person|沈听澜|@云岚智造有限公司长三角采购与供应链中心||phone:021-60000000|phone:13900139000|email:tinglan@example.com"},
		"ios.vcf": {
			"person|Ms Ada Quill Harrow|@Harrow & Finch||phone:+44 20 7946 0000|email:ada@example.com|address:1 Quay St\nSuite 2, Bristol, BS1 1AA, United Kingdom",
			"organisation|Fennel Robotics|@|",
		},
		"four.vcf": {
			"person|林知遥|pinyin:Lin Zhiyao|@||phone:+86-136-0013-6000|email:zhiyao@example.com|address:Haus 1\nBerlin",
			"person|Mira Okonkwo|@|",
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := importedFile(t, name)
			var got []string
			for _, s := range b.Subjects {
				got = append(got, brief(s))
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			if len(b.Consents)+len(b.Notices) > 0 {
				t.Errorf("%d consents", len(b.Consents))
			}
			var problems []string
			for _, p := range b.Problems {
				problems = append(problems, fmt.Sprintf("%d %s %v", p.Line, string(p.Reason), p.Skipped))
			}
			var expect []string
			if name == "four.vcf" {
				expect = []string{"10 not-imported true", "15 unknown-card-version true", "19 bad-card true"}
			}
			if !slices.Equal(problems, expect) {
				t.Errorf("problems %q, want %q", problems, expect)
			}
		})
	}
	ios := importedFile(t, "ios.vcf").Subjects[0]
	if ios.Note != "a note that is so long that it goes on in the next line; and the one  after that" {
		t.Errorf("note %q", ios.Note)
	}
	if again := importedFile(t, "ios.vcf").Subjects[0]; again.ID != ios.ID || strings.Contains(string(ios.ID), "5B1C") {
		t.Errorf("ids %s and %s", ios.ID, again.ID)
	}
	all := []byte{}
	for _, name := range []string{"google.vcf", "four.vcf"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	if b := importedBytes(t, "x", all); len(b.Subjects) != 4 {
		t.Errorf("%d subjects of two files in one", len(b.Subjects))
	}
}

// A card that says somebody agreed brings no consent.
func TestCardsBringNoConsent(t *testing.T) {
	b := importedBytes(t, "", []byte("BEGIN:VCARD\nVERSION:4.0\nFN:Mira Okonkwo\nX-CONSENTRY-STATE:given\nX-CONSENT:ConsentGiven\nCATEGORIES:consent given\nEND:VCARD\n"))
	if len(b.Consents) > 0 || len(b.Subjects) != 1 {
		t.Errorf("%+v", b)
	}
}

// cards keeps what a card holds of a registry.
func cardBatch() Batch {
	b := Batch{Subjects: everything().Subjects}
	for i := range b.Subjects {
		s := &b.Subjects[i]
		kept := authz.Subject{ID: s.ID, Kind: s.Kind, Names: s.Names, Company: s.Company, Post: s.Post, Contacts: s.Contacts, Note: s.Note}
		kept.Contacts = slices.DeleteFunc(slices.Clone(s.Contacts), func(c authz.Contact) bool { return !usual(c) })
		kept.Names = slices.Clone(s.Names)
		kept.Names[0].Script = ""
		if kept.Names[0].Use == "brand" { // the first name has none
			kept.Names[0].Use = ""
		}
		if s.Firm != nil {
			kept.Firm = &authz.Firm{Domains: s.Firm.Domains}
		}
		if len(kept.Contacts) == 0 {
			kept.Contacts = nil
		}
		*s = kept
	}
	// A telephone number with a mark that separates is two; readings stand last.
	b.Subjects[0].Contacts[1].Value = "010 1"
	b.Subjects[0].Contacts[4].Value = "二"
	n := b.Subjects[0].Names
	b.Subjects[0].Names = []authz.Name{n[0], n[1], n[3]}
	b.Subjects[0].Names[1].Text = "Ouyang Xingye"
	return b
}

func TestCardsRoundTrip(t *testing.T) {
	for _, version := range []string{"3.0", "4.0"} {
		want := cardBatch()
		var buf bytes.Buffer
		if err := sheet(t).ExportVCard(&buf, want, version); err != nil {
			t.Fatal(err)
		}
		for l := range strings.SplitSeq(buf.String(), "\r\n") {
			if len(l) > 75 {
				t.Errorf("a line of %d bytes", len(l))
			}
		}
		got := importedBytes(t, "", buf.Bytes())
		if len(got.Problems) > 0 {
			t.Errorf("problems %v", got.Problems)
		}
		same(t, got, want)
		// Another reader reads them too.
		d := govcard.NewDecoder(bytes.NewReader(buf.Bytes()))
		for _, s := range want.Subjects {
			c, err := d.Decode()
			if err != nil {
				t.Fatal(err)
			}
			if got := c.PreferredValue(govcard.FieldFormattedName); got != s.Names[0].Text {
				t.Errorf("another reader sees %q, want %q", got, s.Names[0].Text)
			}
			if version == "4.0" && (c.Kind() == govcard.KindOrganization) != (s.Kind == authz.Organisation) {
				t.Errorf("another reader sees kind %s", c.Kind())
			}
			if got := c.Value(govcard.FieldTitle); got != s.Post {
				t.Errorf("another reader sees post %q, want %q", got, s.Post)
			}
		}
	}
	if err := sheet(t).ExportVCard(&bytes.Buffer{}, Batch{}, "2.1"); !errors.Is(err, ErrVersion) {
		t.Error(err)
	}
}

// FuzzCards: any bytes give a batch without a consent or an error, and its
// subjects go out and in again.
func FuzzCards(f *testing.F) {
	s := sheet(f)
	for _, name := range []string{"google.vcf", "outlook21.vcf", "ios.vcf", "four.vcf"} {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		b = append([]byte("BEGIN:VCARD\n"), b...)
		one, err := s.ImportFile("", bytes.NewReader(b), int64(len(b)), nil)
		if err != nil {
			return
		}
		if len(one.Consents) > 0 {
			t.Fatal("a card brought a consent")
		}
		var buf bytes.Buffer
		if err := s.ExportVCard(&buf, one, "4.0"); err != nil {
			t.Fatal(err)
		}
		if len(one.Subjects) == 0 {
			return
		}
		two, err := s.ImportFile("", bytes.NewReader(buf.Bytes()), int64(buf.Len()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(two.Subjects) != len(one.Subjects) {
			t.Fatalf("%d subjects became %d: %v", len(one.Subjects), len(two.Subjects), two.Problems)
		}
		for i, s := range one.Subjects {
			if authz.FoldName(two.Subjects[i].Names[0].Text) != authz.FoldName(s.Names[0].Text) || two.Subjects[i].Kind != s.Kind {
				t.Fatalf("%q became %q", s.Names, two.Subjects[i].Names)
			}
		}
	})
}
