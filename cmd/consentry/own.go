package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"consentry/internal/wiring"
	"consentry/redact"
)

// mostOwn bounds a file of the owner's, in bytes.
const mostOwn = 1 << 20

// ownCmds are the commands that keep a file of the owner's in the vault.
func (c *cli) ownCmds(what wiring.Own, about string) []*cobra.Command {
	read := func(path string) ([]byte, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("open: %w", err)
		}
		defer f.Close()
		b, err := io.ReadAll(io.LimitReader(f, mostOwn+1))
		if err == nil && len(b) > mostOwn {
			err = fmt.Errorf("it is larger than %d bytes", mostOwn)
		}
		return b, err
	}
	test := &cobra.Command{
		Use: "test FILE.yaml", Short: "Say what is wrong with " + about + "; nothing is kept", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			b, err := read(args[0])
			if err != nil {
				return err
			}
			return wiring.CheckOwn(what, b)
		},
	}
	use := &cobra.Command{
		Use: "use FILE.yaml", Short: "Keep " + about + " in the vault, in the place of the one before", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := read(args[0])
			if err != nil {
				return err
			}
			return c.withApp(func(a app) error { return a.UseOwn(cmd.Context(), what, b) })
		},
	}
	show := &cobra.Command{
		Use: "show", Short: "Print what is kept", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error {
				b, err := a.Own(cmd.Context(), what)
				if err != nil {
					return err
				}
				_, err = c.out.Write(b)
				return err
			})
		},
	}
	drop := &cobra.Command{
		Use: "drop", Short: "Forget it; what ships remains", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(func(a app) error { return a.DropOwn(cmd.Context(), what) })
		},
	}
	return []*cobra.Command{test, use, show, drop}
}

func (c *cli) kindCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "kind", Short: "Kinds of what is found: list them, add lists and patterns of your own",
		Long: `A file of kinds of your own lists words or gives a pattern, with texts beside it in which
it must find something and must not; ` + "`consentry kind test`" + ` runs them. Its form:
go doc consentry/redact/pii/custom.`,
	}
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "List the kinds that ship", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			list := c.listing(asJSON, "KIND", "SENSITIVITY", "ARTICLE", "NAME", "LABEL")
			for _, k := range redact.Kinds() {
				l := c.language()
				if err := list.add(k, []string{string(k.ID), string(k.Sensitivity), k.Article, k.Name.In(l), k.Label.In(l)}); err != nil {
					return err
				}
			}
			return list.print()
		},
	}
	list.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.AddCommand(append(c.ownCmds(wiring.OwnKinds, "a file of kinds"), list)...)
	return cmd
}

func (c *cli) dictionaryCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "dictionary", Short: "General forms of your own: industries, posts, regions, wording that gives somebody away",
		Long: `What clear --generalise writes and case clues looks for comes from a dictionary. A file of
the same shape (redact/generalise/dictionary) adds to it: entries with a known id are
extended, others are new.`,
	}
	cmd.AddCommand(c.ownCmds(wiring.OwnDictionary, "a dictionary")...)
	return cmd
}
