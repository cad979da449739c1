package office

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"consentry/redact"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
)

// cropped is a document of one picture, 100 pixels wide and high, used as given.
func cropped(t *testing.T, uses ...string) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for y := range 20 {
		for x := range 20 {
			img.Set(x, y, color.RGBA{200, 30, 30, 255}) // what is cropped away
			img.Set(60+x, 60+y, color.RGBA{30, 30, 200, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return officetest.Container(t,
		typesName, officetest.Header+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="`+wordMain+`"/></Types>`,
		rootRels, relsOpen+`<Relationship Id="rId1" Type="`+relType+`officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml", officetest.Header+`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p>`+strings.Join(uses, "")+`</w:p></w:body></w:document>`,
		"word/_rels/document.xml.rels", relsOpen+`<Relationship Id="rId2" Type="`+relType+`image" Target="media/image1.png"/></Relationships>`,
		"word/media/image1.png", b.String(),
	)
}

// What every use of a picture crops away is gone from its pixels; what one shows stays.
func TestCropped(t *testing.T) {
	const cut, less, all, old = `<pic><a:blip r:embed="rId2"/><a:srcRect l="50000" t="50%"/></pic>`, `<pic><a:blip r:embed="rId2"/><a:srcRect r="10000"/></pic>`, `<pic><a:blip r:embed="rId2"/></pic>`, `<v:imagedata r:id="rId2" cropleft="32768f" croptop=".5"/>`
	for _, c := range []struct {
		about string
		uses  []string
		gone  bool
	}{{"one", []string{cut}, true}, {"two alike", []string{cut, old}, true}, {"one less", []string{cut, less}, false}, {"one whole", []string{cut, all}, false}, {"old", []string{old}, true}, {"none", []string{all}, false}} {
		b := cropped(t, c.uses...)
		d, _ := officetest.PagesOf(t, New(Options{Inside: pictures}), b)
		var out bytes.Buffer
		_, notes, err := d.(redact.Noter).RewriteNoting(t.Context(), &out, nil)
		if err != nil {
			t.Fatal(c.about, err)
		}
		if said := slices.ContainsFunc(notes, func(n redact.Note) bool { return n.Code == parts.NotePictureCut }); said != c.gone {
			t.Errorf("%s: said is %v", c.about, said)
		}
		for name, body := range officetest.Unpacked(t, out.Bytes()) {
			if !strings.HasSuffix(name, ".png") {
				continue
			}
			img, err := png.Decode(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			r, _, bl, _ := img.At(5, 5).RGBA()
			if red := r > 2*bl; red == c.gone {
				t.Errorf("%s: the corner is %v", c.about, img.At(5, 5))
			}
			if r, _, bl, _ := img.At(70, 70).RGBA(); bl < 2*r {
				t.Errorf("%s: what is shown is %v", c.about, img.At(70, 70))
			}
		}
	}
}
