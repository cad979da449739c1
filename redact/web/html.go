package web

import (
	"strings"

	"golang.org/x/net/html"

	"consentry/redact/notation"
	"consentry/redact/splice"
)

// maxDepth is how deep comments and frames may lie within one another.
const maxDepth = 8

func plain(src string, from, to int) notation.Runs { return notation.Plain(src, from, to) }

// scanHTML reads bytes from to to as HTML.
func (r *reader) scanHTML(from, to int) {
	if r.depth++; r.depth > maxDepth {
		r.err = errDeep
	}
	defer func() { r.depth-- }()
	at := from
	z := html.NewTokenizer(strings.NewReader(r.src[from:to]))
	raw, rawFrom := "", 0 // the element whose content is no markup
	for n := 0; r.err == nil; n++ {
		if n%1000 == 0 && r.ctx.Err() != nil {
			r.err = r.ctx.Err()
			return
		}
		z.AllowCDATA(r.foreign > 0)
		kind := z.Next()
		begin := at
		if kind == html.ErrorToken {
			if raw == "script" {
				r.drop(rawFrom, to, "script-dropped")
			} else if at < to {
				r.stray(at, to)
			}
			return
		}
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if raw != "" {
				r.rawText(raw, begin, at)
			} else {
				r.characters(begin, at)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attrs := r.tag(begin, at)
			closed := kind == html.SelfClosingTagToken
			void := r.foreign > 0 && closed
			if rawElements[name] && r.foreign > 0 && name != "script" && name != "style" || void {
				z.NextIsNotRawText()
			} else if rawElements[name] {
				if closed { // in XML it ends here, in HTML it does not
					r.put(begin, at, "", "unclosed-dropped")
					rest := at
					z = html.NewTokenizer(strings.NewReader(r.src[rest:to]))
					continue
				}
				raw, rawFrom = name, begin
				r.script = ""
				for _, a := range attrs {
					if a.name == "type" || a.name == "language" && r.script == "" {
						r.script = strings.ToLower(strings.TrimSpace(r.src[a.valFrom:a.valTo]))
					}
				}
				if name == "script" && !isData(r.script) {
					continue // it is dropped at its end
				}
			}
			r.nameOf(name, begin+1)
			r.start(name, begin, at, attrs, void)
		case html.EndTagToken:
			name, _ := r.tag(begin+1, at)
			if raw == "script" && !isData(r.script) {
				r.drop(rawFrom, at, "script-dropped")
				raw = ""
				continue
			}
			raw = ""
			r.nameOf(name, begin+2)
			if rest := begin + 2 + len(name); rest < at-1 && strings.TrimSpace(r.src[rest:at-1]) != "" {
				r.stray(rest, at-1)
			}
			r.end(name, begin, at)
		case html.CommentToken:
			r.commented(begin, at)
		case html.DoctypeToken:
			r.place(plain(r.src, begin+2, at-1), notation.Identifier, asIs)
		}
	}
}

// rawElements are those whose content the tokenizer takes for no markup.
var rawElements = set("iframe noembed noframes noscript plaintext script style textarea title xmp")

// characters are text between tags, or a CDATA section.
func (r *reader) characters(from, to int) {
	if s := r.src[from:to]; r.foreign > 0 && strings.HasPrefix(s, "<![CDATA[") {
		from += len("<![CDATA[")
		if strings.HasSuffix(s, "]]>") {
			to -= len("]]>")
		}
		r.textIn(plain(r.src, from, to), cdata)
		return
	}
	r.text(plain(r.src, from, to).References(false))
}

// rawText is the content of an element that holds no markup.
func (r *reader) rawText(name string, from, to int) {
	switch name {
	case "script":
		if isData(r.script) {
			r.json(plain(r.src, from, to), asIs)
		}
	case "style":
		r.css(plain(r.src, from, to), rawCSS)
	case "title", "textarea":
		r.characters(from, to)
	case "xmp", "plaintext":
		r.verbatim(from, to)
	default:
		r.scanHTML(from, to)
	}
}

// verbatim is text in which nothing can be escaped.
func (r *reader) verbatim(from, to int) {
	r.flush()
	r.add(r.flows[len(r.flows)-1].part, plain(r.src, from, to).Pieces(func(s string) string {
		return strings.NewReplacer("<", "", ">", "").Replace(s)
	}))
}

// commented reads a comment: as markup where it holds some, for that is what
// conditional comments and pages' old versions are.
func (r *reader) commented(from, to int) {
	a, b := from, to
	switch s := r.src[from:to]; {
	case strings.HasPrefix(s, "<!--"):
		a += 4
		for _, end := range []string{"-->", "--!>"} {
			if strings.HasSuffix(s, end) {
				b = to - len(end)
			}
		}
	default:
		a, b = min(from+2, to), max(to-1, from+2)
	}
	if a >= b {
		return
	}
	// A browser's word of where it saved the page: an address, or a path with whose
	// computer it was.
	if strings.HasPrefix(strings.TrimSpace(r.src[a:b]), "saved from url=") {
		r.drop(from, to, "origin-dropped")
		return
	}
	if !strings.ContainsRune(r.src[a:b], '<') {
		r.stray(a, b)
		return
	}
	was, pre, foreign := r.comment, r.pre, r.foreign
	r.comment, r.pre, r.foreign = true, 0, 0
	depth := len(r.flows)
	r.enter("!", partComments)
	r.scanHTML(a, b)
	for len(r.flows) > depth {
		r.leave()
	}
	r.comment, r.pre, r.foreign = was, pre, foreign
}

// stray takes in what is no markup, though it may have looked like some.
func (r *reader) stray(from, to int) {
	was := r.comment
	r.comment = true
	c := notation.NewCutter(plain(r.src, from, to).References(false))
	var t splice.Text
	for i := 0; i < len(c.Text); {
		j := i
		for j < len(c.Text) && strings.IndexByte(`<>"'`, c.Text[j]) < 0 {
			j++
		}
		if j == i {
			j++
		}
		t = append(t, c.Cut(i, j).Pieces(r.spell(notation.Attribute))...)
		i = j
	}
	r.add(partComments, t)
	r.comment = was
}
