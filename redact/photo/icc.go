package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

type iccPart struct {
	number byte
	data   []byte
}

// joinICC puts the parts of a profile in order (ICC.1:2010 annex B.4).
func joinICC(parts []iccPart) []byte {
	slices.SortStableFunc(parts, func(a, b iccPart) int { return int(a.number) - int(b.number) })
	var b []byte
	for _, p := range parts {
		b = append(b, p.data...)
	}
	return b
}

// conversion turns 8-bit values of a profile into sRGB.
type conversion struct {
	linear [3][256]float32 // device value to light
	matrix [9]float32      // light to linear sRGB, row by row
}

// fromPCS is the connection space (XYZ under D50) to linear sRGB: the inverse
// of the sRGB colorants adapted to D50 by Bradford.
var fromPCS = [9]float64{
	3.1338561, -1.6168667, -0.4906146,
	-0.9787684, 1.9161415, 0.0334540,
	0.0719453, -0.2289914, 1.4052427,
}

// encoded is sRGB's transfer function (IEC 61966-2-1), finely enough for 8 bits
// where it is steepest.
var encoded = func() (t [1 << 14]uint8) {
	for i := range t {
		v := float64(i) / (1<<14 - 1)
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		t[i] = uint8(v*255 + .5)
	}
	return t
}()

func encode(v float32) uint8 { return encoded[int(min(1, max(0, v))*(1<<14-1)+.5)] }

// conversion decides what the file's profile does to its pixels.
func (m *metadata) conversion(info Info) (*conversion, Profile) {
	if len(m.icc) == 0 {
		return nil, NoProfile
	}
	c, err := parseICC(m.icc, info.Grey)
	if err != nil || info.CMYK {
		return nil, Kept
	}
	if c.isIdentity() {
		return nil, SRGB
	}
	return c, Converted
}

// parseICC reads a profile of the three-component matrix kind (ICC.1:2010,
// 8.3.3) or the monochrome kind (8.3.4, for grey pictures only).
func parseICC(b []byte, grey bool) (*conversion, error) {
	if len(b) < 132 || string(b[36:40]) != "acsp" {
		return nil, errors.New("no profile")
	}
	if string(b[20:24]) != "XYZ " {
		return nil, errors.New("profile by tables")
	}
	tags := iccTags(b)
	c := new(conversion)
	switch space := string(b[16:20]); {
	case space == "GRAY" && grey:
		if err := c.setCurve(tags["kTRC"], 0, 1, 2); err != nil {
			return nil, err
		}
		c.matrix = [9]float32{1, 0, 0, 0, 1, 0, 0, 0, 1}
		return c, nil
	case space != "RGB ":
		return nil, errors.New("profile of another colour space")
	}
	var colorants [9]float64
	for i, p := range []string{"r", "g", "b"} {
		if err := c.setCurve(tags[p+"TRC"], i); err != nil {
			return nil, err
		}
		xyz := tags[p+"XYZ"]
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return nil, errors.New("profile by tables")
		}
		for k := range 3 {
			colorants[3*k+i] = fixed(xyz[8+4*k:])
		}
	}
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				c.matrix[3*i+j] += float32(fromPCS[3*i+k] * colorants[3*k+j])
			}
		}
	}
	return c, nil
}

func iccTags(b []byte) map[string][]byte {
	tags := map[string][]byte{}
	n := min(int64(binary.BigEndian.Uint32(b[128:])), 200)
	for i := range n {
		at := 132 + 12*i
		if at+12 > int64(len(b)) {
			break
		}
		from, size := int64(binary.BigEndian.Uint32(b[at+4:])), int64(binary.BigEndian.Uint32(b[at+8:]))
		if from+size <= int64(len(b)) {
			tags[string(b[at:at+4])] = b[from : from+size]
		}
	}
	return tags
}

