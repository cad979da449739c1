package web

import "strings"

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

var (
	// inline are the elements of a page and a drawing that may stand within a word.
	inline = set(`a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label mark nobr q
		rb ruby s samp small span strike strong sub sup time tt u var wbr
		tspan textpath tref altglyph
		basefont spacer`)
	// block are those that end a text. In XML every other one does.
	block = set(`address article aside blockquote body button canvas caption center col colgroup datalist dd details
		dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head
		header hgroup hr html iframe input isindex legend li link listing main map area marquee math menu menuitem meta meter nav
		noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress rtc search section
		select slot source style summary svg table tbody td template textarea tfoot th thead title tr track ul
		video audio xmp script base applet`)
	// keeps are the elements whose line breaks are kept.
	keeps = set("pre textarea listing xmp plaintext")
	// readings are the elements over a character, which part a name that is one.
	readings = set("rt rp rtc")
	// sideDrawn are those of drawings whose text interrupts another, with its part.
	sideDrawn = map[string]string{"title": partNotes, "desc": partNotes, "metadata": partNotes}
)

// ends reports whether an element ends the text that it stands in.
func (r *reader) ends(name string) bool {
	if inline[name] {
		return false
	}
	return r.xml || r.foreign > 0 || block[name]
}

// start takes in a start tag.
func (r *reader) start(name string, from, to int, attrs []attr, closed bool) {
	switch {
	case readings[name]:
		r.leaveTag("rt", "rp", "rtc")
		if !closed {
			r.enter(name, r.flows[len(r.flows)-1].part)
		}
	case (r.xml || r.foreign > 0) && sideDrawn[name] != "":
		if !closed {
			r.enter(name, sideDrawn[name])
		}
	case name == "br":
		r.breaks(from, to)
	case r.ends(name):
		r.leaveTag("rt", "rp", "rtc")
		r.flush()
	default:
		if name == "tspan" && r.newLine(attrs) {
			r.breaks(from, from)
		}
		r.flows[len(r.flows)-1].cut = true
	}
	if name == "text" {
		r.line = ""
	}
	if !closed && keeps[name] {
		r.pre++
	}
	if !r.xml && !closed && (name == "svg" || name == "math") {
		r.foreign++
	}
	r.attributes(name, from, to, attrs)
}

// end takes in an end tag.
func (r *reader) end(name string, from, to int) {
	if !r.xml && (name == "svg" || name == "math") && r.foreign > 0 {
		r.foreign--
	}
	if keeps[name] && r.pre > 0 {
		r.pre--
	}
	switch {
	case readings[name] || sideDrawn[name] != "" && (r.xml || r.foreign > 0):
		r.leaveTag(name)
	case name == "ruby":
		r.leaveTag("rt", "rp", "rtc")
	case name == "br":
		r.breaks(from, to)
	case r.ends(name):
		r.leaveTag("rt", "rp", "rtc")
		r.flush()
	}
	r.flows[len(r.flows)-1].cut = true
}

// newLine reports whether a tspan begins a line: it is moved down, or stands at
// another height than the one before.
func (r *reader) newLine(attrs []attr) bool {
	for _, a := range attrs {
		v := strings.TrimSpace(r.src[a.valFrom:a.valTo])
		switch a.name {
		case "dy":
			return strings.Trim(v, "0.emptx ") != ""
		case "y":
			before := r.line
			r.line = v
			return before != "" && before != v
		}
	}
	return false
}

// nameOf takes in the name of a tag that is none of the standard's: it may be
// somebody's.
func (r *reader) nameOf(name string, at int) {
	if len(name) > 2 && !block[name] && !inline[name] && (r.comment || strings.ContainsAny(name, "-_:") || !ascii(name)) {
		r.place(plain(r.src, at, at+len(name)), tagLabel, asIs)
	}
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
