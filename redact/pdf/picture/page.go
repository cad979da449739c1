package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/geom"
	"consentry/redact/pdf/object"
)

// pageQuality is that of the JPEG file of a page that is not written without loss.
const pageQuality = 88

// A Word is a text that can be read in the picture of a page.
type Word struct {
	Text string
	Box  geom.Rect // view points
}

// A Font writes text that can be searched: *label.Font.
type Font interface {
	Encode(text string) (codes []byte, width float64) // em
	Embed(f *object.File) (types.IndirectRef, error)
}

// pageKeys are the entries of a page that stay where a picture takes its place.
var pageKeys = []string{"Type", "Parent", "MediaBox", "CropBox", "Rotate", "UserUnit"}

// PageAsPicture replaces all of a page by one opaque picture of it as it is seen: its
// content, resources, annotations and all else but its boxes and rotation go. The
// words, where a font is given, lie over it as invisible text (ISO 32000-2, 9.3.6,
// mode 3), so that they can be searched and copied. The caller has hidden in the
// picture what is to be hidden, and gives no word of it. The picture becomes JPEG
// or stays without loss, whichever is smaller.
func PageAsPicture(f *object.File, pg object.Page, m *image.NRGBA, words []Word, font Font) error {
	if m.Rect.Empty() {
		return errNoSize
	}
	e, err := encodePage(m)
	if err != nil {
		return err
	}
	ref, err := e.add(f, m.Rect.Dx(), m.Rect.Dy(), nil)
	if err != nil {
		return err
	}
	view, w, h := pg.View()
	back, ok := view.Inverse()
	if !ok {
		return errors.New("the page has no size")
	}
	// The unit square, y up, to the page as seen, y down, to user space.
	to := geom.Matrix{A: w, D: -h, F: h}.Then(back)
	var b bytes.Buffer
	fmt.Fprintf(&b, "q %s cm /Page Do Q\n", numbers(to))
	resources := types.Dict{"XObject": types.Dict{"Page": ref}}
	if text := layer(words, font, back); text != nil {
		fontRef, err := font.Embed(f)
		if err != nil {
			return err
		}
		resources["Font"] = types.Dict{"Words": fontRef}
		b.Write(text)
	}
	contents, err := f.NewStream(nil, b.Bytes())
	if err != nil {
		return err
	}
	for k := range pg.Dict {
		if !slices.Contains(pageKeys, k) {
			delete(pg.Dict, k)
		}
	}
	pg.Dict["MediaBox"], pg.Dict["CropBox"] = array(pg.MediaBox), array(pg.CropBox)
	pg.Dict["Rotate"] = types.Integer(pg.Rotate)
	pg.Dict["Resources"], pg.Dict["Contents"] = resources, contents
	return nil
}

// encodePage takes the smaller of both.
func encodePage(m *image.NRGBA) (encoded, error) {
	grey := isGrey(m)
	exact, err := lossless(m, grey)
	if err != nil {
		return exact, err
	}
	lossy, err := jpegOf(m, grey, pageQuality)
	if err != nil || len(lossy.data) < len(exact.data) {
		return lossy, err
	}
	return exact, nil
}

// layer is the text layer; nil where there is nothing to write.
func layer(words []Word, font Font, back geom.Matrix) []byte {
	if font == nil {
		return nil
	}
	var b bytes.Buffer
	for _, w := range words {
		for _, c := range cells(w) {
			codes, wide := font.Encode(c.Text)
			if wide <= 0 || len(codes) == 0 || c.Box.Empty() {
				continue
			}
			// The em is as high as the box, four fifths of it above the baseline, and
			// as wide as makes the text fill it.
			size := c.Box.H()
			at := geom.Matrix{A: c.Box.W() / (wide * size), D: -1, E: c.Box.X0, F: c.Box.Y1 - size/5}.Then(back)
			fmt.Fprintf(&b, "/Words %.3f Tf %s Tm <%x> Tj\n", size, numbers(at), codes)
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return slices.Concat([]byte("BT 3 Tr\n"), b.Bytes(), []byte("ET\n"))
}

// cells are the word itself, or its runes below one another where a Chinese word
// stands upright.
func cells(w Word) []Word {
	n := utf8.RuneCountInString(w.Text)
	first, _ := utf8.DecodeRuneInString(w.Text)
	if n < 2 || w.Box.H() < 1.5*w.Box.W() || !unicode.Is(unicode.Han, first) {
		return []Word{w}
	}
	var out []Word
	y, h := w.Box.Y0, w.Box.H()/float64(n)
	for _, r := range w.Text {
		out = append(out, Word{string(r), geom.Rect{X0: w.Box.X0, Y0: y, X1: w.Box.X1, Y1: y + h}})
		y += h
	}
	return out
}

func numbers(m geom.Matrix) string {
	return fmt.Sprintf("%.5f %.5f %.5f %.5f %.4f %.4f", m.A, m.B, m.C, m.D, m.E, m.F)
}

func array(r geom.Rect) types.Array {
	return types.Array{types.Float(r.X0), types.Float(r.Y0), types.Float(r.X1), types.Float(r.Y1)}
}
