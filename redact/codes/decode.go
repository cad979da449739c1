package codes

import (
	"image"
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/aztec"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// view shows a turned rectangle of a level, w×h pixels, as a picture.
func (l level) view(cx, cy, angle, hu, hv float64, w, h int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(angle)
	n := min(max(1, int(math.Ceil(2*hu/float64(w)-0.2))), 4) // samples a pixel, each way
	for y := range h {
		for x := range w {
			sum := 0.0
			for k := range n * n {
				u := ((float64(x)+(float64(k%n)+.5)/float64(n))/float64(w)*2 - 1) * hu
				v := ((float64(y)+(float64(k/n)+.5)/float64(n))/float64(h)*2 - 1) * hv
				sum += l.at(cx+u*cos-v*sin, cy+u*sin+v*cos)
			}
			out.Pix[y*out.Stride+x] = uint8(sum/float64(n*n) + .5)
		}
	}
	return out
}

// at is the shade at a place between pixels.
func (l level) at(x, y float64) float64 {
	x, y = min(max(x-.5, 0), float64(l.w-1)), min(max(y-.5, 0), float64(l.h-1))
	x0, y0 := int(x), int(y)
	x1, y1 := min(x0+1, l.w-1), min(y0+1, l.h-1)
	fx, fy := x-float64(x0), y-float64(y0)
	top := float64(l.pix[y0*l.w+x0])*(1-fx) + float64(l.pix[y0*l.w+x1])*fx
	low := float64(l.pix[y1*l.w+x0])*(1-fx) + float64(l.pix[y1*l.w+x1])*fx
	return top*(1-fy) + low*fy
}

var hints = map[gozxing.DecodeHintType]interface{}{gozxing.DecodeHintType_TRY_HARDER: true}

// decodes reports whether one of the readers understands the picture, as it is or
// with light and dark exchanged. The result's points are corners or patterns that
// the reader reports, in the picture's pixels; its text may name someone.
func decodes(img *image.Gray, negative bool, readers ...gozxing.Reader) (result *gozxing.Result, ok bool) {
	defer func() {
		if recover() != nil { // a damaged code has led the library out of its bounds
			result, ok = nil, false
		}
	}()
	var src gozxing.LuminanceSource = gozxing.NewLuminanceSourceFromImage(img)
	if negative {
		src = src.Invert()
	}
	for _, binarizer := range []func(gozxing.LuminanceSource) gozxing.Binarizer{gozxing.NewHybridBinarizer, gozxing.NewGlobalHistgramBinarizer} {
		for _, r := range readers {
			bmp, err := gozxing.NewBinaryBitmap(binarizer(src))
			if err != nil {
				return nil, false
			}
			res, err := r.Decode(bmp, hints)
			if err != nil {
				continue
			}
			switch res.GetBarcodeFormat() { // weak formats: short ones are read into any stripes
			case gozxing.BarcodeFormat_ITF, gozxing.BarcodeFormat_CODABAR, gozxing.BarcodeFormat_CODE_39, gozxing.BarcodeFormat_UPC_E:
				if len(res.GetText()) < 6 {
					continue
				}
			}
			return res, true
		}
	}
	return nil, false
}

func qrReaders() []gozxing.Reader { return []gozxing.Reader{qrcode.NewQRCodeReader()} }

func dotReaders() []gozxing.Reader {
	return []gozxing.Reader{datamatrix.NewDataMatrixReader(), aztec.NewAztecReader()}
}

func barReaders() []gozxing.Reader {
	return []gozxing.Reader{
		oned.NewCode128Reader(), oned.NewMultiFormatUPCEANReader(nil), oned.NewCode39Reader(), oned.NewITFReader(),
		oned.NewCode93Reader(), oned.NewCodaBarReader(),
	}
}

// The start and stop patterns of PDF417 (ISO/IEC 15438), in modules.
var stacks = [][]int{{8, 1, 1, 1, 1, 1, 1, 3}, {7, 1, 1, 3, 1, 1, 1, 2, 1}}

// isStack reports whether enough rows of a picture hold a pattern that PDF417
// alone has at its ends, read either way.
func isStack(img *image.Gray) bool {
	rows := 0
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:img.Rect.Dx()]
		lo, hi := row[0], row[0]
		for _, v := range row {
			lo, hi = min(lo, v), max(hi, v)
		}
		if hi-lo < 40 {
			continue
		}
		mid := (int(lo) + int(hi)) / 2
		var runs []int
		start := 0
		for x := 1; x <= len(row); x++ {
			if x == len(row) || (int(row[x]) < mid) != (int(row[x-1]) < mid) {
				runs = append(runs, x-start)
				start = x
			}
		}
		first := 0
		if int(row[0]) >= mid { // the patterns begin with a bar
			first = 1
		}
		ends := 0
		for _, p := range stacks {
			if holds(runs, first, p) {
				ends++
			}
		}
		if ends > 0 {
			rows++
		}
	}
	return rows*3 >= img.Rect.Dy()
}

// holds looks for a pattern in runs of which the one at first is a bar.
func holds(runs []int, first int, p []int) bool {
	total := 0
	for _, m := range p {
		total += m
	}
	for i := 0; i+len(p) <= len(runs); i++ {
		sum := 0
		for _, r := range runs[i : i+len(p)] {
			sum += r
		}
		if sum < total { // narrower than a pixel a module
			continue
		}
		module := float64(sum) / float64(total)
		fits := func(at func(int) int) bool {
			for k, r := range runs[i : i+len(p)] {
				if math.Abs(float64(r)/module-float64(at(k))) > 0.65 {
					return false
				}
			}
			return true
		}
		if i%2 == first%2 && fits(func(k int) int { return p[k] }) {
			return true
		}
		// Backwards, an even pattern begins with a space.
		if (i+len(p)-1)%2 == first%2 && fits(func(k int) int { return p[len(p)-1-k] }) {
			return true
		}
	}
	return false
}
