package object

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact"
)

// Looks are digests of what decides how pages look. They are those of the file as
// it was when the first was asked for.
type Looks struct {
	f       *File
	layers  redact.Digest
	pages   map[int]int           // page numbers by object number
	streams map[int]redact.Digest // of the bytes of streams, by object number
}

// Looks are the file's.
func (f *File) Looks() *Looks {
	l := &Looks{f: f, pages: map[int]int{}, streams: map[int]redact.Digest{}}
	for i, p := range f.pages {
		l.pages[int(p.ObjectNumber)] = i
	}
	if root, err := f.Catalog(); err == nil {
		l.layers, _ = l.sum(root["OCProperties"])
	}
	return l
}

// Page is a digest of page i and of all that it leads to, however that is
// numbered: its content, as it is encoded, its resources, boxes and annotations,
// and the file's layers. Other pages count by their number. Two pages with one
// digest are drawn alike. There is none (false) for a page with form fields,
// which are drawn by what the whole form says, and where a part cannot be read.
func (l *Looks) Page(i int) (redact.Digest, bool) {
	if i < 0 || i >= len(l.f.pages) {
		return redact.Digest{}, false
	}
	d := l.f.Dict(l.f.pages[i])
	for _, a := range l.f.Array(d["Annots"]) {
		if l.f.Name(l.f.Dict(a)["Subtype"]) == "Widget" {
			return redact.Digest{}, false
		}
	}
	own := maps.Clone(d)
	for _, k := range []string{"Parent", "StructParents", "Tabs", "Thumb", "B", "AA", "Trans", "Dur"} {
		delete(own, k)
	}
	return l.sum(own)
}

// unseen are entries of any dictionary that nothing is drawn by.
var unseen = map[string]bool{"Metadata": true, "PieceInfo": true, "LastModified": true}

// sum is the digest of an object and of all that it leads to; false where that
// cannot be read.
func (l *Looks) sum(o types.Object) (redact.Digest, bool) {
	s := summing{Looks: l, writer: writer{f: l.f}, number: map[int]int{}}
	s.b.Write(l.layers[:])
	s.add(o, 0)
	h := sha256.New()
	for i := 0; ; i++ {
		h.Write(s.b.Bytes())
		s.b.Reset()
		if i >= len(s.queue) || s.failed || s.writer.err != nil {
			return redact.Digest(h.Sum(nil)), !s.failed && s.writer.err == nil
		}
		s.object(s.queue[i])
	}
}

// summing is one digest under way. Objects are numbered as they are met.
type summing struct {
	*Looks
	writer writer // of numbers, names and strings
	b      bytes.Buffer
	number map[int]int
	queue  []int // object numbers
	failed bool
}

func (s *summing) object(n int) {
	o := s.f.Get(*types.NewIndirectRef(n, 0))
	stream, ok := o.(types.StreamDict)
	if !ok {
		s.b.WriteString("\nobject ")
		s.add(o, 0)
		return
	}
	s.failed = s.failed || stream.Raw == nil && stream.Content != nil // still to be encoded
	d := maps.Clone(stream.Dict)
	delete(d, "Length")
	s.b.WriteString("\nstream ")
	s.add(d, 0)
	sum, known := s.streams[n]
	if !known {
		sum = redact.Sum(stream.Raw)
		s.streams[n] = sum
	}
	s.b.Write(sum[:])
}

func (s *summing) add(o types.Object, depth int) {
	if depth > maxDepth {
		s.failed = true
		return
	}
	switch v := o.(type) {
	case types.IndirectRef:
		s.reference(int(v.ObjectNumber))
	case types.Array:
		fmt.Fprintf(&s.b, "[%d ", len(v))
		for _, e := range v {
			s.add(e, depth+1)
		}
	case types.Dict:
		s.b.WriteString("<<")
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if v[k] != nil && !unseen[k] {
				writeName(&s.b, k)
				s.b.WriteByte(' ')
				s.add(v[k], depth+1)
			}
		}
		s.b.WriteString(">>")
	default:
		s.writer.value(&s.b, o, depth)
		s.b.WriteByte(' ')
	}
}

func (s *summing) reference(n int) {
	if i, ok := s.pages[n]; ok {
		fmt.Fprintf(&s.b, "page %d ", i)
		return
	}
	if _, ok := s.number[n]; !ok {
		s.number[n] = len(s.queue)
		s.queue = append(s.queue, n)
	}
	fmt.Fprintf(&s.b, "%d R ", s.number[n])
}
