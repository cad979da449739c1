package photo

import (
	"encoding/binary"
	"image"
	"image/color"
	"testing"
)

// Colorants under D50, as in the published profiles.
var (
	p3       = [9]float64{.51512, .29198, .15710, .24120, .69225, .06657, -.00105, .04189, .78407}
	adobeRGB = [9]float64{.60974, .20528, .14919, .31111, .62567, .06322, .01947, .06087, .74457}
	proPhoto = [9]float64{.79767, .13519, .03134, .28804, .71188, .00009, 0, 0, .82491}
	srgb     = [9]float64{.43607, .38515, .14307, .22249, .71687, .06061, .01392, .09708, .71410}
)

func s15(list ...float64) (b []byte) {
	for _, v := range list {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(v*65536)))
	}
	return b
}

func para(kind byte, p ...float64) []byte {
	return append([]byte{'p', 'a', 'r', 'a', 0, 0, 0, 0, 0, kind, 0, 0}, s15(p...)...)
}

func curv(v ...uint16) []byte {
	b := append([]byte("curv\x00\x00\x00\x00"), 0, 0, 0, byte(len(v)))
	for _, x := range v {
		b = binary.BigEndian.AppendUint16(b, x)
	}
	return b
}

var srgbCurve = para(3, 2.4, 1/1.055, .055/1.055, 1/12.92, .04045)

// build writes a profile of tags in alphabetical pairs.
func build(space string, tags ...[2]string) []byte {
	head := make([]byte, 128)
	copy(head[12:], "mntr"+space+"XYZ ")
	copy(head[36:], "acsp")
	table := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	for _, t := range tags {
		table = append(table, t[0]...)
		table = binary.BigEndian.AppendUint32(table, uint32(132+12*len(tags)+len(data)))
		table = binary.BigEndian.AppendUint32(table, uint32(len(t[1])))
		data = append(data, t[1]...)
	}
	return append(append(head, table...), data...)
}

func profile(m [9]float64, curve []byte) []byte {
	var tags [][2]string
	for i, p := range []string{"r", "g", "b"} {
		tags = append(tags, [2]string{p + "XYZ", "XYZ \x00\x00\x00\x00" + string(s15(m[i], m[3+i], m[6+i]))}, [2]string{p + "TRC", string(curve)})
	}
	return build("RGB ", tags...)
}

func withProfile(t testing.TB, m image.Image, icc []byte) []byte {
	return withChunks(pngOf(t, m), pngChunk("iCCP", []byte("x\x00\x00"+deflate(string(icc)))))
}

func one(c color.NRGBA) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, 3, 40))
	for i := 0; i < len(m.Pix); i += 4 {
		m.Pix[i], m.Pix[i+1], m.Pix[i+2], m.Pix[i+3] = c.R, c.G, c.B, c.A
	}
	return m
}

// The values are the sRGB primaries in the other spaces, as published and as
// every colour tool shows them.
func TestProfiles(t *testing.T) {
	red, green, blue := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}
	table := make([]uint16, 200)
	for i := range table {
		x := float64(i) / 199
		table[i] = uint16(x * x * 65535)
	}
	for name, c := range map[string]struct {
		icc      []byte
		in, want color.NRGBA
		outcome  Profile
	}{
		"p3 red":           {profile(p3, srgbCurve), color.NRGBA{234, 51, 35, 255}, red, Converted},
		"p3 green":         {profile(p3, srgbCurve), color.NRGBA{117, 251, 76, 255}, green, Converted},
		"p3 blue":          {profile(p3, srgbCurve), color.NRGBA{0, 0, 245, 255}, blue, Converted},
		"p3 grey":          {profile(p3, srgbCurve), color.NRGBA{128, 128, 128, 255}, color.NRGBA{128, 128, 128, 255}, Converted},
		"p3 beyond":        {profile(p3, srgbCurve), color.NRGBA{255, 0, 0, 255}, red, Converted},
		"p3 veiled":        {profile(p3, srgbCurve), color.NRGBA{234, 51, 35, 99}, color.NRGBA{255, 0, 0, 99}, Converted},
		"adobe red":        {profile(adobeRGB, curv(0x0233)), color.NRGBA{219, 0, 0, 255}, red, Converted},
		"adobe green":      {profile(adobeRGB, curv(0x0233)), color.NRGBA{144, 255, 60, 255}, green, Converted},
		"prophoto red":     {profile(proPhoto, para(0, 1.8)), color.NRGBA{179, 70, 26, 255}, red, Converted},
		"prophoto green":   {profile(proPhoto, para(0, 1.8)), color.NRGBA{138, 237, 78, 255}, green, Converted},
		"srgb":             {profile(srgb, srgbCurve), color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, SRGB},
		"srgb para 4":      {profile(srgb, para(4, 2.4, 1/1.055, .055/1.055, 1/12.92, .04045, 0, 0)), color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, SRGB},
		"linear":           {profile(srgb, curv()), color.NRGBA{55, 55, 55, 255}, color.NRGBA{128, 128, 128, 255}, Converted},
		"para 1":           {profile(srgb, para(1, 1, 2, -1)), color.NRGBA{155, 100, 155, 255}, color.NRGBA{128, 0, 128, 255}, Converted},
		"para 2":           {profile(srgb, para(2, 1, .5, 0, .1)), color.NRGBA{0, 0, 0, 255}, color.NRGBA{89, 89, 89, 255}, Converted},
		"table of squares": {profile(srgb, curv(table...)), color.NRGBA{118, 118, 118, 255}, color.NRGBA{128, 128, 128, 255}, Converted},
		"tables":           {build("RGB ", [2]string{"A2B0", "mft2 whatever"}), color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, Kept},
		"of inks":          {build("CMYK"), color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, Kept},
		"of grey":          {build("GRAY", [2]string{"kTRC", string(curv())}), color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, Kept},
		"cut":              {profile(p3, srgbCurve)[:200], color.NRGBA{12, 200, 99, 255}, color.NRGBA{12, 200, 99, 255}, Kept},
	} {
		t.Run(name, func(t *testing.T) {
			m := decode(t, withProfile(t, one(c.in), c.icc))
			if got := m.Pix.NRGBAAt(2, 39); !near(got, c.want, 3) || m.Info.Profile != c.outcome {
				t.Errorf("%v became %v (%q), want %v (%q)", c.in, got, m.Info.Profile, c.want, c.outcome)
			}
		})
	}
}

func TestGreyProfile(t *testing.T) {
	m := decode(t, withProfile(t, flat(3, 40, 55), build("GRAY", [2]string{"kTRC", string(curv())})))
	if got := m.Pix.NRGBAAt(2, 39); !near(got, color.NRGBA{128, 128, 128, 255}, 1) || m.Info.Profile != Converted {
		t.Errorf("%v, %q", got, m.Info.Profile)
	}
}

// A profile in several parts, out of order, and on a picture to be turned.
func TestProfileInParts(t *testing.T) {
	icc := string(profile(p3, srgbCurve))
	b := withSegments(jpegOf(t, one(color.NRGBA{234, 51, 35, 255}), 100), exifSegment(exifOf([]entry{short(tagOrientation, 6)}, nil, nil, nil)),
		seg(markAPP0+2, "ICC_PROFILE\x00\x02\x02", icc[100:]), seg(markAPP0+2, "ICC_PROFILE\x00\x01\x02", icc[:100]))
	m := decode(t, b)
	if got := m.Pix.NRGBAAt(39, 2); !near(got, color.NRGBA{255, 0, 0, 255}, 6) || m.Info.Profile != Converted {
		t.Errorf("%v, %q", got, m.Info.Profile)
	}
}
