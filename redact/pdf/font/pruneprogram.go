package font

import (
	"crypto/sha256"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cff"
	"consentry/redact/pdf/font/glyph"
	"consentry/redact/pdf/font/sfnt"
)

// programs prunes each embedded font program for all fonts that have it.
func (p *pruner) programs() {
	type group struct {
		key     string
		ref     types.Object
		targets []*target
	}
	var groups []*group
next:
	for _, t := range p.fonts {
		key := programKey(p.file, t.desc)
		if key == "" {
			continue
		}
		for _, g := range groups {
			first := g.targets[0]
			if same(first.desc, t.desc) || g.ref == t.desc[key] {
				g.targets = append(g.targets, t)
				continue next
			}
		}
		g := &group{key: key, targets: []*target{t}}
		if r, ok := t.desc[key].(types.IndirectRef); ok {
			g.ref = r
		}
		groups = append(groups, g)
	}
	for _, g := range groups {
		if why := p.program(g.key, g.targets); why != "" {
			for _, t := range g.targets {
				p.remains(t, why)
			}
		}
	}
}

// program prunes one program; it says why where it cannot.
func (p *pruner) program(key string, targets []*target) (why string) {
	desc := targets[0].desc
	b, err := p.file.Decoded(desc[key])
	if err != nil {
		return "the font program cannot be read"
	}
	prog, err := parseProgram(b)
	if err != nil {
		return "the font program is damaged"
	}
	w := wanted{program: prog, glyphs: map[int]bool{}, names: map[string]bool{}, codes: map[byte]bool{}, chars: map[uint32]bool{}, mac: map[uint32]bool{}, renumber: true}
	for _, t := range targets {
		if t.simple != nil {
			w.addSimple(t)
		} else {
			why := w.addComposite(p, t)
			if why != "" {
				return why
			}
		}
	}
	d := types.Dict{}
	old, _ := p.file.Stream(desc[key])
	if s := p.file.Name(old.Dict["Subtype"]); s != "" {
		d["Subtype"] = types.Name(s)
	}
	out, err := w.write(d)
	if err != nil {
		return "the outlines of the font program cannot be followed"
	}
	ref, err := p.file.NewStream(d, out)
	if err != nil {
		return "the font program cannot be written"
	}
	for _, t := range targets {
		t.desc[key] = ref
		t.tag = tagOf(out)
	}
	return ""
}

// tagOf makes the tag of a subset from the program's bytes.
func tagOf(b []byte) string {
	sum := sha256.Sum256(b)
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag[:])
}

// wanted is what all fonts that share a program still need of it.
type wanted struct {
	program  *program
	glyphs   map[int]bool    // of CFF and TrueType
	names    map[string]bool // of Type 1
	codes    map[byte]bool   // of the built-in encoding
	chars    map[uint32]bool // by which a TrueType font's own tables are asked, but those of the Macintosh
	mac      map[uint32]bool
	renumber bool // no glyph is found by its number
}

func (w *wanted) addSimple(t *target) {
	prog := w.program
	for _, c := range t.sorted() {
		if c > 255 {
			continue
		}
		code, name := byte(c), t.simple.names[c]
		w.codes[code] = true
		switch {
		case prog.type1 != nil:
			n := prog.named(code, name)
			w.names[n] = true
			if !prog.type1.Has(n) {
				for _, alias := range prog.type1.Names() {
					w.names[alias] = w.names[alias] || alike(alias, n)
				}
				if prog.type1.Coded != nil {
					w.names[prog.type1.Coded[c]] = true
				}
			}
		case prog.sfnt == nil:
			n := prog.named(code, name)
			g, ok := prog.cff.Named(n)
			w.glyphs[g] = true
			if !ok {
				for g := range prog.cff.Glyphs {
					w.glyphs[g] = w.glyphs[g] || alike(prog.cff.Name(g), n)
				}
				w.glyphs[prog.cff.Coded[c]] = true
			}
		default:
			w.addChars(t, code, name)
		}
	}
}

