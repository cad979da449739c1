package odf_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office"
	"consentry/redact/office/audit"
	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
	"consentry/redact/photo"
)

// quarters is a picture of 300 pixels whose quarters are red, green, blue and yellow.
func quarters() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 300, 300))
	of := []color.RGBA{{200, 30, 30, 255}, {30, 200, 30, 255}, {30, 30, 200, 255}, {200, 200, 30, 255}}
	for y := range 300 {
		for x := range 300 {
			m.Set(x, y, of[y/150*2+x/150])
		}
	}
	return m
}

// pngOf is a PNG file of so many pixels an inch; of none where that is not said.
func pngOf(t testing.TB, perInch int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, quarters()); err != nil {
		t.Fatal(err)
	}
	if perInch == 0 {
		return b.Bytes()
	}
	return odf.PutDensity(b.Bytes(), perInch)
}

func jpegOf(t testing.TB, perInch int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, quarters(), nil); err != nil {
		t.Fatal(err)
	}
	return odf.PutDensity(b.Bytes(), perInch)
}

// clipped is a document in which frames of these styles show one picture.
func clipped(t testing.TB, media, picture string, body []byte, common, automatic string, frames ...string) []byte {
	var in strings.Builder
	for _, style := range frames {
		in.WriteString(`<draw:frame ` + style + ` text:anchor-type="as-char" svg:width="5cm" svg:height="5cm"><draw:image xlink:href="` + picture + `" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>`)
	}
	kind, content := "text", `<text:p>`+in.String()+`</text:p>`
	if media == odf.ODP {
		kind, content = "presentation", `<draw:page draw:name="one" draw:master-page-name="Standard">`+in.String()+`</draw:page>`
	}
	return openDocument(t, media, "content.xml", contentXML(kind, `<office:automatic-styles>`+automatic+`</office:automatic-styles>`, content),
		"styles.xml", officetest.Header+`<office:document-styles`+odfNS+`><office:styles>`+common+`</office:styles><office:automatic-styles><style:page-layout style:name="pm"/></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm"/></office:master-styles></office:document-styles>`,
		picture, string(body))
}

func styleOf(family, name, parent, clip string) string {
	s := `<style:style style:name="` + name + `" style:family="` + family + `"`
	if parent != "" {
		s += ` style:parent-style-name="` + parent + `"`
	}
	if clip != "" {
		return s + `><style:graphic-properties fo:clip="` + clip + `"/></style:style>`
	}
	return s + `/>`
}

// withPictures opens pictures by the real format, in process.
var withPictures = office.New(office.Options{Inside: func(ctx context.Context, name string, b []byte) (redact.Document, error) {
	return photo.New(photo.InProcess, nil).Open(ctx, redact.Asset{Name: name, Size: int64(len(b))}, bytes.NewReader(b))
}})

