package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/internal/wiring"
)

func (c *cli) scanCmd() *cobra.Command {
	return c.lookCmd(&cobra.Command{
		Use:   "scan PATH...",
		Short: "List what could identify someone, and what would become of it",
		Long: `Lists every name, face and number found, with the decision the registry leads to.
Without --for and --channel nothing can be covered by a consent.`,
	}, wiring.Sniff, func(context.Context, *casework.Desk, *casework.Plan) error { return nil })
}

// errLeaks says that something identifying can be got out of a checked file.
var errLeaks = errors.New("something that identifies a person or company can be got out of these files")

func (c *cli) checkCmd() *cobra.Command {
	return c.lookCmd(&cobra.Command{
		Use:   "check PATH...",
		Short: "Attack any file: what can still be got out of it",
		Long: `Looks at files as a stranger would: texts, photos and what the files say about
themselves. What a consent covers for --for and --channel is not counted.
Exit code 4 says that something was found for sure; guesses (review tier) are listed.`,
	}, wiring.SniffAny, func(ctx context.Context, d *casework.Desk, p *casework.Plan) error {
		sure, err := d.Expose(ctx, p)
		if err == nil && sure {
			err = errLeaks
		}
		return err
	})
}

// lookCmd completes a command that scans files without keeping a case, does
// something with the plan, and lists its findings. What it did decides the exit
// code, then whether every file could be read.
func (c *cli) lookCmd(cmd *cobra.Command, sniff func(string, []byte) (string, error), do func(context.Context, *casework.Desk, *casework.Plan) error) *cobra.Command {
	u := useFlags{cli: c}
	var asJSON bool
	cmd.Args = cobra.MinimumNArgs(1)
	cmd.RunE = func(cmd *cobra.Command, paths []string) error {
		ctx := cmd.Context()
		a, err := c.app(true)
		if err != nil {
			return err
		}
		defer a.Close()
		cs := &casework.Case{ID: casework.NewID(), Created: time.Now()}
		if err := u.fill(cs, a.Pack, false); err != nil {
			return err
		}
		d, err := a.Desk(ctx, cs.Writing, c.progress())
		if err != nil {
			return err
		}
		p, err := wiring.Look(ctx, d, cs, sniff, paths...)
		if err != nil {
			return err
		}
		done := do(ctx, d, p)
		if done != nil && !errors.Is(done, errLeaks) {
			return done
		}
		failed, err := c.rows(p, asJSON)
		if err == nil && done == nil && failed {
			done = errPartly
		}
		return errors.Join(err, done)
	}
	u.register(cmd, false)
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	cmd.Flags().BoolVar(&u.fast, "fast", false, "a quick look at photos: small faces are missed")
	cmd.MarkFlagsMutuallyExclusive("fast", "thorough", "miss-nothing")
	return cmd
}
