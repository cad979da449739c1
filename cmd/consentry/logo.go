package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/store"
	"consentry/internal/wiring"
)

// logoRow is a line of subject logo list --json.
type logoRow struct {
	Logo    string          `json:"logo"`
	Subject authz.SubjectID `json:"subject"`
	Name    string          `json:"name"`
	Width   int             `json:"width"`  // pixels
	Height  int             `json:"height"` // pixels
}

func (c *cli) logoCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "logo", Short: "Logo pictures of registered organisations, looked for in photos: add, list, remove"}
	cmd.AddCommand(c.logoAddCmd(), c.logoListCmd(), c.logoRemoveCmd())
	return cmd
}

func (c *cli) logoAddCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "add SUBJECT FILE...",
		Short: "Keep logo pictures of an organisation; they are hidden wherever they are seen without consent",
		Long: `Keep logo pictures (PNG, JPEG) of a registered organisation, encrypted in the vault.
A picture is trimmed to the logo; one on see-through or plain ground does best.
Give each form of a logo that looks different: symbol alone, symbol with name.
A plain disc or a lone letter is met with all over any photo: leave such out.`,
		Example: `  consentry subject logo add 云岚科技 logo.png`,
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				who, err := c.subjectNamed(cmd.Context(), a.Vault, args[0])
				if err != nil {
					return err
				}
				failed := false
				for _, file := range args[1:] {
					l, err := addLogo(cmd, a, who, file)
					switch {
					case errors.Is(err, wiring.ErrNotOrganisation):
						return usage("%v", err)
					case err != nil && cmd.Context().Err() != nil:
						return err
					case err != nil:
						fmt.Fprintf(c.err, "consentry: %s: %s\n", file, hint(err))
						failed = true
					default:
						if _, err := fmt.Fprintln(c.out, l.ID); err != nil {
							return err
						}
					}
				}
				if failed {
					return errPartly
				}
				return nil
			})
		},
	}
}

func addLogo(cmd *cobra.Command, a app, who authz.SubjectID, file string) (wiring.Logo, error) {
	f, err := os.Open(file)
	if err != nil {
		return wiring.Logo{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return wiring.Logo{}, err
	}
	if !info.Mode().IsRegular() {
		return wiring.Logo{}, errors.New("not a regular file")
	}
	return a.AddLogo(cmd.Context(), who, filepath.Base(file), f, info.Size())
}

func (c *cli) logoListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list [SUBJECT]", Short: "List kept logos, of all organisations or of one", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				var who authz.SubjectID
				if len(args) > 0 {
					var err error
					if who, err = c.subjectNamed(cmd.Context(), a.Vault, args[0]); err != nil {
						return err
					}
				}
				all, err := a.Logos(cmd.Context(), who)
				if err != nil {
					return err
				}
				list := c.listing(asJSON, "LOGO", "SUBJECT", "SIZE", "FILE")
				for _, l := range all {
					err := list.add(logoRow{l.ID, l.Subject, l.Name, l.Size.X, l.Size.Y}, []string{l.ID, string(l.Subject), fmt.Sprintf("%d×%d", l.Size.X, l.Size.Y), l.Name})
					if err != nil {
						return err
					}
				}
				return list.print()
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (c *cli) logoRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "remove LOGO...", Short: "Remove kept logos by their ids", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(func(a app) error {
				for _, id := range args {
					err := a.RemoveLogo(cmd.Context(), id)
					if errors.Is(err, store.ErrNotFound) {
						return usage("no logo %q (consentry subject logo list)", id)
					}
					if err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}
