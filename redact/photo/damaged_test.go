package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"consentry/internal/sandbox"
	"consentry/redact"
)

// damaged are 500 files that are broken in all ways: bombs made by hand, and
// photos of every type with bits flipped, pieces cut out, doubled or overwritten,
// ends missing, and the heads of others. The same on every run.
func damaged(t testing.TB) map[string][]byte {
	out := bombs(t)
	whole := everyFormat(t)
	whole["everything.jpg"], whole["everything.png"] = jpegWithEverything(t), pngWithEverything(t)
	names := slices.Sorted(maps.Keys(whole))
	r := rand.New(rand.NewPCG(20261125, 4))
	for i := 0; len(out) < 500; i++ {
		name := names[i%len(names)]
		b := bytes.Clone(whole[name])
		how := i / len(names) % 7
		switch how {
		case 0: // a few bits, anywhere
			for range 1 + r.IntN(20) {
				b[r.IntN(len(b))] ^= 1 << r.IntN(8)
			}
		case 1: // a few bits where the structure is
			for range 1 + r.IntN(4) {
				b[r.IntN(min(len(b), 200))] ^= 1 << r.IntN(8)
			}
		case 2:
			b = b[:r.IntN(len(b))]
		case 3: // a piece out
			at := r.IntN(len(b))
			b = slices.Delete(b, at, min(len(b), at+1+r.IntN(100)))
		case 4: // a piece twice
			at := r.IntN(len(b))
			b = slices.Insert(b, at, b[at:min(len(b), at+1+r.IntN(300))]...)
		case 5: // a number made large
			at := r.IntN(min(len(b)-4, 400))
			copy(b[at:], [][]byte{{255, 255, 255, 255}, {127, 255, 255, 255}, {0, 0, 0, 0}, {255, 255, 255, 127}}[r.IntN(4)])
		case 6: // the head of another file
			other := whole[names[r.IntN(len(names))]]
			copy(b, other[:min(len(b), len(other), 2+r.IntN(40))])
		}
		out[fmt.Sprintf("%03d %s, way %d", i, name, how)] = b
	}
	return out
}

// bombs are small files that ask for very much.
func bombs(t testing.TB) map[string][]byte {
	le, be := binary.LittleEndian, binary.BigEndian
	zeros := func(n int) []byte {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		io.CopyN(z, zeroes{}, int64(n))
		z.Close()
		return b.Bytes()
	}
	pngOfSize := func(w, h uint32, data []byte) []byte {
		head := append(be.AppendUint32(be.AppendUint32(nil, w), h), 8, 6, 0, 0, 0)
		return bytes.Join([][]byte{[]byte(pngMagic), pngChunk("IHDR", head), pngChunk("IDAT", data), pngChunk("IEND", nil)}, nil)
	}
	frame := "\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
	gifHead := func(w, h uint16) []byte {
		return append(le.AppendUint16(le.AppendUint16([]byte("GIF89a"), w), h), "\x80\x00\x00\x00\x00\x00\xff\xff\xff"...)
	}
	deep := page(le, 4000, 4000, 1, 8, 1, zeros(64<<20))
	for i := range deep.entries {
		if deep.entries[i].tag == tiffCompression {
			deep.entries[i] = shorts(le, tiffCompression, 8)
		}
	}
	var chain, albums []dir
	for range 30000 {
		chain = append(chain, page(le, 1, 1, 1, 8, 1, []byte{0}))
	}
	for range 1500 {
		albums = append(albums, page(le, 60000, 60000, 1, 8, 1, []byte{0}))
	}
	circle := pagesOf(le, page(le, 2, 2, 1, 8, 1, []byte{1, 2, 3, 4}))
	le.PutUint32(circle[8+2+12*9:], 8)
	riff := func(body []byte) []byte {
		return append(append(le.AppendUint32([]byte("RIFF"), uint32(len(body)+4)), "WEBP"...), body...)
	}
	vp8x := func(flags byte) []byte {
		return chunkBytes("VP8X", put24(put24([]byte{flags, 0, 0, 0}, 1<<24-1), 1<<24-1))
	}
	dot, err := vp8l(fillOf(9))
	if err != nil {
		t.Fatal(err)
	}
	anmf := chunkBytes("ANMF", append(append(put24(put24(make([]byte, 6), 15), 15), 1, 0, 0, 2), chunkBytes("VP8L", dot)...))
	huge := bmpOf(t, fillOf(1))
	le.PutUint32(huge[18:], 1<<30)
	le.PutUint32(huge[22:], 1<<30)
	heic := testdata(t, "plain.heic")
	wide := bytes.Clone(heic)
	at := bytes.Index(wide, []byte("ispe")) + 8
	be.PutUint32(wide[at:], 60000)
	be.PutUint32(wide[at+4:], 60000)
	tall := bytes.Clone(heic)
	be.PutUint32(tall[at+4:], 1<<31)
	pieces := bytes.Clone(heic) // of which none takes a byte to describe
	at = bytes.Index(pieces, []byte("iloc")) + 4
	copy(pieces[at:], "\x00\x00\x00\x00\x00\x00\xff\xff\x00\x01\x00\x00\xff\xff\x00\x02\x00\x00\xff\xff")
	boxesDeep := bytes.Clone(heic)
	for range 20000 {
		boxesDeep = append(boxesDeep, 0, 0, 0, 8, 'f', 'r', 'e', 'e')
	}
	zip := bytes.Repeat([]byte("Comment\x00\x00"), 1)
	return map[string][]byte{
		"png of a gigapixel":         pngOfSize(30000, 30000, zeros(1000)),
		"png of a strip":             pngOfSize(1<<20, 1, zeros(1000)),
		"png too much data":          pngOfSize(4, 4, zeros(64<<20)),
		"png text bomb":              withChunks(pngOf(t, fillOf(1)), pngChunk("zTXt", append(zip, zeros(64<<20)...))),
		"png profile bomb":           withChunks(pngOf(t, fillOf(1)), pngChunk("iCCP", append([]byte("a\x00\x00"), zeros(64<<20)...))),
		"jpeg of a gigapixel":        bytes.Join([][]byte{{0xff, markSOI}, seg(markSOF0, "\x08\xff\xff\xff\xff\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"), seg(markSOS, "\x03\x01\x00\x02\x00\x03\x00\x00\x3f\x00"), {0xff, markEOI}}, nil),
		"gif of 100000 frames":       append(append(gifHead(1, 1), strings.Repeat(frame, 100000)...), 0x3b),
		"gif of 1900 large frames":   append(append(gifHead(7000, 7000), strings.Repeat(frame, 1900)...), 0x3b),
		"gif of a gigapixel":         append(append(gifHead(65535, 65535), frame...), 0x3b),
		"gif frame of a gigapixel":   append(append(gifHead(1, 1), "\x2c\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x02\x44\x01\x00"...), 0x3b),
		"gif without end":            append(gifHead(1, 1), strings.Repeat("\x21\xfe\x01x\x00", 100000)...),
		"tiff deflate bomb":          pagesOf(le, deep),
		"tiff of 30000 pages":        pagesOf(be, mirrored(be, chain)...),
		"tiff of 1500 large pages":   pagesOf(le, albums...),
		"tiff in a circle":           circle,
		"tiff of nothing":            []byte("II*\x00\x00\x00\x00\x00"),
		"bigtiff":                    []byte("II+\x00\x08\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00"),
		"webp of a terapixel":        riff(append(vp8x(0), chunkBytes("VP8L", dot)...)),
		"webp frames of a terapixel": riff(append(append(vp8x(2), chunkBytes("ANIM", make([]byte, 6))...), anmf...)),
		"webp of 10000 frames":       riff(append(append(chunkBytes("VP8X", put24(put24([]byte{2, 0, 0, 0}, 15), 15)), chunkBytes("ANIM", make([]byte, 6))...), bytes.Repeat(anmf, 10000)...)),
		"webp of a large picture":    riff(chunkBytes("VP8L", []byte{0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0})),
		"bmp of an exapixel":         huge,
		"heic of a gigapixel":        wide,
		"heic of a tall picture":     tall,
		"heic of 20000 boxes":        boxesDeep,
		"heic of endless pieces":     pieces,
		"a text":                     []byte("no picture at all, and no head of one"),
		"nothing":                    nil,
		"zeros":                      make([]byte, 5000),
	}
}