// fixed reads an s15Fixed16Number.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// setCurve fills the tables of some channels from a curv or para tag.
func (c *conversion) setCurve(b []byte, channels ...int) error {
	f, err := iccCurve(b)
	if err != nil {
		return err
	}
	for i := range 256 {
		v := f(float64(i) / 255)
		if math.IsNaN(v) {
			v = 0
		}
		for _, ch := range channels {
			c.linear[ch][i] = float32(min(1, max(0, v)))
		}
	}
	return nil
}

// iccCurve reads a curveType (10.5) or a parametricCurveType (10.15).
func iccCurve(b []byte) (func(float64) float64, error) {
	if len(b) < 12 {
		return nil, errors.New("profile without curve")
	}
	switch {
	case bytes.HasPrefix(b, []byte("curv")):
		n, v := int64(binary.BigEndian.Uint32(b[8:])), b[12:]
		switch {
		case n == 0:
			return func(x float64) float64 { return x }, nil
		case n > int64(len(v)/2):
			return nil, errors.New("curve cut short")
		case n == 1:
			g := float64(binary.BigEndian.Uint16(v)) / 256
			return func(x float64) float64 { return math.Pow(x, g) }, nil
		}
		return func(x float64) float64 {
			at := x * float64(n-1)
			i := min(int64(at), n-2)
			lo, hi := float64(binary.BigEndian.Uint16(v[2*i:])), float64(binary.BigEndian.Uint16(v[2*i+2:]))
			return (lo + (hi-lo)*(at-float64(i))) / 65535
		}, nil
	case bytes.HasPrefix(b, []byte("para")):
		kind := int(binary.BigEndian.Uint16(b[8:]))
		count := []int{1, 3, 4, 5, 7}
		if kind >= len(count) || len(b) < 12+4*count[kind] {
			return nil, errors.New("curve of unknown kind")
		}
		var p [7]float64 // g a b c d e f
		for i := range count[kind] {
			p[i] = fixed(b[12+4*i:])
		}
		return parametric(kind, p), nil
	}
	return nil, errors.New("curve of unknown kind")
}

// parametric is table 65 of ICC.1:2010, its five kinds brought to the last one:
// (a·x + b)^g + e from d on, c·x + f below.
func parametric(kind int, p [7]float64) func(float64) float64 {
	g, a, b, c, d, e, f := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	switch kind {
	case 0:
		a, b, c, d, e, f = 1, 0, 0, 0, 0, 0
	case 1:
		c, d, e, f = 0, -b/a, 0, 0
	case 2:
		c, d, e, f = 0, -b/a, p[3], p[3]
	}
	return func(x float64) float64 {
		if x >= d {
			return math.Pow(a*x+b, g) + e
		}
		return c*x + f
	}
}

// apply converts NRGBA pixels in place.
func (c *conversion) apply(pix []byte) {
	m := &c.matrix
	for i := 0; i+3 < len(pix); i += 4 {
		r, g, b := c.linear[0][pix[i]], c.linear[1][pix[i+1]], c.linear[2][pix[i+2]]
		pix[i] = encode(m[0]*r + m[1]*g + m[2]*b)
		pix[i+1] = encode(m[3]*r + m[4]*g + m[5]*b)
		pix[i+2] = encode(m[6]*r + m[7]*g + m[8]*b)
	}
}

// isIdentity tries colours all over the cube: where none moves by more than two
// steps, the profile is sRGB under whatever name.
func (c *conversion) isIdentity() bool {
	for r := 0; r <= 255; r += 15 {
		for g := 0; g <= 255; g += 15 {
			for b := 0; b <= 255; b += 15 {
				p := []byte{byte(r), byte(g), byte(b), 255}
				c.apply(p)
				if abs(int(p[0])-r) > 2 || abs(int(p[1])-g) > 2 || abs(int(p[2])-b) > 2 {
					return false
				}
			}
		}
	}
	return true
}

func abs(v int) int { return max(v, -v) }
