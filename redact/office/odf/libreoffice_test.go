//go:build libreoffice

package odf_test

import (
	"strings"
	"testing"

	"consentry/redact/office/odf"
	"consentry/redact/office/officetest"
	"consentry/redact/office/parts"
)

// LibreOffice reads in a written text or workbook what it reads where nothing was
// hidden. In the workbook a formula and its value name two people, so that there only
// the names are looked for.
func TestLibreOfficeReads(t *testing.T) {
	officetest.WantRead(t, format, "canary.odt", "txt:Text", true, canaryODT)
	officetest.WantRead(t, format, "canary.ods", officetest.CSV, false, canaryODS)
}

// It draws a written presentation without the names.
func TestLibreOfficeOpensSlides(t *testing.T) {
	var p officetest.Planted
	source := canaryODP(t, &p)
	out, _, _, _ := officetest.Hidden(t, format, source, p.Names)
	before, after := strings.Join(officetest.Converted(t, "canary.odp", source, "svg"), ""), strings.Join(officetest.Converted(t, "canary.odp", out, "svg"), "")
	named := 0
	for _, n := range p.Names {
		word := n[strings.Index(n, "Qui"):]
		if strings.Contains(before, word) {
			named++
		}
		if strings.Contains(after, word) {
			t.Errorf("%s is drawn", n)
		}
	}
	if named == 0 || !strings.Contains(after, "客户") {
		t.Errorf("%d names were drawn before", named)
	}
}

// It draws a cropped picture of a written document as it draws that of the source:
// what is cropped away is gone, what is shown has its place and its size. It does not
// look at a clip that a style has from a common one, and shows all of such a picture.
func TestLibreOfficeClips(t *testing.T) {
	fr1 := `draw:style-name="fr1"`
	for name, source := range map[string][]byte{
		"automatic.odt": clipped(t, odf.ODT, "Pictures/a.png", pngOf(t, 300), "", styleOf("graphic", "fr1", "", "rect(0cm, 0cm, 0cm, 1.27cm)"), fr1),
		"plain.odt":     clipped(t, odf.ODT, "Pictures/a.png", pngOf(t, 0), "", styleOf("graphic", "fr1", "", "rect(3.96875cm, 0cm, 0cm, 0cm)"), fr1),
		"jpeg.odt":      clipped(t, odf.ODT, "Pictures/a.jpg", jpegOf(t, 200), "", styleOf("graphic", "fr1", "", "rect(0.75in, 0cm, 0cm, 0.75in)"), fr1),
		"twice.odt":     clipped(t, odf.ODT, "Pictures/a.png", pngOf(t, 300), "", styleOf("graphic", "fr1", "", "rect(36pt, 0cm, 0cm, .5in)")+styleOf("graphic", "fr2", "", "rect(12.7mm, 0cm, 0cm, 0cm)"), fr1, `draw:style-name="fr2"`),
		"slide.odp":     clipped(t, odf.ODP, "Pictures/a.png", pngOf(t, 300), "", styleOf("presentation", "pr1", "", "rect(0cm, 0cm, 0cm, 1.27cm)"), `presentation:style-name="pr1" presentation:class="graphic"`),
	} {
		t.Run(name, func(t *testing.T) {
			out, _, _, notes := officetest.Hidden(t, withPictures, source, nil)
			if len(notes) != 1 || notes[0].Code != parts.NotePictureCut {
				t.Fatalf("%+v", notes)
			}
			_, before := officetest.Drawn(t, name, source)
			_, after := officetest.Drawn(t, name, out)
			if len(before) != 1 || len(after) != 1 || len(before[0]) != len(after[0]) {
				t.Fatal("another number of pages, or of another size")
			}
			// Programs that print pack pictures anew, so that near an edge what was there shines through.
			other, coloured := 0, 0
			for i := range before[0] {
				if d := int(before[0][i]) - int(after[0][i]); d > 24 || d < -24 {
					other++
				}
				if before[0][i] < 100 {
					coloured++
				}
			}
			if coloured < 1000 || other > coloured/20 {
				t.Errorf("of %d bytes that are drawn, %d are others", coloured, other)
			}
		})
	}
}
