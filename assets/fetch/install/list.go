package install

import (
	"fmt"
	"io"
	"text/tabwriter"

	"consentry/assets"
)

// List writes a table of every file of the lock: name, platform, size,
// licence, package and what it is for.
func List(w io.Writer, lock assets.Lock) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FILE\tPLATFORM\tSIZE\tLICENCE\tPACKAGE\tFOR")
	for _, p := range lock.Packages {
		for _, e := range p.Files {
			platform := e.Platform
			if platform == "" {
				platform = "any"
			}
			fmt.Fprintf(t, "%s\t%s\t%d\t%s\t%s:%s\t%s\n", e.Name, platform, e.Size, p.Licence, p.Ecosystem, p, p.Purpose)
		}
	}
	return t.Flush()
}
