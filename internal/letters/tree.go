package letters

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	mdtext "github.com/yuin/goldmark/text"
)

// What a block is.
const (
	heading = iota
	paragraph
	list
	table
	rule
	pageEnd
)

// A block is a part of a document, from top to bottom.
type block struct {
	kind    int
	level   int       // heading: 1 to 6
	text    []span    // heading, paragraph
	items   [][]block // list
	ordered bool
	start   int
	rows    [][][]span // table: the first is its head; cells of spans
}

// A span is a piece of text in one face. Line breaks are '\n', empty boxes ☐, and
// lines to write on are runs of the rune blank.
type span struct {
	text string
	bold bool
}

const (
	box   = '☐'
	blank = '\uE000'
)

type document struct{ blocks []block }

var writeOn = regexp.MustCompile(`_{3,}`)

// parse reads Markdown. HTML other than the mark of a page is an error; links,
// code and quotes are read as their text.
func parse(md Markdown) (document, error) {
	src := []byte(writeOn.ReplaceAllStringFunc(string(md), func(s string) string { return strings.Repeat(string(blank), len(s)) }))
	g := goldmark.New(goldmark.WithExtensions(extension.Table))
	root := g.Parser().Parse(mdtext.NewReader(src))
	r := reader{src}
	blocks, err := r.blocks(root)
	if err != nil {
		return document{}, fmt.Errorf("read Markdown: %w", err)
	}
	return document{blocks}, nil
}

type reader struct{ src []byte }

func (r reader) blocks(parent ast.Node) ([]block, error) {
	var out []block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b := block{}
		var err error
		switch v := n.(type) {
		case *ast.Heading:
			b.kind, b.level = heading, v.Level
			b.text, err = r.spans(v, false)
		case *ast.Paragraph, *ast.TextBlock:
			b.kind = paragraph
			b.text, err = r.spans(v, false)
		case *ast.List:
			b.kind, b.ordered, b.start = list, v.IsOrdered(), v.Start
			for it := v.FirstChild(); it != nil && err == nil; it = it.NextSibling() {
				var item []block
				item, err = r.blocks(it)
				b.items = append(b.items, item)
			}
		case *ast.ThematicBreak:
			b.kind = rule
		case *ast.Blockquote:
			var in []block
			if in, err = r.blocks(v); err == nil {
				out = append(out, in...)
				continue
			}
		case *ast.HTMLBlock:
			if strings.TrimSpace(string(v.Lines().Value(r.src))) != "<!-- page -->" {
				return nil, errors.New("HTML other than the mark of a page")
			}
			b.kind = pageEnd
		case *east.Table:
			b.kind = table
			for row := v.FirstChild(); row != nil && err == nil; row = row.NextSibling() {
				var cells [][]span
				for c := row.FirstChild(); c != nil && err == nil; c = c.NextSibling() {
					var s []span
					s, err = r.spans(c, false)
					cells = append(cells, s)
				}
				b.rows = append(b.rows, cells)
			}
		default:
			return nil, fmt.Errorf("a block of kind %s", n.Kind())
		}
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (r reader) spans(parent ast.Node, bold bool) ([]span, error) {
	var out []span
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch v := n.(type) {
		case *ast.Text:
			s := unescape(string(v.Segment.Value(r.src)))
			if v.SoftLineBreak() || v.HardLineBreak() {
				s += "\n"
			}
			out = append(out, span{s, bold})
		case *ast.String:
			out = append(out, span{string(v.Value), bold})
		case *ast.RawHTML:
			return nil, errors.New("HTML inside a line")
		case *ast.AutoLink:
			out = append(out, span{string(v.Label(r.src)), bold})
		default:
			in, err := r.spans(n, bold || isStrong(n))
			if err != nil {
				return nil, err
			}
			out = append(out, in...)
		}
	}
	return out, nil
}

func isStrong(n ast.Node) bool {
	e, ok := n.(*ast.Emphasis)
	return ok && e.Level >= 2
}

var escaped = regexp.MustCompile("\\\\([!-/:-@\\[-`{-~])")

// unescape takes backslashes away; goldmark leaves them to whoever renders.
func unescape(s string) string { return escaped.ReplaceAllString(s, "$1") }

// plain is the document as text without marks.
func (d document) plain() string {
	var b strings.Builder
	writePlain(&b, d.blocks, "")
	return strings.TrimSpace(b.String()) + "\n"
}

func writePlain(b *strings.Builder, blocks []block, indent string) {
	for _, bl := range blocks {
		switch bl.kind {
		case list:
			for i, it := range bl.items {
				var in strings.Builder
				writePlain(&in, it, indent)
				mark := "- "
				if bl.ordered {
					mark = fmt.Sprintf("%d. ", bl.start+i)
				}
				b.WriteString(indent + mark + strings.TrimSpace(in.String()) + "\n")
			}
			b.WriteString("\n")
		case table:
			for _, row := range bl.rows {
				var cells []string
				for _, c := range row {
					cells = append(cells, plainText(c))
				}
				b.WriteString(indent + strings.Join(cells, " | ") + "\n")
			}
			b.WriteString("\n")
		case rule:
			b.WriteString(indent + "----\n\n")
		case heading, paragraph:
			b.WriteString(indent + plainText(bl.text) + "\n\n")
		}
	}
}

func plainText(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.text)
	}
	return strings.ReplaceAll(b.String(), string(blank), "_")
}