// mirrored is the same pages in the other order of bytes.
func mirrored(order binary.AppendByteOrder, list []dir) (out []dir) {
	for range list {
		out = append(out, page(order, 1, 1, 1, 8, 1, []byte{0}))
	}
	return out
}

type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// No damaged picture brings the program down or holds it up, and each error says
// in words what is wrong.
func TestFiveHundredDamagedPictures(t *testing.T) {
	files := damaged(t)
	if len(files) != 500 {
		t.Fatalf("%d files", len(files))
	}
	limits := sandbox.Limits{Memory: 1 << 30, CPU: 20 * time.Second, Wall: time.Minute}
	f := New(Sandboxed(&sandbox.Runner{Limits: limits}), nil)
	var opened, refused, stopped atomic.Int64
	todo := make(chan string)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for name := range todo {
				err := openAll(t, f, files[name])
				switch {
				case err == nil:
					opened.Add(1)
					continue
				case errors.Is(err, sandbox.ErrLimit), errors.Is(err, sandbox.ErrCrashed):
					stopped.Add(1)
					t.Logf("%s: %v", name, err)
				default:
					refused.Add(1)
				}
				text := err.Error()
				if !errors.Is(err, redact.ErrUnreadable) {
					t.Errorf("%s: does not say that the file is at fault: %v", name, err)
				}
				if n := utf8.RuneCountInString(text); n < 20 || n > 250 || !strings.Contains(text, "cannot be read") || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("%s: not a clear message: %q", name, text)
				}
			}
		})
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		todo <- name
	}
	close(todo)
	wg.Wait()
	t.Logf("%d opened in spite of it, %d refused in words, %d stopped by a limit or a crash of the child", opened.Load(), refused.Load(), stopped.Load())
	if opened.Load() < 20 || refused.Load() < 200 {
		t.Error("hardly the mixture that was meant")
	}
}

// openAll looks at every page and writes the file anew.
func openAll(t *testing.T, f *Format, b []byte) error {
	d, err := f.Open(t.Context(), redact.Asset{Size: int64(len(b))}, bytes.NewReader(b))
	if err != nil {
		return err
	}
	var box image.Rectangle
	for p, err := range d.Pages(t.Context()) {
		if err != nil {
			return err
		}
		if p.Part == redact.PartBody && p.Index == 0 {
			box = p.Bounds
		}
	}
	_, err = d.Rewrite(t.Context(), io.Discard, []redact.Redaction{order(redact.Face, redact.Blur, box.Min.X, box.Min.Y, box.Max.X, box.Max.Y)})
	return err
}
