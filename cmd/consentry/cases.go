package main

import (
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"consentry/internal/casework"
	"consentry/redact"
)

func (c *cli) caseCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "case", Short: "The same flow step by step: new, add, scan, review, export"}
	cmd.AddCommand(c.caseNewCmd(), c.caseAddCmd(), c.caseListCmd(), c.caseShowCmd("show"), c.caseShowCmd("scan"), c.caseReviewCmd(), c.caseExportCmd())
	return cmd
}

func (c *cli) caseNewCmd() *cobra.Command {
	var u useFlags
	var title string
	cmd := &cobra.Command{
		Use: "new --for PURPOSE --channel CHANNEL", Short: "Open a case and print its number", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			a, err := c.app(false)
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
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			d := a.Cases()
			cs, err := d.Load(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			before := len(cs.Refused)
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
			rows := [][]string{{"CASE", "CREATED", "FOR", "CHANNEL", "FILES", "ANSWERS", "TITLE"}}
			for _, k := range cs {
				if asJSON {
					if err := c.json(k); err != nil {
						return err
					}
					continue
				}
				rows = append(rows, []string{k.ID, k.Created.Format(time.DateTime), string(k.Purpose), string(k.Channel), fmt.Sprint(len(k.Assets)), fmt.Sprint(len(k.Answers)), k.Title})
			}
			if asJSON {
				return nil
			}
			return c.table(rows...)
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

// withPlan opens the vault, loads a case and scans it, mostly from kept results.
func (c *cli) withPlan(cmd *cobra.Command, id string, do func(*casework.Desk, *casework.Plan) error) error {
	a, err := c.app(false)
	if err != nil {
		return err
	}
	defer a.Close()
	cs, err := a.Cases().Load(cmd.Context(), id)
	if err != nil {
		return err
	}
	d, err := a.Desk(cmd.Context(), c.progress())
	if err != nil {
		return err
	}
	p, err := d.Scan(cmd.Context(), cs)
	if err != nil && !errors.Is(err, casework.ErrNothing) {
		return err
	}
	return do(d, p)
}

func (c *cli) caseReviewCmd() *cobra.Command {
	var identify, text, item, group, draw, by, reason string
	var hide, clear, undo bool
	cmd := &cobra.Command{
		Use:   "review CASE",
		Short: "List the open questions, or answer one",
		Long: `Without an answer, lists what a person has to decide. A reviewer says who it is
(--identify), hides (--hide), clears what names nobody (--clear, review tier only),
or marks a region (--draw). Nothing shows anybody but a consent.`,
		Example: `  consentry case review C-0a1b2c3d4e
  consentry case review C-0a1b2c3d4e --item 5f0c1d2e3a --identify s_7Q...
  consentry case review C-0a1b2c3d4e --text "Wang Min" --hide
  consentry case review C-0a1b2c3d4e --group g5f0c1d2e --identify 林知遥
  consentry case review C-0a1b2c3d4e --draw "photos/1.jpg:120,80,60,60"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withPlan(cmd, args[0], func(d *casework.Desk, p *casework.Plan) error {
				ans := casework.Answer{Item: item, Text: text, By: by, Reason: reason}
				switch {
				case undo:
					_, err := d.Undo(cmd.Context(), p)
					return err
				case identify != "":
					id, err := c.subjectNamed(cmd.Context(), d.Registry, identify)
					if err != nil {
						return err
					}
					ans.Action, ans.Subject = casework.Identify, id
				case hide:
					ans.Action = casework.HideIt
				case clear:
					ans.Action = casework.Clear
				case draw != "":
					if err := parseDraw(draw, p, &ans); err != nil {
						return err
					}
				default:
					return c.questions(p)
				}
				if group != "" {
					return d.AnswerGroup(cmd.Context(), p, group, ans)
				}
				if ans.Item == "" && ans.Text == "" && ans.Action != casework.Draw {
					return usage("name the finding with --item, a text with --text, or a group with --group")
				}
				return d.Answer(cmd.Context(), p, ans)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&item, "item", "", "the finding's `id`, as listed")
	f.StringVar(&text, "text", "", "every finding of this `text` in the case")
	f.StringVar(&group, "group", "", "every face of this `group` of unknown ones, as listed by case show")
	f.StringVar(&identify, "identify", "", "it is this `subject`: an id of the registry, or a name that only one bears")
	f.BoolVar(&hide, "hide", false, "hide it whatever the registry says")
	f.BoolVar(&clear, "clear", false, "it names nobody (review tier)")
	f.StringVar(&draw, "draw", "", "hide this region too: `FILE:X,Y,W,H` in pixels of the upright picture")
	f.BoolVar(&undo, "undo", false, "take the last answer back")
	f.StringVar(&by, "by", preparer(), "the reviewer's `name`")
	f.StringVar(&reason, "reason", "", "why")
	cmd.MarkFlagsMutuallyExclusive("item", "text", "group", "draw")
	cmd.MarkFlagsMutuallyExclusive("identify", "hide", "clear", "draw", "undo")
	return cmd
}

func (c *cli) questions(p *casework.Plan) error {
	rows := [][]string{{"ITEM", "ASSET", "KIND", "TEXT", "REASON", "CANDIDATES"}}
	for _, q := range p.Questions() {
		var who []string
		for _, m := range q.Candidates {
			who = append(who, string(m.Subject)+likeness(q, m.Subject))
		}
		rows = append(rows, []string{q.ID, p.Case.Assets[q.Asset].Name, string(q.Finding.Kind), q.Finding.Text, q.Decision.Reason, strings.Join(who, " ")})
	}
	return c.table(rows...)
}

// parseDraw reads FILE:X,Y,W,H.
func parseDraw(s string, p *casework.Plan, ans *casework.Answer) error {
	i := strings.LastIndex(s, ":")
	var x, y, w, h int
	if i < 0 {
		return usage("--draw wants FILE:X,Y,W,H")
	}
	if n, err := fmt.Sscanf(s[i+1:], "%d,%d,%d,%d", &x, &y, &w, &h); err != nil || n != 4 || w <= 0 || h <= 0 {
		return usage("--draw wants FILE:X,Y,W,H, the size above zero")
	}
	for _, a := range p.Case.Assets {
		if a.Name == filepath.ToSlash(s[:i]) {
			ans.Action, ans.Asset = casework.Draw, a.Digest
			ans.Region = redact.Region{Box: image.Rect(x, y, x+w, y+h)}
			return nil
		}
	}
	return usage("--draw: the case has no file of that name")
}

// caseExportCmd runs the rest of the flow: apply, verify, sign, export. What was
// done before is kept, so that nothing is done twice.
func (c *cli) caseExportCmd() *cobra.Command {
	var out, by string
	cmd := &cobra.Command{
		Use: "export CASE -o DIR", Short: "Hide, attack, sign and write the package", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage("-o names the folder of the package")
			}
			a, err := c.app(false)
			if err != nil {
				return err
			}
			defer a.Close()
			cs, err := a.Cases().Load(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if by != "" {
				cs.By = by
			}
			if cs.Out, err = filepath.Abs(out); err != nil {
				return err
			}
			return c.clear(cmd.Context(), a, cs, out, false)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "`folder` of the package")
	cmd.Flags().StringVar(&by, "by", "", "who signs (default: who opened the case)")
	return cmd
}
