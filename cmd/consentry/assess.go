package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
)

// causes words why an assessment is owed.
var causes = map[casework.Cause]string{
	casework.CauseSensitive: "sensitive information stays (a kind of PIPL 28, or a child under fourteen): no package before it is assessed",
	casework.CauseFaces:     "faces were compared with those of enrolled people",
	casework.CausePublish:   "something of a person stays, and is made public",
	casework.CausePseudonym: "the package is de-identified, and so still personal information",
	casework.CausePartner:   "a consent was collected by a partner, or lets third parties have it",
	casework.CauseAbroad:    "it is published beyond the mainland",
}

func (c *cli) caseAssessCmd() *cobra.Command {
	var j casework.Judgement
	var rates []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "assess CASE [--necessity TEXT --effect TEXT --measures TEXT --remaining TEXT --by NAME]",
		Short: "Say what a case's package does to people, before it is published (PIPL 55, 56)",
		Long: `Without flags: what the program knows, and whether an assessment is owed. With all five: what
somebody judged, kept for this case until what it shows changes. Both go into the package, as
assessment.pdf. Where sensitive information stays, no package is made before; other packages
say plainly that they were not assessed, and are not handed over (case export --to).`,
		Example: `  consentry case assess C-…
  consentry case assess C-… --necessity "the quote needs its speaker; a name and post, no picture" --effect "may be written to" \
    --measures "hidden everybody else; they fit" --remaining "reposts" --risk repost=medium/low --by "Zhou Min"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			said := 0
			for _, f := range []string{"necessity", "effect", "measures", "remaining"} {
				if cmd.Flags().Changed(f) {
					said++
				}
			}
			if said > 0 && said < 4 || said > 0 && strings.TrimSpace(j.By) == "" || said == 0 && (j.By != "" || len(rates) > 0) {
				return usage("an assessment needs --necessity, --effect, --measures, --remaining and --by")
			}
			j.Risks = map[string]casework.Rating{}
			for _, r := range rates {
				name, rate, _ := strings.Cut(r, "=")
				likely, severe, ok := strings.Cut(rate, "/")
				if !ok || !slices.Contains(casework.Risks, name) || !slices.Contains(casework.Rates, likely) || !slices.Contains(casework.Rates, severe) {
					return usage("--risk: %q is not NAME=LIKELIHOOD/SEVERITY; names: %s; rates: %s", r, strings.Join(casework.Risks, ", "), strings.Join(casework.Rates, ", "))
				}
				j.Risks[name] = casework.Rating{Likelihood: likely, Severity: severe}
			}
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				if said > 0 {
					return d.Judge(cmd.Context(), p, j)
				}
				i, err := d.Impact(cmd.Context(), p)
				if err != nil {
					return err
				}
				return c.impact(i, asJSON)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&j.Necessity, "necessity", "", "why the information is needed, and whether less would do: `text`")
	f.StringVar(&j.Effect, "effect", "", "what it does to those concerned: `text`")
	f.StringVar(&j.Measures, "measures", "", "which measures protect them, and whether they fit the risk: `text`")
	f.StringVar(&j.Remaining, "remaining", "", "which risk remains: `text`")
	f.StringArrayVar(&rates, "risk", nil, "rate a risk: `NAME=LIKELIHOOD/SEVERITY`, such as repost=medium/low")
	f.StringVar(&j.By, "by", "", "`name` of who assessed it")
	f.BoolVar(&asJSON, "json", false, "print what the program knows as JSON")
	return cmd
}

// impact prints what the program knows of a package's impact.
func (c *cli) impact(i casework.Impact, asJSON bool) error {
	if asJSON {
		return c.json(i)
	}
	rows := [][]string{{"hidden", fmt.Sprintf("%d places, %d of sensitive kinds", i.Hidden, i.Sensitive)}}
	for _, p := range i.People {
		rows = append(rows, []string{"stays", fmt.Sprintf("%s  %s  %s", p.Name, words(p.Shows), strings.TrimSpace(words(p.Consents)+" "+strings.Join(p.Grounds, ",")))})
	}
	for _, k := range i.Causes {
		rows = append(rows, []string{"owed", causes[k]})
	}
	switch j := i.Judgement; {
	case j != nil:
		rows = append(rows, []string{"assessed", j.At.Local().Format(time.DateTime) + "  " + j.By})
	case i.Outdated:
		rows = append(rows, []string{"assessed", "no: what the case shows has changed since"})
	case i.Owed():
		rows = append(rows, []string{"assessed", "no"})
	default:
		rows = append(rows, []string{"owed", "none: nothing here asks for an assessment"})
	}
	return c.table(rows...)
}

// tellUnassessed warns of a package that nobody assessed.
func (c *cli) tellUnassessed(rep casework.Report) {
	if rep.Assessment.Missing() {
		fmt.Fprintf(c.err, "consentry: not assessed yet: it must not be published before (PIPL 55); consentry case assess %s\n", rep.Case)
	}
}
