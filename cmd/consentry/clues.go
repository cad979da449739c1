package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/redact"
)

// clue is one line of case clues --json.
type clue struct {
	Number  int          `json:"number"`
	Asset   string       `json:"asset"`
	Part    string       `json:"part"`
	Page    int          `json:"page"`
	Start   int          `json:"start"`
	End     int          `json:"end"`
	Text    string       `json:"text"`
	Class   string       `json:"class"`
	Weight  float64      `json:"weight"`
	Why     redact.Words `json:"why"`
	Instead string       `json:"instead"`
}

func (c *cli) caseCluesCmd() *cobra.Command {
	var take []int
	var with string
	var asJSON bool
	cmd := &cobra.Command{
		Use: "clues CASE", Short: "What still tells whom a case is about, after hiding; with --take, say it more generally",
		Long: `Lists what stays visible and may single a person or a company out: firsts and
superlatives, exact figures and dates, a rare post beside a company and a place. Each has
a number, and mostly a proposal. --take puts the proposals (or the words of --with) in
their place; case review --undo takes that back. A clue is a hint: generalised is not
anonymous, and a person reads the text once more.`,
		Example: `  consentry case clues C-0a1b2c3d4e
  consentry case clues C-0a1b2c3d4e --take 1,3
  consentry case clues C-0a1b2c3d4e --take 2 --with 业内较早`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if with != "" && len(take) != 1 {
				return usage("--with goes with one --take")
			}
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				clues, err := d.Clues(cmd.Context(), p)
				if err != nil {
					return err
				}
				for _, n := range take {
					if n < 1 || n > len(clues) {
						return usage("--take: there is no clue %d", n)
					}
				}
				if len(take) == 0 {
					return c.clues(p, clues, asJSON)
				}
				for _, n := range take {
					if err := d.Soften(cmd.Context(), p, clues[n-1], with, c.who()); err != nil {
						return fmt.Errorf("clue %d: %w", n, err)
					}
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.IntSliceVar(&take, "take", nil, "the `numbers` of the clues to take up")
	f.StringVar(&with, "with", "", "the `words` that stand there instead of the proposal")
	c.byFlag(f)
	f.BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	return cmd
}

func (c *cli) clues(p *casework.Plan, clues []casework.Clue, asJSON bool) error {
	rows := [][]string{{"CLUE", "ASSET", "PLACE", "TEXT", "WHY", "PROPOSAL"}}
	for i, h := range clues {
		r := h.Region
		if asJSON {
			if err := c.json(clue{i + 1, p.Case.Assets[h.Asset].Name, r.Part, r.Page, r.Start, r.End, h.Text, h.Class, h.Weight, h.Why, h.Instead}); err != nil {
				return err
			}
			continue
		}
		why := h.Why.In(redact.LangOf(h.Text))
		rows = append(rows, []string{fmt.Sprint(i + 1), p.Case.Assets[h.Asset].Name, fmt.Sprintf("%d-%d", r.Start, r.End), strings.Join(strings.Fields(h.Text), " "), why, h.Instead})
	}
	if asJSON {
		return nil
	}
	return c.table(rows...)
}
