package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
)

// caseSubmitCmd lays a case before whoever signs.
func (c *cli) caseSubmitCmd() *cobra.Command {
	return &cobra.Command{
		Use: "submit CASE", Short: "Lay a case that is free of questions before whoever signs", Args: cobra.ExactArgs(1),
		Long: `The case waits for somebody who may sign: in the approvals room of the desktop, or with
case export. It is proved anew there, from what is kept. case list says how far each case is.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error { return d.Submit(cmd.Context(), p, c.who()) })
		},
	}
}

// caseSendBackCmd returns a case to whoever prepares it.
func (c *cli) caseSendBackCmd() *cobra.Command {
	var remark string
	cmd := &cobra.Command{
		Use: "send-back CASE --remark TEXT", Short: "Return a case to whoever prepares it, and say why", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withCase(cmd, args[0], func(a app, cs *casework.Case) error {
				return a.Cases().SendBack(cmd.Context(), cs, c.who(), remark)
			}, authz.ActSign)
		},
	}
	cmd.Flags().StringVar(&remark, "remark", "", "why: `text`; it is kept sealed with the case")
	_ = cmd.MarkFlagRequired("remark") // registered just above
	return cmd
}

// standings says how far each case is, by its id.
func standings(d *casework.Desk, cmd *cobra.Command) (func(*casework.Case) casework.Standing, error) {
	rs, err := d.Releases(cmd.Context())
	if err != nil {
		return nil, fmt.Errorf("releases: %w", err)
	}
	signed := map[string]time.Time{}
	for _, r := range rs { // oldest first
		signed[r.Case] = r.At
	}
	return func(k *casework.Case) casework.Standing { return k.Stands(signed[k.ID]) }, nil
}
