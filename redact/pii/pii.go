// Package pii is the redact.Detector of numbers and addresses that follow rules:
// telephone numbers, e-mail addresses, resident identity numbers; and, for review,
// addresses of the web and accounts, which tell whose they are.
//
// Each kind is a small rule. A text is folded first (full-width forms, dashes,
// invisible runes); rules then look at the runs that may be numbers or
// addresses and at their neighbours, because a phone number inside a longer
// number is none.
package pii

import (
	"cmp"
	"context"
	"image"
	"slices"
	"strings"
	"unicode/utf8"

	"consentry/redact"
)

// Detector finds telephone numbers (redact.Phone), e-mail addresses
// (redact.Email), resident identity numbers (redact.ResidentID), and addresses of
// the web, accounts and codes of organisations (redact.Other). What a
// numbering plan or a checksum confirms is of the sure tier; what only has the
// shape, or stands behind a word such as 电话, is for review. It is safe for
// concurrent use.
type Detector struct{}

var _ redact.Detector = Detector{}

// ID names the detector and the version of its rules.
func (Detector) ID() string { return "pii/2" }

// Reasons given in Finding.Why.
const (
	WhyMobile        = "mobile number of the mainland plan"
	WhyLandline      = "landline number of the mainland plan"
	WhyService       = "service line of a company"
	WhyInternational = "number of an international plan"
	WhyContext       = "number behind a telephone word"
	WhyShape         = "shape of a telephone number"
	WhyEmail         = "e-mail address"
	WhyHidden        = "e-mail address written so that programs do not see it"
	WhyWeb           = "address of the web"
	WhyAccount       = "account of a network"
	WhyCredit        = "code of an organisation, check digit right"
	WhyID            = "identity number, check digit right"
	WhyIDContext     = "identity number by the words before it, check digit wrong"
	WhyID15          = "old identity number of 15 digits"
)

// A match is what a rule found: bytes of the folded text.
type match struct {
	lo, hi int
	kind   redact.Kind
	tier   redact.Tier
	score  float64
	why    string
}

// Detect finds in each span by itself; a number broken over two spans is not
// put together.
func (d Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	for _, s := range p.Spans {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := fold(s.Text)
		ms, err := find(ctx, f.text)
		if err != nil {
			return nil, err
		}
		at := f.cursor()
		for _, m := range ms {
			start, end := at.runes(m.lo, m.hi)
			from, to := at.bytes(s.Text, start, end)
			text := s.Text[from:to]
			if redact.IsLabel(text) {
				continue
			}
			g := redact.Region{Part: p.Part, Page: p.Index, Span: s.ID, Start: s.Offset + start, End: s.Offset + end}
			if s.Boxes != nil {
				g.Box = hull(s.Boxes[start:end])
			}
			out = append(out, redact.Finding{Region: g, Kind: m.kind, Text: text, Score: m.score, Tier: m.tier, By: d.ID(), Why: m.why})
		}
	}
	return out, nil
}

// find runs the rules over a folded text. Matches are in order of their start;
// one that lies within another and is no surer is left out.
func find(ctx context.Context, text string) ([]match, error) {
	ms := written(text)
	for i, n := 0, 0; i < len(text); n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		next := strings.IndexAny(text[i:], "0123456789+(@")
		if next < 0 {
			break
		}
		i += next
		if text[i] == '@' {
			ms = append(ms, email(text, i)...)
			i++
			continue
		}
		if n := digitRun(text, i); n > longest {
			i += n
			continue
		}
		end := chunkEnd(text, i)
		ms = append(ms, numbers(text, i, end)...)
		i = end
	}
	slices.SortStableFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(b.hi, a.hi), cmp.Compare(b.tier, a.tier), cmp.Compare(b.score, a.score))
	})
	var out []match
	for _, m := range ms {
		if n := len(out); n > 0 && m.hi <= out[n-1].hi && m.tier <= out[n-1].tier {
			continue
		}
		out = append(out, m)
	}
	return out, nil
}

// longest is the longest run of digits that may hold a number of ours.
const longest = 20

// digitRun is the length of the run of digits at i.
func digitRun(text string, i int) (n int) {
	for i+n < len(text) && isDigit(text[i+n]) {
		n++
	}
	return n
}

// chunkEnd is the end of the run of digits and what may stand between them,
// before any run of digits that is too long.
func chunkEnd(text string, i int) int {
	for i < len(text) {
		switch n := digitRun(text, i); {
		case n > longest:
			return i
		case n > 0:
			i += n
		case strings.IndexByte("+() .-/", text[i]) >= 0:
			i++
		default:
			return i
		}
	}
	return i
}

// numbers runs the rules of numbers over one such run.
func numbers(text string, lo, hi int) []match {
	digits := 0
	for i := lo; i < hi; i++ {
		if isDigit(text[i]) {
			digits++
		}
	}
	if digits < 7 {
		return nil
	}
	ms := resident(text, lo, hi)
	ms = append(ms, mobile(text, lo, hi)...)
	ms = append(ms, service(text, lo, hi)...)
	ms = append(ms, landline(text, lo, hi)...)
	ms = append(ms, international(text, lo, hi)...)
	ms = append(ms, national(text, lo, hi)...)
	return append(ms, afterWord(text, lo, hi)...)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

func hull(boxes []image.Rectangle) (h image.Rectangle) {
	for _, b := range boxes {
		h = h.Union(b)
	}
	return h
}

// before is up to n runes of text before byte i, in lower case.
func before(text string, i, n int) string {
	from := i
	for ; n > 0 && from > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(text[:from])
		from -= w
	}
	return strings.ToLower(text[from:i])
}
