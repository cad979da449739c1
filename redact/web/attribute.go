package web

import (
	"regexp"
	"strings"
	"unicode"

	"consentry/redact/notation"
)

var (
	// urls are the attributes that hold an address.
	urls = set(`href src action formaction cite poster data background longdesc manifest profile codebase archive icon
		xlink:href itemid itemtype usemap dynsrc lowsrc classid xml:base lastsaved about resource src-set`)
	// lists are those that hold several.
	lists = set("srcset imagesrcset ping")
	// machine are those whose values are words of the standards, names within the
	// page, or numbers.
	machine = set(`id class for headers name width height type rel rev lang xml:lang hreflang dir target method enctype accept
		charset accept-charset http-equiv media sizes role tabindex colspan rowspan align valign border cellpadding cellspacing
		bgcolor color face size loading decoding crossorigin integrity nonce referrerpolicy property itemprop typeof
		itemref aria-labelledby aria-describedby aria-controls aria-owns aria-flowto aria-details aria-activedescendant
		aria-live aria-hidden aria-expanded aria-haspopup aria-selected aria-checked aria-current aria-level aria-modal
		list form popovertarget commandfor slot part is as shape coords scope span start step min max maxlength minlength pattern
		autocomplete inputmode enterkeyhint spellcheck contenteditable draggable hidden wrap frameborder scrolling
		marginwidth marginheight hspace vspace allow sandbox fetchpriority preload kind srclang
		xmlns xmlns:xlink version baseprofile viewbox preserveaspectratio xml:space d points transform gradienttransform patterntransform
		fill stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset
		stroke-opacity fill-opacity fill-rule clip-rule clip-path clip mask filter opacity overflow display visibility
		x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy rotate textlength lengthadjust text-anchor dominant-baseline
		alignment-baseline baseline-shift font-size font-family font-weight font-style font-variant font-stretch
		letter-spacing word-spacing writing-mode glyph-orientation-vertical text-decoration text-rendering
		shape-rendering color-interpolation color-interpolation-filters color-rendering image-rendering marker marker-start
		marker-mid marker-end gradientunits patternunits patterncontentunits maskunits maskcontentunits clippathunits
		markerunits markerwidth markerheight orient refx refy offset stop-color stop-opacity spreadmethod
		in in2 result stddeviation mode operator k1 k2 k3 k4 values attributename attributetype begin dur end from to by
		repeatcount repeatdur keytimes keysplines keypoints calcmode additive accumulate restart primitiveunits flood-color flood-opacity
		filterunits filterres edgemode kernelmatrix order divisor bias targetx targety surfacescale lighting-color
		startoffset method spacing zoomandpan pointer-events cursor enable-background`)
)

// attributes takes in what the attributes of a tag say.
func (r *reader) attributes(element string, from, to int, attrs []attr) {
	meta := ""
	for _, a := range attrs {
		if element == "meta" && (a.name == "name" || a.name == "http-equiv" || a.name == "property" || a.name == "itemprop") {
			meta = strings.ToLower(r.src[a.valFrom:a.valTo])
		}
	}
	for _, a := range attrs {
		if r.err != nil {
			return
		}
		if len(a.name) > 2 && strings.HasPrefix(a.name, "on") && letters(a.name) && a.name != "only" {
			r.drop(a.from, a.to, "handler-dropped")
			continue
		}
		if !machine[a.name] && !urls[a.name] {
			r.place(plain(r.src, a.from, a.nameTo), notation.Identifier, asIs)
		}
		if a.valFrom >= a.valTo {
			continue
		}
		runs, write := r.value(a)
		switch {
		case a.name == "style":
			r.css(runs, func(s string) string { return write(s) })
		case a.name == "srcdoc":
			r.document(runs, write, a)
		case lists[a.name]:
			r.addresses(runs, write)
		case urls[a.name] && !(element == "object" && a.name == "name"):
			r.address(runs, write)
		case element == "meta" && a.name == "content" && technical[meta]:
			r.place(runs, notation.Identifier, write)
		case element == "meta" && a.name == "content":
			r.say(partMeta, runs, write)
		case machine[a.name]:
			r.identify(runs, write)
		default:
			r.say(partAttributes, runs, write)
		}
	}
}

// technical are the kinds of meta elements that speak to browsers.
var technical = set("viewport content-type x-ua-compatible robots googlebot theme-color color-scheme referrer format-detection content-language og:type og:locale twitter:card")

func letters(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// identify takes in a value of which only a part may be somebody's name. What is
// beyond ASCII was written by somebody, and is read.
func (r *reader) identify(runs notation.Runs, write func(string) string) {
	if s := runs.String(); !ascii(s) && strings.IndexFunc(s, unicode.IsLetter) >= 0 {
		r.say(partAttributes, runs, func(s string) string { return write(strings.ReplaceAll(s, " ", "-")) })
		return
	}
	r.place(runs, notation.Identifier, write)
}

// say takes in a value that a reader would understand. Numbers alone are none,
// unless they are long.
func (r *reader) say(part string, runs notation.Runs, write func(string) string) {
	s := runs.String()
	if r.dataURL(runs, write) {
		return
	}
	digits := 0
	for _, c := range s {
		if unicode.IsLetter(c) {
			r.add(part, runs.Pieces(r.spell(write)))
			return
		}
		if unicode.IsDigit(c) {
			digits++
		}
	}
	if digits >= 5 {
		r.add(part, runs.Pieces(r.spell(write)))
		return
	}
	r.place(runs, notation.Identifier, write)
}

// addresses takes in a list of addresses, with widths behind them.
func (r *reader) addresses(runs notation.Runs, write func(string) string) {
	c := notation.NewCutter(runs)
	for i := 0; i < len(c.Text); {
		j := i
		for j < len(c.Text) && !blank(c.Text[j]) {
			j++
		}
		k := j
		for k > i && c.Text[k-1] == ',' {
			k--
		}
		if k > i {
			r.address(c.Cut(i, k), write)
		}
		for j < len(c.Text) && (blank(c.Text[j]) || c.Text[j] == ',') {
			j++
		}
		i = j
	}
}

// address takes in a URL.
func (r *reader) address(runs notation.Runs, write func(string) string) {
	s := runs.String()
	bare := strings.ToLower(strings.Map(func(c rune) rune {
		if c <= ' ' {
			return -1
		}
		return c
	}, s[:min(len(s), 64)]))
	switch {
	case strings.HasPrefix(bare, "javascript:"), strings.HasPrefix(bare, "vbscript:"):
		from, to := runs.Bounds()
		r.put(from, to, "#", "script-dropped")
	case r.dataURL(runs, write):
	case strings.IndexFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) >= 0:
		if n := len(scheme.FindString(s)); n > 0 {
			runs = notation.NewCutter(runs).Cut(n, len(s))
		}
		r.add(partLinks, runs.Percent().Pieces(r.spell(func(s string) string { return write(notation.URL(s)) })))
	}
}

// scheme is what addresses begin with; it is nobody's.
var scheme = regexp.MustCompile(`^(?i:https?://|ftp://|mailto:|tel:|sms:|cid:)`)

func tagLabel(s string) string { return "x-" + notation.Identifier(s) }
