package audit

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"io"

	"consentry/redact/pdf/audit/raw"
)

const (
	maxInside = 3        // files in one another
	maxMember = 32 << 20 // one member of an archive, decoded, in bytes
	maxFiles  = 2000     // members of one archive
)

// inside searches a stream that is a file of its own: a PDF file, an archive
// (which Office files are), a compressed file.
func (s *search) inside(b []byte, at string) error {
	if s.h.depth >= maxInside {
		return nil
	}
	s.h.depth++
	defer func() { s.h.depth-- }()
	where := "a file in " + at + ", "
	switch {
	case bytes.HasPrefix(b, []byte("%PDF-")):
		f := raw.Read(s.h.ctx, b)
		if f.Cut != nil {
			return f.Cut
		}
		if f.Encrypted() {
			s.h.part(Attachment, "an encrypted file in "+at)
			return nil
		}
		return s.h.inner(f, s.where+where)
	case bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return s.archive(b, where)
	case bytes.HasPrefix(b, []byte{0x1F, 0x8B}):
		r, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			return nil
		}
		return s.member(r, where)
	}
	return nil
}

// archive searches the names and contents of an archive's members.
func (s *search) archive(b []byte, where string) error {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil // its bytes were searched
	}
	s.str([]byte(z.Comment), where+"comment of an archive")
	for i, m := range z.File {
		if i >= maxFiles {
			return raw.ErrTooMuch
		}
		s.str([]byte(m.Name), where+"name in an archive")
		s.str([]byte(m.Comment), where+"comment in an archive")
		if m.Flags&1 != 0 {
			s.h.part(Attachment, where+"an encrypted part")
			continue
		}
		r, err := m.Open()
		if err != nil {
			continue
		}
		err = s.member(r, where+"part of an archive")
		r.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

// member searches one decoded part.
func (s *search) member(r io.Reader, at string) error {
	data, err := io.ReadAll(io.LimitReader(r, maxMember+1))
	s.h.spent += len(data)
	if len(data) > maxMember || s.h.spent > maxSpent {
		return raw.ErrTooMuch
	}
	if err != nil && len(data) == 0 {
		return nil
	}
	if err := s.bytes(data, isText(data), at); err != nil {
		return err
	}
	if t := markup(data); t != "" && isText(data) {
		s.markup.text(t, at)
	}
	return s.inside(data, at)
}
