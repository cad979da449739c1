package cff

import "consentry/redact/pdf/font/glyph"

// The predefined charsets Expert and ExpertSubset, as runs of string ids: first
// and last of each.
var (
	expert = [][2]int{{0, 1}, {229, 238}, {13, 15}, {99, 99}, {239, 248}, {27, 28}, {249, 266}, {109, 110}, {267, 318},
		{158, 158}, {155, 155}, {163, 163}, {319, 326}, {150, 150}, {164, 164}, {169, 169}, {327, 378}}
	expertSubset = [][2]int{{0, 1}, {231, 232}, {235, 238}, {13, 15}, {99, 99}, {239, 248}, {27, 28}, {249, 251}, {253, 266},
		{109, 110}, {267, 270}, {272, 272}, {300, 302}, {305, 305}, {314, 315}, {158, 158}, {155, 155}, {163, 163}, {320, 326},
		{150, 150}, {164, 164}, {169, 169}, {327, 346}}
)

// readCharset reads the SID or CID of each glyph.
func (f *Font) readCharset(b []byte) error {
	f.charset = make([]int, f.Glyphs)
	at := offset(f.top.number(opCharset, 0))
	switch {
	case at < 0 || at >= len(b):
		return errFont
	case at <= 2 && f.CID: // not allowed; readers take the glyphs' own numbers
		for g := range f.charset {
			f.charset[g] = g
		}
		return nil
	case at <= 2:
		runs := [][][2]int{{{0, 228}}, expert, expertSubset}[at]
		g := 0
		for _, r := range runs {
			for s := r[0]; s <= r[1] && g < f.Glyphs; s++ {
				f.charset[g] = s
				g++
			}
		}
		return nil
	}
	format := b[at]
	at++
	for g := 1; g < f.Glyphs; {
		first, left := u16(b, at), 0
		switch format {
		case 0:
			at += 2
		case 1:
			if at+3 > len(b) {
				return errFont
			}
			left = int(b[at+2])
			at += 3
		case 2:
			left = u16(b, at+2)
			at += 4
		default:
			return errFont
		}
		if at > len(b) {
			return errFont
		}
		for k := 0; k <= left && g < f.Glyphs; k++ {
			f.charset[g] = (first + k) & 0xffff
			g++
		}
	}
	return nil
}

// readEncoding reads the built-in encoding. What is damaged is left out.
func (f *Font) readEncoding(b []byte) {
	at := offset(f.top.number(opEncoding, 0))
	switch {
	case at == 0:
		names := firsts(f.Glyphs, f.Name)
		for c, n := range glyph.Named("StandardEncoding") {
			if n != "" {
				f.Coded[c] = names[n]
			}
		}
		return
	case at <= 1 || at >= len(b)-1:
		return // the Expert encoding has its names, but no embedded font has it
	}
	f.custom = true
	format, n := b[at], int(b[at+1])
	at += 2
	g := 1
	set := func(code, gid int) {
		if code < 256 && gid < f.Glyphs {
			f.Coded[code] = gid
		}
	}
	for range n {
		switch {
		case format&0x7f == 0 && at < len(b):
			set(int(b[at]), g)
			g++
			at++
		case format&0x7f == 1 && at+1 < len(b):
			for k := 0; k <= int(b[at+1]); k++ {
				set(int(b[at])+k, g)
				g++
			}
			at += 2
		}
	}
	if format&0x80 == 0 || at >= len(b) {
		return
	}
	sids := firsts(f.Glyphs, func(g int) int { return f.charset[g] })
	n = int(b[at])
	for i := range n {
		if at+1+3*i+3 <= len(b) {
			if g, ok := sids[u16(b, at+2+3*i)]; ok {
				set(int(b[at+1+3*i]), g)
			}
		}
	}
}
