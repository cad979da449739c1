package audit

import (
	"context"
	"fmt"
	"strings"

	"consentry/redact/pdf/audit/raw"
	"consentry/redact/pdf/audit/shown"
	"consentry/redact/pdf/geom"
)

// maxExposures bounds what is listed of one kind on a page; Count goes on.
const maxExposures = 200

// Inspect tells what can be got out of any PDF file that it does not show: hidden
// and covered text, what was marked for redaction and stayed, old revisions,
// metadata, scripts, attachments, covered gaps whose width fits a name. Pages come
// in order, what belongs to no page last.
//
// An encrypted file is ErrEncrypted; what is no PDF file is an error too.
func Inspect(ctx context.Context, b []byte) ([]Exposure, error) {
	f := raw.Read(ctx, b)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case f.Encrypted():
		return nil, ErrEncrypted
	case len(f.Objects) == 0:
		return nil, fmt.Errorf("inspect: no objects in the file")
	}
	reader := shown.NewReader(ctx, f)
	var out []Exposure
	inv := newInventory()
	for _, p := range reader.Tree() {
		reader.Draw(p)
		out = append(out, inspectPage(p)...)
		inv.page(p)
		p.Glyphs, p.Fills = nil, nil
	}
	rest := reader.Rest()
	inv.page(rest)
	out = append(out, unseen(rest, nil)...)
	out = append(out, structure(f, reader)...)
	out = append(out, unusedCharacters(f, inv)...)
	if f.Cut != nil || reader.Cut() != nil {
		out = append(out, Exposure{Kind: NotAllRead, Page: -1, Count: 1, Note: "The file is too large or too deeply nested to be read through; this list is not complete."})
	}
	return out, ctx.Err()
}

// notes say what each kind of hidden text is.
var notes = map[string]string{
	TextUnderBox:  "An opaque box hides text that can be copied.",
	TextBehind:    "Text lies behind a picture and can be copied.",
	WhiteText:     "Text has the colour of what is behind it and can be copied.",
	InvisibleText: "Text is drawn invisibly and can be copied and searched.",
	ClippedText:   "Text is clipped away and still in the file.",
	OffPageText:   "Text lies outside the visible page.",
	TinyText:      "Text is too small or too transparent to be seen.",
	HiddenLayer:   "Text lies in a layer that is switched off.",
	HiddenAnnot:   "Text lies in an annotation that is hidden.",
	UndrawnText:   "Text lies in a part that no page draws.",
}

// inspectPage finds what a page hides.
func inspectPage(p *shown.Page) []Exposure {
	white, boxed := alike(p)
	out := listed(p, TextUnderBox, append(coverings(p, mostly), runs(p, boxed)...))
	out = append(out, listed(p, TextBehind, behind(p))...)
	out = append(out, listed(p, WhiteText, runs(p, white))...)
	out = append(out, unseen(p, nil)...)
	return append(out, emptyBoxes(p)...)
}

// unseen are the texts that are drawn and not seen for a reason of their own.
func unseen(p *shown.Page, out []Exposure) []Exposure {
	for _, c := range []struct {
		why  shown.Why
		kind string
	}{
		{shown.Undrawn, UndrawnText}, {shown.Concealed, HiddenAnnot}, {shown.Layer, HiddenLayer}, {shown.OffPage, OffPageText},
		{shown.Clipped, ClippedText}, {shown.Invisible, InvisibleText}, {shown.Tiny | shown.See, TinyText},
	} {
		hider := make([]int, len(p.Glyphs))
		for i := range p.Glyphs {
			g := &p.Glyphs[i]
			hider[i] = -1
			// A form's check marks have several states; one letter is no text.
			single := c.why == shown.Undrawn && (i == 0 || p.Glyphs[i-1].Jump) && (i+1 == len(p.Glyphs) || p.Glyphs[i+1].Jump) && g.Jump
			if g.Why&c.why != 0 && !single && strings.TrimSpace(g.Text) != "" {
				hider[i] = 0
				g.Why = g.Why &^ (shown.Undrawn | shown.Concealed | shown.Layer | shown.OffPage | shown.Clipped | shown.Invisible) // told once
				g.Why |= told
			}
		}
		out = append(out, listed(p, c.kind, runs(p, hider))...)
	}
	return out
}

