package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"consentry/redact"
)

// Media types.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
)

// Limits on what is opened. A photo of 200 megapixels takes 800 MB when decoded.
const (
	maxPixels = 200_000_000
	maxSide   = 1 << 16
	maxBytes  = 512 << 20
)

// An Image is a decoded photo.
type Image struct {
	// Pix is upright, in sRGB, from (0, 0). Where a pixel is wholly transparent
	// it is white: what stood there is not shown and must not come back.
	Pix  *image.NRGBA
	Info Info
}

// Info is what a photo's file says beside its pixels.
type Info struct {
	Type        string // JPEG or PNG
	Width       int    // pixels, upright
	Height      int
	Orientation int  // of EXIF, 1 to 8; already applied
	Quality     int  // of JPEG, 1 to 100, estimated; 0 where unknown
	Grey        bool // one channel
	CMYK        bool
	Deep        bool    // 16 bits a channel; Pix has 8
	Alpha       bool    // some pixel is not opaque
	Veiled      bool    // some pixel is neither opaque nor wholly transparent
	Profile     Profile // what became of the colour profile
	Blocks      []Block // metadata met, in file order; none is ever written
	Texts       []Text  // texts in them, at most a mebibyte
}

// Profile says what was done with a file's colour profile.
type Profile string

// The outcomes.
const (
	NoProfile Profile = ""          // none in the file: taken for sRGB
	SRGB      Profile = "srgb"      // it is sRGB, or cannot be told from it in 8 bits
	Converted Profile = "converted" // pixels were converted to sRGB
	Kept      Profile = "kept"      // by tables, of inks, or broken: pixel values left as they were
)

// A Block is one piece of metadata.
type Block struct {
	Kind string // exif gps maker-note thumbnail xmp iptc icc comment text time animation app trailing
	Size int    // bytes
}

// A Text is a text value found in metadata.
type Text struct {
	Where string // "EXIF Artist", "XMP creator", "PNG Author"
	Value string // valid UTF-8, never empty
}

// Sniff tells the media type by the first bytes: JPEG, PNG or "".
func Sniff(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(b, []byte(pngMagic)):
		return PNG
	}
	return ""
}

func unreadable(err error) error { return fmt.Errorf("photo %w: %w", redact.ErrUnreadable, err) }

func tooLarge(what string) error {
	return fmt.Errorf("photo %w: %s is %w", redact.ErrUnreadable, what, redact.ErrTooLarge)
}

// header reads no more than is needed to know type and size, and checks both.
func header(r io.Reader) (mediaType string, size image.Point, err error) {
	first := make([]byte, len(pngMagic))
	n, err := io.ReadFull(r, first)
	if n == 0 && err == io.EOF {
		return "", size, unreadable(errors.New("empty file"))
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return "", size, fmt.Errorf("read photo: %w", err)
	}
	mediaType = Sniff(first[:n])
	r = io.MultiReader(bytes.NewReader(first[:n]), r)
	var cfg image.Config
	switch mediaType {
	case JPEG:
		cfg, err = jpeg.DecodeConfig(r)
	case PNG:
		cfg, err = png.DecodeConfig(r)
	default:
		return "", size, unreadable(errors.New("neither JPEG nor PNG"))
	}
	switch {
	case err != nil:
		return "", size, unreadable(err)
	case cfg.Width < 1 || cfg.Height < 1:
		return "", size, unreadable(errors.New("no pixels"))
	case cfg.Width > maxSide || cfg.Height > maxSide || int64(cfg.Width)*int64(cfg.Height) > maxPixels:
		return "", size, tooLarge(fmt.Sprintf("%d × %d pixels", cfg.Width, cfg.Height))
	}
	return mediaType, image.Pt(cfg.Width, cfg.Height), nil
}

// Decode reads a whole JPEG or PNG file and gives the picture as a viewer shows
// it. Every error but one of r itself wraps redact.ErrUnreadable; a picture cut
// short or damaged is an error, never half a picture. Sizes are checked before
// anything is allocated by them.
func Decode(r io.Reader) (*Image, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read photo: %w", err)
	}
	if len(b) > maxBytes {
		return nil, tooLarge("the file")
	}
	mediaType, _, err := header(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	m := newMetadata()
	if mediaType == JPEG {
		err = m.readJPEG(b)
	} else {
		err = m.readPNG(b)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	src, err := pixels(mediaType, b)
	if err != nil {
		return nil, unreadable(err)
	}
	info := Info{Type: mediaType, Orientation: m.orientation, Quality: m.quality, Blocks: m.blocks, Texts: m.texts}
	_, info.CMYK = src.(*image.CMYK)
	info.Grey = m.grey
	info.Deep = isDeep(src)
	var conv *conversion
	conv, info.Profile = m.conversion(info)
	pix := upright(src, m.orientation, conv)
	info.Width, info.Height = pix.Rect.Dx(), pix.Rect.Dy()
	info.Alpha, info.Veiled = whiten(pix)
	return &Image{Pix: pix, Info: info}, nil
}

// pixels runs the decoder of the standard library. A panic in it is the file's
// fault, not a reason to end the program.
func pixels(mediaType string, b []byte) (m image.Image, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, errors.New("decoder gave up")
		}
	}()
	if mediaType == JPEG {
		return jpeg.Decode(bytes.NewReader(b))
	}
	return png.Decode(bytes.NewReader(b))
}
