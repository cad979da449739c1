// Package pii is the redact.Detector of numbers and addresses that follow rules:
// telephone numbers, e-mail addresses, numbers of identity, accounts, cards, vehicles,
// devices and networks, numbers that others give to a person, secrets, codes of
// organisations, and addresses of streets and of the web.
//
// Most kinds are rows of a table (package rules): a shape, a check, the words they
// stand behind, examples and near misses. A text is folded first (full-width forms,
// dashes, invisible runes) and then read once: the words in it and the places behind
// them and below them in a table (package words), and every run of letters and digits,
// which is given to those rules that its first bytes allow. Rules look at the
// neighbours too, because a phone number inside a longer number is none.
package pii

import (
	"context"
	"strings"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/pii/words"
)

// Detector finds numbers and addresses of the kinds that rules.Default lists, and
// telephone numbers, e-mail and Internet addresses and streets. What a numbering plan
// or a checksum confirms, or a word together with a shape of its own, is of the sure
// tier; what only has the shape, or a loose shape behind a word, is for review. It is
// safe for concurrent use.
type Detector struct{}

var _ redact.Detector = Detector{}

// ID names the detector and the version of its rules.
func (Detector) ID() string { return "pii/4" }

// Reasons given in Finding.Why, beside those of the rules in rules/*.yaml.
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
	WhyProfile       = "page of a person at a network"
	WhyHandle        = "handle behind @"
	WhyIP            = "address of the Internet"
	WhyStreet        = "address of a street"
	WhyRoom          = "address of a street with a room, or by its words"
)

// Detect finds in each span by itself, but in the lines of a document's paragraph
// together; a number broken over two spans is not put together elsewhere, but the
// words that a span ends with say what the next begins with.
func (d Detector) Detect(ctx context.Context, p redact.Page) ([]redact.Finding, error) {
	var out []redact.Finding
	var carry []words.Label
	for _, s := range p.Texts() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := fold(string(s.Text))
		ms, left, err := find(ctx, f.text, carry)
		if err != nil {
			return nil, err
		}
		carry = left
		if len(ms) == 0 {
			continue
		}
		at := f.cursor()
		for _, m := range ms {
			start, end := at.runes(m.lo, m.hi)
			if redact.IsLabel(string(s.Text[start:end])) {
				continue
			}
			out = p.AppendFound(out, s, start, end, redact.Finding{Kind: m.kind, Score: m.score, Tier: m.tier, By: d.ID(), Why: m.why})
		}
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

// numbers runs the rules of telephone numbers over one such run.
func (s *scan) numbers(lo, hi int) {
	s.work += hi - lo
	if digits(s.text[lo:hi]) < 7 {
		return
	}
	s.ms = append(s.ms, s.mobile(lo, hi)...)
	s.ms = append(s.ms, s.service(lo, hi)...)
	s.ms = append(s.ms, s.landline(lo, hi)...)
	s.ms = append(s.ms, s.international(lo, hi)...)
	s.ms = append(s.ms, s.national(lo, hi)...)
	s.ms = append(s.ms, s.afterWord(lo, hi)...)
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }
func isLower(b byte) bool { return b >= 'a' && b <= 'z' }
func isAlnum(b byte) bool { return isDigit(b) || isLetter(b) }
func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

// before is up to n runes of text before byte i, in lower case.
func before(text string, i, n int) string {
	from := i
	for ; n > 0 && from > 0; n-- {
		_, w := utf8.DecodeLastRuneInString(text[:from])
		from -= w
	}
	return strings.ToLower(text[from:i])
}
