package raw

import (
	"bytes"
	"compress/flate"
	stdlzw "compress/lzw"
	"io"

	"golang.org/x/image/tiff/lzw"
)

// MaxDecoded bounds what one stream is decoded to, in bytes.
const MaxDecoded = 64 << 20

// maxFilters bounds a chain of filters.
const maxFilters = 8

// Decoded is a stream after those of its filters that could be undone.
type Decoded struct {
	Data    []byte
	Tail    []byte   // what stands behind the end of the compressed data
	Left    []string // filters that were not undone: of pictures, or unknown
	Damaged bool     // something could not be decoded, Data is what came before
	Cut     bool     // MaxDecoded was passed
}

var short = map[string]string{
	"Fl": "FlateDecode", "LZW": "LZWDecode", "A85": "ASCII85Decode", "AHx": "ASCIIHexDecode",
	"RL": "RunLengthDecode", "CCF": "CCITTFaxDecode", "DCT": "DCTDecode",
}

// Decode undoes the filters that a stream's or an inline image's dictionary
// names (ISO 32000-2, 7.4), as far as the bytes let it.
func Decode(d Dict, b []byte, get func(Value) Value) Decoded {
	filters, parms := d.Get("Filter"), d.Get("DecodeParms")
	if filters == nil {
		filters = d.Get("F")
	}
	if parms == nil {
		parms = d.Get("DP")
	}
	out := Decoded{Data: b}
	names, list := Array{get(filters)}, Array{get(parms)}
	if a, ok := names[0].(Array); ok {
		names = a
	}
	if a, ok := list[0].(Array); ok {
		list = a
	}
	for i, f := range names {
		name, ok := get(f).(Name)
		if !ok {
			continue
		}
		if long := short[string(name)]; long != "" {
			name = Name(long)
		}
		var p Dict
		if i < len(list) {
			p, _ = get(list[i]).(Dict)
		}
		if i >= maxFilters || len(out.Left) > 0 || !out.undo(string(name), p, get) {
			out.Left = append(out.Left, string(name))
		}
	}
	return out
}

// undo undoes one filter; false where it cannot.
func (o *Decoded) undo(name string, p Dict, get func(Value) Value) bool {
	switch name {
	case "FlateDecode":
		o.flate()
		o.predict(p, get)
	case "LZWDecode":
		o.lzw(p, get)
		o.predict(p, get)
	case "ASCII85Decode":
		o.Data, o.Tail = unascii85(o.Data)
	case "ASCIIHexDecode":
		l := Lexer{b: append([]byte{'<'}, o.Data...)}
		data := l.hex()
		o.Data, o.Tail = data, tail(l.b[l.at:])
	case "RunLengthDecode":
		o.runs()
	case "Crypt":
	default:
		return false
	}
	return true
}

// tail is what is left of b but for white space.
func tail(b []byte) []byte { return bytes.Trim(b, " \r\n\t\x00\f") }

// read reads all that r gives, within MaxDecoded.
func (o *Decoded) read(r io.Reader) {
	data, err := io.ReadAll(io.LimitReader(r, MaxDecoded+1))
	if len(data) > MaxDecoded {
		data, o.Cut = data[:MaxDecoded], true
	}
	o.Data, o.Damaged = data, o.Damaged || err != nil
}

func (o *Decoded) flate() {
	b := bytes.TrimLeft(o.Data, "\r\n")
	if len(b) == 0 {
		return
	}
	header := len(b) >= 2 && b[0]&0x0F == 8 && (int(b[0])<<8|int(b[1]))%31 == 0
	from := b
	if header {
		from = b[2:]
	}
	r := bytes.NewReader(from)
	o.read(flate.NewReader(r))
	if len(o.Data) == 0 && len(b) > 2 && !header { // a wrong header before right data
		r = bytes.NewReader(b[2:])
		damaged := o.Damaged
		o.read(flate.NewReader(r))
		o.Damaged = damaged
	}
	if !o.Damaged && !o.Cut {
		rest := make([]byte, r.Len())
		_, _ = io.ReadFull(r, rest)             // from memory
		o.Tail = tail(rest[min(4, len(rest)):]) // behind the checksum
	}
}

