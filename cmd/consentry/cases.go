package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/authz"
	"consentry/internal/casework"
)

func (c *cli) caseCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "case", Short: "The same flow step by step: new, add, scan, review, submit, export"}
	cmd.AddCommand(c.caseNewCmd(), c.caseAddCmd(), c.casePublishedCmd(), c.caseListCmd(), c.caseShowCmd("show"), c.caseShowCmd("scan"), c.caseReviewCmd(), c.caseFindCmd(), c.caseCluesCmd(), c.caseAssessCmd(), c.caseSubmitCmd(), c.caseSendBackCmd(), c.caseExportCmd())
	return cmd
}

func (c *cli) caseNewCmd() *cobra.Command {
	u := useFlags{cli: c}
	var title string
	cmd := &cobra.Command{
		Use: "new --for PURPOSE --channel CHANNEL", Short: "Open a case and print its number", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := c.appFor(cmd.Context(), false, authz.ActPrepare)
			if err != nil {
				return err
			}
			defer a.Close()
			cs := &casework.Case{ID: casework.NewID(), Title: title, Created: time.Now()}
			if err := u.fill(cs, a.Pack, true); err != nil {
				return err
			}
			if err := a.Cases().Save(cmd.Context(), cs); err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.out, cs.ID)
			return err
		},
	}
	u.register(cmd, true)
	cmd.Flags().StringVar(&title, "title", "", "the case's `title`")
	return cmd
}

func (c *cli) caseAddCmd() *cobra.Command {
	return &cobra.Command{
		Use: "add CASE PATH...", Short: "Add files and folders to a case", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withCase(cmd, args[0], func(a app, cs *casework.Case) error {
				d, before := a.Cases(), len(cs.Refused)
				if err := d.Ingest(cmd.Context(), cs, args[1:]...); err != nil {
					return err
				}
				if err := d.Save(cmd.Context(), cs); err != nil {
					return err
				}
				for _, r := range cs.Refused[before:] {
					fmt.Fprintf(c.err, "consentry: %s: %s\n", r.Name, r.Reason)
				}
				if len(cs.Refused) > before {
					return errPartly
				}
				return nil
			}, authz.ActPrepare)
		},
	}
}

func (c *cli) caseListCmd() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the cases", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			cs, err := a.Cases().Cases(cmd.Context())
			if err != nil {
				return err
			}
			list := c.listing(asJSON, "CASE", "CREATED", "FOR", "CHANNEL", "FILES", "ANSWERS", "STATE", "TITLE")
			stands, err := standings(a.Cases(), cmd)
			if err != nil {
				return err
			}
			for _, k := range cs {
				if err := list.add(k, []string{k.ID, k.Created.Format(time.DateTime), string(k.Purpose), string(k.Channel), fmt.Sprint(len(k.Assets)), fmt.Sprint(len(k.Answers)), string(stands(k)), k.Title}); err != nil {
					return err
				}
			}
			return list.print()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return cmd
}

func (c *cli) caseShowCmd(name string) *cobra.Command {
	var asJSON bool
	short := "Show a case's findings and decisions"
	if name == "scan" {
		short = "Scan a case; what was scanned before is not scanned again"
	}
	cmd := &cobra.Command{
		Use: name + " CASE", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withPlan(cmd, args[0], func(_ *casework.Desk, p *casework.Plan) error {
				failed, err := c.rows(p, asJSON)
				if err == nil && !asJSON {
					err = c.groups(p)
				}
				switch {
				case err != nil:
					return err
				case name == "scan" && len(p.Questions()) > 0:
					return casework.ErrUnsettled
				case failed:
					return errPartly
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line (docs/json.md)")
	return cmd
}

// withCase opens the vault for somebody whose jobs the acts are, and loads a case.
func (c *cli) withCase(cmd *cobra.Command, id string, do func(app, *casework.Case) error, acts ...authz.Act) error {
	a, err := c.appFor(cmd.Context(), false, acts...)
	if err != nil {
		return err
	}
	defer a.Close()
	cs, err := a.Cases().Load(cmd.Context(), id)
	if err != nil {
		return err
	}
	c.rewrite(cmd, cs)
	return do(a, cs)
}

// rewrite gives a kept case what was said with this call of how its files are written.
func (c *cli) rewrite(cmd *cobra.Command, cs *casework.Case) {
	for flag, set := range map[string]func(){
		"keep-changes":   func() { cs.Writing.KeepChanges = c.writing.KeepChanges },
		"pdf-searchable": func() { cs.Writing.Searchable = c.writing.Searchable },
		"pdf-snap":       func() { cs.Writing.SnapGaps = c.writing.SnapGaps },
	} {
		if cmd.Flags().Changed(flag) {
			set()
		}
	}
}

// withPlan loads a case and scans it, mostly from kept results.
func (c *cli) withPlan(cmd *cobra.Command, id string, do func(*casework.Desk, *casework.Plan) error) error {
	return c.withCase(cmd, id, func(a app, cs *casework.Case) error {
		d, err := a.Desk(cmd.Context(), cs.Writing, c.progress())
		if err != nil {
			return err
		}
		p, err := d.Scan(cmd.Context(), cs)
		if err != nil && !errors.Is(err, casework.ErrNothing) {
			return err
		}
		return do(d, p)
	}, authz.ActPrepare)
}

// caseExportCmd runs the rest of the flow: apply, verify, sign, export. What was
// done before is kept, so that nothing is done twice.
func (c *cli) caseExportCmd() *cobra.Command {
	var out, to string
	cmd := &cobra.Command{
		Use: "export CASE -o DIR [--to NAME]", Short: "Hide, attack, sign and write the package", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage("-o names the folder of the package")
			}
			return c.withCase(cmd, args[0], func(a app, cs *casework.Case) (err error) {
				if c.as != "" {
					cs.By = c.who()
				}
				if cs.Out, err = filepath.Abs(out); err != nil {
					return err
				}
				return c.clear(cmd.Context(), a, cs, out, strings.TrimSpace(to), false)
			}, authz.ActPrepare, authz.ActSign)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "`folder` of the package")
	cmd.Flags().StringVar(&to, "to", "", "`name` of whoever the package is handed to; logged, as a salted digest")
	c.byFlag(cmd.Flags())
	return cmd
}
