package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"consentry/assets"
	"consentry/internal/wiring"
)

func (c *cli) doctorCmd() *cobra.Command {
	var asJSON, verify bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "What is installed: program, vault, models and their digests", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := c.dir()
			if err != nil {
				return err
			}
			vault := "none yet (consentry vault init)"
			if wiring.Exists(dir) {
				vault = dir
			}
			where, err := assets.Dir()
			if err != nil {
				return err
			}
			set, err := assets.Open(where)
			if err != nil {
				return err
			}
			rows := [][]string{{"FILE", "STATE", "SHA-256", "PACKAGE", "LICENCE"}}
			bad := 0
			for _, f := range set.Files() {
				state := "present"
				switch {
				case !f.Present:
					state = "missing"
					bad++
				case verify:
					state = "verified"
					if _, err := set.Path(f.Name); err != nil {
						state = "wrong digest"
						bad++
					}
				}
				if asJSON {
					if err := c.json(struct {
						assets.File
						State string `json:"state"`
					}{f, state}); err != nil {
						return err
					}
				}
				rows = append(rows, []string{f.Name, state, f.SHA256[:16], f.Package + " " + f.Version, f.Licence})
			}
			if !asJSON {
				fmt.Fprintf(c.out, "%s, %s/%s\nvault   %s\nassets  %s\n\n", wiring.Tool(), runtime.GOOS, runtime.GOARCH, vault, where)
				if err := c.table(rows...); err != nil {
					return err
				}
			}
			if bad > 0 {
				return fmt.Errorf("%d file(s) missing or changed; run `make assets`", bad)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.Flags().BoolVar(&verify, "verify", true, "compute every digest anew")
	return cmd
}
