package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func (c *cli) evalCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Recall and precision of the detectors on labelled data"}
	var asJSON bool
	names := &cobra.Command{
		Use: "names GOLD.jsonl", Short: "Names in text", Args: cobra.ExactArgs(1),
		Long: `One object a line: {"text":"…","entities":[{"start":0,"end":3,"kind":"person"}]}, in runes.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("open the labels: %w", err)
			}
			defer f.Close()
			a, err := c.app(true)
			if err != nil {
				return err
			}
			defer a.Close()
			r, err := a.EvalNames(cmd.Context(), f)
			if err != nil {
				return err
			}
			if asJSON {
				return c.json(r)
			}
			return r.Write(c.out)
		},
	}
	faces := &cobra.Command{
		Use: "faces GOLD.jsonl", Short: "Faces in photos", Args: cobra.ExactArgs(1),
		Long: `One object a line: {"image":"path beside the file","faces":[[x,y,w,h],…]}, in pixels of
the upright picture.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("open the labels: %w", err)
			}
			defer f.Close()
			a, err := c.app(true)
			if err != nil {
				return err
			}
			defer a.Close()
			r, err := a.EvalFaces(cmd.Context(), f, filepath.Dir(args[0]))
			if err != nil {
				return err
			}
			if asJSON {
				return c.json(r)
			}
			_, err = fmt.Fprint(c.out, r)
			return err
		},
	}
	for _, k := range []*cobra.Command{names, faces} {
		k.Flags().BoolVar(&asJSON, "json", false, "as JSON")
		cmd.AddCommand(k)
	}
	return cmd
}
