package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"math"
	"slices"
	"strings"

	"github.com/gen2brain/heic"
)

// isHEIC looks at the brands of an ftyp box: HEVC pictures, not AVIF.
func isHEIC(b []byte) bool {
	hevc := []string{"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"}
	n := min(int64(len(b)), int64(binary.BigEndian.Uint32(b)))
	for i := int64(8); i+4 <= n; i += 4 {
		if brand := string(b[i : i+4]); i != 12 && slices.Contains(hevc, brand) {
			return true
		} else if i == 8 && !slices.Contains([]string{"mif1", "msf1", "miaf"}, brand) {
			return false
		}
	}
	return false
}

// A box is one box of an ISO base media file (ISO/IEC 14496-12).
type box struct {
	kind string
	data []byte
}

// boxes splits a row of boxes.
func boxes(b []byte) ([]box, error) {
	var list []box
	for len(b) > 0 {
		if len(b) < 8 {
			return nil, errCut
		}
		n, head := int64(binary.BigEndian.Uint32(b)), int64(8)
		switch n {
		case 0: // to the end
			n = int64(len(b))
		case 1:
			if len(b) < 16 {
				return nil, errCut
			}
			n, head = int64(binary.BigEndian.Uint64(b[8:])), 16
		}
		if n > int64(len(b)) {
			return nil, errCut
		}
		if n < head {
			return nil, errors.New("a box without a size")
		}
		if len(list) >= 1<<14 {
			return nil, tooLarge("a HEIC file of so many boxes")
		}
		list = append(list, box{string(b[4:8]), b[head:n]})
		b = b[n:]
	}
	return list, nil
}

// A heicFile is what the boxes of a HEIC file (ISO/IEC 23008-12) tell.
type heicFile struct {
	b      []byte
	idat   []byte
	kinds  map[uint32]string // of items
	places map[uint32][]extent
	sizes  []image.Point
	matrix int // of H.273; 0 unknown
	video  bool
}

// maxExtents bounds the pieces in which the items of a file lie.
const maxExtents = 1 << 16

type extent struct {
	idat     bool
	from, to int64
}

// walkHEIC takes everything but the pixels into m.
func walkHEIC(b []byte, m *metadata) (*heicFile, error) {
	f := &heicFile{b: b, kinds: map[uint32]string{}, places: map[uint32][]extent{}}
	top, err := boxes(b)
	if err != nil {
		return nil, err
	}
	found := false
	for _, x := range top {
		switch x.kind {
		case "ftyp", "mdat", "free", "skip":
		case "meta":
			if found {
				return nil, errors.New("two pictures in the place of one")
			}
			found = true
			if len(x.data) < 4 {
				return nil, errCut
			}
			if err := f.meta(x.data[4:], m); err != nil {
				return nil, err
			}
		case "moov":
			m.block("animation", len(x.data))
		default:
			m.block("app", len(x.data))
		}
	}
	if !found || len(f.sizes) == 0 {
		return nil, errors.New("no picture in the file")
	}
	for _, id := range sortedKeys(f.kinds) {
		f.item(id, m)
	}
	return f, nil
}

