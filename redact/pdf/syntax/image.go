package syntax

import (
	"bytes"
	"compress/zlib"
	"io"
)

// An Image is an inline image (ISO 32000-2, 8.9.7).
type Image struct {
	Dict Dict   // keys and values as written, abbreviated or not
	Data []byte // between ID and EI, encoded
}

// Value is the first of two spellings of a key that is there, or nil.
func (i *Image) Value(short, long Name) Object {
	if v := i.Dict.Get(short); v != nil {
		return v
	}
	return i.Dict.Get(long)
}

// image reads what follows BI, with EI.
func (l *Lexer) image() *Image {
	i := &Image{Dict: Dict{}}
	for {
		before := l.Pos
		o, ok := l.Next()
		if !ok {
			return i
		}
		switch k := o.(type) {
		case Name:
			before = l.Pos
			v, ok := l.Next()
			if !ok {
				return i
			}
			if _, is := v.(Keyword); is { // no value
				l.Pos = before
				v = Null{}
			}
			i.Dict = append(i.Dict, Entry{k, v})
		case Keyword:
			switch k {
			case "ID":
				if l.Pos < len(l.Src) && IsSpace(l.Src[l.Pos]) {
					l.Pos++
				}
				i.Data = l.imageData(i)
				return i
			case "EI":
				return i
			case "ET", "Q", "BT", "q", "Tj", "BI": // not an image
				l.Pos = before
				return i
			}
		}
	}
}

// imageData finds where the data ends. There is no mark that could not stand
// within them, so it counts what can be counted and checks that EI follows:
// the length given, that of unfiltered samples, the end that the filter's own
// format has. Else it takes the first EI behind which more content follows.
func (l *Lexer) imageData(i *Image) []byte {
	rest := l.Src[l.Pos:]
	for _, n := range [...]int{i.given(), i.unfiltered(), i.filtered(rest)} {
		if n < 0 || n > len(rest) {
			continue
		}
		at := n
		for at < len(rest) && IsSpace(rest[at]) {
			at++
		}
		if ends(rest, at) {
			l.Pos += at + 2
			return rest[:n]
		}
	}
	fallback := -1
	for at := 0; ; at++ {
		k := bytes.Index(rest[at:], []byte("EI"))
		if k < 0 {
			break
		}
		if at += k; !ends(rest, at) || at > 0 && !IsSpace(rest[at-1]) {
			continue
		}
		if fallback < 0 {
			fallback = at
		}
		if followed(rest[at+2:]) {
			l.Pos += at + 2
			return rest[:max(at-1, 0)]
		}
	}
	if fallback >= 0 {
		l.Pos += fallback + 2
		return rest[:max(fallback-1, 0)]
	}
	l.Pos = len(l.Src)
	return rest
}

// ends reports whether b[at:] is EI and nothing that only begins so.
func ends(b []byte, at int) bool {
	return at+2 <= len(b) && b[at] == 'E' && b[at+1] == 'I' && (at+2 == len(b) || class[b[at+2]] != 0)
}

// followed reports whether b goes on as content does: printable, and the first
// operators are known ones.
func followed(b []byte) bool {
	for _, c := range b[:min(len(b), 12)] {
		if c > '~' || c < ' ' && !IsSpace(c) {
			return false
		}
	}
	l := Lexer{Src: b[:min(len(b), 400)]}
	for range 12 {
		o, ok := l.operand()
		if !ok {
			return true
		}
		if k, is := o.Obj.(Keyword); is {
			_, known := operators[string(k)]
			return known || l.Pos == len(l.Src)
		}
	}
	return true
}

func (i *Image) number(short, long Name) int {
	n, ok := i.Value(short, long).(Number)
	if !ok || n < 0 || n > 1<<30 {
		return -1
	}
	return int(n)
}

// given is /L or /Length.
func (i *Image) given() int { return i.number("L", "Length") }

// unfiltered is the length of samples without a filter; -1 where it can't be
// told.
func (i *Image) unfiltered() int {
	if len(i.Filters()) > 0 {
		return -1
	}
	w, h, bits := i.number("W", "Width"), i.number("H", "Height"), i.number("BPC", "BitsPerComponent")
	if mask, _ := i.Value("IM", "ImageMask").(Bool); bool(mask) {
		bits = 1
	} else {
		switch cs := i.Value("CS", "ColorSpace").(type) {
		case Array:
			if len(cs) == 0 || cs[0] != Name("I") && cs[0] != Name("Indexed") {
				return -1
			}
		case Name:
			switch cs {
			case "G", "DeviceGray", "CalGray":
			case "RGB", "DeviceRGB", "CalRGB":
				bits *= 3
			case "CMYK", "DeviceCMYK":
				bits *= 4
			default:
				return -1
			}
		default:
			return -1
		}
	}
	if w < 0 || h < 0 || bits <= 0 || bits > 64 || w > 1<<20 || h > 1<<20 {
		return -1
	}
	return (w*bits + 7) / 8 * h
}

// Filters are the names of the filters, in the order of decoding, written out.
func (i *Image) Filters() []Name {
	var out []Name
	switch f := i.Value("F", "Filter").(type) {
	case Name:
		out = append(out, LongFilter(f))
	case Array:
		for _, e := range f {
			if n, ok := e.(Name); ok {
				out = append(out, LongFilter(n))
			}
		}
	}
	return out
}

// LongFilter writes an abbreviated name of a filter out.
func LongFilter(n Name) Name {
	switch n {
	case "AHx":
		return "ASCIIHexDecode"
	case "A85":
		return "ASCII85Decode"
	case "LZW":
		return "LZWDecode"
	case "Fl":
		return "FlateDecode"
	case "RL":
		return "RunLengthDecode"
	case "CCF":
		return "CCITTFaxDecode"
	case "DCT":
		return "DCTDecode"
	}
	return n
}

// maxInline bounds what is decoded to find an end.
const maxInline = 64 << 20

// filtered is the length of data whose outermost filter marks its end; -1 where
// it does not.
func (i *Image) filtered(b []byte) int {
	f := i.Filters()
	if len(f) == 0 {
		return -1
	}
	switch f[0] {
	case "ASCIIHexDecode":
		if k := bytes.IndexByte(b, '>'); k >= 0 {
			return k + 1
		}
	case "ASCII85Decode":
		if k := bytes.Index(b, []byte("~>")); k >= 0 {
			return k + 2
		}
	case "RunLengthDecode":
		for at := 0; at < len(b); {
			switch n := int(b[at]); {
			case n == 128:
				return at + 1
			case n < 128:
				at += n + 2
			default:
				at += 2
			}
		}
	case "FlateDecode": // reads no byte too many, as bytes.Reader gives them one by one
		r := bytes.NewReader(b)
		z, err := zlib.NewReader(r)
		if err != nil {
			return -1
		}
		if n, err := io.Copy(io.Discard, io.LimitReader(z, maxInline)); err == nil && n < maxInline {
			return len(b) - r.Len()
		}
	}
	return -1
}
