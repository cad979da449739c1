package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

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
			i, err := wiring.Doctor(dir, verify)
			if err != nil {
				return err
			}
			rows := [][]string{{"FILE", "STATE", "SHA-256", "PACKAGE", "LICENCE"}}
			for _, f := range i.Files {
				if asJSON {
					if err := c.json(f); err != nil {
						return err
					}
				}
				rows = append(rows, []string{f.Name, f.State, f.SHA256[:16], f.Package + " " + f.Version, f.Licence})
			}
			if !asJSON {
				fmt.Fprintf(c.out, "%s, %s\nvault   %s\nassets  %s\n\n", i.Tool, i.System, cmp.Or(i.Vault, "none yet (consentry vault init)"), i.Assets)
				if err := c.table(rows...); err != nil {
					return err
				}
			}
			if bad := i.Bad(); bad > 0 {
				return fmt.Errorf("%d file(s) missing or changed; run `make assets`", bad)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.Flags().BoolVar(&verify, "verify", true, "compute every digest anew")
	return cmd
}
