package raw

import (
	"bytes"
	"context"
	"errors"
	"sort"
)

// ErrTooMuch says that a bound was passed before everything was read.
var ErrTooMuch = errors.New("more than can be read through")

const (
	maxObjects = 4 << 20
	maxStreams = 512 << 20 // decoded object streams, together, in bytes
	lexFactor  = 6         // how often each byte may be read, on average
)

// An Object is an indirect object where it stands in the file.
type Object struct {
	Num, Gen int
	At       int // byte in the file; that of its object stream
	In       int // number of the object stream it stands in, or -1
	Value    Value
	Stream   *Stream // nil where it is none; Value is then its dictionary
}

// A Stream is a stream's bytes as they lie in the file.
type Stream struct {
	Dict Dict
	Raw  []byte
	file *File
}

// A Loose is a run of bytes that belongs to no object and to no cross-reference
// table, trailer or marker.
type Loose struct {
	At      int
	Bytes   []byte
	Comment bool
}

// A File is all that Read found, in the order of the bytes.
type File struct {
	Objects  []Object
	Trailers []Dict // of tables, and the dictionaries of cross-reference streams
	Loose    []Loose
	Ends     int   // %%EOF markers
	Sections int   // startxref markers
	Linear   bool  // linearised: two sections are one revision
	Cut      error // nil, or ErrTooMuch

	size    int
	effect  map[int]int // number → index in Objects
	decoded int         // by object streams, in bytes
}

// Encrypted reports whether strings and streams are encrypted; they tell nothing
// then.
func (f *File) Encrypted() bool {
	for _, t := range f.Trailers {
		if f.Get(t.Get("Encrypt")) != nil {
			return true
		}
	}
	return false
}

// Read finds everything in b. It never fails: what is no PDF has one Loose. It
// returns early where ctx ends; Cut is set then.
func Read(ctx context.Context, b []byte) *File {
	f := &File{size: len(b), effect: map[int]int{}}
	s := scanner{ctx: ctx, f: f, b: b, left: lexFactor*len(b) + 1<<20}
	s.index()
	s.scan()
	for i := range f.Objects {
		f.effect[f.Objects[i].Num] = i
	}
	for i, n := 0, len(f.Objects); i < n && f.Cut == nil; i++ {
		if st := f.Objects[i].Stream; st != nil && st.Dict.Name("Type") == "ObjStm" {
			s.unpack(i)
		}
	}
	// What stands later in the file is in effect, that of an object stream too.
	sort.SliceStable(f.Objects, func(i, j int) bool { return f.Objects[i].At < f.Objects[j].At })
	for i := range f.Objects {
		f.effect[f.Objects[i].Num] = i
		if d, ok := f.Objects[i].Value.(Dict); ok && d.Get("Linearized") != nil {
			f.Linear = true
		}
		if st := f.Objects[i].Stream; st != nil && st.Dict.Name("Type") == "XRef" {
			f.Trailers = append(f.Trailers, st.Dict)
		}
	}
	return f
}

// Get follows references to the object in effect; of a stream it gives the
// dictionary.
func (f *File) Get(v Value) Value {
	for range 32 {
		r, ok := v.(Ref)
		if !ok {
			return v
		}
		i, ok := f.effect[r.Num]
		if !ok {
			return nil
		}
		v = f.Objects[i].Value
	}
	return nil
}

// Dict is the dictionary v is or points to, or nil.
func (f *File) Dict(v Value) Dict {
	d, _ := f.Get(v).(Dict)
	return d
}

// Array is the array v is or points to, or nil.
func (f *File) Array(v Value) Array {
	a, _ := f.Get(v).(Array)
	return a
}

// Number is the number v is or points to.
func (f *File) Number(v Value) (float64, bool) {
	n, ok := f.Get(v).(float64)
	return n, ok
}

// Numbers are the numbers of an array, 0 for what is none.
func (f *File) Numbers(v Value) []float64 {
	var out []float64
	for _, e := range f.Array(v) {
		n, _ := f.Number(e)
		out = append(out, n)
	}
	return out
}

// Object is the index of the object in effect that v points to, or -1.
func (f *File) Object(v Value) int {
	for range 32 {
		r, ok := v.(Ref)
		if !ok {
			return -1
		}
		i, ok := f.effect[r.Num]
		if !ok {
			return -1
		}
		next, ok := f.Objects[i].Value.(Ref)
		if !ok {
			return i
		}
		v = next
	}
	return -1
}

// StreamOf is the stream v points to, or nil.
func (f *File) StreamOf(v Value) *Stream {
	if i := f.Object(v); i >= 0 {
		return f.Objects[i].Stream
	}
	return nil
}

