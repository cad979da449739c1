package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/registry"
)

// consentNoCmd is withdraw or refuse.
func (c *cli) consentNoCmd(verb string) *cobra.Command {
	var intake, reason, only, evidence, received, table string
	short, example := "Record a withdrawal: the gate closes at once", `  consentry consent withdraw 林知遥 --intake call
  consentry consent withdraw --csv withdrawals.csv`
	if verb == "refuse" {
		short, example = "Record a refusal: of one request, or of everything", `  consentry consent refuse 林知遥 --consent c_… --intake e-mail`
	}
	cmd := &cobra.Command{
		Use: verb + " SUBJECT", Short: short, Args: cobra.MaximumNArgs(1), Example: example,
		Long: short + ".\nAnybody may record it. --csv reads many: a table with a column subject (id, name, phone or\ne-mail) and, where there are, consent, intake, received, reason.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (table != "") {
				return usage("name a subject, or a table with --csv")
			}
			return c.withApp(func(a app) error {
				ctx := cmd.Context()
				if table != "" {
					return c.noes(ctx, a, verb, table)
				}
				id, err := c.subjectNamed(ctx, a.Vault, args[0])
				if err != nil {
					return err
				}
				no := registry.No{Only: authz.ConsentID(only), Intake: intake, Reason: reason}
				if no.Received, err = day(received, time.Time{}); err != nil {
					return err
				}
				file, done, err := registry.OpenFile(evidence)
				if err != nil {
					return err
				}
				defer done()
				no.Evidence = file
				return c.no(ctx, a, verb, id, no)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&intake, "intake", "", "how it reached us: call, e-mail, letter, …")
	f.StringVar(&received, "received", "", "`day` on which it reached us (default: now)")
	f.StringVar(&reason, "reason", "", "what was said")
	f.StringVar(&only, "consent", "", "only this record (default: everything)")
	f.StringVar(&evidence, "evidence", "", "`file` of the letter, mail or recording")
	f.StringVar(&table, "csv", "", "a `file` with many")
	c.byFlag(f)
	return cmd
}

// no records one no and says which releases lean on what it closed.
func (c *cli) no(ctx context.Context, a app, verb string, id authz.SubjectID, no registry.No) error {
	do := a.Withdraw
	if verb == "refuse" {
		do = a.Refuse
	}
	n, err := do(ctx, id, no)
	if err != nil {
		return err
	}
	return c.closed(ctx, a, verb, id, n)
}

// closed says what a no closed, and which releases lean on it.
func (c *cli) closed(ctx context.Context, a app, verb string, id authz.SubjectID, n int) error {
	done := "withdrawn"
	if verb == "refuse" {
		done = "refused"
	}
	if _, err := fmt.Fprintf(c.out, "%s: %d consent(s) %s\n", id, n, done); err != nil {
		return err
	}
	rs, err := a.Cases().Leaning(ctx, id)
	if err == nil && len(rs) > 0 {
		fmt.Fprintf(c.err, "consentry: %d release(s) lean on these records; consentry recall lists what to take down\n", len(rs))
	}
	return err
}

// noes records the noes of a table, a line that cannot be read aside.
func (c *cli) noes(ctx context.Context, a app, verb, table string) error {
	f, size, err := registry.OpenRegular(table)
	if err != nil {
		return fmt.Errorf("open the table: %w", err)
	}
	defer f.Close()
	lines, problems, err := a.NoLines(ctx, a.Sheet(), filepath.Base(table), f, size)
	if err != nil {
		return err
	}
	bad := len(problems) > 0
	for _, p := range problems {
		fmt.Fprintln(c.err, "consentry:", p)
	}
	err = a.RecordNoes(ctx, lines, verb == "refuse", func(l registry.NoLine, n int, err error) {
		if err == nil {
			err = c.closed(ctx, a, verb, l.ID, n)
		}
		if err != nil {
			bad = true
			fmt.Fprintf(c.err, "consentry: line %d: %v\n", l.Line, err)
		}
	})
	if err == nil && bad {
		err = errPartly
	}
	return err
}
