package raw

import (
	"bytes"
	"compress/lzw"
	"compress/zlib"
	"context"
	"encoding/ascii85"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

func stream(dict string, b []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dict, len(b), b)
}

// strings of a file, in order, with the number of the object they stand in.
func all(f *File) (out []string) {
	for _, o := range f.Objects {
		Each(o.Value, func(v Value) {
			if s, ok := v.(String); ok {
				out = append(out, fmt.Sprintf("%d %s", o.Num, s))
			}
		})
		if o.Stream != nil {
			out = append(out, fmt.Sprintf("%d stream %s", o.Num, o.Stream.Decode().Data))
		}
	}
	return out
}

func TestEverythingIsRead(t *testing.T) {
	objects := "7 0 (seven)"
	for _, c := range []struct{ name, file, want string }{
		{"one", "%PDF-1.7\n1 0 obj\n(a)\nendobj\n", "1 a"},
		{"before the header", "1 0 obj (a) endobj\n%PDF-1.7\n2 0 obj (b) endobj", "1 a|2 b"},
		{"after the end", "1 0 obj (a) endobj\n%%EOF\n3 0 obj (c) endobj", "1 a|3 c"},
		{"every revision", "1 0 obj (a) endobj\n%%EOF\n1 0 obj (b) endobj\n%%EOF", "1 a|1 b"},
		{"no endobj", "1 0 obj (a)\n2 0 obj <</X(b)>>", "1 a|2 b"},
		{"not closed", "1 0 obj [(a)(b\n2 0 obj (c) endobj", "1 a|1 b\n|2 c"},
		{"escapes", `1 0 obj (\101\(\)\x\
b\53) endobj`, "1 A()xb+"},
		{"hex", "1 0 obj <41 4 2 4> endobj", "1 AB@"},
		{"nested", "1 0 obj <</A[<</B(x)>>]/C<</D/E>>>> endobj", "1 x"},
		{"equal keys", "1 0 obj <</A(x)/A(y)>> endobj", "1 x|1 y"},
		{"stray values", "1 0 obj <</A(x)(y)>> endobj", "1 x|1 y"},
		{"stream", "1 0 obj " + stream("", []byte("data")) + " endobj", "1 stream data"},
		{"wrong length", "1 0 obj <</Length 2>>stream\ndata\nendstream endobj 2 0 obj(b)endobj", "1 stream data\n|2 b"},
		{"length elsewhere", "1 0 obj <</Length 2 0 R>>stream\nends endstreams\nendstream endobj 2 0 obj 15 endobj", "1 stream ends endstreams"},
		{"no endstream", "1 0 obj <<>>stream\ndata 2 0 obj (b) endobj", "1 stream data |2 b"},
		{"object stream", "1 0 obj " + stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", deflate([]byte(objects[:4]+objects[4:]))) + " endobj", "1 stream " + objects + "|7 (seven)"},
		{"looks like an object in a stream", "1 0 obj " + stream("", []byte("9 0 obj (no) endobj")) + " endobj", "1 stream 9 0 obj (no) endobj"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := strings.Join(all(Read(t.Context(), []byte(c.file))), "|")
			if want := strings.ReplaceAll(c.want, "(seven)", "seven"); c.name == "object stream" {
				if !strings.HasSuffix(got, "|7 seven") {
					t.Errorf("got %q", got)
				}
			} else if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestNamesAndReferences(t *testing.T) {
	f := Read(t.Context(), []byte("1 0 obj <</A#20B/C#2Fd/R 2 0 R/N 2 0/X null/T true>> endobj 2 0 obj 3 0 R endobj 3 0 obj (x) endobj"))
	d, _ := f.Objects[0].Value.(Dict)
	if d.Name("A B") != "C/d" || d.Get("T") != Value(true) {
		t.Errorf("got %v", d)
	}
	if s, _ := f.Get(d.Get("R")).(String); string(s) != "x" {
		t.Errorf("a chain of references gives %v", f.Get(d.Get("R")))
	}
	loop := Read(t.Context(), []byte("1 0 obj 2 0 R endobj 2 0 obj 1 0 R endobj"))
	if loop.Get(Ref{1, 0}) != nil || loop.Object(Ref{1, 0}) != -1 {
		t.Error("a circle of references gives something")
	}
}

func TestWhatIsOutside(t *testing.T) {
	f := Read(t.Context(), []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj(a)endobj\n% a comment\njunk here\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R/ID[(x)]>>\nstartxref\n33\n%%EOF\nafter"))
	var got []string
	for _, l := range f.Loose {
		got = append(got, fmt.Sprintf("%t %s", l.Comment, l.Bytes))
	}
	if strings.Join(got, "|") != "true  a comment|false junk here|false after" {
		t.Errorf("outside: %q", got)
	}
	if len(f.Trailers) != 1 || f.Ends != 1 || f.Sections != 1 || f.Encrypted() {
		t.Errorf("%d trailers, %d ends", len(f.Trailers), f.Ends)
	}
	if !Read(t.Context(), []byte("1 0 obj(a)endobj trailer<</Encrypt 5 0 R>> 5 0 obj<</Filter/Standard>>endobj")).Encrypted() {
		t.Error("an encrypted file was not told")
	}
	marks := Read(t.Context(), []byte("1 0 obj<</A 2 0 R>>endobj 2 0 obj(b)endobj 3 0 obj(c)endobj trailer<</Root 1 0 R>>"))
	if got := marks.Reached(); !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("reached %v", got)
	}
}

func TestFilters(t *testing.T) {
	text := []byte("the quick brown fox, the quick brown fox")
	var l, a bytes.Buffer
	w := lzw.NewWriter(&l, lzw.MSB, 8)
	_, _ = w.Write(text)
	_ = w.Close()
	e := ascii85.NewEncoder(&a)
	_, _ = e.Write(text)
	_ = e.Close()
	minus := func(a, b byte) byte { return a - b }
	png := []byte{1, 't', minus('h', 't'), minus('e', 'h'), 2, 0, 0, 0}
	for _, c := range []struct {
		name, dict string
		data       []byte
		want, tail string
		left       string
		damaged    bool
	}{
		{name: "flate", dict: "/Filter/FlateDecode", data: deflate(text), want: string(text)},
		{name: "flate, tail", dict: "/Filter/FlateDecode", data: append(deflate(text), "hidden"...), want: string(text), tail: "hidden"},
		{name: "flate, cut", dict: "/Filter/FlateDecode", data: deflate(text)[:len(deflate(text))-12], want: "the quick", damaged: true},
		{name: "flate, no header", dict: "/Filter[/Fl]", data: deflate(text)[2:], want: string(text)},
		{name: "lzw", dict: "/Filter/LZWDecode/DecodeParms<</EarlyChange 0>>", data: l.Bytes(), want: string(text)},
		{name: "a85", dict: "/Filter/ASCII85Decode", data: append(a.Bytes(), "~>x"...), want: string(text), tail: "x"},
		{name: "ahx", dict: "/Filter/AHx", data: []byte("74 68 65> y"), want: "the", tail: "y"},
		{name: "runs", dict: "/Filter/RunLengthDecode", data: []byte("\x02the\xFEx\x80z"), want: "thexxx", tail: "z"},
		{name: "chain", dict: "/Filter[/ASCIIHexDecode/FlateDecode]", data: []byte(fmt.Sprintf("%x>", deflate(text))), want: string(text)},
		{name: "picture", dict: "/Filter[/ASCIIHexDecode/DCTDecode]", data: []byte("FFD8>"), want: "\xFF\xD8", left: "DCTDecode"},
		{name: "unknown", dict: "/Filter/Odd", data: text, want: string(text), left: "Odd"},
		{name: "predictor", dict: "/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 3>>", data: deflate(png), want: "thethe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Read(t.Context(), []byte("1 0 obj "+stream(c.dict, c.data)+" endobj"))
			if len(f.Objects) != 1 || f.Objects[0].Stream == nil {
				t.Fatal("no stream")
			}
			d := f.Objects[0].Stream.Decode()
			if c.damaged && !strings.HasPrefix(string(d.Data), c.want) || !c.damaged && string(d.Data) != c.want || string(d.Tail) != c.tail || strings.Join(d.Left, " ") != c.left || d.Damaged != c.damaged {
				t.Errorf("got %q, tail %q, left %v, damaged %t", d.Data, d.Tail, d.Left, d.Damaged)
			}
		})
	}
}

func TestReadings(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Ann", "Ann"}, {"\xFE\xFF\x5F\x20\x4F\x1F", "张伟"}, {"\xFF\xFE\x20\x5F\x1F\x4F", "张伟"}, {"\xEF\xBB\xBF张伟", "张伟"}, {"张伟", "张伟"},
		{"\xD5\xC5\xCE\xB0", "张伟"}, {"\x5F\x20\x4F\x1F", "张伟"}, {"\x80", "•"}, {"\xFE\xFF\x00\x1B\x00e\x00n\x00\x1B\x00A", "A"},
	} {
		if got := Readings([]byte(c.in)); !slices.Contains(got, c.want) {
			t.Errorf("%q reads as %q, not %q", c.in, got, c.want)
		}
	}
}

// Hostile files end early and say so.
func TestBombs(t *testing.T) {
	zeros := deflate(make([]byte, 80<<20))
	for _, c := range []struct {
		name string
		file []byte
		cut  bool
	}{
		{"object stream", []byte("1 0 obj " + stream("/Type/ObjStm/N 9/First 9/Filter/FlateDecode", zeros) + " endobj"), true},
		{"arrays in one another", []byte("1 0 obj " + strings.Repeat("[", 1<<20)), false},
		{"strings not closed", []byte(strings.Repeat("1 0 obj (", 100_000)), true},
		{"streams not closed", []byte(strings.Repeat("1 0 obj <<>>stream\n", 100_000)), false},
		{"dictionaries not closed", []byte(strings.Repeat("1 0 obj <</A", 100_000)), false},
		{"starts", []byte(strings.Repeat("1 0 obj ", 200_000)), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			f := Read(t.Context(), c.file)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if (f.Cut != nil) != c.cut {
				t.Errorf("cut: %v", f.Cut)
			}
		})
	}
	if d := Decode(Dict{{"Filter", Name("FlateDecode")}}, zeros, func(v Value) Value { return v }); !d.Cut || len(d.Data) != MaxDecoded {
		t.Errorf("a stream of 80 MB was decoded to %d bytes, cut %t", len(d.Data), d.Cut)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if f := Read(ctx, []byte("1 0 obj(a)endobj 2 0 obj(b)endobj")); f.Cut == nil {
		t.Error("read on after the context ended")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("%PDF-1.7\n1 0 obj<</A[1 2 0 R(x)<41>/B#20]>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"))
	f.Add([]byte("1 0 obj<</Type/ObjStm/N 1/First 4/Length 9>>stream\n7 0 (a)\nendstream endobj"))
	f.Add([]byte("1 0 obj<</Filter[/A85/LZW/RL/Fl]/Length 3 0 R/DecodeParms[null<</Predictor 12/Columns 4>>]>>stream\nabc~>\nendstream"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		r := Read(t.Context(), b)
		n := 0
		for i := range r.Objects {
			o := &r.Objects[i]
			Each(o.Value, func(Value) { n++ })
			if o.Stream != nil {
				n += len(o.Stream.Decode().Data)
			}
		}
		r.Reached()
		r.Encrypted()
		for _, l := range r.Loose {
			Readings(l.Bytes)
			if l.At < 0 || l.At > len(b) {
				t.Fatal("a place outside the file")
			}
		}
	})
}
