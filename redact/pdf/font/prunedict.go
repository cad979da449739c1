package font

import (
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"consentry/redact/pdf/font/cmap"
)

// rewrite prunes a font's dictionaries.
func (p *pruner) rewrite(t *target) error {
	for _, k := range []string{"CharSet", "CIDSet", "AvgWidth", "MaxWidth"} {
		delete(t.desc, k)
	}
	for _, d := range []types.Dict{t.dict, t.cid, t.desc} {
		for _, k := range []string{"BaseFont", "FontName"} {
			if n := p.file.Name(d[k]); baseName(n) != n {
				tag := t.tag
				if tag == "" {
					tag = "AAAAAA"
				}
				d[k] = types.Name(tag + n[6:])
			}
		}
	}
	if err := p.rewriteUnicode(t); err != nil {
		return err
	}
	if t.simple != nil {
		p.rewriteWidths(t)
		p.rewriteEncoding(t)
		return nil
	}
	if t.cid == nil {
		return nil
	}
	if err := p.rewriteCMap(t); err != nil {
		return err
	}
	p.rewriteSpans(t, "W", 1)
	p.rewriteSpans(t, "W2", 3)
	return p.rewriteGIDs(t)
}

// rewriteUnicode writes the ToUnicode CMap with the used codes only.
func (p *pruner) rewriteUnicode(t *target) error {
	if _, ok := p.file.Stream(t.dict["ToUnicode"]); !ok {
		return nil // a name tells of no code
	}
	if _, err := p.file.Decoded(t.dict["ToUnicode"]); err != nil {
		p.remains(t, "the map to Unicode cannot be read; it is dropped, and readers may draw other glyphs")
	}
	var entries []cmap.Entry
	if t.simple != nil {
		for _, c := range t.sorted() {
			if s := t.simple.unicode.Text(c); s != "" {
				entries = append(entries, cmap.Entry{Code: c, Len: 1 + min(1, int(c>>8)), Text: s})
			}
		}
	} else {
		for _, c := range t.cids() {
			if s := t.composite.unicode.Text(c.code); s != "" {
				entries = append(entries, cmap.Entry{Code: c.code, Len: c.n, Text: s})
			}
		}
	}
	if len(entries) == 0 {
		delete(t.dict, "ToUnicode")
		return nil
	}
	ref, err := p.file.NewStream(nil, cmap.WriteUnicode(entries))
	if err == nil {
		t.dict["ToUnicode"] = ref
	}
	return err
}

// rewriteWidths writes the widths of a simple font from its first to its last used
// code, 0 for those between that nothing uses. In a standard font that is not
// embedded these have the standard's widths: readers choose and stretch another
// font by them, and they are the same whatever was shown.
func (p *pruner) rewriteWidths(t *target) {
	list := p.file.Array(t.dict["Widths"])
	if list == nil {
		return
	}
	first, _ := p.file.Number(t.dict["FirstChar"])
	missing, _ := p.file.Number(t.desc["MissingWidth"])
	var codes []uint32
	for _, c := range t.sorted() {
		if i := int(c) - int(first); c < 256 && i >= 0 && i < len(list) {
			codes = append(codes, c)
		}
	}
	lo, hi := 0, 0
	if len(codes) > 0 {
		lo, hi = int(codes[0]), int(codes[len(codes)-1])
	}
	core := t.simple.core
	if t.simple.embedded {
		core = nil
	}
	if core != nil {
		lo, hi = min(lo, ' '), max(hi, 0xff)
	}
	out := make(types.Array, hi-lo+1)
	for i := range out {
		out[i] = types.Integer(0)
		if core != nil && lo+i < 256 {
			w, _ := core.Width(t.simple.base[lo+i]) // 0 where it has none
			out[i] = number(w * 1000)
		}
		if !t.codes[uint32(lo+i)] {
			continue
		}
		out[i] = number(missing)
		if at := lo + i - int(first); at >= 0 && at < len(list) {
			if v := p.file.Get(list[at]); v != nil {
				out[i] = v
			}
		}
	}
	t.dict["FirstChar"], t.dict["LastChar"], t.dict["Widths"] = types.Integer(lo), types.Integer(hi), out
}