func sortedKeys[V any](m map[uint32]V) (ids []uint32) {
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

func (f *heicFile) meta(b []byte, m *metadata) error {
	list, err := boxes(b)
	if err != nil {
		return err
	}
	for _, x := range list {
		d := x.data
		switch x.kind {
		case "hdlr", "pitm", "iref", "dinf", "grpl":
		case "idat":
			f.idat = d
		case "iinf":
			err = f.readInfo(d)
		case "iloc":
			err = f.readPlaces(d)
		case "iprp":
			err = f.readProperties(d, m)
		default:
			m.block("app", len(d))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readInfo reads which kinds the items are of.
func (f *heicFile) readInfo(d []byte) error {
	head := 6
	if len(d) > 0 && d[0] != 0 {
		head = 8
	}
	if len(d) < head {
		return errCut
	}
	list, err := boxes(d[head:])
	if err != nil {
		return err
	}
	for _, x := range list {
		e := x.data
		if x.kind != "infe" || len(e) < 12 || e[0] < 2 {
			continue
		}
		id, rest := uint32(binary.BigEndian.Uint16(e[4:])), e[8:]
		if e[0] > 2 && len(e) >= 14 {
			id, rest = binary.BigEndian.Uint32(e[4:]), e[10:]
		}
		if len(rest) < 4 {
			continue
		}
		kind := string(rest[:4])
		if kind == "mime" {
			if parts := bytes.SplitN(rest[4:], []byte{0}, 3); len(parts) > 1 {
				kind = "mime " + strings.ToValidUTF8(string(parts[1]), "")
			}
		}
		f.kinds[id] = kind
	}
	return nil
}

// readPlaces reads where the items lie.
func (f *heicFile) readPlaces(d []byte) error {
	if len(d) < 8 {
		return errCut
	}
	version := d[0]
	offset, length, base, index := int(d[4]>>4), int(d[4]&15), int(d[5]>>4), int(d[5]&15)
	if version == 0 {
		index = 0
	}
	r := &bits{b: d[6:]}
	wide := 2
	if version == 2 {
		wide = 4
	}
	all := 0
	for n := r.number(wide); n > 0 && !r.cut; n-- {
		id := uint32(r.number(wide))
		idat := false
		if version > 0 {
			idat = r.number(2)&15 == 1
		}
		r.number(2)
		from := r.number(base)
		for k := r.number(2); k > 0 && !r.cut; k-- {
			if all++; all > maxExtents { // a piece may take no bytes to describe
				return tooLarge("a HEIC file in so many pieces")
			}
			r.number(index)
			at := from + r.number(offset)
			f.places[id] = append(f.places[id], extent{idat, at, at + r.number(length)})
		}
	}
	if r.cut {
		return errCut
	}
	return nil
}

// bits reads big-endian numbers of up to 8 bytes.
type bits struct {
	b   []byte
	cut bool
}

func (r *bits) number(n int) (v int64) {
	if n > len(r.b) || n > 8 {
		r.cut = true
		return 0
	}
	for _, c := range r.b[:n] {
		v = v<<8 | int64(c)
	}
	r.b = r.b[n:]
	return v
}

// readProperties takes sizes and colours.
func (f *heicFile) readProperties(d []byte, m *metadata) error {
	list, err := boxes(d)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.kind != "ipco" {
			continue
		}
		props, err := boxes(x.data)
		if err != nil {
			return err
		}
		for _, p := range props {
			switch {
			case p.kind == "ispe" && len(p.data) >= 12:
				w, h := binary.BigEndian.Uint32(p.data[4:]), binary.BigEndian.Uint32(p.data[8:])
				if w > maxSide || h > maxSide {
					return tooLarge(fmt.Sprintf("%d × %d pixels", w, h))
				}
				if err := checkSize(image.Pt(int(w), int(h)), maxPixels); err != nil {
					return err
				}
				f.sizes = append(f.sizes, image.Pt(int(w), int(h)))
			case p.kind == "colr" && len(p.data) >= 11 && string(p.data[:4]) == "nclx":
				if f.matrix == 0 {
					f.matrix, f.video = int(binary.BigEndian.Uint16(p.data[8:])), p.data[10]&0x80 == 0
				}
			case p.kind == "colr" && len(p.data) > 4:
				m.block("icc", len(p.data)-4)
				if m.icc == nil {
					m.icc = p.data[4:]
				}
			}
		}
	}
	return nil
}

// item takes what an item says that is not the picture.
func (f *heicFile) item(id uint32, m *metadata) {
	kind := f.kinds[id]
	switch kind {
	case "hvc1", "grid", "iden", "iovl":
		return
	}
	var d []byte
	for _, e := range f.places[id] {
		from := f.b
		if e.idat {
			from = f.idat
		}
		if e.from >= 0 && e.from <= e.to && e.to <= int64(len(from)) && len(d) < maxText*4 {
			d = append(d, from[e.from:e.to]...)
		}
	}
	switch {
	case kind == "Exif":
		m.block("exif", len(d))
		if len(d) > 4 {
			if n := int64(binary.BigEndian.Uint32(d)) + 4; n < int64(len(d)) {
				m.readEXIF(d[n:], false) // the picture is turned by its own properties
			}
		}
	case strings.HasPrefix(kind, "mime"):
		if bytes.Contains(d[:min(len(d), 512)], []byte("<x:xmpmeta")) || kind == "mime application/rdf+xml" {
			m.block("xmp", len(d))
			m.readXMP(d)
			return
		}
		m.block("text", len(d))
		m.text("HEIC "+kind, decodeText(d))
	default:
		m.block("app", len(d))
	}
}

func (f *film) openHEIC(b []byte) error {
	h, err := walkHEIC(b, f.meta)
	if err != nil {
		return err
	}
	// Only the decoder knows the size after cropping and turning.
	img, err := heic.Decode(bytes.NewReader(b))
	if err != nil {
		return errors.New("the HEIC decoder gave up")
	}
	// The decoder's glue takes rows for as long as they are, but libheif makes none
	// shorter than 64 samples.
	narrow := img.Bounds().Dx() < 64
	if m, ok := img.(*image.YCbCr); ok {
		narrow = narrow || m.SubsampleRatio != image.YCbCrSubsampleRatio444 && m.Rect.Dx() < 127
		img = h.colours(m)
	}
	if narrow {
		return errors.New("HEIC pictures narrower than 128 pixels are not handled")
	}
	f.one(img.Bounds().Size(), func() (image.Image, error) { return img, nil })
	return nil
}

// colours converts pixels that are not coded as those of JPEG are, which
// image.YCbCr is made for (full range, BT.601).
func (f *heicFile) colours(m *image.YCbCr) image.Image {
	kr, kb := 0.299, 0.114
	switch f.matrix {
	case 1:
		kr, kb = 0.2126, 0.0722
	case 9:
		kr, kb = 0.2627, 0.0593
	default:
		if !f.video {
			return m
		}
	}
	yo, ys, cs := 0.0, 1.0, 1.0
	if f.video {
		yo, ys, cs = 16, 255.0/219, 255.0/224
	}
	kg := 1 - kr - kb
	out := image.NewNRGBA(image.Rectangle{Max: m.Rect.Size()})
	clip := func(v float64) uint8 { return uint8(min(255, max(0, math.Round(v)))) }
	bands(out.Rect.Dy(), func(from, to int, _ *image.NRGBA) {
		for y := from; y < to; y++ {
			for x := range out.Rect.Dx() {
				l := (float64(m.Y[m.YOffset(x, y)]) - yo) * ys
				c := m.COffset(x, y)
				u, v := (float64(m.Cb[c])-128)*cs, (float64(m.Cr[c])-128)*cs
				p := out.Pix[out.PixOffset(x, y):]
				p[0], p[2] = clip(l+2*(1-kr)*v), clip(l+2*(1-kb)*u)
				p[1] = clip(l - (2*kr*(1-kr)*v+2*kb*(1-kb)*u)/kg)
				p[3] = 255
			}
		}
	}, 0)
	return out
}
