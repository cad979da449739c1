package text

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"consentry/redact"
	"consentry/redact/charset"
)

// ErrRegion is returned where a redaction points outside the text.
var ErrRegion = errors.New("region outside the text")

// A cut is a run of text to take out. Offsets are in runes, then in bytes of
// the decoded text and of the source.
type cut struct {
	start, end int
	longest    int
	label      string
	textFrom   int
	textTo     int
	srcFrom    int
	srcTo      int
}

// Rewrite writes the text with each region replaced by its Redaction.With, all
// other bytes as they are. Overlapping regions are taken out as one, under the
// label of the longest (of equals, the first). Combining marks behind a region
// go with it. Where a label ends in a letter or digit that would run into the
// next, a space is put between them. The output has the source's encoding, or
// UTF-8 where that cannot spell a label; see Notes.
func (d *document) Rewrite(ctx context.Context, w io.Writer, rs []redact.Redaction) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	cuts, err := d.cuts(rs)
	if err != nil {
		return "", err
	}
	d.place(cuts)
	labels := d.labels(cuts)
	out := bufio.NewWriterSize(w, 1<<16)
	cs, src := d.Set, d.src
	if !spells(cs, labels) {
		cs, src = charset.UTF8, []byte(d.text)
	}
	out.WriteString(cs.BOM)
	at := 0
	for i, c := range cuts {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		from, to := c.srcFrom, c.srcTo
		if cs.IsUTF8() {
			from, to = c.textFrom, c.textTo
		}
		out.Write(src[at:from])
		b, _ := cs.Encode(labels[i])
		out.Write(b)
		at = to
	}
	out.Write(src[at:])
	if err := out.Flush(); err != nil {
		return "", fmt.Errorf("write text: %w", err)
	}
	return d.media, nil
}

// Notes says what a Rewrite with these redactions would change beside them: in
// words, for the report. Reach it through interface{ Notes([]redact.Redaction) []string }.
func (d *document) Notes(rs []redact.Redaction) []string {
	cuts, err := d.cuts(rs)
	if err != nil {
		return nil
	}
	d.place(cuts)
	if !spells(d.Set, d.labels(cuts)) {
		return []string{"written as UTF-8: " + d.Name + " cannot spell a label"}
	}
	return nil
}

func spells(cs charset.Set, labels []string) bool {
	for _, l := range labels {
		if _, ok := cs.Encode(l); !ok {
			return false
		}
	}
	return true
}

// cuts checks the regions and joins those that overlap.
func (d *document) cuts(rs []redact.Redaction) ([]cut, error) {
	var all []cut
	for _, r := range rs {
		g := r.Region
		if g.Part == partRead {
			cs, ok := d.written(g, strings.ToValidUTF8(r.With, ""))
			if !ok {
				return nil, fmt.Errorf("redact text at %q, runes %d to %d: %w", g.Part, g.Start, g.End, ErrRegion)
			}
			all = append(all, cs...)
			continue
		}
		if g.Part != redact.PartBody || g.Page != 0 || g.Span != 0 || !g.Box.Empty() || g.Start < 0 || g.End <= g.Start || g.End > d.runes {
			return nil, fmt.Errorf("redact text at %q page %d, runes %d to %d of %d: %w", g.Part, g.Page, g.Start, g.End, d.runes, ErrRegion)
		}
		all = append(all, cut{start: g.Start, end: g.End, longest: g.End - g.Start, label: strings.ToValidUTF8(r.With, "")})
	}
	slices.SortStableFunc(all, func(a, b cut) int { return cmp.Compare(a.start, b.start) })
	var out []cut
	for _, c := range all {
		if n := len(out); n > 0 && c.start < out[n-1].end {
			last := &out[n-1]
			last.end = max(last.end, c.end)
			if c.longest > last.longest {
				last.longest, last.label = c.longest, c.label
			}
			continue
		}
		out = append(out, c)
	}
	return out, nil
}

// place finds the byte offsets of the cuts in one walk over text and source.
func (d *document) place(cuts []cut) {
	at, text, src := 0, 0, 0
	step := func() (r rune) {
		r, n := utf8.DecodeRuneInString(d.text[text:])
		src += d.Width(d.src[src:])
		text += n
		at++
		return r
	}
	for i := range cuts {
		for at < cuts[i].start {
			step()
		}
		cuts[i].textFrom, cuts[i].srcFrom = text, src
		for at < cuts[i].end {
			step()
		}
		for i+1 == len(cuts) || at < cuts[i+1].start {
			if r, _ := utf8.DecodeRuneInString(d.text[text:]); !unicode.Is(unicode.M, r) {
				break
			}
			step()
		}
		cuts[i].textTo, cuts[i].srcTo = text, src
	}
}

// labels spells what stands in place of each cut.
func (d *document) labels(cuts []cut) []string {
	out := make([]string, len(cuts))
	for i, c := range cuts {
		before, after := d.text[:c.textFrom], d.text[c.textTo:]
		s := c.label
		if d.media == Markdown {
			s = escape(s, before, after)
		}
		var prev rune
		if i > 0 && cuts[i-1].textTo == c.textFrom {
			prev, _ = utf8.DecodeLastRuneInString(out[i-1])
		} else {
			prev, _ = utf8.DecodeLastRuneInString(before)
		}
		if first, _ := utf8.DecodeRuneInString(s); alnum(prev) && alnum(first) {
			s = " " + s
		}
		// Where the next cut follows at once, its label sees to the space.
		if i+1 == len(cuts) || cuts[i+1].textFrom > c.textTo {
			last, _ := utf8.DecodeLastRuneInString(s)
			if next, _ := utf8.DecodeRuneInString(after); alnum(last) && alnum(next) {
				s += " "
			}
		}
		out[i] = s
	}
	return out
}

func alnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}