// rewriteEncoding drops the names of codes that nothing uses, and the procedures
// of a Type 3 font by these names.
func (p *pruner) rewriteEncoding(t *target) {
	f := p.file
	enc := f.Dict(t.dict["Encoding"])
	if enc != nil && f.Array(enc["Differences"]) != nil {
		fresh := types.Dict{}
		for k, v := range enc {
			if k != "Differences" {
				fresh[k] = v
			}
		}
		var list types.Array
		next := -1
		for _, c := range t.sorted() {
			if c > 255 || t.simple.named[c] == "" {
				continue
			}
			if int(c) != next {
				list = append(list, types.Integer(c))
			}
			list = append(list, types.Name(t.simple.named[c]))
			next = int(c) + 1
		}
		if list != nil {
			fresh["Differences"] = list
		}
		t.dict["Encoding"] = fresh
	}
	procs := f.Dict(t.dict["CharProcs"])
	if procs == nil || f.Name(t.dict["Subtype"]) != "Type3" {
		return
	}
	kept := types.Dict{}
	for c := range t.codes {
		if c < 256 {
			if o, ok := procs[t.simple.names[c]]; ok {
				kept[t.simple.names[c]] = o
			}
		}
	}
	t.dict["CharProcs"] = kept
}

// rewriteCMap writes an embedded CMap with the used codes only.
func (p *pruner) rewriteCMap(t *target) error {
	s, ok := p.file.Stream(t.dict["Encoding"])
	if !ok {
		return nil
	}
	var entries []cmap.Entry
	for _, c := range t.cids() {
		if c.cid != 0 {
			entries = append(entries, cmap.Entry{Code: c.code, Len: c.n, CID: c.cid})
		}
	}
	d := types.Dict{"Type": types.Name("CMap"), "CMapName": types.Name("C1"), "WMode": types.Integer(0)}
	if t.composite.cmap.Vertical {
		d["WMode"] = types.Integer(1)
	}
	if o := s.Dict["CIDSystemInfo"]; o != nil {
		d["CIDSystemInfo"] = o
	}
	ref, err := p.file.NewStream(d, t.composite.cmap.Write(entries))
	if err == nil {
		t.dict["Encoding"] = ref
	}
	return err
}

// sharing are the CIDs of all fonts that have the same descendant.
func (p *pruner) sharing(t *target) []uint32 {
	var out []uint32
	for _, o := range p.fonts {
		if o == t || same(o.cid, t.cid) {
			for _, c := range o.cids() {
				out = append(out, c.cid)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// rewriteSpans writes W or W2 with the used CIDs only.
func (p *pruner) rewriteSpans(t *target, key string, n int) {
	if p.file.Array(t.cid[key]) == nil {
		return
	}
	from := t.composite.width
	if key == "W2" {
		from = t.composite.vertical
	}
	var out, run types.Array
	next := uint32(0)
	for _, cid := range p.sharing(t) {
		s, ok := findSpan(from, cid)
		if !ok {
			continue
		}
		if run == nil || cid != next {
			if run != nil {
				out = append(out, run)
			}
			out = append(out, types.Integer(cid))
			run = types.Array{}
		}
		for _, v := range s.v[:n] {
			run = append(run, number(v*1000))
		}
		next = cid + 1
	}
	if run == nil {
		delete(t.cid, key)
		return
	}
	t.cid[key] = append(out, run)
}

// number writes a measure as the file had it.
func number(v float64) types.Object {
	r := float64(int64(v*1e5+sign(v)*.5)) / 1e5
	if r == float64(int64(r)) {
		return types.Integer(int64(r))
	}
	return types.Float(r)
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

// rewriteGIDs writes CIDToGIDMap with the used CIDs only.
func (p *pruner) rewriteGIDs(t *target) error {
	if _, ok := p.file.Stream(t.cid["CIDToGIDMap"]); !ok {
		return nil
	}
	b, err := p.file.Decoded(t.cid["CIDToGIDMap"])
	if err != nil {
		p.remains(t, "the map from CIDs to glyphs cannot be read")
		return nil
	}
	var out []byte
	for _, cid := range p.sharing(t) {
		if at := 2 * int(cid); at+1 < len(b) && b[at]|b[at+1] != 0 {
			out = append(out, make([]byte, at+2-len(out))...)
			copy(out[at:], b[at:at+2])
		}
	}
	if out == nil {
		out = []byte{0, 0}
	}
	ref, err := p.file.NewStream(nil, out)
	if err == nil {
		t.cid["CIDToGIDMap"] = ref
	}
	return err
}
