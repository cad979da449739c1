// Command fontgen makes the tables of redact/pdf/font from their sources:
//
//	fontgen cmaps <folder with checkouts of adobe-type-tools/cmap-resources and mapping-resources-pdf> cmap/cmaps.zip
//	fontgen names <checkout of adobe-type-tools/agl-aglfn> glyph/agl.txt
//	fontgen core <folder of Adobe's Core 14 AFM files> glyph/core14.txt
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: fontgen cmaps|names|core <from> <to>")
		os.Exit(2)
	}
	make, ok := map[string]func(from string) ([]byte, error){"cmaps": cmaps, "names": names, "core": core}[os.Args[1]]
	if !ok {
		fmt.Fprintln(os.Stderr, "fontgen: no such table")
		os.Exit(2)
	}
	b, err := make(os.Args[2])
	if err == nil {
		err = os.WriteFile(os.Args[3], b, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fontgen:", err)
		os.Exit(1)
	}
}
