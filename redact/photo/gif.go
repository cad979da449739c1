package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/gif"
	"io"
	"time"
)

// gifFrame is one image descriptor with the control extension before it.
type gifFrame struct {
	rect    image.Rectangle
	delay   int  // hundredths of a second
	dispose byte // 0 to 7; 2: to the background, 3: to what was there before
	control []byte
	data    []byte // from the descriptor to the end of its blocks
}

// gifFile is the structure of a GIF file (GIF89a specification, CompuServe 1990).
type gifFile struct {
	size   image.Point
	head   []byte // header, screen descriptor, global colours
	frames []gifFrame
	loop   int
}

// walkGIF splits a GIF file and takes everything but the pixels into m. The file
// must have an end.
func walkGIF(b []byte, m *metadata) (*gifFile, error) {
	if len(b) < 13 {
		return nil, errCut
	}
	f := &gifFile{size: image.Pt(int(binary.LittleEndian.Uint16(b[6:])), int(binary.LittleEndian.Uint16(b[8:]))), loop: -1}
	n := 13 + colours(b[10])
	if n > len(b) {
		return nil, errCut
	}
	f.head = b[:n]
	var control []byte
	for i := n; i < len(b); {
		switch b[i] {
		case 0x3b: // trailer
			if i+1 < len(b) {
				m.block("trailing", len(b)-i-1)
			}
			if len(f.frames) == 0 {
				return nil, errors.New("no picture in the file")
			}
			if f.size.X == 0 || f.size.Y == 0 {
				f.size = f.frames[0].rect.Max
			}
			return f, nil
		case 0x21: // extension
			if i+2 > len(b) {
				return nil, errCut
			}
			end, err := gifBlocks(b, i+2)
			if err != nil {
				return nil, err
			}
			if b[i+1] == 0xf9 && end-i >= 8 && b[i+2] == 4 {
				control = b[i+3 : i+7]
			} else {
				f.extension(b[i+1], b[i+2:end], m)
			}
			i = end
		case 0x2c: // image
			if i+10 > len(b) {
				return nil, errCut
			}
			le := binary.LittleEndian
			x, y := int(le.Uint16(b[i+1:])), int(le.Uint16(b[i+3:]))
			r := image.Rect(x, y, x+int(le.Uint16(b[i+5:])), y+int(le.Uint16(b[i+7:])))
			end, err := gifBlocks(b, i+10+colours(b[i+9])+1)
			if err != nil {
				return nil, err
			}
			fr := gifFrame{rect: r, control: control, data: b[i:end]}
			if control != nil {
				fr.dispose, fr.delay = control[0]>>2&7, int(le.Uint16(control[1:]))
			}
			if len(f.frames) > maxPages {
				return nil, tooLarge("a GIF of so many frames")
			}
			f.frames = append(f.frames, fr)
			control, i = nil, end
		case 0: // some writers pad
			i++
		default:
			return nil, errors.New("bytes that belong to no block")
		}
	}
	return nil, errCut
}

// colours is the size of a colour table by its flags.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (1 + flags&7)
}

// gifBlocks is the end of a row of data blocks.
func gifBlocks(b []byte, i int) (int, error) {
	for i < len(b) {
		n := int(b[i])
		i += 1 + n
		if n == 0 {
			return i, nil
		}
	}
	return 0, errCut
}

// joined is what a row of data blocks holds, at most a mebibyte.
func joined(b []byte) (out []byte) {
	for len(b) > 0 && b[0] != 0 && len(out) < 1<<20 {
		n := min(len(b)-1, int(b[0]))
		out = append(out, b[1:1+n]...)
		b = b[1+n:]
	}
	return out
}

// extension takes what an extension other than a frame's control says.
func (f *gifFile) extension(label byte, b []byte, m *metadata) {
	switch label {
	case 0xfe:
		m.block("comment", len(b))
		m.text("GIF comment", decodeText(joined(b)))
	case 0x01:
		m.block("text", len(b))
		if len(b) > 13 {
			m.text("GIF plain text", decodeText(joined(b[13:])))
		}
	case 0xff:
		if len(b) < 12 || b[0] != 11 {
			m.block("app", len(b))
			return
		}
		name, data := string(b[1:12]), b[12:]
		switch name {
		case "NETSCAPE2.0", "ANIMEXTS1.0":
			if j := joined(data); len(j) == 3 && j[0] == 1 {
				f.loop = int(binary.LittleEndian.Uint16(j[1:]))
			} else {
				m.block("app", len(b))
			}
		case "XMP DataXMP": // the packet itself, its first bytes taken for lengths
			m.block("xmp", len(data))
			m.readXMP(data)
		case "ICCRGBG1012":
			m.block("icc", len(data))
			m.icc = joined(data)
		default:
			m.block("app", len(b))
			m.text("GIF application", decodeText(b[1:12]))
		}
	default:
		m.block("app", len(b))
	}
}

func (f *film) openGIF(b []byte) error {
	g, err := walkGIF(b, f.meta)
	if err != nil {
		return err
	}
	for range g.frames {
		f.sizes = append(f.sizes, g.size)
	}
	f.ordered, f.animated, f.loop = true, len(g.frames) > 1, g.loop
	if err := f.checkSizes(); err != nil {
		return err
	}
	var c canvas
	f.page = func(i int) (frame, error) {
		fr := g.frames[i]
		if err := checkSize(fr.rect.Size(), maxPixels); err != nil {
			return frame{}, err
		}
		img, err := g.decode(fr)
		if err != nil {
			return frame{}, err
		}
		c.begin(i, g.size)
		c.paint(img, fr.rect, true, fr.dispose)
		return frame{img: c.shot(len(g.frames)), info: Info{Delay: time.Duration(fr.delay) * 10 * time.Millisecond}}, nil
	}
	return nil
}

// decode decodes one frame, as a GIF file of its own.
func (g *gifFile) decode(fr gifFrame) (image.Image, error) {
	if fr.rect.Max.X > 0xffff || fr.rect.Max.Y > 0xffff {
		return nil, errors.New("frame outside any screen")
	}
	head := bytes.Clone(g.head)
	copy(head, "GIF89a")
	binary.LittleEndian.PutUint16(head[6:], uint16(fr.rect.Max.X))
	binary.LittleEndian.PutUint16(head[8:], uint16(fr.rect.Max.Y))
	var control []byte
	if fr.control != nil {
		control = []byte{0x21, 0xf9, 4, fr.control[0] & 1, 0, 0, fr.control[3], 0}
	}
	return gif.Decode(io.MultiReader(bytes.NewReader(head), bytes.NewReader(control), bytes.NewReader(fr.data), bytes.NewReader([]byte{0x3b})))
}