// told marks glyphs that were listed.
const told shown.Why = 1 << 15

// listed are the exposures of runs of glyphs, places as seen.
func listed(p *shown.Page, kind string, rs []covering) (out []Exposure) {
	view := p.View()
	for i, c := range rs {
		if i >= maxExposures {
			out[len(out)-1].Count++
			continue
		}
		var box geom.Rect
		var text strings.Builder
		for k, j := range c.glyphs {
			g := p.Glyphs[j]
			box = box.Union(g.Box)
			if k > 0 && g.Jump {
				text.WriteByte(' ')
			}
			text.WriteString(g.Text)
		}
		if p.Index < 0 {
			box = geom.Rect{}
		} else {
			box = box.Through(view)
		}
		out = append(out, Exposure{Kind: kind, Page: p.Index, Box: box, Count: 1, Note: notes[kind], Text: strings.TrimSpace(text.String())})
	}
	return out
}

// emptyBoxes are opaque boxes in a line of text with no text in them: the gap they
// cover is as wide as what was removed.
func emptyBoxes(p *shown.Page) (out []Exposure) {
	l := newLines(p.Glyphs)
	view := p.View()
	white := shown.Colour{R: 1, G: 1, B: 1, Known: true}
	checked := 0
	for _, f := range p.Fills {
		if !f.Opaque || !f.Rect || f.Picture || f.Box.W() < 8 || f.Box.H() < least || f.Box.H() > 60 || f.Box.W() < 0.8*f.Box.H() || f.Colour.Known && same(f.Colour, white) {
			continue
		}
		if checked++; checked > 5000 || len(out) >= maxExposures {
			break
		}
		left, right, inside := l.around(f.Box)
		if inside || left < 0 || right < 0 {
			continue
		}
		gap := p.Glyphs[right].Origin.X - ended(p.Glyphs[left]).X
		out = append(out, Exposure{Kind: GapFitsName, Page: p.Index, Box: f.Box.Through(view), Count: 1,
			Note: fmt.Sprintf("A box covers a gap of %.2f em in a line; names can be tried against its width.", gap/p.Glyphs[left].Size)})
	}
	return out
}

// around are the glyphs nearest to the left and right of a box on its line, or -1,
// and whether there are some in it.
func (l *lines) around(b geom.Rect) (left, right int, inside bool) {
	left, right = -1, -1
	mid := b.Center().Y
	for _, i := range l.order {
		g := l.glyphs[i]
		if g.Why != 0 || strings.TrimSpace(g.Text) == "" || g.Advance.X <= 0 || mid < g.Box.Y0 || mid > g.Box.Y1 || b.H() > 3*g.Size || b.H() < 0.4*g.Size {
			continue
		}
		c := g.Box.Center().X
		switch {
		case c > b.X0 && c < b.X1:
			return left, right, true
		case c <= b.X0 && b.X0-ended(g).X < 0.8*g.Size && (left < 0 || g.Origin.X > l.glyphs[left].Origin.X):
			left = i
		case c >= b.X1 && g.Origin.X-b.X1 < 0.8*g.Size && (right < 0 || g.Origin.X < l.glyphs[right].Origin.X):
			right = i
		}
	}
	return left, right, false
}

// unusedCharacters tells fonts cut down to what a text needed that have more than
// the text needs now.
func unusedCharacters(f *raw.File, inv *inventory) (out []Exposure) {
	for _, o := range allFonts(f) {
		left := inv.unused(o)
		if !o.Subset || len(left) == 0 || len(left) > fewUnused {
			continue
		}
		out = append(out, Exposure{Kind: FontInventory, Page: -1, Count: len(left), Note: "A font that was cut down to what a text used has characters that no text uses any more.", Text: sorted(left)})
	}
	return out
}