// InEffect reports whether the i-th object is the last of its number.
func (f *File) InEffect(i int) bool { return f.effect[f.Objects[i].Num] == i }

// Decode undoes the stream's filters. The result is not kept.
func (s *Stream) Decode() Decoded { return Decode(s.Dict, s.Raw, s.file.Get) }

// Reached marks the objects in effect that the trailers lead to.
func (f *File) Reached() []bool {
	marks := make([]bool, len(f.Objects))
	var todo []int
	visit := func(v Value) {
		if r, ok := v.(Ref); ok {
			if i, ok := f.effect[r.Num]; ok && !marks[i] {
				marks[i] = true
				todo = append(todo, i)
			}
		}
	}
	for _, t := range f.Trailers {
		Each(t, visit)
	}
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		Each(f.Objects[i].Value, visit)
	}
	return marks
}

// A scanner fills a File.
type scanner struct {
	ctx    context.Context
	f      *File
	b      []byte
	starts []start // of "n g obj", ascending
	ends   []int   // of "endstream"
	left   int     // bytes that may still be read by the lexer
	byNum  map[int][]start
}

type start struct{ from, body, num, gen int }

// index notes where objects seem to start and streams seem to end.
func (s *scanner) index() {
	for at := 0; ; {
		i := bytes.Index(s.b[at:], []byte("obj"))
		if i < 0 {
			break
		}
		i += at
		at = i + 3
		if st, ok := s.startAt(i); ok && len(s.starts) < maxObjects {
			s.starts = append(s.starts, st)
		}
	}
	for at := 0; ; {
		i := bytes.Index(s.b[at:], []byte("endstream"))
		if i < 0 {
			break
		}
		s.ends = append(s.ends, at+i)
		at += i + 9
	}
	s.f.Ends = bytes.Count(s.b, []byte("%%EOF"))
	s.f.Sections = bytes.Count(s.b, []byte("startxref"))
	if len(s.starts) == maxObjects {
		s.f.Cut = ErrTooMuch
	}
}

// startAt reads the two numbers before the "obj" at i.
func (s *scanner) startAt(i int) (start, bool) {
	back := func(j int) (v, from int, ok bool) {
		end := j
		for j > 0 && isSpace(s.b[j-1]) {
			j--
		}
		spaced := j < end
		digits, scale := j, 1
		for j > 0 && digits-j < 10 && s.b[j-1] >= '0' && s.b[j-1] <= '9' {
			j--
			v += int(s.b[j]-'0') * scale
			scale *= 10
		}
		return v, j, j < digits && (spaced || end == i)
	}
	gen, j, ok := back(i)
	if !ok {
		return start{}, false
	}
	num, from, ok := back(j)
	if !ok {
		return start{}, false
	}
	return start{from: from, body: i + 3, num: num, gen: gen}, true
}

// lexer reads objects from a place and counts what it costs.
func (s *scanner) lexer(at int) *Lexer {
	l := &Lexer{b: s.b, at: at, refs: true}
	l.Comments = func(from, to int) {
		s.f.Loose = append(s.f.Loose, Loose{At: from, Bytes: s.b[from:to], Comment: true})
	}
	return l
}

// spend reports whether n more bytes may be read.
func (s *scanner) spend(n int) bool {
	if s.left -= n; s.left < 0 || s.ctx.Err() != nil {
		s.f.Cut = ErrTooMuch
	}
	return s.f.Cut == nil
}

// scan reads the objects one after the other. What looks like one inside a stream
// is none.
func (s *scanner) scan() {
	at := 0
	for _, st := range s.starts {
		if st.from < at {
			continue
		}
		if s.f.Cut != nil {
			return
		}
		s.between(at, st.from)
		l := s.lexer(st.body)
		v, _ := l.Next()
		if !s.spend(l.at - st.body) {
			return
		}
		if l.at == len(s.b) { // something was not closed: what follows is not to go with it
			if next := s.next(st.body); next < len(s.b) {
				l = &Lexer{b: s.b[:next], at: st.body, refs: true}
				v, _ = l.Next()
				l.b = s.b
			}
		}
		if k, ok := v.(Keyword); ok && k == "endobj" {
			v = nil
			l.at -= len("endobj")
		}
		o := Object{Num: st.num, Gen: st.gen, At: st.from, In: -1, Value: v}
		at = l.at
		if d, ok := v.(Dict); ok {
			at = s.stream(&o, d, l)
		}
		s.f.Objects = append(s.f.Objects, o)
		l.at = at
		l.skip()
		if bytes.HasPrefix(s.b[l.at:], []byte("endobj")) {
			at = l.at + len("endobj")
		}
	}
	if s.f.Cut == nil {
		s.between(at, len(s.b))
	}
}

