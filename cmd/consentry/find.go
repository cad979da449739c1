package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/redact"
)

// hit is one place of case find --json.
type hit struct {
	Asset  string      `json:"asset"`
	Part   string      `json:"part"`
	Page   int         `json:"page"`
	Text   string      `json:"text"`
	Start  int         `json:"start"`
	End    int         `json:"end"`
	Box    []int       `json:"box"`
	Kind   redact.Kind `json:"kind"`
	Item   string      `json:"item,omitempty"`
	Hidden bool        `json:"hidden"`
}

func (c *cli) caseFindCmd() *cobra.Command {
	var kind, reason string
	var hide, asJSON bool
	cmd := &cobra.Command{
		Use: "find CASE TEXT", Short: "Find a text everywhere in a case, in every form; with --hide, hide it there",
		Long: `Looks in texts, in words read from pictures, in file names and in what files say about
themselves. With --kind person or organisation the other forms of a name are looked for too:
pinyin, surname and title, a company without its legal form. --hide keeps it hidden in this
case, whatever the registry and the allow-list say, until the answer is taken back
(case review --undo) or one place is cleared.`,
		Example: `  consentry case find C-0a1b2c3d4e "night heron"
  consentry case find C-0a1b2c3d4e 林知遥 --kind person --hide`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(casework.FindKinds, redact.Kind(kind)) {
				return usage("--kind: %q is none of person, organisation, location, other", kind)
			}
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				if hide {
					if err := d.Answer(cmd.Context(), p, casework.Answer{Action: casework.FindAll, Text: args[1], Kind: redact.Kind(kind), By: c.who(), Reason: reason}); err != nil {
						return err
					}
				}
				hits, err := d.Find(cmd.Context(), p, args[1], redact.Kind(kind))
				if err != nil {
					return err
				}
				return c.hits(p, hits, asJSON)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", string(redact.Other), "whose name it is: person, organisation, location, other")
	f.BoolVar(&hide, "hide", false, "hide it wherever it stands")
	f.BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	c.byFlag(f)
	f.StringVar(&reason, "reason", "", "why")
	return cmd
}

func (c *cli) hits(p *casework.Plan, hits []casework.Hit, asJSON bool) error {
	rows := [][]string{{"ASSET", "PART", "PLACE", "TEXT", "STATE", "ITEM"}}
	for _, h := range hits {
		r := h.Finding.Region
		o := hit{Asset: p.Case.Assets[h.Asset].Name, Part: r.Part, Page: r.Page, Text: h.Finding.Text, Start: r.Start, End: r.End, Kind: h.Finding.Kind, Hidden: h.Hidden()}
		state := "seen"
		if h.Hidden() {
			state = "hidden"
		}
		if h.Item != nil {
			o.Item = h.Item.ID
		}
		place := fmt.Sprintf("%d-%d", o.Start, o.End)
		if b := r.Box; !b.Empty() {
			o.Box = []int{b.Min.X, b.Min.Y, b.Dx(), b.Dy()}
			place = fmt.Sprintf("%d,%d %dx%d", b.Min.X, b.Min.Y, b.Dx(), b.Dy())
		}
		if asJSON {
			if err := c.json(o); err != nil {
				return err
			}
			continue
		}
		rows = append(rows, []string{o.Asset, o.Part, place, strings.Join(strings.Fields(o.Text), " "), state, o.Item})
	}
	if asJSON {
		return nil
	}
	return c.table(rows...)
}
