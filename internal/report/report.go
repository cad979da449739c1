// Package report renders what a package says of itself as a PDF for people.
package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/signintech/gopdf"

	"consentry/internal/casework"
	"consentry/redact"
)

// PDF writes reports in one language, in TrueType fonts with Han glyphs.
type PDF struct {
	// Fonts gives the regular and the bold face. They are read when a report is
	// written, not before.
	Fonts func() (regular, bold []byte, err error)
	Lang  redact.Lang
	// Term words an identifier of the rule pack (a purpose, a channel, …) in the
	// report's language.
	Term func(id string) string
}

// Write renders the report on A4 pages.
func (p PDF) Write(w io.Writer, r casework.Report) error {
	regular, bold, err := p.Fonts()
	if err != nil {
		return err
	}
	s, err := newSheet(regular, bold)
	if err != nil {
		return err
	}
	p.compose(s, r)
	if s.err != nil {
		return fmt.Errorf("lay out the report: %w", s.err)
	}
	_, err = s.pdf.WriteTo(w)
	return err
}

func (p PDF) compose(s *sheet, r casework.Report) {
	t := func(key string) string { return words[key][p.col()] }
	id := func(v string) string {
		if p.Term == nil || v == "" {
			return v
		}
		return p.Term(v)
	}
	s.title(t("title"))
	if r.Mode == casework.Pseudonymise {
		s.warn(t("still-personal"))
	}
	if r.Assessment.Missing() {
		s.warn(t("unassessed"))
	}
	s.pairs([][2]string{
		{t("case"), strings.TrimSpace(r.Title + " " + r.Case)},
		{t("use"), strings.Join([]string{id(string(r.Purpose)), id(string(r.Channel)), id(string(r.Territory))}, " / ")},
		{t("on"), r.On.Format("2006-01-02")},
		{t("by"), r.By},
		{t("made"), r.Made.Format("2006-01-02 15:04 MST")},
		{t("mode"), t(string(r.Mode))},
		{t("rules"), r.RulePack},
		{t("release"), r.Release.ID + ", " + fmt.Sprintf(t("ledger"), r.Release.Receipt.Size)},
		{t("counts"), fmt.Sprintf(t("counts-fmt"), r.Hidden(), r.Shown(), len(r.Attacks))},
	})
	s.heading(t("subjects"))
	rows := [][]string{{t("who"), t("kind"), t("verdict"), t("why"), t("consent"), t("places")}}
	for _, v := range r.Subjects {
		rows = append(rows, p.subjectRow(v, t))
	}
	s.table([]float64{84, 44, 44, 214, 95, 34}, rows)

	s.heading(t("files"))
	rows = [][]string{{t("file"), t("hidden"), t("shown"), t("style"), t("source"), t("output")}}
	for _, a := range r.Assets {
		out := a.Written.String()[:16]
		if !a.Proved {
			out = t("left-out") + ": " + a.Error
		} else if a.As != "" {
			out += " (" + strings.TrimPrefix(a.As, "image/") + ")"
		}
		for _, n := range a.Notes {
			if line := p.note(n); line != "" {
				out += "\n" + line
			}
		}
		rows = append(rows, []string{a.Name, fmt.Sprint(a.Hidden), fmt.Sprint(a.Shown), t(a.Style.String()), a.Source.String()[:16], out})
	}
	for _, f := range r.Refused {
		rows = append(rows, []string{f.Name, "", "", "", "", t("left-out") + ": " + f.Reason})
	}
	s.table([]float64{150, 36, 36, 50, 110, 133}, rows)

	s.heading(t("attacks"))
	for _, a := range r.Attacks {
		s.para(t("withstood") + "  " + a)
	}
	if len(r.Allowed) > 0 {
		s.heading(t("allowed"))
		for _, a := range r.Allowed {
			s.para(a.Text + " (" + a.Reason + ", " + a.By + ")")
		}
	}
	if len(r.Cleared) > 0 {
		s.heading(t("cleared"))
		for _, c := range r.Cleared {
			s.para(p.clearance(c))
		}
	}
	if len(r.Clues) > 0 {
		s.heading(t("clues"))
		for _, c := range r.Clues[:min(mostClues, len(r.Clues))] {
			s.para(p.line(c.Asset, c.Place) + "  " + c.Why.In(p.Lang))
		}
		if n := len(r.Clues) - mostClues; n > 0 {
			s.para(fmt.Sprintf(t("and-more"), n))
		}
	}
	s.heading(t("parts"))
	for _, m := range r.Models {
		s.note(m.SHA256[:min(16, len(m.SHA256))] + "  " + m.Name)
	}
	s.note(t("ledger-root") + " " + r.Release.Receipt.Root.String())
	s.note(r.Tool)
	s.para(t("no-advice"))
}