// stream takes the bytes of a stream behind its dictionary, if there is one, and
// returns where it ends.
func (s *scanner) stream(o *Object, d Dict, l *Lexer) int {
	at := l.at
	l.skip()
	if !bytes.HasPrefix(s.b[l.at:], []byte("stream")) {
		return at
	}
	from := l.at + len("stream")
	if bytes.HasPrefix(s.b[from:], []byte("\r\n")) {
		from += 2
	} else if from < len(s.b) && (s.b[from] == '\n' || s.b[from] == '\r') {
		from++
	}
	end, next := s.endOf(from, d.Get("Length"))
	o.Stream = &Stream{Dict: d, Raw: s.b[from:end], file: s.f}
	return next
}

// endOf finds where a stream's bytes end, by its length where that is true, else
// by the next endstream.
func (s *scanner) endOf(from int, length Value) (end, next int) {
	var lengths []int
	switch v := length.(type) {
	case float64:
		lengths = append(lengths, int(v))
	case Ref:
		for _, o := range s.numbered(v.Num) {
			l := Lexer{b: s.b, at: o.body}
			if n, ok := l.word().(float64); ok {
				lengths = append(lengths, int(n))
			} else if v, _ := l.Next(); v != nil {
				if n, ok := v.(float64); ok {
					lengths = append(lengths, int(n))
				}
			}
		}
	}
	for _, n := range lengths {
		if n < 0 || n > len(s.b)-from {
			continue
		}
		i := from + n
		for i < len(s.b) && isSpace(s.b[i]) && i < from+n+8 {
			i++
		}
		if bytes.HasPrefix(s.b[i:], []byte("endstream")) {
			return from + n, i + len("endstream")
		}
	}
	i := sort.SearchInts(s.ends, from)
	if i == len(s.ends) {
		n := s.next(from)
		return n, n
	}
	return s.ends[i], s.ends[i] + len("endstream")
}

// next is where the next object starts, or the end.
func (s *scanner) next(at int) int {
	i := sort.Search(len(s.starts), func(i int) bool { return s.starts[i].from >= at })
	if i == len(s.starts) {
		return len(s.b)
	}
	return s.starts[i].from
}

// numbered are a few places where an object of a number starts.
func (s *scanner) numbered(num int) (out []start) {
	if s.byNum == nil {
		s.byNum = map[int][]start{}
		for _, st := range s.starts {
			if len(s.byNum[st.num]) < 8 {
				s.byNum[st.num] = append(s.byNum[st.num], st)
			}
		}
	}
	return s.byNum[num]
}

// unpack reads the objects of an object stream (7.5.7).
func (s *scanner) unpack(i int) {
	o := s.f.Objects[i]
	dec := o.Stream.Decode()
	if s.f.decoded += len(dec.Data); s.f.decoded > maxStreams || dec.Cut {
		s.f.Cut = ErrTooMuch
		return
	}
	n, _ := s.f.Number(o.Stream.Dict.Get("N"))
	first, _ := s.f.Number(o.Stream.Dict.Get("First"))
	head := &Lexer{b: dec.Data}
	s.left += lexFactor * len(dec.Data)
	covered := []start{{from: 0, body: min(max(int(first), 0), len(dec.Data))}}
	defer func() { s.slack(o, dec.Data, covered) }()
	for k := 0; k < int(min(n, maxObjects)); k++ {
		num, ok := head.Next()
		off, ok2 := head.Next()
		a, isNum := num.(float64)
		b, isOff := off.(float64)
		if !ok || !ok2 || !isNum || !isOff {
			return
		}
		l := &Lexer{b: dec.Data, refs: true}
		l.Seek(int(first) + int(b))
		from := l.at
		l.Comments = func(from, to int) {
			s.f.Loose = append(s.f.Loose, Loose{At: o.At, Bytes: dec.Data[from:to], Comment: true})
		}
		v, ok := l.Next()
		covered = append(covered, start{from: from, body: l.at})
		if !s.spend(l.at-from+16) || len(s.f.Objects) >= maxObjects {
			s.f.Cut = ErrTooMuch
			return
		}
		if ok {
			s.f.Objects = append(s.f.Objects, Object{Num: int(a), At: o.At, In: o.Num, Value: v})
		}
	}
}

// slack notes the bytes of an object stream that belong to none of its objects.
func (s *scanner) slack(o Object, b []byte, covered []start) {
	sort.Slice(covered, func(i, j int) bool { return covered[i].from < covered[j].from })
	at := 0
	for _, c := range append(covered, start{from: len(b), body: len(b)}) {
		if c.from > at {
			if rest := tail(b[at:c.from]); len(rest) > 0 {
				s.f.Loose = append(s.f.Loose, Loose{At: o.At, Bytes: rest})
			}
		}
		at = max(at, c.body)
	}
}
