package raw

import "bytes"

// between sorts what stands between two objects: cross-reference tables, trailers
// and markers, and what is none of them.
func (s *scanner) between(from, to int) {
	if from >= to {
		return
	}
	l := s.lexer(from)
	l.b = s.b[:to]
	binary := true // the comment behind the header is binary
	l.Comments = func(a, b int) {
		c := s.b[a:b]
		switch {
		case bytes.HasPrefix(c, []byte("%EOF")):
			a, c = a+4, c[4:]
		case a == 1 && bytes.HasPrefix(c, []byte("PDF-")) && len(c) <= len("PDF-1.7")+1:
			return
		case binary && a < 1100 && len(c) <= 16 && len(c) > 0 && c[0] >= 0x80:
			binary = false
			return
		}
		if len(bytes.TrimSpace(c)) > 0 {
			s.f.Loose = append(s.f.Loose, Loose{At: a, Bytes: c, Comment: true})
		}
	}
	loose := -1
	flush := func(end int) {
		if loose >= 0 {
			s.f.Loose = append(s.f.Loose, Loose{At: loose, Bytes: bytes.TrimSpace(s.b[loose:end])})
			loose = -1
		}
	}
	for s.spend(1) {
		l.skip()
		at := l.at
		if at >= to {
			break
		}
		switch {
		case hasWord(l.b[at:], "xref"):
			flush(at)
			l.at = at + len("xref")
			s.table(l)
		case hasWord(l.b[at:], "startxref"):
			flush(at)
			l.at = at + len("startxref")
			l.digits()
		case bytes.HasPrefix(l.b[at:], []byte("trailer")):
			flush(at)
			l.at = at + len("trailer")
			v, _ := l.Next()
			if d, ok := v.(Dict); ok {
				s.f.Trailers = append(s.f.Trailers, d)
			} else {
				loose = at
			}
		case hasWord(l.b[at:], "endobj"), hasWord(l.b[at:], "endstream"):
			flush(at)
			l.at = at + 6
			if l.b[at+3] == 's' {
				l.at = at + len("endstream")
			}
		default:
			if loose < 0 {
				loose = at
			}
			for l.at < to && !isSpace(s.b[l.at]) {
				l.at++
			}
		}
		s.spend(l.at - at)
	}
	flush(to)
}

func hasWord(b []byte, w string) bool {
	return bytes.HasPrefix(b, []byte(w)) && (len(b) == len(w) || !isRegular(b[len(w)]))
}

// digits passes a number.
func (l *Lexer) digits() {
	l.skip()
	for l.at < len(l.b) && l.b[l.at] >= '0' && l.b[l.at] <= '9' {
		l.at++
	}
}

// table passes the entries of a cross-reference table (7.5.4).
func (s *scanner) table(l *Lexer) {
	for {
		l.skip()
		at := l.at
		l.digits()
		if l.at == at {
			if l.at < len(l.b) && (l.b[l.at] == 'n' || l.b[l.at] == 'f') && (l.at+1 == len(l.b) || isSpace(l.b[l.at+1])) {
				l.at++
				continue
			}
			return
		}
	}
}
