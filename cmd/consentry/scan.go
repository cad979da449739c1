package main

import (
	"errors"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/internal/wiring"
	"consentry/redact"
)

func (c *cli) scanCmd() *cobra.Command {
	var u useFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "scan PATH...",
		Short: "List what could identify someone, and what would become of it",
		Long: `Lists every name, face and number found, with the decision the registry leads to.
Without --for and --channel nothing can be covered by a consent.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			a, err := c.app(true)
			if err != nil {
				return err
			}
			defer a.Close()
			d, err := a.Desk(cmd.Context(), c.progress())
			if err != nil {
				return err
			}
			cs := &casework.Case{ID: casework.NewID(), Created: time.Now()}
			if err := u.fill(cs, a.Pack, false); err != nil {
				return err
			}
			if err := d.Ingest(cmd.Context(), cs, paths...); err != nil {
				return err
			}
			p, err := d.Scan(cmd.Context(), cs)
			if err != nil && !errors.Is(err, casework.ErrNothing) {
				return err
			}
			failed, err := c.rows(p, asJSON)
			if err == nil && failed {
				err = errPartly
			}
			return err
		},
	}
	u.register(cmd, false)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	return cmd
}

// errLeaks says that something identifying can be got out of a checked file.
var errLeaks = errors.New("something that identifies a person or company can be got out of these files")

func (c *cli) checkCmd() *cobra.Command {
	var u useFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check PATH...",
		Short: "Attack any file: what can still be got out of it",
		Long: `Looks at files as a stranger would: texts, photos and what the files say about
themselves. What a consent covers for --for and --channel is not counted.
Exit code 4 says that something was found for sure; guesses (review tier) are listed.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			a, err := c.app(true)
			if err != nil {
				return err
			}
			defer a.Close()
			d, err := a.Desk(cmd.Context(), c.progress())
			if err != nil {
				return err
			}
			d.Sniff = wiring.SniffAny
			cs := &casework.Case{ID: casework.NewID(), Created: time.Now()}
			if err := u.fill(cs, a.Pack, false); err != nil {
				return err
			}
			if err := d.Ingest(cmd.Context(), cs, paths...); err != nil {
				return err
			}
			p, err := d.Scan(cmd.Context(), cs)
			if err != nil && !errors.Is(err, casework.ErrNothing) {
				return err
			}
			exposed, err := d.Inspect(cmd.Context(), p)
			if err != nil {
				return err
			}
			p.Items = slices.DeleteFunc(p.Items, func(it casework.Item) bool { return !it.Hidden() })
			for _, x := range exposed {
				p.Items = append(p.Items, casework.Item{Asset: x.Asset, Finding: redact.Finding{
					Region: redact.Region{Part: redact.PartMetadata}, Kind: x.Kind, Text: x.Where, Tier: redact.Sure, Score: 1, By: x.By, Why: "attack",
				}})
			}
			failed, err := c.rows(p, asJSON)
			switch {
			case err != nil:
				return err
			case slices.ContainsFunc(p.Items, func(it casework.Item) bool { return it.Finding.Tier == redact.Sure }):
				return errLeaks
			case failed:
				return errPartly
			}
			return nil
		},
	}
	u.register(cmd, false)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	return cmd
}
