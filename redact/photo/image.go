package photo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"time"

	"consentry/redact"
)

// Media types.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	GIF  = "image/gif"
	WebP = "image/webp"
	TIFF = "image/tiff"
	BMP  = "image/bmp"
	HEIC = "image/heic"
)

// Types are the media types that are read, in the order in which people know
// them.
func Types() []string { return []string{JPEG, PNG, WebP, GIF, TIFF, BMP, HEIC} }

// Extension is the usual ending of a file name for a media type, with its dot,
// and what other endings are right too; empty for a type that is not a photo's.
func Extension(mediaType string) (usual string, also []string) {
	switch mediaType {
	case JPEG:
		return ".jpg", []string{".jpeg", ".jpe", ".jfif"}
	case PNG:
		return ".png", nil
	case GIF:
		return ".gif", nil
	case WebP:
		return ".webp", nil
	case TIFF:
		return ".tif", []string{".tiff"}
	case BMP:
		return ".bmp", []string{".dib"}
	case HEIC:
		return ".heic", []string{".heif", ".hif"}
	}
	return "", nil
}

// Limits on what is opened. A photo of 200 megapixels takes 800 MB when decoded.
const (
	maxPixels = 200_000_000
	maxSide   = 1 << 16
	maxBytes  = 512 << 20
	// Of files with several pages. A canvas on which frames are painted is kept
	// beside the frames.
	maxPages  = 2000
	maxAll    = 1_000_000_000 // pixels of all pages
	maxCanvas = 50_000_000    // pixels of an animation's canvas
)

// An Image is a decoded photo.
type Image struct {
	// Pix is upright, in sRGB, from (0, 0); of an animation, all that is seen. Where a pixel is wholly transparent
	// it is white: what stood there is not shown and must not come back.
	Pix  *image.NRGBA
	Info Info
}

// Info is what a photo's file says beside its pixels.
type Info struct {
	Type        string // one of Types
	Width       int    // pixels, upright
	Height      int
	Page        int           // which page or frame, from 0
	Pages       int           // how many the file has
	Delay       time.Duration // of an animation: how long the frame is shown
	Loop        int           // of an animation: how often it is shown again; 0 for ever, -1 never
	Orientation int           // of EXIF, 1 to 8; already applied
	Quality     int           // of JPEG, 1 to 100, estimated; 0 where unknown
	Grey        bool          // one channel
	CMYK        bool
	Deep        bool    // 16 bits a channel; Pix has 8
	Alpha       bool    // some pixel is not opaque
	Veiled      bool    // some pixel is neither opaque nor wholly transparent
	Profile     Profile // what became of the colour profile
	// Of the first page only, for the whole file.
	Blocks []Block // metadata met, in file order; none is ever written
	Texts  []Text  // texts in them, at most a mebibyte
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
	Kind string // exif gps maker-note thumbnail xmp iptc icc comment text time animation app picture trailing
	Size int    // bytes
}

// A Text is a text value found in metadata.
type Text struct {
	Where string // "EXIF Artist", "XMP creator", "PNG Author"
	Value string // valid UTF-8, never empty
}

// Sniff tells the media type by the first bytes (32 are enough), or "".
func Sniff(b []byte) string {
	at := func(i int, s string) bool { return len(b) >= i+len(s) && string(b[i:i+len(s)]) == s }
	switch {
	case at(0, "\xff\xd8\xff"):
		return JPEG
	case at(0, pngMagic):
		return PNG
	case at(0, "GIF87a"), at(0, "GIF89a"):
		return GIF
	case at(0, "RIFF") && at(8, "WEBP"):
		return WebP
	case at(0, "II*\x00"), at(0, "MM\x00*"), at(0, "II+\x00"), at(0, "MM\x00+"):
		return TIFF
	case at(0, "BM") && at(6, "\x00\x00\x00\x00") && len(b) >= 18 && slices.Contains([]byte{12, 40, 52, 56, 64, 108, 124}, b[14]) && at(15, "\x00\x00\x00"):
		return BMP
	case at(4, "ftyp") && isHEIC(b):
		return HEIC
	}
	return ""
}

func unreadable(err error) error { return fmt.Errorf("photo %w: %w", redact.ErrUnreadable, err) }

func tooLarge(what string) error {
	return fmt.Errorf("photo %w: %s is %w", redact.ErrUnreadable, what, redact.ErrTooLarge)
}

// header reads no more than is needed to know the type, and the size where the
// first bytes tell it (JPEG, PNG, GIF), and checks both.
func header(r io.Reader) (mediaType string, size image.Point, err error) {
	first := make([]byte, 64)
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
	case GIF:
		if n < 13 {
			return "", size, unreadable(errCut)
		}
		return mediaType, image.Pt(int(first[6])|int(first[7])<<8, int(first[8])|int(first[9])<<8), nil
	case "":
		return "", size, unreadable(errors.New("not a photo of a known type"))
	default:
		return mediaType, size, nil
	}
	if err != nil {
		return "", size, unreadable(err)
	}
	size = image.Pt(cfg.Width, cfg.Height)
	if err := checkSize(size, maxPixels); err != nil {
		return "", size, err
	}
	return mediaType, size, nil
}

var errCut = errors.New("picture is cut short")

// checkSize refuses what has no pixels or too many, before anything is made room
// for.
func checkSize(p image.Point, most int64) error {
	switch {
	case p.X < 1 || p.Y < 1:
		return unreadable(errors.New("no pixels"))
	case p.X > maxSide || p.Y > maxSide || int64(p.X)*int64(p.Y) > most:
		return tooLarge(fmt.Sprintf("%d × %d pixels", p.X, p.Y))
	}
	return nil
}
