package redact

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Release says whether the people seen in a picture have agreed, in the words of
// the PLUS vocabulary.
type Release string

// The states that are written.
const (
	NoRelease      Release = ""       // nothing is written
	LimitedRelease Release = "MR-LMR" // limited or incomplete model releases
	NotApplicable  Release = "MR-NAP" // nobody is seen who could agree
)

// Rights is what a written picture says about its model releases. It is the only
// metadata that is ever written; the zero value writes none.
type Rights struct {
	Status   Release   `json:"status,omitempty"`
	Releases []string  `json:"releases,omitempty"` // ids of the records of consent
	Until    time.Time `json:"until,omitzero"`     // the last day, in its own zone; zero: no end
	Media    []string  `json:"media,omitempty"`    // the channels agreed to
	Regions  []string  `json:"regions,omitempty"`  // the territories agreed to
}

// A RightsWriter is a Document that can write rights into what it writes.
type RightsWriter interface {
	Document
	// RewriteWith is Rewrite, with rights. A file type that has no place for
	// them is written without.
	RewriteWith(ctx context.Context, w io.Writer, rs []Redaction, rights Rights) (mediaType string, err error)
}

// XMP is the packet that says so (XMP part 1, ISO 16684-1; PLUS-LDF 2.0), the
// same bytes for the same rights; nil where there is nothing to say.
func (r Rights) XMP() []byte {
	if r.Status == NoRelease {
		return nil
	}
	var b bytes.Buffer
	text := func(s string) string {
		var e bytes.Buffer
		xml.EscapeText(&e, []byte(s)) // a bytes.Buffer takes everything
		return e.String()
	}
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">` + "\n")
	b.WriteString("<plus:Version>2.0.0</plus:Version>\n")
	b.WriteString("<plus:ModelReleaseStatus>" + vocabulary + text(string(r.Status)) + "</plus:ModelReleaseStatus>\n")
	if ids := sorted(r.Releases); len(ids) > 0 {
		b.WriteString("<plus:ModelReleaseID><rdf:Bag>")
		for _, id := range ids {
			b.WriteString("<rdf:li>" + text(id) + "</rdf:li>")
		}
		b.WriteString("</rdf:Bag></plus:ModelReleaseID>\n")
	}
	if !r.Until.IsZero() {
		b.WriteString("<plus:LicenseEndDate>" + r.Until.Format(time.DateOnly) + "</plus:LicenseEndDate>\n")
	}
	for _, c := range []struct {
		name string
		list []string
	}{{"MediaConstraints", r.Media}, {"RegionConstraints", r.Regions}} {
		if list := sorted(c.list); len(list) > 0 {
			b.WriteString("<plus:" + c.name + `><rdf:Alt><rdf:li xml:lang="x-default">` + text(strings.Join(list, ", ")) + "</rdf:li></rdf:Alt></plus:" + c.name + ">\n")
		}
	}
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}

// ParseRights reads a packet that XMP wrote. Any other packet, and one whose
// words are no ids, is not ok.
func ParseRights(packet []byte) (r Rights, ok bool) {
	var x struct {
		Status  string   `xml:"RDF>Description>ModelReleaseStatus"`
		IDs     []string `xml:"RDF>Description>ModelReleaseID>Bag>li"`
		Until   string   `xml:"RDF>Description>LicenseEndDate"`
		Media   string   `xml:"RDF>Description>MediaConstraints>Alt>li"`
		Regions string   `xml:"RDF>Description>RegionConstraints>Alt>li"`
	}
	if xml.Unmarshal(packet, &x) != nil {
		return Rights{}, false
	}
	r = Rights{Status: Release(strings.TrimPrefix(x.Status, vocabulary)), Releases: x.IDs}
	if r.Status != LimitedRelease && r.Status != NotApplicable {
		return Rights{}, false
	}
	if x.Until != "" {
		if r.Until, ok = day(x.Until); !ok {
			return Rights{}, false
		}
	}
	if x.Media != "" {
		r.Media = strings.Split(x.Media, ", ")
	}
	if x.Regions != "" {
		r.Regions = strings.Split(x.Regions, ", ")
	}
	for _, word := range slices.Concat(r.Releases, r.Media, r.Regions) {
		if !isID.MatchString(word) {
			return Rights{}, false
		}
	}
	return r, bytes.Equal(r.XMP(), packet)
}

// vocabulary is where the PLUS terms live.
const vocabulary = "http://ns.useplus.org/ldf/vocab/"

var isID = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,64}$`)

func day(s string) (time.Time, bool) {
	t, err := time.Parse(time.DateOnly, s)
	return t, err == nil
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
