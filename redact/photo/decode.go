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

// A film is an opened file whose structure was read and checked. Its pages are
// decoded one at a time.
type film struct {
	mediaType string
	meta      *metadata     // of the whole file
	sizes     []image.Point // of each page as stored
	loop      int
	animated  bool
	// page decodes one page. Where ordered is set, a frame is painted over those
	// before it, so that pages have to be asked for one after the other from 0.
	page    func(i int) (frame, error)
	ordered bool
}

// A frame is one decoded page.
type frame struct {
	img  image.Image
	meta *metadata // its own orientation and profile; nil: those of the file
	info Info      // Delay, CMYK and Grey where the decoder does not tell
}

// batch is about how many pixels of a file with several pages are decoded at
// once.
const batch = 16_000_000

// Decode reads a file and gives its first page as a viewer shows it. Every error
// but one of r itself wraps redact.ErrUnreadable; a picture cut short or damaged
// is an error, never half a picture. Sizes are checked before anything is
// allocated by them.
func Decode(r io.Reader) (m *Image, err error) {
	err = decodeFrom(r, 0, 1, func(i *Image) error { m = i; return nil })
	if err != nil {
		return nil, err
	}
	return m, nil
}

// decodeFrom decodes pages beginning with one, at most so many and at most about
// a batch of pixels, and hands each to emit, whose errors come back as they are.
func decodeFrom(r io.Reader, from, most int, emit func(*Image) error) error {
	b, err := io.ReadAll(io.LimitReader(r, maxBytes+1))
	if err != nil {
		return fmt.Errorf("read photo: %w", err)
	}
	if len(b) > maxBytes {
		return tooLarge("the file")
	}
	f, err := openFilm(b)
	if err != nil {
		return err
	}
	if from < 0 || from >= len(f.sizes) {
		return fmt.Errorf("the photo has no page %d", from)
	}
	first := from
	if f.ordered {
		first = 0
	}
	for i, done := first, 0; i < len(f.sizes) && i < from+most; i++ {
		if n := f.sizes[i].X * f.sizes[i].Y; i > from && done+n > batch {
			break
		} else if i >= from {
			done += n
		}
		m, err := f.decode(i, i < from)
		if err != nil {
			return err
		}
		if i < from {
			continue
		}
		if err := emit(m); err != nil {
			return err
		}
	}
	return nil
}

// openFilm reads a file's structure and metadata. A panic in it is the file's
// fault, not a reason to end the program.
func openFilm(b []byte) (f *film, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, unreadable(errors.New("the file misleads its reader"))
		}
	}()
	mediaType, size, err := header(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	f = &film{mediaType: mediaType, meta: newMetadata(), loop: -1}
	switch mediaType {
	case JPEG:
		f.one(size, func() (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) })
		err = f.meta.readJPEG(b)
	case PNG:
		f.one(size, func() (image.Image, error) { return png.Decode(bytes.NewReader(b)) })
		err = f.meta.readPNG(b)
	case GIF:
		err = f.openGIF(b)
	case WebP:
		err = f.openWebP(b)
	case TIFF:
		err = f.openTIFF(b)
	case BMP:
		err = f.openBMP(b)
	case HEIC:
		err = f.openHEIC(b)
	}
	if err == nil {
		err = f.checkSizes()
	}
	if err != nil && !errors.Is(err, redact.ErrUnreadable) {
		err = unreadable(err)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// one is a film of a single page.
func (f *film) one(size image.Point, decode func() (image.Image, error)) {
	f.sizes = []image.Point{size}
	f.page = func(int) (frame, error) {
		m, err := decode()
		return frame{img: m}, err
	}
}

func (f *film) checkSizes() error {
	if len(f.sizes) == 0 {
		return unreadable(errors.New("no pixels"))
	}
	if len(f.sizes) > maxPages {
		return tooLarge(fmt.Sprintf("a file of more than %d pages or frames", maxPages))
	}
	most, all := int64(maxPixels), int64(0)
	if f.ordered {
		most = maxCanvas
	}
	for _, s := range f.sizes {
		if err := checkSize(s, most); err != nil {
			return err
		}
		if all += int64(s.X) * int64(s.Y); len(f.sizes) > 1 && all > maxAll {
			return tooLarge(fmt.Sprintf("a file of %d pages or frames with so many pixels", len(f.sizes)))
		}
	}
	return nil
}

// decode gives page i; nothing where it is only a step to a later one.
func (f *film) decode(i int, step bool) (*Image, error) {
	fr, err := f.safely(i)
	if err != nil {
		return nil, unreadable(err)
	}
	if step {
		return nil, nil
	}
	m := fr.meta
	if m == nil {
		m = f.meta
	}
	info := fr.info
	info.Type, info.Page, info.Pages, info.Loop = f.mediaType, i, len(f.sizes), f.loop
	info.Orientation, info.Quality = m.orientation, f.meta.quality
	if i == 0 {
		info.Blocks, info.Texts = f.meta.blocks, f.meta.texts
	}
	if _, ok := fr.img.(*image.CMYK); ok {
		info.CMYK = true
	}
	info.Grey = info.Grey || m.grey
	info.Deep = info.Deep || isDeep(fr.img)
	var conv *conversion
	conv, info.Profile = m.conversion(info)
	pix := upright(fr.img, m.orientation, conv)
	info.Width, info.Height = pix.Rect.Dx(), pix.Rect.Dy()
	info.Alpha, info.Veiled = whiten(pix)
	return &Image{Pix: pix, Info: info}, nil
}

// safely runs a decoder that may panic, and checks that it kept to the size that
// was checked.
func (f *film) safely(i int) (fr frame, err error) {
	defer func() {
		if recover() != nil {
			fr, err = frame{}, errors.New("decoder gave up")
		}
	}()
	if fr, err = f.page(i); err != nil {
		return frame{}, err
	}
	if fr.img.Bounds().Size() != f.sizes[i] {
		return frame{}, errors.New("not of the size it says")
	}
	return fr, nil
}
