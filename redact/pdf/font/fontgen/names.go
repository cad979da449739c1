package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// names joins the Adobe Glyph List and that of Zapf Dingbats: a line a name, with
// its code points.
func names(from string) ([]byte, error) {
	var lines []string
	for _, file := range []string{"glyphlist.txt", "zapfdingbats.txt"} {
		b, err := os.ReadFile(filepath.Join(from, file))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines = append(lines, strings.Replace(line, ";", " ", 1))
			}
		}
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, "\n") + "\n"), nil
}

// latin are the fonts whose widths stand side by side: those of the oblique
// Helvetica are those of the upright, and Courier has one width.
var latin = []string{"Helvetica", "Helvetica-Bold", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"}

// core makes the table of the standard 14 fonts: a line a glyph.
func core(from string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("# Widths of the standard 14 fonts, in 1/1000 em, taken from Adobe's Core 14 AFM files and put into one table.\n" +
		"# Copyright (c) 1985, 1987, 1989, 1990, 1991, 1992, 1993, 1997 Adobe Systems Incorporated. All Rights Reserved.\n" +
		"# The AFM files may be used, copied, and distributed for any purpose and without charge, with or without modification.\n" +
		"# latin: name, code in StandardEncoding or -1, " + strings.Join(latin, ", ") + "\n")
	for _, group := range [][]string{latin, {"Symbol"}, {"ZapfDingbats"}} {
		type row struct {
			code   int
			widths []string
		}
		rows := map[string]*row{}
		for _, font := range group {
			b, err := os.ReadFile(filepath.Join(from, font+".afm"))
			if err != nil {
				return nil, err
			}
			for line := range strings.Lines(string(b)) {
				f := strings.Fields(line)
				if len(f) < 8 || f[0] != "C" || f[3] != "WX" || f[6] != "N" {
					continue
				}
				code, err := strconv.Atoi(f[1])
				if err != nil {
					return nil, err
				}
				if rows[f[7]] == nil {
					rows[f[7]] = &row{code: code}
				}
				rows[f[7]].widths = append(rows[f[7]].widths, f[4])
			}
		}
		fmt.Fprintf(&out, "= %s\n", group[0])
		order := make([]string, 0, len(rows))
		for n := range rows {
			order = append(order, n)
		}
		slices.Sort(order)
		for _, n := range order {
			r := rows[n]
			if len(r.widths) != len(group) {
				return nil, fmt.Errorf("%s: not in every font", n)
			}
			fmt.Fprintf(&out, "%s %d %s\n", n, r.code, strings.Join(r.widths, " "))
		}
	}
	return out.Bytes(), nil
}
