package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/internal/wiring"
)

func (c *cli) recallCmd() *cobra.Command {
	var since, gone, where, dir string
	var t wiring.Takedown
	var asJSON bool
	cmd := &cobra.Command{
		Use: "recall [CASE|RELEASE]", Short: "Releases that lean on consents no longer valid, and what to take down", Args: cobra.MaximumNArgs(1),
		Long: `Lists the releases that lean on a consent or ground that no longer holds, with the places where
they stand (case published). --letters writes, for each such place, a letter that asks to take it
down or replace it, as PDF, DOCX and text. It gives no reason and names nobody. That it was
made is logged with a salted digest of who gets it; the program sends nothing.`,
		Example: `  consentry recall
  consentry recall R-… --letters letters --within 3 --replacement story-2.pdf
  consentry recall --taken-down R-… --where https://example.test/case`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if t.Within < 1 {
				return usage("--within: %d is less than 1", t.Within)
			}
			return c.withApp(func(a app) error {
				ctx, d := cmd.Context(), a.Cases()
				if gone != "" {
					return d.TakenDown(ctx, gone, where)
				}
				from, err := day(since, time.Time{})
				if err != nil {
					return err
				}
				rs, err := d.Recall(ctx, from)
				if err != nil {
					return err
				}
				if len(args) == 1 {
					rs = slices.DeleteFunc(rs, func(r casework.Recall) bool { return r.Release.ID != args[0] && r.Release.Case != args[0] })
				}
				if dir != "" {
					return c.takedowns(ctx, a, dir, rs, t)
				}
				list := c.listing(asJSON, "RELEASE", "CASE", "TITLE", "SIGNED", "LEANS ON", "STATE", "SINCE", "STANDS AT")
				for _, r := range rs {
					var at []string
					var rows [][]string
					for _, p := range r.Takedown {
						at = append(at, p.Where)
					}
					for _, l := range r.Lapses {
						rows = append(rows, []string{r.Release.ID, r.Release.Case, r.Title, dayOf(r.Release.At), string(l.Consent) + l.Ground, string(l.State), dayOf(l.Since), strings.Join(at, ", ")})
					}
					if err := list.add(r, rows...); err != nil {
						return err
					}
				}
				if err := list.print(); err != nil {
					return err
				}
				if len(rs) > 0 && !asJSON {
					fmt.Fprintln(c.err, "consentry: take these down or replace them: case export CASE -o NEW makes the package anew, by what holds now")
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&dir, "letters", "", "write letters to those who published them into this `folder`")
	cmd.Flags().IntVar(&t.Within, "within", 3, "letters: `days` to take it down")
	cmd.Flags().StringArrayVar(&t.Replacements, "replacement", nil, "letters: `name` of an enclosed file that replaces it")
	cmd.Flags().StringVar(&since, "since", "", "only what ended since that `day`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	cmd.Flags().StringVar(&gone, "taken-down", "", "record that this `release` no longer stands")
	cmd.Flags().StringVar(&where, "where", "", "with --taken-down: at this place (default: everywhere)")
	cmd.MarkFlagsMutuallyExclusive("letters", "taken-down")
	return cmd
}

// takedowns writes the letters and prints their names.
func (c *cli) takedowns(ctx context.Context, a app, dir string, rs []casework.Recall, t wiring.Takedown) error {
	t.Lang = string(c.language())
	files, err := a.WriteTakedowns(ctx, dir, rs, t)
	for _, f := range files {
		fmt.Fprintln(c.out, f)
	}
	if errors.Is(err, fs.ErrExist) {
		return usage("%v; name another folder", err)
	}
	if err == nil && len(files) == 0 {
		fmt.Fprintln(c.err, "consentry: no letter: nothing that ended stands anywhere, as far as anybody recorded (case published)")
	}
	return err
}

func (c *cli) casePublishedCmd() *cobra.Command {
	var p casework.Publication
	cmd := &cobra.Command{
		Use: "published RELEASE WHERE", Short: "Record where a release was published, for a later recall", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if p.Contract != "" && p.Partner == "" {
				return usage("--contract is with a --partner")
			}
			return c.withApp(func(a app) error {
				p.Where, p.By = args[1], a.User()
				return a.Cases().Publish(cmd.Context(), args[0], p)
			})
		},
	}
	cmd.Flags().StringVar(&p.Partner, "partner", "", "`name` of who publishes it there, to whom a recall writes")
	cmd.Flags().StringVar(&p.Contract, "contract", "", "`number` of the contract with them")
	return cmd
}