// alike reports whether two names stand for the same text: a reader that does not
// find one may take the other.
func alike(a, b string) bool {
	s := glyph.Unicode(a, true)
	return s != "" && s == glyph.Unicode(b, true)
}

// addChars adds what a simple TrueType font may be asked for a code.
func (w *wanted) addChars(t *target, code byte, name string) {
	for _, g := range w.program.glyphs(code, name, t.simple.flags&flagSymbolic != 0) {
		w.glyphs[g] = true
	}
	for _, high := range codePages {
		w.chars[high|uint32(code)] = true
	}
	w.mac[uint32(code)] = true
	for _, k := range nameKeys(name) {
		if k.mac {
			w.mac[k.char] = true
		} else {
			w.chars[k.char] = true
		}
	}
	w.addText(t.simple.unicode.Text(uint32(code)))
}

// addText adds the character that a text is, and its glyph: readers that find no
// other way, and Load, ask the font's own table for it.
func (w *wanted) addText(text string) {
	if r := []rune(text); len(r) == 1 {
		w.chars[uint32(r[0])] = true
	}
}

func (w *wanted) addComposite(p *pruner, t *target) (why string) {
	prog := w.program
	if prog.type1 != nil {
		return "a composite font has a Type 1 program"
	}
	_, mapped := p.file.Stream(t.cid["CIDToGIDMap"])
	var toGID []byte
	if mapped {
		var err error
		if toGID, err = p.file.Decoded(t.cid["CIDToGIDMap"]); err != nil {
			return "the map from CIDs to glyphs cannot be read"
		}
	}
	w.renumber = w.renumber && prog.cff != nil && prog.cff.CID && prog.sfnt == nil
	for _, c := range t.cids() {
		gid := int(c.cid)
		if mapped {
			if gid = 0; 2*int64(c.cid)+1 < int64(len(toGID)) {
				gid = int(toGID[2*c.cid])<<8 | int(toGID[2*c.cid+1])
			}
		}
		if prog.sfnt != nil || !prog.cff.CID {
			w.glyphs[gid] = true
		}
		if prog.cff != nil {
			w.glyphs[prog.ofCID(c.cid)] = true
		}
		if prog.cff != nil && prog.sfnt != nil {
			w.glyphs[int(c.cid)] = true // so PDFium, whatever the map and the charset say
		}
		if prog.sfnt == nil {
			continue
		}
		w.addText(prog.glyphText(gid, false))
		text := t.composite.text(c.code, c.n, c.cid)
		w.addText(text)
		if r := []rune(text); len(r) == 1 && !mapped && !t.composite.cmap.Identity {
			for _, s := range prog.tables { // how PDFium finds glyphs where there is no map
				w.glyphs[s.GID(uint32(r[0]))] = true
			}
		}
	}
	return ""
}

// write writes the program, and its lengths into the stream's dictionary.
func (w *wanted) write(d types.Dict) ([]byte, error) {
	prog := w.program
	code := func(c byte) bool { return w.codes[c] }
	if prog.type1 != nil {
		t, err := prog.type1.Keep(w.names, code)
		if err != nil {
			return nil, fmt.Errorf("prune Type 1: %w", err)
		}
		d["Length1"], d["Length2"], d["Length3"] = types.Integer(t.Length1), types.Integer(t.Length2), types.Integer(t.Length3)
		return t.Bytes, nil
	}
	var outlines []byte
	if prog.cff != nil {
		var err error
		if outlines, err = prog.cff.Keep(cff.Keeping{Glyphs: w.glyphs, Code: code, Renumber: w.renumber && prog.sfnt == nil}); err != nil {
			return nil, fmt.Errorf("prune CFF: %w", err)
		}
		if prog.sfnt == nil {
			return outlines, nil
		}
	}
	out := prog.sfnt.Keep(sfnt.Keeping{Glyphs: w.glyphs, CFF: outlines, Char: func(s sfnt.Subtable, char uint32) bool {
		if s.Platform == 1 {
			return w.mac[char]
		}
		return w.chars[char]
	}})
	if d["Subtype"] == nil {
		d["Length1"] = types.Integer(len(out))
	}
	return out, nil
}
