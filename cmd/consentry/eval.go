package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"consentry/internal/wiring"
)

// figures is what an evaluation prints.
type figures interface{ Write(io.Writer) error }

func (c *cli) evalCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "eval", Short: "Recall and precision of the detectors on labelled data"}
	cmd.AddCommand(
		c.evaluate(&cobra.Command{
			Use: "names GOLD.jsonl", Short: "Names in text",
			Long: `One object a line: {"text":"…","entities":[{"start":0,"end":3,"kind":"person"}]}, in runes.`,
		}, func(ctx context.Context, a *wiring.App, gold io.Reader, _ string) (figures, error) {
			return a.EvalNames(ctx, gold)
		}),
		c.evaluate(&cobra.Command{
			Use: "faces GOLD.jsonl", Short: "Faces in photos",
			Long: `One object a line: {"image":"path beside the file","faces":[[x,y,w,h],…]}, in pixels of
the upright picture.`,
		}, func(ctx context.Context, a *wiring.App, gold io.Reader, dir string) (figures, error) {
			return a.EvalFaces(ctx, gold, dir)
		}),
	)
	return cmd
}

func (c *cli) evaluate(cmd *cobra.Command, do func(context.Context, *wiring.App, io.Reader, string) (figures, error)) *cobra.Command {
	var asJSON bool
	cmd.Args = cobra.ExactArgs(1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
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
		r, err := do(cmd.Context(), a, f, filepath.Dir(args[0]))
		if err != nil {
			return err
		}
		if asJSON {
			return c.json(r)
		}
		return r.Write(c.out)
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}