func (o *Decoded) lzw(p Dict, get func(Value) Value) {
	var r io.ReadCloser
	if early, ok := get(p.Get("EarlyChange")).(float64); ok && early == 0 {
		r = stdlzw.NewReader(bytes.NewReader(o.Data), stdlzw.MSB, 8)
	} else {
		r = lzw.NewReader(bytes.NewReader(o.Data), lzw.MSB, 8)
	}
	defer r.Close()
	o.read(r)
}

func unascii85(b []byte) (out, rest []byte) {
	var v uint32
	n := 0
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '~':
			if n > 1 {
				out = append(out, group85(v, n)...)
			}
			return out, tail(bytes.TrimPrefix(b[i+1:], []byte(">")))
		case c == 'z' && n == 0:
			out = append(out, 0, 0, 0, 0)
		case c >= '!' && c <= 'u':
			v = v*85 + uint32(c-'!')
			if n++; n == 5 {
				out = append(out, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
				v, n = 0, 0
			}
		}
	}
	if n > 1 {
		out = append(out, group85(v, n)...)
	}
	return out, nil
}

func group85(v uint32, n int) []byte {
	for i := n; i < 5; i++ {
		v = v*85 + 84
	}
	return []byte{byte(v >> 24), byte(v >> 16), byte(v >> 8)}[:n-1]
}

func (o *Decoded) runs() {
	var out []byte
	b := o.Data
	for i := 0; i < len(b); {
		n := int(b[i])
		i++
		switch {
		case n == 128:
			o.Data, o.Tail = out, tail(b[i:])
			return
		case n < 128:
			end := min(i+n+1, len(b))
			out, i = append(out, b[i:end]...), end
		case i < len(b):
			out = append(out, bytes.Repeat(b[i:i+1], 257-n)...)
			i++
		}
		if len(out) > MaxDecoded {
			o.Cut = true
			break
		}
	}
	o.Data = out
}

// predict undoes a predictor (7.4.4.4): PNG's, and TIFF's for samples of 8 bits.
func (o *Decoded) predict(p Dict, get func(Value) Value) {
	integer := func(key string, or int) int {
		if v, ok := get(p.Get(key)).(float64); ok && v >= 1 && v <= 1<<20 {
			return int(v)
		}
		return or
	}
	kind := integer("Predictor", 1)
	if kind < 2 {
		return
	}
	colours, bits, columns := integer("Colors", 1), integer("BitsPerComponent", 8), integer("Columns", 1)
	if colours > 64 || bits > 32 {
		return
	}
	size, row := max(1, colours*bits/8), (colours*bits*columns+7)/8
	if kind == 2 {
		if bits == 8 {
			for at := 0; at < len(o.Data); at += row {
				line := o.Data[at:min(at+row, len(o.Data))]
				for i := size; i < len(line); i++ {
					line[i] += line[i-size]
				}
			}
		}
		return
	}
	out := make([]byte, 0, len(o.Data))
	above := make([]byte, row)
	for b := o.Data; len(b) > 1; {
		n := min(row, len(b)-1)
		line := append(make([]byte, 0, row), b[1:1+n]...)
		unfilter(b[0], line, above, size)
		out = append(out, line...)
		copy(above, line)
		b = b[1+n:]
	}
	o.Data = out
}

// unfilter undoes one row of a PNG (its specification, 9.2).
func unfilter(kind byte, line, above []byte, size int) {
	for i := range line {
		var left, corner byte
		if i >= size {
			left, corner = line[i-size], above[i-size]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += above[i]
		case 3:
			line[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			line[i] += paeth(left, above[i], corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	pa, pb, pc := abs(p-int(a)), abs(p-int(b)), abs(p-int(c))
	switch {
	case pa <= pb && pa <= pc:
		return a
	case pb <= pc:
		return b
	}
	return c
}

func abs(v int) int { return max(v, -v) }