// What every frame of a picture crops away is gone from its pixels; what one shows stays,
// and so does the density by which the crop is measured.
func TestClipped(t *testing.T) {
	const auto, left, leftOf96 = `draw:style-name="fr1"`, "rect(0cm, 0cm, 0cm, 1.27cm)", "rect(0in 0in 0in 1.5625in)" // the left half
	png300, png0 := pngOf(t, 300), pngOf(t, 0)
	for _, c := range []struct {
		about             string
		media, name       string
		picture           []byte
		common, automatic string
		frames            []string
		gone              string // of the quarters
	}{
		{"300 an inch", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", left), []string{auto}, "rb"},
		{"no density", odf.ODT, "Pictures/a.png", png0, "", styleOf("graphic", "fr1", "", leftOf96), []string{auto}, "rb"},
		{"JPEG", odf.ODT, "Pictures/a.jpg", jpegOf(t, 300), "", styleOf("graphic", "fr1", "", left), []string{auto}, "rb"},
		{"inherited", odf.ODT, "Pictures/a.png", png300, styleOf("graphic", "Mine", "", left), styleOf("graphic", "fr1", "Mine", ""), []string{auto}, "rb"},
		{"common", odf.ODT, "Pictures/a.png", png300, styleOf("graphic", "Base", "", left) + styleOf("graphic", "fr1", "Base", ""), "", []string{auto}, "rb"},
		{"taken back", odf.ODT, "Pictures/a.png", png300, styleOf("graphic", "Mine", "", left), styleOf("graphic", "fr1", "Mine", "rect(0cm, 0cm, 0cm, 0cm)"), []string{auto}, ""},
		{"one's own parent", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "fr1", ""), []string{auto}, ""},
		{"a slide", odf.ODP, "Pictures/a.png", png300, styleOf("presentation", "Base", "", left), styleOf("presentation", "pr1", "Base", "") + styleOf("graphic", "pr1", "", "rect(0cm, 0cm, 0cm, 0cm)"), []string{`presentation:style-name="pr1"`}, "rb"},
		{"twice, two parts", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", left) + styleOf("graphic", "fr2", "", "rect(1.27cm auto auto auto)"), []string{auto, `draw:style-name="fr2"`}, ""},
		{"twice, three quarters and one of them", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", "rect(36pt, 0cm, 0cm, .5in)") + styleOf("graphic", "fr2", "", "rect(12.7mm, 0cm, 0cm, 0cm)"), []string{auto, `draw:style-name="fr2"`}, "rg"},
		{"once whole", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", left), []string{auto, `draw:style-name="fr2"`}, ""},
		{"reaching outside", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", "rect(-1cm, -1cm, -1cm, -1cm)"), []string{auto}, ""},
		{"another unit", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", "rect(50%, 0cm, 0cm, 0cm)"), []string{auto}, ""},
		{"no clip", odf.ODT, "Pictures/a.png", png300, "", styleOf("graphic", "fr1", "", "auto"), []string{auto}, ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			source := clipped(t, c.media, c.name, c.picture, c.common, c.automatic, c.frames...)
			out, media, _, notes := officetest.Hidden(t, withPictures, source, nil)
			if said := slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == parts.NotePictureCut }); said != (c.gone != "") {
				t.Errorf("said is %v", said)
			}
			for _, l := range officetest.Attacked(t, media, source, out, nil) {
				t.Errorf("the attack: %s", l.Where)
			}
			seen := false
			for name, body := range officetest.Unpacked(t, out) {
				if !strings.HasPrefix(name, "Pictures/") {
					continue
				}
				seen = true
				m, _, err := image.Decode(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				for i, quarter := range "rgby" {
					x, y := 75+i%2*150, 75+i/2*150
					r, g, b, _ := m.At(x, y).RGBA()
					was := [4]bool{r > 2*b && r > 2*g, g > 2*r && g > 2*b, b > 2*r && b > 2*g, r > 2*b && g > 2*b}[i]
					if was == strings.ContainsRune(c.gone, quarter) {
						t.Errorf("the quarter %c is %v", quarter, m.At(x, y))
					}
				}
				if got, want := odf.Density([]byte(body)), odf.Density(c.picture); got != want {
					t.Errorf("it has %v pixels an inch, had %v", got, want)
				}
			}
			if !seen {
				t.Error("no picture is written")
			}
		})
	}
}

// Where pixels are not upright, and others may take other sides for left and top, or
// the measures are not known, all of the picture stays.
func TestClippedTurned(t *testing.T) {
	exif := "\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x03\x00\x00\x00\x00\x00\x00"
	b := jpegOf(t, 300)
	b = slices.Concat(b[:20], []byte(exif), b[20:])
	_, _, _, notes := officetest.Hidden(t, withPictures, clipped(t, odf.ODT, "Pictures/a.jpg", b, "", styleOf("graphic", "fr1", "", "rect(0cm, 0cm, 0cm, 1.27cm)"), `draw:style-name="fr1"`), nil)
	if len(notes) > 0 {
		t.Errorf("%+v", notes)
	}
}

// The audit tells of a clip, and of none that crops nothing.
func TestClipTold(t *testing.T) {
	for clip, want := range map[string]bool{"rect(0cm, 0cm, 0cm, 0.05cm)": true, "rect(1cm 0cm 0cm 0cm)": true, "rect(0cm, 0cm, 0cm, 0cm)": false, "rect(-1cm, 0cm, 0cm, 0.00cm)": false, "auto": false} {
		b := clipped(t, odf.ODT, "Pictures/a.png", pngOf(t, 0), "", styleOf("graphic", "fr1", "", clip), `draw:style-name="fr1"`)
		leaks, err := audit.Attack{}.Try(t.Context(), redact.Released{AsIs: true, Asset: redact.Asset{Type: odf.ODT, Size: int64(len(b))}, Body: bytes.NewReader(b)})
		if err != nil {
			t.Fatal(err)
		}
		if told := slices.ContainsFunc(leaks, func(l redact.Leak) bool { return strings.Contains(l.Where, audit.Cropped) }); told != want {
			t.Errorf("%s: told is %v", clip, told)
		}
	}
}