// note says what was done to a file; nothing where a reader need not know.
func (p PDF) note(n redact.Note) string {
	w, ok := words["note-"+n.Code]
	if !ok {
		return ""
	}
	line := w[p.col()]
	if n.Page > 0 {
		line = fmt.Sprintf(words["on-page"][p.col()], n.Page) + line
	}
	if n.Count > 1 {
		line += fmt.Sprintf(" (%d)", n.Count)
	}
	return line
}

// clearance is one line: where, what, why and who.
func (p PDF) clearance(c casework.Clearance) string {
	line := fmt.Sprintf("%s %v  %s", c.Asset, c.Place.Box, c.Kind.Info().Name.In(p.Lang))
	if c.Place.Box == nil {
		line = fmt.Sprintf("%s  %s", p.line(c.Asset, c.Place), c.Kind.Info().Name.In(p.Lang))
	}
	if c.Reason != "" {
		line += "  " + c.Reason
	}
	return line + " (" + c.By + ")"
}

// line is a line of a file, and its page where it is not the first.
func (p PDF) line(asset string, at casework.Place) string {
	page := ""
	if at.Page > 0 {
		page = fmt.Sprintf(words["on-page"][p.col()], at.Page+1)
	}
	return fmt.Sprintf("%s:%s%d", asset, page, at.Line)
}

// kindOf names the kind of a subject, and says so where it is of the sensitive
// ones (PIPL 28).
func (p PDF) kindOf(v casework.SubjectReport) string {
	s := v.KindName.In(p.Lang)
	if v.Sensitivity == redact.Sensitive {
		s += " (" + words["sensitive"][p.col()] + ")"
	}
	return s
}

// mostClues is how many clues a report lists.
const mostClues = 40

func (p PDF) col() int {
	if p.Lang == redact.Chinese {
		return 0
	}
	return 1
}

func (p PDF) subjectRow(v casework.SubjectReport, t func(string) string) []string {
	name, verdict, why := v.Name, t(v.Verdict.String()), v.Why[string(p.Lang)]
	if a := v.Articles[string(p.Lang)]; a != "" {
		why += " " + a
	}
	if v.Exempt != "" {
		verdict, why = t("show"), t(v.Exempt)
	} else if v.Verdict.String() != "show" {
		verdict = t("hide")
	}
	if name == "" {
		name = p.kindOf(v)
	}
	var cs []string
	for _, c := range v.Consents {
		line := string(c.ID)
		if !c.Until.IsZero() {
			line += " " + t("until") + " " + c.Until.AddDate(0, 0, -1).Format("2006-01-02")
		}
		cs = append(cs, line)
	}
	return []string{name, p.kindOf(v), verdict, why, strings.Join(cs, "\n"), fmt.Sprint(v.Places)}
}

// sheet lays text out from top to bottom; the first error sticks.
type sheet struct {
	pdf *gopdf.GoPdf
	y   float64
	ink [3]uint8
	err error
}

// The colours of text.
var (
	ink   = [3]uint8{22, 32, 44}
	muted = [3]uint8{76, 89, 105}
)

const (
	pageW, pageH = 595.28, 841.89
	margin       = 40.0
	width        = pageW - 2*margin
)

func newSheet(regular, bold []byte) (*sheet, error) {
	s := &sheet{pdf: &gopdf.GoPdf{}, ink: ink}
	s.pdf.Start(gopdf.Config{PageSize: *gopdf.PageSizeA4})
	for name, data := range map[string][]byte{"regular": regular, "bold": bold} {
		opt := gopdf.TtfOption{OnGlyphNotFoundSubstitute: func(rune) rune { return '?' }}
		if err := s.pdf.AddTTFFontDataWithOption(name, data, opt); err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
	}
	s.page()
	return s, nil
}

func (s *sheet) page() {
	s.pdf.AddPage()
	s.y = margin
}
